"""What one works on: all services of the account, one of them, or another account."""

from __future__ import annotations

from textual.widget import Widget

from app.i18n import _, ngettext
from app.operations.core import Visit
from app.operations.lines import ServiceRow
from app.screens.area import attempt, desk_of
from app.screens.my_products.dialogs import Choose, Option
from app.text import safe

ALL, CUSTOMERS = "all", "customers"


async def choose_service(widget: Widget) -> Visit | None:
    """Ask what to work on; the visit to go on with, or None. To be awaited in a worker, for it asks."""
    visit = desk_of(widget).visit
    assert visit is not None
    options = await service_options(widget, visit) + await account_options(widget, visit)
    if len(options) < 2 and (visit.account_id is None or not visit.is_staff):
        if visit.account_id is None:
            text = _("Choose a customer on the Dashboard first.")
        else:
            text = _("There is no other service or account to choose.")
        widget.app.notify(text, markup=False)
        return None
    current = f"group:{visit.group_id}" if visit.group_id else ALL
    chosen = await widget.app.push_screen_wait(Choose(_("Service"), options, current))
    if chosen == CUSTOMERS:
        await widget.app.run_action("call('end')", widget.screen)
        return None
    return None if chosen is None else await visit_for(widget, visit, str(chosen))


async def service_options(widget: Widget, visit: Visit) -> list[Option]:
    """All of the account's services, and each group subscription."""
    if visit.account_id is None or visit.reach("VIEW_LINES") is None:
        return []
    groups: list[ServiceRow] = await attempt(widget, "lines.services") or []
    found = [Option(ALL, _("All services"), visit.account_name)] if len(groups) != 1 else []
    for group in groups:
        lines = ngettext("{count} line", "{count} lines", group.lines).format(count=group.lines)
        found.append(Option(f"group:{group.id}", group.name, lines))
    return found


async def account_options(widget: Widget, visit: Visit) -> list[Option]:
    """Other accounts that the login may act for; staff go to their list of customers."""
    if visit.is_staff:
        return [Option(CUSTOMERS, _("Other customer"), _("ends the help for this one"))]
    accounts = await attempt(widget, "signin.accounts") or []
    return [
        Option(f"account:{account.id}", account.name, account.number)
        for account in accounts
        if account.id != visit.account_id
    ]


async def for_account(widget: Widget, account_id: int) -> Visit | None:
    """The visit for another customer of the same person; None: not from here, which is said."""
    from app.operations.core import OperationError

    try:
        return await desk_of(widget).as_account(account_id)
    except OperationError as error:
        widget.app.notify(safe(error.message), severity="error", markup=False, timeout=8)
        return None


async def visit_for(widget: Widget, visit: Visit, chosen: str) -> Visit | None:
    """The visit that goes with a choice."""
    kind, _colon, number = chosen.partition(":")
    if kind == "group":
        groups: list[ServiceRow] = await attempt(widget, "lines.services") or []
        name = next((group.name for group in groups if group.id == int(number)), "")
        return visit.as_service(int(number), name)
    if kind == "account":
        return await for_account(widget, int(number))
    return visit.as_service(None, "")
