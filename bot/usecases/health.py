"""What the database says about whether the bot can do its work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.calendar import today
from bot.domain.reorganising import Stored
from storage.unit import UnitOfWork

_MARK = "examined_at"


@dataclass(frozen=True, kw_only=True)
class Health:
    """Who serves today, whom Slack cannot reach, and where units talk."""

    people: int
    without_slack: tuple[str, ...]
    """Names of those who serve and have no Slack id."""
    hq: int
    channels: Mapping[str, str]
    """Channel ids with the full names of the units that use them, retired ones left out."""


def look(uow: UnitOfWork, now: datetime) -> Health:
    """How the organisation stands."""
    serving = [p for p in uow.people.all(today(now)) if p.active and p.posts]
    stored = Stored(units=uow.units.all(), people=())
    users: dict[str, list[str]] = {}
    for chain in stored.chains().values():
        unit = chain[-1]
        if unit.channel and not unit.retired:
            users.setdefault(unit.channel, []).append(" ".join(u.name for u in chain))
    return Health(
        people=len(serving),
        without_slack=tuple(person.name for person in serving if not person.slack_id),
        hq=len(uow.people.hq(today(now))),
        channels={channel: ", ".join(names) for channel, names in users.items()},
    )


def mark(uow: UnitOfWork, now: datetime) -> None:
    """Write something down that nobody reads: whoever can commit this can commit anything."""
    uow.office.put(_MARK, now.isoformat())
