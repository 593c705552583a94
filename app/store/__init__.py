"""The database as plain rows: what reads and bulk writes use. SQLite on one host, PostgreSQL for several.

Statements are written once and run on both, with `:name` for values (`?` in `executemany`); they are not
translated otherwise. So they keep to what both understand:

- CASE for iif, ON CONFLICT ... DO UPDATE for INSERT OR REPLACE, RETURNING for the number of a new row,
  `coalesce(a, 0) = coalesce(:a, 0)` for IS with a value, keys for rowid, TRUE for the condition 1; no GLOB,
  strftime, total, PRAGMA.
- A query in FROM has a name. CROSS JOIN, with its condition in WHERE, keeps the order of the join on SQLite.
- A condition is a comparison: truth is stored as 1 and 0, so `hard_limit = 1`, `instr(a, b) > 0`; a condition
  is counted by sum(CASE WHEN ... THEN 1 ELSE 0 END).
- Many values come as one text of JSON: `id IN (SELECT CAST(value AS BIGINT) FROM json_each(:ids))`, without
  the cast for texts. `json_each`, `instr` and, for the smaller or greater of two numbers, `min(a, b)` and
  `max(a, b)` are functions of SQLite that app.store.postgres.functions gives to PostgreSQL.
- An order says where a missing value goes where one may be: NULLS FIRST, NULLS LAST. Texts sort by code point
  on both, and LIKE is not used where case matters: SQLite's ignores it, PostgreSQL's does not.
- In ON CONFLICT a column of the row that is there has its table's name before it.
- All columns of a GROUP BY query are grouped, or belong to the group's key.
- After an error a transaction is over: see IntegrityError.
- max(id) + 1 is safe inside a transaction, there is one at a time. Generated numbers may have gaps.
"""

from app.store.errors import Busy, IntegrityError, StoreError
from app.store.listening import Listener
from app.store.store import Row, Store, Transaction

__all__ = ["Busy", "IntegrityError", "Listener", "Row", "Store", "StoreError", "Transaction"]
