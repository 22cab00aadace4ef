"""Between the Adapters page and the backend: bases, adapters, their verdicts, the mixer and its mixes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backend.adapters.mixes import mix_id
from backend.adapters.types import Adapter, Compatibility, Mix, Rack, Strip
from backend.chats.types import Chat
from backend.compare.types import Column, Comparison
from backend.convert.types import AdapterType
from backend.engines.types import ChatModel, ModelState
from backend.errors import AppError
from backend.events import AdaptersChanged, MixesChanged
from backend.i18n import tr
from ui import format as fmt
from ui import tasks
from ui.bridge import EventBridge
from ui.models.adapter_words import strip_names, strip_notes, usable
from ui.models.missing import MissingFiles
from ui.models.shelf import STARTER, ModelShelf, first_usable
from ui.pages.adapters.rows import DiskRow
from ui.widgets.adapter_picks import adapter_picks
from ui.widgets.model_picker import model_line
from ui.widgets.pick_popup import Pick

if TYPE_CHECKING:
    from backend.app import Backend


class AdaptersPresenter(QObject):
    """Signals:
    bases_changed: `bases`, or how one of them is held, changed.
    base_changed: Another base is chosen.
    rows_changed: Adapters or verdicts; True where the order is another too.
    selected_changed: Another adapter is selected, or its row changed.
    rack_changed: The mixer was set from here, not by its faders.
    rack_moved: Its faders were moved.
    mixes_changed: `mixes` was read.
    chat_made: Id of a chat with the mixer.
    comparison_made: Id of a comparison.
    told: A sentence for the person.
    failed: An `AppError`.
    """

    bases_changed = Signal()
    base_changed = Signal()
    rows_changed = Signal(bool)
    selected_changed = Signal()
    rack_changed = Signal()
    rack_moved = Signal()
    mixes_changed = Signal()
    chat_made = Signal(int)
    comparison_made = Signal(int)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self.shelf = ModelShelf(backend, bridge, self)
        self.missing = MissingFiles(backend.adapters.missing, self)
        self.base_id = ""
        self.adapters: tuple[Adapter, ...] = ()
        self.verdicts: dict[str, Compatibility] = {}
        self.mixes: tuple[Mix, ...] = ()
        self.racks: dict[str, Rack] = {}
        """The mixer of each base, as the person left it."""
        self.selected_id = ""
        self.read_once = False
        """Whether `adapters` are those of the disk."""
        self._wanted_base = self._wanted_adapter = ""
        self._reading: tasks.Task | None = None
        self._judging: tasks.Task | None = None
        self.shelf.changed.connect(self._models_read)
        self.shelf.state_changed.connect(lambda _event: self.bases_changed.emit())
        self.shelf.failed.connect(self.failed)
        bridge.on(AdaptersChanged, self._on_adapters)
        bridge.on(MixesChanged, self._on_mixes)

    # -- reading --------------------------------------------------------------------------------------------

    def start(self, wanted_base: str, wanted_adapter: str) -> None:
        """Read models and adapters; what is wanted is chosen if it is still here."""
        self._wanted_base, self._wanted_adapter = wanted_base, wanted_adapter
        self.shelf.read()
        self.read_adapters()

    @property
    def bases(self) -> tuple[ChatModel, ...]:
        """The models that adapters can be applied to: those of this machine's own engine."""
        return tuple(model for model in self.shelf.models if model.engine == "local" and not model.base_id)

    @property
    def base(self) -> ChatModel | None:
        return self.shelf.find(self.base_id)

    def base_note(self) -> str:
        """How the base is held: its quantization and size, and whether it is in memory."""
        base = self.base
        if base is None:
            return ""
        state = self.shelf.state_of(base)
        if state is not None and state.state is ModelState.READY and state.loaded is not None:
            return tr("{quant} · loaded, {size}", quant=base.quant, size=fmt.size(state.loaded.rss))
        return model_line(base)

    def _models_read(self) -> None:
        self.bases_changed.emit()
        here = {model.id for model in self.bases}
        if self.base_id in here:
            return
        loaded = [model.id for model in self.bases if self._is_loaded(model)]
        chosen = first_usable(self.bases, [self._wanted_base, *loaded, STARTER])
        if chosen is None:
            chosen = next((model.id for model in self.bases if not model.problem), None)
        self.choose_base(chosen or "")

    def _is_loaded(self, model: ChatModel) -> bool:
        state = self.shelf.state_of(model)
        return state is not None and state.state is ModelState.READY

    def read_adapters(self) -> None:
        """Read what is on the disk; the verdicts follow."""
        if self._reading is not None:
            self._reading.cancel()

        def done(found: tuple[Adapter, ...]) -> None:
            self._reading = None
            self.read_once = True
            self.adapters = found
            self.rows_changed.emit(True)
            self._judge()
            self._look_for_files()

        self._reading = tasks.run(self._backend.adapters.all, done, self.failed.emit, owner=self)

    def _judge(self) -> None:
        """Hold every adapter against the base."""
        base = self.base_id
        if not base or not self.read_once:
            return
        if self._judging is not None:
            self._judging.cancel()

        def done(found: dict[str, Compatibility]) -> None:
            self._judging = None
            self.verdicts = found
            self.rows_changed.emit(True)
            if self.selected is None:
                self._select_first()
            else:
                self.selected_changed.emit()

        work = lambda: self._backend.adapters.verdicts(base)  # noqa: E731
        self._judging = tasks.run(work, done, self.failed.emit, owner=self)

    def rows(self) -> tuple[DiskRow, ...]:
        """What can be used first, then what has to be converted, then what does not fit."""

        def order(row: DiskRow) -> tuple[int, str]:
            safe = row.found is None or (row.found.safe and not row.adapter.problem)
            place = 0 if safe and row.adapter.format == "gguf" else 1 if safe else 2
            return place, row.name.casefold()

        found = (DiskRow(adapter, self.verdicts.get(adapter.id)) for adapter in self.adapters)
        return tuple(sorted(found, key=order))

    def _on_adapters(self, _event: AdaptersChanged) -> None:
        self.read_adapters()

    # -- choosing -------------------------------------------------------------------------------------------

    @property
    def selected(self) -> Adapter | None:
        return next((adapter for adapter in self.adapters if adapter.id == self.selected_id), None)

    @property
    def found(self) -> Compatibility | None:
        """The verdict on the selected adapter."""
        return self.verdicts.get(self.selected_id)

    @property
    def sample(self) -> Adapter | None:
        """The adapter that comes with the app."""
        samples = (each for each in self.adapters if (each.source, each.format) == ("bundled", "gguf"))
        return next(samples, None)

    def choose_base(self, base_id: str) -> None:
        """Hold everything against another base, with its own mixer."""
        if base_id == self.base_id:
            return
        self.base_id = base_id
        self.verdicts = {}
        self.rows_changed.emit(False)
        self.base_changed.emit()
        self.rack_changed.emit()
        self._look_for_files()
        self._read_mixes()
        self._judge()

    def select(self, adapter_id: str) -> None:
        """Show another adapter. The first that fits a base whose mixer was never touched goes into it."""
        if adapter_id == self.selected_id:
            return
        self.selected_id = adapter_id
        self._offer()
        self.selected_changed.emit()

    def _select_first(self) -> None:
        rows, used = [row.adapter for row in self.rows()], {strip.path for strip in self.rack.strips}
        own = [each.id for each in rows if each.source != "bundled" or str(each.path) in used]
        wanted = [each.id for each in rows if each.id == self._wanted_adapter] or own
        if wanted:
            self.select(wanted[0])
        else:
            self.selected_changed.emit()

    def _offer(self) -> None:
        adapter = self.selected
        if adapter is not None and self.base_id not in self.racks and usable(adapter, self.found):
            self.set_rack(Rack((Strip(str(adapter.path)),)))

    def try_sample(self) -> None:
        """The sample on the starter model, in its mixer."""
        sample = self.sample
        if sample is None:
            return
        self.choose_base(STARTER)
        path = str(sample.path)
        if all(strip.path != path for strip in self.rack.strips):
            self.set_rack(replace(self.rack, strips=(*self.rack.strips, Strip(path))))
        self.select(sample.id)

    def add_file(self, path: Path) -> None:
        """Let a file or folder belong to the list, and select it."""

        def done(adapter: Adapter) -> None:
            self.adapters = (*(each for each in self.adapters if each.id != adapter.id), adapter)
            self.rows_changed.emit(True)
            self.select(adapter.id)
            self._judge()

        tasks.run(lambda: self._backend.adapters.add(path), done, self.failed.emit, owner=self)

    def refresh(self) -> None:
        """Look at the disk again."""
        tasks.run(self._backend.adapters.refresh, None, self.failed.emit, owner=self)

    # -- the mixer ------------------------------------------------------------------------------------------

    @property
    def rack(self) -> Rack:
        return self.racks.get(self.base_id, Rack())

    def keep_rack(self, rack: Rack) -> None:
        """The faders were moved."""
        if self.base_id:
            self.racks[self.base_id] = rack

    def set_rack(self, rack: Rack) -> None:
        """Set the faders."""
        self.keep_rack(rack)
        self.rack_changed.emit()
        self._look_for_files()

    def _look_for_files(self) -> None:
        self.missing.look(strip.path for strip in self.rack.strips)

    def add_to_rack(self, adapter_id: str, scale: float = 1.0) -> None:
        """Put an adapter into the mixer, if it may be and is not there yet."""
        adapter = next((each for each in self.adapters if each.id == adapter_id), None)
        if adapter is None or not usable(adapter, self.verdicts.get(adapter_id)):
            return
        if all(strip.path != str(adapter.path) for strip in self.rack.strips):
            strips = (*self.rack.strips, Strip(str(adapter.path), scale))
            self.set_rack(replace(self.rack, strips=strips))

    def addable(self) -> list[Pick]:
        """What *Add* offers; the selected one first."""
        inside = {strip.path for strip in self.rack.strips}
        return adapter_picks(self.adapters, self.verdicts, inside, self.selected_id)

    def names(self) -> dict[str, str]:
        return strip_names(self.adapters)

    def name_of(self, path: str) -> str:
        """What an adapter is called; one that is not there any more, by its file."""
        found = (each.name for each in self.adapters if str(each.path) == path)
        return next(found, PurePath(path).stem)

    def notes(self) -> dict[str, str]:
        return strip_notes(self.adapters)

    # -- mixes ----------------------------------------------------------------------------------------------

    @property
    def mix(self) -> Mix | None:
        """The saved mix that the faders stand at."""
        strips = self.rack.strips
        return next((mix for mix in self.mixes if strips and mix.rack.strips == strips), None)

    def _on_mixes(self, _event: MixesChanged) -> None:
        self._read_mixes()

    def _read_mixes(self) -> None:
        base = self.base_id

        def done(found: tuple[Mix, ...]) -> None:
            if base == self.base_id:
                self.mixes = found
                self.mixes_changed.emit()

        tasks.run(lambda: self._backend.mixes.all(base), done, self.failed.emit, owner=self)

    def save_mix(
        self,
        name: str,
        mix: Mix | None = None,
        *,
        rack: Rack | None = None,
        done: Callable[[Mix], object] | None = None,
        failed: Callable[[AppError], object] | None = None,
    ) -> None:
        """Keep the faders (or `rack`) under a name, in place of `mix` if one is given."""
        base, kept = self.base_id, replace(rack or self.rack, bypass=False)
        number = mix.id if mix is not None else None
        work = lambda: self._backend.mixes.save(name, base, kept, number)  # noqa: E731
        tasks.run(work, done, failed or self.failed.emit, owner=self)

    def delete_mix(self, mix: Mix, done: Callable[[], object]) -> None:
        tasks.run(
            lambda: self._backend.mixes.delete(mix.id), lambda _none: done(), self.failed.emit, owner=self
        )

    def restore_mix(self, mix: Mix) -> None:
        tasks.run(lambda: self._backend.mixes.restore(mix.id), None, self.failed.emit, owner=self)

    # -- on to other pages ----------------------------------------------------------------------------------

    def chat(self) -> None:
        """A new chat with the base and this mixer; with a saved mix, with that."""
        base, rack, mix = self.base_id, self.rack, self.mix
        chats = self._backend.chats

        def work() -> Chat:
            if mix is not None and not rack.bypass:
                return chats.create(mix_id(mix.id))
            made = chats.create(base)
            return chats.update(made.id, rack=rack) if rack.strips else made

        tasks.run(work, lambda chat: self.chat_made.emit(chat.id), self.failed.emit, owner=self)

    def compare(self) -> None:
        """The base, the selected adapter alone and the mix, side by side over one weight file."""
        columns = self.columns()
        work = lambda: self._backend.compare.create(columns)  # noqa: E731

        def done(made: Comparison) -> None:
            self.comparison_made.emit(made.id)

        tasks.run(work, done, self.failed.emit, owner=self)

    def columns(self) -> tuple[Column, ...]:
        """What `compare` compares."""
        base = self.base
        columns = [Column(self.base_id, base.name if base is not None else "")]
        rack = replace(self.rack, bypass=False)
        selected = self.selected
        if selected is not None and usable(selected, self.found):
            path = str(selected.path)
            scale = next((strip.scale for strip in rack.strips if strip.path == path), 1.0) or 1.0
            alone = Rack((Strip(path, scale),)).uses()
            label = f"{selected.name} {fmt.number(scale, 2)}"
            columns.append(Column(self.base_id, label, adapters=alone))
        uses = rack.uses()
        if uses and all(column.adapters != uses for column in columns):
            mix = self.mix
            words = [f"{self.name_of(use.path)} {fmt.number(use.scale, 2)}" for use in uses]
            columns.append(Column(self.base_id, mix.name if mix else " + ".join(words), adapters=uses))
        return tuple(columns)

    def convert(self, adapter: Adapter, kind: AdapterType) -> None:
        """Make a GGUF adapter of a PEFT folder for the base, or, where it does not fit that, for the model
        that it names; a job of the drawer.
        """
        found = self.verdicts.get(adapter.id)
        base = self.base_id if found is not None and found.safe else ""

        def work() -> str:
            return self._backend.adapter_converter.start(adapter.path, kind, base)

        words = tr("{name} is being converted. It appears in the list when it is done.", name=adapter.name)
        tasks.run(work, lambda _id: self.told.emit(words), self.failed.emit, owner=self)
