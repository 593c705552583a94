"""Operations for somebody who has not signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widget import Widget

from app.i18n import language
from app.screens.area import desk_of
from app.screens.desk import Desk

if TYPE_CHECKING:
    from app.content import Content
    from app.operations.core import Visit


async def ask(widget: Widget, name: str, /, **arguments: Any) -> Any:
    """Perform an operation as a visitor, in the desk's thread; the answer is in the screen's language.

    Raises:
        OperationError: with a text for the person.
    """
    desk, spoken = desk_of(widget), language()

    def perform_it() -> Any:
        from app.operations.core import perform

        return perform(visitor(desk, spoken), name, **arguments)

    answer = await desk.run(perform_it)
    desk.done(name)
    return answer


def visitor(desk: Desk, spoken: str, role: str = "") -> Visit:
    """Nobody yet, at this terminal."""
    from app.operations.core import Visit
    from app.vault import Vault

    assert desk.store is not None
    return Visit(
        desk.store,
        desk.clock,
        content_of(desk),
        role=role,
        language=spoken,
        channel=desk.settings.channel,
        address=desk.settings.address,
        vault=Vault(desk.settings.keys),
        audit_heads=desk.settings.audit_heads,
    )


def content_of(desk: Desk) -> Content:
    """The operator's content; it is there once the desk is open."""
    assert desk.content is not None
    return desk.content
