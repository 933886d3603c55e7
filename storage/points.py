"""Named moments at which a fault test kills the process, and nothing else.

`GOPBAEGI_KILL_AT=after-post:3` kills the process with SIGKILL the third time it gets to
`after-post`; without the variable a point costs one comparison.
"""

import os
import signal
from typing import Literal

Point = Literal["before-commit", "after-commit", "before-post", "after-post", "before-settle"]

_name, _, _count = os.environ.get("GOPBAEGI_KILL_AT", "").partition(":")
_left = int(_count or 1)


def reach(point: Point) -> None:
    """Say that the process has come to `point`: it may be its last moment."""
    global _left
    if point != _name:
        return
    _left -= 1
    if _left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
