"""The newest that Slack has said of accounts and channels, so that a late word undoes nothing."""

from dataclasses import asdict

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.slack_state import Channel, ChannelState
from storage.tables.base import put
from storage.tables.delivery import outbox, projections
from storage.tables.org import accounts, channels

_ACCOUNT = sa.select(accounts.c.updated, accounts.c.heard).where(
    accounts.c.slack_id == sa.bindparam("slack_id")
)
_CHANNEL = sa.select(channels).where(channels.c.slack_id == sa.bindparam("slack_id"))
_facts, _shown, _there = outbox.c, projections.c, projections.alias("there")
_MOVE_FACTS = (
    sa.update(outbox)
    .where(_facts.recipient == sa.bindparam("b_from"), _facts.settled_at.is_(None))
    .values(recipient=sa.bindparam("b_to"))
)
_MOVE_SHOWN = (
    sa.update(projections)
    .where(
        _shown.recipient == sa.bindparam("b_from"),
        ~sa.exists().where(
            _there.c.kind == _shown.kind,
            _there.c.subject == _shown.subject,
            _there.c.recipient == sa.bindparam("b_to"),
        ),
    )
    .values(recipient=sa.bindparam("b_to"))
)
_MOVE_PLACES = [
    sa.update(table)
    .where(table.c.channel == sa.bindparam("b_from"))
    .values(channel=sa.bindparam("b_to"))
    for table in (outbox, projections)
]


class SlackStateStore:
    """Accounts that are linked to nobody and channels of no unit are remembered too: they may be
    linked or named later, and an older word must not undo that either."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def account(self, slack_id: str, *, updated: int, heard: int) -> bool:
        """Whether nothing newer was heard of the account; if so, this is the newest from now on.

        `updated` is the account's own last change in seconds, which decides; of two changes in
        one second the moment `heard` (microseconds) does. Both are 0 where Slack gives none; such
        a word always counts and is not remembered.
        """
        word = (updated, heard)
        row = self._connection.execute(_ACCOUNT, {"slack_id": slack_id}).one_or_none()
        if not any(word):
            return True
        if row is not None and word < tuple(row):
            return False
        stored = {"slack_id": slack_id, "updated": updated, "heard": heard}
        self._connection.execute(put(accounts, self._connection.dialect.name), stored)
        return True

    def channel(self, slack_id: str) -> Channel:
        """What was heard of a channel; of one never heard of, that nothing is wrong with it."""
        row = self._connection.execute(_CHANNEL, {"slack_id": slack_id}).one_or_none()
        if row is None:
            return Channel(slack_id=slack_id)
        return Channel(**(row._asdict() | {"state": ChannelState(row.state)}))

    def save_channel(self, channel: Channel) -> None:
        """Keep what is known of a channel now."""
        self._connection.execute(put(channels, self._connection.dialect.name), asdict(channel))

    def carry_messages(self, old: str, new: str) -> None:
        """The messages of a channel stand under its new id: they are updated there, not posted
        once more, and what still waits goes there."""
        places = {"b_from": old, "b_to": new}
        recipients = {name: f"channel:{id}" for name, id in places.items()}
        for statement in (_MOVE_FACTS, _MOVE_SHOWN):
            self._connection.execute(statement, recipients)
        for statement in _MOVE_PLACES:
            self._connection.execute(statement, places)
