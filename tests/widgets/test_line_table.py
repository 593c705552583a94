from __future__ import annotations

import asyncio
from functools import partial

import pytest
from textual.app import ComposeResult

from app.widgets.base_app import SafeApp
from app.widgets.columns import Column, cell_text, fit
from app.widgets.line_table import LineTable
from app.widgets.list_panel import ListPanel
from app.widgets.rows import PAGE, Ask, Key, Later, MemorySource, Page, Rows
from tests.widgets.gallery import SHEETS

COLUMNS = [Column("Id", 8, align="right"), Column("Name", 10, flex=1), Column("Wide", 9, shown_from=100)]


class Numbers:
    """As many rows as wanted, made when they are asked for."""

    def __init__(self, total: int, slow: bool = False) -> None:
        self.total, self.slow = total, slow
        self.asked: list[Ask] = []
        self.missing: set[int] = set()
        self.fails = False

    def _all(self, text: str) -> range:
        return range(0, self.total, int(text or 1))

    def fetch(self, ask: Ask):
        self.asked.append(ask)
        if self.fails:
            raise OSError("disk")
        keys = (
            [key for key in self._all(ask.text) if key not in self.missing]
            if self.total < 10**4
            else self._all("")
        )
        if ask.backwards or ask.before is not None:
            stop = (len(keys) if ask.before is None else keys.index(ask.before)) - ask.skip
            part = keys[max(stop - ask.limit, 0) : stop]
        else:
            start = (0 if ask.after is None else keys.index(ask.after) + 1) + ask.skip
            part = keys[start : start + ask.limit]
        page = Page([(key, f"name {key}", "w") for key in part], list(part))
        return partial(self._later, page) if self.slow else page

    async def _later(self, page: Page) -> Page:
        await asyncio.sleep(0.01)
        return page

    def count(self, text: str) -> int:
        return len(self._all(text)) - len(self.missing)

    def position(self, key: Key, text: str) -> int | None:
        assert isinstance(key, int)
        return (
            None if key in self.missing else key // int(text or 1) - sum(gone < key for gone in self.missing)
        )


class Host(SafeApp):
    CSS_PATH = SHEETS

    def __init__(self, source: object) -> None:
        super().__init__()
        self.table = LineTable(COLUMNS, source, empty="Order a line with n.")  # type: ignore[arg-type]
        self.seen: list[tuple[str, object]] = []

    def compose(self) -> ComposeResult:
        yield ListPanel("Numbers", self.table)

    def on_mount(self) -> None:
        self.table.focus()

    def on_paged_list_row_activated(self, message: LineTable.RowActivated) -> None:
        self.seen.append(("open", message.key))

    def on_paged_list_export_requested(self, message: LineTable.ExportRequested) -> None:
        self.seen.append(("export", message.table))

    def on_paged_list_marks_changed(self, message: LineTable.MarksChanged) -> None:
        self.seen.append(("marks", message.marked))


def shown(app: Host) -> list[str]:
    table = app.table
    return [table.render_line(y).text.rstrip(" ┃") for y in range(table.size.height)]


@pytest.mark.capability("BX-05")
async def test_keys_move_the_cursor_as_in_vim() -> None:
    app = Host(Numbers(1_000_000))
    async with app.run_test(size=(80, 24)) as pilot:
        for key, cursor in [
            ("j", 1),
            ("down", 2),
            ("k", 1),
            ("G", 999_999),
            ("g", 0),
            ("end", 999_999),
            ("home", 0),
        ]:
            await pilot.press(key)
            assert app.table.cursor == cursor, key
            assert app.table.key == cursor
        lines = app.table.size.height - 1
        await pilot.press("pagedown")
        assert app.table.cursor == lines - 1
        await pilot.press("ctrl+d", "ctrl+u")
        assert app.table.cursor == lines - 1
        await pilot.press("pageup")
        assert app.table.cursor == 0


async def test_a_million_rows_are_read_by_key_and_few_are_kept() -> None:
    source = Numbers(1_000_000)
    app = Host(source)
    async with app.run_test(size=(80, 24)) as pilot:
        for _turn in range(60):
            await pilot.press("pagedown")
        assert all(ask.skip == 0 for ask in source.asked)
        assert all(ask.limit <= PAGE for ask in source.asked)
        await pilot.press("end", "pageup", "pageup")
        assert all(ask.skip == 0 for ask in source.asked)
        assert len(app.table.rows._pages) <= 16
        assert shown(app)[1].split()[0] == str(app.table.scroll_offset.y)


async def test_a_slow_source_fills_in_later() -> None:
    app = Host(Numbers(1000, slow=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.1)
        assert "name 3" in shown(app)[4]
        await pilot.press("end")
        await pilot.pause(0.1)
        assert "name 999" in shown(app)[-1]


async def test_empty_and_broken_lists_say_what_to_do() -> None:
    app = Host(Numbers(0))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Order a line with n." in " ".join(shown(app))
        broken = Numbers(5)
        broken.fails = True
        app.table.show(broken)
        await pilot.pause()
        assert "Press r to try again" in " ".join(shown(app))
        broken.fails = False
        await pilot.press("r")
        assert "name 0" in shown(app)[1]


async def test_open_export_and_marks() -> None:
    app = Host(Numbers(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "enter", "e", "space")
        await pilot.pause()
        assert app.seen == [("open", 1), ("export", app.table), ("marks", frozenset({1}))]
        assert shown(app)[2].startswith(" •")
        assert shown(app)[3].startswith("›")


async def test_mouse() -> None:
    app = Host(Numbers(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(LineTable, offset=(5, 4))
        assert (app.table.cursor, app.seen) == (3, [])
        await pilot.double_click(LineTable, offset=(5, 5))
        await pilot.pause()
        assert app.seen == [("open", 4)]
        await pilot.click(LineTable, offset=(5, 5))
        await pilot.pause()
        assert app.seen == [("open", 4)] * 2, "a click on the row of the cursor"
        await pilot.click(LineTable, offset=(79, 22))
        assert app.table.cursor > 900


async def test_the_filter_of_the_panel() -> None:
    app = Host(Numbers(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", "5", "0")
        await pilot.press("enter")
        assert app.table.rows.total == 20 or app.table.rows.text == "50"
        await pilot.pause()
        assert app.table.has_focus
        assert "name 50" in shown(app)[2]
        await pilot.press("escape")
        assert app.table.rows.text == ""


@pytest.mark.capability("BX-52")
async def test_a_live_change_keeps_the_cursor_on_its_row() -> None:
    source = Numbers(1000)
    app = Host(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.table.move_to_key(500)
        await pilot.pause()
        line = app.table.cursor - app.table.scroll_offset.y
        source.missing = {10, 20, 30}
        app.table.reload()
        await pilot.pause()
        assert app.table.key == 500
        assert app.table.cursor == 497
        assert app.table.cursor - app.table.scroll_offset.y == line


def test_columns_share_out_the_space() -> None:
    assert [place.width for place in fit(COLUMNS, 60)] == [8, 50]
    assert [place.width for place in fit(COLUMNS, 101)] == [8, 80, 9]


@pytest.mark.parametrize(
    "value, text",
    [
        ("abc", "abc  "),
        ("abcdef", "abcd…"),
        ("日本語", "日本…"),
        (None, "     "),
        ("a\x1b[2J", "a␛[2J"),
        (12, "12   "),
    ],
)
def test_a_cell_is_clean_and_as_wide_as_its_column(value: object, text: str) -> None:
    assert cell_text(value, 5, "left") == text


def test_a_far_jump_passes_over_rows_from_the_nearest_key() -> None:
    rows = Rows()
    rows.total = 10_000
    rows.put(0, Page([()] * PAGE, list(range(PAGE))))
    assert rows.ask(3) == Ask(PAGE, after=PAGE - 1, skip=2 * PAGE)
    assert rows.ask(78) == Ask(10_000 - 78 * PAGE, backwards=True)


def test_rows_in_memory_are_filtered_on_any_cell() -> None:
    source = MemorySource([("Anna", 1), ("Bert", 2)], ["a", "b"])
    assert source.fetch(Ask(10, text="BER")) == Page([("Bert", 2)], ["b"])
    assert source.position("b", "") == 1
    assert source.position("a", "bert") is None


class SlowSource(MemorySource):
    """Answers when it is let go."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__(rows)
        self.go = asyncio.Event()

    def fetch(self, ask: Ask) -> Later[Page]:  # type: ignore[override]
        async def work() -> Page:
            await self.go.wait()
            return super(SlowSource, self).fetch(ask)

        return work


async def test_a_late_page_of_another_source_is_not_taken_in() -> None:
    class Two(SafeApp):
        def compose(self) -> ComposeResult:
            yield LineTable([Column("Name", 10)])

    slow, quick = SlowSource([("old",)]), MemorySource([("new",)])
    async with Two().run_test() as pilot:
        table = pilot.app.query_one(LineTable)
        table.show(slow)
        await pilot.pause()
        table.show(quick)
        await pilot.pause()
        slow.go.set()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert table.row == ("new",)


async def test_a_filter_typed_while_a_page_is_read_is_answered() -> None:
    class One(SafeApp):
        def compose(self) -> ComposeResult:
            yield LineTable([Column("Name", 10)])

    slow = SlowSource([("anna",), ("bert",)])
    async with One().run_test() as pilot:
        table = pilot.app.query_one(LineTable)
        table.show(slow)
        await pilot.pause()
        table.set_filter("bert")
        await pilot.pause()
        slow.go.set()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert table.row == ("bert",)


async def test_a_list_that_is_gone_may_be_painted_once_more() -> None:
    """Its screen is laid out without it a moment later; until then its cells are empty."""
    app = Host(Numbers(5))
    async with app.run_test() as pilot:
        await pilot.pause()
        table = app.table
        crop = table.size.region
        await table.remove()
        assert [strip.text.strip() for strip in table.render_lines(crop)] == [""] * crop.height
