"""One visitor's process; `app.kiosk.keeper` starts it, and the next one after it."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from app.kiosk.orphan import die_with_parent

if TYPE_CHECKING:
    from app.content.errors import ContentError
    from app.settings import Settings


def main() -> int:
    """Show the kiosk until the visit is over; the exit code says what comes next, see `app.kiosk.codes`."""
    die_with_parent()
    os.umask(0o077)
    parser = argparse.ArgumentParser(prog="python -m app.kiosk")
    parser.add_argument("--address", default="")
    given = parser.parse_args()
    # Nothing is garbage yet; the first painted screen turns it on again.
    gc.disable()
    from app.__main__ import load_loop

    load_loop()
    from app.settings import read_settings

    return run(replace(read_settings(), channel="kiosk", address=given.address))


def run(settings: Settings) -> int:
    """Show the kiosk with these settings until the visit is over; the exit code."""
    from app.content.operator import read_operator
    from app.i18n import set_language
    from app.kiosk.application import Kiosk
    from app.log import keep_log

    errors: list[ContentError] = []
    operator = read_operator(settings.content, errors)
    if errors:
        raise errors[0]
    set_language(operator.languages[0])
    keep_log(settings.home)
    kiosk = Kiosk(settings, operator)
    kiosk.run()
    return kiosk.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
