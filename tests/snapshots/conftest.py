"""Pictures are taken of the same demonstration that the journeys walk through."""

from __future__ import annotations

from tests.journeys.conftest import demo_home, demo_template

__all__ = ["demo_home", "demo_template"]
