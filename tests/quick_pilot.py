"""Textual's pilot sleeps 20 ms at a time, several times for each key; most of a screen's test was sleep.

"Idle" stays what it is there: less than a millisecond of processor time during one such sleep, which lasts
longer than a frame does.
"""

from __future__ import annotations

from textual import _wait, screen

_wait.SLEEP_GRANULARITY = 0.005
screen.UPDATE_PERIOD = 0.004  # type: ignore[misc]
