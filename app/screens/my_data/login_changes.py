"""The steps of changes to one's own login, from the question to the code. To be awaited in a worker."""

from __future__ import annotations

from textual.widget import Widget

from app import units
from app.i18n import _
from app.operations.profile import Reached
from app.operations.second_factor import FactorState
from app.screens.area import attempt, desk_of
from app.screens.my_data.password_form import PasswordForm
from app.screens.my_data.reach_forms import (
    EmailCodeForm,
    EmailForm,
    MobileCodeForm,
    MobileForm,
    RemoveFactorForm,
)
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option
from app.screens.second_factor_steps import EnrolScreen, RecoveryCodesDialog
from app.secret import Secret
from app.widgets.dialog import Confirm


async def change_password(widget: Widget) -> None:
    """The present one and a new one."""
    rules, words = await attempt(widget, "password.rules"), await attempt(widget, "password.words")
    if rules is None or words is None:
        return
    if await widget.app.push_screen_wait(PasswordForm(rules, words)):
        say(widget, _("Your password is changed, and your other sessions have ended."))


async def change_email(widget: Widget, reached: Reached) -> None:
    """Ask for another address, or confirm the one that was asked for."""
    wanted = await next_step(widget, _("E-mail address"), reached.asked_email)
    text: str | None = _("Type the code that was sent to {where}.").format(where=reached.asked_email)
    if wanted == "cancel":
        await cancel(widget, "email.cancel")
        return
    if wanted == "other":
        text = await widget.app.push_screen_wait(EmailForm())
    if not wanted or text is None:
        return
    done = await widget.app.push_screen_wait(EmailCodeForm(text))
    if done is not None:
        say(widget, done.text)


async def change_mobile(widget: Widget, reached: Reached) -> None:
    """Link a number, confirm the one that was asked for, or take the number off."""
    linked = bool(reached.mobile)
    wanted = await next_step(widget, _("Mobile number"), units.phone(reached.asked_mobile), linked)
    if wanted == "unlink":
        await unlink(widget)
        return
    if wanted == "cancel":
        await cancel(widget, "mobile.cancel")
        return
    text: str | None = _("Type the code that was sent to {where}.").format(
        where=units.phone(reached.asked_mobile)
    )
    if wanted == "other":
        text = await widget.app.push_screen_wait(MobileForm())
    if not wanted or text is None:
        return
    done = await widget.app.push_screen_wait(MobileCodeForm(text))
    if done is not None:
        say(widget, _("{number} is linked to your login.").format(number=units.phone(done.mobile)))


async def next_step(widget: Widget, title: str, asked: str, linked: bool = False) -> str | None:
    """What is wanted: `code` for one that came, `other` to begin anew, `cancel`, `unlink`; None: nothing."""
    if not asked and not linked:
        return "other"
    options = [Option("code", _("I have a code"), asked)] if asked else []
    options.append(Option("other", _("Another one, or a new code") if asked else _("Another one")))
    if asked:
        options.append(Option("cancel", _("Cancel the change"), _("the code no longer works")))
    if linked:
        options.append(Option("unlink", _("Unlink the number")))
    chosen: str | None = await widget.app.push_screen_wait(Choose(title, options))
    return chosen


async def cancel(widget: Widget, name: str) -> None:
    """What was asked for does not happen; nothing is lost by it, so nothing is asked."""
    done = await attempt(widget, name)
    if done is not None:
        say(widget, done)


async def unlink(widget: Widget) -> None:
    """Ask first: one's use no longer shows."""
    question = Confirm(
        _("Unlink the number?"), _("Your own usage does not show any more."), yes=_("Unlink"), no=_("Keep")
    )
    if await widget.app.push_screen_wait(question):
        await attempt(widget, "mobile.unlink")


async def change_factor(widget: Widget, factor: FactorState) -> None:
    """Set one-time passwords up, or switch them off."""
    if factor.on:
        text = _("Type the six digits that your app shows, or a recovery code.")
        if factor.required:
            text += "\n" + _("Your login must have them: you are signed out, and set them up as you sign in.")
        if await widget.app.push_screen_wait(RemoveFactorForm(text)):
            say(widget, _("One-time passwords are off."))
        return
    enrolment = await attempt(widget, "second_factor.begin")
    if enrolment is None:
        return

    async def confirm(code: Secret) -> object:
        return await desk_of(widget).do("second_factor.confirm", code=code)

    made = await widget.app.push_screen_wait(EnrolScreen(enrolment, confirm))
    if made is not None:
        await widget.app.push_screen_wait(RecoveryCodesDialog(made.codes))


async def new_codes(widget: Widget) -> None:
    """Ten new recovery codes, after a question: the earlier ones end."""
    question = Confirm(_("Make new recovery codes?"), _("The earlier ones end."))
    if not await widget.app.push_screen_wait(question):
        return
    made = await attempt(widget, "second_factor.new_codes")
    if made is not None:
        await widget.app.push_screen_wait(RecoveryCodesDialog(made.codes))
