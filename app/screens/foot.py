"""The last line: what the keys do here, and the way to help at the right end."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from app.commands import key_name
from app.i18n import _

GAP = 2
GIVE_WAY = ("list.export", "list.filter")
"""Every list has these: short of room they leave it to what only this place can do, the first one first."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry: its key, and what it does; `here`: it is of this place, not of every screen."""

    sign: str
    says: str
    action: str
    enabled: bool
    id: str = ""
    here: bool = True


class Foot(Widget):
    """Shows the bindings that are meant to be shown, for what has the focus; each can be clicked."""

    @dataclass
    class Help(Message):
        """The way to help was clicked."""

    def __init__(self) -> None:
        super().__init__(id="foot")
        self.entries: list[Shown] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.renew)
        self.renew()

    def renew(self, *_arguments: object) -> None:
        """Read the bindings again; paint only if they differ."""
        found: list[Shown] = []
        for key, active in self.screen.active_bindings.items():
            binding: Binding = active.binding
            if binding.show and binding.description:
                sign = key_name(binding.key_display or key)
                here = not isinstance(active.node, Screen | App)
                entry = Shown(
                    sign, _(binding.description), binding.action, active.enabled, binding.id or "", here
                )
                if entry.action not in {other.action for other in found}:
                    found.append(entry)
        if found != self.entries:
            self.entries = found
            self.refresh()

    @property
    def help_text(self) -> str:
        """The way to help, at the bottom right of every screen."""
        return "? " + _("Need help")

    def fitting(self) -> list[Shown]:
        """The entries for which there is room."""
        # The gap behind the last entry need not fit; one cell before the way to help does.
        room, shown = self.size.width - cell_len(self.help_text) - 1 + GAP, []
        entries = self.entries
        for spare in GIVE_WAY:
            if sum(self.width_of(entry) for entry in entries if entry.here) > room:
                entries = [entry for entry in entries if entry.id != spare]
        for entry in entries:
            room -= self.width_of(entry)
            if room < 0:
                break
            shown.append(entry)
        return shown

    @staticmethod
    def width_of(entry: Shown) -> int:
        """Cells of an entry with the gap behind it."""
        return cell_len(entry.sign) + 1 + cell_len(entry.says) + GAP

    def render(self) -> Content:
        pieces: list[tuple[str, str]] = []
        used = 0
        for entry in self.fitting():
            tone = "" if entry.enabled else "$text-quiet strike"
            pieces += [(entry.sign, "bold $text-accent"), (f" {entry.says}", tone), (" " * GAP, "")]
            used += self.width_of(entry)
        if pieces:
            del pieces[-1]
            used -= GAP
        pieces.append((" " * max(self.size.width - used - cell_len(self.help_text), 0), ""))
        pieces.append((self.help_text, "bold $text-accent"))
        return Content.assemble(*pieces)

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        if event.x >= self.size.width - cell_len(self.help_text):
            self.post_message(self.Help())
            return
        left = 0
        for entry in self.fitting():
            if left <= event.x < left + self.width_of(entry) - GAP:
                for _key, active in self.screen.active_bindings.items():
                    if active.binding.action == entry.action:
                        await self.app.run_action(entry.action, active.node)
                        return
            left += self.width_of(entry)
