"""From a filled form to its use-case: one entry an act, reading only the inputs it knows."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.errors import BotError
from bot.domain.results import Done
from bot.domain.rights import Act
from bot.domain.task import Content, Effect, Need, Reason, Saving, Step, Type
from bot.usecases import decide, saved, update
from bot.usecases.acting import Ask
from handlers.carried import code, day_in, figure_in, many_in, number, text_in

Values = Mapping[str, Any]
Work = Callable[[Any, Ask, datetime, Values, int | None], Done]


def needs(values: Values) -> frozenset[Need]:
    """What was ticked that the task needs."""
    return frozenset(code(Need, need) for need in many_in(values, "needs"))


def _edited(values: Values) -> Callable[[Content], Content]:
    return lambda content: replace(
        content,
        title=text_in(values, "title"),
        type=code(Type, values.get("type")),
        problem=text_in(values, "problem"),
        proposal=text_in(values, "proposal"),
        reason=code(Reason, values["reason"]) if values.get("reason") else None,
        needs=needs(values),
    )


def _weighed(values: Values) -> Callable[[Content], Content]:
    numbers = ("per_year", "minutes", "people", "budget")
    effect = Effect(**{name: figure_in(values, name) for name in numbers})
    units = tuple(number(unit) or 0 for unit in many_in(values, "cooperating"))
    return lambda content: replace(content, effect=effect, cooperating=units)


def _confirm(uow: Any, ask: Ask, now: datetime, values: Values, _: int | None) -> Done:
    return decide.confirm(
        uow, ask, now, needs=needs(values), owner=_person(values), due=day_in(values, "due")
    )


def _plan(uow: Any, ask: Ask, now: datetime, values: Values, index: int | None) -> Done:
    owner, due = _person(values), day_in(values, "due")
    if owner is None:
        raise BotError("error-pick-owner", field="owner")
    if due is None:
        raise BotError("error-required-due", field="due")
    step = Step(text=text_in(values, "step"), owner=owner, due=due)
    return update.keep_step(uow, ask, now, index=index, step=step)


def _milestone(uow: Any, ask: Ask, now: datetime, values: Values, index: int | None) -> Done:
    return update.milestone(
        uow,
        ask,
        now,
        index=-1 if index is None else index,
        due=day_in(values, "due"),
        done="done" in many_in(values, "done"),
        text=text_in(values, "note"),
    )


def _complete(uow: Any, ask: Ask, now: datetime, values: Values, _: int | None) -> Done:
    saving = Saving(hours=figure_in(values, "hours"), budget=figure_in(values, "budget"))
    return update.complete(uow, ask, now, evidence=text_in(values, "evidence"), reported=saving)


def _verify(uow: Any, ask: Ask, now: datetime, values: Values, _: int | None) -> Done:
    saving = Saving(hours=figure_in(values, "hours"), budget=figure_in(values, "budget"))
    return saved.verify(uow, ask, now, saving=saving)


def _said(use_case: Callable[..., Done], name: str, field: str) -> Work:
    """An act that asks for one text."""

    def work(uow: Any, ask: Ask, now: datetime, values: Values, _: int | None) -> Done:
        return use_case(uow, ask, now, **{name: text_in(values, field)})

    return work


WORK: Mapping[str, Work] = {
    Act.EDIT: lambda uow, ask, now, v, _: update.edit(uow, ask, now, change=_edited(v)),
    "effect": lambda uow, ask, now, v, _: update.edit(uow, ask, now, change=_weighed(v)),
    Act.CONFIRM: _confirm,
    Act.REVISE: _said(decide.revise, "comment", "comment"),
    Act.HOLD: lambda uow, ask, now, v, _: decide.hold(
        uow, ask, now, until=day_in(v, "until"), reason=text_in(v, "reason")
    ),
    Act.DECLINE: lambda uow, ask, now, v, _: decide.decline(
        uow, ask, now, reason=text_in(v, "reason"), replacement=number(v.get("replacement"))
    ),
    Act.MERGE: lambda uow, ask, now, v, _: decide.merge(
        uow,
        ask,
        now,
        target=number(v.get("target")),
        reason=text_in(v, "reason"),
        replacement=number(v.get("replacement")),
    ),
    Act.REOPEN: _said(decide.reopen, "reason", "reason"),
    Act.NOTE: _said(update.note, "text", "note"),
    Act.OPINION: _said(update.opine, "text", "opinion"),
    Act.PLAN: _plan,
    Act.MILESTONE: _milestone,
    Act.COMPLETE: _complete,
    Act.VERIFY: _verify,
    Act.CAME_BACK: _said(saved.came_back, "reason", "reason"),
    Act.ASSIGN: lambda uow, ask, now, v, _: update.assign(uow, ask, now, owner=_person(v)),
    Act.DUE: lambda uow, ask, now, v, _: update.set_due(
        uow, ask, now, due=day_in(v, "due"), reason=text_in(v, "reason")
    ),
    Act.WITHDRAW: lambda uow, ask, now, v, _: update.withdraw(
        uow, ask, now, reason=text_in(v, "reason"), replacement=number(v.get("replacement"))
    ),
}
"""What each form does, by the act it is for."""


def _person(values: Values) -> int | None:
    return number(values.get("owner"))
