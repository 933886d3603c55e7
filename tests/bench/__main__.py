"""`python -m tests.bench`: every speed as a ratio against a floor measured in the same run.

Five alternating runs, medians. BENCH_SECONDS is how long each measurement lasts (3 by default),
BENCH_RUNS how many runs there are. `--full` adds what takes long, `--only` leaves parts out.
"""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import IO

import sqlalchemy as sa

from storage.engine import make_engine
from storage.tables.tasks import tasks
from tests.bench import bursts, fan_out, growth, servers, starting, write
from tests.bench.filling import fill
from tests.bench.load import Measured
from tests.bench.office import Databases, databases
from tests.bench.table import Row, as_dict, printed

BUILD = Path("build")
SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
IN_FLIGHT = 64
SUBMISSIONS = 640
"""How many are recorded and played again: twenty batches."""
TASKS = 291
"""How many the bot starts with."""
PARTS = ("speed", "bursts", "fan-out", "growth")
LEFT_OUT = {
    "bursts": "10,000 envelopes at once",
    "fan-out": "nudging 10,000 directors",
    "growth": f"{growth.SIZES[-1]:,} tasks, which take some minutes and gigabytes to make",
}
"""What only the full run does, by part."""


class Bench:
    """The figures of all runs by name."""

    def __init__(self, slack_port: int, kinds: tuple[Databases, ...], log: IO[bytes]) -> None:
        self._slack_port = slack_port
        self._kinds = kinds
        self._log = log
        self._recorded = {kind.name: write.record(kind, SUBMISSIONS) for kind in kinds}
        self._seed = 0
        self.figures: dict[str, list[float]] = defaultdict(list)

    def run(self) -> None:
        """Measure everything once."""
        port = servers.free_port()
        floor = ["-m", "tests.bench.floor", str(port)]
        with servers.process(floor, port, servers.SERVER_CORE, self._log):
            self._load("floor", port, "help")
            self._load("floor alone", port, "help", in_flight=1)
        for kind in self._kinds:
            self._ours(kind)
            self._usual(kind)
            with write.pinned(servers.SERVER_CORE):
                self._note(f"write {kind.name}", write.ours(kind, self._recorded[kind.name]))
                self._note(f"core {kind.name}", write.one_by_one(kind, self._recorded[kind.name]))
                self._note(f"whole {kind.name}", write.whole(kind, SUBMISSIONS))
                self._note(f"commit {kind.name}", write.commit_ms(kind))
        self._note("imports", starting.imports_seconds())
        took, megabytes = starting.ready(_with_tasks(self._kinds[0]), self._slack_port, self._log)
        self._note("ready", took)
        self._note("memory", megabytes)

    def _ours(self, kind: Databases) -> None:
        url = kind.fresh()
        port = servers.free_port()
        command, environ = servers.ours(url, self._slack_port, port)
        with servers.process(command, port, servers.SERVER_CORE, self._log, **environ):
            starting.until_ready(port)
            if kind is self._kinds[0]:
                self._load("help", port, "help")
            acked = self._load(f"ours {kind.name} alone", port, "submission", in_flight=1).answered
            acked += self._load(f"ours {kind.name}", port, "submission").answered
        _check_stored(url, acked)

    def _usual(self, kind: Databases) -> None:
        url = kind.fresh()
        port = servers.free_port()
        command, environ = servers.usual(url, port)
        with servers.process(command, port, servers.SERVER_CORE, self._log, **environ):
            acked = self._load(f"usual {kind.name}", port, "submission").answered
        _check_stored(url, acked)

    def _load(self, name: str, port: int, kind: str, in_flight: int = IN_FLIGHT) -> Measured:
        self._seed += 1
        measured = servers.load(port, kind, in_flight, SECONDS, self._seed)
        self._note(name, measured.per_second)
        self._note(f"{name} p50", measured.p50)
        self._note(f"{name} p99", measured.p99)
        self._note(f"{name} refused", measured.refused)
        print(f"  {name}: {measured}", file=sys.stderr)
        return measured

    def _note(self, name: str, figure: float) -> None:
        self.figures[name].append(figure)


def rows(of: Callable[[str], float], kinds: tuple[str, ...]) -> list[Row]:
    """The table's rows from the medians."""
    made = [Row("`/cut help`, 64 in flight", of("help"), of("floor"), "/s", least=0.7)]
    for kind in kinds:
        reachable = 1 / (1 / of("floor") + 1 / of(f"write {kind}"))
        ours, usual = of(f"ours {kind}"), of(f"usual {kind}")
        alone = of("floor alone p50") + of(f"commit {kind}")
        refused = of(f"usual {kind} refused")
        made += [
            Row(f"submission, {kind}: throughput by floor and write", ours, reachable, "/s",
                least=0.7),
            Row(f"submission, {kind}: p99 by the floor's", of(f"ours {kind} p99"),
                of("floor p99"), "ms", most=10),
            Row(f"submission alone, {kind}: p50 by floor's and a commit",
                of(f"ours {kind} alone p50"), alone, "ms", most=6),
            Row(f"the write, {kind}: by Core one by one", of(f"write {kind}"),
                of(f"core {kind}"), "/s", least=1.4 if kind == "SQLite" else 1.8),
            Row(f"with its use-case, {kind}: by the write", of(f"whole {kind}"),
                of(f"write {kind}"), "/s"),
            Row(f"usual stack, {kind}: throughput", ours, usual, "/s", least=4,
                note=f"{refused:.0f} of its answers were errors" if refused else ""),
            Row(f"usual stack, {kind}: p99", of(f"ours {kind} p99"), of(f"usual {kind} p99"),
                "ms", most=0.25),
        ]  # fmt: skip
    made += [
        Row(
            f"start to ready with {TASKS} tasks, by the imports alone",
            of("ready"),
            of("imports"),
            "s",
            most=3,
        ),
        Row("resident memory once ready", of("memory"), 150, "MB", most=1),
    ]
    return made


def _check_stored(url: str, acked: int) -> None:
    engine = make_engine(url)
    with engine.connect() as connection:
        stored = connection.execute(sa.select(sa.func.count()).select_from(tasks)).scalar_one()
    engine.dispose()
    if stored < acked:
        raise RuntimeError(f"{acked} proposals were acknowledged, {stored} are stored")


def _with_tasks(kind: Databases) -> str:
    url = kind.fresh()
    engine = make_engine(url)
    fill(engine, TASKS)
    engine.dispose()
    return url


def _asked() -> Namespace:
    parser = ArgumentParser(prog="make bench", description="Measure the speeds.")
    parser.add_argument("--full", action="store_true", help="also what takes long")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART",
                        help=", ".join(PARTS))  # fmt: skip
    return parser.parse_args()


def _speed(kinds: tuple[Databases, ...], log: IO[bytes]) -> list[Row]:
    slack_port = servers.free_port()
    slack = ["-m", "tests.bench.slack", str(slack_port)]
    with servers.process(slack, slack_port, servers.LOAD_CORE, log):
        bench = Bench(slack_port, kinds, log)
        for number in range(RUNS):
            print(f"run {number + 1} of {RUNS}", file=sys.stderr)
            bench.run()
    return rows(lambda name: median(bench.figures[name]), tuple(kind.name for kind in kinds))


def main() -> None:
    """Measure, print and write."""
    asked = _asked()
    BUILD.mkdir(exist_ok=True)
    made: list[Row] = []
    grown: list[growth.Growth] = []
    with ExitStack() as stack:
        log = stack.enter_context((BUILD / "bench.log").open("wb"))
        folder = Path(stack.enter_context(TemporaryDirectory(dir=BUILD, prefix="bench-")))
        kinds = stack.enter_context(databases(folder.resolve()))
        if "speed" in asked.only:
            made += _speed(kinds, log)
        if "bursts" in asked.only:
            made += bursts.rows(kinds, log, full=asked.full)
        if "fan-out" in asked.only:
            made += fan_out.rows(kinds, log, full=asked.full)
    if "growth" in asked.only:
        sizes = growth.SIZES if asked.full else growth.SIZES[:-1]
        grown, recalled = growth.measured(BUILD / "growth", sizes)
        made += recalled
    written = {"rows": [*map(as_dict, made)], "growth": [*map(growth.as_dict, grown)]}
    text = json.dumps(written, ensure_ascii=False, indent=2)
    (BUILD / "bench.json").write_text(f"{text}\n", encoding="utf-8")
    print(printed(made))
    if grown:
        print(f"\n{growth.printed(grown)}")
    for part in PARTS:
        if part not in asked.only:
            print(f"\nSKIPPED: {part}")
        elif part in LEFT_OUT and not asked.full:
            print(f"\nSKIPPED: {LEFT_OUT[part]}; make bench ARGS=--full does it")


if __name__ == "__main__":
    main()
