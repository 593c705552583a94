"""The mark of a demo: read back, shown at sign-in, never written half."""

from __future__ import annotations

from pathlib import Path

from app.content import Content
from app.demo.sign import read_sign, write_sign
from app.screens.sign_in.demo_logins import demo_logins, demo_telephone_password


def test_the_sign_in_screen_offers_four_people(content: Content, tmp_path: Path) -> None:
    assert demo_logins(tmp_path) == []
    write_sign(tmp_path, content.demo, 17)
    logins = demo_logins(tmp_path)
    assert [login.user_name for login in logins] == ["admin", "employee", "agent", "supervisor"]
    assert all(login.password == content.demo.password for login in logins)
    assert demo_telephone_password(tmp_path) == content.demo.telephone_password == "Zilvermeeuw"
    assert demo_telephone_password(tmp_path / "nowhere") == ""


def test_the_mark_says_how_far_usage_goes(content: Content, tmp_path: Path) -> None:
    assert read_sign(tmp_path / "nowhere") is None
    write_sign(tmp_path / "home", content.demo, 1_795_298_856)
    sign = read_sign(tmp_path / "home")
    assert sign is not None
    assert sign.usage_until == 1_795_298_856
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["demo.toml"]
