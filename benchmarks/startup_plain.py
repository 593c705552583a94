"""The floor for `benchmarks.startup`: plain Textual with what the sign-in screen shows, and nothing else.

`python -m benchmarks.startup_plain empty` is an application with one word instead.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Static

WAYS = "F3 I have a code  F4 Forgot password  F5 No login yet?  F6 Forgot user name"
LOGINS = (
    "   admin    admin      Marit Duinker, Duinrand Logistics B.V.",
    "   user     employee   Youssef El Amrani, Duinrand Logistics B.V.",
    "   agent    agent      Noor Verbeek",
)


class Plain(App[None]):
    """The same widgets, borders and texts, with a sheet of the same rules."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: #101418; color: #e6e6e6; }
    #top { height: 1; padding: 0 2; margin: 1 0 0 0; }
    #operator { width: 1fr; text-style: bold; }
    #middle { height: 1fr; align: center middle; }
    #box, #demo { width: 70; height: auto; padding: 1 2; border: round #4a5560; border-title-style: bold; }
    #demo { padding: 0 2; }
    .label { color: #9aa5b1; }
    Input { margin: 0 0 1 0; }
    #notice { height: auto; min-height: 1; }
    #go { width: 100%; height: 1; }
    #foot { height: 1; padding: 0 2; }
    .language { width: auto; min-width: 4; margin: 0 0 0 2; }
    .login { width: 100%; text-align: left; content-align: left middle; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Static("Noordkade Telecom", id="operator")
            for name in ("Nederlands", "English", "Deutsch"):
                yield Button(name, classes="language", compact=True)
        with VerticalScroll(id="middle", can_focus=False):
            with Vertical(id="box") as box:
                box.border_title = "Sign in"
                yield Static("Customer number, user name or e-mail address", classes="label")
                yield Input(id="who", compact=True)
                yield Static("Password", classes="label")
                yield Input(password=True, compact=True)
                yield Static("", id="notice")
                yield Button("Sign in", id="go", variant="primary", compact=True)
            yield Static(WAYS, id="ways")
            with Vertical(id="demo") as demo:
                demo.border_title = "Demonstration: choose who you are"
                for login in LOGINS:
                    yield Button(login, classes="login", compact=True)
        yield Static("+31 67 000 0133  ·  service@noordkade.example   F2 Language   ^Q Quit", id="foot")

    def on_mount(self) -> None:
        self.animation_level = "none"
        for field in self.query(Input):
            field.cursor_blink = False
        self.query_one("#who", Input).focus()


class Empty(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        yield Static("Password")


if __name__ == "__main__":
    (Empty if "empty" in sys.argv else Plain)().run()
