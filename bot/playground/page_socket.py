"""The page's websocket: one window of one person."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground import forms
from bot.playground.acting import Place
from bot.playground.changes import Change
from bot.playground.page_window import Window, person_shown
from bot.playground.reading import NotDrawn
from bot.playground.records import (
    APP_ID,
    BOT_ID,
    BOT_USER_ID,
    Ack,
    Json,
    NotAllowed,
    SlackError,
)
from bot.playground.shapes import file_json
from bot.playground.visitor import Visitor

Now = Callable[[], datetime]
Move = Callable[[str], Awaitable[None]]

PAGE_LENGTH = 50


class PageSocket:
    """Answers what the page asks and pushes what changes. `now` and `move` are the programme's."""

    def __init__(self, visitor: Visitor, now: Now, move: Move | None) -> None:
        self._visitor, self._ws = visitor, visitor.ws
        self._window = Window(self._ws, visitor.user, now, movable=move is not None)
        self._move = move
        self._out: asyncio.Queue[Json] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ops: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "start": self._start,
            "history": self._history,
            "post": self._post,
            "mark": self._mark,
            "join": self._join,
            "leave": self._leave,
            "archive": self._archive,
            "bot": self._bot,
            "command": self._command,
            "react": self._react,
            "crowd": self._crowd,
            "press": self._press,
            "suggest": self._suggest,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "fault": self._fault,
            "move": self._moved,
        }

    async def serve(self, socket: web.WebSocketResponse) -> None:
        """Serve until the window closes."""
        loop = asyncio.get_running_loop()
        writer = loop.create_task(self._write(socket))
        stop_listening = self._ws.changes.listen(self._pushed)
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    task = loop.create_task(self._answer(frame.data))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
        finally:
            # What the person did goes on without the window, as a sent request does.
            stop_listening()
            writer.cancel()

    async def _write(self, socket: web.WebSocketResponse) -> None:
        while not socket.closed:
            await socket.send_str(json.dumps(await self._out.get(), ensure_ascii=False))

    def _pushed(self, change: Change) -> None:
        for push in self._window.pushes(change):
            self._out.put_nowait(push)

    async def _answer(self, text: str) -> None:
        number = None
        try:
            asked = json.loads(text)
            number = asked["id"]
            answer = {"ok": True, **await self._ops[asked["do"]](asked)}
        except (NotAllowed, SlackError) as error:
            answer = {"ok": False, "error": error.code}
        except NotDrawn as error:
            answer = {"ok": False, "error": "not_drawn", "message": str(error)}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            answer = {"ok": False, "error": "bad_request", "message": repr(error)}
        self._out.put_nowait({"re": number, **answer})

    async def _start(self, asked: Json) -> Json:
        manifest = self._ws.manifest
        return {
            "me": person_shown(self._visitor.person),
            "people": self._window.people(),
            "channels": self._window.channels(),
            "commands": [
                {"command": c.command, "description": c.description, "usage_hint": c.usage_hint}
                for c in manifest.commands
            ],
            "shortcuts": [
                {"type": s.type, "callback_id": s.callback_id, "name": s.name}
                for s in manifest.shortcuts
            ],
            "bot": {
                "user_id": BOT_USER_ID,
                "bot_id": BOT_ID,
                "name": manifest.bot_name,
                "app_id": APP_ID,
                "online": self._ws.delivery.online,
            },
            "views": self._visitor.views,
            "faults": self._window.faults(),
            "clock": self._window.clock(),
        }

    async def _history(self, asked: Json) -> Json:
        found = self._visitor.messages(asked["channel"], asked.get("thread_ts") or "")
        if before := asked.get("before"):
            found = [m for m in found if m["ts"] < before]
        shown = found[-PAGE_LENGTH:]
        for message in shown:
            stored = self._ws.talk.seen_by(asked["channel"], message["ts"], self._visitor.user)
            message["permalink"] = self._ws.talk.link(stored)
        return {"messages": shown, "more": len(found) > len(shown)}

    async def _post(self, asked: Json) -> Json:
        thread_ts = asked.get("thread_ts") or ""
        message = await self._visitor.post(asked["channel"], asked["text"], thread_ts)
        return {"ts": message.ts}

    async def _mark(self, asked: Json) -> Json:
        channel = self._ws.channel(asked["channel"])
        channel.read[self._visitor.user] = asked["ts"]
        self._ws.save(channel)
        return {"channel": self._window.channel(channel)}

    async def _join(self, asked: Json) -> Json:
        channel = self._ws.channel(asked["channel"])
        if not self._window.finds(channel):
            raise SlackError("channel_not_found")
        self._ws.invite(channel.id, self._visitor.person.id)
        return {}

    async def _leave(self, asked: Json) -> Json:
        self._ws.remove(asked["channel"], self._visitor.person.id)
        return {}

    async def _archive(self, asked: Json) -> Json:
        verb = self._visitor.archive if asked["on"] else self._visitor.unarchive
        await verb(asked["channel"])
        return {}

    async def _bot(self, asked: Json) -> Json:
        verb = self._visitor.invite if asked["on"] else self._visitor.remove
        await verb(asked["channel"])
        return {}

    async def _command(self, asked: Json) -> Json:
        return _outcome(await self._visitor.command(asked["channel"], asked["text"]))

    async def _react(self, asked: Json) -> Json:
        verb = self._visitor.react if asked["add"] else self._visitor.unreact
        await verb(asked["channel"], asked["ts"], asked["name"])
        return {}

    async def _crowd(self, asked: Json) -> Json:
        return {"people": self._ws.crowd.start(asked["channel"], but=self._visitor.person.id)}

    async def _press(self, asked: Json) -> Json:
        place = _place(asked["where"])
        state = self._visitor.whole_state(place, self._with_files(asked.get("state") or {}))
        return _outcome(await self._visitor.act(place, asked["action"], state))

    async def _suggest(self, asked: Json) -> Json:
        place = _place(asked["where"])
        return await self._visitor.suggest(
            place, asked["action_id"], asked["block_id"], asked.get("value") or ""
        )

    async def _submit(self, asked: Json) -> Json:
        view_id = asked["view_id"]
        state = self._visitor.whole_state(view_id, self._with_files(asked["state"]))
        view = next(v for v in self._visitor.views if v["id"] == view_id)
        if codes := forms.mistakes(view, state):
            # What Slack's own client would not send; the page has the words for these codes.
            return {"ok": False, "error": "errors", "errors": codes, "client": True}
        return _outcome(await self._visitor.send_view(view_id, state))

    async def _close(self, asked: Json) -> Json:
        await self._visitor.close(asked["view_id"], all=bool(asked.get("all")))
        return {}

    async def _shortcut(self, asked: Json) -> Json:
        if asked.get("ts"):
            args = (asked["callback_id"], asked["channel"], asked["ts"])
            return _outcome(await self._visitor.message_shortcut(*args))
        return _outcome(await self._visitor.shortcut(asked["callback_id"]))

    async def _home(self, asked: Json) -> Json:
        return {"view": await self._visitor.open_home(asked.get("tab") or "home")}

    async def _fault(self, asked: Json) -> Json:
        method, kind = asked.get("method") or "*", asked.get("kind")
        if kind is None:
            self._ws.faults.clear(method)
        else:
            times, seconds = int(asked.get("times") or 1), float(asked.get("seconds") or 1)
            self._ws.faults.add(method, kind, times, seconds)
        return {"faults": self._window.faults()}

    async def _moved(self, asked: Json) -> Json:
        if self._move is None:
            raise NotAllowed("not_movable")
        await self._move(asked["to"])
        self._ws.changes.tell("clock")
        return {"clock": self._window.clock()}

    def _with_files(self, state: Any) -> Any:
        """Uploaded files come as ids from the page and go to the app as file objects."""
        for entries in state.values():
            for entry in entries.values():
                if entry.get("type") == "file_input":
                    files = [self._ws.files[f["id"]] for f in entry.get("files") or ()]
                    entry["files"] = [file_json(f, self._ws.base_url) for f in files]
        return state


def _place(where: Json) -> Place:
    return Place(where.get("view_id", ""), where.get("channel", ""), where.get("ts", ""))


def _outcome(ack: Ack) -> Json:
    """The reply to an act; what went wrong is part of it."""
    if ack.ok:
        return {}
    failed: Json = {"ok": False, "error": ack.error}
    if ack.errors:
        failed["errors"] = ack.errors
    if ack.messages:
        failed["message"] = "; ".join(ack.messages)
    return failed
