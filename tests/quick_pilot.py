"""Textual's pilot sleeps 20 ms at a time, several times for each key; most of a screen's test was sleep.

"Idle" stays what it is there: less than a millisecond of processor time during one such sleep.
"""

from __future__ import annotations

from textual import _wait

_wait.SLEEP_GRANULARITY = 0.004
