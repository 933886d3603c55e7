"""What Home shows of the round: the viewer's department, and what waits for them."""

from datetime import datetime

from bot.domain.ballot_screens import HomeRound, Panel
from bot.domain.coverage import BureauCoverage
from bot.domain.org import Person, Place, Role
from bot.domain.round import Round
from bot.usecases.ballots import summary_of
from bot.usecases.covering import bureau_coverage, coverage_of
from bot.usecases.exemptions import to_decide
from storage.unit import UnitOfWork

_EXEMPTIONS = 10


def home_round(
    uow: UnitOfWork, viewer: Person, round_: Round | None, now: datetime
) -> HomeRound | None:
    """Everyone's department, a director's bureau, for headquarters every bureau; None for nothing.

    `round_` is the current one; between rounds there is no coverage to show.
    """
    directs = any(post.role is Role.DIRECTOR for post in viewer.posts)
    found = HomeRound(
        panel=_department(uow, viewer, now),
        to_decide=to_decide(uow, viewer, _EXEMPTIONS, now) if directs else (),
        bureau=_bureau(uow, viewer, round_, now) if directs else None,
        bureaus=coverage_of(uow, round_, now) if round_ and viewer.is_hq else (),
        to_settle=uow.ballots.waiting_for(viewer),
    )
    return None if found == HomeRound() else found


def _department(uow: UnitOfWork, viewer: Person, now: datetime) -> Panel | None:
    number = next((p.place.department for p in viewer.posts if p.place.department), None)
    unit = uow.units.get(number) if number else None
    if unit is None or unit.retired:
        return None
    place = Place(bureau=unit.parent, department=unit.id)
    return summary_of(uow, viewer, unit, place, now)


def _bureau(
    uow: UnitOfWork, viewer: Person, round_: Round | None, now: datetime
) -> BureauCoverage | None:
    places = (post.place.bureau for post in viewer.posts if post.role is Role.DIRECTOR)
    number = next((bureau for bureau in places if bureau), None)
    return bureau_coverage(uow, round_, number, now) if round_ and number else None
