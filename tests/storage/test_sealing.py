"""The secret that seals voters reaches every unit of work, and never the database."""

from sqlalchemy.engine import make_url

from bot.domain.sealing import Seal
from storage.database import Office
from storage.secret import NAME, seal_beside
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


async def test_without_a_seal_the_secret_is_kept_beside_the_file(tmp_path, clock):
    found = []
    for _ in range(2):
        office = Office.at(f"sqlite:///{tmp_path}/office.db", clock)
        try:
            found.append(await office.write(lambda uow: uow.seal))
        finally:
            await office.close()
    kept = (tmp_path / NAME).read_bytes()
    assert found == [Seal(kept)] * 2
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0
    assert kept not in (tmp_path / "office.db").read_bytes()


def test_a_database_of_several_machines_has_to_be_given_its_secret():
    for url in ("postgresql://db/office", "sqlite://", "sqlite:///:memory:"):
        assert seal_beside(make_url(url)) is NO_SECRET
