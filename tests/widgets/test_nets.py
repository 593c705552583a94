"""The nets reach into Textual and Rich: when their internals change, these tests say so."""

from __future__ import annotations

import gc
import inspect
import re
import weakref
from importlib.metadata import version

import textual.content
from rich import control
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import DataTable, Digits, Input, Label, Log, Static

from app.text import MARKS
from app.widgets import base_app, nets

HOSTILE = "a\x1b]0;owned\x07b\x9b2J\x7f\u202e\u200b\x08c"


def test_textual_is_the_version_the_nets_were_written_for() -> None:
    assert version("textual") == "8.2.8"


def test_the_internals_are_still_there() -> None:
    assert base_app.nets is nets
    assert Strip.render is nets.render_clean
    for module in (textual.content, control):
        cleaner = module._strip_control_codes if module is textual.content else module.strip_control_codes
        assert inspect.signature(cleaner).parameters["_translate_table"].default is nets_table(module)
        assert nets_table(module)[0x1B] == MARKS[0x1B]
    assert {"_render_cache", "_segments"} <= set(Strip.__slots__)
    blink = Input.__dict__["cursor_blink"]
    assert isinstance(blink, Reactive)
    assert blink._default is False


def nets_table(module: object) -> dict[int, str]:
    return module._CONTROL_STRIP_TRANSLATE  # type: ignore[attr-defined, no-any-return]


def test_a_line_carries_styles_and_nothing_else() -> None:
    link = Style(bold=True, link="https://evil.example")
    line = Strip([Segment(HOSTILE, link), Segment("plain\x1b[2J")])
    out = line.render(Console(force_terminal=True, color_system="truecolor"))
    assert out == "\x1b[1ma␛]0;owned␇b�2J␡⇄␣␈c\x1b[0mplain␛[2J"


def test_text_and_content_are_cleaned_when_made() -> None:
    assert "\x1b" not in Content(HOSTILE).plain
    assert "\x1b" not in Text(HOSTILE).plain
    assert Content("a\tb\nc").plain == "a\tb\nc"


class Sinks(App[None]):
    def compose(self) -> ComposeResult:
        yield Label(HOSTILE, markup=False)
        yield Static(Content(HOSTILE))
        yield Input(HOSTILE)
        yield Log()
        yield Digits(HOSTILE)
        yield DataTable()

    def on_mount(self) -> None:
        self.query_one(Log).write_line(HOSTILE)
        table = self.query_one(DataTable)
        table.add_column("x")
        table.add_row(Text(HOSTILE))


async def test_no_widget_lets_a_control_code_out() -> None:
    app = Sinks()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        out = app.screen._compositor.render_update(full=True).render_segments(app.console)
    rest = re.sub(r"\x1b\[[0-9;]*[mH]", "", out)
    hidden = {each for each in rest if ord(each) in MARKS} - {"\r", "\n"}
    assert not hidden


def test_what_a_gone_widget_painted_is_let_go() -> None:
    lines = StylesCache()
    assert lines.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6, 0.5))[1].background == Color(1, 2, 3)
    gone = weakref.ref(lines)
    del lines
    gc.collect()
    assert gone() is None
