"""Answers and model cards are written by strangers: nothing in them is fetched, opened or run.

Faults 40 (direction characters), 53 (remote and file images, scripts, deep nesting, user names in URLs), and
35 for the megabyte without a space.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from tests.support.examples import examples
from ui.markdown import MarkdownView, check_link, parse
from ui.markdown.blocks import MAX_INDENT, Prose, plain_text
from ui.markdown.links import origin

BAD_URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "file:///etc/passwd",
    "file://host/share",
    "smb://host/share",
    "\\\\host\\share",
    "data:text/html,<script>",
    "vbscript:x",
    "https://bank.example@evil.test/",
    "https://bank.example:443@evil.test/",
    "https:///path",
    "http://",
    "https://ba\u202enk.example",
    "https://bank.example/\u202e",
    "https://bank.example\n.evil.test",
    "https:\\evil.test",
    "//evil.test/x",
    "/etc/passwd",
    "mailto:",
    "mailto:a@b.test?cc=x@y.test",
    "http://[::1",
    "http://a:99999/",
    "x" * 10,
]


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(680, 600)
    return view


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()
    server.setblocking(False)
    yield server
    server.close()


def test_refused_destinations() -> None:
    assert [url for url in BAD_URLS if check_link(url) is not None] == []


def test_allowed_destinations_name_their_host() -> None:
    for url, host in (
        ("https://example.org/a?b=c#d", "example.org"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("https://gооgle.com/", "xn--ggle-55da.com"),
        ("http://[::1]:80/", "[::1]:80"),
        ("mailto:someone@example.org", "someone@example.org"),
    ):
        link = check_link(url)
        assert link is not None
        assert link.host == host


def test_a_refused_link_is_text() -> None:
    for url in (url for url in BAD_URLS if "\n" not in url):
        for block in parse(f"[press here](<{url}>) and <{url}>"):
            assert isinstance(block, Prose)
            assert not any(span.href for span in block.spans), url


def test_direction_characters_cannot_disguise_a_link() -> None:
    (block,) = parse("[gro.elpmaxe\u202e\u2066](https://example.org)")
    assert isinstance(block, Prose)
    assert block.spans[0].text == "gro.elpmaxe"
    (code,) = parse("```\naccess = 'user\u202e\u2066'\n```")
    assert "\u202e" in plain_text(code)  # the source is kept for Copy …


def test_direction_characters_in_code_are_seen(view: MarkdownView) -> None:
    view.set_markdown("```\nif 'user\u202e':\n```", card=False)  # … but what is drawn shows them
    assert view.panes()[0].toPlainText() == "if 'user\N{REPLACEMENT CHARACTER}':"


def test_html_is_shown_as_it_stands_in_answers_and_stripped_from_cards() -> None:
    source = "<script>alert(1)</script>\n\n<b>bold</b> &lt;i&gt;"
    shown = "\n".join(plain_text(block) for block in parse(source))
    assert "<script>alert(1)</script>" in shown
    card = "\n".join(plain_text(block) for block in parse(source, card=True))
    assert "alert" not in card
    assert "bold <i>" in card


def test_cards_lose_front_matter_and_keep_code() -> None:
    source = "---\nlicence: mit\n---\n# Name\n\n`<div>`\n\n```html\n<div>\n```\n<div align=center>x</div>"
    shown = [plain_text(block) for block in parse(source, card=True)]
    assert shown == ["Name", "<div>", "<div>", "x"]


def test_card_images_become_placeholders() -> None:
    (block,) = parse('<img src="https://cdn.example/x.png" alt="A [chart]">', card=True)
    assert isinstance(block, Prose)
    assert block.spans[0].image == "https://cdn.example/x.png"
    assert "cdn.example" in block.spans[0].text
    assert origin("data:image/png;base64,AAAA") == "data"


def hostile(port: int, path: Path) -> str:
    remote = f"http://127.0.0.1:{port}/x.png"
    return "\n\n".join(
        [
            f"![a]({remote}) ![b][ref] <img src='{remote}'> <img src=\"file://{path}\">",
            f"![c](file://{path}) [d](file://{path}) ![e]({path})",
            f"<link rel=stylesheet href={remote}><style>@import url({remote})</style>",
            f"<iframe src={remote}></iframe><object data=file://{path}></object>",
            f"| ![f]({remote}) |\n|---|\n| ![g](file://{path}) |",
            f"```html\n<img src={remote}>\n```",
            f"[ref]: {remote}",
        ]
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="uses inotify")
@pytest.mark.parametrize("card", [False, True])
def test_nothing_is_fetched_and_no_file_opened(
    view: MarkdownView, qtbot: QtBot, listener: socket.socket, tmp_path: Path, card: bool
) -> None:
    target = tmp_path / "secret.png"
    target.write_bytes(b"secret")
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    assert libc.inotify_add_watch(watch, os.fsencode(target), 0x20 | 0x1) > 0  # IN_OPEN | IN_ACCESS
    view.set_markdown(hostile(listener.getsockname()[1], target), card=card)
    view.show()
    view.grab()
    for pane in view.panes():
        pane.selectAll()
        pane.copy()
        assert not pane.document().resource(
            QTextDocument.ResourceType.ImageResource, QUrl(f"file://{target}")
        )
    qtbot.wait(50)  # long enough for a request that had been queued to begin
    with pytest.raises(BlockingIOError):
        listener.accept()
    with pytest.raises(BlockingIOError):
        os.read(watch, 4096)
    os.close(watch)


def test_copy_gives_plain_text(view: MarkdownView) -> None:
    view.set_markdown("1. one with `code`\n2. **two** [link](https://example.org)", card=False)
    pane = view.panes()[0]
    pane.selectAll()
    data: QMimeData = pane.createMimeDataFromSelection()
    assert data.text() == "1. one with code\n2. two link"
    assert not data.hasHtml()
    assert not data.hasUrls()


def test_a_click_only_asks(view: MarkdownView, qtbot: QtBot) -> None:
    view.set_markdown("[somewhere](https://example.org/x) else", card=False)
    view.height_for(680)
    view.show()
    qtbot.waitExposed(view)
    pane = view.panes()[0]
    with qtbot.waitSignal(view.link_activated) as clicked:
        qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert clicked.args == ["https://example.org/x"]
    with qtbot.assertNotEmitted(view.link_activated):
        qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(90, 10))


def test_deep_and_pathological_text_ends(view: MarkdownView) -> None:
    for text in (
        ">" * 5000 + " deep",
        "".join("  " * depth + "- a\n" for depth in range(300)),
        "[" * 5000 + "]" * 5000,
        "*" * 20_000,
        "`" * 9_999 + "a",
        "![" * 5_000,
        "<" * 20_000,
        "a|b\n" * 3_000,
    ):
        for card in (False, True):
            for block in parse(text, card=card):
                assert block.place.indent <= MAX_INDENT
                assert block.place.quote <= MAX_INDENT
        view.set_markdown(text, card=False)
        assert view.height_for(680) >= 0


def test_a_long_run_without_a_space_comes_in_pieces(view: MarkdownView, qtbot: QtBot) -> None:
    view.set_markdown("x" * 400_000, card=False)
    assert not view.is_complete()
    qtbot.waitUntil(view.is_complete)
    assert sum(len(plain_text(b).replace("\u200b", "")) for b in view.blocks()) == 400_000


def test_a_long_code_line_is_shortened_but_copied_whole(view: MarkdownView, qtbot: QtBot) -> None:
    view.set_markdown("```\n" + "y" * 100_000 + "\n```", card=False)
    qtbot.waitUntil(view.is_complete)
    assert len(view.panes()[0].toPlainText()) < 3_000
    (block,) = view.blocks()
    assert len(plain_text(block)) == 100_000


@settings(max_examples=examples(200), deadline=None)
@given(st.text(max_size=300), st.booleans())
def test_whatever_text_parses_to_safe_spans(text: str, card: bool) -> None:
    for block in parse(text, card=card):
        if isinstance(block, Prose):
            for span in block.spans:
                assert not span.href or check_link(span.href) is not None
