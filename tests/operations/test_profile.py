"""One's own login: language and colours."""

from __future__ import annotations

import pytest

from app.operations.core import Invalid, Visit, perform


def test_language_and_colours_are_kept_with_the_login(admin_visit: Visit, user_visit: Visit) -> None:
    perform(admin_visit, "profile.set_theme", theme="contrast")
    perform(admin_visit, "profile.set_language", language="de")
    mine = perform(admin_visit, "profile.get")
    assert (mine.theme, mine.language) == ("contrast", "de")
    assert perform(user_visit, "profile.get").theme == ""


@pytest.mark.parametrize("name, value", [("language", "fr"), ("theme", "pink"), ("theme", "[red]")])
def test_what_is_not_offered_is_refused_by_field(admin_visit: Visit, name: str, value: str) -> None:
    with pytest.raises(Invalid) as error:
        perform(admin_visit, f"profile.set_{name}", **{name: value})
    assert error.value.field == name
    assert "Choose one of" in error.value.message
