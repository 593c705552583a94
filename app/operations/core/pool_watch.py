"""Warnings on pools to those who manage the account, beside the messages to each line's user (BX-42)."""

from __future__ import annotations

from app.clock import month_of
from app.i18n import _, use_language
from app.operations.core.allowances import PoolRow, bundle_name, pools
from app.operations.core.outbox import enqueue
from app.operations.core.topics import USAGE, unwanted
from app.operations.core.visit import Visit
from app.units import month as month_name
from app.units import volume

LEVELS = (100, 80)
"""Percent, the highest first: of several at once the highest is told."""


def warn_pools(visit: Visit) -> int:
    """Mails to the admins of pools that have reached 80 or 100 % (BX-42); how many are new."""
    month = month_of(visit.now, visit.zone)
    near = [
        (pool, next(level for level in LEVELS if pool.used_bytes * 100 >= level * pool.allowance_bytes))
        for pool in pools(visit, "TRUE", month)
        if pool.allowance_bytes > 0
        and not pool.unlimited
        and pool.used_bytes * 100 >= min(LEVELS) * pool.allowance_bytes
    ]
    untold = [(pool, level) for pool, level in near if not _told(visit, pool, month, level)]
    if not untold:
        return 0
    with visit.transaction():
        return sum(_warn(visit, pool, level, month) for pool, level in untold)


def _told(visit: Visit, pool: PoolRow, month: int, level: int) -> bool:
    """Whether this level, or a higher one, was told before."""
    starts = [_key(pool, month, reached) for reached in LEVELS if reached >= level]
    return any(
        visit.row("SELECT 1 FROM message WHERE key > :start AND key < :end", start=start, end=start + "~")
        for start in starts
    )


def _key(pool: PoolRow, month: int, level: int) -> str:
    return f"mail:pool:{pool.group_id}:{pool.data_bundle}:{month}:{level}:"


def _warn(visit: Visit, pool: PoolRow, level: int, month: int) -> int:
    admins = visit.rows(
        "SELECT login.id, login.email, login.language, line_group.account_id FROM line_group"
        " JOIN membership ON membership.account_id = line_group.account_id"
        " JOIN login ON login.id = membership.login_id"
        " WHERE line_group.id = :group_id AND membership.role IN ('holder', 'admin')"
        " AND login.status = 'active' AND login.email <> ''",
        group_id=pool.group_id,
    )
    new = 0
    for login_id, email, language, account_id in admins:
        with use_language(language):
            subject, body = _letter(visit, pool, level, month)
        key = f"{_key(pool, month, level)}{login_id}"
        queued = enqueue(
            visit.change,
            key,
            "mail",
            email,
            body,
            visit.now,
            subject=subject,
            account_id=account_id,
            muted=unwanted(visit, account_id, USAGE),
        )
        new += queued is not None
    return new


def _letter(visit: Visit, pool: PoolRow, level: int, month: int) -> tuple[str, str]:
    """Subject and body, in the language in force."""
    name = bundle_name(visit, pool.data_bundle)
    subject = _("{group}: {percent}% of the pool {bundle} is used").format(
        group=pool.group, percent=level, bundle=name
    )
    body = _(
        "The lines of group {group} with bundle {bundle} have together used {used} of {allowance} in {month}."
    ).format(
        group=pool.group,
        bundle=name,
        used=volume(pool.used_bytes),
        allowance=volume(pool.allowance_bytes),
        month=month_name(month),
    )
    cost = _("What they use beyond the pool is charged at the out-of-bundle rate.")
    return subject, f"{body}\n\n{cost}\n"
