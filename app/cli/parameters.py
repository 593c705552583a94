"""What an operation takes, read from its signature and docstring: the one source of its command."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any, Literal

from app.cli.shapes import HOOKS
from app.operations.core.registry import Function

Kind = Literal["line", "month", "int", "bool", "str", "list", "json", "secret"]
REQUIRED = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation and how it is written on a command line."""

    name: str
    kind: Kind
    default: Any
    help: str
    option: str
    """`--data-bundle`; a secret has none, only the name it is asked by: `PASSWORD`."""
    alone: bool = False
    """May stand without its option, as the FILE of an import: the only one that must be given, or a file."""

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.default is REQUIRED


def parameters(function: Function, spelling: dict[str, str]) -> list[Parameter]:
    """All parameters but the visit; a sole required one, or a file, may stand alone; a line is `--line`.

    Args:
        spelling: option by parameter name where it differs from the name.
    """
    signature = list(inspect.signature(function).parameters.values())[1:]
    texts = said_of(inspect.getdoc(function) or "")
    required = [
        each.name for each in signature if each.default is REQUIRED and not _is_secret(str(each.annotation))
    ]
    alone = required[0] if len(required) == 1 else "path" if "path" in required else ""
    found = []
    for each in signature:
        if each.kind in (each.VAR_KEYWORD, each.VAR_POSITIONAL) or each.name in HOOKS:
            continue
        kind = kind_of(each.name, str(each.annotation))
        option = "--" + spelling.get(each.name, each.name.replace("_", "-"))
        if kind == "line":
            option = "--line"
        elif kind == "secret":
            option = each.name.upper()
        text = texts.get(each.name, "")
        found.append(Parameter(each.name, kind, each.default, text, option, alone=each.name == alone))
    return found


def kind_of(name: str, annotation: str) -> Kind:
    """How text becomes a value: by name for lines and months, else by the type as written."""
    bare = _bare(annotation)
    if _is_secret(annotation):
        return "secret"
    if name == "line_id":
        return "line"
    if bare == "int":
        return "month" if name == "month" else "int"
    if bare in ("str", "Path"):
        return "str"
    if bare == "bool":
        return "bool"
    if bare in ("list[str]", "tuple[str,...]", "Sequence[str]"):
        return "list"
    return "json"


def _bare(annotation: str) -> str:
    return annotation.replace(" ", "").replace("|None", "").strip("'\"")


def _is_secret(annotation: str) -> bool:
    return _bare(annotation).split(".")[-1] == "Secret"


def said_of(doc: str) -> dict[str, str]:
    """The texts under `Args:` of a docstring by parameter name."""
    found: dict[str, str] = {}
    inside, name = False, ""
    for line in doc.splitlines():
        if re.fullmatch(r"[A-Z]\w+:", line):
            inside = line == "Args:"
        elif inside and (match := re.fullmatch(r"    (\w+): (.*)", line)):
            name = match[1]
            found[name] = match[2]
        elif inside and name and line.startswith("     "):
            found[name] += " " + line.strip()
    return found
