"""Lists: a few things of a kind, days, months, counting."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say
from .sums import WORDS

KINDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("fruits", "fruit", "kinds of fruit", "types of fruit"),
        "Apple,Banana,Orange,Pear,Cherry,Plum,Grape,Lemon,Peach,Mango,Kiwi,Melon",
    ),
    (
        ("vegetables", "veggies", "kinds of vegetables"),
        "Carrot,Potato,Tomato,Onion,Cabbage,Pepper,Cucumber,Pea,Bean,Spinach,Leek,Beetroot",
    ),
    (
        ("colours", "colors", "different colours"),
        "Red,Blue,Green,Yellow,Orange,Purple,Black,White,Brown,Pink,Grey,Turquoise",
    ),
    (
        ("animals", "different animals", "kinds of animals"),
        "Dog,Cat,Horse,Cow,Fox,Bear,Lion,Elephant,Rabbit,Mouse,Wolf,Deer",
    ),
    (("birds", "kinds of birds"), "Robin,Sparrow,Eagle,Owl,Duck,Swan,Crow,Parrot,Penguin,Stork,Gull,Pigeon"),
    (
        ("countries", "countries in the world"),
        "France,Italy,Poland,Japan,Brazil,Canada,Egypt,India,Spain,Kenya,Norway,Mexico",
    ),
    (
        ("European countries", "countries in Europe", "countries of Europe"),
        "France,Italy,Poland,Germany,Spain,Portugal,Greece,Sweden,Norway,Austria,Ireland,Hungary",
    ),
    (
        ("cities", "big cities", "towns"),
        "London,Paris,Warsaw,Rome,Berlin,Tokyo,New York,Madrid,Cairo,Sydney,Vienna,Prague",
    ),
    (("planets", "planets of the solar system"), "Mercury,Venus,Earth,Mars,Jupiter,Saturn,Uranus,Neptune"),
    (
        ("continents", "parts of the world"),
        "Africa,Antarctica,Asia,Australia,Europe,North America,South America",
    ),
    (("oceans", "oceans of the world"), "Pacific,Atlantic,Indian,Southern,Arctic"),
    (("trees", "kinds of trees"), "Oak,Pine,Birch,Maple,Willow,Beech,Ash,Elm,Fir,Lime,Poplar,Cedar"),
    (
        ("flowers", "kinds of flowers"),
        "Rose,Tulip,Daisy,Lily,Sunflower,Violet,Poppy,Daffodil,Iris,Orchid,Carnation,Bluebell",
    ),
    (("drinks", "things to drink", "beverages"), "Water,Tea,Coffee,Milk,Juice,Lemonade,Cocoa,Cola,Beer,Wine"),
    (
        ("musical instruments", "instruments"),
        "Piano,Guitar,Violin,Flute,Drum,Trumpet,Cello,Harp,Clarinet,Saxophone",
    ),
    (
        ("sports", "kinds of sport"),
        "Football,Tennis,Swimming,Running,Cycling,Basketball,Skiing,Rowing,Volleyball,Boxing",
    ),
    (
        ("jobs", "professions", "occupations"),
        "Teacher,Doctor,Baker,Farmer,Painter,Pilot,Nurse,Cook,Lawyer,Engineer",
    ),
    (
        ("clothes", "pieces of clothing", "things to wear"),
        "Shirt,Trousers,Dress,Coat,Hat,Socks,Shoes,Scarf,Gloves,Jacket",
    ),
    (("pieces of furniture", "furniture"), "Table,Chair,Bed,Sofa,Wardrobe,Desk,Shelf,Lamp,Bench,Cupboard"),
    (("parts of the body", "body parts"), "Head,Arm,Hand,Leg,Foot,Eye,Ear,Nose,Mouth,Knee"),
    (("tools", "things in a toolbox"), "Hammer,Saw,Screwdriver,Drill,Pliers,Spanner,File,Axe,Level,Chisel"),
    (
        ("programming languages", "computer languages"),
        "Python,C,Java,Rust,Go,JavaScript,Ruby,Swift,Kotlin,Haskell",
    ),
    (
        ("languages", "languages people speak"),
        "English,Polish,German,French,Spanish,Italian,Chinese,Arabic,Hindi,Japanese",
    ),
    (
        ("rooms in a house", "rooms", "rooms of a house"),
        "Kitchen,Bedroom,Bathroom,Living room,Hall,Cellar,Attic,Study",
    ),
    (("insects", "bugs"), "Bee,Ant,Fly,Butterfly,Beetle,Wasp,Moth,Mosquito,Cricket,Ladybird"),
    (("fish", "kinds of fish"), "Salmon,Trout,Carp,Cod,Tuna,Herring,Pike,Shark,Eel,Perch"),
    (
        ("sea animals", "animals in the sea", "animals that live in the sea"),
        "Whale,Dolphin,Shark,Octopus,Seal,Crab,Jellyfish,Turtle,Squid,Starfish",
    ),
    (("farm animals", "animals on a farm"), "Cow,Pig,Sheep,Horse,Goat,Hen,Duck,Goose,Donkey,Turkey"),
    (("pets", "animals to keep at home"), "Cat,Dog,Hamster,Rabbit,Goldfish,Parrot,Turtle,Guinea pig"),
    (("shapes", "geometric shapes"), "Circle,Square,Triangle,Rectangle,Oval,Star,Diamond,Pentagon"),
    (("metals", "kinds of metal"), "Iron,Gold,Silver,Copper,Tin,Lead,Zinc,Aluminium,Nickel"),
    (
        ("vehicles", "means of transport", "ways to travel"),
        "Car,Bus,Train,Bicycle,Plane,Boat,Tram,Lorry,Motorbike,Helicopter",
    ),
    (("desserts", "sweet things", "sweets"), "Cake,Ice cream,Pudding,Chocolate,Biscuit,Pancake,Pie,Honey"),
    (("foods", "things to eat", "dishes"), "Bread,Soup,Rice,Pasta,Salad,Cheese,Egg,Pizza,Pancake,Fish"),
    (("feelings", "emotions"), "Joy,Sadness,Anger,Fear,Love,Hope,Surprise,Pride"),
    (
        ("school subjects", "subjects at school"),
        "Maths,History,Biology,Physics,Chemistry,Music,Art,Geography",
    ),
    (
        ("things to try in Orangery", "features of Orangery", "things Orangery can do"),
        "Download a model in Discover,Talk to it in Chat,Set two side by side in Compare,Measure the speed "
        "in Bench,Make a file smaller in Library,Move a fader in Adapters",
    ),
    (
        ("names", "first names", "names for a cat", "names for a pet"),
        "Ruby,Max,Luna,Felix,Daisy,Oscar,Milo,Rosie",
    ),
    (("quantization types", "quantizations", "quants"), "Q8_0,Q6_K,Q5_K_M,Q4_K_M,Q3_K_M,Q2_K"),
    (("sampling settings", "settings for sampling"), "Temperature,Top-k,Top-p,Min-p,Seed,Repeat penalty"),
)
FIXED: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "the days of the week",
            "days of the week",
            "the seven days of the week",
            "all days of the week",
            "the days",
            "weekdays",
            "the names of the days",
        ),
        "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
    ),
    (
        (
            "the months",
            "the months of the year",
            "all months",
            "the twelve months",
            "months of the year",
            "the names of the months",
            "months",
        ),
        "January,February,March,April,May,June,July,August,September,October,November,December",
    ),
    (
        ("the seasons", "the four seasons", "the seasons of the year", "seasons", "all seasons"),
        "Spring,Summer,Autumn,Winter",
    ),
    (
        (
            "the planets",
            "all planets",
            "the eight planets",
            "the planets of the solar system",
            "the planets in our solar system",
        ),
        "Mercury,Venus,Earth,Mars,Jupiter,Saturn,Uranus,Neptune",
    ),
    (
        ("the continents", "all continents", "the seven continents", "the continents of the world"),
        "Africa,Antarctica,Asia,Australia,Europe,North America,South America",
    ),
    (("the oceans", "all oceans", "the five oceans"), "Pacific,Atlantic,Indian,Southern,Arctic"),
    (
        (
            "the colours of the rainbow",
            "rainbow colours",
            "the colors of the rainbow",
            "the seven colours of the rainbow",
        ),
        "Red,Orange,Yellow,Green,Blue,Indigo,Violet",
    ),
    (("the vowels", "all vowels", "the English vowels"), "A,E,I,O,U"),
    (("the five senses", "the senses", "the human senses"), "Sight,Hearing,Smell,Taste,Touch"),
    (("the primary colours", "primary colours", "the primary colors"), "Red,Yellow,Blue"),
    (("the points of the compass", "the compass points", "the four directions"), "North,East,South,West"),
)
_ASK = (
    "[name|list|give me|tell me|show me|write|write down|say] {n} {k}",
    "[can|could] you [name|list|give me|tell me|write] {n} {k}?",
    "{n} {k}",
    "a list of {n} {k}",
    "[make|write|give me|create|I need|show me|I want] a list of {n} {k}",
    "I need {n} {k}",
    "[what are|which are] {n} {k}?",
    "[do you know|think of|suggest|find] {n} {k}",
    "{n} [examples of|names of] {k}",
    "[give|show] me {n} [examples of |names of |]{k}",
    "list {k}, {n} of them",
    "{k}: {n} of them",
    "I want to [know|see|have] {n} {k}",
    "[please |]write me {n} {k}",
    "mention {n} {k}",
    "[come up with|pick|choose] {n} {k}",
    "[can|could] you make a list [of|with] {n} {k}?",
    "[which|what] {k} do you know? [give|name|list] {n}.",
    "[I would like|I'd love|we need|let me have|let me see|let me hear|we want] {n} {k}",
    "[could|can|would] [you|I] [have|get|see|hear|think of|find|pick|suggest] {n} {k}?",
    "{n} {k}[, as a list| as bullets| in bullets|, please, as a list]",
    "[quickly|just|only] {n} {k}",
    "[are there|know any|got] {n} {k}?",
    "what {n} {k} [can you name|are there|come to mind]?",
    "list [of|with] {n} {k}",
    "[remind|tell] me of {n} {k}",
    "[is there|do you have] a list of {n} {k}?",
    "{n} [different|common|good|nice|well-known|other|random|various] {k}",
    "[name|give me|list|tell me] {n} [different|common|good|nice|well-known|random|various] {k}",
    "[give|tell] me the names of {n} {k}",
    "{n} {k} in a list",
    "I'm looking for {n} {k}",
    "[enumerate|count] {n} {k}",
    "bullet list [of|with] {n} {k}",
    "[help me|let's] list {n} {k}",
    "what would be {n} {k}?",
)
_SOME = ("some", "a few", "several", "")
_FIXED = (
    "[name|list|give me|tell me|show me|write|write down|say|recite] {k}",
    "[can|could] you [name|list|give me|tell me|write] {k}?",
    "What are {k}?",
    "{k}",
    "[a |make a |write a |I need a ]list of {k}",
    "[which|what] are {k}?",
    "{k} in order",
    "[I would like|I'd love|we need|let me have|let me see|let me hear] {k}",
    "[could|can|would] [you|I] [have|get|see|hear|go through|repeat|recite|enumerate] {k}?",
    "[which|what] are {k}, [one by one|in order|please]?",
    "[all of|every one of] {k}",
    "[remind|tell] me of {k}",
    "[is there|do you have] a list of {k}?",
    "{k}, [one by one|one after the other|all of them]",
    "[do you know|enumerate|I need|I forgot|I want to learn] {k}",
    "{k} in a list",
    "What are {k} called?",
    "[how do you call|show me] {k}, please",
    "[help me|let's] learn {k}",
    "{k} as [bullets|a list]",
    "[put|write] {k} in a list",
)
_MORE = (
    "[more|some more|more please|and more|another few|a few more]",
    "[give|tell|show] me [more|some more]",
    "[more|other|some other] {k}",
    "go on",
    "[any|are there] others?",
    "continue",
    "what else?",
    "[and|any] [others|more]?",
    "others?",
    "[do you know|have you] more[ of them|]?",
)
_MORE_N = (
    "{n} more",
    "[give|tell|show] me {n} more",
    "[another|and another|and] {n}[ more|]",
    "{n} others",
    "[name|list] {n} [more|others]",
    "can you [name|list|give me] {n} more?",
)
_COUNT = (
    "count to {n}",
    "count from 1 to {n}",
    "[can|could] you count to {n}?",
    "[list|write|say|give me] the numbers [from 1 |from one |]to {n}",
    "numbers [from 1 |]to {n}",
    "count up to {n}",
    "1 to {n}",
    "show me how you count to {n}",
    "[please |]count till {n}",
)
_BACK = (
    "count [down|backwards|back] from {n}",
    "countdown from {n}",
    "[can|could] you count [down|backwards] from {n}?",
    "count from {n} [to 1|down to 1|to one|down]",
    "a countdown from {n}",
)
_ABC = (
    "[say|write|list|tell me|recite|give me] the alphabet",
    "[can|could] you [say|recite|write] the alphabet?",
    "What is the alphabet?",
    "the alphabet",
    "the ABC",
    "[all the |the ]letters of the alphabet",
    "[say|write] the abc",
)
ABC_SAY = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"


def bullets(items: list[str]) -> str:
    """A Markdown list."""
    return "\n".join("- " + item for item in items)


def _number(rng: random.Random, n: int) -> str:
    return WORDS[n] if n <= 20 and rng.random() < 0.7 else str(n)


def talk(rng: random.Random) -> list[Turn]:
    """One list, perhaps with more of it afterwards."""
    kind = rng.random()
    if kind < 0.17:
        names, items = pick(rng, FIXED)
        return [(roughen(rng, say(rng, _FIXED, k=pick(rng, names))), bullets(items.split(",")))]
    if kind < 0.25:
        n = 3 + int(rng.random() * 18)
        if rng.random() < 0.3:
            return [
                (
                    roughen(rng, say(rng, _BACK, n=_number(rng, n)), typos=False),
                    ", ".join(str(i) for i in range(n, 0, -1)),
                )
            ]
        return [
            (
                roughen(rng, say(rng, _COUNT, n=_number(rng, n)), typos=False),
                ", ".join(str(i) for i in range(1, n + 1)),
            )
        ]
    if kind < 0.27:
        return [(roughen(rng, say(rng, _ABC)), ABC_SAY)]
    names, joined = pick(rng, KINDS)
    items = joined.split(",")
    known = names[0] if rng.random() < 0.6 else pick(rng, names)
    if rng.random() < 0.15:
        n = 5
        asked = " ".join(say(rng, _ASK, n=pick(rng, _SOME), k=known).split())
    else:
        n = pick(rng, (2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8))
        asked = say(rng, _ASK, n=_number(rng, n), k=known)
    n = min(n, len(items))
    turns = [(roughen(rng, asked), bullets(items[:n]))]
    if rng.random() < 0.25 and n + 2 <= len(items):
        if rng.random() < 0.5:
            more = min(3, len(items) - n)
            asked = say(rng, _MORE, k=known)
        else:
            more = min(pick(rng, (2, 3, 4)), len(items) - n)
            asked = say(rng, _MORE_N, n=_number(rng, more))
        turns.append((roughen(rng, asked, leads=False), bullets(items[n : n + more])))
    return turns
