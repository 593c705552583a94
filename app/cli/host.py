"""Where a command is typed: on the operator's own machine, or elsewhere by somebody who signed in.

The command line is the same everywhere; who acts, what is refused and where files go differs by the host.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from app.settings import Settings, machine_language, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.clock import Clock
    from app.operations.core import Visit
    from app.operations.core.registry import Operation


class Host:
    """The operator's own machine: whoever may read the database there acts for the operator."""

    is_the_machine = True
    """Whether variables of its environment choose the database and who acts."""

    def settings(self) -> Settings:
        """The settings of this command."""
        return read_settings()

    def language(self) -> str:
        """The language of help, and of who is not known yet."""
        return machine_language(os.environ)

    def check(self, words: list[str]) -> None:
        """Refuse what is not for here, before anything is read.

        Args:
            words: the first ones of the command: a subject and a verb, or one word like `worker`.

        Raises:
            Refused: with a sentence that says why.
        """

    def offers(self, words: list[str]) -> bool:
        """Whether help names a command here; see `check`."""
        from app.operations.core.errors import Refused

        try:
            self.check(words)
        except Refused:
            return False
        return True

    def visit(
        self, settings: Settings, login: str, account: str, clock: Clock | None, database: str
    ) -> Visit:
        """Who acts; see `visits.open_visit`."""
        from app.cli.visits import open_visit

        return open_visit(settings, login, account, clock, database=database)

    def knows_reader(self, settings: Settings, login: str) -> bool:
        """Whether help is for somebody known, who has tasks of their own."""
        return bool(login) or settings.token_file is not None

    def leave(self, visit: Visit, settings: Settings) -> None:
        """The end of the command; see `visits.close_visit`."""
        from app.cli.visits import close_visit

        close_visit(visit, settings)

    def pieces(self, visit: Visit, operation: Operation, arguments: dict[str, Any]) -> Iterator[str] | None:
        """The text of a file that this operation would write here, where it is to be printed instead."""
        return None
