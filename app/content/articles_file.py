"""Read data/articles: topics.toml, and a folder of Markdown files for each language.

A file begins with its facts in TOML between two lines of `+++`. One with a mistake is left out; others stay.
"""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path
from typing import Final

from app.content.articles import AUDIENCES, GROUPS, Article, Articles, Topic
from app.content.errors import ContentError
from app.content.reading import Section, read_toml
from app.i18n import LANGUAGES
from app.settings import shipped_content

FOLDER: Final = "articles"
TOPICS: Final = f"{FOLDER}/topics.toml"
FENCE: Final = "+++"
ID: Final = "[a-z0-9][a-z0-9-]{0,59}"
ID_FORM: Final = "small letters, digits and hyphens, like change-cost-limit"
LOG: Final = logging.getLogger("loket.articles")
LONGEST: Final = 20_000
"""Characters of a file."""


def read_articles(folder: Path) -> Articles:
    """Every article that can be used; a file with a mistake is left out, and said in `problems`.

    The operator's files, and those that come with Loket where the operator has none of that name.
    """
    problems: list[ContentError] = []
    topics: dict[str, Topic] = {}
    for place in _places(folder):
        topics |= read_topics(place, problems)
    languages = {language: _read_language(folder, language, topics, problems) for language in LANGUAGES}
    for problem in problems:
        LOG.warning("An article is left out. %s", problem)
    return Articles(topics, languages, tuple(problems))


def read_topics(folder: Path, problems: list[ContentError]) -> dict[str, Topic]:
    """The topics in the order of the file; none where there is no file."""
    if not (folder / TOPICS).exists():
        return {}
    root = read_toml(folder / TOPICS, TOPICS, problems)
    topics: dict[str, Topic] = {}
    for section in root.sections("topic"):
        topic = Topic(
            id=section.text("id", pattern=ID, form=ID_FORM),
            title=section.texts("title"),
            areas=section.words("areas", default=()),
        )
        section.finish()
        if section.sound:
            topics[topic.id] = topic
    root.finish()
    return topics


def _read_language(
    folder: Path, language: str, topics: dict[str, Topic], problems: list[ContentError]
) -> dict[str, Article]:
    paths = {
        path.name: path
        for place in _places(folder)
        for path in sorted((place / FOLDER / language).glob("*.md"))
    }
    found: dict[str, Article] = {}
    for name, path in sorted(paths.items()):
        errors: list[ContentError] = []
        article = _read(path, f"{FOLDER}/{language}/{name}", language, topics, errors)
        problems.extend(errors)
        if not errors:
            found[article.id] = article
    return found


def _places(folder: Path) -> tuple[Path, ...]:
    """Folders with content; the later one wins."""
    shipped = shipped_content()
    return (folder,) if folder == shipped else (shipped, folder)


def _read(
    path: Path, file: str, language: str, topics: dict[str, Topic], errors: list[ContentError]
) -> Article:
    head, text = _parted(path, file, errors)
    facts = _facts(head, file, errors)
    article = Article(
        id=facts.text("id", pattern=ID, form=ID_FORM),
        language=language,
        title=facts.text("title"),
        topic=facts.text("topic", choices=topics),
        group=facts.text("group", choices=GROUPS),
        text=text,
        updated=facts.day("updated"),
        related=facts.words("related", default=()),
        services=facts.words("services", default=()),
        tour=facts.text("tour", default=""),
        audience=facts.text("audience", choices=AUDIENCES, default="everybody"),
    )
    facts.finish()
    if facts.sound and article.id != path.stem:
        facts.error("id", f"The file is named {path.stem}.", f'Write id = "{path.stem}", or rename the file.')
    if facts.sound and not text.strip():
        facts.error("text", "The article has no text.", f"Write it below the second line of {FENCE}.")
    return article


def _parted(path: Path, file: str, errors: list[ContentError]) -> tuple[str, str]:
    """The facts and the text of a file."""
    try:
        whole = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        errors.append(ContentError(file, "", f"The file cannot be read: {error.strerror}.", "Put it back."))
        return "", ""
    except UnicodeDecodeError:
        errors.append(ContentError(file, "", "The file is not UTF-8.", "Save it in UTF-8."))
        return "", ""
    if len(whole) > LONGEST:
        cure = f"Write at most {LONGEST} characters, or make two articles of it."
        errors.append(ContentError(file, "", f"The file has {len(whole)} characters.", cure))
        return "", ""
    lines = whole.splitlines()
    fences = [number for number, line in enumerate(lines) if line.strip() == FENCE][:2]
    if len(fences) < 2 or fences[0] != 0:
        cure = (
            f"Begin with a line {FENCE}, then id, title, topic, group and updated, then another line {FENCE}."
        )
        errors.append(ContentError(file, "", "The file does not begin with its facts.", cure))
        return "", ""
    return "\n".join(lines[1 : fences[1]]), "\n".join(lines[fences[1] + 1 :]).strip() + "\n"


def _facts(head: str, file: str, errors: list[ContentError]) -> Section:
    silent = bool(errors)  # what is wrong with the file was said
    values = {}
    try:
        values = tomllib.loads(head)
    except (ValueError, RecursionError) as error:
        cure = "Correct the line that is named; the first line below +++ is line 1."
        errors.append(ContentError(file, "", f"The facts are no TOML: {error}.", cure))
        silent = True
    return Section(file, values, errors, silent=silent)
