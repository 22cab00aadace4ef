"""Adapters are found wherever they lie, and only those that fit are let through."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backend.adapters.service import AdapterService
from backend.adapters.types import CheckKind
from backend.app import Backend
from backend.downloads.types import DownloadState
from backend.engines.types import AdapterUse, LoadOptions
from backend.errors import AppError
from backend.events import AdaptersChanged, Event, JobChanged
from backend.hubs.types import SearchPage
from backend.paths import STARTER_MODEL, Paths
from tests.support.adapter_files import adapter_metadata, lora_pair, write_adapter, write_peft
from tests.support.command_line import CommandLine
from tests.support.known_engine import know_engine
from tests.support.library_desk import LibraryDesk
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import quantize, tiny_llama
from tests.support.waiting import Events

Q = "blk.0.attn_q.weight"
PREFIX = "base_model.model.model.layers.0.self_attn.q_proj"
PEFT = {f"{PREFIX}.lora_A.weight": (4, 64), f"{PREFIX}.lora_B.weight": (64, 4)}


class NoGarden:
    """A garden that nobody asks."""

    def search(self, *arguments: object) -> SearchPage:
        raise AssertionError(arguments)

    download = search


class Place:
    """A home with a base model and an `AdapterService` over it."""

    def __init__(self, home: Path) -> None:
        self.desk = LibraryDesk(home)
        self.downloads = home / "Downloads"
        self.downloads.mkdir()
        folder = self.desk.lm_studio / "acme" / "Tiny"
        folder.mkdir(parents=True)
        self.base = tiny_llama(folder / "tiny-Q8_0.gguf", quant="Q8_0")
        self.nats = 0.0
        self.service = self.open()

    def open(self) -> AdapterService:
        return AdapterService(
            self.desk.library,
            self.desk.bus,
            NoGarden(),  # type: ignore[arg-type]
            downloads=self.downloads,
            sample=self.desk.home / "sample" / "cheerful.gguf",
            effect=lambda key, uses: self.nats,
        )

    @property
    def base_id(self) -> str:
        return self.desk.row(self.base).id

    def good(self, path: Path, **metadata: object) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_adapter(path, lora_pair(Q, (64, 64)), adapter_metadata() | metadata)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path / "home")
    with place.desk:
        yield place


def test_adapters_are_found_in_every_store_once(place: Place, tmp_path: Path) -> None:
    desk = place.desk
    place.good(desk.lm_studio / "acme" / "Tone" / "tone-lora.gguf")
    place.good(place.downloads / "pirate.gguf")
    tiny_llama(place.downloads / "no-adapter.gguf")
    write_peft(place.downloads / "sql-helper", PEFT)
    folder = write_peft(tmp_path / "peft", PEFT)
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        desk.put_hub("acme/Haiku", name, folder / name)
    desk.put_ollama("tuned", "1b", place.base, layers={"adapter": place.good(tmp_path / "a.gguf", x="y")})
    place.good(desk.home / "sample" / "cheerful.gguf")
    desk.library.rescan()
    rows = {a.name: (a.format, a.source, a.owner, a.ranks, a.problem) for a in place.service.all()}
    assert rows == {
        "cheerful": ("gguf", "bundled", "Orangery", (4,), ""),
        "Tone": ("gguf", "disk", "acme", (4,), ""),
        "pirate": ("gguf", "disk", "", (4,), ""),
        "sql-helper": ("peft", "disk", "", (4,), ""),
        "Haiku": ("peft", "hub", "acme", (4,), ""),
        "tuned:1b": ("gguf", "ollama", "", (4,), ""),
    }
    assert place.service.find("PIRATE").path == place.downloads / "pirate.gguf"
    assert place.service.find("tone-lora").name == "Tone"
    assert place.service.find("ollama:tuned:1b#adapter").source == "ollama"


def test_a_damaged_adapter_stays_an_adapter_and_says_what_is_wrong(place: Place) -> None:
    torn = place.good(place.desk.lm_studio / "acme" / "Tone" / "tone.gguf")
    torn.write_bytes(torn.read_bytes()[:-40])
    place.desk.library.rescan()
    (adapter,) = place.service.all()
    assert adapter.path == torn and "incomplete" in adapter.problem
    (line,) = place.service.check(adapter, place.base_id).lines
    assert (line.kind, line.state) == (CheckKind.FILE, "bad")


def test_an_added_adapter_stays_and_is_announced(place: Place, tmp_path: Path) -> None:
    heard: list[Event] = []
    place.desk.bus.subscribe(heard.append)
    file, folder = place.good(tmp_path / "far" / "mine.gguf"), write_peft(tmp_path / "peft" / "hers", PEFT)
    with pytest.raises(AppError, match="There is no adapter mine"):
        place.service.find("mine")
    for path in (file, folder):
        assert place.service.add(path).path == path
        assert place.service.add(path).path == path
    assert AdaptersChanged() in heard
    assert {adapter.path for adapter in place.open().all()} == {file, folder}
    with pytest.raises(AppError) as refused:
        place.service.add(place.base)
    assert refused.value.code == "adapter.kind"


def test_a_name_of_two_adapters_has_to_be_written_out(place: Place, tmp_path: Path) -> None:
    for part in ("a", "b"):
        place.service.add(write_peft(tmp_path / part / "twin", PEFT))
    with pytest.raises(AppError) as refused:
        place.service.find("twin")
    assert refused.value.code == "adapter.ambiguous"


def test_a_check_is_made_anew_when_the_file_is_another(place: Place) -> None:
    path = place.good(place.downloads / "pirate.gguf")
    adapter = place.service.find("pirate")
    first = place.service.check(adapter, place.base_id)
    assert first.safe and place.service.check(adapter, place.base_id) is first
    write_adapter(path, lora_pair(Q, (64, 96)))
    assert not place.service.check(adapter, place.base_id).safe
    path.write_bytes(path.read_bytes()[:-40])
    (line,) = place.service.check(adapter, place.base_id).lines
    assert (line.kind, line.state) == (CheckKind.FILE, "bad") and "pirate.gguf" in line.text
    assert place.service.verdicts(place.base_id)[adapter.id].lines == (line,)


def test_what_does_not_fit_is_not_admitted(place: Place) -> None:
    def admitted(path: Path, scale: float = 1.0) -> None:
        place.service.admit(str(place.base), (AdapterUse(str(path), scale),))

    good = place.good(place.downloads / "good.gguf")
    admitted(good)
    wide = write_adapter(place.downloads / "wide.gguf", lora_pair(Q, (96, 64)))
    with pytest.raises(AppError) as refused:
        admitted(wide)
    assert str(refused.value) == (
        f"wide.gguf does not fit tiny-Q8_0.gguf: {Q}.lora_a is 96 × 4; 64 × 4 expected. "
        "Choose an adapter that was trained on this model."
    )
    for scale in (-0.5, 2.5, float("nan")):
        with pytest.raises(AppError, match="cannot be applied"):
            admitted(good, scale)
    os.mkfifo(place.downloads / "pipe.gguf")
    with pytest.raises(AppError, match=r"pipe\.gguf"):
        admitted(place.downloads / "pipe.gguf")
    with pytest.raises(AppError, match="PEFT folder"):
        admitted(write_peft(place.downloads / "peft", PEFT))
    good.write_bytes(good.read_bytes()[:-40])
    with pytest.raises(AppError, match=r"good\.gguf"):
        admitted(good)
    good.unlink()
    assert place.service.missing((str(good), str(wide))) == {str(good)}
    with pytest.raises(AppError, match=r"good\.gguf can't be opened\. Check that its disk"):
        admitted(good)


def test_an_adapter_without_effect_is_told(place: Place) -> None:
    place.good(place.downloads / "good.gguf")
    adapter = place.service.find("good")
    assert place.service.measure(adapter, place.base_id, 0.75).state == "bad"
    place.nats = 0.38
    line = place.service.measure(adapter, place.base_id, 0.75)
    assert (line.state, line.text) == ("ok", "yes, mean KL 0.38 against the model at 0.75")


def test_the_command_lists_and_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = CommandLine(tmp_path)
    good = write_adapter(tmp_path / "good.gguf", lora_pair(Q, (256, 256)))
    bad = write_adapter(tmp_path / "bad.gguf", lora_pair(Q, (256, 250)))

    done = cli.inside(monkeypatch, capsys, "adapters", "check", str(good), "starter", "--json", code=0).json
    assert (done["safe"], done["model"]) == (True, "starter")
    said = cli.inside(monkeypatch, capsys, "adapters", "check", str(bad), "starter", code=1)
    assert f"{Q}.lora_b is 4 × 250; 4 × 256 expected" in said.out
    assert isinstance(cli.inside(monkeypatch, capsys, "adapters", "ls", "--json", code=0).json, list)
    said = cli.inside(monkeypatch, capsys, "adapters", "check", "nobody", "starter", code=1)
    assert "There is no adapter nobody." in said.err


def test_an_adapter_of_the_hub_is_found_fetched_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tiny_llama(
        tmp_path / "tiny.gguf", extra={"general.base_model.0.repo_url": "https://huggingface.co/acme/Tiny"}
    )
    folder = write_peft(tmp_path / "peft", PEFT)
    tags = ("peft", "base_model:adapter:acme/Tiny")
    names = ("adapter_config.json", "adapter_model.safetensors")
    files = (*(File(name, source=str(folder / name)) for name in names), File("run.py", text="print()"))
    with StandInHub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
        hub.add_repo(Repo("acme/Tiny-haiku", files, tags=tags))
        hub.add_repo(Repo("acme/Tiny-sql", files, tags=tags))
        hub.add_repo(Repo("acme/Other", files, tags=("peft", "base_model:adapter:acme/Big")))
        with Backend(Paths.under(tmp_path / "profile")) as backend:
            base_id = backend.library.add_file(base).id
            assert {row.name for row in backend.adapters.garden(base_id).rows} == {"Tiny-haiku", "Tiny-sql"}
            (row,) = backend.adapters.garden(base_id, "haiku").rows
            assert [adapter.id for adapter in backend.adapters.all()] == ["sample"]
            events = Events(backend.bus)
            job = backend.adapters.download(row)
            events.wait(
                lambda event: (
                    isinstance(event, JobChanged)
                    and event.job.id == job.id
                    and event.job.state is DownloadState.DONE
                )
            )
            found = backend.adapters.find("Tiny-haiku")
            assert (found.format, found.owner, found.problem) == ("peft", "acme", "")
            assert backend.adapters.check(found, base_id).safe
            assert not list(found.path.glob("*.py"))


def test_the_engine_asks_first_and_measures(tmp_path: Path) -> None:
    """The real engine: what does not fit never reaches it, and what fits is measured on it."""
    bad = write_adapter(tmp_path / "bad.gguf", lora_pair(Q, (256, 250)))
    pair = lora_pair(Q, (256, 256))
    random = np.random.default_rng(1)
    loud = [replace(one, data=quantize(random.normal(0, 0.3, one.shape), one.type)) for one in pair]
    good, still = write_adapter(tmp_path / "good.gguf", loud), write_adapter(tmp_path / "still.gguf", pair)
    paths = Paths.under(tmp_path / "profile")
    know_engine(tmp_path / "profile")
    with Backend(paths, command=True) as backend:
        line = backend.adapters.measure(backend.adapters.find(str(good)), "starter")
        assert line.state == "ok", line
        with pytest.raises(AppError) as refused:
            backend.engine.load(
                str(STARTER_MODEL), LoadOptions(n_ctx=256, adapters=(AdapterUse(str(bad), 1.0),))
            )
        assert refused.value.code == "adapter.refused"
        with pytest.raises(AppError) as silent:
            backend.adapters.measure(backend.adapters.find(str(still)), "starter")
        assert silent.value.code == "adapter.no_effect"
