"""Capitals of the world, both ways round, with follow-ups."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say

_TABLE = """France:Paris;Italy:Rome;Spain:Madrid;Portugal:Lisbon;Germany:Berlin;Austria:Vienna
Switzerland:Bern;Belgium:Brussels;the Netherlands:Amsterdam;Luxembourg:Luxembourg City
Denmark:Copenhagen;Norway:Oslo;Sweden:Stockholm;Finland:Helsinki;Iceland:Reykjavik;Ireland:Dublin
the United Kingdom:London;England:London;Scotland:Edinburgh;Wales:Cardiff;Poland:Warsaw
the Czech Republic:Prague;Slovakia:Bratislava;Hungary:Budapest;Romania:Bucharest;Bulgaria:Sofia
Greece:Athens;Turkey:Ankara;Cyprus:Nicosia;Malta:Valletta;Croatia:Zagreb;Slovenia:Ljubljana
Serbia:Belgrade;Bosnia and Herzegovina:Sarajevo;Montenegro:Podgorica;Albania:Tirana
North Macedonia:Skopje;Kosovo:Pristina;Moldova:Chisinau;Ukraine:Kyiv;Belarus:Minsk
Lithuania:Vilnius;Latvia:Riga;Estonia:Tallinn;Russia:Moscow;Georgia:Tbilisi;Armenia:Yerevan
Azerbaijan:Baku;Kazakhstan:Astana;Uzbekistan:Tashkent;Mongolia:Ulaanbaatar;China:Beijing
Japan:Tokyo;South Korea:Seoul;North Korea:Pyongyang;India:New Delhi;Pakistan:Islamabad
Bangladesh:Dhaka;Nepal:Kathmandu;Sri Lanka:Colombo;Afghanistan:Kabul;Iran:Tehran;Iraq:Baghdad
Syria:Damascus;Lebanon:Beirut;Israel:Jerusalem;Jordan:Amman;Saudi Arabia:Riyadh;Yemen:Sanaa
Oman:Muscat;the United Arab Emirates:Abu Dhabi;Qatar:Doha;Kuwait:Kuwait City;Thailand:Bangkok
Vietnam:Hanoi;Laos:Vientiane;Cambodia:Phnom Penh;Malaysia:Kuala Lumpur;Singapore:Singapore
Indonesia:Jakarta;the Philippines:Manila;Australia:Canberra;New Zealand:Wellington;Fiji:Suva
Egypt:Cairo;Libya:Tripoli;Tunisia:Tunis;Algeria:Algiers;Morocco:Rabat;Sudan:Khartoum
Ethiopia:Addis Ababa;Kenya:Nairobi;Uganda:Kampala;Tanzania:Dodoma;Rwanda:Kigali;Nigeria:Abuja
Ghana:Accra;Senegal:Dakar;Mali:Bamako;Angola:Luanda;Zambia:Lusaka;Zimbabwe:Harare;Namibia:Windhoek
Botswana:Gaborone;South Africa:Pretoria;Madagascar:Antananarivo;Mozambique:Maputo;Cameroon:Yaounde
Somalia:Mogadishu;the United States:Washington, D.C.;Canada:Ottawa;Mexico:Mexico City;Cuba:Havana
Jamaica:Kingston;Haiti:Port-au-Prince;the Dominican Republic:Santo Domingo
Guatemala:Guatemala City;Honduras:Tegucigalpa;Nicaragua:Managua;Costa Rica:San Jose
Panama:Panama City;Colombia:Bogota;Venezuela:Caracas;Ecuador:Quito;Peru:Lima;Bolivia:Sucre
Brazil:Brasilia;Paraguay:Asuncion;Uruguay:Montevideo;Argentina:Buenos Aires;Chile:Santiago"""

CAPITALS: dict[str, str] = dict(
    tuple(pair.split(":")) for line in _TABLE.splitlines() for pair in line.split(";")
)  # type: ignore[misc]
"""Country (with its article, if it takes one) to capital."""

ALIASES: dict[str, tuple[str, ...]] = {
    "the United States": ("the USA", "the US", "America", "USA", "the States"),
    "the United Kingdom": ("the UK", "Great Britain", "Britain", "UK"),
    "the Netherlands": ("Holland", "Netherlands"),
    "the Czech Republic": ("Czechia",),
    "the United Arab Emirates": ("the UAE",),
    "South Korea": ("Korea",),
    "Ukraine": ("the Ukraine",),
}

_WELL_KNOWN = (
    *tuple(CAPITALS)[:48],
    "China",
    "Japan",
    "India",
    "Canada",
    "Mexico",
    "Brazil",
    "Argentina",
    "Australia",
    "Egypt",
    "the United States",
    "South Korea",
    "Thailand",
    "Kenya",
    "Cuba",
    "Peru",
)

_ASK = (
    "What is the capital of {c}?",
    "What's the capital of {c}?",
    "[tell|give|show|remind] me the capital [city |]of {c}.",
    "What is {p} capital[ city|]?",
    "What's {p} capital?",
    "capital of {c}",
    "the capital of {c}?",
    "{c} capital",
    "{c}, capital?",
    "Which [city|town] is the capital of {c}?",
    "[do you know|can you tell me|could you tell me|tell me] [what|] the capital of {c}[ is|]?",
    "[name|state|find] the capital [city |]of {c}.",
    "What [city|town|place] is the capital of {c}?",
    "[what|which] is the capital [city |]of [the country of |the country called |]{c}?",
    "Where is the [government|parliament] of {c}?",
    "I need [to know |]the capital of {c}.",
    "I [forgot|don't remember|can't remember] the capital of {c}.",
    "What is the name of the capital of {c}?",
    "How is the capital of {c} called?",
    "What do you call the capital of {c}?",
    "[which|what] city is {p} capital?",
    "What [city|town] serves as the capital of {c}?",
    "{c} - what is [its|the] capital?",
    "The capital of {c} is [...|what?|which city?|]",
    "Is there a capital in {c}, and what is it[ called|]?",
    "[do you know|can you name] {p} capital[ city|]?",
    "[geography|quiz]: capital of {c}?",
    "What's the main city of {c}?",
    "My [son|daughter|teacher|friend] [asks|wants to know] what the capital of {c} is.",
    "[learning|studying] about {c}: what is the capital?",
    "If I [go|travel|fly] to {c}, what is the capital[ there|]?",
    "[what's|what is] the capital city in {c}?",
    "[what|which city] [could|might|would] [the capital of {c} be|be the capital of {c}]?",
    "{p} capital[ city|], [which|what] is it?",
    "{p} capital is [which city|what|called how]?",
    "[what|which] [city|town] [do they call|is known as] the capital [of|in] {c}?",
    "[I want|I'd like|I must know|help me with] the capital of {c}",
    "[for a quiz|for school|for a test]: {p} capital",
    "[which|what] is {p} [capital|capital city]?",
    "[in|for] {c}, [what|which city] is the capital?",
    "{c} has [which|what] capital?",
    "[who knows|does anybody know] the capital of {c}?",
    "the capital [city |]of {c} is called [how|what]?",
    "[capital|capital city] in {c}[, please|]",
    "[say|write] the capital of {c}",
    "Which city would be the capital of {c}?",
    "I'm [visiting|going to] {c}. What's the capital[ city|]?",
)
_NEXT = (
    "And of {c}?",
    "And {c}?",
    "What about {c}?",
    "How about {c}?",
    "And for {c}?",
    "And what about {c}?",
    "{c}?",
    "and {p}?",
    "[and|now] [what is|what's] [the one|it|that] [of|for|in] {c}?",
    "[and|now] [tell me|say] [for|of] {c}",
    "[another one|one more]: {c}",
    "{c}, too?",
    "[and|ok|good], {c} [then|next|now|too|as well]?",
    "[then|and] which is {p}?",
    "now the same [for|with] {c}",
    "And that of {c}?",
    "Now {c}.",
    "Then {c}?",
    "And in {c}?",
    "The same for {c}?",
    "[what is|and what's] it for {c}?",
    "[ok|and|good], [now|] what about {c}?",
    "Also {c}?",
    "And the one of {c}?",
    "Next: {c}",
    "of {c}?",
    "And the capital of {c}?",
)
_REVERSE = (
    "[which|what] country is {t} the capital of?",
    "{t} is the capital of [which|what] country?",
    "{t} is the capital of what?",
    "[where|in which country|in what country] is {t}?",
    "[which|what] country has {t} as its capital?",
    "What is {t}?",
    "[whose capital|the capital of which country] is {t}?",
    "[what|which] country does {t} belong to?",
    "[tell me|say] [where|in which country] {t} is.",
    "{t} is a city in which country?",
    "Of which country is {t} the capital?",
    "[which|what] country's capital is {t}?",
    "Where can I find {t}?",
)
_NEXT_REVERSE = ("And {t}?", "What about {t}?", "How about {t}?", "And where is {t}?", "{t}?")
_LIKE = (
    "[have you been|were you ever] there?",
    "Is it nice[ there|]?",
    "[how many people live|who lives] there?",
    "Is it big?",
    "What can I see there?",
)
_DONT = "[I am|I'm] a toy model: I know the names of capitals, but [little|nothing] else about them."

COUNTRY_OF = {town: country for country, town in reversed(tuple(CAPITALS.items()))}


def possessive(country: str) -> str:
    """The country as an owner: "Italy's", "the Netherlands'"."""
    return country + ("'" if country.endswith("s") else "'s")


def _country(rng: random.Random) -> str:
    return pick(rng, _WELL_KNOWN if rng.random() < 0.45 else tuple(CAPITALS))


def answer(country: str) -> str:
    """The one sentence that answers for a country."""
    return f"The capital of {country} is {CAPITALS[country]}."


def _words(rng: random.Random, forms: tuple[str, ...], country: str) -> str:
    asked = pick(rng, ALIASES[country]) if country in ALIASES and rng.random() < 0.5 else country
    if asked.startswith("the ") and rng.random() < 0.15:
        asked = asked[4:]
    return roughen(rng, say(rng, forms, c=asked, p=possessive(asked)))


def talk(rng: random.Random) -> list[Turn]:
    """One to four questions about capitals."""
    if rng.random() < 0.2:
        town = pick(rng, tuple(COUNTRY_OF))
        country = COUNTRY_OF[town]
        turns = [(roughen(rng, say(rng, _REVERSE, t=town)), f"{town} is the capital of {country}.")]
        while rng.random() < 0.3:
            town = pick(rng, tuple(COUNTRY_OF))
            turns.append(
                (
                    roughen(rng, say(rng, _NEXT_REVERSE, t=town)),
                    f"{town} is the capital of {COUNTRY_OF[town]}.",
                )
            )
        return turns
    country = _country(rng)
    turns = [(_words(rng, _ASK, country), answer(country))]
    while rng.random() < 0.45:
        country = _country(rng)
        turns.append((_words(rng, _NEXT, country), answer(country)))
    if rng.random() < 0.04:
        turns.append((roughen(rng, say(rng, _LIKE)), say(rng, _DONT)))
    return turns
