"""public keys of people who sign in over SSH"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ssh_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("algorithm", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=43), nullable=False),
        sa.Column("public_key", sa.String(length=4000), nullable=False),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("last_used_at", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "algorithm IN ('ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384',"
            " 'ecdsa-sha2-nistp521', 'ssh-rsa', 'sk-ssh-ed25519@openssh.com',"
            " 'sk-ecdsa-sha2-nistp256@openssh.com')",
            name="algorithm_known",
        ),
        sa.CheckConstraint("length(fingerprint) = 43", name="fingerprint_length"),
        sa.ForeignKeyConstraint(["login_id"], ["login.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login_id", "fingerprint"),
        sqlite_strict=True,
    )
    # Said in SQL: to add a column with its foreign key otherwise means to copy the whole table.
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE session ADD COLUMN ssh_key_id {kind} REFERENCES ssh_key (id)")
    op.create_index("session_ssh_key", "session", ["ssh_key_id"])


def downgrade() -> None:
    op.drop_index("session_ssh_key", table_name="session")
    op.execute("ALTER TABLE session DROP COLUMN ssh_key_id")
    op.drop_table("ssh_key")
