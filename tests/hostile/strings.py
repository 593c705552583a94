"""Texts that would act on a terminal, or on the portal, if they were shown as they are."""

from __future__ import annotations

HOSTILE = (
    "\x1b[2J\x1b[31mred",
    "\x1b]0;owned\x07title",
    "\x1b]52;c;aGFja2Vk\x07clip",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mC1 \x9d0;owned\x9c",
    "\x00nul \x07bell \x08back \x7fdel \x0eshift",
    "\u202erettel thgir\u202c \u2066x\u2069",
    "zero\u200bwidth\ufefftext \U000e0041tag",
    "[red]markup[/red] [bold",
    "[@click=app.quit]x[/]",
    "[@click=app.bell]press[/] [link=http://evil.example]l[/link]",
    "line\r\nbreak\ttab",
    "$text-accent {person} %s \\[",
    "é" * 3 + "e\u0301\u0302\u0303\u0304\u0305",
    "漢字" * 40,
)
