"""The workspace answers its own page and the programmes of its machine, and no other site."""

import aiohttp
import pytest

from tests.playground.stage import BOT_TOKEN

PATHS = [
    ("GET", "/"),
    ("GET", "/static/main.js"),
    ("GET", "/page/ws?user=U1"),
    ("POST", "/page/upload?user=U1"),
    ("POST", "/api/auth.test"),
    ("GET", "/link/?ticket=x"),
    ("POST", "/response/x"),
    ("POST", "/upload/v1/x"),
    ("GET", "/files/x/a.txt"),
    ("GET", "/nowhere"),
]
each_path = pytest.mark.parametrize(("method", "path"), PATHS)


async def status(stage, method, path, **headers):
    """The status with which a request with these headers is answered."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, stage.server.url + path, headers=headers) as answer,
    ):
        return answer.status


def port_of(stage):
    """The port that the workspace listens on."""
    return stage.server.url.rpartition(":")[2]


@each_path
async def test_a_name_that_is_not_this_machines_is_refused_everywhere(quiet, method, path):
    port = port_of(quiet)
    for host in (
        f"evil.example:{port}",
        "127.0.0.1:1",
        "127.0.0.1",
        f"127.0.0.1.evil:{port}",
        f"127.0.0.1.:{port}",
        f"localhost.:{port}",
        f"127.0.0.2:{port}",
        f"127.1:{port}",
        f"[::2]:{port}",
        f"[::ffff:127.0.0.1]:{port}",
        f"0.0.0.0:{port}",
        f"evil@127.0.0.1:{port}",
    ):
        assert await status(quiet, method, path, Host=host) == 403


@each_path
async def test_a_foreign_origin_is_refused_everywhere(quiet, method, path):
    port = port_of(quiet)
    for origin in ("https://example.com", "null", "http://127.0.0.1:1", f"http://evil:{port}"):
        assert await status(quiet, method, path, Origin=origin) == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
async def test_each_name_of_this_machine_is_served_with_its_own_origin(quiet, name):
    host = f"{name}:{port_of(quiet)}"
    assert await status(quiet, "GET", "/", Host=host) == 200
    assert await status(quiet, "GET", "/", Host=host, Origin=f"http://{host.lower()}") == 200


@each_path
@pytest.mark.parametrize("site", ["cross-site", "same-site", "Cross-Site", "elsewhere"])
async def test_what_another_site_has_the_browser_send_is_refused_everywhere(
    quiet, method, path, site
):
    assert await status(quiet, method, path, **{"Sec-Fetch-Site": site}) == 403
    embedded = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    assert await status(quiet, method, path, **embedded) == 403


@pytest.mark.parametrize("path", ["/", "/archives/C1/p1783000000000001"])
async def test_a_link_on_another_site_may_open_the_page_and_nothing_else(quiet, path):
    opened = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert await status(quiet, "GET", path, **opened) == 200
    assert await status(quiet, "POST", path, **opened) == 403
    assert await status(quiet, "GET", f"/api/auth.test?token={BOT_TOKEN}", **opened) == 403


@each_path
async def test_the_page_itself_is_served(quiet, method, path):
    port = port_of(quiet)
    mine = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://127.0.0.1:{port}"}
    # A ticket that was never given is refused by the line for the app, whoever asks.
    refused = path.startswith("/link/")
    assert (await status(quiet, method, path, **mine) == 403) == refused


@each_path
async def test_no_answer_can_be_framed_embedded_or_taken_for_another_kind(quiet, method, path):
    for headers in ({}, {"Origin": "https://example.com"}):
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, quiet.server.url + path, headers=headers) as answer,
        ):
            told = answer.headers
        policy = told["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'none'" in policy
        assert told["X-Frame-Options"] == "DENY"
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Referrer-Policy"] == "no-referrer"
        assert told["Cross-Origin-Resource-Policy"] == "same-origin"
        assert not [name for name in told if name.lower().startswith("access-control")]


async def test_an_uploaded_file_is_no_page_of_this_origin(quiet):
    file = await quiet.server.visitor("U1").upload("a.html", b"<p>hello</p>")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{quiet.server.url}/files/{file['id']}/a.html") as answer,
    ):
        assert answer.status == 200
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_token_in_the_address_does_not_count(quiet, method):
    address = f"{quiet.server.api_url}chat.postMessage"
    query = {"token": BOT_TOKEN, "channel": "C1", "text": "안녕하세요"}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, address, params=query) as answer,
    ):
        assert await answer.json() == {"ok": False, "error": "not_authed"}
    assert quiet.ws.talk.all("C1") == []


async def test_a_token_in_a_header_or_a_form_counts(quiet):
    address = f"{quiet.server.api_url}users.info"
    bearer = {"Authorization": f"Bearer {BOT_TOKEN}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(address, params={"user": "U1"}, headers=bearer) as answer:
            assert (await answer.json())["ok"]
        async with session.post(address, data={"token": BOT_TOKEN, "user": "U1"}) as answer:
            assert (await answer.json())["ok"]


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_only_what_slack_takes_calls_a_method(quiet, method):
    bearer = {"Authorization": f"Bearer {BOT_TOKEN}"}
    path = "/api/chat.postMessage?channel=C1&text=x"
    assert await status(quiet, method, path, **bearer) == 405
    assert quiet.ws.talk.all("C1") == []
    assert quiet.ws.calls.total() == 0


async def test_another_site_that_asks_first_is_not_let_in(quiet):
    asking = {
        "Origin": "https://example.com",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    assert await status(quiet, "OPTIONS", "/api/chat.postMessage", **asking) == 403


async def test_no_other_site_gets_a_line_to_a_window(quiet):
    async with aiohttp.ClientSession() as session:
        for origin in ("https://example.com", "null", f"http://localhost:{port_of(quiet)}"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{quiet.server.url}/page/ws?user=U1", origin=origin)
            assert refused.value.status == 403


async def test_a_header_that_names_two_hosts_or_origins_is_refused(quiet):
    port = port_of(quiet)
    for name, values in {
        "Origin": [f"http://127.0.0.1:{port}", "https://example.com"],
        "Sec-Fetch-Site": ["same-origin", "cross-site"],
    }.items():
        headers = [(name, value) for value in values]
        async with (
            aiohttp.ClientSession() as session,
            session.get(quiet.server.url, headers=headers) as answer,
        ):
            assert answer.status in (400, 403)
