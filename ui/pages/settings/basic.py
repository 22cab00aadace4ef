"""Panes made of plain options: appearance, models and folders, downloads, data, keyboard."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QApplication, QComboBox, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.settings.folders import StoreList
from ui.pages.settings.parts import Facts, FolderRow, Pane, Row, muted, section
from ui.pages.settings.presenter import DataFacts, SettingsPresenter
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.segmented import SegmentedControl
from ui.widgets.speed_limit import SpeedLimit
from ui.widgets.spin import inset
from ui.widgets.toggle import Toggle

CONTEXTS = (2048, 4096, 8192, 16384, 32768, 65536, 131072)
KV_TYPES = ("f16", "q8_0", "q4_0")


class AppearancePane(Pane):
    """Theme, language, motion."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(tr("Appearance"))
        self._presenter = presenter
        settings = presenter.settings
        self.scheme = SegmentedControl(
            (("system", tr("System")), ("light", tr("Light")), ("dark", tr("Dark"))), tr("Theme")
        )
        self.scheme.set_value(settings.theme)
        self.scheme.changed.connect(self._theme_changed)
        self.language = QComboBox()
        # A language is named in itself, so that it is found by those who need it.
        for code, name in (("system", tr("System")), ("en", "English"), ("pl", "Polski")):
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.language.currentIndexChanged.connect(self._language_changed)
        self.motion = Toggle(tr("Reduce motion"))
        self.motion.setChecked(settings.reduce_motion)
        self.motion.clicked.connect(self._motion_changed)
        self._restart = Banner("info", tr("The language changes when Orangery starts again."))
        self._restart_room = QWidget()
        inside = QVBoxLayout(self._restart_room)
        inside.setContentsMargins(0, 8, 0, 8)
        inside.addWidget(self._restart)
        self._restart_room.hide()
        self._started_with = settings.language
        self.column.addWidget(
            Row(tr("Theme"), tr("System follows the desktop, also while Orangery runs."), self.scheme)
        )
        self.column.addWidget(
            Row(tr("Language"), tr("Numbers and dates follow the language or the system."), self.language)
        )
        self.column.addWidget(self._restart_room)
        self.column.addWidget(
            Row(tr("Reduce motion"), tr("The jobs drawer appears at once instead of sliding."), self.motion)
        )
        note = tr("Text and controls follow the desktop's display scale, up to 200 %, and its high contrast.")
        self.column.addWidget(muted(note))
        self.column.addStretch(1)

    def _theme_changed(self, value: object) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, str(value))
        self._presenter.change(theme=value)

    def _language_changed(self, _index: int) -> None:
        code = self.language.currentData()
        self._restart_room.setVisible(code != self._started_with)
        self._presenter.change(language=code)

    def _motion_changed(self, reduced: bool) -> None:
        theme.set_reduced_motion(reduced)
        self._presenter.change(reduce_motion=reduced)


class ModelsPane(Pane):
    """How models are opened, and where they and Orangery's own files lie."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(tr("Models and folders"))
        self._presenter = presenter
        backend, settings = presenter.backend, presenter.settings
        self.column.addWidget(section(tr("Opening a model")))
        self.context = QComboBox()
        self.context.addItem(tr("As trained, up to 8,192"), None)
        for tokens in CONTEXTS:
            self.context.addItem(tr("{count} tokens", n=tokens, count=fmt.number(tokens)), tokens)
        if settings.default_n_ctx is not None and self.context.findData(settings.default_n_ctx) < 0:
            tokens = settings.default_n_ctx
            self.context.addItem(tr("{count} tokens", n=tokens, count=fmt.number(tokens)), tokens)
        self.context.setCurrentIndex(max(self.context.findData(settings.default_n_ctx), 0))
        self.context.currentIndexChanged.connect(
            lambda _index: presenter.change(default_n_ctx=self.context.currentData())
        )
        self.column.addWidget(
            Row(
                tr("Context"),
                tr("For chats that do not set their own. A longer context needs more memory."),
                self.context,
            )
        )
        self.cache = QComboBox()
        for kind in KV_TYPES:
            self.cache.addItem(kind.upper(), kind)
        self.cache.setCurrentIndex(self.cache.findData(settings.kv_type))
        self.cache.currentIndexChanged.connect(
            lambda _index: presenter.change(kv_type=self.cache.currentData())
        )
        self.column.addWidget(
            Row(
                tr("Context cache"),
                tr("F16 is exact. Q8_0 halves the context's memory, Q4_0 quarters it and may cost quality."),
                self.cache,
            )
        )
        self.column.addWidget(
            section(tr("Library"), tr("The folders that are looked into, whichever program they belong to."))
        )
        self.stores = StoreList()
        self.stores.added.connect(presenter.add_folder)
        self.stores.removed.connect(presenter.remove_folder)
        presenter.stores_ready.connect(self.stores.show_stores)
        self.column.addWidget(self.stores)
        self.column.addWidget(section(tr("Orangery's own folders")))
        for title, note, path in (
            (tr("Chats and logs"), "", backend.paths.data),
            (tr("Settings"), "", backend.paths.config),
            (
                tr("Cache"),
                tr("Search results and file headers; may be deleted at any time."),
                backend.paths.cache,
            ),
        ):
            self.column.addWidget(FolderRow(title, note, path))
        self.column.addStretch(1)

    def refresh(self) -> None:
        self._presenter.load_stores()


class DownloadsPane(Pane):
    """How many run side by side, and how fast."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(tr("Downloads"))
        self.at_once = _spin(8, presenter.settings.downloads_at_once)
        self.at_once.valueChanged.connect(lambda value: presenter.change(downloads_at_once=value))
        self.column.addWidget(
            Row(tr("Downloads at once"), tr("Further ones wait for their turn."), self.at_once)
        )
        self._presenter = presenter
        self.limit = SpeedLimit()
        self.limit.chosen.connect(lambda limit: presenter.change(bandwidth_limit=limit))
        self.column.addWidget(
            Row(tr("Speed limit"), tr("Of all downloads together; running ones follow at once."), self.limit)
        )
        self.connections = _spin(8, presenter.settings.connections_per_file)
        self.connections.valueChanged.connect(lambda value: presenter.change(connections_per_file=value))
        self.column.addWidget(
            Row(
                tr("Connections per file"),
                tr("More may be quicker over a long way. It takes effect with the next file."),
                self.connections,
            )
        )
        jobs = Button(tr("Open jobs"), icon="list-checks")
        jobs.clicked.connect(shell.open_jobs)
        self.column.addWidget(
            Row(tr("Jobs"), tr("What is downloading, paused, finished, or needs you."), jobs)
        )
        self.column.addWidget(
            muted(
                tr(
                    "A download can be paused and goes on after a restart. Its SHA-256 is compared "
                    "with the hub's before the file gets its final name."
                )
            )
        )
        self.column.addStretch(1)

    def refresh(self) -> None:
        settings = self._presenter.settings  # the jobs drawer may have changed them
        with QSignalBlocker(self.at_once):
            self.at_once.setValue(settings.downloads_at_once)
        self.limit.set_limit(settings.bandwidth_limit)


def _spin(most: int, value: int) -> QSpinBox:
    """A small number from 1 to `most`."""
    spin = QSpinBox()
    spin.setRange(1, most)
    spin.setFixedWidth(72)
    spin.setValue(value)
    return inset(spin)


class DataPane(Pane):
    """How much is kept, and deleting it."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(tr("Data"))
        self._presenter, self._shell = presenter, shell
        self._chats: tuple[int, ...] = ()
        self._facts = Facts()
        self.column.addWidget(section(tr("On this machine")))
        self.column.addWidget(self._facts)
        self.delete = Button(tr("Delete all chats"), "danger", "trash-2")
        self.delete.setEnabled(False)
        self.delete.clicked.connect(self._delete)
        self.column.addWidget(section(tr("Delete")))
        self.column.addWidget(
            Row(tr("Chats"), tr("Messages and system prompts. Models stay where they are."), self.delete)
        )
        library = Button(tr("Open the library"), icon="library")
        library.clicked.connect(lambda: shell.show_page("library"))
        self.column.addWidget(
            Row(tr("Models"), tr("Each can be deleted in the library, which says what is freed."), library)
        )
        self.column.addWidget(
            muted(tr("Chats never leave this machine. Orangery has no account and sends no usage data."))
        )
        self.column.addStretch(1)
        presenter.data_ready.connect(self._show)

    def refresh(self) -> None:
        self._presenter.load_data()

    def _show(self, facts: DataFacts) -> None:
        self._chats = facts.chats
        self.delete.setEnabled(bool(facts.chats))
        self._facts.set_facts(
            [
                (tr("Chats"), fmt.number(len(facts.chats))),
                (tr("Database"), fmt.size(facts.database)),
                (tr("Models"), f"{fmt.number(facts.models)}, {fmt.size(facts.models_size)}"),
            ]
        )

    def _delete(self) -> None:
        chats = self._chats
        title = tr("Delete {n} chats?", n=len(chats))
        if not self._shell.confirm(title, "", tr("Delete"), danger=True):
            return

        def done() -> None:
            self._shell.toast(
                tr("{n} chats deleted", n=len(chats)),
                tr("Undo"),
                lambda: self._presenter.restore_chats(chats),
            )

        self._presenter.delete_chats(chats, done)


class KeyboardPane(Pane):
    """The shortcuts, to look up."""

    def __init__(self) -> None:
        super().__init__(tr("Keyboard"))
        groups = (
            (
                tr("Everywhere"),
                (
                    ("Ctrl K", tr("Go to a page, a model or a chat")),
                    ("Ctrl 1 … 7", tr("Open a page")),
                    ("Ctrl F", tr("Find in the page")),
                    ("Ctrl N", tr("New chat")),
                    ("Ctrl J", tr("Open or close jobs")),
                    ("Ctrl Shift O", tr("Go offline or online")),
                    ("F6", tr("Next pane")),
                    ("Esc", tr("Stop or close")),
                    ("Ctrl Q", tr("Quit")),
                ),
            ),
            (
                tr("Lists and chats"),
                (
                    ("↑ ↓", tr("Move up and down")),
                    ("Enter", tr("Open, or send the message")),
                    ("Ctrl B", tr("Hear the base alone, or with the adapters")),
                    ("Shift Enter", tr("New line in a message")),
                    ("F1", tr("What a fit is made of")),
                    ("F2", tr("Rename")),
                    ("Alt ↑ ↓", tr("Move a waiting download in the queue")),
                    ("Delete", tr("Cancel the chosen job, or take it off the list")),
                ),
            ),
        )
        for title, keys in groups:
            self.column.addWidget(section(title))
            box = QWidget()
            grid = QGridLayout(box)
            grid.setContentsMargins(0, 4, 0, 4)
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(6)
            grid.setColumnMinimumWidth(0, 120)
            grid.setColumnStretch(1, 1)
            for place, (key, words) in enumerate(keys):
                grid.addWidget(label(key, "small", weight=500), place, 0)
                grid.addWidget(label(words, "small", "2", wrap=True), place, 1)
            self.column.addWidget(box)
        self.column.addStretch(1)
