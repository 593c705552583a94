"""Who keeps files open and asks for nothing is let go."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.serving.files.work import FilesWork
from app.serving.options import Options


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def work(ended: list[str]) -> FilesWork:
    facts: dict[str, Any] = {}
    connection = SimpleNamespace(get_extra_info=facts.get, set_extra_info=facts.update)
    channel = SimpleNamespace(get_connection=lambda: connection, abort=lambda: ended.append("hung up"))
    caller = SimpleNamespace(server=SimpleNamespace(options=Options()))
    return FilesWork(cast(Any, SimpleNamespace(channel=channel, caller=caller)))


@pytest.mark.parametrize(("limit", "reason"), [("idle", "idle"), ("longest", "longest")])
def test_a_limit_ends_it_once(work: FilesWork, ended: list[str], limit: str, reason: str) -> None:
    now = time.monotonic()
    seconds = getattr(Options().limits, limit)
    work.look(now)
    assert ended == []
    if limit == "longest":
        work.asked_at = now + seconds
    work.look(now + seconds + 5)
    work.look(now + seconds + 6)
    assert (ended, work.reason) == (["hung up"], reason)
