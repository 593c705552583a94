"""`loket help`: the tasks of the portal; `loket help TASK`: one of them in plain, numbered lines.

Named with --as, or by a token, a person sees their own tasks with what is not possible now and why. Without,
all tasks are listed, and no database is needed.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from itertools import groupby

from app.cli.failures import WrongUsage
from app.cli.host import Host
from app.cli.output import show
from app.cli.parser import parser_of
from app.cli.plain_tour import plain_tour
from app.clock import Clock
from app.content import Content, load_content
from app.i18n import LANGUAGES, _, language, mark, use_language
from app.operations.core import perform
from app.operations.tours import TaskRow, all_tasks
from app.settings import Settings

AREAS = {
    "sign_in": mark("Sign in"),
    "dashboard": mark("Dashboard"),
    "services": mark("Services"),
    "my_products": mark("My Products"),
    "my_data": mark("My Data"),
    "info": mark("Info"),
    "support": mark("Support"),
    "helpdesk": mark("Helpdesk"),
}
STATES = {"new": " ", "begun": "…", "done": "✓"}


def run_help(argv: list[str], clock: Clock | None, host: Host) -> int:
    """Show the list of tasks, or one task; the exit code.

    Raises:
        WrongUsage: there is no such task.
    """
    parser = parser_of("loket help", _("Tasks of the portal step by step, in plain lines."), [])
    parser.add_argument("task", nargs="?", default="", help=_("one of them; default: the list"))
    parser.add_argument("--language", choices=LANGUAGES, default="", help=_("read it in this language"))
    given = parser.parse_args(argv)
    settings = host.settings()
    content = load_content(settings.content)
    reader, tasks = _tasks(host, settings, content, given.login, given.account, clock)
    with use_language(given.language or reader):
        if not given.task:
            _show_list(tasks(), as_json=given.json)
            return 0
        tour = content.tours.tours.get(given.task.partition("@")[0])
        if tour is None:
            return _not_a_task(given.task, content)
        told = plain_tour(tour, settings)
        if given.json:
            show(told, "json", "UTC")
        else:
            print("\n".join(told.lines()))
        return 0


def _tasks(
    host: Host, settings: Settings, content: Content, login: str, account: str, clock: Clock | None
) -> tuple[str, Callable[[], list[TaskRow]]]:
    """The reader's language, and what lists their tasks."""
    if not host.knows_reader(settings, login):
        return language(), lambda: all_tasks(content)
    visit = host.visit(settings, login, account, clock, "needed")

    def of_reader() -> list[TaskRow]:
        visit.language = language()
        try:
            found: list[TaskRow] = perform(visit, "tours.tasks")
            return found
        finally:
            host.leave(visit, settings)

    return visit.language, of_reader


def _show_list(tasks: list[TaskRow], *, as_json: bool) -> None:
    if as_json:
        show(tasks, "json", "UTC")
        return
    longest = max((len(task.id) for task in tasks), default=0)
    for area, rows in groupby(tasks, lambda task: task.area):
        print(_(AREAS[area]))
        for task in rows:
            print(f"  {STATES[task.state]} {task.id.ljust(longest)}  {task.title}")
            if not task.possible:
                print(" " * (longest + 6) + " ".join(filter(None, (task.reason, task.who))))
        print()
    print(_("'loket help TASK' shows one step by step; in the portal F1 does. Commands: 'loket --help'."))


def _not_a_task(word: str, content: Content) -> int:
    """A subject of commands is helped with too.

    Raises:
        WrongUsage: it is neither a task nor a subject.
    """
    from app.cli.listing import subject_lines

    if lines := subject_lines(word):
        print("\n".join(lines))
        return 0
    said = [_("There is no task '{task}'.").format(task=word)]
    if close := difflib.get_close_matches(word, content.tours.tours, n=1):
        said.append(_("Did you mean '{command}'?").format(command=f"loket help {close[0]}"))
    raise WrongUsage(" ".join([*said, _("'loket help' lists them all.")]))
