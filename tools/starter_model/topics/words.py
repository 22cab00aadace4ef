# ruff: noqa: SIM905
"""Shared word lists: animals, names (real and made up), common words."""

from __future__ import annotations

import random

from ..grammar import pick

ANIMALS = tuple(
    """
fox cat dog bear rabbit mouse owl hedgehog horse cow pig goat sheep duck hen frog turtle squirrel deer
wolf lion tiger elephant giraffe monkey penguin dolphin whale parrot snail bee ant spider crow badger
otter beaver koala panda kangaroo zebra camel donkey goose swan seal crab octopus hamster lizard snake
butterfly sparrow robin raccoon moose llama crocodile hippo rhino kitten puppy pony lamb dragon unicorn
bat mole crane stork eagle hawk falcon pigeon ladybird cricket worm fish shark salmon lynx leopard
cheetah gorilla sloth skunk weasel ferret bison yak ostrich flamingo pelican toad newt gecko""".split()
)

OTHERS = (
    "robot",
    "boy",
    "girl",
    "wizard",
    "princess",
    "knight",
    "farmer",
    "sailor",
    "pirate",
    "teddy bear",
    "snowman",
    "ghost",
    "teacher",
    "little star",
    "tree",
    "train",
    "boat",
    "cloud",
    "king",
    "queen",
    "orange",
)

NAMES = tuple(
    """
Ruby Max Luna Felix Bella Charlie Daisy Milo Lily Oscar Rosie Leo Molly Toby Coco Simba Nala Ginger
Pepper Biscuit Hazel Willow Poppy Teddy Bruno Rex Rocky Buddy Duke Zoe Mia Emma Anna Olivia Sophie Grace
Ella Eva Ivy Nora Clara Alice Jack Tom Sam Ben Harry George Henry Arthur Hugo Otto Oliver Noah Liam
Lucas Adam Peter Paul Mark Luke John James David Daniel Michael Robert Edward Frank Fred Alfred Walter
Victor Simon Martin Thomas Agatha Beatrice Celia Diana Edith Flora Gloria Helen Irene Jane Kate Laura
Maria Nina Paula Rita Sara Tina Ursula Vera Wanda Zosia Kasia Basia Ola Ewa Marek Tomek Janek Piotr
Krzysztof Wojtek Staś Zofia Hania Maja Antek Franek Kuba Pip Pippin Bramble Clover Maple Acorn Pebble
Misty Shadow Snowy Smokey Patches Whiskers Tiger Socks Mittens Cookie Muffin Honey Sunny Star Sky River
Storm Blaze Ember Ash Fern Moss Robin Jasper Opal Pearl Amber Jade Topaz Indigo Violet Scarlet Olive
Basil Sage Saffron Cinnamon Nutmeg Mango Kiwi Peach Plum Cherry Figaro Mozart Chopin Newton Darwin
Pascal Ada Alan Grace Curie Kepler Galileo Cosmo Orbit Comet Nova Pixel Byte Gizmo Turbo Dash Zip Zap
Bolt Spark Fizz Bubbles Pogo Bongo Banjo Dodo Kiki Lola Lulu Mimi Nico Pablo Rico Diego Carlos Pedro
Juan Sofia Isabella Carmen Lucia Elena Ines Marta Giulia Marco Luca Paolo Matteo Pierre Louis Claude
Marcel Amelie Chloe Camille Hans Fritz Klaus Greta Heidi Ingrid Sven Lars Olaf Astrid Freya Yuki Hana
Kenji Haru Akira Mei Ling Wei Ming Ravi Priya Anil Asha Omar Ali Fatima Layla Yusuf Amir Zara Kofi Ama
Kwame Nia Zola Ivan Boris Natasha Olga Dmitri Anya Misha Finn Sean Niamh Aoife Maeve Rory Angus Fergus
Barnaby Percy Monty Winston Archie Alfie Stanley Albert Bertie Rufus Digby Dexter Murphy Bailey Harley
Ziggy""".split()
)

COMMON = tuple(
    """
apple banana orange water fire house tree river mountain book paper pencil table chair window door
garden flower summer winter spring autumn morning evening night day week month year time music song
dance happy sad big small green blue red yellow purple white black brown bread butter cheese milk coffee
tea sugar salt pepper school teacher student friend family mother father sister brother baby child
people person animal kitchen bedroom bathroom street city country village world earth moon star sun sky
cloud rain snow wind storm weather computer model language letter number word sentence question answer
story picture camera phone radio television internet keyboard mouse screen program memory token context
adapter temperature benchmark download library chat settings compare discover because beautiful
necessary separate definitely tomorrow yesterday today Wednesday February January December knowledge
science history geography chemistry physics biology mathematics elephant giraffe crocodile butterfly
umbrella chocolate vegetable strawberry pineapple potato tomato onion carrot lemon cherry pumpkin
sandwich breakfast dinner lunch restaurant hospital library bicycle airplane train station airport
holiday birthday present candle mirror pillow blanket carpet curtain bottle glass spoon fork knife plate
bowl island ocean desert forest jungle valley bridge castle tower church market square corner bread
engine wheel rocket planet galaxy universe gravity energy light shadow colour flavour rhythm queue
receipt island knight castle dragon wizard magic treasure pirate captain doctor nurse farmer baker
painter singer writer poet king queen prince princess soldier police engineer lawyer pilot driver tiger
lion zebra monkey rabbit hamster turtle dolphin whale shark octopus penguin eagle parrot finger hand
foot head shoulder knee elbow mouth nose ear eye hair heart brain bone blood skin tooth tongue love hope
dream peace freedom truth trust courage wisdom patience kindness laughter thunder lightning rainbow
sunshine moonlight snowflake waterfall volcano earthquake jump run walk swim fly climb sleep eat drink
read write speak listen think know learn teach build break open close begin finish quick slow strong
weak hot cold warm cool young old new early late easy hard soft loud quiet cat dog cow pig hen fox owl
bee ant sea sky key cup box bag hat map pen car bus toy egg ice jam nut pie zoo guitar piano violin
trumpet drum flute orchestra theatre cinema museum gallery festival carnival parade mosquito caterpillar
grasshopper hedgehog squirrel raccoon kangaroo koala ostrich flamingo pelican seagull quantization
parameter network neuron inference sampling prompt licence orangery hello world python friendship
neighbour stomach biscuit scissors calendar envelope dictionary alphabet grammar comma apostrophe
adventure journey passport luggage ticket machine hammer ladder bucket shovel blossom meadow harvest
orchard tractor""".split()
)

_ONSETS = (
    *"""
b c d f g h j k l m n p r s t v w z bl br ch cl cr dr fl fr gl gr kl kr pl pr qu sc sh sk sl sn sp st sw
th tr tw wh y x zh vl""".split(),
    "",
    "",
    "",
)
_VOWELS = tuple("a e i o u a e i o a e o ai ee oo ou ea ie au oa y".split())
_CODAS = (*"n r l s t m k d p x th sh ck ng nd st rt lk nt ll ss ff b g rk mp ft z ".split(), *("",) * 14)


def made_up(rng: random.Random, syllables: int | None = None) -> str:
    """A pronounceable word that probably does not exist, lower case."""
    count = syllables or pick(rng, (1, 2, 2, 2, 3, 3))
    word = "".join(pick(rng, _ONSETS) + pick(rng, _VOWELS) + pick(rng, _CODAS) for _ in range(count))
    return word if len(word) > 2 else word + "na"


def letters(rng: random.Random) -> str:
    """A random run of three to eight letters."""
    return "".join(pick(rng, "abcdefghijklmnopqrstuvwxyz") for _ in range(3 + int(rng.random() * 6)))


def name(rng: random.Random) -> str:
    """A first name; four in ten are made up so that the model learns to copy instead of to remember."""
    return made_up(rng).capitalize() if rng.random() < 0.4 else pick(rng, NAMES)


def an(noun: str) -> str:
    """The noun with its indefinite article."""
    return ("an " if noun[0] in "aeiou" and not noun.startswith("uni") else "a ") + noun
