"""Exemptions as they stand; the database refuses a second open one of a team."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import BotError, Stale
from bot.domain.exemption import Exemption, Ground, Standing
from bot.domain.org import Place
from storage.tables.ballots import exemptions
from tests.storage.making import DAY, NOW, office, round_

HOUR = timedelta(hours=1)


def filed(uow, made, team=None, /, **fields):
    """An exemption of the first team, or another, as its lead files it."""
    place = replace(made.halls_place, team=team.id) if team else made.halls_place
    given: dict[str, Any] = {
        "ground": Ground.STATUTORY,
        "text": "도로법 제31조",
        "filed_at": NOW,
    } | fields
    return uow.exemptions.add(
        Exemption(id=0, round=round_(uow).id, place=place, filed_by=made.lead.id, **given)
    )


def to(uow, exemption, standing):
    """The exemption, stored as standing so."""
    return uow.exemptions.save(exemption, replace(exemption, standing=standing))


def test_every_field_of_an_exemption_is_kept(unit):
    with unit() as uow:
        made = office(uow)
        one = filed(uow, made, until=DAY)
        assert one.id > 0
        assert uow.exemptions.get(one.id) == one
        saved = uow.exemptions.save(
            one,
            replace(
                one,
                standing=Standing.ENDED,
                decided_by=made.director.id,
                decided_at=NOW + HOUR,
                remark="신설",
                ended_at=NOW + 2 * HOUR,
            ),
        )
        assert saved.version == 2
        assert uow.exemptions.get(one.id) == saved
        assert uow.exemptions.get(one.id + 1) is None
        with pytest.raises(Stale, match="error-stale-exemption"):
            uow.exemptions.save(one, one)
        assert uow.exemptions.get(one.id) == saved


def test_a_team_has_one_open_exemption_and_another_once_that_has_ended(unit):
    with unit() as uow:
        made = office(uow)
        first = filed(uow, made)
        with pytest.raises(BotError, match="error-exemption-exists"):
            filed(uow, made)
        first = to(uow, first, Standing.GRANTED)
        with pytest.raises(BotError, match="error-exemption-exists"):
            filed(uow, made)
        other = filed(uow, made, made.books)
        this, halls, books = first.round, made.halls.id, made.books.id
        assert uow.exemptions.of_team(this, halls) == first
        first = to(uow, first, Standing.ENDED)
        assert uow.exemptions.of_team(this, halls) == first
        second = to(uow, filed(uow, made), Standing.DECLINED)
        assert uow.exemptions.of_team(this, halls) == second
        assert uow.exemptions.of_teams(this, [halls, books]) == {halls: second, books: other}
        assert uow.exemptions.of_teams(this, []) == {}
        assert uow.exemptions.of_team(this + 1, halls) is None


@pytest.mark.parametrize("standing", [Standing.FILED, Standing.GRANTED])
def test_the_database_itself_refuses_a_second_open_exemption(unit, standing):
    with unit() as uow:
        first = to(uow, filed(uow, office(uow)), standing)
    columns = [column for column in exemptions.c if column.name != "id"]
    again = sa.insert(exemptions).from_select(columns, sa.select(*columns))
    with pytest.raises(IntegrityError), unit() as uow:
        uow.connection.execute(again)
    with unit() as uow:
        to(uow, first, Standing.ENDED)
        uow.connection.execute(again)


def test_exemptions_wait_for_their_director_oldest_first(unit):
    with unit() as uow:
        made = office(uow)
        late = filed(uow, made, filed_at=NOW + HOUR)
        early = filed(uow, made, made.books)
        bureau = made.bureau.id
        assert uow.exemptions.filed(bureau, 9) == (early, late)
        assert uow.exemptions.filed(bureau, 1) == (early,)
        assert uow.exemptions.filed(made.arts.id, 9) == ()
        assert uow.exemptions.filed_before(NOW, 9) == ()
        assert uow.exemptions.filed_before(NOW + HOUR, 9) == (early,)
        assert uow.exemptions.filed_before(NOW + 2 * HOUR, 1) == (early,)
        assert uow.exemptions.open_of_round(early.round) == (late, early)
        assert uow.exemptions.granted_teams(early.round) == set()
        early = to(uow, early, Standing.GRANTED)
        assert uow.exemptions.filed(bureau, 9) == (late,)
        assert uow.exemptions.filed_before(NOW + 2 * HOUR, 9) == (late,)
        assert uow.exemptions.granted_teams(early.round) == {made.books.id}
        late = to(uow, late, Standing.DECLINED)
        assert uow.exemptions.open_of_round(early.round) == (early,)


def test_exemptions_run_out_after_their_own_last_day(unit):
    with unit() as uow:
        made = office(uow)
        later = to(uow, filed(uow, made, until=DAY + timedelta(1)), Standing.GRANTED)
        first = filed(uow, made, made.books, until=DAY)
        filed(uow, made, made.arts)
        days = [uow.exemptions.run_out(DAY + timedelta(n), 9) for n in range(3)]
        assert days == [(), (first,), (first, later)]
        assert uow.exemptions.run_out(DAY + timedelta(2), 1) == (first,)
        to(uow, first, Standing.ENDED)
        assert uow.exemptions.run_out(DAY + timedelta(2), 9) == (later,)
        assert first.place == Place(
            bureau=made.bureau.id, department=made.arts.id, team=made.books.id
        )
