"""One field for everything: a number jumps to its line, a name lists what fits, a word finds a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from app import units
from app.commands import key_name
from app.i18n import _, mark
from app.operations.search import Hit, kind_name
from app.screens.area import OpenArea, TourWanted, VisitChanged, attempt, desk_of
from app.screens.found_tasks import task_line, tasks_for
from app.text import safe
from app.widgets.modal import Modal
from app.widgets.text_input import TextInput

if TYPE_CHECKING:
    from app.operations.tours import TaskRow

AREAS = {"line": "my_products", "account": "dashboard", "place": "info", "article": "info"}
"""Where the pages of things are; the people of an account are with its data."""

TITLE_CELLS = {"article": 56}
"""Kinds whose title needs the room of the whole line."""
KIND_CELLS = 15
"""Room for the longest name of a kind in three languages."""


class Finder(Modal[None]):
    """Results come while typing; enter opens the first or the chosen one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", mark("Close")),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
    ]

    def __init__(self, below: Screen[None]) -> None:
        super().__init__()
        self.below = below
        self.commands = commands_of(below)
        self.hits: list[Hit] = []
        self.tasks: list[TaskRow] | None = None
        """None until they are asked for."""
        self.listed = ""
        """The text that the list answers."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="finder") as box:
            box.border_title = Content(_("Search and commands"))
            yield TextInput(placeholder=_("Number, name, country or command"), id="finder-text")
            yield OptionList(id="finder-list", compact=True, markup=False)
            yield Static(
                Content("↑↓ " + _("choose") + "   ↵ " + _("open") + "   esc " + _("close")),
                classes="dialog-foot",
            )

    def on_mount(self) -> None:
        field = self.query_one("#finder-text", Input)
        field.focus()
        self.list_hits("")

    @on(Input.Changed, "#finder-text")
    def look(self, event: Input.Changed) -> None:
        """Search again for each change."""
        self.search(event.value)

    @work(exclusive=True, group="search")
    async def search(self, text: str) -> None:
        """An older answer never overwrites a newer one."""
        await self.look_up(text)

    async def look_up(self, text: str) -> None:
        """Ask the desk."""
        found = await attempt(self, "search.everything", text=text) if len(text.strip()) > 1 else []
        self.hits = found or []
        if self.tasks is None and len(text.strip()) > 1:
            self.tasks = await attempt(self, "tours.tasks") or []
        self.listed = text
        self.list_hits(text)

    def list_hits(self, text: str) -> None:
        """A task that is named first, then hits, tasks and commands that fit, and what there is to read."""
        found = tasks_for(self.tasks or (), text) if len(text.strip()) > 1 else []
        named = [task for task in found if task.named]
        options = [Option(task_line(task, KIND_CELLS), id=f"task-{task.answer}") for task in named]
        listed = [(hit, Option(line_of(hit), id=f"hit-{index}")) for index, hit in enumerate(self.hits)]
        options += [option for hit, option in listed if hit.kind != "article"]
        others = [task for task in found if not task.named]
        options += [Option(task_line(task, KIND_CELLS), id=f"task-{task.answer}") for task in others]
        wanted = text.strip().casefold()
        for action, (sign, says) in self.commands.items():
            if wanted in says.casefold():
                options.append(Option(command_line(sign, says), id=f"do-{action}"))
        options += [option for hit, option in listed if hit.kind == "article"]
        choices = self.query_one(OptionList)
        choices.clear_options()
        if not options:
            options = [
                Option(
                    Content(_("Nothing found. Try how it begins, or a number's last four digits.")),
                    disabled=True,
                )
            ]
        choices.add_options(options)
        choices.highlighted = 0 if not options[0].disabled else None

    def action_step(self, step: int) -> None:
        """Move through the results while the cursor stays in the field."""
        choices = self.query_one(OptionList)
        (choices.action_cursor_down if step > 0 else choices.action_cursor_up)()

    @on(Input.Submitted)
    async def open_highlighted(self, event: Input.Submitted) -> None:
        """Enter opens what is marked; who was quicker than the search gets what was typed, not what shows."""
        if event.value != self.listed:
            self.workers.cancel_group(self, "search")
            await self.look_up(event.value)
        choices = self.query_one(OptionList)
        if choices.highlighted is not None:
            await self.open(choices.get_option_at_index(choices.highlighted).id or "")

    @on(OptionList.OptionSelected)
    async def open_clicked(self, event: OptionList.OptionSelected) -> None:
        """A click opens too."""
        await self.open(event.option.id or "")

    async def open(self, choice: str) -> None:
        """Go to the thing, or do the command, on the screen below."""
        self.dismiss()
        if choice.startswith("hit-"):
            self.open_hit(self.hits[int(choice.removeprefix("hit-"))])
        elif choice.startswith("task-"):
            tour, _at, step = choice.removeprefix("task-").partition("@")
            self.below.post_message(TourWanted(tour, step))
        elif choice.startswith("do-"):
            active = self.commands_node(choice.removeprefix("do-"))
            if active is not None:
                self.app.call_later(self.app.run_action, *active)

    def open_hit(self, hit: Hit) -> None:
        """Go to its page; the search is in all services, so the selected one may have to be left."""
        visit = desk_of(self.below).visit
        if visit is not None and hit.service is not None and visit.group_id not in (None, hit.service):
            self.below.post_message(VisitChanged(visit.as_service(None, "")))
        self.below.post_message(OpenArea(AREAS.get(hit.opens[0], "my_data"), hit.opens))

    def commands_node(self, action: str) -> tuple[str, object] | None:
        """The action with the widget it belongs to."""
        for active in self.below.active_bindings.values():
            if active.binding.action == action:
                return action, active.node
        return None

    def on_click(self, event: events.Click) -> None:
        """A click beside the box, or on its last line, closes."""
        if event.widget is self or isinstance(event.widget, Static):
            self.dismiss()

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()


def commands_of(screen: Screen[None]) -> dict[str, tuple[str, str]]:
    """What can be done on a screen now: action to (key, words)."""
    found: dict[str, tuple[str, str]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        ours = binding.id or binding.show
        moves = key == "enter" or ((binding.id or "").startswith("list.") and not binding.show)
        if ours and not moves and binding.description and active.enabled and binding.action != "find":
            found.setdefault(binding.action, (key_name(key), _(binding.description)))
    return found


def line_of(hit: Hit) -> Content:
    """A hit in one line: what it is, its number or name, and what else tells it apart."""
    return Content.assemble(
        (f"{kind_name(hit.kind):<{KIND_CELLS}}", "$text-quiet"),
        (f"{safe(units.phone(hit.title), cells=TITLE_CELLS.get(hit.kind, 28)):<29}", "bold"),
        safe(units.phone(hit.subtitle), cells=26) if hit.kind not in TITLE_CELLS else "",
    )


def command_line(sign: str, says: str) -> Content:
    """A command in one line with its key."""
    return Content.assemble((f"{sign:<{KIND_CELLS}}", "bold $text-accent"), says)
