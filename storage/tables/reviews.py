"""Tables of reviews: when each bureau is reviewed, its reviews, and the reasons given in them."""

import sqlalchemy as sa

from bot.domain.periods import Cadence
from bot.domain.review import Kind
from bot.domain.task import UNDER_WAY, Status
from storage.tables.ballots import among
from storage.tables.base import BigId, UtcDateTime, metadata
from storage.tables.jsontext import JsonText
from storage.tables.org import one_of
from storage.tables.tasks import tasks

# A tick selects only what is due; `last` is the boundary of the last review that was opened.
review_plans = sa.Table(
    "review_plans",
    metadata,
    sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("cadence", sa.Text, nullable=False),
    sa.Column("changed_on", sa.Date),
    sa.Column("imported_on", sa.Date, nullable=False),
    sa.Column("last", sa.Date),
    sa.Column("next_opens_at", UtcDateTime, nullable=False),
    sa.Column("next_preview_at", UtcDateTime),
    one_of("cadence", Cadence),
    sa.Index(None, "next_opens_at"),
    sa.Index(None, "next_preview_at"),
)

# The two unique keys are what makes a second review of a bureau and period impossible.
reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("changes", sa.Integer, nullable=False),
    sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
    sa.Column("boundary", sa.Date, nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("opened_on", sa.Date, nullable=False),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("hq_told", sa.Date),
    sa.Column("looked_on", sa.Date, nullable=False),
    sa.Column("signed_by", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("signed_at", UtcDateTime),
    sa.Column("superseded_at", UtcDateTime),
    sa.Column("figures", JsonText, nullable=False),
    sa.Column("seen", JsonText),
    sa.UniqueConstraint("bureau", "boundary"),
)
IS_OPEN = reviews.c.signed_at.is_(None) & reviews.c.superseded_at.is_(None)
sa.Index(
    "uq_reviews_open",
    reviews.c.bureau,
    unique=True,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)
sa.Index(
    "ix_reviews_looked",
    reviews.c.looked_on,
    reviews.c.id,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)

review_answers = sa.Table(
    "review_answers",
    metadata,
    sa.Column("review", sa.BigInteger, sa.ForeignKey("reviews.id"), primary_key=True),
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("by", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    one_of("kind", Kind),
    sqlite_with_rowid=False,
)

# A bureau's exceptions, each list in the order in which it is read, so that its first rows cost
# the same however many tasks there are. Queries repeat the conditions.
GOES_ON = among(tasks.c.status, UNDER_WAY)
IS_HELD = among(tasks.c.status, (Status.ON_HOLD,))
IS_SUBMITTED = among(tasks.c.status, (Status.SUBMITTED,)) & tasks.c.merge_into.is_(None)
HAS_STAGE = GOES_ON & tasks.c.stage_due.is_not(None)
HAS_NO_OWNER = GOES_ON & tasks.c.owner.is_(None)
for _name, _by, _where in (
    ("late", tasks.c.due, GOES_ON),
    ("stages", tasks.c.stage_due, HAS_STAGE),
    ("held", tasks.c.hold_until, IS_HELD),
    ("undecided", tasks.c.waiting_since, IS_SUBMITTED),
):
    sa.Index(
        f"ix_tasks_{_name}",
        tasks.c.bureau,
        _by,
        tasks.c.id,
        sqlite_where=_where,
        postgresql_where=_where,
    )
sa.Index(
    "ix_tasks_ownerless",
    tasks.c.bureau,
    tasks.c.id,
    sqlite_where=HAS_NO_OWNER,
    postgresql_where=HAS_NO_OWNER,
)
