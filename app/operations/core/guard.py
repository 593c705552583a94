"""How often somebody may guess: counted before the check, so that many guesses at once count as many.

Each login has one count for strangers and one for every source it has signed in from, or that its account
names: whoever guesses from elsewhere locks only elsewhere. Each source has a count of its own. All counts
lie in the database, so a restart forgives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.operations.core.allowed import is_listed, source_of
from app.operations.core.visit import Visit
from app.store import Transaction

FREE_TRIES: Final = 5
FIRST_LOCK: Final = 30
LONGEST_LOCK: Final = 900
DOUBTFUL: Final = 100
"""After so many failures in a row a right password is not enough: a mailed code is asked too."""
SOURCE_TRIES: Final = 10
SOURCE_SECONDS: Final = 60
CROWD: Final = 3 * SOURCE_TRIES
"""A source that tries more often than this in a minute is not listened to for the rest of it."""
QUESTIONS: Final = 10
QUESTION_SECONDS: Final = 600
"""How many mails with codes a source may ask for; of one login, see access_codes.BURSTS."""
KNOWN_SECONDS: Final = 90 * 86_400
"""How long a source stays known after the last sign-in from it."""
KNOWN_SOURCES: Final = 10
STALE_SECONDS: Final = 3_600

COUNT: Final = (
    "failures = failures + 1, locked_until = CASE WHEN failures + 1 < :free THEN 0"
    " ELSE :now + min(:longest, CAST(:first AS BIGINT) << CAST(min(failures + 1 - :free, 5) AS INTEGER))"
    " END"
)
LOCKED: Final = " AND locked_until <= :now RETURNING failures, locked_until"


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted. `may`: whether a check may be made; `failures`: in a row, this one too."""

    login_id: int | None
    source: str
    known: bool
    may: bool
    failures: int
    locked_until: int

    @property
    def doubtful(self) -> bool:
        """Whether so many tries failed before this one that the password alone proves little."""
        return self.failures > DOUBTFUL


def reserve(visit: Visit, login_id: int | None) -> Try:
    """Count a try before it is made, in a transaction of its own.

    Args:
        login_id: None where nobody has the name that was typed; it costs the same.
    """
    source = source_of(visit.address)
    with visit.store.transaction(quiet=True) as tx:
        often = _count_source(tx, visit.now, source) > SOURCE_TRIES
        known = login_id is not None and visit.channel != "kiosk" and _known(tx, visit, login_id, source)
        counted = None if often else _count(tx, visit.now, login_id, source if known else None)
        if counted is None:
            # Writes as much as counting does, so that the time tells nothing either.
            tx.execute("UPDATE login SET failures = failures WHERE id = (SELECT max(id) FROM login)")
    failures, until = counted or (0, 0)
    return Try(login_id, source, known, counted is not None, failures, until)


def recognise(visit: Visit, login_id: int) -> Try:
    """What a try counts as that nobody has to guess for: a key was shown, or the door has counted already."""
    source = source_of(visit.address)
    with visit.store.transaction(quiet=True) as tx:
        known = visit.channel != "kiosk" and _known(tx, visit, login_id, source)
    return Try(login_id, source, known, True, 0, 0)


def give_back(visit: Visit, tried: Try) -> None:
    """Take back the count of a try that was right, in the open transaction; others' tries stay counted."""
    tx = visit.change
    table, which = _counter(tried.source if tried.known else None)
    tx.execute(
        f"UPDATE {table} SET failures = max(failures - 1, 0),"
        f" locked_until = CASE WHEN locked_until = :mine THEN 0 ELSE locked_until END WHERE {which}",
        mine=tried.locked_until,
        login=tried.login_id,
        source=tried.source,
    )
    _uncount_source(tx, tried.source)


def forgive(visit: Visit, tried: Try) -> None:
    """Somebody is in by the password: begin the count anew, and know the source from now on, in the open
    transaction.

    A sign-in from a known source says nothing about strangers: their count goes on.
    """
    tx = visit.change
    table, which = _counter(tried.source if tried.known else None)
    values = {"login": tried.login_id, "source": tried.source}
    tx.execute(f"UPDATE {table} SET failures = 0, locked_until = 0 WHERE {which}", **values)
    tx.execute("DELETE FROM throttle WHERE key = :key", key=_code_key(tried))
    _uncount_source(tx, tried.source)
    know(visit, tried)


def know(visit: Visit, tried: Try) -> None:
    """Know a source from now on, in the open transaction; what strangers tried stays counted."""
    if visit.channel == "kiosk":
        return
    tx = visit.change
    values = {"login": tried.login_id, "source": tried.source}
    tx.execute(
        "INSERT INTO known_source (login_id, address, last_good_at, failures, locked_until)"
        " VALUES (:login, :source, :now, 0, 0)"
        " ON CONFLICT (login_id, address) DO UPDATE SET last_good_at = excluded.last_good_at",
        now=visit.now,
        **values,
    )
    tx.execute(
        "DELETE FROM known_source WHERE login_id = :login AND id NOT IN (SELECT id FROM known_source"
        " WHERE login_id = :login ORDER BY last_good_at DESC, id DESC LIMIT :most)",
        login=tried.login_id,
        most=KNOWN_SOURCES,
    )


def crowded(visit: Visit) -> bool:
    """Whether a source has tried so often in this minute that it is no person any more."""
    row = visit.row(
        "SELECT count FROM throttle WHERE key = :key AND since > :begin",
        key=f"source:{source_of(visit.address)}",
        begin=visit.now - SOURCE_SECONDS,
    )
    return row is not None and int(row[0]) > CROWD


def reserve_code(visit: Visit, tried: Try) -> int:
    """Count a guess of a one-time code by somebody whose password was right; seconds to wait, 0 to go on.

    It has a count of its own: whoever does not know the password cannot keep the person from this step.
    """
    with visit.store.transaction(quiet=True) as tx:
        key = _code_key(tried)
        tx.execute(
            "INSERT INTO throttle (key, since, count, locked_until) VALUES (:key, :now, 0, 0)"
            " ON CONFLICT (key) DO NOTHING",
            key=key,
            now=visit.now,
        )
        row = tx.row(
            "UPDATE throttle SET count = count + 1, locked_until = CASE WHEN count + 1 < :free THEN 0"
            " ELSE :now + min(:longest, CAST(:first AS BIGINT) << CAST(min(count + 1 - :free, 5) AS INTEGER))"
            " END"
            " WHERE key = :key AND locked_until <= :now RETURNING 0",
            key=key,
            **_limits(visit.now),
        )
        if row is not None:
            return 0
        until = tx.row("SELECT locked_until FROM throttle WHERE key = :key", key=key)
        return int(until[0]) - visit.now if until else 0


def clear_codes(visit: Visit, tried: Try) -> None:
    """A code was right: begin its count anew, in the open transaction."""
    visit.change.execute("DELETE FROM throttle WHERE key = :key", key=_code_key(tried))


def may_ask(visit: Visit) -> bool:
    """Count a question that is answered by a mail, in the open transaction; whether a mail may leave.

    Every source has a count for all of them, so that nobody goes through a list of customers by it.
    """
    key = f"source:{source_of(visit.address)}|asked"
    return _count_key(visit.change, visit.now, key, QUESTION_SECONDS) <= QUESTIONS


def _code_key(tried: Try) -> str:
    return f"code:{tried.login_id}:{tried.source}" if tried.known else f"code:{tried.login_id}"


def _limits(now: int) -> dict[str, int]:
    return {"now": now, "free": FREE_TRIES, "longest": LONGEST_LOCK, "first": FIRST_LOCK}


def _counter(source: str | None) -> tuple[str, str]:
    """The table and condition of a count: of a known source, or of everybody else."""
    if source is None:
        return "login", "id = :login"
    return "known_source", "login_id = :login AND address = :source"


def _count(tx: Transaction, now: int, login_id: int | None, source: str | None) -> tuple[int, int] | None:
    """The failures in a row and the lock they bring; None while there is one, or nobody to count for."""
    table, which = _counter(source)
    row = tx.row(
        f"UPDATE {table} SET {COUNT} WHERE {which}{LOCKED}", login=login_id, source=source, **_limits(now)
    )
    return (int(row[0]), int(row[1])) if row else None


def _known(tx: Transaction, visit: Visit, login_id: int, source: str) -> bool:
    """Whether the login has signed in from there of late, or an account of it names the address."""
    row = tx.row(
        "SELECT last_good_at FROM known_source WHERE login_id = :login AND address = :source",
        login=login_id,
        source=source,
    )
    if row is not None and row[0] > visit.now - KNOWN_SECONDS:
        return True
    if not is_listed(visit, login_id):
        return False
    tx.execute(
        "INSERT INTO known_source (login_id, address, last_good_at, failures, locked_until)"
        " VALUES (:login, :source, 0, 0, 0) ON CONFLICT (login_id, address) DO NOTHING",
        login=login_id,
        source=source,
    )
    return True


def _count_source(tx: Transaction, now: int, source: str) -> int:
    """The tries from there in this minute; those of others an hour ago are swept out on the way."""
    tx.execute(
        "DELETE FROM throttle WHERE key IN (SELECT key FROM throttle"
        " WHERE key >= 'source:' AND key < 'source;' AND since < :old LIMIT 3)",
        old=now - STALE_SECONDS,
    )
    return _count_key(tx, now, f"source:{source}", SOURCE_SECONDS)


def _count_key(tx: Transaction, now: int, key: str, seconds: int) -> int:
    """One more for a key; how many there are since the first of at most so many seconds ago."""
    row = tx.row(
        "INSERT INTO throttle (key, since, count, locked_until) VALUES (:key, :now, 1, 0)"
        " ON CONFLICT (key) DO UPDATE SET"
        " count = CASE WHEN throttle.since <= :begin THEN 1 ELSE throttle.count + 1 END,"
        " since = CASE WHEN throttle.since <= :begin THEN :now ELSE throttle.since END RETURNING count",
        key=key,
        now=now,
        begin=now - seconds,
    )
    return int(row[0]) if row else 0


def _uncount_source(tx: Transaction, source: str) -> None:
    tx.execute("UPDATE throttle SET count = max(count - 1, 0) WHERE key = :key", key=f"source:{source}")
