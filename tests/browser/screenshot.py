"""The playground's picture for the README: `python -m tests.browser.screenshot`.

Everything in it stands still, so that it only changes when the screens do.
"""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import expect

from bot.clock import FrozenClock
from tests.browser.office import (
    WEDNESDAY,
    Trial,
    Window,
    address,
    at_work,
    chromium,
    settle,
    somebody,
    window,
)

PICTURE = Path(__file__).parents[2] / "bot" / "playground" / "screenshot.png"
TASKS = 3
TITLE = "전시실 관람객 수기 대장 폐지"
PROBLEM = "관람객 수를 출입문 계수기가 이미 세고 있는데 대장에 손으로 다시 적습니다."
THREAD = (
    ("윤가온", "어제도 대장과 계수기 숫자가 같았습니다. 대장은 없애도 되겠습니다."),
    ("장아호", "확정했습니다. 7월 15일부터 쓰지 않는 것으로 하겠습니다."),
    ("공다휘", "네, 각 전시실에 알리겠습니다."),
)
NEEDED = "즉시 시행"


class Morning(FrozenClock):
    """A clock that stands at that morning, in both times."""

    def system(self) -> float:
        """The frozen moment as seconds since the epoch."""
        return self.now().timestamp()


async def take(to: Path) -> None:
    """Play the morning and take its picture."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "office.db"
        await settle(database, TASKS)
        async with at_work(database, clock=Morning(WEDNESDAY)) as trial, chromium() as browser:
            member = await window(browser, trial)
            await member.propose(TITLE, "폐지", PROBLEM)
            await confirmed(await window(browser, trial, address(somebody("과장"))))
            await discussed(trial)
            await member.card(TITLE).get_by_role("link", name="답글 3개").click()
            thread = member.page.get_by_role("complementary")
            await expect(thread.get_by_role("article")).to_have_count(1 + len(THREAD))
            await member.page.mouse.move(0, 0)
            await member.page.screenshot(path=to, animations="disabled", caret="hide")


async def confirmed(head: Window) -> None:
    """The head confirms the task through its form."""
    await head.card(TITLE).get_by_role("button", name="과제 열기").click()
    await head.dialog(f"과제 {TASKS + 1}번").get_by_role("button", name="확정").click()
    form = head.dialog("과제 확정")
    await form.get_by_role("checkbox", name=NEEDED).check()
    await form.get_by_role("button", name="저장").click()
    await expect(form).to_have_count(0)


async def discussed(trial: Trial) -> None:
    """Colleagues talk about it beneath its card."""
    ids = {person.name: person.id for person in trial.server.ws.people.values()}
    channel = somebody("과장").department_channel
    for name, text in THREAD:
        visitor = trial.server.visitor(ids[name])
        await visitor.post(channel, text, thread_ts=visitor.message(channel, TITLE)["ts"])


if __name__ == "__main__":
    asyncio.run(take(PICTURE))
