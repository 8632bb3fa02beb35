"""The journal's first shape."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    owners = op.create_table(
        "owners",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("taken_at", MOMENT),
    )
    op.bulk_insert(owners, [{"id": 1, "epoch": 0, "holder": ""}])
    _bursts()
    _jobs()
    _slots()
    for name in ("brands", "agents"):
        op.create_table(
            name,
            sa.Column("user_id", sa.Text, primary_key=True),
            sa.Column("slug", sa.Text, primary_key=True),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("payload", sa.JSON, nullable=False),
            sa.Column("created_at", MOMENT, nullable=False),
            sa.Column("archived_at", MOMENT),
        )
    op.create_table(
        "studios",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("timezone", sa.Text, nullable=False, server_default="UTC"),
        sa.Column("daily_time", sa.Time),
        sa.Column("daily_since", MOMENT),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("welcomed_at", MOMENT),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("request_hash", sa.Text, nullable=False),
        sa.Column("burst_id", sa.Text, sa.ForeignKey("bursts.burst_id"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )


def _bursts() -> None:
    op.create_table(
        "bursts",
        sa.Column("burst_id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("local_date", sa.Date),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("outcome", sa.Text),
        sa.Column("cancel_requested_at", MOMENT),
        sa.Column("cancelled_by", sa.Text),
        sa.Column("cancel_reason", sa.Text),
        *(
            sa.Column(name, sa.Integer, nullable=False, server_default="0")
            for name in ("created", "scheduled", "failed", "cancelled", "lost")
        ),
    )
    daily, unfinished = sa.text("kind = 'daily'"), sa.text("finished_at IS NULL")
    op.create_index(
        *("bursts_daily", "bursts", ["local_date", "user_id"]),
        unique=True,
        sqlite_where=daily,
        postgresql_where=daily,
    )
    op.create_index("bursts_unfinished", "bursts", ["burst_id"], sqlite_where=unfinished, postgresql_where=unfinished)
    op.create_index("bursts_of_user", "bursts", ["user_id", "started_at", "burst_id"])
    op.create_table(
        "events",
        sa.Column("burst_id", sa.Text, sa.ForeignKey("bursts.burst_id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
    )


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("job_id", sa.Text, primary_key=True),
        sa.Column("burst_id", sa.Text, sa.ForeignKey("bursts.burst_id"), nullable=False),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("brand", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("proposal", sa.JSON, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("error", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("replaces", sa.Text),
        sa.Column("replaced_by", sa.Text),
        sa.Column("assets", sa.JSON, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
    )
    op.create_index("jobs_of_user", "jobs", ["user_id", "created_at", "job_id"])
    op.create_index("jobs_of_brand", "jobs", ["user_id", "brand", "created_at", "job_id"])
    op.create_index("jobs_of_outcome", "jobs", ["user_id", "outcome", "created_at", "job_id"])
    op.create_index("jobs_of_burst", "jobs", ["burst_id", "created_at", "job_id"])


def _slots() -> None:
    op.create_table(
        "slots",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("local_date", sa.Date, primary_key=True),
        sa.Column("brand", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("wall_time", sa.Time, primary_key=True),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("job_id", sa.Text, sa.ForeignKey("jobs.job_id"), nullable=False),
        sa.UniqueConstraint("job_id"),
    )
    op.create_table("removals", sa.Column("path", sa.Text, primary_key=True))
