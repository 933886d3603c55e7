"""Deciding and carrying out, by those who may; and what everybody else is told."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.stories.doing import act, confirmed, drawn, language, shows

TITLE = "전시실 운영 일지 폐지"


async def test_a_member_sees_no_button_to_confirm_and_a_forged_one_names_who_may(life):
    number = await life.propose("member", TITLE)
    member = await life.open("member", number)
    assert "act.confirm" not in drawn(member)
    assert {"act.edit", "act.withdraw"} <= drawn(member)
    await member.press(member.top, "act.confirm", value=f"{number}:1")
    assert shows(
        member, "‹확정›은 ‹도로과 과장 이과장, 건설교통국 국장 김국장›님이 하실 수 있습니다."
    )
    assert not shows(member, "권한 없는 시도"), "colleagues do not read of it"
    hq = await life.open("hq", number)
    assert shows(hq, "최주무 주무관 · 권한 없는 시도 · 확정")
    assert "act.confirm" not in drawn(hq)
    await (await life.open("head", number)).click("act.revise")
    assert shows(life.visitor("head"), "보완할 내용")


async def test_every_forged_act_of_a_colleague_is_refused_and_kept_in_the_history(life):
    number = await life.propose("member", TITLE)
    colleague = await life.open("colleague", number)
    for name in ("edit", "withdraw", "assign", "hold", "decline", "merge", "revise", "resume"):
        await colleague.press(colleague.views[0], f"act.{name}", value=f"{number}:1")
        assert len(colleague.views) == 1, name
        assert shows(colleague, "님이 하실 수 있습니다"), name
    assert not shows(colleague, "반려됨")
    hq = await life.open("hq", number)
    assert sum("권한 없는 시도" in text for text in hq.texts()) == 8


@pytest.mark.everywhere
async def test_four_people_carry_a_task_through_and_its_history_tells_it_in_both_languages(life):
    number = await life.propose("member", TITLE)
    head = await life.open("head", number)
    await act(head, "revise", {"comment": "근거를 적어 주시기 바랍니다."})
    assert shows(head, "보완 요청")
    member = life.visitor("member")
    await member.until(lambda: member.message(member.dm, "근거를 적어 주시기 바랍니다."))
    await life.open("member", number)
    await act(member, "edit", {"problem": "매일 쓰지만 지난해 열람 0건입니다."})
    assert shows(member, "제출")
    await life.open("head", number)
    await act(head, "confirm", {"needs": ["ordinance"], "owner": "정주무 주무관"})
    assert shows(head, "입법예고")
    assert shows(head, "2026. 11. 30.(월)")

    lead = await life.open("lead", number)
    await act(lead, "plan", {"step": "현황 조사", "owner": "박팀장 팀장", "due": "2026-07-15"})
    assert not shows(lead, "원팀")
    await act(lead, "plan", {"step": "개정안 작성", "owner": "정주무 주무관", "due": "2026-07-31"})
    assert shows(lead, "실천 방안 · 원팀")
    await lead.until(lambda: lead.message(life.channel, "원팀"))

    colleague = await life.open("colleague", number)
    await colleague.click("act.milestone", value=f"{number}:6:0")
    done = {"done": ["done"], "note": "7월 3일 예고함"}
    assert (await colleague.submit(values=done)).ok
    assert shows(colleague, "입법예고 · 2026. 7. 1.(수) 완료")
    await act(colleague, "complete", {"evidence": "조례 공포 제1234호", "hours": "73.5"})
    assert shows(colleague, "73.5시간")

    director = await life.open("director", number)
    told = "\n".join(director.texts())
    assert told.index("완료 보고") < told.index("확정") < told.index("과제 제안")
    for line in (
        "정주무 주무관 · 완료 보고 · 상태: 추진 중 → 완료 · “조례 공포 제1234호”",
        "정주무 주무관 · 추진 단계",
        "박팀장 팀장 · 실천 방안",
        "이과장 과장 · 확정 · 상태: 제출 → 확정",
        "최주무 주무관 · 수정 · 상태: 보완 요청 → 제출",
        "이과장 과장 · 보완 요청 · 상태: 제출 → 보완 요청 · “근거를 적어 주시기 바랍니다.”",
        "최주무 주무관 · 과제 제안",
    ):
        assert line in told, line
    await language(life, "english", "en")
    english = await life.open("english", number)
    read = "\n".join(english.texts())
    for line in (
        "정주무 주무관 · Report completion · status: In progress → Done · “조례 공포 제1234호”",
        "이과장 과장 · Confirm · status: Submitted → Confirmed",
        "이과장 과장 · Ask for revision · status: Submitted → Revision requested",
        "최주무 주무관 · Propose",
    ):
        assert line in read, line


async def test_an_immediate_task_is_in_progress_at_once_and_ends_in_one_tap(life):
    number = await life.propose("member", TITLE, needs=["immediate"])
    head = await life.open("head", number)
    await act(head, "confirm")
    assert shows(head, "추진 중")
    assert shows(head, "2026. 7. 15.(수)")
    member = await life.open("member", number)
    await act(member, "stopped")
    assert shows(member, "즉시 중단")
    assert "act.stopped" not in drawn(member)
    await member.until(lambda: member.message(life.channel, "완료"))


async def test_a_declined_task_says_why_and_can_be_taken_up_again(life):
    number = await life.propose("member", TITLE)
    head = await life.open("head", number)
    await act(head, "decline", {"reason": "법정 사무입니다."})
    assert shows(head, "반려")
    member = await life.open("member", number)
    assert shows(member, "법정 사무입니다.")
    assert not drawn(member) & {"act.edit", "act.withdraw", "act.reopen"}
    await life.open("head", number)
    await act(head, "reopen", {"reason": "법이 바뀌었습니다."})
    assert "act.confirm" in drawn(head)


async def test_a_done_task_that_is_taken_up_again_no_longer_reports_its_hours(life):
    number = await life.propose("member", TITLE)
    await confirmed(life, number, ["guideline"])
    member = await life.open("member", number)
    await act(member, "complete", {"evidence": "지침 개정", "hours": "12"})
    assert shows(member, "12시간")
    head = await life.open("head", number)
    await act(head, "reopen", {"reason": "아직 쓰고 있습니다."})
    assert shows(head, "추진 중")
    assert not shows(head, "12시간")


async def test_a_proposer_takes_a_task_back_and_nobody_else_of_the_team_can(life):
    number = await life.propose("member", TITLE)
    assert "act.withdraw" not in drawn(await life.open("colleague", number))
    member = await life.open("member", number)
    await act(member, "withdraw", {"reason": "이미 없어졌습니다."})
    assert shows(member, "철회")
    await member.until(lambda: member.message(life.channel, "철회"))


async def test_a_confirmed_task_is_no_longer_its_proposers_to_change(life):
    number = await life.propose("member", TITLE)
    stale = await life.open("member", number)
    seen = stale.top
    await confirmed(life, number, ["guideline"])
    await stale.press(seen, "act.edit")
    assert shows(
        stale, "‹수정›은 ‹도로과 과장 이과장, 건설교통국 국장 김국장›님이 하실 수 있습니다."
    )


async def test_a_lead_gives_a_task_to_another_and_moves_its_date(life):
    number = await life.propose("member", TITLE)
    await confirmed(life, number, ["guideline"])
    lead = await life.open("lead", number)
    await act(lead, "assign", {"owner": "정주무 주무관"})
    assert shows(lead, "담당자: 최주무 주무관 → 정주무 주무관")
    await act(lead, "due", {"due": "2026-12-31", "reason": "의회 일정"})
    assert shows(lead, "기한 2026. 12. 31.(목)")
    await lead.click("act.due")
    ack = await lead.submit(values={"due": "2026-06-30"})
    assert ack.errors == {"due": "오늘 이후의 날짜를 선택해 주세요."}
    colleague = life.visitor("colleague")
    await colleague.until(lambda: colleague.message(colleague.dm, "담당자 변경"))


async def test_an_owner_of_another_department_is_not_offered(life):
    number = await life.propose("member", TITLE)
    lead = await life.open("lead", number)
    await lead.click("act.assign")
    with pytest.raises(LookupError):
        await lead.fill({"owner": "한주무"})


async def test_a_held_task_waits_again_when_its_date_has_come(life):
    number = await life.propose("member", TITLE)
    head = await life.open("head", number)
    await act(head, "hold", {"until": "2026-07-10", "reason": "예산 심의 뒤"})
    assert shows(head, "2026. 7. 10.(금)까지 보류")
    await head.close(head.top["id"])
    await head.open_home()
    await head.until(lambda: head.home)
    assert not shows(head, "결정을 기다리는 과제", "home")
    life.clock.move_to(datetime(2026, 7, 10, 1, 0, tzinfo=UTC))
    await head.open_home()
    await head.until(lambda: shows(head, "결정을 기다리는 과제", "home"))
    await life.open("head", number)
    await act(head, "resume")
    assert "act.confirm" in drawn(head)


async def test_a_head_gets_one_digest_of_what_has_waited_three_working_days(life):
    first = await life.propose("member", TITLE)
    second = await life.propose("colleague", "민원 접수 대장 정리")
    head = await life.open("head", second)
    await act(head, "hold", {"until": "2026-07-02"})
    await life.bot.ticker.tick()
    life.clock.move_to(datetime(2026, 7, 7, 1, 0, tzinfo=UTC))
    await life.bot.ticker.tick()
    told = await head.until(lambda: head.message(head.dm, "결정을 기다리는 과제가 2건"))
    assert shows(head, f"#{first}", told)
    assert shows(head, f"#{second}", told)
    await life.bot.ticker.tick()
    life.clock.move(timedelta(hours=1))
    await life.bot.ticker.tick()
    member = life.visitor("member")
    await act(head, "resume")
    await member.until(lambda: member.message(life.channel, "민원 접수"))
    assert sum("결정을 기다리는" in t for t in head.texts(head.dm)) == 1


async def test_hours_are_told_with_their_basis_and_in_days_of_eight_hours(life):
    number = await life.propose("member", TITLE)
    member = await life.open("member", number)
    numbers = {"per_year": "240", "minutes": "30", "people": "2", "budget": "12500"}
    await act(member, "effect", numbers | {"cooperating": ["도시과"]})
    assert shows(member, "240시간 · 30일(8시간 기준)\n연 240회 × 30분 × 2명")
    assert shows(member, "12.5백만 원")
    assert shows(member, "도시과")


async def test_an_opinion_of_the_lead_blocks_nothing(life):
    number = await life.propose("member", TITLE)
    lead = await life.open("lead", number)
    await act(lead, "opinion", {"opinion": "다른 일지와 함께 없애면 좋겠습니다."})
    head = await life.open("head", number)
    assert shows(head, "다른 일지와 함께")
    assert "act.confirm" in drawn(head)
