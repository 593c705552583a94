"""Figures for monitoring, as Prometheus reads them (text format 0.0.4): by HTTP on loopback, or in a file."""

from __future__ import annotations

import asyncio
import ipaddress
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.operations.core.figures import write_figures

BUCKETS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
FILE_SECONDS: Final = 15
COUNTED: Final = {
    "connections_total": "Connections that were accepted.",
    "refused_total": "Connections and sessions that were refused, by reason.",
    "sign_ins_total": "Connections that were let in, by method.",
    "sign_in_failures_total": "Passwords, codes and keys that were wrong.",
    "starts_total": "Sessions that began, by kind and by whether the screen was painted before.",
    "ends_total": "Sessions that ended, by reason.",
    "bytes_sent_total": "Bytes of screens that went out, before encryption.",
    "bytes_stopped_total": "Bytes that the escape filter did not let through.",
}
TIMED: Final = {
    "start_seconds": "From the request for a screen to its first byte.",
    "answer_seconds": "From a key to the first byte of what it changed.",
}
MEASURED: Final = {
    "sessions": "Sessions that are open.",
    "waiting": "Connections that nobody has been let in by yet.",
    "painted": "Sign-in screens that are painted and wait for somebody.",
}


class Metrics:
    """Counts, times, and what is measured when somebody asks."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
        self.times: dict[str, list[int]] = {name: [0] * (len(BUCKETS) + 1) for name in TIMED}
        self.sums: Counter[str] = Counter()
        self.gauges: dict[str, Callable[[], int]] = {}

    def count(self, name: str, by: int = 1, **labels: str) -> None:
        """Count something; labels come from the program, never from outside."""
        said = ",".join(f'{label}="{value}"' for label, value in labels.items())
        self.counts[name][f"{{{said}}}" if said else ""] += by

    def took(self, name: str, seconds: float) -> None:
        """Note how long something took."""
        self.times[name][bisect_left(BUCKETS, seconds)] += 1
        self.sums[name] += seconds  # type: ignore[assignment]

    def text(self) -> str:
        """All figures."""
        lines: list[str] = []
        for name, says in MEASURED.items():
            if name in self.gauges:
                lines += [*_head(name, says, "gauge"), f"loket_ssh_{name} {self.gauges[name]()}"]
        for name, says in COUNTED.items():
            lines += _head(name, says, "counter")
            lines += [f"loket_ssh_{name}{label} {n}" for label, n in sorted(self.counts[name].items())]
        for name, says in TIMED.items():
            lines += [*_head(name, says, "histogram"), *self._histogram(name)]
        return "\n".join(lines) + "\n"

    def _histogram(self, name: str) -> list[str]:
        lines, total = [], 0
        for most, count in zip([*map(str, BUCKETS), "+Inf"], self.times[name], strict=True):
            total += count
            lines.append(f'loket_ssh_{name}_bucket{{le="{most}"}} {total}')
        return [*lines, f"loket_ssh_{name}_sum {self.sums[name]:.6f}", f"loket_ssh_{name}_count {total}"]


def _head(name: str, says: str, kind: str) -> list[str]:
    return [f"# HELP loket_ssh_{name} {says}", f"# TYPE loket_ssh_{name} {kind}"]


def place_of(text: str) -> tuple[str, int] | Path:
    """A loopback address and port, or a file.

    Raises:
        ValueError: figures would be told to the network.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit():
        return Path(text)
    host = {"": "127.0.0.1", "localhost": "127.0.0.1"}.get(host, host.strip("[]"))
    if not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"{host} is not an address of this machine alone.")
    return host, int(port)


async def serve_metrics(metrics: Metrics, host: str, port: int) -> asyncio.Server:
    """Answer every request with the figures."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError, asyncio.LimitOverrunError, asyncio.IncompleteReadError):
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            body = metrics.text().encode()
            head = (
                "HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await writer.drain()
        writer.close()

    return await asyncio.start_server(answer, host, port, reuse_port=True)


async def write_metrics(metrics: Metrics, path: Path) -> None:
    """Write the figures into a file over and over, each time whole."""
    while True:
        with suppress(OSError):
            write_figures(path, metrics.text())
        await asyncio.sleep(FILE_SECONDS)
