"""What systemd is told about Loket: units, the service account, its folders. `@name@` stands for a path."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
SETTINGS: Final = "/etc/loket/loket.env"
PLACES: Final = {
    ".service": "etc/systemd/system",
    ".timer": "etc/systemd/system",
    ".env": "etc/loket",
}
"""Where a file belongs, by its ending."""
HOME: Final = Path("/var/lib/loket")
BACKUPS: Final = Path("/var/backups/loket")
RENAMED: Final = {
    "sysusers.conf": "etc/sysusers.d/loket.conf",
    "tmpfiles.conf": "etc/tmpfiles.d/loket.conf",
    "loket.sh": "usr/local/sbin/loket",
}


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths in units: the program, its home, the folder of backups."""

    loket: Path
    home: Path
    backups: Path

    def filled(self, text: str) -> str:
        """A text with these paths, and what all services share, in their places.

        Raises:
            ValueError: a path that systemd would read as something else.
        """
        # A path is checked where it comes in, not where systemd misreads it.
        hardening = (HERE / "hardening.part").read_text(encoding="utf-8").strip()
        text = text.replace("@hardening@", hardening).replace("@settings@", SETTINGS)
        for name in ("loket", "home", "backups"):
            path = str(getattr(self, name))
            if shlex.quote(path) != path or "%" in path or not path.startswith("/"):
                raise ValueError(path)
            text = text.replace(f"@{name}@", path)
        return text


def program() -> Path:
    """The `loket` of this installation: beside the Python that runs."""
    return Path(sys.prefix) / "bin" / "loket"


def names() -> list[str]:
    """The files there are."""
    kinds = {".service", ".timer", ".conf", ".env", ".sh"}
    return sorted(path.name for path in HERE.iterdir() if path.suffix in kinds)


def text_of(name: str, paths: Paths) -> str:
    """One file as it is to be installed."""
    return paths.filled((HERE / name).read_text(encoding="utf-8"))


def place_of(name: str) -> str:
    """Where it belongs, from the root of the system."""
    return RENAMED.get(name) or f"{PLACES[Path(name).suffix]}/{name}"


def install(root: Path, paths: Paths) -> dict[str, str]:
    """Write all files below `root`; what became of each: `written`, `unchanged` or `kept`.

    Settings that are there stay as they are. A file is there whole or not at all.

    Raises:
        OSError: a file cannot be written.
        ValueError: a path that systemd would read as something else.
    """
    made = {name: text_of(name, paths) for name in names()}
    return {place_of(name): _write(root / place_of(name), text) for name, text in made.items()}


def _write(path: Path, text: str) -> str:
    if path.exists():
        if path.suffix == ".env":
            return "kept"
        if path.read_text(encoding="utf-8") == text:
            return "unchanged"
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    aside.chmod(0o755 if text.startswith("#!") else 0o644)
    aside.replace(path)
    return "written"
