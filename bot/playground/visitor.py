"""A person at the screen: sees only what they may, presses only what is drawn."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bot.playground import forms
from bot.playground.acting import Acting, Place
from bot.playground.api_files import new_file
from bot.playground.reading import NotDrawn, one_element, sketch, texts_of
from bot.playground.records import Ack, Channel, Json
from bot.playground.responses import Responses
from bot.playground.shapes import file_json
from bot.playground.workspace import Workspace

T = TypeVar("T")
Where = Place | Json | str
"""A message or view object, a view's id, `"home"`, or a Place."""


class Visitor(Acting):
    """One window of one person. The friendly verbs (`fill`, `click`, `submit`) refuse what is not
    drawn; the raw ones (`press`, `submit(state=…)`) send anything, for stale and forged buttons.
    """

    def __init__(self, ws: Workspace, responses: Responses, user: str) -> None:
        super().__init__(ws, responses, user)
        self._typed: dict[str, tuple[str, forms.State]] = {}

    # Seeing -------------------------------------------------------------------------------

    @property
    def views(self) -> list[Json]:
        """The open modals, the top one last."""
        return self.ws.modals.stack(self.user)

    @property
    def top(self) -> Json:
        """The modal on top; raises NotDrawn if none is open (`views` is empty then)."""
        if not self.views:
            raise NotDrawn("no modal is open")
        return self.views[-1]

    @property
    def home(self) -> Json:
        """Home as last published; raises NotDrawn before that."""
        home = self.ws.modals.home(self.user)
        if home is None:
            raise NotDrawn("nothing was published to Home")
        return home

    def channels(self) -> list[Channel]:
        """The channels this person is in, and the conversation with the bot first."""
        mine = [c for c in self.ws.channels.values() if self.user in c.members and not c.is_im]
        return [self.ws.im(self.user), *sorted(mine, key=lambda c: c.name)]

    def messages(self, channel: str, thread_ts: str = "") -> list[Json]:
        """What this person sees in a channel, or in one thread, oldest first; ephemerals too."""
        if self.user not in self.ws.channel(channel).members:
            raise NotDrawn(f"{self.user} is not in {channel}")
        talk = self.ws.talk
        if thread_ts:
            found = talk.thread(channel, thread_ts, self.user)
        else:
            found = [m for m in talk.all(channel, self.user) if not m.is_reply or m.broadcast]
        return [{**talk.json(m, full=True), "channel": channel} for m in found]

    def message(self, channel: str, text: str = "", thread_ts: str = "") -> Json:
        """The newest message there that shows `text`; raises NotDrawn if there is none."""
        for message in reversed(self.messages(channel, thread_ts)):
            if any(text in shown for shown in texts_of(message)):
                return message
        raise NotDrawn(f"no message in {channel} shows {text!r}")

    def texts(self, what: Where | None = None) -> list[str]:
        """The texts shown on a message, a view, `"home"` or in a channel; by default on top."""
        if isinstance(what, str) and what in self.ws.channels:
            return [text for message in self.messages(what) for text in texts_of(message)]
        return texts_of(self._thing(what))

    def value(self, action_id: str, on: Where | None = None) -> Any:
        """What a field holds now: text, option, options, ids or a date."""
        thing = self._thing(on)
        block, element = one_element(thing, action_id)
        entry = self._state(thing)[block["block_id"]][action_id]
        return entry[forms.field_of(element)]

    def screen(self) -> str:
        """Everything this person sees, in words."""
        home = self.ws.modals.home(self.user)
        parts = [sketch(f"modal {v['callback_id']} {v['id']}", v) for v in self.views]
        parts += [sketch("home", home)] if home else []
        for channel in self.channels():
            for message in self.messages(channel.id)[-10:]:
                kind = "only you see" if message.get("is_ephemeral") else message["user"]
                parts.append(sketch(f"{channel.name or 'DM'} · {kind} · {message['ts']}", message))
        parts += [f"!! {problem}" for problem in self.ws.problems]
        return "\n".join(parts)

    async def until(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:
        """Wait for something; the predicate is asked again at each change in the workspace.

        Returns its value. After `timeout` seconds raises AssertionError with the screen.
        """
        try:
            return await self.ws.changes.until(predicate, timeout)
        except TimeoutError:
            seen = f"not within {timeout} s; {self.user} sees:\n{self.screen()}"
            raise AssertionError(seen) from None

    # Doing --------------------------------------------------------------------------------

    async def fill(
        self, values: Mapping[str | tuple[str, str], Any], on: Where | None = None
    ) -> None:
        """Fill fields by action id, or by (block id, action id).

        Text and numbers as text; options by value or text, several as a list; people and channels
        by id; dates as 2026-03-02; files as `upload` returned them; None empties. A change that
        Slack sends at once is sent, and the next field is looked for on what is shown then.
        """
        place = self._place(on)
        for key, given in values.items():
            block_id, action_id = key if isinstance(key, tuple) else (None, key)
            thing = self._thing(place)
            block, element = one_element(thing, action_id, block_id)
            options = await self._options(place, block, element, given)
            entry = forms.entry_for(element, given, options, self._known)
            self._state(thing)[block["block_id"]][action_id] = entry
            if forms.dispatches(block, element):
                action = forms.action_for(block, element, entry)
                await self.act(place, action, self._state(thing))

    async def click(
        self,
        action_id: str,
        on: Where | None = None,
        *,
        value: str | None = None,
        text: str | None = None,
        block_id: str | None = None,
        choose: str | None = None,
    ) -> Ack:
        """Press a drawn button, or `choose` from a drawn overflow menu; confirms what asks.

        Of several alike `value`, `text` (on the button) or `block_id` picks one. Raises NotDrawn.
        """
        place, thing = self._place(on), self._thing(on)
        block, element = one_element(thing, action_id, block_id, value, text)
        entry: Json = {}
        if element["type"] == "overflow":
            found = [o for o in element["options"] if choose in (o["value"], o["text"]["text"])]
            if not found:
                raise NotDrawn(f"no option {choose!r} in {action_id}")
            entry = {"selected_option": found[0]}
        elif element["type"] != "button":
            raise NotDrawn(f"{action_id} is a {element['type']}: fill it")
        return await self.act(place, forms.action_for(block, element, entry), self._state(thing))

    async def press(
        self,
        where: Where,
        action_id: str,
        block_id: str | None = None,
        state: forms.State | None = None,
        **given: Any,
    ) -> Ack:
        """Send an action whether it is drawn or not; `given` are fields like value or type.

        A message or view object remembered from before is a stale screen: its button is pressed.
        """
        place, thing = self._place(where), self._thing(where)
        action: Json = {"type": "button", "action_id": action_id, "block_id": block_id or "forged"}
        for shown in (where, thing):
            try:
                block, element = one_element(shown if isinstance(shown, dict) else {}, action_id)
                action = forms.action_for(block, element, {})
                break
            except NotDrawn:
                continue
        if block_id is not None:
            action["block_id"] = block_id
        return await self.act(place, {**action, **given}, state or self._state(thing))

    async def submit(
        self,
        view_id: str | None = None,
        values: Mapping[str | tuple[str, str], Any] | None = None,
        *,
        state: forms.State | None = None,
    ) -> Ack:
        """Submit the top modal, filling `values` first.

        What the client would refuse comes back as errors with status 0 and nothing is sent. With
        a raw `state` any open view is submitted unchecked.
        """
        if state is not None:
            return await self.send_view(view_id or self.top["id"], state)
        if values:
            await self.fill(values)
        view = self.top
        if view_id not in (None, view["id"]) or not view["submit"]:
            raise NotDrawn("only the top modal, and one with a button for it, can be submitted")
        if wrong := forms.mistakes(view, self._state(view)):
            return Ack(False, 0, "errors", None, wrong)
        return await self.send_view(view["id"], self._state(view))

    def whole_state(self, where: Where, state: forms.State) -> forms.State:
        """A state with every field drawn there; those it does not name are as at first."""
        return forms.carried(self._thing(where), state)

    async def upload(self, name: str, content: bytes) -> Json:
        """Upload a file for a file input; returns the file object."""
        file = new_file(self.ws, name, len(content), self.person.id)
        self.ws.files[file.id] = file
        self.ws.store.put_bytes(file.id, content)
        self.ws.save(file)
        return file_json(file, self.ws.base_url)

    # Inside -------------------------------------------------------------------------------

    def _place(self, where: Where | None) -> Place:
        if isinstance(where, Place):
            return where
        if isinstance(where, str) and where != "home":
            return Place(view_id=where)
        thing = self._thing(where)
        if "ts" in thing:
            return Place(channel=thing["channel"], ts=thing["ts"])
        return Place(view_id=thing["id"])

    def _thing(self, where: Where | None) -> Json:
        """What is shown there now; a message or view object as it was given, if it is gone."""
        if where is None:
            return self.top
        if where == "home":
            return self.home
        if isinstance(where, dict):
            place = Place(where.get("id", ""), where.get("channel", ""), where.get("ts", ""))
            try:
                return self._thing(place)
            except LookupError:
                return where
        place = where if isinstance(where, Place) else Place(view_id=where)
        if place.view_id:
            home = self.ws.modals.home(self.user)
            for view in [*self.views, *([home] if home else [])]:
                if view["id"] == place.view_id:
                    return view
            raise NotDrawn(f"the view {place.view_id} is not open")
        found = [m for m in self.ws.talk.all(place.channel, self.user) if m.ts == place.ts]
        if not found:
            raise NotDrawn(f"there is no message {place.ts} in {place.channel}")
        return {**self.ws.talk.json(found[0], full=True), "channel": place.channel}

    def _state(self, thing: Json) -> forms.State:
        """The fields of a view or message as this window holds them, kept over updates."""
        key = thing.get("id") or f"{thing['channel']} {thing['ts']}"
        # An ephemeral that was replaced is not marked as edited: its blocks tell.
        blocks = [block.get("block_id") for block in thing.get("blocks", ())]
        version = thing.get("hash") or f"{thing.get('edited')} {blocks}"
        seen, state = self._typed.get(key, ("", {}))
        if seen != version:
            self._typed[key] = (version, forms.carried(thing, state))
        return self._typed[key][1]

    def _known(self, id: str) -> bool:
        return id in self.ws.people or id in self.ws.channels

    async def _options(self, place: Place, block: Json, element: Json, given: Any) -> list[Json]:
        """The options to choose from; an external select asks the app, once for each choice."""
        if "external" not in element["type"] or given is None:
            return forms.offered(element)
        options: list[Json] = []
        for one in [given] if isinstance(given, str) else given:
            args = (place, element["action_id"], block["block_id"], one)
            options += forms.offered(await self.suggest(*args))
        return options
