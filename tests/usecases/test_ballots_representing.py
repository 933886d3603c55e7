"""The one task that stands for a department: overridden with a reason, or replaced, never two."""

import pytest

from bot.domain.ballot import Rule, State
from bot.domain.errors import BotError, Refused
from bot.domain.results import Surface
from bot.usecases import ballots, decide, read, representing, rounds
from bot.usecases.acting import Ask
from bot.usecases.ballot_telling import LOADS
from tests.usecases.ballot_box import CHANNEL, CLOSES, OTHER_HEAD, OTHER_MEMBER
from tests.usecases.small_office import DIRECTOR, HEAD, HQ, LEAD, MEMBER, NOW, facts

WHY = "도의회 지적 사항이라 먼저 합니다."


def task(box, position):
    return box.candidates[position - 1].task


def override(box, number, who=HEAD, reason=WHY, department=None):
    return representing.override(
        box.uow, who.slack_id, Surface.MODAL, department=department or box.unit(),
        task=number, reason=reason, now=CLOSES,
    )  # fmt: skip


def stands(box):
    found = box.uow.representatives.of(box.ballot.round, box.unit())
    return (found.task, found.rule, found.reason) if found else None


def ask(box, position, who=HEAD):
    return Ask(who=who.slack_id, surface=Surface.MODAL, task=task(box, position))


@pytest.mark.parametrize("who", [HEAD, DIRECTOR, HQ])
def test_an_override_stays_visible_in_channel_panel_card_and_history(decided, who):
    former, other = task(decided, 1), task(decided, 2)
    override(decided, other, who)
    assert stands(decided) == (other, Rule.OVERRIDE, WHY)
    ((to, payload),) = facts(decided.uow, "ballot_override")
    assert to == f"channel:{CHANNEL}"
    told = LOADS["ballot_override", 1](decided.uow, None, payload, CLOSES)
    assert (told.task.id, told.representative.reason) == (other, WHY)
    assert who.name in told.by
    chosen = ballots.panel(decided.uow, MEMBER.slack_id, None, CLOSES).chosen
    assert chosen
    assert chosen.representative.reason == WHY
    for number, word in ((other, "represent"), (former, "represent_no_more")):
        shown = read.show(decided.uow, MEMBER.slack_id, number, CLOSES)
        assert shown.representative == (number == other)
        entry = shown.history[0].entry
        assert (entry.act, entry.text, entry.before) == (word, WHY, {"representative": former})


@pytest.mark.parametrize("who", [MEMBER, LEAD, OTHER_HEAD])
def test_nobody_else_may_and_each_hears_who_does(decided, who):
    for attempt in (
        lambda: override(decided, task(decided, 2), who),
        lambda: representing.ready(decided.uow, who.slack_id, Surface.HOME, decided.unit(), CLOSES),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert "이과장" in refused.value.params["who"]
        decided.uow.audit_refusal(refused.value)
    assert decided.acts()[-2:] == ["refused", "refused"]
    assert stands(decided)[0] == task(decided, 1)


def test_it_needs_a_reason_and_another_task_of_the_department_and_round(decided):
    foreign = decided.task(OTHER_MEMBER, OTHER_MEMBER)
    for number, reason, why in (
        (task(decided, 2), "  ", "error-required-reason"),
        (task(decided, 1), WHY, "error-ballot-same"),
        (foreign, WHY, "error-ballot-not-candidate"),
        (999, WHY, "error-ballot-not-candidate"),
        (None, WHY, "error-ballot-not-candidate"),
    ):
        with pytest.raises(BotError, match=why):
            override(decided, number, reason=reason)
    with pytest.raises(BotError, match="error-stale-button"):
        override(decided, task(decided, 2), department=999)
    assert stands(decided)[0] == task(decided, 1)


def test_a_task_proposed_after_the_vote_may_be_named(decided):
    later = decided.task()
    assert override(decided, later).task == later


def test_a_tie_may_be_ended_so_and_posts_no_second_result(box):
    box.open(3)
    box.tick(CLOSES)
    assert box.ballot.state is State.TIED
    override(box, task(box, 3), HQ)
    assert box.result == (State.DECIDED, 3, Rule.OVERRIDE)
    assert stands(box) == (task(box, 3), Rule.OVERRIDE, WHY)
    assert (box.told("ballot_result"), len(box.told("ballot_override"))) == ([], 1)
    assert box.hears(HEAD, "ballot_tie", CLOSES) is None


def test_while_votes_are_given_there_is_nothing_to_override(box):
    box.open()
    for attempt in (
        lambda: override(box, task(box, 1)),
        lambda: representing.ready(box.uow, HEAD.slack_id, Surface.HOME, box.unit(), NOW),
    ):
        with pytest.raises(BotError, match="error-ballot-not-decided"):
            attempt()


def decline(box, replacement):
    decide.decline(box.uow, ask(box, 1), CLOSES, reason="법정 사무입니다.", replacement=replacement)


def withdraw(box, replacement):
    box.withdraw(task(box, 1), now=CLOSES, replacement=replacement)


def merge(box, replacement):
    decide.merge(
        box.uow, ask(box, 1), CLOSES, target=task(box, 3), reason="같은 일입니다.",
        replacement=replacement,
    )  # fmt: skip


@pytest.mark.parametrize("end", [decline, withdraw, merge])
def test_a_representative_task_ends_only_by_naming_its_replacement(decided, end):
    foreign = decided.task(OTHER_MEMBER, OTHER_MEMBER)
    for replacement in (foreign, 999, task(decided, 1)):
        with pytest.raises(BotError, match="error-representative-replacement"):
            end(decided, replacement)
    end(decided, task(decided, 2))
    assert stands(decided)[:2] == (task(decided, 2), Rule.REPLACED)
    assert decided.acts().count("represent_no_more") == 1


@pytest.mark.parametrize("end", [decline, withdraw])
def test_without_naming_one_it_goes_on(decided, end):
    with pytest.raises(BotError, match="error-representative-replacement") as refused:
        end(decided, None)
    assert refused.value.field == "replacement"
    assert stands(decided)[0] == task(decided, 1)


def test_what_it_is_merged_into_takes_its_place_by_itself(decided):
    merge(decided, None)
    assert stands(decided)[:2] == (task(decided, 3), Rule.REPLACED)


def test_the_only_task_cannot_end_before_there_is_another(box):
    box.open(1)
    box.tick(CLOSES)
    with pytest.raises(BotError, match="error-representative-only"):
        decline(box, None)
    instead = box.task()
    decline(box, instead)
    assert stands(box)[0] == instead


def test_what_a_closed_round_chose_is_history(decided):
    round_ = decided.uow.rounds.unclosed()
    rounds.close_round(decided.uow, HQ.slack_id, Surface.HOME, round_.id, round_.version, CLOSES)
    decline(decided, None)
    assert stands(decided)[:2] == (task(decided, 1), Rule.VOTES)
