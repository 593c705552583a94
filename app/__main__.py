"""The command `loket`: without arguments the portal opens, with arguments one thing is done."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run; the exit code. Nothing is loaded before it is known what is wanted."""
    if len(sys.argv) == 1:
        return _portal()
    from app.cli import main as command_line

    return command_line(sys.argv[1:])


def _portal() -> int:
    # Nothing is garbage yet: collecting while modules load costs a sixth of the start. The first painted
    # screen turns it on again.
    gc.disable()
    load_loop()
    from app.portal import run

    try:
        code = run()
    except Exception as error:
        from app.cli.failures import report

        return report(error, as_json=False)
    # All is written and closed; taking thousands of modules apart would keep the person waiting.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def load_loop() -> None:
    """Load the event loop without OpenSSL, as on a Python built without: the portal opens no connections."""
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]


if __name__ == "__main__":
    sys.exit(main())
