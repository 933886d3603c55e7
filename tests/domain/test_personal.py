"""Numbers that tell who somebody is are not stored, however they are written."""

import pytest

from bot.domain.errors import BotError
from bot.domain.text import refuse_personal

RESIDENT = ["900101-1234567", "9001011234567", "900101 - 1234567", "900101–1234567",
            "９００１０１-１２３４５６７", "900101\u200b-1234567"]  # fmt: skip
MOBILE = ["010-1234-5678", "01012345678", "010 - 1234 - 5678", "(010) 1234-5678",
          "+82 10-1234-5678", "+82-10-1234-5678", "010\u200b-1234-5678",
          "011.123.4567"]  # fmt: skip
FINE = [
    "예산 12345678원",
    "2026-07-01 ~ 2026-12-31",
    "063-280-1234",
    "제2026-010-1234호",
    "1년 365회",
]


@pytest.mark.parametrize("number", RESIDENT)
def test_a_resident_number_is_refused(number):
    with pytest.raises(BotError, match="resident"):
        refuse_personal(f"민원인 {number} 명부", "problem")


@pytest.mark.parametrize("number", MOBILE)
def test_a_mobile_number_is_refused(number):
    with pytest.raises(BotError, match="mobile"):
        refuse_personal(f"담당자 {number}로 연락", "problem")


@pytest.mark.parametrize("text", FINE)
def test_dates_sums_and_office_numbers_are_fine(text):
    refuse_personal(text, "problem")
