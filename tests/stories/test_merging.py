"""Merging: within a department at once, into another's after its head took it in."""

from tests.stories.doing import act, drawn, shows

TITLE = "전시실 운영 일지 폐지"
OTHER = "도시계획 자료 정리 일지"


async def test_a_merge_within_a_department_is_done_at_once_and_its_proposer_joins(life):
    into = await life.propose("member", TITLE)
    number = await life.propose("colleague", "민원 접수 대장 정리")
    head = await life.open("head", number)
    await act(head, "merge", {"target": f"#{into} {TITLE}"})
    assert shows(head, "병합")
    assert not drawn(head) & {"act.confirm", "act.merge", "act.hold", "act.withdraw"}
    colleague = await life.open("colleague", into)
    assert shows(colleague, "최주무 주무관, 정주무 주무관")
    await colleague.until(lambda: colleague.message(life.channel, "공동 제안 1명"))
    await colleague.until(lambda: colleague.message(colleague.dm, "병합"))


async def asked(life):
    """A task of the roads whose head wants it merged into one of the cities."""
    into = await life.propose("other_member", OTHER)
    number = await life.propose("member", TITLE)
    other = life.visitor("other_head")
    await other.open_home()
    await other.until(lambda: other.home)
    head = await life.open("head", number)
    await act(head, "merge", {"target": f"#{into} {OTHER}", "reason": "같은 자료입니다."})
    assert shows(head, f"{into}번 과제로 합치는 것을 그 부서가 검토하고 있습니다.")
    assert "act.merge" not in drawn(head)
    await head.close(head.top["id"])
    return number, into, other


async def test_a_merge_into_another_departments_task_waits_for_that_heads_tap(life):
    number, into, other = await asked(life)
    await other.until(lambda: shows(other, "병합을 기다리는 과제", "home"))
    told = await other.until(lambda: other.message(other.dm, "다른 부서에서 과제 병합을 요청"))
    assert shows(other, f"#{number} {TITLE}", told)
    await other.click("act.take_in", told)
    assert shows(other, "병합 수락")
    await life.open("other_member", into)
    member = life.visitor("member")
    assert shows(life.visitor("other_member"), "한주무 주무관, 최주무 주무관")
    await member.until(lambda: member.message(member.dm, "병합 수락"))
    await other.until(lambda: not shows(other, "병합을 기다리는 과제", "home"))
    await other.close(other.top["id"])
    await other.click("act.keep_out", told)
    assert other.message(other.dm, "병합 요청은 이미 처리되었습니다")


async def test_a_merge_that_is_kept_out_leaves_both_tasks_as_they_were(life):
    number, into, other = await asked(life)
    await life.open("other_head", into)
    assert shows(other, "아래 과제를 이 과제로 합치자는 요청이 있습니다.")
    await other.click("act.keep_out")
    head = await life.open("head", number)
    assert shows(head, "제출")
    assert {"act.confirm", "act.merge"} <= drawn(head)
    other_member = await life.open("other_member", into)
    assert not shows(other_member, "최주무")


async def test_only_the_other_head_may_take_a_task_in(life):
    number, into, _ = await asked(life)
    head = await life.open("head", into)
    assert "act.take_in" not in drawn(head)
    await head.press(head.top, "act.take_in", value=f"{number}:{into}")
    assert shows(head, "도시과 과장 오과장")
    hq = await life.open("hq", number)
    assert shows(hq, "권한 없는 시도 · 병합 수락")


async def test_a_task_done_meanwhile_is_not_taken_in_any_more(life):
    number = await life.propose("member", "도로 점검 일지 폐지", needs=["immediate"])
    target = await life.propose("other_member", "도시 점검 일지 폐지")
    head = await life.open("head", number)
    await head.click("act.confirm")
    await act(head, "merge", {"target": str(target)})
    await life.open("member", number)
    await life.visitor("member").click("act.stopped")
    other = await life.open("other_head", target)
    assert "act.take_in" not in drawn(other)
    await other.press(other.top, "act.take_in", value=f"{number}:{target}")
    again = await life.open("hq", number)
    assert shows(again, "완료")
    assert not shows(again, "병합 수락")
