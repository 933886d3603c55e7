"""response_urls: five answers within half an hour, from anywhere."""

import itertools
from dataclasses import dataclass

from aiohttp import web

from bot.playground.api import Args
from bot.playground.api_chat import respond
from bot.playground.records import Json, Message, SlackError
from bot.playground.workspace import Workspace

MOST_USES = 5
SECONDS = 1800.0


@dataclass
class _Url:
    channel: str
    user: str
    message_ts: str
    born: float
    uses: int = 0

    def expired(self, now: float) -> bool:
        return now - self.born > SECONDS


class Responses:
    """The addresses handed out with commands and with acts on messages."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._urls: dict[str, _Url] = {}

    def issue(self, channel: str, user: str, message_ts: str = "") -> str:
        """A new address for a person's act in a channel, perhaps on a message."""
        now = self._ws.clock.monotonic()
        for old in list(itertools.takewhile(lambda t: self._urls[t].expired(now), self._urls)):
            del self._urls[old]
        token = self._ws.ids.token()
        self._urls[token] = _Url(channel, user, message_ts, now)
        return f"{self._ws.base_url}/response/{token}"

    async def serve(self, request: web.Request) -> web.Response:
        """Take an answer."""
        url = self._urls.get(request.match_info["token"])
        if url is None or url.expired(self._ws.clock.monotonic()):
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if url.uses >= MOST_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        url.uses += 1
        try:
            values = await request.json()
            self.answer(url.channel, url.user, url.message_ts, values)
        except SlackError as error:
            return web.json_response(error.body(), status=400)
        except (ValueError, TypeError):
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        return web.Response(text="ok")

    def answer(self, channel: str, user: str, message_ts: str, values: Json) -> None:
        """Do what an answer says: post, replace or delete."""
        talk = self._ws.talk
        original: Message | None = talk.seen_by(channel, message_ts, user) if message_ts else None
        respond(self._ws, self._ws.channel(channel), user, Args(values), original)
