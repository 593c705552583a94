"""Keys as people write them."""

from __future__ import annotations

from typing import Final

_NAMES: Final = {
    "question_mark": "?", "colon": ":", "slash": "/", "pagedown": "PgDn", "pageup": "PgUp", "down": "↓",
    "up": "↑", "left": "←", "right": "→", "enter": "↵", "escape": "esc", "space": "space", "home": "Home",
    "end": "End", "tab": "Tab", "delete": "Del", "backspace": "Backspace", "full_stop": ".", "comma": ",",
    "left_square_bracket": "[", "right_square_bracket": "]", "less_than_sign": "<", "greater_than_sign": ">",
    "plus": "+", "minus": "-",
}  # fmt: skip


def key_names(keys: str) -> str:
    """Textual key names as people write them: "question_mark,f1" is "? F1"."""
    return " ".join(key_name(key.strip()) for key in keys.split(","))


def key_name(key: str) -> str:
    """One key: `ctrl+k` is ^K."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last) or (last.upper() if last[:1] == "f" and last[1:].isdigit() else last)
    if modifiers == ["ctrl"]:
        return "^" + (name.upper() if len(name) == 1 else name)
    return "".join(f"{each}-" for each in modifiers) + name
