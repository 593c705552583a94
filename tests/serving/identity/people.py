"""Where people come from, what they have, and how it goes on in the process that serves them."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest

from app.clock import FixedClock
from app.identity import Identity
from app.operations.core import Refused, Visit, one_time
from app.operations.signin import take_over
from app.serving.identity import Door
from tests.factories import Factory
from tests.operations.three_customers import PUBLIC_KEY

OFFICE, ELSEWHERE, FAR = "192.0.2.20", "198.51.100.99", "203.0.113.5"
KEY = base64.b64decode(PUBLIC_KEY.split()[1])
OTHER_KEY = KEY[:-1] + bytes([KEY[-1] ^ 1])
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
Doors = Callable[..., Door]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.message


def taken(door: Door, identity: Identity) -> Visit:
    """What the child makes of it, after the way through the control socket."""
    heard = Identity.heard(json.loads(json.dumps(identity.told())))
    assert heard == identity
    return take_over(door.store, door.clock, door.content, door.settings, heard)


def factor_on(factory: Factory, login: int) -> None:
    vault = factory.system.vault
    assert vault is not None
    row = {"login_id": login, "seed": vault.seal(SEED, f"second_factor.seed.{login}"), "last_step": 0}
    factory.insert("second_factor", row | {"created_at": 1, "confirmed_at": 1})


def code(clock: FixedClock, steps: int = 0) -> str:
    return one_time.code_at(SEED, clock.now() // one_time.STEP + steps)
