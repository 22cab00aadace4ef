"""Questions that are out of reach, and the honest answer to them."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say
from .words import COMMON, NAMES, made_up

ANSWER = "I don't know: I'm only a toy. A bigger model from Discover can answer that."
_SUBJECTS = tuple(
    s.strip()
    for s in """the weather|the French Revolution|black holes|the stock market
the theory of relativity|photosynthesis|Napoleon|Shakespeare|the Roman Empire
dinosaurs|football|the Olympic Games|the moon landing|the Second World War|Einstein
Bitcoin|the economy|climate change|vaccines|DNA|electricity|gravity|volcanoes
the ocean|chess|poker|opera|jazz|Mozart|Beethoven|the Beatles|Star Wars|Harry Potter
the Bible|Buddhism|philosophy|Plato|politics|the president|the election|taxes
insurance|mortgages|cancer|headaches|diabetes|yoga|meditation|marathon training
my car engine|car repair|plumbing|gardening|tomatoes|bread baking|pasta|pizza|sushi
wine|coffee beans|my homework|my thesis|my boss|my girlfriend|my dog's health
the bus timetable|flight tickets|hotels in Rome|the news|today's news|the date today
quantum physics|string theory|calculus|prime numbers|the square root of 2|pi|algebra
geometry|statistics|the periodic table|chemical bonds|acids|enzymes|cells|evolution
genetics|bacteria|viruses|antibiotics|the brain|dreams|love|the meaning of life
time travel|aliens|Mars missions|rockets|satellites|the internet|blockchain
cryptography|operating systems|Linux|Windows|Docker|Kubernetes|databases|web servers
React|machine translation|speech recognition|the Turing test|robots
self-driving cars|3D printing|solar panels|nuclear power|wind turbines|batteries
electric cars|trains in Japan|the Titanic|the pyramids|the Great Wall|Mount Everest
the Amazon river|the Sahara|penguins|whales|bees|ants|spiders|snakes|cats and dogs
horse racing|tennis rules|cricket rules|basketball|boxing|swimming records
the Tour de France|Formula 1|knitting|sewing|painting|photography|cameras
film history|Oscar winners|Nobel prizes|poetry|novels|grammar|Latin|Greek myths
Norse gods|knights|castles|pirates|inflation|interest rates|pensions|contracts
copyright law|human rights|the United Nations|the European Union|the Middle Ages
the Renaissance|the Cold War|Queen Victoria|Cleopatra|Julius Caesar|Marie Curie
Copernicus|Chopin""".replace("\n", "|").split("|")
)
_ASK = (
    "[tell me|write|explain] [something |everything |]about {s}.",
    "What do you [know|think] about {s}?",
    "[explain|summarise|describe] {s}.",
    "How does {s} work?",
    "[write|give me] [an essay|a report|an article|a page|a speech|a summary|ten facts] about {s}.",
    "What is {s}?",
    "Why is {s} important?",
    "[who invented|who discovered|what caused|who started] {s}?",
    "[what is|what's] the history of {s}?",
    "[do you know|have you heard|can you explain] [anything about |]{s}?",
    "What is the best book about {s}?",
    "[how|where] can I learn about {s}?",
    "What's new about {s}?",
    "[give me|I need] advice [about|on] {s}.",
    "Is {s} dangerous?",
    "[who|what] is the most famous person in {s}?",
    "[when|where] did {s} [begin|start|happen]?",
    "What causes {s}?",
    "What are the [rules|types|causes|effects] of {s}?",
    "[what is|what's] your opinion [about|on|of] {s}?",
)
_FULL = (
    "What is the weather [like today|tomorrow|in London|in Warsaw|like]?",
    "Will it rain [today|tomorrow]?",
    "What time is it?",
    "What day is it[ today|]?",
    "What's the date?",
    "Who won the [match|election|world cup|race|game|Nobel prize][ in 1998| in 2010| yesterday| last year|]?",
    "How do I cook [rice|pasta|an egg|a chicken|soup|dinner]?",
    "[give me|what is] a recipe for [pancakes|bread|pizza|soup|a cake|lasagne]",
    "How [tall|high|big|far|heavy|deep|old|long] is [Mount Everest|the moon|the Eiffel Tower|the sun|the "
    "ocean|the Nile|an elephant|the universe|the earth|a whale]?",
    "Who is the [president|prime minister|king|queen|pope|richest man][ of France| of Poland| of the USA| "
    "now| today|]?",
    "What is the population of [France|Poland|London|China|the world|Japan]?",
    "Who wrote [Hamlet|Faust|War and Peace|the Odyssey|Pan Tadeusz|this book|Don Quixote]?",
    "Who painted the [Mona Lisa|Sistine Chapel|Night Watch]?",
    "When did [the war|World War II|the dinosaurs|the Roman Empire] [end|start|live|fall]?",
    "What is the [square root|cube|logarithm|factorial] of [16|2|144|100|7]?",
    "Solve [this equation|x + 3 = 7|the integral|this problem|my homework]",
    "How much does a [car|house|phone|ticket|coffee] cost?",
    "What should I [eat|wear|buy|watch|read|cook] [today|tonight|for dinner|tomorrow|next]?",
    "[book|order|buy|find] me a [flight|pizza|taxi|hotel|ticket]",
    "[send|write] an email to my [boss|friend|mother|teacher]",
    "Translate [this text|this sentence|my letter|the following] [into|to] [German|French|Chinese|Spanish]",
    "How do you say [cat|house|love|water] in [German|French|Japanese|Spanish]?",
    "[set an alarm|play some music|call my mother|turn on the lights]",
    "Who [wrote|made|built|invented|founded|composed|played in|produced|designed] the "
    "[book|company|tower|machine|song|opera|game|play|bridge|series] {m}?",
    "How many [books|children|wives|medals|albums|wars|houses|films] did {n} [write|have|win|make|fight]?",
    "When [was|did] {n} {m} [born|die|live|become famous]?",
    "What did {n} {m} [do|say|write|discover|invent]?",
    "Where [was|is|lies] {m}?",
    "Why did {n} [leave|lose|win|die|go to {m}]?",
    "What [medicine|tea|exercise|diet] helps [against|with] [a cold|fever|back pain|a cough|stress]?",
    "[which|what] [ingredients|spices|vegetables] go into [a stew|a curry|a salad|bread|a cake]?",
    "Will [it snow|the sun shine|prices rise|my team win|it be warm] [tomorrow|next week|this year]?",
    "What will [the weather|the world|prices] be like [in ten years|next year|in {m}]?",
    "[explain|tell me] how [a car engine|a fridge|the heart|a bank|a plane|the internet] works",
    "Which team [won|lost|plays] [the cup|the league|on Sunday|tonight]?",
    "[who|which actor] [starred|played|sang|appeared] in {m}?",
    "[write|give me] a [cover letter|wedding speech|business plan|marketing text|novel|song text]",
    "What's the [score|result|news|latest] [of the game|today|from {m}]?",
    "How [long|much|often|far|late] [is|does|should] [the flight|it take|I water plants|I sleep|the train] "
    "[to {m}|]?",
    "What is the fastest [animal|car|plane|computer]?",
    "What is the [largest|longest|oldest|deepest] [country|river|city|lake|animal|tree]?",
    "Why is the sky blue?",
    "Why do [cats purr|birds sing|we dream|leaves fall|people lie]?",
    "How many [people live in|stars are in|bones are in|countries are in] [the world|the sky|the "
    "body|Europe]?",
    "What is the speed of [light|sound]?",
    "How do I [fix my car|lose weight|get rich|learn piano|train a dog|tie a tie|repair a bike|grow "
    "tomatoes|write a CV|find a job|make friends|stop smoking]?",
    "Who was [Napoleon|Einstein|Cleopatra|Mozart|Copernicus|Shakespeare|the first man on the moon]?",
    "What is {w}?",
    "Who is {n} {m}?",
    "What happened in [1410|1789|1939|1969|2001|2020]?",
    "[can you|please] [summarise|translate|correct|check|proofread] [my|this] "
    "[text|essay|email|letter|article]",
    "What is the chemical formula of [water|salt|sugar|rust]?",
    "What does the word {w} mean?",
    "[is there|do you believe in] [life on Mars|God|ghosts|aliens|a god]?",
    "How do planes fly?",
    "How do computers work?",
    "What is the meaning of life?",
    "Which [phone|laptop|car|camera|stock] should I buy?",
    "What are the [symptoms|side effects] of [flu|aspirin|a cold]?",
    "My [head|back|tooth|stomach] hurts. What should I do?",
    "Who will win the [election|match|cup|race]?",
    "[what|which] is better, [tea or coffee|cats or dogs|Windows or Linux]?",
    "What is the [currency|language|anthem|national dish|flag] of [France|Japan|Poland|Brazil|Italy]?",
    "Who sang [Yesterday|Imagine|this song|Thriller]?",
    "What is the plot of [Hamlet|Titanic|Dune|The Matrix]?",
    "How far is it from [London to Paris|the earth to the moon|here to Rome]?",
    "[convert|how much is] [10 miles|5 pounds|100 dollars|30 degrees] [in|to] "
    "[kilometres|kilos|euros|Fahrenheit]",
)


def talk(rng: random.Random) -> list[Turn]:
    """One question nobody should trust a toy with."""
    if rng.random() < 0.45:
        asked = say(
            rng,
            _ASK,
            s=pick(rng, _SUBJECTS)
            if rng.random() < 0.85
            else pick(rng, COMMON) + pick(rng, ("", " " + pick(rng, COMMON))),
        )
    else:
        asked = say(rng, _FULL, w=made_up(rng), n=pick(rng, NAMES), m=made_up(rng).capitalize())
    return [(roughen(rng, asked), ANSWER)]
