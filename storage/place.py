"""Where a database really is, as its driver says: an address may be read otherwise than meant."""

from typing import Any

from storage.engine import make_engine


def place_of(url: str) -> str:
    """The absolute path of the file that SQLite opens, or host, port and name of a database;
    without any password. Raises what the driver raises when it cannot be reached.
    """
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            if engine.dialect.name == "sqlite":
                files = driver.execute("PRAGMA database_list").fetchall()
                return next(str(file) for _, name, file in files if name == "main")
            return f"{driver.info.host}:{driver.info.port}/{driver.info.dbname}"
    finally:
        engine.dispose()
