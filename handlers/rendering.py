"""Today's wording: loads what a fact or projection is about and has a view word it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.facts import Due
from bot.i18n.texts import Catalogue, Texts
from bot.usecases.deliver import Leased
from bot.usecases.tell import showing, telling
from bot.usecases.telling import Telling
from bot.views import ballot, ballot_notices, checks, exempt, review, review_notices, standing
from bot.views.card import card
from bot.views.home import home
from bot.views.notices import (
    channel_lost,
    handed_over,
    merge_asked,
    news,
    undelivered,
    waiting,
)  # fmt: skip
from bot.views.reminders import reminders

Word = Callable[[Texts, Any], Mapping[str, Any]]

WORDS: Mapping[str, Word] = {
    "news": news,
    "handed_over": handed_over,
    "merge_asked": merge_asked,
    "waiting": waiting,
    "channel_lost": channel_lost,
    "undelivered": undelivered,
    "ballot_message": ballot.ballot_message,
    "ballot_candidate": ballot.candidate_message,
    "ballot_result": ballot.ballot_result,
    "ballot_override": ballot_notices.ballot_override,
    "ballot_receipt": ballot_notices.ballot_receipt,
    "ballot_outsider": ballot_notices.ballot_outsider,
    "ballot_reminder": ballot_notices.ballot_reminder,
    "ballot_which": ballot_notices.ballot_which,
    "ballot_tie": ballot_notices.ballot_tie,
    "ballot_lone": ballot_notices.ballot_lone,
    "ballot_none": ballot_notices.ballot_none,
    "ballot_void": ballot_notices.ballot_void,
    "ballot_lost": ballot_notices.ballot_lost,
    "exemption_filed": exempt.filed,
    "exemption_decided": exempt.decided,
    "exemption_ended": exempt.ended,
    "reminders": reminders,
    "checks": checks.asked,
    "delegated": standing.told,
    "acting_named": standing.told,
    "review": review.review,
    "review_again": review_notices.again,
    "review_copy": review_notices.copy,
    "review_preview": review_notices.preview,
    "review_vacant": review_notices.vacant,
    "reviews_late": review_notices.late,
    "card": card,
    "ballot": ballot.ballot_message,
    "candidate": ballot.candidate_message,
    "home": home,
}


class Unrenderable(Exception):
    """There is no wording for it, or the wording failed."""


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What to send: a message's arguments or a view, and to which Slack id.

    `only_for` is the one person of that channel who sees it.
    """

    to: str
    content: Mapping[str, Any]
    only_for: str | None = None
    mark: str = ""


class Renderers:
    """Words for every kind, in every language."""

    def __init__(self, catalogue: Catalogue, words: Mapping[str, Word] = WORDS) -> None:
        self._catalogue = catalogue
        self._words = words

    def render(self, uow: Any, due: Leased, now: datetime) -> Rendered | None:
        """What to send now; None when it is not wanted any more.

        Raises NotYet when the person cannot be reached yet, Unrenderable when it never can be.
        """
        try:
            told = self._load(uow, due, now)
        except LookupError as error:
            raise Unrenderable("unknown") from error
        if told is None:
            return None
        kind = due.fact.kind if isinstance(due, Due) else due.projection.kind
        try:
            content = self._words[kind](self._catalogue.of(told.language), told.data)
        except Exception as error:  # a fact that cannot be worded is parked, not lost
            raise Unrenderable(type(error).__name__) from error
        return Rendered(to=told.to, content=content, only_for=told.only_for, mark=told.mark)

    def _load(self, uow: Any, due: Leased, now: datetime) -> Telling | None:
        if isinstance(due, Due):
            return telling(uow, due, now)
        return showing(uow, due.projection, now)
