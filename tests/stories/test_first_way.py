"""The thinnest way: from `/cut` to a stored task, its card and its receipt."""


async def test_a_proposal_is_stored_and_its_card_appears_in_the_departments_channel(life):
    member = life.visitor("member")
    await member.command(life.channel, "/cut 전시실 운영 일지 폐지")
    await member.fill({"type": "abolish", "problem": "매일 손으로 씁니다."})
    await member.submit()
    assert "#1 전시실 운영 일지 폐지" in member.screen()
    assert "도로과 과장 이과장" in member.screen()
    card = await member.until(lambda: member.message(life.channel, "전시실 운영 일지 폐지"))
    assert "제출" in member.texts(card)[0] or any("제출" in t for t in member.texts(card))
