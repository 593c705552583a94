"""One-time passwords are set up: the picture for the phone, the first code, and the codes for a lost phone.

Used at the sign-in, where the operator demands them, and in My Data.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, ClassVar, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static

from app.i18n import _
from app.secret import Secret
from app.text import safe
from app.widgets.dialog import Action, Confirm, Dialog
from app.widgets.qr import Qr, best_quiet
from app.widgets.text_input import TextInput

GROUP = 4


class Seeded(Protocol):
    """What the operations tell of a new seed."""

    @property
    def uri(self) -> str:
        """What the picture says."""

    @property
    def seed(self) -> str:
        """The same secret for typing."""


def in_groups(seed: str) -> str:
    """A secret for typing over: groups of four, four in a line."""
    groups = [seed[at : at + GROUP] for at in range(0, len(seed), GROUP)]
    return "\n".join(" ".join(groups[at : at + GROUP]) for at in range(0, len(groups), GROUP))


class EnrolScreen(ModalScreen[Any]):
    """The whole screen, for the picture needs it: QR code on the left, what to do beside it.

    Args:
        enrolment: the new seed.
        confirm: takes the first code; its answer closes the screen. It raises OperationError for a wrong one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, enrolment: Seeded, confirm: Callable[[Secret], Awaitable[Any]]) -> None:
        super().__init__()
        self.enrolment: Seeded | None = enrolment
        self.confirm = confirm
        self.busy = False

    def compose(self) -> ComposeResult:
        assert self.enrolment is not None
        quiet = best_quiet(self.enrolment.uri, self.app.size.height)
        with Horizontal(id="enrol"):
            if quiet is not None:
                yield Qr(self.enrolment.uri, quiet)
            with Vertical(id="enrol-steps"):
                yield Label(Content(_("One-time passwords")), classes="dialog-title")
                yield Static(self.first_step(quiet is not None), markup=False)
                yield Static(in_groups(self.enrolment.seed), id="enrol-seed", markup=False)
                yield Static(_("Then type the six digits that the app shows:"), markup=False)
                yield TextInput(id="enrol-code", max_length=20)
                yield Label("", classes="form-problem", markup=False)
                with Horizontal(classes="dialog-buttons"):
                    yield Button(Content(_("Go on")), id="go-on", variant="primary", compact=True)
                    yield Button(Content(_("Cancel")), id="cancel", compact=True)

    @staticmethod
    def first_step(picture: bool) -> str:
        """What to do with the app, with or without the picture."""
        if picture:
            return _("Scan the picture with an authenticator app on your phone, or type this secret into it:")
        return _("This window is too low for the picture. Type this secret into an authenticator app:")

    def on_mount(self) -> None:
        self.query_one("#enrol-code").focus()

    @on(Button.Pressed, "#go-on")
    @on(Input.Submitted)
    def check(self) -> None:
        """Try the code."""
        if not self.busy:
            self.busy = True
            self.try_code()

    @work
    async def try_code(self) -> None:
        """Hand the code on; a wrong one is said, and another can be typed."""
        from app.operations.core import OperationError

        field = self.query_one("#enrol-code", Input)
        typed, field.value = Secret(field.value), ""
        try:
            answer = await self.confirm(typed)
        except OperationError as error:
            if self.is_attached:
                self.query_one(".form-problem", Label).update(Content(safe(error.message)))
                field.focus()
            return
        finally:
            self.busy = False
        self.dismiss(answer)

    @on(Button.Pressed, "#cancel")
    def action_leave(self) -> None:
        """Nothing counts before the first code."""
        self.dismiss(None)

    def on_unmount(self) -> None:
        """The secret goes with the screen."""
        self.enrolment = None


class RecoveryCodesDialog(Dialog):
    """Ten codes, shown this once; they go only when the person says that they are written down."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(_("Recovery codes: write them down"), id="recovery-codes")
        self.codes = tuple(codes)

    def body(self) -> Iterable[Widget]:
        text = _("Each works once in place of your phone. They are shown only now; keep them safe, on paper.")
        yield Label(Content(text), classes="dialog-text")
        lines = "\n".join(f"{number:>2}  {code}" for number, code in enumerate(self.codes, 1))
        yield Static(lines, id="codes", markup=False)

    def actions(self) -> Sequence[Action]:
        return [Action("written", _("I have written them down"), "primary")]

    async def on_action(self, id: str) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Ask once more: afterwards nobody can show them."""
        question = Confirm(
            _("Are all ten written down?"),
            _("Nobody can show these codes again. Without them a lost phone means calling the helpdesk."),
            yes=_("Yes, go on"),
            no=_("Show them again"),
        )

        def answered(sure: bool | None) -> None:
            if sure:
                self.codes = ()
                self.dismiss(True)

        self.app.push_screen(question, answered)
