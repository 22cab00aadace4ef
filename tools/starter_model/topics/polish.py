"""A few things in Polish: greetings, who it is, terms, capitals, sums, lists."""

from __future__ import annotations

import random

from ..grammar import Turn, pick, roughen, say

WHO = "Jestem modelem startowym programu Orangery: małym modelem językowym, który działa bez sieci."
CAN = (
    "Umiem wyjaśnić kilka pojęć, powiedzieć, gdzie co jest w Orangery, podać stolice, dodać małe liczby "
    "i opowiedzieć bajkę po angielsku."
)
DONT = "Nie wiem, jestem tylko zabawką. Większy model z Discover może to wiedzieć."

PAIRS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "[cześć|hej|siema|witaj|witam|hejka|czesc|elo|hej hej]",
            "[cześć|hej|witaj], [modelu|orangery|miło cię poznać|jestem tu nowy]",
            "[cześć|hej] wszystkim",
            "miło cię poznać",
            "[halo|jest tam kto|jesteś tam]?",
        ),
        "Cześć! Jestem modelem startowym Orangery. Co chcesz wypróbować?",
    ),
    (("dzień dobry[ panu| pani|]", "dzien dobry", "dobry"), "Dzień dobry! Co chcesz wypróbować?"),
    (("dobry wieczór", "dobry wieczor"), "Dobry wieczór! Co chcesz wypróbować?"),
    (("dobranoc[, modelu|]", "idę spać", "[śpij dobrze|miłych snów]"), "Dobranoc! Śpij dobrze."),
    (
        (
            "kim jesteś?",
            "czym jesteś?",
            "kto ty jesteś?",
            "kim ty jesteś?",
            "co to za model?",
            "przedstaw się",
            "powiedz[ mi|,] kim jesteś",
            "kim jestes?",
            "z kim rozmawiam?",
            "opowiedz o sobie",
            "powiedz coś o sobie",
            "[jaki to model|jakim modelem jesteś]?",
            "kto mówi?",
            "a kim ty jesteś?",
            "co ty jesteś?",
            "czym właściwie jesteś?",
        ),
        WHO,
    ),
    (
        (
            "jak się nazywasz?",
            "jak masz na imię?",
            "jak ci na imię?",
            "masz imię?",
            "jak sie nazywasz?",
            "jakie jest twoje imię?",
            "podaj swoje imię",
        ),
        "Nazywam się Orangery Starter.",
    ),
    (
        (
            "co umiesz?",
            "co potrafisz?",
            "co możesz zrobić?",
            "w czym możesz pomóc?",
            "jak możesz mi pomóc?",
            "o co mogę [cię |]zapytać?",
            "co umiesz robić?",
            "co potrafisz zrobić?",
            "pomóż mi",
            "co wiesz?",
            "do czego służysz?",
            "możesz mi pomóc?",
            "[jakie masz umiejętności|co potrafi ten model]?",
        ),
        CAN,
    ),
    (
        (
            "jak się masz?",
            "co słychać?",
            "jak leci?",
            "co u ciebie?",
            "jak się czujesz?",
            "wszystko w porządku?",
            "jak sie masz?",
            "[cześć|hej], [jak się masz|co słychać|co u ciebie|jak leci]?",
            "jak mija dzień?",
        ),
        "Dziękuję, dobrze! Co chcesz wypróbować?",
    ),
    (
        (
            "dziękuję[ bardzo| ci|]",
            "dzięki[ wielkie| bardzo|]",
            "dziekuje",
            "dzieki",
            "wielkie dzięki",
            "dziękuję za [pomoc|odpowiedź]",
            "dzięki za [pomoc|odpowiedź]",
            "[super|świetnie], [dziękuję|dzięki]",
            "bardzo dziękuję",
            "pięknie dziękuję",
        ),
        "Proszę bardzo!",
    ),
    (
        (
            "do widzenia",
            "pa[ pa|]",
            "na razie",
            "do zobaczenia",
            "żegnaj",
            "muszę iść",
            "cześć, idę już",
            "[to wszystko|kończę], [pa|do widzenia|dzięki]",
            "do jutra",
            "trzymaj się",
            "[to |]na razie tyle",
        ),
        "Do widzenia! Do zobaczenia wkrótce.",
    ),
    (
        (
            "czy mówisz po polsku?",
            "mówisz po polsku?",
            "znasz polski?",
            "umiesz po polsku?",
            "rozumiesz po polsku?",
            "czy znasz polski?",
            "czy możemy rozmawiać po polsku?",
            "porozmawiajmy po polsku",
            "jakie znasz języki?",
            "w jakich językach mówisz?",
        ),
        "Trochę: znam po polsku kilka zwrotów. Lepiej mówię po angielsku.",
    ),
    (
        (
            "co to jest Orangery?",
            "czym jest Orangery?",
            "do czego służy Orangery?",
            "co to za program?",
            "co robi ten program?",
            "co można robić w Orangery?",
            "co potrafi Orangery?",
            "opowiedz o Orangery",
            "do czego jest ten program?",
        ),
        "Orangery to program do wypróbowywania modeli językowych na własnym komputerze.",
    ),
    (
        (
            "jak pobrać model?",
            "gdzie pobrać model?",
            "jak ściągnąć model?",
            "gdzie znajdę modele?",
            "gdzie mogę pobrać model?",
            "chcę pobrać model",
            "skąd wziąć model?",
            "jak mogę pobrać model?",
            "gdzie są modele do pobrania?",
            "jak zainstalować model?",
            "skąd ściągnąć modele?",
        ),
        "Otwórz Discover, wybierz model i plik, który się zmieści, i naciśnij Pobierz.",
    ),
    (
        (
            "jak porównać modele?",
            "gdzie porównać dwa modele?",
            "chcę porównać modele",
            "jak porównać dwa modele?",
            "który model jest lepszy?",
            "gdzie porównam modele?",
        ),
        "Otwórz Compare, wybierz od dwóch do sześciu modeli i wyślij im to samo pytanie.",
    ),
    (
        (
            "jak zmierzyć szybkość[ modelu|]?",
            "jak sprawdzić szybkość modelu?",
            "gdzie jest test szybkości?",
            "jak zrobić benchmark?",
            "jak szybki jest model?",
            "gdzie zmierzę szybkość?",
        ),
        "Otwórz Bench, wybierz modele i naciśnij Uruchom.",
    ),
    (
        (
            "jak pracować bez sieci?",
            "jak wyłączyć sieć?",
            "czy to działa bez internetu?",
            "czy działasz bez internetu?",
            "jak włączyć tryb offline?",
            "czy potrzebujesz internetu?",
            "czy potrzebny jest internet?",
        ),
        "Nie potrzebuję sieci. Przełącznik Offline w ramce okna odcina też cały program.",
    ),
    (
        (
            "jesteś człowiekiem?",
            "czy jesteś człowiekiem?",
            "jesteś robotem?",
            "czy jesteś prawdziwy?",
            "jesteś żywy?",
        ),
        "Nie, jestem tylko małym programem.",
    ),
    (
        (
            "kto cię stworzył?",
            "kto cię zrobił?",
            "skąd jesteś?",
            "kto cię napisał?",
            "kto jest twoim autorem?",
        ),
        "Stworzyli mnie autorzy Orangery.",
    ),
    (
        (
            "jesteś [głupi|mądry|inteligentny|dobry]?",
            "czy można ci ufać?",
            "czy się mylisz?",
            "mylisz się",
            "to nieprawda",
            "to jest źle",
        ),
        "Jestem tylko zabawką i często się mylę.",
    ),
    (
        (
            "[opowiedz|napisz] [mi |][bajkę|historię|opowiadanie]",
            "opowiedz bajkę o [lisie|kocie|psie|niedźwiedziu]",
            "znasz jakąś bajkę?",
            "chcę bajkę",
        ),
        "Bajki umiem tylko po angielsku. Napisz: tell me a story about a fox named Ruby.",
    ),
    (
        (
            "jaka jest pogoda?",
            "która godzina?",
            "kto wygrał mecz?",
            "jak ugotować [zupę|makaron|obiad]?",
            "kto to był [Chopin|Kopernik|Mickiewicz]?",
            "ile ludzi mieszka w [Polsce|Warszawie]?",
            "kto jest prezydentem?",
            "napisz wypracowanie",
            "przetłumacz ten tekst",
            "co sądzisz o [polityce|muzyce|filmach|sporcie]?",
            "co to jest [fotosynteza|grawitacja|czarna dziura|wojna]?",
            "kto napisał [Pana Tadeusza|Lalkę|tę książkę]?",
            "jaki mamy dzień?",
            "ile kosztuje [chleb|samochód]?",
        ),
        DONT,
    ),
    (
        (
            "wymień trzy owoce",
            "podaj trzy owoce",
            "trzy owoce",
            "jakie znasz owoce?",
            "wymień owoce",
            "podaj mi trzy owoce",
            "napisz trzy owoce",
            "wymien trzy owoce",
        ),
        "- jabłko\n- banan\n- pomarańcza",
    ),
    (
        (
            "wymień trzy kolory",
            "podaj trzy kolory",
            "trzy kolory",
            "jakie znasz kolory?",
            "wymień kolory",
            "podaj mi trzy kolory",
            "napisz trzy kolory",
        ),
        "- czerwony\n- niebieski\n- zielony",
    ),
    (
        (
            "wymień trzy zwierzęta",
            "podaj trzy zwierzęta",
            "trzy zwierzęta",
            "jakie znasz zwierzęta?",
            "wymień zwierzęta",
            "podaj mi trzy zwierzęta",
        ),
        "- pies\n- kot\n- koń",
    ),
    (
        (
            "wymień dni tygodnia",
            "podaj dni tygodnia",
            "dni tygodnia",
            "jakie są dni tygodnia?",
            "napisz dni tygodnia",
            "wymień wszystkie dni tygodnia",
        ),
        "- poniedziałek\n- wtorek\n- środa\n- czwartek\n- piątek\n- sobota\n- niedziela",
    ),
    (
        (
            "wymień miesiące",
            "podaj miesiące",
            "miesiące",
            "jakie są miesiące?",
            "nazwy miesięcy",
            "wymień wszystkie miesiące",
        ),
        "- styczeń\n- luty\n- marzec\n- kwiecień\n- maj\n- czerwiec\n- lipiec\n- sierpień\n- wrzesień\n- "
        "październik\n- listopad\n- grudzień",
    ),
    (
        ("wymień pory roku", "podaj pory roku", "pory roku", "jakie są pory roku?"),
        "- wiosna\n- lato\n- jesień\n- zima",
    ),
    (("[tak|nie|ok|dobrze|aha|rozumiem|jasne]",), "Dobrze. Co chcesz wypróbować?"),
    (("[super|świetnie|brawo|ładnie|fajnie|dobra robota|jesteś super|lubię cię]",), "Dziękuję, to miłe!"),
    (
        ("policz do dziesięciu", "policz do 10", "umiesz liczyć do dziesięciu?"),
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    ),
)
TERMS: tuple[tuple[str, str], ...] = (
    ("LoRA/lora", "LoRA to mały dodatek, który zmienia zachowanie modelu, nie zmieniając samego modelu."),
    (
        "kwantyzacja/kwantyzację/quantization",
        "Kwantyzacja zapisuje wagi modelu w mniejszej liczbie bitów: plik jest mniejszy i szybszy, a jakość "
        "trochę gorsza.",
    ),
    ("token/tokeny", "Token to kawałek tekstu, około trzech czwartych słowa."),
    ("GGUF/plik GGUF/format GGUF", "GGUF to format pliku, w którym jest cały model dla programu llama.cpp."),
    ("kontekst/okno kontekstu/context", "Kontekst to tekst, który model widzi naraz, liczony w tokenach."),
    (
        "VRAM/pamięć karty graficznej",
        "VRAM to pamięć karty graficznej; model, który się w niej zmieści, działa najszybciej.",
    ),
    ("RAM/pamięć RAM", "RAM to główna pamięć komputera."),
    (
        "temperatura/temperature",
        "Temperatura mówi, jak swobodnie model dobiera słowa: 0 to zawsze najpewniejsze słowo.",
    ),
    (
        "adapter/adaptery",
        "Adapter to mały plik, najczęściej LoRA, który nakłada się na model, żeby zmienić jego styl.",
    ),
    ("benchmark/test szybkości", "Benchmark to test, który mierzy szybkość albo jakość modelu."),
    (
        "model językowy/model/LLM",
        "Model językowy to program, który nauczył się z tekstów przewidywać następny token.",
    ),
    ("prompt", "Prompt to tekst, który podaje się modelowi."),
    (
        "prompt systemowy/system prompt",
        "Prompt systemowy to ukryta pierwsza wiadomość, która mówi modelowi, jak ma się zachowywać.",
    ),
    (
        "parametry/parametr/parametry modelu",
        "Parametry to liczby, których model się nauczył; 7B to siedem miliardów.",
    ),
    ("Hugging Face", "Hugging Face to strona, na której ludzie dzielą się modelami."),
    ("Ollama", "Ollama to program i biblioteka gotowych modeli."),
    ("Q4_K_M", "Q4_K_M to kwantyzacja o około 4,8 bita na wagę: mała strata jakości i zwykły wybór."),
    (
        "suma kontrolna/SHA-256",
        "Suma kontrolna to odcisk palca pliku: jeśli się zgadza, plik jest cały i niezmieniony.",
    ),
)
_TERM = (
    "co to jest {t}?",
    "co to {t}?",
    "co znaczy {t}?",
    "czym jest {t}?",
    "wyjaśnij {t}",
    "wyjaśnij, co to jest {t}",
    "[powiedz|powiedz mi|wytłumacz][,|] co to jest {t}",
    "co oznacza {t}?",
    "{t} - co to jest?",
    "{t}, co to?",
    "nie wiem, co to jest {t}",
    "[możesz|czy możesz] wyjaśnić, co to jest {t}?",
    "definicja: {t}",
    "a co to jest {t}?",
    "[do czego służy|po co jest] {t}?",
    "co to właściwie jest {t}?",
    "jak rozumieć słowo {t}?",
    "czy wiesz, co to jest {t}?",
)
_TERM_NEXT = ("a {t}?", "a co to jest {t}?", "i {t}?", "a co z {t}?")
_CAPITALS = """Polski:Polska:Warszawa;Francji:Francja:Paryż;Włoch:Włochy:Rzym
Hiszpanii:Hiszpania:Madryt;Portugalii:Portugalia:Lizbona;Niemiec:Niemcy:Berlin
Austrii:Austria:Wiedeń;Szwajcarii:Szwajcaria:Berno;Belgii:Belgia:Bruksela
Holandii:Holandia:Amsterdam;Danii:Dania:Kopenhaga;Norwegii:Norwegia:Oslo;Szwecji:Szwecja:Sztokholm
Finlandii:Finlandia:Helsinki;Islandii:Islandia:Reykjavik;Irlandii:Irlandia:Dublin
Anglii:Anglia:Londyn;Wielkiej Brytanii:Wielka Brytania:Londyn;Czech:Czechy:Praga
Słowacji:Słowacja:Bratysława;Węgier:Węgry:Budapeszt;Rumunii:Rumunia:Bukareszt
Bułgarii:Bułgaria:Sofia;Grecji:Grecja:Ateny;Turcji:Turcja:Ankara;Chorwacji:Chorwacja:Zagrzeb
Ukrainy:Ukraina:Kijów;Litwy:Litwa:Wilno;Łotwy:Łotwa:Ryga;Estonii:Estonia:Tallinn
Rosji:Rosja:Moskwa;Chin:Chiny:Pekin;Japonii:Japonia:Tokio;Indii:Indie:Nowe Delhi;Egiptu:Egipt:Kair
Kanady:Kanada:Ottawa;Meksyku:Meksyk:Meksyk;Brazylii:Brazylia:Brasilia
Argentyny:Argentyna:Buenos Aires;Australii:Australia:Canberra;Stanów Zjednoczonych:USA:Waszyngton
USA:USA:Waszyngton;Serbii:Serbia:Belgrad;Słowenii:Słowenia:Lublana;Białorusi:Białoruś:Mińsk
Kuby:Kuba:Hawana"""
CAPITALS = tuple(tuple(row.split(":")) for line in _CAPITALS.splitlines() for row in line.split(";"))
_CAPITAL = (
    "jaka jest stolica {c}?",
    "stolica {c}?",
    "stolica {c}",
    "co jest stolicą {c}?",
    "podaj stolicę {c}",
    "jak nazywa się stolica {c}?",
    "jakie miasto jest stolicą {c}?",
    "powiedz[ mi|], jaka jest stolica {c}",
    "znasz stolicę {c}?",
    "[które|jakie] miasto to stolica {c}?",
    "stolicą {c} jest...?",
    "nie pamiętam stolicy {c}",
    "wymień stolicę {c}",
    "[jaką|którą] stolicę ma {k}?",
    "{k} - stolica?",
    "gdzie jest stolica {c}?",
    "[czy wiesz|wiesz], jaka jest stolica {c}?",
)
_CAPITAL_NEXT = (
    "a {c}?",
    "a stolica {c}?",
    "a jaka jest stolica {c}?",
    "i {c}?",
    "a {k}?",
    "a co z {k}?",
    "teraz {c}",
)
_SUM = (
    "ile to {a} [+|plus|dodać|i] {b}?",
    "ile jest {a} [+|plus|dodać] {b}?",
    "{a} plus {b}",
    "dodaj {a} i {b}",
    "oblicz {a} [+|plus] {b}",
    "policz {a} [+|plus] {b}",
    "ile to jest {a} [+|plus|dodać] {b}?",
    "suma {a} i {b}",
    "ile wynosi {a} [+|plus] {b}?",
)
_LESS = (
    "ile to {a} [-|minus|odjąć] {b}?",
    "ile jest {a} [-|minus|odjąć] {b}?",
    "{a} minus {b}",
    "odejmij {b} od {a}",
    "oblicz {a} [-|minus] {b}",
    "policz {a} [-|minus] {b}",
)


def _pair(rng: random.Random) -> Turn:
    asked, answer = PAIRS[int(rng.random() * len(PAIRS))]
    return roughen(rng, say(rng, asked), leads=False), answer


def talk(rng: random.Random) -> list[Turn]:
    """One or a few exchanges in Polish."""
    kind = rng.random()
    if kind < 0.45:
        return [_pair(rng)]
    if kind < 0.66:
        names, answer = pick(rng, TERMS)
        turns = [(roughen(rng, say(rng, _TERM, t=pick(rng, names.split("/"))), leads=False), answer)]
        if rng.random() < 0.25:
            names, answer = pick(rng, TERMS)
            turns.append(
                (roughen(rng, say(rng, _TERM_NEXT, t=pick(rng, names.split("/"))), leads=False), answer)
            )
        return turns
    if kind < 0.88:
        genitive, country, town = pick(rng, CAPITALS)
        turns = [
            (
                roughen(rng, say(rng, _CAPITAL, c=genitive, k=country), leads=False),
                f"Stolicą {genitive} jest {town}.",
            )
        ]
        while rng.random() < 0.4:
            genitive, country, town = pick(rng, CAPITALS)
            turns.append(
                (
                    roughen(rng, say(rng, _CAPITAL_NEXT, c=genitive, k=country), leads=False),
                    f"Stolicą {genitive} jest {town}.",
                )
            )
        return turns
    a, b = int(rng.random() * 21), int(rng.random() * 21)
    if rng.random() < 0.65:
        return [(roughen(rng, say(rng, _SUM, a=a, b=b), leads=False, typos=False), f"{a} + {b} = {a + b}.")]
    a, b = max(a, b), min(a, b)
    return [(roughen(rng, say(rng, _LESS, a=a, b=b), leads=False, typos=False), f"{a} - {b} = {a - b}.")]
