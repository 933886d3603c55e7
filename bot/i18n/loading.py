"""Reading the catalogue files of one language, and refusing them when anything is wrong."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, resolver
from fluent.syntax import FluentParser, ast

from bot.i18n.particles import check_pair, josa

_FUNCTIONS: dict[str, Any] = {"JOSA": josa}
_LIBRARYS_FUNCTIONS = ("NUMBER",)
_LONGEST_VALUE = 40_000
"""Characters in one value. The library's own guard (2,500) is below what people may type."""


class BadCatalogue(ValueError):
    """The catalogue files cannot be used; the message lists everything wrong, one a line."""


def bundle_of(language: str, files: Iterable[Path]) -> FluentBundle:
    """The messages of `files` as one bundle; raise BadCatalogue naming every mistake."""
    bundle = FluentBundle([language], functions=_FUNCTIONS, use_isolating=False)
    problems: list[str] = []
    seen: dict[str, Path] = {}
    wanted: list[tuple[str, str]] = []
    for file in files:
        source = file.read_text(encoding="utf-8")
        # Where each word stands is told only of what cannot be read, and costs 3 MB to keep.
        resource = FluentParser(with_spans=False).parse(source)
        if any(isinstance(entry, ast.Junk) for entry in resource.body):
            resource = FluentParser().parse(source)
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                problems.append(f"{file}:{_line(source, entry)}: {_what(entry)}")
            elif isinstance(entry, ast.Message | ast.Term):
                name = _name(entry)
                if name in seen:
                    problems.append(f"{file}: {name} is in {seen[name]} too")
                seen[name] = file
                parts = [*nodes(entry)]
                problems += [f"{file}: {name} {problem}" for problem in _mistakes(entry, parts)]
                wanted += [(found, f"{file}: {name}") for found in _references(parts)]
        bundle.add_resource(resource)
    for name, where in wanted:
        if name not in seen:
            problems.append(f"{where} refers to {name}, which nothing defines")
    if problems:
        raise BadCatalogue("\n".join(problems))
    resolver.MAX_PART_LENGTH = _LONGEST_VALUE
    return bundle


def nodes(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    """A node of a parsed catalogue and everything within it, in no order that means anything."""
    todo = [node]
    while todo:
        one = todo.pop()
        yield one
        for value in vars(one).values():
            if isinstance(value, ast.BaseNode):
                todo.append(value)
            elif isinstance(value, list):
                todo += [child for child in value if isinstance(child, ast.BaseNode)]


def _name(entry: ast.Message | ast.Term | ast.MessageReference | ast.TermReference) -> str:
    is_term = isinstance(entry, ast.Term | ast.TermReference)
    return f"-{entry.id.name}" if is_term else entry.id.name


def _line(source: str, junk: ast.Junk) -> int:
    return source.count("\n", 0, junk.span.start if junk.span else 0) + 1


def _what(junk: ast.Junk) -> str:
    return "; ".join(annotation.message or "" for annotation in junk.annotations or ())


def _references(parts: Iterable[ast.BaseNode]) -> Iterator[str]:
    for node in parts:
        if isinstance(node, ast.MessageReference | ast.TermReference):
            yield _name(node)


def _mistakes(entry: ast.Message | ast.Term, parts: Iterable[ast.BaseNode]) -> Iterator[str]:
    if entry.value is None or entry.attributes:
        yield "needs a text and no attributes"
    for node in parts:
        if not isinstance(node, ast.FunctionReference) or node.id.name in _LIBRARYS_FUNCTIONS:
            continue
        if node.id.name not in _FUNCTIONS:
            yield f"calls {node.id.name}, which is no function"
            continue
        try:
            _, pair = node.arguments.positional
            check_pair(pair.parse()["value"] if isinstance(pair, ast.StringLiteral) else "")
        except ValueError as error:
            yield f"calls JOSA, which needs a word and a pair: {error}"
