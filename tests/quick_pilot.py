"""The pilot of Textual, quicker and surer.

Textual's own sleeps 20 ms at a time, calls itself idle when the processor was, which on a busy machine it may
be at any moment, and sends a message to every control of the screen before and after each key. Here the pilot
looks whether anything is left to do: in the event loop, soon by its clock, or in a thread with work to do. It
has the screen painted when all else is done, not sixty times a second.

A style sheet that was read for one test is the same for the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from time import monotonic, process_time
from typing import Any, Final

from textual import app, pilot
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen
from textual.widgets import Input, TextArea

SOON: Final = 0.005
"""What is due within so many seconds is waited for."""
BLOCKED: Final = 0.05
"""A thread that has used no processor for so many seconds waits for something that the test does later."""

_at_work: set[Any] = set()
_portals: list[App[Any]] = []
"""The application that a pilot uses now."""
_hurry = [False]
"""Whether the next key comes at once."""


async def until_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is left to do."""
    if _hurry[0]:
        return
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
        if sum(painted(portal, each) for portal in _portals for each in portal._screen_stack):
            continue
        due = min((timer._when for timer in loop._scheduled if not timer._cancelled), default=None)
        if due is not None and due - loop.time() < SOON:
            await asyncio.sleep(max(0.0, due - loop.time()))
            continue
        if monotonic() - began >= min_sleep:
            return
        await asyncio.sleep(min_sleep)


def painted(portal: App[Any], screen: Screen[Any]) -> bool:
    """Paint a screen, if anything on it has changed; whether it had."""
    timer = screen._Screen__update_timer  # type: ignore[attr-defined]
    if timer is None or not timer._active.is_set():
        return False
    with portal._context():  # a test may have two of them
        screen._on_timer_update()
    return True


async def _needless(pilot: pilot.Pilot[Any], _timeout: float = 0.0) -> bool:
    """Whoever is idle has no message left to deal with."""
    _portals[:] = [pilot.app]
    await until_idle()
    return True


_press = App._press_keys


async def _press_keys(portal: App[Any], keys: Iterable[str]) -> None:
    """Letters for a field at once, as from fast fingers; any other key when the one before has worked."""
    keys = list(keys)
    for key, following in zip(keys, [*keys[1:], ""], strict=True):
        in_field = isinstance(portal.focused, Input | TextArea)
        _hurry[:] = [in_field and len(key) == len(following) == 1]
        try:
            await _press(portal, [key])
        finally:
            _hurry[:] = [False]


_submit = ThreadPoolExecutor.submit


def _counted(executor: Executor, /, *args: Any, **options: Any) -> Any:
    job = _submit(executor, *args, **options)  # type: ignore[arg-type]
    _at_work.add(job)
    job.add_done_callback(_at_work.discard)
    return job


ThreadPoolExecutor.submit = _counted  # type: ignore[method-assign,assignment]
App._press_keys = _press_keys  # type: ignore[method-assign]
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
