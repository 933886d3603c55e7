"""Organisation files in every shape that offices' programs write become the same rows."""

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.domain.errors import BotError, Several
from bot.domain.org import Role
from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from handlers import roster_files, roster_sheets

KNOWN = roster_files.vocabulary(Catalogue.load())
KOREAN = ["실국", "과", "팀", "이름", "직위", "이메일", "Slack ID", "실국 채널", "과 채널", "역할"]
ENGLISH = [
    "Bureau", "Department", "Team", "Name", "Title", "E-mail", "Slack ID", "Bureau channel",
    "Department channel", "Role",
]  # fmt: skip
VALUES = [
    "문화체육관광국", "문화정책과", "전시운영팀", "김하늘", "팀장", "a@a.kr", "U0000001",
    "C0000001", "C0000002", "주무팀",
]  # fmt: skip
FIELDS = [name for name in RosterRow.__dataclass_fields__ if name != "line"]
EXPECTED = RosterRow(line=2, **dict(zip(FIELDS, VALUES, strict=True)))


def text(*lines: list[str], separator: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(lines)
    return written.getvalue()


def workbook(*lines, merged=()):
    book = Workbook()
    (sheet,) = book.worksheets
    for line in lines:
        sheet.append(line)
    for cells in merged:
        sheet.merge_cells(cells)
    return book


def packed(book: Workbook) -> bytes:
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def read(data: bytes) -> tuple[RosterRow, ...]:
    return roster_files.read(data, KNOWN).rows


def refused(data: bytes) -> list[str]:
    """The keys of what is told when a file is refused."""
    with pytest.raises(BotError) as caught:
        read(data)
    error = caught.value
    return [one.key for one in error.errors] if isinstance(error, Several) else [error.key]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("header", [KOREAN, ENGLISH])
def test_every_usual_encoding_separator_and_header_is_read(encoding, separator, header):
    data = text(header, VALUES, separator=separator).encode(encoding)
    assert read(data) == (EXPECTED,)


def test_a_workbook_gives_the_same_rows():
    assert read(packed(workbook(KOREAN, VALUES))) == (EXPECTED,)


def test_columns_may_come_in_any_order_and_unknown_ones_are_named_and_left_out():
    header = [*KOREAN[::-1], "전화번호"]
    found = roster_files.read(text(header, [*VALUES[::-1], "063"]).encode(), KNOWN)
    assert found.rows == (EXPECTED,)
    assert found.ignored == ("전화번호",)


def test_the_role_column_and_the_channels_may_be_missing():
    (row,) = read(text(KOREAN[:6], VALUES[:6]).encode())
    assert (row.email, row.slack_id, row.role) == ("a@a.kr", "", "")


def test_titles_above_the_header_blank_lines_and_repeated_headers_are_passed_over():
    lines = [["2026년 조직 명단"], [], KOREAN, VALUES, [], ["", " "], KOREAN, VALUES]
    assert [row.line for row in read(text(*lines).encode())] == [4, 8]
    assert [row.line for row in read(packed(workbook(*lines)))] == [4, 8]


def test_a_line_number_counts_line_breaks_inside_of_quotes():
    broken = [*VALUES[:4], "팀장\n(직무대리)", *VALUES[5:]]
    assert [row.line for row in read(text(KOREAN, broken, VALUES).encode())] == [2, 4]


def test_a_cell_merged_downwards_counts_for_every_row_it_covers():
    below = ["", "", "", "이바다", "주무관", "b@a.kr"]
    book = workbook(KOREAN, VALUES, below, merged=("A2:A3", "B2:B3", "C2:C3"))
    first, second = read(packed(book))
    assert first.names == second.names == tuple(VALUES[:3])
    assert second.name == "이바다"


def test_a_cell_merged_sideways_does_not_make_a_bureau_its_own_department():
    director = ["문화체육관광국", "", "", "박바람", "국장", "c@a.kr"]
    (row,) = read(packed(workbook(KOREAN, director, merged=("A2:C2",))))
    assert row.names == ("문화체육관광국",)


def test_a_formula_counts_by_the_value_the_file_has_for_it():
    book = workbook(KOREAN, [*VALUES[:4], '="팀"&"장"', *VALUES[5:]])
    assert refused(packed(book)) == ["roster-formula"]
    archive = zipfile.ZipFile(io.BytesIO(packed(book)))
    with_value = io.BytesIO()
    with zipfile.ZipFile(with_value, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<c r="E2">', b'<c r="E2" t="str">')
                part = part.replace(b"<v />", "<v>팀장</v>".encode()).replace(b"<v></v>", b"")
            copy.writestr(name, part)
    assert read(with_value.getvalue()) == (EXPECTED,)


def test_an_error_value_and_a_formula_in_text_are_told_with_line_and_column():
    assert refused(packed(workbook(KOREAN, [*VALUES[:3], "#N/A", *VALUES[4:]]))) == [
        "roster-formula"
    ]
    assert refused(text(KOREAN, [*VALUES[:3], "=A1", *VALUES[4:]]).encode()) == ["roster-formula"]


def test_a_formula_in_a_column_that_is_not_read_does_not_matter():
    book = workbook([*KOREAN, "비고"], [*VALUES, "=1+1"])
    assert read(packed(book)) == (EXPECTED,)


def test_numbers_in_cells_are_read_as_text():
    (row,) = read(packed(workbook(KOREAN, [*VALUES[:2], 119, *VALUES[3:]])))
    assert row.team == "119"


def test_the_first_visible_sheet_with_a_header_is_the_list():
    book = workbook(["안내"])
    hidden = book.create_sheet("예전 명단")
    hidden.sheet_state = "hidden"
    hidden.append(KOREAN)
    current = book.create_sheet("명단")
    current.append(KOREAN)
    current.append(VALUES)
    assert read(packed(book)) == (EXPECTED,)


def test_missing_columns_are_named_together_with_the_unknown_ones():
    header = ["실국", "소속과", "팀", "이름", "직위"]
    assert refused(text(header, VALUES[:5]).encode()) == [
        "roster-column-missing",
        "roster-column-missing",
        "roster-column-unknown",
    ]


def test_a_column_that_comes_twice_is_named():
    assert refused(text([*KOREAN, "성명"], VALUES).encode()) == ["roster-column-twice"]


def book_with_password() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "roster-no-header"),
        ("아무 글".encode(), "roster-no-header"),
        (b"\x80\x80\x80\xff", "roster-file-encoding"),
        (b"PK\x03\x04 not a zip", "roster-file-unreadable"),
        (book_with_password(), "roster-file-old-excel"),
        (b"x" * (roster_files.BYTES_MAX + 1), "roster-file-too-big"),
    ],
)
def test_a_file_that_is_no_list_is_told_with_a_mend(data, key):
    assert refused(data) == [key]


def test_a_zip_of_another_kind_is_no_workbook():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
    assert refused(other.getvalue()) == ["roster-file-unreadable"]


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(roster_sheets, "UNPACKED_MAX", 1000)
    assert refused(packed(workbook(KOREAN, VALUES))) == ["roster-file-too-big"]


def test_a_quote_left_open_is_told_rather_than_swallowing_people():
    lines = text(KOREAN, VALUES, VALUES).replace("C0000002", '"C0000002', 1)
    assert refused(lines.encode()) == ["roster-csv-quotes"]


def test_more_rows_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(roster_files, "ROWS_MAX", 2)
    assert len(read(text(KOREAN, VALUES, VALUES).encode())) == 2
    assert refused(text(KOREAN, VALUES, VALUES, VALUES).encode()) == ["roster-too-many-rows"]


def test_a_cell_far_below_or_far_right_does_not_hold_the_reader_up():
    book = workbook(KOREAN, VALUES)
    book.active["A1048576"] = " "
    book.active["XFD2"] = "끝"
    assert read(packed(book)) == (EXPECTED,)


def test_the_words_of_both_languages_are_known():
    words = KNOWN.words
    assert words.roles["총괄"] is words.roles["hq"] is Role.HQ
    assert set(KNOWN.columns.values()) == set(FIELDS)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data):
    for begun in (data, text(KOREAN).encode() + data, b"PK\x03\x04" + data):
        try:
            read(begun)
        except BotError as told:
            assert told.key.startswith("roster-")  # noqa: PT017 - either outcome is right


WHOLE = packed(workbook(KOREAN, VALUES))


@settings(max_examples=60, deadline=None)
@given(at=st.integers(4, len(WHOLE) - 1), damage=st.binary(max_size=30))
def test_any_damage_to_a_workbook_is_told_or_does_no_harm(at, damage):
    try:
        read(WHOLE[:at] + damage + WHOLE[at + len(damage) + 1 :])
    except BotError as told:
        assert told.key.startswith("roster-")  # noqa: PT017 - either outcome is right
