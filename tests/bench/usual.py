"""The usual Bolt stack doing the same: a synchronous app with sixty listeners, an ORM session a
request. It runs our own use-cases on the session's connection, so that its SQL is the very same.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy.orm import Session, sessionmaker

from bot.clock import Clock
from bot.domain.results import Proposed, Surface
from bot.domain.task import Content, Type
from bot.i18n.texts import Catalogue
from bot.usecases import propose, read
from bot.views import task as task_views
from storage.unit import UnitOfWork
from tests.bench.floor import BOT
from tests.bench.payloads import SECRET

LISTENERS = 60
POOL = 16


def made() -> SlackRequestHandler:
    """The application that gunicorn's workers serve; its database is that of the environment."""
    sessions = sessionmaker(_engine(os.environ["DATABASE_URL"]))
    app = App(signing_secret=SECRET, authorize=_authorize)
    for number in range(LISTENERS):
        if number == LISTENERS // 2:
            app.view("propose")(_submit(sessions))
        else:
            app.action(f"another.{number}")(_other)
    return SlackRequestHandler(app)


def _engine(url: str) -> sa.Engine:
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_size=POOL)
    engine = sa.create_engine(url, pool_size=POOL, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def connected(driver: Any, _: Any) -> None:
        driver.isolation_level = None
        for pragma in (
            "busy_timeout = 1000", "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON",
        ):  # fmt: skip
            driver.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _authorize() -> AuthorizeResult:
    return BOT


def _other(ack: Ack) -> None:
    ack()


def _submit(sessions: sessionmaker[Session]) -> Callable[[Ack, dict[str, Any]], None]:
    texts = Catalogue.load().of("ko")
    clock = Clock()

    def submit(ack: Ack, body: dict[str, Any]) -> None:
        view, who, now = body["view"], body["user"]["id"], datetime.now(UTC)
        values = view["state"]["values"]
        proposed = Proposed(
            content=Content(
                title=values["title"]["title"]["value"],
                type=Type(values["type"]["type"]["selected_option"]["value"]),
                problem=values["problem"]["problem"]["value"],
            )
        )
        key = f"view:{view['id']}:{view['hash']}"
        with sessions() as session:
            uow = UnitOfWork(session.connection(), clock)
            propose.similar_to(uow, who, proposed, now)
            uow.idempotency.answers([key])
            done = propose.propose(uow, who, Surface.MODAL, proposed, now)
            uow.idempotency.remember(key, msgspec.json.encode(done).decode())
            session.commit()
            found = read.show(UnitOfWork(session.connection(), clock), who, done.task, now)
        banner = texts("receipt", number=done.task)
        ack(response_action="update", view=task_views.show(texts, found, banner=banner))

    return submit
