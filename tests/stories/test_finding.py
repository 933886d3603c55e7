"""Lists, searches, one task, help: in both languages, and never mistaken for a title."""

import pytest

from tests.stories.doing import act, confirmed, ids_in, shows

TITLES = (
    "전시실 운영 일지 폐지",
    "민원 접수 대장 정리",
    "차량 운행 기록 간소화",
    "주간 업무 보고 서식 통합",
    "회의 자료 인쇄 줄이기",
    "출장 복명서 전산화",
    "물품 대장 이중 작성 폐지",
    "당직 근무 일지 개선",
    "홍보 책자 발간 축소",
    "설문 조사 통합",
    "도로 점검 사진 제출 폐지",
    "계약 서류 사본 제출 생략",
)


async def twelve(life):
    for title in TITLES:
        await life.propose("member", title)


def listed(person, channel):
    """The newest message only this person sees."""
    return [m for m in person.messages(channel) if m.get("is_ephemeral")][-1]


def rows(message):
    return [i for i in ids_in(message) if i == "task.open"]


@pytest.mark.parametrize("word", ["list", "목록", "LIST all"])
async def test_a_list_shows_ten_and_turns_its_pages(life, word):
    await twelve(life)
    member = life.visitor("member")
    await member.command(life.channel, f"/cut {word}")
    page = listed(member, life.channel)
    assert len(rows(page)) == 10
    assert shows(member, "#12", page)
    await member.click("list.next", page)
    page = listed(member, life.channel)
    assert len(rows(page)) == 2
    assert shows(member, "2쪽", page)
    await member.click("list.first", page)
    assert len(rows(listed(member, life.channel))) == 10


async def test_a_list_is_narrowed_by_words_of_both_languages_and_by_its_menus(life):
    await life.propose("member", TITLES[0])
    await life.propose("other_member", TITLES[1])
    await confirmed(life, 1, ["guideline"])
    member, other = life.visitor("member"), life.visitor("other_member")
    for typed, seen in (
        ("목록 우리과", {1}), ("list dept", {1}), ("list confirmed", {1}), ("목록 제출", {2}),
        ("list all submitted 1", {2}), ("목록 내과제 확정", {1}), ("list mine done", set()),
        ("목록 우리국", {1, 2}), ("list overdue", set()), ("목록 우리팀 확정 1", {1}),
    ):  # fmt: skip
        await member.command(life.channel, f"/cut {typed}")
        page = listed(member, life.channel)
        found = {n for n in (1, 2) if shows(member, f"#{n} ", page)}
        assert found == seen, typed
        assert not member.views, typed
    await other.command(life.other_channel, "/cut list")
    await other.fill({"list.scope": "mine"}, on=listed(other, life.other_channel))
    page = listed(other, life.other_channel)
    assert shows(other, "#2 ", page)
    assert not shows(other, "#1 ", page)
    await other.fill({"list.status": "확정"}, on=page)
    assert shows(other, "해당하는 과제가 없습니다", listed(other, life.other_channel))
    await other.fill({"list.scope": "all"}, on=listed(other, life.other_channel))
    assert shows(other, "#1 ", listed(other, life.other_channel)), "the status was kept"


@pytest.mark.parametrize(
    "title", ["목록 정비 사업 축소", "보기 좋은 보고서 폐지", "도움말 서식 정리", "show 12 rooms",
              "수정 요청 절차 개선", "list of daily logs", "현황 보고 축소", "관리 대장 폐지"],
)  # fmt: skip
async def test_a_command_word_with_other_words_is_a_title(life, title):
    member = life.visitor("member")
    await member.command(life.channel, f"/cut {title}")
    assert member.value("title") == title


async def test_two_syllables_and_slips_of_the_finger_are_found(life):
    await life.propose("member", TITLES[0])
    member = life.visitor("member")
    for typed in ("find 전시", "찾기 전시실", "검색 운영일지", "찾기 전시싶 운영 일지"):
        await member.command(life.channel, f"/cut {typed}")
        assert shows(member, TITLES[0], listed(member, life.channel)), typed
    await member.command(life.channel, "/cut 찾기 없는말씀")
    assert shows(member, "찾는 과제가 없습니다", listed(member, life.channel))
    await member.command(life.channel, "/cut find " + "아주긴검색말 " * 300)
    assert not [t for t in member.texts(life.channel) if "참조 번호" in t]


async def test_help_and_what_is_missing_are_explained(life):
    member = life.visitor("member")
    for typed in ("help", "도움말", "사용법"):
        await member.command(life.channel, f"/cut {typed}")
        assert shows(member, "곱빼기 사용법", listed(member, life.channel))
    await member.command(life.channel, "/cut ㅋㅋ")
    assert shows(member, "‘ㅋㅋ’만으로는", listed(member, life.channel))
    for typed, hint in (("find", "찾을 말"), ("보기", "과제 번호"), ("update", "과제 번호")):
        await member.command(life.channel, f"/cut {typed}")
        assert shows(member, hint, listed(member, life.channel))
    await member.command(life.channel, "/cut show 4711")
    assert shows(member, "4711번 과제를 찾을 수 없습니다", listed(member, life.channel))
    await member.click("propose.open", member.message(life.channel, "곱빼기 사용법"))
    assert member.top["callback_id"] == "propose"


async def test_one_task_is_shown_and_changed_by_its_number(life):
    await life.propose("member", TITLES[0])
    member = life.visitor("member")
    for typed in ("show 1", "보기 1", "보기 #1", "1", "#1"):
        await member.command(life.channel, f"/cut {typed}")
        assert shows(member, TITLES[0]), typed
        await member.close(member.top["id"])
    for typed in ("update 1", "수정 1"):
        await member.command(life.channel, f"/cut {typed}")
        assert member.value("title") == TITLES[0]
        await member.close(member.top["id"])
    await member.command(life.channel, "/cut 수정 1")
    assert (await member.submit(values={"title": "새 제목입니다"})).ok
    await member.command(life.channel, "/cut show 1")
    assert shows(member, "새 제목입니다")


async def test_a_refused_edit_from_chat_says_who_may_and_reaches_the_history(life):
    await life.propose("member", TITLES[0])
    colleague = life.visitor("colleague")
    await colleague.command(life.channel, "/cut 수정 1")
    assert shows(colleague, "도로과 과장 이과장", listed(colleague, life.channel))
    assert shows(await life.open("hq", 1), "정주무 주무관 · 권한 없는 시도 · 수정")


async def test_home_has_for_each_what_waits_for_them_and_stays_right(life):
    head, member, stranger = (life.visitor(w) for w in ("head", "member", "stranger"))
    for person in (head, member, stranger):
        await person.open_home()
        await person.until(lambda person=person: person.home)
        assert shows(person, "일은 빼고, 혁신은 곱빼기", "home")
    assert shows(stranger, "조직 명단에 아직 등록되어 있지 않아", "home")
    assert shows(stranger, "윤총괄", "home")
    await member.click("propose.open", "home")
    await member.submit(values={"title": TITLES[0], "type": "abolish", "problem": "현황"})
    await head.until(lambda: shows(head, "결정을 기다리는 과제", "home"))
    await member.until(lambda: shows(member, "내 과제", "home"))
    await member.close(member.top["id"])
    await head.click("task.open", "home")
    await act(head, "revise", {"comment": "근거"})
    await member.until(lambda: shows(member, "보완할 과제", "home"))
    await head.until(lambda: not shows(head, "결정을 기다리는 과제", "home"))
    await stranger.click("list.open", "home")
    assert shows(stranger, TITLES[0])
    await stranger.click("help.open", "home")
    assert shows(stranger, "곱빼기 사용법")


async def test_a_draft_is_taken_up_again_from_home(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut")
    await member.fill({"title": TITLES[0]})
    await member.close(member.top["id"])
    await member.open_home()
    await member.until(lambda: shows(member, "쓰시던 과제가 있습니다", "home"))
    await member.click("propose.resume", "home")
    assert member.value("title") == TITLES[0]


async def test_the_language_chosen_in_home_is_spoken_everywhere(life):
    member = life.visitor("member")
    await member.open_home()
    await member.until(lambda: member.home)
    await member.fill({"home.language": "en"}, on="home")
    await member.until(lambda: shows(member, "Propose a task", "home"))
    await member.command(life.channel, "/cut 도움말")
    await member.command(life.channel, f"/cut {TITLES[0]}")
    assert shows(member, "Propose a task")
    await member.submit(values={"type": "abolish", "problem": "It is written by hand."})
    assert shows(member, "Task #1 was submitted.")
    head = await life.open("head", 1)
    await act(head, "decline", {"reason": "법정 사무입니다."})
    await member.until(lambda: member.message(member.dm, "Decline"))
    # A card is for everyone in the channel, and so in the office's language.
    await member.until(lambda: member.message(life.channel, f"#1 {TITLES[0]}*\n폐지 · 반려"))
