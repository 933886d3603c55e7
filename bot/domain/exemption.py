"""A team's exemption from a round: filed by its lead, decided by its director."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import today
from bot.domain.errors import BotError, Several
from bot.domain.org import Place
from bot.domain.proposing import checked_text
from bot.domain.text import is_visible

ASKED_AGAIN = 3
"""Working days of silence after which the director is asked again."""


class Ground(StrEnum):
    """Why a team need not bring a task."""

    STATUTORY = "statutory"
    NEW_UNIT = "new_unit"
    OTHER = "other"


class Standing(StrEnum):
    """Where an exemption stands; silence leaves it filed."""

    FILED = "filed"
    GRANTED = "granted"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """The state of a team's exemption for one round; `place` ends at the team."""

    id: int
    version: int = 1
    round: int
    place: Place
    ground: Ground
    text: str
    """The statute and article, or why."""
    until: date | None = None
    """The last day it counts; None: as long as the round."""
    standing: Standing = Standing.FILED
    filed_by: int
    filed_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None
    remark: str = ""
    """Why it was declined or ended early."""
    ended_at: datetime | None = None


def file(
    *,
    number: int,
    round: int,
    place: Place,
    ground: Ground,
    text: str,
    until: date | None,
    by: int,
    now: datetime,
    accepted: frozenset[Ground] = frozenset(Ground),
) -> Exemption:
    """What a lead files; `accepted` are the grounds this round knows. Names every mistake."""
    mistakes: list[BotError] = []
    if ground not in accepted:
        mistakes.append(BotError("error-exemption-ground", field="ground"))
    missing = "error-exemption-article" if ground is Ground.STATUTORY else "error-exemption-why"
    if not is_visible(text) and ground is not Ground.NEW_UNIT:
        mistakes.append(BotError(missing, field="text"))
    if ground is Ground.NEW_UNIT and until is None:
        mistakes.append(BotError("error-exemption-until", field="until"))
    if until is not None and until < today(now):
        mistakes.append(BotError("error-date-past", field="until"))
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else Several(mistakes)
    return Exemption(
        id=number,
        round=round,
        place=place,
        ground=ground,
        text=checked_text(text, "text", required=False),
        until=until,
        filed_by=by,
        filed_at=now,
    )


def decide(exemption: Exemption, *, grant: bool, reason: str, by: int, now: datetime) -> Exemption:
    """Granted, or declined with a reason; only what is filed can be decided."""
    if exemption.standing is not Standing.FILED:
        raise BotError("error-exemption-decided")
    reason = checked_text(reason, "reason", required=not grant)
    standing = Standing.GRANTED if grant else Standing.DECLINED
    return replace(exemption, standing=standing, decided_by=by, decided_at=now, remark=reason)


def end(exemption: Exemption, *, reason: str, now: datetime) -> Exemption:
    """Ended: its date has passed, its round has closed, or its director took it back."""
    if exemption.standing not in (Standing.FILED, Standing.GRANTED):
        raise BotError("error-exemption-decided")
    return replace(exemption, standing=Standing.ENDED, ended_at=now, remark=reason)


def has_run_out(exemption: Exemption, day: date) -> bool:
    """Whether its own last day has passed."""
    return exemption.until is not None and exemption.until < day
