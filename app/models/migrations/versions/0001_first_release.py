"""first release"""

import sqlalchemy as sa
from alembic import op

from app.store.triggers import UNCHANGING_AUDIT, refusing

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('company', 'person')", name='kind_known'),
    sa.CheckConstraint("status IN ('active', 'ended')", name='status_known'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('number'),
    sqlite_strict=True
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index('account_name', ['name', 'id'], unique=False)

    op.create_table('alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('at', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('detail', sa.String(), nullable=False),
    sa.Column('done_at', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key'),
    sqlite_strict=True
    )
    op.create_table('audit',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('operation', sa.String(), nullable=False),
    sa.Column('object', sa.String(), nullable=False),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('personal_digest', sa.String(), nullable=False),
    sa.Column('previous', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.CheckConstraint("outcome IN ('done', 'refused', 'failed')", name='outcome_known'),
    sa.PrimaryKeyConstraint('seq'),
    sqlite_strict=True
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index('audit_account', ['account_id', 'seq'], unique=False)

    op.create_table('crossing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Integer(), nullable=False),
    sa.Column('bundle_no', sa.Integer(), nullable=False),
    sa.Column('at', sa.Integer(), nullable=False),
    sa.Column('usage_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("scope IN ('line', 'pool')", name='scope_known'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('scope', 'owner_id', 'month', 'kind', 'bundle_no'),
    sqlite_strict=True
    )
    op.create_table('source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name'),
    sqlite_strict=True
    )
    op.create_table('audit_personal',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('salt', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['seq'], ['audit.seq'], ),
    sa.PrimaryKeyConstraint('seq'),
    sqlite_strict=True
    )
    op.create_table('closing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('closed_at', sa.Integer(), nullable=False),
    sa.Column('overage_micro', sa.BigInteger(), nullable=False),
    sa.Column('usage_micro', sa.BigInteger(), nullable=False),
    sa.Column('bundles_micro', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('account_id', 'month'),
    sqlite_strict=True
    )
    op.create_table('import_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('started_at', sa.Integer(), nullable=False),
    sa.Column('finished_at', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('rated', sa.Integer(), nullable=False),
    sa.Column('suspended', sa.Integer(), nullable=False),
    sa.Column('duplicates', sa.Integer(), nullable=False),
    sa.Column('rejected', sa.Integer(), nullable=False),
    sa.Column('error', sa.String(), nullable=False),
    sa.CheckConstraint("status IN ('running', 'done', 'failed')", name='status_known'),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    op.create_table('line_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('term_months', sa.Integer(), nullable=False),
    sa.Column('first_activated_at', sa.Integer(), nullable=True),
    sa.Column('ends_at', sa.Integer(), nullable=True),
    sa.CheckConstraint('term_months IN (1, 12, 24)', name='term_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('account_id', 'name'),
    sqlite_strict=True
    )
    op.create_table('line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('person', sa.String(length=200), nullable=False),
    sa.Column('department', sa.String(length=100), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('data_bundle', sa.String(length=20), nullable=False),
    sa.Column('plan', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('ordered_at', sa.Integer(), nullable=False),
    sa.Column('activated_at', sa.BigInteger(), nullable=True),
    sa.Column('ends_at', sa.Integer(), nullable=True),
    sa.Column('term_months', sa.Integer(), nullable=False),
    sa.Column('limit_cents', sa.Integer(), nullable=False),
    sa.Column('pending_limit_cents', sa.Integer(), nullable=True),
    sa.Column('pending_limit_from', sa.Integer(), nullable=True),
    sa.Column('hard_limit', sa.Boolean(), nullable=False),
    sa.Column('bars', sa.Integer(), nullable=False),
    sa.Column('bundles', sa.Integer(), nullable=False),
    sa.Column('bundle_cap', sa.Integer(), nullable=False),
    sa.Column('zero_lifted', sa.Boolean(), nullable=False),
    sa.Column('usage_notice_bytes', sa.BigInteger(), nullable=False),
    sa.Column('roaming_notice_bytes', sa.BigInteger(), nullable=False),
    sa.Column('tell_usage', sa.Boolean(), nullable=False),
    sa.Column('tell_border', sa.Boolean(), nullable=False),
    sa.Column('tell_limit', sa.Boolean(), nullable=False),
    sa.Column('wifi_calling', sa.Boolean(), nullable=False),
    sa.Column('visual_voicemail', sa.Boolean(), nullable=False),
    sa.Column('fixed_ip', sa.String(length=45), nullable=False),
    sa.Column('last_place', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('voice_data', 'data_only')", name='kind_known'),
    sa.CheckConstraint("status IN ('ordered', 'active', 'ended')", name='status_known'),
    sa.CheckConstraint('bars BETWEEN 0 AND 31', name='bars_range'),
    sa.CheckConstraint('bundle_cap BETWEEN 1 AND 10', name='bundle_cap_range'),
    sa.CheckConstraint('bundles < 8 OR bundles = 8', name='world_alone'),
    sa.CheckConstraint('bundles BETWEEN 0 AND 15', name='bundles_range'),
    sa.CheckConstraint('limit_cents > 0', name='limit_positive'),
    sa.CheckConstraint('term_months IN (1, 12, 24)', name='term_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['group_id'], ['line_group.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('number'),
    sqlite_strict=True
    )
    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.create_index('line_account_number', ['account_id', 'number', 'person', 'department', 'group_id'], unique=False)
        batch_op.create_index('line_account_person', ['account_id', 'person', 'id'], unique=False)
        batch_op.create_index('line_fixed_ip', ['fixed_ip'], unique=True, sqlite_where=sa.text("fixed_ip <> ''"), postgresql_where=sa.text("fixed_ip <> ''"))
        batch_op.create_index('line_group_number', ['group_id', 'number'], unique=False)
        batch_op.create_index('line_number_search', ['number', 'person', 'department'], unique=False)
        batch_op.create_index('line_pool', ['account_id', 'group_id', 'data_bundle', 'status', 'activated_at', 'ends_at'], unique=False)

    op.create_table('suspense',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('line_no', sa.Integer(), nullable=False),
    sa.Column('external_id', sa.String(), nullable=False),
    sa.Column('field', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('detail', sa.String(), nullable=False),
    sa.Column('raw', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('settled_at', sa.Integer(), nullable=True),
    sa.CheckConstraint("status IN ('waiting', 'replayed', 'dismissed')", name='status_known'),
    sa.ForeignKeyConstraint(['run_id'], ['import_run.id'], ),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('source_id', 'digest'),
    sqlite_strict=True
    )
    with op.batch_alter_table('suspense', schema=None) as batch_op:
        batch_op.create_index('suspense_queue', ['status', 'id'], unique=False)

    op.create_table('adjustment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('closing_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.Integer(), nullable=False),
    sa.Column('difference_micro', sa.BigInteger(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['closing_id'], ['closing.id'], ),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('closing_id', 'line_id', 'at'),
    sqlite_strict=True
    )
    op.create_table('counter',
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Integer(), nullable=False),
    sa.Column('limit', sa.BigInteger(), nullable=False),
    sa.Column('hard', sa.Integer(), nullable=False),
    sa.Column('bars', sa.Integer(), nullable=False),
    sa.Column('bundles', sa.Integer(), nullable=False),
    sa.Column('cap', sa.Integer(), nullable=False),
    sa.Column('zero_lifted', sa.Integer(), nullable=False),
    sa.Column('usage_notice', sa.BigInteger(), nullable=False),
    sa.Column('roaming_notice', sa.BigInteger(), nullable=False),
    sa.Column('data_home_eu', sa.BigInteger(), nullable=False),
    sa.Column('out_of_bundle_volume', sa.BigInteger(), nullable=False),
    sa.Column('out_of_bundle_micro', sa.BigInteger(), nullable=False),
    sa.Column('data_roaming', sa.BigInteger(), nullable=False),
    sa.Column('standard_volume', sa.BigInteger(), nullable=False),
    sa.Column('standard_micro', sa.BigInteger(), nullable=False),
    sa.Column('limit_level', sa.Integer(), nullable=False),
    sa.Column('blocked', sa.Integer(), nullable=False),
    sa.Column('class_blocked', sa.Integer(), nullable=False),
    sa.Column('marks', sa.BigInteger(), nullable=False),
    sa.Column('bundle_micro', sa.BigInteger(), nullable=False),
    sa.Column('voice_seconds', sa.Integer(), nullable=False),
    sa.Column('voice_micro', sa.BigInteger(), nullable=False),
    sa.Column('sms_count', sa.Integer(), nullable=False),
    sa.Column('sms_micro', sa.BigInteger(), nullable=False),
    sa.Column('leaked_volume', sa.BigInteger(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('last_start', sa.BigInteger(), nullable=False),
    sa.Column('last_tie', sa.BigInteger(), nullable=False),
    sa.Column('bundle_used_a', sa.BigInteger(), nullable=False),
    sa.Column('bundle_used_b', sa.BigInteger(), nullable=False),
    sa.Column('bundle_used_rest', sa.BigInteger(), nullable=False),
    sa.Column('bundle_used_world', sa.BigInteger(), nullable=False),
    sa.Column('bundle_started_a', sa.Integer(), nullable=False),
    sa.Column('bundle_started_b', sa.Integer(), nullable=False),
    sa.Column('bundle_started_rest', sa.Integer(), nullable=False),
    sa.Column('bundle_started_world', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('line_id', 'month'),
    sqlite_strict=True
    )
    with op.batch_alter_table('counter', schema=None) as batch_op:
        batch_op.create_index('counter_abroad', ['month', 'line_id'], unique=False, sqlite_where=sa.text('data_roaming > 0'), postgresql_where=sa.text('data_roaming > 0'))

    op.create_table('identifier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('value', sa.String(length=64), nullable=False),
    sa.Column('valid_from', sa.Integer(), nullable=False),
    sa.Column('valid_to', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('msisdn', 'imsi', 'subscriber')", name='kind_known'),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name='validity'),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('identifier', schema=None) as batch_op:
        batch_op.create_index('identifier_value', ['kind', 'value', 'valid_from'], unique=True)
        batch_op.create_index(batch_op.f('ix_identifier_line_id'), ['line_id'], unique=False)

    op.create_table('login',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_name', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('staff_role', sa.String(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('theme', sa.String(), nullable=False),
    sa.Column('last_sign_in_at', sa.Integer(), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("staff_role IN ('', 'agent', 'supervisor')", name='staff_role_known'),
    sa.CheckConstraint("status IN ('active', 'pending', 'disabled')", name='status_known'),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('login', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_line_id'), ['line_id'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('not_before', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('claimed_at', sa.Integer(), nullable=True),
    sa.Column('sent_at', sa.Integer(), nullable=True),
    sa.Column('error', sa.String(), nullable=False),
    sa.CheckConstraint("channel IN ('sms', 'mail')", name='channel_known'),
    sa.CheckConstraint("status IN ('queued', 'claimed', 'sent', 'failed', 'muted')", name='status_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key'),
    sqlite_strict=True
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('message_account', ['account_id', 'id'], unique=False)
        batch_op.create_index('message_line', ['line_id', 'id'], unique=False)
        batch_op.create_index('message_queue', ['status', 'not_before', 'id'], unique=False)

    op.create_table('overage_share',
    sa.Column('closing_id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('pool', sa.String(), nullable=False),
    sa.Column('used', sa.BigInteger(), nullable=False),
    sa.Column('allowance', sa.BigInteger(), nullable=False),
    sa.Column('excess', sa.BigInteger(), nullable=False),
    sa.Column('share_cents', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['closing_id'], ['closing.id'], ),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('closing_id', 'line_id'),
    sqlite_strict=True
    )
    op.create_table('sim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('iccid', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('label', sa.String(length=100), nullable=False),
    sa.CheckConstraint("kind IN ('physical', 'esim')", name='kind_known'),
    sa.CheckConstraint("role IN ('main', 'combi', 'multisim')", name='role_known'),
    sa.CheckConstraint("status IN ('active', 'blocked', 'ended')", name='status_known'),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('iccid'),
    sqlite_strict=True
    )
    with op.batch_alter_table('sim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sim_line_id'), ['line_id'], unique=False)

    op.create_table('usage_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('external_id', sa.String(length=100), nullable=False),
    sa.Column('digest', sa.BigInteger(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('start', sa.BigInteger(), nullable=False),
    sa.Column('tie', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Integer(), nullable=False),
    sa.Column('direction', sa.Integer(), nullable=False),
    sa.Column('volume', sa.BigInteger(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('flags', sa.Integer(), nullable=False),
    sa.Column('legs', sa.Integer(), nullable=False),
    sa.CheckConstraint('direction BETWEEN 0 AND 2', name='direction_range'),
    sa.CheckConstraint('kind BETWEEN 1 AND 15', name='kind_range'),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('source_id', 'external_id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('usage_record', schema=None) as batch_op:
        batch_op.create_index('usage_stream', ['line_id', 'start', 'tie'], unique=False)

    op.create_table('inbound_sms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.Integer(), nullable=False),
    sa.Column('sender', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('understood', sa.String(length=40), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['answer_id'], ['message.id'], ),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('inbound_sms', schema=None) as batch_op:
        batch_op.create_index('inbound_line', ['line_id', 'id'], unique=False)

    op.create_table('line_command',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=False),
    sa.Column('effective_at', sa.Integer(), nullable=False),
    sa.Column('tie', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Integer(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('kind BETWEEN 16 AND 63', name='kind_range'),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('line_command', schema=None) as batch_op:
        batch_op.create_index('line_command_stream', ['line_id', 'effective_at', 'tie'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.CheckConstraint("role IN ('holder', 'admin', 'user', 'contact', 'reseller')", name='role_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('login_id', 'account_id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_account_id'), ['account_id'], unique=False)
        batch_op.create_index('one_holder', ['account_id'], unique=True, sqlite_where=sa.text("role = 'holder'"), postgresql_where=sa.text("role = 'holder'"))

    op.create_table('quote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('operation', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('login_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.Integer(), nullable=False),
    sa.Column('payload', sa.String(), nullable=False),
    sa.Column('lines', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.CheckConstraint("status IN ('open', 'accepted', 'expired')", name='status_known'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], ),
    sa.ForeignKeyConstraint(['login_id'], ['login.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_strict=True
    )
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quote_account_id'), ['account_id'], unique=False)

    op.create_table('rated_record',
    sa.Column('usage_id', sa.Integer(), nullable=False),
    sa.Column('tariff', sa.String(length=60), nullable=False),
    sa.Column('late', sa.Integer(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Integer(), nullable=False),
    sa.Column('zone', sa.Integer(), nullable=False),
    sa.Column('rate', sa.Integer(), nullable=False),
    sa.Column('prefix', sa.BigInteger(), nullable=False),
    sa.Column('units', sa.BigInteger(), nullable=False),
    sa.Column('gross_micro', sa.BigInteger(), nullable=False),
    sa.Column('charge_micro', sa.BigInteger(), nullable=False),
    sa.Column('included', sa.BigInteger(), nullable=False),
    sa.Column('bundle_class', sa.Integer(), nullable=False),
    sa.Column('bundle_first', sa.Integer(), nullable=False),
    sa.Column('bundle_count', sa.Integer(), nullable=False),
    sa.Column('bundle_before', sa.BigInteger(), nullable=False),
    sa.Column('bundle_volume', sa.BigInteger(), nullable=False),
    sa.Column('bundle_micro', sa.BigInteger(), nullable=False),
    sa.Column('standard_volume', sa.BigInteger(), nullable=False),
    sa.Column('crossings', sa.Integer(), nullable=False),
    sa.Column('leaked', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['usage_id'], ['usage_record.id'], ),
    sa.PrimaryKeyConstraint('usage_id'),
    sqlite_strict=True
    )
    op.create_index('login_user_name', 'login', [sa.text('lower(user_name)')], unique=True)
    op.create_index('login_email', 'login', [sa.text('lower(email)')], unique=True)
    for statement in refusing(UNCHANGING_AUDIT, op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('rated_record')
    with op.batch_alter_table('quote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quote_account_id'))

    op.drop_table('quote')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('one_holder', sqlite_where=sa.text("role = 'holder'"), postgresql_where=sa.text("role = 'holder'"))
        batch_op.drop_index(batch_op.f('ix_membership_account_id'))

    op.drop_table('membership')
    with op.batch_alter_table('line_command', schema=None) as batch_op:
        batch_op.drop_index('line_command_stream')

    op.drop_table('line_command')
    with op.batch_alter_table('inbound_sms', schema=None) as batch_op:
        batch_op.drop_index('inbound_line')

    op.drop_table('inbound_sms')
    with op.batch_alter_table('usage_record', schema=None) as batch_op:
        batch_op.drop_index('usage_stream')

    op.drop_table('usage_record')
    with op.batch_alter_table('sim', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sim_line_id'))

    op.drop_table('sim')
    op.drop_table('overage_share')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('message_queue')
        batch_op.drop_index('message_line')
        batch_op.drop_index('message_account')

    op.drop_table('message')
    with op.batch_alter_table('login', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_line_id'))

    op.drop_table('login')
    with op.batch_alter_table('identifier', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_identifier_line_id'))
        batch_op.drop_index('identifier_value')

    op.drop_table('identifier')
    with op.batch_alter_table('counter', schema=None) as batch_op:
        batch_op.drop_index('counter_abroad', sqlite_where=sa.text('data_roaming > 0'), postgresql_where=sa.text('data_roaming > 0'))

    op.drop_table('counter')
    op.drop_table('adjustment')
    with op.batch_alter_table('suspense', schema=None) as batch_op:
        batch_op.drop_index('suspense_queue')

    op.drop_table('suspense')
    with op.batch_alter_table('line', schema=None) as batch_op:
        batch_op.drop_index('line_pool')
        batch_op.drop_index('line_number_search')
        batch_op.drop_index('line_group_number')
        batch_op.drop_index('line_fixed_ip', sqlite_where=sa.text("fixed_ip <> ''"), postgresql_where=sa.text("fixed_ip <> ''"))
        batch_op.drop_index('line_account_person')
        batch_op.drop_index('line_account_number')

    op.drop_table('line')
    op.drop_table('line_group')
    op.drop_table('import_run')
    op.drop_table('closing')
    op.drop_table('audit_personal')
    op.drop_table('source')
    op.drop_table('crossing')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index('audit_account')

    op.drop_table('audit')
    op.drop_table('alert')
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_index('account_name')

    op.drop_table('account')
