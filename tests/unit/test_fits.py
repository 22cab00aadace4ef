"""The fit of files here and on the hub, with the real hub client against the stand-in hub, and the real
library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.capacity.fit_ledger import FitLedger
from backend.capacity.machine import Machines
from backend.capacity.types import FitRun, PoolKind, RunConfig, Verdict, Wishes
from backend.engines.types import AdapterUse, EngineDevice, LoadOptions
from backend.errors import AppError
from backend.events import EventBus
from backend.fit_choice import best_quant, pick_quant
from backend.fits import FitService
from backend.gguf.reader import read_header
from backend.hubs.catalogue import Catalogue
from backend.hubs.huggingface import HuggingFace
from backend.hubs.ollama.garden import OllamaGarden
from backend.hubs.types import HubModel, QuantFile, RemoteFile, RepoDetail, Source
from backend.library.library import Library
from backend.net.network import Network
from tests.support.adapters import random_adapter
from tests.support.model_shapes import MODELS
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.standin_ollama import Layer, Model, StandInOllama, Tag
from tests.support.tiny_gguf import ghost_model, tiny_llama, tiny_split, tokenizer_metadata

GIB = 2**30
LLAMA = "acme/Llama-8B-GGUF"
SPLIT = "acme/Split-GGUF"
BROKEN = "acme/Broken-GGUF"
EMPTY = "acme/Empty"
CPU = EngineDevice("CPU", "Good Processor 9000", "cpu", 0, 0)
BIG_GPU = EngineDevice("CUDA0", "NVIDIA GeForce RTX 4090", "gpu", 24 * GIB, 23 * GIB)


@dataclass
class Used:
    """One row of the table of used models."""

    model_id: str
    path: str
    used: float
    tokens_per_second: float | None
    memory: int | None = None


class Records:
    """The library's table of uses."""

    def __init__(self) -> None:
        self.rows: dict[str, Used] = {}

    def note_use(self, model_id: str, path: str, tokens_per_second: float | None) -> None:
        self.rows[model_id] = Used(model_id, path, 1.0, tokens_per_second)

    def made_from(self) -> dict[str, str]:
        return {}

    def all_used(self) -> tuple[Used, ...]:
        return tuple(self.rows.values())

    def verified_files(self) -> dict[str, tuple[int, int, str]]:
        return {}

    def damaged_files(self) -> dict[str, tuple[int, int]]:
        return {}

    def added_files(self) -> tuple[str, ...]:
        return ()

    def offers(self) -> tuple[object, ...]:
        return ()


@pytest.fixture(scope="module")
def llama_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The header of an 8B model with its whole vocabulary; the weights are a hole."""
    metadata, tensors = MODELS["Llama-3.1-8B"]()
    metadata |= tokenizer_metadata(128_256)
    return ghost_model(tmp_path_factory.mktemp("llama") / "llama.gguf", metadata, tensors)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, llama_file: Path) -> Iterator[StandInHub]:
    folder = tmp_path_factory.mktemp("models")
    llama = str(llama_file)
    size = llama_file.stat().st_size
    parts = tiny_split(folder, "tiny-Q8_0", parts=3)
    (folder / "broken.gguf").write_bytes(b"GGUF" + b"\xff" * 100_000)
    with StandInHub() as hub:
        files = [
            File(f"llama-{label}.gguf", source=llama, size=size + grown, sha256=digit * 64)
            for label, grown, digit in (("Q2_K", 0, "1"), ("Q4_K_M", 1, "2"), ("F16", 3 * size, "3"))
        ]
        hub.add_repo(Repo(LLAMA, tuple(files), tags=("gguf",)))
        hub.add_repo(Repo(SPLIT, tuple(File(part.name, source=str(part)) for part in parts), tags=("gguf",)))
        broken = File("broken-Q4_K_M.gguf", source=str(folder / "broken.gguf"))
        hub.add_repo(Repo(BROKEN, (broken,), tags=("gguf",)))
        hub.add_repo(Repo(EMPTY, (File("config.json", text="{}"),)))
        yield hub


@pytest.fixture(scope="module")
def started_ollama(llama_file: Path) -> Iterator[StandInOllama]:
    with StandInOllama() as ollama:
        model = File("model", source=str(llama_file), sha256="a" * 64)
        template = Layer("template", File("template", text="{{ .Prompt }}"))
        tags = (Tag("latest", model, (template,)), Tag("8b", model, (template,)), Tag("70b-cloud"))
        ollama.add(Model("llama3.1", tags, sizes=("8b",)))
        ollama.add(Model("odd", (Tag("e4b", model),), sizes=("e4b",)))
        ollama.add(Model("far", (Tag("latest", config={"remote_host": "https://ollama.com"}),)))
        yield ollama


@pytest.fixture
def ollama(started_ollama: StandInOllama) -> StandInOllama:
    started_ollama.reset()
    return started_ollama


@pytest.fixture
def garden(hub: StandInHub, ollama: StandInOllama, tmp_path: Path) -> Iterator[Catalogue]:
    hub.reset()
    network = Network(EventBus())
    cache = tmp_path / "cache"
    yield Catalogue(
        HuggingFace(network, cache, endpoint=hub.endpoint, token=lambda: None),
        OllamaGarden(network, cache, registry=ollama.registry, library=ollama.library),
    )
    network.close()


@pytest.fixture
def records() -> Records:
    return Records()


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    return tiny_llama(tmp_path / "starter-q8_0.gguf", quant="Q8_0")


@pytest.fixture
def library(tmp_path: Path, starter: Path, records: Records) -> Library:
    return Library(records, tmp_path / "hub", EventBus(), starter=starter)


@pytest.fixture
def machines(tmp_path: Path) -> Machines:
    return Machines(lambda: (CPU, BIG_GPU), proc=tmp_path / "proc", cgroup=tmp_path / "cgroup")


@pytest.fixture
def fits(garden: Catalogue, machines: Machines, library: Library) -> FitService:
    return FitService(garden, machines, library)


class Lessons:
    """A fit ledger with these rows."""

    def __init__(self, *rows: FitRun) -> None:
        self._rows = rows

    def all(self) -> tuple[FitRun, ...]:
        return self._rows


def ledger_row() -> FitRun:
    return FitRun(
        1, 1.0, "id", "name", "Q4_0", "CPU", RunConfig(), None, None, None, None, None, None, None, None
    )


def row(repo_id: str, **facts: object) -> HubModel:
    owner, name = repo_id.split("/")
    values: dict[str, object] = {"has_gguf": True, "updated": datetime(2026, 1, 1, tzinfo=UTC), **facts}
    return HubModel(repo_id, Source.HUGGING_FACE, owner, name, **values)  # type: ignore[arg-type]


def test_a_row_takes_the_usual_file_and_64_kib(fits: FitService, hub: StandInHub) -> None:
    fit = fits.row(row(LLAMA), RunConfig())
    assert fit is not None
    assert (fit.verdict, fit.approximate) == (Verdict.FITS_GPU, True)
    assert fit.ledger.kv == 2**30
    assert fit.choice == "Q4_K_M"
    transfers = hub.log("*llama-Q4_K_M.gguf", server="cdn")
    assert sum(entry.sent for entry in transfers) <= 65_536
    assert fit.tokens_per_second and fit.tokens_per_second > 20


def test_a_row_is_asked_for_once(fits: FitService, hub: StandInHub) -> None:
    first = fits.row(row(LLAMA), RunConfig())
    asked = len(hub.log())
    assert fits.row(row(LLAMA), RunConfig()) == first
    longer = fits.row(row(LLAMA), RunConfig(n_ctx=16384))
    assert longer is not None and first is not None and longer.ledger.kv == 2 * first.ledger.kv
    assert len(hub.log()) == asked


def test_a_row_of_another_revision_is_another_row(fits: FitService, hub: StandInHub) -> None:
    assert fits.row(row(LLAMA), RunConfig()) is not None
    assert fits.row(row(LLAMA, revision="no-such-branch"), RunConfig()) is None


def test_a_row_that_cannot_be_judged_stays_empty(fits: FitService, hub: StandInHub) -> None:
    assert fits.row(row(BROKEN), RunConfig()) is None
    assert fits.row(row(EMPTY), RunConfig()) is None
    assert fits.row(row("acme/Nowhere"), RunConfig()) is None
    asked = len(hub.log())
    assert fits.row(row(LLAMA, has_gguf=False), RunConfig()) is None
    assert len(hub.log()) == asked


def test_a_hundred_rows_read_the_machine_hardly_ever(
    garden: Catalogue, library: Library, tmp_path: Path
) -> None:
    reads = []

    class Counted(Machines):
        def read(self):  # type: ignore[no-untyped-def]
            reads.append(1)
            return super().read()

    fits = FitService(garden, Counted(lambda: (CPU,), proc=tmp_path, cgroup=tmp_path), library)
    for _ in range(100):
        assert fits.row(row(LLAMA), RunConfig())
    assert len(reads) < 10


def test_the_whole_header_replaces_the_early_one(
    fits: FitService, garden: Catalogue, hub: StandInHub
) -> None:
    detail = garden.detail(Source.HUGGING_FACE, LLAMA)
    quant = pick_quant(detail, "Q4_K_M", Machines(lambda: ()).read())
    early = fits.remote(detail, quant, RunConfig(), tier=0)
    late = fits.remote(detail, quant, RunConfig(), tier=1)
    assert early.approximate and not late.approximate
    assert early.ledger.total == pytest.approx(late.ledger.total, rel=0.05)
    asked = len(hub.log())
    assert not fits.remote(detail, quant, RunConfig(), tier=0).approximate
    assert len(hub.log()) == asked


def test_a_split_model_counts_all_its_parts(fits: FitService, garden: Catalogue, starter: Path) -> None:
    detail = garden.detail(Source.HUGGING_FACE, SPLIT)
    (quant,) = detail.quants
    fit = fits.remote(detail, quant, RunConfig(), tier=1)
    assert (
        fit.ledger.weights
        == fits.local(tiny_llama(starter.with_name("whole.gguf")), RunConfig()).ledger.weights
    )


def test_a_broken_header_is_named(fits: FitService, garden: Catalogue) -> None:
    detail = garden.detail(Source.HUGGING_FACE, BROKEN)
    with pytest.raises(AppError) as caught:
        fits.remote(detail, detail.quants[0], RunConfig(), tier=1)
    assert caught.value.code.startswith("gguf.")
    assert "broken-Q4_K_M.gguf" in caught.value.title


def test_a_local_file_is_read_again_when_it_changed(fits: FitService, starter: Path) -> None:
    first = fits.local(starter, RunConfig())
    assert first.run.n_ctx == 512  # trained with no more
    tiny_llama(starter, quant="Q8_0", layers=4, context_length=1024)
    second = fits.local(starter, RunConfig())
    assert second.run.n_ctx == 1024
    assert second.ledger.weights > first.ledger.weights


def test_a_measured_speed_replaces_the_prediction_and_teaches_the_others(
    fits: FitService,
    library: Library,
    records: Records,
    starter: Path,
    machines: Machines,
    garden: Catalogue,
) -> None:
    guess = fits.local(starter, RunConfig()).tokens_per_second
    other = fits.row(row(LLAMA), RunConfig())
    assert guess and other and other.tokens_per_second
    library.note_use("starter", guess * 2)
    with_gpu = replace(ledger_row(), model_id="starter", backend="CUDA")
    rows = Lessons(replace(with_gpu, predicted_generation=guess, measured_generation=guess * 2))
    fresh = FitService(garden, machines, library, ledger=FitLedger(rows, EventBus()))
    measured = fresh.local(starter, RunConfig())
    assert measured.tokens_per_second == guess * 2
    assert measured.expected == guess, "a measurement must not be its own prediction"
    taught = fresh.row(row(LLAMA), RunConfig())
    assert taught and taught.tokens_per_second == pytest.approx(other.tokens_per_second * 2, rel=0.01)


def test_a_report_of_a_repository(fits: FitService) -> None:
    report = fits.report(f"hf:{LLAMA}:Q4_K_M", RunConfig(n_ctx=4096))
    assert report.model == "llama-Q4_K_M.gguf"
    assert (report.architecture, report.n_ctx, report.source) == ("llama", 4096, "formula")
    assert report.parameters == 8_030_261_248
    assert report.bytes.total == sum(
        (report.bytes.weights, report.bytes.kv, report.bytes.compute, report.bytes.other)
    )
    assert report.bytes_read > 0
    assert [pool.kind for pool in report.free] == [PoolKind.RAM, PoolKind.GPU]
    assert not report.approximate and not report.measured
    assert json.loads(json.dumps(asdict(report)))["verdict"] == "fits_gpu"
    assert fits.report(f"hf:{LLAMA}/llama-Q2_K.gguf", RunConfig()).model == "llama-Q2_K.gguf"
    assert fits.report(LLAMA, RunConfig()).model == "llama-Q4_K_M.gguf"


def test_a_report_of_what_is_here(fits: FitService, starter: Path) -> None:
    for spec in ("starter", str(starter)):
        report = fits.report(spec, RunConfig())
        assert (report.model, report.bytes_read) == ("starter-q8_0.gguf", 0)
        assert report.verdict is Verdict.FITS_GPU


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        (f"hf:{LLAMA}:Q9_Z", "hub.not_offered"),
        (EMPTY, "hub.no_gguf"),
        ("no-such-model", "library.not_found"),
        ("/no/such/file.gguf", "library.no_file"),
        ("hf:acme/Nowhere", "hub.not_found"),
        ("ollama:nowhere", "ollama.not_found"),
        ("ollama:llama3.1:405b", "ollama.not_found"),
        ("ollama:llama3.1:70b-cloud", "ollama.not_runnable"),
        ("mistyped:tag", "library.not_found"),
    ],
)
def test_a_report_of_nothing(fits: FitService, spec: str, code: str) -> None:
    with pytest.raises(AppError) as caught:
        fits.report(spec, RunConfig())
    assert caught.value.code == code


def ollama_row(name: str, *sizes: str) -> HubModel:
    return HubModel(name, Source.OLLAMA, "", name, has_gguf=True, sizes=sizes)


def test_a_row_of_ollama_takes_one_manifest_and_64_kib(fits: FitService, ollama: StandInOllama) -> None:
    fit = fits.row(ollama_row("llama3.1", "8b"), RunConfig())
    other = fits.row(row(LLAMA), RunConfig())
    assert fit is not None and other is not None
    assert (fit.verdict, fit.approximate) == (Verdict.FITS_GPU, True)
    assert fit.ledger.kv == other.ledger.kv == 2**30
    assert ollama.log(server="library") == []
    weights = [entry for entry in ollama.log(server="store") if "a" * 64 in entry.path]
    assert sum(entry.sent for entry in weights) == 65_536
    asked = len(ollama.log())
    assert fits.row(ollama_row("llama3.1", "8b"), RunConfig()) == fit
    assert fit.choice not in ("", "latest")
    assert len(ollama.log()) == asked


def test_a_row_without_the_usual_tag_takes_its_first_size(fits: FitService) -> None:
    assert fits.row(ollama_row("odd", "e4b"), RunConfig()) is not None
    assert fits.row(ollama_row("nowhere"), RunConfig()) is None
    assert fits.row(ollama_row("far"), RunConfig()) is None


def test_one_id_in_both_gardens_is_two_models(fits: FitService, ollama: StandInOllama, starter: Path) -> None:
    ollama.add(Model(LLAMA, (Tag("latest", File("model", source=str(starter))),)))
    theirs = fits.row(HubModel(LLAMA, Source.OLLAMA, "acme", "Llama-8B-GGUF", has_gguf=True), RunConfig())
    ours = fits.row(row(LLAMA), RunConfig())
    assert theirs is not None and ours is not None
    assert theirs.ledger.kv != ours.ledger.kv


def test_a_report_of_a_tag(fits: FitService, ollama: StandInOllama) -> None:
    for spec in ("ollama:llama3.1:8b", "ollama:llama3.1", "llama3.1:8b", "ollama run llama3.1:8b"):
        report = fits.report(spec, RunConfig(n_ctx=4096))
        assert report.model == f"llama3.1:{'8b' if '8b' in spec else 'latest'}"
        assert (report.architecture, report.parameters) == ("llama", 8_030_261_248)
        assert not report.approximate
    assert report.bytes_read == 0  # the same weights were read before, whatever the tag
    assert fits.report("ollama:odd", RunConfig()).model == "odd:e4b"


def detail(*files: tuple[str, float, str]) -> RepoDetail:
    quants = tuple(
        QuantFile(label, (RemoteFile(f"m-{label}-{kind}.gguf", round(size * GIB)),), kind)
        for label, size, kind in files
    )
    return RepoDetail(row("acme/M"), "c" * 40, quants)


def test_the_best_file_is_the_usual_one_that_fits(tmp_path: Path) -> None:
    group = tmp_path / "cgroup"
    group.mkdir()
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text("0::/\n")
    (group / "memory.max").write_text(str(8 * GIB))
    (group / "memory.current").write_text("0")
    here = Machines(lambda: (CPU,), proc=tmp_path / "proc", cgroup=group).read()
    if here.ram.free < 7.5 * GIB:
        pytest.skip("this machine has too little memory for the example")

    def label(*files: tuple[str, float, str]) -> str | None:
        best = best_quant(detail(*files), here)
        return best and best.label

    model = "model"
    assert label(("Q8_0", 4, model), ("Q4_K_M", 2, model), ("Q2_K", 1, model)) == "Q4_K_M"
    assert label(("Q8_0", 9, model), ("Q4_K_M", 7, model), ("Q3_K_M", 4, model)) == "Q3_K_M"
    assert label(("Q4_K_M", 6, model), ("Q5_K_M", 50, model)) == "Q4_K_M"  # tight is better than nothing
    assert label(("Q8_0", 40, model), ("Q2_K", 20, model)) == "Q2_K"
    assert label(("F16", 1, "projector"), ("Q8_0", 2, "adapter")) is None
    assert label() is None


def test_a_plan_looks_at_the_start_of_every_file(
    fits: FitService, garden: Catalogue, hub: StandInHub
) -> None:
    detail = garden.detail(Source.HUGGING_FACE, LLAMA)
    hub.clear_log()
    options = fits.plan_remote(detail, Wishes(n_ctx=16_384))
    assert options[0].label in {"Q4_K_M", "F16"} and options[0].run.n_ctx == 16_384
    assert options[0].fit.verdict is Verdict.FITS_GPU and options[0].why
    assert sum(entry.sent for entry in hub.log() if entry.status == 206) == len(detail.quants) * 65_536


def test_adapters_need_the_bytes_of_their_tensors_each_file_once(
    fits: FitService, starter: Path, tmp_path: Path
) -> None:
    paths = [random_adapter(tmp_path / f"{name}.gguf", starter, seed=seed) for seed, name in enumerate("ab")]
    each = sum(tensor.nbytes for tensor in read_header(paths[0]).tensors)
    plain = fits.local(starter, RunConfig()).ledger
    one, other = (AdapterUse(str(path), 1.0) for path in paths)
    again = replace(one, scale=0.5)
    for uses, files in (((one,), 1), ((one, again), 1), ((one, other, again), 2)):
        ledger = fits.local(starter, RunConfig(), adapters=uses).ledger
        assert replace(ledger, weights=plain.weights, gpu=plain.gpu, devices=plain.devices) == plain
        assert ledger.weights - plain.weights == files * each
        options = LoadOptions(adapters=uses)
        forecast = fits.forecast(starter, options).formula
        assert forecast.weights == fits.advise(starter, options).fit.ledger.weights == ledger.weights
    assert fits.local(starter, RunConfig()).ledger == plain
    speeds = [fits.local(starter, RunConfig(), adapters=uses) for uses in ((), (one,), (one, other))]
    writing = [fit.generation.likely for fit in speeds if fit.generation]
    reading = [fit.prompt.likely for fit in speeds if fit.prompt]
    assert len(writing) == 3 and writing[0] > writing[1] > writing[2] > writing[0] / 3
    assert reading == sorted(reading, reverse=True)
    with pytest.raises(AppError):
        fits.local(starter, RunConfig(), adapters=(AdapterUse(str(tmp_path / "gone.gguf"), 1.0),))
