"""The filled database of commit ce75996, and Slack as it stood beside it.

`office.json` was made once, by the product of that commit: with the stories' bot and workspace
eleven departments lived from 1 July to 7 October 2026 through the use-cases and the screens, until
the sender was stopped and people went on. Then what no use-case leaves by itself was set by hand:
calls whose end is unknown (to some the message stands in Slack, to others not), and what was given
up (parked, dropped, cards that were never posted). The database was read table by table: moments
and days as ISO text, bytes as hexadecimal digits, everything else as it is stored. It cannot be
made again, since the product has moved on, and no line of it is changed.
"""

import json
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.clock import Clock
from bot.playground.store import Store
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from storage.migrate import migrate

OFFICE: dict[str, Any] = json.loads(
    Path(__file__).with_name("office.json").read_text(encoding="utf-8")
)
TABLES: dict[str, dict[str, Any]] = OFFICE["tables"]
MOMENT = datetime.fromisoformat(OFFICE["moment"])
"""10:00 of Wednesday, 7 October 2026, at the office: when the database was left."""
BY_NAME = {person["name"]: person["id"] for person in OFFICE["slack"]["people"]}
"""Slack ids."""
BOT_TOKEN, SIGNING_SECRET = "xoxb-shipped", "signing-secret-of-what-was-shipped"


def rows(table: str) -> list[dict[str, Any]]:
    """A table's rows as they were left."""
    found = TABLES[table]
    return [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]


def fill(engine: Engine) -> None:
    """Bring an empty database to the revision that was shipped, and put the rows into it."""
    migrate(engine, OFFICE["revision"])
    with engine.begin() as connection:
        # References that point forwards are right once everything is there.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        shipped = sa.MetaData()
        shipped.reflect(connection)
        for name in TABLES:
            _insert(connection, shipped.tables[name])
        if connection.dialect.name == "sqlite":
            _index(connection)
        else:
            _number_on(connection, shipped)


def stored(column: sa.Column[Any], value: Any) -> Any:
    """A value of the file as the column takes it."""
    if value is None:
        return None
    match column.type:
        case sa.DateTime():
            moment = datetime.fromisoformat(value)
            # SQLite's text has no room for an offset, and holds UTC.
            return moment if column.type.timezone else moment.astimezone(UTC).replace(tzinfo=None)
        case sa.Date():
            return date.fromisoformat(value)
        case sa.LargeBinary():
            return bytes.fromhex(value)
        case sa.Boolean():
            return bool(value)
        case sa.Text() if isinstance(value, list):
            return None  # SQLite keeps the pairs of characters in its full-text table
        case _:
            return value


def workspace(path: Path, clock: Clock, manifest: dict[str, Any]) -> Workspace:
    """The workspace with the messages and reactions that stood there; kept at `path`."""
    slack = OFFICE["slack"]
    store = Store(path)
    for message in slack["messages"]:
        store.put("message", f"{message['channel']} {message['ts']}", message)
    store.close()
    ws = Workspace(
        manifest=manifest,
        people=[SeedPerson(**person) for person in slack["people"]],
        channels=[
            SeedChannel(one["id"], one["name"], tuple(one["members"])) for one in slack["channels"]
        ],
        path=path,
        clock=clock,
        bot_token=BOT_TOKEN,
        app_token="xapp-shipped",
        signing_secret=SIGNING_SECRET,
    )
    for message in slack["messages"]:
        if message["channel"].startswith("D"):
            ws.im(message["channel"].removeprefix("D"))
    return ws


def _insert(connection: Connection, table: sa.Table) -> None:
    made = [
        {name: stored(table.c[name], value) for name, value in row.items()}
        for row in rows(table.name)
    ]
    if made:
        connection.execute(table.insert(), made)


def _index(connection: Connection) -> None:
    """SQLite's full-text table, as the product filled it."""
    put = partial(connection.exec_driver_sql, "INSERT INTO fts_tasks (rowid, pairs) VALUES (?, ?)")
    for row in rows("search_texts"):
        put((row["task"], " ".join(row["grams"])))


def _number_on(connection: Connection, shipped: sa.MetaData) -> None:
    """PostgreSQL gives the next ids after those that were put in."""
    for name in TABLES:
        table = shipped.tables[name]
        key = table.c.get("id")
        last = max((row["id"] for row in rows(name)), default=0) if key is not None else 0
        if key is not None and key.server_default and last:
            sequence = sa.func.pg_get_serial_sequence(name, "id")
            connection.execute(sa.select(sa.func.setval(sequence, last)))
