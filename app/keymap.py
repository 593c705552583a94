"""Keys of the person's own: a TOML file that gives commands other keys.

[keys]
"list.export" = "x"
"portal.find" = "ctrl+p,colon"
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, Final

from textual.app import App

from app.commands import Command, commands, key_names
from app.i18n import _

_KEY: Final = re.compile(r"((ctrl|shift|alt|super)\+)*([A-Za-z0-9]|f\d{1,2}|[a-z]+(_[a-z]+)*)")


_EVERYWHERE: Final = ("portal", "area")


class KeymapError(ValueError):
    """The file of keys cannot be used; the message names the file, the entry and the cure."""


def use_own_keys(app: App[Any], path: Path) -> str:
    """Give `app` the keys in `path`, when there is such a file; what is wrong with it, or nothing."""
    try:
        keys = load_keymap(path)
    except KeymapError as error:
        return str(error)
    if keys:
        app.set_keymap(keys)
    return ""


def load_keymap(path: Path) -> dict[str, str]:
    """Return command id to keys from `path`, nothing when there is no such file; KeymapError when wrong."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _error(path, "", _("it cannot be read: {reason}").format(reason=error)) from None
    keys = content.get("keys", {})
    if not isinstance(keys, dict) or set(content) - {"keys"}:
        raise _error(path, "", _("put all entries under one heading [keys]"))
    known = commands()
    for id, value in keys.items():
        _check_entry(path, known, id, value)
    _check_clashes(path, known, keys)
    return dict(keys)


def _check_entry(path: Path, known: dict[str, Command], id: str, value: object) -> None:
    if id not in known:
        near = difflib.get_close_matches(id, known, 1)
        if near:
            raise _error(path, id, _("there is no such command; did you mean “{near}”?").format(near=near[0]))
        raise _error(path, id, _("there is no such command; press F1 in the portal to see what there is"))
    if not isinstance(value, str) or not all(_KEY.fullmatch(key.strip()) for key in value.split(",")):
        raise _error(path, id, _("write keys like “x”, “ctrl+x” or “f5”, with commas between several"))


def _check_clashes(path: Path, known: dict[str, Command], keys: dict[str, str]) -> None:
    """Two commands that can be reached together on one key: one of them could never be given."""
    for id, value in keys.items():
        wanted = {key.strip() for key in value.split(",")}
        for other in known.values():
            near = other.group in (known[id].group, *_EVERYWHERE)
            taken = wanted & {key.strip() for key in keys.get(other.id, other.keys).split(",")}
            if near and other.id != id and taken and not _takes_turns(id, other.id):
                text = _("“{key}” is already the key of “{other}”; choose another, or move that one too")
                raise _error(path, id, text.format(key=key_names(min(taken)), other=other.id))


def _takes_turns(id: str, other: str) -> bool:
    """Whether two commands are never there together: the keys of a tour stand in for the one for help."""
    return id.startswith(("tour.", "help.")) and other == "portal.help"


def _error(path: Path, id: str, problem: str) -> KeymapError:
    where = f"{path}: [keys] {id}" if id else str(path)
    return KeymapError(f"{where}: {problem}")
