from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.widgets.columns import cell_len
from app.widgets.meter import Meter
from app.widgets.notice import Notice
from app.widgets.painted import joined
from app.widgets.plot import DailyPlot, sparkline


def text(lines: list[list[tuple[str, str]]]) -> list[str]:
    return ["".join(part for part, _tone in line) for line in lines]


def test_a_meter_says_in_words_what_its_colour_says() -> None:
    for used, word, tone in [
        (20, "20%", "success"),
        (80, "80% high", "warning"),
        (100, "100% full", "error"),
        (150, "150% full", "error"),
    ]:
        line = Meter("Data", used, 100, f"{used} of 100 MB").lines(80)[0]
        assert line[-1] == (f" {word}", tone)
        assert f"{used} of 100 MB" in text([line])[0]
    assert "no limit" in text(Meter("Data", 5, None, "5 GB").lines(80))[0]
    assert "100% full" in text(Meter("Data", 0, 0, "0 of 0").lines(80))[0]


@given(st.integers(0, 10**12), st.integers(1, 10**12), st.integers(60, 200))
def test_a_meter_fits_its_line(used: int, total: int, width: int) -> None:
    assert cell_len(text(Meter("Data", used, total, "x").lines(width))[0]) <= width


def test_a_sparkline_shows_everything_above_zero() -> None:
    assert sparkline([0, 1, 50, 100]) == " ▁▄█"
    assert sparkline([]) == ""


def test_a_plot_has_axis_numbers_and_days() -> None:
    lines = text(DailyPlot("Data", [0, 5, 10], ["1 Nov", "2 Nov", "3 Nov"], lambda v: f"{v} MB", 2).lines(60))
    assert "total 15 MB, most on 3 Nov: 10 MB" in lines[0]
    assert lines[1].startswith("10 MB │")
    assert lines[2].startswith("    0 │")
    assert "1 Nov" in lines[-1]
    assert "Nothing used yet." in text(DailyPlot("Data", [0, 0], ["a", "b"]).lines(60))[1]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40), st.integers(50, 120))
def test_a_plot_fits_its_space(values: list[int], width: int) -> None:
    lines = text(DailyPlot("Data", values, [f"{n}" for n in range(len(values))]).lines(width))
    assert all(cell_len(line) <= width for line in lines[1:])


def test_a_notice_has_a_sign_and_wraps() -> None:
    lines = text(Notice("one two three four", "error").lines(14))
    assert lines[0].startswith(" ✗ ")
    assert len(lines) > 1


def test_the_right_end_of_a_line_is_kept_whole() -> None:
    assert text([joined([("left" * 10, "")], [("right", "")], 20)])[0] == "leftleftleftle right"
