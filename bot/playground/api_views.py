"""views.*: modals and Home."""

from bot.playground.api import Args
from bot.playground.records import BOT_USER_ID, Json, SlackError
from bot.playground.workspace import Workspace


def open_view(ws: Workspace, args: Args) -> Json:
    """views.open."""
    return {"view": ws.modals.open(_trigger(args), args.json("view"))}


def push(ws: Workspace, args: Args) -> Json:
    """views.push."""
    return {"view": ws.modals.push(_trigger(args), args.json("view"))}


def update(ws: Workspace, args: Args) -> Json:
    """views.update."""
    view_id = args.text("view_id")
    if not view_id:
        view_id = ws.modals.by_external_id(args.must("external_id"))[1]["id"]
    return {"view": ws.modals.update(view_id, args.json("view"), args.text("hash"))}


def publish(ws: Workspace, args: Args) -> Json:
    """views.publish."""
    if not ws.manifest.home_tab:
        raise SlackError("not_enabled")
    user = args.must("user_id")
    if user not in ws.people or user == BOT_USER_ID or ws.people[user].deleted:
        raise SlackError("invalid_arguments", ("invalid `user_id`",))
    return {"view": ws.modals.publish(user, args.json("view"), args.text("hash"))}


def _trigger(args: Args) -> str:
    if not args.has("trigger_id"):
        raise SlackError("invalid_arguments", ("missing required field: trigger_id",))
    return args.text("trigger_id")
