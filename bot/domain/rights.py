"""Who may do what to which task: by post and place, never by channel."""

from enum import StrEnum

from bot.domain.org import Person, Place, Role
from bot.domain.task import ENDED, OPEN, UNDECIDED, UNDER_WAY, Need, Status, Task


class Act(StrEnum):
    """The verbs of the programme; also the names of audit entries and of buttons."""

    PROPOSE = "propose"
    JOIN = "join"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    NOTE = "note"
    PLAN = "plan"
    MILESTONE = "milestone"
    COMPLETE = "complete"
    STOPPED = "stopped"
    OPINION = "opinion"
    ASSIGN = "assign"
    DUE = "due"
    CONFIRM = "confirm"
    REVISE = "revise"
    HOLD = "hold"
    RESUME = "resume"
    DECLINE = "decline"
    MERGE = "merge"
    TAKE_IN = "take_in"
    KEEP_OUT = "keep_out"
    REOPEN = "reopen"
    VERIFY = "verify"
    CAME_BACK = "came_back"
    BALLOT_OPEN = "ballot_open"
    BALLOT_CLOSE = "ballot_close"
    BALLOT_SETTLE = "ballot_settle"
    BALLOT_OVERRIDE = "ballot_override"
    EXEMPT_FILE = "exempt_file"
    EXEMPT_DECIDE = "exempt_decide"
    REVIEW_SIGN = "review_sign"
    DELEGATE = "delegate"
    ADMIN = "admin"


_OWN = "own"
"""Stands for the proposer in the tables below."""
_OWNER = "owner"

_DECIDING = (Role.HEAD, Role.DIRECTOR)
_MANAGING = (Role.LEAD, *_DECIDING)

_WHO: dict[Act, tuple[str, ...]] = {
    Act.EDIT: (_OWN, *_DECIDING),
    Act.WITHDRAW: (_OWN, *_DECIDING),
    Act.NOTE: (_OWN, _OWNER, *_MANAGING),
    Act.PLAN: (_OWN, _OWNER, *_MANAGING),
    Act.MILESTONE: (_OWN, _OWNER, *_MANAGING),
    Act.COMPLETE: (_OWN, _OWNER, *_MANAGING),
    Act.STOPPED: (_OWN, _OWNER, *_MANAGING),
    Act.OPINION: (Role.LEAD,),
    Act.ASSIGN: _MANAGING,
    Act.DUE: _MANAGING,
    Act.CONFIRM: _DECIDING,
    Act.REVISE: _DECIDING,
    Act.HOLD: _DECIDING,
    Act.RESUME: _DECIDING,
    Act.DECLINE: _DECIDING,
    Act.MERGE: _DECIDING,
    Act.TAKE_IN: _DECIDING,
    Act.KEEP_OUT: _DECIDING,
    Act.REOPEN: _DECIDING,
    Act.VERIFY: (_OWNER, *_MANAGING),
    Act.CAME_BACK: _MANAGING,
}

_AT_A_PLACE: dict[Act, tuple[Role, ...]] = {
    Act.BALLOT_OPEN: (*_DECIDING, Role.HQ),
    Act.BALLOT_CLOSE: (*_DECIDING, Role.HQ),
    Act.BALLOT_SETTLE: _DECIDING,
    Act.BALLOT_OVERRIDE: (*_DECIDING, Role.HQ),
    Act.EXEMPT_FILE: _MANAGING,
    Act.EXEMPT_DECIDE: (Role.DIRECTOR,),
    Act.REVIEW_SIGN: (Role.DIRECTOR,),
    Act.DELEGATE: _DECIDING,
    Act.ADMIN: (Role.HQ,),
}
"""Who may do what to a unit rather than to a task."""

_WHEN: dict[Act, frozenset[Status]] = {
    Act.JOIN: OPEN,
    Act.EDIT: OPEN,
    Act.WITHDRAW: OPEN,
    Act.NOTE: UNDER_WAY,
    Act.PLAN: UNDER_WAY,
    Act.MILESTONE: UNDER_WAY,
    Act.COMPLETE: UNDER_WAY,
    Act.STOPPED: UNDER_WAY,
    Act.OPINION: OPEN,
    Act.ASSIGN: OPEN,
    Act.DUE: UNDER_WAY,
    Act.CONFIRM: UNDECIDED,
    Act.REVISE: frozenset({Status.SUBMITTED}),
    Act.HOLD: OPEN - {Status.ON_HOLD},
    Act.RESUME: frozenset({Status.ON_HOLD}),
    Act.DECLINE: OPEN,
    Act.MERGE: OPEN,
    Act.REOPEN: ENDED - {Status.MERGED, Status.WITHDRAWN},
    Act.VERIFY: frozenset({Status.DONE}),
    Act.CAME_BACK: frozenset({Status.DONE}),
}

ON_A_TASK = tuple(_WHEN)
"""The acts that are done to an existing task, in the order buttons are drawn."""


_LASTING = frozenset(_WHO) - {Act.EDIT, Act.WITHDRAW}
"""What a proposer may still do once the task is confirmed."""


def _proposed(person: Person, task: Task) -> bool:
    """Whether the person proposed it and still serves in the unit it was proposed from."""
    return person.id == task.proposer and any(
        post.place.unit == task.origin for post in person.posts
    )


def covers(role: Role, held: Place, place: Place) -> bool:
    """Whether a post of `role` held at `held` has the task's place within its scope."""
    match role:
        case Role.LEAD:
            return held.team is not None and held.team == place.team
        case Role.HEAD:
            return held.department is not None and held.department == place.department
        case Role.DIRECTOR:
            return held.bureau is not None and held.bureau == place.bureau
        case Role.HQ:
            return True
        case _:
            return False


def has_role(person: Person, roles: tuple[str, ...], place: Place) -> bool:
    """Whether one of the person's posts gives one of `roles` over `place`."""
    return any(post.role in roles and covers(post.role, post.place, place) for post in person.posts)


def serves(person: Person, place: Place) -> bool:
    """Whether one of the person's posts is where the work is done, or above it."""
    if place.department is None:
        return any(post.place.bureau == place.bureau for post in person.posts)
    return has_role(person, _MANAGING, place) or any(
        post.place.department == place.department for post in person.posts
    )


def may(person: Person, act: Act, task: Task) -> bool:
    """Whether the person's posts, or being its proposer or owner, give the right to the act."""
    if not person.active or not person.posts:
        return False
    if act is Act.JOIN:
        return person.id not in task.proposers
    who = _WHO.get(act, ())
    if _OWN in who and _proposed(person, task) and (act in _LASTING or task.status in UNDECIDED):
        return True
    if _OWNER in who and person.id == task.owner and serves(person, task.place):
        return True
    return has_role(person, who, task.place)


def may_at(person: Person, act: Act, place: Place) -> bool:
    """Whether the person's posts give the right to an act on a unit, such as opening its ballot."""
    return person.active and has_role(person, _AT_A_PLACE[act], place)


def possible(act: Act, task: Task) -> bool:
    """Whether the task's state allows the act, whoever does it."""
    if task.status not in _WHEN[act]:
        return False
    match act:
        case Act.MILESTONE:
            return bool(task.milestones)
        case Act.STOPPED:
            return task.content.needs == {Need.IMMEDIATE}
        case Act.MERGE:
            return not task.is_undecided_merge
        case _:
            return True


def allowed(person: Person, task: Task) -> frozenset[Act]:
    """The acts that would work now, so that only their buttons are drawn."""
    return frozenset(act for act in ON_A_TASK if possible(act, task) and may(person, act, task))


def roles_for(act: Act) -> tuple[Role, ...]:
    """The roles that give the right, narrowest first: whom a refusal names."""
    who = _AT_A_PLACE.get(act) or _WHO.get(act, ())
    return tuple(Role(one) for one in who if one not in (_OWN, _OWNER))
