"""The task's own screen: within Slack's limits, harmless, and with only the buttons that work."""

from dataclasses import replace

import pytest

from bot.domain.proposing import TEXT_MAX, TITLE_MAX
from bot.domain.rights import ON_A_TASK, Act
from bot.domain.task import Need, Status
from bot.i18n.texts import LANGUAGES
from bot.views import task as views
from bot.views.kit import plain
from tests.domain import make
from tests.views import made

languages = pytest.mark.parametrize("language", LANGUAGES)


@languages
def test_the_fullest_task_is_within_the_limits_and_calls_nobody(language):
    view = made.accepted(views.show(made.texts(language), made.fullest(), banner="저장했습니다."))
    assert made.called(view["blocks"]) == []
    assert len(view["title"]["text"]) <= 24


@languages
@pytest.mark.parametrize("sign", ["가", "&", "𝄞", '"'])
def test_everything_at_its_maximum_is_within_the_limits(language, sign):
    full = made.fullest()
    text, title = sign * TEXT_MAX, sign * TITLE_MAX
    content = replace(full.task.content, title=title, problem=text, proposal=text)
    shown = replace(
        full,
        task=replace(
            full.task,
            content=content, remark=text, note=text, opinion=text, evidence=text,
            milestones=tuple(replace(stage, note=text) for stage in full.task.milestones),
            plan=tuple(replace(step, text=text) for step in full.task.plan),
        ),
        merging_in=tuple(made.row(number, title=title) for number in range(30, 80)),
        history=tuple(
            made.line(number, text=text, before={"title": title}, after={"title": title})
            for number in range(8)
        ),
    )  # fmt: skip
    view = made.accepted(views.show(made.texts(language), shown, banner=text))
    assert len(view["blocks"]) <= 99
    assert made.action_ids(view).count("act.take_in") == 5


def test_more_tasks_that_ask_to_be_merged_than_are_shown_are_hinted_at():
    t = made.texts("ko")
    five = made.fullest()
    six = made.fullest(merging_in=tuple(made.row(number) for number in range(30, 36)))
    assert t("home-more") not in plain(views.show(t, five)["blocks"])
    assert t("home-more") in plain(views.show(t, six)["blocks"])


@languages
def test_the_plainest_task_is_whole_too(language):
    view = made.accepted(views.show(made.texts(language), made.plainest()))
    assert made.action_ids(view) == []


@pytest.mark.parametrize("act", ON_A_TASK)
def test_each_act_is_drawn_where_it_is_allowed_and_nowhere_else(act):
    shown = replace(made.plainest(), may=frozenset({act}))
    drawn = made.action_ids(views.show(made.texts("ko"), shown))
    extra = ["act.effect"] if act is Act.EDIT else []
    # Milestones have their own buttons, one at each.
    assert drawn == ([] if act is Act.MILESTONE else [f"act.{act}", *extra])


def test_milestones_and_steps_have_buttons_only_for_those_who_may():
    shown = made.fullest(may=frozenset(), merging_in=(), more_history=False)
    assert made.action_ids(views.show(made.texts("ko"), shown)) == []
    may = replace(shown, may=frozenset({Act.MILESTONE, Act.PLAN}))
    drawn = made.action_ids(views.show(made.texts("ko"), may))
    assert drawn.count("act.milestone") == 13
    assert drawn.count("act.step") == 5


def test_only_one_button_is_the_main_one():
    view = views.show(made.texts("ko"), made.fullest(merging_in=()))
    assert str(view).count("'style': 'primary'") == 1


def test_a_button_carries_the_version_that_was_seen():
    shown = replace(made.plainest(), task=make.task(version=4), may=frozenset({Act.CONFIRM}))
    view = views.show(made.texts("ko"), shown)
    (row,) = [block for block in view["blocks"] if block["type"] == "actions"]
    assert row["elements"][0]["value"] == "1:4"


def test_what_a_task_says_is_read_in_a_fixed_order():
    task = make.task(
        content={"per_year": 12, "minutes": 30, "people": 2, "needs": frozenset({Need.GUIDELINE})},
        status=Status.CONFIRMED,
        due=made.DAY,
        note="공지함",
        milestones=(make.milestone(due=made.DAY),),
    )
    shown = made.plainest(task=task, names={1: "최주무 주무관"})
    assert plain(views.show(made.texts("ko"), shown)["blocks"]).splitlines() == [
        "#1 일지 폐지",
        "폐지 · 확정 · 기한 2026. 7. 1.(수)",
        "*담당 부서*",
        "국 과",
        "*담당자*",
        "최주무 주무관",
        "*제안자*",
        "최주무 주무관",
        "*추진 방식*",
        "규칙·지침 개정 필요",
        "*연간 절감 시간*",
        "12시간 · 1.5일(8시간 기준)",
        "연 12회 × 30분 × 2명",
        "*현황·문제점*",
        "손으로 씁니다.",
        "*추진 상황*",
        "공지함",
        "*추진 단계*",
        "개정안 마련 · 2026. 7. 1.(수)",
    ]
