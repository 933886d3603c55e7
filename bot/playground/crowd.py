"""Colleagues who react: some at their own pace for the page, a storm at once for tests."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from bot.playground.records import BOT_USER_ID, Channel, Message, NotAllowed, SlackError

if TYPE_CHECKING:
    from bot.playground.workspace import Workspace

MOST = 30
"""How many people one call brings: nobody waits minutes for a channel of the whole office."""
APART_SECONDS = 600.0
"""Messages further apart than this were not offered together."""
TONED = 3
"""Every third person has chosen a skin tone."""
TONES = range(2, 7)
TONABLE = frozenset(("+1", "-1", "clap", "muscle", "pray", "raised_hands", "wave"))
THUMBS = ("+1", *(f"+1::skin-tone-{tone}" for tone in TONES))
TAKEN_BACK = 0.25
"""How much of a storm takes reactions back."""


@dataclass(frozen=True)
class Gesture:
    """One person adds a reaction to a message, or takes it away."""

    user: str
    ts: str
    name: str
    add: bool = True


class Crowd:
    """The people of a channel, reacting to what the bot offers with a reaction of its own.

    Between two of them `pause` seconds pass: at least the first, at most the second number.
    """

    def __init__(self, ws: "Workspace") -> None:
        self.pause = (0.15, 0.4)
        self._ws = ws
        self._running: dict[str, asyncio.Task[None]] = {}

    def offers(self, channel: str) -> list[Message]:
        """The messages with a reaction of the bot that were posted together last, oldest first."""
        seeded = [m for m in self._ws.talk.all(channel) if m.bot and _seed(m)]
        found: list[Message] = []
        for message in reversed(seeded):
            if found and _apart(message, found[-1]):
                break
            found.append(message)
        return found[::-1]

    def start(self, channel_id: str, but: str) -> int:
        """Let the members who have not reacted react, all but one person; how many will.

        Raises NotAllowed `crowd_busy` while the last ones are at it, `crowd_done` if none is left.
        """
        channel = self._ws.channel(channel_id)
        if but not in channel.members:
            raise NotAllowed("not_in_channel", channel_id)
        if channel.archived:
            raise NotAllowed("is_archived", channel_id)
        if self.busy(channel.id):
            raise NotAllowed("crowd_busy", channel_id)
        offers = self.offers(channel.id)
        people = self._undecided(channel, offers, but)
        if not offers or not people:
            raise NotAllowed("crowd_done", channel_id)
        # The same people vote alike in every run, whatever ids their messages got.
        chance = Random(channel.id)
        gestures = choices(people, offers, chance)
        task = asyncio.get_running_loop().create_task(self._act(channel.id, gestures, chance))
        self._running[channel.id] = task
        task.add_done_callback(lambda _: self._ended(channel.id))
        return len(people)

    def busy(self, channel: str) -> bool:
        """Whether people are still reacting there."""
        return channel in self._running

    async def stop(self) -> None:
        """Let nobody react any more."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def storm(
        self, channel: str, stamps: Sequence[str], users: Sequence[str], count: int, seed: int
    ) -> list[Gesture]:
        """Add and take back 👍 of all skin tones, `count` times at once; what was done, in order.

        How the app hears of it is for `hold_delivery`, `delivery.repeat` and `delivery.shuffle`.
        """
        chance, talk = Random(seed), self._ws.talk
        done, standing = list[Gesture](), list[Gesture]()
        while len(done) < count:
            if standing and chance.random() < TAKEN_BACK:
                gesture = replace(standing.pop(chance.randrange(len(standing))), add=False)
                talk.unreact(talk.find(channel, gesture.ts), gesture.user, gesture.name)
            else:
                gesture = Gesture(
                    chance.choice(users), chance.choice(stamps), chance.choice(THUMBS)
                )
                message = talk.find(channel, gesture.ts)
                if gesture.user in message.reactions.get(gesture.name, ()):
                    continue
                talk.react(message, gesture.user, gesture.name)
                standing.append(gesture)
            done.append(gesture)
        return done

    def _undecided(self, channel: Channel, offers: list[Message], but: str) -> list[str]:
        reacted = {user for m in offers for users in m.reactions.values() for user in users}
        people = (self._ws.people[id] for id in channel.members if id not in reacted | {but})
        return [p.id for p in people if not (p.is_bot or p.deleted or p.is_guest)][:MOST]

    def _ended(self, channel: str) -> None:
        del self._running[channel]
        self._ws.changes.tell("crowd", channel)

    async def _act(self, channel: str, gestures: Sequence[Gesture], chance: Random) -> None:
        for gesture in gestures:
            await asyncio.sleep(chance.uniform(*self.pause))
            self._one(channel, gesture)

    def _one(self, id: str, gesture: Gesture) -> None:
        channel = self._ws.channels.get(id)
        if channel is None or channel.archived or gesture.user not in channel.members:
            return
        # Meanwhile the message may be gone, or its window's person was faster.
        with suppress(SlackError):
            self._ws.talk.react(self._ws.talk.find(id, gesture.ts), gesture.user, gesture.name)


def choices(people: Sequence[str], offers: Sequence[Message], chance: Random) -> list[Gesture]:
    """What each person reacts to, with favourites; at the end one reacts to something else too."""
    liked = chance.sample(offers, len(offers))
    weights = range(len(liked), 0, -1)
    gestures = []
    for number, user in enumerate(people):
        # The first two differ, so that there is something to see even in a small channel.
        message = liked[number % len(liked)] if number < 2 else chance.choices(liked, weights)[0]
        name = _seed(message)
        if number % TONED == TONED - 1 and name in TONABLE:
            name += f"::skin-tone-{chance.choice(TONES)}"
        gestures.append(Gesture(user, message.ts, name))
    others = [m for m in liked if m.ts != gestures[0].ts]
    if others:
        gestures.append(Gesture(people[0], others[0].ts, _seed(others[0])))
    return gestures


def _seed(message: Message) -> str:
    """The reaction the bot put there itself; "" if there is none."""
    mine = (name for name, users in message.reactions.items() if BOT_USER_ID in users)
    return next(mine, "")


def _apart(older: Message, newer: Message) -> bool:
    """Whether two messages were not offered together: at other times, or in other threads."""
    elsewhere = older.is_reply or newer.is_reply
    if elsewhere and older.thread_ts != newer.thread_ts:
        return True
    return float(newer.ts) - float(older.ts) > APART_SECONDS
