"""A director's review: opened at the boundary, answered from the message, signed off."""

import json

import sqlalchemy as sa

from bot.domain.results import Surface
from bot.domain.task import Need
from bot.usecases import decide
from bot.usecases.acting import Ask
from bot.usecases.review_changes import GATHERED
from storage.tables.records import audit
from tests.stories.conftest import slack_id
from tests.stories.doing import ids_in
from tests.stories.reviewing import (
    BOUNDARY,
    change,
    found,
    made,
    on,
    read,
    review,
    until_gone,
    until_read,
)
from tests.stories.test_notices import settled, told

OVERDUE, OTHER, THIRD, FOURTH = (
    "전시실 일지 폐지",
    "민원 대장 정리",
    "차량 기록 간소화",
    "주간 보고 축소",
)


async def test_the_boundary_opens_one_message_with_figures_and_named_exceptions(life):
    await made(life, OVERDUE, Need.IMMEDIATE)
    await made(life, OTHER)
    await on(life, BOUNDARY.replace(day=30, month=9, hour=8))
    director = life.visitor("director")
    assert told(director, "3분기 점검") == []
    await made(life, FOURTH)
    await on(life, BOUNDARY)
    await on(life, BOUNDARY)
    assert len(told(director, "3분기 점검")) == 1
    shown = read(director)
    assert "건설교통국 2026년 3분기 점검" in shown
    assert "과제 3건" in shown
    assert "지연 1건" in shown
    assert "확인이 필요한 항목 2건" in shown
    assert FOURTH not in shown, "what was proposed yesterday has time"
    assert "예상 절감 0시간\n보고 절감 0시간\n확인 절감 0시간" in shown


async def test_each_answer_works_from_the_message_and_leaves_it(life):
    await made(life, OVERDUE, Need.IMMEDIATE)
    await made(life, OTHER, Need.IMMEDIATE)
    await made(life, THIRD, Need.IMMEDIATE)
    held = await made(life, FOURTH)
    await made(life, "회의록 줄이기")
    await made(life, "우편 발송 정리", Need.GUIDELINE)
    await made(life, "출장 보고 줄이기", Need.IMMEDIATE)

    def hold(uow):
        ask = Ask(who=slack_id("head"), surface=Surface.MODAL, task=held)
        until = life.clock.now().date().replace(month=9)
        decide.hold(uow, ask, life.clock.now(), until=until, reason="예산을 기다립니다.")

    await change(life, hold)
    await on(life, BOUNDARY)
    director = life.visitor("director")
    await director.click("review.extend", review(director), value="1:2")
    await until_gone(director, OVERDUE)
    assert director.views == [], "one tap, and nothing in the way"

    await director.click("act.complete", review(director), value="2:2")
    await director.submit(values={"evidence": "지침 폐지 공문"})
    await director.close(director.top["id"])
    await until_gone(director, OTHER)

    await director.click("review.reason", review(director), text="사유 적기", value="1:3")
    await director.submit(values={"note": "의회 일정이 밀렸습니다."})
    assert director.views == []
    await until_gone(director, THIRD)
    await until_read(director, "사유를 적으신 과제 1건")

    await director.click("act.resume", review(director), value="4:2")
    await director.close(director.top["id"])
    await until_gone(director, FOURTH)

    await director.click("act.confirm", review(director), value="5:1")
    await director.submit(values={"needs": ["guideline"], "owner": "정주무 주무관"})
    await director.close(director.top["id"])
    await until_gone(director, "회의록 줄이기")

    await director.click("act.hold", review(director), value="6:2")
    await director.submit(values={"until": "2026-12-01"})
    await director.close(director.top["id"])
    await until_gone(director, "우편 발송 정리")

    await director.click("act.assign", review(director), value="7:2")
    await director.submit(values={"owner": "정주무 주무관"})
    await director.close(director.top["id"])
    await until_gone(director, "출장 보고 줄이기")
    assert "따로 확인하실 항목이 없습니다." in read(director)
    await settled(life)
    assert told(life.visitor("head"), "소식") == []
    await on(life, BOUNDARY + GATHERED)
    (news,) = told(life.visitor("head"), "소식")
    assert "의회 일정이 밀렸습니다." in news, "the head concerned hears what the director decided"
    assert all(title in news for title in (OVERDUE, OTHER, THIRD, FOURTH))

    await director.click("review.sign", review(director))
    await until_read(director, "점검을 마치셨습니다")
    assert director.views == [], "with nothing open it takes one tap"
    assert "review.sign" not in ids_in(review(director))


async def test_what_is_answered_elsewhere_leaves_the_message_and_more_than_ten_are_paged(life):
    titles = [f"서식 {number:02} 없애기" for number in range(1, 13)]
    for title in titles:
        await made(life, title)
    await on(life, BOUNDARY)
    director = life.visitor("director")
    assert titles[9] in read(director)
    assert titles[10] not in read(director)
    await director.click("review.more", review(director))
    assert titles[10] in "\n".join(director.texts())
    await director.click("review.first")
    assert titles[0] in "\n".join(director.texts())
    await director.close(director.top["id"])
    head = await life.open("head", 1)
    await head.click("act.decline")
    await head.submit(values={"reason": "법정 서식입니다."})
    await until_gone(director, titles[0])
    await until_read(director, titles[10])


async def test_what_is_left_open_is_asked_about_once_and_recorded(life):
    number = await made(life, OVERDUE, Need.IMMEDIATE)
    other = await made(life, OTHER)
    await on(life, BOUNDARY)
    director = life.visitor("director")
    message = review(director)
    await director.click("review.sign", message)
    assert OVERDUE in "\n".join(director.texts())
    assert "2건" in "\n".join(director.texts())
    head = await life.open("head", other)
    await head.click("act.decline")
    await head.submit(values={"reason": "법정 서식입니다."})
    await director.submit()
    assert "그 사이 내용이 바뀌었습니다" in "\n".join(director.texts())
    assert OTHER not in "\n".join(director.texts())
    await director.submit()
    assert director.views == []
    await until_read(director, "점검을 마치셨습니다")
    assert "미조치로 남은 항목 1건" in read(director)
    seen = await life.bot.office.read(lambda uow: uow.reviews.get(1).seen)
    assert [(left.task, left.title) for left in seen.left] == [(number, OVERDUE)]
    await life.open("head", number)
    assert "점검에서 미조치" in "\n".join(head.texts())
    await director.press(message, "review.sign")
    assert any("이미 끝난 점검" in text for text in director.texts(director.dm))


async def test_a_forged_sign_off_is_refused_by_name_and_audited(life):
    await on(life, BOUNDARY)
    head = life.visitor("head")
    await head.open_home()
    await head.until(lambda: head.home)
    await head.press("home", "review.sign", value="1:1")
    assert "국장 김국장" in "\n".join(head.texts("home"))

    def refused(uow):
        asked = sa.select(audit.c.actor, audit.c.text).where(audit.c.act == "refused")
        return [tuple(row) for row in uow.connection.execute(asked)]

    who = await life.bot.office.read(lambda uow: found(uow, "head").id)
    assert await life.bot.office.read(refused) == [(who, "review_sign")]
    await head.command(life.channel_of("head"), "/cut 점검")
    assert "진행 중" in "\n".join(head.texts(life.channel))
    director = life.visitor("director")
    await director.command(life.channel, "/cut 점검")
    assert json.loads(director.top["private_metadata"])["review"] == 1
    await director.click("review.sign")
    assert "점검을 마치셨습니다" in "\n".join(director.texts())
