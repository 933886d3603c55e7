"""The workspace answers its own page and the programmes of its machine, and no other site."""

import aiohttp
import pytest

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
    for host in (f"evil.example:{port}", "127.0.0.1:1", "127.0.0.1", f"127.0.0.1.evil:{port}"):
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
