"""Units: found by id, by their path of names and by part of a name."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.org import UnitKind
from tests.storage.making import office


def test_a_unit_is_found_by_its_path_of_names_also_when_it_is_retired(unit):
    with unit() as uow:
        made = office(uow)
        retired = replace(made.books, retired=True)
        uow.units.save(retired)
        assert uow.units.by_path("문화체육관광국") == made.bureau
        assert uow.units.by_path("문화체육관광국", "문화예술과") == made.arts
        assert uow.units.by_path("문화체육관광국", "문화예술과", "도서팀") == retired
        assert uow.units.by_path("문화체육관광국", "도로과", "도서팀") is None
        assert uow.units.by_path("문화예술과") is None


def test_children_come_in_the_order_of_the_file_without_retired_ones(unit):
    with unit() as uow:
        made = office(uow)
        uow.units.save(replace(made.roads, position=0))
        uow.units.save(replace(made.books, retired=True))
        assert [u.name for u in uow.units.children(made.bureau.id)] == ["도로과", "문화예술과"]
        assert uow.units.children(made.arts.id) == (made.halls,)


def test_every_field_of_a_unit_is_saved(unit):
    with unit() as uow:
        made = office(uow)
        changed = replace(
            made.halls, name="공연팀", channel="C9", position=9, coordinating=True, retired=True
        )
        uow.units.save(changed)
        assert uow.units.get(made.halls.id) == changed
        assert uow.units.many([made.halls.id, 999]) == {made.halls.id: changed}
        assert uow.units.many([]) == {}
        assert len(uow.units.all()) == 5


def test_units_are_searched_within_a_kind(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.units.search("과", UnitKind.DEPARTMENT, 10) == (made.arts, made.roads)
        assert uow.units.search("문화", UnitKind.TEAM, 10) == ()
        assert uow.units.search("_", UnitKind.DEPARTMENT, 10) == ()


def test_two_units_of_one_parent_cannot_share_a_name(unit):
    with unit() as uow:
        made = office(uow)
    with pytest.raises(IntegrityError), unit() as uow:
        uow.units.add(kind=UnitKind.TEAM, name="전시팀", parent=made.arts.id)
    with pytest.raises(IntegrityError), unit() as uow:
        uow.units.add(kind=UnitKind.BUREAU, name="문화체육관광국")
