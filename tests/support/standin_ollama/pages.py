"""The HTML of the library pages, in three styles.

plain       as the site looks without test markers
markers     with the ``x-test-…`` attributes that it used to have
redesigned  the same content in a page that no parser of today can read
"""

from __future__ import annotations

import html
from urllib.parse import urlencode

from tests.support.standin_ollama.declare import Model, Tag

STYLES = ("plain", "markers", "redesigned")
BADGE = "inline-flex my-1 items-center rounded-md px-2 py-[2px] text-xs font-medium"


def _document(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        "<script>var x = '<li><a href=\"/library/not-a-model\">1 Pulls</a></li>';</script></head>"
        '<body><header><nav><ul><li><a href="/search">Models</a></li><li><a href="/docs">Docs</a></li>'
        '<li><a href="/signin">Sign in</a></li></ul><a href="/">Ollama</a></nav></header>'
        f'<main>{body}</main><footer><ul><li><a href="/blog">Blog</a></li>'
        '<li><a href="https://github.com/ollama/ollama">GitHub</a></li></ul>© 2026 Ollama</footer>'
        "</body></html>"
    )


def search_page(models: list[Model], following: int | None, query: dict[str, str], style: str) -> str:
    """A whole result page."""
    return _document("Ollama Search", _list(models, following, query, style))


def search_fragment(models: list[Model], following: int | None, query: dict[str, str], style: str) -> str:
    """What the page loads as one scrolls: list entries only."""
    return _entries(models, following, query, style)


def _list(models: list[Model], following: int | None, query: dict[str, str], style: str) -> str:
    if style == "redesigned":
        return _entries(models, following, query, style)
    if not models:
        return '<div id="searchresults"><p>No models found.</p></div>'
    entries = _entries(models, following, query, style)
    return f'<div id="searchresults"><ul role="list" class="grid grid-cols-1">{entries}</ul></div>'


def _entries(models: list[Model], following: int | None, query: dict[str, str], style: str) -> str:
    if style == "redesigned":
        data = "".join(
            f'<garden-card data-ref="{html.escape(m.name[::-1])}"><template>…</template></garden-card>'
            for m in models
        )
        return f'<div id="app" data-app="ollama">{data}</div>'
    rows = "".join(_card(model, style == "markers") for model in models)
    if following is not None:
        rest = {k: v for k, v in query.items() if k != "page"}
        address = f"/search?{urlencode({'page': following, **rest})}"
        rows += f'<li hx-get="{html.escape(address)}" hx-trigger="revealed" hx-swap="outerHTML"></li>'
    return rows


def _card(model: Model, markers: bool) -> str:
    def mark(name: str) -> str:
        return f" x-test-{name}" if markers else ""

    badges = "".join(
        f'<span{mark("capability")} class="{BADGE} bg-indigo-50 text-indigo-600">{html.escape(text)}</span>'
        for text in model.capabilities
    ) + "".join(
        f'<span{mark("size")} class="{BADGE} bg-[#ddf4ff] text-blue-600">{html.escape(text)}</span>'
        for text in model.sizes
    )
    title = html.escape(model.name)
    return f"""
<li{mark("model")} class="flex items-baseline border-b border-neutral-200 py-6">
  <a href="/{html.escape(model.path)}" class="group w-full">
    <div class="flex flex-col mb-1" title="{title}">
      <h2 class="truncate text-xl font-medium"><span{mark("search-response-title")}>{title}</span></h2>
      <p class="max-w-lg break-words text-neutral-800 text-md">{html.escape(model.summary)}</p>
    </div>
    <div class="flex flex-col">
      <div class="flex flex-wrap space-x-2">{badges}</div>
      <p class="my-1 flex space-x-5 text-[13px] font-medium text-neutral-500">
        <span class="flex items-center"><svg><path d="M1 2"/></svg>
          <span {mark("pull-count")}>{html.escape(model.pulls)}</span>
          <span class="hidden sm:flex">&nbsp;Pulls</span></span>
        <span class="flex items-center"><svg><path d="M1 2"/></svg>
          <span {mark("tag-count")}>{len(model.tags)}</span>
          <span class="hidden sm:flex">&nbsp;Tags</span></span>
        <span class="flex items-center" title="{html.escape(model.updated_at)}"><svg></svg>
          <span class="hidden sm:flex">Updated&nbsp;</span>
          <span {mark("updated")}>{html.escape(model.updated)}</span></span>
      </p>
    </div>
  </a>
</li>"""


def model_page(model: Model, style: str) -> str:
    """The page of one model, with its readme."""
    if style == "redesigned":
        return _document(model.name, '<div id="app" data-app="ollama"><garden-model></garden-model></div>')
    capabilities = "".join(
        f'<span class="{BADGE} bg-indigo-50">{html.escape(c)}</span>' for c in model.capabilities
    )
    sizes = "".join(f'<span class="{BADGE} bg-[#ddf4ff]">{html.escape(s)}</span>' for s in model.sizes)
    return _document(
        model.name,
        f"""
<div class="mb-4"><h1><a href="/{html.escape(model.path)}">{html.escape(model.name)}</a></h1>
<p><span class="flex items-center"><span >{html.escape(model.pulls)}</span><span>&nbsp;Downloads</span></span>
<span class="flex items-center" title="{html.escape(model.updated_at)}"><span>Updated&nbsp;</span>
<span>{html.escape(model.updated)}</span></span></p>
<p id="summary-display"><span id="summary-content">{html.escape(model.summary)}</span></p>
<div>{capabilities}{sizes}</div></div>
<section>{"".join(_tag_row(model, tag) for tag in model.tags[:5])}</section>
<div id="readme"><h2>Readme</h2><div id="display" class="prose">{model.readme}</div>
<textarea id="editor" class="hidden" name="markdown">{html.escape(model.readme)}</textarea></div>""",
    )


def tags_page(model: Model, style: str) -> str:
    """The page with all tags of one model."""
    if style == "redesigned":
        return _document(model.name, '<div id="app" data-app="ollama"><garden-tags></garden-tags></div>')
    rows = "".join(_tag_row(model, tag) for tag in model.tags)
    return _document(
        f"Tags · {model.name}",
        f'<h1><a href="/{html.escape(model.path)}">{html.escape(model.name)}</a></h1>'
        f"<p>{len(model.tags)} models</p>{rows}",
    )


def _tag_row(model: Model, tag: Tag) -> str:
    name = html.escape(f"{model.name}:{tag.name}")
    href = html.escape(f"/{model.path}:{tag.name}")
    digest, size = tag.digest[:12], html.escape(tag.size_text)
    context, kind, age = html.escape(tag.context), html.escape(tag.input), html.escape(tag.updated)
    window = f" • {context} context window" if tag.context else ""
    return f"""
<div class="group px-4 py-3">
  <a href="{href}" class="md:hidden flex flex-col space-y-[6px] group">
    <div class="flex items-center"><span class="group-hover:underline">{name}</span></div>
    <div class="flex flex-col text-neutral-500 text-[13px]"><span>
      <span class="font-mono">{digest}</span> • {size}{window} • {kind} input • {age}</span></div>
  </a>
  <div class="hidden md:flex flex-col space-y-[6px]">
    <div class="grid grid-cols-12 items-center">
      <span class="flex items-center col-span-6">
        <a href="{href}" class="group-hover:underline">{name}</a></span>
      <p class="col-span-2 text-neutral-500">{size}</p>
      <p class="col-span-2 text-neutral-500">{context}</p>
      <div class="col-span-2 text-neutral-500">{kind}</div>
    </div>
    <div class="flex text-neutral-500 text-xs">
      <span class="font-mono text-[11px]">{digest}</span>&nbsp;·&nbsp;{age}</div>
  </div>
</div>"""
