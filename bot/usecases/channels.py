"""What becomes of a department's channel."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.ballot import VOTING, State
from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.usecases import concluding
from bot.usecases.acting import calendar_of
from storage.unit import UnitOfWork


def renumbered(uow: UnitOfWork, old: str, new: str) -> None:
    """Follow a channel that got another id, with what was promised there."""
    for unit in uow.units.all():
        if unit.channel == old:
            uow.units.save(replace(unit, channel=new))
    for ballot in uow.ballots.in_channel(old):
        uow.ballots.save(ballot, replace(ballot, channel=new))
    uow.outbox.move(f"channel:{old}", f"channel:{new}")
    uow.projections.move(old, new)


def lost(uow: UnitOfWork, channel: str, now: datetime, *, void: str = "") -> None:
    """Tell headquarters once a day that the bot can no longer post in a unit's channel.

    `void` is why the live ballots there end, a key of the catalogues; without it they go on, since
    the bot may be let in again, and those who answer for them hear of it as well.
    """
    for ballot in uow.ballots.in_channel(channel):
        if void:
            concluding.void(uow, ballot, void, now)
        elif ballot.state in (*VOTING, State.COUNTING):
            for person in concluding.answer_for(uow, ballot, now):
                _tell(uow, "ballot_lost", person, {"ballot": ballot.id}, now)
    for unit in uow.units.all():
        if unit.channel == channel and not unit.retired:
            for hq in uow.people.hq(today(now)):
                _tell(uow, "channel_lost", hq.id, {"unit": unit.id, "channel": channel}, now)


def invited(uow: UnitOfWork, channel: str) -> None:
    """The bot may post in a channel again: what waited for that is due."""
    uow.outbox.free(f"channel:{channel}")
    uow.projections.free(f"channel:{channel}")


def _tell(
    uow: UnitOfWork, kind: str, person: int, payload: Mapping[str, object], now: datetime
) -> None:
    """Tell a person of a channel, once a day."""
    about = ":".join(str(value) for value in payload.values())
    uow.outbox.put(
        Fact(
            kind=kind,
            recipient=f"person:{person}",
            dedupe_key=f"{kind}:{about}:{person}:{today(now).isoformat()}",
            payload=payload,
            not_before=calendar_of(uow).office_moment(now),
        )
    )
