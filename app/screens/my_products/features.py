"""Features: what a line can do besides calling and data, options with a price, SIMs and other numbers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from app import units
from app.i18n import _, language
from app.screens.area import desk_of
from app.screens.my_products.dialogs import Choose, Option
from app.screens.my_products.panel import LineChanged
from app.screens.my_products.quote_dialog import ask_and_accept
from app.screens.my_products.settings_panel import Setting, SettingsPanel
from app.widgets.columns import Tone
from app.widgets.dialog import Confirm

TONES: dict[str, Tone] = {"on": "success", "available": "muted"}


class FeaturesPanel(SettingsPanel):
    """What is included comes first, then features and options, then SIMs."""

    label_width = 26
    value_width = 18

    async def refresh_line(self, new: bool) -> None:
        line = self.line
        assert line is not None
        features = await self.read("features.get", line_id=line.id)
        if features is not None:
            included = Setting(
                "included",
                _("Included"),
                "",
                " · ".join(line.inclusions),
                "\n".join(f"• {text}" for text in line.inclusions),
            )
            self.fill([included, *map(self.feature_setting, features), self.sim_setting()])

    def feature_setting(self, feature: Any) -> Setting:
        """A feature with its how-to, or an option with its price and risk."""
        value = feature.status_text
        note = feature.detail or feature.needs or feature.text
        if feature.code == "dual_sim":
            value, note = self.other_numbers()
        if feature.can_order and feature.status != "on":
            note = _("{price} a month").format(price=units.money(feature.monthly_cents))
        change = None
        why_not = ""
        if feature.can_change:
            why_not, change = self.only_managers(), self.switch(feature)
        elif feature.can_order:
            why_not = "" if self.may("ORDER") else (self.only_managers() or _("Your role may not order."))
            change = self.order(feature)
        tone = TONES.get(feature.status, "")
        return Setting(
            feature.code, feature.name, value, note, self.detail(feature, note), tone, why_not, change
        )

    def detail(self, feature: Any, note: str) -> str:
        """Everything there is to know about a feature."""
        parts = [feature.text, feature.needs]
        if feature.risk:
            parts.append(_("Mind: {risk}").format(risk=feature.risk))
        parts.append(note if note not in parts else "")
        parts += [f"{code.code:<12} {code.text}" for code in feature.codes]
        if feature.help:
            parts.append(_("More: {address}").format(address=feature.help))
        return "\n".join(part for part in parts if part)

    def other_numbers(self) -> tuple[str, str]:
        """The other lines of the same person; each is a line of its own."""
        line = self.line
        assert line is not None
        count = 1 + len(line.other_numbers)
        numbers = ", ".join(
            units.phone(number) for number in (line.number, *(o.number for o in line.other_numbers))
        )
        return (_("{count} numbers").format(count=count) if count > 1 else _("one number")), numbers

    def sim_setting(self) -> Setting:
        """The cards and profiles of the line."""
        line, visit = self.line, desk_of(self).visit
        assert line is not None
        assert visit is not None
        kinds = visit.content.catalogue.sims
        roles = {"main": _("phone"), "combi": _("Combi SIM"), "multisim": _("Multisim")}
        sims = [
            f"{roles.get(sim.role, sim.role)}: {kinds[sim.kind].name.in_language(language())} {sim.iccid}"
            for sim in line.sims
            if sim.status != "ended" and sim.kind in kinds
        ]
        numbers = [
            units.phone(each.value)
            + "  "
            + _("since {date}").format(date=units.date(each.valid_from, self.zone))
            for each in line.identifiers
        ]
        return Setting(
            "sims",
            _("SIMs and numbers"),
            str(len(sims)) if sims else _("none yet"),
            ", ".join(sims),
            "\n".join([*sims, *numbers]),
        )

    def switch(self, feature: Any) -> Callable[[], Awaitable[None]]:
        """Enter on a feature turns it."""

        async def change() -> None:
            line = self.line
            assert line is not None
            await self.change(
                "features.set",
                line_id=line.id,
                feature=feature.code,
                on=feature.status != "on",
                version=line.version,
            )

        return change

    def order(self, feature: Any) -> Callable[[], Awaitable[None]]:
        """Enter on an option asks for the SIM where one is added, then shows the price and the risk."""

        async def change() -> None:
            line = self.line
            assert line is not None
            chosen: dict[str, Any] = {"option": feature.code}
            if not feature.risk:
                sim = await self.ask_sim(feature.name)
                if sim is None:
                    return
                chosen |= sim
            if await ask_and_accept(self, feature.name, "features.quote", line_id=line.id, **chosen):
                self.post_message(LineChanged())

        return change

    async def ask_sim(self, title: str) -> dict[str, Any] | None:
        """Which kind of SIM; for an eSIM the device must take one."""
        visit = desk_of(self).visit
        assert visit is not None
        sims = visit.content.catalogue.sims.values()
        default = next((sim.code for sim in sims if sim.default), "")
        options = [
            Option(sim.code, sim.name.in_language(language()), sim.text.in_language(language()))
            for sim in sims
        ]
        sim = await self.app.push_screen_wait(Choose(title, options, default))
        if sim is None:
            return None
        if sim == "esim" and not await confirm_esim(self):
            return None
        return {"sim": sim, "device_supports_esim": sim == "esim"}


async def confirm_esim(widget: Any) -> bool:
    """Ask whether the device takes an eSIM."""
    text = _("An eSIM works only in devices that support it. Look in the device's settings.")
    question = Confirm(_("Does the device support eSIM?"), text, _("Yes, it does"), _("No"))
    question.place = "esim_question"
    return bool(await widget.app.push_screen_wait(question))
