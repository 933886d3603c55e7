"""Who has an official's address is that official only if this workspace vouches for it."""

from dataclasses import replace

import pytest

from tests.stories.conftest import slack_id

OUTSIDE = [
    {"is_stranger": True, "team_id": "TOTHER"},
    {"is_restricted": True},
    {"is_email_confirmed": False},
    {"is_bot": True},
]


@pytest.mark.parametrize("marks", OUTSIDE)
async def test_an_outside_account_with_an_officials_address_stays_a_stranger(life, marks):
    user = {"id": "UEVIL", "profile": {"email": "director@example.kr"}, **marks}
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": f"Ev{sorted(marks)}",
        "event": {"type": "user_change", "user": user},
    }
    await life.bot.office.write(lambda uow: _forget_slack_id(uow, life.clock.now()))
    await life.bot.router.answer("event", body)
    found = await life.bot.office.read(
        lambda uow: uow.people.by_slack("UEVIL", life.clock.now().date())
    )
    assert found is None


def _forget_slack_id(uow, now):
    director = uow.people.by_slack(slack_id("director"), now.date())
    uow.people.save(replace(director, slack_id=None))
