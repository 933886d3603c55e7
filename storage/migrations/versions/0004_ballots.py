"""Rounds that are closed, ballots and their votes, representative tasks, exemptions."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
SEOUL = timedelta(hours=9)
GROUNDS = '["statutory","new_unit","other"]'
LIVE = "state IN ('posting', 'open', 'counting', 'asking', 'tied')"
RULES = (
    "rule IN ('votes', 'tie_head', 'tie_hours', 'tie_earlier', 'lone', 'lone_head', "
    "'override', 'replaced')"
)
CLOSED = "closed = (closed_at IS NOT NULL)"

rounds = sa.table(
    "rounds",
    sa.column("id", sa.BigInteger),
    sa.column("starts_on", sa.Date),
    sa.column("ends_on", sa.Date),
    sa.column("version", sa.Integer),
    sa.column("grounds", sa.Text),
    sa.column("closed_at", MOMENT),
    sa.column("closed", sa.Boolean),
)


def upgrade() -> None:
    _upgrade_rounds()
    op.create_table(
        "round_bureaus",
        sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), primary_key=True),
        sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("votes_by", sa.Date, nullable=False),
    )
    op.create_index("ix_tasks_team_round", "tasks", ["team", "round"])
    _create_ballots()
    _create_votes()
    _create_outcomes()


def downgrade() -> None:
    for table in (
        "exemptions",
        "representatives",
        "secret_votes",
        "ballot_answers",
        "votes",
        "ballot_marks",
        "ballot_electors",
        "ballot_candidates",
        "ballots",
        "round_bureaus",
    ):
        op.drop_table(table)
    op.drop_index("ix_tasks_team_round", "tasks")
    op.drop_index("uq_rounds_unclosed", "rounds")
    with op.batch_alter_table("rounds") as batch:
        batch.drop_constraint("closed", type_="check")
        for column in ("closed", "closed_at", "grounds", "votes_by", "version"):
            batch.drop_column(column)


def _upgrade_rounds() -> None:
    """Of the rounds there are, all but the newest ended when the next one began."""
    for column in (
        sa.Column("version", sa.Integer),
        sa.Column("votes_by", sa.Date),
        sa.Column("grounds", sa.Text),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed", sa.Boolean),
    ):
        op.add_column("rounds", column)
    bind = op.get_bind()
    bind.execute(sa.update(rounds).values(version=1, grounds=GROUNDS, closed=False))
    newest_first = sa.select(rounds).order_by(rounds.c.starts_on.desc(), rounds.c.id.desc())
    next_on = None
    for row in bind.execute(newest_first).all():
        if next_on is not None:
            before = max(row.starts_on, next_on - timedelta(days=1))
            begun = datetime(next_on.year, next_on.month, next_on.day, tzinfo=UTC) - SEOUL
            bind.execute(
                sa.update(rounds)
                .where(rounds.c.id == row.id)
                .values(
                    closed=True,
                    closed_at=begun,
                    ends_on=before if row.ends_on is None else min(row.ends_on, before),
                )
            )
        next_on = row.starts_on
    with op.batch_alter_table("rounds") as batch:
        batch.alter_column("version", nullable=False)
        batch.alter_column("grounds", nullable=False)
        batch.alter_column("closed", nullable=False)
        batch.create_check_constraint("closed", CLOSED)
    op.create_index(
        "uq_rounds_unclosed",
        "rounds",
        ["closed"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _create_ballots() -> None:
    op.create_table(
        "ballots",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("opened_by", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("ts", sa.Text),
        sa.Column("electors", sa.Integer, nullable=False),
        sa.Column("turnout", sa.Integer, nullable=False),
        sa.Column("reminded_at", MOMENT),
        sa.Column("recount_at", MOMENT),
        sa.Column("winner", sa.BigInteger, sa.ForeignKey("tasks.id")),
        sa.Column("rule", sa.Text),
        sa.Column("ended_at", MOMENT),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("nonce", sa.LargeBinary),
        sa.Column("seal_check", sa.Text),
        sa.CheckConstraint("mode IN ('open', 'secret')", name="mode"),
        sa.CheckConstraint(
            "state IN ('posting', 'open', 'counting', 'asking', 'tied', 'decided', 'empty', "
            "'void')",
            name="state",
        ),
        sa.CheckConstraint(RULES, name="rule"),
    )
    op.create_index("ix_ballots_ts", "ballots", ["ts"])
    op.create_index("ix_ballots_round_department_id", "ballots", ["round", "department", "id"])
    op.create_index(
        "uq_ballots_live",
        "ballots",
        ["round", "department"],
        unique=True,
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )
    op.create_index(
        "ix_ballots_due",
        "ballots",
        ["state", "closes_at"],
        sqlite_where=sa.text(LIVE),
        postgresql_where=sa.text(LIVE),
    )
    op.create_table(
        "ballot_candidates",
        sa.Column("id", ID, primary_key=True),
        sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("hours", sa.Double),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("proposal", sa.Text, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("ts", sa.Text),
        sa.Column("seeded", sa.Boolean, nullable=False),
        sa.Column("out", sa.Boolean, nullable=False),
        sa.Column("recounted_at", MOMENT),
        sa.Column("votes", sa.Integer),
        sa.UniqueConstraint("ballot", "task"),
        sa.UniqueConstraint("ballot", "position"),
    )
    op.create_index("ix_ballot_candidates_ts", "ballot_candidates", ["ts"])
    op.create_index("ix_ballot_candidates_task", "ballot_candidates", ["task"])


def _create_votes() -> None:
    def candidate(*, primary_key: bool = False, nullable: bool = False) -> sa.Column[int]:
        return sa.Column(
            "candidate",
            sa.BigInteger,
            sa.ForeignKey("ballot_candidates.id"),
            primary_key=primary_key,
            nullable=nullable,
        )

    def ballot() -> sa.Column[int]:
        return sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), primary_key=True)

    def person() -> sa.Column[int]:
        return sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True)

    op.create_table("ballot_electors", ballot(), person(), sqlite_with_rowid=False)
    op.create_table(
        "ballot_marks",
        ballot(),
        person(),
        candidate(primary_key=True),
        sa.Column("variant", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, primary_key=True),
        sa.Column("added", sa.Boolean, primary_key=True),
        sa.Column("exact", sa.Boolean, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table("votes", ballot(), person(), candidate(), sqlite_with_rowid=False)
    op.create_table(
        "ballot_answers",
        ballot(),
        person(),
        candidate(nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "secret_votes",
        ballot(),
        sa.Column("voter", sa.Text, primary_key=True),
        candidate(),
        sqlite_with_rowid=False,
    )


def _create_outcomes() -> None:
    op.create_table(
        "representatives",
        sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), primary_key=True),
        sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), nullable=False, unique=True),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(RULES, name="rule"),
    )
    op.create_table(
        "exemptions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), nullable=False),
        sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("team", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("ground", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("filed_by", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.Column("decided_at", MOMENT),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("ground IN ('statutory', 'new_unit', 'other')", name="ground"),
        sa.CheckConstraint(
            "standing IN ('filed', 'granted', 'declined', 'ended')", name="standing"
        ),
    )
    op.create_index("ix_exemptions_round_team_id", "exemptions", ["round", "team", "id"])
    op.create_index(
        "ix_exemptions_standing_bureau_filed_at",
        "exemptions",
        ["standing", "bureau", "filed_at"],
    )
    op.create_index(
        "uq_exemptions_open",
        "exemptions",
        ["round", "team"],
        unique=True,
        sqlite_where=sa.text("standing IN ('filed', 'granted')"),
        postgresql_where=sa.text("standing IN ('filed', 'granted')"),
    )
