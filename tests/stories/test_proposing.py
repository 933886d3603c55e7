"""Proposing: similar tasks, drafts, what must not be stored, and the other doors to the form."""

from datetime import timedelta

import pytest

from tests.stories.doing import ids_in, number_of, pings, shows

TITLE = "전시실 운영 일지 폐지"
PROBLEM = "매일 손으로 씁니다."


@pytest.mark.everywhere
async def test_a_similar_task_is_shown_first_and_can_be_joined_instead(life):
    number = await life.propose("member", TITLE)
    colleague = life.visitor("colleague")
    await colleague.command(life.channel, "/cut 전시실 운영일지 없애기")
    await colleague.submit(values={"type": "abolish", "problem": PROBLEM})
    assert colleague.top["callback_id"] == "propose.anyway"
    assert shows(colleague, f"#{number} {TITLE}")
    await colleague.click("propose.join", value=str(number))
    assert shows(colleague, "공동 제안자가 되셨습니다")
    assert shows(colleague, "정주무")
    await colleague.until(lambda: colleague.message(life.channel, "공동 제안 1명"))
    member = await life.open("member", number + 1)
    assert not member.views, "nothing was proposed besides"


async def test_who_goes_on_although_a_similar_task_exists_gets_a_task_of_their_own(life):
    number = await life.propose("member", TITLE)
    colleague = life.visitor("colleague")
    await colleague.command(life.channel, f"/cut {TITLE}")
    await colleague.submit(values={"type": "reduce", "problem": "우리 팀도 씁니다."})
    await colleague.submit()
    assert number_of(colleague.top) == number + 1
    assert shows(colleague, "우리 팀도 씁니다.")
    assert shows(colleague, "축소")


async def test_who_goes_back_from_similar_tasks_finds_every_word_again(life):
    await life.propose("member", TITLE)
    colleague = life.visitor("colleague")
    await colleague.command(life.channel, f"/cut {TITLE}")
    typed = {"type": "improve", "problem": "양식이 깁니다.", "needs": ["guideline", "budget"]}
    await colleague.submit(values=typed)
    await colleague.click("propose.rewrite")
    assert colleague.value("title") == TITLE
    assert colleague.value("problem") == "양식이 깁니다."
    assert colleague.value("type")["value"] == "improve"
    assert {o["value"] for o in colleague.value("needs")} == {"guideline", "budget"}
    await colleague.submit(values={"title": "민원 접수 대장 전산 입력"})
    assert shows(colleague, "#2 민원 접수 대장 전산 입력")


async def test_personal_data_is_refused_in_its_place_and_the_text_stays(life):
    member = life.visitor("member")
    await member.command(life.channel, f"/cut {TITLE}")
    secret = "홍길동 900101-1234567 님의 민원"
    ack = await member.submit(values={"type": "abolish", "problem": secret})
    assert ack.errors == {
        "problem": "주민등록번호로 보이는 숫자가 있어 저장하지 않았습니다. 그 부분을 지워 주세요."
    }
    assert member.value("problem") == secret
    ack = await member.submit(values={"problem": "문의 010-1234-5678"})
    assert "휴대전화" in ack.errors["problem"]
    await member.close(member.top["id"])
    await member.command(life.channel, "/cut")
    assert member.value("title") == TITLE
    assert not member.value("problem"), "not even a draft keeps it"
    ack = await member.submit(values={"problem": "민원 한 건"})
    assert ack.ok
    assert shows(member, f"#1 {TITLE}")


async def test_a_draft_is_offered_after_the_form_was_closed_and_can_be_discarded(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut")
    await member.fill({"title": TITLE, "type": "reduce", "problem": PROBLEM})
    await member.close(member.top["id"])
    await member.command(life.channel, "/cut")
    assert shows(member, "쓰시던 내용을 불러왔습니다.")
    assert (member.value("title"), member.value("problem")) == (TITLE, PROBLEM)
    assert member.value("type")["value"] == "reduce"
    await member.click("propose.discard")
    assert not member.value("title")
    assert not member.value("problem")
    assert member.value("type") is None
    life.clock.move(timedelta(seconds=1))
    await member.submit(values={"title": "새 제목", "type": "abolish", "problem": "새 현황"})
    assert shows(member, "#1 새 제목")
    await member.close(member.top["id"])
    await member.command(life.channel, "/cut")
    assert not shows(member, "쓰시던 내용을 불러왔습니다.")
    assert not member.value("title")


async def test_a_draft_outlives_the_bot(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut")
    await member.fill({"title": TITLE})
    await life.restart()
    await member.close(member.top["id"])
    await member.command(life.channel, "/cut")
    assert member.value("title") == TITLE


async def test_what_was_typed_calls_nobody(life):
    victim = life.visitor("lead").user
    evil = f"<!channel> <@{victim}> 점검 & 정리"
    number = await life.propose(
        "member", evil, problem=f"<!here> *굵게* <@{victim}> <https://a.b|c>"
    )
    member = life.visitor("member")
    card = await member.until(lambda: member.message(life.channel, "점검"))
    assert pings(card) == []
    assert "<!" not in card["text"]
    assert "&lt;!channel&gt;" in card["text"]
    await life.open("head", number)
    head = life.visitor("head")
    assert pings(head.top) == []
    assert head.top["blocks"][0]["text"]["text"] == f"#{number} {evil}", "a header is plain text"
    await head.click("act.revise")
    await head.submit(values={"comment": f"<!everyone> <@{victim}>"})
    assert pings(head.top) == []
    told = await member.until(lambda: member.message(member.dm, "보완 요청"))
    assert pings(told) == []
    await member.command(life.channel, "/cut find <!channel> 점검")
    found = member.message(life.channel, "점검 & 정리".replace("&", "&amp;"))
    assert pings(found) == []
    await member.open_home()
    await member.until(lambda: shows(member, "점검", "home"))
    assert pings(member.home) == []
    colleague = life.visitor("colleague")
    await colleague.command(life.channel, f"/cut {evil}")
    await colleague.submit(values={"type": "abolish", "problem": PROBLEM})
    assert colleague.top["callback_id"] == "propose.anyway"
    assert pings(colleague.top) == []


async def test_a_message_becomes_a_proposal_with_its_text_and_its_link(life):
    lead, member = life.visitor("lead"), life.visitor("member")
    written = await lead.post(life.channel, "일지 & 대장 <정리>\n둘 다 손으로 씁니다.")
    await member.message_shortcut("propose_message", life.channel, written.ts)
    assert member.value("title") == "일지 & 대장 <정리> 둘 다 손으로 씁니다."
    assert member.value("problem") == "일지 & 대장 <정리>\n둘 다 손으로 씁니다."
    await member.submit(values={"type": "consolidate"})
    assert shows(member, f"p{written.ts.replace('.', '')}")


async def test_the_form_opens_from_anywhere(life):
    member = life.visitor("member")
    await member.shortcut("propose")
    await member.submit(values={"title": TITLE, "type": "abolish", "problem": PROBLEM})
    assert shows(member, f"#1 {TITLE}")


async def test_a_title_that_is_too_long_goes_on_below(life):
    member = life.visitor("member")
    long = "아주 긴 이야기 " * 20
    await member.command(life.channel, f"/cut {long}")
    assert len(member.value("title")) <= 100
    assert member.value("problem").strip() == long.strip()


async def test_work_of_another_department_is_proposed_to_its_head(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut 도시계획 자료 중복 제출 폐지")
    await member.submit(
        values={"type": "abolish", "problem": "같은 자료를 두 번 냅니다.", "department": "도시과"}
    )
    assert shows(member, "도시과 과장 오과장")
    other = life.visitor("other_member")
    await other.until(lambda: other.message(life.other_channel, "중복 제출"))
    assert "act.confirm" not in ids_in((await life.open("head", 1)).top)
    assert "act.confirm" in ids_in((await life.open("other_head", 1)).top)


async def test_somebody_of_no_unit_can_read_but_is_told_why_not_to_propose(life):
    number = await life.propose("member", TITLE)
    stranger = life.visitor("stranger")
    await stranger.command(life.channel, "/cut 손님의 제안")
    told = stranger.message(life.channel, "조직 명단에 등록되어 있지 않아")
    assert told["is_ephemeral"]
    assert shows(stranger, "윤총괄", told)
    assert shows(stranger, "/cut 손님의 제안", told), "what was typed is not lost"
    await life.open("stranger", number)
    assert shows(stranger, TITLE)
    assert not [i for i in ids_in(stranger.top) if i.startswith("act.")]
