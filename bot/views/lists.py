"""Lists and searches in chat: ten rows, filters and pages as buttons."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.results import Page, Query, Scope
from bot.domain.task import Status
from bot.domain.text import storable
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Choice,
    actions,
    button,
    context,
    divider,
    header,
    message,
    section,
    static_select,
)  # fmt: skip
from bot.views.line import line

ANY = "any"
OVERDUE = "overdue"
WORDS_MAX = 200
"""Characters of a search, which every button of its pages carries."""


def page(t: Texts, found: Page) -> dict[str, Any]:
    """One page as a message; the filters keep what the others say."""
    query = found.query
    title = t("list-found", words=query.words) if query.words else t.term("scope", query.scope)
    blocks: list[Block] = [header(title)]
    if found.fuzzy:
        blocks.append(section(t("list-fuzzy")))
    if not query.words:
        blocks.append(_filters(t, query))
    if not found.rows:
        blocks.append(section(t("list-none-found" if query.words else "list-none")))
    for row in found.rows:
        open_it = button(
            t("button-open"), "task.open", str(row.id),
            accessibility_label=t("button-open-which", title=row.title),
        )  # fmt: skip
        blocks.append(section(line(t, row, found.today), open_it))
    pages = []
    if query.page > 1:
        pages.append(
            button(t("button-first"), "list.first", packed(replace(query, before=None, page=1)))
        )
    if found.more:
        after = replace(query, before=found.rows[-1].id, page=query.page + 1)
        pages.append(button(t("button-next"), "list.next", packed(after)))
    if pages:
        blocks += [divider(), actions(*pages)]
    if query.page > 1 or found.more:
        blocks.append(context(t("list-page", page=query.page)))
    return message(title, blocks)


def packed(query: Query) -> str:
    """A query as a button carries it: only what differs from the default."""
    values = {
        "s": query.scope.value,
        "t": query.status.value if query.status else None,
        "o": query.overdue or None,
        "w": query.words or None,
        "b": query.before,
        "p": query.page,
    }
    return json.dumps({k: v for k, v in values.items() if v is not None}, ensure_ascii=False)


def unpacked(text: str) -> Query:
    """The query a button carried; ValueError, KeyError … when it was forged."""
    values: Mapping[str, Any] = json.loads(text)
    before, number = values.get("b"), int(values.get("p", 1))
    if not (before is None or 0 <= int(before) < 10**15) or not 0 < number < 10**9:
        raise ValueError("a page that no list has")
    words = str(values.get("w", ""))[:WORDS_MAX]
    if words != storable(words):
        raise ValueError("words that nobody can have searched for")
    return Query(
        scope=Scope(values["s"]),
        status=Status(values["t"]) if values.get("t") else None,
        overdue=bool(values.get("o")),
        words=words,
        before=int(before) if before is not None else None,
        page=number,
    )


def _filters(t: Texts, query: Query) -> Block:
    statuses = [
        Choice(t("list-any-status"), ANY),
        Choice(t("status-overdue"), OVERDUE),
        *(Choice(t.term("status", status), status.value) for status in Status),
    ]
    chosen = OVERDUE if query.overdue else query.status.value if query.status else ANY
    return actions(
        static_select(
            "list.scope",
            [Choice(t.term("scope", scope), scope.value) for scope in Scope],
            initial=query.scope.value,
            placeholder=t("list-scope"),
        ),
        static_select("list.status", statuses, initial=chosen, placeholder=t("field-status")),
        block_id=packed(replace(query, before=None, page=1)),
    )
