"""files.*: uploads in three steps, and what became of them."""

import mimetypes

from bot.playground.api import Args
from bot.playground.limits import ready_blocks
from bot.playground.records import BOT_USER_ID, Channel, File, Json, SlackError
from bot.playground.shapes import file_json
from bot.playground.workspace import Workspace

MOST_BYTES = 50_000_000


def get_upload_url(ws: Workspace, args: Args) -> Json:
    """files.getUploadURLExternal."""
    name = args.must("filename")
    length = args.number("length", 0, MOST_BYTES)
    if len(args.text("alt_txt")) > 1000:
        raise SlackError("alt_txt_too_large")
    file = new_file(ws, name, length, BOT_USER_ID, args.text("alt_txt"))
    ws.pending_files[file.id] = file
    return {"upload_url": f"{ws.base_url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(ws: Workspace, args: Args) -> Json:
    """files.completeUploadExternal: shares the files in one message if channels are given."""
    wanted = args.json("files")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", ("missing required field: files",))
    channels = [_shareable(ws, id) for id in _channels(args)]
    thread_ts = args.text("thread_ts")
    for channel in channels:
        if thread_ts:
            ws.talk.parent(channel.id, thread_ts)
    files = []
    for one in wanted:
        id = str(one.get("id")) if isinstance(one, dict) else ""
        if id not in ws.pending_files or ws.store.bytes_of(id) is None:
            raise SlackError("file_not_found")
        files.append((ws.pending_files[id], one.get("title")))
    blocks = ready_blocks(args.json("blocks") or [], ws.ids)
    for file, title in files:
        file.title = title or file.name
        ws.files[file.id] = ws.pending_files.pop(file.id)
        ws.save(file)
    for channel in channels:
        text = args.text("initial_comment")
        more = {"files": [f.id for f, _ in files], "thread_ts": thread_ts, "blocks": blocks}
        ws.talk.post(channel, BOT_USER_ID, text, **more)
    return {"files": [file_json(f, ws.base_url) for f, _ in files]}


def info(ws: Workspace, args: Args) -> Json:
    """files.info."""
    file = ws.files.get(args.must("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": file_json(file, ws.base_url), "comments": []}


def new_file(ws: Workspace, name: str, size: int, user: str, alt: str = "") -> File:
    """A file without bytes yet."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return File(ws.ids.make("F"), name, name, user, size, kind, int(ws.clock.system()), alt)


def _channels(args: Args) -> list[str]:
    given = args.text("channel_id") or args.text("channels")
    return [c for c in given.split(",") if c]


def _shareable(ws: Workspace, id: str) -> Channel:
    channel = ws.apps_channel(id)
    if BOT_USER_ID not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("posting_to_channel_denied")
    return channel
