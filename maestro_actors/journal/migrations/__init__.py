"""How a database of an older version becomes one of this; Alembic runs it, `database.upgrade` starts it."""
