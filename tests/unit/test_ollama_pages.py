"""Reading library pages that change without notice, and pages that are hostile. Fault 11."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.hubs.ollama.card import readme
from backend.hubs.ollama.markup import End, Start, Text, tokens
from backend.hubs.ollama.pages import list_page, model_page, tag_rows
from tests.support.standin_ollama import File, Model, Tag
from tests.support.standin_ollama import pages as drawn

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
WEIGHTS = File("model", size=2_019_000_000, sha256="a" * 64)
TINY = Model(
    "someone/tiny",
    (
        Tag("latest", WEIGHTS, updated="3 weeks ago"),
        Tag("3b-q4_K_M", WEIGHTS, context="1M", updated="an hour ago"),
        Tag("1b-cloud", shown_size="-", context=""),
    ),
    summary="A very small model, “good” & quick.",
    capabilities=("tools", "vision"),
    sizes=("3b", "8x7b", "e4b", "335m"),
    pulls="33.2M",
    readme="# Tiny\n\nIt says 9 Pulls and 70b.",
)
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("style", ["plain", "markers"])
def test_a_result_page(style: str) -> None:
    llama = Model("llama3.2", (), summary="Meta's small ones.", sizes=("1b",), pulls="1,024")
    page = list_page(drawn.search_page([TINY, llama], 2, {"q": "x"}, style), 1, NOW)
    assert (page.following, page.understood) == (2, True)
    assert [card.name for card in page.cards] == ["someone/tiny", "llama3.2"]
    card = page.cards[0]
    assert card.summary == TINY.summary
    assert (card.capabilities, card.sizes) == (TINY.capabilities, TINY.sizes)
    assert (card.pulls, page.cards[1].pulls) == (33_200_000, 1024)
    assert card.updated == datetime(2026, 8, 14, 16, 54, tzinfo=UTC)


@pytest.mark.parametrize("style", ["plain", "markers"])
def test_what_comes_as_one_scrolls(style: str) -> None:
    fragment = drawn.search_fragment([TINY], 3, {}, style)
    assert list_page(fragment, 2, NOW).following == 3
    assert list_page(fragment, 3, NOW).following is None  # backwards leads nowhere
    assert len(list_page(fragment, 2, NOW).cards) == 1
    assert list_page("", 9, NOW).understood


def test_nothing_found_is_understood() -> None:
    page = list_page(drawn.search_page([], None, {}, "plain"), 1, NOW)
    assert (page.cards, page.understood) == ((), True)


def test_a_page_of_another_kind_is_not() -> None:
    for text in (
        drawn.search_page([TINY], 2, {}, "redesigned"),
        "<html>Sign in</html>",
        "<p></p>",
        "{}",
        "x",
    ):
        page = list_page(text, 1, NOW)
        assert (page.cards, page.following, page.understood) == ((), None, False)


@pytest.mark.parametrize(
    "card",
    [
        '<li><a href="/library/tiny">tiny</a><p>5 Pulls</p></li>',
        "<LI><A HREF=/library/tiny>tiny<p>5 Pulls</A></LI>",
        "<ul><li class='<x>'><a href='https://ollama.com/library/tiny?from=list'>t</a> 5 Pulls",
        '<a href="/library/tiny" class="card"><b>tiny</b><div>5&nbsp;Pulls</div></a>',
        '<li><a href="/library/tiny">tiny</a><a href="/library/other">like</a><i>5 downloads</i></li>',
        "<li x-test-model><a href=/library/tiny></a><span x-test-pull-count>5</span></li>",
    ],
)
def test_cards_in_other_clothes(card: str) -> None:
    found = list_page(f"<html><body>Ollama {card}</body></html>", 1, NOW).cards
    assert [(entry.name, entry.pulls) for entry in found] == [("tiny", 5)]


@pytest.mark.parametrize(
    "href",
    [
        *("/search", "/library", "/docs/api", "/blog/tiny", "/library/", "/library/../etc", "//evil/tiny"),
        *(
            "https://evil.example/library/tiny",
            "javascript:alert(1)",
            "/a/b/c",
            "/library/CON",
            "/library/..",
        ),
        *("/library/x y", "/signin/now", "library/tiny", "", "/api/tags", "/" + "a" * 500),
    ],
)
def test_links_that_lead_to_no_model(href: str) -> None:
    assert list_page(f'<li><a href="{href}">tiny</a> 5 Pulls <i>3b</i></li>', 1, NOW).cards == ()


def test_a_link_alone_is_no_card() -> None:
    assert (
        list_page('<footer><ul><li><a href="/library/tiny">Tiny</a></li></ul></footer>', 1, NOW).cards == ()
    )


@pytest.mark.parametrize("style", ["plain", "markers"])
def test_tags(style: str) -> None:
    first, second, cloud = tag_rows(drawn.tags_page(TINY, style), TINY.name, NOW)
    assert (first.tag, first.size, first.context_length) == ("latest", 2_000_000_000, 131_072)
    assert first.digest == TINY.tags[0].digest[:12]
    assert first.updated == NOW - timedelta(days=21)
    assert (second.tag, second.context_length) == ("3b-q4_K_M", 1_048_576)
    assert second.updated == NOW - timedelta(hours=1)
    assert (cloud.tag, cloud.size, cloud.context_length) == ("1b-cloud", 0, None)


@pytest.mark.parametrize(
    ("row", "size", "context", "digest", "kind"),
    [
        (
            "<p>tiny:8b</p><p>5.2GB · 40K context window · Text · 1 year ago</p>",
            5_200_000_000,
            40 * 1024,
            "",
            "",
        ),
        (
            "<i>a2af6cc3eb7f</i> • 815MB • 32K context window • Text, Image input • 2 days ago",
            815_000_000,
            32 * 1024,
            "a2af6cc3eb7f",
            "",
        ),
        (
            "<i>a2af6cc3eb7f</i> • High Usage • 256K context window • Text input",
            0,
            256 * 1024,
            "a2af6cc3eb7f",
            "cloud",
        ),
        (
            "<b>MLX</b> <i>a2af6cc3eb7f</i> 17 GB 1M context",
            17_000_000_000,
            1024 * 1024,
            "a2af6cc3eb7f",
            "mlx",
        ),
        ("<td>19GB</td><td>128K</td><td>Text</td><td>A2AF6CC3EB7F</td>", 19_000_000_000, 128 * 1024, "", ""),
        ("nothing that is known", 0, None, "", ""),
    ],
)
def test_tags_in_other_clothes(row: str, size: int, context: int | None, digest: str, kind: str) -> None:
    page = f'<html>Ollama<div><a href="/library/tiny:8b"><b>tiny:8b</b></a>{row}</div><footer>9GB</footer>'
    (found,) = tag_rows(page, "tiny", NOW)
    assert (found.tag, found.size, found.context_length) == ("8b", size, context)
    assert (found.digest, found.kind) == (digest, kind)


def test_tags_of_another_model_are_not_taken() -> None:
    assert tag_rows(drawn.tags_page(TINY, "plain"), "tiny", NOW) == ()
    assert tag_rows('<a href="/library/tiny:../x">x</a><a href="/library/tiny:CON">y</a>', "tiny", NOW) == ()


def test_the_page_of_a_model() -> None:
    card = model_page(drawn.model_page(TINY, "plain"), TINY.name, NOW)
    assert (card.summary, card.capabilities, card.sizes) == (TINY.summary, TINY.capabilities, TINY.sizes)
    assert card.pulls == 33_200_000
    assert model_page(drawn.model_page(TINY, "redesigned"), TINY.name, NOW).sizes == ()


def test_the_text_about_a_model() -> None:
    assert readme(drawn.model_page(TINY, "plain")) == TINY.readme
    shown = (
        '<div id="display"><h1>Tiny</h1><p>A <b>small</b> one.</p><ul><li>quick</li><li>kind</li></ul>'
        "<pre><code>run tiny\nnow</code></pre><script>evil()</script></div><footer>© us</footer>"
    )
    text = readme(shown)
    assert text.startswith("# Tiny\n\nA small one.")
    assert "- quick\n- kind" in text
    assert "```\nrun tiny\nnow\n```" in text
    assert "evil" not in text and "©" not in text


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Updated 3 weeks ago", 21),
        ("a day ago", 1),
        ("2 years ago", 730),
        ("yesterday", 1),
        ("about an hour ago", 1 / 24),
    ],
)
def test_ages_in_words(words: str, days: float) -> None:
    card = list_page(f'<li><a href="/library/x">x</a><i>{words}</i></li>', 1, NOW).cards[0]
    assert card.updated is not None
    assert (NOW - card.updated) / timedelta(days=1) == pytest.approx(days)


# Hostile pages


@pytest.fixture
def watchdog() -> Iterator[None]:
    """Quadratic time would take hours; what takes a minute hangs."""

    def bark(*_: object) -> None:
        raise AssertionError("it hangs")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, bark)
    signal.alarm(60)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


_MARKUP = st.lists(
    st.sampled_from(
        [
            *("<li>", "</li>", "<a href='/library/x'>", '<a href="/u/x:y">', "</a>", "<p>", "</p>", "<", ">"),
            *(
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<textarea id=editor>",
                "</textarea>",
                '"',
                "'",
                "&#x0;",
            ),
            *("&lt;", "5 Pulls", "9999999999999999999 years ago", "1" * 60 + " pulls", "3b", "\0", "\ud800"),
            *("Jan 99, 9999 99:99 PM UTC", "<i title='Feb 30, 2026 1:00 AM UTC'>", "128K context window"),
            *("<li hx-get='/search?page=99999'>", "<svg/>", "<x-test y>", "İ", "<a href=>", "<img src=x"),
        ]
    )
    | st.text(max_size=10),
    max_size=60,
).map("".join)


@relaxed
@given(_MARKUP)
@example("<li><a href=/library/x>" + "9" * 400 + " years ago")
@example('<li x-test-model><a href="/library/x"><i x-test-pull-count>1.2.3</i><i x-test-size></i>')
def test_no_page_raises(page: str) -> None:
    found = list_page(page, 1, NOW)
    assert all(card.name and len(card.summary) <= 400 for card in found.cards)
    assert found.following is None or found.following > 1
    assert model_page(page, "x", NOW).name == "x"
    assert all(row.tag for row in tag_rows(page, "x", NOW))
    assert isinstance(readme(page), str)


@relaxed
@given(_MARKUP)
def test_tokens_come_to_an_end_and_keep_the_text(page: str) -> None:
    found = list(tokens(page))
    assert len(found) <= 2 * len(page) + 2
    assert all(isinstance(token, Start | End | Text) for token in found)


@pytest.mark.parametrize(
    "piece",
    [
        *("<!--", '<a "', "<", "<a ", "<script>", "&", "<li a='", "<p>", "</p>", "<textarea>", "<li>", '"'),
        *("<li><a href='/library/x'>5 Pulls", "1", "&#", "<a href=/library/x:y>", "no ", "\0", "<svg", "1,"),
    ],
)
def test_a_page_of_a_megabyte_does_not_hang(piece: str, watchdog: None) -> None:
    page = piece * (1_000_000 // len(piece))
    assert list_page(page, 1, NOW).following is None
    assert len(tag_rows(page, "x", NOW)) <= 1
    assert model_page(page, "x", NOW).name == "x"
    assert len(readme(page)) <= 1_000_000
