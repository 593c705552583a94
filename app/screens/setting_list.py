"""A list of settings: what each is now, what it means, and Enter to change it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.i18n import _
from app.screens.my_products.changes import say
from app.screens.my_products.fact_list import FactList
from app.text import safe
from app.widgets.columns import Column, Tone
from app.widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the tab.

    value: how it is now, in a word; note: what that means, briefly; detail: the whole of it, shown under the
    list; how: what Enter does, shown where that can be done; change: asks and saves; why_not: why it cannot
    be changed here, said in place of `how`, and when somebody tries.
    """

    key: str
    label: str
    value: str
    note: str = ""
    detail: str = ""
    tone: Tone = ""
    why_not: str = ""
    change: Callable[[], Awaitable[None]] | None = None
    how: str = ""


def value_tone(row: Row) -> Tone:
    """The colour that the setting wants for its value."""
    tone: Tone = row[3]  # type: ignore[assignment]
    return tone


class SettingList(Vertical):
    """Settings as a list with the explanation of the one under the cursor below it."""

    label_width = 26
    value_width = 12

    def columns(self) -> list[Column]:
        """Label, value and note."""
        return [
            Column(_("Setting"), self.label_width),
            Column(_("Now"), self.value_width, tone=value_tone),
            Column("", 10, flex=1, tone=lambda _row: "muted"),
        ]

    def compose(self) -> ComposeResult:
        yield FactList(self.columns(), classes="settings")
        with VerticalScroll(classes="detail", can_focus=True):
            yield Static("", classes="detail-text")

    def on_mount(self) -> None:
        self.settings: dict[str, Setting] = {}

    def fill(self, settings: Sequence[Setting]) -> None:
        """Show these settings; the cursor stays on its setting."""
        self.settings = {each.key: each for each in settings}
        table = self.query_one(FactList)
        table.styles.height = len(settings) + 1
        table.set_rows(
            [(each.label, each.value, each.note, each.tone) for each in settings],
            [each.key for each in settings],
        )
        self.show_detail()

    def show_detail(self) -> None:
        """Explain the setting under the cursor."""
        setting = self.settings.get(str(self.query_one(FactList).key))
        text = Content("")
        if setting is not None:
            why_not = safe(setting.why_not) + "\n" if setting.why_not else ""
            how = "" if setting.why_not else setting.how
            told = "\n".join(filter(None, [setting.detail or setting.note, how]))
            text = Content.assemble(
                (safe(setting.label), "bold"), "\n", (why_not, "$text-warning"), safe(told, lines=True)
            )
        static = self.query_one(".detail-text", Static)
        if static.content != text:
            static.update(text)

    @on(FactList.RowHighlighted)
    def moved(self) -> None:
        """The cursor came to another setting."""
        self.show_detail()

    @on(FactList.RowActivated)
    def opened(self, event: FactList.RowActivated) -> None:
        """Change the setting, or say why that cannot be done."""
        setting = self.settings.get(str(event.key))
        if setting is None:
            return
        if setting.why_not:
            say(self, setting.why_not, "warning")
        elif setting.change is not None:
            self.run_change(setting.change)
        else:
            say(self, _("There is nothing to change here: it is only shown."))

    @work(exclusive=True, group="dialog")
    async def run_change(self, change: Callable[[], Awaitable[None]]) -> None:
        """Ask and save; dialogs wait in a worker."""
        await change()
