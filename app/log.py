"""What the operator should know and the person at the screen need not: LOKET_HOME/loket.log.

Nothing personal is logged. While the portal has the whole terminal, warnings can go nowhere else.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final

NAME: Final = "loket"
"""The logger above all others of the portal."""
MOST_BYTES: Final = 1_000_000
"""Then the file is put aside as loket.log.1, in place of the one before."""


class LogFile(logging.Handler):
    """Appends lines to a file that only its owner reads; it is made with the first line.

    A log that cannot be written never disturbs what it tells about.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self.path = path
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record).replace("\n", " ") + "\n"
        try:
            if self.path.exists() and self.path.stat().st_size > MOST_BYTES:
                self.path.replace(self.path.with_name(f"{self.path.name}.1"))
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(file, "a", encoding="utf-8", errors="replace") as log:
                log.write(line)
        except OSError:
            pass


def keep_log(home: Path) -> None:
    """Write what is logged from now on into a folder, and nowhere else."""
    logger = logging.getLogger(NAME)
    for handler in [each for each in logger.handlers if isinstance(each, LogFile)]:
        logger.removeHandler(handler)
    logger.addHandler(LogFile(home / f"{NAME}.log"))
    logger.propagate = False
