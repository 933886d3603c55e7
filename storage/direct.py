"""Statements that are compiled once and from then on given straight to the driver.

SQLAlchemy prepares each execution of a statement anew, which costs five times what SQLite takes to
run it. Stores keep their statements as constants, so what was found out about one is kept as well:
its text, how its parameters are converted, and how its rows are.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine, IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

_KEPT = 1024
_LONGEST = 24
"""A list longer than this is not worth a text of its own."""
_NOTHING = SimpleResultMetaData([])
_CURSORS = "cursors"

_Given = Mapping[str, Any]


def direct(engine: Engine) -> Engine:
    """Let the engine's connections be direct ones."""
    engine._connection_cls = Direct
    event.listen(engine, "close", _close_cursors)
    return engine


def _close_cursors(_: Any, record: Any) -> None:
    """SQLite keeps the files of a closed connection open while one of its statements lives, and
    an error's traceback may hold a cursor for long."""
    for cursor in list(record.info.get(_CURSORS, {}).values()):
        cursor.close()


class Answer(IteratorResult[Any]):
    """What the database answered, all rows at once."""

    rowcount: int
    returns_rows: bool


class Direct(Connection):
    """A connection that gives the statements of stores to the driver; others go the usual way.

    So do those outside of a transaction, and those that somebody listens to. Errors are the usual
    ones. An insert has no `inserted_primary_key`: ask for it with RETURNING.
    """

    def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Any = None
    ) -> Any:
        """As SQLAlchemy's."""
        text = None if execution_options else self._text(statement, parameters)
        if text is None:
            return super().execute(statement, parameters, execution_options=execution_options)
        try:
            cursor = self._cursor(text)
            if isinstance(parameters, list):
                cursor.executemany(text.sql, [text.bound(row) for row in parameters])
            else:
                cursor.execute(text.sql, text.bound(parameters or {}))
            return text.answer(cursor)
        except BaseException as error:  # noqa: BLE001 - it is raised again, as SQLAlchemy's
            # Without the cursor, which would be closed and is used again.
            self._handle_dbapi_exception(error, text.sql, parameters, None, None)

    def _text(self, statement: Any, parameters: Any) -> "_Text | None":
        transaction = self.get_transaction()
        if transaction is None or not transaction.is_active or self.in_nested_transaction():
            return None
        if self._has_events or self.engine._has_events:
            return None
        if not isinstance(statement, SelectBase | UpdateBase):
            return None
        many = isinstance(parameters, list)
        given: _Given = (parameters[0] if many else parameters) or {}
        found = _compiled(statement, self.dialect, tuple(given), many)
        return None if found is None else found.text(given)

    def _cursor(self, text: "_Text") -> Any:
        """The text's own cursor on this connection: what psycopg found out about it is kept."""
        connection: Any = self.connection
        cursors = connection.info.get(_CURSORS)
        if cursors is None:
            cursors = connection.info[_CURSORS] = WeakKeyDictionary()
        cursor = cursors.get(text)
        if cursor is None:
            cursor = cursors[text] = connection.dbapi_connection.cursor()
        return cursor


@lru_cache(_KEPT)
def _compiled(
    statement: Any, dialect: Dialect, given: tuple[str, ...], many: bool
) -> "_Compiled | None":
    """None for what only SQLAlchemy knows how to send."""
    writes = isinstance(statement, UpdateBase)
    columns = tuple(statement.exported_columns)
    if many and columns and writes:
        return None
    compiled = statement.compile(
        dialect=dialect,
        column_keys=list(given),
        # Otherwise it asks for the primary key of each row.
        for_executemany=writes and not columns,
    )
    required = {bind.key for bind in compiled.binds.values() if bind.required}
    if required - set(given) or compiled.insert_prefetch or compiled.update_prefetch:
        return None
    return _Compiled(compiled, columns, given)


class _Compiled:
    """A statement for parameters of those names, with a text for each length of its lists."""

    def __init__(self, compiled: Any, columns: Sequence[Any], given: tuple[str, ...]) -> None:
        self._compiled = compiled
        self._columns = columns
        self._lists = [bind.key for bind in compiled.binds.values() if bind.expanding]
        self._lists = [key for key in dict.fromkeys(self._lists) if key in given]
        self._given = given
        self._texts: dict[tuple[int, ...], _Text] = {}

    def text(self, given: _Given) -> "_Text | None":
        """The text for lists as long as those; None for long ones."""
        lengths = tuple([len(given[key]) for key in self._lists])
        text = self._texts.get(lengths)
        if text is None:
            if lengths and max(lengths) > _LONGEST:
                return None
            sample = dict(zip(self._lists, ([None] * length for length in lengths), strict=True))
            text = _Text(self._compiled, self._columns, self._given, sample)
            self._texts[lengths] = text
        return text


class _Text:
    """A statement as the driver takes it."""

    def __init__(
        self, compiled: Any, columns: Sequence[Any], given: tuple[str, ...], lists: _Given
    ) -> None:
        self._dialect = compiled.dialect
        self._columns = columns
        self._metadata: SimpleResultMetaData | None = None
        state = compiled.construct_expanded_state({**dict.fromkeys(given), **lists})
        self.sql: str = state.statement
        self._names: list[str] = list(state.positiontup or state.parameters)
        self._named = not compiled.positional
        self._constants: dict[str, Any] = {}
        self._lists: list[tuple[str, list[str]]] = []
        converted: dict[str, Any] = {}
        for bind, name in compiled.bind_names.items():
            names = state.parameter_expansion.get(name, [name])
            if bind.key not in given:
                self._constants |= {n: state.parameters[n] for n in names}
            elif name in state.parameter_expansion:
                self._lists.append((bind.key, names))
            convert = bind.type.dialect_impl(self._dialect).bind_processor(self._dialect)
            if convert is not None:
                converted |= dict.fromkeys(names, convert)
        self._converted = [(i, converted[n]) for i, n in enumerate(self._names) if n in converted]

    def bound(self, given: _Given) -> Any:
        """The parameters as the driver takes them."""
        if self._constants or self._lists:
            given = {**given, **self._constants}
            for key, names in self._lists:
                given.update(zip(names, given[key], strict=True))
        values = [given[name] for name in self._names]
        for i, convert in self._converted:
            values[i] = convert(values[i])
        return dict(zip(self._names, values, strict=True)) if self._named else values

    def answer(self, cursor: Any) -> Answer:
        """What the cursor has."""
        described = cursor.description
        if described is None:
            answer = Answer(_NOTHING, iter(()))
        else:
            metadata = self._metadata or self._learnt(described)
            answer = Answer(metadata, iter(cursor.fetchall()))
        answer.rowcount = cursor.rowcount
        answer.returns_rows = described is not None
        return answer

    def _learnt(self, described: Sequence[Any]) -> SimpleResultMetaData:
        """How the rows are, known from the first answer on: it tells the database's own types."""
        columns = zip(self._columns, described, strict=True)
        convert = [
            column.type.dialect_impl(self._dialect).result_processor(self._dialect, told[1])
            for column, told in columns
        ]
        names = [told[0] for told in described]
        self._metadata = SimpleResultMetaData(names, _processors=convert)
        return self._metadata
