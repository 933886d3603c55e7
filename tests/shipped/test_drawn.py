"""Every screen and message that was ever drawn is still answered: people keep them open for days.

The two files are frozen. What is drawn anew gets a line of its own, and no line is changed or
taken away. They were collected by recording, at commit ce75996, everything that the stories and
the tests of the views drew, pressed, submitted and typed; `payloads.json` holds one payload of
each kind as Slack sends it, how it is `answered` on the filled database, and what was `stored`
under its key where its handler keeps an answer.
"""

import ast
import asyncio
import json
from pathlib import Path
from shutil import copyfile

import pytest
import sqlalchemy as sa

from bot import wiring
from bot.i18n.texts import LANGUAGES, Catalogue
from bot.settings import Mode, Settings
from handlers.commands import Words
from handlers.inbound import Kind
from handlers.metrics import Metrics
from storage.engine import make_engine
from storage.migrate import migrate
from storage.tables.delivery import idempotency
from storage.tables.records import audit
from tests.handlers.fake_slack import FakeSlack
from tests.house.source import files, tree
from tests.house.test_ids import TABLE, calls, drawn_actions, written
from tests.shipped.filled import BOT_TOKEN, MOMENT, OFFICE, SIGNING_SECRET
from tests.stories.conftest import StoryClock

HERE = Path(__file__).parent
DRAWN = json.loads((HERE / "drawn.json").read_text(encoding="utf-8"))
PAYLOADS = json.loads((HERE / "payloads.json").read_text(encoding="utf-8"))
STORED = [payload for payload in PAYLOADS if "stored" in payload]
REFUSED_SINCE: dict[str, str] = {}
"""Payloads that were carried out when they were drawn and that a later rule refuses, and why."""
LOOKS_BEFORE_IT_WRITES = {"action act.confirm in task"}
"""Refused when it comes again: it asks first whether anything is left to fill in."""
INPUTS = (
    "checkboxes", "date_input", "external_select", "file_input", "multi_external_select",
    "multi_static_select", "multi_users_select", "number_input", "radio", "static_select",
    "text_input", "time_input", "users_select",
)  # fmt: skip
CATALOGUE = Catalogue.load()
TOO_OLD = [CATALOGUE.of(language)("error-stale-button") for language in LANGUAGES]


# What there is


@pytest.mark.parametrize("kind", [Kind(kind) for kind in DRAWN["handlers"]])
def test_every_id_that_was_shipped_has_a_handler_and_every_new_one_is_in_the_file(kind):
    assert TABLE.ids(kind) == set(DRAWN["handlers"][kind])


def test_every_element_that_is_drawn_has_its_line():
    fields = {written(call.args[0]) for name in INPUTS for call in calls(name) if call.args}
    ids = {id for id in fields | drawn_actions() if id and "{" not in id}
    assert ids - {element["action_id"] for element in DRAWN["elements"]} == set()


def test_every_modal_that_is_drawn_has_its_line():
    drawn = {
        written(keyword.value)
        for call in calls("modal")
        for keyword in call.keywords
        if keyword.arg == "callback_id"
    }
    assert drawn - {modal["callback_id"] for modal in DRAWN["modals"]} == set()


def test_every_word_that_was_ever_typed_means_what_it_meant():
    words = Words.of(CATALOGUE)
    for meant in ("commands", "scopes", "statuses"):
        assert getattr(words, meant).items() >= DRAWN[meant].items(), meant


def test_every_handler_has_a_payload():
    for kind, ids in DRAWN["handlers"].items():
        sent = [p["body"] for p in PAYLOADS if p["kind"] == kind]
        found = {part for body in sent for part in ids_of(body)}
        assert set(ids) - found == set(), kind


def ids_of(body):
    """What may be the id of a payload."""
    yield from (body.get(name) for name in ("command", "callback_id", "action_id"))
    yield from (action["action_id"] for action in body.get("actions", ()))
    yield (body.get("view") or {}).get("callback_id")


def test_every_type_of_answer_that_is_stored_has_an_example():
    types = {
        keyword.value.id
        for path in files(".py", rooms=("handlers",))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "answer" and isinstance(keyword.value, ast.Name)
    } - {"answer"}  # the context hands on what its callers say
    assert types - {payload["type"] for payload in STORED} == set()


# What it still does


class Heard(Metrics):
    """Metrics that remember what became of the last payload."""

    outcome = ""

    def answered(self, kind: str, id: str, outcome: str, seconds: float) -> None:
        self.outcome = outcome
        super().answered(kind, id, outcome, seconds)


async def answered(url, payloads):
    """How each payload is answered by name: `ok`, `refused`, `old` (a screen too old) or worse."""
    fake, heard, found = FakeSlack(), Heard(), {}
    await fake.server.start_server()
    settings = Settings(
        bot_token=BOT_TOKEN,
        signing_secret=SIGNING_SECRET,
        api_url=fake.api,
        database_url=url,
        ballot_secret=OFFICE["ballot_secret"],
        port=0,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "Metrics", lambda: heard)
        bot = await wiring.start(settings, Mode.WEB, StoryClock(MOMENT))
    assert bot.router
    for payload in payloads:
        body = json.dumps(payload["body"]).replace("RESPONSE_URL", fake.response_url)
        before = len(fake.calls)
        answer = await bot.router.answer(Kind(payload["kind"]), json.loads(body))
        said = json.dumps([answer.body, fake.calls[before:]], ensure_ascii=False)
        is_old = heard.outcome == "refused" and any(old in said for old in TOO_OLD)
        found[payload["name"]] = "old" if is_old else heard.outcome
    await bot.stop()
    await fake.server.close()
    return found


@pytest.fixture
def office(shipped_sqlite, tmp_path):
    """The filled database, upgraded; its address."""
    copyfile(shipped_sqlite, tmp_path / "office.db")
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrate(url)
    return url


def test_every_payload_that_was_ever_sent_is_answered_as_it_was(office):
    found = asyncio.run(answered(office, PAYLOADS))
    expected = {p["name"]: p["answered"] for p in PAYLOADS} | dict.fromkeys(
        REFUSED_SINCE, "refused"
    )
    assert {name: how for name, how in found.items() if how != expected[name]} == {}


def test_whatever_comes_again_gets_the_answer_that_was_stored_and_is_not_done_again(office):
    engine = make_engine(office)
    stored = [{"key": k, "answer": v, "at": MOMENT} for p in STORED for k, v in p["stored"].items()]
    with engine.begin() as connection:
        connection.execute(sa.insert(idempotency), stored)
        before = history(connection)
    found = asyncio.run(answered(office, STORED))
    with engine.begin() as connection:
        after = history(connection)
    engine.dispose()
    again = {name for name, how in found.items() if how != "ok"}
    assert again <= LOOKS_BEFORE_IT_WRITES, {name: found[name] for name in again}
    assert after == before


def history(connection):
    """How much was done, refusals apart."""
    return connection.execute(
        sa.select(sa.func.count()).select_from(audit).where(audit.c.act != "refused")
    ).scalar_one()
