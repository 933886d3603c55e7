"""What people read lies in the catalogues, and what the code asks of them is there."""

import ast
import re
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.i18n.loading import nodes
from tests.house.source import PROGRAMME, ROOT, docstrings, files, name, root_files, tree

HANGUL = re.compile(r"[\uac00-\ud7a3]")
RANGE = re.compile(r"\uac00-\ud7a3")
"""All syllables, as a pattern names them: no text."""

CATALOGUES = "bot/i18n/"
PAGE_TEXTS = "bot/playground/page/words."
SAMPLE = "bot/sample"

KEY_AT = {"t": 0, "BotError": 0, "Refused": 0, "Stale": 0, "Key": 0, "phrase": 1}
"""Which argument of a call is a key of the catalogues."""
FAMILIES = re.compile(r"(?:error|roster)-[a-z0-9-]*[a-z0-9]")
"""Keys of errors also stand in tables and travel through functions of many names."""


def test_korean_text_is_in_the_catalogues_only():
    found = [
        f"{name(path)}:{node.lineno}: {node.value!r}"
        for path in files(".py", rooms=PROGRAMME)
        if not name(path).startswith((CATALOGUES, SAMPLE))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HANGUL.search(RANGE.sub("", node.value))
        and node not in docstrings(path)
    ]
    assert not found


def test_korean_text_of_the_page_is_in_its_text_files_only():
    comments = re.compile(r"/\*.*?\*/|(?<![:\"'`\w])//[^\n]*", re.DOTALL)
    found = {
        name(path): korean
        for path in files(".js", ".css", rooms=("bot/playground",))
        if not name(path).startswith(PAGE_TEXTS)
        for code in [comments.sub("", path.read_text(encoding="utf-8"))]
        if (korean := HANGUL.findall(RANGE.sub("", code)))
    }
    assert not found


def test_every_key_the_code_asks_for_is_in_the_catalogues():
    keys = catalogue().keys()
    missing = [
        f"{where}: {wanted.pattern}"
        for where, wanted in asked_for()
        if not any(wanted.fullmatch(key) for key in keys)
    ]
    assert not missing


def test_every_message_is_given_the_values_it_needs():
    messages = catalogue()
    missing = []
    for where, key, given in called_with():
        if lacking := variables(key, messages) - given:
            missing.append(f"{where}: {key} lacks {sorted(lacking)}")
    assert not missing


def test_nothing_names_a_path_of_somebodys_machine():
    machine = re.compile(r"(?<![\w.])/(?:work|root|tmp|opt|home|Users)/\w|\.\./shared")
    texts = files(".py", ".js", ".css", ".html", ".ftl", ".md", ".toml", ".ini", ".mako", ".json")
    found = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in [*texts, *root_files(), ROOT / ".ci" / "run"]
        if path.suffix not in {".png", ".db"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if machine.search(line)
    ]
    assert not found


def catalogue():
    """The Korean messages and terms by key; that English has the same is tested with the texts."""
    found = {}
    for file in sorted((ROOT / CATALOGUES / "ko").glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message | ftl.Term):
                found[entry.id.name] = entry
    return found


def variables(key, messages):
    """The values a message needs, those of the messages it refers to included."""
    needed = set()
    for node in nodes(messages[key]) if key in messages else ():
        if isinstance(node, ftl.VariableReference):
            needed.add(node.id.name)
        elif isinstance(node, ftl.MessageReference):
            needed |= variables(node.id.name, messages)
    return needed


def code() -> list[Path]:
    return [path for path in files(".py", rooms=PROGRAMME) if "playground" not in path.parts]


def calls():
    """Every call in the code with its place and the bare name of what is called."""
    for path in code():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = node.func
                bare = getattr(called, "attr", None) or getattr(called, "id", "")
                yield f"{name(path)}:{node.lineno}", bare, node


def asked_for():
    """The keys the code names, as patterns: an f-string stands for any of a family."""
    for where, called, call in calls():
        at = KEY_AT.get(called)
        if at is not None and len(call.args) > at:
            yield from ((where, re.compile(pattern)) for pattern in patterns(call.args[at]))
        if called == "term" and call.args:
            family = patterns(call.args[0])
            yield from ((where, re.compile(f"{kind}-[a-z0-9-]+")) for kind in family)
    for path in code():
        for node in ast.walk(tree(path)):
            match node:
                case ast.Constant(value=str(text)) if FAMILIES.fullmatch(text):
                    yield f"{name(path)}:{node.lineno}", re.compile(re.escape(text))


def called_with():
    """Calls for one certain message and the names of the values they give it."""
    for where, called, call in calls():
        if called not in ("t", "phrase") or any(word.arg is None for word in call.keywords):
            continue
        match call.args[KEY_AT[called] :]:
            case [ast.Constant(value=str(key))]:
                yield where, key, {word.arg for word in call.keywords}


def patterns(node):
    match node:
        case ast.Constant(value=str(text)):
            return [re.escape(text)]
        case ast.JoinedStr(values=parts):
            texts = (part.value if isinstance(part, ast.Constant) else None for part in parts)
            return ["".join(re.escape(str(text)) if text else "[a-z0-9-]+" for text in texts)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*patterns(body), *patterns(orelse)]
        case _:
            return []
