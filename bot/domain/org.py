"""Who people are: units, posts and the place in the organisation that gives rights."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.reminding import Reminding


class Role(StrEnum):
    """What a post lets its holder do; ordered from the narrowest to the widest scope."""

    MEMBER = "member"
    LEAD = "lead"
    HEAD = "head"
    DIRECTOR = "director"
    HQ = "hq"


class UnitKind(StrEnum):
    """The three levels of an office."""

    BUREAU = "bureau"
    DEPARTMENT = "department"
    TEAM = "team"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A position in the organisation: down to a team, or ending at a department or bureau."""

    bureau: int | None = None
    department: int | None = None
    team: int | None = None

    @property
    def unit(self) -> int | None:
        """The narrowest unit of the place."""
        return self.team or self.department or self.bureau


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A bureau, department or team; `position` is its place in the organisation file."""

    id: int
    kind: UnitKind
    name: str
    parent: int | None = None
    channel: str | None = None
    position: int = 0
    coordinating: bool = False
    retired: bool = False


@dataclass(frozen=True, kw_only=True)
class Post:
    """A role held at a place under a title as the organisation file writes it.

    `stands_in` is the name of the official whose post is held by delegation or as acting holder.
    """

    role: Role
    title: str
    place: Place
    stands_in: str | None = None


class Hearing(StrEnum):
    """How often a person wants to hear of others' decisions."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone of the organisation with the posts that count today."""

    id: int
    name: str
    slack_id: str | None = None
    email: str | None = None
    language: str = "ko"
    active: bool = True
    hearing: Hearing = Hearing.NOW
    reminding: Reminding = Reminding.DAILY
    posts: tuple[Post, ...] = field(default_factory=tuple)

    @property
    def main(self) -> Post | None:
        """The first post: the one that proposals come from unless another is chosen."""
        return self.posts[0] if self.posts else None

    @property
    def is_hq(self) -> bool:
        """Whether one of the posts runs the programme for the whole province."""
        return any(post.role is Role.HQ for post in self.posts)

    @property
    def decides(self) -> bool:
        """Whether one of the posts decides on tasks of a department or bureau."""
        return any(post.role in (Role.HEAD, Role.DIRECTOR) for post in self.posts)


@dataclass(frozen=True, kw_only=True)
class Official:
    """A post and its holder as they are named to others: ‹과장 ○○○›."""

    name: str
    title: str
    unit: str
