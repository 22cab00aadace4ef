"""Where things are in Orangery and how they are done."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say
from .app_data import PAGES, SHORTCUTS, TASKS

_ASK = (
    "[how|where] [do|can|could|should|would] I {t}?",
    "[how|where] [do|can] I {t} [here|in Orangery|in this app|in this program|with this]?",
    "[how|where] to {t}?",
    "[how|where] [do|can] you {t}?",
    "I want to {t}.",
    "I'd like to {t}.",
    "I need to {t}.",
    "I would like to {t}. [where|how]?",
    "I want to {t}. [what do I do|where do I go|how|where|where do I click]?",
    "[which|what] page [lets me|is for people who want to|do I need to|do I open to|do I use to|helps me] "
    "{t}?",
    "[help me|show me how to|tell me how to|explain how to|teach me to] {t}.",
    "What do I [click|press|open|do|need] to {t}?",
    "Where [should|do|must] I [click|go|look] to {t}?",
    "Is there a way to {t}?",
    "Is it possible to {t}?",
    "Can I {t}[ here| in Orangery| with this app|]?",
    "[can|could] you [show|tell] me [how|where] to {t}?",
    "[can|could] you [show|tell] me [how|where] I can {t}?",
    "[what is|what's] the [way|best way|easiest way] to {t}?",
    "I don't know how to {t}.",
    "How does one {t}?",
    "How would someone {t}?",
    "[can|could] you help me {t}?",
    "{t}",
    "{t}?",
    "I can't find [where|how] to {t}.",
    "[how can I manage to|what must I do to] {t}?",
    "[where is the|is there a] [button|place|page|option|setting] to {t}?",
    "I am [trying|looking for a way] to {t}.",
    "[in which|on which] page [can|do] I {t}?",
    "[what|which] part of [the app|Orangery] do I use to {t}?",
    "Does Orangery [let me|allow me to|help me to] {t}?",
    "Would it be possible to {t}?",
    "In [what|which] way [can|do] I {t}?",
    "How am I supposed to {t}?",
    "I wish to {t}.",
    "[may|might] I {t}?",
    "What is needed to {t}?",
    "[any|is there any] way to {t}?",
    "{t}, [how|where] [is that done|does one do that|can I do it]?",
    "[on|in] which [screen|tab|menu|place|view] [can|do] I {t}?",
    "[which|what] [screen|tab|menu|view] [is there|do I open] to {t}?",
    "[how|where] [might|may|would] [one|someone|a beginner|anybody|we] {t}?",
    "[how|where] exactly [do|can] I {t}?",
    "What do I have to do [if I want|in order|when I want] to {t}?",
    "[what's|what is] the [page|place|button|menu|tab] for {g}?",
    "I'm interested in {g}.",
    "How does {g} work[ here|]?",
    "[help|a tip|some help] with {g}[, please|]",
    "[how|where] do I go about {g}?",
    "{g}, [how|where]?",
    "[which|what] page is for {g}?",
    "[tell me|explain] [about|how] {g}[ works|]",
    "I have never tried {g}. [how|where] [is that done|do I start]?",
    "[is|would] {g} [possible|allowed|supported]?",
    "I was thinking of {g}. [where|how]?",
    "We [want|need|would like] to {t}.",
    "[my wife|my friend|somebody|a colleague] wants to {t}. [where|how]?",
    "[how|where] [can|could] we {t}?",
    "[what steps do I take|where would I go|what should I do|where do I have to go] to {t}?",
)
_PAGE = (
    "What is {p}[ for|]?",
    "What is the {p} page[ for|]?",
    "What does [the |]{p} [page |]do?",
    "What can I do [on|in] [the |]{p}[ page|]?",
    "[explain|describe] [the |]{p} page.",
    "[tell me about|what's on] the {p} page.",
    "What [happens|do I find|do I see|is there] [on|in] [the |]{p}[ page|]?",
    "What's [the |]{p} [page |][for|good for]?",
    "{p} page",
    "{p} page?",
    "why is there a {p} page?",
    "What do I use [the |]{p}[ page|] for?",
    "What is the {p} [tab|screen|section|view][ for| about|]?",
    "How does the {p} page work?",
    "when do I need the {p} page?",
)
_PAGE_NEXT = (
    "And {p}?",
    "And the {p} page?",
    "What about {p}?",
    "And what is {p} for?",
    "{p}?",
    "And what about the {p} page?",
    "How about {p}?",
)
_KEY = (
    "What does {k} do?",
    "What is {k}[ for|]?",
    "{k}?",
    "What happens when I press {k}?",
    "What is the shortcut {k} for?",
    "why would I press {k}?",
)
_KEYS = (
    "[what|which] [keyboard |]shortcuts [are there|do you have|exist|can I use]?",
    "[list|tell me|show me] the [keyboard |]shortcuts",
    "[any|are there] keyboard shortcuts?",
    "keyboard shortcuts",
    "[what|which] keys can I use?",
)
_KEYS_SAY = (
    "Ctrl+K opens the command palette, Ctrl+1 to Ctrl+6 open the pages, and Ctrl+F finds text in the page."
)
_ALL = (
    "[what|which] pages [are there|does Orangery have|do you have|exist|can I open]?",
    "[list|name|show me|tell me] [the|all] pages[ of Orangery| of the app|]",
    "What pages does [the app|this app] have?",
    "[what is|what's] [in the left rail|on the left]?",
    "how many pages [are there|does Orangery have]?",
    "What are the pages of [Orangery|this app]?",
)
_ALL_SAY = (
    "Orangery has seven pages:\n\n- Discover\n- Library\n- Chat\n- Compare\n- Bench\n- Adapters\n- Settings"
)
_WHAT = (
    "What is Orangery?",
    "What's Orangery?",
    "What[ is|'s] this [app|program]?",
    "What does [Orangery|this app|this program] do?",
    "What can Orangery do?",
    "What can I do [here|with Orangery|in Orangery|with this app|in this app|in this program]?",
    "[tell me about|explain|describe] [Orangery|this app|this program].",
    "What is this?",
    "Where am I?",
    "[what is|what's] Orangery [good |]for?",
    "Why should I use [Orangery|this app]?",
    "What is this [app|program] [good |]for?",
    "Orangery?",
    "[what features does Orangery have|what are the features of Orangery]?",
    "[what is possible|what's possible] [in|with] Orangery?",
    "how does Orangery work?",
    "[introduce|present] Orangery",
)
WHAT_SAY = (
    "Orangery is an app for trying language models on your own computer: find them in Discover, keep "
    "them in Library, talk in Chat, "
    "set them side by side in Compare, measure them in Bench and change them with Adapters."
)
_START = (
    "[how|where] do I [start|begin]?",
    "[what do I do|what should I do] [first|now|next]?",
    "I am new here.",
    "I'm new[ here|]. [what now|where do I start|what should I do]?",
    "getting started",
    "[help|help me|help please|I need help]",
    "[I don't know what to do|I'm lost|what now]",
    "how does this work?",
    "[give me|any] [tips|a tip|advice]",
    "[first steps|what are the first steps]?",
)
START_SAY = (
    "Open Discover: it shows models that fit your machine. Download one, then talk to it in Chat. Until "
    "then you can try everything with me."
)
_PRIVACY = (
    "[is|are] my [data|chats|messages|conversations] [private|safe|sent anywhere|"
    "sent to the internet|uploaded|shared]?",
    "[do you|does Orangery|does this app] [send|share|upload|collect] my [data|chats|messages|text]?",
    "[who|can anyone] [can |]read my chats?",
    "[is this|is Orangery|is it] private?",
    "Where [are|is] my [chats|data|messages] [stored|kept|saved]?",
    "does it [phone home|spy on me|track me]?",
    "[privacy|what about privacy]?",
)
PRIVACY_SAY = (
    "Your chats stay on this computer. Settings, Network lists every host that Orangery talked to, and "
    "the Offline switch stops all of it."
)
_FREE = (
    "[is|are] [Orangery|this app|you|it] free?",
    "[how much does|what does] [Orangery|this app|it] cost?",
    "[do I have to|must I] pay[ for this| for anything|]?",
    "[is it|is Orangery] open source?",
    "what does it cost?",
)
FREE_SAY = "Orangery is free and open source. The models have licences of their own; Discover shows them."


_OBJECTS = (
    "one of my models",
    "some model",
    "this model",
    "another model",
    "my model",
    "models",
    "the model",
    "any model",
    "one model",
)
_DOUBLED = frozenset({"get", "set", "cut", "stop", "put", "run", "begin", "log", "shut", "let"})


def gerund(task: str) -> str:
    """The wording of a task as a noun: "get a model" becomes "getting a model"."""
    verb, _, rest = task.partition(" ")
    if verb in _DOUBLED:
        verb += verb[-1]
    elif verb.endswith("e") and not verb.endswith("ee"):
        verb = verb[:-1]
    return f"{verb}ing {rest}".strip()


def _task(rng: random.Random, wordings: tuple[str, ...]) -> str:
    """One wording of a task, now and then about another model."""
    task = pick(rng, wordings)
    if " a model" in task and rng.random() < 0.3:
        task = task.replace(" a model", " " + pick(rng, _OBJECTS), 1)
    return task


def talk(rng: random.Random) -> list[Turn]:
    """One question about the app, perhaps a second."""
    kind = rng.random()
    if kind < 0.66:
        wordings, answer = TASKS[int(rng.random() * len(TASKS))]
        task = _task(rng, wordings)
        turns = [(roughen(rng, say(rng, _ASK, t=task, g=gerund(task))), answer)]
        if rng.random() < 0.12:
            wordings, answer = TASKS[int(rng.random() * len(TASKS))]
            turns.append(
                (
                    roughen(
                        rng,
                        say(
                            rng,
                            (
                                "And [how|where] do I {t}?",
                                "And to {t}?",
                                "And if I want to {t}?",
                                "And [how|where] can I {t}?",
                            ),
                            t=pick(rng, wordings),
                        ),
                    ),
                    answer,
                )
            )
        return turns
    if kind < 0.82:
        page, answer = pick(rng, PAGES)
        turns = [(roughen(rng, say(rng, _PAGE, p=page)), answer)]
        while rng.random() < 0.3:
            page, answer = pick(rng, PAGES)
            turns.append((roughen(rng, say(rng, _PAGE_NEXT, p=page)), answer))
        return turns
    if kind < 0.85:
        key, answer = pick(rng, SHORTCUTS)
        return [
            (
                roughen(
                    rng,
                    say(
                        rng,
                        _KEY,
                        k=pick(rng, (key, key.lower(), key.replace("+", " "), key.replace("+", "-"))),
                    ),
                ),
                answer,
            )
        ]
    asked, answer = pick(
        rng,
        (
            (_ALL, _ALL_SAY),
            (_WHAT, WHAT_SAY),
            (_WHAT, WHAT_SAY),
            (_START, START_SAY),
            (_PRIVACY, PRIVACY_SAY),
            (_FREE, FREE_SAY),
            (_KEYS, _KEYS_SAY),
        ),
    )
    return [(roughen(rng, say(rng, asked)), answer)]
