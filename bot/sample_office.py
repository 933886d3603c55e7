"""The sample office at work: its people's proposals and ballots, made through the use-cases."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from bot import sample
from bot.domain.ballot import Mode
from bot.domain.results import Proposed, Surface
from bot.domain.rights import Act
from bot.domain.roster_rows import Words
from bot.usecases import ballots as ballots_
from bot.usecases import decide, opening, propose, update
from bot.usecases.acting import Ask
from bot.usecases.organise import apply_import


async def settle_in(
    office: Any,
    *,
    words: Words,
    round_name: str,
    tasks_wanted: int,
    now: datetime,
) -> None:
    """Import the organisation and propose and decide on the tasks, as its people would.

    Everything goes through the use-cases. What is there already is not made again.
    """
    await office.write_alone(
        lambda uow: apply_import(uow, sample.rows(), now, words=words, round_name=round_name)
    )
    made = await office.write_alone(lambda uow: uow.counters.value("tasks"))
    for one in () if made else sample.tasks(tasks_wanted):
        await office.write_alone(partial(_live, task=one, now=now))


async def open_ballots(office: Any, now: datetime) -> None:
    """Have the heads of the staffed bureaus open their departments' ballots, but never twice."""
    for head in sample.heads():
        await office.write(partial(_open_ballot, head=head, now=now))


def _live(uow: Any, *, task: sample.SampleTask, now: datetime) -> None:
    proposed = Proposed(content=task.content)
    done = propose.propose(uow, task.proposer, Surface.COMMAND, proposed, now)
    for step in task.steps:
        ask = Ask(who=step.by, surface=Surface.MODAL, task=done.task)
        _USE_CASES[step.act](uow, ask, now, **step.values)


def _open_ballot(uow: Any, *, head: str, now: datetime) -> None:
    """Open the head's department's ballot, where there is something to choose between."""
    panel = ballots_.panel(uow, head, None, now)
    if Act.BALLOT_OPEN not in panel.may or len(panel.candidates) == 1:
        return
    ready = opening.ready(uow, head, Surface.COMMAND, panel.department.id, now)
    opening.open_ballot(
        uow,
        head,
        Surface.COMMAND,
        department=panel.department.id,
        closes_at=ready.closes_at,
        mode=Mode.OPEN,
        reason="",
        now=now,
    )


_USE_CASES: Mapping[Act, Callable[..., Any]] = {
    Act.CONFIRM: decide.confirm,
    Act.REVISE: decide.revise,
    Act.HOLD: decide.hold,
    Act.DECLINE: decide.decline,
    Act.NOTE: update.note,
    Act.COMPLETE: update.complete,
    Act.STOPPED: update.stopped,
}
