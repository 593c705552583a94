"""What stops an import as a whole. What is wrong with one row never does: that row goes to suspense."""

from __future__ import annotations


class IntakeError(Exception):
    """The file, or what was asked of it, cannot be worked with; the text names the cure."""


class Broken(Exception):
    """A compressed file ends before its end; the lines before the break were read."""
