"""reactions.*: the app's own reactions, and who reacted."""

from bot.playground.api import Args
from bot.playground.records import BOT_USER_ID, Json, Message, SlackError
from bot.playground.workspace import Workspace


def add(ws: Workspace, args: Args) -> Json:
    """reactions.add."""
    message = _message(ws, args)
    if ws.channel(message.channel).archived:
        raise SlackError("is_archived")
    ws.talk.react(message, BOT_USER_ID, _name(args))
    return {}


def remove(ws: Workspace, args: Args) -> Json:
    """reactions.remove: only the app's own."""
    message = _message(ws, args)
    if ws.channel(message.channel).archived:
        raise SlackError("is_archived")
    ws.talk.unreact(message, BOT_USER_ID, _name(args))
    return {}


def get(ws: Workspace, args: Args) -> Json:
    """reactions.get: without `full` only about 50 people a reaction are named."""
    message = _message(ws, args)
    shape = ws.talk.json(message, full=args.flag("full")) | {"permalink": ws.talk.link(message)}
    return {"type": "message", "channel": message.channel, "message": shape}


def _message(ws: Workspace, args: Args) -> Message:
    if not args.has("channel") or not args.has("timestamp"):
        raise SlackError("no_item_specified")
    channel = ws.apps_channel(args.text("channel"))
    try:
        float(args.text("timestamp"))
    except ValueError:
        raise SlackError("bad_timestamp") from None
    if BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    return ws.talk.find(channel.id, args.text("timestamp"))


def _name(args: Args) -> str:
    if not args.has("name"):
        raise SlackError("invalid_name")
    return args.text("name")
