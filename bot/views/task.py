"""One task as its viewer sees it: the modal behind every button that opens a task."""

from bot.domain.results import Shown
from bot.domain.rights import Act
from bot.domain.task import Need, Task
from bot.i18n.texts import Texts
from bot.views.history import history_blocks
from bot.views.kit import (
    Block,
    Choice,
    Element,
    View,
    actions,
    button,
    clip,
    confirm,
    context,
    divider,
    fields,
    header,
    joined,
    md,
    modal,
    overflow,
    section,
)  # fmt: skip
from bot.views.line import line, number, standing

_ROWS = (
    (Act.CONFIRM, Act.REVISE, Act.HOLD, Act.RESUME, Act.DECLINE, Act.MERGE, Act.REOPEN),
    (Act.STOPPED, Act.COMPLETE, Act.NOTE, Act.PLAN, Act.VERIFY, Act.CAME_BACK),
    (Act.EDIT, Act.ASSIGN, Act.DUE, Act.OPINION, Act.JOIN, Act.WITHDRAW),
)
"""Buttons in the order of who needs them: to decide, to carry out, to keep in order."""
_MERGES_SHOWN = 5
_NOTE_SHOWN = 800
"""Characters of a milestone's note: thirteen whole ones may be more than a view holds."""
_PRIMARY = (Act.CONFIRM, Act.STOPPED, Act.COMPLETE)


def show(t: Texts, shown: Shown, *, banner: str = "") -> View:
    """The whole task with the buttons that work for this viewer."""
    task = shown.task
    blocks: list[Block] = [section(banner)] if banner else []
    blocks += [
        header(f"{number(task.id)} {task.content.title}"),
        context(standing(t, shown)),
        fields(_facts(t, shown)),
        *_figures(t, task),
        section(md("*{label}*\n{text}", label=t("field-problem"), text=task.content.problem)),
    ]
    for label, text in _texts(t, task):
        blocks.append(section(md("*{label}*\n{text}", label=label, text=text)))
    blocks += _buttons(t, shown)
    blocks += _merging(t, shown)
    blocks += _milestones(t, shown)
    blocks += _plan(t, shown)
    blocks += history_blocks(t, shown)
    return modal(
        t("task-title", number=task.id),
        blocks,
        close=t("button-close"),
        callback_id="task",
        private_metadata=f'{{"task":{task.id}}}',
    )


def value_of(task: Task, *more: object) -> str:
    """What a button carries: the task, the version that was seen, and where in it."""
    return ":".join(str(part) for part in (task.id, task.version, *more))


def _facts(t: Texts, shown: Shown) -> list[tuple[str, str]]:
    task = shown.task
    effect = task.content.effect
    where = joined((shown.bureau, shown.department, shown.team), by=" ")
    facts: list[tuple[str, str]] = [
        (t("field-place"), where),
        (t("field-owner"), shown.names.get(task.owner or 0, t("none-yet"))),
        (t("field-proposer"), joined((shown.names.get(p) for p in task.proposers), by=", ")),
        (t("field-needs"), needs_text(t, task)),
    ]
    if effect.hours is not None:
        basis = t(
            "basis", per_year=effect.per_year or 0, minutes=effect.minutes or 0,
            people=effect.people or 0,
        )  # fmt: skip
        figures = joined((t.hours(effect.hours), t.days(effect.hours)), by=" · ")
        facts.append((t("field-hours"), joined((figures, basis))))
    if effect.budget is not None:
        facts.append((t("field-budget-saved"), t.money(effect.budget)))
    if task.content.reason:
        facts.append((t("field-reason"), t.term("reason", task.content.reason)))
    if shown.cooperating:
        facts.append((t("field-cooperating"), ", ".join(shown.cooperating)))
    return facts


def _figures(t: Texts, task: Task) -> list[Block]:
    """What was reported and what was verified, beside what is expected and never added to it."""
    found = []
    for name, saving in (("reported", task.reported), ("verified", task.verified)):
        if saving.hours is not None:
            found.append((t(f"field-{name}-hours"), t.hours(saving.hours)))
        if saving.budget is not None:
            found.append((t(f"field-{name}-budget"), t.money(saving.budget)))
    return [fields(found)] if found else []


def needs_text(t: Texts, task: Task) -> str:
    """What the task needs, in the order of the catalogue; undecided when nobody has said."""
    wanted = [t.term("need", need) for need in Need if need in task.content.needs]
    return ", ".join(wanted) or t("need-undecided")


def _texts(t: Texts, task: Task) -> list[tuple[str, str]]:
    evidence = t("evidence-stopped") if task.stopped_at_once else task.evidence
    texts = (
        (t("field-proposal"), task.content.proposal),
        (t("field-remark"), task.remark),
        (t("field-note"), task.note),
        (t("field-opinion"), task.opinion),
        (t("field-evidence"), evidence),
    )
    found = [(label, text) for label, text in texts if text]
    if task.source:
        found.append((t("field-source"), task.source))
    return found


def _buttons(t: Texts, shown: Shown) -> list[Block]:
    rows = []
    primary = next((act for act in _PRIMARY if act in shown.may), None)
    for row in _ROWS:
        found = [_act_button(t, shown, act, act is primary) for act in row if act in shown.may]
        if Act.EDIT in row and Act.EDIT in shown.may:
            value = value_of(shown.task)
            found.insert(1, button(t("button-effect"), "act.effect", value))
        if found:
            rows.append(actions(*found))
    return rows


def _act_button(t: Texts, shown: Shown, act: Act, primary: bool) -> Element:
    sure = None
    if act is Act.STOPPED:
        sure = confirm(
            t("stopped-sure-title"), t("stopped-sure"), yes=t("button-yes"), no=t("button-no")
        )
    return button(
        t.term("button", act),
        f"act.{act.value}",
        value_of(shown.task),
        style="primary" if primary else None,
        confirm=sure,
    )


def _merging(t: Texts, shown: Shown) -> list[Block]:
    blocks: list[Block] = []
    for row in shown.merging_in[:_MERGES_SHOWN]:
        value = f"{row.id}:{shown.task.id}"
        blocks += [
            section(joined((t("merging-asked"), line(t, row, shown.today)))),
            actions(
                button(t("button-take-in"), "act.take_in", value, style="primary"),
                button(t("button-keep-out"), "act.keep_out", value),
            ),
        ]
    if len(shown.merging_in) > _MERGES_SHOWN:
        blocks.append(context(t("home-more")))
    if shown.task.is_undecided_merge:
        blocks.append(context(t("merging-waits", number=shown.task.merge_into or 0)))
        instead = shown.task.replacement
        if instead is not None and shown.representative and not shown.carried:
            told = t("merging-replaces", department=shown.department, number=instead)
            blocks.append(context(told))
    return blocks


def _milestones(t: Texts, shown: Shown) -> list[Block]:
    task = shown.task
    if not task.milestones:
        return []
    blocks: list[Block] = [divider(), section(md("*{label}*", label=t("field-milestones")))]
    for index, stage in enumerate(task.milestones):
        name = t.term("milestone", f"{stage.track}-{stage.code}")
        text = joined((_dated(t, name, stage.due, stage.done_on), clip(stage.note, _NOTE_SHOWN)))
        blocks.append(
            section(
                text,
                button(
                    t("button-mend"), "act.milestone", value_of(task, index),
                    accessibility_label=t("button-mend-which", what=name),
                )
                if Act.MILESTONE in shown.may
                else None,
            )
        )  # fmt: skip
    return blocks


def _plan(t: Texts, shown: Shown) -> list[Block]:
    task = shown.task
    if not task.plan:
        return []
    label = t("field-plan-one-team") if shown.one_team else t("field-plan")
    blocks: list[Block] = [divider(), section(md("*{label}*", label=label))]
    for index, step in enumerate(task.plan):
        text = joined(
            (_dated(t, step.text, step.due, step.done_on), shown.names.get(step.owner)), by=" · "
        )
        verbs = ("undo" if step.done_on else "done", "edit", "remove")
        menu = overflow(
            "act.step",
            [Choice(t(f"step-{verb}"), value_of(task, index, verb)) for verb in verbs],
        )
        blocks.append(section(text, menu if Act.PLAN in shown.may else None))
    return blocks


def _dated(t: Texts, name: str, due: object, done_on: object) -> str:
    if done_on:
        return t("stage-done", name=name, day=done_on)
    return t("stage-due", name=name, day=due)
