"""The command line: every operation as `loket <subject> <verb>`, for people and, with --json, for scripts.

A command loads only the module of its own subject; the list of all commands loads them all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.cli.failures import report
from app.clock import Clock

if TYPE_CHECKING:
    from app.cli.host import Host


def main(argv: Sequence[str], clock: Clock | None = None, host: Host | None = None) -> int:
    """Do what the arguments say; the exit code: 0 done, 2 to 6 by the kind of error, 1 anything else.

    Args:
        host: where it is typed; default: the operator's own machine.
    """
    from app.cli import host as hosts
    from app.cli.dispatch import dispatch

    try:
        code = dispatch(list(argv), clock, host or hosts.Host())
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except SystemExit as end:
        # The parser has shown its help.
        return int(end.code or 0)
    except (KeyboardInterrupt, EOFError):
        # Who closes the input where something is asked wants no more of it either.
        return 130
    except Exception as error:
        return report(error, "--json" in argv)
    return code


__all__ = ["main"]
