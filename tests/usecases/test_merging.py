"""Merging into another department's task: what changes before its head agrees, and which merge
a button means."""

import pytest

from bot.domain.ballot import Rule
from bot.domain.errors import BotError
from bot.domain.results import Surface
from bot.domain.task import Status
from bot.usecases import decide, read, representing
from bot.usecases.acting import Ask
from tests.usecases.ballot_box import CLOSES, OTHER_HEAD, OTHER_MEMBER, Box
from tests.usecases.small_office import HEAD, MEMBER

WHY = "같은 일입니다."


@pytest.fixture
def box(unit):
    with unit() as uow:
        yield Box(uow)


@pytest.fixture
def decided(box):
    """The first of three is the department's representative task."""
    box.open(3)
    box.react(MEMBER, 1)
    box.tick(CLOSES)
    return box


def task(box, position):
    return box.candidates[position - 1].task


def foreign(box):
    return box.task(OTHER_MEMBER, OTHER_MEMBER)


def ask(who, number):
    return Ask(who=who.slack_id, surface=Surface.MESSAGE, task=number)


def merge(box, number, into, replacement=None):
    decide.merge(
        box.uow, ask(HEAD, number), CLOSES, target=into, reason=WHY, replacement=replacement
    )


def take_in(box, number, into):
    return decide.take_in(box.uow, ask(OTHER_HEAD, number), CLOSES, into=into)


def keep_out(box, number, into):
    return decide.keep_out(box.uow, ask(OTHER_HEAD, number), CLOSES, into=into)


def stands(box):
    found = box.uow.representatives.of(box.ballot.round, box.unit())
    return found.task, found.rule


def test_a_representative_task_is_replaced_only_when_the_other_head_takes_it_in(decided):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    merge(decided, first, into, second)
    assert stands(decided) == (first, Rule.VOTES)
    assert decided.acts().count("represent_no_more") == 0
    assert read.show(decided.uow, HEAD.slack_id, first, CLOSES).task.replacement == second
    take_in(decided, first, into)
    assert stands(decided) == (second, Rule.REPLACED)
    assert decided.uow.tasks.get(first).status is Status.MERGED
    assert decided.acts().count("represent_no_more") == 1


def test_a_representative_task_that_is_kept_out_stays_as_it_was(decided):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    before = decided.uow.tasks.get(first)
    merge(decided, first, into, second)
    keep_out(decided, first, into)
    after = decided.uow.tasks.get(first)
    assert stands(decided) == (first, Rule.VOTES)
    assert (after.status, after.merge_into, after.replacement) == (before.status, None, None)


def test_a_merge_into_another_department_names_a_replacement_at_once(decided):
    first, into = task(decided, 1), foreign(decided)
    for replacement in (None, into, first, 999):
        with pytest.raises(BotError, match="error-representative-replacement") as refused:
            merge(decided, first, into, replacement)
        assert refused.value.field == "replacement"
    assert not decided.uow.tasks.get(first).is_undecided_merge


def test_a_replacement_that_has_ended_meanwhile_is_not_put_in_its_place(decided):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    merge(decided, first, into, second)
    decided.withdraw(second, now=CLOSES)
    with pytest.raises(BotError, match="error-representative-merging"):
        take_in(decided, first, into)
    assert stands(decided) == (first, Rule.VOTES)
    representing.override(
        decided.uow, HEAD.slack_id, Surface.MODAL,
        department=decided.unit(), task=task(decided, 3), reason=WHY, now=CLOSES,
    )  # fmt: skip
    take_in(decided, first, into)
    assert stands(decided) == (task(decided, 3), Rule.OVERRIDE)


def test_what_became_representative_while_its_merge_was_asked_for_needs_a_replacement(box):
    box.open(3)
    first, into = task(box, 1), foreign(box)
    merge(box, first, into)
    box.react(MEMBER, 1)
    box.tick(CLOSES)
    with pytest.raises(BotError, match="error-representative-merging"):
        take_in(box, first, into)


@pytest.mark.parametrize("answer", [take_in, keep_out])
def test_a_button_of_an_earlier_merge_answers_no_later_one(box, answer):
    number, into, other = box.task(), foreign(box), foreign(box)
    merge(box, number, into)
    keep_out(box, number, into)
    merge(box, number, other)
    with pytest.raises(BotError, match="error-merge-settled"):
        answer(box, number, into)
    assert box.uow.tasks.get(number).merge_into == other
    answer(box, number, other)


def test_ending_otherwise_forgets_the_merge_and_its_replacement(decided):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    merge(decided, first, into, second)
    decide.decline(decided.uow, ask(HEAD, first), CLOSES, reason=WHY, replacement=task(decided, 3))
    after = decided.uow.tasks.get(first)
    assert (after.merge_into, after.replacement) == (None, None)
    assert stands(decided) == (task(decided, 3), Rule.REPLACED)
