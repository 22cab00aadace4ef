"""Theme, formats and widgets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backend.capacity.types import Fit, Ledger, RunConfig, Verdict
from backend.errors import AppError
from backend.i18n import tr
from backend.paths import RESOURCES
from ui import format as fmt
from ui import i18n
from ui.theme import icons, theme
from ui.theme.tokens import contrast_ratio, tokens
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chip import Chip
from ui.widgets.fit_details import FitDetails
from ui.widgets.fit_pill import FitPill, fit_pill_width
from ui.widgets.labels import ElidedLabel, PredictedLabel
from ui.widgets.meter import Meter, Part
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import SegmentedControl
from ui.widgets.states import ErrorState
from ui.widgets.tables import plain_table

GB = 1_000_000_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_on_every_surface_it_is_used_on(scheme: str) -> None:
    colours = tokens().colours[scheme]
    for pair in tokens().contrast[scheme]:
        assert contrast_ratio(colours[pair.foreground], colours[pair.background]) >= pair.minimum, pair


def test_the_bundled_fonts_are_used_with_polish_letters_and_even_figures(qtbot: QtBot) -> None:
    for role in tokens().type_scale:
        font = theme.font(role)
        assert QFontInfo(font).family() == font.families()[0]
        assert font.pixelSize() >= 11
    metrics = QFontMetricsF(theme.font("body"))
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ…–×~")
    even = QFontMetricsF(theme.font("small", tabular=True))
    assert even.horizontalAdvance("1111") == even.horizontalAdvance("8888")


def test_no_colour_is_written_outside_of_the_tokens() -> None:
    folder = Path(i18n.__file__).parent
    found = [
        f"{path.name}: {match}"
        for path in folder.rglob("*.py")
        for match in re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
    ]
    assert not found
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", (RESOURCES / "theme" / "style.qss").read_text("utf-8"))


def test_every_icon_that_is_named_in_the_code_is_bundled() -> None:
    for path in (RESOURCES / "icons").glob("*.svg"):
        assert icons.exists(path.stem)
    assert not icons.exists("no-such-icon")


def test_a_change_of_theme_reaches_icons_and_colours(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    button = Button("Download", "primary", "download")
    qtbot.addWidget(button)
    light = theme.color("text.1")
    before = button.icon().pixmap(16).toImage()
    theme.apply(app, "dark")
    try:
        assert theme.color("text.1") != light
        other = IconButton("copy", "Copy")
        qtbot.addWidget(other)
        dark = other.icon().pixmap(16).toImage()
        theme.apply(app, "light")
        assert other.icon().pixmap(16).toImage() != dark
        assert button.icon().pixmap(16).toImage() == before
    finally:
        theme.apply(app, "light")


def test_the_system_theme_follows_the_desktop(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "system")
    assert theme.chosen == "system" and theme.scheme in ("light", "dark")
    theme.apply(app, "light")


def test_high_contrast_gives_grey_text_and_lines_full_strength(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "_high_contrast", True)
    colours = tokens().colours["light"]
    assert theme.hex("text.3") == colours["text.1"]
    assert contrast_ratio(theme.hex("line.control"), colours["bg.window"]) >= 3


def nbsp(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 KB"),
        (612_000, "612 KB"),
        (999_960_000, "1.0 GB"),
        (7_300 * 10**6, "7.3 GB"),
        (212 * GB, "212 GB"),
        (-2 * GB, "-2.0 GB"),
    ],
)
def test_sizes_are_decimal(value: int, english: str) -> None:
    assert nbsp(fmt.size(value)) == english


def test_numbers_follow_the_language(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert app is not None
    try:
        i18n.install(app, "pl")
        assert nbsp(fmt.size(7_300 * 10**6)) == "7,3 GB"
        assert nbsp(fmt.number(12_480)) in ("12 480", "12480")
        assert tr("{n} models", n=12_480).startswith(fmt.number(12_480))
    finally:
        i18n.install(app, "en")
    assert fmt.number(12_480) == "12,480"
    assert QLocale().language() == QLocale.Language.English


def test_other_formats() -> None:
    assert [fmt.count(n) for n in (736, 1_800, 412_000, 2_100_000, 12_200_000_000)] == [
        "736",
        "1.8k",
        "412k",
        "2.1M",
        "12.2B",
    ]
    assert [fmt.time_left(s) for s in (None, 5, 71, 3_700)] == ["–", "0:05", "1:11", "1:01:40"]
    assert [fmt.duration(s) for s in (0.31, 52, 1_080, 7_500)] == ["0.3 s", "52 s", "18 min", "2 h 5 min"]
    ago = [fmt.ago(0, now) for now in (10, 130, 7_200, 90_000, 400_000, 3_000_000, 13_000_000, 99_999_999)]
    assert ago == ["now", "2 min", "2 h", "yesterday", "5 days", "5 wk", "5 mo", "3 yr"]
    assert nbsp(fmt.speed(38e6)) == "38 MB/s" and nbsp(fmt.percent(0.64)) == "64 %"


def fit(verdict: Verdict) -> Fit:
    return Fit(verdict, Ledger(6 * GB, GB, 0, 0), RunConfig(), 8 * GB, 0)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_fit_pill_says_its_verdict_and_number(qtbot: QtBot, verdict: Verdict) -> None:
    pill = FitPill(fit(verdict))
    qtbot.addWidget(pill)
    assert pill.accessibleName()
    assert ("7.0" in pill.accessibleName()) is (verdict is not Verdict.UNKNOWN)
    assert pill.sizeHint().width() == fit_pill_width(fit(verdict))
    pill.show()
    pill.grab()


def test_f1_on_a_pill_opens_the_breakdown(qtbot: QtBot) -> None:
    pill = FitPill(fit(Verdict.FITS))
    qtbot.addWidget(pill)
    pill.show()
    qtbot.keyClick(pill, Qt.Key.Key_F1)
    details = FitDetails._shown
    assert details is not None and details.isVisible()
    texts = {nbsp(label.text()) for label in details.findChildren(QLabel)}
    assert {"Weights", "~6.0 GB", "Stays free", "~1.0 GB"} <= texts
    FitDetails.dismiss()
    assert not details.isVisible()


def test_a_measured_number_replaces_the_predicted_one(qtbot: QtBot) -> None:
    label = PredictedLabel()
    qtbot.addWidget(label)
    label.set_predicted("53", "tok/s")
    assert label.text() == "~53 tok/s" and "predicted" in label.accessibleName()
    label.set_measured("53.8", "tok/s")
    assert label.text() == "53.8 tok/s" and "predicted" not in label.accessibleName()


def test_an_elided_label_keeps_the_whole_text_for_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("a-very-long-model-name-that-has-no-room")
    qtbot.addWidget(label)
    label.show()
    label.resize(80, 20)
    assert label.text().endswith("…") and label.toolTip() == label.full_text()
    label.resize(600, 20)
    assert label.text() == label.full_text() and not label.toolTip()


def test_a_segmented_control_is_chosen_by_keys_and_mouse(qtbot: QtBot) -> None:
    control = SegmentedControl((("a", "First"), ("b", "Second"), ("c", "Third")), "Choice")
    qtbot.addWidget(control)
    control.resize(control.sizeHint())
    values: list[object] = []
    control.changed.connect(values.append)
    control.show()
    qtbot.keyClick(control, Qt.Key.Key_Right)
    qtbot.mouseClick(control, Qt.MouseButton.LeftButton, pos=control._boxes()[2].center())
    qtbot.keyClick(control, Qt.Key.Key_Right)
    assert values == ["b", "c"] and control.value() == "c"


def test_a_chip_grows_by_its_cross(qtbot: QtBot) -> None:
    chip = Chip("Has GGUF")
    qtbot.addWidget(chip)
    narrow = chip.sizeHint().width()
    chip.click()
    assert chip.isChecked() and chip.sizeHint().width() > narrow


def test_a_search_field_empties_on_escape_and_passes_arrows_on(qtbot: QtBot) -> None:
    field = SearchField("Search", "Ctrl F")
    qtbot.addWidget(field)
    field.show()
    steps: list[int] = []
    field.moved.connect(steps.append)
    qtbot.keyClicks(field, "gemma")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "" and steps == [1]


def test_an_error_offers_a_retry_only_where_it_may_help(qtbot: QtBot) -> None:
    state = ErrorState()
    qtbot.addWidget(state)
    state.show()

    def words() -> set[str]:
        return {button.text() for button in state.findChildren(QPushButton) if button.isVisible()}

    state.set_error(AppError("a", "It broke.", "Do this.", "log line", retryable=True))
    assert words() == {"Try again", "Details"}
    state.set_error(AppError("a", "It broke."))
    assert words() == set()


def test_a_meter_leaves_a_pixel_for_a_little(qtbot: QtBot) -> None:
    meter = Meter(height=4)
    qtbot.addWidget(meter)
    meter.resize(100, 4)
    meter.set_parts(1_000_000, (Part(1, "accent.base"),))
    picture = meter.grab().toImage()
    assert picture.pixelColor(0, 2) != picture.pixelColor(50, 2)


def test_a_banner_shows_its_button_only_with_words(qtbot: QtBot) -> None:
    banner = Banner("warn", "Tight")
    host = QWidget()
    qtbot.addWidget(host)
    banner.setParent(host)
    host.show()
    assert not banner.findChild(QPushButton).isVisible()
    banner.set_action("Show")
    assert banner.findChild(QPushButton).isVisible()


def test_the_whole_row_under_the_mouse_lights_up(qtbot: QtBot) -> None:
    model = QStandardItemModel(3, 3)
    table = plain_table(model, "Rows", 30)
    qtbot.addWidget(table)
    table.resize(400, 200)
    table.show()

    def ground(row: int) -> QColor:
        place = table.visualRect(model.index(row, 2)).center()
        return table.viewport().grab().toImage().pixelColor(place)

    plain = ground(0)
    for row in (0, 1):
        QTest.mouseMove(table.viewport(), table.visualRect(model.index(row, 0)).center())
        qtbot.waitUntil(lambda row=row: ground(row) == theme.color("bg.hover"))
        assert ground(1 - row) == plain
