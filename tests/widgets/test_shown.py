"""Only what differs is sent, and the terminal shows the same as if everything were."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from app.widgets.shown import Shown

WIDTH, HEIGHT = 12, 3
CONSOLE = Console(color_system="truecolor", force_terminal=True)
COLOURS = ("#ff0000", "#00ff00", "on #0000ff")

Row = tuple[tuple[int, str, str], ...]
"""Pieces of a row: cells, what fills them, colour."""


def rows() -> st.SearchStrategy[Row]:
    """A row of pieces that fills the screen from edge to edge."""
    edges = st.sets(st.integers(1, WIDTH - 1), max_size=4).map(lambda found: sorted({*found, WIDTH}))
    looks = st.lists(
        st.tuples(st.sampled_from("ab世 "), st.sampled_from(COLOURS)), min_size=WIDTH, max_size=WIDTH
    )
    return st.tuples(edges, looks).map(
        lambda drawn: tuple(
            (end - start, sign, colour)
            for start, end, (sign, colour) in zip([0, *drawn[0]], drawn[0], drawn[1], strict=False)
        )
    )


def strip(cells: int, sign: str, colour: str) -> Strip:
    text = sign * cells if sign != "世" else (sign * (cells // 2)).ljust(cells - cells // 2)
    return Strip([Segment(text, Style.parse(colour))], cells)


def whole(frame: Sequence[Row]) -> LayoutUpdate:
    return LayoutUpdate([[strip(*piece) for piece in row] for row in frame], Region(0, 0, WIDTH, HEIGHT))


def part(frame: Sequence[Row], spans: Sequence[tuple[int, int, int]]) -> ChopsUpdate:
    ends = [list(accumulate(cells for cells, _sign, _colour in row)) for row in frame]
    chops = [
        dict(zip([0, *row_ends], (strip(*piece) for piece in row), strict=False))
        for row, row_ends in zip(frame, ends, strict=True)
    ]
    return ChopsUpdate(chops, list(spans), ends)


class Screen:
    """A terminal, and what was sent to it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.screen.reset_mode(pyte.modes.DECAWM)
        self.stream = pyte.Stream(self.screen)

    def show(self, sent: str) -> None:
        self.stream.feed(sent)

    def cells(self) -> list[list[object]]:
        return [[self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


FRAMES = st.tuples(*[rows()] * HEIGHT)
SPANS = st.lists(
    st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.integers(1, WIDTH)).filter(
        lambda span: span[1] < span[2]
    ),
    min_size=1,
    max_size=3,
).map(sorted)


@given(st.lists(st.tuples(FRAMES, st.none() | SPANS), min_size=1, max_size=6))
def test_the_terminal_shows_the_same_as_if_all_were_sent(
    paints: list[tuple[tuple[Row, ...], list[tuple[int, int, int]] | None]],
) -> None:
    plain, spared, shown = Screen(), Screen(), Shown()
    for frame, spans in paints:
        update = whole(frame) if spans is None else part(frame, spans)
        plain.show(update.render_segments(CONSOLE))
        spared.show(shown.changes(update, CONSOLE))
        assert spared.cells() == plain.cells()


ROW: Row = ((5, "a", "#ff0000"), (7, "b", "#00ff00"))


def test_what_stands_there_is_not_sent_again() -> None:
    shown = Shown()
    assert shown.changes(whole([ROW] * HEIGHT), CONSOLE)
    assert shown.changes(whole([ROW] * HEIGHT), CONSOLE) == ""
    assert shown.changes(part([ROW] * HEIGHT, [(0, 0, WIDTH)]), CONSOLE) == ""
    other: Row = (ROW[0], (7, "c", "#00ff00"))
    sent = shown.changes(whole([ROW, other, ROW]), CONSOLE)
    assert "c" * 7 in sent
    assert "a" not in sent
    assert sent.startswith("\x1b[2;6H")


def test_what_was_forgotten_is_sent_again() -> None:
    shown = Shown()
    first = shown.changes(whole([ROW] * HEIGHT), CONSOLE)
    shown.forget()
    assert shown.changes(whole([ROW] * HEIGHT), CONSOLE) == first
