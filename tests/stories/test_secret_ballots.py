"""A secret ballot: a button and a select, and nothing that tells who chose what."""

from dataclasses import replace

import sqlalchemy as sa

from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.usecases.organise import apply_import
from handlers.roster_files import vocabulary
from storage.migrate import metadata
from tests.stories.conftest import BUREAU, ROADS, roster
from tests.stories.doing import shows
from tests.stories.test_notices import settled
from tests.stories.voting import (
    CLOSING,
    DAY_AFTER,
    FIRST,
    SECOND,
    THIRD,
    ask_to_open,
    ballot,
    heard,
    moved,
    represents,
    whispers,
)

NEWCOMER = RosterRow(
    line=90, bureau=BUREAU, department=ROADS, team="계획팀", name="강주무", title="주무관",
    email="new@example.kr", slack_id="U0000090",
)  # fmt: skip


async def test_nothing_links_a_person_to_a_choice(life, log):
    life.settings = replace(life.settings, ballot_secret="a secret that is in no database at all")
    await life.restart()
    for title in (FIRST, SECOND, THIRD):
        await life.propose("member", title)
    head = await ask_to_open(life)
    assert shows(head, "선거인이 5명 이상일 때")
    await forge_secret(head)
    assert (await tables(life))["ballots"] == set(), "four cannot keep a secret"
    await hire(life)
    await head.close(head.views[0]["id"], all=True)
    head = await ask_to_open(life)
    assert (await head.submit(values={"mode": "secret"})).ok
    await settled(life)
    message = await head.until(lambda: with_button(head, ballot(head, life.channel)))

    member, lead = life.visitor("member"), life.visitor("lead")
    for person in (member, lead):  # whom the bot meets for the first time it welcomes
        await person.command(life.channel, "/cut help")
    await heard(life)
    await life.bot.taps.flush()
    before = await tables(life)
    log.truncate(0)
    for person, choices in ((member, (FIRST, SECOND)), (lead, (SECOND,))):
        for title in choices:
            await person.click("ballot.vote", message)
            assert person.value("candidate") is None, "what was chosen before is not known"
            option = next(o for o in options(person.top) if title in o["text"]["text"])
            assert (await person.submit(values={"candidate": option["value"]})).ok
            assert shows(person, "투표했습니다.")
            assert not any(one in "".join(person.texts()) for one in (FIRST, SECOND, THIRD))
            await person.close(person.top["id"])
    await heard(life, 3)
    await life.bot.taps.flush()
    after = await tables(life)
    written = {name: after[name] - before[name] for name in after if after[name] - before[name]}
    assert written.keys() <= {"secret_votes", "projections", "buckets", "rates"}, written.keys()
    text = str(written)
    said = log.getvalue()
    for person, name in ((member, "최주무"), (lead, "박팀장")):
        for trace in (person.user, name):
            assert trace not in text
            assert trace not in said
    for title in (FIRST, SECOND, THIRD):
        assert title not in said
        assert title not in text
    assert not any("투표: " in whisper for whisper in whispers(member, life.channel))
    assert shows(head, "2/5명", ballot(head, life.channel))
    assert not any("표" in line and "—" in line for line in head.texts(ballot(head, life.channel)))

    stranger = life.visitor("stranger")
    for person in (stranger, head):
        await person.click("ballot.vote", message)
        assert not any(view["callback_id"] == "ballot.vote" for view in person.views)
    await member.click("ballot.vote", message)
    state = member.whole_state(member.top, {})
    (field,) = [f for fields in state.values() for f in fields.values()]
    field["selected_option"] = {"text": {"type": "plain_text", "text": "x"}, "value": "999"}
    forged = await member.submit(state=state)
    assert not forged.ok
    await member.close(member.top["id"])
    assert (await tables(life))["secret_votes"] == after["secret_votes"]

    await moved(life, CLOSING)
    await moved(life, DAY_AFTER)
    ended = await tables(life)
    assert ended["secret_votes"] == set()
    assert await nonces(life) == [None]
    assert await represents(life) == 2
    result = head.message(life.channel, "투표 결과")
    assert shows(head, "대표 과제는 #2", result)
    assert not any(f"{SECOND} — " in line for line in head.texts(result)), "two are too few to show"


async def forge_secret(head):
    """Submit the form with a mode that it does not offer."""
    state = head.whole_state(head.top, {})
    for fields in state.values():
        if "mode" in fields:
            fields["mode"]["selected_option"] = {
                "text": {"type": "plain_text", "text": "비밀"}, "value": "secret",
            }  # fmt: skip
    ack = await head.submit(state=state)
    assert not ack.ok
    assert "5명 이상" in str(ack.errors)


async def hire(life):
    """A fifth elector joins the department."""
    words = vocabulary(Catalogue.load()).words
    await life.bot.office.write_alone(
        lambda uow: apply_import(
            uow, (*roster(), NEWCOMER), life.clock.now(), words=words, round_name="–"
        )
    )


def with_button(person, message):
    """The message once votes are taken."""
    return message if "ballot.vote" in str(message) else None


def options(view):
    """What the one select of the form offers."""
    return [o for b in view["blocks"] if b["type"] == "input" for o in b["element"]["options"]]


async def tables(life):
    """Every row of every table."""
    return await life.bot.office.read(
        lambda uow: {
            table.name: {tuple(map(str, r)) for r in uow.connection.execute(sa.select(table))}
            for table in metadata().sorted_tables
        }
    )


async def nonces(life):
    return await life.bot.office.read(
        lambda uow: list(
            uow.connection.execute(sa.select(metadata().tables["ballots"].c.nonce)).scalars()
        )
    )
