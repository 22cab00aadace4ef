"""The dry run of models whose headers are known."""

from __future__ import annotations

import logging
import threading
from collections.abc import Hashable
from dataclasses import replace

from backend.capacity.estimate import NO_EXTRAS, estimate
from backend.capacity.probe import Prober
from backend.capacity.types import Ledger, RunConfig
from backend.errors import AppError
from backend.fit_models import FitModel, FitModels

log = logging.getLogger(__name__)

_DIFFERENCE = 0.01
"""Part of the total by which formula and dry run may differ before that is worth a note."""
_NOTED = 1024


class Probing:
    """Thread-safe. Without a prober nothing is ever probed."""

    def __init__(self, models: FitModels, prober: Prober | None) -> None:
        self._models = models
        self._prober = prober
        self._lock = threading.Lock()
        self._noted: set[Hashable] = set()

    def ledger(self, model: FitModel, run: RunConfig, formula: Ledger) -> tuple[Ledger | None, bool]:
        """The engine's sums with the host extras of the formula, and what it says of adapters, without which
        the dry run is done; None where the engine cannot say anything, which is logged. The second value is
        True once for every question whose two answers differ by more than a percent.
        """
        if self._prober is None:
            return None, False
        try:
            found = self._prober.probe(self._models.probe_source(model), run)
        except AppError as error:
            if error.code != "engine.stopped" and self._is_new((model.key, run)):
                log.warning("the dry run of %s failed, so the formula stands: %s", model.name, error)
            return None, False
        ledger = replace(found, other=formula.other)
        if model.extras != NO_EXTRAS:
            plain = estimate(model.headers, run, file_size=model.size)
            ledger = _with_more(ledger, plain, formula)
        far = abs(ledger.total - formula.total) > _DIFFERENCE * ledger.total
        return ledger, far and self._is_new((model.key, run))

    def _is_new(self, question: Hashable) -> bool:
        with self._lock:
            if question in self._noted or len(self._noted) >= _NOTED:
                return False
            self._noted.add(question)
            return True


def _with_more(ledger: Ledger, plain: Ledger, full: Ledger) -> Ledger:
    """`ledger` with the weights by which `full` is larger than `plain`, device by device."""
    devices = ledger.devices
    if len(devices) == len(plain.devices) == len(full.devices):
        devices = tuple(
            replace(device, weights=device.weights + more.weights - less.weights)
            for device, less, more in zip(devices, plain.devices, full.devices, strict=True)
        )
    return replace(
        ledger,
        weights=ledger.weights + full.weights - plain.weights,
        gpu=ledger.gpu + full.gpu - plain.gpu,
        devices=devices,
    )
