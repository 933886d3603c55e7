"""What becomes of a department's channel."""

from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.usecases import concluding
from bot.usecases.acting import calendar_of
from storage.unit import UnitOfWork


def renumbered(uow: UnitOfWork, old: str, new: str) -> None:
    """Follow a channel that got another id."""
    for unit in uow.units.all():
        if unit.channel == old:
            uow.units.save(replace(unit, channel=new))
    for ballot in uow.ballots.in_channel(old):
        uow.ballots.save(ballot, replace(ballot, channel=new))


def lost(uow: UnitOfWork, channel: str, now: datetime, *, void: str = "") -> None:
    """Tell headquarters once that the bot can no longer post in a unit's channel.

    `void` is why the live ballots there end, a key of the catalogues; without it they go on, since
    the bot may be let in again.
    """
    for ballot in uow.ballots.in_channel(channel) if void else ():
        concluding.void(uow, ballot, void, now)
    units = [unit for unit in uow.units.all() if unit.channel == channel and not unit.retired]
    when = calendar_of(uow).office_moment(now)
    for unit in units:
        for person in uow.people.hq(today(now)):
            uow.outbox.put(
                Fact(
                    kind="channel_lost",
                    recipient=f"person:{person.id}",
                    dedupe_key=f"channel_lost:{channel}:{person.id}:{today(now).isoformat()}",
                    payload={"unit": unit.id, "channel": channel},
                    not_before=when,
                )
            )
