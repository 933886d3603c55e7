"""A department that votes, for the tests of ballots and of what follows from them."""

import pytest

from tests.usecases.ballot_box import CLOSES, Box
from tests.usecases.small_office import MEMBER


@pytest.fixture
def box(unit):
    """Before anything was voted on."""
    with unit() as uow:
        yield Box(uow)


@pytest.fixture
def decided(box):
    """The first of three is the department's representative task."""
    box.open(3)
    box.react(MEMBER, 1)
    box.tick(CLOSES)
    return box
