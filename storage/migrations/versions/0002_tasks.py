"""Tasks with what belongs to them, what searching needs, and what is kept beside them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
GRAMS = postgresql.ARRAY(sa.Text).with_variant(sa.Text(), "sqlite")
FULL_TEXT = (
    "CREATE VIRTUAL TABLE fts_tasks USING fts5(pairs, content='', detail=none, tokenize='ascii')"
)
APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, "
        "'audit is append-only'); END",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, "
        "'audit is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN RAISE EXCEPTION ''audit is append-only''; END'",
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH "
        "STATEMENT EXECUTE FUNCTION audit_append_only()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", ID, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id")),
        sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("team", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("proposal", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("needs", sa.Text, nullable=False),
        sa.Column("per_year", sa.Integer),
        sa.Column("minutes", sa.Integer),
        sa.Column("people", sa.Integer),
        sa.Column("budget", sa.Integer),
        sa.Column("hours", sa.Double),
        sa.Column("cooperating", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("proposer", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("origin", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("owner", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.Column("due", sa.Date),
        sa.Column("hold_until", sa.Date),
        sa.Column("held_from", sa.Text),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("opinion", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("stopped_at_once", sa.Boolean, nullable=False),
        sa.Column("merge_into", sa.BigInteger, sa.ForeignKey("tasks.id")),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("waiting_since", MOMENT),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("reported_hours", sa.Double),
        sa.Column("reported_budget", sa.Integer),
        sa.CheckConstraint(
            "held_from IN ('submitted', 'revision_requested', 'confirmed', 'in_progress', "
            "'on_hold', 'done', 'declined', 'withdrawn', 'merged')",
            name="held_from",
        ),
        sa.CheckConstraint(
            "reason IN ('goal_reached', 'no_response', 'law_changed', 'custom', 'waste', "
            "'duplication', 'other')",
            name="reason",
        ),
        sa.CheckConstraint(
            "status IN ('submitted', 'revision_requested', 'confirmed', 'in_progress', "
            "'on_hold', 'done', 'declined', 'withdrawn', 'merged')",
            name="status",
        ),
        sa.CheckConstraint(
            "type IN ('abolish', 'reduce', 'consolidate', 'improve', 'transfer', 'digitise')",
            name="type",
        ),
    )
    op.create_index(
        "ix_tasks_at_bureau",
        "tasks",
        ["bureau", "status", "id"],
        sqlite_where=sa.text("department IS NULL"),
        postgresql_where=sa.text("department IS NULL"),
    )
    op.create_index("ix_tasks_bureau_id", "tasks", ["bureau", "id"])
    op.create_index("ix_tasks_bureau_status_id_due", "tasks", ["bureau", "status", "id", "due"])
    op.create_index("ix_tasks_department_id", "tasks", ["department", "id"])
    op.create_index(
        "ix_tasks_department_status_id_due", "tasks", ["department", "status", "id", "due"]
    )
    op.create_index(
        "ix_tasks_merging",
        "tasks",
        ["merge_into"],
        sqlite_where=sa.text("merge_into IS NOT NULL AND status != 'merged'"),
        postgresql_where=sa.text("merge_into IS NOT NULL AND status != 'merged'"),
    )
    op.create_index("ix_tasks_owner_id_status_due", "tasks", ["owner", "id", "status", "due"])
    op.create_index("ix_tasks_proposer_id_status_due", "tasks", ["proposer", "id", "status", "due"])
    op.create_index("ix_tasks_status_id_due", "tasks", ["status", "id", "due"])
    op.create_index("ix_tasks_team_id", "tasks", ["team", "id"])
    op.create_index("ix_tasks_team_status_id_due", "tasks", ["team", "status", "id", "due"])
    op.create_table(
        "co_proposers",
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_index("ix_co_proposers_person_task", "co_proposers", ["person", "task"])
    op.create_table(
        "milestones",
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("track", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("done_on", sa.Date),
        sa.Column("note", sa.Text, nullable=False),
        sa.CheckConstraint(
            "track IN ('immediate', 'budget', 'ordinance', 'guideline', 'ministry')", name="track"
        ),
    )
    op.create_table(
        "steps",
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("owner", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("done_on", sa.Date),
    )
    op.create_table(
        "search_texts",
        sa.Column("task", ID, sa.ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("grams", GRAMS),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_texts_grams", "search_texts", ["grams"], postgresql_using="gin")
    else:
        op.execute(FULL_TEXT)
    op.create_table(
        "title_grams",
        sa.Column("gram", sa.Text, primary_key=True),
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("pairs", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "gram_counts",
        sa.Column("gram", sa.Text, primary_key=True),
        sa.Column("titles", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("actor", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.Column("surface", sa.Text, nullable=False),
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id")),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.CheckConstraint(
            "surface IN ('command', 'modal', 'home', 'message', 'slack', 'cli', 'tick')",
            name="surface",
        ),
    )
    op.create_index("ix_audit_task_id", "audit", ["task", "id"])
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_table(
        "drafts",
        sa.Column("person", ID, sa.ForeignKey("people.id"), primary_key=True, autoincrement=False),
        sa.Column("form", sa.Text),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_table(
        "news",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("actor", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT),
    )
    op.create_index(
        "ix_news_untold",
        "news",
        ["person", "id"],
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE fts_tasks")
    op.drop_table("news")
    op.drop_table("drafts")
    op.drop_table("audit")
    op.drop_table("gram_counts")
    op.drop_table("title_grams")
    op.drop_table("search_texts")
    op.drop_table("steps")
    op.drop_table("milestones")
    op.drop_table("co_proposers")
    op.drop_table("tasks")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only")
