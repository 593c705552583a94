"""Labels and facts in a box."""

from __future__ import annotations

from textual.content import Content

from app.screens.panel import Facts


def test_a_long_fact_goes_on_under_its_beginning() -> None:
    facts = Facts([("Price", Content("€0.55 a minute, the first 30 s whole")), ("Class", Content("B"))], 10)
    lines = facts.at(30).plain.splitlines()
    assert lines == ["Price     €0.55 a minute, the", "          first 30 s whole", "Class     B"]
    assert facts.get_height({}, 30) == 3


def test_labels_longer_than_expected_widen_all() -> None:
    facts = Facts([("A very long label", Content("one")), ("B", Content("two"))], 4)
    first, second = facts.at(60).plain.splitlines()
    assert first.index("one") == second.index("two") == len("A very long label") + 2


def test_a_text_without_a_label_has_the_whole_width() -> None:
    facts = Facts([Content("From Morocco"), ("Data", Content("€1.50"))])
    assert facts.at(40).plain.splitlines()[0] == "From Morocco"
    assert facts == Facts([Content("From Morocco"), ("Data", Content("€1.50"))])
