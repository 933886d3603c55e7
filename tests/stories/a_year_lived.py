"""What the people of the office do in that year: the story behind the book."""

from dataclasses import replace
from datetime import date

from bot.domain.calendar import today
from bot.domain.exemption import Ground
from bot.domain.roster_rows import RosterRow
from bot.domain.task import Need, Saving, Type
from bot.i18n.texts import Catalogue
from bot.playground.workspace import SeedPerson
from bot.usecases import decide, exempt, rounds, saved, standing_in, update
from bot.usecases.organise import apply_import
from handlers.roster_files import vocabulary
from tests.stories.a_year import NEWCOMER, NEWCOMERS_ID, id_of
from tests.stories.a_year_acts import (
    assign,
    complete,
    confirm,
    gone,
    milestone,
    of_task,
    open_ballot,
    propose_task,
    sign,
)
from tests.stories.conftest import BUREAU, CHANNELS, CITIES, ROADS, roster
from tests.stories.doing import language
from tests.stories.voting import SIGN, candidate

FOUNDING = date(2027, 3, 2)
"""A day off of the office's own."""
LOG, CARS, WEEKLY = "전시실 운영 일지 폐지", "차량 운행 기록 간소화", "주간 보고 축소"
COMPLAINTS, TRIPS, MINUTES = "민원 접수 대장 정리", "출장 보고 줄이기", "회의록 서식 통합"
MAGAZINE, DISPATCH, VIEWING = "정기간행물 배부 중단", "관용차 배차 대장 폐지", "열람 대장 전산화"
SIGNS = "도로 표지 점검표 통합"


async def summer(year):
    """July to September: proposals, decisions, a ballot, an exemption, and dates to keep."""
    life = year.life
    log = await propose_task(year, "2026-07-01 10:00", "member", LOG)
    async with year.doing("2026-07-01 10:10", "colleague", f"과제 제안 『{CARS}』 (화면에서)"):
        cars = await life.propose("colleague", CARS, type="reduce")
    async with year.doing("2026-07-01 10:20", "english", "언어를 English로 바꿈"):
        await language(life, "english", "en")
    weekly = await propose_task(year, "2026-07-01 10:30", "english", WEEKLY, Type.REDUCE)
    async with year.doing("2026-07-01 10:40", "colleague", "소식을 하루 한 번 받기로 함") as person:
        await person.open_home()
        await person.until(lambda: person.home)
        await person.fill({"home.hearing": "daily"}, on="home")
    await confirm(year, "2026-07-01 11:00", "head", log, Need.IMMEDIATE, owner="member")
    await year.does(
        "2026-07-01 15:00", "member", f"#{log} ‹이미 중단했습니다›",
        lambda uow, ask, now: update.stopped(uow, ask, now), log,
    )  # fmt: skip
    await year.does(
        "2026-07-02 10:00", "head", f"#{cars} 보완 요청",
        lambda uow, ask, now: decide.revise(uow, ask, now, comment="대상 차량을 적어 주십시오."),
        cars,
    )  # fmt: skip
    await year.does(
        "2026-07-03 14:30", "colleague", f"#{cars} 고침",
        lambda uow, ask, now: update.edit(
            uow, ask, now, change=lambda c: replace(c, problem="관용차 7대의 일지를 손으로 씁니다.")
        ),
        cars,
    )  # fmt: skip
    await confirm(year, "2026-07-06 10:00", "head", cars, Need.BUDGET, owner="colleague")
    await confirm(year, "2026-07-06 10:20", "head", weekly, Need.ORDINANCE, owner="english")
    await exemption(year)
    complaints = await propose_task(
        year, "2026-07-08 19:30", "member", COMPLAINTS, Type.CONSOLIDATE
    )
    await year.does(
        "2026-07-10 11:00", "head", f"#{complaints} 7월 31일까지 보류",
        lambda uow, ask, now: decide.hold(
            uow, ask, now, until=date(2026, 7, 31), reason="조직 개편을 기다립니다."
        ),
        complaints,
    )  # fmt: skip
    async with year.doing("2026-07-10 15:00", "director", "도시팀 제출 예외 승인") as director:
        await director.click("exempt.grant", director.message(director.dm, "제출 예외 신청"))
    trips = await propose_task(year, "2026-07-11 11:00", "colleague", TRIPS, Type.REDUCE)
    await year.does(
        "2026-07-11 11:30", "head", f"#{trips} 반려 (토요일)",
        lambda uow, ask, now: decide.decline(uow, ask, now, reason="여비 규정에 따른 보고입니다."),
        trips,
    )  # fmt: skip
    await ballot(year)
    minutes = await propose_task(year, "2026-07-15 15:00", "member", MINUTES, Type.CONSOLIDATE)
    await confirm(year, "2026-07-16 10:00", "head", minutes, Need.IMMEDIATE, owner="english")
    magazine = await propose_task(year, "2026-07-20 11:00", "member", MAGAZINE, budget=3_000)
    await confirm(year, "2026-07-20 15:00", "head", magazine, Need.IMMEDIATE, owner="member")
    async with year.doing("2026-07-23 10:00", "english", f"#{minutes} 알림을 사흘 미룸") as person:
        message = person.message(person.dm, MINUTES)
        await person.fill({"reminder.snooze": f"{minutes}:task:0:2026-07-30:3"}, on=message)
    await milestone(year, "2026-07-30 10:00", "colleague", cars, 0)
    await complete(year, "2026-07-31 14:20", "member", magazine, hours=120)
    await year.does(
        "2026-08-07 09:50", "head", f"#{complaints} 다시 추진",
        lambda uow, ask, now: decide.resume(uow, ask, now), complaints,
    )  # fmt: skip
    await confirm(year, "2026-08-07 10:00", "head", complaints, Need.GUIDELINE, owner="member")
    await milestone(year, "2026-08-19 10:00", "english", weekly, 0)
    await milestone(year, "2026-08-31 16:00", "member", complaints, 0)
    dispatch = await propose_task(year, "2026-09-09 10:00", "other_member", DISPATCH)
    await year.does(
        "2026-09-09 11:00", "other_head", f"#{dispatch}을 #{cars}에 병합 요청",
        lambda uow, ask, now: decide.merge(uow, ask, now, target=cars, reason="같은 일입니다."),
        dispatch,
    )  # fmt: skip
    await year.does(
        "2026-09-10 10:00", "head", f"#{dispatch} 병합을 받아들임",
        lambda uow, ask, now: decide.take_in(uow, ask, now, into=cars), dispatch,
    )  # fmt: skip
    await assign(year, "2026-09-16 10:00", "lead", minutes, "member")
    await complete(year, "2026-09-18 15:00", "member", minutes, hours=60)
    return log, cars, weekly, complaints, minutes, magazine


async def exemption(year):
    """The head of the cities files one for a team that is new."""

    def work(uow, ask, now):
        team = uow.units.by_path(BUREAU, CITIES, "도시팀").id
        exempt.file(
            uow, ask.who, ask.surface, now, team=team, ground=Ground.NEW_UNIT,
            text="7월 신설", until=date(2026, 9, 30),
        )  # fmt: skip

    await year.does("2026-07-07 10:00", "other_head", "도시팀 제출 예외 신청(9월 30일까지)", work)


async def ballot(year):
    """The roads vote for their representative task."""
    channel = CHANNELS[ROADS]
    await open_ballot(year, "2026-07-13 10:00", "head", channel)
    for when, who, title in (
        ("2026-07-14 10:00", "lead", CARS), ("2026-07-14 10:30", "member", CARS),
        ("2026-07-15 10:00", "english", WEEKLY),
    ):  # fmt: skip
        async with year.doing(when, who, f"『{title}』에 투표") as person:
            await person.react(channel, candidate(person, channel, title)["ts"], SIGN)
            await year.seconds(3)


async def autumn(year, log, cars, weekly, complaints, minutes, magazine):
    """October to December: a review signed off, what was really saved, a lone candidate."""
    async with year.doing("2026-10-01 10:00", "member", f"#{log} ‹계획대로› 절감 확인") as member:
        await member.click("check.planned", member.message(member.dm, "확인해 주실 과제"))
    async with year.doing("2026-10-01 11:00", "director", f"점검에서 #{cars} 2주 연장") as director:
        version = await of_task(year, cars)
        message = director.message(director.dm, "3분기 점검")
        await director.click("review.extend", message, value=f"{cars}:{version}")
        await year.seconds(300)
    await sign(year, "2026-10-02 10:00", "director", "점검 완료", "3분기 점검")
    viewing = await propose_task(year, "2026-10-12 10:00", "other_member", VIEWING, Type.DIGITISE)
    await open_ballot(year, "2026-10-13 10:00", "other_head", CHANNELS[CITIES])
    async with year.doing("2026-10-14 10:00", "other_head", "단독 후보를 대표 과제로 정함") as head:
        await head.click("ballot.lone", head.message(head.dm, "후보"))
        await year.seconds(5)
    await confirm(
        year, "2026-10-15 10:00", "other_head", viewing, Need.MINISTRY, owner="other_member"
    )
    await complete(year, "2026-10-20 10:00", "member", complaints)
    await year.does(
        "2026-11-03 10:00", "member", f"#{magazine} 실제 절감 90시간 입력",
        lambda uow, ask, now: saved.verify(uow, ask, now, saving=Saving(hours=90, budget=2_800)),
        magazine,
    )  # fmt: skip
    await complete(year, "2026-12-01 10:00", "english", weekly, hours=80)
    await year.does(
        "2026-12-18 10:00", "hq", "2026년 제1회 회차 마감",
        lambda uow, ask, now: rounds.close_round(
            uow, ask.who, ask.surface, 1, uow.rounds.get(1).version, now
        ),
    )  # fmt: skip
    return viewing


async def winter(year, log, cars, weekly, complaints, minutes, magazine):
    """January to March: a review nobody signs, a new director, a round, and one who leaves."""
    await gone(year, "2027-01-05 10:00", log)
    await rotation(year)
    await sign(year, "2027-01-22 11:00", NEWCOMER, "이어받은 점검 완료", "4분기 점검")
    await year.does(
        "2027-02-01 10:00", "hq", "2027년 제1회 회차를 엶",
        lambda uow, ask, now: rounds.open_round(
            uow, ask.who, ask.surface, name="2027년 제1회", starts_on=date(2027, 2, 1),
            ends_on=None, votes_by=None, grounds=frozenset(Ground), now=now,
        ),
    )  # fmt: skip
    async with year.doing("2027-02-02 10:00", "lead", f"#{magazine} 다시 생겼다고 알림") as lead:
        version = await of_task(year, magazine)
        message = lead.message(lead.dm, "확인해 주실 과제")
        await lead.click("act.came_back", message, value=f"{magazine}:{version}")
        await lead.submit(values={"reason": "새 간행물이 나왔습니다."})
        await lead.close(lead.top["id"], all=True)
    await year.does(
        "2027-02-10 10:00", "hq", "3월 2일을 휴무일로 정함",
        lambda uow, ask, now: standing_in.add_day_off(
            uow, standing_in.Asking(who=ask.who, surface=ask.surface), FOUNDING, now
        ),
    )  # fmt: skip
    async with year.doing("2027-02-15 14:10", "colleague", "퇴직하여 계정이 비활성화됨"):
        year.life.ws.change_person(id_of("colleague"), deleted=True)
    await complete(year, "2027-02-17 10:00", "member", magazine, hours=100)
    await assign(year, "2027-03-03 10:00", "lead", cars, "member")
    await complete(year, "2027-03-10 10:00", "member", cars, hours=110)


async def rotation(year):
    """On 20 January the director leaves and another comes: the organisation file says so."""
    ws, life = year.life.ws, year.life
    new = RosterRow(
        line=2, bureau=BUREAU, department="", team="", name="서국장", title="국장", role="",
        email="newcomer@example.kr", slack_id=NEWCOMERS_ID, department_channel="",
    )  # fmt: skip
    rows = (new, *(row for row in roster() if row.name != "김국장"))
    async with year.doing("2027-01-20 08:30", "hq", "인사 발령: 김국장 → 서국장"):
        ws.add_person(SeedPerson(NEWCOMERS_ID, "서국장", "국장", BUREAU, "newcomer@example.kr"))
        for channel in CHANNELS.values():
            ws.invite(channel, NEWCOMERS_ID)
        words, now = vocabulary(Catalogue.load()).words, life.clock.now()
        await life.bot.office.write_alone(
            lambda uow: apply_import(uow, rows, now, words=words, round_name="")
        )


async def spring(year, minutes, viewing):
    """March to July: the director is away for a review, and a proposal waits too long."""
    await gone(year, "2027-03-19 10:00", minutes)

    def away(uow, ask, now):
        taker = uow.people.by_slack(id_of("head"), today(now)).id
        asking = standing_in.Asking(who=ask.who, surface=ask.surface)
        first, last = date(2027, 3, 31), date(2027, 4, 9)
        standing_in.delegate(uow, asking, now, taker=taker, first=first, last=last)

    await year.does("2027-03-29 10:00", NEWCOMER, "3월 31일~4월 9일 이과장에게 위임", away)
    await sign(year, "2027-04-02 10:00", "head", "위임받은 점검 완료", "1분기 점검")
    async with year.doing(
        "2027-04-06 10:00", "other_member", f"#{viewing} 알림을 7일 미룸"
    ) as person:
        message = person.message(person.dm, VIEWING)
        later = f"{viewing}:milestone:2:2027-04-13:7"
        await person.fill({"reminder.snooze": later}, on=message)
    signs = await propose_task(year, "2027-04-12 10:00", "member", SIGNS, Type.CONSOLIDATE)
    await confirm(year, "2027-04-19 10:00", "head", signs, Need.IMMEDIATE, owner="english")
    await complete(year, "2027-04-28 10:00", "english", signs, hours=40)
    await sign(year, "2027-07-01 10:00", NEWCOMER, "2분기 점검 완료", "2분기 점검")
