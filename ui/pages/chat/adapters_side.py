"""The faders of the shown chat, tied to its settings: reading adapters and mixes, and keeping both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from backend.adapters.mixes import mix_id, mix_number
from backend.adapters.types import Adapter, Compatibility, Mix, Rack, Strip, rack_of
from backend.chats.types import Chat
from backend.engines.types import ChatModel
from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.models.adapter_words import strip_names, strip_notes
from ui.models.missing import MissingFiles
from ui.pages.chat.adapters_section import AdaptersSection
from ui.pages.chat.header import ChatHeader
from ui.pages.chat.presenter import ChatPresenter
from ui.pages.chat.sheets.name import NameSheet
from ui.shell import Shell
from ui.widgets.adapter_picks import adapter_picks, adapter_popup

if TYPE_CHECKING:
    from backend.app import Backend

T = TypeVar("T")


class AdaptersSide(QObject):
    """Every call outside of the GUI thread. A moved fader goes the way of all settings of the chat, only
    sooner: see `ChatChanges`."""

    def __init__(
        self,
        backend: Backend,
        section: AdaptersSection,
        header: ChatHeader,
        presenter: ChatPresenter,
        shell: Shell,
    ) -> None:
        super().__init__(section)
        self._backend, self._section, self._header = backend, section, header
        self._presenter, self._shell = presenter, shell
        self._base_id: str | None = None
        self._chat_id: int | None = None
        self._adapters: tuple[Adapter, ...] = ()
        self._mixes: tuple[Mix, ...] = ()
        self._verdicts: dict[str, Compatibility] = {}
        mixer, mixes = section.mixer, section.mixes
        self._addable = adapter_popup(mixer.add_button)
        self._addable.add_command(tr("Choose a file …"), "folder-open", self._ask_file)
        self._addable.add_command(tr("All adapters"), "sliders-vertical", lambda: shell.show_page("adapters"))
        self._addable.chosen.connect(self._add_known)
        self._missing = MissingFiles(backend.adapters.missing, self)
        self._missing.changed.connect(lambda: mixer.set_missing(self._missing.paths))
        self._words: tuple[dict[str, str], dict[str, str]] = ({}, {})
        self._awaited: tuple[int, str] | None = None
        """A chat, and the mix that it gets once the list of models has it."""
        mixer.rack_changed.connect(self._take)
        mixer.removed.connect(self._removed)
        mixer.add_asked.connect(self._ask_add)
        mixes.mix_chosen.connect(self._choose)
        mixes.save_asked.connect(self._ask_name)
        mixes.update_asked.connect(self._update)
        header.heard_button.clicked.connect(self.toggle_base)
        presenter.chat_shown.connect(self._show)
        presenter.chat_updated.connect(self._show)
        presenter.settings_changed.connect(self._draw)
        presenter.models_changed.connect(self._models_read)
        presenter.changes.rack_refused.connect(self._refused)
        self._draw()

    def toggle_base(self) -> None:
        """Base alone or with adapters; nothing where there are none."""
        if self._section.mixer.rack.strips and self._usable() is not None:
            self._section.mixer.toggle_base()

    # -- showing

    def _show(self, _chat: object = None) -> None:
        """Another chat, or other settings of the same."""
        chat, model = self._presenter.chat, self._presenter.model_of(self._presenter.chat)
        if (chat.id if chat is not None else None) != self._chat_id:
            self._chat_id = chat.id if chat is not None else None
            self._section.show_error("")
        base_id = (model.base_id or model.id) if model is not None and model.engine == "local" else None
        if base_id != self._base_id:
            self._base_id, self._mixes, self._verdicts = base_id, (), {}
            self._read()
        self._draw()

    def _models_read(self) -> None:
        known = self._base_id
        self._show()
        if known == self._base_id:
            self._read()
        if self._awaited is not None and self._presenter.shelf.find(self._awaited[1]) is not None:
            (chat_id, model_id), self._awaited = self._awaited, None
            if self._presenter.chat is not None and self._presenter.chat.id == chat_id:
                self._presenter.change(model_id=model_id)

    def _read(self) -> None:
        """The names of the adapters and the mixes over the base."""
        base_id, adapters, mixes = self._base_id, self._backend.adapters, self._backend.mixes
        if base_id is None:
            return

        def done(found: tuple[tuple[Adapter, ...], tuple[Mix, ...]]) -> None:
            if base_id == self._base_id:
                self._adapters, self._mixes = found
                self._section.mixer.settle()
                self._draw()
                self._look_for_files()

        self._run(lambda: (adapters.all(), mixes.all(base_id)), done)

    def _usable(self) -> tuple[Chat, ChatModel] | None:
        """The shown chat and its model, where that takes adapters."""
        chat = self._presenter.chat
        model = self._presenter.model_of(chat)
        if chat is None or model is None or model.engine != "local":
            return None
        return chat, model

    def _draw(self) -> None:
        found = self._usable()
        if found is None:
            self._set(Rack(), {}, {})
            self._section.show_usable(_why_not(self._presenter.model_of(self._presenter.chat)))
            self._header.show_heard(False, False)
            return
        chat, model = found
        mix = self._mix_of(model)
        rack = chat.rack
        if rack is None:
            rack = mix.rack if mix is not None else rack_of(model.adapters)
        self._set(rack, strip_names(self._adapters), strip_notes(self._adapters))
        self._section.mixes.show_mixes(self._mixes, mix, rack)
        self._section.show_usable("")
        self._header.show_heard(bool(rack.strips), rack.bypass)

    def _set(self, rack: Rack, names: dict[str, str], notes: dict[str, str]) -> None:
        """Only what is news to the mixer, which counts how often it tells of a drag."""
        if (rack, names, notes) != (self._section.mixer.rack, *self._words):
            self._words = names, notes
            self._section.mixer.set_rack(rack, names, notes)
            self._look_for_files()

    def _look_for_files(self) -> None:
        self._missing.look(strip.path for strip in self._section.mixer.rack.strips)

    def _mix_of(self, model: ChatModel) -> Mix | None:
        number = mix_number(model.id)
        return next((mix for mix in self._mixes if mix.id == number), None)

    # -- the faders

    def _take(self, rack: Rack) -> None:
        if self._usable() is not None:
            self._section.show_error("")
            self._presenter.change(rack=rack)

    def _refused(self, chat_id: int, error: AppError) -> None:
        if chat_id == self._chat_id:
            self._section.show_error(str(error))

    def _removed(self, name: str, before: Rack) -> None:
        chat_id = self._chat_id

        def back() -> None:
            if chat_id == self._chat_id:
                self._take(before)

        self._shell.toast(tr("{name} was taken out of the mixer.", name=name), tr("Undo"), back)

    def _ask_add(self) -> None:
        """Offer what was here last, and look meanwhile which adapters fit now."""
        base_id, adapters = self._base_id, self._backend.adapters
        if base_id is None:
            return

        def done(found: tuple[tuple[Adapter, ...], dict[str, Compatibility]]) -> None:
            if base_id == self._base_id:
                self._adapters, self._verdicts = found
                self._offer()

        def failed(error: AppError) -> None:
            self._addable.hide()
            self._section.show_error(str(error))

        self._offer()
        self._addable.open_below(self._section.mixer.add_button)
        tasks.run(lambda: (adapters.all(), adapters.verdicts(base_id)), done, failed, owner=self)

    def _offer(self) -> None:
        inside = {strip.path for strip in self._section.mixer.rack.strips}
        self._addable.set_picks(adapter_picks(self._adapters, self._verdicts, inside))

    def _add_known(self, adapter_id: str) -> None:
        for adapter in self._adapters:
            if adapter.id == adapter_id:
                self._add(adapter)

    def _add(self, adapter: Adapter) -> None:
        rack, path = self._section.mixer.rack, str(adapter.path)
        if all(strip.path != path for strip in rack.strips):
            self._take(Rack((*rack.strips, Strip(path))))

    def _ask_file(self) -> None:
        words = tr("Adapters") + " (*.gguf)"
        chosen, _ = QFileDialog.getOpenFileName(
            self._section.window(), tr("Choose an adapter"), str(Path.home()), words
        )
        if chosen:
            self.add_file(Path(chosen))

    def add_file(self, path: Path) -> None:
        """Put an adapter that may be new to the app into the mixer, if it fits."""
        base_id, adapters = self._base_id, self._backend.adapters
        if base_id is None:
            return

        def work() -> tuple[Adapter, Compatibility, tuple[Adapter, ...]]:
            adapter = adapters.add(path)
            return adapter, adapters.check(adapter, base_id), adapters.all()

        def done(found: tuple[Adapter, Compatibility, tuple[Adapter, ...]]) -> None:
            adapter, verdict, self._adapters = found
            if base_id != self._base_id:
                return
            if verdict.safe:
                self._add(adapter)
            else:
                reason = next(line.text for line in verdict.lines if line.state == "bad")
                self._section.show_error(
                    tr("{name} does not fit this model: {reason}.", name=adapter.name, reason=reason)
                )

        self._run(work, done)

    # -- mixes

    def _choose(self, mix: Mix | None) -> None:
        """Take a mix, or the model without one; the faders go where it has them."""
        chat, base_id = self._presenter.chat, self._base_id
        if chat is None or base_id is None:
            return
        self._section.show_error("")
        wanted = mix_id(mix.id) if mix is not None else base_id
        if wanted == chat.model_id:
            self._presenter.change(rack=None)
        else:
            self._presenter.change(model_id=wanted)

    def _ask_name(self) -> None:
        found, base_id, rack = self._usable(), self._base_id, self._section.mixer.rack
        if found is None or base_id is None:
            return
        text = tr("It can be chosen wherever a model can: in Chat, Compare, Bench and by the local server.")
        taken = [mix.name for mix in self._mixes]
        sheet = NameSheet(tr("Save as mix"), text, "", tr("Save"), self._section.window(), taken)
        sheet.named.connect(lambda name: self._save(found[0].id, name, base_id, rack))
        sheet.open()

    def _save(self, chat_id: int, name: str, base_id: str, rack: Rack) -> None:
        mixes = self._backend.mixes

        def done(mix: Mix) -> None:
            self._awaited = chat_id, mix_id(mix.id)
            self._models_read()
            self._shell.toast(tr("Saved the mix “{name}”", name=mix.name))

        self._run(lambda: mixes.save(name, base_id, replace(rack, bypass=False)), done)

    def _update(self, mix: Mix) -> None:
        mixes, rack = self._backend.mixes, replace(self._section.mixer.rack, bypass=False)

        def done(saved: Mix) -> None:
            self._read()
            words = tr("“{name}” is now as the faders stand.", name=saved.name)
            back = lambda: self._run(  # noqa: E731
                lambda: mixes.save(mix.name, mix.base_id, mix.rack, mix.id), lambda _: None
            )
            self._shell.toast(words, tr("Undo"), back)

        self._run(lambda: mixes.save(mix.name, mix.base_id, rack, mix.id), done)

    # -- inside

    def _run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        tasks.run(work, done, lambda error: self._section.show_error(str(error)), owner=self)


def _why_not(model: ChatModel | None) -> str:
    if model is None:
        return tr("Choose a model first.")
    return tr(
        "{model} is run by another program. Adapters work with models that Orangery runs itself.",
        model=model.name,
    )
