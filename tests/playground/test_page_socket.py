"""The page's websocket speaks the contract with the page."""

import itertools
from datetime import UTC, datetime

import aiohttp
import pytest
import pytest_asyncio

from bot.playground.records import BOT_USER_ID
from bot.playground.server import start
from tests.playground.blocks import actions, button, field_of, home, modal, option, section
from tests.playground.stage import make_workspace


class Page:
    """One window: asks and collects what is pushed."""

    def __init__(self, socket):
        self._socket = socket
        self._numbers = itertools.count(1)
        self.pushed = []

    async def ask(self, op, **args):
        """Ask and wait for the answer."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "do": op, **args})
        while (frame := await self._socket.receive_json()).get("re") != number:
            self.pushed.append(frame)
        return frame

    async def push(self, kind):
        """The next push of a kind, or the first one that waits."""
        for frame in self.pushed:
            if frame["push"] == kind:
                self.pushed.remove(frame)
                return frame
        while (frame := await self._socket.receive_json()).get("push") != kind:
            self.pushed.append(frame)
        return frame


@pytest_asyncio.fixture
async def window(socket_stage):
    """A function that opens windows of people."""
    async with aiohttp.ClientSession() as session:

        async def opened(user):
            url = f"{socket_stage.server.url}/page/ws?user={user}"
            return Page(await session.ws_connect(url))

        yield opened


async def test_a_window_starts_with_everything_it_needs(socket_stage, window):
    await socket_stage.bot.client.chat_postMessage(channel="U1", text="안녕하세요")
    page = await window("U1")
    start = await page.ask("start")
    assert start["ok"]
    assert start["me"]["title"] == "문화정책과장"
    assert {p["id"] for p in start["people"]} == {"U1", "U2", "U3", "U9", BOT_USER_ID}
    dm, own, other = start["channels"]
    assert (dm["kind"], dm["user"], dm["unread"]) == ("im", BOT_USER_ID, 1)
    assert (own["name"], own["is_member"]) == ("건설정책과", False)
    assert (other["name"], other["is_member"]) == ("문화정책과", True)
    assert start["commands"][0] == {
        "command": "/cut",
        "description": "빼기",
        "usage_hint": "[제목]",
    }
    assert start["shortcuts"][0]["callback_id"] == "propose"
    assert start["bot"]["online"] is True
    assert start["clock"]["movable"] is False
    assert abs(start["clock"]["offset_seconds"]) <= 1
    assert datetime.fromisoformat(start["clock"]["now"]).tzinfo is UTC
    assert (await page.ask("mark", channel=dm["id"], ts=dm["latest"]))["channel"]["unread"] == 0
    assert (await page.ask("move", to="day"))["error"] == "not_movable"


async def test_a_window_of_nobody_belongs_to_the_first_who_still_works_here(socket_stage, window):
    page = await window("")
    assert (await page.ask("start"))["me"]["id"] == "U1"
    socket_stage.ws.change_person("U1", deleted=True)
    page = await window("")
    assert (await page.ask("start"))["me"]["id"] == "U2"


@pytest.mark.parametrize("user", ["U404", BOT_USER_ID])
async def test_strangers_and_the_bot_have_no_window(window, user):
    with pytest.raises(aiohttp.WSServerHandshakeError, match="404"):
        await window(user)


async def test_two_windows_see_each_others_messages_and_reactions(window):
    one, two = await window("U1"), await window("U2")
    ts = (await one.ask("post", channel="C1", text="<안녕> & 반가워요"))["ts"]
    message = (await two.push("message"))["message"]
    assert message["text"] == "&lt;안녕&gt; &amp; 반가워요"
    assert (await two.push("channel"))["channel"]["unread"] == 1
    await two.ask("react", channel="C1", ts=ts, name="+1::skin-tone-2", add=True)
    shown = (await one.push("reactions"))["reactions"]
    assert shown == [{"name": "+1::skin-tone-2", "users": ["U2"], "count": 1}]
    history = await two.ask("history", channel="C1")
    assert [m["ts"] for m in history["messages"]] == [ts]
    assert history["more"] is False
    assert history["messages"][0]["permalink"].startswith("http://127.0.0.1:")


async def test_a_command_and_its_modal_go_through_the_window(socket_stage, window):
    choice = {"type": "external_select", "action_id": "task", "min_query_length": 0}
    socket_stage.bot.opens(modal(field_of("title"), section("?", block_id="s", accessory=choice)))
    socket_stage.bot.answers("options", {"options": [option("12")]})
    errors = {"response_action": "errors", "errors": {"title": "너무 짧습니다"}}
    socket_stage.bot.answers("submission", errors, "")
    page = await window("U1")
    assert (await page.ask("command", channel="C1", text="/cut 일지"))["ok"]
    view = (await page.push("view"))["view"]
    where = {"view_id": view["id"]}
    found = await page.ask("suggest", where=where, action_id="task", block_id="s", value="")
    assert found["options"] == [option("12")]
    state = {"title": {"title": {"type": "plain_text_input", "value": "일지"}}}
    first = await page.ask("submit", view_id=view["id"], state=state)
    assert (first["error"], first["errors"]) == ("errors", {"title": "너무 짧습니다"})
    assert (await page.ask("submit", view_id=view["id"], state=state))["ok"]
    assert (await page.push("view_closed"))["view_id"] == view["id"]
    values = socket_stage.bot.of("submission")[0]["view"]["state"]["values"]
    assert values["title"] == state["title"]
    assert values["s"]["task"] == {"type": "external_select", "selected_option": None}


async def test_buttons_home_and_shortcuts_go_through_the_window(socket_stage, window):
    bot = socket_stage.bot
    ts = await bot.posts("카드", actions(button("ok", "7")))
    await bot.client.views_publish(user_id="U1", view=home(section("내 과제")))
    page = await window("U1")
    action = {"type": "button", "action_id": "ok", "block_id": "b", "value": "7"}
    where = {"channel": "C1", "ts": ts}
    assert (await page.ask("press", where=where, action=action, state={}))["ok"]
    assert bot.of("action")[0]["actions"][0]["value"] == "7"
    shown = await page.ask("home", tab="home")
    assert shown["view"]["blocks"][0]["text"]["text"] == "내 과제"
    await bot.client.views_publish(user_id="U1", view=home(section("바뀐 과제")))
    assert (await page.push("home"))["view"]["blocks"][0]["text"]["text"] == "바뀐 과제"
    assert (await page.ask("shortcut", callback_id="propose"))["ok"]
    assert (await page.ask("shortcut", callback_id="propose_message", channel="C1", ts=ts))["ok"]
    assert len(bot.of("shortcut")) == 2


async def test_an_ephemeral_message_is_pushed_to_one_window(socket_stage, window):
    one, two = await window("U1"), await window("U2")
    await socket_stage.bot.client.chat_postEphemeral(channel="C1", user="U2", text="당신만")
    assert (await two.push("message"))["message"]["is_ephemeral"] is True
    await one.ask("start")
    assert [frame["push"] for frame in one.pushed] == []


async def test_joining_and_leaving_change_what_is_seen(window):
    page = await window("U1")
    assert (await page.ask("post", channel="C2", text="?"))["error"] == "not_in_channel"
    await page.ask("join", channel="C2")
    assert (await page.push("channel"))["channel"]["is_member"] is True
    assert (await page.ask("post", channel="C2", text="안녕"))["ok"]
    await page.ask("leave", channel="C2")
    assert (await page.ask("history", channel="C2"))["error"] == "not_drawn"


async def test_the_panel_of_faults_sets_and_clears_them(socket_stage, window):
    page = await window("U1")
    asked = {"method": "chat.postMessage", "kind": "429", "times": 2, "seconds": 3}
    assert (await page.ask("fault", **asked))["faults"] == [asked]
    assert (await page.ask("fault", method="chat.postMessage", kind=None))["faults"] == []
    assert (await page.ask("fault", method="x", kind="earthquake"))["error"] == "bad_request"


async def test_nonsense_is_answered_and_the_window_lives_on(window):
    page = await window("U1")
    assert (await page.ask("dance"))["error"] == "bad_request"
    assert (await page.ask("command", channel="C1", text="/other"))["error"] == "unknown_command"
    assert (await page.ask("start"))["ok"]


async def test_an_upload_is_used_in_a_form_by_its_id(socket_stage, window):
    socket_stage.bot.opens(modal(field_of("proof", "file_input")))
    page = await window("U1")
    await page.ask("command", channel="C1", text="/cut")
    view = (await page.push("view"))["view"]
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData()
        form.add_field("file", b"abc", filename="a.txt", content_type="text/plain")
        url = f"{socket_stage.server.url}/page/upload?user=U1"
        async with session.post(url, data=form) as answer:
            file = (await answer.json())["file"]
        async with session.get(socket_stage.server.url + file["url"]) as answer:
            assert await answer.read() == b"abc"
    state = {"proof": {"proof": {"type": "file_input", "files": [{"id": file["id"]}]}}}
    await page.ask("submit", view_id=view["id"], state=state)
    values = socket_stage.bot.of("submission")[0]["view"]["state"]["values"]
    assert values["proof"]["proof"]["files"][0]["name"] == "a.txt"


async def test_another_sites_page_may_not_act_here(socket_stage):
    url = f"{socket_stage.server.url}/page/ws?user=U1"
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Origin": "https://example.com"}) as answer:
            assert answer.status == 403
        async with session.get(f"{socket_stage.server.url}/static/../server.py") as answer:
            assert answer.status == 404


async def test_what_a_clients_form_would_not_send_is_not_sent(socket_stage, window):
    socket_stage.bot.opens(modal(field_of("title"), field_of("why", optional=True)))
    page = await window("U1")
    await page.ask("command", channel="C1", text="/cut")
    view = (await page.push("view"))["view"]
    answer = await page.ask("submit", view_id=view["id"], state={})
    assert (answer["errors"], answer["client"]) == ({"title": "required"}, True)
    state = {"title": {"title": {"type": "plain_text_input", "value": "일지"}}}
    await page.ask("submit", view_id=view["id"], state=state)
    values = socket_stage.bot.of("submission")[0]["view"]["state"]["values"]
    assert values["why"]["why"] == {"type": "plain_text_input", "value": None}


async def test_the_programmes_time_is_shown_and_moved(tmp_path):
    moved = []

    async def move(to):
        moved.append(to)

    march = datetime(2026, 3, 2, tzinfo=UTC)
    server = await start(make_workspace(), now=lambda: march, move=move)
    async with aiohttp.ClientSession() as session:
        page = Page(await session.ws_connect(f"{server.url}/page/ws?user=U1"))
        clock = (await page.ask("move", to="quarter"))["clock"]
    await server.stop()
    assert moved == ["quarter"]
    assert clock["now"] == "2026-03-02T00:00:00+00:00"
    assert clock["movable"] is True
