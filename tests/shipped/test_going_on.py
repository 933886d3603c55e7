"""People of an office that was left at commit ce75996 go on where they were, at today's bot."""

from datetime import UTC, datetime

from tests.shipped.filled import rows
from tests.stories.doing import act, number_of, shows

ROADS, BRIDGES = "C0000001", "C0000003"
MOMENTS = tuple(
    datetime(2026, 10, day, hour, tzinfo=UTC)
    for day, hour in ((7, 9), (8, 0), (14, 9), (15, 0), (15, 9), (16, 0))
)
"""18:00 of the days on which the ballots close, and 09:00 of the days after."""
CHOSEN = {
    "도로과": "소식지 발송 대장 폐지",  # an open vote
    "도시과": "도시과 회의 자료 줄이기",  # a secret one
    "하천과": "하천과 회의 자료 줄이기",  # it was being counted
    "철도과": "철도과 일일 보고 폐지",  # somebody stood on two candidates and was asked
    "문화과": "문화과 회의 자료 줄이기",  # a tie: more hours decide
    "체육과": "체육과 회의 자료 줄이기",  # it was decided already
    "교량과": "교량과 일일 보고 폐지",  # it was being posted; the vote comes after the upgrade
}
"""What each department's second round comes to, from what was voted before."""
READS = {
    "김국장": ("점검 열기", "병합을 기다리는 과제"),  # director
    "문국장": ("결정을 기다리는 투표", "결정을 기다리는 제출 예외가 1건 있습니다."),
    "나과장": ("결정을 기다리는 과제",),  # head
    "이과장": ("결정을 기다리는 과제", "병합을 기다리는 과제"),
    "박팀장": ("쓰시던 과제가 있습니다.",),  # lead
    "최주무": ("보완할 과제", "확인해 주실 과제가 2건 있습니다.", "내 투표: 1번"),  # member
    "윤총괄": ("회차 관리", "1인당 개인 메시지"),  # headquarters
    "임주무": ("My tasks", "Your vote: 2."),  # a member who reads English
}
"""Parts of Home that are there for each role."""


def page(person, channel):
    """The newest message that only this person sees there."""
    return [m for m in person.messages(channel) if m.get("is_ephemeral")][-1]


async def test_ballots_close_at_their_hour_and_count_what_was_voted_before(shipped):
    await shipped.settled(3)
    voter = shipped.visitor("남팀장")
    (first,) = [m for m in voter.messages(BRIDGES) if m["text"].startswith("후보 1번")]
    await voter.react(BRIDGES, first["ts"], "+1")
    for moment in MOMENTS:
        await shipped.until(moment)

    def chosen(uow):
        units = {uow.units.get(row["id"]) for row in rows("units") if row["kind"] == "department"}
        found = {unit.name: uow.representatives.of(2, unit.id) for unit in units if unit}
        return {name: uow.tasks.get(r.task).content.title for name, r in found.items() if r}

    assert await shipped.bot.office.read(chosen) == CHOSEN
    told = {
        unit["name"]: len(results(shipped, unit))
        for unit in rows("units")
        if unit["name"] in CHOSEN
    }
    assert told == dict.fromkeys(CHOSEN, 1) | {"체육과": 2}, "one of those was told in a thread"


def results(shipped, unit):
    """The results of the second round in a department's channel."""
    head = f"2026년 제2회 {unit['name']} 대표 과제 투표 결과"
    return [m for m in shipped.ws.talk.all(unit["channel"]) if m.text.startswith(head)]


async def test_home_is_drawn_for_every_role(shipped):
    for name, parts in READS.items():
        person = shipped.visitor(name)
        await person.open_home()
        await person.until(lambda person=person: person.home)
        missing = [part for part in parts if not shows(person, part, "home")]
        assert missing == [], name


async def test_a_draft_is_offered_and_becomes_a_task_that_is_decided_and_found(shipped):
    lead = shipped.visitor("박팀장")
    await lead.command(ROADS, "/cut")
    assert lead.value("title") == "결재 문서 출력 폐지"
    assert lead.value("problem") == "전자 문서를 다시 출력합니다."
    assert (await lead.submit(values={"type": "abolish"})).ok
    number = number_of(lead.top)
    assert number == max(row["id"] for row in rows("tasks")) + 1
    head = shipped.visitor("이과장")
    await head.command(ROADS, f"/cut show {number}")
    await act(head, "confirm", {"needs": ["immediate"]})
    assert shows(head, "추진 중")
    await shipped.settled(3)
    for typed in ("list dept", "찾기 결재 문서", "find 출력"):
        await lead.command(ROADS, f"/cut {typed}")
        assert shows(lead, "결재 문서 출력 폐지", page(lead, ROADS)), typed


async def test_old_tasks_are_found_and_acted_on(shipped):
    member, head = shipped.visitor("최주무"), shipped.visitor("이과장")
    for typed, title in (
        ("일지", "전시실 운영 일지 폐지"),
        ("대장 정리", "민원 접수 대장 정리"),
        ("차량 운행", "차량 운행 기록 간소화"),
    ):
        await member.command(ROADS, f"/cut 찾기 {typed}")
        assert shows(member, title, page(member, ROADS)), typed
    await member.command(ROADS, "/cut show 31")
    await act(member, "edit", {"problem": "부서마다 우산 대장을 손으로 씁니다."})
    assert shows(member, "부서마다 우산 대장을 손으로 씁니다.")
    await shipped.settled(3)
    await head.click("act.take_in", head.message(head.dm, "차량 정비 기록 통합"))
    await head.command(ROADS, "/cut show 32")
    assert shows(head, "병합 수락")
