"""What people of that year do again and again, through the use-cases or at their screens."""

from bot.domain.calendar import today
from bot.domain.results import Proposed
from bot.domain.task import Content, Effect, Saving, Type
from bot.usecases import decide, propose, update
from tests.stories.a_year import PEOPLE, id_of


async def propose_task(year, when, who, title, kind=Type.ABOLISH, times=250, budget=None):
    """Somebody proposes a task; its number."""
    content = Content(
        title=title, type=kind, problem="매일 쓰지만 읽지 않습니다.",
        effect=Effect(per_year=times, minutes=30, people=1, budget=budget),
    )  # fmt: skip
    done = await year.does(
        when, who, f"과제 제안 『{title}』",
        lambda uow, ask, now: propose.propose(
            uow, ask.who, ask.surface, Proposed(content=content), now
        ),
    )  # fmt: skip
    return done.task


async def confirm(year, when, who, task, *needs, owner):
    """Somebody confirms a task with what it needs, for an owner."""

    def work(uow, ask, now):
        person = uow.people.by_slack(id_of(owner), today(now)).id
        decide.confirm(uow, ask, now, needs=frozenset(needs), owner=person)

    words = f"#{task} 확정, 담당자 {PEOPLE[owner]}"
    await year.does(when, who, words, work, task)


async def complete(year, when, who, task, hours=None):
    """Somebody reports completion."""
    await year.does(
        when, who, f"#{task} 완료 보고",
        lambda uow, ask, now: update.complete(
            uow, ask, now, evidence="내부 공지 완료", reported=Saving(hours=hours)
        ),
        task,
    )  # fmt: skip


async def assign(year, when, who, task, owner):
    """Somebody gives the task another owner."""

    def work(uow, ask, now):
        update.assign(uow, ask, now, owner=uow.people.by_slack(id_of(owner), today(now)).id)

    await year.does(when, who, f"#{task} 담당자를 {PEOPLE[owner]}에게 맡김", work, task)


async def milestone(year, when, who, task, index):
    """Somebody marks a milestone done."""

    def work(uow, ask, now):
        due = uow.tasks.get(task).milestones[index].due
        update.milestone(uow, ask, now, index=index, due=due, done=True, text="")

    await year.does(when, who, f"#{task} 추진 단계 {index + 1} 완료", work, task)


async def open_ballot(year, when, who, channel):
    """A head opens the department's ballot, whose messages are posted."""
    async with year.doing(when, who, "대표 과제 투표를 엶") as head:
        await head.command(channel, "/cut 투표")
        await head.click("ballot.open")
        assert (await head.submit()).ok
        await year.seconds(5)
        await head.close(head.views[0]["id"], all=True)


async def sign(year, when, who, words, period):
    """Somebody signs a review off from its message, whatever is left open."""
    async with year.doing(when, who, words) as person:
        await person.click("review.sign", person.message(person.dm, period))
        if person.views:
            await person.submit()


async def gone(year, when, number):
    """The lead says that the work has not come back."""
    async with year.doing(when, "lead", f"#{number} 재발하지 않음") as lead:
        version = await of_task(year, number)
        message = lead.message(lead.dm, "확인해 주실 과제")
        await lead.click("check.gone", message, value=f"{number}:{version}")


async def of_task(year, number):
    """The task's version as it is now."""
    found = await year.life.bot.office.read(lambda uow: uow.tasks.get(number))
    return found.version
