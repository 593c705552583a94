"""The steps of setting and removing the telephone password. To be awaited in a worker."""

from __future__ import annotations

from textual.widget import Widget

from app.i18n import _
from app.screens.area import attempt
from app.screens.my_data.account_form import TelephonePasswordForm
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option
from app.widgets.dialog import Confirm


async def change_telephone_password(widget: Widget, account_id: int, *, is_set: bool) -> None:
    """Ask what is wanted where there is one, then for the new one or whether it shall go."""
    wanted: str | None = "set"
    if is_set:
        title = _("Telephone password")
        options = [Option("set", _("Change it")), Option("remove", _("Remove it"))]
        wanted = await widget.app.push_screen_wait(Choose(title, options))
    if wanted == "set" and await widget.app.push_screen_wait(TelephonePasswordForm(account_id)) is not None:
        say(widget, _("The telephone password is set."))
    if wanted == "remove":
        await _remove(widget)


async def _remove(widget: Widget) -> None:
    """Ask first: callers are verified in another way from then on."""
    question = Confirm(
        _("Remove the telephone password?"),
        _("Who calls our helpdesk for you is sent a code by mail or text message from then on."),
        yes=_("Remove"),
        no=_("Keep"),
        danger=True,
    )
    if await widget.app.push_screen_wait(question):
        done = await attempt(widget, "telephone_password.remove")
        if done is not None:
            say(widget, done)
