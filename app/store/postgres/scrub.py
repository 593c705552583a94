"""Takes rows that were removed out of the files of a database."""

from __future__ import annotations

import logging
import re
import time
from typing import Any, Final

from psycopg.errors import Diagnostic

logger = logging.getLogger("loket.store")

WAITS: Final = (0.0, 0.1, 0.4, 1.5, 5.0)
"""Seconds before each try: what another session may still look at cannot be taken away yet."""
_COUNT: Final = re.compile(r"\d+")


def scrub(connection: Any) -> None:
    """Write all tables anew, without their removed rows."""
    for wait in WAITS:
        time.sleep(wait)
        if not _left_over(connection):
            return
    logger.warning("rows that were removed are still in the files: another session looks at an old state")


def _left_over(connection: Any) -> int:
    """Write all tables anew; how many removed rows had to be kept."""
    kept = 0

    def heard(told: Diagnostic) -> None:
        nonlocal kept
        # Its words depend on the language of the server, their order does not: the first number counts rows.
        found = _COUNT.search(told.message_detail or "")
        kept += int(found[0]) if found else 0

    connection.add_notice_handler(heard)
    try:
        connection.execute("VACUUM (FULL, VERBOSE)")
    finally:
        connection.remove_notice_handler(heard)
    return kept
