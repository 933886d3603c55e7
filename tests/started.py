"""The bot as an operator starts it, in a process of its own, and what its port and its log say."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from tests.handlers import payloads

ROOT = Path(__file__).parent.parent
SECRET = "0123456789abcdef0123456789abcdef"


class Site:
    """What an operator and Slack see of a process by its port."""

    def __init__(self, port: int, client: aiohttp.ClientSession) -> None:
        self.root, self.client = f"http://127.0.0.1:{port}", client

    async def health(self) -> int:
        async with self.client.get(self.root + "/healthz") as answer:
            return answer.status

    async def ready(self) -> tuple[int, dict[str, Any]]:
        async with self.client.get(self.root + "/readyz") as answer:
            return answer.status, await answer.json()

    async def metric(self, name: str) -> float:
        """A figure as a scrape reads it."""
        async with self.client.get(self.root + "/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])

    async def until_ready(self, **expected: Any) -> dict[str, Any]:
        """/readyz once it is 200, or once its body has this."""
        async with asyncio.timeout(30):
            while True:
                status, body = await self.ready()
                if expected.items() <= body.items() and (expected or status == 200):
                    assert (status == 200) == (not expected)
                    return body

    async def command(self) -> int:
        """A signed command; the status of its answer."""
        body, at = urlencode(payloads.command("help")), str(int(Clock().system()))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body)
        sent = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature or ""}
        sent["Content-Type"] = "application/x-www-form-urlencoded"
        async with self.client.post(self.root + "/slack/events", data=body, headers=sent) as answer:
            return answer.status


class Started:
    """`python -m bot` in a process of its own."""

    def __init__(self, process: Process, site: Site) -> None:
        self.process, self.site = process, site

    async def ended(self) -> tuple[int, list[str]]:
        """Stop it as a supervisor does; the exit code and the lines of its log."""
        self.process.send_signal(signal.SIGTERM)
        _, log = await asyncio.wait_for(self.process.communicate(), 10)
        assert self.process.returncode is not None
        return self.process.returncode, log.decode().splitlines()


@asynccontextmanager
async def started(mode: str, api_url: str, url: str, port: int) -> AsyncIterator[Started]:
    environ = {
        "PATH": os.environ["PATH"], "SLACK_API_URL": api_url,
        "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1" if mode == "socket" else "",
        "SLACK_SIGNING_SECRET": SECRET, "DATABASE_URL": url, "PORT": str(port),
        "LOG_FORMAT": "json",
    }  # fmt: skip
    command = (sys.executable, "-m", "bot", mode)
    process = await asyncio.create_subprocess_exec(*command, env=environ, stderr=PIPE, cwd=ROOT)
    try:
        async with aiohttp.ClientSession() as client:
            site = Site(port, client)
            async with asyncio.timeout(30):
                while True:
                    try:
                        assert await site.health() == 200
                        break
                    except aiohttp.ClientConnectorError:
                        assert process.returncode is None
            yield Started(process, site)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def said(log: list[str], event: str, **fields: str) -> list[dict[str, Any]]:
    """The lines of the log that say this."""
    lines = [json.loads(line) for line in log]
    wanted = {"event": event, **fields}
    return [line for line in lines if wanted.items() <= line.items()]
