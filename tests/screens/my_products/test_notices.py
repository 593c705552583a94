"""The form for notices: what is typed is read in the unit that stands in the label."""

from __future__ import annotations

from textual.app import App

from app.screens.my_products.notices import NoticeForm


async def test_a_bare_number_is_of_the_unit_in_the_label() -> None:
    app: App[None] = App()
    answers: list[object] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(NoticeForm(5_000_000_000, 0), answers.append)
        await pilot.pause()
        form = app.screen
        assert isinstance(form, NoticeForm)
        usage, roaming = form.query("FormField")
        assert (usage.label, roaming.label) == ("Usage notice, NL and EU (GB)", "Roaming data notice (MB)")  # type: ignore[attr-defined]
        assert usage.value == "5 GB"  # type: ignore[attr-defined]
        usage.value, roaming.value = "7.5", "300"  # type: ignore[attr-defined]
        await pilot.click("#save")
        await pilot.pause()
    assert answers == [{"usage_bytes": 7_500_000_000, "roaming_bytes": 300_000_000}]
