"""chat.*: messages the app writes."""

import json

from bot.playground.api import Args
from bot.playground.limits import ready_blocks
from bot.playground.records import BOT_USER_ID, Channel, Json, Message, SlackError
from bot.playground.workspace import Workspace

TEXT_CUT = 40_000
TEXT_LIMIT = 4_000
METADATA_LIMIT = 8_000


def post(ws: Workspace, args: Args) -> Json:
    """chat.postMessage."""
    channel = _postable(ws, args)
    text, blocks = content(ws, args)
    thread_ts = args.text("thread_ts")
    message = ws.talk.post(
        channel,
        BOT_USER_ID,
        text[:TEXT_CUT],
        blocks=blocks,
        metadata=_metadata(args),
        thread_ts=thread_ts,
        broadcast=bool(thread_ts) and args.flag("reply_broadcast"),
    )
    shape = ws.talk.json(message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shape}


def post_ephemeral(ws: Workspace, args: Args) -> Json:
    """chat.postEphemeral."""
    channel = _postable(ws, args)
    user = args.must("user")
    if user not in channel.members or ws.people[user].deleted:
        raise SlackError("user_not_in_channel")
    text, blocks = content(ws, args)
    if len(text) > TEXT_LIMIT:
        raise SlackError("msg_too_long")
    thread_ts = args.text("thread_ts")
    message = ws.talk.post(
        channel, BOT_USER_ID, text, blocks=blocks, only_for=user, thread_ts=thread_ts
    )
    return {"message_ts": message.ts}


def update(ws: Workspace, args: Args) -> Json:
    """chat.update: what is not given stays as it was."""
    channel = ws.apps_channel(args.must("channel"))
    message = ws.talk.find(channel.id, args.must("ts"))
    if not message.bot:
        raise SlackError("cant_update_message")
    if channel.archived:
        raise SlackError("is_inactive")
    text, blocks = content(ws, args)
    if len(text) > TEXT_LIMIT:
        raise SlackError("msg_too_long")
    values: Json = {"text": text} if args.has("text") else {}
    if args.has("blocks"):
        values["blocks"] = blocks
    if args.has("metadata"):
        values["metadata"] = _metadata(args)
    ws.talk.edit(message, **values)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": ws.talk.json(message, metadata=True),
    }


def delete(ws: Workspace, args: Args) -> Json:
    """chat.delete: the app's own messages only."""
    channel = ws.apps_channel(args.must("channel"))
    message = ws.talk.find(channel.id, args.must("ts"))
    if not message.bot:
        raise SlackError("cant_delete_message")
    ws.talk.delete(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(ws: Workspace, args: Args) -> Json:
    """chat.getPermalink."""
    channel = ws.apps_channel(args.must("channel"))
    message = ws.talk.find(channel.id, args.must("message_ts"))
    return {"channel": channel.id, "permalink": ws.talk.link(message)}


def content(ws: Workspace, args: Args) -> tuple[str, list[Json]]:
    """The checked text and blocks; raises `no_text` if there is neither."""
    if args.has("attachments") and args.json("attachments"):
        raise SlackError("invalid_attachments", ("the playground has no attachments",))
    text = args.text("text")
    blocks = ready_blocks(args.json("blocks") or [], ws.ids)
    if not text and not blocks:
        raise SlackError("no_text")
    return text, blocks


def _postable(ws: Workspace, args: Args) -> Channel:
    """The channel the bot may post in."""
    channel = ws.apps_channel(args.must("channel"))
    if channel.archived:
        raise SlackError("is_archived")
    if channel.is_im:
        if ws.people[channel.user].deleted:
            raise SlackError("channel_not_found")
        if not ws.manifest.messages_tab:
            raise SlackError("messages_tab_disabled")
    elif BOT_USER_ID not in channel.members and "chat:write.public" not in ws.manifest.scopes:
        raise SlackError("not_in_channel")
    return channel


def _metadata(args: Args) -> Json | None:
    value = args.json("metadata")
    if not value:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(value.get("event_type"), str) or not 0 < len(value["event_type"]) <= 255:
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(value, ensure_ascii=False)) > METADATA_LIMIT:
        raise SlackError("metadata_too_large")
    return value


def respond(ws: Workspace, channel: Channel, user: str, args: Args, on: Message | None) -> None:
    """What a response_url or the answer to a command does; `on` is the message acted on."""
    if args.flag("delete_original") and on is not None:
        ws.talk.delete(on)
        return
    text, blocks = content(ws, args)
    if args.flag("replace_original") and on is not None:
        ws.talk.edit(on, text=text, blocks=blocks)
        return
    shown = "" if args.text("response_type") == "in_channel" else user
    ws.talk.post(
        channel,
        BOT_USER_ID,
        text,
        blocks=blocks,
        only_for=shown,
        thread_ts=args.text("thread_ts"),
    )
