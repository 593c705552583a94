"""The operator's folder: whether everything in it can be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.operations.core import Visit, operation


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where it is, what is wrong, what to write instead."""

    file: str
    key: str
    problem: str
    cure: str


@dataclass(frozen=True, slots=True)
class ContentReport:
    """All mistakes of a folder; none when it can be used."""

    folder: str
    mistakes: tuple[Mistake, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.mistakes


@operation("content.check", right="RUN_WORKER", changes=False)
def check(visit: Visit, folder: str = "") -> ContentReport:
    """Read everything of an operator's folder and list every mistake with its cure.

    Args:
        folder: another folder than the one in use.
    """
    from app.content.check import check_content

    place = Path(folder).expanduser().absolute() if folder else visit.content.folder
    mistakes = (Mistake(each.file, each.key, each.problem, each.cure) for each in check_content(place))
    return ContentReport(str(place), tuple(mistakes))
