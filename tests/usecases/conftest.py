"""Use-cases are tried on both databases, as the stores are."""

from tests.storage.conftest import clock as clock
from tests.storage.conftest import engine as engine
from tests.storage.conftest import postgres_engine as postgres_engine
from tests.storage.conftest import postgres_url as postgres_url
from tests.storage.conftest import sqlite_engine as sqlite_engine
from tests.storage.conftest import unit as unit
