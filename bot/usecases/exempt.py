"""Exempt: a lead files for a team, its director decides, and time or the director ends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain import exemption as rules
from bot.domain.calendar import Calendar, at, local, today
from bot.domain.errors import BotError, Key, Stale
from bot.domain.exemption import ASKED_AGAIN, Exemption, Ground, Standing
from bot.domain.facts import Fact
from bot.domain.org import Person, Role
from bot.domain.proposing import checked_text
from bot.domain.results import Entry, Surface
from bot.domain.rights import Act
from bot.usecases.acting import allowed_at, calendar_of
from bot.usecases.exemptions import place_of, round_to_file_for
from bot.usecases.review_changes import changed
from storage.unit import UnitOfWork

_CONCERNED = (Role.LEAD, Role.HEAD, Role.DIRECTOR, Role.HQ)
"""Whose Homes show a team's exemption, or the coverage that it changes."""
_AT_ONCE = 1000
"""How many one tick takes on: more than an office has teams."""


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """Somebody decides on an exemption; `seen` is the version their screen showed."""

    who: str
    surface: Surface
    exemption: int
    seen: int


def file(
    uow: UnitOfWork,
    who: str,
    surface: Surface,
    now: datetime,
    *,
    team: int,
    ground: Ground,
    text: str,
    until: date | None,
) -> int:
    """File a team's exemption for the round and have its directors asked; the exemption's id."""
    place = place_of(uow, team)
    person = allowed_at(uow, who, surface, Act.EXEMPT_FILE, place, now)
    round_ = round_to_file_for(uow, now)
    filed = uow.exemptions.add(
        rules.file(
            number=0,
            round=round_.id,
            place=place,
            ground=ground,
            text=text,
            until=until,
            by=person.id,
            now=now,
            accepted=round_.grounds,
        )
    )
    _record(uow, Act.EXEMPT_FILE, person, surface, None, filed, now)
    _ask_directors(uow, filed, 0, now, leave_out=person)
    return filed.id


def begin(
    uow: UnitOfWork, asked: Deciding, now: datetime, *, standing: Standing
) -> tuple[Person, Exemption]:
    """The director and the exemption, once it is sure that it stands as the act needs it.

    Raises Refused naming who may, and errors that say how the exemption stands by now.
    """
    found = uow.exemptions.get(asked.exemption)
    if found is None:
        raise BotError("error-stale-button")
    person = allowed_at(uow, asked.who, asked.surface, Act.EXEMPT_DECIDE, found.place, now)
    if found.standing is not standing:
        raise _settled(uow, found)
    if found.version != asked.seen:
        raise Stale("error-stale-exemption")
    return person, found


def decide(
    uow: UnitOfWork, asked: Deciding, now: datetime, *, grant: bool, reason: str = ""
) -> int:
    """Grant it, or decline it with a reason; the exemption's id."""
    person, found = begin(uow, asked, now, standing=Standing.FILED)
    decided = rules.decide(found, grant=grant, reason=reason, by=person.id, now=now)
    saved = uow.exemptions.save(found, decided)
    act = "exempt_grant" if grant else "exempt_decline"
    _record(uow, act, person, asked.surface, found, saved, now)
    _tell_team(uow, "exemption_decided", saved, person, now)
    return saved.id


def end_early(uow: UnitOfWork, asked: Deciding, now: datetime, *, reason: str) -> int:
    """Take a granted one back before its time, with a reason; the exemption's id."""
    person, found = begin(uow, asked, now, standing=Standing.GRANTED)
    _end(uow, found, person, asked.surface, checked_text(reason, "reason"), now)
    return found.id


def silent(uow: UnitOfWork, now: datetime) -> tuple[tuple[Exemption, int], ...]:
    """The exemptions about which directors have been silent for three working days or more, each
    with how often they are to have been asked again by now. Nothing outside office hours."""
    calendar = calendar_of(uow)
    if calendar.office_moment(now) != now:
        return ()
    day = today(now)
    before = at(calendar.before(day, ASKED_AGAIN), time.max)
    return tuple(
        (found, times)
        for found in uow.exemptions.filed_before(before, _AT_ONCE)
        if (times := _waited(calendar, found.filed_at, day) // ASKED_AGAIN)
    )


def ask_again(uow: UnitOfWork, now: datetime) -> int:
    """Ask directors again, once in three working days; how many messages were put."""
    return sum(_ask_directors(uow, found, times, now) for found, times in silent(uow, now))


def expired(uow: UnitOfWork, now: datetime) -> tuple[Exemption, ...]:
    """The open exemptions whose own date or whose round has passed."""
    day = today(now)
    rounds = (uow.rounds.last_closed(), uow.rounds.unclosed())
    over = [r.id for r in rounds if r is not None and (r.closed_at is not None or r.is_over(day))]
    found = [*uow.exemptions.run_out(day, _AT_ONCE)]
    found += [one for round_ in over for one in uow.exemptions.open_of_round(round_)]
    return tuple({one.id: one for one in found}.values())


def run_out(uow: UnitOfWork, now: datetime) -> int:
    """End those whose date or round has passed, and tell their teams; how many ended."""
    found = expired(uow, now)
    for exemption in found:
        _end(uow, exemption, None, Surface.TICK, "", now)
    return len(found)


def _end(
    uow: UnitOfWork,
    found: Exemption,
    person: Person | None,
    surface: Surface,
    reason: str,
    now: datetime,
) -> None:
    saved = uow.exemptions.save(found, rules.end(found, reason=reason, now=now))
    _record(uow, "exempt_end", person, surface, found, saved, now)
    _tell_team(uow, "exemption_ended", saved, person, now)


def _settled(uow: UnitOfWork, found: Exemption) -> BotError:
    """How it stands by now, and since when."""
    standing, at = Key(f"exemption-{found.standing}"), found.ended_at or found.decided_at
    if at is None:
        return BotError("error-exemption-still-filed")
    if found.ended_at is not None or found.decided_by is None:
        return BotError("error-exemption-over", standing=standing, at=at)
    names = uow.people.names([found.decided_by])
    who = names.get(found.decided_by, "")
    return BotError("error-exemption-settled", standing=standing, who=who, at=at)


def _record(
    uow: UnitOfWork,
    act: str,
    person: Person | None,
    surface: Surface,
    before: Exemption | None,
    after: Exemption,
    now: datetime,
) -> None:
    """Write the history entry and show it in the Homes of all whom it concerns."""
    values: dict[str, object] = {
        "exemption": after.id,
        "team": after.place.team,
        "standing": after.standing.value,
    }
    if before is None:
        until = after.until.isoformat() if after.until else None
        values |= {"round": after.round, "ground": after.ground.value, "until": until}
    uow.audit.add(
        Entry(
            at=now,
            act=act,
            actor=person.id if person else None,
            surface=surface,
            before={"standing": before.standing.value} if before else {},
            after=values,
            text=after.remark if before else after.text,
        )
    )
    changed(uow, after.place.bureau)
    concerned = uow.people.holder_ids(_CONCERNED, after.place, today(now)) | {after.filed_by}
    uow.projections.touch("home", concerned | ({person.id} if person else set()))


def _ask_directors(
    uow: UnitOfWork,
    filed: Exemption,
    times: int,
    now: datetime,
    *,
    leave_out: Person | None = None,
) -> int:
    """Ask the bureau's directors, or headquarters where that post is vacant."""
    day = today(now)
    asked = uow.people.holder_ids((Role.DIRECTOR,), filed.place, day)
    asked = asked or uow.people.holder_ids((Role.HQ,), filed.place, day)
    return _put(uow, "exemption_filed", filed, f"{times}", asked, leave_out, now)


def _tell_team(
    uow: UnitOfWork, kind: str, exemption: Exemption, actor: Person | None, now: datetime
) -> None:
    """Tell the team's lead and who filed it, except who did it."""
    leads = uow.people.holder_ids((Role.LEAD,), exemption.place, today(now))
    told = leads | {exemption.filed_by}
    _put(uow, kind, exemption, f"{exemption.version}", told, actor, now)


def _put(
    uow: UnitOfWork,
    kind: str,
    exemption: Exemption,
    nth: str,
    people: Iterable[int],
    leave_out: Person | None,
    now: datetime,
) -> int:
    when = calendar_of(uow).office_moment(now)
    return sum(
        uow.outbox.put(
            Fact(
                kind=kind,
                recipient=f"person:{person}",
                dedupe_key=f"{kind}:{exemption.id}:{nth}:{person}",
                payload={"exemption": exemption.id},
                not_before=when,
            )
        )
        for person in sorted(people)
        if leave_out is None or person != leave_out.id
    )


def _waited(calendar: Calendar, filed_at: datetime, day: date) -> int:
    """Working days that began since the director was first asked."""
    asked = local(calendar.office_moment(filed_at)).date()
    days = (asked + timedelta(days=n) for n in range(1, (day - asked).days + 1))
    return sum(calendar.is_working(one) for one in days)
