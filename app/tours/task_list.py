"""The list of tasks: those of this screen first, then of this area, then all others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from app.i18n import _, mark, ngettext
from app.operations.tours import TaskRow
from app.screens.area_names import area_name
from app.text import safe
from app.widgets.modal import Modal
from app.widgets.text_input import TextInput

KEYS: Final = "keys"
"""The last row: what the keys do here."""
PREFIX: Final = "task-"
PRACTISE: Final = "practise-"
"""Before the id of a task: the person wants to practise it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks under a heading; one without any says by its title that there are none."""

    title: str
    tasks: tuple[TaskRow, ...]


Read = Callable[[], Awaitable[Sequence[Group]]]


class TaskList(Modal[str | None]):
    """Typing filters; Enter answers with the id of a task, or with "keys". F1 again shows the keys.

    Args:
        read: gives the tasks, the nearest first; they come while the list is there already.
        more: further rows, with the answer that each gives.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", mark("Close"), id="help.close"),
        Binding("f1", "keys", mark("Keys on this screen"), id="help.keys"),
        Binding("f3", "practise", mark("Practise"), id="help.practise"),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "leaf(1)", show=False, priority=True),
        Binding("pageup", "leaf(-1)", show=False, priority=True),
    ]
    place = "task_list"
    has_help = False

    def __init__(self, read: Read, more: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.read = read
        self.groups: tuple[Group, ...] | None = None
        """None until they are read."""
        self.more = tuple(more)
        """Further rows: the answer that each gives, and what it says."""
        self.tasks: dict[str, TaskRow] = {}

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="task-list") as box:
            box.border_title = Content(_("Need help"))
            yield TextInput(placeholder=_("What do you want to do?"), id="task-text")
            yield OptionList(id="task-options", compact=True, markup=False)
            foot = (
                "↑↓ "
                + _("choose")
                + "   ↵ "
                + _("show me how")
                + ("   F3 " + _("practise") if getattr(self.app, "may_practise", True) else "")
                + "   F1 "
                + _("keys")
                + "   esc "
                + _("close")
            )
            yield Static(Content(foot), classes="dialog-foot")

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self.list_tasks("")
        self.read_tasks()

    @work(exclusive=True)
    async def read_tasks(self) -> None:
        """Fill the list; what was typed meanwhile filters it."""
        self.groups = tuple(await self.read())
        self.tasks = {task.id: task for group in self.groups for task in group.tasks}
        self.list_tasks(self.query_one(Input).value)

    @on(Input.Changed, "#task-text")
    def typed(self, event: Input.Changed) -> None:
        """Only what fits; the key that led here, pressed again, leads on to the keys."""
        if event.value == "?":
            self.action_keys()
        else:
            self.list_tasks(event.value)

    def list_tasks(self, text: str) -> None:
        """Show the tasks in which every word that was typed occurs."""
        words = text.casefold().split()
        options: list[Option] = []
        for group in self.groups or ():
            found = [task for task in group.tasks if all(word in searched(task) for word in words)]
            if found or not (group.tasks or words):
                options.append(Option(Content.styled(safe(group.title), "$text-quiet bold"), disabled=True))
                options += [Option(task_line(task), id=PREFIX + task.id) for task in found]
            if not (group.tasks or words):
                options += self.further()
        if not options:
            nothing = _("No task fits.") if words else _("There are no tasks to show here.")
            nothing = _("Reading…") if self.groups is None else nothing
            options.append(Option(Content.styled(nothing, "$text-quiet"), disabled=True))
        if all(option.id not in dict(self.more) for option in options):
            options += self.further()
        options.append(
            Option(Content.assemble(("F1", "bold $text-accent"), "  ", _("Keys on this screen")), id=KEYS)
        )
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.add_options(options)
        choices.highlighted = next((at for at, each in enumerate(options) if not each.disabled), None)

    def further(self) -> list[Option]:
        """The rows that are no tasks."""
        return [Option(Content(f"    {safe(says)}"), id=answer) for answer, says in self.more]

    def action_step(self, step: int) -> None:
        """Move through the list while the cursor stays in the field."""
        choices = self.query_one(OptionList)
        (choices.action_cursor_down if step > 0 else choices.action_cursor_up)()

    def action_leaf(self, pages: int) -> None:
        """By whole pages."""
        choices = self.query_one(OptionList)
        if pages > 0:
            choices.action_page_down()  # type: ignore[no-untyped-call]
        else:
            choices.action_page_up()  # type: ignore[no-untyped-call]

    @on(Input.Submitted)
    def choose_highlighted(self) -> None:
        """Enter takes what is marked."""
        choices = self.query_one(OptionList)
        if choices.highlighted is not None:
            self.choose(choices.get_option_at_index(choices.highlighted).id or "")

    @on(OptionList.OptionSelected)
    def choose_clicked(self, event: OptionList.OptionSelected) -> None:
        """A click takes it too."""
        self.choose(event.option.id or "")

    def choose(self, answer: str) -> None:
        """Answer; a task that cannot be done now says why."""
        task = self.tasks.get(answer.removeprefix(PREFIX)) if answer.startswith(PREFIX) else None
        if task is not None and not task.possible:
            self.app.notify(safe(f"{task.reason} {task.who}".strip()), severity="warning", markup=False)
        elif answer:
            self.dismiss(answer)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box, or on its last line, closes."""
        if event.widget is self or isinstance(event.widget, Static):
            self.dismiss(None)

    def action_keys(self) -> None:
        """What the keys do on the screen below."""
        self.dismiss(KEYS)

    def action_practise(self) -> None:
        """Practise the marked task, also one that cannot be done now: the practice has all it needs."""
        choices = self.query_one(OptionList)
        if choices.highlighted is not None:
            answer = choices.get_option_at_index(choices.highlighted).id or ""
            if answer.startswith(PREFIX):
                self.dismiss(PRACTISE + answer.removeprefix(PREFIX))

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)


def searched(task: TaskRow) -> str:
    """What typing is compared with: the title, the area and the service."""
    return f"{task.title} {area_name(task.area)} {task.service}".casefold()


def task_line(task: TaskRow) -> Content:
    """A task with how long it takes, where it was left, or why it cannot be done now."""
    title = safe(task.title)
    if not task.possible:
        why = safe(f"{task.reason} {task.who}".strip())
        return Content.assemble((f"  ○ {title}\n", "$text-quiet"), (f"    {why}", "$text-quiet italic"))
    sign = {"done": "✓", "begun": "…"}.get(task.state, "›")
    minutes = ngettext("{n} minute", "{n} minutes", task.minutes).format(n=task.minutes)
    note = _("go on") if task.state == "begun" else minutes
    return Content.assemble((f"  {sign} ", "$text-accent"), title, (f"  {note}", "$text-quiet"))
