"""The secret that seals voters reaches every unit of work, and never the database."""

from bot.domain.sealing import Seal
from storage.database import Office
from storage.unit import NO_SECRET


async def test_reads_and_writes_have_the_seal_the_office_was_opened_with(tmp_path, clock):
    seal = Seal(b"from the settings")
    office = Office.at(f"sqlite:///{tmp_path}/office.db", clock, seal=seal)
    try:
        assert await office.write(lambda uow: uow.seal) is seal
        assert await office.write_alone(lambda uow: uow.seal) is seal
        assert await office.read(lambda uow: uow.seal) is seal
    finally:
        await office.close()


async def test_without_a_secret_there_is_a_seal_all_the_same(tmp_path, clock):
    office = Office.at(f"sqlite:///{tmp_path}/office.db", clock)
    try:
        assert await office.write(lambda uow: uow.seal) == NO_SECRET
    finally:
        await office.close()
