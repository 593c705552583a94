"""The ticket with which another site is entered without signing in again: as a picture, and to be copied."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Label, Static

from app.clock import Clock
from app.i18n import _
from app.operations.handover import Handover
from app.screens.area import attempt, desk_of
from app.text import safe
from app.widgets.qr import Qr, best_quiet


async def enter(widget: Widget, operation: str, **arguments: object) -> None:
    """Make a ticket and show it, in a worker; another one as often as the person asks for it."""
    visit = desk_of(widget).visit
    assert visit is not None
    while True:
        made: Handover | None = await attempt(widget, operation, **arguments)
        if made is None or not await widget.app.push_screen_wait(TicketScreen(made, visit.clock)):
            return


class TicketScreen(ModalScreen[bool]):
    """Address and code, until the code runs out; answers whether a new one is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, made: Handover, clock: Clock) -> None:
        super().__init__()
        self.made: Handover | None = made
        self.clock = clock
        self.until = clock.now() + made.seconds

    @property
    def link(self) -> str:
        """Address and code in one; nothing once the code has run out."""
        # After '#': browsers keep that part to themselves, so that it stands in no server's log.
        return f"{self.made.url}#{self.made.code}" if self.made is not None else ""

    def compose(self) -> ComposeResult:
        assert self.made is not None
        scanned = self.link
        quiet = best_quiet(scanned, self.app.size.height)
        with Horizontal(id="ticket"):
            if quiet is not None:
                yield Qr(scanned, quiet)
            with Vertical(id="ticket-words"):
                yield Label(Content(_("Without signing in again")), classes="dialog-title")
                yield Static(self.what_to_do(quiet is not None), id="ticket-do", markup=False)
                yield Static(safe(self.made.url), id="ticket-url", markup=False)
                yield Static(self.made.code, id="ticket-code", markup=False)
                yield Static(self.left(), id="ticket-left", markup=False)
                with Horizontal(classes="dialog-buttons"):
                    yield Button(Content(_("Close")), id="close", variant="primary", compact=True)
                    if desk_of(self).settings.channel != "ssh":  # a connection lets no clipboard through
                        yield Button(Content(_("Copy")), id="copy", compact=True)
                    yield Button(Content(_("New code")), id="again", compact=True)

    @staticmethod
    def what_to_do(picture: bool) -> str:
        """With the picture, or without it."""
        if picture:
            return _("Scan the picture, or open this address and give the code there:")
        return _("Open this address and give the code there:")

    def left(self) -> str:
        """How long the code is still good."""
        seconds = max(self.until - self.clock.now(), 0)
        if not seconds:
            return _("The code has run out.")
        return _("Good once, for {count} s.").format(count=seconds)

    def on_mount(self) -> None:
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        """Count down; what is good for nothing any more is not shown."""
        self.query_one("#ticket-left", Static).update(self.left())
        if self.clock.now() >= self.until and self.made is not None:
            self.forget()
            self.query("Qr, #ticket-do, #ticket-url, #ticket-code, #copy").remove()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Done, the link for the clipboard, or another code."""
        event.stop()
        if event.button.id == "copy":
            self.app.copy_to_clipboard(self.link)
            # Whether it was taken only the terminal knows; one that takes nothing says nothing.
            event.button.label = Content(_("Sent"))
            return
        self.dismiss(event.button.id == "again")

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(False)

    def on_unmount(self) -> None:
        """The code goes with the screen."""
        self.forget()

    def forget(self) -> None:
        """Keep the code nowhere; what was copied stays with the person's terminal alone."""
        if self.link and self.app.clipboard == self.link:
            self.app._clipboard = ""
        self.made = None
