"""Lists of the Discover page: changed in place, never reset."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtTest import QAbstractItemModelTester

from backend.capacity.types import Fit, Ledger, RunConfig, Verdict
from backend.hubs.types import HubModel, QuantFile, RemoteFile, Source
from ui.pages.discover.files import FileRow, FilesModel
from ui.pages.discover.fits_here import FitsHereProxy
from ui.pages.discover.results import ResultsModel, Role

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def hub_model(name: str) -> HubModel:
    return HubModel(f"acme/{name}", Source.HUGGING_FACE, "acme", name, has_gguf=True)


def fit(verdict: Verdict, total: int = 4_000_000_000) -> Fit:
    return Fit(verdict, Ledger(total, 0, 0, 0), RunConfig(), free=8_000_000_000, margin=0)


def test_results_append_pages_without_repeating_rows(qapp: object) -> None:
    model = ResultsModel()
    tester = QAbstractItemModelTester(model, STRICT)
    model.append((hub_model("a"), hub_model("b")))
    model.append((hub_model("b"), hub_model("c")))
    assert [model.index(row).data() for row in range(model.rowCount())] == ["a", "b", "c"]
    model.clear()
    assert model.rowCount() == 0
    assert tester.model() is model


def test_a_fit_reaches_only_its_row(qapp: object) -> None:
    model = ResultsModel()
    changed: list[int] = []
    model.append((hub_model("a"), hub_model("b")))
    model.dataChanged.connect(lambda top, bottom: changed.extend(range(top.row(), bottom.row() + 1)))
    model.set_fit("hf:acme/b", fit(Verdict.TIGHT))
    model.set_fit("hf:acme/unknown", fit(Verdict.TIGHT))
    assert changed == [1]
    assert model.index(1).data(Role.FIT).verdict is Verdict.TIGHT
    assert model.index(0).data(Role.FIT) is None


def test_fits_here_hides_only_what_is_known_to_be_too_big(qapp: object) -> None:
    model, proxy = ResultsModel(), FitsHereProxy()
    proxy.setSourceModel(model)
    model.append((hub_model("small"), hub_model("huge"), hub_model("unknown")))
    model.set_fit("hf:acme/small", fit(Verdict.FITS))
    model.set_fit("hf:acme/huge", fit(Verdict.TOO_BIG))
    proxy.set_only_fitting(True)
    assert [proxy.index(row, 0).data() for row in range(proxy.rowCount())] == ["small", "unknown"]
    proxy.set_only_fitting(False)
    assert proxy.rowCount() == 3


def test_files_change_in_place_and_share_one_scale(qapp: object) -> None:
    model = FilesModel()
    tester = QAbstractItemModelTester(model, STRICT)
    rows = tuple(
        FileRow(QuantFile(label, (RemoteFile(f"m-{label}.gguf", 10),))) for label in ("Q4_K_M", "Q8_0")
    )
    model.set_rows(rows)
    model.replace(replace(rows[0], fit=fit(Verdict.FITS, 5)))
    model.replace(replace(rows[1], fit=fit(Verdict.TIGHT, 9)))
    assert model.scale() == 9
    model.set_rows(())
    assert model.rowCount() == 0
    assert tester.model() is model
