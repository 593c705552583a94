"""OpenSSH's own programs, with a password that nobody has to type."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.serving.conftest import PASSWORD, PATIENCE, QUIET, Served

SOURCE = "127.0.0.41"
"""These tests come from here: what others try elsewhere does not count against them."""

OWN = ("-o", "IdentitiesOnly=yes", "-o", "IdentityFile=none", "-o", "IdentityAgent=none")

Stock = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def stock(served: Served, tmp_path: Path) -> Stock:
    """`stock("scp", "-r", "/usage", "here", user="admin")`: a path that begins with a slash is remote."""
    asking = tmp_path / "ask"
    asking.write_text(f"#!/bin/sh\necho '{PASSWORD}'\n")
    asking.chmod(0o700)

    def run(program: str, *words: str, user: str = "admin", **more: str) -> subprocess.CompletedProcess[str]:
        at = f"{user}@127.0.0.1"
        options = ["-o", "BatchMode=no", *QUIET, *OWN, "-o", f"BindAddress={SOURCE}"]
        port = ["-p" if program == "ssh" else "-P", str(served.port)]
        if program == "scp":
            words = tuple(f"{at}:{word}" if word.startswith("/") else word for word in words)
        else:
            words = (at, *words) if program == "ssh" else (*words, at)
        return subprocess.run(
            [f"/usr/bin/{program}", *options, *port, *words],
            env={**os.environ, "SSH_ASKPASS": str(asking), "SSH_ASKPASS_REQUIRE": "force"},
            cwd=tmp_path,
            input=more.get("input", ""),
            capture_output=True,
            text=True,
            check=False,
            timeout=2 * PATIENCE,
        )

    return run
