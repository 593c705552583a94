"""Another e-mail address or mobile number: it is asked for here, and counts once its code was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.i18n import _
from app.screens.area import desk_of
from app.screens.my_data.own_form import OwnForm
from app.screens.sign_in.step_form import Wrong
from app.secret import Secret
from app.widgets.code_input import CodeInput
from app.widgets.form_field import FormField


class EmailForm(OwnForm):
    """The new address; answers with what was mailed where."""

    def __init__(self) -> None:
        text = _("A code goes to the new address. Until you type it, the present address stays.")
        super().__init__(_("Change your e-mail address"), "email.change", text, _("Send the code"))

    def fields(self) -> Iterable[FormField]:
        yield FormField("address", _("New address"), required=True, max_length=254)

    def arguments(self) -> dict[str, Any]:
        return {"address": self.typed("address")}


class EmailCodeForm(OwnForm):
    """The code of that mail; answers with what it did."""

    def __init__(self, text: str) -> None:
        super().__init__(_("Confirm your e-mail address"), "recovery.redeem", text)

    def fields(self) -> Iterable[FormField]:
        code = FormField("code", _("Code"), required=True)
        code.input = CodeInput(max_length=200)
        yield code

    def arguments(self) -> dict[str, Any]:
        return {"code": Secret(self.typed("code")), "password": Secret("")}

    async def perform(self) -> Any:
        purpose = await desk_of(self).do("recovery.look", code=Secret(self.typed("code")))
        if purpose.kind != "new_email":
            raise Wrong(_("This code is for something else. Use it on the sign-in screen, with F3."), "code")
        return await super().perform()


class MobileForm(OwnForm):
    """The number; answers with what was sent where."""

    def __init__(self) -> None:
        text = _("A code goes to the number by text message.")
        super().__init__(_("Link a mobile number"), "mobile.link", text, _("Send the code"))

    def fields(self) -> Iterable[FormField]:
        yield FormField("mobile", _("Mobile number"), required=True, max_length=30)

    def arguments(self) -> dict[str, Any]:
        return {"number": self.typed("mobile")}


class MobileCodeForm(OwnForm):
    """The six digits; answers with the number and its line."""

    def __init__(self, text: str) -> None:
        super().__init__(_("Link a mobile number"), "mobile.confirm", text)

    def fields(self) -> Iterable[FormField]:
        yield FormField("code", _("Code"), required=True, max_length=20)

    def arguments(self) -> dict[str, Any]:
        return {"code": Secret(self.typed("code"))}


class RemoveFactorForm(OwnForm):
    """One code more before one-time passwords are off; answers True."""

    def __init__(self, text: str) -> None:
        title = _("Switch one-time passwords off")
        super().__init__(title, "second_factor.remove", text, _("Switch off"))

    def fields(self) -> Iterable[FormField]:
        yield FormField("code", _("Code"), required=True, max_length=60)

    def arguments(self) -> dict[str, Any]:
        return {"code": Secret(self.typed("code"))}
