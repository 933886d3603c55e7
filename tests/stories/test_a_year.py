"""A whole year of one office, day by day: the book of all that was sent is kept in a file.

`UPDATE_GOLDEN=1` writes that file anew; then it wants to be read as its readers would.
"""

from collections import Counter
from datetime import date
from difflib import unified_diff
from functools import partial
from pathlib import Path

from bot.domain.burden import GOAL
from bot.domain.calendar import local, today
from tests.stories.a_year import MEMBERS, PEOPLE, Year, burden, is_office_hour, rewrites
from tests.stories.a_year_lived import FOUNDING, autumn, spring, summer, winter

GOLDEN = Path(__file__).with_name("a_year.ko.txt")
QUARTERS = (date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1))


async def test_a_year_of_one_office_is_told_as_the_book_has_it(life):
    year = Year(life)
    tasks = await summer(year)
    viewing = await autumn(year, *tasks)
    await winter(year, *tasks)
    await spring(year, tasks[4], viewing)
    book = year.told() + figures(year)
    if rewrites():
        GOLDEN.write_text(book, encoding="utf-8")
    check(year)
    over = [await life.bot.office.read(partial(too_many, quarter=day)) for day in QUARTERS]
    assert over == [0] * len(QUARTERS), "the bot's own count says the same"
    kept = GOLDEN.read_text(encoding="utf-8")
    changed = [*unified_diff(kept.splitlines(), book.splitlines(), "kept", "lived", lineterm="")]
    assert not changed, "\n".join(changed)


def too_many(uow, quarter):
    """How many members had more messages than the goal, as the bot counts them."""
    return uow.burden.over(quarter, GOAL, date(2027, 7, 1))


def figures(year) -> str:
    """The burden of the year's quarters on members, as the book ends with."""
    found = burden(year.messages())
    quarters = sorted({quarter for quarter, _ in found})
    lines = [
        f"{quarter}: "
        + ", ".join(f"{PEOPLE[who]} {found.get((quarter, who), 0)}건" for who in MEMBERS)
        for quarter in quarters
    ]
    return (
        "\n── 구성원이 청하지 않은 개인 메시지(본인 기한 알림 제외) ──\n" + "\n".join(lines) + "\n"
    )


def check(year) -> None:
    """What must hold of every message, whatever the book says."""
    sent = list(year.messages())
    twice = Counter((m.to, m.channel, m.whole, today(m.at)) for m in sent)
    assert [what for what, times in twice.items() if times > 1] == [], "nothing is said twice"
    off = [m for m in sent if m.is_unsolicited and not is_office_hour(m.at, frozenset({FOUNDING}))]
    assert [f"{local(m.at)} {m}" for m in off] == [], "nothing leaves outside office hours"
    reminded = Counter((m.to, today(m.at)) for m in sent if m.is_reminder)
    assert max(reminded.values()) == 1, "one message of reminders a person a day"
    assert {k: n for k, n in burden(iter(sent)).items() if n > GOAL} == {}
