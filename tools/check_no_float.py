"""Fail where a float could touch money or volume: `float(...)`, a literal such as 0.1, a true division.

Paths are joined with `/` too, so divisions are looked for only where no paths are handled.
A line that ends in `# float: <why>` is let through.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXACT = ("app/rating", "app/units.py", "app/unit_input.py", "app/number_formats.py")
"""No float and no true division at all."""
CAREFUL = ("app/models", "app/content", "app/operations", "app/intake", "app/demo")
"""No float but 0.0, from which stopwatches count; `/` may join paths."""

MIXED = ("app/rating/batch.py",)
"""As above, on the exact floor: it keeps compiled rules in a folder."""


def findings(path: Path, divisions: bool) -> list[str]:
    """What is wrong in one file, as `file:line: text`."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        problem = _problem(node, divisions)
        line = getattr(node, "lineno", 0)
        if problem and "# float: " not in lines[line - 1]:
            found.append(f"{path.relative_to(ROOT)}:{line}: {problem}")
    return found


def _problem(node: ast.AST, divisions: bool) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
        return "float(...) where money or volume is handled"
    if isinstance(node, ast.Constant) and isinstance(node.value, float) and (divisions or node.value):
        return f"{node.value} is a float"
    if divisions and isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
        return "a true division makes a float; use //"
    return ""


def files(places: tuple[str, ...]) -> list[Path]:
    """The modules at and below some places."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path] * path.exists()
    return found


def main() -> int:
    """0 if nothing was found."""
    careful = files(CAREFUL) + files(MIXED)
    exact = [path for path in files(EXACT) if path not in careful]
    found = [text for path in exact for text in findings(path, True)]
    found += [text for path in careful for text in findings(path, False)]
    print("\n".join(found) or f"no float in {len(exact) + len(careful)} modules")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
