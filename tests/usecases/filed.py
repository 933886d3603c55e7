"""Filing and deciding exemptions in the small office, and what was told and written down of it."""

from datetime import date

import pytest
import sqlalchemy as sa

from bot.domain.errors import BotError
from bot.domain.exemption import Ground
from bot.domain.results import Surface
from bot.usecases import exempt
from bot.usecases.exempt import Deciding
from storage.tables.records import audit
from tests.usecases.small_office import DIRECTOR, LEAD, NOW, OFFICE, facts, found, row

DAY = date(2026, 7, 1)
SECOND_DIRECTOR = row(10, "남국장", "국장")


def team(uow, name="계획팀") -> int:
    return int(uow.units.by_path("교통국", "도로과", name).id)


def file(uow, who=LEAD, now=NOW, *, of="계획팀", **fields):
    given = {"ground": Ground.STATUTORY, "text": "도로법 제31조", "until": None}
    number = exempt.file(
        uow, who.slack_id, Surface.MODAL, now, team=team(uow, of), **given | fields
    )
    return uow.exemptions.get(number)


def asked(who, exemption, seen=None) -> Deciding:
    return Deciding(
        who=who.slack_id,
        surface=Surface.MESSAGE,
        exemption=exemption.id,
        seen=exemption.version if seen is None else seen,
    )


def decide(uow, exemption, *, grant=True, who=DIRECTOR, now=NOW, reason=""):
    exempt.decide(uow, asked(who, exemption), now, grant=grant, reason=reason)
    return uow.exemptions.get(exemption.id)


def told(uow, kind) -> list[str]:
    names = {f"person:{found(uow, one).id}": one.name for one in (*OFFICE, SECOND_DIRECTOR)
             if uow.people.by_slack(one.slack_id, DAY)}  # fmt: skip
    return [names[recipient] for recipient, _ in facts(uow, kind)]


def entries(uow) -> list:
    rows = uow.connection.execute(sa.select(audit).order_by(audit.c.id))
    return [entry for entry in rows if entry.act.startswith(("exempt", "refused"))]


def exempt_teams(uow, now=NOW) -> frozenset[int]:
    day = now.date()
    return frozenset(
        uow.rounds.facts(uow.rounds.unclosed() or uow.rounds.last_closed(), day).exempt
    )


def refused(act, *args, **fields) -> BotError:
    with pytest.raises(BotError) as error:
        act(*args, **fields)
    return error.value
