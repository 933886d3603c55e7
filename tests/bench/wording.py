"""Titles and texts of tasks as offices write them, any number of them, the same every time."""

import random
from collections.abc import Sequence
from itertools import pairwise

COMMONEST = "개선"
"""The commonest pair of characters: in every third title and in most texts."""

_FIELDS = (
    "도로", "하천", "공원", "상수도", "산림", "농지", "축산", "어항", "관광", "문화재", "전시실",
    "도서관", "체육시설", "청소년", "노인복지", "장애인", "보육", "위생", "감염병", "응급의료",
    "대중교통", "주차장", "건축", "주택", "도시계획", "재난", "소방", "청사", "예산", "세외수입",
    "지방세", "계약", "인사", "감사", "민원", "정보화", "통계", "홍보", "국제교류", "기업지원",
)  # fmt: skip
_OBJECTS = (
    "점검 일지", "현황 보고", "운영 위원회", "실태 조사", "신청 서류", "수기 대장", "업무 연찬",
    "합동 평가", "만족도 조사", "홍보 책자", "순회 교육", "심의 절차", "정기 회의", "자료 취합",
    "현장 확인", "결과 보고서", "사용 허가", "물품 관리", "이용 통계", "시상식", "공모 사업",
    "명부 관리", "사전 협의", "용역 검수", "정산 검토", "안내문 발송", "당직 근무", "행사 지원",
)  # fmt: skip
_ACTIONS = ("개선", "개선", "폐지", "축소", "통합", "이관", "전산화", "절차 개선", "간소화")
_HOWS = ("", "", "", "주간 ", "월간 ", "분기별 ", "읍면동 ", "합동 ", "수시 ", "관행적 ")
_PROBLEMS = (
    "매주 같은 내용을 세 부서에 따로 보냅니다.", "받아 보는 분이 거의 없는데도 인쇄합니다.",
    "시스템에 있는 자료를 손으로 다시 옮겨 적습니다.", "지침이 바뀌어 같은 절차를 두 번 거칩니다.",
    "예산에 비해 찾는 도민이 해마다 줄고 있습니다.", "언제부터인지 모르게 되풀이하고 있습니다.",
    "담당자가 취합하느라 현장에 나갈 시간이 없습니다.", "도입 목적을 이미 이루었습니다.",
)  # fmt: skip
_PROPOSALS = (
    "대상을 정비하고 절차를 개선합니다.", "공동 화면으로 대신하고 별도 보고는 개선합니다.",
    "다른 회의와 합치고 서식을 하나로 줄입니다.", "기준을 정비하여 작은 사업은 심의에서 뺍니다.",
    "전산 자료로 갈음하고 운영 방식을 개선합니다.", "해당 업무를 그만두고 결과만 공개합니다.",
)  # fmt: skip
_PLACES = 4000
"""How many names of places and facilities there are: what makes titles differ from one another."""
_SYLLABLES = (
    "가나다라마바사아자차고노도로모보소오조호구누두루무부수우주추기니디리미비시이지태평안원산성천"
)


def _places() -> tuple[str, ...]:
    dice = random.Random(19)
    return tuple(
        "".join(dice.choices(_SYLLABLES, k=dice.choice((2, 2, 3)))) for _ in range(_PLACES)
    )


PLACES = _places()


def title(dice: random.Random) -> str:
    """A title; two in three name a place."""
    place = f"{dice.choice(PLACES)} " if dice.random() < 2 / 3 else ""
    words = f"{dice.choice(_HOWS)}{dice.choice(_FIELDS)} {dice.choice(_OBJECTS)}"
    return f"{place}{words} {dice.choice(_ACTIONS)}"


def problem(dice: random.Random) -> str:
    """What is wrong, in one sentence."""
    return dice.choice(_PROBLEMS)


def proposal(dice: random.Random) -> str:
    """What to do about it, in one sentence."""
    return dice.choice(_PROPOSALS)


def said_otherwise(dice: random.Random, wording: str) -> str:
    """A title as somebody else would put it: one word swapped, its spaces set differently."""
    words = wording.split()
    words[-1] = dice.choice(_ACTIONS)
    at = dice.randrange(len(words) - 1)
    words[at : at + 2] = ["".join(words[at : at + 2])]
    return " ".join(words)


def pairs(text: str) -> Sequence[str]:
    """The pairs of a text of Hangul and spaces: what `grams` finds in it, and faster."""
    plain = text.replace(" ", "").replace(".", "")
    return list(dict.fromkeys(map("".join, pairwise(plain))))
