"""The tables of the journal, the same on SQLite and PostgreSQL.

Events are the truth, in order; the rows of `bursts` and `jobs` say the same in a form that can be listed, and are
kept current in the very transactions that write the events. Times are UTC; a local date and a wall time are kept as
they are, with their zone beside them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

VERSION = "0002"  # the newest migration

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware datetime, in UTC on both sides; SQLite has no zones of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is UTC:
            return value
        if value.tzinfo is None:
            raise ValueError(f"{value} has no timezone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is UTC:
            return value
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text that people or machines wrote; what PostgreSQL cannot hold (NUL, lone surrogates) is replaced."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _slugged(name: str) -> Table:
    """Brands and agents: a user's own, by slug; archived ones stay, since history names them."""
    return Table(
        name,
        metadata,
        Column("user_id", Text, primary_key=True),
        Column("slug", Text, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("payload", JSON, nullable=False),
        Column("created_at", Utc, nullable=False),
        Column("archived_at", Utc),
    )


owners = Table(
    "owners",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", BigInteger, nullable=False),
    Column("holder", Words, nullable=False),
    Column("taken_at", Utc),
)

bursts = Table(
    "bursts",
    metadata,
    Column("burst_id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("local_date", Date),
    Column("started_at", Utc, nullable=False),
    Column("finished_at", Utc),
    Column("outcome", Text),
    Column("cancel_requested_at", Utc),
    Column("cancelled_by", Words),
    Column("cancel_reason", Words),
    # How many jobs, by outcome; filled in when the burst ends.
    *(
        Column(name, Integer, nullable=False, server_default="0")
        for name in ("created", "scheduled", "failed", "cancelled", "lost")
    ),
)
is_daily, is_unfinished = text("kind = 'daily'"), text("finished_at IS NULL")
Index(
    *("bursts_daily", bursts.c.local_date, bursts.c.user_id),
    unique=True,
    sqlite_where=is_daily,
    postgresql_where=is_daily,
)
Index("bursts_unfinished", bursts.c.burst_id, sqlite_where=is_unfinished, postgresql_where=is_unfinished)
Index("bursts_of_user", bursts.c.user_id, bursts.c.started_at, bursts.c.burst_id)

events = Table(
    "events",
    metadata,
    Column("burst_id", ForeignKey(bursts.c.burst_id), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("payload", JSON, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("job_id", Text, primary_key=True),
    Column("burst_id", ForeignKey(bursts.c.burst_id), nullable=False),
    Column("user_id", Text, nullable=False),
    Column("brand", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("proposal", JSON, nullable=False),
    Column("stage", Text, nullable=False),
    Column("outcome", Text),
    Column("error", Words),
    Column("created_at", Utc, nullable=False),
    Column("settled_at", Utc),
    Column("replaces", Text),
    Column("replaced_by", Text),
    Column("assets", JSON, nullable=False),
    Column("seq", Integer, nullable=False),  # the last event that this row has seen
)
Index("jobs_of_user", jobs.c.user_id, jobs.c.created_at, jobs.c.job_id)
Index("jobs_of_brand", jobs.c.user_id, jobs.c.brand, jobs.c.created_at, jobs.c.job_id)
Index("jobs_of_outcome", jobs.c.user_id, jobs.c.outcome, jobs.c.created_at, jobs.c.job_id)
Index("jobs_of_burst", jobs.c.burst_id, jobs.c.created_at, jobs.c.job_id)

slots = Table(
    "slots",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("local_date", Date, primary_key=True),  # before the brand: a calendar shows some days of every brand
    Column("brand", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("wall_time", Time, primary_key=True),
    Column("timezone", Text, nullable=False),
    Column("job_id", ForeignKey(jobs.c.job_id), nullable=False),
    UniqueConstraint("job_id"),
)

# Objects that nobody wants any more, until the bucket has let go of them: written with what made them unwanted.
removals = Table("removals", metadata, Column("path", Text, primary_key=True))

brands = _slugged("brands")
agents = _slugged("agents")

studios = Table(
    "studios",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("timezone", Text, nullable=False, server_default="UTC"),
    Column("daily_time", Time),
    Column("daily_since", Utc),  # runs before do not count
    Column("paused", Boolean, nullable=False),
    Column("welcomed_at", Utc),  # when the examples were loaded, which happens once
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("request_hash", Text, nullable=False),
    Column("burst_id", ForeignKey(bursts.c.burst_id), nullable=False),
    Column("created_at", Utc, nullable=False),
)

# What lets somebody in. Of each secret there is its hash alone.
sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("sealed", Text, nullable=False),  # the session, which only the token can open
    Column("expires_at", Utc, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("token_hash"),
)

Row = dict[str, Any]
