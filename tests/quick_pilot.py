"""The pilot of Textual, quicker and surer.

Textual's own sleeps 20 ms at a time, calls itself idle when the processor was, which on a busy machine it may
be at any moment, and sends a message to every control of the screen before and after each key. Here the pilot
looks whether anything is left to do: in the event loop, soon by its clock, or in a thread with work to do.

A style sheet that was read for one test is the same for the next.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, ThreadPoolExecutor
from time import monotonic, process_time
from typing import Any, Final

from textual import app, pilot, screen
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

FRAME: Final = 0.004
"""Seconds after a change until it is painted."""
SOON: Final = 1.5 * FRAME
"""What is due within so many seconds is waited for."""
BLOCKED: Final = 0.05
"""A thread that has used no processor for so many seconds waits for something that the test does later."""

_at_work: set[Any] = set()


async def until_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is left to do."""
    loop: Any = asyncio.get_running_loop()
    began = last_used = monotonic()
    used = process_time()
    while monotonic() - began < max_sleep:
        await asyncio.sleep(0)
        if loop._ready:
            continue
        if _at_work:
            if process_time() - used > 0.0005:
                used, last_used = process_time(), monotonic()
            if monotonic() - last_used < BLOCKED:
                await asyncio.sleep(0.0005)
                continue
        due = min((timer._when for timer in loop._scheduled if not timer._cancelled), default=None)
        if due is not None and due - loop.time() < SOON:
            await asyncio.sleep(max(0.0, due - loop.time()))
            continue
        if monotonic() - began >= min_sleep:
            return
        await asyncio.sleep(min_sleep)


async def _needless(_pilot: object, _timeout: float = 0.0) -> bool:
    """Whoever is idle has no message left to deal with."""
    await until_idle()
    return True


_submit = ThreadPoolExecutor.submit


def _counted(executor: Executor, /, *args: Any, **options: Any) -> Any:
    job = _submit(executor, *args, **options)  # type: ignore[arg-type]
    _at_work.add(job)
    job.add_done_callback(_at_work.discard)
    return job


ThreadPoolExecutor.submit = _counted  # type: ignore[method-assign,assignment]
screen.UPDATE_PERIOD = FRAME  # type: ignore[misc]
app.wait_for_idle = pilot.wait_for_idle = until_idle  # type: ignore[attr-defined]
pilot.Pilot._wait_for_screen = _needless  # type: ignore[method-assign,assignment]

_parse = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def _parse_once(sheet: Stylesheet, *source: Any, **options: Any) -> list[RuleSet]:
    key = (source, *sorted(options.items()), *sorted(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *source, **options)
    return _parsed[key]


Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign,assignment]
