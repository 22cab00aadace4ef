"""Making adapters of PEFT folders in the real process: for the right model, verified, placed, recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.activities.runner import Step
from backend.activities.types import ActivityState
from backend.adapters.checking import base_line
from backend.adapters.types import Adapter
from backend.app import Backend
from backend.convert.types import AdapterType
from backend.engines.types import AdapterUse
from backend.errors import AppError, Cancelled
from backend.events import AdaptersChanged, Event
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType, ValueType
from backend.paths import STARTER_MODEL, Paths
from tests.support import peft_cases
from tests.support.adapter_files import write_peft
from tests.support.command_line import CommandLine
from tests.support.known_engine import know_engine
from tests.support.peft_cases import STARTER
from tests.support.quantizing import digest
from tests.support.tiny_gguf import tiny_llama

Q = "base_model.model.model.layers.0.self_attn.q_proj"


def shapes(rank: int = 4, width: int = 256) -> dict[str, tuple[int, ...]]:
    return {f"{Q}.lora_A.weight": (rank, width), f"{Q}.lora_B.weight": (width, rank)}


class Desk:
    """A backend as a command has it, with the starter model and one named ``acme/Tiny`` beside it."""

    def __init__(self, home: Path) -> None:
        know_engine(home)
        self.paths = Paths.under(home)
        self.tiny = self.paths.models / "acme" / "Tiny" / "Tiny-F16.gguf"
        self.tiny.parent.mkdir(parents=True)
        tiny_llama(self.tiny)
        self.backend = Backend(self.paths, offline=True, command=True)

    def make(self, folder: Path, kind: AdapterType = "f16", base: str = "", **more: object) -> Path:
        step = Step(threading.Event(), lambda done, total, note: None)
        return self.backend.adapter_converter.make(step, folder, kind, base, **more).path  # type: ignore[arg-type]

    def refused(self, folder: Path, base: str = "") -> AppError:
        with pytest.raises(AppError) as caught:
            self.make(folder, base=base)
        assert self.rest() == []
        return caught.value

    def adapter(self, path: Path) -> Adapter:
        return next(row for row in self.backend.adapters.all() if row.path == path)

    def rest(self) -> list[str]:
        """What work left behind."""
        places = (self.paths.models, self.paths.data / "work")
        return [path.name for place in places for path in place.rglob("*") if "acme" not in path.parts]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "home")
    with desk.backend:
        yield desk


def test_it_goes_to_the_model_that_the_folder_names_and_is_in_the_list(desk: Desk, tmp_path: Path) -> None:
    heard: list[Event] = []
    desk.backend.bus.subscribe(heard.append)
    known = {row.path for row in desk.backend.adapters.all()}
    folder = peft_cases.write_adapter(STARTER, tmp_path / "models--anna--Strong" / "snapshots" / ("a" * 40))
    (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n")
    config = folder / "adapter_config.json"
    config.write_text(config.read_text().replace("acme/starter", "Orangery/Orangery-Starter"))
    row = desk.backend.activities.wait(desk.backend.adapter_converter.start(folder), timeout=60)
    assert row.state is ActivityState.DONE and row.path, row.error_title
    made = Path(row.path)
    assert made == desk.paths.models / "anna" / "Strong" / "Strong-lora-F16.gguf"
    assert AdaptersChanged() in heard and made not in known
    adapter = desk.adapter(made)
    assert (adapter.source, adapter.made_from, adapter.licence) == ("made", "anna/Strong", "apache-2.0")
    assert (adapter.base, adapter.ranks, adapter.alpha) == ("Orangery/Orangery-Starter", (4, 8, 16), 16.0)
    header = read_header(made)
    assert header.types["adapter.lora.alpha"] is ValueType.FLOAT32 and header.name == "Strong"
    assert header.text("general.base_model.0.repo_url") == "https://huggingface.co/Orangery/Orangery-Starter"
    assert (
        base_line(adapter.base, desk.backend.adapters.base(desk.backend.library.find("starter"))).state
        == "ok"
    )
    desk.backend.adapters.admit(str(STARTER_MODEL), [AdapterUse(str(made), 1.0)])
    recipe = desk.backend.quantizer.recipe_of(digest(made))
    assert recipe and (recipe.kind, recipe.source_id, recipe.recipe.type) == ("convert", "anna/Strong", "F16")


def test_every_type_and_a_free_name(desk: Desk, tmp_path: Path) -> None:
    folder = write_peft(tmp_path / "tone", shapes(32, 64), r=32)
    kinds: tuple[AdapterType, ...] = ("f32", "q8_0")
    for kind in kinds:
        made = desk.make(folder, kind)  # "acme/Tiny" is what the folder says
        assert made == desk.paths.models / "orangery" / "tone" / f"tone-lora-{kind.upper()}.gguf"
        assert {tensor.type for tensor in read_header(made).tensors} == {GGMLType[kind.upper()]}
    assert desk.make(folder, "f32", base="acme/Tiny").name == "tone-lora-F32-2.gguf"
    adapter = desk.adapter(desk.paths.models / "orangery" / "tone" / "tone-lora-Q8_0.gguf")
    assert adapter.made_from == str(folder) and not adapter.problem


def test_the_model_is_one_that_it_fits_or_must_be_named(desk: Desk, tmp_path: Path) -> None:
    named = {"base_model_name_or_path": "/home/anna/models/Orangery-Starter/"}
    made = desk.make(write_peft(tmp_path / "one", shapes(), **named), target=tmp_path)
    assert (
        made == tmp_path / "one-lora-F16.gguf"
        and read_header(made).text("general.base_model.0.name") == "Orangery-Starter"
    )
    unknown = desk.refused(write_peft(tmp_path / "two", shapes(), base_model_name_or_path="x/y"))
    assert unknown.code == "adapter.no_base" and "x/y" in unknown.title and "--base" in unknown.hint
    silent = desk.refused(write_peft(tmp_path / "three", shapes(), base_model_name_or_path=None))
    assert silent.code == "adapter.no_base"
    dora = write_peft(tmp_path / "four", shapes(), base_model_name_or_path="x/y", use_dora=True)
    assert "use_dora" in desk.refused(dora).title, "no model would help"
    other = desk.refused(write_peft(tmp_path / "five", shapes()), base="acme/Tiny")
    assert other.code == "convert.adapter_tensor" and f"{Q}.lora_A.weight" in other.title
    assert "expected [4, 64]" in other.title
    (tmp_path / "six").mkdir()
    (tmp_path / "six" / "adapter_config.json").write_text("{}")
    (tmp_path / "six" / "adapter_model.bin").write_bytes(b"\x80")
    assert desk.refused(tmp_path / "six").code == "adapter.pickle"


def test_nothing_is_left_of_what_was_stopped_and_nothing_that_is_read_is_replaced(
    desk: Desk, tmp_path: Path
) -> None:
    folder = write_peft(tmp_path / "tone", shapes(32, 64), r=32)
    stop = threading.Event()

    def tell(done: int, total: int, note: str) -> None:
        if note.endswith(".lora_b"):
            stop.set()

    with pytest.raises(Cancelled):
        desk.backend.adapter_converter.make(Step(stop, tell), folder, "f32")
    assert desk.rest() == []
    before = digest(desk.tiny), digest(folder / "adapter_model.safetensors")
    for target in (desk.tiny, folder / "adapter_model.safetensors"):
        with pytest.raises(AppError) as caught:
            desk.make(folder, target=target, replace=True)
        assert caught.value.code == "quantize.same_file"
    assert (digest(desk.tiny), digest(folder / "adapter_model.safetensors")) == before


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = CommandLine(tmp_path)
    write_peft(tmp_path / "tone", shapes(), base_model_name_or_path="x/y")
    monkeypatch.chdir(tmp_path)

    def run(*more: str, code: int = 0) -> object:
        return cli.inside(monkeypatch, capsys, "adapters", "convert", *more, code=code)

    out = str(tmp_path / "out.gguf")
    made = run("tone", "--base", "starter", "--type", "F32", "-o", out, "--json").json
    assert made == {"path": out, "size": Path(out).stat().st_size, "sha256": digest(Path(out))}
    assert "already a file" in run("tone", "--base", "starter", "-o", out, code=1).err
    assert run("tone", "--base", "starter", "-o", out, "--force").out.strip() == out
    assert read_header(Path(out)).tensors[0].type is GGMLType.F16
    assert "GGUF adapter already" in run(out, code=1).err
