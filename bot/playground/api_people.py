"""auth.test and users.*: who the app is, and who is who."""

from bot.playground.api import Args
from bot.playground.paging import page
from bot.playground.records import BOT_ID, BOT_USER_ID, TEAM_ID, Json, SlackError
from bot.playground.workspace import Workspace

SLACKBOT: Json = {
    "id": "USLACKBOT",
    "team_id": TEAM_ID,
    "name": "slackbot",
    "deleted": False,
    "real_name": "Slackbot",
    "profile": {"real_name": "Slackbot", "display_name": "Slackbot", "team": TEAM_ID},
    "is_bot": False,
    "updated": 0,
}
"""In every workspace, and by its own account no bot."""


def auth_test(ws: Workspace, args: Args) -> Json:
    """auth.test."""
    return {
        "url": f"{ws.base_url}/",
        "team": ws.manifest.name,
        "user": ws.people[BOT_USER_ID].handle,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
        **({"enterprise_id": ws.enterprise} if ws.enterprise else {}),
    }


def info(ws: Workspace, args: Args) -> Json:
    """users.info."""
    user = args.must("user")
    ws.person(user)
    return {"user": ws.user_json(user, args.flag("include_locale"))}


def list_all(ws: Workspace, args: Args) -> Json:
    """users.list: deactivated people and bots too, but nobody of another workspace."""
    own = sorted(person.id for person in ws.people.values() if not person.is_guest)
    shown, after = page(own, lambda id: id, args, 1000, 1000)
    members = [ws.user_json(id, args.flag("include_locale")) for id in shown]
    return {
        "members": members if after else [*members, SLACKBOT],
        "cache_ts": int(ws.clock.system()),
        "response_metadata": {"next_cursor": after},
    }


def lookup_by_email(ws: Workspace, args: Args) -> Json:
    """users.lookupByEmail: active people of this workspace only."""
    wanted = args.must("email").lower()
    for person in ws.people.values():
        serves = not (person.deleted or person.is_bot or person.is_guest)
        if serves and person.email.lower() == wanted:
            return {"user": ws.user_json(person.id)}
    raise SlackError("users_not_found")
