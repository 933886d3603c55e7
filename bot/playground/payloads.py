"""What the app receives when a person acts, in Slack's shapes.

People of other workspaces act in shared channels: on a message the workspace named is the one
where the app is installed, and only `user.team_id` tells where the person is at home; everywhere
else it is the person's own.
"""

from bot.playground.records import (
    APP_ID,
    ENTERPRISE_ID,
    ENTERPRISE_NAME,
    TEAM_DOMAIN,
    TEAM_ID,
    VERIFICATION_TOKEN,
    Channel,
    Json,
    Message,
    Person,
)


def command(
    person: Person, channel: Channel, word: str, text: str, trigger_id: str, response_url: str
) -> Json:
    """A slash command."""
    grid = {"enterprise_id": person.enterprise, "enterprise_name": enterprise_name(person)}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": person.team,
        "team_domain": person.domain,
        **(grid if person.enterprise else {}),
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": word,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def block_actions_on_message(
    person: Person,
    channel: Channel,
    message: Message,
    shape: Json,
    actions: list[Json],
    state: Json,
    trigger_id: str,
    response_url: str,
    here: str,
) -> Json:
    """A press on a message; an ephemeral one does not come along.

    `here` is the Enterprise Grid of the workspace, "" where there is none.
    """
    ephemeral = bool(message.only_for)
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = {
        "type": "block_actions",
        **_common(person, here),
        "api_app_id": APP_ID,
        "container": container,
        "trigger_id": trigger_id,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": state},
        "response_url": response_url,
        "actions": actions,
    }
    return payload if ephemeral else payload | {"message": shape}


def block_actions_on_view(
    person: Person, view: Json, actions: list[Json], state: Json, trigger_id: str
) -> Json:
    """A press in a modal or in Home."""
    return {
        "type": "block_actions",
        **_common(person),
        "api_app_id": APP_ID,
        "container": {"type": "view", "view_id": view["id"]},
        "trigger_id": trigger_id,
        "view": _at_home(view, person, state),
        "actions": actions,
    }


def view_submission(person: Person, view: Json, state: Json, trigger_id: str) -> Json:
    """A submitted modal with its values."""
    return {
        "type": "view_submission",
        **_common(person),
        "api_app_id": APP_ID,
        "trigger_id": trigger_id,
        "view": _at_home(view, person, state),
        "response_urls": [],
    }


def view_closed(person: Person, view: Json, cleared: bool) -> Json:
    """A closed modal; what was typed is gone."""
    return {
        "type": "view_closed",
        **_common(person),
        "api_app_id": APP_ID,
        "view": _at_home(view, person, {}),
        "is_cleared": cleared,
    }


def global_shortcut(person: Person, callback_id: str, trigger_id: str, ts: str) -> Json:
    """A shortcut from anywhere."""
    return {
        "type": "shortcut",
        **_common(person),
        "action_ts": ts,
        "callback_id": callback_id,
        "trigger_id": trigger_id,
    }


def message_shortcut(
    person: Person,
    channel: Channel,
    shape: Json,
    callback_id: str,
    trigger_id: str,
    response_url: str,
    ts: str,
    here: str,
) -> Json:
    """A shortcut from a message's menu; `here` as in a press."""
    return {
        "type": "message_action",
        **_common(person, here),
        "action_ts": ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "callback_id": callback_id,
        "trigger_id": trigger_id,
        "response_url": response_url,
        "message_ts": shape["ts"],
        "message": shape,
    }


def block_suggestion(
    person: Person, action_id: str, block_id: str, value: str, where: Json, here: str
) -> Json:
    """A question for the options of an external select; `where` is its container and more."""
    on_message = where["container"]["type"] == "message"
    return {
        "type": "block_suggestion",
        **_common(person, here if on_message else None),
        "api_app_id": APP_ID,
        "action_id": action_id,
        "block_id": block_id,
        "value": value,
        **where,
    }


def channel_name(channel: Channel) -> str:
    """A channel's name as payloads give it."""
    if channel.private:
        return "privategroup"
    return "directmessage" if channel.is_im else channel.name


def enterprise_name(person: Person) -> str:
    """What the person's Enterprise Grid is called."""
    return ENTERPRISE_NAME if person.enterprise == ENTERPRISE_ID else person.enterprise.lower()


def _common(person: Person, here: str | None = None) -> Json:
    """Who acts, and for which workspace: with `here` on a message, else from their own."""
    team: Json = {"id": person.team, "domain": person.domain}
    enterprise, name = person.enterprise, enterprise_name(person)
    if here is not None and person.is_stranger:
        team, enterprise, name = {"id": TEAM_ID, "domain": TEAM_DOMAIN}, here, ENTERPRISE_NAME
    if enterprise:
        team |= {"enterprise_id": enterprise, "enterprise_name": name}
    return {
        "token": VERIFICATION_TOKEN,
        "team": team,
        "user": {
            "id": person.id,
            "username": person.handle,
            "name": person.handle,
            "team_id": person.team,
        },
        "enterprise": {"id": enterprise, "name": name} if enterprise else None,
        "is_enterprise_install": False,
    }


def _at_home(view: Json, person: Person, state: Json) -> Json:
    """A view as it stands in the person's own workspace; where the app is installed it says."""
    return {**view, "team_id": person.team, "state": {"values": state}}
