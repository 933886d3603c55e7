"""What each person has open: a stack of modals, and the Home tab; and the triggers to open them."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.playground.changes import Changes
from bot.playground.ids import Ids
from bot.playground.limits import ready_view
from bot.playground.records import APP_ID, BOT_ID, TEAM_ID, Json, SlackError
from bot.playground.store import Store

TRIGGER_SECONDS = 3.0
KEPT_SECONDS = 600.0
"""Used and expired triggers are remembered this long, to be refused by their right names."""
MOST_VIEWS = 3


@dataclass
class _Trigger:
    user: str
    born: float
    view_id: str
    used: bool = False


class Triggers:
    """Triggers: one use, three seconds of system time."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids, self._clock = ids, clock
        self._issued: dict[str, _Trigger] = {}

    def issue(self, user: str, view_id: str = "") -> str:
        """A new trigger for a person's act, inside a modal if `view_id` is given."""
        now = self._clock.monotonic()
        for old in list(itertools.takewhile(self._is_old(now), self._issued)):
            del self._issued[old]
        trigger = f"{self._ids.ts()}.{self._ids.make('', 16).lower()}"
        self._issued[trigger] = _Trigger(user, now, view_id)
        return trigger

    def _is_old(self, now: float) -> Callable[[str], bool]:
        return lambda id: now - self._issued[id].born > KEPT_SECONDS

    def exchange(self, trigger_id: str) -> tuple[str, str]:
        """The person and view of a trigger; it can't be used again."""
        if not re.fullmatch(r"\d+\.\d+\.\w+", trigger_id) or trigger_id not in self._issued:
            raise SlackError("invalid_trigger_id")
        trigger = self._issued[trigger_id]
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.monotonic() - trigger.born > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user, trigger.view_id


class Modals:
    """View stacks and Home tabs by person. Views are replaced, never changed in place."""

    def __init__(self, ids: Ids, clock: Clock, changes: Changes, store: Store) -> None:
        self.triggers = Triggers(ids, clock)
        self._ids, self._changes, self._store = ids, changes, store
        self._stacks: dict[str, list[Json]] = {}
        self._homes: dict[str, Json] = {doc["user"]: doc["view"] for doc in store.all("home")}

    def stack(self, user: str) -> list[Json]:
        """The person's open modals, the top one last."""
        return list(self._stacks.get(user, ()))

    def home(self, user: str) -> Json | None:
        """The person's Home as last published."""
        return self._homes.get(user)

    def find(self, view_id: str) -> tuple[str, Json]:
        """An open modal or a Home by id, with its person; raises `not_found`."""
        for user, stack in self._stacks.items():
            for view in stack:
                if view["id"] == view_id:
                    return user, view
        for user, home in self._homes.items():
            if home["id"] == view_id:
                return user, home
        raise SlackError("not_found")

    def by_external_id(self, external_id: str) -> tuple[str, Json]:
        """An open modal by the app's own id; raises `not_found`."""
        for user, stack in self._stacks.items():
            for view in stack:
                if external_id and view["external_id"] == external_id:
                    return user, view
        raise SlackError("not_found")

    def open(self, trigger_id: str, source: object) -> Json:
        """`views.open`: a new stack with one modal."""
        ready = self._ready(source)
        user, _ = self.triggers.exchange(trigger_id)
        view = self._made(ready, user)
        self._stacks[user] = [view]
        self._changes.tell("view", user=user, op="open", view=view)
        return view

    def push(self, trigger_id: str, source: object) -> Json:
        """`views.push`: one more modal; the trigger must come from within a modal."""
        ready = self._ready(source)
        user, view_id = self.triggers.exchange(trigger_id)
        if not view_id or all(v["id"] != view_id for v in self._stacks.get(user, ())):
            raise SlackError("not_found")
        return self._push(user, ready)

    def pushed(self, user: str, source: object) -> Json:
        """Push a modal as the answer to a submission; raises `push_limit_reached` at three."""
        return self._push(user, self._ready(source))

    def _push(self, user: str, ready: Json) -> Json:
        stack = self._stacks.get(user, [])
        if len(stack) >= MOST_VIEWS:
            raise SlackError("push_limit_reached")
        view = self._made(ready, user, root=stack[0]["id"], previous=stack[-1]["id"])
        self._stacks[user] = [*stack, view]
        self._changes.tell("view", user=user, op="push", view=view)
        return view

    def update(self, view_id: str, source: object, hash: str = "") -> Json:
        """`views.update`: the same id, a new hash."""
        user, old = self.find(view_id)
        if old["type"] != "modal":
            raise SlackError("not_found")
        ready = self._ready(source, old)
        if hash and hash != old["hash"]:
            raise SlackError("hash_conflict")
        view = {
            **self._made(ready, user, old["root_view_id"], old["previous_view_id"]),
            "id": old["id"],
            "root_view_id": old["root_view_id"],
        }
        self._stacks[user] = [view if v["id"] == view_id else v for v in self._stacks[user]]
        self._changes.tell("view", user=user, op="update", view=view)
        return view

    def publish(self, user: str, source: object, hash: str = "") -> Json:
        """`views.publish`: the person's Home."""
        ready = ready_view(source, self._ids, ("home",))
        old = self._homes.get(user)
        if hash and hash != (old["hash"] if old else ""):
            raise SlackError("hash_conflict")
        view = self._made(ready, user)
        if old:
            view["id"] = view["root_view_id"] = old["id"]
        self._homes[user] = view
        self._store.put("home", user, {"user": user, "view": view})
        self._changes.tell("home", user=user, view=view)
        return view

    def drop(self, user: str, view_id: str, all: bool = False) -> list[Json]:
        """Close a modal and what stands above it, or all; returns what was closed, top first."""
        stack = self._stacks.get(user, [])
        at = next((n for n, v in enumerate(stack) if v["id"] == view_id), len(stack))
        kept = [] if all else stack[:at]
        self._stacks[user] = kept
        self._changes.tell("view_closed", user=user, view_id=view_id, all=not kept)
        return stack[: len(kept) - 1 if kept else None : -1]

    def _ready(self, source: object, old: Json | None = None) -> Json:
        view = ready_view(source, self._ids, ("modal",))
        external = view.get("external_id")
        if external and (old is None or old["external_id"] != external):
            taken = [v for s in self._stacks.values() for v in s if v["external_id"] == external]
            if taken:
                raise SlackError("duplicate_external_id")
        return view

    def _made(self, ready: Json, user: str, root: str = "", previous: str | None = None) -> Json:
        id = self._ids.make("V")
        modal = ready["type"] == "modal"
        return {
            "id": id,
            "team_id": TEAM_ID,
            "type": ready["type"],
            "blocks": ready["blocks"],
            "private_metadata": ready.get("private_metadata") or "",
            "callback_id": ready.get("callback_id") or "",
            "state": {"values": {}},
            "hash": f"{self._ids.ts().split('.')[0]}.{self._ids.make('', 8)}",
            "title": _plain(ready.get("title") or {"type": "plain_text", "text": "View Title"}),
            "clear_on_close": bool(ready.get("clear_on_close")),
            "notify_on_close": bool(ready.get("notify_on_close")),
            "close": _plain(ready.get("close")) if modal else None,
            "submit": _plain(ready.get("submit")) if modal else None,
            "previous_view_id": previous,
            "root_view_id": root or id,
            "app_id": APP_ID,
            "external_id": ready.get("external_id") or "",
            "app_installed_team_id": TEAM_ID,
            "bot_id": BOT_ID,
        }


def _plain(text: Json | None) -> Json | None:
    return None if text is None else {"emoji": True, **text}
