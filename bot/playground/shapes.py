"""People, channels, messages and files as Slack's JSON shows them."""

from bot.playground.records import (
    APP_ID,
    BOT_ID,
    BOT_USER_ID,
    ENTERPRISE_NAME,
    TEAM_ID,
    Channel,
    File,
    Json,
    Message,
    Person,
)

SHOWN_REACTORS = 50
"""Without `full`, Slack names about this many people a reaction; the count is always true."""


def person_json(person: Person, email: bool, locale: bool = False) -> Json:
    """A user object; `email` only with the scope for it."""
    profile: Json = {
        "title": person.title,
        "phone": "",
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.name,
        "display_name_normalized": person.name,
        "status_text": "",
        "status_emoji": "",
        "team": person.team,
    }
    if email and not person.is_bot:
        profile["email"] = person.email
    if person.is_bot:
        profile |= {"api_app_id": APP_ID, "bot_id": BOT_ID}
    user: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.handle,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.enterprise:
        user["enterprise_user"] = {
            "id": person.id,
            "enterprise_id": person.enterprise,
            "enterprise_name": ENTERPRISE_NAME,
            "is_admin": False,
            "is_owner": False,
            "teams": [person.team],
        }
    if person.is_stranger:
        user["is_stranger"] = True
    if not person.deleted:
        user |= {
            "real_name": person.name,
            "tz": "Asia/Seoul",
            "tz_label": "Korea Standard Time",
            "tz_offset": 32400,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
        }
    if locale:
        user["locale"] = person.locale
    return user


def channel_json(channel: Channel, people: list[Person], members: bool = False) -> Json:
    """A conversation object as the bot sees it; `people` are its members."""
    if channel.is_im:
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "user": channel.user,
            "is_open": True,
            "priority": 0,
        }
    teams = sorted({TEAM_ID, *(person.team for person in people)})
    outside = any(person.is_stranger for person in people)
    inside = any(person.is_guest and not person.is_stranger for person in people)
    old = channel.id.startswith("G")  # private ones from before 2021
    shape: Json = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not old,
        "is_group": old,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_general": False,
        "unlinked": 0,
        "is_shared": outside or inside,
        "is_org_shared": inside,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": TEAM_ID,
        "is_ext_shared": outside,
        "shared_team_ids": teams,
        "creator": channel.members[0] if channel.members else "",
        "is_member": BOT_USER_ID in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }
    if members:
        shape["num_members"] = len(channel.members)
    return shape


def message_json(
    message: Message,
    files: list[File],
    base_url: str,
    bot_name: str,
    metadata: bool = False,
    reactors: int | None = SHOWN_REACTORS,
    writer: Person | None = None,
) -> Json:
    """A message object; `reactors` is how many people a reaction names, None for all.

    A `writer` of another workspace is named with it.
    """
    shape: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": TEAM_ID,
    }
    if writer is not None and writer.is_guest:
        shape |= {"team": writer.team, "user_team": writer.team, "source_team": writer.team}
    if message.subtype:
        shape["subtype"] = message.subtype
    if message.bot:
        shape |= {
            "bot_id": BOT_ID,
            "app_id": APP_ID,
            "bot_profile": {
                "id": BOT_ID,
                "app_id": APP_ID,
                "user_id": BOT_USER_ID,
                "name": bot_name,
                "deleted": False,
                "team_id": TEAM_ID,
            },
        }
    if message.blocks:
        shape["blocks"] = message.blocks
    if message.edited:
        shape["edited"] = message.edited
    if message.files:
        shape["files"] = [file_json(f, base_url) for f in files]
    if message.thread_ts:
        shape["thread_ts"] = message.thread_ts
    if message.replies:
        shape |= {
            "thread_ts": message.ts,
            "reply_count": len(message.replies),
            "latest_reply": message.replies[-1],
        }
    if message.reactions:
        shape["reactions"] = [
            {"name": name, "users": users[:reactors], "count": len(users)}
            for name, users in message.reactions.items()
        ]
    if message.only_for:
        shape["is_ephemeral"] = True
    if metadata and message.metadata:
        shape["metadata"] = message.metadata
    return shape


def file_json(file: File, base_url: str) -> Json:
    """A file object; `url_private` asks for the bot's token, the permalink does not."""
    name = file.name.rpartition(".")
    ims = [id for id in file.shares if id.startswith("D")]
    public = [id for id in file.shares if id not in (*ims, *file.groups)]
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": name[2] if name[1] else "binary",
        "user": file.user,
        "user_team": TEAM_ID,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": bool(public),
        "alt_txt": file.alt_txt,
        "url_private": f"{base_url}/files-pri/{TEAM_ID}-{file.id}/{file.name}",
        "url_private_download": f"{base_url}/files-pri/{TEAM_ID}-{file.id}/download/{file.name}",
        "permalink": f"{base_url}/files/{file.id}/{file.name}",
        "channels": public,
        "ims": ims,
        "groups": file.groups,
        "shares": {
            "public": {
                channel: [{"ts": ts, "team_id": TEAM_ID} for ts in file.shares[channel]]
                for channel in public
            },
            "private": {
                channel: [{"ts": ts} for ts in file.shares[channel]]
                for channel in (*ims, *file.groups)
            },
        },
    }


def escaped(text: str) -> str:
    """What a person typed, as Slack stores it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
