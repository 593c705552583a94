"""What is wrong in the operator's files, said so that the one who edits them can put it right."""

from __future__ import annotations


class ContentError(Exception):
    """One mistake in one file.

    `file` is relative to the content folder, `key` the dotted path of the setting or the line of a table,
    `problem` what is wrong, `cure` what to write instead; both are whole English sentences.
    """

    def __init__(self, file: str, key: str, problem: str, cure: str) -> None:
        super().__init__(file, key, problem, cure)
        self.file = file
        self.key = key
        self.problem = problem
        self.cure = cure

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.problem} {self.cure}"


class InvalidContent(Exception):
    """The content cannot be used; `errors` has every mistake that was found."""

    def __init__(self, errors: list[ContentError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = errors


def raise_if_any(errors: list[ContentError]) -> None:
    """Refuse content with mistakes."""
    if errors:
        raise InvalidContent(errors)
