"""Tours that people took: where each is, and how long its steps took. Never what was typed."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from app.models.base import BLANK, STRICT, Entity, one_of


class TourRun(Entity, table=True):
    """One time that somebody took a tour: taken up again, it goes on."""

    __tablename__ = "tour_run"
    __table_args__ = (
        one_of("state", "running", "left", "finished"),
        Index("tour_run_login", "login_id", "tour", "id"),
        Index("tour_run_started", "started_at"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    tour: str = Field(max_length=60)
    """The name of its file."""
    login_id: int | None = Field(default=None, foreign_key="login.id")
    """None: nobody had signed in."""
    step: str = Field(max_length=60)
    """The step that is shown, or was last."""
    state: str = "running"
    why: str = Field(default="", max_length=20, sa_column_kwargs=BLANK)
    """Why it was left."""
    started_at: int
    ended_at: int | None = None


class TourStep(Entity, table=True):
    """What a step took in one run, all times that it was shown together."""

    __tablename__ = "tour_step"
    __table_args__ = (STRICT,)

    run_id: int = Field(primary_key=True, foreign_key="tour_run.id")
    step: str = Field(primary_key=True, max_length=60)
    seconds: int = 0
    backs: int = 0
    """How often the person went back from it."""
    wrongs: int = 0
    """How often something was tried that the step does not ask for."""
    shown: int = 0
    """How often the keys were shown."""
