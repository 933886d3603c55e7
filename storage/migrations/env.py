"""Run by alembic for every command; `storage.migrate` hands over the connection."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from storage.migrate import comparable, metadata


def render_item(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Our column types appear as what they are in the database: revisions outlive the code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata(),
    include_object=comparable(connection.dialect.name),
    render_as_batch=True,
    render_item=render_item,
    transactional_ddl=True,
)
context.run_migrations()
