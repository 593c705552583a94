"""`python -m benchmarks [NAME ...]`: run every benchmark, print one table, write build/bench.json.

A benchmark is a module of this package with `run() -> list[dict]`; each dict has `name`, `value`, `unit`,
and may have `floor` (what it is compared with), `ratio`, `target` and `ok` (False: the target is missed);
a `goal` is a target that must not be exceeded.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import sys
import time
from pathlib import Path
from typing import Any

import benchmarks

TARGET = Path(__file__).resolve().parent.parent / "build" / "bench.json"
COLUMNS = ("name", "value", "unit", "floor", "ratio", "target", "ok")


def modules(names: list[str]) -> list[str]:
    """Benchmarks to run: those named, or all."""
    found = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    found = [name for name in found if not name.startswith("_")]
    unknown = set(names) - set(found)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(found)}.")
    return [name for name in found if not names or name in names]


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "python": platform.python_version(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def judged(figure: dict[str, Any]) -> dict[str, Any]:
    """A figure with its goal as a target, and whether it is kept."""
    goal = figure.pop("goal", None)
    return figure if goal is None else {"target": goal, "ok": figure["value"] <= goal, **figure}


def cell(value: Any) -> str:
    """A figure with the digits that mean something."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "MISSED"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(figures: list[dict[str, Any]]) -> str:
    """All figures, aligned."""
    rows = [COLUMNS, *(tuple(cell(figure.get(name)) for name in COLUMNS) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if column in (0, 2) else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def main() -> int:
    """Run; 1 if a benchmark failed or missed its target."""
    figures: list[dict[str, Any]] = []
    broken = []
    for name in modules(sys.argv[1:]):
        run = getattr(importlib.import_module(f"benchmarks.{name}"), "run", None)
        if run is None:
            continue
        start = time.perf_counter()
        try:
            found = run()
        except Exception as error:
            broken.append(name)
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        figures += [{"benchmark": name, **judged(figure)} for figure in found]
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    print(table(figures))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(
        json.dumps({"machine": machine(), "figures": figures}, indent=1, default=str) + "\n", encoding="utf-8"
    )
    missed = [figure["name"] for figure in figures if figure.get("ok") is False]
    if missed:
        print("missed: " + ", ".join(missed), file=sys.stderr)
    return 1 if missed or broken else 0


if __name__ == "__main__":
    sys.exit(main())
