"""Clocks are read in one place, so that tests and the playground can move them."""

import ast

import pytest

from tests.house.source import PROGRAMME, dotted, files, imports, name, tree

READERS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "time.perf_counter_ns",
    "time.localtime",
    "time.gmtime",
    "sqlalchemy.func.now",
    "sqlalchemy.func.current_timestamp",
}


def readings(path):
    names = dict(imports(path))
    found = (
        dotted(node, names)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name)
    )
    return {reading for reading in found if reading in READERS}


def test_only_the_clock_reads_clocks():
    reading = {name(path): readings(path) for path in files(".py", rooms=PROGRAMME)}
    assert {path for path, found in reading.items() if found} == {"bot/clock.py"}


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.monotonic()",
        "import time as t\nstamp = t.time",
        "from time import monotonic as ticks\nticks()",
        "import datetime\ndatetime.date.today()",
        "from datetime import datetime as dt\ndt.now()",
        "def f():\n    from datetime import date\n    return date.today()",
        "import sqlalchemy as sa\nsa.func.now()",
    ],
)
def test_every_way_to_read_one_is_seen(tmp_path, source):
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    assert readings(path)
