"""Which proxy a call goes through: the environment's, unless it names the host as none of its."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers import waiting
from handlers.answers import Call
from handlers.bolt import bolt_app
from handlers.slack import client_for, pooled, proxy_for
from handlers.socket import Socket
from tests.handlers.conftest import House
from tests.handlers.fake_slack import JSON, FakeSlack

HOST = "0.0.0.0"  # noqa: S104 - leads to this machine, and is not what is_local knows as it
NAMES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
API = "https://slack.com/api/"


class Proxy:
    """One that writes down what it is asked for, and says ok to all of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.keys: list[str] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        self.asked.append(head[0])
        self.keys += [line for line in head if line.lower().startswith("proxy-authorization:")]
        body = json.dumps({"ok": True, "user_id": "U1", "ts": "1.1", "channel": "C1"})
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body.encode())
        )
        await writer.drain()
        writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    one = Proxy()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield one
    server.close()
    await server.wait_closed()


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PAUSES", (0.01,))
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({}, None),
        ({"HTTPS_PROXY": ""}, None),
        ({"HTTPS_PROXY": "http://p:1"}, "http://p:1"),
        ({"https_proxy": "http://p:1"}, "http://p:1"),
        ({"HTTP_PROXY": "http://p:2"}, "http://p:2"),
        ({"HTTPS_PROXY": "http://p:1", "HTTP_PROXY": "http://p:2"}, "http://p:1"),
        ({"HTTPS_PROXY": "proxy.office:3128"}, "http://proxy.office:3128"),
        ({"HTTPS_PROXY": "http://u:k@p:1"}, "http://u:k@p:1"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": "http://p:1", "no_proxy": "*"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "slack.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "SLACK.COM"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "localhost, .com ,10.0.0.1"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": ".slack.com"}, None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "myslack.com,lack.com"}, "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "api.slack.com"}, "http://p:1"),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": ""}, "http://p:1"),
    ],
)
def test_the_environment_names_the_proxy_and_whom_it_is_not_for(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], found: str | None
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(API) == found
    assert client_for("xoxb-1", API, seconds=1).proxy == found


def test_the_sockets_host_is_asked_about_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://p:1")
    monkeypatch.setenv("NO_PROXY", "wss-primary.slack.com")
    assert proxy_for(API) == "http://p:1"
    assert proxy_for("wss://wss-primary.slack.com/link/?ticket=1") is None
    assert proxy_for("wss://wss-backup.slack.com/link/?ticket=1") == "http://p:1"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "ws://localhost/", "http://[::1]:1/"])
def test_this_machine_is_reached_directly(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://p:1")
    assert proxy_for(url) is None


def elsewhere(url: str) -> str:
    """An address of the fake Slack by a name that is not known to be this machine's."""
    return url.replace("127.0.0.1", HOST)


NO = [{"NO_PROXY": HOST}, {"no_proxy": HOST}, {"NO_PROXY": ".0.0.0"}, {"NO_PROXY": "*"}]


@pytest.fixture(params=[{}, *NO], ids=str)
def through(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> bool:
    """Whether calls go through the proxy, as the environment says."""
    for name, value in {"HTTPS_PROXY": proxy.url, **request.param}.items():
        monkeypatch.setenv(name, value)
    return not request.param


def went(proxy: Proxy, slack: FakeSlack, method: str, *, through: bool) -> bool:
    """Whether all of it went where it should."""
    if through:
        return bool(proxy.asked) and not slack.of(method)
    return not proxy.asked and bool(slack.of(method))


@pytest.fixture
def client(
    slack: FakeSlack, through: bool, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> AsyncWebClient:
    # An address without TLS goes by HTTP_PROXY.
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    return client_for("xoxb-1", elsewhere(slack.api), seconds=5)


async def test_a_call_goes_where_the_environment_says(
    client: AsyncWebClient, through: bool, proxy: Proxy, slack: FakeSlack
) -> None:
    assert (await client.auth_test())["ok"]
    assert went(proxy, slack, "auth.test", through=through)


async def test_calls_over_a_pool_do_too(
    client: AsyncWebClient, through: bool, proxy: Proxy, slack: FakeSlack
) -> None:
    async with pooled(client):
        assert (await client.chat_postMessage(channel="C1", text="x"))["ok"]
    assert went(proxy, slack, "chat.postMessage", through=through)


@pytest.mark.usefixtures("client")
async def test_an_answer_to_a_response_url_does_too(
    house: House, through: bool, proxy: Proxy
) -> None:
    arguments = {"url": elsewhere(house.fake.response_url), "body": {"text": "x"}}
    await house.slack.make(Call("respond", arguments))
    assert went(proxy, house.fake, "respond", through=through)


@pytest.mark.usefixtures("client")
async def test_the_socket_does_too(house: House, through: bool, proxy: Proxy) -> None:
    url = elsewhere(str(house.fake.server.make_url("/link").with_scheme("ws")))
    house.fake.say("apps.connections.open", 200, JSON, json.dumps({"ok": True, "url": url}))
    app = bolt_app(house.router, await house.slack.who_am_i())
    link = Socket(app, "xapp-1", client_for("xoxb-1", house.fake.api, seconds=5))
    await link.start()  # what the proxy answers is no websocket, so the next address is taken
    assert len(house.fake.of("apps.connections.open")) == 1 + through
    assert bool(proxy.asked) == through
    assert all(f"{HOST}:" in line and "/link" in line for line in proxy.asked)
    await link.stop()


async def test_the_proxys_password_goes_to_the_proxy_alone(
    monkeypatch: pytest.MonkeyPatch, proxy: Proxy, slack: FakeSlack
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//office:key@"))
    await client_for("xoxb-1", elsewhere(slack.api), seconds=5).auth_test()
    key = base64.b64encode(b"office:key").decode()
    assert proxy.keys == [f"Proxy-Authorization: Basic {key}"]
