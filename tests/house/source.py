"""The project's own files, read for the checks of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAMME = ("bot", "handlers", "storage")
ROOMS = (*PROGRAMME, "tests")
_NOT_OURS = {"__pycache__", "data", "build"}


def files(*suffixes: str, rooms: tuple[str, ...] = ROOMS) -> list[Path]:
    """The files of the rooms whose names end so, in a stable order."""
    return sorted(
        path
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.suffix in suffixes and not _NOT_OURS.intersection(path.parts)
    )


def root_files() -> list[Path]:
    """What lies beside the rooms, the hidden files included."""
    return sorted(path for path in ROOT.iterdir() if path.is_file())


def name(path: Path) -> str:
    """The path as people write it: from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """What a file's names stand for: `("dt", "datetime.datetime")`; inner imports too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    alias.asname or alias.name.partition(".")[0],
                    (alias.name if alias.asname else alias.name.partition(".")[0]),
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def dotted(node: ast.expr, names: dict[str, str]) -> str | None:
    """What an expression of names and dots stands for: `dt.now` is `datetime.datetime.now`."""
    match node:
        case ast.Name(id=name):
            return names.get(name)
        case ast.Attribute(value=value, attr=attribute):
            inner = dotted(value, names)
            return f"{inner}.{attribute}" if inner else None
        case _:
            return None


def docstrings(path: Path) -> set[ast.Constant]:
    """Strings that stand alone: what a module, class, function or field says of itself."""
    return {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
