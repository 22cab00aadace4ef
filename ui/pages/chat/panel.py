"""The right side of the chat page: model, adapters, context, sampling, form of the answer, system prompt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from backend.chats.types import Chat, ContextUse, Preset
from backend.engines.types import ChatModel, LoadedModel, ModelState, Sampling
from backend.events import ModelChanged
from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.adapters_section import AdaptersSection
from ui.pages.chat.context_section import ContextSection
from ui.pages.chat.defaults_row import DefaultsRow
from ui.pages.chat.format_section import FormatSection
from ui.pages.chat.overflow_section import OverflowSection
from ui.pages.chat.preset_button import PresetButton
from ui.pages.chat.texts import missing_name
from ui.theme import theme
from ui.widgets.labels import label
from ui.widgets.model_picker import ModelButton, model_line
from ui.widgets.sampling import SamplingSection
from ui.widgets.section import hairline

MAX_SYSTEM_PROMPT = 100_000


def memory_of(loaded: LoadedModel) -> int:
    """Measured bytes of a loaded model over all devices, or the worker's resident memory."""
    parts = sum(part.weights + part.kv + part.compute for part in loaded.memory)
    return parts or loaded.rss


class ChatPanel(QWidget):
    """Shows and changes how the next answer of a chat is made.

    Signals:
        model_chosen: Id of another model.
        more_models: The person wants models that are not here yet.
        length_chosen: Context length in tokens, or None.
        cache_chosen: How the context is kept, or None.
        overflow_chosen: What happens when the context is full.
        sampling_changed: A `Sampling`, of numbers, form or a preset.
        prompt_changed: The system prompt as it is typed.
    """

    model_chosen = Signal(str)
    more_models = Signal()
    length_chosen = Signal(object)
    cache_chosen = Signal(object)
    overflow_chosen = Signal(str)
    sampling_changed = Signal(object)
    prompt_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._loading = False
        self._model: ChatModel | None = None
        self._sampling = Sampling()
        self.picker = ModelButton()
        self.picker.chosen.connect(self.model_chosen)
        self.picker.more_asked.connect(self.more_models)
        self.adapters = AdaptersSection()
        self.context = ContextSection()
        self.context.length_chosen.connect(self.length_chosen)
        self.context.cache_chosen.connect(self.cache_chosen)
        self.overflow = OverflowSection()
        self.overflow.chosen.connect(self.overflow_chosen)
        self.sampling = SamplingSection()
        self.sampling.changed.connect(self._take_sampling)
        self.format = FormatSection()
        self.format.changed.connect(self._take_sampling)
        self.presets = PresetButton()
        self.presets.preset_chosen.connect(self._take_preset)
        self.defaults = DefaultsRow()
        self.prompt = QPlainTextEdit()
        self.prompt.setAccessibleName(tr("System prompt"))
        self.prompt.setPlaceholderText(tr("How the model should behave. Empty for its own way."))
        self.prompt.setTabChangesFocus(True)
        self.prompt.setFont(theme.font("body"))
        self.prompt.setFixedHeight(120)
        self.prompt.textChanged.connect(self._prompt_edited)
        self._build()

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("scrollContent", True)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 12, 0, 16)
        column.setSpacing(0)
        prompt = QWidget()
        inside = QVBoxLayout(prompt)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(tr("System prompt"), "body", weight=600))
        head.addStretch(1)
        head.addWidget(self.presets)
        inside.addLayout(head)
        inside.addWidget(self.prompt)
        inside.addWidget(self.defaults)
        for at, group in enumerate(
            (
                (self.picker,),
                (self.adapters,),
                (self.context, self.overflow),
                (self.sampling,),
                (self.format,),
                (prompt,),
            )
        ):
            if at:
                column.addSpacing(16)
                column.addWidget(hairline())
                column.addSpacing(14)
            box = QVBoxLayout()
            box.setContentsMargins(16, 0, 16, 0)
            box.setSpacing(10)
            for section in group:
                box.addWidget(section)
            column.addLayout(box)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    # -- what is shown

    def set_models(self, models: Sequence[ChatModel]) -> None:
        """Offer these models."""
        self.picker.set_models(models)

    def show_chat(self, chat: Chat | None, model: ChatModel | None) -> None:
        """Show the settings of `chat`; None stands for the chat that the first message will make."""
        self._loading = True
        self._model = model
        if chat is not None:
            self._show_sampling(chat.sampling)
            self.overflow.show_choice(chat.overflow)
            if self.prompt.toPlainText() != chat.system_prompt:
                self.prompt.setPlainText(chat.system_prompt)
        elif self.prompt.toPlainText():
            self.prompt.clear()
        for section in (self.sampling, self.format, self.presets, self.prompt, self.context, self.overflow):
            section.setEnabled(chat is not None)
        self._show_preset()
        trained = model.context_length if model is not None else None
        self.context.set_lengths(chat.n_ctx if chat is not None else None, trained)
        self.context.set_cache(chat.kv_type if chat is not None else None)
        self._loading = False

    def show_model(self, model: ChatModel | None, missing: str, state: ModelChanged | None) -> None:
        """Show the model and whether it is in memory. `missing` is the id of one that is no longer here."""
        if model is None:
            self.picker.show_model(missing_name(missing), tr("not on this disk any more") if missing else "")
            return
        parts = [model_line(model)]
        if model.problem:
            parts.append(model.problem)
        elif state is not None and state.state is ModelState.LOADING:
            parts = [model.quant, tr("loading, {share}", share=fmt.percent(state.progress))]
        elif state is not None and state.state is ModelState.READY and state.loaded is not None:
            memory = fmt.size(memory_of(state.loaded))
            parts = [model.quant, tr("loaded, {size} in memory", size=memory)]
            if state.loaded.gpu_layers is not None:
                layers = fmt.number(state.loaded.gpu_layers), fmt.number(state.loaded.layers)
                parts.append(tr("{some} of {all} layers on the GPU", some=layers[0], all=layers[1]))
        elif state is not None and state.state is ModelState.FAILED:
            parts.append(tr("could not be loaded"))
        self.picker.show_model(model.name, " · ".join(part for part in parts if part))

    def show_use(self, use: ContextUse | None) -> None:
        """Show how full the context is."""
        self.context.show_use(use)
        self.overflow.show_use(use)

    def sizeHint(self) -> QSize:
        return QSize(theme.size("pane.chat.panel"), 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(272, 200)

    # -- what is changed

    def _show_sampling(self, sampling: Sampling) -> None:
        self._sampling = sampling
        self.sampling.show_sampling(sampling)
        self.format.show_sampling(sampling)

    def _show_preset(self) -> None:
        self.presets.show_values(self.prompt.toPlainText(), self._sampling)

    def _take_sampling(self, sampling: Sampling) -> None:
        self._show_sampling(sampling)
        self._show_preset()
        self.sampling_changed.emit(sampling)

    def _take_preset(self, preset: Preset) -> None:
        self.prompt.setPlainText(preset.system_prompt)
        self._take_sampling(preset.sampling)

    def _prompt_edited(self) -> None:
        if not self._loading:
            self._show_preset()
            self.prompt_changed.emit(self.prompt.toPlainText()[:MAX_SYSTEM_PROMPT])
