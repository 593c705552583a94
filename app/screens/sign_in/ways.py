"""The ways for who cannot sign in: a code that came, a forgotten password or name, no login yet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label

from app.i18n import _
from app.screens.sign_in.code_forms import CodeForm, NewPasswordForm, signs_in_as
from app.screens.sign_in.step_form import StepForm, wrong
from app.screens.sign_in.visitor import ask
from app.text import safe
from app.widgets.dialog import Action, Dialog
from app.widgets.form_field import FormField

if TYPE_CHECKING:
    from app.operations.recovery import UserNameHelp
    from app.screens.sign_in.screen import SignInScreen


async def have_code(screen: SignInScreen) -> None:
    """From the code to "you can sign in now". To be awaited in a worker, as the others."""
    given = await screen.app.push_screen_wait(CodeForm())
    if given is None:
        return
    rules = await ask(screen, "password.rules")
    done = await screen.app.push_screen_wait(NewPasswordForm(given, rules))
    if done is not None:
        screen.may_sign_in_now(signs_in_as(screen.operator, given.purpose, done), done.text)


async def forgot_password(screen: SignInScreen) -> None:
    """Ask for a code by mail; the answer is the same for everybody."""
    form = ForgotPassword(screen.who_label(), screen.operator.login_scheme)
    await tell(screen, await screen.app.push_screen_wait(form))


async def no_login(screen: SignInScreen) -> None:
    """A customer who has a subscription and no login makes the first one, once."""
    await tell(screen, await screen.app.push_screen_wait(FirstLogin()))


async def forgot_user_name(screen: SignInScreen) -> None:
    """Where a user name can be found."""
    found = await ask(screen, "recovery.user_name")
    await screen.app.push_screen_wait(ForgotUserName(found))


WAYS: dict[str, Callable[[SignInScreen], Awaitable[None]]] = {
    "have_code": have_code,
    "forgot_password": forgot_password,
    "no_login": no_login,
    "forgot_user_name": forgot_user_name,
}


async def tell(screen: SignInScreen, answer: str | None) -> None:
    """Show the neutral answer with what to do next; the code may be at hand already."""
    if answer is not None and await screen.app.push_screen_wait(Answer(answer)) == "have_code":
        await have_code(screen)


class ForgotPassword(StepForm):
    """Who forgot it; a customer number counts with the stored e-mail address only.

    Args:
        who: what the operator's customers sign in with, as the first screen says it.
        scheme: the same by name.
    """

    def __init__(self, who: str, scheme: Sequence[str]) -> None:
        text = _("You get a mail with a code for a new one.")
        super().__init__(_("Forgot password"), text, _("Send the mail"))
        self.add_class("-stacked")
        self.who, self.scheme = who, scheme

    def fields(self) -> Iterable[FormField]:
        yield FormField("who", self.who, required=True)
        if "customer_number" in self.scheme:
            alone = len(self.scheme) == 1
            label = _("E-mail address") if alone else _("E-mail address (with a customer number)")
            yield FormField("email", label, required=alone)

    async def submit(self, values: dict[str, object]) -> object:
        from app.operations.core import OperationError

        self.wait()
        try:
            return await ask(self, "recovery.forgot", who=self.typed("who"), email=self.typed("email"))
        except OperationError as error:
            raise wrong(error) from error


class FirstLogin(StepForm):
    """Customer number and stored e-mail address; both must be right, and nobody is told which was not."""

    def __init__(self) -> None:
        text = _(
            "For customers who have a subscription and no login. You get a mail with a code for the first "
            "one; this works once. Employees are invited by their administrator."
        )
        super().__init__(_("No login yet?"), text, _("Send the mail"))

    def fields(self) -> Iterable[FormField]:
        yield FormField("customer_number", _("Customer number"), required=True)
        yield FormField("email", _("E-mail address"), required=True)

    async def submit(self, values: dict[str, object]) -> object:
        from app.operations.core import OperationError

        self.wait()
        given: dict[str, Any] = {name: self.typed(name) for name in ("customer_number", "email")}
        try:
            return await ask(self, "recovery.first_login", **given)
        except OperationError as error:
            raise wrong(error) from error


class Answer(Dialog):
    """What was said to somebody who asked for a mail, and the way on."""

    def __init__(self, text: str) -> None:
        super().__init__(_("Look into your mailbox"))
        self.text = text

    def body(self) -> Iterable[Widget]:
        yield Label(Content(safe(self.text)), classes="dialog-text")
        text = _("Then choose “I have a code” (F3) and type it there.")
        yield Label(Content(text), classes="dialog-text gap")

    def actions(self) -> Sequence[Action]:
        return [Action("cancel", _("Close"), "primary"), Action("have_code", _("I have a code"))]


class ForgotUserName(Dialog):
    """In which mails a user name stands, who sent them, and where else to ask."""

    def __init__(self, found: UserNameHelp) -> None:
        super().__init__(_("Forgot user name"))
        self.found = found

    def body(self) -> Iterable[Widget]:
        found = self.found
        yield Label(
            Content(_("Your user name stands in the mails with these subjects:")), classes="dialog-text"
        )
        subjects = "\n".join(f"  “{safe(subject)}”" for subject in found.subjects)
        yield Label(Content(subjects), classes="dialog-text strong")
        sender = _("From: {name} ({address})").format(name=found.sender, address=found.sender_address)
        yield Label(Content(safe(sender)), classes="dialog-text")
        yield Label(Content(_("Cannot find them? Our people help you:")), classes="dialog-text gap")
        ways = "\n".join(f"  {safe(way)}" for way in (found.phone, found.email, found.website))
        yield Label(Content(ways), classes="dialog-text")

    def actions(self) -> Sequence[Action]:
        return [Action("cancel", _("Close"), "primary")]
