"""Two workers at nine, both killed while they remind: everyone hears once that morning."""

from tests.faults.reminding import reminded


async def test_two_workers_killed_at_nine_remind_everyone_once(sqlite_address):
    tally = await reminded(sqlite_address, ("after-post:3", "before-settle:4"))
    assert tally.clean, tally
    assert tally.facts == 24
