"""Rows of an organisation file become posts and roles, or mistakes with their line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Several
from bot.domain.org import Role, UnitKind
from bot.domain.roster import Wanted, read
from bot.domain.roster_rows import RosterRow, Words

WORDS = Words(
    chief=("장",),
    head=("과장", "담당관"),
    lead=("팀장",),
    acting=("직무대리",),
    roles={
        "총괄": Role.HQ,
        "실국장": Role.DIRECTOR,
        "과장": Role.HEAD,
        "팀장": Role.LEAD,
        "팀원": Role.MEMBER,
    },
    coordinating=("주무팀",),
)
BUREAU, DEPARTMENT, TEAM = "문화체육관광국", "문화정책과", "예술진흥팀"
LEVELS = {
    "bureau": {"bureau": BUREAU},
    "department": {"bureau": BUREAU, "department": DEPARTMENT},
    "team": {"bureau": BUREAU, "department": DEPARTMENT, "team": TEAM},
}


def row(line: int = 2, at: str = "team", **fields: str) -> RosterRow:
    """A row with everything filled in that has to be."""
    filled = {"name": "김하늘", "title": "주무관", "email": f"p{line}@example.go.kr"}
    return RosterRow(line=line, **(LEVELS[at] | filled | fields))


def roles(**fields) -> list[Role]:
    """The roles of the only person of a file with one row."""
    (person,) = read([row(**fields)], WORDS).people
    return [post.role for post in person.posts]


def mistakes(*rows: RosterRow) -> list[tuple[int, str]]:
    """The lines and keys of everything that is wrong."""
    with pytest.raises(Several) as caught:
        read(rows, WORDS)
    return [(error.params["line"], error.key) for error in caught.value.errors]


def warned(wanted: Wanted) -> set[str]:
    return {warning.key for warning in wanted.warnings}


@pytest.mark.parametrize(
    ("at", "title", "role"),
    [
        ("bureau", "국장", Role.DIRECTOR),
        ("bureau", "소방본부장", Role.DIRECTOR),
        ("department", "과장", Role.HEAD),
        ("department", "감사담당관", Role.HEAD),
        ("department", "119종합상황실장", Role.HEAD),
        ("team", "팀장", Role.LEAD),
        ("team", "기동반장", Role.LEAD),
        ("team", "팀장 직무대리", Role.LEAD),
        ("team", "팀장(직무대리)", Role.LEAD),
        ("team", "주무관", Role.MEMBER),
        ("bureau", "대변인", Role.MEMBER),
    ],
)
def test_a_title_gives_the_role_in_the_unit_of_its_row(at, title, role):
    assert roles(at=at, title=title) == [role]


@pytest.mark.parametrize(
    ("at", "title", "word", "role"),
    [
        ("bureau", "대변인", "실국장", Role.DIRECTOR),
        ("department", "정책관", "과장", Role.HEAD),
        ("team", "사무관", "팀장", Role.LEAD),
        ("team", "선장", "팀원", Role.MEMBER),
        ("team", "주무관", "총괄", Role.HQ),
        ("team", "주무관", " 총 괄 ", Role.HQ),
    ],
)
def test_the_role_column_comes_before_the_title(at, title, word, role):
    assert roles(at=at, title=title, role=word) == [role]


def test_a_lead_who_runs_the_programme_still_leads_the_team():
    assert roles(title="팀장", role="총괄") == [Role.LEAD, Role.HQ]


def test_no_title_makes_anyone_headquarters():
    assert Role.HQ not in roles(title="총괄")


def test_the_coordinating_team_is_marked_and_its_row_keeps_the_role_of_its_title():
    wanted = read([row(title="팀장", role="주무팀")], WORDS)
    assert [unit.coordinating for unit in wanted.units] == [False, False, True]
    assert wanted.people[0].posts[0].role is Role.LEAD


def test_units_come_in_the_order_of_the_file_parents_first():
    other = {"bureau": "건설교통국", "department": "도로과"}
    wanted = read(
        [
            row(2),
            row(3, **other, team=""),
            row(4, at="bureau", title="국장"),
            row(5, team="문화시설팀"),
        ],
        WORDS,
    )
    assert [(unit.full_name, unit.position) for unit in wanted.units] == [
        (BUREAU, 1),
        (f"{BUREAU} {DEPARTMENT}", 2),
        (f"{BUREAU} {DEPARTMENT} {TEAM}", 3),
        (f"{BUREAU} {DEPARTMENT} 문화시설팀", 4),
        ("건설교통국", 5),
        ("건설교통국 도로과", 6),
    ]
    assert [unit.kind for unit in wanted.units[:3]] == list(UnitKind)


def test_spacing_and_middle_dots_make_no_second_unit():
    wanted = read([row(2, bureau="문화ㆍ체육국"), row(3, bureau="문화‧체육 국")], WORDS)
    assert [unit.name for unit in wanted.units] == ["문화·체육국", DEPARTMENT, TEAM]


def test_a_lone_dash_is_an_empty_cell():
    assert roles(at="bureau", title="국장", department="-", team=" - ") == [Role.DIRECTOR]


def test_rows_with_one_address_are_one_person_with_two_posts():
    wanted = read(
        [
            row(2, at="department", title="과장", email="Ha@Example.go.kr", slack_id="U0000001"),
            row(3, title="팀장", email="", slack_id="u0000001"),
            row(4, team="문화시설팀", title="팀장", email="ha@example.go.kr"),
        ],
        WORDS,
    )
    (person,) = wanted.people
    assert (person.email, person.slack_id) == ("ha@example.go.kr", "U0000001")
    assert [post.role for post in person.posts] == [Role.HEAD, Role.LEAD, Role.LEAD]


def test_ids_are_found_in_copied_links():
    link = "https://office.slack.com/archives/C0000ABC"
    wanted = read([row(bureau_channel=link, department_channel="c0000xyz")], WORDS)
    assert [unit.channel for unit in wanted.units] == ["C0000ABC", "C0000XYZ", None]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"bureau": ""}, "roster-missing"),
        ({"name": " "}, "roster-missing"),
        ({"title": "-"}, "roster-missing"),
        ({"department": ""}, "roster-team-without-department"),
        ({"email": ""}, "roster-no-address"),
        ({"email": "없음"}, "roster-malformed-email"),
        ({"email": "a@b"}, "roster-malformed-email"),
        ({"slack_id": "김하늘"}, "roster-malformed-slack-id"),
        ({"slack_id": "C0000001"}, "roster-malformed-slack-id"),
        ({"bureau_channel": "#문화체육관광국"}, "roster-malformed-bureau-channel"),
        ({"department_channel": "문화정책과"}, "roster-malformed-department-channel"),
        ({"role": "대장"}, "roster-unknown-role"),
        ({"name": "가" * 101}, "roster-too-long"),
        ({"title": "과장"}, "roster-head-not-at-department"),
        ({"at": "bureau", "title": "과장"}, "roster-head-not-at-department"),
        ({"at": "department", "title": "팀장"}, "roster-lead-not-at-team"),
        ({"at": "department", "role": "실국장"}, "roster-director-not-at-bureau"),
        ({"at": "department", "role": "주무팀"}, "roster-coordinating-without-team"),
        ({"at": "bureau", "department_channel": "C0000001"}, "roster-channel-without-department"),
    ],
)
def test_a_bad_row_is_named_with_its_line(fields, key):
    assert mistakes(row(7, **fields)) == [(7, key)]


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ({"email": "a@a.kr"}, {"email": "a@a.kr", "name": "이바다"}, "roster-two-names"),
        ({"email": "a@a.kr"}, {"email": "a@a.kr"}, "roster-duplicate"),
        (
            {"email": "a@a.kr", "slack_id": "U0000001"},
            {"email": "a@a.kr", "slack_id": "U0000002", "team": "문화시설팀"},
            "roster-two-addresses",
        ),
        (
            {"email": "a@a.kr", "slack_id": "U0000001"},
            {"email": "b@a.kr", "slack_id": "U0000001", "team": "문화시설팀"},
            "roster-two-addresses",
        ),
        ({"bureau_channel": "C0000001"}, {"bureau_channel": "C0000002"}, "roster-two-channels"),
        ({"role": "주무팀"}, {"role": "주무팀", "team": "문화시설팀"}, "roster-two-coordinating"),
    ],
)
def test_two_rows_that_contradict_each_other_are_named_both(one, other, key):
    assert mistakes(row(2, **one), row(3, **other)) == [(3, key)]


def test_every_mistake_of_every_row_is_told_at_once_in_the_order_of_the_lines():
    assert mistakes(
        row(2, name="", title=""),
        row(3),
        row(4, email="a@a.kr"),
        row(5, email="a@a.kr"),
        row(6, email="x"),
    ) == [
        (2, "roster-missing"),
        (2, "roster-missing"),
        (5, "roster-duplicate"),
        (6, "roster-malformed-email"),
    ]


def test_an_empty_list_would_send_everybody_away_and_is_refused():
    with pytest.raises(Several, match="roster-empty"):
        read([], WORDS)


def test_several_heads_are_allowed_but_worth_a_look():
    wanted = read(
        [row(2, at="department", title="과장"), row(3, at="department", title="과장")], WORDS
    )
    assert "roster-warn-several" in warned(wanted)


def test_missing_chiefs_members_without_team_and_no_headquarters_are_worth_a_look():
    wanted = read([row(at="department")], WORDS)
    assert warned(wanted) == {
        "roster-warn-no-team",
        "roster-warn-nobody",
        "roster-warn-no-hq",
    }


cells = st.text(max_size=12) | st.sampled_from(
    ["국장", "과장", "팀장", "총괄", "주무팀", "U0000001", "C0000001", "a@a.kr", "-", "="]
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {name: cells for name in RosterRow.__dataclass_fields__ if name != "line"}
        ),
        max_size=6,
    )
)
def test_any_rows_are_read_or_refused_with_their_lines(table):
    rows = [RosterRow(line=line, **fields) for line, fields in enumerate(table, 2)]
    try:
        wanted = read(rows, WORDS)
    except Several:
        return
    known = {unit.path for unit in wanted.units}
    assert all(post.path in known for person in wanted.people for post in person.posts)
