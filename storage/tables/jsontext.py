"""JSON kept as text, with Korean readable in it, the same on both databases."""

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder()


class JsonText(sa.types.TypeDecorator[Any]):
    """Plain values as JSON text; None stays NULL. Dates, sets and dataclasses may be written."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To JSON: UTF-8 and not escaped, which would double the size of Korean."""
        return None if value is None else _ENCODER.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Back to lists, mappings, strings and numbers."""
        return None if value is None else _DECODER.decode(value)
