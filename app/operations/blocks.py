"""What has stopped by itself, the data of a 0 GB line or a reached cost limit, and how it is lifted."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import month_of
from app.i18n import _
from app.operations.core import Refused, Visit, operation
from app.operations.core.line_detail import line_values, read_line
from app.operations.core.line_edit import change_line, must_not_have_ended, recount_now
from app.operations.core.line_records import LineDetail
from app.operations.core.plans import tariff_of
from app.operations.core.scope import line_in_scope
from app.operations.core.settings_stream import put_kind
from app.rating.codes import Kind
from app.units import money, money_micro, month, volume


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block that holds now.

    kind: "zero" (0 GB line), "limit" (cost limit outside the EU) or "cap" (last roaming bundle of a class);
    text: what is blocked and why; note: what lifting it means, costs included; can_lift, why_not.
    """

    kind: str
    text: str
    note: str
    can_lift: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class BlockState:
    """What is left after lifting or restoring: `blocks` that still hold, `text` what was done."""

    text: str
    blocks: tuple[BlockRow, ...]
    version: int


@operation("blocks.get", right="VIEW_LINES", changes=False)
def get(visit: Visit, line_id: int) -> list[BlockRow]:
    """Blocks that hold on a line now, and what lifting each means.

    Args:
        line_id: the line.
    """
    return _blocks(visit, read_line(visit, line_in_scope(visit, line_id, "VIEW_LINES")))


@operation("blocks.lift", right="MANAGE_LINES")
def lift(visit: Visit, line_id: int, version: int | None = None) -> BlockState:
    """Lift what blocks a line's data: the block of a 0 GB line, else that of the cost limit.

    Args:
        line_id: the line.
        version: the line's version when it was read.
    """
    line_id = line_in_scope(visit, line_id, "MANAGE_LINES")
    blocks = _blocks(visit, read_line(visit, line_id))
    if not blocks:
        raise Refused(_("Nothing is blocked on this line."))
    block = next((block for block in blocks if block.can_lift), blocks[0])
    if not block.can_lift:
        raise Refused(block.why_not)
    if block.kind == "zero":
        changed = change_line(
            visit, line_id, {"zero_lifted": True}, version=version, was={"zero_lifted": False}
        )
    else:
        line = line_values(visit, line_id)
        must_not_have_ended(visit, line)
        put_kind(visit, line_id, Kind.ANSWER, 0, visit.now)
        recount_now(visit, line_id)
        visit.touch("line", line_id)
        changed = line["version"]
    left = tuple(_blocks(visit, read_line(visit, line_id)))
    return BlockState(_("The block is lifted. {note}").format(note=block.note), left, changed)


@operation("blocks.restore_zero", right="MANAGE_LINES")
def restore_zero(visit: Visit, line_id: int, version: int | None = None) -> BlockState:
    """Block the data of a 0 GB line again.

    Args:
        line_id: the line.
        version: the line's version when it was read.
    """
    line_id = line_in_scope(visit, line_id, "MANAGE_LINES")
    line = read_line(visit, line_id)
    if not line.zero:
        raise Refused(_("Only the data of a 0 GB line is blocked like this; use barring instead."))
    changed = change_line(visit, line_id, {"zero_lifted": False}, version=version, was={"zero_lifted": True})
    left = tuple(_blocks(visit, read_line(visit, line_id)))
    return BlockState(_("Data is blocked again."), left, changed)


def _blocks(visit: Visit, line: LineDetail) -> list[BlockRow]:
    found = []
    if line.zero and not line.zero_lifted:
        found.append(_zero_block(visit, line))
    if line.counters.blocked:
        found.append(_limit_block(line))
    for bundle in line.counters.bundles:
        if bundle.blocked:
            text = _("{name}: all {count} bundles of this month are used up.").format(
                name=bundle.name, count=bundle.started
            )
            why = _("Allow more bundles a month, up to {most}, or wait for the 1st.").format(
                most=visit.content.operator.policies.highest_bundle_cap
            )
            found.append(BlockRow("cap", text, "", False, why))
    return found


def _zero_block(visit: Visit, line: LineDetail) -> BlockRow:
    tariff = tariff_of(visit, line.plan, month_of(visit.now, visit.zone))
    note = _("Data in NL and the EU then costs {price} per {unit}, without a bundle.").format(
        price=money_micro(tariff.out_of_bundle_price), unit=volume(tariff.data_unit)
    )
    return BlockRow("zero", _("This is a 0 GB line: its data is blocked."), note, True, "")


def _limit_block(line: LineDetail) -> BlockRow:
    text = _("The cost limit of {limit} was reached: data outside the EU is blocked.").format(
        limit=money(line.limit_cents)
    )
    if line.hard_limit:
        why = _("This line may not exceed its limit. Allow it first, or choose a higher limit.")
        return BlockRow("limit", text, "", False, why)
    twice = line.counters.standard_micro >= 2 * line.limit_cents * 10_000
    if twice:
        note = _("Nothing blocks again until the end of {month}.").format(month=month(line.counters.month))
    else:
        note = _("It blocks again at {amount}.").format(amount=money(2 * line.limit_cents))
    return BlockRow("limit", text, note, True, "")
