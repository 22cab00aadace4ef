"""What the panel shows and asks for, tied to the shown chat: settings, presets, defaults, the summary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from backend.chats.types import Chat, ContextUse, ModelDefaults, Preset, Summary
from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.pages.chat.defaults_row import defaults_of
from ui.pages.chat.panel import ChatPanel
from ui.pages.chat.presenter import ChatPresenter
from ui.pages.chat.sheets.name import NameSheet
from ui.pages.chat.sheets.summary import SummarySheet
from ui.shell import Shell

if TYPE_CHECKING:
    from backend.app import Backend

T = TypeVar("T")


class PanelSide(QObject):
    """Every call outside of the GUI thread; the panel is told what came of it."""

    def __init__(self, backend: Backend, panel: ChatPanel, presenter: ChatPresenter, shell: Shell) -> None:
        super().__init__(panel)
        self._backend, self._panel, self._presenter, self._shell = backend, panel, presenter, shell
        self._kept: ModelDefaults | None = None
        self._kept_for: str | None = None
        self._summary: Summary | None = None
        self._chat_id: int | None = None
        panel.length_chosen.connect(lambda length: presenter.change(n_ctx=length))
        panel.cache_chosen.connect(lambda kind: presenter.change(kv_type=kind))
        panel.overflow_chosen.connect(lambda overflow: presenter.change(overflow=overflow))
        panel.sampling_changed.connect(lambda sampling: presenter.change(sampling=sampling))
        panel.prompt_changed.connect(lambda text: presenter.change(system_prompt=text))
        panel.overflow.summary_asked.connect(self.show_summary)
        panel.defaults.keep_asked.connect(self._keep)
        panel.defaults.forget_asked.connect(self._forget)
        presets = panel.presets
        presets.save_asked.connect(self._save_preset)
        presets.update_asked.connect(lambda preset: self._store(preset.name, preset.id))
        presets.rename_asked.connect(self._rename_preset)
        presets.delete_asked.connect(self._delete_preset)
        presets.import_asked.connect(self._ask_import)
        presets.export_asked.connect(self._ask_export)
        presenter.settings_changed.connect(self._show_defaults)

    def start(self) -> None:
        """Read what does not belong to a chat."""
        self._read_presets()

    def show_chat(self, chat: Chat | None) -> None:
        """Show the settings of another chat, or other settings of the same."""
        if (chat.id if chat is not None else None) != self._chat_id:
            self._chat_id = chat.id if chat is not None else None
            self._panel.presets.forget_last()
            self._take_summary(None)
        self._panel.show_chat(chat, self._presenter.model_of(chat))
        model_id = chat.model_id if chat is not None else None
        if model_id != self._kept_for:
            self._kept, self._kept_for = None, model_id
            self._read_defaults()
        self._show_defaults()

    def show_use(self, use: ContextUse | None) -> None:
        """Show how full the context is; a summary may be new."""
        self._panel.show_use(use)
        chat = self._presenter.chat
        if chat is None or chat.overflow != "summarise" or use is None or not use.left_out:
            return
        chats, chat_id = self._backend.chats, chat.id

        def done(summary: Summary | None) -> None:
            if chat_id == self._chat_id:
                self._take_summary(summary)

        self._run(lambda: chats.summary(chat_id), done)

    # -- summary

    def _take_summary(self, summary: Summary | None) -> None:
        self._summary = summary
        self._panel.overflow.show_summary(summary)

    def show_summary(self) -> None:
        """Open the summary to be read and changed."""
        if self._summary is None:
            return
        sheet = SummarySheet(self._summary, self._panel.window())
        chats = self._backend.chats
        sheet.changed.connect(
            lambda id, text: self._run(lambda: chats.set_summary(id, text), self._take_summary)
        )
        sheet.open()

    # -- defaults of the model

    def _read_defaults(self) -> None:
        model_id, chats = self._kept_for, self._backend.chats
        if model_id is None:
            return

        def done(kept: ModelDefaults | None) -> None:
            if model_id == self._kept_for:
                self._kept = kept
                self._show_defaults()

        self._run(lambda: chats.defaults(model_id), done)

    def _show_defaults(self) -> None:
        self._panel.defaults.show_state(self._presenter.chat, self._kept)

    def _keep(self) -> None:
        chat, chats = self._presenter.chat, self._backend.chats
        wanted = defaults_of(chat) if chat is not None else None
        if wanted is None:
            return
        model = self._presenter.model_of(chat)
        name = model.name if model is not None else tr("this model")

        def done(_: None) -> None:
            self._read_defaults()
            self._shell.toast(tr("New chats with {model} begin with these settings.", model=name))

        self._run(lambda: chats.set_defaults(wanted), done)

    def _forget(self) -> None:
        model_id, chats = self._kept_for, self._backend.chats
        if model_id is not None:
            self._run(lambda: chats.clear_defaults(model_id), lambda _: self._read_defaults())

    # -- presets

    def _read_presets(self) -> None:
        self._run(self._backend.chats.presets, self._panel.presets.set_presets)

    def _store(self, name: str, preset_id: int | None = None) -> None:
        """Keep the present prompt and sampling under `name`."""
        chat, chats = self._presenter.chat, self._backend.chats
        if chat is not None:
            prompt, sampling = chat.system_prompt, chat.sampling
            self._change_presets(lambda: chats.save_preset(name, prompt, sampling, preset_id))

    def _change_presets(self, work: Callable[[], object]) -> None:
        self._run(work, lambda _: self._read_presets())

    def _save_preset(self) -> None:
        text = tr("It keeps the system prompt and how answers are chosen.")
        sheet = NameSheet(tr("Save as a preset"), text, "", tr("Save"), self._panel.window())
        sheet.named.connect(self._store)
        sheet.open()

    def _rename_preset(self, preset: Preset) -> None:
        sheet = NameSheet(tr("Rename the preset"), "", preset.name, tr("Rename"), self._panel.window())
        sheet.named.connect(lambda name: self._put(preset, name))
        sheet.open()

    def _put(self, preset: Preset, name: str, *, new: bool = False) -> None:
        chats = self._backend.chats
        preset_id = None if new else preset.id
        self._change_presets(
            lambda: chats.save_preset(name, preset.system_prompt, preset.sampling, preset_id)
        )

    def _delete_preset(self, preset: Preset) -> None:
        chats = self._backend.chats

        def done(_: None) -> None:
            self._read_presets()
            words = tr("Deleted the preset “{name}”", name=preset.name)
            self._shell.toast(words, tr("Undo"), lambda: self._put(preset, preset.name, new=True))

        self._run(lambda: chats.delete_preset(preset.id), done)

    def _ask_import(self) -> None:
        words = tr("Presets") + " (*.json);;" + tr("All files") + " (*)"
        chosen, _ = QFileDialog.getOpenFileName(
            self._panel.window(), tr("Import presets"), str(Path.home()), words
        )
        if chosen:
            self.import_presets(Path(chosen))

    def import_presets(self, path: Path) -> None:
        """Add the presets of a file."""
        chats = self._backend.chats

        def done(count: int) -> None:
            self._read_presets()
            self._shell.toast(tr("Imported {n} presets", n=count))

        self._run(lambda: chats.import_presets(path), done)

    def _ask_export(self) -> None:
        suggested = str(Path.home() / f"{tr('Presets')}.json")
        chosen, _ = QFileDialog.getSaveFileName(
            self._panel.window(), tr("Export presets"), suggested, tr("Presets") + " (*.json)"
        )
        if chosen:
            self.export_presets(Path(chosen))

    def export_presets(self, path: Path) -> None:
        """Write all presets to a file."""
        chats = self._backend.chats
        done = lambda _: self._shell.toast(tr("Exported to {name}", name=path.name))  # noqa: E731
        self._run(lambda: chats.export_presets(path), done)

    # -- inside

    def _run(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        tasks.run(work, done, self._failed, owner=self)

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))
