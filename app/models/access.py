"""How people get in: sessions, codes, second factors, where from, SSH keys, and tokens for scripts.

Nothing here can be used by who reads the database: codes and tokens are kept as SHA-256 of at least 128
random bits, seeds of one-time passwords encrypted with a key that lies elsewhere.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from app.models.base import BLANK, PERSONAL, STRICT, Entity, one_of, only_where, personal


class SessionRow(Entity, table=True):
    """One signed-in visit: `id` is 128 random bits in hex."""

    __tablename__ = "session"
    __table_args__ = (
        Index("session_login", "login_id", "ended_at"),
        Index("session_ssh_key", "ssh_key_id"),
        STRICT,
    )

    id: str = Field(primary_key=True, max_length=32)
    login_id: int = Field(foreign_key="login.id")
    started_at: int
    seen_at: int
    """When its person last did something; written at most once a minute."""
    checked_at: int
    """When its person last gave the password."""
    channel: str = Field(max_length=20)
    address: str = personal(max_length=64)
    ended_at: int | None = None
    ended_by: str = Field(default="", max_length=20, sa_column_kwargs=BLANK)
    """Why it ended: sign_out, revoked, idle, too_old, password, hung_up."""
    ssh_key_id: int | None = Field(default=None, foreign_key="ssh_key.id")
    """The key that began it; without the key it ends, and is empty here."""


class AccessCode(Entity, table=True):
    """A single-use code that was sent to somebody; a newer one of the same kind and subject replaces it."""

    __tablename__ = "access_code"
    __table_args__ = (
        one_of(
            "kind",
            "first_password",
            "reset",
            "invitation",
            "new_email",
            "first_login",
            "sign_in",
            "mobile",
            "caller",
            "handover",
        ),
        Index("access_code_subject", "kind", "subject"),
        Index("access_code_login", "login_id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str = Field(max_length=80)
    """Whose it is, as `login:5` or `invitation:3`."""
    digest: str = Field(unique=True, max_length=64)
    login_id: int | None = Field(default=None, foreign_key="login.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    detail: str = personal(max_length=300)
    """What it is for, where the subject does not say it: a new address, a number."""
    created_at: int
    expires_at: int
    tries: int = 0
    ended_at: int | None = None
    ended_by: str = Field(default="", max_length=20, sa_column_kwargs=BLANK)
    """used, replaced, withdrawn, too_many."""


class SecondFactor(Entity, table=True):
    """A login's one-time passwords (RFC 6238). `last_step` is the newest time step that was used."""

    __tablename__ = "second_factor"
    __table_args__ = (STRICT,)

    login_id: int = Field(primary_key=True, foreign_key="login.id")
    seed: str = Field(max_length=200)
    """Encrypted; see app.vault."""
    created_at: int
    confirmed_at: int | None = None
    last_step: int = 0


class RecoveryCode(Entity, table=True):
    """One of the ten codes that stand in for a lost second factor, once each."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("recovery_code_login", "login_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    login_id: int = Field(foreign_key="login.id")
    digest: str = Field(unique=True, max_length=64)
    created_at: int
    used_at: int | None = None


class KnownSource(Entity, table=True):
    """An address a login has signed in from; its failures are counted apart from everybody else's."""

    __tablename__ = "known_source"
    __table_args__ = (UniqueConstraint("login_id", "address"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    login_id: int = Field(foreign_key="login.id")
    address: str = personal(max_length=64, default=...)
    last_good_at: int
    failures: int = 0
    locked_until: int = 0


class Throttle(Entity, table=True):
    """How often something was tried of late: `key` says who and what, as `source:192.0.2.7`."""

    __tablename__ = "throttle"
    __table_args__ = (STRICT,)

    key: str = Field(primary_key=True, max_length=120, sa_column_kwargs=PERSONAL)
    since: int
    count: int
    locked_until: int = 0


class AllowedAddress(Entity, table=True):
    """An IPv4 or IPv6 network from which an account's people may sign in; no row: from anywhere."""

    __tablename__ = "allowed_address"
    __table_args__ = (UniqueConstraint("account_id", "network"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    network: str = personal(max_length=50, default=...)
    label: str = personal(max_length=100)
    created_at: int


class ApiToken(Entity, table=True):
    """A key for scripts: a part of its login's rights, from some networks, for some time."""

    __tablename__ = "api_token"
    __table_args__ = (Index("api_token_login", "login_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    login_id: int = Field(foreign_key="login.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    name: str = Field(max_length=100, sa_column_kwargs=PERSONAL)
    digest: str = Field(unique=True, max_length=64)
    rights: str = Field(max_length=1000)
    """Names of rights, separated by commas."""
    networks: str = Field(default="", max_length=1000, sa_column_kwargs=BLANK)
    """Networks it may come from, separated by commas; empty: from anywhere."""
    created_at: int
    expires_at: int
    max_idle_seconds: int
    last_used_at: int | None = None
    revoked_at: int | None = None


class SshKey(Entity, table=True):
    """A public key whose owner signs in over SSH without a password."""

    __tablename__ = "ssh_key"
    __table_args__ = (
        one_of(
            "algorithm",
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com",
        ),
        CheckConstraint("length(fingerprint) = 43", name="fingerprint_length"),
        UniqueConstraint("login_id", "fingerprint"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    login_id: int = Field(foreign_key="login.id")
    name: str = Field(max_length=100, sa_column_kwargs=PERSONAL)
    algorithm: str
    fingerprint: str = Field(max_length=43, sa_column_kwargs=PERSONAL)
    """SHA-256 of the key in base 64, as `ssh-keygen -l` shows it after `SHA256:`."""
    public_key: str = Field(max_length=4000, sa_column_kwargs=PERSONAL)
    """As SSH sends it (RFC 4253, 6.6), in base 64."""
    created_at: int
    last_used_at: int | None = None


class Invitation(Entity, table=True):
    """Somebody was asked to work for an account; its code is an access code of kind `invitation`."""

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("role", "admin", "sub", "user", "reseller"),
        one_of("status", "pending", "accepted", "withdrawn"),
        Index("invitation_account", "account_id", "id"),
        Index(
            "one_pending_invitation",
            "account_id",
            text("lower(email)"),
            unique=True,
            **only_where("status = 'pending'"),
        ),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    email: str = personal(max_length=254, default=...)
    name: str = personal(max_length=200)
    role: str = Field(max_length=20)
    areas: str = Field(default="", max_length=200, sa_column_kwargs=BLANK)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True)
    language: str = Field(default="en", max_length=5)
    invited_by: int | None = Field(default=None, foreign_key="login.id")
    created_at: int
    expires_at: int
    status: str = "pending"
    login_id: int | None = Field(default=None, foreign_key="login.id")
    ended_at: int | None = None
