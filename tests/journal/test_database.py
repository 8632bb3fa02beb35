from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select, text

from maestro_actors.errors import PassingError, SettingsError
from maestro_actors.journal import database, tables
from maestro_actors.journal.errors import DatabaseError, DatabaseVersionError
from maestro_actors.journal.ownership import acquire


def test_the_migrations_make_exactly_the_tables(engine: Engine) -> None:
    with database.reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []


def test_the_version_is_that_of_the_newest_migration() -> None:
    folder = Path(database.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [tables.VERSION]


def test_migrations_live_in_packages_and_so_in_the_wheel() -> None:
    journal = Path(database.__file__).parent
    assert all((journal / folder / "__init__.py").exists() for folder in ("", "migrations", "migrations/versions"))


def test_a_migrated_database_is_current(empty_url: str) -> None:
    database.upgrade(empty_url)
    engine = database.connect(empty_url)
    database.require_current(engine)
    engine.dispose()


def test_migrating_again_changes_nothing(url: str, engine: Engine) -> None:
    epoch = acquire(engine).epoch
    database.upgrade(url)
    database.require_current(engine)
    with database.reading(engine) as connection:
        assert connection.execute(text("SELECT epoch FROM owners")).scalar() == epoch


def test_a_database_of_the_first_version_becomes_one_of_this_and_keeps_what_it_has(url: str, engine: Engine) -> None:
    ownership = acquire(engine)
    ownership.release()
    with database.writing(engine) as connection:
        for table in (tables.sign_in_links, tables.feeds):  # what came with the second version
            table.drop(connection)
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    database.upgrade(url)
    database.require_current(engine)
    with database.reading(engine) as connection:
        assert connection.execute(text("SELECT epoch FROM owners")).scalar() == ownership.epoch
        assert connection.execute(select(tables.feeds)).all() == []


def test_an_empty_database_says_what_to_run(empty_url: str, tmp_path: Path) -> None:
    engine = database.connect(empty_url)
    with pytest.raises(DatabaseVersionError, match="is empty: run `maestro db upgrade`"):
        database.require_current(engine)
    engine.dispose()
    assert not (tmp_path / "new").exists(), "asking makes no file"


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("0000", f"has version 0000, this Maestro needs {tables.VERSION}: run `maestro db upgrade`"),
        ("9999", "it was made by a newer Maestro, so install that one"),
    ],
)
def test_a_database_of_another_version_is_refused(engine: Engine, version: str, said: str) -> None:
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    with pytest.raises(DatabaseVersionError, match=said) as caught:
        database.require_current(engine)
    assert database.name_of(engine) in str(caught.value)


def test_nobody_migrates_a_newer_database_back(url: str, engine: Engine) -> None:
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseVersionError, match="newer Maestro"):
        database.upgrade(url)


def test_migrating_leaves_the_programs_logging_alone(empty_url: str) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    database.upgrade(empty_url)
    assert (logging.getLogger().handlers, logging.getLogger().level) == before


@pytest.mark.parametrize(
    "written",
    ["postgres://", "postgresql://", "postgresql+psycopg://", "postgresql+psycopg2://", "postgresql+asyncpg://"],
)
def test_postgresql_is_understood_in_every_way_it_is_written(written: str) -> None:
    engine = database.connect(f"{written}ana:secret@db.example:6543/studio?sslmode=require&connect_timeout=2")
    assert engine.dialect.driver == "psycopg"
    assert (engine.url.username, engine.url.host, engine.url.port) == ("ana", "db.example", 6543)
    assert engine.url.query["sslmode"] == "require"
    assert engine.url.query["connect_timeout"] == "2", "what the URL says counts"
    assert "secret" not in database.name_of(engine)


@pytest.mark.parametrize("url", ["", "studio.db", "mysql://ana@host/studio", "sqlite://", "sqlite:///:memory:", "x://"])
def test_what_is_no_usable_url_says_what_would_be(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL .*: write (postgresql|sqlite)://"):
        database.connect(url)


@pytest.mark.parametrize("settings", ["timeout=abc", "check_same_thread=maybe", "cached_statements=x"])
def test_a_setting_within_the_url_that_cannot_be_used_is_named(tmp_path: Path, settings: str) -> None:
    with pytest.raises(SettingsError, match=rf"^DATABASE_URL has .*{settings.partition('=')[2]}.*: mend it, or leave"):
        database.connect(f"sqlite:///{tmp_path}/studio.db?{settings}")


def test_the_password_is_not_told() -> None:
    engine = database.connect("postgresql://ana:secret@127.0.0.1:1/studio")
    with pytest.raises(PassingError) as caught, database.reading(engine):
        pass
    assert "out of reach" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_sqlite_is_durable_and_holds_to_its_keys(tmp_path: Path) -> None:
    url = database.sqlite_url(tmp_path / "a folder?" / "maestro.db")
    database.upgrade(url)
    engine = database.connect(url)
    with database.reading(engine) as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    engine.dispose()


def test_a_transaction_that_raises_leaves_nothing(engine: Engine) -> None:
    def breaks_half_way() -> None:
        with database.writing(engine) as connection:
            connection.execute(text("UPDATE owners SET epoch = 99"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_half_way()
    with database.reading(engine) as connection:
        assert connection.execute(text("SELECT epoch FROM owners")).scalar() == 0


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_database_that_somebody_else_locks_may_pass(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    other = database.connect(engine.url.render_as_string())
    with (
        database.writing(engine),
        pytest.raises(PassingError, match="locked by another program"),
        database.writing(other),
    ):
        pass
    other.dispose()


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_connection_that_was_cut_may_pass_and_the_next_try_works(engine: Engine) -> None:
    def is_cut() -> None:
        with database.writing(engine) as connection:
            number = connection.execute(text("SELECT pg_backend_pid()")).scalar()
            with database.writing(engine) as other:
                other.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
            connection.execute(text("SELECT 1"))

    with pytest.raises(PassingError, match=r"going down|is lost"):
        is_cut()
    with database.writing(engine) as connection:
        connection.execute(text("UPDATE owners SET epoch = 1"))


def test_what_the_database_will_not_have_is_no_passing_error(engine: Engine) -> None:
    with pytest.raises(DatabaseError, match=r"the database at .* refuses"), database.writing(engine) as connection:
        connection.execute(text("UPDATE no_such_table SET epoch = 1"))


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(PassingError, match="cannot be made"):
        database.upgrade(database.sqlite_url(tmp_path / "file" / "maestro.db"))


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "maestro.db").write_bytes(os.urandom(5000))
    with pytest.raises(DatabaseError, match="not a database"):
        database.upgrade(database.sqlite_url(tmp_path / "maestro.db"))
