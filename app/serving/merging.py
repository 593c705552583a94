"""Pages that are the same in all sessions, kept once by the kernel, where the operator asks for it.

A session writes on most pages of the program that it shares with the others, if only to count references,
and many are then the same again. The kernel finds them in its own time: KSM, `prctl(2)` PR_SET_MEMORY_MERGE
since Linux 6.4. It is asked for by a setting, and not otherwise: who can tell a quick write from a slow one
may learn whether somebody else has a page of the same content.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.settings import SettingsError, read_settings

PR_SET_MEMORY_MERGE: Final = 67
KERNEL: Final = Path("/sys/kernel/mm/ksm/run")
"""Holds 1 while the kernel looks for equal pages."""

_libc = ctypes.CDLL(None, use_errno=True)


def merge_if_asked() -> None:
    """Do what the operator's setting says; what is in the way is written to standard error.

    A setting that cannot be used is told by the first child, as anywhere.
    """
    with suppress(SettingsError):
        if read_settings().merge_memory and (problem := merge()):
            print(f"LOKET_MERGE_MEMORY: {problem}", file=sys.stderr, flush=True)


def merge() -> str:
    """Let the kernel merge pages of this process and of all that it forks; why nothing would come of it."""
    if _libc.prctl(PR_SET_MEMORY_MERGE, 1, 0, 0, 0) != 0:
        return "this kernel cannot merge memory. It takes Linux 6.4 with CONFIG_KSM."
    if KERNEL.read_text().strip() != "1":
        return f"the kernel does not look for equal pages. Write 1 to {KERNEL}."
    return ""
