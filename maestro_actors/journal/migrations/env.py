"""What Alembic runs: the migrations, on the connection and in the transaction that `database.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from maestro_actors.journal.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
