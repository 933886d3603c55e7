"""Values that no screen of ours ever drew, for buttons, menus and forms."""

import json
from typing import Any

from hypothesis import strategies as st

NUMBERS = (
    "0", "1", "2", "-1", "2147483647", "2147483648", "999999999999999", "9223372036854775807",
    "9223372036854775808", "9" * 40, "1" * 5000, "1.5", "1e400", "²", "１", "",
)  # fmt: skip
WORDS = (
    "\ud83d", "가\ud83d", "\0", "1\0", "\ufeff", "due", "task", "edit", "done", "all", "open",
    "quarterly", "2026-07-01", "0001-01-01", "9999-12-31", "2026-02-31", "18:00", "99:99",
    "x" * 2000, "{}", "[]", "null", "{" * 500, "[" * 5000, '{"s":"all","p":99999999999999999999}',
    '{"s":"all","b":9223372036854775808}', '{"s":"all","w":"\\u0000"}', '{"s":"all","w":"\\ud83d"}',
)  # fmt: skip
NAMES = (
    "task", "seen", "act", "index", "view", "ballot", "department", "team", "review", "page",
    "exemption", "round", "bureau", "source", "attempt",
)  # fmt: skip
FIELDS = (
    "title", "type", "problem", "needs", "department", "proposal", "reason", "comment", "until",
    "replacement", "target", "note", "opinion", "step", "owner", "due", "done", "evidence", "hours",
    "budget", "per_year", "minutes", "people", "cooperating", "day", "hour", "mode", "candidate",
    "text", "ground", "name", "starts_on", "ends_on", "votes_by", "grounds", "deputy", "first",
    "last", "acting_unit", "acting_person", "acting-title", "sure",
)  # fmt: skip
part = st.sampled_from(NUMBERS + WORDS) | st.integers(0, 3).map(str) | st.text(max_size=8)
carried = st.lists(part, min_size=1, max_size=5).map(":".join)
known: st.SearchStrategy[Any] = st.sampled_from(
    [1, 2, 2**31, 2**63, 10**30, -1, True, 1.5, None, [], {"a": []}, "1"]
)
packed = st.dictionaries(st.sampled_from(NAMES), known | part, max_size=6).map(json.dumps) | part
element = st.one_of(
    st.builds(lambda v: {"type": "plain_text_input", "value": v}, part | st.none()),
    st.builds(lambda v: {"type": "number_input", "value": v}, part),
    st.builds(lambda v: {"type": "datepicker", "selected_date": v}, part),
    st.builds(lambda v: {"type": "static_select", "selectedoption": option(v)}, part),
    st.builds(
        lambda vs: {"type": "checkboxes", "selectedoptions": [option(v) for v in vs]},
        st.lists(part, max_size=2),
    ),
)
filled = st.dictionaries(st.sampled_from(FIELDS), element, max_size=6)


def option(value: str) -> dict[str, Any]:
    """An option of a menu, as it comes back."""
    return {"text": {"type": "plain_text", "text": value}, "value": value}
