"""Searching tasks by words, newest first, and finding those whose titles are alike."""

import re
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.results import Page, Query
from bot.domain.task import Listed, Task
from bot.domain.text import folded, grams
from storage.lists import NEWEST, PAGE, ListStore
from storage.search_index import Text, among_newest, index_of
from storage.similar import Titles
from storage.tables.tasks import search_texts

_NUMBER = re.compile(r"\s*(#?)(\d{1,18})\s*")
_WORDS_MAX = 8
_PAIRS_MAX = 32
"""More words or pairs than these are not asked for; the words are checked anyway."""
_RECENT = 5000
"""How many of the newest tasks are read for words of one syllable, which have no pairs."""
_NEAR = 0.4
"""The share of a search's pairs that a near miss has to have."""

_WORDS = sa.select(search_texts.c.words).where(search_texts.c.task == sa.bindparam("number"))
_WORDS_OF = sa.select(search_texts.c.task, search_texts.c.words).where(
    search_texts.c.task.in_(sa.bindparam("ids", expanding=True))
)


class SearchStore:
    """Search over titles, problems and proposals of all tasks of the province."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = index_of(connection)
        self._titles = Titles(connection)

    def index(self, task: Task) -> None:
        """Let the task be found by what it says now."""
        content = task.content
        lines = (content.title, content.problem, content.proposal)
        text = Text(task.id, "\n".join(map(folded, lines)))
        if task.version == 1:
            self._index.add(text)
            self._titles.add(text)
            return
        words = self._connection.execute(_WORDS, {"number": task.id}).scalar_one()
        old = Text(task.id, words)
        if old != text:
            self._index.replace(old, text)
            self._titles.replace(old, text)

    def find(self, query: Query, on: date) -> Page:
        """A page of the tasks that contain every word of the query, newest first.

        `12` and `#12` find the task of that number. When nothing matches, the first page has
        those with the nearest titles instead and is `fuzzy`.
        """
        lists = ListStore(self._connection)
        before = NEWEST if query.before is None else query.before
        number = _NUMBER.fullmatch(query.words)
        found = [] if number and number[1] else self._matching(query.words, before)
        exact = lists.of([int(number[2])]) if number and query.before is None else ()
        others = [task for task in found if task not in {row.id for row in exact}]
        rows = exact + lists.of(others[: PAGE - len(exact)])
        more = len(exact) + len(others) > PAGE
        fuzzy = not rows and query.before is None
        if fuzzy:
            rows = lists.of(self._nearest(query.words))
        return Page(query=query, rows=rows, more=more, today=on, fuzzy=fuzzy and bool(rows))

    def similar(self, title: str, limit: int = 3) -> tuple[Listed, ...]:
        """Tasks whose titles are alike, the likest first; those given up are left out."""
        return ListStore(self._connection).of(self._titles.like(title, limit))

    def count(self, limit: int) -> int:
        """Let at most `limit` new titles sharpen what counts as similar; how many they were."""
        return self._titles.count(limit)

    def _matching(self, text: str, before: int) -> list[int]:
        words = _words(text)
        pairs = [pair for word in words for pair in grams(word)]
        if pairs:
            return self._index.matching(words, pairs[:_PAIRS_MAX], before, PAGE + 1)
        if not words:
            return []
        found, _ = among_newest(self._connection, words, before, _RECENT, PAGE + 1)
        return found

    def _nearest(self, text: str) -> list[int]:
        pairs = list(dict.fromkeys(pair for word in _words(text) for pair in grams(word)))
        rows = self._connection.execute(_WORDS_OF, {"ids": self._titles.sharing(pairs)})
        shares = {row.task: sum(pair in row.words for pair in pairs) / len(pairs) for row in rows}
        near = [task for task, share in shares.items() if share >= _NEAR]
        return sorted(near, key=lambda task: (-shares[task], -task))[:PAGE]


def _words(text: str) -> list[str]:
    words = (folded(word) for word in text.split())
    return [word for word in dict.fromkeys(words) if word][:_WORDS_MAX]
