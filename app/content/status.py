"""What is wrong now and what is planned, as the operator tells everybody: data/status.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.content.texts import Texts

FILE: Final = "status.toml"
KINDS: Final = ("fault", "maintenance", "message")


@dataclass(frozen=True, slots=True)
class StatusNotice:
    """One notice; kind: fault, maintenance or message; begins and ends (None: open) in unix seconds."""

    kind: str
    begins: int
    ends: int | None
    title: Texts
    text: Texts


def read_status(folder: Path, errors: list[ContentError]) -> tuple[StatusNotice, ...]:
    """The notices of a folder, which need not have the file; one with mistakes is left out."""
    if not (folder / FILE).exists():
        return ()
    root = read_toml(folder / FILE, FILE, errors)
    found = [_notice(section, errors) for section in root.sections("notice", optional=True)]
    root.finish()
    return tuple(notice for notice in found if notice is not None)


def _notice(section: Section, errors: list[ContentError]) -> StatusNotice | None:
    known = len(errors)
    notice = StatusNotice(
        kind=section.text("kind", choices=KINDS),
        begins=section.instant("begins") or 0,
        ends=section.instant("ends", optional=True),
        title=section.texts("title"),
        text=section.texts("text"),
    )
    if notice.ends is not None and notice.ends <= notice.begins:
        section.error("ends", "It ends before it begins.", "Write a later moment.")
    section.finish()
    return notice if len(errors) == known else None
