"""What the engine is, what it found on this machine, and what it has loaded."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from backend.engines.types import EngineReport, LoadedModel
from backend.errors import AppError
from backend.i18n import tr
from ui import format as fmt
from ui.pages.settings.parts import Facts, Pane, Row, code_line, muted, section
from ui.pages.settings.presenter import SettingsPresenter
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.states import ErrorState

_BUILDS = (("NVIDIA", "-DGGML_CUDA=on"), ("AMD", "-DGGML_HIP=on"), ("Intel", "-DGGML_VULKAN=on"))


class EnginePane(Pane):
    """The report arrives later: the first look starts a test process."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(tr("Engine"))
        self._presenter = presenter
        self._version = ""
        self._waiting = label(tr("Looking at the engine …"), "small", "2")
        self._waiting.setContentsMargins(0, 16, 0, 0)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._error = ErrorState(centred=False)
        self._error.setContentsMargins(0, 16, 0, 0)
        self._error.retry.connect(self.refresh)
        self._report = QWidget()
        self._fill(QVBoxLayout(self._report))
        self._stack = QStackedWidget()
        for widget in (self._waiting, self._error, self._report):
            self._stack.addWidget(widget)
        self.column.addWidget(self._stack)
        self.column.addStretch(1)
        presenter.engine_ready.connect(self._show)
        presenter.engine_failed.connect(self._failed)
        presenter.loaded_ready.connect(self._show_loaded)

    def _fill(self, layout: QVBoxLayout) -> None:
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._facts = Facts()
        layout.addWidget(section("llama.cpp"))
        layout.addWidget(self._facts)
        self._careful = Banner("info", "")
        layout.addSpacing(8)
        layout.addWidget(self._careful)
        layout.addWidget(section(tr("Devices")))
        self._devices = Facts()
        layout.addWidget(self._devices)
        self._gpu = QWidget()
        gpu = QVBoxLayout(self._gpu)
        gpu.setContentsMargins(0, 0, 0, 0)
        gpu.setSpacing(6)
        words = tr(
            "This build of the engine runs on the processor only. With a graphics card, build it once with "
            "the command for the card; it needs a C++ compiler and the maker's toolkit, and takes minutes."
        )
        gpu.addWidget(section(tr("Use a graphics card"), words))
        self._commands = QVBoxLayout()
        self._commands.setSpacing(6)
        gpu.addLayout(self._commands)
        layout.addWidget(self._gpu)
        layout.addWidget(section(tr("Loaded models")))
        self._loaded = QVBoxLayout()
        layout.addLayout(self._loaded)
        self._none = muted(tr("None. A model is loaded when a chat needs it."))
        layout.addWidget(self._none)
        layout.addStretch(1)

    def refresh(self) -> None:
        if not self._version:
            self._stack.setCurrentWidget(self._waiting)
            self._presenter.load_engine()
        self._presenter.load_loaded()

    def _failed(self, error: AppError) -> None:
        self._error.set_error(error)
        self._stack.setCurrentWidget(self._error)

    def _show(self, report: EngineReport) -> None:
        self._version = report.version
        self._facts.set_facts(
            [
                (tr("Binding"), f"llama-cpp-python {report.version}"),
                (tr("Build"), report.build),
                (tr("Processor"), report.cpu),
                (tr("Built for"), report.features),
                (tr("Repacked weights"), _on(report.flags.use_extra_bufts)),
                (tr("Memory mapping"), _on(report.flags.mmap)),
                (tr("Graphics card"), _on(report.flags.gpu and _has_gpu(report))),
            ]
        )
        self._careful.setVisible(bool(report.rejected))
        self._careful.set_text(
            tr(
                "Faster settings were tried and did not work on this machine: {list}",
                list="; ".join(report.rejected),
            )
        )
        self._devices.set_facts(
            [
                (
                    device.name,
                    f"{device.description}, {fmt.size(device.total)}" if device.total else device.description,
                )
                for device in report.devices
            ]
            or [(tr("Processor"), report.cpu)]
        )
        self._gpu.setVisible(not _has_gpu(report))
        if self._commands.count() == 0:
            for maker, flag in _BUILDS:
                row = QHBoxLayout()
                row.setSpacing(8)
                name = label(maker, "small", "2")
                name.setFixedWidth(64)
                row.addWidget(name)
                row.addWidget(code_line(_command(report.version, flag)), 1)
                self._commands.addLayout(row)
        self._stack.setCurrentWidget(self._report)

    def _show_loaded(self, models: tuple[LoadedModel, ...]) -> None:
        while (item := self._loaded.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._none.setVisible(not models)
        for model in models:
            button = Button(tr("Unload"))
            button.setAccessibleName(tr("Unload {name}", name=model.name))
            button.clicked.connect(lambda _on=False, model=model: self._presenter.unload(model))
            note = tr(
                "{size} of memory, context of {count} tokens",
                size=fmt.size(model.rss),
                count=fmt.number(model.n_ctx),
            )
            self._loaded.addWidget(Row(model.name, note, button))


def _command(version: str, flag: str) -> str:
    options = "--force-reinstall --no-deps --no-binary :all:"
    return f'CMAKE_ARGS="{flag}" pip install {options} llama-cpp-python=={version}'


def _has_gpu(report: EngineReport) -> bool:
    return any(device.kind in ("gpu", "igpu") for device in report.devices)


def _on(value: bool) -> str:
    return tr("on") if value else tr("off")
