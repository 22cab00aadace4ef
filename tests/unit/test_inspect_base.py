"""The template that a model is compared with: the hub's when asked, one seen before, one in the library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from backend.errors import AppError
from backend.events import EventBus
from backend.hubs.huggingface import HuggingFace
from backend.hubs.types import Source
from backend.inspect.base import TEMPLATE_LIMIT
from backend.inspect.service import Inspection
from backend.library.types import LibraryModel
from backend.net.network import Network
from tests.support.standin_hub import File, Repo, StandInHub
from tests.support.tiny_gguf import CHATML, tiny_llama

BASE, QUANTS = "acme/Tiny", "someone/Tiny-GGUF"


@dataclass
class Shelf:
    rows: list[LibraryModel] = field(default_factory=list)

    def models(self) -> tuple[LibraryModel, ...]:
        return tuple(self.rows)


@dataclass
class Desk:
    """An inspector over a stand-in hub and a library of our making."""

    hub: StandInHub
    network: Network
    shelf: Shelf
    inspection: Inspection
    folder: Path

    def add(
        self, repo_id: str = QUANTS, source: Source = Source.HUGGING_FACE, **options: object
    ) -> LibraryModel:
        path = tiny_llama(
            self.folder / f"{repo_id.replace('/', '--')}-{len(self.shelf.rows)}.gguf", **options
        )
        owner, _, name = repo_id.partition("/")
        row = LibraryModel(str(path), name, owner, source, path, 1, "F16", repo_id=repo_id, commit="0" * 40)
        self.shelf.rows.append(row)
        return row

    def base(self, *files: File, tags: tuple[str, ...] = ()) -> None:
        self.hub.add_repo(Repo(BASE, files, tags=tags))
        self.hub.add_repo(
            Repo(QUANTS, (File("x-Q4_0.gguf", size=10),), tags=(f"base_model:quantized:{BASE}",))
        )

    def requests(self) -> int:
        return sum(row.requests for row in self.network.ledger())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with StandInHub() as hub:
        network = Network(EventBus(), offline=False)
        shelf = Shelf()
        garden = HuggingFace(network, tmp_path / "cache", endpoint=hub.endpoint, token=lambda: None)
        inspection = Inspection(garden, shelf)
        yield Desk(hub, network, shelf, inspection, tmp_path)
        inspection.close()
        network.close()


def config(template: object) -> File:
    return File("tokenizer_config.json", text=json.dumps({"chat_template": template}))


@pytest.mark.parametrize(
    "files",
    [
        (File("chat_template.jinja", text=CHATML + "\n"), config("something else")),
        (config(CHATML),),
        (config([{"name": "tool_use", "template": "x"}, {"name": "default", "template": CHATML}]),),
        (File("chat_template.json", text=json.dumps({"chat_template": CHATML})), config(None)),
    ],
)
def test_the_template_is_found_in_every_place_it_may_stand(desk: Desk, files: tuple[File, ...]) -> None:
    desk.base(*files)
    found = desk.inspection.template_difference(desk.add(), ask=True)
    assert found is not None
    assert (found.base, found.same, found.from_library) == (BASE, True, False)


def test_nothing_is_asked_until_the_person_asks_and_then_it_is_remembered(desk: Desk) -> None:
    desk.base(config(CHATML.replace("assistant", "helper")))
    model = desk.add()
    assert desk.inspection.template_difference(model) is None
    assert desk.requests() == 0
    asked = desk.inspection.template_difference(model, ask=True)
    assert asked is not None and not asked.same and asked.added == asked.removed == 1
    made = desk.requests()
    assert made
    assert desk.inspection.template_difference(model) == asked
    desk.network.set_offline(True)
    assert desk.inspection.template_difference(model, ask=True) == asked
    assert desk.requests() == made


def test_offline_says_so_when_asked_and_keeps_quiet_otherwise(desk: Desk) -> None:
    desk.base(config(CHATML))
    model = desk.add()
    desk.network.set_offline(True)
    assert desk.inspection.template_difference(model) is None
    with pytest.raises(AppError) as caught:
        desk.inspection.template_difference(model, ask=True)
    assert caught.value.code == "net.offline"


def test_a_file_of_the_maker_in_the_library_will_do(desk: Desk) -> None:
    model = desk.add(extra={"general.source.repo_url": f"https://huggingface.co/{BASE}"})
    desk.add("stranger/Tiny-GGUF", chat_template="not the maker's")
    assert desk.inspection.template_difference(model) is None
    own = desk.add(f"{BASE}-GGUF", chat_template=CHATML + "{{ 'more' }}")
    found = desk.inspection.template_difference(model)
    assert found is not None
    assert (found.base, found.same, found.from_library) == (own.path.name, False, True)


def test_the_file_itself_may_name_what_it_was_made_from(desk: Desk) -> None:
    desk.base(config(CHATML))
    model = desk.add(
        "tiny:latest",
        Source.OLLAMA,
        extra={"general.base_model.0.repo_url": f"https://huggingface.co/{BASE}"},
    )
    found = desk.inspection.template_difference(model, ask=True)
    assert found is not None and found.base == BASE


@pytest.mark.parametrize(
    "files",
    [
        (),
        (File("tokenizer_config.json", text="[" * 50_000),),
        (config(7),),
        (config([]),),
        (File("chat_template.jinja", size=TEMPLATE_LIMIT + 1),),
    ],
)
def test_a_base_without_a_usable_template_is_not_known(desk: Desk, files: tuple[File, ...]) -> None:
    desk.base(*files)
    assert desk.inspection.template_difference(desk.add(), ask=True) is None


def test_without_a_template_or_a_base_there_is_nothing_to_compare(desk: Desk) -> None:
    desk.base(config(CHATML))
    assert desk.inspection.template_difference(desk.add(chat_template=None), ask=True) is None
    stray = desk.add("nobody/Unknown", Source.FOLDER)
    assert desk.inspection.template_difference(stray, ask=True) is None


@pytest.mark.parametrize(
    "change", [lambda path: tiny_llama(path, chat_template="new"), lambda path: path.unlink()]
)
def test_a_changed_file_is_read_anew(desk: Desk, change: Callable[[Path], object]) -> None:
    path = desk.add().path
    assert desk.inspection.template(path) == CHATML
    change(path)
    if path.exists():
        assert desk.inspection.template(path) == "new"
    else:
        with pytest.raises(AppError):
            desk.inspection.template(path)
