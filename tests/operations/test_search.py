"""Search finds what fits and nothing else, best first, of what the visitor may see, and never by a scan."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import Clock
from app.content import Content
from app.operations.core import Visit, perform, search_index, search_list
from app.operations.search import Hit
from app.store import Store
from app.store.search.kinds import KINDS
from app.store.search.upkeep import entries, reading
from app.store.search.words import fits, typed_words
from app.store.sqlite_store import SqliteStore
from tests.factories import Factory


def search(visit: Visit, text: str) -> list[Hit]:
    """What the database holds of it: articles are content, and have tests of their own."""
    found: list[Hit] = perform(visit, "search.everything", text=text)
    return [hit for hit in found if hit.kind != "article"]


def kinds_and_ids(hits: list[Hit]) -> list[tuple[str, int]]:
    return [(hit.kind, hit.id) for hit in hits]


@pytest.fixture
def world(factory: Factory, account_id: int) -> dict[str, int]:
    """One customer with one of each, and a rival with the like."""
    rival = factory.account("Rival Bouw B.V.", number="200200")
    found = {"rival": rival}
    for prefix, account, digits in (("", account_id, "1"), ("rival ", rival, "2")):
        line = factory.line(
            account, number=f"+3161234567{digits}", person="Jürgen de Vries", department="Logistics"
        )
        sim = {"line_id": line, "iccid": f"893144000000012345{digits}", "kind": "esim", "role": "main"}
        found[f"{prefix}line"] = line
        found[f"{prefix}sim"] = factory.insert("sim", {**sim, "status": "active", "label": ""})
        found[f"{prefix}login"] = factory.login(
            account, name="Lotte Login", email=f"lotte{digits}@example.org"
        )
        contact = {"account_id": account, "kind": "external", "name": "Carla Contact", "phone": "+4930123456"}
        found[f"{prefix}contact"] = factory.insert(
            "contact", {**contact, "whole_account": 0, "created_at": 0, "version": 1}
        )
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0612345671", "line"),
        ("+31 6 1234 5671", "line"),
        ("0031612345671", "line"),
        ("612345671", "line"),
        ("061234", "line"),
        ("5671", "line"),
        ("jurgen", "line"),
        ("JÜRGEN DE V", "line"),
        ("devries", "line"),
        ("vries jur", "line"),
        ("vries logis", "line"),
        ("vries 0612", "line"),
        ("89314400000001", "sim"),
        ("23451", "sim"),
        ("lotte1@example.org", "login"),
        ("login lot", "login"),
        ("carla", "contact"),
        ("+493012", "contact"),
    ],
)
def test_a_customer_finds_their_own(admin_visit: Visit, world: dict[str, int], text: str, kind: str) -> None:
    assert kinds_and_ids(search(admin_visit, text)) == [(kind, world[kind])], text


@pytest.mark.parametrize(
    "text", ["", "j", " ", "urgen", "567", "🙂🙂", "%%", "zzz", "jurgen jansen", "x" * 9000]
)
def test_what_does_not_fit_is_not_found(admin_visit: Visit, world: dict[str, int], text: str) -> None:
    assert search(admin_visit, text) == []


def test_hits_are_ranked(factory: Factory, admin_visit: Visit, account_id: int) -> None:
    ends = factory.line(account_id, number="+31697531612", person="")
    later = factory.line(account_id, number="+31690000001", person="Anna 31612")
    begins = factory.line(account_id, number="+31612000000", person="")
    exact = factory.line(account_id, number="31612", person="")
    name = factory.line(account_id, number="+31690000002", person="31612 Anna")
    assert [hit.id for hit in search(admin_visit, "31612")] == [exact, begins, name, later, ends]
    assert [hit.exact for hit in search(admin_visit, "31612")] == [True, False, False, False, False]


def test_an_exact_number_comes_before_all_else(factory: Factory, agent_visit: Visit) -> None:
    many = factory.account("Many", number="700700")
    for number in range(30):
        factory.line(many, number=f"+3170070{number:04}")
    hits = search(agent_visit, "700700")
    assert (hits[0].kind, hits[0].id, hits[0].exact) == ("account", many, True)
    hits = search(agent_visit, "+31700700017")
    assert (hits[0].kind, hits[0].exact, hits[0].account_id) == ("line", True, many)


def test_staff_see_only_name_and_number_until_the_caller_is_verified(
    factory: Factory, agent_visit: Visit, account_id: int, world: dict[str, int]
) -> None:
    for text in ("jurgen", "lotte", "carla", "89314400"):
        hits = search(agent_visit, text)
        assert {hit.account_id for hit in hits} == {account_id, world["rival"]}
        for hit in hits:
            assert hit.title in ("Molenwerf Bouw B.V.", "Rival Bouw B.V.")
            assert hit.opens == ("account", hit.account_id)
            assert "rgen" not in str(hit)
    helping = factory.assisting(agent_visit, account_id)
    own, rival = sorted(search(helping, "jurgen"), key=lambda hit: hit.account_id)
    assert (own.title, own.subtitle, own.opens) == (
        "+31612345671",
        "Jürgen de Vries",
        ("line", world["line"]),
    )
    assert (rival.title, rival.subtitle) == ("Rival Bouw B.V.", "200200")


def test_a_user_finds_only_what_is_theirs(user_visit: Visit, world: dict[str, int], factory: Factory) -> None:
    own = user_visit.own_line_id
    assert kinds_and_ids(search(user_visit, "emma")) == [("line", own)]
    number = factory.system.row("SELECT number FROM line WHERE id = :id", id=own)
    assert number is not None
    assert search(user_visit, number[0])[0].exact
    for text in ("jurgen", "lotte", "carla", "5671", "89314400", "molenwerf"):
        assert search(user_visit, text) == []


def test_a_kiosk_finds_nothing(factory: Factory, world: dict[str, int]) -> None:
    with pytest.raises(Exception, match="may not"):
        search(factory.visit("kiosk"), "jurgen")


def test_a_login_of_two_accounts_is_found_in_both(
    factory: Factory, admin_visit: Visit, account_id: int
) -> None:
    login = factory.login(account_id, name="Twofold Tine")
    other = factory.account()
    for each in (login, admin_visit.login_id):
        factory.insert("membership", {"login_id": each, "account_id": other, "role": "admin"})
    for account in (account_id, other):
        found = search(replace(admin_visit, account_id=account), "twofold")
        assert [(hit.id, hit.account_id) for hit in found] == [(login, account)]


@pytest.mark.capability("BX-02")
@pytest.mark.sqlite_only
@pytest.mark.parametrize("text", ["jan", "0612", "5671", "vries jan", "jan 06", "x", "89314"])
def test_no_search_runs_along_a_table(
    monkeypatch: pytest.MonkeyPatch, admin_visit: Visit, agent_visit: Visit, factory: Factory, text: str
) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []
    kind = type(admin_visit.store)
    rows = kind.rows

    def listen(store: SqliteStore, sql: str, **values: Any) -> list[Any]:
        asked.append((sql, values))
        return rows(store, sql, **values)

    for number in range(40):
        factory.line(1, person=f"Jan de Vries {number}")
    monkeypatch.setattr(kind, "rows", listen)
    for visit in (admin_visit, agent_visit):
        search(visit, text)
    monkeypatch.undo()
    store = admin_visit.store
    plans = [row[-1] for sql, values in asked for row in store.rows(f"EXPLAIN QUERY PLAN {sql}", **values)]
    scanned = {plan.split()[1] for plan in plans if plan.startswith("SCAN")}
    assert scanned <= {"json_each", "tried", "one", "found", "apart", "second", "rarest"}, plans
    assert len(text) == 1 or any("search_term" in plan for plan in plans)


WORDS = ["Jan", "Jansen", "de", "Vries", "Müller", "A", "06", "12", "1212", "+316", "BV", "an", "e"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
SEPARATED = st.tuples(st.sampled_from([" ", "-", "", "."]), st.lists(st.sampled_from(WORDS), max_size=3))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(st.tuples(TEXT, TEXT, st.integers(0, 99)), max_size=8),
    typed=st.lists(
        st.one_of(TEXT, SEPARATED.map(lambda pair: pair[0].join(pair[1]))), min_size=1, max_size=6
    ),
    few=st.sampled_from([1, 2, 5_000]),
)
def test_what_is_found_is_what_going_through_all_would_find(
    people: list[tuple[str, str, int]],
    typed: list[str],
    few: int,
    template_database: Path,
    tmp_path_factory: pytest.TempPathFactory,
    content: Content,
    clock: Clock,
) -> None:
    path = tmp_path_factory.mktemp("naive") / "loket.db"
    shutil.copyfile(template_database, path)
    factory = Factory(Store(f"sqlite:///{path}"), content, clock)
    accounts = [factory.account("Jansen BV"), factory.account("An Vries")]
    for index, (person, department, number) in enumerate(people):
        factory.line(
            accounts[index % 2],
            person=person,
            department=department,
            number=f"+316{number:02}{index}12",
        )
    with pytest.MonkeyPatch.context() as patch:
        # A handful counts as many.
        patch.setattr(search_index, "MOST_TRIED", few)
        patch.setattr(search_list, "FEW", few)
        patch.setattr(search_list, "MANY", 2 * few)
        patch.setattr(search_list, "NEAR", few)
        patch.setattr(search_list, "HOPEFUL", 1)
        compare(factory, accounts[0], typed, complete=few > 2)
    path.unlink()


def compare(factory: Factory, account: int, typed: list[str], *, complete: bool) -> None:
    """Search and lists against going through every row."""
    for text in typed:
        for visit in (factory.visit("system"), factory.visit("admin", account)):
            found = {(hit.kind, hit.id) for hit in search(visit, text) if hit.kind != "place"}
            wanted = naive(visit, text)
            assert found == wanted if complete else found <= wanted and bool(found) == bool(wanted), text
            ids = {key for kind, key in naive(visit, text, shortest=1) if kind == "line"}
            if not text.strip():
                continue
            assert perform(visit, "lines.count", text=text) == len(ids), text
            rows, page = [], perform(visit, "lines.page", text=text, limit=2)
            rows += page.rows
            while page.more:
                page = perform(visit, "lines.page", text=text, limit=2, after=page.last_key)
                rows += page.rows
            assert [row.number for row in rows] == sorted(row.number for row in rows)
            assert {row.id for row in rows} == ids, text
            assert len(rows) == len(ids), text


def naive(visit: Visit, text: str, shortest: int = 2) -> set[tuple[str, int]]:
    """By going through every row."""
    words = typed_words(text)
    if len("".join(words)) < shortest:
        return set()
    return {
        (kind.name, key)
        for kind in KINDS
        if visit.reach(kind.right) is not None
        for (key, account), terms in entries(kind, visit.rows(reading(kind)))
        if visit.account_id in (None, account) and fits(terms.split("\n")[1:], words, "31")
    }


def test_a_count_stops_where_it_is_told_to(admin_visit: Visit, factory: Factory) -> None:
    for index in range(12):
        factory.line(admin_visit.account_id or 0, person=f"Jan Jansen {index}", department="Sales")
    for text in ("jan", "jansen", "jan sales", "sales jan 1"):
        whole = perform(admin_visit, "lines.count", text=text)
        assert whole >= 1
        for most in (1, 5, 12, 100):
            assert perform(admin_visit, "lines.count", text=text, most=most) == min(whole, most)
    assert perform(admin_visit, "lines.count", most=5) == 12, "without a text all are counted"
