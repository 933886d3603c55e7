"""The Web API: reads a call, checks the token and the scopes, answers; and strikes with faults."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.playground.faults import Fault
from bot.playground.records import Json, LogEntry, SlackError
from bot.playground.workspace import Workspace

HANG_SECONDS = 120.0


class Args:
    """The arguments of a call, however they came: form, query or JSON."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = {k: v for k, v in values.items() if v is not None and k != "token"}

    def has(self, name: str) -> bool:
        """Whether an argument was given."""
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """A string, or the default."""
        return str(self.values.get(name, default))

    def must(self, name: str) -> str:
        """A string that has to be there."""
        if not self.values.get(name):
            raise SlackError("invalid_arguments", (f"missing required field: {name}",))
        return str(self.values[name])

    def flag(self, name: str) -> bool:
        """A boolean; form data say `1` or `true`."""
        return str(self.values.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`; raises `invalid_limit`."""
        try:
            number = int(self.values.get(name) or default)
        except ValueError:
            raise SlackError("invalid_limit") from None
        if not 1 <= number <= most:
            raise SlackError("invalid_limit")
        return number

    def json(self, name: str) -> Any:
        """A nested value, decoded if it came as a string; None if absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError("invalid_arguments", (f"invalid json: {name}",)) from None


Handler = Callable[[Workspace, Args], Json]


@dataclass(frozen=True)
class Method:
    """A method of the API: what it does, which token it takes and which scopes it needs."""

    run: Handler
    scopes: tuple[str, ...] = ()
    token: str = "bot"


def need(ws: Workspace, *scopes: str) -> None:
    """Raise `missing_scope` unless the app has one of the scopes."""
    if scopes and not any(s in ws.manifest.scopes for s in scopes):
        provided = ",".join(ws.manifest.scopes)
        raise SlackError("missing_scope", needed=",".join(scopes), provided=provided)


class Api:
    """Answers `/api/<method>`."""

    def __init__(self, ws: Workspace, methods: Mapping[str, Method]) -> None:
        self._ws, self._methods = ws, methods

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        name = request.match_info["method"]
        values, token = await _read(request)
        fault = self._ws.faults.take(name)
        if fault is not None and (early := await _before(fault, request)):
            self._note(name, values, {"ok": False, "error": f"fault_{fault.kind}"})
            return early
        if fault is not None and fault.kind == "error":
            result = SlackError(fault.code).body()
        else:
            result = self._answer(name, token, values)
        self._note(name, values, result)
        if fault is not None and (late := await _after(fault, request)):
            return late
        scopes = {"x-oauth-scopes": ",".join(self._ws.manifest.scopes)}
        return web.json_response(result, headers=scopes)

    def _answer(self, name: str, token: str, values: Json) -> Json:
        try:
            method = self._methods.get(name)
            if method is None:
                return {"ok": False, "error": "unknown_method", "req_method": name}
            self._check(method, token)
            return {"ok": True, **method.run(self._ws, Args(values))}
        except SlackError as error:
            return error.body()

    def _check(self, method: Method, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        tokens = {self._ws.bot_token: "bot", self._ws.app_token: "app"}
        if token not in tokens:
            raise SlackError("invalid_auth")
        if tokens[token] != method.token:
            raise SlackError("not_allowed_token_type")
        for scope in method.scopes:
            need(self._ws, scope)

    def _note(self, name: str, values: Json, result: Json) -> None:
        args = {k: v for k, v in values.items() if k != "token"}
        self._ws.calls[name] += 1
        self._ws.log.append(LogEntry(name, args, result))
        self._ws.changes.tell("call", method=name)


async def _read(request: web.Request) -> tuple[Json, str]:
    """The arguments and the token of a call.

    A token in the address does not count, as for newer apps of Slack's: any link could carry it,
    and addresses are written into logs.
    """
    values: Json = {name: value for name, value in request.query.items() if name != "token"}
    if request.content_type == "application/json":
        body = await request.text()
        try:
            given = json.loads(body) if body else {}
        except ValueError:
            given = {}
        values |= given if isinstance(given, dict) else {}
    elif request.method == "POST":
        values |= dict(await request.post())
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return values, token if kind == "Bearer" else str(values.get("token", ""))


async def _before(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """What a fault does instead of the call."""
    if fault.kind == "429":
        wait = {"Retry-After": str(max(1, round(fault.seconds)))}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=wait)
    if fault.kind == "500":
        return web.Response(status=500, text="Internal Server Error")
    if fault.kind == "503":
        body = {"ok": False, "error": "service_unavailable"}
        return web.json_response(body, status=503)
    if fault.kind == "drop":
        return _cut(request)
    return None


async def _after(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """What a fault does to the answer of a call that took effect."""
    if fault.kind == "reset":
        return _cut(request)
    if fault.kind == "invalid_json":
        return web.Response(text="<html>upstream error", content_type="application/json")
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    elif fault.kind == "hang":
        await asyncio.sleep(HANG_SECONDS)
    return None


def _cut(request: web.Request) -> web.StreamResponse:
    """Cut the line without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
