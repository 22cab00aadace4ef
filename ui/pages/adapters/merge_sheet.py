"""The dialog that asks how a merged model is called, and of which type the changed weights are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from backend.adapters.merge_plan import MergeForecast
from backend.convert.types import ConvertType
from backend.engines.types import AdapterUse
from backend.i18n import tr
from ui import format as fmt
from ui.pages.adapters.sheets import NameSheet
from ui.widgets.labels import label


class MergeSheet(NameSheet):
    """Args:
    uses, names: What is merged, and the names of adapters by path.
    quant: Quantization of the base where that rounds what is merged; empty where a choice makes no sense.
    forecasts: What each type would give.
    """

    def __init__(
        self,
        uses: Sequence[AdapterUse],
        names: Mapping[str, str],
        name: str,
        quant: str,
        forecasts: Sequence[MergeForecast],
        parent: QWidget | None = None,
    ) -> None:
        parts = [f"{names[use.path]} {fmt.number(use.scale, 2)}" for use in uses]
        words = tr(
            "The adapters as they stand ({adapters}) become part of the weights of a new model. "
            "The model itself stays as it is.",
            adapters=", ".join(parts),
        )
        super().__init__(tr("Merge into a new model"), words, name, tr("Merge"), parent)
        self._forecasts = forecasts
        self._types = QButtonGroup(self)
        if quant:
            self.body.addWidget(self._choices(quant))
            self.fit()

    @property
    def type(self) -> ConvertType | None:
        """The type that is chosen; None keeps that of the model."""
        place = self._types.checkedId()
        return self._forecasts[place].type if place >= 0 else None

    def _choices(self, quant: str) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        chosen = next((at for at, each in enumerate(self._forecasts) if not each.refusal), -1)
        for place, forecast in enumerate(self._forecasts):
            radio = QRadioButton(_title(forecast.type, quant))
            radio.setEnabled(not forecast.refusal)
            radio.setChecked(place == chosen)
            about = label(forecast.refusal or _meaning(forecast.type), "caption", "2", wrap=True)
            about.setContentsMargins(24, 0, 0, 0 if place == len(self._forecasts) - 1 else 12)
            size = fmt.size(forecast.size) if forecast.size else ""
            radio.setAccessibleDescription(", ".join(part for part in (size, about.text()) if part))
            self._types.addButton(radio, place)
            grid.addWidget(radio, 2 * place, 0)
            written = label(size, "small", weight=500, tabular=True)
            grid.addWidget(written, 2 * place, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(about, 2 * place + 1, 0, 1, 2)
        return box


def _title(type: ConvertType | None, quant: str) -> str:
    if type is None:
        return tr("{quant}, as the model", quant=quant)
    return tr("{type} for what changes", type=type)


def _meaning(type: ConvertType | None) -> str:
    match type:
        case None:
            return tr("Changed weights are rounded again, so part of the effect is lost")
        case "Q8_0":
            return tr("Keeps nearly all of the effect")
        case _:
            return tr("Keeps the effect, and is the best to quantize from")
