"""What requests need besides the database: the office that can also ask Slack."""

import asyncio
from collections.abc import Callable

import structlog

from handlers.slack import Slack
from storage.database import Office

log = structlog.stdlib.get_logger(__name__)


class SlackServices(Office):
    """An office that can also ask Slack for a message's address and a channel's members."""

    slack: Slack
    forget: Callable[[str], None] = staticmethod(lambda slack_id: None)
    """Told of a Slack id whose person has changed."""

    async def permalink(self, channel: str, ts: str) -> str:
        """The address of a message; empty when Slack does not say in time."""
        try:
            async with self._beside():
                found = await self.slack.client.chat_getPermalink(channel=channel, message_ts=ts)
        except Exception:  # the proposal matters more than its link, whatever went wrong
            log.warning("a message's address is not known", exc_info=True)
            return ""
        return str(found.get("permalink", ""))

    async def members(self, channel: str) -> frozenset[str] | None:
        """The Slack ids of who is in a channel; None when Slack does not say in time."""
        try:
            async with self._beside():
                return await self.slack.members(channel)
        except TimeoutError:
            return None

    def _beside(self) -> asyncio.Timeout:
        """Half of a request's time at most: what it is looked up for has to be done as well."""
        left = self.clock.left()
        return asyncio.timeout(None if left is None else left / 2)
