"""Waiting for a line: nothing that happens meanwhile is missed."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator

import pytest

from app.cli.plain.terminal import Terminal, _woken_by_signals


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """The signals that came."""
    came: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _frame: came.append(number))
    yield came
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_that_came_just_before_the_wait_ends_it(heard: list[int]) -> None:
    with _woken_by_signals() as woken:
        signal.raise_signal(signal.SIGUSR1)
        assert select.select(woken, [], [], 0)[0] == woken


def test_a_signal_between_two_pieces_of_a_line_loses_none_of_it(heard: list[int]) -> None:
    reader, writer = os.pipe()
    terminal = Terminal(reader)
    os.write(writer, b"half a ")
    if os.fork() == 0:
        os.kill(os.getppid(), signal.SIGUSR1)
        os.write(writer, b"line\n")
        os._exit(0)
    assert terminal.ask("Say: ", seconds=30) == "half a line"
    assert heard == [signal.SIGUSR1]
    os.wait()
    os.close(reader)
    os.close(writer)
