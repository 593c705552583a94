"""Between the right password and the start page: for which customer, and when the person was last here."""

from __future__ import annotations

from textual.widget import Widget

from app import units
from app.i18n import _, ngettext, set_language
from app.screens.area import desk_of
from app.text import safe
from app.widgets.key_order import key_order

SHOWN_SECONDS = 8
INTRODUCED_SECONDS = 20


async def choose_account(screen: Widget, who: str) -> None:
    """Ask for which of several customers, unless a customer number was said. To be awaited in a worker.

    Args:
        who: what was typed as the name.
    """
    desk = desk_of(screen)
    visit = desk.visit
    if visit is None or visit.is_staff:
        return
    accounts = await desk.do("signin.accounts")
    if len(accounts) < 2 or who.casefold() in {account.number.casefold() for account in accounts}:
        return
    from app.screens.my_products.dialogs import Choose, Option
    from app.screens.role_names import role_name
    from app.screens.service import for_account

    set_language(visit.language)
    key_order(screen.app).release()
    options = [
        Option(str(account.id), account.name, f"{account.number} · {role_name(account.role)}")
        for account in accounts
    ]
    text = _("You can change to another one at any time with ^G.")
    chosen = await screen.app.push_screen_wait(
        Choose(_("For which customer?"), options, str(visit.account_id), text)
    )
    if chosen is not None and int(chosen) != visit.account_id:
        desk.visit = await for_account(screen, int(chosen)) or visit


async def tell_last_sign_in(screen: Widget) -> None:
    """When and from where the person signed in before: who was not there at that time should know."""
    desk = desk_of(screen)
    visit = desk.visit
    last = await desk.do("sessions.last") if visit is not None else None
    if visit is None:
        return
    if last is None:
        await offer_introduction(screen)
        return
    when = units.instant(last.started_at, visit.zone)
    text = _("Last sign-in: {when} from {address}") if last.address else _("Last sign-in: {when}")
    said = safe(text.format(when=when, address=last.address))
    screen.app.notify(said, markup=False, timeout=SHOWN_SECONDS)


async def offer_introduction(screen: Widget) -> None:
    """To who is here for the first time: the tasks that show the portal, behind the key for help."""
    tasks = await desk_of(screen).do("tours.tasks")
    task = next((task for task in tasks if task.introduces and task.possible and task.state == "new"), None)
    if task is not None:
        text = ngettext(
            "Press F1, then Enter: “{title}”, {n} minute. Later you find it under Support.",
            "Press F1, then Enter: “{title}”, {n} minutes. Later you find it under Support.",
            task.minutes,
        )
        said = safe(text.format(title=task.title, n=task.minutes))
        screen.app.notify(said, title=_("New here?"), markup=False, timeout=INTRODUCED_SECONDS)
