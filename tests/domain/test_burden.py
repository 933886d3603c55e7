"""The spread of counts over people."""

from datetime import date

import pytest

from bot.domain.burden import Spread, quarter_of, spread


@pytest.mark.parametrize(
    ("counted", "people", "expected"),
    [
        ({}, 10, Spread()),
        ({0: 3}, 10, Spread()),
        ({5: 1}, 10, Spread(median=0, ninth=0, most=5)),
        ({1: 5, 2: 4, 9: 1}, 10, Spread(median=1, ninth=2, most=9)),
        ({1: 5, 2: 3, 9: 2}, 10, Spread(median=1, ninth=9, most=9)),
        ({4: 3}, 2, Spread(median=4, ninth=4, most=4)),
        ({4: 1}, 1, Spread(median=4, ninth=4, most=4)),
    ],
)
def test_half_have_at_most_the_median_and_those_without_a_row_have_none(counted, people, expected):
    assert spread(counted, people) == expected


def test_quarters_begin_in_january_april_july_and_october():
    assert quarter_of(date(2026, 9, 30)) == date(2026, 7, 1)
    assert quarter_of(date(2027, 1, 1)) == date(2027, 1, 1)
