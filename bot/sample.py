"""A sample organisation and its tasks: a province that does not exist, with invented people.

Everything is the same on every machine: the dice have fixed seeds. Two bureaus are staffed down
to their members, the others down to their team leads. Addresses are under example.go.kr.
"""

import csv
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.rights import Act
from bot.domain.roster_rows import RosterRow
from bot.domain.task import Content, Effect, Need, Reason, Saving, Type

_DATA = Path(__file__).with_name("sample_data")
_STAFFED = frozenset({"문화체육관광국", "건설교통국"})
_HQ_TEAM = "혁신기획팀"
_NEWCOMER_TEAM = "문화정책팀"
_ENGLISH = {("국제교류팀", "팀장"), ("관광마케팅팀", "주무관")}
"""Where the first with that title reads English, so that both languages are seen."""
_PRIVATE = frozenset({"특별사법경찰과"})
"""The departments whose channel is a private one."""
_TITLES_GIVING_NO_ROLE = frozenset({"대변인"})
_NAMED = 3
"""The tasks at the head of the file, which newspapers named; they are always among the sample."""


@dataclass(frozen=True, kw_only=True)
class SamplePerson:
    """Somebody of the sample as a messenger knows them; `group` is the bureau."""

    id: str
    name: str
    title: str
    group: str
    email: str
    locale: str = "ko-KR"
    team: str = "T0PLAYGRND"
    enterprise: str = ""


@dataclass(frozen=True, kw_only=True)
class SampleChannel:
    """A channel of the sample with the Slack ids of its members."""

    id: str
    name: str
    members: tuple[str, ...]
    topic: str = ""
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class SampleStep:
    """An act on a task by the person of a Slack id; `values` are the use-case's own arguments."""

    act: Act
    by: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SampleTask:
    """A proposal and what was done with it afterwards, in order."""

    proposer: str
    content: Content
    steps: tuple[SampleStep, ...] = ()


@cache
def rows() -> tuple[RosterRow, ...]:
    """The organisation file, numbered as if it had a header in its first line."""
    names = _names()
    dice = random.Random(1)
    found: list[RosterRow] = []

    def hire(title: str, *, role: str = "", **place: str) -> None:
        name, email = next(names)
        number = len(found) + 1
        found.append(
            RosterRow(
                line=number + 1,
                name=name,
                title=title,
                email=email,
                slack_id=f"U0S{number:06}",
                role=role,
                **place,
            )
        )

    bureau: dict[str, str] = {}
    for number, line in enumerate(_read("units.csv"), 1):
        begins = line["bureau"] != bureau.get("bureau")
        if begins:
            channel = f"C0S9{len({row.bureau for row in found}):05}"
            bureau = {"bureau": line["bureau"], "bureau_channel": channel}
            director = line["director"]
            hire(director, role="실국장" if director in _TITLES_GIVING_NO_ROLE else "", **bureau)
        place = bureau | {
            "department": line["department"],
            "department_channel": f"C0S1{number:05}",
        }
        hire(line["head"], **place)
        for team in line["teams"].split("|"):
            place["team"] = team
            hq = "총괄" if team == _HQ_TEAM else ""
            hire("팀장", role="주무팀" if begins else hq, **place)
            begins = False
            members = dice.randint(2, 4) if line["bureau"] in _STAFFED else int(bool(hq))
            for _ in range(members):
                hire("주무관", role=hq, **place)
    return tuple(found)


@cache
def workspace() -> tuple[tuple[SamplePerson, ...], tuple[SampleChannel, ...]]:
    """The people, first one who is new to the programme and last those of other workspaces, and
    the channels where they talk."""
    staff = rows()
    english = {
        next(row.slack_id for row in staff if (row.team, row.title) == where) for where in _ENGLISH
    }
    people = [
        SamplePerson(
            id=row.slack_id,
            name=row.name,
            title=f"{row.names[-1]} {row.title}",
            group=row.bureau,
            email=row.email,
            locale="en-US" if row.slack_id in english else "ko-KR",
        )
        for row in sorted(staff, key=lambda row: row.slack_id != _newcomer())
    ]
    visiting = guests()
    everyone = tuple(row.slack_id for row in staff)
    channels = [SampleChannel(id="C0S000000", name="전체-공지", members=everyone)]
    for bureau in dict.fromkeys(row.bureau for row in staff):
        own = [row for row in staff if row.bureau == bureau]
        director = own[0].slack_id
        members = tuple(row.slack_id for row in own)
        channels.append(SampleChannel(id=own[0].bureau_channel, name=bureau, members=members))
        for channel, name in dict.fromkeys(
            (row.department_channel, row.department) for row in own[1:]
        ):
            members = (director, *(row.slack_id for row in own if row.department == name))
            guest = (visiting[name].id,) if name in visiting else ()
            channels.append(
                SampleChannel(
                    id=channel,
                    name=name,
                    members=(*members, *guest),
                    topic=f"{bureau} {name}",
                    private=name in _PRIVATE,
                )
            )
    return (*people, *visiting.values()), tuple(channels)


def guests() -> dict[str, SamplePerson]:
    """People of other workspaces, by the department whose channel they share; no officials."""
    lines = [dict(line) for line in _read("guests.csv")]
    return {line.pop("department"): SamplePerson(**line) for line in lines}


def tasks(n: int) -> tuple[SampleTask, ...]:
    """`n` proposals of all departments, the named ones first; ValueError when there are fewer.

    About one in five was decided on and is confirmed, under way or done.
    """
    dice = random.Random(2)
    lines = [*_read("tasks.csv")]
    named, own = lines[:_NAMED], lines[_NAMED:]
    common = [
        shared | {"department": unit["department"], "title": f"{unit['department']} {title}"}
        for shared in _read("common_tasks.csv")
        for title in [shared["title"]]
        for unit in _read("units.csv")
    ]
    dice.shuffle(common)
    chosen = [*own, *common[: max(0, n - _NAMED - len(own))]]
    dice.shuffle(chosen)
    if n > _NAMED + len(chosen):
        raise ValueError(f"the sample has {_NAMED + len(chosen)} tasks")
    return tuple(_task(line, dice) for line in [*named, *chosen][:n])


def _task(line: Mapping[str, str], dice: random.Random) -> SampleTask:
    phrases = _phrases()
    work, _, action = line["title"].rpartition(" ")
    kind = Type(phrases["actions"][action])
    reason = Reason(line["reason"])
    numbers = {
        name: int(line[name]) if line[name] else None
        for name in ("per_year", "minutes", "people", "budget")
    }
    problem = dice.choice(phrases["problems"][reason]).format(work=work)
    proposal = dice.choice(["", *phrases["proposals"][kind]])
    content = Content(
        title=line["title"],
        type=kind,
        problem=line.get("problem") or problem,
        proposal=line.get("proposal") or proposal,
        reason=reason,
        needs=frozenset(Need(need) for need in line["needs"].split("|") if need),
        effect=Effect(**numbers),
    )
    staff = [row for row in rows() if row.department == line["department"]]
    others = [row.slack_id for row in staff[1:] if row.slack_id != _newcomer()]
    proposer = dice.choice(others)
    steps = tuple(_steps(content, proposer, staff[0].slack_id, dice))
    return SampleTask(proposer=proposer, content=content, steps=steps)


def _steps(content: Content, owner: str, head: str, dice: random.Random) -> Iterator[SampleStep]:
    phrases = _phrases()
    fate = dice.random()
    if fate < 0.03:
        comment = {"comment": dice.choice(phrases["comments"])}
        yield SampleStep(act=Act.REVISE, by=head, values=comment)
    if fate < 0.8:
        return
    needs = content.needs or {dice.choice([Need.GUIDELINE, Need.BUDGET, Need.ORDINANCE])}
    yield SampleStep(act=Act.CONFIRM, by=head, values={"needs": frozenset(needs)})
    if fate > 0.86:
        yield SampleStep(act=Act.NOTE, by=owner, values={"text": dice.choice(phrases["notes"])})
    if fate > 0.94:
        saving = Saving(hours=content.effect.hours, budget=content.effect.budget)
        report = {"evidence": dice.choice(phrases["evidence"]), "reported": saving}
        yield SampleStep(act=Act.COMPLETE, by=owner, values=report)


@cache
def _newcomer() -> str:
    """A member of the department whose tasks the newspapers named; has proposed nothing yet."""
    return next(
        row.slack_id for row in rows() if row.team == _NEWCOMER_TEAM and row.title == "주무관"
    )


def _names() -> Iterator[tuple[str, str]]:
    """Invented names with e-mail addresses; no name and no address comes twice."""
    parts = json.loads((_DATA / "names.json").read_text(encoding="utf-8"))
    families, firsts, seconds = (
        list(parts[part].items()) for part in ("family", "first", "second")
    )
    dice = random.Random(0)
    names: set[str] = set()
    accounts: set[str] = set()
    while True:
        # Common family names stand at the head of the list and are drawn more often.
        family = families[int(len(families) * dice.random() ** 2)]
        first, second = dice.choice(firsts), dice.choice(seconds)
        name = family[0] + first[0] + second[0]
        account = f"{first[1]}{second[1]}.{family[1]}"
        if len(set(name)) == len(name) and name not in names and account not in accounts:
            names.add(name)
            accounts.add(account)
            yield name, f"{account}@example.go.kr"


@cache
def _phrases() -> dict[str, Any]:
    phrases: dict[str, Any] = json.loads((_DATA / "phrases.json").read_text(encoding="utf-8"))
    return phrases


@cache
def _read(name: str) -> tuple[dict[str, str], ...]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, restval=""))


def heads() -> tuple[str, ...]:
    """The Slack ids of the heads of the staffed bureaus' departments."""
    found: dict[str, str] = {}
    for row in rows():
        if row.bureau in _STAFFED and row.department:
            found.setdefault(row.department, row.slack_id)
    return tuple(found.values())
