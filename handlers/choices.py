"""The choices of menus that are looked up as people type."""

from bot.usecases import read
from bot.views.kit import Choice, option
from bot.views.line import number
from handlers import carried
from handlers.context import Context
from handlers.reply import Options, Reply
from handlers.router import Router


def register(router: Router) -> None:
    """The menus by the input they fill."""
    router.options("owner", people)
    router.options("department", departments)
    router.options("cooperating", departments)
    router.options("target", tasks)


async def people(ctx: Context) -> Reply:
    """Who serves where the task's work is done."""
    task = carried.number(ctx.inbound.metadata.get("task"))
    if task is None:
        return Options([])
    found = await ctx.read(lambda uow: read.staff_of(uow, task, ctx.inbound.text, ctx.now))
    return Options([option(Choice(name, str(person))) for person, name in found])


async def departments(ctx: Context) -> Reply:
    """Departments by name."""
    found = await ctx.read(lambda uow: read.departments(uow, ctx.inbound.text))
    return Options([option(Choice(name, str(unit))) for unit, name in found])


async def tasks(ctx: Context) -> Reply:
    """Tasks by title or number."""
    found = await ctx.read(lambda uow: read.tasks_like(uow, ctx.inbound.text, ctx.now))
    return Options(
        [
            option(Choice(f"{number(row.id)} {row.title}", str(row.id), row.department or None))
            for row in found
        ]
    )
