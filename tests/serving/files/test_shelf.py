"""What the tree holds for whom, how files are made, and what is written down."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.operations.core import Visit, perform
from app.serving.files import shelf as shelves
from app.serving.files import spool as spools
from app.serving.files.shelf import Shelf
from app.serving.files.spool import Spool, TooLong
from app.store import Store
from tests.factories import DAY, GB, NOVEMBER, Factory

NUMBER = "+31670000001"
NAME = "31670000001.csv"
OCTOBER = NOVEMBER - 20 * DAY


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    folder = tmp_path / "spool"
    folder.mkdir()
    made = Spool(folder)
    yield made
    made.close()


@pytest.fixture
def line_id(factory: Factory, account_id: int) -> int:
    line = factory.line(account_id, number=NUMBER)
    factory.usage(line, volume=GB)
    factory.usage(line, "voice", 61, number=31612345678)
    factory.usage(line, volume=GB, start=OCTOBER)
    return line


@pytest.fixture
def shelf(admin_visit: Visit, spool: Spool, line_id: int) -> Shelf:
    """An admin's, with one line that was used."""
    return Shelf(admin_visit, spool)


def ask(shelf: Shelf, do: str, path: str) -> dict[str, Any]:
    return shelf.answer({"do": do, "path": path})[0]


def names(shelf: Shelf, path: str) -> list[str]:
    """A whole listing, however many answers it takes."""
    answer = ask(shelf, "list", path)
    found = [entry[0] for entry in answer["entries"]]
    while answer["listing"]:
        answer = shelf.answer({"do": "more", "listing": answer["listing"]})[0]
        found += [entry[0] for entry in answer["entries"]]
    return found


def content(shelf: Shelf, path: str) -> bytes:
    answer, (descriptor,) = shelf.answer({"do": "open", "path": path})
    return os.pread(descriptor, answer["size"] + 1, 0)


def test_the_tree_of_an_admin(shelf: Shelf) -> None:
    assert names(shelf, "/") == ["documents", "exports", "invoices", "usage"]
    assert names(shelf, "/usage") == ["2026-11", "2026-10"]
    assert names(shelf, "/usage/2026-10") == [NAME]
    assert names(shelf, "/documents") == ["articles", "mails", "tariffs"]
    assert names(shelf, "/invoices") == []
    assert {"lines.csv", "lines.json", "activity.csv", "people.csv"} <= set(names(shelf, "/exports"))


def test_invoices_lie_by_year_as_text_and_as_table(shelf: Shelf, factory: Factory) -> None:
    perform(factory.system, "billing.run", month=202610)
    assert names(shelf, "/invoices") == ["2026"]
    assert names(shelf, "/invoices/2026") == ["2026-000001.csv", "2026-000001.txt"]
    text = content(shelf, "/invoices/2026/2026-000001.txt").decode()
    for told in ("Noordkade Telecom", "NL000099998B57", NUMBER, "Voice & Data  €4.50", "Total €13.92"):
        assert told in text
    table = content(shelf, "/invoices/2026/2026-000001.csv").decode().splitlines()
    assert table[0] == "position,part,number,person,month,text,net_cents"
    assert len(table) == 3


def test_an_employee_finds_no_invoice(user_visit: Visit, factory: Factory, spool: Spool) -> None:
    perform(factory.system, "billing.run", month=202610)
    assert names(Shelf(user_visit, spool), "/invoices") == []


@pytest.mark.parametrize("path", ["usage/2026-11/" + NAME, "exports/lines.csv", "exports/messages.json"])
def test_a_size_is_that_of_what_is_read(shelf: Shelf, path: str) -> None:
    listed = {entry[0]: entry[3] for entry in ask(shelf, "list", path.rpartition("/")[0])["entries"]}
    assert (
        ask(shelf, "stat", path)["size"] == len(content(shelf, path)) == listed[path.rpartition("/")[2]] > 0
    )


def test_a_line_is_the_list_that_the_portal_exports(shelf: Shelf, admin_visit: Visit, line_id: int) -> None:
    arguments = [f"line_id={line_id}", "month=202611"]
    done = perform(admin_visit, "export.rows", what="usage.records", arguments=arguments)
    assert content(shelf, f"usage/2026-11/{NAME}") == Path(done.path).read_bytes()


def test_all_documents_can_be_read(shelf: Shelf) -> None:
    def walk(path: str) -> int:
        count = 0
        for name, folder, _modified, size in ask(shelf, "list", path)["entries"]:
            inner = f"{path}/{name}"
            count += walk(inner) if folder else len(content(shelf, inner)) == size > 0
        return count

    assert walk("documents") > 20


def test_every_download_is_written_down(shelf: Shelf, store: Store, line_id: int, admin_visit: Visit) -> None:
    ask(shelf, "stat", f"usage/2026-11/{NAME}")
    names(shelf, "usage/2026-11")
    size = len(content(shelf, f"usage/2026-11/{NAME}"))
    rows = store.rows(
        "SELECT login_id, account_id, object, outcome, text FROM audit JOIN audit_personal USING (seq)"
        " WHERE operation = 'files.read'"
    )
    (row,) = rows
    assert row[:4] == (admin_visit.login_id, admin_visit.account_id, f"line:{line_id}", "done")
    assert json.loads(row[4]) == {"path": f"/usage/2026-11/{NAME}", "bytes": size}
    told = perform(admin_visit, "audit.page", text="Fetched a file")
    assert [each.what for each in told.rows] == ["Fetched a file over SSH"]


def test_an_employee_sees_their_own_line_only(
    factory: Factory, user_visit: Visit, spool: Spool, line_id: int
) -> None:
    own = factory.usage(user_visit.own_line_id or 0, volume=GB)
    assert own
    shelf = Shelf(user_visit, spool)
    (name,) = names(shelf, "usage/2026-11")
    assert name != NAME
    assert ask(shelf, "open", f"usage/2026-11/{NAME}")["error"] == "not_found"
    assert "people.csv" not in names(shelf, "exports")
    assert "activity.csv" not in names(shelf, "exports")


def test_another_customer_is_not_there(factory: Factory, spool: Spool, line_id: int) -> None:
    other = factory.account()
    login = factory.login(other, "admin")
    shelf = Shelf(factory.visit("admin", other, login_id=login), spool)
    assert names(shelf, "usage") == []
    for path in ("usage/2026-11", f"usage/2026-11/{NAME}", "exports/../usage", "usage/2026-99", "accounts/1"):
        assert ask(shelf, "stat", path)["error"] == "not_found"


def test_staff_have_documents_but_no_lines(agent_visit: Visit, spool: Spool, line_id: int) -> None:
    shelf = Shelf(agent_visit, spool)
    assert names(shelf, "usage") == []
    assert names(shelf, "exports") == []
    assert "articles" in names(shelf, "documents")


def test_who_acts_for_several_customers_finds_the_others(
    factory: Factory, admin_visit: Visit, spool: Spool, line_id: int
) -> None:
    other = factory.account("Other B.V.")
    factory.insert(
        "membership",
        {"login_id": admin_visit.login_id, "account_id": other, "role": "admin"},
    )
    factory.usage(factory.line(other, number="+31670000009"), volume=GB)
    shelf = Shelf(admin_visit, spool)
    (number,) = names(shelf, "accounts")
    assert names(shelf, f"accounts/{number}/usage/2026-11") == ["31670000009.csv"]
    assert ask(shelf, "open", f"accounts/{number}/usage/2026-11/{NAME}")["error"] == "not_found"
    assert ask(shelf, "open", f"accounts/{number}x/usage")["error"] == "not_found"


def test_a_right_that_is_taken_away_counts_at_the_next_file(
    shelf: Shelf, store: Store, admin_visit: Visit
) -> None:
    path = f"usage/2026-11/{NAME}"
    assert ask(shelf, "stat", path)["size"]
    with store.transaction() as tx:
        tx.execute("DELETE FROM membership WHERE login_id = :login", login=admin_visit.login_id)
    assert ask(shelf, "open", path)["error"] == "refused"
    assert ask(shelf, "list", "usage")["error"] == "refused"


def test_who_may_not_export_fetches_no_list(
    factory: Factory, admin_visit: Visit, spool: Spool, line_id: int, store: Store
) -> None:
    admin_visit.rights = ("SIGN_IN", "VIEW_USAGE", "VIEW_LINES", "VIEW_TARIFFS")
    shelf = Shelf(admin_visit, spool)
    assert names(shelf, "exports") == []
    assert ask(shelf, "open", f"usage/2026-11/{NAME}")["error"] == "refused"
    assert store.rows("SELECT outcome FROM audit WHERE operation = 'files.read'") == [("refused",)]


def test_an_export_of_ones_own_is_there_and_nobody_elses(
    factory: Factory, shelf: Shelf, admin_visit: Visit, user_visit: Visit, spool: Spool
) -> None:
    admin_visit.channel = "ssh"
    said = perform(admin_visit, "privacy.export").path
    assert said == "/exports/personal-data-21-nov-2026"
    assert b"{" in content(shelf, f"{said}/personal-data.json")
    others = Shelf(user_visit, spool)
    assert ask(others, "open", f"{said}/personal-data.json")["error"] == "not_found"
    link = next((admin_visit.store.folder / "exports").iterdir()) / "passwd"
    link.symlink_to("/etc/passwd")
    assert ask(shelf, "open", "exports/passwd")["error"] == "not_found"


def test_a_long_listing_comes_in_parts_and_without_sizes(
    shelf: Shelf, factory: Factory, account_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "ENTRIES", 4)
    monkeypatch.setattr(shelves, "SIZED", 6)
    for _line in range(9):
        factory.usage(factory.line(account_id), volume=GB)
    answer = ask(shelf, "list", "usage/2026-11")
    assert len(answer["entries"]) == 4
    assert {entry[3] for entry in answer["entries"]} == {None}
    found = names(shelf, "usage/2026-11")
    assert len(found) == len(set(found)) == 10
    assert ask(shelf, "lstat", f"usage/2026-11/{NAME}")["size"] is None
    assert ask(shelf, "stat", f"usage/2026-11/{NAME}")["size"] > 0
    assert ask(shelf, "lstat", f"usage/2026-11/{NAME}")["size"] > 0


def test_files_have_no_name_on_the_disk_and_few_are_kept(
    shelf: Shelf, spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spools, "MOST_FILES", 3)
    for name in ("lines.csv", "lines.json", "groups.csv", "groups.json", "people.csv"):
        assert ask(shelf, "stat", f"exports/{name}")["size"] >= 0
    assert list(spool.folder.iterdir()) == []
    assert [bool(spool.known(f"exports/{name}")) for name in ("lines.csv", "people.csv")] == [False, True]


def test_what_was_made_grows_old(spool: Spool) -> None:
    now = [0.0]
    spool.clock = lambda: now[0]
    first = spool.make("a", lambda: iter(["one"]))
    assert spool.make("a", lambda: iter(["other"])) is first
    now[0] = spools.FRESH_SECONDS + 1
    assert spool.make("a", lambda: iter(["other"])).size == 5


def test_a_file_that_is_too_long_or_fails_leaves_nothing(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spools, "LONGEST_FILE", 10)
    with pytest.raises(TooLong):
        spool.make("a", lambda: iter(["x" * 8, "y" * 8]))
    assert spool.known("a") is None


def test_a_fault_is_told_without_what_it_was(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Shelf, "_walk", lambda *_: 1 / 0)
    answer = ask(shelf, "stat", "usage")
    assert answer["error"] == "failed"
    assert "division" not in answer["text"]
    assert "division" in caplog.text


def test_a_full_disk_says_so(shelf: Shelf, spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spools.tempfile, "TemporaryFile", full)
    assert ask(shelf, "open", "exports/lines.csv")["error"] == "full"
    monkeypatch.undo()
    assert content(shelf, "exports/lines.csv")
