"""Merging into another department's task: what changes before its head agrees, and which merge
a button means."""

from datetime import timedelta

import pytest

from bot.domain.ballot import Rule
from bot.domain.errors import BotError
from bot.domain.results import Surface
from bot.domain.task import Status
from bot.i18n.texts import Catalogue
from bot.usecases import decide, read, representing, rounds
from bot.usecases.acting import Ask
from bot.views.kit import plain
from bot.views.task import show as show_task
from tests.usecases.ballot_box import CLOSES, OTHER_HEAD, OTHER_MEMBER
from tests.usecases.small_office import DIRECTOR, HEAD, HQ, MEMBER

WHY = "같은 일입니다."
KO = Catalogue.load().of("ko")


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


def revised(box, number):
    decide.revise(box.uow, ask(DIRECTOR, number), CLOSES, comment="효과를 적어 주세요.")


def held(box, number):
    until = CLOSES.date() + timedelta(days=30)
    decide.hold(box.uow, ask(DIRECTOR, number), CLOSES, until=until, reason="예산이 없습니다.")


@pytest.mark.parametrize("meanwhile", [revised, held])
def test_why_and_by_whom_it_was_replaced_is_what_was_said_when_the_merge_was_asked_for(
    decided, meanwhile
):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    merge(decided, first, into, second)
    meanwhile(decided, first)
    take_in(decided, first, into)
    found = decided.uow.representatives.of(decided.ballot.round, decided.unit())
    head = decided.person(HEAD)
    assert (found.rule, found.reason, found.by) == (Rule.REPLACED, WHY, head.id)
    for number, act in ((first, "represent_no_more"), (second, "represent")):
        history = read.show(decided.uow, MEMBER.slack_id, number, CLOSES).history
        (line,) = [one for one in history if one.entry.act == act]
        assert (line.entry.actor, line.entry.text) == (head.id, WHY)


def promised(box, who, number):
    """Whether the task's screen says what will stand for the department, and how."""
    shown = read.show(box.uow, who.slack_id, number, CLOSES)
    lines = plain(show_task(KO, shown)["blocks"]).splitlines()
    return [line for line in lines if "수락하면" in line]


@pytest.mark.parametrize("who", [MEMBER, OTHER_MEMBER])
def test_whoever_reads_it_learns_which_departments_task_will_be_replaced(decided, who):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    merge(decided, first, into, second)
    (line,) = promised(decided, who, first)
    assert line == f"그 부서가 수락하면 도로과의 대표 과제가 {second}번 과제로 바뀝니다."


def test_no_replacement_is_promised_once_another_task_was_made_the_representative_one(decided):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    merge(decided, first, into, second)
    representing.override(
        decided.uow, HEAD.slack_id, Surface.MODAL,
        department=decided.unit(), task=task(decided, 3), reason=WHY, now=CLOSES,
    )  # fmt: skip
    assert promised(decided, MEMBER, first) == []


def test_none_is_promised_in_a_closed_round_either(decided):
    first, second, into = task(decided, 1), task(decided, 2), foreign(decided)
    merge(decided, first, into, second)
    round_ = decided.uow.rounds.unclosed()
    rounds.close_round(decided.uow, HQ.slack_id, Surface.HOME, round_.id, round_.version, CLOSES)
    assert promised(decided, MEMBER, first) == []
    take_in(decided, first, into)
    assert stands(decided) == (first, Rule.VOTES)


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
