"""The rights matrix: deny by default."""

from __future__ import annotations

import pytest

from app.content import load_content
from app.content.rights import CUSTOMER_ROLES, PUBLIC_RIGHTS, RIGHTS, ROLES, Matrix
from tests.content.conftest import SHIPPED


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return load_content(SHIPPED).matrix


@pytest.mark.parametrize(
    "role, right, scope",
    [
        ("admin", "MANAGE_LINES", "account"),
        ("user", "VIEW_USAGE", "own"),
        ("user", "MANAGE_LINES", None),
        ("user", "VIEW_BILLING", None),
        ("reseller", "SET_NOTICES", "account"),
        ("admin", "SET_NOTICES", "account"),
        ("user", "SET_NOTICES", None),
        ("agent", "VIEW_LINES", "assisted"),
        ("agent", "CLOSE_MONTH", None),
        ("agent", "RECEIVE_SMS", None),
        ("system", "RUN_WORKER", "any"),
        ("kiosk", "VIEW_TARIFFS", "any"),
        ("kiosk", "VIEW_LINES", None),
        ("", "SIGN_IN", "own"),
        ("", "VIEW_LINES", None),
        ("stranger", "VIEW_TARIFFS", None),
        ("admin", "NO_SUCH_RIGHT", None),
    ],
)
def test_scope(matrix: Matrix, role: str, right: str, scope: str | None) -> None:
    assert matrix.scope(role, right) == scope


def test_customers_never_reach_other_customers(matrix: Matrix) -> None:
    for right in set(RIGHTS) - set(PUBLIC_RIGHTS):
        assert all(matrix.scope(role, right) != "any" for role in CUSTOMER_ROLES)


def test_every_right_has_somebody(matrix: Matrix) -> None:
    for right in RIGHTS:
        roles = matrix.roles(right)
        assert roles
        assert [role for role in ROLES if matrix.scope(role, right)] == list(roles)
