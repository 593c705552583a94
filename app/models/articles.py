"""What readers say of articles. The articles themselves are content, not stored."""

from __future__ import annotations

from sqlmodel import Field

from app.models.base import STRICT, Entity


class ArticleVote(Entity, table=True):
    """Whether a login found an article helpful: one vote each, the last one holds."""

    __tablename__ = "article_vote"
    __table_args__ = (STRICT,)

    article: str = Field(primary_key=True, max_length=60)
    login_id: int = Field(primary_key=True, foreign_key="login.id")
    helpful: bool
    at: int
