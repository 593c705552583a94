"""docs/operating.md does what it says: its commands run one after another, and what it names exists."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.listing import subjects
from app.operations.core.registry import every
from app.serving import units
from app.serving.command import options_of
from app.serving.web.command import options_of as web_options_of
from app.settings import HERE

PAGE = HERE.parent / "docs" / "operating.md"
TEXT = PAGE.read_text(encoding="utf-8")
RUN = re.compile(r"<!-- run -->\n```sh\n(.*?)```", re.DOTALL)
COMMAND = re.compile(r"(?:^|`|bin/|&& )loket ([a-z]+)(?: ([a-z-]+))?", re.MULTILINE)
FOLDERS = ("/etc/loket", "/var/lib/loket", "/var/backups/loket", "/run/loket-worker")


def script(root: Path) -> str:
    """The page's commands, in folders below `root`."""
    text = "\n".join(RUN.findall(TEXT))
    for folder in FOLDERS:
        text = text.replace(folder, f"{root}{folder}")
    return text


def test_its_commands_run_one_after_another(tmp_path: Path) -> None:
    for folder in FOLDERS:
        (tmp_path / folder[1:]).mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LOKET_")}
    done = subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", script(tmp_path)],
        env=kept
        | {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "LOKET_HOME": str(tmp_path / "var/lib/loket"),
            "LANG": "C.UTF-8",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "loket_audit_rows" in done.stdout
    assert done.stdout.count("they open all sealed texts") == 2  # the drill and the restore
    assert re.search(r"password\s+\S{12,}", done.stdout), "the first supervisor's"
    assert len(list((tmp_path / "var/backups/loket").glob("*.backup"))) == 1


def test_the_page_runs_most_of_what_it_says() -> None:
    assert len(RUN.findall(TEXT)) >= 5


@pytest.mark.parametrize("page", [PAGE, HERE.parent / "README.md"], ids=lambda page: page.name)
def test_every_command_that_it_names_exists(page: Path) -> None:
    names = {each.name for each in every()}
    aside = {"serve", "web", "kiosk", "units", "worker", "plain", "tour", "help", "operations"}
    found = COMMAND.findall(page.read_text(encoding="utf-8"))
    assert len(found) > 20
    for subject, verb in found:
        assert subject in subjects() or subject in aside, subject
        if subject not in aside and verb:
            said = {f"{subject}.{verb.replace('-', '_')}", f"{subject}.{verb}_file"}
            assert said & names, f"loket {subject} {verb}"


def test_every_variable_that_it_names_is_read_somewhere() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in HERE.rglob("*.py"))
    sources += "".join(
        units.text_of(name, units.Paths(Path("/x"), Path("/y"), Path("/z"))) for name in units.names()
    )
    for name in set(re.findall(r"LOKET_[A-Z_]+", TEXT)):
        assert name in sources, name


def test_the_options_that_it_proposes_are_taken() -> None:
    proposed = TEXT + units.text_of("loket.env", units.Paths(Path("/x"), Path("/y"), Path("/z")))
    serve = re.findall(r'LOKET_SERVE_OPTIONS="([^"]+)"', proposed)
    web = re.findall(r'LOKET_WEB_OPTIONS="([^"]+)"', proposed)
    assert len(serve) == len(web) == 2
    for words in serve:
        assert options_of(words.split()).balancers == ("192.0.2.7/32",)
    for words in web:
        assert web_options_of(words.split())


def test_the_readme_leads_to_it() -> None:
    assert "docs/operating.md" in (HERE.parent / "README.md").read_text(encoding="utf-8")
