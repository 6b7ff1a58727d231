"""The first version: reviews with people, answers, items, comments and changes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(64)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "review_reviews",
        sa.Column("id", _ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("updated", sa.DateTime(), nullable=False),
        sa.Column("previous", _ID, nullable=False),
        sa.Column("checklist", sa.String(64), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("invitation", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_reviews"),
        sa.UniqueConstraint("invitation", name="uq_review_reviews_invitation"),
    )
    _create("review_checklists", [], sa.Column("content", sa.JSON(), nullable=False))
    _create(
        "review_participants",
        ["id"],
        sa.Column("id", _ID, nullable=False),
        sa.Column("key", sa.String(128)),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("joined", sa.DateTime(), nullable=False),
        sa.Column("position", _ID, nullable=False),
        sa.Column("skipped", sa.JSON(), nullable=False),
        sa.UniqueConstraint("review_id", "key", name="uq_review_participants_review_id_key"),
    )
    op.create_index("ix_review_participants_key", "review_participants", ["key"])
    _create(
        "review_answers",
        ["question", "person"],
        sa.Column("question", _ID, nullable=False),
        sa.Column("person", _ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("value", sa.JSON()),
        sa.Column("maturity", sa.Integer()),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("unknown", sa.Boolean(), nullable=False),
        *_who_and_when(),
    )
    _create(
        "review_items",
        ["kind", "id"],
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        *_who_and_when(),
    )
    _create(
        "review_comments",
        ["id"],
        sa.Column("id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("about", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_who_and_when(),
    )
    _create(
        "review_changes",
        ["number"],
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        *_who_and_when(),
    )


def _create(name: str, key: list[str], *columns: sa.schema.SchemaItem) -> None:
    """Create a table of things that belong to a review and go with it; `key` tells them apart within it."""
    op.create_table(
        name,
        sa.Column("review_id", _ID, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("review_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["review_id"], ["review_reviews.id"], name=f"fk_{name}_review_id", ondelete="CASCADE"),
    )


def _who_and_when() -> list[sa.Column[object]]:
    return [
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("author", _ID, nullable=False),
    ]
