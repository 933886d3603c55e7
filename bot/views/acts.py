"""The small forms of the acts on a task: each asks only for what the act needs."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.domain.errors import BotError
from bot.domain.proposing import TEXT_MAX, TITLE_MAX
from bot.domain.results import Shown
from bot.domain.rights import Act
from bot.domain.task import Reason
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Choice,
    View,
    checkboxes,
    context,
    date_input,
    external_select,
    input_block,
    modal,
    multi_external_select,
    number_input,
    radio,
    section,
    static_select,
    text_input,
)  # fmt: skip
from bot.views.line import number, standing
from bot.views.proposing import needs, types

NUMBER_LARGEST = 1_000_000_000
_T = TypeVar("_T")


@dataclass(frozen=True)
class Under:
    """What a form is for: an act on the task in the version it shows, or on a part of it."""

    task: int
    seen: int
    act: str
    index: int | None = None

    def packed(self) -> str:
        """The form's private_metadata."""
        return json.dumps({k: v for k, v in vars(self).items() if v is not None})


def form(t: Texts, shown: Shown, under: Under) -> View:
    """The form of an act; `effect` is the second half of editing."""
    blocks = [context(f"{number(shown.task.id)} {shown.task.content.title}")]
    blocks += _FORMS[under.act](t, shown, under.index)
    blocks += _replacement(t, shown, under.act)
    return modal(
        t(f"form-{under.act.replace('_', '-')}"),
        blocks,
        submit=t("button-save"),
        close=t("button-close"),
        callback_id="act",
        private_metadata=under.packed(),
    )


def newest(t: Texts, shown: Shown) -> list[Block]:
    """What a task says now, for somebody whose screen was older."""
    content = shown.task.content
    texts = (content.title, standing(t, shown), content.problem, content.proposal)
    return [section(t("stale-newest")), *(section(text) for text in texts if text)]


def has_form(act: str) -> bool:
    """Whether the act asks for anything; the others are done in one tap."""
    return act in _FORMS


def _edit(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    content = shown.task.content
    reasons = [Choice(t.term("reason", code), code.value) for code in Reason]
    return [
        input_block(
            t("field-title"), text_input("title", initial=content.title, max_length=TITLE_MAX)
        ),
        input_block(t("field-type"), radio("type", types(t), initial=content.type.value)),
        _long(t, "problem", content.problem),
        _long(t, "proposal", content.proposal, optional=True),
        input_block(
            t("field-reason"),
            static_select(
                "reason", reasons, initial=content.reason.value if content.reason else None,
                placeholder=t("pick"),
            ),
            optional=True,
        ),
        _needs(t, shown, optional=True),
    ]  # fmt: skip


def _effect(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    effect = shown.task.content.effect
    chosen = [
        Choice(name, str(unit))
        for name, unit in zip(shown.cooperating, shown.task.content.cooperating, strict=True)
    ]
    return [
        section(t("effect-explained")),
        *(
            input_block(
                t(f"field-{name.replace('_', '-')}"),
                number_input(
                    name, initial=getattr(effect, name), smallest=0, largest=NUMBER_LARGEST
                ),
                optional=True,
            )
            for name in ("per_year", "minutes", "people", "budget")
        ),
        input_block(
            t("field-cooperating"),
            multi_external_select("cooperating", initial=chosen, placeholder=t("pick-department")),
            optional=True,
        ),
    ]


def _confirm(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    return [
        _needs(t, shown, hint=t("confirm-needs-hint")),
        _owner(t, shown, shown.task.owner),
        _due(t, shown.task.due, hint=t("confirm-due-hint"), optional=True),
    ]


def _hold(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    return [
        input_block(t("field-until"), date_input("until", initial=shown.task.hold_until)),
        _long(t, "reason", "", label="field-why", optional=True),
    ]


def _merge(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    return [
        input_block(
            t("field-target"),
            external_select("target", placeholder=t("pick-task")),
            hint=t("merge-hint"),
        ),
        _long(t, "reason", "", label="field-why", optional=True),
    ]


def _plan(t: Texts, shown: Shown, index: int | None) -> list[Block]:
    step = _at(shown.task.plan, index) if index is not None else None
    return [
        input_block(
            t("field-step"),
            text_input("step", initial=step.text if step else None, max_length=200),
        ),
        _owner(t, shown, step.owner if step else shown.task.owner),
        _due(t, step.due if step else shown.task.due),
    ]


def _milestone(t: Texts, shown: Shown, index: int | None) -> list[Block]:
    stage = _at(shown.task.milestones, index or 0)
    done = [Choice(t("milestone-done"), "done")]
    return [
        section(t.term("milestone", f"{stage.track}-{stage.code}")),
        _due(t, stage.due),
        input_block(
            t("field-done"),
            checkboxes("done", done, initial=["done"] if stage.done_on else []),
            optional=True,
        ),
        _long(t, "note", stage.note, label="field-milestone-note", optional=True),
    ]


def _complete(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    hours = number_input("hours", decimals=True, smallest=0, largest=NUMBER_LARGEST)
    budget = number_input("budget", smallest=0, largest=NUMBER_LARGEST)
    return [
        input_block(
            t("field-evidence"),
            text_input("evidence", max_length=TEXT_MAX, placeholder=t("evidence-example")),
        ),
        input_block(t("field-reported-hours"), hours, hint=t("complete-later-hint"), optional=True),
        input_block(t("field-reported-budget-entered"), budget, optional=True),
    ]


def _verify(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    said = shown.task.verified
    hours = number_input(
        "hours", initial=said.hours, decimals=True, smallest=0, largest=NUMBER_LARGEST
    )
    budget = number_input("budget", initial=said.budget, smallest=0, largest=NUMBER_LARGEST)
    return [
        input_block(t("field-verified-hours-entered"), hours, hint=t("verify-hint"), optional=True),
        input_block(t("field-verified-budget-entered"), budget, optional=True),
    ]


def _came_back(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    field = text_input("reason", multiline=True, max_length=TEXT_MAX)
    return [input_block(t("field-came-back"), field, hint=t("came-back-hint"))]


def _due_form(t: Texts, shown: Shown, _: int | None) -> list[Block]:
    return [_due(t, shown.task.due), _long(t, "reason", "", label="field-why", optional=True)]


def _replacement(t: Texts, shown: Shown, act: str) -> list[Block]:
    """What takes a representative task's place; the target of a merge may do so by itself."""
    if not shown.replacements:
        return []
    choices = [Choice(f"{number(row.id)} {row.title}", str(row.id)) for row in shown.replacements]
    menu = static_select("replacement", choices)
    optional = act == Act.MERGE
    hint = t("replacement-hint")
    return [input_block(t("field-replacement"), menu, hint=hint, optional=optional)]


def _text_form(name: str, *, label: str | None = None, optional: bool = False) -> "_Form":
    def blocks(t: Texts, shown: Shown, _: int | None) -> list[Block]:
        return [_long(t, name, "", label=label, optional=optional)]

    return blocks


_Form = Callable[[Texts, Shown, int | None], Sequence[Block]]

_FORMS: Mapping[str, _Form] = {
    Act.EDIT: _edit,
    "effect": _effect,
    Act.CONFIRM: _confirm,
    Act.REVISE: _text_form("comment"),
    Act.HOLD: _hold,
    Act.DECLINE: _text_form("reason", label="field-why"),
    Act.MERGE: _merge,
    Act.REOPEN: _text_form("reason", label="field-why"),
    Act.NOTE: _text_form("note"),
    Act.OPINION: _text_form("opinion"),
    Act.PLAN: _plan,
    Act.MILESTONE: _milestone,
    Act.COMPLETE: _complete,
    Act.VERIFY: _verify,
    Act.CAME_BACK: _came_back,
    Act.ASSIGN: lambda t, shown, _: [_owner(t, shown, shown.task.owner)],
    Act.DUE: _due_form,
    Act.WITHDRAW: _text_form("reason", label="field-why", optional=True),
}


def _at(stages: Sequence[_T], index: int) -> _T:
    """The stage a button meant; raise when it is gone since, or the button was forged."""
    if not 0 <= index < len(stages):
        raise BotError("error-no-such-step")
    return stages[index]


def _long(
    t: Texts, name: str, text: str, *, label: str | None = None, optional: bool = False
) -> Block:
    field = text_input(name, initial=text, multiline=True, max_length=TEXT_MAX)
    return input_block(t(label or f"field-{name}"), field, optional=optional)


def _needs(t: Texts, shown: Shown, *, hint: str | None = None, optional: bool = False) -> Block:
    chosen = [need.value for need in shown.task.content.needs]
    return input_block(
        t("field-needs"),
        checkboxes("needs", needs(t), initial=chosen),
        hint=hint,
        optional=optional,
    )


def _owner(t: Texts, shown: Shown, owner: int | None) -> Block:
    name = shown.names.get(owner) if owner is not None else None
    return input_block(
        t("field-owner"),
        external_select(
            "owner",
            initial=Choice(name, str(owner)) if name else None,
            placeholder=t("pick-person"),
            min_query=0,
        ),
    )


def _due(t: Texts, due: date | None, *, hint: str | None = None, optional: bool = False) -> Block:
    return input_block(t("field-due"), date_input("due", initial=due), hint=hint, optional=optional)
