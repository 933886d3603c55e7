"""The sheets of an XLSX file as lines of text: merged cells filled down, formulas by value."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import range_boundaries

from bot.domain.errors import BotError
from handlers.roster_files import VALUELESS, Numbered

UNPACKED_MAX = 200_000_000
"""Bytes a file may grow to when it is unpacked: ten megabytes of zip can hold gigabytes."""
_LINES_MAX = 1_048_576
_CELLS_MAX = 50
_CHUNK = 1_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MERGED_LENGTH = 200


def sheets_of(data: bytes) -> Iterator[Iterator[Numbered]]:
    """The lines of each visible sheet that are not blank; raise BotError if it is no such file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_MAX:
            raise BotError("roster-file-too-big", limit=UNPACKED_MAX // 1_000_000)
        values, formulas = (_opened(data, data_only) for data_only in (True, False))
    except BotError:
        raise
    except Exception as error:  # the parser raises whatever it stumbles over
        raise BotError("roster-file-unreadable") from error
    for sheet, same in zip(values.worksheets, formulas.worksheets, strict=True):
        if sheet.sheet_state == "visible":
            yield _lines(archive, sheet, same)


def _opened(data: bytes, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drawings and styles, which nobody asks for
        return load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)


def _lines(archive: zipfile.ZipFile, values: Any, formulas: Any) -> Iterator[Numbered]:
    reach = {"max_row": _LINES_MAX, "max_col": _CELLS_MAX, "values_only": True}
    try:
        merged = _merged(archive, values._worksheet_path)  # the library has no public name for it
        carried: dict[int, tuple[str, int]] = {}
        rows = zip_longest(values.iter_rows(**reach), formulas.iter_rows(**reach), fillvalue=())
        for line, (row, same) in enumerate(rows, 1):
            if not any(row) and not any(same):
                continue  # a stray cell far below makes a million of these
            cells = [_text(*pair) for pair in zip_longest(row, same)]
            for column, cell in enumerate(cells):
                if (line, column) in merged:
                    carried[column] = (cell, merged[line, column])
            if any(cells):
                yield line, tuple(_filled(cells, carried, line))
    except Exception as error:  # the parser raises whatever it stumbles over
        raise BotError("roster-file-unreadable") from error


def _text(value: Any, formula: Any) -> str:
    if value in ERROR_CODES or (value is None and formula is not None):
        return VALUELESS
    return "" if value is None else str(value).strip()


def _filled(cells: list[str], carried: dict[int, tuple[str, int]], line: int) -> Iterator[str]:
    """The cells with what a merged cell above them says; side by side nothing is repeated."""
    for column, cell in enumerate(cells):
        above, last = carried.get(column, ("", 0))
        yield above if not cell and line <= last else cell


def _merged(archive: zipfile.ZipFile, path: str) -> dict[tuple[int, int], int]:
    """The last line of each merged cell by its first line and column (from 0).

    They stand behind all the rows, where the library's reader for large files does not look.
    """
    found: dict[tuple[int, int], int] = {}
    tail = b""
    with archive.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            for match in _MERGED.finditer(text):
                left, top, _, bottom = range_boundaries(match[1].decode())
                if left and top and bottom:
                    found[top, left - 1] = bottom
            tail = text[-_MERGED_LENGTH:]
    return found
