"""The public holidays are loaded once by whoever asks first, and no other country's with them."""

import subprocess
import sys

ASKED = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from bot.clock import public_holidays

together = Barrier(4)
def asked(_):
    together.wait()
    return date(2026, 2, 17) in public_holidays() and date(2026, 7, 1) not in public_holidays()

with ThreadPoolExecutor(4) as threads:
    assert all(threads.map(asked, range(4)))
print(sum(name.startswith("holidays.countries.") for name in sys.modules))
"""


def test_threads_that_ask_at_once_get_our_holidays_and_no_other_countrys():
    told = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout.strip() == "1"
