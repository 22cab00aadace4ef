"""Definitions of the words on the screen, with follow-ups."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say
from .terms_data import TERMS

_ASK = (
    "What is {t}?",
    "What's {t}?",
    "What [is|are] {t}?",
    "What does {t} mean?",
    "what means {t}?",
    "Explain {t}.",
    "Define {t}.",
    "Describe {t}.",
    "[can|could|would|will] you [please |]explain {t}[ to me|]?",
    "[can|could] you [tell me|say] what {t} [is|means]?",
    "Tell me [what {t} is|what {t} means|about {t}].",
    "What is meant by {t}?",
    "What[ is|'s] the meaning of {t}?",
    "[the |]meaning of {t}",
    "definition of {t}",
    "[give me|I need] [a|the] [short |]definition of {t}.",
    "I don't [understand|know] [{t}|what {t} is|what {t} means].",
    "[do you know|tell me] what {t} [is|means|are]?",
    "{t}?",
    "{t}",
    "{t} - what is [it|that]?",
    "[what is|what's] this {t} [thing|everyone talks about|I keep seeing]?",
    "[it says|I see|there is] {t} [here|on the screen|in the list|in the window]. What [is that|does it "
    "mean|is it]?",
    "[help me understand|teach me about|I want to learn about|I'd like to understand] {t}.",
    "[explain|describe|define] [the term|the word] {t}.",
    "{t} meaning",
    "{t}: what does [it|that] mean?",
    "What [exactly |]is {t} [in simple words|in short|exactly|for beginners]?",
    "explain {t} [like I'm five|simply|in one sentence|in simple words|to a beginner|briefly]",
    "What does [the word|the term] {t} [mean|stand for|refer to]?",
    "[what|how] do you call {t}, what is it?",
    "What should I know about {t}?",
    "[any idea|an idea] what {t} [is|means]?",
    "[could you|can you] define {t}?",
    "How [would you|do you] [explain|define|describe] {t}?",
    "What do people mean by {t}?",
    "What do you mean by {t}?",
    "Who or what is {t}?",
    "What does it mean when [it says|I read|somebody says] {t}?",
    "[I have never heard of|I'm new to|I'm confused about|never heard of] {t}.",
    "What {t} means?",
    "what {t} is",
    "[I keep reading|I read|I saw] [about |the word |]{t}[,| and] what is it?",
    "[please give|give] me an explanation of {t}.",
    "What kind of thing is {t}?",
    "in plain words, what is {t}?",
    "What's the idea [behind|of] {t}?",
    "What role does {t} play?",
    "What is {t} [used |good |]for?",
    "What does {t} do?",
    "[what|how] would you [say|explain|tell me] {t} is?",
    "[what|how] [could|might|can] {t} be[ explained| described|]?",
    "[what|which] thing is called {t}?",
    "[somebody|my friend|a colleague] says I need {t}. [what is it|what's that]?",
    "{t}, [in a sentence|in short|for dummies|simply]",
    "[please|can you] clarify {t}",
    "[the|this] [label|button|setting|slider|column|field|number] [says|is called|reads] {t}. [what does "
    "it do|what is it|what does it mean]?",
    "[what's|what is] [that|this] {t} [number|setting|label|word|value]?",
    "[I wonder|I'd like to know|I want to know|I must know] what {t} [is|means|does].",
    "[how|what] is {t} [defined|explained|understood|described]?",
    "[some|a few|two] words about {t}",
    "[why|when] do [I|people|we] [need|use|talk about] {t}?",
    "{t} [explained|in a nutshell|definition|please|explain|help]",
    "[tell|teach] [a beginner|my mother|us|a child] what {t} is",
    "[is|are] {t} [something important|a good thing|a file|a number|a program|a model]?",
    "[a|one] question about {t}: what is it?",
    "[my friend|someone|the model card] [mentioned|talks about|mentions] {t}. What is [it|that]?",
)
_NEXT = (
    "And {t}?",
    "What about {t}?",
    "How about {t}?",
    "And what is {t}?",
    "And what does {t} mean?",
    "{t}?",
    "Now {t}",
    "And {t}, what is that?",
    "[then|so] what is {t}?",
    "Also {t}?",
    "[ok|good|I see], and {t}?",
)
_MORE = (
    "Tell me more.",
    "Tell me more about it.",
    "More?",
    "[can|could] you tell me [a bit |]more?",
    "Why does [it|that] matter?",
    "Why is [it|that] important?",
    "And [what else|why]?",
    "[go on|continue]",
    "What else[ should I know|]?",
    "Anything else?",
    "[why should I care|what is it good for|so what]?",
    "more [details|please|about that]",
    "[a bit|some] more [detail|about it]?",
    "[and |]what does that mean for me?",
    "[say|explain] [a bit |]more",
    "Is there more[ to it| to know|]?",
    "[interesting|ok|I see], [tell me more|go on|what else|more please]",
    "[give|show] me an example",
    "[for example|an example]?",
)
_MORE_OF = (
    "Tell me more about {t}.",
    "Why does {t} matter?",
    "Why is {t} important?",
    "What else should I know about {t}?",
    "more about {t}",
)

NAMES: tuple[tuple[str, ...], ...] = tuple(tuple(names.split("/")) for names, _, _ in TERMS)
"""For each term the ways to name it."""


def _name(rng: random.Random, at: int) -> str:
    names = NAMES[at]
    name = names[0] if rng.random() < 0.5 else pick(rng, names)
    if rng.random() < 0.06:
        name = pick(rng, ("'{}'", '"{}"', "“{}”")).format(name)
    return name


def _at(rng: random.Random) -> int:
    return int(rng.random() ** 1.15 * len(TERMS))


def talk(rng: random.Random) -> list[Turn]:
    """A definition, perhaps more about it, perhaps another one."""
    at = _at(rng)
    if rng.random() < 0.05:
        return [(roughen(rng, say(rng, _MORE_OF, t=_name(rng, at))), TERMS[at][2])]
    turns = [(roughen(rng, say(rng, _ASK, t=_name(rng, at))), TERMS[at][1])]
    if rng.random() < 0.22:
        turns.append((roughen(rng, say(rng, _MORE)), TERMS[at][2]))
    while rng.random() < 0.25:
        at = _at(rng)
        turns.append((roughen(rng, say(rng, _NEXT, t=_name(rng, at))), TERMS[at][1]))
        if rng.random() < 0.2:
            turns.append((roughen(rng, say(rng, _MORE)), TERMS[at][2]))
    return turns
