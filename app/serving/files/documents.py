"""`/documents`: what the operator tells everybody, and the mails that the customer's people were sent."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from app.cli.output import text_lines
from app.cli.plain.articles import article_lines
from app.clock import month_of
from app.export import csv_rows, json_text
from app.i18n import _, use_language
from app.operations.core import Visit, perform
from app.operations.messages import MessageRow
from app.serving.files.node import File, Folder, Node, file_name, rows_of
from app.text import safe
from app.units import instant

COLUMNS: Final = 78


class Documents(Folder):
    """Articles, mails and tariffs."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        yield "articles", Articles(self.visit)
        if self.visit.account_id is not None and self.visit.reach("VIEW_MESSAGES") is not None:
            yield "mails", Mails(self.visit)
        yield "tariffs", Tariffs(self.visit)


class Articles(Folder):
    """Topics, with their articles as text in the reader's language."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        for topic in perform(self.visit, "articles.topics"):
            yield file_name(topic.id), Topic(self.visit, topic.id)


class Topic(Folder):
    """The articles about one topic."""

    def __init__(self, visit: Visit, topic: str) -> None:
        super().__init__(visit)
        self.topic = topic

    def entries(self) -> Iterator[tuple[str, Node]]:
        for row in perform(self.visit, "articles.page", topic=self.topic):
            yield f"{file_name(row.id)}.txt", made(self.visit, partial(self._text, row.id))

    def _text(self, article: str) -> str:
        with use_language(self.visit.language):
            lines = article_lines(perform(self.visit, "articles.get", article=article), self.visit.content)
        return "\n\n".join(textwrap.fill(safe(line), COLUMNS) for line in lines if line) + "\n"


class Tariffs(Folder):
    """The tariff of the customer's lines: the sheet as text and as JSON, and each country with its class."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        sheet = perform(self.visit, "tariffs.sheet")
        stem = file_name(sheet.version)
        yield f"{stem}.txt", made(self.visit, self._text)
        yield f"{stem}.json", made(self.visit, lambda: json_text(perform(self.visit, "tariffs.sheet")) + "\n")
        yield f"{stem}-countries.csv", made(self.visit, self._countries)

    def _text(self) -> str:
        with use_language(self.visit.language):
            lines = text_lines(perform(self.visit, "tariffs.sheet"), self.visit.zone)
        return "\n".join(lines) + "\n"

    def _countries(self) -> str:
        sheet = perform(self.visit, "tariffs.sheet")
        rows: list[list[Any]] = [
            [country, zone.name, zone.data_included, zone.data_micro]
            for zone in sheet.zones
            for country in zone.countries
        ]
        return csv_rows(["country", "class", "data_included", "data_micro"], sorted(rows))


class Mails(Folder):
    """Confirmations and other mails by month."""

    def entries(self) -> Iterator[tuple[str, Node]]:
        months = dict.fromkeys(month_of(mail.at, self.visit.zone) for mail in mails(self.visit))
        for month in months:
            yield f"{month // 100}-{month % 100:02}", MailMonth(self.visit, month)


class MailMonth(Folder):
    """The mails of one month."""

    def __init__(self, visit: Visit, month: int) -> None:
        super().__init__(visit)
        self.month = month

    def entries(self) -> Iterator[tuple[str, Node]]:
        for mail in mails(self.visit):
            if month_of(mail.at, self.visit.zone) == self.month:
                name = f"{mail.id}-{file_name(mail.subject)}.txt"
                yield name, File(mail.at, partial(self._pieces, mail), f"message:{mail.id}")

    def _pieces(self, mail: MessageRow) -> Iterator[str]:
        with use_language(self.visit.language):
            written = instant(mail.at, self.visit.zone)
            head = (
                _("To: {recipient}").format(recipient=mail.recipient),
                _("Date: {instant}").format(instant=written),
                _("Subject: {subject}").format(subject=mail.subject),
            )
        yield "\n".join(safe(line) for line in head) + "\n\n" + safe(mail.body, lines=True)


def mails(visit: Visit) -> Iterator[MessageRow]:
    """The mails in the visitor's reach, the newest first."""
    return rows_of(visit, "messages.page", channel="mail")


def made(visit: Visit, text: Callable[[], str]) -> File:
    """A short file that is what it is now."""
    return File(visit.now, lambda: iter((text(),)))
