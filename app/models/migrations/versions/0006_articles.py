"""whether readers found articles helpful"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_vote",
        sa.Column("article", sa.String(length=60), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["login_id"], ["login.id"]),
        sa.PrimaryKeyConstraint("article", "login_id"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("article_vote")
