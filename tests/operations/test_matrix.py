"""Every operation x every role x whose things it is asked about: the answer is what data/rights.toml says.

The rights are read by tests/operations/role_oracle.py, not by the product. A new operation without
arguments in tests/operations/three_customers.py fails here.
"""

from __future__ import annotations

import inspect
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from app.cli import main
from app.operations.core import NotFound, OperationError, Refused
from app.operations.core.paging import Page
from app.operations.core.registry import Operation, every
from app.operations.core.tokens import digest
from app.secret import Secret
from app.store import Store
from tests.factories import NOVEMBER
from tests.intake.desk import cells, write
from tests.operations.role_oracle import ROLES, Cast, Who
from tests.operations.three_customers import COLLEAGUE, PASSWORD, PASSWORD_HASH, World, arguments, ids_of
from tests.operations.typed_commands import words

OPERATIONS: Final = [each for each in every() if each.name != "demo.create"]
TARGETS: Final = ("own", "other line", "other account")

# Copies the file of the database hundreds of times.
pytestmark = pytest.mark.sqlite_only


@pytest.fixture(scope="module")
def cast(template: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """All people at the first customer of a copy that nobody else uses."""
    folder = tmp_path_factory.mktemp("matrix")
    with copy_of(template, folder) as world:
        made = Cast(world)
        for who in ROLES:
            made.visit(who)
        with world.store.transaction() as tx:
            tx.execute("UPDATE login SET password_hash = :stored", stored=PASSWORD_HASH)
        yield made


class copy_of:
    """A copy of a world in a folder of its own, as long as it is needed."""

    def __init__(self, world: World, folder: Path) -> None:
        world.store._writer().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        folder.mkdir(exist_ok=True)
        for old in folder.glob("loket.db*"):
            old.unlink()  # a journal that a command has left belongs to the copy before
        shutil.copyfile(world.store.path, folder / "loket.db")
        shutil.copytree(world.store.folder / "keys", folder / "keys", dirs_exist_ok=True)
        self.world = replace(world, store=Store(f"sqlite:///{folder / 'loket.db'}"))
        self.world.store._writer().execute("PRAGMA synchronous=OFF")

    def __enter__(self) -> World:
        return self.world

    def __exit__(self, *_error: object) -> None:
        self.world.store.close()


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is proven elsewhere; here it would be most of the time."""
    passwords = "app.operations.core.passwords"

    def check(stored: str, password: str) -> bool:
        return stored == PASSWORD_HASH and password in (PASSWORD, "zilvermeeuw")

    monkeypatch.setattr(f"{passwords}.verify", check)
    monkeypatch.setattr(f"{passwords}.hash_password", lambda _password: PASSWORD_HASH)


def given(operation: Operation, world: World, target: str, file: Path) -> dict[str, Any]:
    """Arguments about one's own things, a colleague's, or another customer's."""
    if target == "other account":
        return arguments(operation, world, 1, file) | ids_of(operation, world.firms[1])
    found = arguments(operation, world, 0, file)
    if target == "other line":
        firm = world.firms[0]
        others = {
            "line_id": firm.lines[COLLEAGUE],
            "line": "+31680000001",
            "record_id": firm.records[2],
            "group_id": firm.groups[1],
            "session": firm.session,
            "token_id": firm.token,
            "key_id": firm.key,
            "case_id": firm.case,
        }
        found |= {name: value for name, value in others.items() if name in ids_of(operation, firm)}
    return found


def outcome(operation: Operation, cast: Cast, who: Who, asked: dict[str, Any]) -> str:
    """done, empty, refused (and written down once), not found, or wrong input."""
    store = cast.world.store
    (last,) = store.row("SELECT coalesce(max(seq), 0) FROM audit") or (0,)
    try:
        found = operation.function(cast.visit(who), **asked)
    except NotFound:
        return "not found"
    except Refused:
        written = store.rows("SELECT operation, outcome FROM audit WHERE seq > :last", last=last)
        return "refused" if written == [(operation.name, "refused")] else "wrong"
    except OperationError:
        return "wrong"
    return "empty" if found == 0 or (isinstance(found, Page) and not found.rows) else "done"


DONE, REFUSED, NOT_THERE = {"done", "empty"}, {"refused"}, {"not found", "wrong", "empty"}
ALSO_NEEDS: Final = {"export.rows": "VIEW_LINES", "tokens.add": "VIEW_LINES"}
"""They do something with another right: the list that is exported, what the token may."""
ONLY: Final = {
    "assistance.end": "agent for",
    "assistance.extend": "agent for",
    "notes.add": "agent for",
    "notes.page": "agent for",
    "callers.card": "alone",
    "callers.send_code": "alone",
    "callers.verify": "alone",
    "callers.verify_code": "alone",
    "customers.create": "alone",
    "cases.withdraw": "admin",
    "email.cancel": "admin",
    "mobile.cancel": "admin",
    "mobile.confirm": "admin",
    "mobile.unlink": "admin",
    "second_factor.confirm": "admin",
    "sessions.end": "admin",
    "ssh_keys.remove": "admin",
    "tokens.revoke": "admin",
    "second_factor.new_codes": "reseller",
    "second_factor.remove": "reseller",
    "privacy.ask_erasure": "holder",
    "privacy.preview_erasure": "holder",
}
"""Who of those with the right has also what it takes: a session, a token, a customer who is helped."""
BUT: Final = {
    "second_factor.begin": ("reseller",),
    "profile.set_language": ("visitor", "kiosk"),
    "profile.set_theme": ("visitor", "kiosk"),
    "usage.forecast_group": ("user",),
}
"""Who has not: one-time passwords are on already, nobody has signed in, a sum tells what colleagues use."""
COUNTS_TRIES: Final = ("callers.verify", "callers.verify_code", "mobile.confirm", "second_factor.remove")
"""A wrong try counts."""
OF_THE_THING: Final = {
    "blocks.lift",
    "blocks.restore_zero",
    "callers.verify",
    "callers.verify_code",
    "cases.find_person",
    "invitations.send",
    "members.link_line",
    "orders.activate",
}
"""They work with the one thing of the `own` cell: another is not blocked, is linked, or has no password."""


def expected(operation: Operation, who: Who, target: str, mine: set[str]) -> set[str]:
    """What data/rights.toml says that the answer is; `mine`: the ids among what is asked."""
    reach, name = who.reach(operation.right), operation.name
    if not reach:
        return REFUSED
    if name == "tariffs.country" and "line_id" in mine and target != "own":
        reach = who.reach("VIEW_LINES")
    if mine and target == "other account" and (who.at_customer or reach != "any"):
        return NOT_THERE
    if mine and target == "other line" and reach in ("own", ""):
        return NOT_THERE
    if name in OF_THE_THING and target != "own":
        return DONE | NOT_THERE
    able = who.reach(ALSO_NEEDS.get(name, operation.right)) != ""
    if name in ONLY and target == "own":
        wanted = ONLY[name]
        able = not who.at_customer if wanted == "alone" else who.name.startswith(wanted)
    return DONE if able and who.name not in BUT.get(name, ()) else NOT_THERE


@pytest.mark.capability("BX-32")
@pytest.mark.parametrize("who", ROLES, ids=lambda who: who.name)
def test_every_cell_is_as_the_file_says(cast: Cast, who: Who, tmp_path: Path) -> None:
    file = write(tmp_path / "usage.csv", [cells("1", "+31680000000", NOVEMBER + 100)])
    world, differences = cast.world, []
    before = world.print_of_all_else()
    for operation in OPERATIONS:
        seen: list[dict[str, Any]] = []
        for target in TARGETS:
            asked = given(operation, world, target, file)
            if asked in seen:
                continue  # it is about nothing that is anybody's
            seen.append(asked)
            mine = set(asked) & set(ids_of(operation, world.firms[0]))
            want = expected(operation, who, target, mine)
            if want == REFUSED or not operation.changes:
                got = outcome(operation, cast, who, asked)
            else:
                with copy_of(world, tmp_path / "copy") as copied:
                    got = outcome(operation, cast.in_copy(copied), who, asked)
                    if want == NOT_THERE and operation.name not in COUNTS_TRIES:
                        assert copied.print_of_all_else() == before, (operation.name, target)
            if got not in want:
                differences.append(f"{operation.name} ({operation.right}), {target}: {got}, not {want}")
    assert not differences, "\n" + "\n".join(differences)
    assert world.print_of_all_else() == before, "a refusal or a read changed something"


SPEAKS_NO_COMMAND: Final = ("visitor", "kiosk", "agent for")
"""Who has no login to name with --as, or a call that one command does not begin."""
COMMANDS: Final = [who for who in ROLES if not who.name.startswith(SPEAKS_NO_COMMAND)]
EXIT: Final = {"done": {0}, "refused": {3}, "not there": {0, 2, 3, 4}}
"""Exit codes of commands; an empty list is an answer too."""


class Shell:
    """Commands in this process, as somebody, on a copy of the customers."""

    def __init__(self, cast: Cast, who: Who, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cast, self.who, self.home, self.monkeypatch = cast, who, home, monkeypatch
        monkeypatch.setattr("app.cli.visits.load_content", lambda _folder: cast.world.content)
        monkeypatch.setattr("app.cli.visits.prepare", lambda _store, make: None)

    def run(self, world: World, operation: Operation, asked: dict[str, Any]) -> int:
        """The exit code."""
        self.monkeypatch.setenv("LOKET_HOME", str(world.store.folder))
        self.monkeypatch.setenv("LOKET_DATABASE_URL", world.store.url)
        ordered = (asked.get(name) for name in inspect.signature(operation.function).parameters)
        secrets = [value.reveal() for value in ordered if isinstance(value, Secret)]
        self.monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{each}\n" for each in secrets)))
        open_ones = {name: value for name, value in asked.items() if not isinstance(value, Secret)}
        return main([*words(operation, open_ones), *self._as(world)], world.clock)

    def _as(self, world: World) -> list[str]:
        if self.who.token is None:
            login = self.cast.visit(self.who).login_id
            (name,) = world.store.row("SELECT user_name FROM login WHERE id = :id", id=login) or ("",)
            return ["--as", name]
        token, file = Secret("loket_matrix"), self.home / "token"
        file.write_text(token.reveal(), encoding="utf-8")
        file.chmod(0o600)
        with world.store.transaction() as tx:
            tx.execute(
                "UPDATE api_token SET digest = :digest, rights = :rights WHERE id = :id",
                digest=digest(token),
                rights=",".join(self.who.token),
                id=world.firms[0].token,
            )
        self.monkeypatch.setenv("LOKET_TOKEN_FILE", str(file))
        return []


def command_cells(
    cast: Cast, who: Who, folder: Path, monkeypatch: pytest.MonkeyPatch, *, changes: bool
) -> list[str]:
    """Where commands answer otherwise than the file says: to refusals and reads, or to allowed changes."""
    file = write(folder / "usage.csv", [cells("1", "+31680000000", NOVEMBER + 100)])
    differences = []
    with copy_of(cast.world, folder / "shared") as shared:
        shell = Shell(cast, who, folder, monkeypatch)
        for operation in OPERATIONS:
            for target in ("own", "other account"):
                asked = given(operation, cast.world, target, file)
                mine = set(asked) & set(ids_of(operation, cast.world.firms[0]))
                want = expected(operation, who, target, mine)
                if (want != REFUSED and operation.changes) is not changes or (target != "own" and not mine):
                    continue
                wanted = "refused" if want == REFUSED else "done" if want == DONE else "not there"
                if changes:
                    with copy_of(cast.world, folder / "copy") as copied:
                        code = shell.run(copied, operation, asked)
                else:
                    code = shell.run(shared, operation, asked)
                if code not in EXIT[wanted]:
                    differences.append(f"{operation.name} ({operation.right}), {target}: {code}, {wanted}")
    return differences


@pytest.mark.parametrize("who", COMMANDS, ids=lambda who: who.name)
def test_commands_refuse_and_read_as_the_file_says(
    cast: Cast, who: Who, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    differences = command_cells(cast, who, tmp_path, monkeypatch, changes=False)
    assert not differences, "\n" + "\n".join(differences)


@pytest.mark.long
@pytest.mark.parametrize("who", COMMANDS, ids=lambda who: who.name)
def test_commands_change_as_the_file_says(
    cast: Cast, who: Who, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    differences = command_cells(cast, who, tmp_path, monkeypatch, changes=True)
    assert not differences, "\n" + "\n".join(differences)
