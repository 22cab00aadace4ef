"""What can be done with models: menus, dialogs, and the words about how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from backend.activities.types import Activity
from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel, Store
from ui import format as fmt
from ui.pages.library.dialogs.delete import DeleteDialog
from ui.pages.library.dialogs.move import MoveDialog
from ui.pages.library.dialogs.share import ShareDialog
from ui.pages.library.making import Making
from ui.pages.library.outcome import ended_words
from ui.pages.library.quant.words import obstacle
from ui.pages.library.work import Asked, Copies, Deleted, LibraryWork, Taken
from ui.shell import Shell
from ui.theme import icons
from ui.widgets.sheet import Sheet

MOST_TOASTS = 3


class LibraryActions(QObject):
    """Opens dialogs over `page` and asks `work` for what the person confirmed.

    Signals:
        taken: The models that an import brought.
    """

    taken = Signal(object)

    def __init__(self, page: QWidget, shell: Shell, work: LibraryWork, making: Making) -> None:
        super().__init__(page)
        self._making = making
        self._page = page
        self._shell = shell
        self._work = work
        work.ended.connect(self._ended)
        work.checked.connect(self._checked)

    # -- one model

    def chat(self, model: LibraryModel) -> None:
        if not model.problem and model.kind == "model":
            self._shell.open_chat(model.id)

    def quantize(self, model: LibraryModel) -> None:
        """Open the quant lab of the model."""
        self._making.quantize(model)

    def reveal(self, model: LibraryModel) -> None:
        """Show the folder of the file in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(model.path.parent)))

    def find_online(self, model: LibraryModel) -> None:
        """Show the page of the model in Discover."""
        self._shell.search(garden_name(model))

    # -- several models

    def verify(self, models: Sequence[LibraryModel]) -> None:
        """Read the files of `models` again; their rows, and the jobs, show how far it is."""
        if models:
            self._work.verify(models)
        if len(models) > 1:
            size = fmt.size(sum(model.size for model in models))
            self._tell(tr("Verifying {n} models, {size}", n=len(models), size=size))

    def verify_all(self, models: Sequence[LibraryModel]) -> None:
        """Verify what is whole; a file that is known to be incomplete needs no reading."""
        self.verify([model for model in models if not model.problem or model.damaged])

    def delete(self, models: Sequence[LibraryModel]) -> None:
        """Ask, saying what would be freed; the bundled model stays."""
        models = deletable(models)
        if not models:
            return

        def show(asked: tuple[Asked, ...]) -> None:
            dialog = DeleteDialog(asked, self._page.window())
            dialog.confirmed.connect(lambda chosen: self._work.delete(chosen, self._deleted))
            dialog.forgotten.connect(lambda chosen: self._work.forget(chosen, self._forgotten(chosen)))

            def look_again() -> None:
                self._work.ask_delete(models, lambda now: isValid(dialog) and dialog.set_asked(now))

            dialog.unload_asked.connect(lambda held: self._work.unload(held, look_again))
            self._open(dialog)

        self._work.ask_delete(models, show)

    def move(self, models: Sequence[LibraryModel]) -> None:
        models = deletable(models)
        if models:
            dialog = MoveDialog(models, self._work.ask_move, self._page.window())
            dialog.confirmed.connect(self._work.move)
            self._open(dialog)

    # -- the whole library

    def preview_copies(self) -> None:
        """Show what could share its bytes; nothing happens before that is confirmed."""

        def show(copies: Copies) -> None:
            dialog = ShareDialog(copies, self._page.window())
            dialog.confirmed.connect(self._work.share)
            dialog.compare_asked.connect(self.compare)
            self._open(dialog)

        self._work.copies(show)

    def compare(self) -> None:
        """Read what looks the same, to know whether it is."""
        self._work.compare()
        self._tell(tr("Comparing what looks the same"))

    def add_folder(self) -> None:
        """Ask for a folder and show its models."""
        chosen = QFileDialog.getExistingDirectory(
            self._page.window(), tr("Add a folder with models"), str(Path.home())
        )
        if chosen:
            self.take((Path(chosen),))

    def import_files(self) -> None:
        """Ask for GGUF files and show them where they are."""
        chosen, _filter = QFileDialog.getOpenFileNames(
            self._page.window(),
            tr("Import GGUF files"),
            str(Path.home()),
            tr("GGUF files") + " (*.gguf *.GGUF);;" + tr("All files") + " (*)",
        )
        self.take(tuple(map(Path, chosen)))

    def take(self, paths: Sequence[Path]) -> None:
        """Show these files and folders in the library."""
        if paths:
            self._work.take(paths, self._taken)

    def _open(self, dialog: Sheet) -> None:
        """Show `dialog`, unless a quick second click already brought one."""
        if any(sheet.isVisible() for sheet in self._page.window().findChildren(Sheet)):
            dialog.deleteLater()
        else:
            dialog.open()

    # -- menu

    def menu(self, models: Sequence[LibraryModel]) -> QMenu:
        """Everything that can be done with `models`."""
        menu = QMenu(self._page)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        if len(models) == 1:
            self._single(menu, models[0])
            menu.addSeparator()
        elif usable := [model for model in models if not model.problem and model.kind == "model"]:
            ids = tuple(model.id for model in usable)
            _entry(menu, "columns-3", tr("Compare"), lambda: self._shell.compare(ids))
            _entry(menu, "gauge", tr("Measure …"), lambda: self._shell.measure(ids))
            menu.addSeparator()
        words = tr("Verify") if len(models) == 1 else tr("Verify {n} models", n=len(models))
        _entry(menu, "shield-check", words, lambda: self.verify(models))
        if any(model.duplicates_of or model.alike for model in models):
            _entry(menu, "link", tr("Share equal copies …"), self.preview_copies)
        movable = deletable(models)
        if movable:
            _entry(menu, "arrow-right", tr("Move to another folder …"), lambda: self.move(movable))
            menu.addSeparator()
            self._removals(menu, movable)
        return menu

    def _single(self, menu: QMenu, model: LibraryModel) -> None:
        chat = _entry(menu, "message-square", tr("Chat"), lambda: self.chat(model))
        chat.setEnabled(not model.problem and model.kind == "model")
        compare = _entry(menu, "columns-3", tr("Compare"), lambda: self._shell.compare((model.id,)))
        compare.setEnabled(chat.isEnabled())
        bench = _entry(menu, "gauge", tr("Measure …"), lambda: self._shell.measure((model.id,)))
        bench.setEnabled(chat.isEnabled())
        quantize = _entry(menu, "blend", tr("Quantize …"), lambda: self.quantize(model))
        quantize.setShortcut(QKeySequence("Q"))
        quantize.setEnabled(not obstacle(model))
        quantize.setToolTip(obstacle(model))
        if self._work.is_loaded(model):
            _entry(menu, "power", tr("Unload"), lambda: self._work.unload((model,)))
        _entry(menu, "folder-open", tr("Show in folder"), lambda: self.reveal(model))
        _entry(
            menu, "copy", tr("Copy the path"), lambda: QGuiApplication.clipboard().setText(str(model.path))
        )
        if garden_name(model):
            words = tr("Download newer weights") if model.newer else tr("Find in Discover")
            icon = "download" if model.newer else "compass"
            _entry(menu, icon, words, lambda: self.find_online(model))

    def _removals(self, menu: QMenu, models: Sequence[LibraryModel]) -> None:
        singles = [model for model in models if model.store is Store.FOLDER and model.store_root is None]
        if singles and len(singles) == len(models):
            _entry(
                menu,
                "x",
                tr("Remove from the list"),
                lambda: self._work.forget(singles, self._forgotten(singles)),
            )
        folders = {model.store_root for model in models if model.store is Store.FOLDER and model.store_root}
        if len(folders) == 1:
            folder = folders.pop()
            _entry(
                menu,
                "folder",
                tr("Remove the folder {name} from the Library", name=folder.name),
                partial(self._work.remove_folder, folder, self._folder_gone(folder)),
            )
        delete = _entry(
            menu,
            "trash-2",
            tr("Delete …") if len(models) == 1 else tr("Delete {n} models …", n=len(models)),
            lambda: self.delete(models),
            token="bad.text",
        )
        delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))

    # -- how it went

    def _tell(self, words: str) -> None:
        """Say something that the jobs drawer knows more about."""
        self._shell.toast(words, tr("Jobs"), self._shell.open_jobs)

    def _deleted(self, result: Deleted) -> None:
        freed = fmt.size(result.freed)
        if len(result.names) == 1:
            self._shell.toast(tr("{name} deleted, {size} freed", name=result.names[0], size=freed))
        elif result.names:
            self._shell.toast(tr("{n} models deleted, {size} freed", n=len(result.names), size=freed))
        for error in result.errors[:MOST_TOASTS]:
            self._shell.toast(str(error))

    def _forgotten(self, models: Sequence[LibraryModel]) -> Callable[[object], object]:
        paths = [model.path for model in models]
        words = tr("Off the list; the file stays") if len(paths) == 1 else tr("Off the list; the files stay")
        return lambda _none: self._shell.toast(words, tr("Undo"), lambda: self.take(paths))

    def _folder_gone(self, folder: Path) -> Callable[[object], object]:
        words = tr("{folder} is not shown any more; its files stay", folder=str(folder))
        return lambda _none: self._shell.toast(words, tr("Undo"), lambda: self.take([folder]))

    def _taken(self, result: Taken) -> None:
        for error in result.errors[:MOST_TOASTS]:
            self._shell.toast(str(error))
        if len(result.errors) > MOST_TOASTS:
            more = len(result.errors) - MOST_TOASTS
            self._shell.toast(tr("{n} more files could not be added", n=more))
        for folder in result.folders:
            self._shell.toast(tr("{folder} is part of the Library now", folder=str(folder)))
        if len(result.models) == 1:
            self._shell.toast(tr("{name} is in the Library now", name=result.models[0].name))
        elif result.models:
            self._shell.toast(tr("{n} models are in the Library now", n=len(result.models)))
        if result.models:
            self.taken.emit(result.models)

    def _ended(self, rows: tuple[Activity, ...]) -> None:
        for words in ended_words(rows):
            self._tell(words)

    def _checked(self, count: int) -> None:
        if count:
            self._shell.toast(tr("{n} models have newer weights", n=count))
        else:
            self._shell.toast(tr("Nothing newer was found"))


def _entry(menu: QMenu, icon: str, words: str, act: Callable[[], object], token: str = "text.2") -> QAction:
    return menu.addAction(icons.icon(icon, token), words, act)


def deletable(models: Sequence[LibraryModel]) -> tuple[LibraryModel, ...]:
    """Those of `models` that are not a part of Orangery."""
    return tuple(model for model in models if model.store is not Store.BUNDLED)


def garden_name(model: LibraryModel) -> str:
    """What to type into Discover to find the model; empty where it is in no garden."""
    if model.source is Source.OLLAMA:
        return model.id if model.id.startswith("ollama:") else f"ollama:{model.name}"
    return model.repo_id or ""
