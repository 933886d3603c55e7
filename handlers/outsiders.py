"""People of another workspace: they see nothing of ours, and are told so.

Slack Connect lets them into a channel where the bot's messages stand with their buttons, and lets
them name an id they know. The workspaces of our own Enterprise Grid are one house with ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.views import home as views
from handlers.context import Context
from handlers.inbound import Inbound, Json, Kind
from handlers.reply import Nothing, OpenView, Options, Publish, Reply, Say, UpdateView

_OF_CHANNELS = ("channel_", "group_", "member_")
_ENTERPRISE = "E"
"""How the id of an Enterprise Grid begins; Slack sends it in a team's place too."""


@dataclass(frozen=True)
class Workspace:
    """Whose bot this is, as Slack says of its token (auth.test)."""

    team: str | None = None
    enterprise: str | None = None
    """The Enterprise Grid that the workspace is part of; None when it is part of none."""

    def is_home_of(self, inbound: Inbound) -> bool:
        """Whether who acts is of this workspace or of its Grid; also where Slack names no team.

        What becomes of a channel is so whoever did it: a channel that is shared with another
        workspace may be archived there.
        """
        if inbound.kind is Kind.EVENT and inbound.id.startswith(_OF_CHANNELS):
            return True
        teams = set(_texts(_teams(inbound)))
        grids = set(_texts(_grids(inbound, teams))) | {t for t in teams if t[0] == _ENTERPRISE}
        if grids and self.enterprise:
            return grids == {self.enterprise}
        if teams and self.team:
            return teams == {self.team}
        return not grids or not (self.team or self.enterprise)


async def answer(ctx: Context) -> Reply:
    """One sentence where they are, in place of whatever they asked for."""
    inbound, t = ctx.inbound, ctx.texts
    match inbound.kind:
        case Kind.OPTIONS:
            return Options([])
        case Kind.EVENT if inbound.id == "app_home_opened" and inbound.user:
            opened = inbound.event.get("tab", "home") == "home"
            return Publish(views.outsider(t)) if opened else Nothing()
        case Kind.EVENT | Kind.CLOSED:
            return Nothing()
        case Kind.VIEW:
            return UpdateView(views.outsider_modal(t))
        case Kind.ACTION if inbound.in_modal:
            return UpdateView(views.outsider_modal(t))
        case Kind.ACTION if inbound.in_home:
            return Publish(views.outsider(t))
        case Kind.SHORTCUT if inbound.response_url is None:
            return OpenView(views.outsider_modal(t))
        case _:
            return Say(text=t("outsider-text"))


def _teams(inbound: Inbound) -> Iterator[Any]:
    """Every team that is named as that of who acts."""
    body = inbound.body
    if inbound.kind is Kind.EVENT:
        named = [body["event"].get("user_team"), body["event"].get("source_team")]
        named.append(_part(body["event"], "user").get("team_id"))
        # The envelope's team is where it happened; who did it may be named more closely.
        yield from named if any(named) else [body.get("team_id")]
    else:
        yield body.get("team_id")
        yield _part(body, "team").get("id")
        yield _part(body, "user").get("team_id")


def _grids(inbound: Inbound, teams: set[str]) -> Iterator[Any]:
    """Every Grid that one of these teams is said to be part of."""
    body = inbound.body
    if inbound.kind is not Kind.EVENT:
        yield body.get("enterprise_id")
        team, person = _part(body, "team"), _part(body, "user").get("team_id")
        # In a channel of ours the team and its Grid are ours, whoever presses.
        if person is None or person == team.get("id"):
            yield _part(body, "enterprise").get("id")
            yield team.get("enterprise_id")
        return
    yield _part(_part(body["event"], "user"), "enterprise_user").get("enterprise_id")
    if not teams or body.get("team_id") in teams:
        yield body.get("enterprise_id")
    for one in body.get("authorizations") or ():
        # An installation of ours: in the very team where it happened, or in the whole Grid.
        if isinstance(one, Mapping) and one.get("team_id") in teams:
            yield one.get("enterprise_id")


def _part(body: Json, name: str) -> Json:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _texts(named: Iterator[Any]) -> Iterator[str]:
    return (one for one in named if isinstance(one, str) and one)
