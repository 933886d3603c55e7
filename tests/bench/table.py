"""The table of what was measured: printed for people, written as JSON for comparisons."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

HEADS = ("what", "ours", "floor or other", "ratio", "goal", "reached")


@dataclass(frozen=True)
class Row:
    """One figure against its floor; `most` or `least` is what the ratio may or must be."""

    what: str
    ours: float
    other: float
    unit: str
    least: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours by the other."""
        return self.ours / self.other

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.least is not None:
            return f"≥ {self.least:g}"
        return "" if self.most is None else f"≤ {self.most:g}"

    @property
    def reached(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.least is not None:
            return self.ratio >= self.least
        return None if self.most is None else self.ratio <= self.most

    @property
    def cells(self) -> tuple[str, ...]:
        """As it is printed."""
        reached = {True: "yes", False: "NO", None: ""}[self.reached]
        return (
            self.what,
            f"{self.ours:,.4g} {self.unit}",
            f"{self.other:,.4g} {self.unit}",
            f"{self.ratio:.2f}",
            self.goal,
            reached + (f" ({self.note})" if self.note else ""),
        )


def printed(rows: Sequence[Row]) -> str:
    """The rows as an aligned table."""
    return columns([HEADS, *(row.cells for row in rows)])


def columns(cells: Sequence[Sequence[str]]) -> str:
    """An aligned table, its heads underlined."""
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([lines[0], "-" * (sum(widths) + 2 * len(widths)), *lines[1:]])


def as_dict(row: Row) -> dict[str, object]:
    """A row with what follows from it."""
    return {**asdict(row), "ratio": row.ratio, "goal": row.goal, "reached": row.reached}
