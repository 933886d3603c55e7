"""Organisation files as offices keep them: the bytes of a CSV or XLSX file into roster rows.

Nothing is trusted: the encodings and separators that offices' programs write, title lines above
the header, repeated headers and blank lines are read; anything else is told with a mend.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.domain.errors import BotError, Key, Several
from bot.domain.org import Role
from bot.domain.roster_rows import RosterRow, Words
from bot.domain.text import folded, one_line
from bot.i18n.texts import LANGUAGES, Catalogue

VALUELESS = "="
"""How a cell begins whose formula has no usable value; in CSV files formulas stand as such."""

Numbered = tuple[int, tuple[str, ...]]
"""A line's number in its file, from 1, and its cells."""

BYTES_MAX = 10_000_000
ROWS_MAX = 50_000

_HEADER_WITHIN = 20
"""Lines within which the header stands: titles and dates of a list come before it."""
_COLUMNS = tuple(name for name in RosterRow.__dataclass_fields__ if name != "line")
_REQUIRED = ("bureau", "department", "team", "name", "title")
_ADDRESSES = ("email", "slack_id")
_ROLES = ("hq", "director", "head", "lead", "member")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """How columns and posts may be called, in any of the languages."""

    columns: Mapping[str, str]
    words: Words


@dataclass(frozen=True, kw_only=True)
class RosterFile:
    """The rows of a file, and the headings of columns that mean nothing here and were left out."""

    rows: tuple[RosterRow, ...]
    ignored: tuple[str, ...]


def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """The words of every language together: a Korean file may have an English header."""

    def listed(key: str) -> tuple[str, ...]:
        texts = [catalogue.of(language)(f"roster-{key}") for language in LANGUAGES]
        return tuple(folded(word) for text in texts for word in text.split(","))

    return Vocabulary(
        columns={word: name for name in _COLUMNS for word in listed(f"column-{_dashed(name)}")},
        words=Words(
            chief=listed("title-chief"),
            head=listed("title-head"),
            lead=listed("title-lead"),
            acting=listed("title-acting"),
            roles={word: Role(role) for role in _ROLES for word in listed(f"role-{role}")},
            coordinating=listed("role-coordinating"),
        ),
    )


def read(data: bytes, known: Vocabulary) -> RosterFile:
    """The rows of a CSV or XLSX file; raise BotError or Several saying what to mend in it."""
    if len(data) > BYTES_MAX:
        raise BotError("roster-file-too-big", limit=BYTES_MAX // 1_000_000)
    if data.startswith(_OLE):
        raise BotError("roster-file-old-excel")
    header, lines = _headed(_sheets_of(data) if data.startswith(_ZIP) else _tables_of(data), known)
    rows: list[RosterRow] = []
    errors: list[BotError] = []
    for number, cells in lines:
        values = header.values(cells)
        if not any(values.values()) or header.is_repeated(values, known):
            continue
        if len(rows) == ROWS_MAX:
            raise BotError("roster-too-many-rows", limit=ROWS_MAX)
        errors += [
            BotError("roster-formula", line=number, column=_label(name))
            for name, value in values.items()
            if value.startswith(VALUELESS)
        ]
        rows.append(RosterRow(line=number, **values))
    if errors:
        raise Several(errors)
    return RosterFile(rows=tuple(rows), ignored=header.unknown)


@dataclass(frozen=True, kw_only=True)
class _Header:
    """Which column says what; `twice` names what several columns say."""

    columns: Mapping[int, str]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]

    @classmethod
    def of(cls, cells: Iterable[str], known: Vocabulary) -> "_Header":
        columns: dict[int, str] = {}
        unknown, twice = [], []
        for index, cell in enumerate(cells):
            name = known.columns.get(folded(cell))
            if name is None:
                unknown.append(one_line(cell))
            elif name in columns.values():
                twice.append(name)
            else:
                columns[index] = name
        return cls(columns=columns, unknown=tuple(filter(None, unknown)), twice=tuple(twice))

    @property
    def missing(self) -> tuple[str, ...]:
        """What no column says although it has to be known."""
        found = set(self.columns.values())
        missing = [name for name in _REQUIRED if name not in found]
        return (*missing, *([] if found.intersection(_ADDRESSES) else ["address"]))

    def values(self, cells: tuple[str, ...]) -> dict[str, str]:
        """The row's cells by what they say; a short row ends in blanks."""
        return {
            name: cells[index].strip() if index < len(cells) else ""
            for index, name in self.columns.items()
        }

    def is_repeated(self, values: Mapping[str, str], known: Vocabulary) -> bool:
        """Whether the row is the header again, as printed lists have it on every page."""
        return all(known.columns.get(folded(values[name])) == name for name in ("bureau", "name"))


def _headed(
    tables: Iterable[Iterator[Numbered]], known: Vocabulary
) -> tuple[_Header, Iterator[Numbered]]:
    """The first table with a whole header and the lines below it, or what the best one lacks."""
    nearest = _Header(columns={}, unknown=(), twice=())
    trouble: BotError | None = None
    for lines in tables:
        try:
            for _, cells in islice(lines, _HEADER_WITHIN):
                header = _Header.of(cells, known)
                if not header.missing and not header.twice:
                    return header, lines
                if len(header.columns) > len(nearest.columns):
                    nearest = header
        except BotError as error:
            trouble = trouble or error
    if not nearest.columns:
        raise trouble or BotError("roster-no-header")
    raise Several(
        [
            *(BotError("roster-column-twice", column=_label(name)) for name in nearest.twice),
            *(BotError("roster-column-missing", column=_label(name)) for name in nearest.missing),
            *(BotError("roster-column-unknown", heading=text) for text in nearest.unknown),
        ]
    )


def _sheets_of(data: bytes) -> Iterator[Iterator[Numbered]]:
    from handlers.roster_sheets import sheets_of  # its library is 4 MB that only imports need

    return sheets_of(data)


def _tables_of(data: bytes) -> Iterator[Iterator[Numbered]]:
    """The text read with each separator in turn: which one it is shows in the header."""
    text = _decoded(data)
    for separator in ",\t;":
        yield _csv_lines(text, separator)


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BotError("roster-file-encoding")


def _csv_lines(text: str, separator: str) -> Iterator[Numbered]:
    """Lines that are not blank; strictly, since a stray quote would swallow people unseen."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield line, tuple(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise BotError("roster-csv-quotes", line=line) from error


def _label(name: str) -> Key:
    return Key(f"roster-label-{_dashed(name)}")


def _dashed(name: str) -> str:
    return name.replace("_", "-")
