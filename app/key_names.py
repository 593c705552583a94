"""Keys as people write them."""

from __future__ import annotations

from typing import Final

from app.i18n import _, mark

_NAMES: Final = {
    "question_mark": "?", "colon": ":", "slash": "/", "down": "↓",
    "up": "↑", "left": "←", "right": "→", "enter": "↵", "escape": "esc", "tab": "Tab",
    "backspace": "Backspace", "full_stop": ".", "comma": ",",
    "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<", "greater_than_sign": ">",
    "plus": "+", "minus": "-",
}  # fmt: skip
_LABELS: Final = {
    "space": mark("space"), "home": mark("Home key"), "end": mark("End key"), "delete": mark("Del"),
    "pagedown": mark("PgDn"), "pageup": mark("PgUp"),
}  # fmt: skip
"""Keys whose label differs from keyboard to keyboard."""


def key_names(keys: str) -> str:
    """Textual key names as people write them: "question_mark,f1" is "? F1"."""
    return " ".join(key_name(key.strip()) for key in keys.split(","))


def key_name(key: str) -> str:
    """One key in the reader's language: `ctrl+k` is ^K."""
    *modifiers, last = key.split("+")
    label = _LABELS.get(last)
    name = _(label) if label else _NAMES.get(last, last)
    if last[:1] == "f" and last[1:].isdigit():
        name = last.upper()
    if modifiers == ["ctrl"]:
        return "^" + (name.upper() if len(name) == 1 else name)
    return "".join(f"{each}-" for each in modifiers) + name
