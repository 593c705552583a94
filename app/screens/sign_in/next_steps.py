"""What is asked after the password: a code of the phone, a mailed one, or to set one-time passwords up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from app.i18n import _
from app.screens.area import desk_of
from app.screens.sign_in.step_form import StepForm, wrong
from app.secret import Secret
from app.widgets.form_field import FormField

if TYPE_CHECKING:
    from app.operations.core.next_step import NextStep, Pending
    from app.screens.desk import Desk


async def go_on(screen: Widget, step: NextStep) -> bool:
    """Ask for one thing after another; whether the person is in. To be awaited in a worker.

    Raises:
        SignedOut: begin with the password again; the text says why.
    """
    from app.operations.core import SignedOut
    from app.operations.core.next_step import NextStep

    answer: object = step
    while isinstance(answer, NextStep):
        answer = await answered(screen, answer)
        if isinstance(answer, SignedOut):
            raise answer
    return bool(answer)


async def answered(screen: Widget, step: NextStep) -> object:
    """Show what a step asks; the next step, that it is over, or whether the person is in."""
    desk = desk_of(screen)
    if step.kind in ("one_time_code", "mail_code"):
        return await screen.app.push_screen_wait(CodeStep(step))
    from app.screens.second_factor_steps import EnrolScreen, RecoveryCodesDialog

    if step.kind == "enrol":
        assert step.enrolment is not None
        enrol = EnrolScreen(step.enrolment, lambda code: taken(desk, step.pending, code))
        return await screen.app.push_screen_wait(enrol)
    await screen.app.push_screen_wait(RecoveryCodesDialog(step.codes))
    return await taken(desk, step.pending, Secret(""))


async def taken(desk: Desk, pending: Pending, code: Secret) -> object:
    """Hand a code on: True when the person is in, the next step, or that it is over.

    Raises:
        OperationError: the code is wrong.
    """
    from app.operations.core import SignedOut
    from app.operations.core.next_step import NextStep

    try:
        await desk.continue_sign_in(pending, code)
    except NextStep as step:
        return step
    except SignedOut as over:
        return over
    return True


class CodeStep(StepForm):
    """Six digits; in place of those of a phone also a recovery code."""

    def __init__(self, step: NextStep) -> None:
        title = _("One-time password") if step.kind == "one_time_code" else _("A code by mail")
        super().__init__(title, said(step), _("Sign in"))
        self.step = step

    def fields(self) -> Iterable[FormField]:
        yield FormField("code", _("Code"), required=True, max_length=60)

    async def submit(self, values: dict[str, object]) -> object:
        from app.operations.core import OperationError

        field = self.query_one("#field-code", FormField)
        typed, field.value = Secret(field.value), ""
        self.wait()
        try:
            return await taken(desk_of(self), self.step.pending, typed)
        except OperationError as error:
            raise wrong(error) from error


def said(step: NextStep) -> str:
    """What to type, and what else is possible."""
    if step.kind == "mail_code":
        text = _(
            "Many wrong passwords were tried for your login, so six digits were mailed to {mailbox}. Type "
            "them here. No mail? Cancel and sign in again for another."
        )
        return text.format(mailbox=step.hint)
    return _(
        "Type the six digits that your authenticator app shows. No phone at hand? Type one of your recovery "
        "codes instead."
    )
