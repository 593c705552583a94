"""Notes about the customer who is helped: what colleagues wrote, and a new one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Label, Static

from app import units
from app.i18n import _, mark
from app.operations.notes import Note
from app.screens.also_here import AlsoHere
from app.screens.area import attempt, desk_of
from app.screens.operation_form import OperationForm
from app.text import safe
from app.widgets.form_field import FormField

SHOWN = 100


class NotesScreen(ModalScreen[None]):
    """The newest first; N writes one."""

    place = "notes"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "write", mark("Write a note"), id="notes.write"),
        Binding("escape", "close", mark("Close")),
    ]

    def compose(self) -> ComposeResult:
        visit = desk_of(self).visit
        assert visit is not None
        title = _("Notes about {customer}").format(customer=visit.account_name)
        with Vertical(classes="dialog -wide"):
            yield Label(Content(safe(title)), classes="dialog-title")
            yield AlsoHere(f"account:{visit.account_id}")
            with VerticalScroll(id="notes"):
                yield Static("", id="notes-text", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(Content(_("Write a note") + " N"), id="notes-write", compact=True)
                yield Button(Content(_("Close") + " esc"), id="notes-close", compact=True)

    async def on_mount(self) -> None:
        self.query_one("#notes").focus()
        await self.read()

    async def read(self) -> None:
        """Read the notes."""
        page: Any = await attempt(self, "notes.page", limit=SHOWN)
        visit = desk_of(self).visit
        if page is not None and visit is not None:
            zone = visit.zone
            self.query_one("#notes-text", Static).update(notes_text(page.rows, zone))

    @work(exclusive=True, group="write")
    async def action_write(self) -> None:
        """Write one."""
        visit = desk_of(self).visit
        if visit is not None and await self.app.push_screen_wait(NoteForm(visit.account_id)) is not None:
            await self.read()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """The keys, by mouse."""
        event.stop()
        if event.button.id == "notes-write":
            self.action_write()
        else:
            self.action_close()

    def action_close(self) -> None:
        """Back to where one came from."""
        self.dismiss()


class NoteForm(OperationForm):
    """One note."""

    def __init__(self, account_id: int | None) -> None:
        super().__init__(_("Write a note"), "notes.add", f"account:{account_id}")

    def fields(self) -> Iterable[FormField]:
        hint = _("Staff read it, the customer does not. No passwords.")
        yield FormField("text", _("Note"), hint=hint, required=True, max_length=4000)


def notes_text(notes: tuple[Note, ...], zone: str) -> Content:
    """Each with who wrote it and when."""
    if not notes:
        return Content(_("No notes yet."))
    parts = [
        Content.assemble(
            Content.styled(safe(f"{units.instant(note.at, zone)} · {note.person}"), "$text-quiet"),
            "\n",
            safe(note.text, lines=True),
        )
        for note in notes
    ]
    return Content("\n\n").join(parts)
