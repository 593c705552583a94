"""A new password of one's own, each rule ticked off while it is typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual import on
from textual.widget import Widget

from app.i18n import _
from app.screens.area import desk_of
from app.screens.my_data.own_form import OwnForm
from app.screens.sign_in.code_forms import TWICE, load_rules
from app.screens.sign_in.step_form import Wrong
from app.screens.sign_in.visitor import content_of
from app.secret import Secret
from app.widgets.form_field import FormField
from app.widgets.password_rules import PasswordRules

if TYPE_CHECKING:
    from app.operations.core.password_rules import Rule


class PasswordForm(OwnForm):
    """The present one, and the new one twice; answers True.

    Args:
        rules: what the operator asks of a password.
        words: what it must not hold, see `password.words`.
    """

    def __init__(self, rules: Sequence[Rule], words: Collection[str]) -> None:
        text = _("Your other sessions end when it is changed.")
        super().__init__(_("Change your password"), "password.change", text, _("Save"))
        self.rules = [*((rule.key, rule.text) for rule in rules), (TWICE, _("Typed twice the same"))]
        self.words = set(words)

    def fields(self) -> Iterable[FormField]:
        yield FormField("old", _("Your password"), secret=True, required=True, max_length=0)
        yield FormField("password", _("New password"), secret=True, required=True, max_length=0)
        yield FormField("again", _("Once more"), secret=True, required=True, max_length=0)

    def under_fields(self) -> Iterable[Widget]:
        yield PasswordRules(self.rules, id="password-rules")

    def on_mount(self) -> None:
        super().on_mount()
        desk_of(self).later(load_rules)

    @on(FormField.Changed)
    def mark_rules(self) -> None:
        """Tick off what the password meets, after every key."""
        self.query_one(PasswordRules).show(self.broken())

    def broken(self) -> set[str]:
        """Keys of the rules that what is typed does not meet."""
        from app.operations.core.password_rules import broken

        password = self.typed("password")
        found = broken(content_of(desk_of(self)).access, password, self.words)
        return found | (set() if password and password == self.typed("again") else {TWICE})

    def arguments(self) -> dict[str, Any]:
        return {"old": Secret(self.typed("old")), "new": Secret(self.typed("password"))}

    async def perform(self) -> Any:
        if self.typed("again") != self.typed("password"):
            raise Wrong(_("This is not the same as above."), "again")
        return await super().perform()
