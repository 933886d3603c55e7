"""What becomes of a department's channel.

Slack tells of it late, twice and in any order; only what is newer than all that was heard before
counts. `at` is Slack's own moment in microseconds, 0 where it gives none.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.ballot import VOTING, State
from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.domain.slack_state import Channel, ChannelState, is_current
from bot.usecases import concluding
from bot.usecases.acting import calendar_of
from storage.unit import UnitOfWork

_VOID = {
    ChannelState.ARCHIVED: "ballot-void-archived",
    ChannelState.DELETED: "ballot-void-deleted",
}


def archived(uow: UnitOfWork, channel: str, at: int, now: datetime) -> None:
    """Nothing can be posted in a channel any more."""
    _is_now(uow, channel, ChannelState.ARCHIVED, at, now)


def deleted(uow: UnitOfWork, channel: str, at: int, now: datetime) -> None:
    """A channel is gone for good."""
    _is_now(uow, channel, ChannelState.DELETED, at, now)


def unarchived(uow: UnitOfWork, channel: str, at: int, now: datetime) -> None:
    """An archived channel is back: what waited for it is due."""
    _is_now(uow, channel, ChannelState.OPEN, at, now)


def left(uow: UnitOfWork, channel: str, at: int, now: datetime) -> None:
    """The bot was put out of a channel; its ballots go on, since it may be let in again."""
    known = _current(uow, channel)
    if is_current(at, known.member_at):
        uow.slack_state.save_channel(replace(known, member=False, member_at=at or known.member_at))
        lost(uow, known.slack_id, now)


def invited(uow: UnitOfWork, channel: str, at: int, now: datetime) -> None:
    """The bot was let into a channel: what waited for it is due."""
    known = _current(uow, channel)
    if is_current(at, known.member_at):
        uow.slack_state.save_channel(replace(known, member=True, member_at=at or known.member_at))
        _what_waited_is_due(uow, known.slack_id)


def renumbered(uow: UnitOfWork, old: str, new: str, now: datetime, at: int = 0) -> None:
    """Follow a channel that got another id.

    Of two such changes the later may be heard first, and of what happened under the new id too:
    what is known of that one holds for the channel from now on.
    """
    before = uow.slack_state.channel(old)
    if old == new or not is_current(at, before.became_at):
        return
    uow.slack_state.save_channel(replace(before, became=new, became_at=at or before.became_at))
    current = _current(uow, new)
    carried = _carried(before, current)
    uow.slack_state.save_channel(carried)
    _carry(uow, old, carried.slack_id)
    # What was heard under the new id found no unit there; what was heard under the old one is told.
    if carried.state is not ChannelState.OPEN and carried.state_at == current.state_at:
        lost(uow, carried.slack_id, now, void=_VOID[carried.state])
    elif not carried.member and carried.member_at == current.member_at:
        lost(uow, carried.slack_id, now)


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


def _is_now(uow: UnitOfWork, channel: str, state: ChannelState, at: int, now: datetime) -> None:
    known = _current(uow, channel)
    if not is_current(at, known.state_at):
        return
    uow.slack_state.save_channel(replace(known, state=state, state_at=at or known.state_at))
    if state is ChannelState.OPEN:
        _what_waited_is_due(uow, known.slack_id)
    else:
        lost(uow, known.slack_id, now, void=_VOID[state])


def _what_waited_is_due(uow: UnitOfWork, channel: str) -> None:
    uow.outbox.free(f"channel:{channel}")
    uow.projections.free(f"channel:{channel}")


def _current(uow: UnitOfWork, channel: str) -> Channel:
    """What is known of a channel under the id it has by now; a late word may name an old one."""
    known = uow.slack_state.channel(channel)
    passed = {channel}
    while known.became is not None and known.became not in passed:
        passed.add(known.became)
        known = uow.slack_state.channel(known.became)
    return known


def _carried(before: Channel, current: Channel) -> Channel:
    """The newest that was heard under either id, as what is known of the current one."""
    found = current
    if before.state_at > current.state_at:
        found = replace(found, state=before.state, state_at=before.state_at)
    if before.member_at > current.member_at:
        found = replace(found, member=before.member, member_at=before.member_at)
    return found


def _carry(uow: UnitOfWork, old: str, new: str) -> None:
    """Have units, ballots and messages stand under the channel's new id."""
    for unit in uow.units.all():
        if unit.channel == old:
            uow.units.save(replace(unit, channel=new))
    for ballot in uow.ballots.in_channel(old):
        uow.ballots.save(ballot, replace(ballot, channel=new))
    uow.slack_state.carry_messages(old, new)
    _what_waited_is_due(uow, new)
