"""Two people at one task, old screens, and values nobody was offered."""

import json

from tests.stories.doing import act, confirmed, shows

TITLE = "전시실 운영 일지 폐지"
STALE = "그 사이 다른 분이 수정했습니다. 아래 최신 내용을 확인해 주세요."
OLD = "오래된 화면입니다. 다시 열어 주세요."


async def test_the_second_of_two_editors_sees_the_newest_state_and_loses_no_word(life):
    number = await life.propose("member", TITLE)
    head, member = await life.open("head", number), await life.open("member", number)
    await head.click("act.edit")
    await member.click("act.edit")
    assert (await head.submit(values={"title": "전시실 일지 통합", "type": "consolidate"})).ok
    typed = {"problem": "제가 새로 쓴 현황입니다.", "needs": ["guideline"], "reason": "custom"}
    await member.submit(values=typed)
    assert shows(member, STALE)
    assert shows(member, "전시실 일지 통합"), "the newest state is read above"
    assert member.value("title") == TITLE
    assert member.value("problem") == "제가 새로 쓴 현황입니다."
    assert member.value("reason")["value"] == "custom"
    assert [o["value"] for o in member.value("needs")] == ["guideline"]
    assert (await member.submit()).ok
    assert shows(member, "제가 새로 쓴 현황입니다.")
    assert shows(member, "제목: 전시실 일지 통합 → 전시실 운영 일지 폐지")


async def test_a_button_of_an_older_version_changes_nothing_and_says_so(life):
    number = await life.propose("member", TITLE)
    await confirmed(life, number, ["immediate"])
    member = await life.open("member", number)
    lead = await life.open("lead", number)
    await act(lead, "note", {"note": "공지했습니다."})
    await member.click("act.stopped")
    assert shows(member, "그 사이 다른 분이 수정했습니다.")
    assert shows(await life.open("head", number), "추진 중")


async def test_a_button_whose_act_is_over_says_in_what_state_the_task_is(life):
    number = await life.propose("member", TITLE)
    head, director = await life.open("head", number), await life.open("director", number)
    await director.click("act.decline")
    await head.click("act.decline")
    assert (await director.submit(values={"reason": "중복입니다."})).ok
    await head.submit(values={"reason": "법정 사무입니다."})
    assert shows(head, "지금 상태(반려)에서는 ‹반려›를 하실 수 없습니다.") or shows(head, STALE)
    assert head.value("reason") == "법정 사무입니다."


async def test_forged_buttons_get_a_friendly_answer_and_store_nothing(life):
    number = await life.propose("member", TITLE)
    head = await life.open("head", number)
    before = head.texts()
    nonsense = (
        "",
        ":",
        "x",
        "1:x",
        "1:2:3:4:5",
        "-1",
        "٣",
        "9" * 40,
        "1" * 15,
        f"{number}",
        "1:1:99",
    )
    for action in ("task.open", "task.earlier", "act.confirm", "act.stopped", "act.plan",
                   "act.milestone", "act.take_in", "act.effect"):  # fmt: skip
        for value in nonsense:
            await head.press(head.views[0], action, value=value)
            for view in head.views[1:]:
                await head.close(view["id"])
    for value in (*nonsense, f"{number}:1:0:explode", f"{number}:1:99:done", "9:9:9:edit"):
        chosen = {"value": value, "text": {"type": "plain_text", "text": "x"}}
        await head.press(head.views[0], "act.step", type="overflow", selected_option=chosen)
    assert not [t for t in head.texts() if "참조 번호" in t], head.texts()
    await head.close(head.top["id"])
    await life.open("head", number)
    assert [t for t in head.texts() if t in before] == before


async def test_forged_values_of_a_form_are_refused_and_what_was_typed_stays(life):
    number = await life.propose("member", TITLE)
    member = await life.open("member", number)
    await member.click("act.edit")
    for field, forged in (("type", "explode"), ("reason", "x"), ("reason", "9" * 50)):
        option = {"value": forged, "text": {"type": "plain_text", "text": "x"}}
        kind = "radio_buttons" if field == "type" else "static_select"
        state = {field: {field: {"type": kind, "selected_option": option}}}
        await member.submit(member.top["id"], state=member.whole_state(member.top, state))
        assert shows(member, OLD), (field, forged)
        assert member.value("title") == TITLE
    await member.close(member.top["id"])
    await member.click("act.effect")
    for forged in ("99999", "x", "9" * 40):
        option = {"value": forged, "text": {"type": "plain_text", "text": "x"}}
        entry = {"type": "multi_external_select", "selected_options": [option]}
        many = {"cooperating": {"cooperating": entry}}
        ack = await member.submit(member.top["id"], state=member.whole_state(member.top, many))
        assert ack.errors == {"cooperating": "담당 부서를 선택해 주세요."}
    await member.close(member.top["id"])


async def test_forged_owners_targets_and_departments_are_refused_in_their_fields(life):
    number = await life.propose("member", TITLE)
    head = await life.open("head", number)

    async def forge(act: str, field: str, value: str, **more):
        await head.click(f"act.{act}")
        option = {"value": value, "text": {"type": "plain_text", "text": "x"}}
        entry = {"type": "external_select", "selected_option": option}
        state = {field: {field: entry}, **more}
        ack = await head.submit(head.top["id"], state=head.whole_state(head.top, state))
        await head.close(head.top["id"])
        return ack.errors

    for owner in ("7", "99999"):  # 7 is a member of another department
        assert await forge("assign", "owner", owner) == {
            "owner": "이 과제를 맡은 부서의 직원을 담당자로 선택해 주세요."
        }
    for owner in ("x", "9" * 15, "9" * 30):
        assert "owner" in await forge("assign", "owner", owner)
    assert "target" in await forge("merge", "target", "nonsense")
    assert "과제를 찾을 수 없습니다" in (await forge("merge", "target", "4711"))["target"]
    assert await forge("merge", "target", str(number)) == {
        "target": "같은 과제로는 병합할 수 없습니다. 다른 과제를 선택해 주세요."
    }
    await head.close(head.top["id"])
    await head.command(life.channel, "/cut 새로운 과제 하나")
    option = {"value": "9" * 30, "text": {"type": "plain_text", "text": "x"}}
    state = {"department": {"department": {"type": "external_select", "selected_option": option}}}
    await head.fill({"type": "abolish", "problem": "현황"})
    typed = head.whole_state(head.top, {**head._state(head.top), **state})
    ack = await head.submit(head.top["id"], state=typed)
    assert ack.errors == {"department": "담당 부서를 선택해 주세요."}


async def test_a_list_button_with_a_forged_query_is_refused(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut list")
    listed = member.message(life.channel, "전체")
    huge = {"s": "all", "b": 10**30, "p": 2}
    for value in ("", "[]", "{}", "x", '{"s":"everyone"}', '{"s":"all","p":1e999}',
                  '{"s":"all","t":"gone"}', json.dumps(huge), '{"s":"all","p":-3}'):  # fmt: skip
        await member.press(listed, "list.next", value=value)
        assert member.message(life.channel, OLD)["is_ephemeral"], value
        await member.press(listed, "list.scope", block_id=value or "x", type="static_select",
                           selected_option={"value": "x", "text": {}})  # fmt: skip
    assert not [t for t in member.texts(life.channel) if "참조 번호" in t]


async def test_a_plan_step_that_is_gone_cannot_be_changed(life):
    number = await life.propose("member", TITLE)
    await confirmed(life, number, ["guideline"])
    lead = await life.open("lead", number)
    await act(lead, "plan", {"step": "조사", "owner": "박팀장 팀장", "due": "2026-07-15"})
    before = lead.top
    await lead.click("act.step", choose="삭제")
    assert not shows(lead, "조사 ·")
    await lead.press(before, "act.step", type="overflow",
                     selected_option=before_menu(before, "완료로 표시"))  # fmt: skip
    assert shows(lead, "그 사이 다른 분이 수정했습니다.")


async def test_plan_steps_are_marked_changed_and_limited_to_five(life):
    number = await life.propose("member", TITLE)
    await confirmed(life, number, ["guideline"])
    lead = await life.open("lead", number)
    for step in range(5):
        await act(
            lead, "plan", {"step": f"단계 {step}", "owner": "박팀장 팀장", "due": "2026-07-15"}
        )
    block = next(b["block_id"] for b in lead.top["blocks"] if "단계 2" in str(b.get("text")))
    await lead.click("act.step", block_id=block, choose="완료로 표시")
    assert shows(lead, "단계 2 · 2026. 7. 1.(수) 완료")
    block = next(b["block_id"] for b in lead.top["blocks"] if "단계 3" in str(b.get("text")))
    await lead.click("act.step", block_id=block, choose="고치기")
    assert (await lead.submit(values={"step": "단계 셋"})).ok
    assert shows(lead, "단계 셋 · 2026. 7. 15.(수)")
    await lead.click("act.plan")
    await lead.submit(values={"step": "여섯째", "owner": "박팀장 팀장", "due": "2026-07-15"})
    assert shows(lead, "5단계까지")
    assert lead.value("step") == "여섯째"


def before_menu(view, text):
    """The option of the one overflow menu of a remembered view."""
    menus = [
        b["accessory"] for b in view["blocks"] if b.get("accessory", {}).get("type") == "overflow"
    ]
    return next(o for o in menus[0]["options"] if o["text"]["text"] == text)
