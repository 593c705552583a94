"""One function, every door: the register of what people may do.

`@operation` checks the right, opens the transaction, writes the audit row and registers the function.
The first part of an operation's name is the module that holds it, so a door loads only what it uses.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.i18n import _, use_language
from app.operations.core import audit
from app.operations.core.arguments import check_arguments
from app.operations.core.errors import OperationError, Refused, RightMissing
from app.operations.core.standing import check_standing
from app.operations.core.visit import Visit
from app.store import IntegrityError

P = ParamSpec("P")
T = TypeVar("T")
Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing people may do: `name` is `<module>.<verb>`, `right` a row of the rights matrix."""

    name: str
    right: str
    costs: bool
    changes: bool
    function: Function

    @property
    def command(self) -> str:
        """How to call it from a shell."""
        return "loket " + self.name.replace(".", " ").replace("_", "-")

    @property
    def summary(self) -> str:
        """First line of what the function says of itself."""
        return (inspect.getdoc(self.function) or "").split("\n")[0]


_register: dict[str, Operation] = {}


def operation(
    name: str, *, right: str, costs: bool = False, changes: bool = True, own_transactions: bool = False
) -> Callable[[Callable[Concatenate[Visit, P], T]], Callable[Concatenate[Visit, P], T]]:
    """Register a function of a visit as an operation.

    Args:
        name: `<module>.<verb>`.
        right: the right it needs; see data/rights.toml.
        costs: whether it leads to a charge; such an operation answers with a quote.
        changes: False for reads: no transaction, no audit row.
        own_transactions: for work too long for one; it commits in parts and writes its audit row itself.
    """

    def register(function: Callable[Concatenate[Visit, P], T]) -> Callable[Concatenate[Visit, P], T]:
        @functools.wraps(function)
        def run(visit: Visit, *args: P.args, **kwargs: P.kwargs) -> T:
            with use_language(visit.language):
                allow(visit, name, right)
                check_arguments(_named(function, args, kwargs))
                if not changes or own_transactions:
                    return function(visit, *args, **kwargs)
                result: T = _change(visit, name, function, args, kwargs)
                return result

        _register[name] = Operation(name, right, costs, changes, run)
        found: Callable[Concatenate[Visit, P], T] = run  # type: ignore[assignment]
        return found

    return register


def allow(visit: Visit, name: str, right: str) -> None:
    """Deny by default; a refusal is written down.

    Raises:
        Refused: the role has no such right, or the visitor has lost that role.
        SignedOut, HelpEnded: the session, or an agent's time for a customer, is over.
    """
    try:
        if check_standing(visit) and visit.reach(right) is not None:
            return
        refusal = Refused(why_not(visit, right) or _("Your role may not do this."))
    except Refused as over:
        refusal = over
    if visit.tx is None:
        with visit.transaction():
            audit.append(visit, name, "refused")
    raise refusal


def why_not(visit: Visit, right: str) -> str:
    """Why the visitor may not do what needs a right; nothing where they may."""
    if visit.reach(right) is not None:
        return ""
    if visit.content.matrix.scope(visit.role, right) == "assisted":
        if visit.assistance is None:
            return _("Verify a caller of this customer first.")
        return _("This caller may not do this, so it cannot be done for them.")
    if visit.assistance is not None and right in visit.content.matrix.forbidden:
        return _("Only the customer may do this, after signing in. It cannot be done on a call.")
    if visit.is_staff:
        return _("Your role may not do this.")
    return _("You may not do this. Ask an administrator of your account.")


def _change(visit: Visit, name: str, function: Function, args: Any, kwargs: Any) -> Any:
    if visit.tx is not None:
        return function(visit, *args, **kwargs)
    try:
        with visit.transaction():
            result = function(visit, *args, **kwargs)
            audit.append(visit, name, "done", _personal(visit, function, args, kwargs))
    except RightMissing:
        with visit.transaction():
            audit.append(visit, name, "refused")
        raise
    except IntegrityError as error:
        # Which table and column said so is for the log, not for the person.
        raise OperationError(_("This change contradicts what is stored; nothing was saved.")) from error
    return result


def _personal(visit: Visit, function: Function, args: Any, kwargs: Any) -> str:
    """The arguments as they came, and what they changed; they may name people, so this part is erasable."""
    said = _named(function, args, kwargs)
    plain = {key: value for key, value in said.items() if isinstance(value, str | int | bool | list | tuple)}
    secret = {"password", "code", "secret"}
    told: dict[str, Any] = {key: value for key, value in plain.items() if key not in secret}
    if visit.changed:
        told["changed"] = visit.changed
    return json.dumps(told, default=str)[:4000] if plain or visit.changed else ""


def _named(function: Function, args: Any, kwargs: Any) -> dict[str, Any]:
    if not args:
        return dict(kwargs)
    names = list(inspect.signature(function).parameters)[1:]
    return {**dict(zip(names, args, strict=False)), **kwargs}


def get(name: str) -> Operation:
    """The operation of that name; loads its module on first use.

    Raises:
        KeyError: there is none.
    """
    if name not in _register:
        importlib.import_module(f"app.operations.{name.split('.')[0]}")
    return _register[name]


def registered() -> dict[str, Operation]:
    """The operations of the modules loaded so far, by name."""
    return dict(_register)


def perform(visit: Visit, name: str, /, **arguments: Any) -> Any:
    """Run an operation by name."""
    return get(name).function(visit, **arguments)


def every() -> list[Operation]:
    """All operations, by name; loads every module of the package."""
    package = importlib.import_module("app.operations")
    for module in pkgutil.iter_modules(package.__path__):
        if not module.ispkg:
            importlib.import_module(f"app.operations.{module.name}")
    return [_register[name] for name in sorted(_register)]
