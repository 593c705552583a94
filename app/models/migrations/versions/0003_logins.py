"""sessions, codes, second factors, invitations, contacts, and the helpdesk's work for a customer"""

import sqlalchemy as sa
from alembic import op

from app.store.triggers import HOLDER_STAYS, refusing

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('throttle',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('since', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key'),
    sqlite_strict=True
    )
    op.create_table('allowed_address',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('network', sa.String(length=50), nullable=False),
    sa.Column('label', sa.String(length=100), server_default="", nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('account_id', 'network'),
    sqlite_strict=True
    )
    op.create_table('contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('company', sa.String(length=200), server_default="", nullable=False),
    sa.Column('email', sa.String(length=254), server_default="", nullable=False),
    sa.Column('phone', sa.String(length=20), server_default="", nullable=False),
    sa.Column('whole_account', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('internal', 'external')", name='kind_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index('contact_account', ['account_id', 'name', 'id'], unique=False)

    op.create_table('notice_choice',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=40), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('account_id', 'topic'),
    sqlite_strict=True
    )
    op.create_table('contact_service',
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['line_group.id'], ),
    sa.PrimaryKeyConstraint('contact_id', 'group_id'),
    sqlite_strict=True
    )
    op.create_table('access_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.String(length=300), server_default="", nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.Integer(), nullable=True),
    sa.Column('ended_by', sa.String(length=20), server_default="", nullable=False),
    sa.CheckConstraint("kind IN ('first_password', 'reset', 'invitation', 'new_email', 'first_login', 'sign_in', 'mobile', 'caller', 'handover')", name='kind_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest'),
    sqlite_strict=True
    )
    with op.batch_alter_table('access_code', schema=None) as batch_op:
        batch_op.create_index('access_code_login', ['login_id'], unique=False)
        batch_op.create_index('access_code_subject', ['kind', 'subject'], unique=False)

    op.create_table('account_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('account_note', schema=None) as batch_op:
        batch_op.create_index('account_note_account', ['account_id', 'id'], unique=False)

    op.create_table('api_token',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('rights', sa.String(length=1000), nullable=False),
    sa.Column('networks', sa.String(length=1000), server_default="", nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.Integer(), nullable=False),
    sa.Column('max_idle_seconds', sa.Integer(), nullable=False),
    sa.Column('last_used_at', sa.Integer(), nullable=True),
    sa.Column('revoked_at', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest'),
    sqlite_strict=True
    )
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.create_index('api_token_login', ['login_id'], unique=False)

    op.create_table('assistance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('session_id', sa.String(length=32), server_default="", nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('caller_kind', sa.String(), nullable=False),
    sa.Column('caller_id', sa.Integer(), nullable=False),
    sa.Column('caller_name', sa.String(length=200), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('verified_by', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('started_at', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.Integer(), nullable=True),
    sa.CheckConstraint("caller_kind IN ('holder', 'admin', 'contact')", name='caller_kind_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['line_group.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('assistance', schema=None) as batch_op:
        batch_op.create_index('assistance_account', ['account_id', 'id'], unique=False)
        batch_op.create_index('assistance_login', ['login_id', 'ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_assistance_group_id'), ['group_id'], unique=False)

    op.create_table('customer_order',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.Column('product', sa.String(length=100), nullable=False),
    sa.Column('ordered_at', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('provisioned_at', sa.Integer(), nullable=True),
    sa.Column('alerted_at', sa.Integer(), nullable=True),
    sa.CheckConstraint("status IN ('ordered', 'provisioned', 'withdrawn')", name='status_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('customer_order', schema=None) as batch_op:
        batch_op.create_index('customer_order_account', ['account_id', 'id'], unique=False)
        batch_op.create_index('customer_order_status', ['status', 'ordered_at'], unique=False)

    op.create_table('draft',
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('form', sa.String(length=60), nullable=False),
    sa.Column('object', sa.String(length=60), nullable=False),
    sa.Column('fields', sa.String(length=20000), nullable=False),
    sa.Column('saved_at', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('login_id', 'form', 'object'),
    sqlite_strict=True
    )
    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), server_default="", nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('areas', sa.String(length=200), server_default="", nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('invited_by', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.Integer(), nullable=True),
    sa.CheckConstraint("role IN ('admin', 'sub', 'user', 'reseller')", name='role_known'),
    sa.CheckConstraint("status IN ('pending', 'accepted', 'withdrawn')", name='status_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['invited_by'], ['login.id'], ),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index('invitation_account', ['account_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_line_id'), ['line_id'], unique=False)

    op.create_table('known_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('last_good_at', sa.Integer(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('login_id', 'address'),
    sqlite_strict=True
    )
    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest'),
    sqlite_strict=True
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index('recovery_code_login', ['login_id'], unique=False)

    op.create_table('second_factor',
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('confirmed_at', sa.Integer(), nullable=True),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('login_id'),
    sqlite_strict=True
    )
    op.create_table('service_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.Column('asked_by', sa.Integer(), nullable=True),
    sa.Column('asked_at', sa.Integer(), nullable=False),
    sa.Column('payload', sa.String(length=4000), nullable=False),
    sa.Column('reason', sa.String(length=300), server_default="", nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.Integer(), nullable=True),
    sa.Column('answer', sa.String(length=300), server_default="", nullable=False),
    sa.Column('effective_at', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('name_change', 'ownership', 'recovery', 'second_factor', 'erasure')", name='kind_known'),
    sa.CheckConstraint("status IN ('open', 'waiting', 'released', 'rejected', 'withdrawn')", name='status_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['asked_by'], ['login.id'], ),
    sa.ForeignKeyConstraint(['decided_by'], ['login.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('service_case', schema=None) as batch_op:
        batch_op.create_index('service_case_account', ['account_id', 'id'], unique=False)
        batch_op.create_index('service_case_queue', ['status', 'id'], unique=False)

    op.create_table('session',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.Integer(), nullable=False),
    sa.Column('checked_at', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=64), server_default="", nullable=False),
    sa.Column('ended_at', sa.Integer(), nullable=True),
    sa.Column('ended_by', sa.String(length=20), server_default="", nullable=False),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index('session_login', ['login_id', 'ended_at'], unique=False)

    op.create_table('telephone_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('login_id', 'account_id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('telephone_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_telephone_check_account_id'), ['account_id'], unique=False)

    op.create_table('presence',
    sa.Column('session_id', sa.String(length=32), nullable=False),
    sa.Column('object', sa.String(length=60), nullable=False),
    sa.Column('editing', sa.Boolean(), nullable=False),
    sa.Column('since', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], ),
    sa.PrimaryKeyConstraint('session_id', 'object'),
    sqlite_strict=True
    )
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.create_index('presence_object', ['object'], unique=False)

    op.add_column('account', sa.Column('contact_name', sa.String(length=200), server_default="", nullable=False))
    op.add_column('account', sa.Column('street', sa.String(length=200), server_default="", nullable=False))
    op.add_column('account', sa.Column('postcode', sa.String(length=20), server_default="", nullable=False))
    op.add_column('account', sa.Column('city', sa.String(length=100), server_default="", nullable=False))
    op.add_column('account', sa.Column('country', sa.String(length=2), server_default="", nullable=False))
    op.add_column('account', sa.Column('phone', sa.String(length=20), server_default="", nullable=False))
    op.add_column('account', sa.Column('email', sa.String(length=254), server_default="", nullable=False))
    op.add_column('account', sa.Column('telephone_hash', sa.String(length=200), server_default="", nullable=False))
    op.add_column('account', sa.Column('erased_at', sa.Integer(), nullable=True))
    op.add_column('audit', sa.Column('session_id', sa.String(length=32), server_default="", nullable=False))
    op.add_column('audit', sa.Column('assistance_id', sa.Integer(), nullable=True))
    op.add_column('message', sa.Column('secret', sa.String(length=200), server_default="", nullable=False))
    op.add_column('login', sa.Column('mobile', sa.String(length=20), server_default="", nullable=False))
    op.add_column('login', sa.Column('email_confirmed_at', sa.Integer(), nullable=True))
    op.add_column('login', sa.Column('password_set_at', sa.Integer(), nullable=True))

    # SQLite cannot change a constraint: the table is made anew with the role `sub`.
    op.execute("ALTER TABLE membership RENAME TO membership_before")
    op.execute("DROP INDEX ix_membership_account_id")
    op.execute("DROP INDEX one_holder")
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("areas", sa.String(length=200), server_default="", nullable=False),
        sa.CheckConstraint(
            "role IN ('holder', 'admin', 'sub', 'user', 'contact', 'reseller')", name="role_known"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.ForeignKeyConstraint(["login_id"], ["login.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login_id", "account_id"),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO membership (id, login_id, account_id, role) "
        "SELECT id, login_id, account_id, role FROM membership_before"
    )
    op.drop_table("membership_before")
    op.create_index("ix_membership_account_id", "membership", ["account_id"])
    op.create_index(
        "one_holder", "membership", ["account_id"], unique=True, sqlite_where=sa.text("role = 'holder'"), postgresql_where=sa.text("role = 'holder'")
    )
    op.create_index(
        "one_pending_invitation",
        "invitation",
        ["account_id", sa.text("lower(email)")],
        unique=True,
        sqlite_where=sa.text("status = 'pending'"), postgresql_where=sa.text("status = 'pending'"),
    )
    for statement in refusing(HOLDER_STAYS, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_column('message', 'secret')
    op.execute("DROP TRIGGER holder_stays")
    op.execute("DROP TRIGGER holder_keeps_role")
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_column('areas')

    with op.batch_alter_table('login', schema=None) as batch_op:
        batch_op.drop_column('password_set_at')
        batch_op.drop_column('email_confirmed_at')
        batch_op.drop_column('mobile')

    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_column('assistance_id')
        batch_op.drop_column('session_id')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_column('erased_at')
        batch_op.drop_column('telephone_hash')
        batch_op.drop_column('email')
        batch_op.drop_column('phone')
        batch_op.drop_column('country')
        batch_op.drop_column('city')
        batch_op.drop_column('postcode')
        batch_op.drop_column('street')
        batch_op.drop_column('contact_name')

    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.drop_index('presence_object')

    op.drop_table('presence')
    with op.batch_alter_table('telephone_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_telephone_check_account_id'))

    op.drop_table('telephone_check')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_index('session_login')

    op.drop_table('session')
    with op.batch_alter_table('service_case', schema=None) as batch_op:
        batch_op.drop_index('service_case_queue')
        batch_op.drop_index('service_case_account')

    op.drop_table('service_case')
    op.drop_table('second_factor')
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.drop_index('recovery_code_login')

    op.drop_table('recovery_code')
    op.drop_table('known_source')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_line_id'))
        batch_op.drop_index('invitation_account')

    op.drop_table('invitation')
    op.drop_table('draft')
    with op.batch_alter_table('customer_order', schema=None) as batch_op:
        batch_op.drop_index('customer_order_status')
        batch_op.drop_index('customer_order_account')

    op.drop_table('customer_order')
    with op.batch_alter_table('assistance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assistance_group_id'))
        batch_op.drop_index('assistance_login')
        batch_op.drop_index('assistance_account')

    op.drop_table('assistance')
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_index('api_token_login')

    op.drop_table('api_token')
    with op.batch_alter_table('account_note', schema=None) as batch_op:
        batch_op.drop_index('account_note_account')

    op.drop_table('account_note')
    with op.batch_alter_table('access_code', schema=None) as batch_op:
        batch_op.drop_index('access_code_subject')
        batch_op.drop_index('access_code_login')

    op.drop_table('access_code')
    op.drop_table('contact_service')
    op.drop_table('notice_choice')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index('contact_account')

    op.drop_table('contact')
    op.drop_table('allowed_address')
    op.drop_table('throttle')
