"""Closing a month: the balance of every pool is struck once, and what came later is a difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.clock import month_bounds
from app.i18n import _
from app.operations.core import Invalid, Visit, operation
from app.operations.core.month_end import AccountMonth, Share, account_months
from app.rating.closing import MICRO_PER_CENT


@dataclass(frozen=True, slots=True)
class ClosingReport:
    """What closing a month comes to, or came to. Money is in cents; usage is rounded half up once.

    waiting: rows in suspense; they may still belong to the month and would be billed as a difference.
    """

    month: int
    closed: bool
    accounts: int
    lines: int
    pools: int
    pools_over: int
    overage_cents: int
    usage_cents: int
    bundles_cents: int
    waiting: int
    shares: tuple[Share, ...]


@operation("closing.preview", right="CLOSE_MONTH", changes=False)
def preview(visit: Visit, month: int) -> ClosingReport:
    """What closing a month would come to now; nothing is written.

    Args:
        month: YYYYMM.
    """
    month_of_the_calendar(month)
    return report(visit, month, list(open_accounts(visit, month)), closed=False)


@operation("closing.close", right="CLOSE_MONTH")
def close(visit: Visit, month: int) -> ClosingReport:
    """Strike the balance of a month, for each account that was not closed before.

    Args:
        month: YYYYMM; it must be over.
    """
    month_of_the_calendar(month)
    if visit.now < month_bounds(month, visit.zone)[1]:
        raise Invalid(_("This month is not over yet. Close it from the 1st of the next month on."), "month")
    accounts = list(open_accounts(visit, month))
    if not accounts:
        raise Invalid(_("There is nothing to close: no lines in this month, or closed before."), "month")
    for account in accounts:
        write(visit, month, account)
    return report(visit, month, accounts, closed=True)


def month_of_the_calendar(month: int) -> None:
    """Refuse what is no month.

    Raises:
        Invalid: not YYYYMM.
    """
    if not (190001 <= month <= 299912 and 1 <= month % 100 <= 12):
        raise Invalid(_("Write the month as year and month, like 202611."), "month")


def open_accounts(visit: Visit, month: int) -> Iterator[AccountMonth]:
    """The accounts in reach that have lines in the month and are not closed."""
    closed = {
        row[0] for row in visit.rows("SELECT account_id FROM closing WHERE month = :month", month=month)
    }
    return (
        account
        for account in account_months(visit, month, visit.account_id)
        if account.account_id not in closed
    )


def write(visit: Visit, month: int, account: AccountMonth) -> None:
    """Keep one account's closing."""
    closing = visit.change.added(
        "INSERT INTO closing (account_id, month, closed_at, overage_micro, usage_micro, bundles_micro) "
        "VALUES (:account, :month, :now, :overage, :usage, :bundles) RETURNING id",
        account=account.account_id,
        month=month,
        now=visit.now,
        overage=account.overage_micro,
        usage=account.usage_micro,
        bundles=account.bundles_micro,
    )
    visit.change.executemany(
        "INSERT INTO overage_share (closing_id, line_id, pool, used, allowance, excess, share_cents) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (closing, share.line_id, share.pool, share.used, share.allowance, share.excess, share.share_cents)
            for share in account.shares
        ],
    )
    visit.change.executemany(
        "INSERT INTO closing_line (closing_id, line_id, calls_micro, texts_micro, abroad_micro, home_micro,"
        " bundles_micro) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(closing, line.line_id, *line.spent) for line in account.lines if any(line.spent)],
    )
    visit.touch("closing", closing)


def report(visit: Visit, month: int, accounts: list[AccountMonth], *, closed: bool) -> ClosingReport:
    """The sums over all accounts."""
    return ClosingReport(
        month=month,
        closed=closed,
        accounts=len(accounts),
        lines=sum(len(account.lines) for account in accounts),
        pools=sum(account.pools for account in accounts),
        pools_over=sum(account.pools_over for account in accounts),
        overage_cents=cents(sum(account.overage_micro for account in accounts)),
        usage_cents=cents(sum(account.usage_micro for account in accounts)),
        bundles_cents=cents(sum(account.bundles_micro for account in accounts)),
        waiting=visit.rows("SELECT count(*) FROM suspense WHERE status = 'waiting'")[0][0],
        shares=tuple(share for account in accounts for share in account.shares),
    )


def cents(micro: int) -> int:
    """Micro-euro in cents, half up."""
    return (micro + MICRO_PER_CENT // 2) // MICRO_PER_CENT
