"""Keys that come in one packet go where they would have gone one by one."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key, MouseDown, Paste
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from app.widgets import key_order
from app.widgets.base_app import SafeApp


class Question(ModalScreen[None]):
    """Asks for a word."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss")]

    def compose(self) -> ComposeResult:
        with Vertical(), Vertical():
            yield Input(id="word")


class Slow(Input):
    """Thinks about each key."""

    seconds = 0.0

    async def key_f5(self) -> None:
        await asyncio.sleep(self.seconds)
        for field in self.app.query("#password"):
            field.focus()

    async def key_f6(self) -> None:
        with key_order.key_order(self.app).patient():
            await self.key_f5()


class Form(SafeApp):
    """Two fields and a dialog."""

    AUTO_FOCUS = "#name, #word"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "ask"),
        Binding("f3", "go('password')", priority=True),
        Binding("f4", "go('name')"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(), Vertical(), Vertical():
            yield Slow(id="name", select_on_focus=False)
        yield Input(id="password", password=True, select_on_focus=False)
        yield Button("Send")

    async def action_ask(self) -> None:
        self.push_screen(Question())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter leads on, as on the sign-in screen."""
        if event.input.id == "name":
            self.action_go("password")

    def action_go(self, name: str) -> None:
        self.query_one(f"#{name}", Input).focus()

    def of(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def type(self, *keys: str) -> None:
        """All at once, as from one packet."""
        for key in keys:
            self.post_message(Key(key, key if len(key) == 1 else None))


async def test_letters_after_tab_go_to_the_next_field() -> None:
    app = Form()
    async with app.run_test() as pilot:
        app.type(*"admin", "tab", *"secret", "shift+tab", *"!")
        await pilot.pause()
        assert (app.of("name"), app.of("password")) == ("admin!", "secret")


async def test_letters_after_enter_go_where_it_leads() -> None:
    app = Form()
    async with app.run_test() as pilot:
        app.type(*"admin", "enter", *"secret")
        await pilot.pause()
        assert (app.of("name"), app.of("password")) == ("admin", "secret")


async def test_what_is_typed_before_the_first_screen_is_there_is_not_lost() -> None:
    app = Form()
    app.type(*"admin", "tab", *"secret")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert (app.of("name"), app.of("password")) == ("admin", "secret")


async def test_a_dialog_gets_what_was_typed_after_its_key() -> None:
    app = Form()
    async with app.run_test() as pilot:
        app.type(*"a", "f2", *"word", "escape", *"b")
        await pilot.pause()
        assert app.of("name") == "ab"
        app.type("f2", *"word")
        await pilot.pause()
        assert app.screen.query_one("#word", Input).value == "word"


async def test_what_is_typed_while_another_screen_is_made_is_meant_for_it() -> None:
    app = Form()
    async with app.run_test() as pilot:
        app.key_order.hold()
        app.type(*"wo", "enter", *"rd")
        await pilot.pause(0.05)
        assert app.of("name") == ""
        await app.push_screen(Question())
        app.key_order.release()
        await pilot.pause()
        assert app.screen.query_one("#word", Input).value == "word", "Enter once more means the same"
        app.type("escape", *"ab")
        await pilot.pause()
        assert app.of("name") == "ab"


async def test_nothing_is_held_for_ever_and_the_way_out_never(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_order, "LONGEST_HOLD", 0.05)
    app = Form()
    async with app.run_test() as pilot:
        app.key_order.hold()
        app.type(*"late")
        await pilot.pause(0.2)
        assert app.of("name") == "late"
        app.key_order.hold()
        app.type("a", "ctrl+q")
        await pilot.pause()
        assert app.return_code == 0


async def test_keys_of_the_application_keep_their_place() -> None:
    app = Form()
    async with app.run_test() as pilot:
        app.type("a", "f3", "b", "f4", "c", "f3", "d")
        await pilot.pause()
        assert (app.of("name"), app.of("password")) == ("ac", "bd")


async def test_pasted_text_and_clicks_keep_their_place() -> None:
    app = Form()
    async with app.run_test() as pilot:
        box = app.query_one("#name").region
        click = MouseDown(None, box.x + 2, box.y + 1, 0, 0, 1, False, False, False)
        given: list[Message] = [Paste("p"), Key("tab", None), Paste("q"), click, Key("x", "x")]
        for event in given:
            app.post_message(event)
        await pilot.pause()
        assert (set(app.of("name")), app.of("password")) == ({"p", "x"}, "q")


async def test_a_control_that_thinks_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slow, "seconds", 0.05)
    app = Form()
    async with app.run_test() as pilot:
        app.type("a", "f5", *"bc")
        await pilot.pause(0.1)
        assert (app.of("name"), app.of("password")) == ("a", "bc")


async def test_a_control_that_thinks_for_too_long_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slow, "seconds", 1.0)
    monkeypatch.setattr(key_order, "LONGEST_WAIT", 0.05)
    app = Form()
    async with app.run_test():
        app.type("a", "f5", *"no", "f3", *"bc")
        await asyncio.sleep(0.5)
        assert app.of("password") == "bc"
        await asyncio.sleep(0.6)
        assert app.of("name") == "ano"


@pytest.mark.parametrize("longest, found", [(9.0, ("a", "yes")), (0.05, ("ayes", ""))])
async def test_what_says_that_it_takes_its_time_is_waited_for(
    longest: float, found: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Slow, "seconds", 0.4)
    monkeypatch.setattr(key_order, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(key_order, "LONGEST_HOLD", longest)
    app = Form()
    async with app.run_test():
        app.type("a", "f6", *"yes")
        await asyncio.sleep(0.8)
        assert (app.of("name"), app.of("password")) == found


async def test_the_way_out_is_open_while_something_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slow, "seconds", 0.5)
    app = Form()
    async with app.run_test() as pilot:
        app.type("a", "f6", "b")
        await asyncio.sleep(0.05)
        app.type("ctrl+q")
        await pilot.pause(0.05)
        assert app.return_code == 0


async def test_a_control_that_is_gone_holds_nothing_up() -> None:
    app = Form()
    async with app.run_test() as pilot:
        app.type("a", "f1", "b")
        app.query_one("#name").remove()
        app.action_go("password")
        await pilot.pause()
        app.type("c", "tab", "d")
        await pilot.pause()
        assert app.of("password").endswith("c")


async def test_a_thousand_letters_keep_their_order() -> None:
    app = Form()
    text = "".join(chr(97 + place * 7 % 26) for place in range(1000))
    async with app.run_test() as pilot:
        app.type(*text)
        for _ in range(50):
            await pilot.pause()
        assert app.of("name") == text


async def test_a_lone_key_is_not_followed() -> None:
    app = Form()
    async with app.run_test() as pilot:
        await pilot.press("a")
        followed: list[Any] = []
        app.key_order._follow = lambda: followed.append(1)  # type: ignore[method-assign]
        for key in (*"bcd", "tab", "e", "f4", "g"):
            await pilot.press(key)
        assert not followed
        assert (app.of("name"), app.of("password")) == ("abcdg", "e")


async def test_a_key_held_down_behind_another_is_given_at_once() -> None:
    app = Form()
    async with app.run_test() as pilot:
        await pilot.pause()
        given: list[Message] = []
        first = asyncio.Event()

        def give(event: Message) -> bool:
            given.append(event)
            if event is held[0]:
                first.set()
            event._forwarded = True
            order.given(event)
            return True

        order = key_order.KeyOrder(app, give)
        held = [Key("f5", None) for _press in range(20)]
        for event in (Key("tab", None), *held):
            order.keeps(event)
        await first.wait()
        assert given[-20:] == held
