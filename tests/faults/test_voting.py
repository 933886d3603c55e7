"""A thousand reactions at once, told twice and in any order, to a bot that is killed twice."""

import pytest

from bot.playground.crowd import Gesture
from tests.faults.ground import opened
from tests.faults.voting import ROSTER, STORM, STRANGER, Outcome, stormed, votes_of


@pytest.mark.parametrize(
    ("database", "points"),
    [
        ("sqlite", ("after-commit:8", "")),
        pytest.param("postgres", ("before-commit:8", ""), marks=pytest.mark.postgres),
    ],
)
async def test_the_count_is_that_of_the_standing_reactions_whenever_the_bot_is_killed(
    request, database, points
):
    url = request.getfixturevalue(f"{database}_address")
    async with opened(url, roster=ROSTER, strangers=[STRANGER]) as ground:
        found = await stormed(ground, points, seed=1)
    assert found == Outcome(
        reactions=STORM, undelivered=0, wrong=0, unsure=found.unsure, miscounted=False
    )
    assert found.unsure > 0


def test_our_own_count_takes_the_newest_sign_and_leaves_out_what_nobody_can_know():
    first, second = "1.0", "2.0"
    standing = {
        ("told", first, "+1"), ("told", second, "+1::skin-tone-2"), ("alone", first, "+1"),
        ("back", first, "+1"), ("back", second, "+1"), ("outside", first, "+1"),
        ("unsure", first, "+1"), ("unsure", second, "+1"),
    }  # fmt: skip
    heard = [
        Gesture("told", second, "+1::skin-tone-2"),
        Gesture("unsure", first, "+1"),
        Gesture("told", first, "+1"),
        Gesture("back", second, "+1"),
        Gesture("back", first, "+1"),
        Gesture("told", first, "+1", add=False),
        Gesture("told", second, "+1", add=False),
        Gesture("told", first, "+1"),
        Gesture("back", second, "+1", add=False),
    ]
    votes, between = votes_of(standing, heard, {"told", "alone", "back", "unsure", "nobody"})
    assert votes == {"told": first, "alone": first, "back": second}
    assert between == {"unsure"}
