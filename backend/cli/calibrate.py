"""``calibrate``: measure how fast this machine computes."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from backend.capacity.types import Rates
from backend.cli import output
from backend.cli.session import opened
from backend.i18n import tr


def calibrate(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Measure the speed of this machine on generated models, so that predicted speeds become exact.

    Takes some fifteen seconds on an idle machine, and 130 MB of disk meanwhile (500 MB with a GPU).
    """

    def tell(part: float, name: str) -> None:
        if name:
            output.say(f"{100 * part:3.0f} %  {name}")

    stop = threading.Event()
    before = signal.signal(signal.SIGINT, lambda _number, _frame: stop.set())
    try:
        with opened(context) as backend:
            rates = backend.calibration.measure(stop, tell)
    finally:
        signal.signal(signal.SIGINT, before)
    if as_json:
        output.document(rates)
        return
    rows = [
        (row.device, row.family, f"{row.generation / 1e9:.1f} GB/s", f"{row.prompt / 1e9:.0f}")
        for row in rates.rows
    ]
    output.table(rows, (tr("Device"), tr("Weights"), tr("Writes"), tr("Reads 1B (tok/s)")))
    if rates.disturbed:
        output.line(disturbed_words())


def rates_words(rates: Rates | None) -> str:
    """What is known about the speed of this machine, in a sentence."""
    if rates is None:
        return tr("not measured; predictions are rough (measure with: orangery calibrate)")
    words = ", ".join(f"{row.device} {row.family} {row.generation / 1e9:.1f} GB/s" for row in rates.rows)
    return f"{words}. {disturbed_words()}" if rates.disturbed else words


def disturbed_words() -> str:
    return tr("Other programs were busy meanwhile; measure again when the machine is idle.")
