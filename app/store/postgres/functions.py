"""Functions of SQLite that statements use, for PostgreSQL, which puts their bodies into the statements."""

from __future__ import annotations

from typing import Final

FUNCTIONS: Final = (
    """
    CREATE OR REPLACE FUNCTION json_each(list text) RETURNS TABLE (key text, value text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100 AS $$
        SELECT (place - 1)::text, item FROM json_array_elements_text(list::json)
        WITH ORDINALITY AS each (item, place)
    $$
    """,
    """
    CREATE OR REPLACE FUNCTION instr(whole text, part text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT strpos(whole, part) $$
    """,
    """
    CREATE OR REPLACE FUNCTION max(one bigint, other bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN one > other THEN one
        WHEN one <= other THEN other END $$
    """,
    """
    CREATE OR REPLACE FUNCTION min(one bigint, other bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN one < other THEN one
        WHEN one >= other THEN other END $$
    """,
)
