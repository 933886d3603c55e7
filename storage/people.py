"""People with the posts that count on a day, and the officials of a place."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.org import Hearing, Official, Person, Place, Post, Role
from bot.domain.reminding import Reminding
from storage.posts import IN_ORDER, counting, held, post_of
from storage.tables.org import people, posts, units

_Row = sa.Row[*tuple[Any, ...]]

_PERSON = (
    people.c.id,
    people.c.name,
    people.c.slack_id,
    people.c.email,
    people.c.language,
    people.c.active,
    people.c.hearing,
    people.c.reminding,
)
_BY_SLACK = sa.select(*_PERSON).where(people.c.slack_id == sa.bindparam("slack_id"))
_BY_SLACKS = sa.select(people.c.slack_id, people.c.id).where(
    people.c.slack_id.in_(sa.bindparam("slack_ids", expanding=True))
)
_BY_EMAIL = sa.select(*_PERSON).where(people.c.email == sa.bindparam("email"))
_BY_ID = sa.select(*_PERSON).where(people.c.id == sa.bindparam("person"))
_BY_IDS = sa.select(*_PERSON).where(people.c.id.in_(sa.bindparam("ids", expanding=True)))
_ALL = sa.select(*_PERSON).order_by(people.c.id)
_HELD_BY_ONE = sa.select(held).where(held.c.person == sa.bindparam("person")).order_by(*IN_ORDER)
_HELD_BY_MANY = (
    sa.select(held)
    .where(held.c.person.in_(sa.bindparam("ids", expanding=True)))
    .order_by(*IN_ORDER)
)
_HELD = sa.select(held).order_by(*IN_ORDER)


def _over(role: Role, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    unit = sa.func.coalesce(held.c.team, held.c.department, held.c.bureau)
    return (
        sa.select(people.c.id, people.c.name, held.c.title, units.c.name.label("unit"))
        .join_from(held, people, people.c.id == held.c.person)
        .outerjoin(units, units.c.id == unit)
        .where(people.c.active, held.c.role == role.value, *where)
        .order_by(*IN_ORDER)
    )


_OVER = {
    Role.LEAD: _over(Role.LEAD, held.c.team == sa.bindparam("team")),
    Role.HEAD: _over(Role.HEAD, held.c.department == sa.bindparam("department")),
    Role.DIRECTOR: _over(Role.DIRECTOR, held.c.bureau == sa.bindparam("bureau")),
    Role.HQ: _over(Role.HQ),
}
"""Who holds a role over a place, narrowest role first: one statement each, so that each is served
by its own index."""

_STAFF = (
    sa.select(people.c.id, people.c.name)
    .join_from(posts, people, people.c.id == posts.c.person)
    .where(people.c.active, counting())
    .distinct()
    .order_by(people.c.name, people.c.id)
)
_IN_DEPARTMENT = _STAFF.where(posts.c.department == sa.bindparam("department"))
_NAMED = sa.func.lower(people.c.name).like(sa.bindparam("pattern"), escape="/")
_FOUND = _STAFF.where(_NAMED).limit(sa.bindparam("limit"))
_FOUND_IN_DEPARTMENT = _IN_DEPARTMENT.where(_NAMED).limit(sa.bindparam("limit"))

TITLE = (
    sa.select(posts.c.title)
    .where(posts.c.person == people.c.id)
    .order_by(posts.c.until.is_not(None), posts.c.until.desc(), posts.c.position, posts.c.id)
    .limit(1)
    .scalar_subquery()
)
"""What a row of people is called: whoever left, by the post they held last."""
_NAMES = sa.select(people.c.id, people.c.name, TITLE.label("title")).where(
    people.c.id.in_(sa.bindparam("ids", expanding=True))
)

_ADD = sa.insert(people).returning(people.c.id)
_ONE = sa.update(people).where(people.c.id == sa.bindparam("person"))
_SAVE = _ONE.values(
    {c.name: sa.bindparam(f"new_{c.name}") for c in _PERSON if c.name != "id"}
)  # fmt: skip
_LANGUAGE = _ONE.values(language=sa.bindparam("new_language"))
_WELCOME = _ONE.where(people.c.welcomed_at.is_(None)).values(
    welcomed_at=sa.bindparam("at", type_=people.c.welcomed_at.type)
)

_WELCOMED = sa.select(people.c.id).where(
    people.c.id == sa.bindparam("person"), people.c.welcomed_at.is_not(None)
)


class PeopleStore:
    """Everyone of the organisation; `on` is the office's date whose posts are meant.

    Somebody inactive is found but has no posts, except among `all`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_slack(self, slack_id: str, on: date) -> Person | None:
        """The person with that Slack id, in two queries: every request begins with this."""
        return self._one(_BY_SLACK, {"slack_id": slack_id}, on)

    def by_slacks(self, slack_ids: Collection[str]) -> dict[str, int]:
        """Who has which of those Slack ids, active or not; unknown ids are left out."""
        rows = self._connection.execute(_BY_SLACKS, {"slack_ids": list(set(slack_ids))})
        return {row.slack_id: row.id for row in rows}

    def by_email(self, email: str, on: date) -> Person | None:
        """The person with that address, however it is capitalised."""
        return self._one(_BY_EMAIL, {"email": email.lower()}, on)

    def get(self, person: int, on: date) -> Person | None:
        """The person with that id."""
        return self._one(_BY_ID, {"person": person}, on)

    def many(self, ids: Collection[int], on: date) -> dict[int, Person]:
        """The people with those ids, in the order asked for; unknown ids are left out."""
        if not ids:
            return {}
        wanted = list(dict.fromkeys(ids))
        rows = {row.id: row for row in self._connection.execute(_BY_IDS, {"ids": wanted})}
        held_rows = self._connection.execute(_HELD_BY_MANY, {"ids": wanted, "on": on}).all()
        return _people((rows[i] for i in wanted if i in rows), held_rows)

    def all(self, on: date) -> tuple[Person, ...]:
        """Everyone, inactive ones with their posts too: what an import compares its file with."""
        rows = self._connection.execute(_ALL).all()
        held_rows = self._connection.execute(_HELD, {"on": on}).all()
        return tuple(_people(rows, held_rows, of_inactive=True).values())

    def officials(self, roles: Collection[str], place: Place, on: date) -> tuple[Official, ...]:
        """Who holds one of `roles` over the place, narrowest role first; nobody when vacant.

        The holder of a post comes before who stands in. Headquarters is over every place.
        """
        return tuple(
            dict.fromkeys(
                Official(name=row.name, title=row.title, unit=row.unit or "")
                for row in self._over(roles, place, on)
            )
        )

    def holders(self, roles: Collection[str], place: Place, on: date) -> tuple[Person, ...]:
        """The same as people, each once."""
        return self._in_order((row.id for row in self._over(roles, place, on)), on)

    def holder_ids(self, roles: Collection[str], place: Place, on: date) -> frozenset[int]:
        """Only who they are, which is one statement a role."""
        return frozenset(row.id for row in self._over(roles, place, on))

    def lead_of(self, team: int, on: date) -> Person | None:
        """The lead of a team, or whoever stands in; None when vacant."""
        return next(iter(self.holders((Role.LEAD,), Place(team=team), on)), None)

    def hq(self, on: date) -> tuple[Person, ...]:
        """Everyone who runs the programme for the whole province."""
        return self.holders((Role.HQ,), Place(), on)

    def in_department(self, department: int, on: date) -> tuple[Person, ...]:
        """Everyone with a post of their own in the department, by name."""
        rows = self._connection.execute(_IN_DEPARTMENT, {"department": department, "on": on})
        return self._in_order((row.id for row in rows), on)

    def search(self, text: str, department: int | None, on: date, limit: int) -> tuple[Person, ...]:
        """People whose names contain the text, by name; of one department or of all."""
        asked: dict[str, Any] = {"pattern": containing(text), "on": on, "limit": limit}
        if department is None:
            rows = self._connection.execute(_FOUND, asked)
        else:
            rows = self._connection.execute(
                _FOUND_IN_DEPARTMENT, asked | {"department": department}
            )
        return self._in_order((row.id for row in rows), on)

    def names(self, ids: Collection[int]) -> dict[int, str]:
        """‹name title› of the main post by id; of those who left, of the post they held last."""
        if not ids:
            return {}
        rows = self._connection.execute(_NAMES, {"ids": list(set(ids))})
        return {row.id: called(row) for row in rows}

    def add(
        self,
        *,
        name: str,
        slack_id: str | None = None,
        email: str | None = None,
        language: str = "ko",
        active: bool = True,
        hearing: Hearing = Hearing.NOW,
    ) -> Person:
        """A new person, without posts yet."""
        fields: dict[str, Any] = {
            "name": name,
            "slack_id": slack_id,
            "email": email.lower() if email else None,
            "language": language,
            "active": active,
            "hearing": hearing.value,
            "reminding": Reminding.DAILY.value,
        }
        number: int = self._connection.execute(_ADD, fields).scalar_one()
        return _person(number, **fields)

    def save(self, person: Person) -> None:
        """Store the person's own fields; posts are kept by the store of posts."""
        self._connection.execute(
            _SAVE,
            {
                "person": person.id,
                "new_name": person.name,
                "new_slack_id": person.slack_id,
                "new_email": person.email.lower() if person.email else None,
                "new_language": person.language,
                "new_active": person.active,
                "new_hearing": person.hearing.value,
                "new_reminding": person.reminding.value,
            },
        )

    def set_language(self, person: int, language: str) -> None:
        """Talk to the person in `language` from now on."""
        self._connection.execute(_LANGUAGE, {"person": person, "new_language": language})

    def welcome(self, person: int, at: datetime) -> bool:
        """Note that the person was welcomed; whether this was the first time."""
        welcomed = self._connection.execute(_WELCOME, {"person": person, "at": at})
        return welcomed.rowcount == 1

    def is_welcomed(self, person: int) -> bool:
        """Whether the person was welcomed before."""
        return self._connection.execute(_WELCOMED, {"person": person}).first() is not None

    def _one(self, statement: sa.Select[Any], asked: dict[str, Any], on: date) -> Person | None:
        row = self._connection.execute(statement, asked).first()
        if row is None:
            return None
        held_rows = self._connection.execute(_HELD_BY_ONE, {"person": row.id, "on": on})
        return _people([row], held_rows)[row.id]

    def _over(self, roles: Collection[str], place: Place, on: date) -> Iterable[_Row]:
        asked = {
            "team": place.team,
            "department": place.department,
            "bureau": place.bureau,
            "on": on,
        }
        for role, statement in _OVER.items():
            if role in roles:
                yield from self._connection.execute(statement, asked)

    def _in_order(self, ids: Iterable[int], on: date) -> tuple[Person, ...]:
        return tuple(self.many(list(ids), on).values())


def called(row: _Row) -> str:
    """‹name title› of a row with the person's name and `TITLE`."""
    return f"{row.name} {row.title}" if row.title else str(row.name)


def containing(text: str) -> str:
    """A pattern of LIKE, with `/` as its escape, that finds the text anywhere in lower case."""
    for sign in "/%_":
        text = text.replace(sign, f"/{sign}")
    return f"%{text.lower()}%"


def _people(
    rows: Iterable[_Row], held_rows: Iterable[_Row], *, of_inactive: bool = False
) -> dict[int, Person]:
    posts_of: dict[int, list[Post]] = {}
    for held_row in held_rows:
        posts_of.setdefault(held_row.person, []).append(post_of(held_row))
    found = {}
    for row in rows:
        fields = row._asdict()
        number = fields.pop("id")
        counting_posts = posts_of.get(number, ()) if fields["active"] or of_inactive else ()
        found[number] = _person(number, **fields, posts=tuple(counting_posts))
    return found


def _person(number: int, *, posts: tuple[Post, ...] = (), **fields: Any) -> Person:
    fields["hearing"] = Hearing(fields["hearing"])
    fields["reminding"] = Reminding(fields["reminding"])
    return Person(id=number, **fields, posts=posts)
