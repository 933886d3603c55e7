"""What a browser makes of the page's fence: the page works inside, other sites get nothing."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from tests.browser.office import address, somebody

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WATCHING = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
FRAMING = '<!doctype html><iframe id="frame" src="{url}"></iframe>'
ASKING = """
async ([url, token]) => {
  const tried = [];
  for (const [what, ask] of [
    ["read", () => fetch(`${url}/api/users.list?token=${token}`)],
    ["header", () => fetch(`${url}/api/users.list`, {headers: {Authorization: `Bearer ${token}`}})],
    ["line", () => new Promise((done, failed) => {
      const line = new WebSocket(url.replace("http", "ws") + "/page/ws");
      line.onopen = done;
      line.onerror = () => failed(new Error("no line"));
    })],
  ]) {
    try { await ask(); tried.push(what); } catch {}
  }
  const form = {method: "POST", mode: "no-cors", body: new URLSearchParams(
    {token, channel: "C0S000000", text: "안녕하세요"})};
  await fetch(`${url}/api/chat.postMessage`, form).catch(() => {});
  return tried;
}
"""


@pytest_asyncio.fixture(loop_scope="session")
async def elsewhere(trial) -> AsyncIterator[str]:
    """The address of another site, which frames the page."""
    app = web.Application()

    async def framed(request: web.Request) -> web.Response:
        text = FRAMING.format(url=trial.server.url)
        return web.Response(text=text, content_type="text/html")

    app.router.add_get("/", framed)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_the_page_does_all_it_does_without_a_breach_of_its_policy(window):
    opened = await window("/")
    await opened.page.add_init_script(WATCHING)
    await opened.page.goto(f"/?again{address(somebody('주무관'))[1:]}")
    await opened.propose("전시실 운영 일지 폐지", "폐지", "매일 쓰지만 읽지 않습니다.")
    await opened.visit_bot("홈")
    await opened.page.get_by_role("button", name="고장").click()
    assert await opened.page.evaluate("window.refused") == []


async def test_another_site_cannot_frame_the_page(browser, elsewhere):
    page = await browser.new_page()
    await page.goto(elsewhere)
    frame = next(one for one in page.frames if one.parent_frame is not None)
    assert frame.url.startswith("chrome-error:")
    await page.close()


async def test_another_site_can_neither_read_nor_write_even_with_the_token(
    browser, elsewhere, trial
):
    ws = trial.server.ws
    page = await browser.new_page()
    await page.goto(elsewhere)
    assert await page.evaluate(ASKING, [trial.server.url, ws.bot_token]) == []
    assert ws.talk.all("C0S000000") == []
    assert ws.calls["users.list"] == 0
    await page.close()


async def test_a_link_on_another_site_opens_the_page(browser, elsewhere, trial):
    page = await browser.new_page()
    await page.goto(elsewhere)
    await page.evaluate("(url) => { location.href = url; }", trial.server.url)
    await page.locator("#main h1").wait_for()
    await page.close()
