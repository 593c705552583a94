"""Overview: how the line stands this month, what is to come, and its days."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app import units
from app.clock import month_of
from app.i18n import _, ngettext
from app.screens.area import desk_of
from app.screens.my_products.forecast_text import forecast_text
from app.screens.my_products.limit_meter import LimitMeter
from app.screens.my_products.line_rows import whole_money
from app.screens.my_products.panel import Panel
from app.screens.my_products.words import used_of
from app.screens.panel import Facts
from app.text import safe
from app.widgets.meter import Meter
from app.widgets.plot import DailyPlot

LABEL = 22
NUMBERS = 20
BESIDE_PLOT = 14
"""Lines of meters and texts, with the title and the axis of the plot."""
CLASSES = ("a", "b", "rest", "world")


class OverviewPanel(Panel):
    """Meters with their numbers, a sentence on what comes, and data per day."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="overview", can_focus=True):
            yield self.meter("data", _("Data NL and EU"))
            yield self.meter("pool", _("Shared pool"))
            yield LimitMeter(_("Roaming, net of VAT"), LABEL, NUMBERS, id="meter-limit")
            for code in CLASSES:
                yield self.meter(f"class-{code}", "")
            yield Static("", id="overview-sums")
            yield Static("", id="overview-forecast")
            yield DailyPlot(_("Data per day"), [], [], lambda size: units.volume(size, decimals=1), id="days")

    def on_resize(self, event: events.Resize) -> None:
        """The plot is as high as there is room for, between four lines and twelve."""
        plot = self.query_one(DailyPlot)
        rows = max(4, min(event.size.height - BESIDE_PLOT, 12))
        if rows != plot.rows:
            plot.rows = rows
            plot.refresh(layout=True)

    @staticmethod
    def meter(name: str, label: str) -> Meter:
        """A meter that lines up with the others."""
        return Meter(label, 0, 0, "", LABEL, NUMBERS, id=f"meter-{name}")

    async def refresh_line(self, new: bool) -> None:
        self.show_data()
        await self.show_pool()
        self.show_roaming()
        self.show_sums()
        await self.show_forecast()

        await self.show_days()

    def show_data(self) -> None:
        """The line's own allowance."""
        line = self.line
        assert line is not None
        numbers = used_of(line.counters.used_bytes, line.allowance_bytes, line.unlimited)
        used = line.counters.used_bytes
        if line.zero:
            used = line.counters.out_of_bundle_bytes
            numbers = _("{volume}, no bundle").format(volume=units.volume(used, decimals=1))
        total = None if line.unlimited or line.zero else line.allowance_bytes
        self.query_one("#meter-data", Meter).show(used, total, numbers)

    async def show_pool(self) -> None:
        """What lines of the group with the same bundle share."""
        line = self.line
        assert line is not None
        meter = self.query_one("#meter-pool", Meter)
        pool = None
        if line.group_id is not None and not line.unlimited and not line.zero:
            groups = await self.read("lines.groups") or []
            pools = next((group.pools for group in groups if group.id == line.group_id), ())
            pool = next((pool for pool in pools if pool.data_bundle == line.data_bundle), None)
        meter.display = pool is not None and pool.lines > 1
        if pool is not None:
            label = _("Pool of {count} lines").format(count=pool.lines)
            if meter.label != label:
                meter.label = label
                meter.refresh()
            meter.show(pool.used_bytes, pool.allowance_bytes, used_of(pool.used_bytes, pool.allowance_bytes))

    def show_roaming(self) -> None:
        """The cost limit and the roaming bundles that are on or have started."""
        line = self.line
        assert line is not None
        self.query_one("#meter-limit", LimitMeter).show_limit(line.counters.standard_micro, line.limit_cents)
        uses = {use.code: use for use in line.counters.bundles}
        for code in CLASSES:
            meter, use = self.query_one(f"#meter-class-{code}", Meter), uses.get(code)
            meter.display = use is not None
            if use is None:
                continue
            label = f"{use.name} {use.started}/{use.started + use.left_to_start}"
            if meter.label != label:
                meter.label = label
                meter.refresh()
            whole = use.size_bytes
            running = whole - use.left_bytes if use.started else 0
            meter.show(running, whole, used_of(running, whole))

    def show_sums(self) -> None:
        """Calls, messages and what it comes to so far."""
        line = self.line
        assert line is not None
        counters = line.counters
        sms = ngettext("{count} SMS", "{count} SMS", counters.sms_count).format(count=counters.sms_count)
        parts = [
            _("Calls {time}").format(time=units.duration(counters.voice_seconds)),
            sms,
            _("beyond the subscription {amount}").format(
                amount=units.money((counters.charge_micro + 5_000) // 10_000)
            ),
        ]
        if line.pending_limit_cents is not None and line.pending_from is not None:
            day = units.date(line.pending_from, self.zone, year=False)
            parts.append(
                _("limit {amount} from {date}").format(amount=whole_money(line.pending_limit_cents), date=day)
            )
        self.write("#overview-sums", Content(safe("  ·  ".join(parts))))

    async def show_forecast(self) -> None:
        """When something will be reached, with the range."""
        line = self.line
        assert line is not None
        rows = await self.read("usage.forecast", line_id=line.id)
        self.write("#overview-forecast", forecast_text(rows or [], self.zone))

    async def show_days(self) -> None:
        """Data of each day of the month, in NL, the EU and elsewhere together."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        days = await self.read("usage.daily", line_id=line.id, month=month_of(visit.now, visit.zone)) or []
        values = [day.data_bytes + day.roaming_bytes for day in days]
        labels = [units.date(day.start, self.zone, year=False) for day in days]
        plot = self.query_one(DailyPlot)
        if (values, labels) != (plot.values, plot.labels):
            plot.show(values, labels)
            plot.refresh(layout=True)

    def write(self, where: str, text: Content | Facts) -> None:
        """Update a text, only if it differs."""
        static = self.query_one(where, Static)
        if static.content != text:
            static.update(text)
            static.display = text != Content("")
