"""The HTTP edge under people who are not Slack, and under bodies that are no payload of Slack's."""

import asyncio
import io
import json
import resource
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from handlers import web
from handlers.context import Context
from handlers.gate import CONNECTIONS, Waiting
from handlers.reply import Nothing, Reply, Say
from tests.handlers import payloads
from tests.handlers.conftest import House, Site, replies

SIGNED_IN_TIME = 3.0
"""Seconds after which Slack gives up."""
DEEP = "[" * 100_000
HALF = 1500


class Peer:
    """Somebody who speaks HTTP as they like."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def at(cls, site: Site) -> "Peer":
        return cls(*await asyncio.open_connection("127.0.0.1", site.web.port))

    async def send(self, start: str, headers: dict[str, str] | None = None, body: str = "") -> None:
        lines = [start, "Host: x", *(f"{k}: {v}" for k, v in (headers or {}).items()), "", body]
        self.writer.write("\r\n".join(lines).encode())
        await self.writer.drain()

    async def status(self) -> int:
        """The status of what comes back; 0 when the connection just ends."""
        async with asyncio.timeout(10):
            line = await self.reader.readline()
        return int(line.split()[1]) if line else 0

    async def ended(self) -> bool:
        """Whether the connection ends; the rest of what comes is thrown away."""
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                while await self.reader.read(2**16):
                    pass
        return True


@pytest.fixture
async def peers() -> AsyncIterator[list[Peer]]:
    """Those who are to be let go at the end; both ends of each are this process's."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4 * HALF)), hard))
    found: list[Peer] = []
    yield found
    for peer in found:
        peer.writer.close()
    for peer in found:
        with suppress(ConnectionError):
            await peer.writer.wait_closed()


def unsigned(length: int = 1000) -> dict[str, str]:
    return {"Content-Length": str(length)}


def wrongly_signed(site: Site, length: int = 1000) -> dict[str, str]:
    """Headers that could be Slack's, with the signature of another body."""
    return site.signed("another body") | {"Content-Length": str(length)}


async def _answered_in_time(site: Site) -> None:
    async with asyncio.timeout(SIGNED_IN_TIME):
        assert (await site.post(urlencode(payloads.command("일지 폐지"))))[0] == 200


@pytest.mark.parametrize(
    "kind", ["without a signature", "wrongly signed", "headers only", "silent"]
)
async def test_half_sent_requests_do_not_keep_signed_ones_out(
    site: Site, house: House, peers: list[Peer], kind: str
) -> None:
    house.router.command("/cut", replies(Say(text="받음")))
    for number in range(HALF):
        if number % 50 == 0:
            await _answered_in_time(site)
        peer = await Peer.at(site)
        peers.append(peer)
        if kind == "without a signature":
            await peer.send("POST /slack/events HTTP/1.1", unsigned(), "half")
        elif kind == "wrongly signed":
            await peer.send("POST /slack/events HTTP/1.1", wrongly_signed(site), "half")
        elif kind == "headers only":
            peer.writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")
            await peer.writer.drain()
    await _answered_in_time(site)
    # However many came, only a few of them are still held.
    held = {asyncio.ensure_future(peer.ended()) for peer in peers}
    async with asyncio.timeout(20):
        while len(held) > CONNECTIONS + web.BODIES:
            _, held = await asyncio.wait(held, return_when=asyncio.FIRST_COMPLETED)
    for end in held:
        end.cancel()


async def test_who_goes_in_the_middle_of_a_body_leaves_no_trace(site: Site, house: House) -> None:
    house.router.command("/cut", replies(Say(text="받음")))
    with capture_logs() as logs:
        for number in range(100):
            peer = await Peer.at(site)
            await peer.send("POST /slack/events HTTP/1.1", wrongly_signed(site), "half")
            if number % 2:
                peer.writer.transport.abort()
            else:
                peer.writer.close()
        await _answered_in_time(site)
    assert [log for log in logs if log["log_level"] == "error"] == []


async def test_without_the_headers_of_a_signature_nothing_is_read(
    site: Site, peers: list[Peer]
) -> None:
    peer = await Peer.at(site)
    peers.append(peer)
    await peer.send("POST /slack/events HTTP/1.1", unsigned(10**6))
    assert await peer.status() == 401


async def test_the_rest_of_a_body_is_not_waited_for_longer_than_slack_waits(
    site: Site, peers: list[Peer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "BODY_SECONDS", 0.05)
    peer = await Peer.at(site)
    peers.append(peer)
    await peer.send("POST /slack/events HTTP/1.1", wrongly_signed(site), "half")
    assert await peer.status() == 408


async def test_a_body_that_comes_in_two_parts_is_one_request(
    site: Site, house: House, peers: list[Peer]
) -> None:
    house.router.command("/cut", replies(Say(text="받음")))
    body = urlencode(payloads.command("일지 폐지"))
    headers = site.signed(body) | {"Content-Length": str(len(body))}
    peer = await Peer.at(site)
    peers.append(peer)
    await peer.send("POST /slack/events HTTP/1.1", headers, body[:20])
    await _answered_in_time(site)
    peer.writer.write(body[20:].encode())
    assert await peer.status() == 200


def test_for_one_more_the_oldest_goes() -> None:
    gone: list[str] = []
    waiting = Waiting(2, gone.append)
    for name in ("first", "second", "third"):
        waiting.add(name)
    waiting.discard("second")
    waiting.discard("second")
    waiting.add("fourth")
    assert (gone, len(waiting)) == (["first"], 2)


async def test_the_deepest_unsigned_json_is_refused_without_a_trace(site: Site) -> None:
    with capture_logs() as logs:
        for headers in ({"X_Slack_Signature": ""}, {"X_Slack_Signature": "v0=" + "0" * 64}):
            for body in (DEEP, '{"a":' * 100_000, "payload=" + DEEP):
                status, _ = await site.post(body, "application/json", **headers)
                assert status == 401
    assert [log for log in logs if "exc_info" in log] == []


@pytest.mark.parametrize(
    "body",
    [
        '{"a":' * 100_000,
        "payload=" + DEEP,
        "payload=" + "%5B" * 50_000,
        '{"type": "block_actions", "actions": 3}',
        '{"type": "view_submission", "view": []}',
        '{"type": "event_callback", "event": null, "authorizations": 5}',
        '{"team": 3, "user": 4, "view": 5}',
        "payload={}&payload=3",
        "payload=%FF%FE",
        "%",
        "=&=&&",
        "{" + '"a": 1' + "0" * 5000 + "}",
        '{"a": NaN, "b": 1e999}',
        "\ufeff{}",
        "",
    ],
)
async def test_whatever_was_signed_is_answered_without_a_trace(site: Site, body: str) -> None:
    with capture_logs() as logs:
        for kind in ("application/json", "text/plain; charset=utf-16", "multipart/form-data"):
            status, _ = await site.post(body, kind)
            assert 400 <= status < 500
    assert [log for log in logs if log["log_level"] in ("error", "critical")] == []


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "nonsense"])
async def test_a_body_is_taken_as_it_was_signed(site: Site, house: House, encoding: str) -> None:
    house.router.command("/cut", replies(Say(text="받음")))
    body = urlencode(payloads.command())
    assert (await site.post(body, Content_Encoding=encoding))[0] == 200


async def test_bytes_that_are_no_text_are_refused(site: Site) -> None:
    url = site.url("/slack/events")
    for body in (b"\xff\xfe\x00", b"payload=\xed\xa0\x80", b"\x1f\x8b\x08"):
        async with site.client.post(url, data=body, headers=site.signed("x")) as answer:
            assert answer.status == 400


@pytest.mark.parametrize("sent", ["zz\r\nbroken\r\n", "5\r\nhello", "ffffffffffffffffff\r\n"])
async def test_a_broken_chunk_ends_in_a_refusal(
    site: Site, peers: list[Peer], monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    monkeypatch.setattr(web, "BODY_SECONDS", 0.05)
    peer = await Peer.at(site)
    peers.append(peer)
    headers = site.signed("x") | {"Transfer-Encoding": "chunked"}
    await peer.send("POST /slack/events HTTP/1.1", headers, sent)
    assert await peer.status() in (400, 408)


async def test_a_body_in_chunks_is_read_whole(site: Site, house: House) -> None:
    seen: list[str] = []

    async def handler(context: Context) -> Reply:
        seen.append(context.inbound.text)
        return Nothing()

    house.router.command("/cut", handler)
    body = urlencode(payloads.command("일지 폐지"))

    async def parts() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 50):
            yield body[at : at + 50].encode()

    url = site.url("/slack/events")
    async with site.client.post(url, data=parts(), headers=site.signed(body)) as answer:
        assert answer.status == 200
    assert seen == ["일지 폐지"]


async def test_a_body_that_is_too_large_is_refused(site: Site) -> None:
    body = io.BytesIO(b"x" * (web.BODY_MAX + 1))
    url = site.url("/slack/events")
    async with site.client.post(url, data=body, headers=site.signed("x")) as answer:
        assert answer.status == 413


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01", b"GET\x00 / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", b"POST / HTTP/1.1\r\nbroken\r\n\r\n",
    ],
)  # fmt: skip
async def test_what_is_no_http_is_refused_without_a_trace(
    site: Site, peers: list[Peer], caplog: pytest.LogCaptureFixture, sent: bytes
) -> None:
    peer = await Peer.at(site)
    peers.append(peer)
    peer.writer.write(sent)
    assert await peer.status() == 400
    assert [record for record in caplog.records if record.exc_info] == []


async def test_other_ways_and_places_are_not_there(site: Site) -> None:
    assert (await site.get("/slack/events"))[0] == 405
    assert (await site.get("/elsewhere"))[0] == 404
    async with site.client.head(site.url("/healthz")) as answer:
        assert answer.status == 200


async def test_the_secret_is_not_forgotten(house: House) -> None:
    from handlers.bolt import bolt_app

    app = bolt_app(house.router, await house.slack.who_am_i())
    with pytest.raises(ValueError, match="secret"):
        web.Web(app=app, metrics=house.metrics, ready={}, host="127.0.0.1", port=0)


async def test_a_signature_is_one_of_these_minutes(site: Site, house: House) -> None:
    house.router.command("/cut", replies(Nothing()))
    body = urlencode(payloads.command())
    old = site.signed(body, ago=web.SKEW_SECONDS + 60)
    async with site.client.post(site.url("/slack/events"), data=body, headers=old) as answer:
        assert answer.status == 401
    assert json.loads((await site.get("/readyz"))[1])["database"]
