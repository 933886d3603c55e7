"""The router in a small house: a table, two people, words of its own, and a tiny Slack."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from bot.domain.org import Person
from bot.i18n.texts import Catalogue
from handlers.answers import Answer
from handlers.background import Background
from handlers.bolt import bolt_app
from handlers.context import Context, Handler
from handlers.delivering import Delivering
from handlers.inbound import Kind
from handlers.metrics import Metrics
from handlers.outsiders import Workspace
from handlers.reply import Reply
from handlers.router import Router
from handlers.slack import Slack
from handlers.web import Web
from tests.handlers import payloads
from tests.handlers.fake_slack import FakeSlack
from tests.playground.stage import HandClock

SECRET = "0123456789abcdef0123456789abcdef"
FORM = "application/x-www-form-urlencoded"
WORDS = """
error-busy = {0}바쁨
error-not-stored = {0}저장 안 됨
error-checking = {0}확인 중
error-unexpected = {0}참조 {{ $reference }}
error-required-title = {0}제목
error-required-problem = {0}현황
error-stale = {0}<먼저>
outcome-stored = {0}저장됨
outcome-unknown = {0}모름
bot-name = {0}곱빼기
button-close = {0}닫기
outsider-text = {0}다른 기관
"""


class Stored:
    """Services that keep answers by key, as the writer does."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}

    def now(self) -> datetime:
        return Clock().now()

    async def permalink(self, channel: str, ts: str) -> str:
        return f"https://example.slack.com/archives/{channel}/p{ts.replace('.', '')}"

    async def members(self, channel: str) -> frozenset[str] | None:
        return None

    async def write(self, work: Callable[[Any], Any], *, key: str | None, answer: Any) -> Any:
        if key is None:
            return work(self)
        if key not in self.answers:
            self.answers[key] = work(self)
        return self.answers[key]

    def forget(self, slack_id: str) -> None:
        pass

    async def known(self, key: str) -> bool:
        return key in self.answers

    async def read(self, work: Callable[[Any], Any]) -> Any:
        return work(self)


class House:
    """A router with what it stands on."""

    def __init__(self, slack: FakeSlack, root: Path) -> None:
        self.fake = slack
        self.told: list[tuple[str, str]] = []
        self.telling_fails = False
        self.people = {payloads.PERSON: Person(id=1, name="김하늘", language="ko")}
        self.languages = {payloads.STRANGER: "en"}
        self.services = Stored()
        self.background = Background()
        self.metrics = Metrics()
        self.slack = Slack("xoxb-test", slack.api, self._tell)
        for language, mark in (("ko", ""), ("en", "EN ")):
            (root / language).mkdir()
            (root / language / "words.ftl").write_text(WORDS.format(mark), encoding="utf-8")
        self.clock = HandClock()
        self.router = Router(
            who=self._who,
            language=self._language,
            catalogue=Catalogue.load(root),
            services=self.services,
            delivering=Delivering(self.slack, self.background, self.clock),
            clock=self.clock,
            metrics=self.metrics,
            workspace=Workspace("T1"),
        )

    async def _who(self, slack_id: str) -> Person | None:
        return self.people.get(slack_id)

    async def _language(self, slack_id: str) -> str:
        return self.languages[slack_id]

    async def _tell(self, slack_id: str, text: str) -> None:
        if self.telling_fails:
            raise ConnectionError("no way")
        self.told.append((slack_id, text))

    async def send(self, kind: Kind, body: dict[str, Any]) -> Answer:
        return await self.router.answer(kind, body)


def replies(reply: Reply) -> Handler:
    async def handler(_: Context) -> Reply:
        return reply

    return handler


def raises(error: BaseException) -> Handler:
    async def handler(_: Context) -> Reply:
        raise error

    return handler


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    await fake.server.start_server()
    yield fake
    await fake.server.close()


@pytest.fixture
async def house(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[House]:
    built = House(slack, tmp_path)
    await built.slack.start()
    yield built
    await built.background.drain(2)
    await built.slack.stop()


class Site:
    """The running server, and a client that signs as Slack does."""

    def __init__(self, web: Web, client: aiohttp.ClientSession) -> None:
        self.web = web
        self.client = client
        self.ready = {"database": True}

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.web.port}{path}"

    def signed(self, body: str, kind: str = FORM, *, ago: float = 0.0) -> dict[str, str]:
        """The headers under which Slack would have sent a body so many seconds ago."""
        timestamp = str(int(Clock().system() - ago))
        signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body)
        return {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature or "",
        }

    async def post(self, body: str, kind: str = FORM, **headers: str) -> tuple[int, str]:
        sent = self.signed(body, kind)
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        url = self.url("/slack/events")
        async with self.client.post(url, data=body.encode(), headers=sent | more) as answer:
            return answer.status, await answer.text()

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(self.url(path)) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def site(house: House) -> AsyncIterator[Site]:
    bot = await house.slack.who_am_i()
    app = bolt_app(house.router, bot)

    async def database() -> bool:
        return found.ready["database"]

    async def slack() -> bool:
        return bool(found.ready.get("slack", True)) or 1 // 0 == 1

    web = Web(
        app=app, metrics=house.metrics, ready={"database": database, "slack": slack},
        host="127.0.0.1", port=0, signing_secret=SECRET,
    )  # fmt: skip
    await web.start()
    async with aiohttp.ClientSession() as client:
        found = Site(web, client)
        yield found
    await web.stop()
