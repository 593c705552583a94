"""Which dated tariff holds for a line or a visitor."""

from __future__ import annotations

from app.clock import month_of
from app.i18n import _
from app.operations.core.errors import Unavailable
from app.operations.core.visit import Visit
from app.rating.tables import TariffTables
from app.rating.tariff import Tariff


def tariff_of(visit: Visit, plan: str, month: int) -> Tariff:
    """The version of a plan for a month.

    Raises:
        Unavailable: the operator has no prices for it.
    """
    if plan in visit.content.tariffs.plans():
        found = visit.content.tariffs.version(plan, month)
        if found is not None:
            return found
    raise Unavailable(_("There are no prices for plan {plan} in this month.").format(plan=plan))


def tables_of(visit: Visit, plan: str, month: int) -> TariffTables:
    """That version, compiled.

    Raises:
        Unavailable: the operator has no prices for it.
    """
    tariff_of(visit, plan, month)
    found = visit.content.tariffs.tables(plan, month)
    if found is None:
        raise Unavailable(_("There are no prices for plan {plan} in this month.").format(plan=plan))
    return found


def usual_plan(visit: Visit) -> str:
    """The plan of the visitor's line, else of the account's newest line, else the one people can order.

    That is the plan with roaming bundles whose current version is the newest.
    """
    if visit.own_line_id is not None:
        found = visit.row("SELECT plan FROM line WHERE id = :line", line=visit.own_line_id)
    elif visit.account_id is not None:
        found = visit.row(
            "SELECT plan FROM line WHERE account_id = :account ORDER BY id DESC LIMIT 1",
            account=visit.account_id,
        )
    else:
        found = None
    if found is not None:
        return str(found[0])
    month = month_of(visit.now, visit.zone)
    tariffs = visit.content.tariffs
    offered = [
        version
        for plan in tariffs.plans()
        if (version := tariffs.version(plan, month)) is not None and version.roaming_bundles
    ]
    if not offered:
        raise Unavailable(_("The operator has no tariff for this month."))
    return max(offered, key=lambda version: version.valid_from).plan
