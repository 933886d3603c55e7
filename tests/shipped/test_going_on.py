"""People of an office that was left at commit ce75996 go on where they were, at today's bot."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.calendar import local
from tests.shipped.filled import TABLES, rows
from tests.stories.doing import act, shows

UNITS = {row["id"]: row["name"] for row in rows("units")}
TALLIED = {
    "도시과": "도시과 회의 자료 줄이기",
    "도로과": "소식지 발송 대장 폐지",
    "하천과": "하천과 회의 자료 줄이기",
    "철도과": "철도과 일일 보고 폐지",
    "문화과": "문화과 회의 자료 줄이기",
    "체육과": "체육과 회의 자료 줄이기",
}
"""What each department's second round comes to, from the votes that were given before.

A secret vote, an open one, one that was being counted, one in which somebody stood on two
candidates and was asked, a tie (more hours decide), and one that was decided already.
"""
READS = {
    "김국장": ("점검",),
    "문국장": ("제출 예외",),
    "이과장": ("결정을 기다리는 과제", "병합을 기다리는 과제"),
    "박팀장": ("쓰시던 과제가 있습니다.",),
    "최주무": ("내 과제", "보완할 과제"),
    "윤총괄": ("이번 회차", "1인당"),
    "임주무": ("My tasks",),
}
"""A part of Home that is there for each role."""


async def test_ballots_close_at_their_hour_and_count_what_was_voted_before(shipped):
    await shipped.settled(3)
    voter = shipped.visitor("남주무")
    first = next(m for m in voter.messages("C0000003") if "교량과 일일 보고 폐지" in str(m) and "후보" in m["text"])
    await voter.react("C0000003", first["ts"], "+1")
    for at in CLOSINGS:
        await shipped.until(at)
    def chosen(uow):
        return 
    print(await shipped.bot.office.read(lambda uow: uow.connection.execute(sa.text("select u.name, t.title, r.rule from representatives r join units u on u.id=r.department join tasks t on t.id = r.task")).all()))


async def test_home_is_drawn_for_every_role(shipped):
    for name, parts in READS.items():
        person = shipped.visitor(name)
        await person.open_home()
        await person.until(lambda person=person: person.home)
        await shipped.settled(1)
        print(name, "\n".join(person.texts("home")))


async def test_drafts_are_offered_and_tasks_are_proposed_acted_on_listed_and_found(shipped):
    lead = shipped.visitor("박팀장")
    await lead.command("C0000001", "/cut")
    print(lead.screen())
