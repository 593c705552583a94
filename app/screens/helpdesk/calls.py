"""A call from its beginning to its end, for the shell: verify, more time, end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from app import units
from app.i18n import _
from app.screens.also_here import AlsoHere
from app.screens.area import attempt, desk_of
from app.screens.helpdesk.banner import Call, HelpBanner
from app.text import safe
from app.widgets.dialog import Confirm

if TYPE_CHECKING:
    from app.operations.core import Visit
    from app.screens.shell import Shell


async def take_call(shell: Shell, account_id: int) -> None:
    """Ask who is calling, and work for that customer once it is proven. To be awaited in a worker."""
    from app.screens.helpdesk.caller_card import CallerForm

    desk = desk_of(shell)
    if desk.visit is None or not desk.visit.is_staff:
        return
    if desk.visit.assistance is not None:
        if desk.visit.account_id == account_id:
            say(shell, _("You help this customer now. What is not shown, the caller may not speak about."))
            return
        if not await end_call(shell):
            return
    card = await attempt(shell, "callers.card", account_id=account_id)
    if card is None:
        return
    done = await shell.app.push_screen_wait(CallerForm(card))
    visit = desk.visit
    if done is None or visit is None:
        return
    desk.visit = visit.as_assisting(done.assistance, card.name, done.service_name)
    await shell.start_again()


async def end_call(shell: Shell) -> bool:
    """Ask, and end the help; whether it is over. To be awaited in a worker."""
    desk = desk_of(shell)
    visit = desk.visit
    if visit is None or visit.assistance is None:
        return True
    question = Confirm(
        _("End the help for {customer}?").format(customer=visit.account_name),
        _("To go on later, the caller has to be verified again."),
        yes=_("End"),
        no=_("Go on helping"),
    )
    if not await shell.app.push_screen_wait(question):
        return False
    with shell.leaving_customer():
        if desk.visit is not None and desk.visit.assistance is not None:
            await attempt(shell, "assistance.end")
        await leave(shell)
    return True


async def extend_call(shell: Shell) -> None:
    """Take more time while the caller is on the line, and say how long it is now."""
    desk = desk_of(shell)
    before = desk.visit.assistance.expires_at if desk.visit and desk.visit.assistance else 0
    assistance: Any = await attempt(shell, "assistance.extend")
    visit = desk.visit
    if assistance is None or visit is None or visit.assistance is None:
        return
    visit.assistance = assistance
    for banner in shell.query(HelpBanner):
        banner.extend(assistance.expires_at)
    until, limits = units.clock_time(assistance.expires_at, visit.zone), visit.content.access.help
    text = _("You can help until {time}.")
    if assistance.expires_at - before < limits.extension_seconds:
        text = _("You can help until {time}. {count} minutes ahead is the most; take more later.")
    say(shell, text.format(time=until, count=limits.seconds // 60))


async def leave(shell: Shell) -> None:
    """Back to the helpdesk's own start page."""
    desk = desk_of(shell)
    if desk.visit is not None:
        desk.visit = desk.visit.as_no_account()
    await shell.start_again()


async def call_over(shell: Shell) -> None:
    """The time is over: what is open for the customer closes."""
    desk = desk_of(shell)
    visit = desk.visit
    if visit is None or visit.assistance is None:
        return
    customer = visit.account_name
    desk.visit = visit.as_no_account()
    stack = shell.app.screen_stack
    for screen in reversed(stack[stack.index(shell) + 1 :] if shell in stack else []):
        screen.dismiss(None)
    await shell.start_again()
    text = _("The time for {customer} is over. Verify the caller again to go on.")
    say(shell, text.format(customer=customer), "warning")


async def show_banner(shell: Shell, visit: Visit) -> None:
    """Exactly while an agent helps, the banner says so."""
    for banner in shell.query("HelpBanner, #customer-also-here"):
        await banner.remove()
    if visit.assistance is not None:
        call = Call(
            visit.person, visit.account_name, visit.assistance.caller_name, visit.assistance.expires_at
        )
        await shell.mount(HelpBanner(call, desk_of(shell).clock), after="#top-line")
        also = AlsoHere(f"account:{visit.account_id}", id="customer-also-here")
        await shell.mount(also, after="#help-banner")


def say(shell: Shell, text: str, severity: Any = "information") -> None:
    """A short message at the corner of the screen."""
    shell.app.notify(safe(text), severity=severity, markup=False, timeout=8)


async def call_notes(shell: Shell) -> None:
    """What colleagues wrote about the customer."""
    from app.screens.helpdesk.notes import NotesScreen

    await shell.app.push_screen(NotesScreen())


async def about_call(shell: Shell) -> None:
    """What is at hand during the call."""
    from app.screens.helpdesk.call_notes import show_notes

    await show_notes(shell)


CALL_ACTIONS: dict[str, Callable[[Shell], Awaitable[object]]] = {
    "about": about_call,
    "extend": extend_call,
    "end": end_call,
    "notes": call_notes,
}
"""What the shell's keys and the banner's words do."""
