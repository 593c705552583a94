"""The units for systemd: whole, accepted by systemd itself, and allowed little."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.serving import units
from tests.cli.conftest import Loket, home, loket  # noqa: F401

PROGRAM = Path(sys.executable)
PATHS = units.Paths(PROGRAM, units.HOME, units.BACKUPS)
needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *words], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    units.install(tmp_path / "root", PATHS)
    return tmp_path / "root"


def services(root: Path) -> list[Path]:
    return sorted((root / "etc/systemd/system").glob("*.service"))


def test_every_file_has_its_place_and_no_gap(root: Path) -> None:
    for name in units.names():
        text = (root / units.place_of(name)).read_text(encoding="utf-8")
        assert "@hardening@" not in text
        assert not {word for word in ("@loket@", "@home@", "@backups@", "@settings@") if word in text}
    assert {"loket-serve.service", "loket-worker.service", "loket-backup.timer"} <= set(units.names())


@needs_systemd
def test_systemd_accepts_all_of_them(root: Path) -> None:
    files = [str(path) for path in (root / "etc/systemd/system").iterdir()]
    told = analyze("verify", "--man=no", *files)
    assert (told.returncode, told.stderr) == (0, "")


@needs_systemd
def test_none_of_the_services_is_exposed(root: Path) -> None:
    """systemd's own measure: 0 is nothing at all, 10 a service that may do everything."""
    files = [str(path) for path in services(root) if "kiosk" not in path.name]
    told = analyze("security", "--offline=yes", "--threshold=20", "--no-pager", *files)
    assert told.returncode == 0, told.stdout[-3000:]


@needs_systemd
@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="no systemd-sysusers here")
def test_the_service_account_has_no_shell(root: Path) -> None:
    (root / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/bash\n", encoding="utf-8")
    (root / "etc/group").write_text("root:x:0:\n", encoding="utf-8")
    done = subprocess.run(
        ["systemd-sysusers", f"--root={root}", str(root / "etc/sysusers.d/loket.conf")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = [line for line in (root / "etc/passwd").read_text().splitlines() if line.startswith("loket:")]
    assert len(made) == 1
    assert made[0].endswith(f":{units.HOME}:/usr/sbin/nologin")


def test_the_operators_command_has_the_settings_of_the_units(root: Path, tmp_path: Path) -> None:
    """As the service account it runs at once; here an account of that name is only said to be there."""
    program = tmp_path / "loket"
    program.write_text('#!/bin/sh\necho "$LOKET_HOME|$LOKET_CONTENT|$LOKET_SERVE_OPTIONS|$*"\n')
    program.chmod(0o755)
    told = tmp_path / "bin" / "id"
    told.parent.mkdir()
    told.write_text("#!/bin/sh\necho loket\n")
    told.chmod(0o755)
    script = units.text_of("loket.sh", units.Paths(program, Path("/srv/loket"), units.BACKUPS))
    settings = root / "etc/loket/loket.env"
    text = settings.read_text() + 'LOKET_CONTENT=/etc/content\nLOKET_SERVE_OPTIONS="--port 22 --pool 3"\n'
    settings.write_text(text)
    done = subprocess.run(
        ["sh", "-c", script.replace(units.SETTINGS, str(settings)), "loket", "database", "check"],
        env={"PATH": f"{told.parent}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("/srv/loket|/etc/content|--port 22 --pool 3|database check\n", "")


def test_an_upgrade_leaves_settings_alone_and_brings_units_up_to_date(root: Path) -> None:
    (root / "etc/loket/loket.env").write_text("LOKET_CONTENT=/etc/loket/content\n", encoding="utf-8")
    (root / "etc/systemd/system/loket-serve.service").write_text("old", encoding="utf-8")
    done = units.install(root, PATHS)
    assert done["etc/loket/loket.env"] == "kept"
    assert done["etc/systemd/system/loket-serve.service"] == "written"
    assert done["etc/systemd/system/loket-worker.service"] == "unchanged"
    assert (root / "etc/loket/loket.env").read_text() == "LOKET_CONTENT=/etc/loket/content\n"
    assert not list(root.rglob(".*.new"))


@pytest.mark.parametrize("bad", ["relative", "/with space", "/with%h", "/with$HOME", "/a;b"])
def test_a_path_that_systemd_would_misread_is_refused(tmp_path: Path, bad: str) -> None:
    with pytest.raises(ValueError, match=bad.replace("$", r"\$")):
        units.install(tmp_path, units.Paths(PROGRAM, Path(bad), units.BACKUPS))
    assert not list(tmp_path.iterdir())


def test_the_command_writes_them_and_shows_one(loket: Loket, tmp_path: Path) -> None:  # noqa: F811
    told = loket("units", "install", "--to", str(tmp_path / "root"), "--home", "/srv/loket")
    assert told.code == 0, told.err
    assert "systemctl daemon-reload" in told.out
    shown = loket("units", "show", "loket-worker.service", "--home", "/srv/loket")
    assert shown.out == (tmp_path / "root/etc/systemd/system/loket-worker.service").read_text()
    assert "LOKET_HOME=/srv/loket" in shown.out
    assert loket("units", "show", "loket-nothing.service").code == 2
    assert loket("units", "show", "--home", "/a b").code == 2


@pytest.mark.parametrize(("result", "asked"), [("success", True), ("signal", False), ("exit-code", False)])
def test_only_a_supervisor_who_leaves_the_kiosk_gets_the_login_prompt(
    root: Path, tmp_path: Path, result: str, *, asked: bool
) -> None:
    """OnSuccess= would not do: systemd 252 also takes a crash for it, and the prompt would stop the kiosk."""
    unit = (root / "etc/systemd/system/loket-kiosk.service").read_text(encoding="utf-8")
    assert "\nOnSuccess=" not in unit
    (command,) = [line for line in unit.splitlines() if line.startswith("ExecStopPost=-+/bin/sh -c ")]
    systemctl = tmp_path / "systemctl"
    systemctl.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n')
    systemctl.chmod(0o755)
    words = shlex.split(command.removeprefix("ExecStopPost=-+"))
    subprocess.run(words, env={"PATH": str(tmp_path), "SERVICE_RESULT": result}, check=True)
    assert (tmp_path / "asked").exists() == asked
