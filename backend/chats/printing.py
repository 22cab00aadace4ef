"""Chats as one HTML page to print: it loads nothing, runs nothing, and what was said is only text in it."""

from __future__ import annotations

import base64
import time
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt

from backend.chats.attaching import image_ending
from backend.chats.telling import image_data, shown, speaker
from backend.chats.types import Attachment, Message, WholeChat
from backend.i18n import tr

_STYLE = """
body { font: 11pt/1.5 Georgia, serif; color: #222; background: #fff; max-width: 46em; margin: 2em auto;
  padding: 0 1em; overflow-wrap: anywhere; }
h1 { font-size: 1.5em; border-bottom: 2px solid #d9731a; padding-bottom: .2em; }
h2 { font: bold .85em sans-serif; color: #a14e08; margin: 2em 0 .3em; break-after: avoid; }
.user { background: #f6f2ec; padding: .1em 1em; border-radius: .5em; }
.when, .thought { color: #666; font-size: .85em; }
.thought { border-left: 3px solid #ccc; padding-left: 1em; white-space: pre-wrap; }
pre { background: #f4f4f4; padding: .8em; white-space: pre-wrap; font: .85em monospace; }
code { font-family: monospace; }
table { border-collapse: collapse; } td, th { border: 1px solid #ccc; padding: .2em .6em; }
img { max-width: 100%; }
article + article { break-before: page; }
"""
_KINDS = {".png": "png", ".jpg": "jpeg", ".gif": "gif", ".webp": "webp"}
# Pictures in a text would be loaded from somewhere; HTML in it is shown as text.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def page(chats: Sequence[WholeChat]) -> str:
    """The shown branches of `chats`, as a whole document."""
    title = escape(chats[0].chat.title or tr("New chat")) if len(chats) == 1 else escape(tr("Chats"))
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(_chat(chat) for chat in chats)
        + "\n</body></html>\n"
    )


def _chat(whole: WholeChat) -> str:
    chat = whole.chat
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(chat.created))
    parts = [f"<h1>{escape(chat.title or tr('New chat'))}</h1>", f'<p class="when">{when}</p>']
    if chat.system_prompt.strip():
        parts.append(f"<h2>{escape(tr('System prompt'))}</h2><pre>{escape(chat.system_prompt)}</pre>")
    parts += [_message(message) for message in shown(whole)]
    return "<article>\n" + "\n".join(parts) + "\n</article>"


def _message(message: Message) -> str:
    thought = f'<div class="thought">{escape(message.reasoning)}</div>' if message.reasoning.strip() else ""
    files = "".join(_file(file) for file in message.attachments)
    return (
        f'<section class="{escape(message.role)}"><h2>{escape(speaker(message))}</h2>'
        f"{thought}{files}{_MARKDOWN.render(message.text)}</section>"
    )


def _file(file: Attachment) -> str:
    name = escape(file.name)
    if file.kind == "text":
        return f"<p><b>{name}</b></p><pre>{escape(file.text)}</pre>"
    data = image_data(file)
    kind = _KINDS.get(image_ending(data))
    if kind is None:
        return f"<p>[{name}]</p>"
    return f'<p><img alt="{name}" src="data:image/{kind};base64,{base64.b64encode(data).decode()}"></p>'
