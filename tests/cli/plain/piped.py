"""A conversation through a pipe, in this process: answers are put in, what was said is read."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.plain.session import Session
from app.cli.plain.talk import Talk
from app.cli.plain.terminal import Terminal
from app.clock import Clock
from app.content import Content, load_content
from app.secret import Secret
from app.settings import Settings
from app.store import Store


class Piped:
    """One conversation; `answer` puts lines in, `said` is all that came out."""

    def __init__(self, session: Session) -> None:
        self.reader, self.writer = os.pipe()
        self.out = io.StringIO()
        self.session = session
        self.talk = Talk(Terminal(self.reader, self.out), session)

    def answer(self, *lines: str) -> None:
        """Lines that are typed; they wait until they are asked for."""
        os.write(self.writer, "".join(f"{line}\n" for line in lines).encode())

    def nobody_answers(self) -> None:
        """The pipe is closed."""
        os.close(self.writer)
        self.writer = -1

    @property
    def said(self) -> str:
        """All that was said so far."""
        return self.out.getvalue()

    def waits_until(self, text: str, times: int = 1) -> None:
        """Wait until it was said, by a conversation in another thread."""
        for _each in range(400):
            if self.said.count(text) >= times:
                return
            time.sleep(0.05)
        raise AssertionError(f"nobody said {text!r}: {self.said}")

    def close(self) -> None:
        """Let go of the pipe."""
        if self.writer >= 0:
            os.close(self.writer)
        os.close(self.reader)


@contextmanager
def conversation(
    settings: Settings, clock: Clock, name: str = "", password: str = "", content: Content | None = None
) -> Iterator[Piped]:
    """Somebody's conversation; signed in where a name is given."""
    session = Session(
        settings, content or load_content(settings.content), Store(settings.database_url), clock
    )
    if name:
        session.sign_in(name, Secret(password))
    piped = Piped(session)
    try:
        yield piped
    finally:
        piped.close()
        session.store.close()
