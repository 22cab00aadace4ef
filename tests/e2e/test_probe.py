"""The dry run: real worker processes over real files, over ghosts, and over files that kill them."""

from __future__ import annotations

import logging
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.capacity.ghosts import Ghost, GhostPart, Ghosts
from backend.capacity.machine import Machines
from backend.capacity.probe import Prober
from backend.capacity.running import run_of
from backend.capacity.types import RunConfig
from backend.engines.types import EngineFlags, LoadOptions
from backend.errors import AppError
from backend.events import EventBus
from backend.fits import FitService
from backend.gguf.reader import read_header, shards
from backend.hubs.catalogue import Catalogue
from backend.hubs.huggingface import HuggingFace
from backend.hubs.ollama.garden import OllamaGarden
from backend.hubs.types import Source
from backend.library.library import Library
from backend.library.stores.walk import Troubles, folders
from backend.net.network import Network
from backend.paths import STARTER_MODEL
from backend.workers.messages_dryrun import DryRan, DryRun
from backend.workers.protocol import Load, Loaded
from backend.workers.supervisor import Supervisor
from tests.support.model_shapes import MODELS, ghost_of
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import ghost_model, tiny_llama, tiny_split, tokenizer_metadata

PLAIN = EngineFlags(use_extra_bufts=False, mmap=False)


@pytest.fixture
def prober(tmp_path: Path) -> Iterator[Prober]:
    prober = Prober(lambda: PLAIN, tmp_path / "ghosts")
    yield prober
    prober.close()


def ghost(path: Path) -> Ghost:
    """What a reader of headers knows of a file that lies elsewhere."""
    parts = []
    for part in shards(path):
        header = read_header(part)
        with part.open("rb") as file:
            parts.append(GhostPart(header, file.read(header.header_bytes), part.stat().st_size))
    return Ghost(str(path), tuple(parts))


def with_vocabulary(name: str, folder: Path) -> Path:
    """A model of real dimensions with a hole for its weights and a tokenizer."""
    metadata, tensors = MODELS[name]()
    vocab = next(value for key, value in metadata.items() if key.endswith(".vocab_size"))
    return ghost_model(folder / f"{name}.gguf", {**metadata, **tokenizer_metadata(vocab)}, tensors)


def disk_bytes(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("options", [LoadOptions(), LoadOptions(300, "q8_0", parallel=2, n_batch=64)])
@pytest.mark.parametrize("which", ["starter", "tiny"])
def test_the_dry_run_says_to_the_byte_what_a_real_load_takes(
    which: str, options: LoadOptions, tmp_path: Path
) -> None:
    path = STARTER_MODEL if which == "starter" else tiny_llama(tmp_path / "tiny.gguf", quant="F16")
    supervisor = Supervisor()
    try:
        real = supervisor.start("llama", "real", "a model").call(
            lambda number: Load(number, str(path), options, PLAIN), timeout=60
        )
        run = run_of(options, read_header(path).n_ctx_train)
        dry = supervisor.start("dryrun", "dry", "a model").call(
            lambda number: DryRun(number, str(path), run, PLAIN), timeout=60
        )
    finally:
        supervisor.close()
    assert isinstance(real, Loaded) and isinstance(dry, DryRan)
    assert dry.exact and dry.memory == real.memory
    assert real.n_ctx * run.parallel == run.n_ctx


def test_a_ghost_without_its_vocabulary_needs_the_same(prober: Prober, tmp_path: Path) -> None:
    for name in ("Gemma-3-4B", "Mamba2-1.3B", "gpt-oss-20b"):
        path = with_vocabulary(name, tmp_path)
        run = run_of(LoadOptions(), read_header(path).n_ctx_train)
        assert prober.probe(ghost(path), run) == prober.probe((path,), run), name
    assert disk_bytes(tmp_path / "ghosts") < 200_000


def test_every_part_of_a_split_model_becomes_a_ghost(prober: Prober, tmp_path: Path) -> None:
    parts = tiny_split(tmp_path, "tiny-Q8_0", parts=3)
    run = RunConfig(n_ctx=512)
    assert prober.probe(ghost(parts[0]), run) == prober.probe(tuple(parts), run)


def test_one_worker_answers_everything_and_ends_when_it_rested(tmp_path: Path) -> None:
    prober = Prober(lambda: PLAIN, tmp_path / "ghosts", idle_s=0.0)
    try:
        llama = ghost_of("Llama-3.1-8B", tmp_path)
        first = prober.probe((llama,), RunConfig())
        assert first.source == "engine" and first.devices and first.other == 0
        assert first.kv == 1_073_741_824
        assert prober.probe((llama,), RunConfig(n_ctx=4096)).kv == first.kv // 2
    finally:
        prober.close()
    assert prober.worker_pid is None


def test_only_the_ghosts_used_last_are_kept(tmp_path: Path) -> None:
    ghosts = Ghosts(tmp_path / "ghosts", kept=3)
    known = ghost(tiny_llama(tmp_path / "tiny.gguf"))
    for number in range(6):
        ghosts.write(replace(known, key=str(number)), whole=True)
    assert len(list((tmp_path / "ghosts").iterdir())) == 3
    assert ghosts.write(replace(known, key="5"), whole=True)[0].stat().st_size == known.parts[0].size
    found = [name for folder in folders(tmp_path, (), Troubles()) for name in folder.entries]
    assert [name for name in found if name.endswith(".gguf")] == ["tiny.gguf"], "a ghost is no model"


# Through the service.


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandInHub]:
    folder = tmp_path_factory.mktemp("hub")
    path = with_vocabulary("Llama-3.1-8B", folder)
    parts = tiny_split(folder, "tiny-Q8_0", parts=2)
    with StandInHub() as hub:
        one = File("llama-Q4_K_M.gguf", source=str(path), size=path.stat().st_size, sha256="1" * 64)
        hub.add_repo(Repo("acme/One-GGUF", (one,), tags=("gguf",)))
        files = tuple(File(part.name, source=str(part)) for part in parts)
        hub.add_repo(Repo("acme/Two-GGUF", files, tags=("gguf",)))
        yield hub


class NoUses:
    def all_used(self) -> tuple[object, ...]:
        return ()

    def verified_files(self) -> dict[str, tuple[int, int, str]]:
        return {}

    def damaged_files(self) -> dict[str, tuple[int, int]]:
        return {}

    def added_files(self) -> tuple[str, ...]:
        return ()

    def offers(self) -> tuple[object, ...]:
        return ()

    def made_from(self) -> dict[str, str]:
        return {}


@pytest.fixture
def garden(hub: StandInHub, tmp_path: Path) -> Iterator[Catalogue]:
    network = Network(EventBus())
    yield Catalogue(
        HuggingFace(network, tmp_path / "cache", endpoint=hub.endpoint, token=lambda: None),
        OllamaGarden(network, tmp_path / "cache"),
    )
    network.close()


@pytest.fixture
def fits(garden: Catalogue, prober: Prober, tmp_path: Path) -> FitService:
    library = Library(NoUses(), tmp_path / "no-hub", EventBus(), starter=tmp_path / "none.gguf")  # type: ignore[arg-type]
    return FitService(garden, Machines(lambda: ()), library, prober)


def test_a_remote_file_is_probed_without_fetching_its_header_twice(
    fits: FitService, garden: Catalogue, hub: StandInHub
) -> None:
    for name in ("acme/One-GGUF", "acme/Two-GGUF"):
        detail = garden.detail(Source.HUGGING_FACE, name)
        hub.reset()
        formula = fits.remote(detail, detail.quants[0], RunConfig())
        asked = len(hub.log())
        fit = fits.remote(detail, detail.quants[0], RunConfig(), probe=True)
        assert len(hub.log()) == asked
        assert (formula.ledger.source, fit.ledger.source) == ("formula", "engine")
        assert (fit.ledger.weights, fit.ledger.kv) == (formula.ledger.weights, formula.ledger.kv)
        assert fit.ledger.other == formula.ledger.other


def test_the_hub_sends_hardly_more_than_the_header(garden: Catalogue, hub: StandInHub) -> None:
    detail = garden.detail(Source.HUGGING_FACE, "acme/One-GGUF")
    hub.reset()
    (header,), read = garden.header(detail, detail.quants[0], tier=1)
    sent = sum(entry.sent for entry in hub.log() if entry.status == 206)
    assert header.header_bytes > 2_000_000
    assert read <= sent <= 1.05 * header.header_bytes
    assert len(hub.log()) <= 14
    hub.reset()
    (again,) = garden.raw_headers(detail, detail.quants[0])
    assert len(again) == header.header_bytes and not hub.log()


def test_a_file_that_kills_the_dry_run_has_the_formula_and_a_log_entry(
    fits: FitService, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad = tiny_llama(tmp_path / "bad.gguf")
    data = bad.read_bytes()
    bad.write_bytes(_duplicate_token(data))
    with caplog.at_level(logging.WARNING):
        for _ in range(2):  # logged once, and not tried again
            fit = fits.local(bad, RunConfig(), probe=True)
            assert fit.ledger.source == "formula"
    notes = [record for record in caplog.records if record.name == "backend.fit_probing"]
    assert len(notes) == 1 and "bad.gguf" in notes[0].getMessage()
    good = tiny_llama(tmp_path / "good.gguf")
    assert fits.local(good, RunConfig(), probe=True).ledger.source == "engine"


def _duplicate_token(data: bytes) -> bytes:
    """The same file, in which the second token of the vocabulary is spelled like the first."""
    key = b"tokenizer.ggml.tokens"
    at = data.index(key) + len(key) + 4 + 4 + 8
    (length,) = struct.unpack_from("<Q", data, at)
    first = data[at + 8 : at + 8 + length]
    second = at + 8 + length
    (other,) = struct.unpack_from("<Q", data, second)
    assert other == length, "pick two tokens of one length"
    return data[: second + 8] + first + data[second + 8 + other :]


def test_a_hostile_ghost_is_refused_and_costs_nothing_else(prober: Prober, tmp_path: Path) -> None:
    metadata, tensors = MODELS["Llama-3.1-8B"]()
    metadata |= {"llama.attention.head_count": 0, "llama.embedding_length": 2**31 - 1}
    path = ghost_model(tmp_path / "hostile.gguf", metadata, tensors)
    with pytest.raises(AppError) as caught:
        prober.probe(ghost(path), RunConfig())
    assert caught.value.code.startswith("engine.")
    assert prober.probe((tiny_llama(tmp_path / "good.gguf"),), RunConfig(n_ctx=512)).source == "engine"


def test_a_folder_is_its_usual_model(fits: FitService, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    with pytest.raises(AppError) as caught:
        fits.report(str(folder), RunConfig())
    assert caught.value.code == "fit.empty_folder"
    for quant in ("F32", "Q8_0"):
        tiny_llama(folder / f"tiny-{quant}.gguf", quant=quant)
    tiny_split(folder, "parts-Q8_0", parts=2)
    report = fits.report(str(folder), RunConfig(n_ctx=512), probe=True)
    assert report.source == "engine"
    assert "Q8_0" in report.model
