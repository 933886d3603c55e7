"""The app manifest as the workspace reads it: what the app may do and hear."""

from dataclasses import dataclass
from typing import Any

from bot.playground.records import Json

EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "channel_archive": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_id_changed": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read",),
    "member_left_channel": ("channels:read",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
}
"""The events this workspace can send, and the bot scopes Slack asks for each."""


@dataclass(frozen=True)
class Command:
    """A slash command of the app; `escape` is the manifest's should_escape."""

    command: str
    description: str
    usage_hint: str
    escape: bool


@dataclass(frozen=True)
class Shortcut:
    """A shortcut of the app; `type` is `global` or `message`."""

    type: str
    callback_id: str
    name: str


class Manifest:
    """A checked manifest. Raises ValueError with everything Slack would not install."""

    def __init__(self, source: Json) -> None:
        features, settings = source.get("features", {}), source.get("settings", {})
        self.name: str = source["display_information"]["name"]
        self.bot_name: str = features.get("bot_user", {}).get("display_name", self.name)
        self.scopes = tuple(source.get("oauth_config", {}).get("scopes", {}).get("bot", ()))
        self.commands = tuple(map(_command, features.get("slash_commands", ())))
        self.shortcuts = tuple(
            Shortcut(s["type"], s["callback_id"], s["name"]) for s in features.get("shortcuts", ())
        )
        self.events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
        self.interactive = bool(settings.get("interactivity", {}).get("is_enabled"))
        home = features.get("app_home", {})
        self.home_tab = bool(home.get("home_tab_enabled"))
        self.messages_tab = bool(home.get("messages_tab_enabled", True))
        self.messages_read_only = bool(home.get("messages_tab_read_only_enabled", False))
        self.socket_mode = bool(settings.get("socket_mode_enabled"))
        if wrong := self._wrong():
            raise ValueError("manifest: " + "; ".join(wrong))

    def command(self, word: str) -> Command | None:
        """The app's command of that word, with its slash."""
        return next((c for c in self.commands if c.command == word), None)

    def _wrong(self) -> list[str]:
        wrong = []
        for event in sorted(self.events):
            if event not in EVENT_SCOPES:
                wrong.append(f"the playground has no event {event}")
                continue
            lacking = [s for s in EVENT_SCOPES[event] if s not in self.scopes]
            wrong += [f"{event} needs the scope {scope}" for scope in lacking]
        if (self.commands or self.shortcuts) and "commands" not in self.scopes:
            wrong.append("slash commands and shortcuts need the scope commands")
        for command in self.commands:
            if not command.command.startswith("/") or len(command.command) > 32:
                wrong.append(f"a command starts with / and has at most 32 letters: {command}")
        for shortcut in self.shortcuts:
            if len(shortcut.name) > 24 or shortcut.type not in ("global", "message"):
                wrong.append(f"a shortcut is global or message, named in 24 letters: {shortcut}")
        return wrong


def _command(source: dict[str, Any]) -> Command:
    return Command(
        source["command"],
        source.get("description", ""),
        source.get("usage_hint", ""),
        bool(source.get("should_escape")),
    )
