"""Stored moments of system time, read so that a clock which was set cannot silence anybody.

Beside a moment stands how far ahead of the clock it was set. When it lies further ahead than that,
the clock has been set back meanwhile, and the moment counts as passed: what waited is asked again
too early once, instead of an hour or a day too late.
"""

import sqlalchemy as sa

AGREE = 30.0
"""Seconds that the clocks of several machines may differ without having been set."""


def passed(
    until: sa.ColumnElement[float], ahead: sa.ColumnElement[float], system: sa.BindParameter[float]
) -> sa.ColumnElement[bool]:
    """Whether a stored moment has passed at `system`."""
    return (until <= system) | (until > system + ahead + AGREE)


def passes_at(
    until: sa.ColumnElement[float], ahead: sa.ColumnElement[float], system: sa.BindParameter[float]
) -> sa.ColumnElement[float]:
    """When a stored moment passes, seen from `system`; 0.0 when the clock has been set back."""
    return sa.case((until > system + ahead + AGREE, 0.0), else_=until)


def left(until: float, ahead: float, system: float) -> float:
    """Seconds from `system` to a stored moment; 0.0 or less when it has passed."""
    seconds = until - system
    return 0.0 if seconds > ahead + AGREE else seconds
