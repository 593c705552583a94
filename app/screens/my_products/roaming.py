"""Roaming: bundles for data outside the EU, how many may start, and the bundle for NL and the EU."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from app import units
from app.i18n import _, language, ngettext
from app.screens.area import desk_of
from app.screens.my_products.changes import say
from app.screens.my_products.dialogs import Choose, Option
from app.screens.my_products.panel import LineChanged
from app.screens.my_products.quote_dialog import ask_and_accept
from app.screens.my_products.settings_panel import Setting, SettingsPanel
from app.widgets.dialog import Confirm


class RoamingPanel(SettingsPanel):
    """Four bundles, their cap, and the data bundle."""

    label_width = 24
    value_width = 20

    async def refresh_line(self, new: bool) -> None:
        line = self.line
        assert line is not None
        offers = await self.read("bundles.offer", line_id=line.id)
        if offers is None:
            return
        self.fill([self.offer_setting(offer) for offer in offers] + [self.cap_setting(), self.data_setting()])

    # Roaming bundles

    def offer_setting(self, offer: Any) -> Setting:
        """One of the four: what it holds, what each costs, where it counts."""
        line = self.line
        assert line is not None
        use = next((use for use in line.counters.bundles if use.code == offer.code), None)
        size, price = units.volume(offer.size_bytes), units.money_micro(offer.price_micro)
        value = _("off")
        if offer.enabled:
            value = _("on")
            if use is not None and use.started:
                value = _("on, {started} of {cap} started").format(started=use.started, cap=line.bundle_cap)
        places = ngettext("{count} country", "{count} countries", len(offer.countries))
        countries = places.format(count=len(offer.countries))
        detail = [
            _("{size} for {price}, only when it is used. It starts by itself and lapses at the end of the "
              "month.").format(size=size, price=price),
            _("Covers {countries}: {names}.").format(countries=countries, names=", ".join(offer.countries)),
        ]  # fmt: skip
        why_not = "" if offer.enabled else offer.why_not
        right = "MANAGE_LINES" if offer.enabled else "ORDER"
        if not self.may(right):
            why_not = self.only_managers() or _("Your role may not order.")
        return Setting(
            f"bundle-{offer.code}",
            offer.name,
            value,
            f"{size} · {price} · {countries}",
            "\n".join(detail),
            "success" if offer.enabled else "",
            why_not,
            self.offer_change(offer),
        )

    def offer_change(self, offer: Any) -> Callable[[], Awaitable[None]]:
        """Enabling shows the price and the countries first; taking off asks."""

        async def change() -> None:
            line = self.line
            assert line is not None
            if not offer.enabled:
                title = _("Enable {name}").format(name=offer.name)
                if await ask_and_accept(self, title, "bundles.quote", line_id=line.id, classes=[offer.code]):
                    self.post_message(LineChanged())
                return
            text = _("What has started this month stays paid. Without any bundle data outside the EU is off.")
            title = _("Take {name} off?").format(name=offer.name)
            question = Confirm(title, text, _("Take it off"), _("Leave it"))
            question.place = "bundle_question"
            if await self.app.push_screen_wait(question):
                done = await self.change(
                    "bundles.disable", line_id=line.id, classes=[offer.code], version=line.version
                )
                if done is not None and done.note:
                    say(self, done.note, "warning")

        return change

    # How many may start

    def cap_setting(self) -> Setting:
        """The most bundles of each class in a month."""
        line = self.line
        assert line is not None
        return Setting(
            "cap",
            _("Bundles a month"),
            _("at most {count}").format(count=line.bundle_cap),
            _("of each class, then blocked"),
            _("The next bundle starts by itself when one is used up. After the last one data is blocked for "
              "that class until the 1st. The SMS at each start says how many are left."),
            why_not=self.only_managers(),
            change=self.change_cap,
        )  # fmt: skip

    async def change_cap(self) -> None:
        """Choose 1 to the operator's most."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        most = visit.content.operator.policies.highest_bundle_cap
        options = [Option(str(count), str(count)) for count in range(1, most + 1)]
        chosen = await self.app.push_screen_wait(
            Choose(_("Most roaming bundles a month"), options, str(line.bundle_cap))
        )
        if chosen is not None:
            await self.change("bundles.set_cap", line_id=line.id, cap=int(chosen), version=line.version)

    # Data in NL and the EU

    def data_setting(self) -> Setting:
        """The data bundle, which another one can replace."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        bundle = visit.content.catalogue.data_bundles.get(line.data_bundle)
        name = bundle.name.in_language(language()) if bundle else line.data_bundle
        why_not = "" if self.may("ORDER") else (self.only_managers() or _("Your role may not order."))
        return Setting(
            "data",
            _("Data in NL and the EU"),
            name,
            _("shared with equal bundles"),
            _(
                "Lines of one group with the same bundle share it. "
                "What is left does not move to the next month."
            ),
            why_not=why_not,
            change=self.change_data,
        )

    async def change_data(self) -> None:
        """Choose another bundle; its price is shown before it is booked."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        options = [
            Option(
                bundle.code,
                bundle.name.in_language(language()),
                _("{price} a month").format(price=units.money(bundle.monthly_cents)),
                _("this is the present one") if bundle.code == line.data_bundle else "",
            )
            for bundle in visit.content.catalogue.data_bundles.values()
        ]
        chosen = await self.app.push_screen_wait(
            Choose(_("Data in NL and the EU"), options, line.data_bundle)
        )
        if chosen is not None and await ask_and_accept(
            self, _("Another data bundle"), "bundles.quote_data", line_id=line.id, data_bundle=chosen
        ):
            self.post_message(LineChanged())
