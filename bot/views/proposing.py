"""The screens of proposing: the form, what is similar already."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.proposing import TEXT_MAX, TITLE_MAX
from bot.domain.task import Listed, Need, Type
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Choice,
    View,
    actions,
    button,
    checkboxes,
    context,
    divider,
    external_select,
    input_block,
    modal,
    radio,
    section,
    text_input,
)  # fmt: skip
from bot.views.line import line


def form(t: Texts, typed: Mapping[str, Any], *, offered: bool = False, fresh: str = "") -> View:
    """The form with three mandatory inputs; `offered` says a draft was found and filled in.

    Slack keeps what stands in a field of the same block id over updates: only with another
    `fresh` than before does a form in place of a form begin as it is given.
    """
    department = typed.get("department")
    blocks: list[Block] = []
    if offered:
        blocks += [
            section(t("propose-draft-found"), button(t("propose-draft-discard"), "propose.discard"))
        ]
    blocks += [
        input_block(
            t("field-title"),
            text_input(
                "title",
                initial=typed.get("title"),
                max_length=TITLE_MAX,
                placeholder=t("propose-title-example"),
                focus=not typed.get("title"),
            ),
            dispatch=True,
            block_id=f"title{fresh}",
        ),
        input_block(
            t("field-type"),
            radio("type", types(t), initial=typed.get("type")),
            dispatch=True,
            block_id=f"type{fresh}",
        ),
        input_block(
            t("field-problem"),
            text_input(
                "problem",
                initial=typed.get("problem"),
                multiline=True,
                max_length=TEXT_MAX,
                placeholder=t("propose-problem-example"),
            ),
            dispatch=True,
            block_id=f"problem{fresh}",
        ),
        input_block(
            t("field-needs"),
            checkboxes("needs", needs(t), initial=typed.get("needs") or ()),
            hint=t("propose-needs-hint"),
            optional=True,
            dispatch=True,
            block_id=f"needs{fresh}",
        ),
        input_block(
            t("field-department"),
            external_select(
                "department",
                initial=Choice(**department) if department else None,
                placeholder=t("propose-department-example"),
            ),
            hint=t("propose-department-hint"),
            optional=True,
            dispatch=True,
            block_id=f"department{fresh}",
        ),
        context(t("propose-later")),
    ]
    return modal(
        t("propose-title"),
        blocks,
        submit=t("button-submit"),
        close=t("button-close"),
        callback_id="propose",
        private_metadata=json.dumps({"source": typed["source"]}) if typed.get("source") else "",
    )


def similar(t: Texts, found: Sequence[Listed], today: date) -> View:
    """Similar tasks of the whole province: join one, or go on."""
    blocks: list[Block] = [section(t("similar-found", count=len(found))), divider()]
    for row in found:
        join = button(
            t("button-join"), "propose.join", str(row.id),
            accessibility_label=t("button-join-which", title=row.title),
        )  # fmt: skip
        blocks.append(section(line(t, row, today), join))
    blocks += [
        divider(),
        context(t("similar-or")),
        actions(button(t("button-rewrite"), "propose.rewrite")),
    ]
    return modal(
        t("similar-title"),
        blocks,
        submit=t("button-submit-anyway"),
        close=t("button-close"),
        callback_id="propose.anyway",
    )


def types(t: Texts) -> list[Choice]:
    """The types of task as choices."""
    return [Choice(t.term("type", code), code.value) for code in Type]


def needs(t: Texts) -> list[Choice]:
    """What a task may need, as choices."""
    return [Choice(t.term("need", code), code.value) for code in Need]
