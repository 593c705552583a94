"""A code that came by mail: it is typed and checked, then asked is what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from app.content.operator import Operator
from app.i18n import _
from app.screens.area import desk_of
from app.screens.sign_in.step_form import StepForm, Wrong, wrong
from app.screens.sign_in.visitor import ask, content_of
from app.secret import Secret
from app.widgets.code_input import CodeInput
from app.widgets.form_field import FormField
from app.widgets.password_rules import PasswordRules

if TYPE_CHECKING:
    from app.operations.core.password_rules import Rule
    from app.operations.core.redeeming import Purpose
    from app.operations.recovery import Redeemed

TWICE = "twice"
"""The rule of the form's own: both fields hold the same."""


@dataclass(frozen=True, slots=True)
class Given:
    """A code that is valid, and what it is for."""

    code: Secret = field(repr=False)
    purpose: Purpose


class CodeForm(StepForm):
    """The code, in groups of four; answers with it and what it is for."""

    def __init__(self) -> None:
        text = _("Type the code from the mail, or paste it. Capitals, spaces and dashes do not matter.")
        super().__init__(_("I have a code"), text)

    def fields(self) -> Iterable[FormField]:
        code = FormField("code", _("Code"), required=True)
        code.input = CodeInput(max_length=200)
        yield code

    async def submit(self, values: dict[str, object]) -> object:
        from app.operations.core import OperationError, Refused

        code = Secret(self.typed("code"))
        self.wait()
        try:
            return Given(code, await ask(self, "recovery.look", code=code))
        except Refused as error:
            raise wrong(error, how_to_get_a_new_code()) from error
        except OperationError as error:
            raise wrong(error) from error


def how_to_get_a_new_code() -> str:
    """What to do with a code that was used, replaced or too old."""
    return _(
        "A code works once and for a limited time, and a newer one ends the earlier. For a new one choose "
        "“Forgot password” (F4); for an invitation ask who invited you."
    )


class NewPasswordForm(StepForm):
    """What the code needs: a password with its rules, and for a new login a name and a user name."""

    def __init__(self, given: Given, rules: Sequence[Rule]) -> None:
        super().__init__(heading(given.purpose), told(given.purpose), button(given.purpose))
        self.code: Secret | None = given.code
        self.purpose = given.purpose
        self.rules = [(rule.key, rule.text) for rule in rules]
        # Beside the other short ones.
        long = next((at for at, rule in enumerate(rules) if rule.key == "symbol"), len(rules))
        self.rules.insert(long, (TWICE, _("Typed twice the same")))

    def fields(self) -> Iterable[FormField]:
        purpose, needs = self.purpose, self.purpose.needs
        if "name" in needs:
            yield FormField("name", _("Your name"), purpose.person, required=True)
        if "user_name" in needs:
            yield FormField("user_name", _("User name"), purpose.user_name, required=True)
        if purpose.may_link:
            yield FormField("mobile", _("Mobile number, if any"))
        if "password" in needs:
            yield FormField("password", _("New password"), secret=True, required=True, max_length=0)
            yield FormField("again", _("Once more"), secret=True, required=True, max_length=0)
        if "password_of_login" in needs:
            yield FormField("password", _("Your password"), secret=True, required=True, max_length=0)

    def under_fields(self) -> Iterable[Widget]:
        if "password" in self.purpose.needs:
            yield PasswordRules(self.rules, id="password-rules")

    def on_mount(self) -> None:
        super().on_mount()
        if "password" in self.purpose.needs:
            desk_of(self).later(load_rules)

    @on(FormField.Changed)
    def mark_rules(self) -> None:
        """Tick off what the password meets, after every key."""
        for rules in self.query(PasswordRules):
            rules.show(self.broken())

    def broken(self) -> set[str]:
        """Keys of the rules that what is typed does not meet."""
        from app.operations.core.password_rules import broken, own_words

        content = content_of(desk_of(self))
        password, again = self.typed("password"), self.typed("again")
        own = own_words(content, self.typed("name"), self.typed("user_name"))
        found = broken(content.access, password, {*self.purpose.words, *own})
        return found | (set() if password and password == again else {TWICE})

    async def submit(self, values: dict[str, object]) -> object:
        from app.operations.core import OperationError

        password = self.typed("password")
        if "again" in values and password != self.typed("again"):
            raise Wrong(_("This is not the same as above."), "again")
        assert self.code is not None
        self.wait()
        new = {name: self.typed(name).strip() for name in ("name", "user_name", "mobile")}
        try:
            done = await ask(self, "recovery.redeem", code=self.code, password=Secret(password), **new)
        except OperationError as error:
            raise wrong(error) from error
        self.code = None
        return done

    def on_unmount(self) -> None:
        """The code goes with the screen."""
        self.code = None


def load_rules() -> None:
    """Map the list of common passwords before the first key."""
    from app.operations.core.block_list import is_common

    is_common("a password")


def heading(purpose: Purpose) -> str:
    """What this code does, in a few words."""
    return {
        "invitation": _("Complete your login"),
        "first_login": _("Your first login"),
        "first_password": _("Make your password"),
        "new_email": _("New e-mail address"),
    }.get(purpose.kind, _("A new password"))


def told(purpose: Purpose) -> str:
    """Whose code it is and what to do now."""
    if purpose.kind == "new_email":
        return _("Is {email} the new address of {user_name}?").format(
            email=purpose.email, user_name=purpose.user_name
        )
    if "password_of_login" in purpose.needs:
        text = _("There is a login for {email} already: {user_name}. With its password it joins {account}.")
        return text.format(email=purpose.email, user_name=purpose.user_name, account=purpose.account_name)
    if "name" in purpose.needs:
        return _("For {account}, with the address {email}.").format(
            account=purpose.account_name, email=purpose.email
        )
    return _("For {person}, user name {user_name}.").format(
        person=purpose.person, user_name=purpose.user_name
    )


def button(purpose: Purpose) -> str:
    """What going on does."""
    if purpose.kind == "new_email":
        return _("Yes, use it")
    return _("Join") if "password_of_login" in purpose.needs else _("Save")


def signs_in_as(operator: Operator, purpose: Purpose, done: Redeemed) -> str:
    """What to fill in as the name at the sign-in, as the operator lets people sign in."""
    if "user_name" in operator.login_scheme:
        return done.user_name
    return purpose.email if "email" in operator.login_scheme else ""
