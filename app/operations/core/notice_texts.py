"""What the messages about use say, in the language in force."""

from __future__ import annotations

from app.content import Content
from app.i18n import _, language, ngettext
from app.operations.core.marks import Mark
from app.operations.core.sms_words import answer_word
from app.rating.codes import Crossing
from app.rating.records import CLASSES
from app.units import money_micro, volume


def text_of(mark: Mark, content: Content) -> str:
    """The body of the SMS about a mark; not for answers that met no block (see `sms_words.help_text`)."""
    kind = mark.kind
    if kind == Crossing.BUNDLE_START:
        return _bundle_start(mark, content)
    if kind in (Crossing.BUNDLE_80, Crossing.BUNDLE_100, Crossing.BUNDLE_CAP):
        return _bundle(mark, content)
    if kind == Crossing.LIMIT_80:
        return _(
            "You have used {percent}% of your cost limit of {limit} for data outside the EU this month."
        ).format(percent=mark.percent, limit=_limit(mark, content))
    if kind in (Crossing.LIMIT_100, Crossing.LIMIT_200):
        return _limit_reached(mark, content)
    if kind in (Crossing.LIFTED_100, Crossing.LIFTED_200, Crossing.ANSWER_REFUSED):
        return _answer(mark, content)
    return _notice(mark)


def bundle_name(mark: Mark, content: Content) -> str:
    """The roaming bundle of a mark, as the operator calls it."""
    bundle = content.catalogue.roaming_bundles[CLASSES[mark.bundle_class].upper()]
    return bundle.name.in_language(language())


def _bundle_start(mark: Mark, content: Content) -> str:
    left = max(mark.cap - mark.bundle_number, 0)
    started = _("Your roaming bundle {name} of {size} has started.").format(
        name=bundle_name(mark, content), size=volume(mark.value)
    )
    if left == 0:
        return started + " " + _("It is the last one of this month: 0 left.")
    return (
        started
        + " "
        + ngettext("{left} more is left this month.", "{left} more are left this month.", left).format(
            left=left
        )
    )


def _bundle(mark: Mark, content: Content) -> str:
    name, left = bundle_name(mark, content), max(mark.cap - mark.bundle_number, 0)
    if mark.kind == Crossing.BUNDLE_80:
        return _("You have used {percent}% of your roaming bundle {name} of {size}.").format(
            percent=mark.percent, name=name, size=volume(mark.value)
        )
    if mark.kind == Crossing.BUNDLE_CAP:
        return _(
            "Your last roaming bundle {name} of this month is used up. Data is blocked in its countries "
            "until the month ends."
        ).format(name=name)
    return ngettext(
        "Your roaming bundle {name} is used up. The next one starts by itself when you use more; "
        "{left} is left this month.",
        "Your roaming bundle {name} is used up. The next one starts by itself when you use more; "
        "{left} are left this month.",
        left,
    ).format(name=name, left=left)


def _limit(mark: Mark, content: Content) -> str:
    return money_micro(mark.value, currency=content.operator.currency)


def _amount(mark: Mark, content: Content) -> str:
    """What was reached: the limit's percentage."""
    return money_micro(mark.value * mark.percent // 100, currency=content.operator.currency)


def _limit_reached(mark: Mark, content: Content) -> str:
    reached = _("You have reached {percent}% of your cost limit of {limit} for data outside the EU.").format(
        percent=mark.percent, limit=_limit(mark, content)
    )
    if not mark.blocked:
        return reached + " " + _("Data outside the EU stays on.")
    if mark.hard:
        return (
            reached
            + " "
            + _(
                "Data outside the EU is blocked until the month ends. Your administrator does not allow "
                "more; ask for a higher limit."
            )
        )
    return (
        reached
        + " "
        + _("Data outside the EU is blocked. To go on, answer {word} to {code}.").format(
            word=answer_word(), code=content.operator.sms_short_code
        )
    )


def _answer(mark: Mark, content: Content) -> str:
    if mark.kind == Crossing.ANSWER_REFUSED:
        return _(
            "Data outside the EU stays blocked: your administrator does not allow more than {limit} a month. "
            "Ask for a higher limit."
        ).format(limit=_limit(mark, content))
    if mark.kind == Crossing.LIFTED_200:
        return _("Data outside the EU works again. It is not blocked any more until the month ends.")
    return _("Data outside the EU works again. It is blocked once more at {amount}.").format(
        amount=_amount(mark, content)
    )


def _notice(mark: Mark) -> str:
    if mark.kind in (Crossing.NOTICE_80, Crossing.NOTICE_100):
        return _("You have used {percent}% of {size} of data in your country and the EU this month.").format(
            percent=mark.percent, size=volume(mark.value)
        )
    return _("You have used {percent}% of {size} of data outside the EU this month.").format(
        percent=mark.percent, size=volume(mark.value)
    )
