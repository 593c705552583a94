"""What a person can do by key, in one registry: for bindings, footer, palette, help and the key reference.

A screen or widget that offers commands mixes in `Commanded`, lists `bindings("line.block", ...)` as its
BINDINGS and has a method `do_line_block(self)` for each. Titles are English; they are translated when shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any, Final

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from app.i18n import _, mark


def always(_node: Any) -> str:
    """A command that can always be given."""
    return ""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    `keys` are Textual key names with commas between; `when` gets the node that offers the command and
    returns why it cannot be given now, in a sentence, or nothing. `shown` puts it in the footer.
    """

    id: str
    keys: str
    title: str
    help: str
    group: str
    when: Callable[[Any], str] = always
    shown: bool = True

    @property
    def method(self) -> str:
        """The name of the method that carries the command out."""
        return "do_" + self.id.replace(".", "_")


EVERYWHERE: Final = mark("Everywhere")
AREAS: Final = mark("Areas")
LISTS: Final = mark("Lists")
_COMMON: Final = {LISTS: 1, AREAS: 2, EVERYWHERE: 3}
REGISTRY: Final[dict[str, Command]] = {}
"""All commands by id, in the order of the key reference."""


def register(*commands: Command) -> None:
    """Add commands; an id may be given only once."""
    for command in commands:
        if command.id in REGISTRY:
            raise ValueError(f"command {command.id} is registered twice")
        REGISTRY[command.id] = command


def bindings(*ids: str) -> list[BindingType]:
    """Return Textual bindings for commands, remappable by their id."""
    return [
        Binding(command.keys, f"command({command.id!r})", command.title, show=command.shown, id=command.id)
        for command in (REGISTRY[each] for each in ids)
    ]


class Commanded(DOMNode):
    """Mixed into an App, Screen or Widget that offers commands: finds the method, or says why not."""

    async def action_command(self, id: str) -> None:
        """Carry out the command, or tell why it cannot be given now."""
        command = REGISTRY[id]
        reason = command.when(self)
        if reason:
            self.app.notify(reason, title=_(command.title), severity="warning", markup=False)
            return
        result = getattr(self, command.method)()
        if isawaitable(result):
            await result


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that can be reached now: its keys as remapped, and why it cannot be given, if so."""

    command: Command
    key: str
    reason: str
    node: DOMNode
    action: str


def offers(app: Any) -> list[Offer]:
    """Return what the active screen offers, its own commands first, each once, keys as remapped."""
    found: dict[str, Offer] = {}
    for key, active in app.screen.active_bindings.items():
        command = REGISTRY.get(active.binding.id or "")
        if command is None or command.id in found:
            continue
        reason = command.when(active.node)
        found[command.id] = Offer(command, key_names(key), reason, active.node, active.binding.action)
    order = {id: place for place, id in enumerate(REGISTRY)}
    return sorted(
        found.values(), key=lambda offer: (_COMMON.get(offer.command.group, 0), order[offer.command.id])
    )


def reference(keymap: dict[str, str] | None = None) -> Iterable[tuple[str, list[tuple[str, str, str]]]]:
    """Yield (group, [(keys, title, help)]) for the key reference, in the language in force."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for command in REGISTRY.values():
        keys = (keymap or {}).get(command.id, command.keys)
        entry = (key_names(keys), _(command.title), _(command.help))
        groups.setdefault(command.group, []).append(entry)
    for group, entries in groups.items():
        yield _(group), entries


_NAMES: Final = {
    "question_mark": "?", "colon": ":", "slash": "/", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓",
    "up": "↑", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc", "space": "Space", "home": "Home",
    "end": "End", "tab": "Tab", "delete": "Del", "backspace": "Backspace", "full_stop": ".", "comma": ",",
}  # fmt: skip


def key_names(keys: str) -> str:
    """Return Textual key names as people write them: "question_mark,f1" is "? F1"."""
    return " ".join(_key_name(key.strip()) for key in keys.split(","))


def _key_name(key: str) -> str:
    *modifiers, last = key.split("+")
    name = _NAMES.get(last) or (last.upper() if last[:1] == "f" and last[1:].isdigit() else last)
    return "".join("^" if each == "ctrl" else f"{each}-" for each in modifiers) + name


def _common(group: str, *entries: tuple[str, str, str, str]) -> None:
    """Register commands that every screen has; those of `_IN_FOOTER` are shown there."""
    register(*(Command(*entry, group, shown=entry[0] in _IN_FOOTER) for entry in entries))


_IN_FOOTER: Final = {"portal.palette", "list.open", "list.filter", "list.export"}

_common(
    LISTS,
    ("list.open", "enter", mark("Open"), mark("Open the row under the cursor.")),
    ("list.filter", "slash", mark("Filter"), mark("Show only rows with these words.")),
    ("list.export", "e", mark("Export"), mark("Write the list to a file.")),
    ("list.mark", "space", mark("Mark"), mark("Mark the row, to act on several at once.")),
    ("list.reload", "r", mark("Read again"), mark("Read the list again.")),
    ("list.down", "down,j", mark("Down"), mark("One row down.")),
    ("list.up", "up,k", mark("Up"), mark("One row up.")),
    ("list.page_down", "pagedown", mark("Page down"), mark("One page down.")),
    ("list.page_up", "pageup", mark("Page up"), mark("One page up.")),
    ("list.half_down", "ctrl+d", mark("Half a page down"), mark("Half a page down.")),
    ("list.half_up", "ctrl+u", mark("Half a page up"), mark("Half a page up.")),
    ("list.first", "home,g", mark("First"), mark("Go to the first row.")),
    ("list.last", "end,G", mark("Last"), mark("Go to the last row.")),
)
_common(
    AREAS,
    ("area.dashboard", "1", mark("Dashboard"), mark("See how everything stands.")),
    ("area.my_data", "2", mark("My Data"), mark("Your company, people and sign-in.")),
    ("area.my_products", "3", mark("My Products"), mark("Lines, usage, limits and bundles.")),
    ("area.info", "4", mark("Info"), mark("Tariffs, countries and news.")),
    ("area.services", "5", mark("Services"), mark("What else can be ordered.")),
    ("area.support", "6", mark("Support"), mark("Questions and answers.")),
)
_common(
    EVERYWHERE,
    ("portal.home", "0", mark("Home"), mark("Go to the start page.")),
    ("portal.palette", "ctrl+k,colon", mark("Commands"), mark("Find a command by name.")),
    ("portal.jump", "ctrl+j", mark("Jump"), mark("Jump to a part of the screen by a letter.")),
    ("portal.keys", "f1", mark("Keys"), mark("Show every key.")),
    ("portal.help", "question_mark", mark("Need help"), mark("Get help with this screen.")),
    (
        "portal.theme",
        "f2",
        mark("Theme"),
        mark("Change the colours: dark, light, high contrast, 16 colours."),
    ),
    ("portal.quit", "ctrl+q", mark("Quit"), mark("Sign out and leave.")),
)
