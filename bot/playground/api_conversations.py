"""conversations.* and users.conversations: channels, their members, what was said."""

from collections.abc import Iterable

from bot.playground.api import Args, need
from bot.playground.paging import page
from bot.playground.records import BOT_USER_ID, Channel, Json, Message, SlackError
from bot.playground.workspace import Workspace

_KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im"}
"""The kinds of conversation that are listed, and the word of their scopes."""


def open_im(ws: Workspace, args: Args) -> Json:
    """conversations.open: the direct conversation with one person."""
    if args.has("channel"):
        user = ws.apps_channel(args.must("channel")).user
    else:
        users = [u for u in args.text("users").split(",") if u]
        if not users:
            raise SlackError("users_list_not_supplied")
        if len(users) > 1:
            raise SlackError("missing_scope", needed="mpim:write")
        user = users[0]
    if user not in ws.people or user == BOT_USER_ID:
        raise SlackError("user_not_found")
    if ws.people[user].deleted:
        raise SlackError("user_disabled")
    opened = f"D{user}" in ws.channels
    channel = ws.im(user)
    ws.save(channel)
    shape = ws.channel_json(channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": shape} | ({"no_op": True, "already_open": True} if opened else {})


def info(ws: Workspace, args: Args) -> Json:
    """conversations.info."""
    channel = _readable(ws, args, "read")
    shape = ws.channel_json(channel, members=args.flag("include_num_members"))
    if channel.is_im and args.flag("include_locale"):
        shape["locale"] = ws.people[channel.user].locale
    return {"channel": shape}


def members(ws: Workspace, args: Args) -> Json:
    """conversations.members."""
    channel = _readable(ws, args, "read")
    ids, after = page(channel.members, lambda id: id, args, 100, 1000)
    return {"members": ids, "response_metadata": {"next_cursor": after}}


def list_all(ws: Workspace, args: Args) -> Json:
    """conversations.list: every public channel, and of the others those that the bot is in."""
    seen = [c for c in ws.channels.values() if not c.private or BOT_USER_ID in c.members]
    return _list(ws, args, seen, everywhere=True)


def of_user(ws: Workspace, args: Args) -> Json:
    """users.conversations: where somebody, by default the bot, is a member."""
    user = args.text("user") or BOT_USER_ID
    ws.person(user)
    mine = [
        c
        for c in ws.channels.values()
        if user in c.members and (not c.private or BOT_USER_ID in c.members)
    ]
    return _list(ws, args, mine, everywhere=False)


def history(ws: Workspace, args: Args) -> Json:
    """conversations.history: newest first, without replies in threads."""
    channel = _readable(ws, args, "history")
    found = [m for m in ws.talk.all(channel.id) if not m.is_reply or m.broadcast]
    rows = _between(found, args)[::-1]
    shown, after = page(rows, lambda m: m.ts, args, 100, 999)
    return _messages(ws, args, shown, after) | {"pin_count": 0}


def replies(ws: Workspace, args: Args) -> Json:
    """conversations.replies: the parent first, then its replies, oldest first."""
    channel = _readable(ws, args, "history")
    try:
        message = ws.talk.find(channel.id, args.must("ts"))
    except SlackError:
        raise SlackError("thread_not_found") from None
    thread = ws.talk.thread(channel.id, message.thread_ts or message.ts)
    rows = thread[:1] + _between(thread[1:], args)
    shown, after = page(rows, lambda m: m.ts, args, 1000, 1000)
    return _messages(ws, args, shown, after)


def _readable(ws: Workspace, args: Args, what: str) -> Channel:
    """A channel the bot may look into: `read` its data, or its `history`."""
    channel = ws.apps_channel(args.must("channel"))
    need(ws, f"{channel.scope}:{what}")
    if what == "history" and BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _list(ws: Workspace, args: Args, channels: Iterable[Channel], everywhere: bool) -> Json:
    kinds = (args.text("types") or "public_channel").split(",")
    if set(kinds) - _KINDS.keys() - {"mpim"}:
        raise SlackError("invalid_types")
    for kind in kinds:
        need(ws, f"{_KINDS.get(kind, kind)}:read")
    scopes = {_KINDS.get(kind) for kind in kinds}
    rows = [
        c
        for c in sorted(channels, key=lambda c: c.id)
        if c.scope in scopes and not (c.archived and args.flag("exclude_archived"))
    ]
    shown, after = page(rows, lambda c: c.id, args, 100, 999)
    shapes = [ws.channel_json(c, members=everywhere and not c.is_im) for c in shown]
    return {"channels": shapes, "response_metadata": {"next_cursor": after}}


def _between(messages: list[Message], args: Args) -> list[Message]:
    """Those after `oldest` and before `latest`; `inclusive` takes the ends in."""
    oldest, latest = _ts(args, "oldest"), _ts(args, "latest")
    if args.flag("inclusive"):
        return [
            m for m in messages if oldest <= float(m.ts) and (not latest or float(m.ts) <= latest)
        ]
    return [m for m in messages if oldest < float(m.ts) and (not latest or float(m.ts) < latest)]


def _ts(args: Args, name: str) -> float:
    try:
        return float(args.text(name) or 0)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _messages(ws: Workspace, args: Args, messages: list[Message], after: str) -> Json:
    metadata = args.flag("include_all_metadata")
    answer: Json = {
        "messages": [ws.talk.json(m, metadata=metadata) for m in messages],
        "has_more": bool(after),
    }
    if after:
        answer["response_metadata"] = {"next_cursor": after}
    return answer
