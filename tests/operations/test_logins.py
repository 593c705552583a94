"""What people set for themselves."""

from __future__ import annotations

import pytest

from app.operations.core import Invalid, Visit, perform
from app.store import Store


def test_language_and_theme_stay(admin_visit: Visit, user_visit: Visit, store: Store) -> None:
    perform(admin_visit, "logins.set_theme", theme="night")
    perform(admin_visit, "logins.set_language", language="de")
    assert perform(admin_visit, "logins.theme") == "night"
    assert perform(user_visit, "logins.theme") == ""
    row = store.row("SELECT language, theme FROM login WHERE id = :id", id=admin_visit.login_id)
    assert row == ("de", "night")
    with pytest.raises(Invalid):
        perform(user_visit, "logins.set_language", language="fr")
