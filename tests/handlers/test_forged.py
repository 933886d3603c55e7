"""Whatever a button, a menu or a form carries: people hear a sentence, and the log has no trace.

Every id that has a handler is pressed, submitted and asked with values that no screen of ours ever
drew, on both databases, by people who may do nearly everything.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from structlog import DropEvent, configure, get_config
from structlog.stdlib import add_log_level

from bot.domain.rights import Act
from bot.domain.sealing import Seal
from bot.domain.task import Status
from bot.i18n.texts import Catalogue
from bot.services import SlackServices
from bot.wiring import register
from handlers.answers import Answer
from handlers.background import Background
from handlers.delivering import Delivering
from handlers.filled import WORK
from handlers.inbound import Kind
from handlers.known import Known
from handlers.logs import traced
from handlers.metrics import Metrics
from handlers.outsiders import Workspace
from handlers.router import Router
from handlers.slack import Slack
from tests.handlers import payloads
from tests.handlers.fake_slack import FakeSlack
from tests.handlers.forging import carried, filled, option, packed
from tests.handlers.post_office import Hand
from tests.usecases import filed as exemptions
from tests.usecases import small_ballot
from tests.usecases.small_office import DIRECTOR, HEAD, HQ, LEAD, MEMBER, NOW, apply, own_task

CATALOGUE = Catalogue.load()
STALE = CATALOGUE.of("ko")("error-stale-button")
PEOPLE = (MEMBER, LEAD, HEAD, DIRECTOR, HQ)


class Desk:
    """The whole table over a real database, and a Slack that takes anything."""

    def __init__(self, router: Router, slack: FakeSlack) -> None:
        self.router, self.slack = router, slack
        self._moments = count(1)

    async def press(self, id: str, value: str, who: str, **more: Any) -> Answer:
        """A press in a modal, at a moment of its own."""
        body = payloads.press_in_modal(id, **more) | {"user": {"id": who}}
        button = {"value": value, "selected_option": option(value), "block_id": value}
        ts = f"{1782867600 + next(self._moments)}.1"
        body["actions"][0] |= button | {"action_ts": ts}
        return await self.router.answer(Kind.ACTION, body)

    async def submit(
        self, id: str, metadata: str, who: str, state: dict[str, Any] | None = None, **more: Any
    ) -> Answer:
        """A submission of a form with these fields."""
        values = {name: {name: element} for name, element in (state or {}).items()}
        view = {"private_metadata": metadata, "hash": str(next(self._moments))} | more
        body = payloads.submission(callback_id=id, state={"values": values}, **view)
        return await self.router.answer(Kind.VIEW, body | {"user": {"id": who}})


@pytest.fixture
async def desk(engine: Engine) -> AsyncIterator[Desk]:
    fake = FakeSlack()
    await fake.server.start_server()
    clock = Hand()
    office = SlackServices(engine, clock, Seal(b"a secret of these tests"))
    office.writer.start()
    office.slack = Slack("xoxb-test", fake.api, _nowhere)
    await office.slack.start()
    await office.write(_begin)
    known = Known(office, office.slack, clock)
    router = Router(
        who=known.who, language=known.language, catalogue=CATALOGUE, services=office,
        delivering=Delivering(office.slack, Background(), clock), clock=clock, metrics=Metrics(),
        workspace=Workspace("T1"),
    )  # fmt: skip
    register(router, CATALOGUE)
    yield Desk(router, fake)
    await office.slack.stop()
    office.writer.close()
    office.readers.close()
    await fake.server.close()


async def _nowhere(user: str, text: str) -> None:
    """Direct messages go nowhere here."""


def _begin(uow: Any) -> None:
    """An office in which something of each kind stands under a low number."""
    apply(uow)
    for status in (Status.SUBMITTED, Status.IN_PROGRESS, Status.DONE, Status.ON_HOLD):
        done_at = NOW if status is Status.DONE else None
        uow.search.index(uow.tasks.get(own_task(uow, MEMBER, status=status, done_at=done_at)))
    small_ballot.opened(uow)
    for number in (5, 6):
        uow.search.index(uow.tasks.get(number))
    exemptions.file(uow)


@contextmanager
def without_a_trace() -> Iterator[None]:
    """Nothing unexpected is logged meanwhile."""
    logged: list[str] = []

    def note(_logger: Any, _method: str, event: Any) -> Any:
        if event["level"] in ("error", "critical"):
            logged.append("\n".join(map(str, traced(None, "", event).values())))
        raise DropEvent

    before = get_config()["processors"]
    configure(processors=[add_log_level, note])
    try:
        yield
    finally:
        configure(processors=before)
    assert not logged, "\n".join(logged)


def ids(kind: Kind) -> list[str]:
    """What has a handler."""
    table = Router(
        who=None, language=None, catalogue=CATALOGUE, services=None,  # type: ignore[arg-type]
        delivering=None, clock=Hand(), metrics=Metrics(), workspace=Workspace(),  # type: ignore[arg-type]
    )  # fmt: skip
    register(table, CATALOGUE)
    return sorted(table.ids(kind))


FORGED = ("9223372036854775808", "9" * 40, "1:9223372036854775808", "1:" + "9" * 30 + ":1", "1\0:2",
          "\ud83d:1", "1:task:1:9999-12-31:7", "1:task:1:0001-01-01:1")  # fmt: skip


@pytest.mark.parametrize("what", ["press", "form", "menu"])
async def test_every_id_takes_a_forged_value_for_a_stale_button(desk: Desk, what: str) -> None:
    with without_a_trace():
        for value in FORGED:
            if what == "press":
                for id in ids(Kind.ACTION):
                    assert (await desk.press(id, value, HQ.slack_id)).status == 200
            elif what == "form":
                for id in ids(Kind.VIEW):
                    answer = await desk.submit(id, value, HQ.slack_id)
                    assert (answer.status, answer.body is not None) == (200, True)
            else:
                for id in ids(Kind.OPTIONS):
                    body = payloads.suggestion(value) | {"action_id": id}
                    body["view"]["private_metadata"] = json.dumps({"task": 2**70})
                    answer = await desk.router.answer(Kind.OPTIONS, body)
                    assert answer.status == 200
    assert desk.slack.calls or what != "press"


@pytest.mark.parametrize("name", ["task", "seen", "index"])
@pytest.mark.parametrize("forged", [2**31, 2**63, 10**30, -1, True, 1.5, "x", [], {"a": 1}])
async def test_a_form_of_an_act_that_was_forged_is_stale(
    desk: Desk, name: str, forged: object
) -> None:
    metadata = {"task": 1, "seen": 1, "act": str(Act.PLAN), "index": 0} | {name: forged}
    with without_a_trace():
        answer = await desk.submit("act", json.dumps(metadata), MEMBER.slack_id)
    assert answer.body is not None
    assert STALE in str(answer.body)


async def test_metadata_without_a_bottom_is_stale(desk: Desk) -> None:
    with without_a_trace():
        for deep in ("[" * 3000, '{"task":' * 375, '{"task":' * 3000 + "1" + "}" * 3000):
            for id in ids(Kind.VIEW):
                if id not in ("propose", "propose.anyway"):
                    answer = await desk.submit(id, deep, HQ.slack_id)
                    assert answer.status == 200


@pytest.mark.parametrize("act", sorted(WORK))
async def test_a_view_that_was_forged_into_metadata_is_not_touched(desk: Desk, act: str) -> None:
    metadata = {"task": 1, "seen": 1, "act": act, "view": "V0FORGED", "index": 0}
    text = {"type": "plain_text_input", "value": "읽지 않습니다"}
    state = dict.fromkeys(("title", "problem", "note", "reason", "comment", "opinion"), text)
    with without_a_trace():
        await desk.submit("act", json.dumps(metadata), MEMBER.slack_id, state)
    assert "V0FORGED" not in str(desk.slack.of("views.update"))


async def test_the_outcome_stands_in_the_modal_that_slack_names(desk: Desk) -> None:
    metadata = json.dumps({"task": 2, "seen": 1, "act": "note", "view": "V0FORGED"})
    state = {"note": {"type": "plain_text_input", "value": "조례를 살펴봅니다"}}
    await desk.submit("act", metadata, MEMBER.slack_id, state, previous_view_id="V0BENEATH")
    assert [call["view_id"] for call in desk.slack.of("views.update")] == ["V0BENEATH"]


async def test_a_link_that_no_message_has_is_no_link(desk: Desk) -> None:
    text = {"type": "plain_text_input", "value": "일지 1 폐지"}
    chosen = {"type": "static_select", "selected_option": option("abolish")}
    state = {"title": text, "problem": text, "type": chosen}
    with without_a_trace():
        await desk.submit("propose", json.dumps({"source": "가" * 400}), MEMBER.slack_id, state)
        await desk.press("propose.rewrite", "x", MEMBER.slack_id)
    assert "가가" not in str(desk.slack.of("views.update")[-1])


async def test_half_a_character_and_nul_are_kept_as_what_can_be_stored(desk: Desk) -> None:
    state = {
        "title": {"type": "plain_text_input", "value": "전시\0 일지\ud83d"},
        "problem": {"type": "plain_text_input", "value": "매일 씁니다\udc00"},
        "type": {"type": "static_select", "selected_option": option("abolish")},
    }
    with without_a_trace():
        answer = await desk.submit("propose", "", MEMBER.slack_id, state)
    assert answer.body is not None
    assert "전시\ufffd 일지\ufffd" in str(answer.body)


@pytest.mark.parametrize(
    "text", ["show 9223372036854775808", "update " + "9" * 30, "list 99999999999999999999",
             "list " + "9" * 5000, "find " + "9" * 60, "find #9223372036854775808",
             "find \0\ud83d", "#" + "9" * 30, "\ud83d", "찾기 ㅤ", "show 999999999", "1" * 4000],
)  # fmt: skip
async def test_commands_take_any_number_and_any_text(desk: Desk, text: str) -> None:
    with without_a_trace():
        body = payloads.command(text, user_id=HQ.slack_id)
        assert (await desk.router.answer(Kind.COMMAND, body)).status == 200


@pytest.mark.parametrize(
    "at", ["1e999999", "NaN", "Infinity", "9" * 400, "", "-1", "1.5.5", "²", None, 5, "9" * 12]
)
async def test_a_reaction_of_no_moment_is_no_vote(desk: Desk, at: object) -> None:
    item = {"type": "message", "channel": "C0000001", "ts": "1.1"}
    body = payloads.event("reaction_added")
    body["event"] |= {"reaction": "+1", "item": item, "event_ts": at}
    with without_a_trace():
        assert (await desk.router.answer(Kind.EVENT, body)).status == 200


async def _tried(desk: Desk, act: Callable[[], Any]) -> None:
    with without_a_trace():
        assert (await act()).status == 200


COMMON = settings(
    max_examples=150, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@COMMON
@given(
    id=st.sampled_from(ids(Kind.ACTION)), value=carried, who=st.sampled_from(PEOPLE), meta=packed
)
async def test_any_press(desk: Desk, id: str, value: str, who: Any, meta: str) -> None:
    await _tried(desk, lambda: desk.press(id, value, who.slack_id, private_metadata=meta))


@COMMON
@given(id=st.sampled_from(ids(Kind.VIEW)), meta=packed, state=filled, who=st.sampled_from(PEOPLE))
async def test_any_submission(
    desk: Desk, id: str, meta: str, state: dict[str, Any], who: Any
) -> None:
    await _tried(desk, lambda: desk.submit(id, meta, who.slack_id, state))


@COMMON
@given(
    act=st.sampled_from(sorted(WORK)), state=filled, who=st.sampled_from(PEOPLE),
    task=st.integers(1, 5), seen=st.integers(1, 3), index=st.integers(0, 3) | st.none(),
)  # fmt: skip
async def test_any_act_on_a_task_that_is_there(
    desk: Desk, act: str, state: dict[str, Any], who: Any, task: int, seen: int, index: int | None
) -> None:
    meta = json.dumps({"task": task, "seen": seen, "act": act, "index": index})
    await _tried(desk, lambda: desk.submit("act", meta, who.slack_id, state))
