"""The rooms: who imports whom, how large files may be, what lies at the top."""

import ast
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import PROGRAMME, ROOMS, ROOT, files, imports, name, tree

LINES = 400
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_imports_keep_every_contract():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", root)
    for room in PROGRAMME:
        shutil.copytree(ROOT / room, root / room, ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("bot/domain/task.py", "import bot.clock", "Imports run downstairs only"),
        ("bot/usecases/propose.py", "import handlers", "Imports run downstairs only"),
        ("bot/playground/ids.py", "import bot.domain.task", "The playground knows nothing"),
        ("bot/settings.py", "import bot.playground", "Only the entrance starts the playground"),
        ("bot/views/kit.py", "import slack_sdk", "Slack is known to"),
        ("bot/usecases/propose.py", "import sqlalchemy", "SQL is known to"),
        ("handlers/router.py", "import storage.unit", "Handlers reach the database"),
    ],
)
def test_an_import_that_climbs_is_found(copy, file, line, contract):
    target = copy / file
    before = target.read_text(encoding="utf-8")
    target.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        result = lint(copy)
    finally:
        target.write_text(before, encoding="utf-8")
    broken = [row for row in result.stdout.splitlines() if row.endswith("BROKEN")]
    assert result.returncode == 1
    assert any(row.startswith(contract) for row in broken), result.stdout


def test_the_domain_needs_nothing_but_python():
    foreign = {
        f"{name(path)}: {target}"
        for path in files(".py", rooms=("bot/domain",))
        for _, target in imports(path)
        if not target.startswith("bot.domain")
        and target.partition(".")[0] not in sys.stdlib_module_names
    }
    assert not foreign


def test_use_cases_wait_for_nobody():
    waiting = {
        name(path)
        for path in files(".py", rooms=("bot/usecases", "bot/domain", "bot/views"))
        if any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree(path)))
    }
    assert not waiting


def test_what_the_bot_imports_is_asked_for_in_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    owners = packages_distributions()
    missing = {
        f"{name(path)}: {package}"
        for path in files(".py", rooms=PROGRAMME)
        for package in {target.partition(".")[0] for _, target in imports(path)}
        if package not in sys.stdlib_module_names
        and package not in PROGRAMME
        and not asked.intersection(map(canonicalize_name, owners.get(package, ())))
    }
    assert not missing


def test_no_file_is_longer_than_400_lines():
    lengths = {
        name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(".py", ".js", ".css")
    }
    assert {path: length for path, length in lengths.items() if length > LINES} == {}


def test_only_the_known_rooms_are_at_the_top():
    not_rooms = {"data", "build", "findings"}  # made by running; what others surprised us with
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."}
    assert rooms - not_rooms - {"__pycache__"} == set(ROOMS)


def test_no_module_is_called_after_nothing():
    empty_words = {"utils", "util", "helpers", "helper", "common", "misc", "base_utils"}
    assert not {name(path) for path in files(".py") if path.stem in empty_words}
