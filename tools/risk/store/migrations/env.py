"""Runs the migrations on the connection, and in the transaction, of whoever asks for them."""

from alembic import context

from tools.risk.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=context.config.attributes["version_table"],
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
