"""what a device scans to fetch the profile of an eSIM"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sim", sa.Column("activation", sa.String(length=600), server_default="", nullable=False))


def downgrade() -> None:
    op.execute("ALTER TABLE sim DROP COLUMN activation")
