"""tours that people took"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tour_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour", sa.String(length=60), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("why", sa.String(length=20), server_default="", nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('running', 'left', 'finished')", name="state_known"),
        sa.ForeignKeyConstraint(["login_id"], ["login.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("tour_run_login", "tour_run", ["login_id", "tour", "id"])
    op.create_index("tour_run_started", "tour_run", ["started_at"])
    op.create_table(
        "tour_step",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("backs", sa.Integer(), nullable=False),
        sa.Column("wrongs", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["tour_run.id"]),
        sa.PrimaryKeyConstraint("run_id", "step"),
        sqlite_strict=True,
    )
    # Whether somebody did a task soon after leaving its tour.
    op.create_index("audit_of_login", "audit", ["login_id", "operation", "at"])
    # A few among many lines: what a customer has is known without looking at each.
    op.create_index("line_with_bundles", "line", ["account_id"], sqlite_where=sa.text("bundles > 0"), postgresql_where=sa.text("bundles > 0"))
    op.create_index(
        "line_of_zero", "line", ["account_id", "zero_lifted"], sqlite_where=sa.text("data_bundle = '0'"), postgresql_where=sa.text("data_bundle = '0'")
    )
    op.create_index("line_to_come", "line", ["account_id"], sqlite_where=sa.text("status = 'ordered'"), postgresql_where=sa.text("status = 'ordered'"))


def downgrade() -> None:
    op.drop_index("line_to_come", table_name="line")
    op.drop_index("line_of_zero", table_name="line")
    op.drop_index("line_with_bundles", table_name="line")
    op.drop_index("audit_of_login", table_name="audit")
    op.drop_table("tour_step")
    op.drop_index("tour_run_started", table_name="tour_run")
    op.drop_index("tour_run_login", table_name="tour_run")
    op.drop_table("tour_run")
