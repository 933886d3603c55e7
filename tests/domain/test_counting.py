"""The count: the same in every order of delivery, and against a model that saw everything."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.counting import (
    FOUND_WITHIN,
    Count,
    Live,
    Mark,
    corrections,
    count,
    live,
)

CLOSES = 1_000
ELECTORS, OUTSIDERS = (1, 2, 3, 4), (8, 9)
CANDIDATES, WITHDRAWN = (11, 12, 13), 19
TONES = ("", "skin-tone-2", "skin-tone-6")


def mark(at: int, candidate: int = 11, *, added: bool = True, exact: bool = True, **more) -> Mark:
    given: dict[str, Any] = {"person": 1, "variant": ""} | more
    return Mark(at=at, candidate=candidate, added=added, exact=exact, **given)


def found(at: int, candidate: int = 11, *, added: bool = True, **more) -> Mark:
    """A mark that a count in Slack added."""
    return mark(at, candidate, added=added, exact=False, **more)


# What one person's signs come to


def test_the_newest_standing_sign_is_the_vote():
    assert live([mark(1, 11), mark(2, 12)], CANDIDATES) == Live(candidate=12)


def test_taking_it_away_falls_back_to_the_newest_still_standing():
    marks = [mark(1, 11), mark(2, 12), mark(3, 13), mark(4, 13, added=False)]
    assert live(marks, CANDIDATES) == Live(candidate=12)
    marks.append(mark(5, 12, added=False))
    assert live(marks, CANDIDATES) == Live(candidate=11)
    assert live([*marks, mark(6, 11, added=False)], CANDIDATES) == Live()


def test_one_of_two_skin_tones_taken_away_leaves_the_other():
    both = [mark(1, 11), mark(2, 12), mark(3, 11, variant="skin-tone-2")]
    gone = mark(4, 11, variant="skin-tone-2", added=False)
    assert live(both, CANDIDATES) == Live(candidate=11)
    assert live([*both, gone], CANDIDATES) == Live(candidate=12), "the older sign is the older vote"
    assert live([*both, gone, mark(5, 12, added=False)], CANDIDATES) == Live(candidate=11)


def test_a_sign_that_came_again_is_as_new_as_its_last_coming():
    marks = [mark(1, 11), mark(2, 12), mark(3, 11, added=False), mark(4, 11)]
    assert live(marks, CANDIDATES) == Live(candidate=11)


def test_votes_for_one_that_is_out_fall_back():
    marks = [mark(1, 11), mark(2, WITHDRAWN)]
    assert live(marks, CANDIDATES) == Live(candidate=11)
    assert live(marks[1:], CANDIDATES) == Live()


@pytest.mark.parametrize(("at", "counts"), [(CLOSES - 1, True), (CLOSES, False)])
def test_what_comes_or_goes_at_the_closing_moment_is_late(at, counts):
    came = live([mark(5, 11), mark(at, 12)], CANDIDATES, until=CLOSES)
    assert came == Live(candidate=12 if counts else 11)
    went = live([mark(5, 11), mark(at, 11, added=False)], CANDIDATES, until=CLOSES)
    assert went == (Live() if counts else Live(candidate=11))


def test_two_signs_of_the_same_microsecond_count_once_and_always_the_same():
    assert live([mark(7, 12), mark(7, 11)], CANDIDATES) == Live(candidate=11)


def test_one_found_sign_needs_no_order():
    assert live([found(CLOSES, 12)], CANDIDATES, until=CLOSES) == Live(candidate=12)


def test_nobody_knows_which_of_two_found_signs_came_last():
    marks = [found(CLOSES, 11), found(CLOSES, 12)]
    assert live(marks, CANDIDATES, until=CLOSES) == Live(between=(11, 12))


def test_a_found_sign_may_be_older_or_newer_than_a_known_one():
    marks = [mark(500, 11), found(CLOSES, 12)]
    assert live(marks, CANDIDATES, until=CLOSES) == Live(between=(11, 12))


def test_only_those_that_may_have_come_last_are_asked_about():
    marks = [mark(400, 11), mark(500, 13), found(CLOSES, 12)]
    assert live(marks, CANDIDATES, until=CLOSES) == Live(between=(12, 13))


def test_a_sign_known_to_have_come_after_the_count_is_the_newest():
    later = 100 + FOUND_WITHIN + 1
    marks = [found(100, 11), found(100, 12)]
    assert live([*marks, mark(later, 13)], CANDIDATES) == Live(candidate=13)
    # Within the time in which a count is made nobody knows.
    assert live([*marks, mark(101, 13)], CANDIDATES) == Live(between=(11, 12, 13))


def test_a_sign_that_was_gone_when_another_came_is_the_newer_one():
    marks = [mark(10, 12), mark(30, 12, added=False), mark(20, 11), found(100, 12)]
    assert live(marks, CANDIDATES) == Live(candidate=12)


def test_an_event_that_comes_after_the_count_that_found_it_tells_when():
    marks = [mark(500, 11), found(CLOSES, 12)]
    assert live([*marks, mark(600, 12)], CANDIDATES, until=CLOSES) == Live(candidate=12)
    assert live([*marks, mark(400, 12)], CANDIDATES, until=CLOSES) == Live(candidate=11)


def test_an_answer_decides_only_between_those_that_may_have_come_last():
    both = [found(100, 11), found(100, 12)]
    assert live(both, CANDIDATES, answer=12) == Live(candidate=12)
    assert live(both, CANDIDATES, answer=13) == Live(between=(11, 12))
    assert live(both[:1], CANDIDATES, answer=12) == Live(candidate=11)


def test_a_vote_given_after_an_answer_is_newer_than_the_answer():
    both, later = [found(100, 11), found(100, 12)], 100 + FOUND_WITHIN + 1
    changed = [*both, mark(later, 13)]
    assert live(changed, CANDIDATES, answer=11) == Live(candidate=13)
    taken_back = [*changed, mark(later + 1, 13, added=False)]
    assert live(taken_back, CANDIDATES, answer=11) == Live(candidate=11)


# What a count in Slack adds


def seen(candidate: int = 11, person: int = 1, variant: str = "") -> tuple[int, int, str]:
    return person, candidate, variant


def test_where_the_log_agrees_nothing_is_added():
    marks = [mark(1), mark(2, 12), mark(3, 12, added=False)]
    assert corrections(marks, {seen()}, CLOSES) == []
    assert corrections([], set(), CLOSES) == []


def test_what_was_never_told_is_added_and_what_never_went_is_taken_away():
    added = corrections([mark(1, 11)], {seen(12)}, CLOSES)
    assert added == [found(CLOSES, 11, added=False), found(CLOSES, 12)]
    assert corrections([mark(1, 11), *added], {seen(12)}, CLOSES) == []


@pytest.mark.parametrize("at", [CLOSES, CLOSES + 1])
def test_what_is_known_to_be_late_is_taken_off_what_slack_shows(at):
    assert corrections([mark(at)], {seen()}, CLOSES) == [], "came late: it had not stood"
    assert corrections([mark(1), mark(at, added=False)], set(), CLOSES) == [], "went late"
    went_late = corrections([mark(at, added=False)], set(), CLOSES)
    assert went_late == [found(CLOSES)], "it had stood, though nobody told of its coming"


# Against a model


@dataclass
class Desk:
    """The truth: signs that stand, in the order in which they came last."""

    standing: list[tuple[int, int, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    now: int = 0

    def toggle(self, person: int, candidate: int, tone: str) -> None:
        self.now += 1
        key = (person, candidate, tone)
        added = key not in self.standing
        if added:
            self.standing.append(key)
        else:
            self.standing.remove(key)
        self.marks.append(
            Mark(person=person, candidate=candidate, variant=tone, at=self.now, added=added)
        )

    def votes(self) -> dict[int, int]:
        return {
            person: candidate
            for person, candidate, _ in self.standing
            if person in ELECTORS and candidate in CANDIDATES
        }

    def stood_on(self, person: int) -> set[int]:
        return {c for p, c, _ in self.standing if p == person and c in CANDIDATES}


ACTS = st.lists(
    st.tuples(
        st.sampled_from(ELECTORS + OUTSIDERS),
        st.sampled_from((*CANDIDATES, WITHDRAWN)),
        st.sampled_from(TONES),
    ),
    max_size=60,
)


def played(acts) -> Desk:
    desk = Desk()
    for act in acts:
        desk.toggle(*act)
    return desk


def counted(marks, **more) -> Count:
    return count(marks, ELECTORS, CANDIDATES, **more)


@given(ACTS, st.randoms(use_true_random=False), st.integers(1, 3))
def test_whatever_the_order_and_however_often_it_is_told_the_count_is_the_models(
    acts, order: random.Random, copies
):
    desk = played(acts)
    told = desk.marks * copies
    order.shuffle(told)
    result = counted(told)
    assert (result.votes, result.unsure) == (desk.votes(), {})
    assert sum(result.of(candidate) for candidate in CANDIDATES) == len(desk.votes())


@given(ACTS, ACTS, st.randoms(use_true_random=False))
def test_what_comes_after_closing_moves_nothing(before, after, order: random.Random):
    desk = played(before)
    votes, closes = desk.votes(), desk.now + 1
    desk.now = closes - 1
    for act in after:
        desk.toggle(*act)
    order.shuffle(desk.marks)
    assert counted(desk.marks, until=closes).votes == votes
    assert corrections(desk.marks, desk.standing, closes) == []


@given(ACTS)
def test_a_bot_that_was_off_counts_the_same_except_where_nobody_can_know_the_order(acts):
    desk = played(acts)
    marks = corrections([], desk.standing, CLOSES)
    result = counted(marks, until=CLOSES)
    truth = desk.votes()
    unsure = {p: tuple(sorted(desk.stood_on(p))) for p in truth if len(desk.stood_on(p)) > 1}
    assert result.unsure == unsure
    assert result.votes == {p: c for p, c in truth.items() if p not in unsure}
    assert counted(marks, until=CLOSES, answers=truth).votes == truth, "and each knows themselves"


ONCE = st.lists(
    st.tuples(
        st.sampled_from(ELECTORS),
        st.sampled_from(CANDIDATES),
        st.booleans(),  # told of its coming
        st.booleans(),  # told of its going
        st.booleans(),  # goes again
    ),
    unique_by=lambda act: act[:2],
)


@settings(max_examples=200)
@given(ONCE, st.integers(0, 30), st.randoms(use_true_random=False))
def test_with_events_lost_a_vote_is_the_true_one_or_is_asked_about(acts, looked_at, order):
    desk, told, later = Desk(), [], []
    for person, candidate, came, went, goes in acts:
        desk.toggle(person, candidate, "")
        told += desk.marks[-1:] if came else []
        if goes:
            later.append((person, candidate, went))
    order.shuffle(later)
    looked: list[Mark] = []
    for number, (person, candidate, went) in enumerate(later):
        if number == looked_at:  # the look at the hour, in the middle of it all
            looked = corrections(told, desk.standing, desk.now + 1)
        desk.toggle(person, candidate, "")
        told += desk.marks[-1:] if went else []
    marks = [*told, *looked]
    marks += corrections(marks, desk.standing, CLOSES)
    order.shuffle(marks)
    result, truth = counted(marks, until=CLOSES), desk.votes()
    assert result.votes.keys() | result.unsure.keys() == truth.keys()
    assert result.votes == {p: truth[p] for p in result.votes}
    assert all(truth[p] in between for p, between in result.unsure.items())
    whole = counted([*marks, *desk.marks], until=CLOSES)
    assert (whole.votes, whole.unsure) == (truth, {}), "events that come late after all mend it"


@given(ACTS)
def test_a_count_that_is_made_twice_changes_nothing(acts):
    desk = played(acts)
    marks = [*desk.marks[::2]]
    marks += corrections(marks, desk.standing, CLOSES)
    assert corrections(marks, desk.standing, CLOSES) == []
