<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl_PL" sourcelanguage="en_GB">
    <context>
        <name>Orangery</name>
        <message>
            <source>(nothing asked yet)</source>
            <translation>(jeszcze bez pytania)</translation>
        </message>
        <message>
            <source>(nothing)</source>
            <translation>(nic)</translation>
        </message>
        <message>
            <source>*This repository has no model card.*</source>
            <translation>*To repozytorium nie ma karty modelu.*</translation>
        </message>
        <message>
            <source>--chats goes with the neutral text, not with a file.</source>
            <translation>--chats łączy się z tekstem neutralnym, nie z plikiem.</translation>
        </message>
        <message>
            <source>/bye or Ctrl+D ends, Ctrl+C stops an answer.</source>
            <translation>/bye lub Ctrl+D kończy, Ctrl+C zatrzymuje odpowiedź.</translation>
        </message>
        <message>
            <source>0 or more</source>
            <translation>0 lub więcej</translation>
        </message>
        <message>
            <source>0 to 1 in 5 steps</source>
            <translation>Od 0 do 1 w 5 krokach</translation>
        </message>
        <message>
            <source>0 to 2 in 5 steps</source>
            <translation>Od 0 do 2 w 5 krokach</translation>
        </message>
        <message>
            <source>10B to 20B</source>
            <translation>10B do 20B</translation>
        </message>
        <message>
            <source>20B to 40B</source>
            <translation>20B do 40B</translation>
        </message>
        <message>
            <source>2B to 5B</source>
            <translation>2B do 5B</translation>
        </message>
        <message>
            <source>5B to 10B</source>
            <translation>5B do 10B</translation>
        </message>
        <message>
            <source>8B answer</source>
            <translation>8B odpowiedź</translation>
        </message>
        <message>
            <source>8B prompt</source>
            <translation>8B zapytanie</translation>
        </message>
        <message>
            <source>95 % interval</source>
            <translation>Przedział 95 %</translation>
        </message>
        <message>
            <source>A GGUF adapter cannot express this. Merge it with its model, then convert that.</source>
            <translation>Adapter GGUF nie może tego wyrazić. Scal go z jego modelem i przekonwertuj wynik.</translation>
        </message>
        <message>
            <source>A GGUF file, or {config} and {weights}, is needed.</source>
            <translation>Potrzebny jest plik GGUF albo {config} i {weights}.</translation>
        </message>
        <message>
            <source>A PEFT folder has adapter_config.json and adapter_model.safetensors in it.</source>
            <translation>W folderze PEFT są pliki adapter_config.json i adapter_model.safetensors.</translation>
        </message>
        <message>
            <source>A benchmark is running</source>
            <translation>Trwa pomiar</translation>
        </message>
        <message>
            <source>A bracket is closed that was not opened.</source>
            <translation>Zamknięto nawias, którego nie otwarto.</translation>
        </message>
        <message>
            <source>A bracket is not closed.</source>
            <translation>Nie zamknięto nawiasu.</translation>
        </message>
        <message>
            <source>A comparison needs two to six columns.</source>
            <translation>Porównanie wymaga od dwóch do sześciu kolumn.</translation>
        </message>
        <message>
            <source>A deleted mix</source>
            <translation>Usunięty miks</translation>
        </message>
        <message>
            <source>A download can be paused and goes on after a restart. Its SHA-256 is compared with the hub's before the file gets its final name.</source>
            <translation>Pobieranie można wstrzymać, a po ponownym uruchomieniu jest wznawiane. Zanim plik dostanie ostateczną nazwę, jego SHA-256 jest porównywane z podanym przez hub.</translation>
        </message>
        <message>
            <source>A file written by llama-bench with -o json or -o jsonl can be read.</source>
            <translation>Odczytać można plik zapisany przez llama-bench z opcją -o json lub -o jsonl.</translation>
        </message>
        <message>
            <source>A file …</source>
            <translation>Plik …</translation>
        </message>
        <message>
            <source>A folder with safetensors</source>
            <translation>Folder z safetensors</translation>
        </message>
        <message>
            <source>A good answer</source>
            <translation>Dobra odpowiedź</translation>
        </message>
        <message>
            <source>A grid needs a second adapter in the mixer.</source>
            <translation>Siatka wymaga drugiego adaptera w mikserze.</translation>
        </message>
        <message>
            <source>A key has no spaces and no special characters. Copy it again from where it was made.</source>
            <translation>Klucz nie ma spacji ani znaków specjalnych. Skopiuj go ponownie stamtąd, gdzie powstał.</translation>
        </message>
        <message>
            <source>A limit keeps memory for other programs: predictions and plans then count with less.</source>
            <translation>Limit zostawia pamięć dla innych programów: prognozy i plany liczą wtedy na mniej.</translation>
        </message>
        <message>
            <source>A mixture of experts: the knowledge of a large model at the speed of a small one.</source>
            <translation>Mieszanka ekspertów: wiedza dużego modelu z szybkością małego.</translation>
        </message>
        <message>
            <source>A new chat with the mixer as it stands</source>
            <translation>Nowa rozmowa z obecnymi ustawieniami miksera</translation>
        </message>
        <message>
            <source>A newer version of Orangery may know it. Until then, choose another model.</source>
            <translation>Nowsza wersja Orangery może go znać. Do tego czasu wybierz inny model.</translation>
        </message>
        <message>
            <source>A number of megabytes per second, such as 2.5</source>
            <translation>Liczba megabajtów na sekundę, np. 2,5</translation>
        </message>
        <message>
            <source>A number of times must look like {example}.</source>
            <translation>Liczba powtórzeń musi wyglądać tak: {example}.</translation>
        </message>
        <message>
            <source>A part of it is being downloaded right now.</source>
            <translation>Część tego modelu jest właśnie pobierana.</translation>
        </message>
        <message>
            <source>A part of it is enough: choose a shorter one.</source>
            <translation>Wystarczy jego część: wybierz krótszy.</translation>
        </message>
        <message>
            <source>A private model needs an access token: add one in Settings → Connections, or set HF_TOKEN.</source>
            <translation>Prywatny model wymaga tokenu dostępu: dodaj go w Ustawienia → Połączenia albo ustaw HF_TOKEN.</translation>
        </message>
        <message>
            <source>A program that writes into a file in {place} would then change both. None is known to do so.</source>
            <translation>Program, który zapisałby coś w takim pliku (miejsce: {place}), zmieniłby wtedy oba. Nie jest znany żaden, który tak robi.</translation>
        </message>
        <message>
            <source>A projector cannot be quantized: it loses too much.</source>
            <translation>Projektora nie można kwantować: traci zbyt wiele.</translation>
        </message>
        <message>
            <source>A quoted text does not end in its line.</source>
            <translation>Tekst w cudzysłowie nie kończy się w swoim wierszu.</translation>
        </message>
        <message>
            <source>A rule begins with its name and {sign}.</source>
            <translation>Reguła zaczyna się od nazwy i {sign}.</translation>
        </message>
        <message>
            <source>A run can have {limit} prompts; these are {count}.</source>
            <translation>Przebieg może mieć najwyżej {limit} zapytań; tu jest ich {count}.</translation>
        </message>
        <message>
            <source>A run measures how many tokens per second a model reads and writes, with an empty context and with a full one. Results stay here and can be compared.</source>
            <translation>Przebieg mierzy, ile tokenów na sekundę model czyta i pisze, przy pustym i przy pełnym kontekście. Wyniki zostają tutaj i można je porównywać.</translation>
        </message>
        <message>
            <source>A schema is a JSON object in braces.</source>
            <translation>Schemat to obiekt JSON w nawiasach klamrowych.</translation>
        </message>
        <message>
            <source>A set of characters does not end in its line.</source>
            <translation>Zbiór znaków nie kończy się w swoim wierszu.</translation>
        </message>
        <message numerus="yes">
            <source>A summary stands for the oldest {count} messages.</source>
            <translation>
                <numerusform>Najstarszą {count} wiadomość zastępuje streszczenie.</numerusform>
                <numerusform>Najstarsze {count} wiadomości zastępuje streszczenie.</numerusform>
                <numerusform>Najstarszych {count} wiadomości zastępuje streszczenie.</numerusform>
            </translation>
        </message>
        <message>
            <source>A summary stands for what is above</source>
            <translation>To, co wyżej, zastępuje streszczenie</translation>
        </message>
        <message>
            <source>A tilde marks what is predicted; the other numbers were measured here</source>
            <translation>Tylda oznacza prognozę; pozostałe liczby zmierzono tutaj</translation>
        </message>
        <message>
            <source>A token has no spaces and no special characters.</source>
            <translation>Token nie ma spacji ani znaków specjalnych.</translation>
        </message>
        <message>
            <source>A token with the right to read is enough.</source>
            <translation>Wystarczy token z prawem odczytu.</translation>
        </message>
        <message>
            <source>A token with the right to read is enough. It is kept in the keyring of this system.</source>
            <translation>Wystarczy token z prawem odczytu. Jest przechowywany w pęku kluczy tego systemu.</translation>
        </message>
        <message>
            <source>A toy of a few megabytes that knows a few things, to try the app with. It runs on this computer, and nothing you write leaves it.</source>
            <translation>Kilkumegabajtowa zabawka, która wie to i owo, do wypróbowania programu. Działa na tym komputerze i nic, co napiszesz, go nie opuszcza.</translation>
        </message>
        <message>
            <source>A web page came in place of {host}'s answer.</source>
            <translation>Zamiast odpowiedzi z {host} przyszła strona WWW.</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Informacje</translation>
        </message>
        <message>
            <source>About as fast.</source>
            <translation>Mniej więcej tak samo szybko.</translation>
        </message>
        <message>
            <source>Above 0 makes words that have occurred less likely.</source>
            <translation>Powyżej 0 słowa, które już wystąpiły, są mniej prawdopodobne.</translation>
        </message>
        <message>
            <source>Above 1 makes repeating words less likely.</source>
            <translation>Powyżej 1 powtarzanie słów jest mniej prawdopodobne.</translation>
        </message>
        <message>
            <source>Access token</source>
            <translation>Token dostępu</translation>
        </message>
        <message>
            <source>Access token for Hugging Face</source>
            <translation>Token dostępu do Hugging Face</translation>
        </message>
        <message>
            <source>Across: {first}. Down: {second}.</source>
            <translation>W poziomie: {first}. W pionie: {second}.</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Polecenie</translation>
        </message>
        <message>
            <source>Adapter</source>
            <translation>Adapter</translation>
        </message>
        <message>
            <source>Adapters</source>
            <translation>Adaptery</translation>
        </message>
        <message>
            <source>Adapters and projectors are small as they are. Choose a model.</source>
            <translation>Adaptery i projektory i tak są małe. Wybierz model.</translation>
        </message>
        <message>
            <source>Adapters can't be used with {model}.</source>
            <translation>{model}: nie można użyć adapterów.</translation>
        </message>
        <message>
            <source>Adapters change how a model answers without a new download of the model.</source>
            <translation>Adaptery zmieniają sposób odpowiadania modelu bez ponownego pobierania go.</translation>
        </message>
        <message>
            <source>Adapters for this base</source>
            <translation>Adaptery dla tej bazy</translation>
        </message>
        <message>
            <source>Adapters for this model</source>
            <translation>Adaptery dla tego modelu</translation>
        </message>
        <message>
            <source>Adapters for {model}</source>
            <translation>Adaptery dla {model}</translation>
        </message>
        <message>
            <source>Adapters on Hugging Face</source>
            <translation>Adaptery na Hugging Face</translation>
        </message>
        <message>
            <source>Adapters on this disk</source>
            <translation>Adaptery na tym dysku</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Dodaj</translation>
        </message>
        <message>
            <source>Add .gguf to it, or name a folder that is there.</source>
            <translation>Dodaj .gguf albo podaj istniejący folder.</translation>
        </message>
        <message>
            <source>Add a LoRA adapter to change how this model answers, while it answers.</source>
            <translation>Dodaj adapter LoRA, aby zmienić sposób odpowiadania modelu, także w trakcie odpowiedzi.</translation>
        </message>
        <message>
            <source>Add a column</source>
            <translation>Dodaj kolumnę</translation>
        </message>
        <message>
            <source>Add a connection</source>
            <translation>Dodaj połączenie</translation>
        </message>
        <message>
            <source>Add a folder with models</source>
            <translation>Dodaj folder z modelami</translation>
        </message>
        <message>
            <source>Add a folder …</source>
            <translation>Dodaj folder …</translation>
        </message>
        <message>
            <source>Add a prompt</source>
            <translation>Dodaj zapytanie</translation>
        </message>
        <message>
            <source>Add a rule</source>
            <translation>Dodaj regułę</translation>
        </message>
        <message>
            <source>Add a token</source>
            <translation>Dodaj token</translation>
        </message>
        <message>
            <source>Add an adapter</source>
            <translation>Dodaj adapter</translation>
        </message>
        <message>
            <source>Add an adapter file or folder</source>
            <translation>Dodaj plik lub folder adaptera</translation>
        </message>
        <message>
            <source>Add an adapter first.</source>
            <translation>Najpierw dodaj adapter.</translation>
        </message>
        <message>
            <source>Add an adapter to the mixer</source>
            <translation>Dodaj adapter do miksera</translation>
        </message>
        <message>
            <source>Add at least one rule.</source>
            <translation>Dodaj co najmniej jedną regułę.</translation>
        </message>
        <message>
            <source>Add column</source>
            <translation>Dodaj kolumnę</translation>
        </message>
        <message>
            <source>Add file</source>
            <translation>Dodaj plik</translation>
        </message>
        <message>
            <source>Add folder</source>
            <translation>Dodaj folder</translation>
        </message>
        <message>
            <source>Add it in Settings › Connections, or choose another model.</source>
            <translation>Dodaj je w Ustawienia › Połączenia albo wybierz inny model.</translation>
        </message>
        <message>
            <source>Add one in Settings → Connections, or set HF_TOKEN.</source>
            <translation>Dodaj go w Ustawienia → Połączenia albo ustaw HF_TOKEN.</translation>
        </message>
        <message>
            <source>Add or remove columns.</source>
            <translation>Dodaj lub usuń kolumny.</translation>
        </message>
        <message>
            <source>Added by you</source>
            <translation>Dodany przez ciebie</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adres</translation>
        </message>
        <message>
            <source>Advanced</source>
            <translation>Zaawansowane</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Po</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Wszystkie</translation>
        </message>
        <message>
            <source>All adapters</source>
            <translation>Wszystkie adaptery</translation>
        </message>
        <message>
            <source>All answers are right.</source>
            <translation>Wszystkie odpowiedzi są zaliczone.</translation>
        </message>
        <message>
            <source>All bad</source>
            <translation>Wszystkie złe</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Wszystkie pliki</translation>
        </message>
        <message>
            <source>All files are untouched. Choose another file of this model, or apply them while it runs.</source>
            <translation>Wszystkie pliki są nietknięte. Wybierz inny plik tego modelu albo stosuj adaptery, gdy działa.</translation>
        </message>
        <message>
            <source>All kinds</source>
            <translation>Każdy rodzaj</translation>
        </message>
        <message>
            <source>All machines</source>
            <translation>Wszystkie komputery</translation>
        </message>
        <message>
            <source>All models</source>
            <translation>Wszystkie modele</translation>
        </message>
        <message>
            <source>All of it</source>
            <translation>Cały tekst</translation>
        </message>
        <message>
            <source>All of these must hold</source>
            <translation>Wszystkie muszą być spełnione</translation>
        </message>
        <message>
            <source>All results</source>
            <translation>Wszystkie wyniki</translation>
        </message>
        <message>
            <source>All suites</source>
            <translation>Wszystkie zestawy</translation>
        </message>
        <message>
            <source>All topics</source>
            <translation>Wszystkie tematy</translation>
        </message>
        <message>
            <source>All types</source>
            <translation>Wszystkie typy</translation>
        </message>
        <message>
            <source>All ways to run it here</source>
            <translation>Wszystkie sposoby uruchomienia go tutaj</translation>
        </message>
        <message>
            <source>All {count}</source>
            <translation>Wszystkie ({count})</translation>
        </message>
        <message numerus="yes">
            <source>All {n} keys</source>
            <translation>
                <numerusform>Wszystkie klucze ({n})</numerusform>
                <numerusform>Wszystkie klucze ({n})</numerusform>
                <numerusform>Wszystkie klucze ({n})</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All {n} run together: {need} of {room}.</source>
            <translation>
                <numerusform>Działa sam: {need} z {room}.</numerusform>
                <numerusform>Wszystkie {n} działają razem: {need} z {room}.</numerusform>
                <numerusform>Wszystkie ({n}) działają razem: {need} z {room}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All {n} share one model and answer at once: {need} of {room}.</source>
            <translation>
                <numerusform>Działa sam: {need} z {room}.</numerusform>
                <numerusform>Wszystkie {n} mają jeden wspólny model i odpowiadają naraz: {need} z {room}.</numerusform>
                <numerusform>Wszystkie ({n}) mają jeden wspólny model i odpowiadają naraz: {need} z {room}.</numerusform>
            </translation>
        </message>
        <message>
            <source>Alpha</source>
            <translation>Alfa</translation>
        </message>
        <message>
            <source>Already in the context</source>
            <translation>Już w kontekście</translation>
        </message>
        <message>
            <source>Also get {name}</source>
            <translation>Pobierz też {name}</translation>
        </message>
        <message>
            <source>Also on the GPU</source>
            <translation>Także na GPU</translation>
        </message>
        <message>
            <source>Also on your own chats, which stay on this machine</source>
            <translation>Także na twoich rozmowach, które zostają na tym komputerze</translation>
        </message>
        <message>
            <source>An adapter is small already: it cannot be quantized.</source>
            <translation>Adapter i tak jest mały: nie można go kwantować.</translation>
        </message>
        <message>
            <source>An image can't be read.</source>
            <translation>Nie można odczytać obrazu.</translation>
        </message>
        <message>
            <source>An image is too large for the way {model} is loaded.</source>
            <translation>Obraz jest za duży dla sposobu, w jaki wczytano {model}.</translation>
        </message>
        <message>
            <source>Another model</source>
            <translation>Inny model</translation>
        </message>
        <message>
            <source>Another model of Ollama has the same weights, so they stay.</source>
            <translation>Inny model Ollamy ma te same wagi, więc zostają.</translation>
        </message>
        <message>
            <source>Another program may have it open, or the disk may be read-only.</source>
            <translation>Może być otwarty w innym programie albo dysk jest tylko do odczytu.</translation>
        </message>
        <message>
            <source>Another program may have it open, or you may not write in its folder.</source>
            <translation>Może być otwarty w innym programie albo nie wolno zapisywać w jego folderze.</translation>
        </message>
        <message>
            <source>Another program uses {gpu}.</source>
            <translation>{gpu}: używa go inny program.</translation>
        </message>
        <message>
            <source>Another prompt has this name.</source>
            <translation>Inne zapytanie ma już tę nazwę.</translation>
        </message>
        <message>
            <source>Another sweep is running</source>
            <translation>Trwa inny przegląd</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Odpowiedź</translation>
        </message>
        <message>
            <source>Answer again</source>
            <translation>Odpowiedz ponownie</translation>
        </message>
        <message>
            <source>Answer as</source>
            <translation>Odpowiedź jako</translation>
        </message>
        <message>
            <source>Answer at {scales}</source>
            <translation>Odpowiedź dla {scales}</translation>
        </message>
        <message>
            <source>Answer of {model}</source>
            <translation>Odpowiedź: {model}</translation>
        </message>
        <message>
            <source>Answer: {text}</source>
            <translation>Odpowiedź: {text}</translation>
        </message>
        <message>
            <source>Answering once more …</source>
            <translation>Ponowna odpowiedź …</translation>
        </message>
        <message>
            <source>Answering {share}</source>
            <translation>Odpowiada {share}</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Odpowiedzi</translation>
        </message>
        <message>
            <source>Answers at each scale</source>
            <translation>Odpowiedzi dla każdej siły</translation>
        </message>
        <message>
            <source>Answers at once</source>
            <translation>Odpowiedzi naraz</translation>
        </message>
        <message>
            <source>Answers from an older version, imported and edited ones have no such card.</source>
            <translation>Odpowiedzi ze starszej wersji, importowane i edytowane nie mają takiej karty.</translation>
        </message>
        <message>
            <source>Answers of the run</source>
            <translation>Odpowiedzi z przebiegu</translation>
        </message>
        <message>
            <source>Answers of {name}</source>
            <translation>Odp.: {name}</translation>
        </message>
        <message>
            <source>Answers that count, one per line</source>
            <translation>Zaliczane odpowiedzi, po jednej w wierszu</translation>
        </message>
        <message>
            <source>Answers with scores, not with text: it sorts search results, but cannot chat.</source>
            <translation>Odpowiada ocenami, nie tekstem: porządkuje wyniki wyszukiwania, ale nie umie rozmawiać.</translation>
        </message>
        <message>
            <source>Answers with vectors, not with text: it is for search and comparison, and cannot chat.</source>
            <translation>Odpowiada wektorami, nie tekstem: służy do wyszukiwania i porównywania, nie umie rozmawiać.</translation>
        </message>
        <message>
            <source>Any</source>
            <translation>Wszystkie</translation>
        </message>
        <message>
            <source>Any time</source>
            <translation>Kiedykolwiek</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Wygląd</translation>
        </message>
        <message>
            <source>Arabic</source>
            <translation>Arabski</translation>
        </message>
        <message>
            <source>Architecture</source>
            <translation>Architektura</translation>
        </message>
        <message>
            <source>As good as the original, half its size</source>
            <translation>Jak oryginał, pół rozmiaru</translation>
        </message>
        <message>
            <source>As in the settings</source>
            <translation>Jak w ustawieniach</translation>
        </message>
        <message>
            <source>As most models are published; the best to quantize from</source>
            <translation>W tej postaci publikuje się większość modeli; najlepszy do kwantyzacji</translation>
        </message>
        <message>
            <source>As trained, up to 8,192</source>
            <translation>Jak w treningu, do 8192</translation>
        </message>
        <message>
            <source>Ask Hugging Face for the template of the model that this one was made from</source>
            <translation>Pobierz z Hugging Face szablon modelu, z którego powstał ten</translation>
        </message>
        <message>
            <source>Ask again to start it anew.</source>
            <translation>Zapytaj ponownie, aby uruchomić go od nowa.</translation>
        </message>
        <message>
            <source>Ask again to start it anew. If this happens often, try a smaller model or context.</source>
            <translation>Zapytaj ponownie, aby uruchomić go od nowa. Jeśli zdarza się to często, wypróbuj mniejszy model lub kontekst.</translation>
        </message>
        <message>
            <source>Ask again.</source>
            <translation>Zapytaj jeszcze raz.</translation>
        </message>
        <message>
            <source>Ask all</source>
            <translation>Zapytaj</translation>
        </message>
        <message>
            <source>Ask all five</source>
            <translation>Zapytaj wszystkie pięć</translation>
        </message>
        <message>
            <source>Ask all four</source>
            <translation>Zapytaj wszystkie cztery</translation>
        </message>
        <message>
            <source>Ask all three</source>
            <translation>Zapytaj wszystkie trzy</translation>
        </message>
        <message>
            <source>Ask all {count}</source>
            <translation>Zapytaj wszystkie ({count})</translation>
        </message>
        <message>
            <source>Ask both</source>
            <translation>Zapytaj oba</translation>
        </message>
        <message>
            <source>Ask for JSON or a JSON schema instead, or use llama-server or a model on this machine.</source>
            <translation>Zażądaj zamiast tego JSON lub schematu JSON albo użyj llama-server lub modelu na tym komputerze.</translation>
        </message>
        <message>
            <source>Ask several models the same</source>
            <translation>Zapytaj kilka modeli o to samo</translation>
        </message>
        <message>
            <source>Ask {model} something</source>
            <translation>Zapytaj {model} o cokolwiek</translation>
        </message>
        <message>
            <source>Asking Hugging Face …</source>
            <translation>Sprawdzanie w Hugging Face …</translation>
        </message>
        <message>
            <source>Asking {host} …</source>
            <translation>Łączenie z {host} …</translation>
        </message>
        <message>
            <source>Asking {model}</source>
            <translation>Odpowiada {model}</translation>
        </message>
        <message>
            <source>Asks again in the same way, and compares</source>
            <translation>Pyta jeszcze raz tak samo i porównuje</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Asystent</translation>
        </message>
        <message numerus="yes">
            <source>At most {count} numbers.</source>
            <translation>
                <numerusform>Najwyżej {count} liczba.</numerusform>
                <numerusform>Najwyżej {count} liczby.</numerusform>
                <numerusform>Najwyżej {count} liczb.</numerusform>
            </translation>
        </message>
        <message>
            <source>At once</source>
            <translation>Naraz</translation>
        </message>
        <message>
            <source>At {field}, {wanted} is expected.</source>
            <translation>Miejsce: {field}. Powinno tu być: {wanted}.</translation>
        </message>
        <message>
            <source>Attach files</source>
            <translation>Załącz pliki</translation>
        </message>
        <message>
            <source>Attached files</source>
            <translation>Załączone pliki</translation>
        </message>
        <message>
            <source>Author</source>
            <translation>Autor</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Wstecz</translation>
        </message>
        <message>
            <source>Back to this machine</source>
            <translation>Wróć do tego komputera</translation>
        </message>
        <message>
            <source>Balanced</source>
            <translation>Zrównoważone</translation>
        </message>
        <message>
            <source>Bars show where the rating lies with 95 % certainty</source>
            <translation>Paski pokazują, gdzie z pewnością 95 % leży ocena</translation>
        </message>
        <message>
            <source>Base</source>
            <translation>Baza</translation>
        </message>
        <message>
            <source>Base alone</source>
            <translation>Sama baza</translation>
        </message>
        <message>
            <source>Batch sizes</source>
            <translation>Wielkość porcji</translation>
        </message>
        <message>
            <source>Batch, tokens</source>
            <translation>Porcja, tokeny</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Przed</translation>
        </message>
        <message>
            <source>Before it is loaded, every tensor is held against the base.</source>
            <translation>Przed wczytaniem każdy tensor jest porównywany z bazą.</translation>
        </message>
        <message>
            <source>Begin a new comparison, or give this column a larger context.</source>
            <translation>Zacznij nowe porównanie albo daj tej kolumnie większy kontekst.</translation>
        </message>
        <message>
            <source>Begun</source>
            <translation>Początek</translation>
        </message>
        <message>
            <source>Bench</source>
            <translation>Testy</translation>
        </message>
        <message>
            <source>Bench {name}</source>
            <translation>Test: {name}</translation>
        </message>
        <message>
            <source>Best here</source>
            <translation>Najlepiej tu</translation>
        </message>
        <message>
            <source>Binding</source>
            <translation>Wiązanie</translation>
        </message>
        <message>
            <source>Bits</source>
            <translation>Bity</translation>
        </message>
        <message>
            <source>Bits per weight, over the whole file</source>
            <translation>Bity na wagę, w całym pliku</translation>
        </message>
        <message>
            <source>Blind</source>
            <translation>W ciemno</translation>
        </message>
        <message>
            <source>Blind: names stay hidden until you voted</source>
            <translation>W ciemno: nazwy są ukryte, dopóki nie zagłosujesz</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Blokady</translation>
        </message>
        <message>
            <source>Both</source>
            <translation>Oba</translation>
        </message>
        <message>
            <source>Both files are as they were.</source>
            <translation>Oba pliki są takie jak przedtem.</translation>
        </message>
        <message>
            <source>Both names lead to the same bytes (a hard link). If a program deletes one, the other stays; if one were changed in place, the other would change, too. Model files are not changed in ordinary use.</source>
            <translation>Obie nazwy prowadzą do tych samych danych (twarde dowiązanie). Gdy program usunie jedną, druga zostaje; gdyby zmienił jedną na miejscu, zmieniłaby się i druga. W zwykłym użyciu pliki modeli się nie zmieniają.</translation>
        </message>
        <message>
            <source>Both stay files of their own that happen to use the same bytes (a reflink). If a program changes or deletes one, the other stays as it is.</source>
            <translation>Oba pozostają osobnymi plikami, które korzystają z tych samych danych (reflink). Gdy program zmieni lub usunie jeden, drugi zostaje bez zmian.</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>Kompilacja</translation>
        </message>
        <message>
            <source>Built for</source>
            <translation>Skompilowano dla</translation>
        </message>
        <message>
            <source>Bundled</source>
            <translation>Dołączone</translation>
        </message>
        <message>
            <source>Bundled suites stay as they are, so that results can be compared.</source>
            <translation>Dołączonych zestawów nie można zmieniać, dzięki czemu wyniki da się porównywać.</translation>
        </message>
        <message>
            <source>By a dry run of the engine.</source>
            <translation>Z próby silnika na sucho.</translation>
        </message>
        <message>
            <source>By formula, from the whole header.</source>
            <translation>Ze wzoru, z całego nagłówka.</translation>
        </message>
        <message>
            <source>CSV (*.csv)</source>
            <translation>CSV (*.csv)</translation>
        </message>
        <message>
            <source>CSV (*.csv);;JSON (*.json)</source>
            <translation>CSV (*.csv);;JSON (*.json)</translation>
        </message>
        <message>
            <source>CSV files (*.csv)</source>
            <translation>Pliki CSV (*.csv)</translation>
        </message>
        <message>
            <source>Cache</source>
            <translation>Pamięć podręczna</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Anuluj</translation>
        </message>
        <message>
            <source>Cancel the chosen job, or take it off the list</source>
            <translation>Anuluj wybrane zadanie lub usuń je z listy</translation>
        </message>
        <message>
            <source>Cancel the download</source>
            <translation>Przerwij pobieranie</translation>
        </message>
        <message>
            <source>Cancel the download of {name}?</source>
            <translation>Przerwać pobieranie {name}?</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Anulowano</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Anulowano.</translation>
        </message>
        <message>
            <source>Cannot be loaded</source>
            <translation>Nie da się wczytać</translation>
        </message>
        <message>
            <source>Capitals must be equal, too</source>
            <translation>Wielkość liter też musi się zgadzać</translation>
        </message>
        <message>
            <source>Careful writing and following instructions, for larger computers.</source>
            <translation>Staranne pisanie i trzymanie się poleceń, dla większych komputerów.</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Zmiana</translation>
        </message>
        <message>
            <source>Change that one, or enter another address.</source>
            <translation>Zmień tamto albo podaj inny adres.</translation>
        </message>
        <message>
            <source>Change {name}</source>
            <translation>Zmień {name}</translation>
        </message>
        <message>
            <source>Change …</source>
            <translation>Zmień …</translation>
        </message>
        <message>
            <source>Changed weights are rounded again, so part of the effect is lost</source>
            <translation>Zmienione wagi są znów zaokrąglane, więc część efektu się traci</translation>
        </message>
        <message>
            <source>Changes the answers</source>
            <translation>Zmienia odpowiedzi</translation>
        </message>
        <message>
            <source>Changes {modules}</source>
            <translation>Zmienia {modules}</translation>
        </message>
        <message>
            <source>Chat</source>
            <translation>Rozmowa</translation>
        </message>
        <message>
            <source>Chat now</source>
            <translation>Porozmawiaj</translation>
        </message>
        <message>
            <source>Chat template</source>
            <translation>Szablon rozmowy</translation>
        </message>
        <message>
            <source>Chat with a model on this computer</source>
            <translation>Porozmawiaj z modelem na tym komputerze</translation>
        </message>
        <message>
            <source>Chat with the starter model</source>
            <translation>Porozmawiaj z modelem startowym</translation>
        </message>
        <message>
            <source>Chats</source>
            <translation>Rozmowy</translation>
        </message>
        <message>
            <source>Chats and logs</source>
            <translation>Rozmowy i dzienniki</translation>
        </message>
        <message>
            <source>Chats never leave this machine. Orangery has no account and sends no usage data.</source>
            <translation>Rozmowy nigdy nie opuszczają tego komputera. Orangery nie wymaga konta i nie wysyła danych o użyciu.</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Test</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Sprawdź ponownie</translation>
        </message>
        <message>
            <source>Check for newer weights</source>
            <translation>Szukaj nowszych wag</translation>
        </message>
        <message>
            <source>Check online</source>
            <translation>Sprawdź online</translation>
        </message>
        <message>
            <source>Check that it exists, and that you may read it.</source>
            <translation>Sprawdź, czy istnieje i czy wolno go odczytać.</translation>
        </message>
        <message>
            <source>Check that it is a file that is still there and may be read.</source>
            <translation>Sprawdź, czy to plik, który nadal tam jest i który wolno odczytać.</translation>
        </message>
        <message>
            <source>Check that it is still there and that you may read it.</source>
            <translation>Sprawdź, czy nadal tam jest i czy wolno go odczytać.</translation>
        </message>
        <message>
            <source>Check that it may be written, or start with --home and another folder.</source>
            <translation>Sprawdź, czy można w nim zapisywać, albo uruchom z opcją --home i innym folderem.</translation>
        </message>
        <message>
            <source>Check that its disk is connected and that nothing changes the file, then try again.</source>
            <translation>Sprawdź, czy jego dysk jest podłączony i czy nic nie zmienia pliku, i spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Check that its disk is connected and that you may read it.</source>
            <translation>Sprawdź, czy jego dysk jest podłączony i czy wolno go odczytać.</translation>
        </message>
        <message>
            <source>Check that its disk is connected and the file is still there.</source>
            <translation>Sprawdź, czy jego dysk jest podłączony i czy plik nadal tam jest.</translation>
        </message>
        <message>
            <source>Check that its disk is connected, may be written and has free space.</source>
            <translation>Sprawdź, czy jego dysk jest podłączony, czy można na nim zapisywać i czy jest na nim wolne miejsce.</translation>
        </message>
        <message>
            <source>Check that its disk is connected, writable and has free space.</source>
            <translation>Sprawdź, czy jej dysk jest podłączony, czy można na nim zapisywać i czy jest na nim wolne miejsce.</translation>
        </message>
        <message>
            <source>Check that its disk is there and may be written.</source>
            <translation>Sprawdź, czy jego dysk jest podłączony i czy można na nim zapisywać.</translation>
        </message>
        <message>
            <source>Check that its disk is writable and has free space, then start Orangery again.</source>
            <translation>Sprawdź, czy na jej dysku można zapisywać i czy jest na nim wolne miejsce, potem uruchom Orangery ponownie.</translation>
        </message>
        <message>
            <source>Check that its disk is writable and has free space, then start Orangery again. ({error})</source>
            <translation>Sprawdź, czy na jej dysku można zapisywać i czy jest na nim wolne miejsce, potem uruchom Orangery ponownie. ({error})</translation>
        </message>
        <message>
            <source>Check that its own disk is writable and has free space.</source>
            <translation>Sprawdź, czy na dysku Orangery można zapisywać i czy jest na nim wolne miejsce.</translation>
        </message>
        <message>
            <source>Check that the disk is connected and that you may write there, or choose another folder.</source>
            <translation>Sprawdź, czy dysk jest podłączony i czy można na nim zapisywać, albo wybierz inny folder.</translation>
        </message>
        <message>
            <source>Check that the disk is connected and that you may write there, then try again.</source>
            <translation>Sprawdź, czy dysk jest podłączony i czy można na nim zapisywać, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Check that the disk is connected and that you may write there. The original is untouched.</source>
            <translation>Sprawdź, czy dysk jest podłączony i czy można na nim zapisywać. Oryginał jest nietknięty.</translation>
        </message>
        <message>
            <source>Check that the disk is writable and has free space.</source>
            <translation>Sprawdź, czy na dysku można zapisywać i czy jest na nim wolne miejsce.</translation>
        </message>
        <message>
            <source>Check that the disk may be written and has free space.</source>
            <translation>Sprawdź, czy na dysku można zapisywać i czy jest na nim wolne miejsce.</translation>
        </message>
        <message>
            <source>Check that the file is still there and that you may read it.</source>
            <translation>Sprawdź, czy plik nadal tam jest i czy wolno go odczytać.</translation>
        </message>
        <message>
            <source>Check that the folder is there, may be written and has free space, then try again.</source>
            <translation>Sprawdź, czy folder istnieje, czy można w nim zapisywać i czy jest wolne miejsce, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Check that you may read it.</source>
            <translation>Sprawdź, czy masz prawo go odczytać.</translation>
        </message>
        <message>
            <source>Check that your access token may read this repository.</source>
            <translation>Sprawdź, czy twój token dostępu może odczytać to repozytorium.</translation>
        </message>
        <message>
            <source>Check the address in Settings › Connections. A network that wants you to sign in does that, too.</source>
            <translation>Sprawdź adres w Ustawienia › Połączenia. Robi tak też sieć, która wymaga logowania.</translation>
        </message>
        <message>
            <source>Check the clock of this computer, and whether a proxy or security program reads along.</source>
            <translation>Sprawdź zegar tego komputera oraz to, czy proxy lub program zabezpieczający nie podgląda połączeń.</translation>
        </message>
        <message>
            <source>Check the clock of this computer, then try again.</source>
            <translation>Sprawdź zegar tego komputera, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Check the name of the model, and the address in Settings › Connections.</source>
            <translation>Sprawdź nazwę modelu i adres w Ustawienia › Połączenia.</translation>
        </message>
        <message>
            <source>Check the network and the address, then try again.</source>
            <translation>Sprawdź sieć i adres, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Check the network and try again.</source>
            <translation>Sprawdź sieć i spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Check the network connection. What is on this disk works without it.</source>
            <translation>Sprawdź połączenie sieciowe. To, co jest na tym dysku, działa bez niego.</translation>
        </message>
        <message>
            <source>Check the network, then try again; what has arrived is kept.</source>
            <translation>Sprawdź sieć, potem spróbuj ponownie; to, co już dotarło, zostaje.</translation>
        </message>
        <message>
            <source>Check the path of the importance matrix, or compute one.</source>
            <translation>Sprawdź ścieżkę macierzy ważności albo oblicz nową.</translation>
        </message>
        <message>
            <source>Check the path, or choose a model from the library.</source>
            <translation>Sprawdź ścieżkę albo wybierz model z biblioteki.</translation>
        </message>
        <message>
            <source>Check the rights of your token on the hub.</source>
            <translation>Sprawdź na hubie uprawnienia swojego tokenu.</translation>
        </message>
        <message>
            <source>Check the spelling of name and tag.</source>
            <translation>Sprawdź pisownię nazwy i tagu.</translation>
        </message>
        <message>
            <source>Check the spelling of name and tag; a model of a person is written as user/name:tag.</source>
            <translation>Sprawdź pisownię nazwy i tagu; model konkretnej osoby zapisuje się jako user/name:tag.</translation>
        </message>
        <message>
            <source>Check the spelling of owner and name; upper and lower case count.</source>
            <translation>Sprawdź pisownię właściciela i nazwy; wielkość liter ma znaczenie.</translation>
        </message>
        <message>
            <source>Check {name}</source>
            <translation>Test połączenia {name}</translation>
        </message>
        <message>
            <source>Checked with Hugging Face just now. Speeds are predicted until you run them here.</source>
            <translation>Sprawdzone przed chwilą na Hugging Face. Szybkości są przewidywane, dopóki nie uruchomisz modeli tutaj.</translation>
        </message>
        <message>
            <source>Checking SHA-256 of {total}</source>
            <translation>Sprawdzanie SHA-256, {total}</translation>
        </message>
        <message>
            <source>Checking for newer weights …</source>
            <translation>Szukanie nowszych wag …</translation>
        </message>
        <message>
            <source>Checking …</source>
            <translation>Sprawdzanie …</translation>
        </message>
        <message>
            <source>Chinese</source>
            <translation>Chiński</translation>
        </message>
        <message>
            <source>Choose .csv, .json or .md.</source>
            <translation>Wybierz .csv, .json lub .md.</translation>
        </message>
        <message>
            <source>Choose F32. If that fails too, the file may be damaged.</source>
            <translation>Wybierz F32. Jeśli i to się nie uda, plik może być uszkodzony.</translation>
        </message>
        <message>
            <source>Choose a GGUF file: other formats can carry code.</source>
            <translation>Wybierz plik GGUF: inne formaty mogą zawierać kod.</translation>
        </message>
        <message>
            <source>Choose a file that Orangery or llama.cpp's llama-imatrix made, in the GGUF form.</source>
            <translation>Wybierz plik utworzony przez Orangery lub llama-imatrix z llama.cpp, w postaci GGUF.</translation>
        </message>
        <message>
            <source>Choose a file that ends in .gguf, or download it again.</source>
            <translation>Wybierz plik z końcówką .gguf albo pobierz go ponownie.</translation>
        </message>
        <message>
            <source>Choose a file that ends in .gguf.</source>
            <translation>Wybierz plik, którego nazwa kończy się na .gguf.</translation>
        </message>
        <message>
            <source>Choose a file that was exported from a leaderboard, as JSON or CSV.</source>
            <translation>Wybierz plik wyeksportowany z rankingu jako JSON lub CSV.</translation>
        </message>
        <message>
            <source>Choose a file …</source>
            <translation>Wybierz plik …</translation>
        </message>
        <message>
            <source>Choose a folder outside of {folder}.</source>
            <translation>Wybierz folder poza {folder}.</translation>
        </message>
        <message>
            <source>Choose a folder …</source>
            <translation>Wybierz folder …</translation>
        </message>
        <message>
            <source>Choose a longer text.</source>
            <translation>Wybierz dłuższy tekst.</translation>
        </message>
        <message>
            <source>Choose a model</source>
            <translation>Wybierz model</translation>
        </message>
        <message>
            <source>Choose a model first.</source>
            <translation>Najpierw wybierz model.</translation>
        </message>
        <message>
            <source>Choose a model for embeddings or an ordinary chat model.</source>
            <translation>Wybierz model do embeddingów albo zwykły model do rozmów.</translation>
        </message>
        <message>
            <source>Choose a model for this chat first.</source>
            <translation>Najpierw wybierz model dla tej rozmowy.</translation>
        </message>
        <message>
            <source>Choose a model of the library.</source>
            <translation>Wybierz model z biblioteki.</translation>
        </message>
        <message>
            <source>Choose a model that can, or remove the image.</source>
            <translation>Wybierz model, który to potrafi, albo usuń obraz.</translation>
        </message>
        <message>
            <source>Choose a repository with weights in F32, F16 or BF16.</source>
            <translation>Wybierz repozytorium z wagami w F32, F16 lub BF16.</translation>
        </message>
        <message>
            <source>Choose a row to see its facts.</source>
            <translation>Wybierz wiersz, aby zobaczyć szczegóły.</translation>
        </message>
        <message>
            <source>Choose a scale from 0 to {most}.</source>
            <translation>Wybierz siłę od 0 do {most}.</translation>
        </message>
        <message>
            <source>Choose a smaller context or a quantized cache, or close other programs.</source>
            <translation>Wybierz mniejszy kontekst lub kwantyzowaną pamięć podręczną albo zamknij inne programy.</translation>
        </message>
        <message>
            <source>Choose a smaller file of the model such as Q4_K_M, or close other programs.</source>
            <translation>Wybierz mniejszy plik modelu, na przykład Q4_K_M, albo zamknij inne programy.</translation>
        </message>
        <message>
            <source>Choose an adapter</source>
            <translation>Wybierz adapter</translation>
        </message>
        <message>
            <source>Choose an adapter that was trained on this model.</source>
            <translation>Wybierz adapter trenowany na tym modelu.</translation>
        </message>
        <message>
            <source>Choose an importance matrix, or have one computed.</source>
            <translation>Wybierz macierz ważności albo zleć jej obliczenie.</translation>
        </message>
        <message>
            <source>Choose another GGUF file of the model on which it was trained.</source>
            <translation>Wybierz inny plik GGUF modelu, na którym go wytrenowano.</translation>
        </message>
        <message>
            <source>Choose another file of the model.</source>
            <translation>Wybierz inny plik tego modelu.</translation>
        </message>
        <message>
            <source>Choose another file of this model, or apply the adapters while it runs.</source>
            <translation>Wybierz inny plik tego modelu albo stosuj adaptery, gdy działa.</translation>
        </message>
        <message>
            <source>Choose another file or another publisher.</source>
            <translation>Wybierz inny plik lub innego wydawcę.</translation>
        </message>
        <message>
            <source>Choose another folder for the new file.</source>
            <translation>Wybierz inny folder na nowy plik.</translation>
        </message>
        <message>
            <source>Choose another folder, or make room on the disk.</source>
            <translation>Wybierz inny folder albo zwolnij miejsce na dysku.</translation>
        </message>
        <message>
            <source>Choose another folder, or remove that file first.</source>
            <translation>Wybierz inny folder albo najpierw usuń ten plik.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Wybierz inny folder.</translation>
        </message>
        <message>
            <source>Choose another mix or a model.</source>
            <translation>Wybierz inny miks albo model.</translation>
        </message>
        <message>
            <source>Choose another model, or download this one again.</source>
            <translation>Wybierz inny model albo pobierz ten ponownie.</translation>
        </message>
        <message>
            <source>Choose another model, or leave the tools out.</source>
            <translation>Wybierz inny model albo pomiń narzędzia.</translation>
        </message>
        <message>
            <source>Choose another model.</source>
            <translation>Wybierz inny model.</translation>
        </message>
        <message>
            <source>Choose another name for the new file; the original is never changed.</source>
            <translation>Wybierz inną nazwę dla nowego pliku; oryginał nigdy nie jest zmieniany.</translation>
        </message>
        <message>
            <source>Choose another name, or change the mix that is there.</source>
            <translation>Wybierz inną nazwę albo zmień istniejący miks.</translation>
        </message>
        <message>
            <source>Choose another name, or remove that file first.</source>
            <translation>Wybierz inną nazwę albo najpierw usuń ten plik.</translation>
        </message>
        <message>
            <source>Choose another quantization of this model, or look for an update of Orangery.</source>
            <translation>Wybierz inną kwantyzację tego modelu albo poszukaj aktualizacji Orangery.</translation>
        </message>
        <message>
            <source>Choose another tag of the same model.</source>
            <translation>Wybierz inny tag tego samego modelu.</translation>
        </message>
        <message>
            <source>Choose another text.</source>
            <translation>Wybierz inny tekst.</translation>
        </message>
        <message>
            <source>Choose at least one adapter with a scale above 0, up to {most}.</source>
            <translation>Wybierz co najmniej jeden adapter o sile powyżej 0, najwyżej {most}.</translation>
        </message>
        <message>
            <source>Choose at least one kind of memory for the context.</source>
            <translation>Wybierz co najmniej jeden rodzaj pamięci kontekstu.</translation>
        </message>
        <message>
            <source>Choose at least one model and one test.</source>
            <translation>Wybierz co najmniej jeden model i jeden test.</translation>
        </message>
        <message>
            <source>Choose models on this computer; suites work with all of them.</source>
            <translation>Wybierz modele na tym komputerze; zestawy zapytań działają ze wszystkimi.</translation>
        </message>
        <message>
            <source>Choose one above 1024.</source>
            <translation>Wybierz port powyżej 1024.</translation>
        </message>
        <message>
            <source>Choose one of its models, or start the server with this one.</source>
            <translation>Wybierz jeden z jego modeli albo uruchom serwer z tym modelem.</translation>
        </message>
        <message>
            <source>Choose one of: {names}.</source>
            <translation>Wybierz jeden z: {names}.</translation>
        </message>
        <message>
            <source>Choose one: {names}.</source>
            <translation>Wybierz jeden: {names}.</translation>
        </message>
        <message>
            <source>Choose that model yourself; on the command line with --base MODEL.</source>
            <translation>Wybierz ten model samodzielnie; w wierszu poleceń przez --base MODEL.</translation>
        </message>
        <message>
            <source>Choose the cache type f16.</source>
            <translation>Wybierz typ pamięci podręcznej f16.</translation>
        </message>
        <message>
            <source>Choose the columns in Live first.</source>
            <translation>Najpierw wybierz kolumny w widoku „Na żywo”.</translation>
        </message>
        <message>
            <source>Choose the folder into which the adapter was saved.</source>
            <translation>Wybierz folder, w którym zapisano adapter.</translation>
        </message>
        <message>
            <source>Choose the folder with config.json and the safetensors files.</source>
            <translation>Wybierz folder z config.json i plikami safetensors.</translation>
        </message>
        <message>
            <source>Choose the model on which it was trained, or get a plain LoRA of its linear layers.</source>
            <translation>Wybierz model, na którym go wytrenowano, albo zdobądź zwykłą LoRA jego warstw liniowych.</translation>
        </message>
        <message>
            <source>Choose the model that judges.</source>
            <translation>Wybierz model, który będzie sędzią.</translation>
        </message>
        <message>
            <source>Choose the model that the adapters were trained on.</source>
            <translation>Wybierz model, na którym wytrenowano adaptery.</translation>
        </message>
        <message>
            <source>Choose the neutral text, or a file.</source>
            <translation>Wybierz tekst neutralny albo plik.</translation>
        </message>
        <message>
            <source>Choose the one that was computed with this model, or compute one.</source>
            <translation>Wybierz macierz obliczoną na tym modelu albo oblicz nową.</translation>
        </message>
        <message>
            <source>Choose the repository of the original model.</source>
            <translation>Wybierz repozytorium oryginalnego modelu.</translation>
        </message>
        <message>
            <source>Choose the repository of the original, with weights in F32, F16 or BF16.</source>
            <translation>Wybierz repozytorium oryginału, z wagami w F32, F16 lub BF16.</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Wyczyść</translation>
        </message>
        <message>
            <source>Clear all filters</source>
            <translation>Wyczyść wszystkie filtry</translation>
        </message>
        <message>
            <source>Clear filters</source>
            <translation>Wyczyść filtry</translation>
        </message>
        <message>
            <source>Clear the filter</source>
            <translation>Wyczyść filtr</translation>
        </message>
        <message>
            <source>Clear the filter to see all models.</source>
            <translation>Wyczyść filtr, aby zobaczyć wszystkie modele.</translation>
        </message>
        <message>
            <source>Clear the fit ledger?</source>
            <translation>Wyczyścić dziennik dopasowania?</translation>
        </message>
        <message>
            <source>Clear the list of requests</source>
            <translation>Wyczyść listę żądań</translation>
        </message>
        <message>
            <source>Clear the list of requests?</source>
            <translation>Wyczyścić listę zapytań?</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Zamknij</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>Zamknij (Esc)</translation>
        </message>
        <message>
            <source>Close Orangery and start it again; it then repairs what it can and says what is missing.</source>
            <translation>Zamknij Orangery i uruchom ponownie; naprawi wtedy, co się da, i powie, czego brakuje.</translation>
        </message>
        <message>
            <source>Close all windows and commands of Orangery, then start it again to repair the database.</source>
            <translation>Zamknij wszystkie okna i polecenia Orangery, potem uruchom je ponownie, aby naprawić bazę danych.</translation>
        </message>
        <message>
            <source>Close find</source>
            <translation>Zamknij wyszukiwanie</translation>
        </message>
        <message>
            <source>Close other programs, choose a smaller file of the model such as Q4_K_M, or a context of 4096.</source>
            <translation>Zamknij inne programy, wybierz mniejszy plik modelu, np. Q4_K_M, albo kontekst 4096.</translation>
        </message>
        <message>
            <source>Close other programs, or quantize without measuring.</source>
            <translation>Zamknij inne programy albo kwantuj bez pomiaru.</translation>
        </message>
        <message>
            <source>Close other programs, or remove it from the mix.</source>
            <translation>Zamknij inne programy albo usuń go z miksu.</translation>
        </message>
        <message>
            <source>Close other programs, then try again.</source>
            <translation>Zamknij inne programy, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Kod</translation>
        </message>
        <message>
            <source>Code, {language}</source>
            <translation>Kod, {language}</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Kolumny</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Porównaj</translation>
        </message>
        <message>
            <source>Compare their content</source>
            <translation>Porównaj zawartość</translation>
        </message>
        <message>
            <source>Compare these two</source>
            <translation>Porównaj te dwa</translation>
        </message>
        <message>
            <source>Compare two models</source>
            <translation>Porównaj dwa modele</translation>
        </message>
        <message>
            <source>Compare what looks the same</source>
            <translation>Porównaj możliwe kopie</translation>
        </message>
        <message>
            <source>Compare with base</source>
            <translation>Porównaj z bazą</translation>
        </message>
        <message>
            <source>Compare with the base model</source>
            <translation>Porównaj z bazowym</translation>
        </message>
        <message>
            <source>Compare {name}</source>
            <translation>Porównaj: {name}</translation>
        </message>
        <message>
            <source>Compared; copies found.</source>
            <translation>Porównano; znaleziono kopie.</translation>
        </message>
        <message>
            <source>Compared; no copies to reclaim.</source>
            <translation>Porównano; nie ma kopii do połączenia.</translation>
        </message>
        <message>
            <source>Comparing needs {needed} MB of the disk for a while, and {free} MB are free.</source>
            <translation>Porównanie wymaga na chwilę {needed} MB na dysku, a wolne jest {free} MB.</translation>
        </message>
        <message>
            <source>Comparing what looks the same</source>
            <translation>Porównywanie możliwych kopii</translation>
        </message>
        <message>
            <source>Comparing {share}</source>
            <translation>Porównanie {share}</translation>
        </message>
        <message>
            <source>Comparing …</source>
            <translation>Porównywanie …</translation>
        </message>
        <message>
            <source>Comparisons</source>
            <translation>Porównania</translation>
        </message>
        <message>
            <source>Compatibility</source>
            <translation>Zgodność</translation>
        </message>
        <message>
            <source>Completion</source>
            <translation>Uzupełnianie</translation>
        </message>
        <message>
            <source>Compute</source>
            <translation>Obliczenia</translation>
        </message>
        <message>
            <source>Compute and other</source>
            <translation>Obliczenia i inne</translation>
        </message>
        <message>
            <source>Compute one for this model, or choose a type of at least three bits such as Q3_K_M.</source>
            <translation>Oblicz ją dla tego modelu albo wybierz typ co najmniej trzybitowy, np. Q3_K_M.</translation>
        </message>
        <message>
            <source>Compute the importance matrix now</source>
            <translation>Oblicz teraz macierz ważności</translation>
        </message>
        <message>
            <source>Computed by</source>
            <translation>Źródło obliczeń</translation>
        </message>
        <message>
            <source>Computed first, then saved; helps small types most</source>
            <translation>Najpierw obliczana, potem zapisana; najbardziej pomaga małym typom</translation>
        </message>
        <message>
            <source>Computing the importance matrix</source>
            <translation>Obliczanie macierzy ważności</translation>
        </message>
        <message>
            <source>Connect to a server that runs models</source>
            <translation>Połącz z serwerem, na którym działają modele</translation>
        </message>
        <message>
            <source>Connection</source>
            <translation>Połączenie</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Połączenia</translation>
        </message>
        <message>
            <source>Connections per file</source>
            <translation>Połączenia na plik</translation>
        </message>
        <message>
            <source>Contains</source>
            <translation>Zawiera</translation>
        </message>
        <message>
            <source>Contains exactly so often</source>
            <translation>Liczba wystąpień</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Kontekst</translation>
        </message>
        <message>
            <source>Context before it, tokens</source>
            <translation>Kontekst przedtem, tokeny</translation>
        </message>
        <message>
            <source>Context cache</source>
            <translation>Pamięć podręczna kontekstu</translation>
        </message>
        <message>
            <source>Context full</source>
            <translation>Kontekst pełny</translation>
        </message>
        <message>
            <source>Context length</source>
            <translation>Długość kontekstu</translation>
        </message>
        <message numerus="yes">
            <source>Context of {n} tokens</source>
            <translation>
                <numerusform>Kontekst: {n} token</numerusform>
                <numerusform>Kontekst: {n} tokeny</numerusform>
                <numerusform>Kontekst: {n} tokenów</numerusform>
            </translation>
        </message>
        <message>
            <source>Context up to {count}</source>
            <translation>Kontekst do {count}</translation>
        </message>
        <message>
            <source>Context, {count} tokens</source>
            <translation>Kontekst, {count} tok.</translation>
        </message>
        <message>
            <source>Conversation</source>
            <translation>Rozmowa</translation>
        </message>
        <message>
            <source>Convert</source>
            <translation>Konwertuj</translation>
        </message>
        <message>
            <source>Convert a folder …</source>
            <translation>Konwertuj folder …</translation>
        </message>
        <message>
            <source>Convert it to a GGUF adapter first.</source>
            <translation>Najpierw przekonwertuj go na adapter GGUF.</translation>
        </message>
        <message>
            <source>Convert to GGUF …</source>
            <translation>Konwertuj do GGUF …</translation>
        </message>
        <message>
            <source>Convert {name}</source>
            <translation>Konwertuj {name}</translation>
        </message>
        <message>
            <source>Convert {name} to GGUF</source>
            <translation>Konwertuj {name} do GGUF</translation>
        </message>
        <message>
            <source>Converting {name} to {type}</source>
            <translation>Konwersja {name} do {type}</translation>
        </message>
        <message>
            <source>Converting {share}</source>
            <translation>Konwersja {share}</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Skopiowano</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopiuj</translation>
        </message>
        <message>
            <source>Copy and export</source>
            <translation>Kopiuj i eksportuj</translation>
        </message>
        <message>
            <source>Copy answer</source>
            <translation>Kopiuj odpowiedź</translation>
        </message>
        <message>
            <source>Copy as JSON</source>
            <translation>Kopiuj jako JSON</translation>
        </message>
        <message>
            <source>Copy as Markdown</source>
            <translation>Kopiuj jako Markdown</translation>
        </message>
        <message>
            <source>Copy as plain text</source>
            <translation>Kopiuj jako zwykły tekst</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Kopiuj szczegóły</translation>
        </message>
        <message>
            <source>Copy link address</source>
            <translation>Kopiuj adres linku</translation>
        </message>
        <message>
            <source>Copy message</source>
            <translation>Kopiuj wiadomość</translation>
        </message>
        <message>
            <source>Copy the address</source>
            <translation>Kopiuj adres</translation>
        </message>
        <message>
            <source>Copy the command</source>
            <translation>Kopiuj polecenie</translation>
        </message>
        <message>
            <source>Copy the details</source>
            <translation>Kopiuj szczegóły</translation>
        </message>
        <message>
            <source>Copy the path</source>
            <translation>Kopiuj ścieżkę</translation>
        </message>
        <message>
            <source>Copy the rows that are shown</source>
            <translation>Kopiuj pokazane wiersze</translation>
        </message>
        <message>
            <source>Copy the token</source>
            <translation>Kopiuj token</translation>
        </message>
        <message>
            <source>Copy this code</source>
            <translation>Kopiuj ten kod</translation>
        </message>
        <message>
            <source>Copy this round as Markdown</source>
            <translation>Kopiuj tę rundę jako Markdown</translation>
        </message>
        <message>
            <source>Copy to change it</source>
            <translation>Kopiuj i zmień</translation>
        </message>
        <message>
            <source>Copy {name}</source>
            <translation>Kopiuj: {name}</translation>
        </message>
        <message>
            <source>Copying {name}</source>
            <translation>Kopiowanie {name}</translation>
        </message>
        <message>
            <source>Correct it and try again. CONTRIBUTING describes the format.</source>
            <translation>Popraw plik i spróbuj ponownie. Format opisuje CONTRIBUTING.</translation>
        </message>
        <message>
            <source>Correct it in the settings of the answer, or ask for plain text.</source>
            <translation>Popraw go w ustawieniach odpowiedzi albo zażądaj zwykłego tekstu.</translation>
        </message>
        <message>
            <source>Correct it or make it simpler, or leave the model free to call or not.</source>
            <translation>Popraw go albo uprość, albo pozwól modelowi samemu decydować, czy coś wywoła.</translation>
        </message>
        <message>
            <source>Correct it, or choose another form for the answer.</source>
            <translation>Popraw go albo wybierz inną postać odpowiedzi.</translation>
        </message>
        <message>
            <source>Correct it, or choose another form for the answer. Its first rule must be called root.</source>
            <translation>Popraw ją albo wybierz inną postać odpowiedzi. Pierwsza reguła musi nazywać się root.</translation>
        </message>
        <message>
            <source>Creative</source>
            <translation>Kreatywne</translation>
        </message>
        <message>
            <source>Ctrl Enter</source>
            <translation>Ctrl Enter</translation>
        </message>
        <message>
            <source>Ctrl+C ends it.</source>
            <translation>Ctrl+C go kończy.</translation>
        </message>
        <message>
            <source>Custom</source>
            <translation>Własne</translation>
        </message>
        <message>
            <source>Cut it into shorter texts.</source>
            <translation>Podziel go na krótsze teksty.</translation>
        </message>
        <message>
            <source>Czech</source>
            <translation>Czeski</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Ciemny</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Dane</translation>
        </message>
        <message>
            <source>Database</source>
            <translation>Baza danych</translation>
        </message>
        <message>
            <source>Default</source>
            <translation>Domyślnie</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Usuń</translation>
        </message>
        <message>
            <source>Delete all chats</source>
            <translation>Usuń wszystkie rozmowy</translation>
        </message>
        <message>
            <source>Delete it and download it again.</source>
            <translation>Usuń go i pobierz ponownie.</translation>
        </message>
        <message>
            <source>Delete it?</source>
            <translation>Usunąć?</translation>
        </message>
        <message>
            <source>Delete the file</source>
            <translation>Usuń plik</translation>
        </message>
        <message>
            <source>Delete this comparison</source>
            <translation>Usuń to porównanie</translation>
        </message>
        <message>
            <source>Delete this run</source>
            <translation>Usuń ten przebieg</translation>
        </message>
        <message>
            <source>Delete {name}?</source>
            <translation>Usunąć {name}?</translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} chats</source>
            <translation>
                <numerusform>Usuń {n} rozmowę</numerusform>
                <numerusform>Usuń {n} rozmowy</numerusform>
                <numerusform>Usuń {n} rozmów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} chats?</source>
            <translation>
                <numerusform>Usunąć {n} rozmowę?</numerusform>
                <numerusform>Usunąć {n} rozmowy?</numerusform>
                <numerusform>Usunąć {n} rozmów?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} models …</source>
            <translation>
                <numerusform>Usuń {n} model …</numerusform>
                <numerusform>Usuń {n} modele …</numerusform>
                <numerusform>Usuń {n} modeli …</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} models?</source>
            <translation>
                <numerusform>Usunąć {n} model?</numerusform>
                <numerusform>Usunąć {n} modele?</numerusform>
                <numerusform>Usunąć {n} modeli?</numerusform>
            </translation>
        </message>
        <message>
            <source>Delete “{name}”</source>
            <translation>Usuń „{name}”</translation>
        </message>
        <message>
            <source>Delete “{title}”?</source>
            <translation>Usunąć „{title}”?</translation>
        </message>
        <message>
            <source>Delete …</source>
            <translation>Usuń …</translation>
        </message>
        <message>
            <source>Delete: first it is said what that frees</source>
            <translation>Usuń: najpierw zobaczysz, ile to zwolni</translation>
        </message>
        <message>
            <source>Deleted once measured.</source>
            <translation>Usuwane po zmierzeniu.</translation>
        </message>
        <message>
            <source>Deleted the message and what followed it</source>
            <translation>Usunięto wiadomość i to, co było po niej</translation>
        </message>
        <message>
            <source>Deleted the preset “{name}”</source>
            <translation>Usunięto zestaw ustawień „{name}”</translation>
        </message>
        <message numerus="yes">
            <source>Deleted {n} chats</source>
            <translation>
                <numerusform>Usunięto {n} rozmowę</numerusform>
                <numerusform>Usunięto {n} rozmowy</numerusform>
                <numerusform>Usunięto {n} rozmów</numerusform>
            </translation>
        </message>
        <message>
            <source>Deleted “{title}”</source>
            <translation>Usunięto „{title}”</translation>
        </message>
        <message>
            <source>Deleted; {size} freed.</source>
            <translation>Usunięto; zwolniono {size}.</translation>
        </message>
        <message>
            <source>Deleting cannot be undone.</source>
            <translation>Usunięcia nie można cofnąć.</translation>
        </message>
        <message>
            <source>Deleting the file frees {size}</source>
            <translation>Usunięcie pliku zwolni {size}</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Szczegóły</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Urządzenie</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Urządzenia</translation>
        </message>
        <message>
            <source>Did you mean {names}?</source>
            <translation>Chodziło o {names}?</translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Różnice</translation>
        </message>
        <message>
            <source>Differs from that of {base}</source>
            <translation>Różni się od szablonu {base}</translation>
        </message>
        <message>
            <source>Discard changes</source>
            <translation>Odrzuć zmiany</translation>
        </message>
        <message>
            <source>Discover</source>
            <translation>Odkrywaj</translation>
        </message>
        <message>
            <source>Discover searches Hugging Face and Ollama. What is on this disk is listed in the Library.</source>
            <translation>Odkrywaj przeszukuje Hugging Face i Ollamę. To, co jest na tym dysku, znajdziesz w Bibliotece.</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>Dysk</translation>
        </message>
        <message>
            <source>Do not use this repository unless you know who made it.</source>
            <translation>Nie używaj tego repozytorium, jeśli nie wiesz, kto je utworzył.</translation>
        </message>
        <message>
            <source>DoRA (use_dora) has no form in GGUF</source>
            <translation>DoRA (use_dora) nie da się zapisać w GGUF</translation>
        </message>
        <message>
            <source>Does not contain</source>
            <translation>Nie zawiera</translation>
        </message>
        <message>
            <source>Does not match the pattern</source>
            <translation>Nie pasuje do wzorca</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Gotowe</translation>
        </message>
        <message>
            <source>Down</source>
            <translation>Niżej</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Pobierz</translation>
        </message>
        <message>
            <source>Download all parts of the model again, into the same folder.</source>
            <translation>Pobierz ponownie wszystkie części modelu do tego samego folderu.</translation>
        </message>
        <message>
            <source>Download anyway  {size}</source>
            <translation>Pobierz mimo to  {size}</translation>
        </message>
        <message>
            <source>Download it again, or choose another file of this model.</source>
            <translation>Pobierz go ponownie albo wybierz inny plik tego modelu.</translation>
        </message>
        <message>
            <source>Download it again.</source>
            <translation>Pobierz go ponownie.</translation>
        </message>
        <message>
            <source>Download it first: orangery pull {model}</source>
            <translation>Najpierw go pobierz: orangery pull {model}</translation>
        </message>
        <message>
            <source>Download newer weights</source>
            <translation>Pobierz nowsze wagi</translation>
        </message>
        <message>
            <source>Download one in Discover, or drop GGUF files and folders here: they stay where they are.</source>
            <translation>Pobierz model na stronie Odkrywaj albo upuść tu pliki GGUF i foldery: zostaną na swoim miejscu.</translation>
        </message>
        <message>
            <source>Download or convert it again.</source>
            <translation>Pobierz lub przekonwertuj go ponownie.</translation>
        </message>
        <message>
            <source>Download the adapter again.</source>
            <translation>Pobierz adapter ponownie.</translation>
        </message>
        <message>
            <source>Download the missing part into the same folder.</source>
            <translation>Pobierz brakującą część do tego samego folderu.</translation>
        </message>
        <message>
            <source>Download the model again, or remove the image.</source>
            <translation>Pobierz model ponownie albo usuń obraz.</translation>
        </message>
        <message>
            <source>Download the repository again; files may be missing or damaged.</source>
            <translation>Pobierz repozytorium ponownie; plików może brakować lub mogą być uszkodzone.</translation>
        </message>
        <message>
            <source>Download the whole repository, or choose another one.</source>
            <translation>Pobierz całe repozytorium albo wybierz inne.</translation>
        </message>
        <message>
            <source>Download {label}  {size}</source>
            <translation>Pobierz {label}  {size}</translation>
        </message>
        <message>
            <source>Download {name}</source>
            <translation>Pobierz {name}</translation>
        </message>
        <message>
            <source>Downloading {name} failed in a way that should not happen.</source>
            <translation>Pobieranie {name} nie powiodło się w sposób, który nie powinien się zdarzyć.</translation>
        </message>
        <message>
            <source>Downloading {share}</source>
            <translation>Pobieranie {share}</translation>
        </message>
        <message>
            <source>Downloading, {share}</source>
            <translation>Pobieranie, {share}</translation>
        </message>
        <message>
            <source>Downloads</source>
            <translation>Pobrania</translation>
        </message>
        <message>
            <source>Downloads at once</source>
            <translation>Pobierane jednocześnie</translation>
        </message>
        <message>
            <source>Downloads, checks and moves appear here. Downloads can be paused and go on after a restart.</source>
            <translation>Tu pojawiają się pobierania, sprawdzanie i przenoszenie. Pobieranie można wstrzymać; jest wznawiane po ponownym uruchomieniu.</translation>
        </message>
        <message>
            <source>Drop GGUF files or folders to see them here</source>
            <translation>Upuść pliki GGUF lub foldery, aby je tu zobaczyć</translation>
        </message>
        <message>
            <source>Drop files to attach them</source>
            <translation>Upuść pliki, aby je załączyć</translation>
        </message>
        <message>
            <source>Drop oldest</source>
            <translation>Pomiń</translation>
        </message>
        <message>
            <source>Drop the file or its folder on the Library page first.</source>
            <translation>Najpierw upuść ten plik albo jego folder na stronie Biblioteka.</translation>
        </message>
        <message>
            <source>Dutch</source>
            <translation>Niderlandzki</translation>
        </message>
        <message>
            <source>Each can be deleted in the library, which says what is freed.</source>
            <translation>Każdy można usunąć w bibliotece, która podaje, ile miejsca się zwolni.</translation>
        </message>
        <message>
            <source>Each is deleted as soon as it was measured</source>
            <translation>Każdy jest usuwany zaraz po zmierzeniu</translation>
        </message>
        <message>
            <source>Each model is loaded once and answers every prompt. Pausing and a restart lose nothing.</source>
            <translation>Każdy model jest wczytywany raz i odpowiada na wszystkie zapytania. Po wstrzymaniu i ponownym uruchomieniu nic nie przepada.</translation>
        </message>
        <message>
            <source>Each time a model is loaded, what was predicted and what was measured is written down here. The predictions learn from it.</source>
            <translation>Przy każdym wczytaniu modelu zapisuje się tu to, co przewidziano, i to, co zmierzono. Prognozy uczą się z tego.</translation>
        </message>
        <message>
            <source>Earlier rounds</source>
            <translation>Wcześniejsze rundy</translation>
        </message>
        <message>
            <source>Edit and send again</source>
            <translation>Edytuj i wyślij ponownie</translation>
        </message>
        <message>
            <source>Edit answer</source>
            <translation>Edytuj odpowiedź</translation>
        </message>
        <message>
            <source>Edit message</source>
            <translation>Edytuj wiadomość</translation>
        </message>
        <message>
            <source>Edited answer of {model}</source>
            <translation>Edytowana odpowiedź: {model}</translation>
        </message>
        <message>
            <source>Embedding</source>
            <translation>Embedding</translation>
        </message>
        <message>
            <source>End it here. What was measured stays, and the run can go on from the history.</source>
            <translation>Zakończ tutaj. To, co zmierzono, zostaje, a przebieg można wznowić z historii.</translation>
        </message>
        <message>
            <source>Ends with</source>
            <translation>Kończy się na</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Silnik</translation>
        </message>
        <message>
            <source>Engine dry run: {size}</source>
            <translation>Próba silnika na sucho: {size}</translation>
        </message>
        <message>
            <source>English</source>
            <translation>Angielski</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Enter a number such as 0.5.</source>
            <translation>Wpisz liczbę, na przykład 0.5.</translation>
        </message>
        <message>
            <source>Enter it as http://host:port, or as https://host/v1.</source>
            <translation>Podaj go jako http://host:port lub https://host/v1.</translation>
        </message>
        <message>
            <source>Enter it in Settings › Connections.</source>
            <translation>Podaj go w Ustawienia › Połączenia.</translation>
        </message>
        <message>
            <source>Equal files share their bytes now.</source>
            <translation>Identyczne pliki mają teraz wspólne dane.</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>Błąd</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Estimated from the file size; opening the model's page makes it exact.</source>
            <translation>Oszacowane z rozmiaru pliku; dokładna wartość po otwarciu strony modelu.</translation>
        </message>
        <message>
            <source>Estimated from the length; counted once the model is loaded.</source>
            <translation>Oszacowane z długości; dokładna liczba po wczytaniu modelu.</translation>
        </message>
        <message>
            <source>Estimated from the size and the first 64 KB of the file.</source>
            <translation>Oszacowano z rozmiaru i pierwszych 64 KB pliku.</translation>
        </message>
        <message>
            <source>Every fit pill in Orangery then shows what would fit with another machine.</source>
            <translation>Dopasowanie w całym Orangery pokazuje wtedy, co zmieściłoby się na innym komputerze.</translation>
        </message>
        <message>
            <source>Every program on this computer, whoever runs it, can use your models while the server is on.</source>
            <translation>Każdy program na tym komputerze, niezależnie od tego, kto go uruchomił, może używać twoich modeli, dopóki serwer jest włączony.</translation>
        </message>
        <message>
            <source>Every prompt needs a name.</source>
            <translation>Każde zapytanie musi mieć nazwę.</translation>
        </message>
        <message>
            <source>Every request</source>
            <translation>Wszystkie żądania</translation>
        </message>
        <message>
            <source>Every run stays here with what the machine was doing.</source>
            <translation>Zostaje tu każdy przebieg i to, co robił wtedy komputer.</translation>
        </message>
        <message>
            <source>Everyday</source>
            <translation>Na co dzień</translation>
        </message>
        <message>
            <source>Everyday questions, writing and code; can think before it answers.</source>
            <translation>Codzienne pytania, pisanie i kod; umie pomyśleć, zanim odpowie.</translation>
        </message>
        <message>
            <source>Everything as you wanted it.</source>
            <translation>Wszystko tak, jak chcesz.</translation>
        </message>
        <message>
            <source>Everything found so far is too big for this machine.</source>
            <translation>Wszystko, co dotąd znaleziono, jest za duże dla tego komputera.</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>Wszędzie</translation>
        </message>
        <message>
            <source>Exactly equal</source>
            <translation>Dokładnie równa</translation>
        </message>
        <message>
            <source>Expected SHA-256: {expected}
Found: {found}</source>
            <translation>Oczekiwane SHA-256: {expected}
Znalezione: {found}</translation>
        </message>
        <message>
            <source>Expected: {words}.</source>
            <translation>Prognoza: {words}.</translation>
        </message>
        <message>
            <source>Experts in four bits, the rest in eight; for mixture-of-experts models</source>
            <translation>Eksperci w czterech bitach, reszta w ośmiu; dla mieszanek ekspertów</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Eksport</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Eksportuj CSV</translation>
        </message>
        <message>
            <source>Export all chats</source>
            <translation>Eksportuj wszystkie rozmowy</translation>
        </message>
        <message>
            <source>Export as CSV …</source>
            <translation>Eksportuj jako CSV …</translation>
        </message>
        <message>
            <source>Export as JSON …</source>
            <translation>Eksportuj jako JSON …</translation>
        </message>
        <message>
            <source>Export as JSONL …</source>
            <translation>Eksportuj jako JSONL …</translation>
        </message>
        <message>
            <source>Export as Markdown …</source>
            <translation>Eksportuj jako Markdown …</translation>
        </message>
        <message>
            <source>Export as a table (CSV) …</source>
            <translation>Eksportuj jako tabelę (CSV) …</translation>
        </message>
        <message>
            <source>Export leaderboard</source>
            <translation>Eksport rankingu</translation>
        </message>
        <message>
            <source>Export leaderboard …</source>
            <translation>Eksportuj ranking …</translation>
        </message>
        <message>
            <source>Export presets</source>
            <translation>Eksport zestawów ustawień</translation>
        </message>
        <message>
            <source>Export presets …</source>
            <translation>Eksportuj zestawy …</translation>
        </message>
        <message>
            <source>Export results</source>
            <translation>Eksport wyników</translation>
        </message>
        <message>
            <source>Export the suite</source>
            <translation>Eksport zestawu</translation>
        </message>
        <message>
            <source>Export them one after the other, or choose .json or .md.</source>
            <translation>Eksportuj je po kolei albo wybierz .json lub .md.</translation>
        </message>
        <message>
            <source>Export this chat</source>
            <translation>Eksportuj tę rozmowę</translation>
        </message>
        <message>
            <source>Export votes</source>
            <translation>Eksport głosów</translation>
        </message>
        <message>
            <source>Export votes …</source>
            <translation>Eksportuj głosy …</translation>
        </message>
        <message>
            <source>Exported to {name}</source>
            <translation>Wyeksportowano do {name}</translation>
        </message>
        <message numerus="yes">
            <source>Exported {n} chats to {name}</source>
            <translation>
                <numerusform>Wyeksportowano {n} rozmowę do {name}</numerusform>
                <numerusform>Wyeksportowano {n} rozmowy do {name}</numerusform>
                <numerusform>Wyeksportowano {n} rozmów do {name}</numerusform>
            </translation>
        </message>
        <message>
            <source>F16 is exact. Q8_0 halves the context's memory, Q4_0 quarters it and may cost quality.</source>
            <translation>F16 jest dokładne. Q8_0 zmniejsza pamięć kontekstu do połowy, Q4_0 do jednej czwartej, co może obniżyć jakość.</translation>
        </message>
        <message>
            <source>F16: half precision, the usual choice</source>
            <translation>F16: połowa precyzji, zwykły wybór</translation>
        </message>
        <message>
            <source>F32: twice the size, every bit is kept</source>
            <translation>F32: dwa razy większy, każdy bit zachowany</translation>
        </message>
        <message>
            <source>FA off</source>
            <translation>FA wył.</translation>
        </message>
        <message>
            <source>FA on</source>
            <translation>FA wł.</translation>
        </message>
        <message>
            <source>Facts</source>
            <translation>Fakty</translation>
        </message>
        <message>
            <source>Faders</source>
            <translation>Suwaki</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Nieudane</translation>
        </message>
        <message>
            <source>Faster settings were tried and did not work on this machine: {list}</source>
            <translation>Wypróbowano szybsze ustawienia, ale nie zadziałały na tym komputerze: {list}</translation>
        </message>
        <message>
            <source>Fetch again</source>
            <translation>Pobierz ponownie</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Plik</translation>
        </message>
        <message>
            <source>File changed</source>
            <translation>Plik zmieniony</translation>
        </message>
        <message>
            <source>File size</source>
            <translation>Rozmiar pliku</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Pliki</translation>
        </message>
        <message>
            <source>Files of this kind</source>
            <translation>Pliki tego rodzaju</translation>
        </message>
        <message>
            <source>Files stay where they are</source>
            <translation>Pliki zostają na swoim miejscu</translation>
        </message>
        <message>
            <source>Files with chats</source>
            <translation>Pliki z rozmowami</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filtruj</translation>
        </message>
        <message>
            <source>Find a model</source>
            <translation>Znajdź model</translation>
        </message>
        <message>
            <source>Find an adapter</source>
            <translation>Znajdź adapter</translation>
        </message>
        <message>
            <source>Find in Discover</source>
            <translation>Znajdź na stronie Odkrywaj</translation>
        </message>
        <message>
            <source>Find in the page</source>
            <translation>Znajdź na stronie</translation>
        </message>
        <message>
            <source>Find in this chat</source>
            <translation>Znajdź w tej rozmowie</translation>
        </message>
        <message>
            <source>Find in this chat (Ctrl+F)</source>
            <translation>Znajdź w tej rozmowie (Ctrl+F)</translation>
        </message>
        <message>
            <source>Find models</source>
            <translation>Znajdź modele</translation>
        </message>
        <message>
            <source>Find more models …</source>
            <translation>Znajdź więcej modeli …</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>Zakończone</translation>
        </message>
        <message>
            <source>First token</source>
            <translation>1. token</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Dopasowanie</translation>
        </message>
        <message>
            <source>Fit ledger</source>
            <translation>Dziennik dopasowania</translation>
        </message>
        <message numerus="yes">
            <source>Fit, {count} tokens</source>
            <translation>
                <numerusform>Dopasowanie, {count} tok.</numerusform>
                <numerusform>Dopasowanie, {count} tok.</numerusform>
                <numerusform>Dopasowanie, {count} tok.</numerusform>
            </translation>
        </message>
        <message>
            <source>Fits here</source>
            <translation>Mieści się tu</translation>
        </message>
        <message>
            <source>Fits in memory</source>
            <translation>Mieści się w pamięci</translation>
        </message>
        <message>
            <source>Fits on GPU</source>
            <translation>Mieści się na GPU</translation>
        </message>
        <message>
            <source>Fits, with little room left for other programs.</source>
            <translation>Mieści się, ale zostaje mało miejsca dla innych programów.</translation>
        </message>
        <message>
            <source>Flags</source>
            <translation>Flagi</translation>
        </message>
        <message>
            <source>Flash attention</source>
            <translation>Flash attention</translation>
        </message>
        <message>
            <source>Fold other uploads of one model</source>
            <translation>Zwijaj inne wydania modelu</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Folder</translation>
        </message>
        <message>
            <source>Folders</source>
            <translation>Foldery</translation>
        </message>
        <message>
            <source>Folders of the library</source>
            <translation>Foldery biblioteki</translation>
        </message>
        <message>
            <source>Folders, import and export</source>
            <translation>Foldery, import i eksport</translation>
        </message>
        <message>
            <source>For chats that do not set their own. A longer context needs more memory.</source>
            <translation>Dla rozmów bez własnego ustawienia. Dłuższy kontekst wymaga więcej pamięci.</translation>
        </message>
        <message>
            <source>For example</source>
            <translation>Na przykład</translation>
        </message>
        <message>
            <source>For many users at once on NVIDIA or AMD graphics cards. Its address is http://COMPUTER:8000.</source>
            <translation>Dla wielu użytkowników naraz, na kartach graficznych NVIDIA lub AMD. Jego adres to http://KOMPUTER:8000.</translation>
        </message>
        <message>
            <source>For models that were trained with so few bits</source>
            <translation>Dla modeli trenowanych z tak małą liczbą bitów</translation>
        </message>
        <message>
            <source>For models that were trained with three values per weight</source>
            <translation>Dla modeli trenowanych z trzema wartościami na wagę</translation>
        </message>
        <message>
            <source>For programs that can’t send one.</source>
            <translation>Dla programów, które nie mogą go wysłać.</translation>
        </message>
        <message>
            <source>For programs that speak the OpenAI interface.</source>
            <translation>Dla programów, które używają interfejsu OpenAI.</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Zapomnij</translation>
        </message>
        <message>
            <source>Forget what new chats with this model begin with</source>
            <translation>Zapomnij, od czego zaczynają nowe rozmowy z tym modelem</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Formula: {size}</source>
            <translation>Wzór: {size}</translation>
        </message>
        <message>
            <source>Four bits in the form that the model was trained for</source>
            <translation>Cztery bity w postaci, w jakiej model trenowano</translation>
        </message>
        <message>
            <source>Free now</source>
            <translation>Wolne teraz</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Zwolnij trochę miejsca i spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Free some space on its disk, then start Orangery again. Nothing was changed.</source>
            <translation>Zwolnij miejsce na jej dysku, potem uruchom Orangery ponownie. Nic nie zmieniono.</translation>
        </message>
        <message>
            <source>Free some space on the disk with {folder}, then try again.</source>
            <translation>Zwolnij miejsce na dysku z folderem {folder}, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Free some space on the disk with {folder}, then try again; what has arrived is kept.</source>
            <translation>Zwolnij miejsce na dysku z folderem {folder}, potem spróbuj ponownie; to, co już dotarło, zostaje.</translation>
        </message>
        <message>
            <source>Free some space on this disk and try again.</source>
            <translation>Zwolnij trochę miejsca na tym dysku i spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Free some space there, or choose a folder on another disk.</source>
            <translation>Zwolnij tam trochę miejsca albo wybierz folder na innym dysku.</translation>
        </message>
        <message>
            <source>Free some space, or measure with fewer tokens.</source>
            <translation>Zwolnij trochę miejsca albo mierz na mniejszej liczbie tokenów.</translation>
        </message>
        <message>
            <source>Free the memory; the next message loads it again</source>
            <translation>Zwolnij pamięć; następna wiadomość wczyta go ponownie</translation>
        </message>
        <message>
            <source>Free: {pool}</source>
            <translation>Wolne: {pool}</translation>
        </message>
        <message>
            <source>Frees nothing</source>
            <translation>Nic nie zwolni</translation>
        </message>
        <message>
            <source>Frees {size}</source>
            <translation>Zwolni {size}</translation>
        </message>
        <message>
            <source>French</source>
            <translation>Francuski</translation>
        </message>
        <message>
            <source>Friendly everyday chat on a modest computer.</source>
            <translation>Przyjazne codzienne rozmowy na skromnym komputerze.</translation>
        </message>
        <message>
            <source>From a file …</source>
            <translation>Z pliku …</translation>
        </message>
        <message>
            <source>From now on and until Orangery closes; otherwise only who asked what, and how long it took.</source>
            <translation>Od teraz do zamknięcia Orangery; w innym razie tylko kto o co pytał i ile to trwało.</translation>
        </message>
        <message>
            <source>From the bundled list, not checked with the network.</source>
            <translation>Z dołączonej listy, niesprawdzone przez sieć.</translation>
        </message>
        <message>
            <source>From your browser. Such as https://notes.example; several with spaces between.</source>
            <translation>Z przeglądarki. Na przykład https://notes.example; kilka oddziel spacjami.</translation>
        </message>
        <message>
            <source>From {file}</source>
            <translation>Z {file}</translation>
        </message>
        <message>
            <source>Full precision, for further work; twice the size of F16</source>
            <translation>Pełna precyzja, do dalszej pracy; dwa razy większy niż F16</translation>
        </message>
        <message>
            <source>Fully open model with long context, which can think before it answers.</source>
            <translation>W pełni otwarty model z długim kontekstem, umie pomyśleć, zanim odpowie.</translation>
        </message>
        <message>
            <source>Further ones wait for their turn.</source>
            <translation>Kolejne czekają na swoją kolej.</translation>
        </message>
        <message>
            <source>GGUF</source>
            <translation>GGUF</translation>
        </message>
        <message>
            <source>GGUF files</source>
            <translation>Pliki GGUF</translation>
        </message>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Gated</source>
            <translation>Dostęp</translation>
        </message>
        <message>
            <source>Gated: its owner wants to know who downloads it. Accept the terms on its page, then add an access token of your account.</source>
            <translation>Ograniczony dostęp: właściciel chce wiedzieć, kto pobiera model. Zaakceptuj warunki na stronie modelu, potem dodaj token dostępu swojego konta.</translation>
        </message>
        <message>
            <source>Gated: its owner wants to know who downloads it. Your access token is used; accept the terms on the page once if you have not yet.</source>
            <translation>Ograniczony dostęp: właściciel chce wiedzieć, kto pobiera model. Używany jest twój token dostępu; jeśli jeszcze tego nie zrobiono, zaakceptuj raz warunki na stronie.</translation>
        </message>
        <message>
            <source>German</source>
            <translation>Niemiecki</translation>
        </message>
        <message>
            <source>Get a model first; then it can be measured here in a few minutes.</source>
            <translation>Najpierw pobierz model; potem można go tu zmierzyć w kilka minut.</translation>
        </message>
        <message>
            <source>Get a token</source>
            <translation>Utwórz token</translation>
        </message>
        <message>
            <source>Get it as safetensors or as a GGUF adapter.</source>
            <translation>Pobierz go jako safetensors albo adapter GGUF.</translation>
        </message>
        <message>
            <source>Getting ready to measure …</source>
            <translation>Przygotowanie pomiaru …</translation>
        </message>
        <message>
            <source>Give --yes to go on without a question.</source>
            <translation>Podaj --yes, aby kontynuować bez pytania.</translation>
        </message>
        <message>
            <source>Give TEXT or --chats.</source>
            <translation>Podaj TEXT albo --chats.</translation>
        </message>
        <message>
            <source>Give a folder with adapter_config.json and adapter_model.safetensors.</source>
            <translation>Podaj folder z plikami adapter_config.json i adapter_model.safetensors.</translation>
        </message>
        <message>
            <source>Give a folder with config.json and safetensors files, or hf:owner/name.</source>
            <translation>Podaj folder z config.json i plikami safetensors albo hf:owner/name.</translation>
        </message>
        <message>
            <source>Give a larger --ctx, or shorten the prompt.</source>
            <translation>Podaj większe --ctx albo skróć zapytanie.</translation>
        </message>
        <message>
            <source>Give a number from 0 to {most}.</source>
            <translation>Podaj liczbę od 0 do {most}.</translation>
        </message>
        <message>
            <source>Give another type with --type, such as Q8_0, or merge into the F16 file of this model.</source>
            <translation>Podaj inny typ przez --type, na przykład Q8_0, albo scal z plikiem F16 tego modelu.</translation>
        </message>
        <message>
            <source>Give back a model’s memory</source>
            <translation>Zwalniaj pamięć modelu</translation>
        </message>
        <message>
            <source>Give each of them a name and a description of its arguments, or leave the tools out.</source>
            <translation>Podaj dla każdego nazwę i opis argumentów albo pomiń narzędzia.</translation>
        </message>
        <message>
            <source>Give one with --imatrix; orangery imatrix computes it.</source>
            <translation>Podaj ją przez --imatrix; oblicza ją orangery imatrix.</translation>
        </message>
        <message>
            <source>Go offline</source>
            <translation>Przejdź w tryb offline</translation>
        </message>
        <message>
            <source>Go offline or online</source>
            <translation>Przejdź w tryb offline lub online</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Dalej</translation>
        </message>
        <message>
            <source>Go on in a chat</source>
            <translation>Kontynuuj w rozmowie</translation>
        </message>
        <message>
            <source>Go on with this answer</source>
            <translation>Kontynuuj tę odpowiedź</translation>
        </message>
        <message>
            <source>Go online</source>
            <translation>Przejdź w tryb online</translation>
        </message>
        <message>
            <source>Go to</source>
            <translation>Przejdź</translation>
        </message>
        <message>
            <source>Go to (Ctrl K)</source>
            <translation>Przejdź (Ctrl K)</translation>
        </message>
        <message>
            <source>Go to a page, a model or a chat</source>
            <translation>Przejdź do strony, modelu lub rozmowy</translation>
        </message>
        <message>
            <source>Grammar</source>
            <translation>Gramatyka</translation>
        </message>
        <message>
            <source>Grammar (GBNF)</source>
            <translation>Gramatyka (GBNF)</translation>
        </message>
        <message>
            <source>Graphics</source>
            <translation>Grafika</translation>
        </message>
        <message>
            <source>Graphics card</source>
            <translation>Karta graficzna</translation>
        </message>
        <message>
            <source>Group by</source>
            <translation>Grupuj według</translation>
        </message>
        <message>
            <source>HF_ENDPOINT sends every request to {url}.</source>
            <translation>HF_ENDPOINT kieruje wszystkie żądania do {url}.</translation>
        </message>
        <message>
            <source>Half the size, a loss that is hard to notice; ready to chat</source>
            <translation>Pół rozmiaru, prawie bez strat; gotowy do rozmowy</translation>
        </message>
        <message>
            <source>Hard questions and code; thinks before it answers.</source>
            <translation>Trudne pytania i kod; myśli, zanim odpowie.</translation>
        </message>
        <message>
            <source>Hardly any loss, larger than usual</source>
            <translation>Prawie bez strat, większy</translation>
        </message>
        <message>
            <source>Has GGUF</source>
            <translation>Ma GGUF</translation>
        </message>
        <message>
            <source>Has no GGUF file, which is what the engine reads. Look for a quantized version of it.</source>
            <translation>Nie ma pliku GGUF, a tylko takie odczytuje silnik. Poszukaj jego kwantyzowanej wersji.</translation>
        </message>
        <message>
            <source>Has to be converted</source>
            <translation>Wymaga konwersji</translation>
        </message>
        <message>
            <source>Hear only this one (S)</source>
            <translation>Tylko ten (S)</translation>
        </message>
        <message>
            <source>Hear the base alone, or with the adapters</source>
            <translation>Sama baza albo z adapterami</translation>
        </message>
        <message>
            <source>Hear the base alone, or with the adapters (B)</source>
            <translation>Sama baza albo z adapterami (B)</translation>
        </message>
        <message>
            <source>Hear the base alone, or with the adapters (Ctrl+B)</source>
            <translation>Sama baza albo z adapterami (Ctrl+B)</translation>
        </message>
        <message>
            <source>Hear the base alone, or with the adapters ({keys})</source>
            <translation>Sama baza albo z adapterami ({keys})</translation>
        </message>
        <message>
            <source>Hide the names and shuffle the columns until you voted (Ctrl+Shift+B)</source>
            <translation>Ukryj nazwy i potasuj kolumny, dopóki nie zagłosujesz (Ctrl+Shift+B)</translation>
        </message>
        <message>
            <source>Hide what is known to be too big for this machine</source>
            <translation>Ukryj to, co na pewno jest za duże na ten komputer</translation>
        </message>
        <message>
            <source>Higher is more varied; 0 always takes the likeliest token.</source>
            <translation>Wyższa daje większą różnorodność; 0 zawsze wybiera najbardziej prawdopodobny token.</translation>
        </message>
        <message>
            <source>Hindi</source>
            <translation>Hindi</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Historia</translation>
        </message>
        <message>
            <source>Host</source>
            <translation>Host</translation>
        </message>
        <message>
            <source>Hosts</source>
            <translation>Hosty</translation>
        </message>
        <message>
            <source>How far it may be off</source>
            <translation>Dopuszczalna odchyłka</translation>
        </message>
        <message>
            <source>How fast are models on this machine?</source>
            <translation>Jak szybkie są modele na tym komputerze?</translation>
        </message>
        <message>
            <source>How it was asked</source>
            <translation>Jak zapytano</translation>
        </message>
        <message>
            <source>How much of the text</source>
            <translation>Ile tekstu</translation>
        </message>
        <message>
            <source>How often the most likely next token is that of the original</source>
            <translation>Jak często najbardziej prawdopodobny następny token jest taki jak w oryginale</translation>
        </message>
        <message>
            <source>How strong should it be?</source>
            <translation>Jak silny ma być?</translation>
        </message>
        <message>
            <source>How surprised the model is by the text; compare it with that of the original only</source>
            <translation>Jak bardzo tekst zaskakuje model; porównuj tylko z wartością oryginału</translation>
        </message>
        <message>
            <source>How the model should behave. Empty for its own way.</source>
            <translation>Jak model ma się zachowywać. Puste: po swojemu.</translation>
        </message>
        <message>
            <source>How to connect</source>
            <translation>Jak się połączyć</translation>
        </message>
        <message>
            <source>Hugging Face</source>
            <translation>Hugging Face</translation>
        </message>
        <message>
            <source>Hugging Face cache</source>
            <translation>Pamięć podręczna Hugging Face</translation>
        </message>
        <message>
            <source>Hugging Face does not accept the access token.</source>
            <translation>Hugging Face nie przyjmuje tokenu dostępu.</translation>
        </message>
        <message>
            <source>Hugging Face does not let you read {repo}.</source>
            <translation>Hugging Face nie pozwala odczytać {repo}.</translation>
        </message>
        <message>
            <source>Hugging Face has had too many requests from this connection.</source>
            <translation>Hugging Face dostał zbyt wiele żądań z tego połączenia.</translation>
        </message>
        <message>
            <source>Hugging Face has trouble of its own right now (error {status}).</source>
            <translation>Hugging Face ma teraz własne kłopoty (błąd {status}).</translation>
        </message>
        <message>
            <source>Hugging Face refused the request for {repo} (error {status}).</source>
            <translation>Hugging Face odrzucił żądanie ({repo}, błąd {status}).</translation>
        </message>
        <message>
            <source>Hugging Face's router</source>
            <translation>Router Hugging Face</translation>
        </message>
        <message>
            <source>I know; quantize it again</source>
            <translation>Wiem; kwantuj ponownie</translation>
        </message>
        <message>
            <source>If this network asks you to sign in, open a browser and do that first, then try again.</source>
            <translation>Jeśli ta sieć wymaga logowania, najpierw zaloguj się w przeglądarce, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Obraz</translation>
        </message>
        <message>
            <source>Image: {alt}</source>
            <translation>Obraz: {alt}</translation>
        </message>
        <message>
            <source>Import GGUF files</source>
            <translation>Importuj pliki GGUF</translation>
        </message>
        <message>
            <source>Import GGUF files …</source>
            <translation>Importuj pliki GGUF …</translation>
        </message>
        <message>
            <source>Import a suite</source>
            <translation>Import zestawu</translation>
        </message>
        <message>
            <source>Import a suite (CSV or JSONL)</source>
            <translation>Importuj zestaw (CSV lub JSONL)</translation>
        </message>
        <message>
            <source>Import chats</source>
            <translation>Import rozmów</translation>
        </message>
        <message>
            <source>Import chats …</source>
            <translation>Importuj rozmowy …</translation>
        </message>
        <message>
            <source>Import llama-bench JSON</source>
            <translation>Import JSON z llama-bench</translation>
        </message>
        <message>
            <source>Import llama-bench JSON …</source>
            <translation>Importuj JSON z llama-bench …</translation>
        </message>
        <message>
            <source>Import presets</source>
            <translation>Import zestawów ustawień</translation>
        </message>
        <message>
            <source>Import presets …</source>
            <translation>Importuj zestawy …</translation>
        </message>
        <message>
            <source>Import votes</source>
            <translation>Import głosów</translation>
        </message>
        <message>
            <source>Import votes …</source>
            <translation>Importuj głosy …</translation>
        </message>
        <message>
            <source>Importance matrix</source>
            <translation>Macierz ważności</translation>
        </message>
        <message>
            <source>Importance matrix from</source>
            <translation>Źródło macierzy ważności</translation>
        </message>
        <message>
            <source>Importance matrix of {name}</source>
            <translation>Macierz ważności: {name}</translation>
        </message>
        <message>
            <source>Importance matrix, or a text to compute one from</source>
            <translation>Macierz ważności albo tekst, z którego można ją obliczyć</translation>
        </message>
        <message>
            <source>Imported run</source>
            <translation>Zaimportowany przebieg</translation>
        </message>
        <message numerus="yes">
            <source>Imported {n} chats</source>
            <translation>
                <numerusform>Zaimportowano {n} rozmowę</numerusform>
                <numerusform>Zaimportowano {n} rozmowy</numerusform>
                <numerusform>Zaimportowano {n} rozmów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Imported {n} presets</source>
            <translation>
                <numerusform>Zaimportowano {n} zestaw ustawień</numerusform>
                <numerusform>Zaimportowano {n} zestawy ustawień</numerusform>
                <numerusform>Zaimportowano {n} zestawów ustawień</numerusform>
            </translation>
        </message>
        <message>
            <source>In the folder it gets the layout owner/name/file that LM Studio and others read.</source>
            <translation>W folderze dostanie układ autor/nazwa/plik, który odczytują LM Studio i inne programy.</translation>
        </message>
        <message>
            <source>In the folder of Orangery: python3 -m pip install -e '.[serve]'</source>
            <translation>W folderze Orangery: python3 -m pip install -e '.[serve]'</translation>
        </message>
        <message>
            <source>Install Orangery again with its requirements.</source>
            <translation>Zainstaluj Orangery ponownie wraz z wymaganymi pakietami.</translation>
        </message>
        <message>
            <source>Install Orangery again.</source>
            <translation>Zainstaluj Orangery ponownie.</translation>
        </message>
        <message>
            <source>Install another build of the engine for this processor, or update the graphics driver.</source>
            <translation>Zainstaluj inną kompilację silnika dla tego procesora albo zaktualizuj sterownik karty graficznej.</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>Przerwano</translation>
        </message>
        <message>
            <source>Interrupted: the app or the model stopped before the answer was finished.</source>
            <translation>Przerwano: program lub model zatrzymał się przed końcem odpowiedzi.</translation>
        </message>
        <message>
            <source>Into Ollama's own folder, so that Ollama lists them too.</source>
            <translation>Do folderu Ollamy, dzięki czemu Ollama też je widzi.</translation>
        </message>
        <message>
            <source>Into Orangery's own folder, because Ollama's cannot be written and no Ollama runs.</source>
            <translation>Do własnego folderu Orangery, bo w folderze Ollamy nie można zapisywać, a Ollama nie działa.</translation>
        </message>
        <message>
            <source>Is JSON</source>
            <translation>To JSON</translation>
        </message>
        <message>
            <source>It answers, {models}.</source>
            <translation>Odpowiada, {models}.</translation>
        </message>
        <message>
            <source>It belongs to Ollama: it will be gone there, too, until you pull it again.</source>
            <translation>Należy do Ollamy: tam też zniknie, dopóki nie pobierzesz go ponownie.</translation>
        </message>
        <message>
            <source>It can be chosen wherever a model can: in Chat, Compare, Bench and by the local server.</source>
            <translation>Można go wybrać wszędzie tam, gdzie model: na stronach Rozmowa, Porównaj i Testy oraz w lokalnym serwerze.</translation>
        </message>
        <message>
            <source>It can't be read.</source>
            <translation>Nie można go odczytać.</translation>
        </message>
        <message>
            <source>It could reach outside the model folder, so nothing was downloaded.</source>
            <translation>Mogłaby sięgać poza folder modelu, więc nic nie pobrano.</translation>
        </message>
        <message>
            <source>It does not fit on the GPU. Part of it will run on the processor, which is slower.</source>
            <translation>Nie mieści się na GPU. Część będzie działać na procesorze, a to wolniej.</translation>
        </message>
        <message>
            <source>It does not fit this model.</source>
            <translation>Nie pasuje do tego modelu.</translation>
        </message>
        <message>
            <source>It does not read text by itself.</source>
            <translation>Sam nie odczytuje tekstu.</translation>
        </message>
        <message>
            <source>It has another vocabulary. Choose a file that was made from the same original.</source>
            <translation>Ma inny słownik. Wybierz plik utworzony z tego samego oryginału.</translation>
        </message>
        <message>
            <source>It has no adapter tensors.</source>
            <translation>Nie ma w nim tensorów adaptera.</translation>
        </message>
        <message>
            <source>It has: {names}.</source>
            <translation>Dostępne: {names}.</translation>
        </message>
        <message>
            <source>It is a Git LFS pointer, not the model itself. Download the file that it points to.</source>
            <translation>To wskaźnik Git LFS, a nie sam model. Pobierz plik, na który wskazuje.</translation>
        </message>
        <message>
            <source>It is a PyTorch file, which can run programs when opened. Look for a GGUF of this model.</source>
            <translation>To plik PyTorch, który przy otwieraniu może uruchamiać programy. Poszukaj tego modelu w formacie GGUF.</translation>
        </message>
        <message>
            <source>It is a safetensors file. Look for a GGUF of this model.</source>
            <translation>To plik safetensors. Poszukaj tego modelu w formacie GGUF.</translation>
        </message>
        <message>
            <source>It is a web page, which the server or the network sent in place of the file. Download it again.</source>
            <translation>To strona WWW, którą serwer lub sieć przysłały zamiast pliku. Pobierz go ponownie.</translation>
        </message>
        <message>
            <source>It is about {name} over {model}. Its answers are shown when you select these.</source>
            <translation>Dotyczy {name} na {model}. Jego odpowiedzi zobaczysz po ich wybraniu.</translation>
        </message>
        <message>
            <source>It is copied, the copy is verified, then the library switches to it, and only then the old file is removed. Interrupted anywhere, the old place still works.</source>
            <translation>Plik jest kopiowany, kopia sprawdzana, potem biblioteka przechodzi na nią i dopiero wtedy znika stary plik. Po przerwaniu w dowolnej chwili stare miejsce nadal działa.</translation>
        </message>
        <message>
            <source>It is in the older GGML format, which nothing reads any more. Look for a GGUF of this model.</source>
            <translation>To starszy format GGML, którego nic już nie odczytuje. Poszukaj tego modelu w formacie GGUF.</translation>
        </message>
        <message>
            <source>It is kept as {path}.</source>
            <translation>Zachowano go jako {path}.</translation>
        </message>
        <message numerus="yes">
            <source>It is larger than {n} MB.</source>
            <translation>
                <numerusform>Jest większy niż {n} MB.</numerusform>
                <numerusform>Jest większy niż {n} MB.</numerusform>
                <numerusform>Jest większy niż {n} MB.</numerusform>
            </translation>
        </message>
        <message>
            <source>It is neither text nor a picture (PNG, JPEG, WebP or GIF).</source>
            <translation>To ani tekst, ani obraz (PNG, JPEG, WebP lub GIF).</translation>
        </message>
        <message>
            <source>It is not known which model this one was made from, or that has no template.</source>
            <translation>Nie wiadomo, z jakiego modelu powstał ten, albo tamten nie ma szablonu.</translation>
        </message>
        <message>
            <source>It is offered as GGUF and can be used as soon as it is here.</source>
            <translation>Dostępny jako GGUF, do użycia zaraz po pobraniu.</translation>
        </message>
        <message>
            <source>It is offered as PEFT, which has to be converted once it is here. One press does that.</source>
            <translation>Dostępny jako PEFT, więc po pobraniu wymaga konwersji. Wystarczy jedno naciśnięcie.</translation>
        </message>
        <message>
            <source>It is on this disk now: see the list at the left.</source>
            <translation>Jest już na tym dysku: zobacz listę po lewej.</translation>
        </message>
        <message>
            <source>It is part of Orangery.</source>
            <translation>To część Orangery.</translation>
        </message>
        <message>
            <source>It keeps the system prompt and how answers are chosen.</source>
            <translation>Zachowuje instrukcję systemową i ustawienia próbkowania.</translation>
        </message>
        <message>
            <source>It lies in {whose}.</source>
            <translation>Miejsce: {whose}.</translation>
        </message>
        <message>
            <source>It lies in {whose}; that program will not find it any more.</source>
            <translation>Miejsce: {whose}; tamten program już go nie znajdzie.</translation>
        </message>
        <message>
            <source>It listens to others only when it is told to. Its address is http://COMPUTER:11434.</source>
            <translation>Z innych komputerów jest dostępna tylko wtedy, gdy tak ją uruchomisz. Jej adres to http://KOMPUTER:11434.</translation>
        </message>
        <message>
            <source>It may be another kind of server than {kind}. Check the address.</source>
            <translation>To może być serwer innego rodzaju niż {kind}. Sprawdź adres.</translation>
        </message>
        <message>
            <source>It may be made for another model. {hint}</source>
            <translation>Może być zrobiony dla innego modelu. {hint}</translation>
        </message>
        <message>
            <source>It may be private or gone. If you may read it: add an access token in Settings → Connections, or set HF_TOKEN.</source>
            <translation>Może być prywatne albo już go nie ma. Jeśli masz dostęp: dodaj token dostępu w Ustawienia → Połączenia albo ustaw HF_TOKEN.</translation>
        </message>
        <message>
            <source>It may be private, or a proxy in between refuses it. Look for another model.</source>
            <translation>Może być prywatny albo odrzuca go pośredniczące proxy. Poszukaj innego modelu.</translation>
        </message>
        <message>
            <source>It may have run out of memory, or a file changed meanwhile. All files are untouched.</source>
            <translation>Mogło zabraknąć pamięci albo plik się tymczasem zmienił. Wszystkie pliki są nietknięte.</translation>
        </message>
        <message>
            <source>It may have run out of memory, or the file changed meanwhile. The original is untouched.</source>
            <translation>Mogło mu zabraknąć pamięci albo plik w międzyczasie się zmienił. Oryginał jest nietknięty.</translation>
        </message>
        <message>
            <source>It may never have been trained, or be meant for another model. {hint}</source>
            <translation>Może nigdy nie był trenowany albo jest dla innego modelu. {hint}</translation>
        </message>
        <message>
            <source>It needs more memory than is free now.</source>
            <translation>Potrzebuje więcej pamięci, niż jest teraz wolne.</translation>
        </message>
        <message>
            <source>It needs {need} of memory, more than there is: {free}.</source>
            <translation>Potrzebuje {need} pamięci, a jest tylko {free}.</translation>
        </message>
        <message>
            <source>It needs {need} of the {free} that are free. Other programs may become slow.</source>
            <translation>Potrzeba {need} z wolnych {free}. Inne programy mogą zwolnić.</translation>
        </message>
        <message>
            <source>It needs {need}, but only {free} are free. The system would have to swap, which makes everything very slow, or end the engine.</source>
            <translation>Potrzeba {need}, a wolne jest tylko {free}. System musiałby sięgnąć po pamięć wymiany, co bardzo wszystko spowalnia, albo zakończyć silnik.</translation>
        </message>
        <message>
            <source>It needs {size} MB for a few seconds in {path}.</source>
            <translation>Na kilka sekund potrzeba {size} MB w {path}.</translation>
        </message>
        <message>
            <source>It runs alone: {need} of {room}.</source>
            <translation>Działa sam: {need} z {room}.</translation>
        </message>
        <message>
            <source>It runs on another processor now: {now} instead of {before}.</source>
            <translation>Działa teraz na innym procesorze: {now} zamiast {before}.</translation>
        </message>
        <message>
            <source>It runs on this computer. Nothing you write leaves it.</source>
            <translation>Działa na tym komputerze. Nic, co napiszesz, go nie opuszcza.</translation>
        </message>
        <message>
            <source>It took {size} of memory.</source>
            <translation>Zajął {size} pamięci.</translation>
        </message>
        <message>
            <source>It was made by a newer program. Look for an update of Orangery.</source>
            <translation>Utworzył go nowszy program. Poszukaj aktualizacji Orangery.</translation>
        </message>
        <message>
            <source>It was made by a very old program. Look for a newer file of this model.</source>
            <translation>Utworzył go bardzo stary program. Poszukaj nowszego pliku tego modelu.</translation>
        </message>
        <message>
            <source>It was not kept what this answer depended on, so it can't be repeated.</source>
            <translation>Nie zachowano, od czego zależała ta odpowiedź, więc nie da się jej powtórzyć.</translation>
        </message>
        <message>
            <source>It was removed. The disk may be full or failing; the original is untouched.</source>
            <translation>Został usunięty. Dysk może być pełny lub się psuć; oryginał jest nietknięty.</translation>
        </message>
        <message>
            <source>Italian</source>
            <translation>Włoski</translation>
        </message>
        <message>
            <source>Its content in Ollama's store is not whole.</source>
            <translation>Jego zawartość w magazynie Ollamy jest niekompletna.</translation>
        </message>
        <message>
            <source>Its file is not there any more. Remove it, or put it back.</source>
            <translation>Jego pliku już nie ma. Usuń go stąd albo przywróć plik.</translation>
        </message>
        <message>
            <source>Its files appear here, with what each of them needs on this machine.</source>
            <translation>Tu pojawiają się jego pliki i to, czego każdy z nich potrzebuje na tym komputerze.</translation>
        </message>
        <message>
            <source>Its key is removed, too. Chats with its models stay.</source>
            <translation>Zniknie też jego klucz. Rozmowy z jego modelami zostają.</translation>
        </message>
        <message>
            <source>Its layout has probably changed. A model can still be had by its name: type name:tag, such as llama3.2:3b.</source>
            <translation>Pewnie zmienił się jej układ. Model nadal można pobrać po nazwie: wpisz name:tag, np. llama3.2:3b.</translation>
        </message>
        <message>
            <source>Its manifest {path} cannot be read.</source>
            <translation>Nie można odczytać jego manifestu {path}.</translation>
        </message>
        <message>
            <source>Its owner removed or renamed it. Choose another file.</source>
            <translation>Właściciel usunął go lub zmienił mu nazwę. Wybierz inny plik.</translation>
        </message>
        <message>
            <source>Its prompts are deleted. Results of earlier runs stay in the history.</source>
            <translation>Zapytania z zestawu znikną. Wyniki wcześniejszych przebiegów zostają w historii.</translation>
        </message>
        <message>
            <source>Its rows are from the bundled list, as published and unchecked.</source>
            <translation>Wiersze stamtąd pochodzą z dołączonej listy: w postaci opublikowanej, niesprawdzone.</translation>
        </message>
        <message numerus="yes">
            <source>Its {count} chats stay, outside of any folder.</source>
            <translation>
                <numerusform>Jego {count} rozmowa zostaje, poza folderami.</numerusform>
                <numerusform>Jego {count} rozmowy zostają, poza folderami.</numerusform>
                <numerusform>Jego {count} rozmów zostaje, poza folderami.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Its {n} answers are deleted for good.</source>
            <translation>
                <numerusform>Zniknie na zawsze {n} odpowiedź z tego przebiegu.</numerusform>
                <numerusform>Znikną na zawsze {n} odpowiedzi z tego przebiegu.</numerusform>
                <numerusform>Zniknie na zawsze {n} odpowiedzi z tego przebiegu.</numerusform>
            </translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>JSON (*.json *.jsonl)</source>
            <translation>JSON (*.json *.jsonl)</translation>
        </message>
        <message>
            <source>JSON of a schema</source>
            <translation>Schemat JSON</translation>
        </message>
        <message>
            <source>JSON schema</source>
            <translation>Schemat JSON</translation>
        </message>
        <message>
            <source>JSON, as llama-bench writes it …</source>
            <translation>JSON, jak z llama-bench …</translation>
        </message>
        <message>
            <source>JSON, with all branches</source>
            <translation>JSON, ze wszystkimi gałęziami</translation>
        </message>
        <message>
            <source>Jan</source>
            <translation>Jan</translation>
        </message>
        <message>
            <source>Jan's folder</source>
            <translation>folder Jan</translation>
        </message>
        <message>
            <source>Japanese</source>
            <translation>Japoński</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>Zadania</translation>
        </message>
        <message>
            <source>Judged by a model</source>
            <translation>Ocenia model</translation>
        </message>
        <message>
            <source>Judged by a model: {rubric}</source>
            <translation>Ocenia model: {rubric}</translation>
        </message>
        <message>
            <source>Jump to latest</source>
            <translation>Przejdź na koniec</translation>
        </message>
        <message>
            <source>KL and same top token</source>
            <translation>KL i zgodność tokenów</translation>
        </message>
        <message>
            <source>KL divergence from {original}, lower is better; {across}</source>
            <translation>KL od {original}, mniej to lepiej; {across}</translation>
        </message>
        <message>
            <source>KL loss</source>
            <translation>Strata KL</translation>
        </message>
        <message>
            <source>KV cache type</source>
            <translation>Typ pamięci podręcznej KV</translation>
        </message>
        <message>
            <source>Keep prompts and answers in the log</source>
            <translation>Zapisuj w dzienniku zapytania i odpowiedzi</translation>
        </message>
        <message>
            <source>Keep the computer awake</source>
            <translation>Nie usypiaj komputera</translation>
        </message>
        <message>
            <source>Keep the files in the library</source>
            <translation>Zostaw pliki w bibliotece</translation>
        </message>
        <message>
            <source>Keep the output layer at {type}</source>
            <translation>Zostaw warstwę wyjściową w {type}</translation>
        </message>
        <message>
            <source>Keep the split into several files</source>
            <translation>Zachowaj podział na pliki</translation>
        </message>
        <message>
            <source>Keep this text</source>
            <translation>Zachowaj ten tekst</translation>
        </message>
        <message>
            <source>Keeps</source>
            <translation>Zostaje</translation>
        </message>
        <message>
            <source>Keeps nearly all of the effect</source>
            <translation>Zachowuje prawie cały efekt</translation>
        </message>
        <message>
            <source>Keeps the context as {type}, which is smaller and a little less exact.</source>
            <translation>Przechowuje kontekst jako {type}: mniejszy i nieco mniej dokładny.</translation>
        </message>
        <message>
            <source>Keeps the effect, and is the best to quantize from</source>
            <translation>Zachowuje efekt i najlepiej nadaje się do kwantyzacji</translation>
        </message>
        <message>
            <source>Kept as b{number}: orangery report b{number} shows it again.</source>
            <translation>Zachowano jako b{number}: orangery report b{number} pokaże to znowu.</translation>
        </message>
        <message>
            <source>Kept free for the answer</source>
            <translation>Rezerwa na odpowiedź</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Klucz</translation>
        </message>
        <message>
            <source>Key, if the server wants one</source>
            <translation>Klucz, jeśli serwer go wymaga</translation>
        </message>
        <message>
            <source>Keyboard</source>
            <translation>Klawiatura</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Rodzaj</translation>
        </message>
        <message>
            <source>Kind of check</source>
            <translation>Rodzaj testu</translation>
        </message>
        <message>
            <source>Kind of model</source>
            <translation>Rodzaj modelu</translation>
        </message>
        <message>
            <source>Kind of run</source>
            <translation>Rodzaj przebiegu</translation>
        </message>
        <message>
            <source>Kind of server</source>
            <translation>Rodzaj serwera</translation>
        </message>
        <message>
            <source>Know what you want? Search, owner/name or a link</source>
            <translation>Wiesz, czego chcesz? Szukaj, autor/nazwa lub link</translation>
        </message>
        <message>
            <source>Korean</source>
            <translation>Koreański</translation>
        </message>
        <message>
            <source>LM Studio</source>
            <translation>LM Studio</translation>
        </message>
        <message>
            <source>LM Studio's folder</source>
            <translation>folder LM Studio</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Język</translation>
        </message>
        <message>
            <source>Large models on the computers of several companies, paid by use. The key is an access token.</source>
            <translation>Duże modele na komputerach kilku firm, płatne za użycie. Kluczem jest token dostępu.</translation>
        </message>
        <message>
            <source>Larger files, a little less loss</source>
            <translation>Większe pliki, nieco mniejsza strata</translation>
        </message>
        <message>
            <source>Largest: {label}</source>
            <translation>Największy: {label}</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>Ostatnio</translation>
        </message>
        <message>
            <source>Last 24 hours</source>
            <translation>Ostatnie 24 h</translation>
        </message>
        <message>
            <source>Last 30 days</source>
            <translation>Ostatnie 30 dni</translation>
        </message>
        <message>
            <source>Last 7 days</source>
            <translation>Ostatnie 7 dni</translation>
        </message>
        <message>
            <source>Last answer copied</source>
            <translation>Skopiowano ostatnią odpowiedź</translation>
        </message>
        <message>
            <source>Last year</source>
            <translation>Ostatni rok</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Warstwa</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>Warstwy</translation>
        </message>
        <message>
            <source>Layers on the GPU</source>
            <translation>Warstwy na GPU</translation>
        </message>
        <message>
            <source>Layers, heads, KV heads</source>
            <translation>Warstwy, głowy, głowy KV</translation>
        </message>
        <message>
            <source>Leaderboard</source>
            <translation>Ranking</translation>
        </message>
        <message>
            <source>Leave</source>
            <translation>Wyjdź</translation>
        </message>
        <message>
            <source>Leave --mmproj out, or choose a repository with a file called mmproj.</source>
            <translation>Pomiń --mmproj albo wybierz repozytorium z plikiem o nazwie mmproj.</translation>
        </message>
        <message>
            <source>Leave it out, and enter a key in the field for it.</source>
            <translation>Usuń je, a klucz podaj w polu na klucz.</translation>
        </message>
        <message>
            <source>Leave it out, or write something there.</source>
            <translation>Pomiń go albo coś w nim wpisz.</translation>
        </message>
        <message>
            <source>Leave out --offline, or turn the Offline switch of the window off, to use the network. What is on this disk works without it.</source>
            <translation>Aby korzystać z sieci, pomiń --offline albo wyłącz w oknie przełącznik Offline. To, co jest na tym dysku, działa bez niej.</translation>
        </message>
        <message>
            <source>Leave without saving?</source>
            <translation>Wyjść bez zapisywania?</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Długość</translation>
        </message>
        <message>
            <source>Let models answer while you sleep</source>
            <translation>Niech modele odpowiadają, gdy śpisz</translation>
        </message>
        <message>
            <source>Let one or more models answer it. Each answer is checked, and what failed can be read here.</source>
            <translation>Niech odpowie na niego jeden lub kilka modeli. Każda odpowiedź jest sprawdzana, a niezaliczone można tu przeczytać.</translation>
        </message>
        <message>
            <source>Let programs on this computer use your models</source>
            <translation>Pozwól programom na tym komputerze używać twoich modeli</translation>
        </message>
        <message>
            <source>Let your account read {folder}, or set OLLAMA_MODELS to the folder that Ollama uses.</source>
            <translation>Pozwól swojemu kontu czytać {folder} albo ustaw OLLAMA_MODELS na folder, którego używa Ollama.</translation>
        </message>
        <message>
            <source>Letters with separate accents are not joined before they become tokens.</source>
            <translation>Litery z osobno zapisanymi akcentami nie są łączone, zanim staną się tokenami.</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Biblioteka</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licencja</translation>
        </message>
        <message>
            <source>Licence text</source>
            <translation>Tekst licencji</translation>
        </message>
        <message>
            <source>Licence {licence}</source>
            <translation>Licencja: {licence}</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Licencje</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Jasny</translation>
        </message>
        <message>
            <source>Likes</source>
            <translation>Polubienia</translation>
        </message>
        <message>
            <source>Line {line}: {problem}</source>
            <translation>Wiersz {line}: {problem}</translation>
        </message>
        <message>
            <source>Line {number} has no text in “prompt”.</source>
            <translation>Wiersz {number} nie ma tekstu w „prompt”.</translation>
        </message>
        <message>
            <source>Line {number} is not JSON.</source>
            <translation>Wiersz {number} to nie JSON.</translation>
        </message>
        <message numerus="yes">
            <source>Line {n} is too long.</source>
            <translation>
                <numerusform>Wiersz {n} jest za długi.</numerusform>
                <numerusform>Wiersz {n} jest za długi.</numerusform>
                <numerusform>Wiersz {n} jest za długi.</numerusform>
            </translation>
        </message>
        <message>
            <source>Lines, at least</source>
            <translation>Wierszy co najmniej</translation>
        </message>
        <message>
            <source>Lines, at most</source>
            <translation>Wierszy najwyżej</translation>
        </message>
        <message>
            <source>Lists and chats</source>
            <translation>Listy i rozmowy</translation>
        </message>
        <message>
            <source>Little room is left for an answer.</source>
            <translation>Na odpowiedź zostało mało miejsca.</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>Na żywo</translation>
        </message>
        <message>
            <source>Load anyway</source>
            <translation>Wczytaj mimo to</translation>
        </message>
        <message>
            <source>Load it and try again.</source>
            <translation>Wczytaj go i spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Load the model with its usual batch size.</source>
            <translation>Wczytaj model ze zwykłą wielkością porcji.</translation>
        </message>
        <message>
            <source>Load with {settings}. {why}</source>
            <translation>Wczytaj z ustawieniami: {settings}. {why}</translation>
        </message>
        <message>
            <source>Loaded</source>
            <translation>Wczytany</translation>
        </message>
        <message>
            <source>Loaded models</source>
            <translation>Wczytane modele</translation>
        </message>
        <message>
            <source>Loaded with</source>
            <translation>Wczytany z</translation>
        </message>
        <message>
            <source>Loaded, {size} in use</source>
            <translation>Wczytany, zajmuje {size}</translation>
        </message>
        <message>
            <source>Loading {model}: {percent} %</source>
            <translation>Wczytywanie: {model}, {percent} %</translation>
        </message>
        <message>
            <source>Loads</source>
            <translation>Wczytania</translation>
        </message>
        <message>
            <source>Loads the model if need be, and compares its answers with and without</source>
            <translation>W razie potrzeby wczytuje model i porównuje jego odpowiedzi z adapterem i bez niego</translation>
        </message>
        <message>
            <source>Local server</source>
            <translation>Serwer lokalny</translation>
        </message>
        <message>
            <source>Longest answer</source>
            <translation>Limit tokenów</translation>
        </message>
        <message>
            <source>Longest answer, tokens</source>
            <translation>Najdłuższa odpowiedź, tokeny</translation>
        </message>
        <message>
            <source>Look after it where it really lies: {path}</source>
            <translation>Zajmij się nim tam, gdzie naprawdę leży: {path}</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Odśwież</translation>
        </message>
        <message>
            <source>Look at the disk again</source>
            <translation>Przejrzyj dysk ponownie</translation>
        </message>
        <message>
            <source>Look for a GGUF file of this model, or choose another one.</source>
            <translation>Poszukaj pliku GGUF tego modelu albo wybierz inny.</translation>
        </message>
        <message>
            <source>Look for a file of this model without “be” in its name.</source>
            <translation>Poszukaj pliku tego modelu bez „be” w nazwie.</translation>
        </message>
        <message>
            <source>Look for a repository of the same model with safetensors files.</source>
            <translation>Poszukaj repozytorium tego samego modelu z plikami safetensors.</translation>
        </message>
        <message>
            <source>Look for another publisher of the same model.</source>
            <translation>Poszukaj innego wydawcy tego samego modelu.</translation>
        </message>
        <message>
            <source>Look for newer weights when I open the Library</source>
            <translation>Szukaj nowszych wag przy otwieraniu Biblioteki</translation>
        </message>
        <message>
            <source>Look further</source>
            <translation>Szukaj dalej</translation>
        </message>
        <message>
            <source>Looking at the engine …</source>
            <translation>Sprawdzanie silnika …</translation>
        </message>
        <message>
            <source>Looking at what fits together …</source>
            <translation>Sprawdzanie, co zmieści się razem …</translation>
        </message>
        <message>
            <source>Looking …</source>
            <translation>Szukanie …</translation>
        </message>
        <message>
            <source>Lower the scales. If that does not help, one of the files may be damaged.</source>
            <translation>Zmniejsz siłę. Jeśli to nie pomoże, jeden z plików może być uszkodzony.</translation>
        </message>
        <message>
            <source>MB/s</source>
            <translation>MB/s</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>Komputer</translation>
        </message>
        <message>
            <source>Machine and build</source>
            <translation>Komputer i kompilacja</translation>
        </message>
        <message>
            <source>Made and verified.</source>
            <translation>Utworzono i sprawdzono.</translation>
        </message>
        <message numerus="yes">
            <source>Made and verified. {n} tensors have another type, because their rows do not divide.</source>
            <translation>
                <numerusform>Utworzono i sprawdzono. {n} tensor ma inny typ, bo jego wiersze się nie dzielą.</numerusform>
                <numerusform>Utworzono i sprawdzono. {n} tensory mają inny typ, bo ich wiersze się nie dzielą.</numerusform>
                <numerusform>Utworzono i sprawdzono. {n} tensorów ma inny typ, bo ich wiersze się nie dzielą.</numerusform>
            </translation>
        </message>
        <message>
            <source>Made by</source>
            <translation>Autor</translation>
        </message>
        <message>
            <source>Made from</source>
            <translation>Powstał z</translation>
        </message>
        <message>
            <source>Made here</source>
            <translation>Własne</translation>
        </message>
        <message>
            <source>Made on</source>
            <translation>Utworzony</translation>
        </message>
        <message>
            <source>Made with</source>
            <translation>Użyte składniki</translation>
        </message>
        <message>
            <source>Main memory</source>
            <translation>Pamięć główna</translation>
        </message>
        <message>
            <source>Make a GGUF file of a folder with safetensors, as the hub has them</source>
            <translation>Utwórz plik GGUF z folderu z safetensors, takiego jak na hubie</translation>
        </message>
        <message>
            <source>Make a new one at https://huggingface.co/settings/tokens and add it in Settings → Connections, or correct HF_TOKEN where that is set.</source>
            <translation>Utwórz nowy na https://huggingface.co/settings/tokens i dodaj go w Ustawienia → Połączenia albo popraw HF_TOKEN tam, gdzie jest ustawiony.</translation>
        </message>
        <message>
            <source>Make smaller files of it, and see what is lost</source>
            <translation>Utwórz z niego mniejsze pliki i zobacz, co się traci</translation>
        </message>
        <message>
            <source>Make the form simpler, or start the answer anew.</source>
            <translation>Uprość tę postać albo zacznij odpowiedź od nowa.</translation>
        </message>
        <message numerus="yes">
            <source>Making {n} types of {name}</source>
            <translation>
                <numerusform>{name}: tworzenie {n} typu</numerusform>
                <numerusform>{name}: tworzenie {n} typów</numerusform>
                <numerusform>{name}: tworzenie {n} typów</numerusform>
            </translation>
        </message>
        <message>
            <source>Making {type}</source>
            <translation>Tworzenie {type}</translation>
        </message>
        <message>
            <source>Many prompts for all columns, one model after the other, and a report at the end.</source>
            <translation>Wiele zapytań do wszystkich kolumn, model po modelu, na koniec raport.</translation>
        </message>
        <message>
            <source>Markdown</source>
            <translation>Markdown</translation>
        </message>
        <message>
            <source>Markdown …</source>
            <translation>Markdown …</translation>
        </message>
        <message>
            <source>Matches</source>
            <translation>Wyniki</translation>
        </message>
        <message>
            <source>Matches the pattern</source>
            <translation>Pasuje do wzorca</translation>
        </message>
        <message>
            <source>Max tokens</source>
            <translation>Limit tok.</translation>
        </message>
        <message>
            <source>Mean KL divergence from the base over the words of its answer, in nats</source>
            <translation>Średnia dywergencja KL względem bazy na słowach jej odpowiedzi, w natach</translation>
        </message>
        <message>
            <source>Mean KL divergence from the original, in nats: how far the next-token guesses moved</source>
            <translation>Średnia dywergencja KL względem oryginału, w natach: jak bardzo przesunęły się przewidywania następnego tokenu</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Zmierz</translation>
        </message>
        <message>
            <source>Measure again</source>
            <translation>Zmierz ponownie</translation>
        </message>
        <message>
            <source>Measure models or let them answer a suite (Ctrl+Shift+N)</source>
            <translation>Zmierz modele albo zadaj im zestaw zapytań (Ctrl+Shift+N)</translation>
        </message>
        <message>
            <source>Measure speed</source>
            <translation>Zmierz szybkość</translation>
        </message>
        <message>
            <source>Measure the loss afterwards</source>
            <translation>Zmierz potem stratę</translation>
        </message>
        <message numerus="yes">
            <source>Measure {n} types</source>
            <translation>
                <numerusform>Zmierz {n} typ</numerusform>
                <numerusform>Zmierz {n} typy</numerusform>
                <numerusform>Zmierz {n} typów</numerusform>
            </translation>
        </message>
        <message>
            <source>Measure …</source>
            <translation>Zmierz …</translation>
        </message>
        <message>
            <source>Measured</source>
            <translation>Pomiar</translation>
        </message>
        <message>
            <source>Measured at its last load.</source>
            <translation>Zmierzone przy ostatnim wczytaniu.</translation>
        </message>
        <message>
            <source>Measured here</source>
            <translation>Zmierzone tutaj</translation>
        </message>
        <message>
            <source>Measured here: {words}.</source>
            <translation>Zmierzone tutaj: {words}.</translation>
        </message>
        <message>
            <source>Measured just now</source>
            <translation>Zmierzono przed chwilą</translation>
        </message>
        <message>
            <source>Measured on {date}</source>
            <translation>Zmierzono: {date}</translation>
        </message>
        <message>
            <source>Measured on {text}</source>
            <translation>Zmierzone na: {text}</translation>
        </message>
        <message>
            <source>Measured speed</source>
            <translation>Zmierzona szybkość</translation>
        </message>
        <message>
            <source>Measured.</source>
            <translation>Zmierzono.</translation>
        </message>
        <message>
            <source>Measuring {family} …</source>
            <translation>Pomiar: {family} …</translation>
        </message>
        <message>
            <source>Measuring {model} needs {needed} MB of memory, and {free} MB are free.</source>
            <translation>Pomiar {model} wymaga {needed} MB pamięci, a wolne jest {free} MB.</translation>
        </message>
        <message numerus="yes">
            <source>Measuring {n} types of {name}</source>
            <translation>
                <numerusform>{name}: pomiar {n} typu</numerusform>
                <numerusform>{name}: pomiar {n} typów</numerusform>
                <numerusform>{name}: pomiar {n} typów</numerusform>
            </translation>
        </message>
        <message>
            <source>Measuring {share}</source>
            <translation>Pomiar {share}</translation>
        </message>
        <message>
            <source>Measuring {type}</source>
            <translation>Pomiar {type}</translation>
        </message>
        <message>
            <source>Measuring …</source>
            <translation>Pomiar …</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Pamięć</translation>
        </message>
        <message>
            <source>Memory bandwidth</source>
            <translation>Przepustowość pamięci</translation>
        </message>
        <message>
            <source>Memory it needs</source>
            <translation>Potrzebna pamięć</translation>
        </message>
        <message>
            <source>Memory mapping</source>
            <translation>Mapowanie pamięci</translation>
        </message>
        <message>
            <source>Memory of the context</source>
            <translation>Pamięć kontekstu</translation>
        </message>
        <message>
            <source>Memory that it took when it was measured</source>
            <translation>Pamięć zajęta podczas pomiaru</translation>
        </message>
        <message>
            <source>Merge</source>
            <translation>Scal</translation>
        </message>
        <message>
            <source>Merge into a new model</source>
            <translation>Scal w nowy model</translation>
        </message>
        <message>
            <source>Merge into the F16 or Q8_0 file of this model and quantize the result.</source>
            <translation>Scal z plikiem F16 lub Q8_0 tego modelu i skwantyzuj wynik.</translation>
        </message>
        <message>
            <source>Merge the mix into a new model …</source>
            <translation>Scal miks w nowy model …</translation>
        </message>
        <message>
            <source>Merge {name}</source>
            <translation>Scalanie {name}</translation>
        </message>
        <message>
            <source>Merging {share}</source>
            <translation>Scalanie {share}</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Wiadomość</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Wiadomości</translation>
        </message>
        <message>
            <source>Messages and system prompts. Models stay where they are.</source>
            <translation>Wiadomości i instrukcje systemowe. Modele zostają na swoim miejscu.</translation>
        </message>
        <message>
            <source>Metadata</source>
            <translation>Metadane</translation>
        </message>
        <message>
            <source>Min p</source>
            <translation>Min p</translation>
        </message>
        <message>
            <source>Mirror</source>
            <translation>Serwer lustrzany</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>Brakuje</translation>
        </message>
        <message>
            <source>Mix: {name}</source>
            <translation>Miks: {name}</translation>
        </message>
        <message>
            <source>Mixer</source>
            <translation>Mikser</translation>
        </message>
        <message>
            <source>Mixes</source>
            <translation>Miksy</translation>
        </message>
        <message>
            <source>Mixes: {name}</source>
            <translation>Miksy: {name}</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Model</translation>
        </message>
        <message>
            <source>Model and settings (Ctrl+Shift+P)</source>
            <translation>Model i ustawienia (Ctrl+Shift+P)</translation>
        </message>
        <message>
            <source>Model and settings of this column</source>
            <translation>Model i ustawienia tej kolumny</translation>
        </message>
        <message>
            <source>Model and settings …</source>
            <translation>Model i ustawienia …</translation>
        </message>
        <message>
            <source>Model card</source>
            <translation>Karta modelu</translation>
        </message>
        <message>
            <source>Model in the chart</source>
            <translation>Model na wykresie</translation>
        </message>
        <message>
            <source>Model {letter}</source>
            <translation>Model {letter}</translation>
        </message>
        <message>
            <source>Model: {name}</source>
            <translation>Model: {name}</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modele</translation>
        </message>
        <message>
            <source>Models and folders</source>
            <translation>Modele i foldery</translation>
        </message>
        <message>
            <source>Models are added in the library.</source>
            <translation>Modele dodaje się w bibliotece.</translation>
        </message>
        <message>
            <source>Models found</source>
            <translation>Znalezione modele</translation>
        </message>
        <message>
            <source>Models may use</source>
            <translation>Modele mogą użyć</translation>
        </message>
        <message>
            <source>Models of the run</source>
            <translation>Modele z przebiegu</translation>
        </message>
        <message>
            <source>Models on this disk</source>
            <translation>Modele na tym dysku</translation>
        </message>
        <message>
            <source>Models stay where they are. Deleting one says first whose folder it lies in.</source>
            <translation>Modele zostają na swoim miejscu. Przed usunięciem zobaczysz, w czyim folderze leży model.</translation>
        </message>
        <message>
            <source>Models that look the same</source>
            <translation>Modele wyglądające tak samo</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Więcej</translation>
        </message>
        <message numerus="yes">
            <source>More context than the {n} tokens of the model is not used.</source>
            <translation>
                <numerusform>Kontekst dłuższy niż {n} token modelu nie jest używany.</numerusform>
                <numerusform>Kontekst dłuższy niż {n} tokeny modelu nie jest używany.</numerusform>
                <numerusform>Kontekst dłuższy niż {n} tokenów modelu nie jest używany.</numerusform>
            </translation>
        </message>
        <message>
            <source>More for this column</source>
            <translation>Więcej dla tej kolumny</translation>
        </message>
        <message>
            <source>More for this model</source>
            <translation>Więcej dla tego modelu</translation>
        </message>
        <message>
            <source>More may be quicker over a long way. It takes effect with the next file.</source>
            <translation>Więcej może przyspieszyć pobieranie z daleka. Działa od następnego pliku.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Przenieś</translation>
        </message>
        <message>
            <source>Move a waiting download in the queue</source>
            <translation>Przesuń czekające pobieranie w kolejce</translation>
        </message>
        <message>
            <source>Move here</source>
            <translation>Przenieś tutaj</translation>
        </message>
        <message>
            <source>Move it?</source>
            <translation>Przenieść?</translation>
        </message>
        <message>
            <source>Move to</source>
            <translation>Przenieś do</translation>
        </message>
        <message>
            <source>Move to another folder …</source>
            <translation>Przenieś do innego folderu …</translation>
        </message>
        <message>
            <source>Move to folder</source>
            <translation>Przenieś do folderu</translation>
        </message>
        <message>
            <source>Move up and down</source>
            <translation>Przejdź wyżej lub niżej</translation>
        </message>
        <message>
            <source>Move {name}</source>
            <translation>Przenieś {name}</translation>
        </message>
        <message numerus="yes">
            <source>Move {n} models</source>
            <translation>
                <numerusform>Przenieś {n} model</numerusform>
                <numerusform>Przenieś {n} modele</numerusform>
                <numerusform>Przenieś {n} modeli</numerusform>
            </translation>
        </message>
        <message>
            <source>Moved and verified.</source>
            <translation>Przeniesiono i sprawdzono.</translation>
        </message>
        <message>
            <source>Moved. The files at the old place are other ones by now, so they stay.</source>
            <translation>Przeniesiono. W starym miejscu są już inne pliki, więc zostają.</translation>
        </message>
        <message>
            <source>Moved. The old files are still there too: {why}</source>
            <translation>Przeniesiono. Stare pliki też nadal tam są: {why}</translation>
        </message>
        <message>
            <source>Moving {share}</source>
            <translation>Przenoszenie {share}</translation>
        </message>
        <message>
            <source>Mute (M)</source>
            <translation>Wycisz (M)</translation>
        </message>
        <message>
            <source>Mute {name}</source>
            <translation>Wycisz {name}</translation>
        </message>
        <message>
            <source>My GPU box</source>
            <translation>Mój komputer z GPU</translation>
        </message>
        <message>
            <source>My graphics</source>
            <translation>Moja grafika</translation>
        </message>
        <message>
            <source>My memory</source>
            <translation>Moja pamięć</translation>
        </message>
        <message>
            <source>My own</source>
            <translation>Własne</translation>
        </message>
        <message>
            <source>My own scales</source>
            <translation>Własne wartości siły</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nazwa</translation>
        </message>
        <message>
            <source>Name a .gguf file in it. Of a folder with safetensors, orangery convert makes one.</source>
            <translation>Podaj plik .gguf z tego folderu. Z folderu z plikami safetensors zrobi go orangery convert.</translation>
        </message>
        <message>
            <source>Name a folder with .gguf files. Other kinds of model files have to be converted first.</source>
            <translation>Podaj folder z plikami .gguf. Pliki modeli innego rodzaju trzeba najpierw przekonwertować.</translation>
        </message>
        <message>
            <source>Name of a person or group</source>
            <translation>Nazwa osoby lub grupy</translation>
        </message>
        <message>
            <source>Name of the column</source>
            <translation>Nazwa kolumny</translation>
        </message>
        <message>
            <source>Name of the folder</source>
            <translation>Nazwa folderu</translation>
        </message>
        <message>
            <source>Name of the prompt</source>
            <translation>Nazwa zapytania</translation>
        </message>
        <message>
            <source>Name of the run</source>
            <translation>Nazwa przebiegu</translation>
        </message>
        <message>
            <source>Named settings of the faders</source>
            <translation>Nazwane ustawienia suwaków</translation>
        </message>
        <message>
            <source>Named settings of the faders: save, load, rename, delete</source>
            <translation>Nazwane ustawienia suwaków: zapisz, wczytaj, zmień nazwę, usuń</translation>
        </message>
        <message>
            <source>Nearest</source>
            <translation>Najbliżej</translation>
        </message>
        <message>
            <source>Needs</source>
            <translation>Potrzebuje</translation>
        </message>
        <message>
            <source>Needs you</source>
            <translation>Wymaga uwagi</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Sieć</translation>
        </message>
        <message>
            <source>Networks in hotels and trains do that: open any page in a browser, sign in, and try again.</source>
            <translation>Tak robią sieci w hotelach i pociągach: otwórz dowolną stronę w przeglądarce, zaloguj się i spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Neutral text</source>
            <translation>Tekst neutralny</translation>
        </message>
        <message>
            <source>Neutral text and your chats</source>
            <translation>Tekst neutralny i twoje rozmowy</translation>
        </message>
        <message>
            <source>New access token</source>
            <translation>Nowy token dostępu</translation>
        </message>
        <message>
            <source>New chat</source>
            <translation>Nowa rozmowa</translation>
        </message>
        <message>
            <source>New chat (Ctrl+N)</source>
            <translation>Nowa rozmowa (Ctrl+N)</translation>
        </message>
        <message>
            <source>New chats with this model begin with other settings, which were kept.</source>
            <translation>Nowe rozmowy z tym modelem zaczynają od innych ustawień, zachowanych wcześniej.</translation>
        </message>
        <message>
            <source>New chats with this model begin with these settings.</source>
            <translation>Nowe rozmowy z tym modelem zaczynają od tych ustawień.</translation>
        </message>
        <message>
            <source>New chats with {model} begin with these settings.</source>
            <translation>Nowe rozmowy (model: {model}) zaczynają od tych ustawień.</translation>
        </message>
        <message>
            <source>New comparison</source>
            <translation>Nowe porównanie</translation>
        </message>
        <message>
            <source>New folder</source>
            <translation>Nowy folder</translation>
        </message>
        <message>
            <source>New line in a message</source>
            <translation>Nowy wiersz w wiadomości</translation>
        </message>
        <message>
            <source>New run</source>
            <translation>Nowy przebieg</translation>
        </message>
        <message>
            <source>New run …</source>
            <translation>Nowy przebieg …</translation>
        </message>
        <message>
            <source>New suite</source>
            <translation>Nowy zestaw</translation>
        </message>
        <message>
            <source>New token</source>
            <translation>Nowy token</translation>
        </message>
        <message>
            <source>New unattended run</source>
            <translation>Nowy przebieg bez nadzoru</translation>
        </message>
        <message>
            <source>Newer weights</source>
            <translation>Nowsze wagi</translation>
        </message>
        <message>
            <source>Newest</source>
            <translation>Najnowsze</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Jako następne</translation>
        </message>
        <message>
            <source>Next pane</source>
            <translation>Następny panel</translation>
        </message>
        <message>
            <source>Next place</source>
            <translation>Następne miejsce</translation>
        </message>
        <message>
            <source>Next prompt</source>
            <translation>Nowe zapytanie</translation>
        </message>
        <message>
            <source>Next run</source>
            <translation>Następny przebieg</translation>
        </message>
        <message>
            <source>Next run: {tests}</source>
            <translation>Następny przebieg: {tests}</translation>
        </message>
        <message>
            <source>Next version</source>
            <translation>Następna wersja</translation>
        </message>
        <message>
            <source>No GGUF files</source>
            <translation>Brak plików GGUF</translation>
        </message>
        <message>
            <source>No GGUF files here</source>
            <translation>Brak plików GGUF</translation>
        </message>
        <message>
            <source>No GPU</source>
            <translation>Bez GPU</translation>
        </message>
        <message>
            <source>No adapter has these words.</source>
            <translation>Żaden adapter nie ma tych słów.</translation>
        </message>
        <message>
            <source>No adapter is applied, so there is nothing to merge.</source>
            <translation>Nie zastosowano żadnego adaptera, więc nie ma czego scalać.</translation>
        </message>
        <message>
            <source>No adapter was found for this model.</source>
            <translation>Nie znaleziono adaptera dla tego modelu.</translation>
        </message>
        <message>
            <source>No adapters of your own yet</source>
            <translation>Nie masz jeszcze własnych adapterów</translation>
        </message>
        <message>
            <source>No adapters on this disk yet.</source>
            <translation>Na tym dysku nie ma jeszcze adapterów.</translation>
        </message>
        <message>
            <source>No adapters yet</source>
            <translation>Jeszcze brak adapterów</translation>
        </message>
        <message>
            <source>No answer of these models has been measured yet.</source>
            <translation>Nie zmierzono jeszcze żadnej odpowiedzi tych modeli.</translation>
        </message>
        <message>
            <source>No answers yet.</source>
            <translation>Nie ma jeszcze odpowiedzi.</translation>
        </message>
        <message>
            <source>No chat has these words.</source>
            <translation>W żadnej rozmowie nie ma tych słów.</translation>
        </message>
        <message>
            <source>No chats yet.</source>
            <translation>Nie ma jeszcze rozmów.</translation>
        </message>
        <message>
            <source>No connection has been made since the start</source>
            <translation>Od uruchomienia nie było żadnego połączenia</translation>
        </message>
        <message>
            <source>No digits</source>
            <translation>Bez cyfr</translation>
        </message>
        <message>
            <source>No folder chosen</source>
            <translation>Nie wybrano folderu</translation>
        </message>
        <message>
            <source>No jobs</source>
            <translation>Brak zadań</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>Bez limitu</translation>
        </message>
        <message>
            <source>No memory of this computer is needed: the models run elsewhere.</source>
            <translation>Pamięć tego komputera nie jest potrzebna: modele działają gdzie indziej.</translation>
        </message>
        <message>
            <source>No mix</source>
            <translation>Bez miksu</translation>
        </message>
        <message>
            <source>No model has been loaded yet</source>
            <translation>Nie wczytano jeszcze żadnego modelu</translation>
        </message>
        <message>
            <source>No model has these words.</source>
            <translation>Żaden model nie ma tych słów.</translation>
        </message>
        <message>
            <source>No model is chosen.</source>
            <translation>Nie wybrano modelu.</translation>
        </message>
        <message>
            <source>No model lies on this disk twice.</source>
            <translation>Żaden model nie leży na tym dysku dwa razy.</translation>
        </message>
        <message>
            <source>No model selected</source>
            <translation>Nie wybrano modelu</translation>
        </message>
        <message>
            <source>No models yet</source>
            <translation>Nie ma jeszcze modeli</translation>
        </message>
        <message>
            <source>No models yet.</source>
            <translation>Nie ma jeszcze modeli.</translation>
        </message>
        <message>
            <source>No other folder with models was found</source>
            <translation>Nie znaleziono innego folderu z modelami</translation>
        </message>
        <message>
            <source>No other uploads</source>
            <translation>Brak innych wydań</translation>
        </message>
        <message>
            <source>No problems found.</source>
            <translation>Nie znaleziono problemów.</translation>
        </message>
        <message>
            <source>No rule is called “{name}”.</source>
            <translation>Żadna reguła nie nazywa się „{name}”.</translation>
        </message>
        <message>
            <source>No runs yet</source>
            <translation>Nie ma jeszcze przebiegów</translation>
        </message>
        <message>
            <source>No token that is less likely than this share of the likeliest.</source>
            <translation>Bez tokenów mniej prawdopodobnych niż taka część najbardziej prawdopodobnego.</translation>
        </message>
        <message>
            <source>No votes yet</source>
            <translation>Nie ma jeszcze głosów</translation>
        </message>
        <message>
            <source>Nobody answers at {host}.</source>
            <translation>Nikt nie odpowiada pod {host}.</translation>
        </message>
        <message>
            <source>Nobody else has uploaded this model in another form.</source>
            <translation>Nikt inny nie udostępnił tego modelu w innej postaci.</translation>
        </message>
        <message>
            <source>Nobody has answered this suite yet</source>
            <translation>Nikt jeszcze nie odpowiedział na ten zestaw</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Brak</translation>
        </message>
        <message>
            <source>None answers at {host}. It is not needed: models come from its registry.</source>
            <translation>Nie odpowiada pod {host}. Nie jest potrzebna: modele pochodzą z jej rejestru.</translation>
        </message>
        <message>
            <source>None of the columns can answer now.</source>
            <translation>Żadna z kolumn nie może teraz odpowiedzieć.</translation>
        </message>
        <message>
            <source>None of the models has answered.</source>
            <translation>Żaden z modeli nie odpowiedział.</translation>
        </message>
        <message>
            <source>None of these fit here</source>
            <translation>Żaden z nich się tu nie mieści</translation>
        </message>
        <message>
            <source>None yet.</source>
            <translation>Jeszcze żadnych.</translation>
        </message>
        <message>
            <source>None. A model is loaded when a chat needs it.</source>
            <translation>Brak. Model jest wczytywany, gdy potrzebuje go rozmowa.</translation>
        </message>
        <message>
            <source>None. Everything but gated and private models works without.</source>
            <translation>Brak. Wszystko działa bez niego, oprócz modeli prywatnych i z ograniczonym dostępem.</translation>
        </message>
        <message>
            <source>Not asked anew: this was seen on {when}.</source>
            <translation>Bez nowego zapytania: widziane {when}.</translation>
        </message>
        <message>
            <source>Not asked yet.</source>
            <translation>Jeszcze nie zapytano.</translation>
        </message>
        <message>
            <source>Not judged</source>
            <translation>Bez oceny</translation>
        </message>
        <message>
            <source>Not known yet</source>
            <translation>Jeszcze nieznane</translation>
        </message>
        <message>
            <source>Not measured yet</source>
            <translation>Jeszcze nie zmierzono</translation>
        </message>
        <message>
            <source>Not quantized, as published</source>
            <translation>Bez kwantyzacji, oryginał</translation>
        </message>
        <message>
            <source>Not quantized, half precision</source>
            <translation>Bez kwantyzacji, połowa precyzji</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Niezaliczone</translation>
        </message>
        <message>
            <source>Not safe to load</source>
            <translation>Wczytanie niebezpieczne</translation>
        </message>
        <message>
            <source>Not there at the moment</source>
            <translation>Obecnie niedostępny</translation>
        </message>
        <message>
            <source>Not verified</source>
            <translation>Niesprawdzony</translation>
        </message>
        <message>
            <source>Nothing asked yet</source>
            <translation>O nic jeszcze nie zapytano</translation>
        </message>
        <message>
            <source>Nothing can be merged into {name}.</source>
            <translation>Z {name} nie można nic scalić.</translation>
        </message>
        <message>
            <source>Nothing can be saved: the database {path} cannot be written.</source>
            <translation>Nie można niczego zapisać: baza danych {path} nie przyjmuje zapisu.</translation>
        </message>
        <message>
            <source>Nothing can be written into {folder}.</source>
            <translation>W folderze {folder} nie można niczego zapisać.</translation>
        </message>
        <message>
            <source>Nothing else is different.</source>
            <translation>Poza tym nic się nie różni.</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nic nie znaleziono</translation>
        </message>
        <message>
            <source>Nothing in it could be read.</source>
            <translation>Nic nie udało się z niej odczytać.</translation>
        </message>
        <message>
            <source>Nothing is written yet.</source>
            <translation>Nic jeszcze nie wpisano.</translation>
        </message>
        <message>
            <source>Nothing is wrong on your side. Try again in a few minutes.</source>
            <translation>Po twojej stronie wszystko w porządku. Spróbuj ponownie za kilka minut.</translation>
        </message>
        <message>
            <source>Nothing matches</source>
            <translation>Nic nie pasuje</translation>
        </message>
        <message>
            <source>Nothing newer was found</source>
            <translation>Nie znaleziono nic nowszego</translation>
        </message>
        <message>
            <source>Nothing stands before “{sign}”.</source>
            <translation>Przed „{sign}” nic nie stoi.</translation>
        </message>
        <message>
            <source>Nothing to compare it with yet; its digest is remembered from now on.</source>
            <translation>Nie ma go jeszcze z czym porównać; od teraz jego suma kontrolna jest zapamiętana.</translation>
        </message>
        <message>
            <source>Nothing to measure yet</source>
            <translation>Nie ma jeszcze czego mierzyć</translation>
        </message>
        <message>
            <source>Nothing to share</source>
            <translation>Nie ma czego łączyć</translation>
        </message>
        <message>
            <source>Nothing was changed. Verify both to see which one is damaged.</source>
            <translation>Nic nie zmieniono. Sprawdź oba, aby zobaczyć, który jest uszkodzony.</translation>
        </message>
        <message>
            <source>Nothing was downloaded. Try again in a moment; if it stays so, choose another model.</source>
            <translation>Nic nie pobrano. Spróbuj ponownie za chwilę; jeśli to nie minie, wybierz inny model.</translation>
        </message>
        <message>
            <source>Nothing was fetched from there. A network that wants you to sign in may cause this: open any web page in a browser first, then try again.</source>
            <translation>Nic stamtąd nie pobrano. Przyczyną może być sieć, która wymaga logowania: najpierw otwórz w przeglądarce dowolną stronę WWW, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Nothing was found.</source>
            <translation>Nic nie znaleziono.</translation>
        </message>
        <message>
            <source>Nothing yet.</source>
            <translation>Jeszcze nic.</translation>
        </message>
        <message>
            <source>Nothing you write leaves it. Choose a model from your library first.</source>
            <translation>Nic, co napiszesz, go nie opuszcza. Najpierw wybierz model z biblioteki.</translation>
        </message>
        <message>
            <source>Nothing you write leaves it. Choose one of your models, or begin with the small one.</source>
            <translation>Nic, co napiszesz, go nie opuszcza. Wybierz jeden ze swoich modeli albo zacznij od tego małego.</translation>
        </message>
        <message>
            <source>Noticeable loss, if memory is short</source>
            <translation>Wyraźna strata, mniej pamięci</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Teraz</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Liczba</translation>
        </message>
        <message>
            <source>Number of the rule</source>
            <translation>Liczba w regule</translation>
        </message>
        <message>
            <source>Numbers and dates follow the language or the system.</source>
            <translation>Liczby i daty zależą od języka lub systemu.</translation>
        </message>
        <message>
            <source>OLLAMA_HOST decides where this Ollama is; it cannot be changed here.</source>
            <translation>O tym, gdzie jest ta Ollama, decyduje OLLAMA_HOST; nie da się tego tu zmienić.</translation>
        </message>
        <message>
            <source>OLLAMA_HOST does not name a computer: {text}</source>
            <translation>OLLAMA_HOST nie wskazuje komputera: {text}</translation>
        </message>
        <message>
            <source>OLLAMA_HOST names another Ollama and OLLAMA_MODELS another folder, as with Ollama.</source>
            <translation>OLLAMA_HOST wskazuje inną Ollamę, a OLLAMA_MODELS inny folder, tak jak w samej Ollamie.</translation>
        </message>
        <message>
            <source>Of all downloads together; running ones follow at once.</source>
            <translation>Dla wszystkich pobrań razem; trwające dostosują się od razu.</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Wył.</translation>
        </message>
        <message>
            <source>Off the list; the file stays</source>
            <translation>Usunięto z listy; plik zostaje</translation>
        </message>
        <message>
            <source>Off the list; the files stay</source>
            <translation>Usunięto z listy; pliki zostają</translation>
        </message>
        <message>
            <source>Off. Nothing outside this computer can ever reach it.</source>
            <translation>Wyłączony. Nic spoza tego komputera nigdy się z nim nie połączy.</translation>
        </message>
        <message>
            <source>Off: it could not be started.</source>
            <translation>Wyłączony: nie udało się go uruchomić.</translation>
        </message>
        <message>
            <source>Offer fewer or make their schemas simpler, or leave the model free to call or not.</source>
            <translation>Podaj ich mniej albo uprość ich schematy, albo pozwól modelowi samemu decydować, czy coś wywoła.</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>Offline</translation>
        </message>
        <message>
            <source>Offline was on, so nothing was sent.</source>
            <translation>Tryb offline był włączony, więc nic nie wysłano.</translation>
        </message>
        <message>
            <source>Offline: {host} is on the network.</source>
            <translation>Offline: {host} jest w sieci.</translation>
        </message>
        <message>
            <source>Offline: {host} was not contacted.</source>
            <translation>Offline: nie łączono się z {host}.</translation>
        </message>
        <message>
            <source>Offline: {seen}</source>
            <translation>Offline: {seen}</translation>
        </message>
        <message>
            <source>Ollama</source>
            <translation>Ollama</translation>
        </message>
        <message>
            <source>Ollama at {host} could not do it.</source>
            <translation>Ollama pod {host} nie mogła tego zrobić.</translation>
        </message>
        <message>
            <source>Ollama does not know {name}.</source>
            <translation>Ollama nie zna {name}.</translation>
        </message>
        <message>
            <source>Ollama does not let anybody read {model}.</source>
            <translation>Ollama nikomu nie pozwala odczytać {model}.</translation>
        </message>
        <message>
            <source>Ollama has newer weights ({version}).</source>
            <translation>Ollama ma nowsze wagi ({version}).</translation>
        </message>
        <message>
            <source>Ollama has the new ones. Remove this download, or choose the model again.</source>
            <translation>Ollama ma nowe. Usuń to pobieranie albo wybierz model ponownie.</translation>
        </message>
        <message>
            <source>Ollama has {name} now, but Orangery cannot open its files.</source>
            <translation>Ollama ma już {name}, ale Orangery nie może otworzyć plików.</translation>
        </message>
        <message>
            <source>Ollama is not running at {host}.</source>
            <translation>Ollama nie działa pod {host}.</translation>
        </message>
        <message>
            <source>Ollama on another computer</source>
            <translation>Ollama na innym komputerze</translation>
        </message>
        <message>
            <source>Ollama on this machine</source>
            <translation>Ollama na tym komputerze</translation>
        </message>
        <message>
            <source>Ollama on {host}</source>
            <translation>Ollama na {host}</translation>
        </message>
        <message>
            <source>Ollama will not find it in the new place; Orangery will.</source>
            <translation>Ollama nie znajdzie go w nowym miejscu; Orangery tak.</translation>
        </message>
        <message>
            <source>Ollama's models</source>
            <translation>modele Ollamy</translation>
        </message>
        <message>
            <source>Ollama's models, through its server</source>
            <translation>modele Ollamy, przez jej serwer</translation>
        </message>
        <message>
            <source>Ollama's site has had too many requests from this connection.</source>
            <translation>Witryna Ollamy dostała zbyt wiele żądań z tego połączenia.</translation>
        </message>
        <message>
            <source>Ollama's site has trouble of its own right now (error {status}).</source>
            <translation>Witryna Ollamy ma teraz własne kłopoty (błąd {status}).</translation>
        </message>
        <message>
            <source>Ollama's site refused the request for {model} (error {status}).</source>
            <translation>Witryna Ollamy odrzuciła żądanie ({model}, błąd {status}).</translation>
        </message>
        <message>
            <source>Ollama's store</source>
            <translation>Magazyn Ollamy</translation>
        </message>
        <message>
            <source>On</source>
            <translation>Aktywne</translation>
        </message>
        <message>
            <source>On Hugging Face</source>
            <translation>Na Hugging Face</translation>
        </message>
        <message>
            <source>On this disk</source>
            <translation>Na tym dysku</translation>
        </message>
        <message>
            <source>On this machine</source>
            <translation>Na tym komputerze</translation>
        </message>
        <message>
            <source>On this machine; nothing left it.</source>
            <translation>Na tym komputerze; nic go nie opuściło.</translation>
        </message>
        <message>
            <source>On your own chats, which stay on this machine</source>
            <translation>Na twoich rozmowach, które zostają na tym komputerze</translation>
        </message>
        <message>
            <source>On, for this computer only. Models are loaded when they are asked for.</source>
            <translation>Włączony, tylko dla tego komputera. Modele wczytują się na żądanie.</translation>
        </message>
        <message>
            <source>One after another, so that they do not slow each other down. Smallest first: results come early.</source>
            <translation>Jeden po drugim, żeby się nawzajem nie spowalniały. Od najmniejszego: wyniki pojawiają się wcześnie.</translation>
        </message>
        <message numerus="yes">
            <source>One model, {count} contexts: weights loaded once</source>
            <translation>
                <numerusform>Jeden model, {count} kontekst: wagi wczytane raz</numerusform>
                <numerusform>Jeden model, {count} konteksty: wagi wczytane raz</numerusform>
                <numerusform>Jeden model, {count} kontekstów: wagi wczytane raz</numerusform>
            </translation>
        </message>
        <message>
            <source>One prompt is answered at several scales of the adapter, side by side, over one copy of the model.</source>
            <translation>Odpowiedzi na jedno zapytanie przy kilku siłach adaptera, obok siebie, na jednej kopii modelu.</translation>
        </message>
        <message>
            <source>One prompt per line; or with empty lines between them, where prompts have several lines.</source>
            <translation>Jedno zapytanie w wierszu albo z pustymi wierszami pomiędzy, jeśli zapytania mają po kilka wierszy.</translation>
        </message>
        <message>
            <source>One result over time</source>
            <translation>Jeden wynik w czasie</translation>
        </message>
        <message>
            <source>Only an answer can be continued.</source>
            <translation>Kontynuować można tylko odpowiedź.</translation>
        </message>
        <message>
            <source>Only capitals</source>
            <translation>Tylko wielkie litery</translation>
        </message>
        <message>
            <source>Only one model was voted on; there is nothing to compare it with.</source>
            <translation>Głosowano tylko na jeden model; nie ma go z czym porównać.</translation>
        </message>
        <message>
            <source>Only plain letters (ASCII)</source>
            <translation>Tylko znaki ASCII</translation>
        </message>
        <message>
            <source>Only repositories with files that this engine runs</source>
            <translation>Tylko repozytoria z plikami, które ten silnik uruchamia</translation>
        </message>
        <message>
            <source>Only small letters</source>
            <translation>Tylko małe litery</translation>
        </message>
        <message>
            <source>Only the likeliest tokens that together have this probability.</source>
            <translation>Tylko najbardziej prawdopodobne tokeny, które razem mają to prawdopodobieństwo.</translation>
        </message>
        <message>
            <source>Only this many of the likeliest tokens; 0 is all.</source>
            <translation>Tylko tyle najbardziej prawdopodobnych tokenów; 0 oznacza wszystkie.</translation>
        </message>
        <message>
            <source>Only whole numbers, with commas between them.</source>
            <translation>Tylko liczby całkowite, oddzielone przecinkami.</translation>
        </message>
        <message>
            <source>Only {some} of {all} layers fit on the GPU; the processor does the rest, which is slower.</source>
            <translation>Na GPU mieszczą się tylko warstwy w liczbie {some} z {all}; resztę liczy procesor, a to wolniej.</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Otwórz</translation>
        </message>
        <message>
            <source>Open a page</source>
            <translation>Otwórz stronę</translation>
        </message>
        <message>
            <source>Open in the browser</source>
            <translation>Otwórz w przeglądarce</translation>
        </message>
        <message>
            <source>Open jobs</source>
            <translation>Otwórz zadania</translation>
        </message>
        <message>
            <source>Open licence page</source>
            <translation>Otwórz stronę licencji</translation>
        </message>
        <message>
            <source>Open or close jobs</source>
            <translation>Otwórz lub zamknij zadania</translation>
        </message>
        <message>
            <source>Open the library</source>
            <translation>Otwórz bibliotekę</translation>
        </message>
        <message>
            <source>Open the model again in Discover to see its present files.</source>
            <translation>Otwórz model ponownie na stronie Odkrywaj, aby zobaczyć jego obecne pliki.</translation>
        </message>
        <message>
            <source>Open the model again in Discover, then choose it once more.</source>
            <translation>Otwórz model ponownie na stronie Odkrywaj i wybierz go jeszcze raz.</translation>
        </message>
        <message>
            <source>Open the page</source>
            <translation>Otwórz stronę</translation>
        </message>
        <message>
            <source>Open the page in the browser</source>
            <translation>Otwórz stronę w przeglądarce</translation>
        </message>
        <message>
            <source>Open {folder}</source>
            <translation>Otwórz: {folder}</translation>
        </message>
        <message>
            <source>Open {host} in the browser?</source>
            <translation>Otworzyć {host} w przeglądarce?</translation>
        </message>
        <message>
            <source>Open {host}?</source>
            <translation>Otworzyć {host}?</translation>
        </message>
        <message>
            <source>Open {page} with the account of your access token and accept the terms there.</source>
            <translation>Otwórz {page} na koncie, do którego należy twój token dostępu, i zaakceptuj tam warunki.</translation>
        </message>
        <message>
            <source>Open {page}, sign in and accept the terms there; then add an access token of that account in Settings → Connections, or set HF_TOKEN.</source>
            <translation>Otwórz {page}, zaloguj się i zaakceptuj tam warunki; potem dodaj token dostępu tego konta w Ustawienia → Połączenia albo ustaw HF_TOKEN.</translation>
        </message>
        <message>
            <source>Open, or send the message</source>
            <translation>Otwórz lub wyślij wiadomość</translation>
        </message>
        <message>
            <source>OpenAI-compatible</source>
            <translation>zgodny z OpenAI</translation>
        </message>
        <message>
            <source>OpenAI-compatible server</source>
            <translation>Serwer zgodny z OpenAI</translation>
        </message>
        <message>
            <source>Opening a model</source>
            <translation>Otwieranie modelu</translation>
        </message>
        <message>
            <source>Orangery</source>
            <translation>Orangery</translation>
        </message>
        <message>
            <source>Orangery can't do that yet. {hint}</source>
            <translation>Orangery jeszcze tego nie potrafi. {hint}</translation>
        </message>
        <message>
            <source>Orangery cannot note what it is about to do, so it does nothing.</source>
            <translation>Orangery nie może zapisać, co zamierza zrobić, więc nie robi nic.</translation>
        </message>
        <message>
            <source>Orangery cannot use its folder {path}.</source>
            <translation>Orangery nie może użyć swojego folderu {path}.</translation>
        </message>
        <message>
            <source>Orangery could not read the library page of Ollama.</source>
            <translation>Orangery nie odczytało strony z biblioteką Ollamy.</translation>
        </message>
        <message>
            <source>Orangery could not start.</source>
            <translation>Nie udało się uruchomić Orangery.</translation>
        </message>
        <message>
            <source>Orangery does not follow, so that the key stays. Enter that address as a connection.</source>
            <translation>Orangery tam nie przechodzi, aby nie wydać klucza. Dodaj połączenie z tamtym adresem.</translation>
        </message>
        <message>
            <source>Orangery does not know where {name} came from.</source>
            <translation>Orangery nie wie, skąd pochodzi {name}.</translation>
        </message>
        <message>
            <source>Orangery does not use it until the next start. Remove it with the keyring's own program.</source>
            <translation>Do następnego uruchomienia Orangery go nie używa. Usuń go w programie do obsługi pęku kluczy.</translation>
        </message>
        <message>
            <source>Orangery is already running with the profile in {path}.</source>
            <translation>Orangery już działa z profilem w {path}.</translation>
        </message>
        <message>
            <source>Orangery is closing.</source>
            <translation>Orangery właśnie się zamyka.</translation>
        </message>
        <message>
            <source>Orangery is closing; nothing more can be saved.</source>
            <translation>Orangery właśnie się zamyka; nic więcej nie można zapisać.</translation>
        </message>
        <message>
            <source>Orangery is closing; nothing more is started.</source>
            <translation>Orangery właśnie się zamyka; nic więcej nie jest uruchamiane.</translation>
        </message>
        <message>
            <source>Orangery is offline. Go online to look for newer weights.</source>
            <translation>Orangery jest offline. Przejdź w tryb online, aby poszukać nowszych wag.</translation>
        </message>
        <message>
            <source>Orangery stopped unexpectedly the last time. Your chats are safe.</source>
            <translation>Ostatnim razem Orangery zakończyło się nieoczekiwanie. Rozmowy są bezpieczne.</translation>
        </message>
        <message>
            <source>Orangery was closed before this answer was complete.</source>
            <translation>Orangery zamknięto, zanim odpowiedź była gotowa.</translation>
        </message>
        <message>
            <source>Orangery was ended before this answer was complete.</source>
            <translation>Praca Orangery została przerwana, zanim odpowiedź była gotowa.</translation>
        </message>
        <message>
            <source>Orangery {size}</source>
            <translation>Orangery {size}</translation>
        </message>
        <message>
            <source>Orangery's models</source>
            <translation>Modele Orangery</translation>
        </message>
        <message>
            <source>Orangery's own Ollama store</source>
            <translation>własny magazyn Ollamy w Orangery</translation>
        </message>
        <message>
            <source>Orangery's own folder</source>
            <translation>własny folder Orangery</translation>
        </message>
        <message>
            <source>Orangery's own folders</source>
            <translation>Własne foldery Orangery</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Inne</translation>
        </message>
        <message>
            <source>Other GPU or memory …</source>
            <translation>Inne GPU lub pamięć …</translation>
        </message>
        <message>
            <source>Other adapters are applied now.</source>
            <translation>Działają teraz inne adaptery.</translation>
        </message>
        <message>
            <source>Other engines</source>
            <translation>Inne silniki</translation>
        </message>
        <message>
            <source>Other folders</source>
            <translation>Inne foldery</translation>
        </message>
        <message>
            <source>Other programs use {share} of the processor. Results may be lower.</source>
            <translation>Inne programy zajmują {share} procesora. Wyniki mogą być niższe.</translation>
        </message>
        <message>
            <source>Other programs were busy meanwhile, so this machine is faster than that. Measure it again.</source>
            <translation>Inne programy były w tym czasie zajęte, więc ten komputer jest szybszy. Zmierz go ponownie.</translation>
        </message>
        <message>
            <source>Other programs were busy meanwhile; measure again when the machine is idle.</source>
            <translation>Inne programy były w tym czasie zajęte; zmierz ponownie, gdy komputer będzie bezczynny.</translation>
        </message>
        <message>
            <source>Other uploads</source>
            <translation>Inne wydania</translation>
        </message>
        <message>
            <source>Other work uses the engine; this run begins after it.</source>
            <translation>Silnik jest zajęty czymś innym; ten przebieg zacznie się potem.</translation>
        </message>
        <message>
            <source>Others used</source>
            <translation>Inne programy</translation>
        </message>
        <message>
            <source>Other…</source>
            <translation>Inny…</translation>
        </message>
        <message>
            <source>Out of the folder</source>
            <translation>Poza folder</translation>
        </message>
        <message>
            <source>Outside the layers: {parts}</source>
            <translation>Poza warstwami: {parts}</translation>
        </message>
        <message>
            <source>Over a hundred languages, good at writing and at describing things.</source>
            <translation>Ponad sto języków, dobry w pisaniu i opisywaniu.</translation>
        </message>
        <message>
            <source>Over time</source>
            <translation>W czasie</translation>
        </message>
        <message>
            <source>Overnight</source>
            <translation>Przez noc</translation>
        </message>
        <message>
            <source>PEFT; it has to be converted to GGUF first</source>
            <translation>PEFT; najpierw wymaga konwersji do GGUF</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Strona</translation>
        </message>
        <message>
            <source>Page to print (HTML)</source>
            <translation>Strona do druku (HTML)</translation>
        </message>
        <message>
            <source>Params</source>
            <translation>Parametry</translation>
        </message>
        <message>
            <source>Part of the page</source>
            <translation>Część strony</translation>
        </message>
        <message>
            <source>Parts of {name} were deleted from {folder} while it was being downloaded.</source>
            <translation>Części {name} usunięto z {folder} podczas pobierania.</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>Zaliczone</translation>
        </message>
        <message>
            <source>Paste a token first.</source>
            <translation>Najpierw wklej token.</translation>
        </message>
        <message>
            <source>Pattern</source>
            <translation>Wzorzec</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Wstrzymaj</translation>
        </message>
        <message>
            <source>Pause all</source>
            <translation>Wstrzymaj</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Wstrzymane</translation>
        </message>
        <message>
            <source>Paused {share}</source>
            <translation>Wstrzymano {share}</translation>
        </message>
        <message>
            <source>Peak memory</source>
            <translation>Pamięć w szczycie</translation>
        </message>
        <message>
            <source>Peak memory ~{size}.</source>
            <translation>Pamięć w szczycie ~{size}.</translation>
        </message>
        <message>
            <source>Perplexity</source>
            <translation>Perpleksja</translation>
        </message>
        <message>
            <source>Perplexity {value}.</source>
            <translation>Perpleksja {value}.</translation>
        </message>
        <message>
            <source>Pills show what would fit with {machine}</source>
            <translation>Dopasowanie pokazano dla: {machine}</translation>
        </message>
        <message>
            <source>Pin to the top</source>
            <translation>Przypnij na górze</translation>
        </message>
        <message>
            <source>Pinned</source>
            <translation>Przypięte</translation>
        </message>
        <message>
            <source>Place in the queue</source>
            <translation>Miejsce w kolejce</translation>
        </message>
        <message>
            <source>Planning</source>
            <translation>Planowanie</translation>
        </message>
        <message>
            <source>Point at a cell, or use the arrow keys</source>
            <translation>Wskaż komórkę lub użyj strzałek</translation>
        </message>
        <message>
            <source>Polish</source>
            <translation>Polski</translation>
        </message>
        <message>
            <source>Port</source>
            <translation>Port</translation>
        </message>
        <message>
            <source>Port {port} is used by another program.</source>
            <translation>Port {port} zajmuje inny program.</translation>
        </message>
        <message>
            <source>Portuguese</source>
            <translation>Portugalski</translation>
        </message>
        <message>
            <source>Power</source>
            <translation>Zasilanie</translation>
        </message>
        <message>
            <source>Precise</source>
            <translation>Precyzyjne</translation>
        </message>
        <message>
            <source>Predicted</source>
            <translation>Prognoza</translation>
        </message>
        <message>
            <source>Predicted by a dry run of the engine; measured once it is loaded in a chat.</source>
            <translation>Przewidziane przez próbę silnika na sucho; zmierzone po wczytaniu w rozmowie.</translation>
        </message>
        <message>
            <source>Predicted for</source>
            <translation>Prognoza dla</translation>
        </message>
        <message>
            <source>Predicted from the file's header; measured once it is loaded in a chat.</source>
            <translation>Przewidziane z nagłówka pliku; zmierzone po wczytaniu w rozmowie.</translation>
        </message>
        <message>
            <source>Predicted on: {machine}</source>
            <translation>Prognoza dla: {machine}</translation>
        </message>
        <message>
            <source>Predicted speed</source>
            <translation>Przewidywana szybkość</translation>
        </message>
        <message>
            <source>Predicted speeds rest on these rates. Measure again after a change of driver or hardware.</source>
            <translation>Na tych wartościach opierają się przewidywane szybkości. Po zmianie sterownika lub sprzętu zmierz ponownie.</translation>
        </message>
        <message>
            <source>Predicted tokens per second, and how far off that was</source>
            <translation>Przewidziane tokeny na sekundę i wielkość błędu</translation>
        </message>
        <message numerus="yes">
            <source>Predictions were {share} off on average over {count} results</source>
            <translation>
                <numerusform>Prognoza różniła się o {share} ({count} wynik)</numerusform>
                <numerusform>Prognozy różniły się średnio o {share} ({count} wyniki)</numerusform>
                <numerusform>Prognozy różniły się średnio o {share} ({count} wyników)</numerusform>
            </translation>
        </message>
        <message>
            <source>Preparing …</source>
            <translation>Przygotowanie …</translation>
        </message>
        <message>
            <source>Presence</source>
            <translation>Obecność</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Zestaw ustawień</translation>
        </message>
        <message>
            <source>Preset: {name}</source>
            <translation>Zestaw ustawień: {name}</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>Zestawy ustawień</translation>
        </message>
        <message>
            <source>Pretend another machine</source>
            <translation>Symuluj inny komputer</translation>
        </message>
        <message>
            <source>Pretended GPU</source>
            <translation>Symulowane GPU</translation>
        </message>
        <message>
            <source>Pretended memory</source>
            <translation>Symulowana pamięć</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Podgląd</translation>
        </message>
        <message>
            <source>Previous 7 days</source>
            <translation>Poprzednie 7 dni</translation>
        </message>
        <message>
            <source>Previous place</source>
            <translation>Poprzednie miejsce</translation>
        </message>
        <message>
            <source>Previous version</source>
            <translation>Poprzednia wersja</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>Procesor</translation>
        </message>
        <message>
            <source>Programs send it as their API key. A new one locks out the old.</source>
            <translation>Programy wysyłają go jako klucz API. Nowy unieważnia stary.</translation>
        </message>
        <message>
            <source>Programs that use it in the old place will not find it there any more; Orangery will.</source>
            <translation>Programy, które używają go w starym miejscu, już go tam nie znajdą; Orangery tak.</translation>
        </message>
        <message>
            <source>Projectors</source>
            <translation>Projektory</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Zapytanie</translation>
        </message>
        <message>
            <source>Prompt for all columns</source>
            <translation>Zapytanie do wszystkich kolumn</translation>
        </message>
        <message>
            <source>Prompt of the sweep</source>
            <translation>Zapytanie przeglądu</translation>
        </message>
        <message>
            <source>Prompt suite</source>
            <translation>Zestaw zapytań</translation>
        </message>
        <message>
            <source>Prompt suites</source>
            <translation>Zestawy zapytań</translation>
        </message>
        <message>
            <source>Prompt tok/s</source>
            <translation>Prompt tok/s</translation>
        </message>
        <message>
            <source>Prompt {count}</source>
            <translation>Zapytanie {count}</translation>
        </message>
        <message numerus="yes">
            <source>Prompt {n}</source>
            <translation>
                <numerusform>Zapytanie {n}</numerusform>
                <numerusform>Zapytanie {n}</numerusform>
                <numerusform>Zapytanie {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>Prompt, tokens</source>
            <translation>Zapytanie, tokeny</translation>
        </message>
        <message>
            <source>Prompt: {prompt} tokens, of which {cached} were kept from the last turn.</source>
            <translation>Zapytanie: {prompt} tok., w tym {cached} z poprzedniej tury.</translation>
        </message>
        <message>
            <source>Prompt: {text}</source>
            <translation>Zapytanie: {text}</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>Zapytania</translation>
        </message>
        <message>
            <source>Prompts from a file</source>
            <translation>Zapytania z pliku</translation>
        </message>
        <message>
            <source>Prompts, chats, file names and usage counts are never sent. What is not listed here did not happen.</source>
            <translation>Zapytania, rozmowy, nazwy plików i liczniki użycia nigdy nie są wysyłane. Czego tu nie ma, to się nie zdarzyło.</translation>
        </message>
        <message>
            <source>Put an adapter that fits the base into the mixer first.</source>
            <translation>Najpierw dodaj do miksera adapter, który pasuje do bazy.</translation>
        </message>
        <message>
            <source>Put fewer layers on the GPU, or leave the number to Orangery, which tries fewer.</source>
            <translation>Umieść na GPU mniej warstw albo zostaw ich liczbę Orangery, które spróbuje mniejszej.</translation>
        </message>
        <message>
            <source>Q8_0: half the size, hardly a difference</source>
            <translation>Q8_0: połowa rozmiaru, prawie bez różnicy</translation>
        </message>
        <message>
            <source>Quality against speed</source>
            <translation>Jakość a szybkość</translation>
        </message>
        <message>
            <source>Quality lost against size</source>
            <translation>Strata jakości a rozmiar</translation>
        </message>
        <message>
            <source>Quality lost against speed</source>
            <translation>Strata jakości a szybkość</translation>
        </message>
        <message>
            <source>Quant</source>
            <translation>Kwant.</translation>
        </message>
        <message>
            <source>Quant lab of {name}</source>
            <translation>Laboratorium kwantyzacji: {name}</translation>
        </message>
        <message>
            <source>Quantization</source>
            <translation>Kwantyzacja</translation>
        </message>
        <message>
            <source>Quantize</source>
            <translation>Kwantuj</translation>
        </message>
        <message>
            <source>Quantize the selected model</source>
            <translation>Kwantuj zaznaczony model</translation>
        </message>
        <message>
            <source>Quantize {name}</source>
            <translation>Kwantuj {name}</translation>
        </message>
        <message numerus="yes">
            <source>Quantize {n} types</source>
            <translation>
                <numerusform>Kwantuj {n} typ</numerusform>
                <numerusform>Kwantuj {n} typy</numerusform>
                <numerusform>Kwantuj {n} typów</numerusform>
            </translation>
        </message>
        <message>
            <source>Quantize …</source>
            <translation>Kwantuj …</translation>
        </message>
        <message>
            <source>Quantizing {share}</source>
            <translation>Kwantyzacja {share}</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Zakończ</translation>
        </message>
        <message>
            <source>RAM</source>
            <translation>RAM</translation>
        </message>
        <message>
            <source>Rank</source>
            <translation>Ranga</translation>
        </message>
        <message>
            <source>Rating</source>
            <translation>Ocena</translation>
        </message>
        <message>
            <source>Rating against speed</source>
            <translation>Ocena a szybkość</translation>
        </message>
        <message>
            <source>Rating {rating}</source>
            <translation>Ocena {rating}</translation>
        </message>
        <message>
            <source>Rating {rating} in {topic}</source>
            <translation>Ocena {rating}, temat {topic}</translation>
        </message>
        <message>
            <source>Read every file and compare it with its checksum</source>
            <translation>Odczytaj każdy plik i porównaj z sumą kontrolną</translation>
        </message>
        <message>
            <source>Read on this machine only; the matrix holds none of your words</source>
            <translation>Tekst odczytywany tylko na tym komputerze; w macierzy nie ma twoich słów</translation>
        </message>
        <message>
            <source>Read {size} from the disk and compare?</source>
            <translation>Odczytać {size} z dysku i porównać?</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Czytanie</translation>
        </message>
        <message>
            <source>Reading a prompt</source>
            <translation>Czytanie zapytania</translation>
        </message>
        <message>
            <source>Reading the header of {name} …</source>
            <translation>Odczyt nagłówka {name} …</translation>
        </message>
        <message>
            <source>Reading the header …</source>
            <translation>Odczyt nagłówka …</translation>
        </message>
        <message>
            <source>Reading the list of files …</source>
            <translation>Odczyt listy plików …</translation>
        </message>
        <message>
            <source>Reading the model card …</source>
            <translation>Odczyt karty modelu …</translation>
        </message>
        <message>
            <source>Reading {count} tokens</source>
            <translation>Czytanie, {count} tok.</translation>
        </message>
        <message>
            <source>Reading {count} tokens at depth {depth}</source>
            <translation>Czytanie, {count} tok. po {depth}</translation>
        </message>
        <message>
            <source>Reading …</source>
            <translation>Odczyt …</translation>
        </message>
        <message>
            <source>Reads 1B (tok/s)</source>
            <translation>Czyta 1B (tok./s)</translation>
        </message>
        <message>
            <source>Reads prompts at</source>
            <translation>Czyta zapytania</translation>
        </message>
        <message>
            <source>Reads prompts in smaller pieces, which is slower; nothing else is given up.</source>
            <translation>Czyta zapytania w mniejszych porcjach, a to wolniej; poza tym nic się nie traci.</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Powód</translation>
        </message>
        <message>
            <source>Reasoned</source>
            <translation>Rozumowanie</translation>
        </message>
        <message>
            <source>Reasoned for {time}</source>
            <translation>Rozumowanie trwało {time}</translation>
        </message>
        <message>
            <source>Reasoning …</source>
            <translation>Rozumowanie …</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Odebrano</translation>
        </message>
        <message>
            <source>Reclaim space</source>
            <translation>Odzyskaj miejsce</translation>
        </message>
        <message>
            <source>Reclaim space of {name}</source>
            <translation>Odzyskaj miejsce: {name}</translation>
        </message>
        <message>
            <source>Recommended</source>
            <translation>Polecany</translation>
        </message>
        <message>
            <source>Recovered chat</source>
            <translation>Odzyskana rozmowa</translation>
        </message>
        <message>
            <source>Reduce motion</source>
            <translation>Ogranicz animacje</translation>
        </message>
        <message numerus="yes">
            <source>Remembers {n} tokens instead of what you wanted.</source>
            <translation>
                <numerusform>Pamięta {n} token, mniej niż chcesz.</numerusform>
                <numerusform>Pamięta {n} tokeny, mniej niż chcesz.</numerusform>
                <numerusform>Pamięta {n} tokenów, mniej niż chcesz.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Remembers {n} tokens, and keeps them as {type}, a little less exact.</source>
            <translation>
                <numerusform>Pamięta {n} token i przechowuje go jako {type}, nieco mniej dokładnie.</numerusform>
                <numerusform>Pamięta {n} tokeny i przechowuje je jako {type}, nieco mniej dokładnie.</numerusform>
                <numerusform>Pamięta {n} tokenów i przechowuje je jako {type}, nieco mniej dokładnie.</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Usuń</translation>
        </message>
        <message>
            <source>Remove column</source>
            <translation>Usuń kolumnę</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Usuń z listy</translation>
        </message>
        <message>
            <source>Remove it from the mix, or choose another adapter.</source>
            <translation>Usuń go z miksu albo wybierz inny adapter.</translation>
        </message>
        <message>
            <source>Remove the folder {name} from the Library</source>
            <translation>Usuń folder {name} z Biblioteki</translation>
        </message>
        <message>
            <source>Remove the folder “{name}”?</source>
            <translation>Usunąć folder „{name}”?</translation>
        </message>
        <message>
            <source>Remove the folder, keep its chats</source>
            <translation>Usuń folder, zachowaj rozmowy</translation>
        </message>
        <message>
            <source>Remove the key</source>
            <translation>Usuń klucz</translation>
        </message>
        <message>
            <source>Remove the rule</source>
            <translation>Usuń regułę</translation>
        </message>
        <message>
            <source>Remove this download and choose the file again.</source>
            <translation>Usuń to pobieranie i wybierz plik jeszcze raz.</translation>
        </message>
        <message>
            <source>Remove {folder} from the library</source>
            <translation>Usuń {folder} z biblioteki</translation>
        </message>
        <message>
            <source>Remove {name}</source>
            <translation>Usuń {name}</translation>
        </message>
        <message>
            <source>Remove {name} from the mixer</source>
            <translation>Usuń {name} z miksera</translation>
        </message>
        <message>
            <source>Remove {name}?</source>
            <translation>Usunąć {name}?</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Zmień nazwę</translation>
        </message>
        <message>
            <source>Rename the preset</source>
            <translation>Zmiana nazwy zestawu ustawień</translation>
        </message>
        <message>
            <source>Rename {name}</source>
            <translation>Zmień nazwę {name}</translation>
        </message>
        <message>
            <source>Rename “{name}” …</source>
            <translation>Zmień nazwę „{name}” …</translation>
        </message>
        <message>
            <source>Rename …</source>
            <translation>Zmień nazwę …</translation>
        </message>
        <message>
            <source>Repacked weights</source>
            <translation>Przepakowane wagi</translation>
        </message>
        <message>
            <source>Repeat</source>
            <translation>Powtarzanie</translation>
        </message>
        <message>
            <source>Repetitions</source>
            <translation>Powtórzenia</translation>
        </message>
        <message>
            <source>Replace it by a good copy; what it says cannot be trusted.</source>
            <translation>Zastąp go dobrą kopią; jego odpowiedziom nie można ufać.</translation>
        </message>
        <message>
            <source>Replaces</source>
            <translation>Zastąpi</translation>
        </message>
        <message>
            <source>Replay</source>
            <translation>Powtórz</translation>
        </message>
        <message>
            <source>Replay …</source>
            <translation>Powtórz …</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Raport</translation>
        </message>
        <message>
            <source>Report …</source>
            <translation>Raport …</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Żądanie</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>Żądania</translation>
        </message>
        <message>
            <source>Reranking</source>
            <translation>Reranking</translation>
        </message>
        <message>
            <source>Reset the columns</source>
            <translation>Przywróć kolumny</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Wynik</translation>
        </message>
        <message>
            <source>Result to follow over time</source>
            <translation>Wynik śledzony w czasie</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Wyniki</translation>
        </message>
        <message>
            <source>Results by model and topic</source>
            <translation>Wyniki według modelu i tematu</translation>
        </message>
        <message>
            <source>Results of which machine and build</source>
            <translation>Wyniki z którego komputera i której kompilacji</translation>
        </message>
        <message>
            <source>Results of which model</source>
            <translation>Wyniki którego modelu</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Wznów</translation>
        </message>
        <message>
            <source>Resume all</source>
            <translation>Wznów</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Dobrze</translation>
        </message>
        <message>
            <source>Round {number}</source>
            <translation>Runda {number}</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>Reguła</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>Reguły</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Przebieg</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>Uruchom ponownie</translation>
        </message>
        <message>
            <source>Run card</source>
            <translation>Karta odpowiedzi</translation>
        </message>
        <message>
            <source>Run card …</source>
            <translation>Karta odpowiedzi …</translation>
        </message>
        <message>
            <source>Run it</source>
            <translation>Uruchom</translation>
        </message>
        <message>
            <source>Run it again.</source>
            <translation>Uruchom go jeszcze raz.</translation>
        </message>
        <message>
            <source>Run plan</source>
            <translation>Plan</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>W toku</translation>
        </message>
        <message>
            <source>Running in Ollama</source>
            <translation>Działa w Ollamie</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Przebiegi</translation>
        </message>
        <message>
            <source>Russian</source>
            <translation>Rosyjski</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>SHA-256 verified</source>
            <translation>SHA-256 sprawdzone</translation>
        </message>
        <message>
            <source>Safe to load</source>
            <translation>Wczytanie bezpieczne</translation>
        </message>
        <message>
            <source>Safe to load.</source>
            <translation>Można bezpiecznie wczytać.</translation>
        </message>
        <message>
            <source>Same top</source>
            <translation>Zgodność</translation>
        </message>
        <message>
            <source>Same weights as</source>
            <translation>Te same wagi co</translation>
        </message>
        <message>
            <source>Same weights as {name} (SHA-256 agrees).</source>
            <translation>Te same wagi co {name} (zgodne SHA-256).</translation>
        </message>
        <message>
            <source>Sampling</source>
            <translation>Próbkowanie</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Zapisz</translation>
        </message>
        <message>
            <source>Save as a new preset …</source>
            <translation>Zapisz jako nowy zestaw …</translation>
        </message>
        <message>
            <source>Save as a preset</source>
            <translation>Zapisz jako zestaw ustawień</translation>
        </message>
        <message>
            <source>Save as mix</source>
            <translation>Zapisz jako miks</translation>
        </message>
        <message>
            <source>Save as mix …</source>
            <translation>Zapisz jako miks …</translation>
        </message>
        <message>
            <source>Save it as UTF-8 text, or choose another file.</source>
            <translation>Zapisz go jako tekst UTF-8 albo wybierz inny plik.</translation>
        </message>
        <message>
            <source>Save it under another name.</source>
            <translation>Zapisz go pod inną nazwą.</translation>
        </message>
        <message>
            <source>Save over</source>
            <translation>Nadpisz</translation>
        </message>
        <message>
            <source>Save the changes to “{name}”</source>
            <translation>Zapisz zmiany w „{name}”</translation>
        </message>
        <message>
            <source>Save this mix</source>
            <translation>Zapisz ten miks</translation>
        </message>
        <message>
            <source>Save this mix …</source>
            <translation>Zapisz ten miks …</translation>
        </message>
        <message>
            <source>Saved as {path}</source>
            <translation>Zapisano jako {path}</translation>
        </message>
        <message>
            <source>Saved the mix “{name}”</source>
            <translation>Zapisano miks „{name}”</translation>
        </message>
        <message>
            <source>Saved under Made here.</source>
            <translation>Zapis w grupie Własne.</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>Zapisano.</translation>
        </message>
        <message>
            <source>Saved; helps small types most</source>
            <translation>Zapisana; najbardziej pomaga małym typom</translation>
        </message>
        <message>
            <source>Saves to Ollama's store · {size} free</source>
            <translation>Do magazynu Ollamy · wolne {size}</translation>
        </message>
        <message>
            <source>Saves to the Hugging Face cache · {size} free</source>
            <translation>Do pamięci podręcznej Hugging Face · wolne {size}</translation>
        </message>
        <message>
            <source>Saving begins version {number}.</source>
            <translation>Zapis utworzy wersję {number}.</translation>
        </message>
        <message>
            <source>Say first that you know it was quantized already.</source>
            <translation>Najpierw potwierdź, że wiesz o wcześniejszej kwantyzacji.</translation>
        </message>
        <message>
            <source>Scale of {name}</source>
            <translation>Siła {name}</translation>
        </message>
        <message>
            <source>Scale of {name}, typed</source>
            <translation>Siła {name}, wpisywana</translation>
        </message>
        <message>
            <source>Scale sweep</source>
            <translation>Przegląd siły</translation>
        </message>
        <message numerus="yes">
            <source>Scale {scales}: {n} tokens, {speed} tokens/s, mean KL {kl}</source>
            <translation>
                <numerusform>Siła {scales}: {n} token, {speed} tokenów/s, średnie KL {kl}</numerusform>
                <numerusform>Siła {scales}: {n} tokeny, {speed} tokenów/s, średnie KL {kl}</numerusform>
                <numerusform>Siła {scales}: {n} tokenów, {speed} tokenów/s, średnie KL {kl}</numerusform>
            </translation>
        </message>
        <message>
            <source>Scales</source>
            <translation>Siła</translation>
        </message>
        <message>
            <source>Scrolls all answers</source>
            <translation>Przewija wszystkie odpowiedzi</translation>
        </message>
        <message>
            <source>Search all text</source>
            <translation>Szukaj w treści</translation>
        </message>
        <message>
            <source>Search for it in Discover and download it from there.</source>
            <translation>Wyszukaj go na stronie Odkrywaj i stamtąd pobierz.</translation>
        </message>
        <message>
            <source>Search for its name together with “GGUF”: somebody may have converted it.</source>
            <translation>Poszukaj tej nazwy razem z „GGUF”: ktoś mógł przekonwertować ten model.</translation>
        </message>
        <message>
            <source>Search or paste a link</source>
            <translation>Szukaj lub wklej link</translation>
        </message>
        <message>
            <source>Search results and file headers; may be deleted at any time.</source>
            <translation>Wyniki wyszukiwania i nagłówki plików; można usunąć w każdej chwili.</translation>
        </message>
        <message>
            <source>Search without the filter</source>
            <translation>Szukaj bez filtra</translation>
        </message>
        <message>
            <source>Search, owner/name, a link or ollama:name</source>
            <translation>Szukaj, autor/nazwa, link lub ollama:nazwa</translation>
        </message>
        <message>
            <source>Searching and downloading contact Hugging Face, and every host is listed here.</source>
            <translation>Wyszukiwanie i pobieranie łączą się z Hugging Face, a każdy host jest tu wymieniony.</translation>
        </message>
        <message>
            <source>Searching …</source>
            <translation>Szukanie …</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>Sekundy</translation>
        </message>
        <message>
            <source>Seconds to the first token</source>
            <translation>Sekundy do pierwszego tokenu</translation>
        </message>
        <message>
            <source>See which copies could share their bytes</source>
            <translation>Zobacz, które kopie można połączyć</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Ziarno</translation>
        </message>
        <message>
            <source>Seed {seed} and the same sampling in every column</source>
            <translation>Ziarno {seed} i to samo losowanie w każdej kolumnie</translation>
        </message>
        <message>
            <source>Seed {seed} and the same sampling in every column; other adapters muted</source>
            <translation>Ziarno {seed} i to samo losowanie w każdej kolumnie; inne adaptery wyciszone</translation>
        </message>
        <message>
            <source>Select a run to see what it measured, or two to compare them.</source>
            <translation>Zaznacz przebieg, aby zobaczyć, co zmierzył, albo dwa, aby je porównać.</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Zaznacz wszystko</translation>
        </message>
        <message>
            <source>Select an adapter that fits the base.</source>
            <translation>Zaznacz adapter, który pasuje do bazy.</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Wyślij</translation>
        </message>
        <message>
            <source>Send (Enter)</source>
            <translation>Wyślij (Enter)</translation>
        </message>
        <message>
            <source>Send again</source>
            <translation>Wyślij ponownie</translation>
        </message>
        <message>
            <source>Send anyway</source>
            <translation>Wyślij mimo to</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Wysłano</translation>
        </message>
        <message>
            <source>Sentences, at least</source>
            <translation>Zdań co najmniej</translation>
        </message>
        <message>
            <source>Sentences, at most</source>
            <translation>Zdań najwyżej</translation>
        </message>
        <message>
            <source>Servers on this or another computer that run models. Chat and compare with them as well.</source>
            <translation>Serwery na tym lub innym komputerze, na których działają modele. Z nimi też można rozmawiać i je porównywać.</translation>
        </message>
        <message>
            <source>Set OLLAMA_MODELS to a folder that can be written, then start Orangery again.</source>
            <translation>Ustaw OLLAMA_MODELS na folder, w którym można zapisywać, potem uruchom Orangery ponownie.</translation>
        </message>
        <message>
            <source>Set an http or https proxy in the network settings of the system, or none.</source>
            <translation>W ustawieniach sieci systemu ustaw proxy http lub https albo wyłącz proxy.</translation>
        </message>
        <message>
            <source>Set it to a host, host:port or an http address, or remove it.</source>
            <translation>Ustaw host, host:port lub adres http albo usuń tę zmienną.</translation>
        </message>
        <message>
            <source>Set it to an http or https address without a password, or remove it.</source>
            <translation>Ustaw adres http lub https bez hasła albo usuń tę zmienną.</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Ustawienia</translation>
        </message>
        <message>
            <source>Several tags of {name} are {label}.</source>
            <translation>Kilka tagów {name} to {label}.</translation>
        </message>
        <message>
            <source>Severe quality loss, an experiment</source>
            <translation>Ogromna strata, eksperyment</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Kształt</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Połącz</translation>
        </message>
        <message>
            <source>Share equal copies</source>
            <translation>Połącz identyczne kopie</translation>
        </message>
        <message>
            <source>Share equal copies …</source>
            <translation>Połącz identyczne kopie …</translation>
        </message>
        <message>
            <source>ShareGPT (JSONL)</source>
            <translation>ShareGPT (JSONL)</translation>
        </message>
        <message>
            <source>Sharing {share}</source>
            <translation>Łączenie {share}</translation>
        </message>
        <message>
            <source>Shorten it, choose a longer context in the panel, or start a new chat.</source>
            <translation>Skróć ją, wybierz w panelu dłuższy kontekst albo zacznij nową rozmowę.</translation>
        </message>
        <message>
            <source>Shorten the message or start a new chat.</source>
            <translation>Skróć wiadomość albo zacznij nową rozmowę.</translation>
        </message>
        <message>
            <source>Shorten the message, start a new chat, or choose a larger context.</source>
            <translation>Skróć wiadomość, zacznij nową rozmowę albo wybierz większy kontekst.</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Pokaż</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Pokaż wszystkie</translation>
        </message>
        <message numerus="yes">
            <source>Show all {n} lines</source>
            <translation>
                <numerusform>Pokaż całość ({n} wiersz)</numerusform>
                <numerusform>Pokaż całość ({n} wiersze)</numerusform>
                <numerusform>Pokaż całość ({n} wierszy)</numerusform>
            </translation>
        </message>
        <message>
            <source>Show differences …</source>
            <translation>Pokaż różnice …</translation>
        </message>
        <message>
            <source>Show how likely each token was</source>
            <translation>Pokaż prawdopodobieństwo tokenów</translation>
        </message>
        <message>
            <source>Show in Discover</source>
            <translation>Pokaż w Odkrywaj</translation>
        </message>
        <message>
            <source>Show in Library</source>
            <translation>Pokaż w Bibliotece</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Pokaż w folderze</translation>
        </message>
        <message>
            <source>Show it there</source>
            <translation>Pokaż tam</translation>
        </message>
        <message>
            <source>Show log</source>
            <translation>Pokaż dziennik</translation>
        </message>
        <message>
            <source>Show only {store}</source>
            <translation>Pokaż tylko: {store}</translation>
        </message>
        <message>
            <source>Show single files here; they stay where they are</source>
            <translation>Pokaż tu pojedyncze pliki; zostają na swoim miejscu</translation>
        </message>
        <message>
            <source>Show the Library</source>
            <translation>Pokaż Bibliotekę</translation>
        </message>
        <message>
            <source>Show the download</source>
            <translation>Pokaż pobieranie</translation>
        </message>
        <message>
            <source>Show the models of a folder here and watch it; nothing is copied</source>
            <translation>Pokaż tu modele z folderu i obserwuj go; nic nie jest kopiowane</translation>
        </message>
        <message>
            <source>Show the run plan</source>
            <translation>Pokaż plan przebiegu</translation>
        </message>
        <message>
            <source>Show the summary</source>
            <translation>Pokaż streszczenie</translation>
        </message>
        <message>
            <source>Show the text</source>
            <translation>Pokaż tekst</translation>
        </message>
        <message>
            <source>Show your summary</source>
            <translation>Pokaż twoje streszczenie</translation>
        </message>
        <message>
            <source>Show {name}</source>
            <translation>Pokaż {name}</translation>
        </message>
        <message>
            <source>Signed in as {name}</source>
            <translation>Zalogowano jako {name}</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Od kiedy</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Rozmiar</translation>
        </message>
        <message>
            <source>Size and header agree. Only reading both files to the end can tell.</source>
            <translation>Rozmiar i nagłówek są zgodne. Pewność da dopiero odczytanie obu plików do końca.</translation>
        </message>
        <message>
            <source>Size of every layer</source>
            <translation>Rozmiar każdej warstwy</translation>
        </message>
        <message>
            <source>Small</source>
            <translation>Małe</translation>
        </message>
        <message>
            <source>Small and quick: summaries and simple questions.</source>
            <translation>Mały i szybki: streszczenia i proste pytania.</translation>
        </message>
        <message>
            <source>Small loss, a bit smaller</source>
            <translation>Mała strata, nieco mniejszy</translation>
        </message>
        <message>
            <source>Small quality loss, the usual choice</source>
            <translation>Mała strata, zwykły wybór</translation>
        </message>
        <message>
            <source>Small, and can think before it answers.</source>
            <translation>Mały, umie pomyśleć, zanim odpowie.</translation>
        </message>
        <message>
            <source>Small, with many languages: short texts and simple questions.</source>
            <translation>Mały, z wieloma językami: krótkie teksty i proste pytania.</translation>
        </message>
        <message>
            <source>Solo {name}</source>
            <translation>Solo {name}</translation>
        </message>
        <message>
            <source>Some answers are judged by a model. Choose one that is not among those that answer.</source>
            <translation>Niektóre odpowiedzi ocenia model. Wybierz taki, który sam nie odpowiada.</translation>
        </message>
        <message>
            <source>Some of those that there are: {names}.</source>
            <translation>Niektóre z dostępnych: {names}.</translation>
        </message>
        <message>
            <source>Something in Orangery went wrong</source>
            <translation>Coś w Orangery poszło nie tak</translation>
        </message>
        <message numerus="yes">
            <source>Something is wrong with {n} models</source>
            <translation>
                <numerusform>Coś jest nie tak z {n} modelem</numerusform>
                <numerusform>Coś jest nie tak z {n} modelami</numerusform>
                <numerusform>Coś jest nie tak z {n} modelami</numerusform>
            </translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Sortuj według</translation>
        </message>
        <message>
            <source>Sort by: {order}</source>
            <translation>Sortuj: {order}</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Źródło</translation>
        </message>
        <message>
            <source>Spaces beside special tokens may be kept, which the original leaves out.</source>
            <translation>Spacje obok tokenów specjalnych mogą zostać, choć oryginał je pomija.</translation>
        </message>
        <message>
            <source>Spanish</source>
            <translation>Hiszpański</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Szybkość</translation>
        </message>
        <message>
            <source>Speed limit</source>
            <translation>Limit szybkości</translation>
        </message>
        <message>
            <source>Speed limit in megabytes per second</source>
            <translation>Limit szybkości w megabajtach na sekundę</translation>
        </message>
        <message>
            <source>Speed limit of downloads</source>
            <translation>Limit szybkości pobierania</translation>
        </message>
        <message>
            <source>Speeds and suites do not fit into one table.</source>
            <translation>Szybkości i zestawy zapytań nie mieszczą się w jednej tabeli.</translation>
        </message>
        <message>
            <source>Speeds are shown as wide ranges. Measuring runs small test models for about ten seconds and makes them narrow.</source>
            <translation>Szybkości są podawane w szerokich zakresach. Pomiar przez około dziesięć sekund uruchamia małe modele testowe i zawęża te zakresy.</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Rozpocznij</translation>
        </message>
        <message>
            <source>Start Ollama, or correct OLLAMA_HOST, then try again.</source>
            <translation>Uruchom Ollamę albo popraw OLLAMA_HOST, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Start Ollama, then try again.</source>
            <translation>Uruchom Ollamę, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Start a new chat, or give this one a larger context.</source>
            <translation>Zacznij nową rozmowę albo daj tej większy kontekst.</translation>
        </message>
        <message>
            <source>Start it again; the log file says why it ended.</source>
            <translation>Uruchom go ponownie; plik dziennika mówi, dlaczego się zakończył.</translation>
        </message>
        <message>
            <source>Start one of these, then add its address here. Words in capitals are yours to fill in.</source>
            <translation>Uruchom jeden z nich, potem dodaj tu jego adres. Słowa wielkimi literami zastąp własnymi.</translation>
        </message>
        <message>
            <source>Start the server there, or correct the address in Settings › Connections.</source>
            <translation>Uruchom tam serwer albo popraw adres w Ustawienia › Połączenia.</translation>
        </message>
        <message>
            <source>Starter model</source>
            <translation>Model startowy</translation>
        </message>
        <message>
            <source>Starting …</source>
            <translation>Uruchamianie …</translation>
        </message>
        <message>
            <source>Starts with</source>
            <translation>Zaczyna się od</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Stan</translation>
        </message>
        <message>
            <source>Stays free</source>
            <translation>Pozostaje wolne</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Zatrzymaj</translation>
        </message>
        <message>
            <source>Stop all</source>
            <translation>Zatrzymaj</translation>
        </message>
        <message>
            <source>Stop it there first, then delete it.</source>
            <translation>Najpierw zatrzymaj go tam, potem usuń.</translation>
        </message>
        <message>
            <source>Stop or close</source>
            <translation>Zatrzymaj lub zamknij</translation>
        </message>
        <message>
            <source>Stop that download first.</source>
            <translation>Najpierw zatrzymaj to pobieranie.</translation>
        </message>
        <message>
            <source>Stop the answer (Esc)</source>
            <translation>Zatrzymaj odpowiedź (Esc)</translation>
        </message>
        <message>
            <source>Stop this answer</source>
            <translation>Zatrzymaj tę odpowiedź</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Zatrzymano</translation>
        </message>
        <message>
            <source>Stopping …</source>
            <translation>Zatrzymywanie …</translation>
        </message>
        <message>
            <source>Store</source>
            <translation>Magazyn</translation>
        </message>
        <message>
            <source>Strong at sums, logic and instructions for its size.</source>
            <translation>Jak na swój rozmiar mocny w rachunkach, logice i poleceniach.</translation>
        </message>
        <message>
            <source>Strong loss, only for large models</source>
            <translation>Duża strata, dla dużych modeli</translation>
        </message>
        <message>
            <source>Suite</source>
            <translation>Zestaw</translation>
        </message>
        <message>
            <source>Suites</source>
            <translation>Zestawy</translation>
        </message>
        <message>
            <source>Suites (*.jsonl *.csv)</source>
            <translation>Zestawy (*.jsonl *.csv)</translation>
        </message>
        <message>
            <source>Summarise</source>
            <translation>Streść</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Streszczenie</translation>
        </message>
        <message>
            <source>Summary of the oldest messages</source>
            <translation>Streszczenie najstarszych wiadomości</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>System follows the desktop, also while Orangery runs.</source>
            <translation>„System” dostosowuje się do pulpitu, także w czasie pracy Orangery.</translation>
        </message>
        <message>
            <source>System prompt</source>
            <translation>Instrukcja systemowa</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>Tabela</translation>
        </message>
        <message>
            <source>Table (CSV) …</source>
            <translation>Tabela (CSV) …</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>Tag</translation>
        </message>
        <message>
            <source>Take off {name}</source>
            <translation>Usuń załącznik {name}</translation>
        </message>
        <message>
            <source>Take over</source>
            <translation>Zastosuj</translation>
        </message>
        <message>
            <source>Take the F16 or BF16 file of the model, or give --requantize.</source>
            <translation>Weź plik F16 lub BF16 tego modelu albo podaj --requantize.</translation>
        </message>
        <message>
            <source>Take the F16 or BF16 file of the model, or say that you want it nevertheless.</source>
            <translation>Weź plik F16 lub BF16 tego modelu albo potwierdź, że mimo to tego chcesz.</translation>
        </message>
        <message>
            <source>Takes it off the list; nothing is deleted.</source>
            <translation>Usuwa z listy; nic nie znika z dysku.</translation>
        </message>
        <message>
            <source>Task</source>
            <translation>Zastosowanie</translation>
        </message>
        <message>
            <source>Tell how likely each token was</source>
            <translation>Podawaj prawdopodobieństwo tokenów</translation>
        </message>
        <message>
            <source>Tell me a story about a fox named Ruby</source>
            <translation>Opowiedz bajkę o lisie imieniem Ruby</translation>
        </message>
        <message>
            <source>Tell me about your day.</source>
            <translation>Opowiedz mi o swoim dniu.</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatura</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Szablon</translation>
        </message>
        <message>
            <source>Tensor shapes</source>
            <translation>Kształty tensorów</translation>
        </message>
        <message>
            <source>Tensors</source>
            <translation>Tensory</translation>
        </message>
        <message>
            <source>Tensors by layer</source>
            <translation>Tensory według warstw</translation>
        </message>
        <message>
            <source>Tests: {names}</source>
            <translation>Testy: {names}</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Tekst</translation>
        </message>
        <message>
            <source>Text and controls follow the desktop's display scale, up to 200 %, and its high contrast.</source>
            <translation>Tekst i kontrolki dostosowują się do skali ekranu pulpitu, do 200 %, i do jego wysokiego kontrastu.</translation>
        </message>
        <message>
            <source>Text of the rule</source>
            <translation>Tekst w regule</translation>
        </message>
        <message>
            <source>Text to measure on</source>
            <translation>Tekst do pomiaru</translation>
        </message>
        <message>
            <source>Text {which} has {number} tokens, but {model} reads at most {limit} at once.</source>
            <translation>Tekst {which} ma za dużo tokenów: {number}. {model} czyta naraz najwyżej {limit}.</translation>
        </message>
        <message>
            <source>Text {which} is empty.</source>
            <translation>Tekst {which} jest pusty.</translation>
        </message>
        <message>
            <source>Text {which} is far too long for any model.</source>
            <translation>Tekst {which} jest o wiele za długi dla każdego modelu.</translation>
        </message>
        <message>
            <source>Texts (*.txt *.md *.jsonl)</source>
            <translation>Teksty (*.txt *.md *.jsonl)</translation>
        </message>
        <message>
            <source>That is a file on this disk</source>
            <translation>To plik na tym dysku</translation>
        </message>
        <message>
            <source>The JSON schema for the answer cannot be read.</source>
            <translation>Nie można odczytać schematu JSON dla odpowiedzi.</translation>
        </message>
        <message>
            <source>The JSON schema for this answer can't be used.</source>
            <translation>Nie można użyć schematu JSON dla tej odpowiedzi.</translation>
        </message>
        <message>
            <source>The JSON schema of the function {function} can't be followed: {reason}.</source>
            <translation>Nie można zastosować schematu JSON funkcji {function}: {reason}.</translation>
        </message>
        <message>
            <source>The Ollama server at {host} has it, where Orangery cannot read it.</source>
            <translation>Ma go serwer Ollamy pod {host}, gdzie Orangery nie może go odczytać.</translation>
        </message>
        <message>
            <source>The access token could not be removed from the keyring of this system.</source>
            <translation>Nie udało się usunąć tokenu dostępu z pęku kluczy tego systemu.</translation>
        </message>
        <message>
            <source>The adapter {name} can't be opened.</source>
            <translation>Nie można otworzyć adaptera {name}.</translation>
        </message>
        <message>
            <source>The adapter {name} can't be used with {model}.</source>
            <translation>Adaptera {name} nie można użyć z {model}.</translation>
        </message>
        <message>
            <source>The adapter {name} changes nothing in {model}.</source>
            <translation>Adapter {name} niczego nie zmienia w {model}.</translation>
        </message>
        <message>
            <source>The adapter {name} is only meant to be used from certain words on.</source>
            <translation>Adapter {name} ma działać dopiero od określonych słów.</translation>
        </message>
        <message>
            <source>The adapter {name} of this mix is not there any more.</source>
            <translation>Adaptera {name} z tego miksu już nie ma.</translation>
        </message>
        <message>
            <source>The adapters as they stand ({adapters}) become part of the weights of a new model. The model itself stays as it is.</source>
            <translation>Adaptery w obecnym ustawieniu ({adapters}) staną się częścią wag nowego modelu. Sam model pozostanie bez zmian.</translation>
        </message>
        <message>
            <source>The adapters could not be merged into {model}.</source>
            <translation>Nie udało się scalić adapterów z {model}.</translation>
        </message>
        <message>
            <source>The address has a name or password in it.</source>
            <translation>W adresie jest nazwa użytkownika lub hasło.</translation>
        </message>
        <message>
            <source>The all-rounder</source>
            <translation>Wszechstronny</translation>
        </message>
        <message>
            <source>The answer ends, and says so.</source>
            <translation>Odpowiedź kończy się i informuje o tym.</translation>
        </message>
        <message>
            <source>The answer failed.</source>
            <translation>Odpowiedź się nie udała.</translation>
        </message>
        <message>
            <source>The answer in full</source>
            <translation>Cała odpowiedź</translation>
        </message>
        <message>
            <source>The answer must be JSON of this schema: {schema}</source>
            <translation>Odpowiedź musi być w JSON według schematu: {schema}</translation>
        </message>
        <message>
            <source>The answer must be {texts}</source>
            <translation>Odpowiedź musi brzmieć: {texts}</translation>
        </message>
        <message>
            <source>The answer must contain {texts}</source>
            <translation>Odpowiedź musi zawierać: {texts}</translation>
        </message>
        <message>
            <source>The answer must match {texts}</source>
            <translation>Odpowiedź musi pasować do: {texts}</translation>
        </message>
        <message>
            <source>The answer of Hugging Face for {repo} cannot be read.</source>
            <translation>Nie można odczytać odpowiedzi Hugging Face ({repo}).</translation>
        </message>
        <message>
            <source>The answer was copied.</source>
            <translation>Skopiowano odpowiedź.</translation>
        </message>
        <message>
            <source>The answers are not complete yet.</source>
            <translation>Odpowiedzi nie są jeszcze gotowe.</translation>
        </message>
        <message>
            <source>The beginning could not be summarised, so the oldest messages were left out.</source>
            <translation>Nie udało się streścić początku, więc pominięto najstarsze wiadomości.</translation>
        </message>
        <message>
            <source>The beginning is too long for a summary.</source>
            <translation>Początek jest za długi na streszczenie.</translation>
        </message>
        <message>
            <source>The bundled starter model, a toy of a few MB, works with no network. Quick, not clever.</source>
            <translation>Dołączony model startowy, kilkumegabajtowa zabawka, działa bez sieci. Szybki, niezbyt mądry.</translation>
        </message>
        <message>
            <source>The changes to this suite were not saved.</source>
            <translation>Zmiany w tym zestawie nie zostały zapisane.</translation>
        </message>
        <message>
            <source>The chat template is another one now.</source>
            <translation>Szablon rozmowy jest teraz inny.</translation>
        </message>
        <message>
            <source>The comparison was deleted.</source>
            <translation>Usunięto porównanie.</translation>
        </message>
        <message>
            <source>The connection is very slow or the server is busy. Try again in a moment.</source>
            <translation>Połączenie jest bardzo wolne albo serwer jest zajęty. Spróbuj ponownie za chwilę.</translation>
        </message>
        <message>
            <source>The connection to {host} broke off.</source>
            <translation>Połączenie z {host} zostało przerwane.</translation>
        </message>
        <message>
            <source>The connection to {host} is not secure: its certificate was refused.</source>
            <translation>Połączenie z {host} nie jest bezpieczne: jego certyfikat odrzucono.</translation>
        </message>
        <message>
            <source>The connection to {host} was lost while downloading {name}.</source>
            <translation>Połączenie z {host} zostało utracone podczas pobierania pliku {name}.</translation>
        </message>
        <message>
            <source>The connection {name} is not there any more.</source>
            <translation>Nie ma już połączenia {name}.</translation>
        </message>
        <message>
            <source>The content of {name} is gone.</source>
            <translation>Zawartość pliku {name} zniknęła.</translation>
        </message>
        <message>
            <source>The content was compared</source>
            <translation>Porównano zawartość</translation>
        </message>
        <message>
            <source>The context is too small for a summary.</source>
            <translation>Kontekst jest za mały na streszczenie.</translation>
        </message>
        <message numerus="yes">
            <source>The context of {n} tokens is full.</source>
            <translation>
                <numerusform>Kontekst o długości {n} tokena jest pełny.</numerusform>
                <numerusform>Kontekst o długości {n} tokenów jest pełny.</numerusform>
                <numerusform>Kontekst o długości {n} tokenów jest pełny.</numerusform>
            </translation>
        </message>
        <message>
            <source>The conversation is far too long for any model.</source>
            <translation>Rozmowa jest o wiele za długa dla każdego modelu.</translation>
        </message>
        <message>
            <source>The conversation needs about {number} tokens, but the context of {model} has {limit}.</source>
            <translation>Rozmowa wymaga około {number} tokenów, a {model} ma kontekst na {limit}.</translation>
        </message>
        <message>
            <source>The copy of {name} is not equal to the original.</source>
            <translation>Kopia {name} różni się od oryginału.</translation>
        </message>
        <message>
            <source>The damaged file is kept as {path} ({damage}).</source>
            <translation>Uszkodzony plik zachowano jako {path} ({damage}).</translation>
        </message>
        <message>
            <source>The database was damaged and has been repaired.</source>
            <translation>Baza danych była uszkodzona i została naprawiona.</translation>
        </message>
        <message>
            <source>The database {path} could not be brought to the form of this version.</source>
            <translation>Nie udało się dostosować bazy danych {path} do tej wersji.</translation>
        </message>
        <message>
            <source>The database {path} could not be read or written.</source>
            <translation>Nie udało się odczytać lub zapisać bazy danych {path}.</translation>
        </message>
        <message>
            <source>The database {path} is damaged and could not be repaired.</source>
            <translation>Baza danych {path} jest uszkodzona i nie udało się jej naprawić.</translation>
        </message>
        <message>
            <source>The database {path} is damaged, and another Orangery has it open.</source>
            <translation>Baza danych {path} jest uszkodzona i otwarta w innym oknie lub poleceniu Orangery.</translation>
        </message>
        <message>
            <source>The database {path} is damaged.</source>
            <translation>Baza danych {path} jest uszkodzona.</translation>
        </message>
        <message>
            <source>The database {path} is in use by another program.</source>
            <translation>Bazy danych {path} używa inny program.</translation>
        </message>
        <message>
            <source>The database {path} was written by a newer version of Orangery.</source>
            <translation>Bazę danych {path} zapisała nowsza wersja Orangery.</translation>
        </message>
        <message>
            <source>The description of {model} is not the one that the registry promised.</source>
            <translation>Opis {model} nie jest tym, który zapowiedział rejestr.</translation>
        </message>
        <message>
            <source>The details say why. Start again, or with --home and another folder.</source>
            <translation>Szczegóły mówią dlaczego. Uruchom ponownie albo z --home i innym folderem.</translation>
        </message>
        <message>
            <source>The disk became full while downloading {name}.</source>
            <translation>Dysk zapełnił się podczas pobierania pliku {name}.</translation>
        </message>
        <message>
            <source>The disk has not enough room.</source>
            <translation>Na dysku jest za mało miejsca.</translation>
        </message>
        <message>
            <source>The disk has not enough room: {free} free. Choose fewer types, or free some space.</source>
            <translation>Na dysku jest za mało miejsca, wolne {free}. Wybierz mniej typów albo zwolnij trochę miejsca.</translation>
        </message>
        <message>
            <source>The disk is full; the adapters could not be merged into {model}.</source>
            <translation>Dysk jest pełny; nie udało się scalić adapterów z {model}.</translation>
        </message>
        <message>
            <source>The disk is full; {model} could not be converted.</source>
            <translation>Dysk jest pełny; nie udało się przekonwertować {model}.</translation>
        </message>
        <message>
            <source>The disk is too full for the speed test.</source>
            <translation>Dysk jest zbyt pełny na pomiar szybkości.</translation>
        </message>
        <message>
            <source>The disk may be failing. The original is untouched.</source>
            <translation>Dysk może się psuć. Oryginał jest nietknięty.</translation>
        </message>
        <message>
            <source>The disk of {folder} has not enough free space.</source>
            <translation>Na dysku z {folder} jest za mało wolnego miejsca.</translation>
        </message>
        <message>
            <source>The disk of {folder} has not enough free space: {needed} MB are needed, {free} MB are free.</source>
            <translation>Na dysku z {folder} jest za mało wolnego miejsca: potrzeba {needed} MB, wolne jest {free} MB.</translation>
        </message>
        <message>
            <source>The disk of {folder} is full.</source>
            <translation>Dysk z {folder} jest pełny.</translation>
        </message>
        <message>
            <source>The display {display} cannot be opened: set DISPLAY to the one of your desktop session, or use the command line (orangery --help).</source>
            <translation>Nie można otworzyć ekranu {display}: ustaw DISPLAY na ekran swojej sesji graficznej albo użyj wiersza poleceń (orangery --help).</translation>
        </message>
        <message>
            <source>The engine ({package}) is not installed.</source>
            <translation>Silnik ({package}) nie jest zainstalowany.</translation>
        </message>
        <message>
            <source>The engine could not compute with {model}.</source>
            <translation>Silnik obsługujący {model} nie mógł wykonać obliczeń.</translation>
        </message>
        <message>
            <source>The engine crashed while it was loading {model}.</source>
            <translation>Silnik uległ awarii, gdy wczytywał {model}.</translation>
        </message>
        <message>
            <source>The engine crashed while it was using {model}.</source>
            <translation>Silnik uległ awarii, gdy obsługiwał {model}.</translation>
        </message>
        <message>
            <source>The engine does not work on this computer.</source>
            <translation>Silnik nie działa na tym komputerze.</translation>
        </message>
        <message>
            <source>The engine failed several times in a row with {model}.</source>
            <translation>Silnik obsługujący {model} zawiódł kilka razy z rzędu.</translation>
        </message>
        <message>
            <source>The engine is {now} now; it was {before}.</source>
            <translation>Silnik to teraz {now}; wcześniej {before}.</translation>
        </message>
        <message>
            <source>The engine may not support this for the model. Choose another one.</source>
            <translation>Silnik może nie obsługiwać tego dla tego modelu. Wybierz inny.</translation>
        </message>
        <message>
            <source>The engine of this version cannot run this kind of model. Choose another, or look for a newer Orangery.</source>
            <translation>Silnik tej wersji nie uruchamia modeli tego rodzaju. Wybierz inny albo poszukaj nowszego Orangery.</translation>
        </message>
        <message>
            <source>The engine process could not be started.</source>
            <translation>Nie udało się uruchomić procesu silnika.</translation>
        </message>
        <message>
            <source>The engine runs with other switches now.</source>
            <translation>Silnik działa teraz z innymi przełącznikami.</translation>
        </message>
        <message>
            <source>The engine sent something unreadable while using {model} and was ended.</source>
            <translation>Silnik obsługujący {model} wysłał coś nieczytelnego i został zakończony.</translation>
        </message>
        <message>
            <source>The engine stopped answering with {model} and was ended.</source>
            <translation>Silnik obsługujący {model} przestał odpowiadać i został zakończony.</translation>
        </message>
        <message>
            <source>The engine was stopped.</source>
            <translation>Silnik został zatrzymany.</translation>
        </message>
        <message>
            <source>The faders were moved while it was written; now they stand where they ended.</source>
            <translation>Podczas pisania przesunięto suwaki; teraz stoją tam, gdzie skończyły.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Nie można odczytać pliku.</translation>
        </message>
        <message numerus="yes">
            <source>The file is larger than {n} MB.</source>
            <translation>
                <numerusform>Plik jest większy niż {n} MB.</numerusform>
                <numerusform>Plik jest większy niż {n} MB.</numerusform>
                <numerusform>Plik jest większy niż {n} MB.</numerusform>
            </translation>
        </message>
        <message>
            <source>The file is larger than {size}.</source>
            <translation>Plik jest większy niż {size}.</translation>
        </message>
        <message>
            <source>The file is no sound JSON.</source>
            <translation>Plik nie jest poprawnym JSON.</translation>
        </message>
        <message>
            <source>The file is no text.</source>
            <translation>Plik nie jest tekstem.</translation>
        </message>
        <message>
            <source>The file itself is deleted from your folder, for every program.</source>
            <translation>Sam plik zniknie z twojego folderu, dla wszystkich programów.</translation>
        </message>
        <message>
            <source>The file may be damaged or of a kind that this engine does not know; it is untouched. Check it, or choose another file of this model.</source>
            <translation>Plik może być uszkodzony lub rodzaju, którego ten silnik nie zna; jest nietknięty. Sprawdź go albo wybierz inny plik tego modelu.</translation>
        </message>
        <message>
            <source>The file may be damaged or of a kind this engine can't read. Check or download it again, or try another.</source>
            <translation>Plik może być uszkodzony lub takiego rodzaju, którego ten silnik nie odczyta. Sprawdź go lub pobierz ponownie albo wypróbuj inny.</translation>
        </message>
        <message>
            <source>The file may be damaged, or made for another model. {hint}</source>
            <translation>Plik może być uszkodzony albo zrobiony dla innego modelu. {hint}</translation>
        </message>
        <message>
            <source>The file may be damaged. Check or download it again, or try another.</source>
            <translation>Plik może być uszkodzony. Sprawdź go lub pobierz ponownie albo wypróbuj inny.</translation>
        </message>
        <message>
            <source>The file may be damaged. Check or download it again.</source>
            <translation>Plik może być uszkodzony. Sprawdź go lub pobierz ponownie.</translation>
        </message>
        <message>
            <source>The file of the adapter {name} is incomplete or damaged.</source>
            <translation>Plik adaptera {name} jest niekompletny lub uszkodzony.</translation>
        </message>
        <message>
            <source>The file of {model} can't be opened.</source>
            <translation>{model}: nie można otworzyć pliku.</translation>
        </message>
        <message>
            <source>The file of {model} is incomplete or damaged.</source>
            <translation>{model}: plik jest niekompletny lub uszkodzony.</translation>
        </message>
        <message>
            <source>The file of {model} is not a GGUF model.</source>
            <translation>{model}: plik nie jest modelem GGUF.</translation>
        </message>
        <message>
            <source>The file {path} cannot be written.</source>
            <translation>Nie można zapisać pliku {path}.</translation>
        </message>
        <message>
            <source>The first answers are being written</source>
            <translation>Powstają pierwsze odpowiedzi</translation>
        </message>
        <message numerus="yes">
            <source>The first {count} places</source>
            <translation>
                <numerusform>Pierwsze {count} miejsce</numerusform>
                <numerusform>Pierwsze {count} miejsca</numerusform>
                <numerusform>Pierwsze {count} miejsc</numerusform>
            </translation>
        </message>
        <message>
            <source>The first {shown} of {all} tokens</source>
            <translation>Pierwsze {shown} z {all} tokenów</translation>
        </message>
        <message>
            <source>The folder is only read. The file goes to your own models, verified tensor by tensor.</source>
            <translation>Folder jest tylko odczytywany. Plik trafi do twoich własnych modeli, sprawdzony tensor po tensorze.</translation>
        </message>
        <message>
            <source>The folder is only read. The result is a GGUF adapter for {base}.</source>
            <translation>Folder jest tylko odczytywany. Powstanie adapter GGUF dla {base}.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be made.</source>
            <translation>Nie można utworzyć folderu {folder}.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be read.</source>
            <translation>Nie można odczytać folderu {folder}.</translation>
        </message>
        <message>
            <source>The folders that are looked into, whichever program they belong to.</source>
            <translation>Przeszukiwane foldery, niezależnie od tego, do którego programu należą.</translation>
        </message>
        <message>
            <source>The formula and the dry run differ. The model was not loaded then.</source>
            <translation>Wzór i próba na sucho się różnią. Modelu wtedy nie wczytano.</translation>
        </message>
        <message>
            <source>The gardens cannot be reached: {seen}</source>
            <translation>Źródła są poza zasięgiem: {seen}</translation>
        </message>
        <message>
            <source>The grammar for this answer can't be used.</source>
            <translation>Nie można użyć gramatyki dla tej odpowiedzi.</translation>
        </message>
        <message>
            <source>The hub has newer weights ({version}).</source>
            <translation>Hub ma nowsze wagi ({version}).</translation>
        </message>
        <message>
            <source>The hub no longer offers the {name} that was chosen from {repo}.</source>
            <translation>Hub nie oferuje już pliku {name} wybranego z {repo}.</translation>
        </message>
        <message>
            <source>The hub wants to know who you are before it gives out {repo}.</source>
            <translation>Zanim hub wyda {repo}, chce wiedzieć, kto prosi.</translation>
        </message>
        <message>
            <source>The importance matrix cannot be used.</source>
            <translation>Nie można użyć macierzy ważności.</translation>
        </message>
        <message>
            <source>The importance matrix is being computed. Then it is offered here.</source>
            <translation>Macierz ważności jest obliczana. Gotowa pojawi się tutaj.</translation>
        </message>
        <message>
            <source>The importance matrix is of another model than {model}.</source>
            <translation>Macierz ważności pochodzi z innego modelu niż {model}.</translation>
        </message>
        <message>
            <source>The importance matrix {file} is of another model.</source>
            <translation>Macierz ważności {file} pochodzi z innego modelu.</translation>
        </message>
        <message>
            <source>The jobs drawer appears at once instead of sliding.</source>
            <translation>Panel zadań pojawia się od razu, bez wysuwania.</translation>
        </message>
        <message>
            <source>The key is removed when you save</source>
            <translation>Klucz zostanie usunięty przy zapisie</translation>
        </message>
        <message>
            <source>The key of {connection} could not be removed from the keyring.</source>
            <translation>Nie udało się usunąć z pęku kluczy klucza połączenia {connection}.</translation>
        </message>
        <message>
            <source>The language changes when Orangery starts again.</source>
            <translation>Język zmieni się po ponownym uruchomieniu Orangery.</translation>
        </message>
        <message>
            <source>The largest file that fits with this context</source>
            <translation>Największy plik, który mieści się z tym kontekstem</translation>
        </message>
        <message>
            <source>The last attempt failed for lack of memory.</source>
            <translation>Ostatnia próba nie powiodła się z braku pamięci.</translation>
        </message>
        <message>
            <source>The last number must be {number}</source>
            <translation>Ostatnia liczba musi być równa {number}</translation>
        </message>
        <message>
            <source>The last number must be {number} ± {tolerance}</source>
            <translation>Ostatnia liczba musi być równa {number} ± {tolerance}</translation>
        </message>
        <message>
            <source>The leaderboard was written to {path}.</source>
            <translation>Ranking zapisano w {path}.</translation>
        </message>
        <message>
            <source>The library has: {names}.</source>
            <translation>W bibliotece są: {names}.</translation>
        </message>
        <message>
            <source>The library is empty. Download a model first.</source>
            <translation>Biblioteka jest pusta. Najpierw pobierz model.</translation>
        </message>
        <message>
            <source>The list of tools for this answer can't be used.</source>
            <translation>Nie można użyć listy narzędzi dla tej odpowiedzi.</translation>
        </message>
        <message>
            <source>The local server did not start.</source>
            <translation>Serwer lokalny nie ruszył.</translation>
        </message>
        <message>
            <source>The local server has ended.</source>
            <translation>Serwer lokalny zakończył pracę.</translation>
        </message>
        <message>
            <source>The local server needs packages that are not installed.</source>
            <translation>Serwer lokalny potrzebuje pakietów, które nie są zainstalowane.</translation>
        </message>
        <message>
            <source>The longest answer, in tokens; 0 is until the context is full.</source>
            <translation>Najdłuższa odpowiedź w tokenach; 0 oznacza: do zapełnienia kontekstu.</translation>
        </message>
        <message>
            <source>The longest context with which {label} still fits</source>
            <translation>Najdłuższy kontekst, z którym {label} jeszcze się mieści</translation>
        </message>
        <message>
            <source>The measurements of {model} could not be written.</source>
            <translation>{model}: nie udało się zapisać pomiarów.</translation>
        </message>
        <message>
            <source>The message can't be turned into tokens of {model}.</source>
            <translation>{model} nie potrafi zamienić tej wiadomości na tokeny.</translation>
        </message>
        <message>
            <source>The message is empty.</source>
            <translation>Wiadomość jest pusta.</translation>
        </message>
        <message>
            <source>The mix {name} was deleted.</source>
            <translation>Miks {name} został usunięty.</translation>
        </message>
        <message>
            <source>The mix “{name}” was deleted.</source>
            <translation>Miks „{name}” został usunięty.</translation>
        </message>
        <message>
            <source>The model</source>
            <translation>Model</translation>
        </message>
        <message>
            <source>The model as it is; every loss is counted from here.</source>
            <translation>Model bez zmian; względem niego liczona jest każda strata.</translation>
        </message>
        <message>
            <source>The model does not fit on the GPU, so it runs on the processor, which is slower.</source>
            <translation>Model nie mieści się na GPU, więc działa na procesorze, a to wolniej.</translation>
        </message>
        <message>
            <source>The model gets these words in their place. What you write counts from the next answer on.</source>
            <translation>Model dostaje ten tekst zamiast nich. To, co wpiszesz, liczy się od następnej odpowiedzi.</translation>
        </message>
        <message>
            <source>The model looks back over a sliding window, which the engine does not compute: the context ends at {context} tokens, up to which both are the same.</source>
            <translation>Model patrzy wstecz przez przesuwne okno, którego silnik nie oblicza: kontekst kończy się na {context} tokenów, a do tej długości oba dają to samo.</translation>
        </message>
        <message>
            <source>The model of the mix “{name}” is not there any more: {base}.</source>
            <translation>Modelu miksu „{name}” już nie ma: {base}.</translation>
        </message>
        <message>
            <source>The model of this chat can't see images. Choose one that can.</source>
            <translation>Model tej rozmowy nie widzi obrazów. Wybierz taki, który je widzi.</translation>
        </message>
        <message>
            <source>The model sums up the oldest turns; you can change its words.</source>
            <translation>Model streszcza najstarsze tury; możesz zmienić jego słowa.</translation>
        </message>
        <message>
            <source>The model was given up while it was loaded.</source>
            <translation>Z modelu zrezygnowano, gdy był wczytywany.</translation>
        </message>
        <message>
            <source>The model was stopped while it answered.</source>
            <translation>Model zatrzymano, gdy odpowiadał.</translation>
        </message>
        <message>
            <source>The model wrote no summary.</source>
            <translation>Model nie napisał streszczenia.</translation>
        </message>
        <message>
            <source>The model's chat template failed, so a common one (ChatML) is used. Answers may be odd.</source>
            <translation>Szablon rozmowy modelu zawiódł, więc użyto powszechnego (ChatML). Odpowiedzi mogą być dziwne.</translation>
        </message>
        <message>
            <source>The model's chat template took too long, so a common one (ChatML) is used. Answers may be odd.</source>
            <translation>Szablon rozmowy modelu działał zbyt długo, więc użyto powszechnego (ChatML). Odpowiedzi mogą być dziwne.</translation>
        </message>
        <message>
            <source>The model's file is another one now.</source>
            <translation>Plik modelu jest teraz inny.</translation>
        </message>
        <message>
            <source>The name is empty.</source>
            <translation>Nazwa jest pusta.</translation>
        </message>
        <message>
            <source>The name of the model</source>
            <translation>Nazwa modelu</translation>
        </message>
        <message>
            <source>The name of the new file, {name}, does not end in .gguf.</source>
            <translation>Nazwa nowego pliku, {name}, nie kończy się na .gguf.</translation>
        </message>
        <message>
            <source>The name {name} cannot be used on this computer.</source>
            <translation>Nazwy {name} nie można użyć na tym komputerze.</translation>
        </message>
        <message>
            <source>The network answered with a web page instead of {name}.</source>
            <translation>Zamiast pliku {name} sieć przysłała stronę WWW.</translation>
        </message>
        <message>
            <source>The new file of {model} could not be written.</source>
            <translation>{model}: nie udało się zapisać nowego pliku.</translation>
        </message>
        <message>
            <source>The new model, made of {model}, could not be written.</source>
            <translation>Nie udało się zapisać nowego modelu na podstawie {model}.</translation>
        </message>
        <message>
            <source>The number</source>
            <translation>Liczba</translation>
        </message>
        <message>
            <source>The numbers stand beside the runs in the window.</source>
            <translation>Numery stoją w oknie obok przebiegów.</translation>
        </message>
        <message>
            <source>The old files are still there too.</source>
            <translation>Stare pliki też nadal tam są.</translation>
        </message>
        <message>
            <source>The old version stays as a branch.</source>
            <translation>Stara wersja zostaje jako gałąź.</translation>
        </message>
        <message>
            <source>The oldest turns are left out; you still see them.</source>
            <translation>Najstarsze tury są pomijane; nadal je widzisz.</translation>
        </message>
        <message numerus="yes">
            <source>The oldest {count} messages are left out.</source>
            <translation>
                <numerusform>Najstarsza {count} wiadomość jest pominięta.</numerusform>
                <numerusform>Najstarsze {count} wiadomości są pominięte.</numerusform>
                <numerusform>Najstarszych {count} wiadomości jest pominiętych.</numerusform>
            </translation>
        </message>
        <message>
            <source>The option --home needs a folder.</source>
            <translation>Opcja --home wymaga folderu.</translation>
        </message>
        <message>
            <source>The original is one file</source>
            <translation>Oryginał to jeden plik</translation>
        </message>
        <message>
            <source>The original is quantized already, so this would lose more.</source>
            <translation>Oryginał jest już po kwantyzacji, więc strata byłaby większa.</translation>
        </message>
        <message>
            <source>The package {name} is not installed.</source>
            <translation>Pakiet {name} nie jest zainstalowany.</translation>
        </message>
        <message>
            <source>The part of {model} that reads images can't be used.</source>
            <translation>{model}: nie można użyć części, która odczytuje obrazy.</translation>
        </message>
        <message>
            <source>The part that reads pictures is left out.</source>
            <translation>Część, która odczytuje obrazy, jest pominięta.</translation>
        </message>
        <message>
            <source>The pasted text has a line of {count} characters; a line can have {limit}.</source>
            <translation>Wklejony tekst ma wiersz o długości {count} znaków; wiersz może mieć najwyżej {limit}.</translation>
        </message>
        <message>
            <source>The pasted text has {count} characters; a message can have {limit}. Paste a part of it.</source>
            <translation>Wklejony tekst jest za długi (znaki: {count}); limit wiadomości to {limit}. Wklej jego część.</translation>
        </message>
        <message>
            <source>The picture could not be kept in {folder}.</source>
            <translation>Nie udało się zachować obrazu w {folder}.</translation>
        </message>
        <message>
            <source>The process that merges adapters into {model} ended before it was done.</source>
            <translation>Proces, który scala adaptery z {model}, zakończył się przed końcem pracy.</translation>
        </message>
        <message>
            <source>The process that quantizes {model} ended before it was done.</source>
            <translation>{model}: proces kwantyzacji zakończył się przed czasem.</translation>
        </message>
        <message>
            <source>The process took {size}</source>
            <translation>Proces zajął {size}</translation>
        </message>
        <message>
            <source>The prompt and its check</source>
            <translation>Zapytanie i jego test</translation>
        </message>
        <message numerus="yes">
            <source>The prompt does not fit into {n} tokens of context.</source>
            <translation>
                <numerusform>Zapytanie nie mieści się w {n} tokenie kontekstu.</numerusform>
                <numerusform>Zapytanie nie mieści się w {n} tokenach kontekstu.</numerusform>
                <numerusform>Zapytanie nie mieści się w {n} tokenach kontekstu.</numerusform>
            </translation>
        </message>
        <message>
            <source>The prompt is empty.</source>
            <translation>Zapytanie jest puste.</translation>
        </message>
        <message>
            <source>The prompt was removed.</source>
            <translation>Usunięto zapytanie.</translation>
        </message>
        <message>
            <source>The proxy that this system sets cannot be used.</source>
            <translation>Nie można użyć proxy ustawionego w tym systemie.</translation>
        </message>
        <message>
            <source>The quickest</source>
            <translation>Najszybszy</translation>
        </message>
        <message>
            <source>The reason is shown after the vote.</source>
            <translation>Powód pojawi się po głosie.</translation>
        </message>
        <message>
            <source>The report was written to {path}.</source>
            <translation>Zapisano raport: {path}.</translation>
        </message>
        <message>
            <source>The repository brings code of its own, which is never executed.</source>
            <translation>Repozytorium ma własny kod, który nigdy nie jest uruchamiany.</translation>
        </message>
        <message>
            <source>The request to {host} failed.</source>
            <translation>Żądanie do {host} nie powiodło się.</translation>
        </message>
        <message>
            <source>The rest comes from the backup of {when}; what was newer may be missing.</source>
            <translation>Reszta pochodzi z kopii zapasowej z {when}; może brakować tego, co nowsze.</translation>
        </message>
        <message>
            <source>The rest was not read. Try again later, or check the address of the mirror if you use one.</source>
            <translation>Reszty nie odczytano. Spróbuj ponownie później albo sprawdź adres serwera lustrzanego, jeśli go używasz.</translation>
        </message>
        <message>
            <source>The results were imported.</source>
            <translation>Zaimportowano wyniki.</translation>
        </message>
        <message>
            <source>The round was copied.</source>
            <translation>Skopiowano rundę.</translation>
        </message>
        <message>
            <source>The rule “root”, with which an answer begins, is missing.</source>
            <translation>Brakuje reguły „root”, od której zaczyna się odpowiedź.</translation>
        </message>
        <message>
            <source>The run</source>
            <translation>Przebieg</translation>
        </message>
        <message>
            <source>The running Ollama deletes it from its own folder.</source>
            <translation>Działająca Ollama usunie go ze swojego folderu.</translation>
        </message>
        <message>
            <source>The running Ollama will delete it: its store cannot be written from here.</source>
            <translation>Usunie go działająca Ollama: do jej magazynu nie można stąd zapisywać.</translation>
        </message>
        <message>
            <source>The same as that of {base}</source>
            <translation>Taki sam jak szablon {base}</translation>
        </message>
        <message>
            <source>The same in every column; empty draws another one</source>
            <translation>To samo w każdej kolumnie; puste losuje nowe</translation>
        </message>
        <message>
            <source>The same question, with all that the run card names.</source>
            <translation>To samo pytanie ze wszystkim, co podaje karta odpowiedzi.</translation>
        </message>
        <message>
            <source>The same seed and settings give the same answer; empty draws a new one.</source>
            <translation>To samo ziarno i ustawienia dają tę samą odpowiedź; puste losuje nowe.</translation>
        </message>
        <message>
            <source>The same size; faster than BF16 on older processors</source>
            <translation>Ten sam rozmiar; na starszych procesorach szybszy niż BF16</translation>
        </message>
        <message>
            <source>The same text, letter for letter.</source>
            <translation>Ten sam tekst, co do litery.</translation>
        </message>
        <message>
            <source>The server ended this answer by its own rules.</source>
            <translation>Serwer zakończył tę odpowiedź według własnych reguł.</translation>
        </message>
        <message>
            <source>The server of llama.cpp, for GGUF files. Its address is http://COMPUTER:8080.</source>
            <translation>Serwer z llama.cpp, do plików GGUF. Jego adres to http://KOMPUTER:8080.</translation>
        </message>
        <message>
            <source>The server sent something other than the asked part of {file}.</source>
            <translation>Serwer wysłał coś innego niż żądana część pliku {file}.</translation>
        </message>
        <message>
            <source>The settings could not be saved in {path}.</source>
            <translation>Nie udało się zapisać ustawień w {path}.</translation>
        </message>
        <message>
            <source>The settings file was damaged; the defaults are used.</source>
            <translation>Plik ustawień był uszkodzony; użyto domyślnych.</translation>
        </message>
        <message>
            <source>The settings in {path} could not be read; the defaults are used.</source>
            <translation>Nie udało się odczytać ustawień w {path}; użyto domyślnych.</translation>
        </message>
        <message>
            <source>The speed is being measured already.</source>
            <translation>Szybkość jest już mierzona.</translation>
        </message>
        <message>
            <source>The speed of {model} cannot be swept: it runs on {host}.</source>
            <translation>Nie można zmierzyć szybkości {model}: działa na {host}.</translation>
        </message>
        <message>
            <source>The speed test could not use {path}.</source>
            <translation>Pomiar szybkości nie mógł użyć {path}.</translation>
        </message>
        <message>
            <source>The starter model is missing, so the engine can't be checked on this machine.</source>
            <translation>Brakuje modelu startowego, więc nie można sprawdzić silnika na tym komputerze.</translation>
        </message>
        <message>
            <source>The strength of the adapter {name} is not a number.</source>
            <translation>Siła adaptera {name} nie jest liczbą.</translation>
        </message>
        <message>
            <source>The stronger the colour, the less likely the token was.</source>
            <translation>Im mocniejszy kolor, tym mniej prawdopodobny był token.</translation>
        </message>
        <message>
            <source>The strongest that fits</source>
            <translation>Najmocniejszy, jaki się zmieści</translation>
        </message>
        <message>
            <source>The suite of this run is not here any more.</source>
            <translation>Zestawu zapytań z tego przebiegu już tu nie ma.</translation>
        </message>
        <message>
            <source>The suite was deleted.</source>
            <translation>Usunięto zestaw.</translation>
        </message>
        <message>
            <source>The suite was saved.</source>
            <translation>Zapisano zestaw.</translation>
        </message>
        <message>
            <source>The system does not let programs use port {port}.</source>
            <translation>System nie pozwala programom używać portu {port}.</translation>
        </message>
        <message>
            <source>The system ended the engine while it was loading {model}, most likely for lack of memory.</source>
            <translation>System zakończył silnik, gdy ten wczytywał {model}, najpewniej z braku pamięci.</translation>
        </message>
        <message>
            <source>The system ended the engine while it was using {model}, most likely for lack of memory.</source>
            <translation>System zakończył silnik, gdy ten obsługiwał {model}, najpewniej z braku pamięci.</translation>
        </message>
        <message>
            <source>The system refused something: {error}</source>
            <translation>System odmówił wykonania operacji: {error}</translation>
        </message>
        <message>
            <source>The text has {number} tokens for {model}, and {limit} are needed.</source>
            <translation>Dla {model} tekst ma {number} tok., a potrzeba {limit}.</translation>
        </message>
        <message>
            <source>The text is too long to show its tokens.</source>
            <translation>Tekst jest za długi, aby pokazać jego tokeny.</translation>
        </message>
        <message>
            <source>The text {file} cannot be read.</source>
            <translation>Nie można odczytać tekstu {file}.</translation>
        </message>
        <message>
            <source>The text {file} is larger than 2 MiB.</source>
            <translation>Tekst {file} jest większy niż 2 MiB.</translation>
        </message>
        <message>
            <source>The texts are the same up to character {count} and differ from there.</source>
            <translation>Teksty są takie same do znaku {count}, dalej się różnią.</translation>
        </message>
        <message>
            <source>The tokenizer of {model} cannot be converted: {field}.</source>
            <translation>{model}: nie można przekonwertować tokenizera: {field}.</translation>
        </message>
        <message>
            <source>The votes were written to {path}.</source>
            <translation>Zapisano głosy: {path}.</translation>
        </message>
        <message>
            <source>The weights of {model} are damaged: {field}.</source>
            <translation>{model}: wagi są uszkodzone: {field}.</translation>
        </message>
        <message>
            <source>The weights of {model} are not those that config.json describes: {field}.</source>
            <translation>{model}: wagi nie są tymi, które opisuje config.json: {field}.</translation>
        </message>
        <message>
            <source>The weights of {model} are quantized already ({field}).</source>
            <translation>{model}: wagi są już po kwantyzacji ({field}).</translation>
        </message>
        <message>
            <source>The window needs {libraries}, which this system does not have.</source>
            <translation>Okno wymaga {libraries}, a w tym systemie tego brakuje.</translation>
        </message>
        <message>
            <source>The window needs {libraries}: install {debian} (Debian, Ubuntu) or {fedora} (Fedora).</source>
            <translation>Okno wymaga {libraries}: zainstaluj {debian} (Debian, Ubuntu) lub {fedora} (Fedora).</translation>
        </message>
        <message>
            <source>Their bytes are shared already, or also have names elsewhere, so nothing would be freed.</source>
            <translation>Dane już są wspólne albo mają nazwy także w innych miejscach, więc nic by się nie zwolniło.</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Motyw</translation>
        </message>
        <message>
            <source>Then</source>
            <translation>Wtedy</translation>
        </message>
        <message>
            <source>There are answers already, so a new comparison begins; this one stays in the list.</source>
            <translation>Są już odpowiedzi, więc zacznie się nowe porównanie; to zostanie na liście.</translation>
        </message>
        <message>
            <source>There are no chats in it.</source>
            <translation>Nie ma w nim rozmów.</translation>
        </message>
        <message>
            <source>There are no chats to measure on yet.</source>
            <translation>Nie ma jeszcze rozmów, na których można mierzyć.</translation>
        </message>
        <message>
            <source>There are no votes yet.</source>
            <translation>Nie ma jeszcze głosów.</translation>
        </message>
        <message>
            <source>There are not two answers to choose from.</source>
            <translation>Nie ma dwóch odpowiedzi do wyboru.</translation>
        </message>
        <message numerus="yes">
            <source>There are {n} connections already.</source>
            <translation>
                <numerusform>Jest już {n} połączenie.</numerusform>
                <numerusform>Są już {n} połączenia.</numerusform>
                <numerusform>Jest już {n} połączeń.</numerusform>
            </translation>
        </message>
        <message>
            <source>There are: {names}.</source>
            <translation>Dostępne: {names}.</translation>
        </message>
        <message>
            <source>There can be six columns.</source>
            <translation>Kolumn może być najwyżej sześć.</translation>
        </message>
        <message>
            <source>There is a mix called “{name}” for this model already.</source>
            <translation>Ten model ma już miks o nazwie „{name}”.</translation>
        </message>
        <message>
            <source>There is already a file {path}.</source>
            <translation>Plik {path} już istnieje.</translation>
        </message>
        <message>
            <source>There is no GGUF model in the folder {folder}.</source>
            <translation>W folderze {folder} nie ma modelu GGUF.</translation>
        </message>
        <message>
            <source>There is no access token for Hugging Face.</source>
            <translation>Brak tokenu dostępu do Hugging Face.</translation>
        </message>
        <message>
            <source>There is no adapter in the folder {path}.</source>
            <translation>W folderze {path} nie ma adaptera.</translation>
        </message>
        <message>
            <source>There is no adapter in this mix.</source>
            <translation>W tym miksie nie ma adaptera.</translation>
        </message>
        <message>
            <source>There is no adapter {spec}.</source>
            <translation>Nie ma adaptera {spec}.</translation>
        </message>
        <message>
            <source>There is no chat template; a common one (ChatML) will be used.</source>
            <translation>Nie ma szablonu rozmowy; użyty zostanie powszechny (ChatML).</translation>
        </message>
        <message>
            <source>There is no display to open a window on: set DISPLAY or WAYLAND_DISPLAY, or use the command line (orangery --help).</source>
            <translation>Nie ma ekranu, na którym można otworzyć okno: ustaw DISPLAY lub WAYLAND_DISPLAY albo użyj wiersza poleceń (orangery --help).</translation>
        </message>
        <message>
            <source>There is no file or folder {path}.</source>
            <translation>Nie ma pliku ani folderu {path}.</translation>
        </message>
        <message>
            <source>There is no file {name} here.</source>
            <translation>Nie ma tu pliku {name}.</translation>
        </message>
        <message>
            <source>There is no file {path}.</source>
            <translation>Nie ma pliku {path}.</translation>
        </message>
        <message>
            <source>There is no folder for models of Ollama.</source>
            <translation>Nie ma folderu na modele Ollamy.</translation>
        </message>
        <message>
            <source>There is no model called {name}.</source>
            <translation>Nie ma modelu o nazwie {name}.</translation>
        </message>
        <message>
            <source>There is no model called “{name}” in the library.</source>
            <translation>W bibliotece nie ma modelu „{name}”.</translation>
        </message>
        <message>
            <source>There is no model to ask.</source>
            <translation>Nie ma modelu, który można zapytać.</translation>
        </message>
        <message>
            <source>There is no model {model} in Ollama's registry.</source>
            <translation>W rejestrze Ollamy nie ma modelu {model}.</translation>
        </message>
        <message>
            <source>There is no model {repo} on Hugging Face.</source>
            <translation>Na Hugging Face nie ma modelu {repo}.</translation>
        </message>
        <message>
            <source>There is no model {spec} in the library.</source>
            <translation>W bibliotece nie ma modelu {spec}.</translation>
        </message>
        <message>
            <source>There is no prompt to ask.</source>
            <translation>Nie ma zapytania do zadania.</translation>
        </message>
        <message>
            <source>There is no quantization type {name}.</source>
            <translation>Nie ma typu kwantyzacji {name}.</translation>
        </message>
        <message>
            <source>There is no run {run}.</source>
            <translation>Nie ma przebiegu {run}.</translation>
        </message>
        <message>
            <source>There is no suite called {name}.</source>
            <translation>Nie ma zestawu zapytań o nazwie {name}.</translation>
        </message>
        <message>
            <source>There is no suite yet.</source>
            <translation>Nie ma jeszcze zestawu.</translation>
        </message>
        <message>
            <source>There is no tensor type {name}.</source>
            <translation>Nie ma typu tensora {name}.</translation>
        </message>
        <message>
            <source>There is no text in {file}.</source>
            <translation>W {file} nie ma tekstu.</translation>
        </message>
        <message>
            <source>There is no window without PySide6: install it with pip install PySide6-Essentials.</source>
            <translation>Bez PySide6 nie ma okna: zainstaluj je poleceniem pip install PySide6-Essentials.</translation>
        </message>
        <message>
            <source>There is nobody to ask, because the input is no terminal.</source>
            <translation>Nie ma kogo zapytać, bo wejście nie jest terminalem.</translation>
        </message>
        <message>
            <source>There is not enough memory for the adapter {name}.</source>
            <translation>Za mało pamięci na adapter {name}.</translation>
        </message>
        <message>
            <source>There is not enough memory for {layers} layers of {model} on the GPU.</source>
            <translation>Za mało pamięci, aby umieścić na GPU tyle warstw {model}: {layers}.</translation>
        </message>
        <message>
            <source>There is not enough memory for {model} with a context of {limit} tokens.</source>
            <translation>Za mało pamięci na {model} z kontekstem {limit} tokenów.</translation>
        </message>
        <message>
            <source>There is not enough memory to convert {model}.</source>
            <translation>Za mało pamięci, aby przekonwertować {model}.</translation>
        </message>
        <message>
            <source>There is not enough memory to load {model}.</source>
            <translation>Za mało pamięci, aby wczytać {model}.</translation>
        </message>
        <message>
            <source>There is not enough memory to merge adapters into {model}.</source>
            <translation>Za mało pamięci, aby scalić adaptery z {model}.</translation>
        </message>
        <message>
            <source>There is not enough memory to quantize {model}.</source>
            <translation>Za mało pamięci na kwantyzację {model}.</translation>
        </message>
        <message>
            <source>There is not enough space for {name}: {needed} GB are needed, {free} GB are free.</source>
            <translation>Za mało miejsca na {name}: potrzeba {needed} GB, wolne jest {free} GB.</translation>
        </message>
        <message>
            <source>There is nothing to measure.</source>
            <translation>Nie ma czego mierzyć.</translation>
        </message>
        <message>
            <source>There is nothing to write in this sweep.</source>
            <translation>W tym przeglądzie nie ma o co zapytać.</translation>
        </message>
        <message>
            <source>There is one with this name already.</source>
            <translation>Taka nazwa już istnieje.</translation>
        </message>
        <message>
            <source>There is one, for this session only. It is gone when Orangery closes.</source>
            <translation>Jest, tylko na tę sesję. Zniknie po zamknięciu Orangery.</translation>
        </message>
        <message>
            <source>There is one, from HF_TOKEN in the environment. It goes before any other.</source>
            <translation>Jest, ze zmiennej środowiskowej HF_TOKEN. Ma pierwszeństwo przed każdym innym.</translation>
        </message>
        <message>
            <source>There is one, from hf auth login. Orangery only reads it.</source>
            <translation>Jest, z hf auth login. Orangery tylko go odczytuje.</translation>
        </message>
        <message>
            <source>There is one, in the keyring of this system.</source>
            <translation>Jest, w pęku kluczy tego systemu.</translation>
        </message>
        <message>
            <source>There is one; leave this empty to keep it</source>
            <translation>Jest już klucz; aby go zachować, zostaw to pole puste</translation>
        </message>
        <message>
            <source>There was no backup, so what could not be read is missing.</source>
            <translation>Nie było kopii zapasowej, więc brakuje tego, czego nie udało się odczytać.</translation>
        </message>
        <message>
            <source>There was no backup: chats, the download list and measured speeds start empty.</source>
            <translation>Nie było kopii zapasowej: rozmowy, lista pobierania i zmierzone szybkości zaczynają od zera.</translation>
        </message>
        <message>
            <source>There was no chat in the file.</source>
            <translation>W pliku nie było rozmowy.</translation>
        </message>
        <message>
            <source>These are there: {names}. A suite of your own is a file that ends in .jsonl or .csv.</source>
            <translation>Są: {names}. Własny zestaw to plik, którego nazwa kończy się na .jsonl albo .csv.</translation>
        </message>
        <message>
            <source>These files have the same checksum. Sharing keeps one copy on the disk; every program still finds its own file, under its own name, in its own place. Before, both are read once more, and only what is equal to the last byte is shared.</source>
            <translation>Te pliki mają tę samą sumę kontrolną. Po połączeniu na dysku zostaje jedna kopia; każdy program nadal znajduje swój plik, pod swoją nazwą i na swoim miejscu. Najpierw oba są jeszcze raz odczytywane, a połączone zostanie tylko to, co zgadza się co do bajtu.</translation>
        </message>
        <message>
            <source>These two runs measured nothing that is the same.</source>
            <translation>Te dwa przebiegi nie zmierzyły niczego wspólnego.</translation>
        </message>
        <message>
            <source>They appear here as soon as they are checked.</source>
            <translation>Pojawią się tutaj, gdy tylko zostaną sprawdzone.</translation>
        </message>
        <message>
            <source>They lie on different disks, and bytes can only be shared on one disk.</source>
            <translation>Leżą na różnych dyskach, a dane można współdzielić tylko na jednym.</translation>
        </message>
        <message>
            <source>They look the same, but were not compared</source>
            <translation>Wyglądają tak samo, ale nie były porównane</translation>
        </message>
        <message>
            <source>They share their bytes already.</source>
            <translation>Już mają wspólne dane.</translation>
        </message>
        <message>
            <source>They stay where they are; a folder is watched from then on</source>
            <translation>Zostają na swoim miejscu; folder będzie odtąd obserwowany</translation>
        </message>
        <message>
            <source>They work with the models on this computer that Orangery runs itself.</source>
            <translation>Działają z modelami na tym komputerze, które Orangery uruchamia samo.</translation>
        </message>
        <message>
            <source>This Orangery cannot reach the registry of Ollama.</source>
            <translation>Ta kopia Orangery nie ma dostępu do rejestru Ollamy.</translation>
        </message>
        <message>
            <source>This adapter is a part of {model}.</source>
            <translation>Ten adapter jest częścią {model}.</translation>
        </message>
        <message>
            <source>This answer</source>
            <translation>Ta odpowiedź</translation>
        </message>
        <message>
            <source>This answer failed because of a fault in Orangery.</source>
            <translation>Odpowiedź nie powiodła się z powodu błędu w Orangery.</translation>
        </message>
        <message>
            <source>This answer has no question to answer again.</source>
            <translation>Ta odpowiedź nie ma pytania, które można ponowić.</translation>
        </message>
        <message>
            <source>This architecture is new to Orangery, so the numbers are a guess.</source>
            <translation>Ta architektura jest dla Orangery nowa, więc liczby to tylko przypuszczenie.</translation>
        </message>
        <message>
            <source>This architecture is not known here, so the sum is a guess.</source>
            <translation>Ta architektura nie jest tu znana, więc suma to tylko przypuszczenie.</translation>
        </message>
        <message>
            <source>This build of the engine runs on the processor only. With a graphics card, build it once with the command for the card; it needs a C++ compiler and the maker's toolkit, and takes minutes.</source>
            <translation>Ta kompilacja silnika działa tylko na procesorze. Jeśli masz kartę graficzną, skompiluj go raz poleceniem dla tej karty; wymaga to kompilatora C++ i narzędzi producenta i trwa kilka minut.</translation>
        </message>
        <message>
            <source>This can be used from the next answer on.</source>
            <translation>Zadziała od następnej odpowiedzi.</translation>
        </message>
        <message>
            <source>This cannot be a key.</source>
            <translation>To nie może być klucz.</translation>
        </message>
        <message>
            <source>This chat is still answering.</source>
            <translation>W tej rozmowie wciąż powstaje odpowiedź.</translation>
        </message>
        <message>
            <source>This column has no answer to vote for.</source>
            <translation>Ta kolumna nie ma odpowiedzi, na którą można zagłosować.</translation>
        </message>
        <message>
            <source>This comparison is still answering.</source>
            <translation>W tym porównaniu wciąż powstają odpowiedzi.</translation>
        </message>
        <message>
            <source>This computer runs on its battery. Results may be lower.</source>
            <translation>Ten komputer działa na baterii. Wyniki mogą być niższe.</translation>
        </message>
        <message>
            <source>This could not be saved: the database {path} cannot be written.</source>
            <translation>Nie udało się tego zapisać: baza danych {path} nie przyjmuje zapisu.</translation>
        </message>
        <message>
            <source>This could not be saved: the disk of {path} is full.</source>
            <translation>Nie udało się tego zapisać: dysk z {path} jest pełny.</translation>
        </message>
        <message>
            <source>This download is no longer in the list.</source>
            <translation>Tego pobierania nie ma już na liście.</translation>
        </message>
        <message>
            <source>This ended because of a fault in Orangery.</source>
            <translation>Przerwano z powodu błędu w Orangery.</translation>
        </message>
        <message>
            <source>This engine does not know the kind of model in {model}.</source>
            <translation>Ten silnik nie zna tego rodzaju modelu: {model}.</translation>
        </message>
        <message>
            <source>This engine runs GGUF files. Look at Other uploads, or search for the model's name, to find a repository that has them.</source>
            <translation>Ten silnik uruchamia pliki GGUF. Zajrzyj do Innych wydań albo wyszukaj nazwę modelu, aby znaleźć repozytorium, które je ma.</translation>
        </message>
        <message>
            <source>This file</source>
            <translation>Ten plik</translation>
        </message>
        <message>
            <source>This file has no chat template; a common one (ChatML) is used.</source>
            <translation>Ten plik nie ma szablonu rozmowy; użyto powszechnego (ChatML).</translation>
        </message>
        <message>
            <source>This file system can neither share bytes between files nor give a file two names.</source>
            <translation>Ten system plików nie potrafi ani współdzielić danych między plikami, ani nadać plikowi dwóch nazw.</translation>
        </message>
        <message>
            <source>This folder cannot be converted</source>
            <translation>Tego folderu nie da się przekonwertować</translation>
        </message>
        <message>
            <source>This has {count} characters; {most} are the most.</source>
            <translation>Znaków jest {count}; może być najwyżej {most}.</translation>
        </message>
        <message>
            <source>This is a PEFT folder, as training programs write it. It has to be converted once.</source>
            <translation>To folder PEFT, jaki zapisują programy do treningu. Wymaga jednorazowej konwersji.</translation>
        </message>
        <message>
            <source>This is a bug in the program. Your chats and files are safe, and you can go on working. If it happens again, copy the details and report them.</source>
            <translation>To błąd w programie. Twoje rozmowy i pliki są bezpieczne i możesz pracować dalej. Jeśli się powtórzy, skopiuj szczegóły i zgłoś je.</translation>
        </message>
        <message>
            <source>This is more than the context holds. Shorten it, or choose a longer context.</source>
            <translation>To więcej, niż mieści kontekst. Skróć to albo wybierz dłuższy kontekst.</translation>
        </message>
        <message>
            <source>This is nested too deeply.</source>
            <translation>Zbyt głęboko zagnieżdżone.</translation>
        </message>
        <message>
            <source>This is not JSON from column {column} on.</source>
            <translation>Od kolumny {column} to nie JSON.</translation>
        </message>
        <message>
            <source>This is not JSON; see line {line}.</source>
            <translation>To nie JSON; zobacz wiersz {line}.</translation>
        </message>
        <message>
            <source>This machine</source>
            <translation>Ten komputer</translation>
        </message>
        <message>
            <source>This mix is not there any more.</source>
            <translation>Tego miksu już nie ma.</translation>
        </message>
        <message>
            <source>This model brings no chat template, so a common one (ChatML) is used. Answers may be odd.</source>
            <translation>Ten model nie ma szablonu rozmowy, więc użyto powszechnego (ChatML). Odpowiedzi mogą być dziwne.</translation>
        </message>
        <message>
            <source>This model could not answer.</source>
            <translation>Ten model nie mógł odpowiedzieć.</translation>
        </message>
        <message>
            <source>This model or its server can't use tools.</source>
            <translation>Ten model lub jego serwer nie obsługuje narzędzi.</translation>
        </message>
        <message>
            <source>This round was not blind: a vote that knows the names would not be fair.</source>
            <translation>Ta runda nie była w ciemno: głos przy znanych nazwach nie byłby uczciwy.</translation>
        </message>
        <message>
            <source>This run is not there any more.</source>
            <translation>Tego przebiegu już nie ma.</translation>
        </message>
        <message>
            <source>This server cannot follow a grammar.</source>
            <translation>Ten serwer nie obsługuje gramatyk.</translation>
        </message>
        <message>
            <source>This suite has no prompts yet.</source>
            <translation>Ten zestaw nie ma jeszcze zapytań.</translation>
        </message>
        <message>
            <source>This sweep is not there any more.</source>
            <translation>Tego przeglądu już nie ma.</translation>
        </message>
        <message>
            <source>This system has no keyring. A token is kept until Orangery closes, and never in a file.</source>
            <translation>Ten system nie ma pęku kluczy. Token jest przechowywany do zamknięcia Orangery, nigdy w pliku.</translation>
        </message>
        <message>
            <source>This type needs an importance matrix for every part of {model}.</source>
            <translation>Ten typ wymaga macierzy ważności dla każdej części modelu {model}.</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>Wątki</translation>
        </message>
        <message>
            <source>Threads for answers</source>
            <translation>Wątki do odpowiedzi</translation>
        </message>
        <message>
            <source>Three that suit this machine</source>
            <translation>Trzy modele na ten komputer</translation>
        </message>
        <message>
            <source>Through the running Ollama, because its folder cannot be written by you.</source>
            <translation>Przez działającą Ollamę, bo nie możesz zapisywać w jej folderze.</translation>
        </message>
        <message>
            <source>Tick at least one model.</source>
            <translation>Zaznacz co najmniej jeden model.</translation>
        </message>
        <message>
            <source>Tick the types to make</source>
            <translation>Zaznacz typy do utworzenia</translation>
        </message>
        <message>
            <source>Tie</source>
            <translation>Remis</translation>
        </message>
        <message>
            <source>Tight</source>
            <translation>Na styk</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Godzina</translation>
        </message>
        <message>
            <source>Tiny and very quick: short answers and first tries on any computer.</source>
            <translation>Malutki i bardzo szybki: krótkie odpowiedzi i pierwsze próby na każdym komputerze.</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>Tytuł</translation>
        </message>
        <message>
            <source>Title of the chat</source>
            <translation>Tytuł rozmowy</translation>
        </message>
        <message>
            <source>To make another type of it: orangery quantize {name} TYPE</source>
            <translation>Aby utworzyć z niego inny typ: orangery quantize {name} TYPE</translation>
        </message>
        <message>
            <source>To this folder</source>
            <translation>Do tego folderu</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Dzisiaj</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Razem</translation>
        </message>
        <message>
            <source>Tok/s</source>
            <translation>Tok./s</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Token limit</source>
            <translation>Limit tokenów</translation>
        </message>
        <message>
            <source>Token probabilities were not asked for</source>
            <translation>Nie zapisano prawdopodobieństwa tokenów</translation>
        </message>
        <message>
            <source>Token: {token}</source>
            <translation>Token: {token}</translation>
        </message>
        <message>
            <source>Tokenizer</source>
            <translation>Tokenizer</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Tokeny</translation>
        </message>
        <message>
            <source>Tokens for which the model has no weights are left out.</source>
            <translation>Tokeny, dla których model nie ma wag, są pominięte.</translation>
        </message>
        <message>
            <source>Tokens per answer</source>
            <translation>Tokeny na odpowiedź</translation>
        </message>
        <message>
            <source>Tokens per second</source>
            <translation>Tok./s</translation>
        </message>
        <message>
            <source>Tokens per second as bars</source>
            <translation>Tokeny na sekundę jako słupki</translation>
        </message>
        <message>
            <source>Tokens per second by model</source>
            <translation>Tok./s według modelu</translation>
        </message>
        <message>
            <source>Tokens per second by quantization</source>
            <translation>Tok./s według kwantyzacji</translation>
        </message>
        <message>
            <source>Tokens per second while an answer is written</source>
            <translation>Tokeny na sekundę podczas pisania odpowiedzi</translation>
        </message>
        <message>
            <source>Tokens with their probabilities</source>
            <translation>Tokeny z prawdopodobieństwem</translation>
        </message>
        <message>
            <source>Tokens/s</source>
            <translation>Tok./s</translation>
        </message>
        <message>
            <source>Too big</source>
            <translation>Za duży</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>Trwało</translation>
        </message>
        <message>
            <source>Took {seconds} s.</source>
            <translation>Zajęło {seconds} s.</translation>
        </message>
        <message>
            <source>Top k</source>
            <translation>Top k</translation>
        </message>
        <message>
            <source>Top p</source>
            <translation>Top p</translation>
        </message>
        <message>
            <source>Topic</source>
            <translation>Temat</translation>
        </message>
        <message>
            <source>Trained context</source>
            <translation>Kontekst z treningu</translation>
        </message>
        <message>
            <source>Trained on</source>
            <translation>Trenowany na</translation>
        </message>
        <message>
            <source>Trained on {base}</source>
            <translation>Trenowany na {base}</translation>
        </message>
        <message>
            <source>Trending</source>
            <translation>Na czasie</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Spróbuj ponownie</translation>
        </message>
        <message>
            <source>Try again in a moment. If it stays so, the service may have changed; look for a newer Orangery.</source>
            <translation>Spróbuj ponownie za chwilę. Jeśli to nie minie, serwis mógł się zmienić; poszukaj nowszego Orangery.</translation>
        </message>
        <message>
            <source>Try again in a moment; close other commands of Orangery if this stays.</source>
            <translation>Spróbuj ponownie za chwilę; jeśli to nie minie, zamknij inne polecenia Orangery.</translation>
        </message>
        <message>
            <source>Try again in a moment; if it stays so, choose another model.</source>
            <translation>Spróbuj ponownie za chwilę; jeśli to nie minie, wybierz inny model.</translation>
        </message>
        <message numerus="yes">
            <source>Try again in {n} seconds.</source>
            <translation>
                <numerusform>Spróbuj ponownie za {n} sekundę.</numerusform>
                <numerusform>Spróbuj ponownie za {n} sekundy.</numerusform>
                <numerusform>Spróbuj ponownie za {n} sekund.</numerusform>
            </translation>
        </message>
        <message>
            <source>Try again later or over another network. Nothing damaged was kept.</source>
            <translation>Spróbuj ponownie później lub przez inną sieć. Nie zachowano nic uszkodzonego.</translation>
        </message>
        <message>
            <source>Try again later, or check the address of the mirror if you use one.</source>
            <translation>Spróbuj ponownie później albo sprawdź adres serwera lustrzanego, jeśli go używasz.</translation>
        </message>
        <message>
            <source>Try again later, or look for a newer Orangery: the service may have changed.</source>
            <translation>Spróbuj ponownie później albo poszukaj nowszego Orangery: serwis mógł się zmienić.</translation>
        </message>
        <message>
            <source>Try again later. If it keeps happening, something between you and the hub changes the data.</source>
            <translation>Spróbuj ponownie później. Jeśli to się powtarza, coś na drodze do huba zmienia dane.</translation>
        </message>
        <message>
            <source>Try again later; what has arrived is kept.</source>
            <translation>Spróbuj ponownie później; to, co już dotarło, zostaje.</translation>
        </message>
        <message>
            <source>Try again.</source>
            <translation>Spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Try again. If it happens again, please report it with the log file.</source>
            <translation>Spróbuj ponownie. Jeśli to się powtórzy, zgłoś to wraz z plikiem dziennika.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, the server or a proxy in between is at fault.</source>
            <translation>Spróbuj ponownie. Jeśli to nie minie, winny jest serwer lub pośredniczące proxy.</translation>
        </message>
        <message>
            <source>Try again. Ollama tidies up there when it starts, and only then.</source>
            <translation>Spróbuj ponownie. Ollama porządkuje ten folder tylko wtedy, gdy się uruchamia.</translation>
        </message>
        <message>
            <source>Try again; if it happens again, choose a smaller context or another file of the model.</source>
            <translation>Spróbuj ponownie; jeśli to się powtórzy, wybierz mniejszy kontekst lub inny plik modelu.</translation>
        </message>
        <message>
            <source>Try fewer words, or paste owner/name or a link from the site.</source>
            <translation>Użyj mniej słów albo wklej autor/nazwa lub link z witryny.</translation>
        </message>
        <message>
            <source>Try it again as it is</source>
            <translation>Spróbuj ponownie bez zmian</translation>
        </message>
        <message>
            <source>Try it this minute</source>
            <translation>Wypróbuj od razu</translation>
        </message>
        <message>
            <source>Try the sample adapter on the starter model</source>
            <translation>Wypróbuj przykładowy adapter na modelu startowym</translation>
        </message>
        <message>
            <source>Turkish</source>
            <translation>Turecki</translation>
        </message>
        <message>
            <source>Turn Blind on, ask something and choose the best answer: your votes make the leaderboard.</source>
            <translation>Włącz „W ciemno”, zapytaj o coś i wybierz najlepszą odpowiedź: ranking powstaje z twoich głosów.</translation>
        </message>
        <message>
            <source>Turn its server on, under Developer or with this command. Its address is http://localhost:1234.</source>
            <translation>Włącz jego serwer, w Developer lub tym poleceniem. Jego adres to http://localhost:1234.</translation>
        </message>
        <message>
            <source>Turn on Blind and ask again.</source>
            <translation>Włącz „W ciemno” i zapytaj ponownie.</translation>
        </message>
        <message>
            <source>Turn the Offline switch off to use the network. What is on this disk works without it.</source>
            <translation>Wyłącz przełącznik Offline, aby używać sieci. To, co jest na tym dysku, działa bez niej.</translation>
        </message>
        <message>
            <source>Turn the server off to change it.</source>
            <translation>Aby go zmienić, wyłącz serwer.</translation>
        </message>
        <message>
            <source>Twice as large; only for models that are published so</source>
            <translation>Dwa razy większy; tylko dla modeli tak opublikowanych</translation>
        </message>
        <message>
            <source>Two adapters as a grid</source>
            <translation>Dwa adaptery jako siatka</translation>
        </message>
        <message>
            <source>Two to six models answer side by side, hidden behind letters if you like, until you voted.</source>
            <translation>Od dwóch do sześciu modeli odpowiada obok siebie, na życzenie pod literami zamiast nazw, dopóki nie zagłosujesz.</translation>
        </message>
        <message>
            <source>Two to {most} scales from 0 to 2</source>
            <translation>Od dwóch do {most} wartości siły od 0 do 2</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>Typ</translation>
        </message>
        <message>
            <source>Type a prompt first.</source>
            <translation>Najpierw wpisz zapytanie.</translation>
        </message>
        <message>
            <source>Type a scale from 0 to 2</source>
            <translation>Wpisz siłę od 0 do 2</translation>
        </message>
        <message>
            <source>Type two to {most} scales from 0 to 2, such as {example}.</source>
            <translation>Wpisz od dwóch do {most} wartości siły od 0 do 2, na przykład {example}.</translation>
        </message>
        <message>
            <source>Types</source>
            <translation>Typy</translation>
        </message>
        <message>
            <source>Types to show</source>
            <translation>Pokazane typy</translation>
        </message>
        <message>
            <source>Ukrainian</source>
            <translation>Ukraiński</translation>
        </message>
        <message>
            <source>Unattended runs</source>
            <translation>Przebiegi bez nadzoru</translation>
        </message>
        <message>
            <source>Unattended: {name}</source>
            <translation>Bez nadzoru: {name}</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Cofnij</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>Nieznane</translation>
        </message>
        <message>
            <source>Unload</source>
            <translation>Zwolnij</translation>
        </message>
        <message>
            <source>Unload it first, then delete it.</source>
            <translation>Najpierw go zwolnij, potem usuń.</translation>
        </message>
        <message>
            <source>Unload it first, then try again.</source>
            <translation>Najpierw go zwolnij, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Unload {name}</source>
            <translation>Zwolnij {name}</translation>
        </message>
        <message>
            <source>Unpin</source>
            <translation>Odepnij</translation>
        </message>
        <message>
            <source>Unused</source>
            <translation>Nieużywane</translation>
        </message>
        <message>
            <source>Up</source>
            <translation>Wyżej</translation>
        </message>
        <message>
            <source>Update Orangery. The file was left as it is.</source>
            <translation>Zaktualizuj Orangery. Plik pozostawiono bez zmian.</translation>
        </message>
        <message>
            <source>Updated</source>
            <translation>Aktualizacja</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Użyj</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, GIF or BMP file of at most 20 MB.</source>
            <translation>Użyj pliku PNG, JPEG, GIF lub BMP o rozmiarze do 20 MB.</translation>
        </message>
        <message>
            <source>Use a PNG, JPEG, GIF, WebP or BMP file of at most 20 MB.</source>
            <translation>Użyj pliku PNG, JPEG, GIF, WebP lub BMP o rozmiarze do 20 MB.</translation>
        </message>
        <message>
            <source>Use a graphics card</source>
            <translation>Użyj karty graficznej</translation>
        </message>
        <message>
            <source>Use an importance matrix</source>
            <translation>Użyj macierzy ważności</translation>
        </message>
        <message>
            <source>Use at most {limit} KB.</source>
            <translation>Użyj najwyżej {limit} KB.</translation>
        </message>
        <message>
            <source>Use in the mix</source>
            <translation>Użyj w miksie</translation>
        </message>
        <message>
            <source>Use it in a chat, or choose a model on this machine.</source>
            <translation>Użyj go w rozmowie albo wybierz model na tym komputerze.</translation>
        </message>
        <message>
            <source>Use its window, or start with --home and another folder.</source>
            <translation>Użyj jego okna albo uruchom z opcją --home i innym folderem.</translation>
        </message>
        <message>
            <source>Use port {free}, or end that program.</source>
            <translation>Użyj portu {free} albo zakończ tamten program.</translation>
        </message>
        <message>
            <source>Use port {port}</source>
            <translation>Użyj portu {port}</translation>
        </message>
        <message>
            <source>Use that copy</source>
            <translation>Użyj tej kopii</translation>
        </message>
        <message>
            <source>Use these for new chats with this model</source>
            <translation>Użyj w nowych rozmowach z tym modelem</translation>
        </message>
        <message>
            <source>Use these instead</source>
            <translation>Użyj tych</translation>
        </message>
        <message>
            <source>Use {scales}</source>
            <translation>Użyj {scales}</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Użyto</translation>
        </message>
        <message>
            <source>Usual</source>
            <translation>Zwykłe</translation>
        </message>
        <message>
            <source>Usual for this type: {low} to {high}</source>
            <translation>Zwykle dla tego typu: {low} do {high}</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wartość</translation>
        </message>
        <message>
            <source>Vectors of texts can only be made with a model on this machine.</source>
            <translation>Wektory tekstów można tworzyć tylko modelem na tym komputerze.</translation>
        </message>
        <message>
            <source>Verified</source>
            <translation>Sprawdzony</translation>
        </message>
        <message>
            <source>Verified: every byte is as it should be.</source>
            <translation>Sprawdzono: każdy bajt jest na miejscu.</translation>
        </message>
        <message>
            <source>Verify</source>
            <translation>Sprawdź</translation>
        </message>
        <message>
            <source>Verify all</source>
            <translation>Sprawdź wszystkie</translation>
        </message>
        <message>
            <source>Verify {name}</source>
            <translation>Sprawdź {name}</translation>
        </message>
        <message numerus="yes">
            <source>Verify {n} models</source>
            <translation>
                <numerusform>Sprawdź {n} model</numerusform>
                <numerusform>Sprawdź {n} modele</numerusform>
                <numerusform>Sprawdź {n} modeli</numerusform>
            </translation>
        </message>
        <message>
            <source>Verify: read the file and compare it with its checksum</source>
            <translation>Sprawdź: odczytaj plik i porównaj z sumą kontrolną</translation>
        </message>
        <message>
            <source>Verifying</source>
            <translation>Sprawdzanie</translation>
        </message>
        <message>
            <source>Verifying {name}</source>
            <translation>Sprawdzanie {name}</translation>
        </message>
        <message numerus="yes">
            <source>Verifying {n} models, {size}</source>
            <translation>
                <numerusform>Sprawdzanie {n} modelu, {size}</numerusform>
                <numerusform>Sprawdzanie {n} modeli, {size}</numerusform>
                <numerusform>Sprawdzanie {n} modeli, {size}</numerusform>
            </translation>
        </message>
        <message>
            <source>Verifying {share}</source>
            <translation>Sprawdzanie {share}</translation>
        </message>
        <message>
            <source>Version {number} of {total}</source>
            <translation>Wersja {number} z {total}</translation>
        </message>
        <message>
            <source>Version {version}</source>
            <translation>Wersja {version}</translation>
        </message>
        <message>
            <source>Version {version} at {host}, {models}, {loaded}.</source>
            <translation>Wersja {version} pod {host}, {models}, {loaded}.</translation>
        </message>
        <message>
            <source>Very small loss, a bit larger</source>
            <translation>Znikoma strata, nieco większy</translation>
        </message>
        <message>
            <source>Vision</source>
            <translation>Obrazy</translation>
        </message>
        <message>
            <source>Vocabulary</source>
            <translation>Słownik</translation>
        </message>
        <message>
            <source>Votes</source>
            <translation>Głosy</translation>
        </message>
        <message>
            <source>Votes (*.csv *.json)</source>
            <translation>Głosy (*.csv *.json)</translation>
        </message>
        <message>
            <source>Wait a few minutes, then try again.</source>
            <translation>Poczekaj kilka minut, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Wait for the answer, or stop it first.</source>
            <translation>Poczekaj na odpowiedź albo najpierw ją zatrzymaj.</translation>
        </message>
        <message>
            <source>Wait for the answers, or stop them first.</source>
            <translation>Poczekaj na odpowiedzi albo najpierw je zatrzymaj.</translation>
        </message>
        <message>
            <source>Wait for them, or stop them first.</source>
            <translation>Poczekaj na nie albo najpierw je zatrzymaj.</translation>
        </message>
        <message>
            <source>Wait until that has ended, or choose another name.</source>
            <translation>Poczekaj, aż to się skończy, albo wybierz inną nazwę.</translation>
        </message>
        <message>
            <source>Wait until the other program has finished with it, then try again.</source>
            <translation>Poczekaj, aż inny program skończy, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>W kolejce</translation>
        </message>
        <message>
            <source>Waiting {share}</source>
            <translation>Czeka {share}</translation>
        </message>
        <message>
            <source>Waits for its turn</source>
            <translation>Czeka na swoją kolej</translation>
        </message>
        <message numerus="yes">
            <source>Watching {n} folders</source>
            <translation>
                <numerusform>Obserwowany {n} folder</numerusform>
                <numerusform>Obserwowane {n} foldery</numerusform>
                <numerusform>Obserwowanych {n} folderów</numerusform>
            </translation>
        </message>
        <message>
            <source>Web page (*.html);;Markdown (*.md)</source>
            <translation>Strona WWW (*.html);;Markdown (*.md)</translation>
        </message>
        <message>
            <source>Web pages that may ask</source>
            <translation>Strony, które mogą pytać</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>Wagi</translation>
        </message>
        <message>
            <source>Weights per second</source>
            <translation>Wagi na sekundę</translation>
        </message>
        <message>
            <source>Weights per second: how much of a model is gone through while an answer is written. The last two columns say how fast a dense model with 8 billion weights would write an answer and read a prompt.</source>
            <translation>Wagi na sekundę: ile modelu jest przeglądane podczas pisania odpowiedzi. Dwie ostatnie kolumny mówią, jak szybko gęsty model o 8 miliardach wag pisałby odpowiedź i czytał zapytanie.</translation>
        </message>
        <message>
            <source>Welcome to Orangery</source>
            <translation>Witaj w Orangery</translation>
        </message>
        <message>
            <source>What a fit is made of</source>
            <translation>Z czego wynika dopasowanie</translation>
        </message>
        <message>
            <source>What came out</source>
            <translation>Wynik</translation>
        </message>
        <message>
            <source>What changed</source>
            <translation>Co się zmieniło</translation>
        </message>
        <message>
            <source>What changed between two runs</source>
            <translation>Co się zmieniło między dwoma przebiegami</translation>
        </message>
        <message>
            <source>What every column is asked</source>
            <translation>Pytanie do każdej kolumny</translation>
        </message>
        <message>
            <source>What has come is kept. Try again, or let it go on.</source>
            <translation>To, co przyszło, zostaje. Spróbuj ponownie albo kontynuuj odpowiedź.</translation>
        </message>
        <message>
            <source>What if I had another machine?</source>
            <translation>A na innym komputerze?</translation>
        </message>
        <message>
            <source>What if I had …</source>
            <translation>A gdyby to był …</translation>
        </message>
        <message>
            <source>What if: {machine}</source>
            <translation>A gdyby: {machine}</translation>
        </message>
        <message>
            <source>What is LoRA?</source>
            <translation>Co to jest LoRA?</translation>
        </message>
        <message>
            <source>What is above is left out</source>
            <translation>To, co wyżej, jest pominięte</translation>
        </message>
        <message>
            <source>What is different from the card:</source>
            <translation>Co różni się od karty:</translation>
        </message>
        <message>
            <source>What is downloading, paused, finished, or needs you.</source>
            <translation>Co się pobiera, jest wstrzymane, zakończone lub wymaga uwagi.</translation>
        </message>
        <message>
            <source>What is heard</source>
            <translation>Co działa</translation>
        </message>
        <message>
            <source>What is it about?</source>
            <translation>O czym ma być?</translation>
        </message>
        <message>
            <source>What is measured: writing, or reading prompts</source>
            <translation>Co jest mierzone: pisanie czy czytanie zapytań</translation>
        </message>
        <message>
            <source>What is shown</source>
            <translation>Co jest pokazane</translation>
        </message>
        <message>
            <source>What is the capital of Italy?</source>
            <translation>Jaka jest stolica Włoch?</translation>
        </message>
        <message>
            <source>What it says is under Details. A setting of the answer may not be known there.</source>
            <translation>Jego komunikat jest w Szczegółach. Może nie znać któregoś ustawienia odpowiedzi.</translation>
        </message>
        <message>
            <source>What it says is under Details. It may still be starting: try again in a moment.</source>
            <translation>Jego komunikat jest w Szczegółach. Może jeszcze się uruchamia: spróbuj ponownie za chwilę.</translation>
        </message>
        <message>
            <source>What it says is under Details. Try again, or look into Ollama's own log.</source>
            <translation>Jej komunikat jest w Szczegółach. Spróbuj ponownie albo zajrzyj do dziennika Ollamy.</translation>
        </message>
        <message>
            <source>What the judge looks at</source>
            <translation>Na co patrzy sędzia</translation>
        </message>
        <message>
            <source>What the loss is drawn against</source>
            <translation>Z czym zestawiono stratę</translation>
        </message>
        <message>
            <source>What the questions are about: each topic has a leaderboard.</source>
            <translation>O czym są pytania: każdy temat ma swój ranking.</translation>
        </message>
        <message>
            <source>What the registry lists for {name} cannot be used.</source>
            <translation>Nie można użyć tego, co rejestr podaje dla {name}.</translation>
        </message>
        <message>
            <source>What the registry says about {model} cannot be read.</source>
            <translation>Nie można odczytać tego, co rejestr podaje o {model}.</translation>
        </message>
        <message>
            <source>What the votes say</source>
            <translation>Co mówią głosy</translation>
        </message>
        <message>
            <source>What this answer depended on. With the same card, the same engine says the same again.</source>
            <translation>Od czego zależała ta odpowiedź. Z tą samą kartą ten sam silnik odpowie tak samo.</translation>
        </message>
        <message>
            <source>What to measure</source>
            <translation>Co mierzyć</translation>
        </message>
        <message>
            <source>What to show of the suite</source>
            <translation>Co pokazać z zestawu</translation>
        </message>
        <message>
            <source>What was asked and answered</source>
            <translation>Zapytanie i odpowiedź</translation>
        </message>
        <message>
            <source>What was checked</source>
            <translation>Co sprawdzono</translation>
        </message>
        <message numerus="yes">
            <source>What was learned from {n} loads goes with it; predictions begin anew.</source>
            <translation>
                <numerusform>Zniknie też wiedza z {n} wczytania; prognozy zaczną od nowa.</numerusform>
                <numerusform>Zniknie też wiedza z {n} wczytań; prognozy zaczną od nowa.</numerusform>
                <numerusform>Zniknie też wiedza z {n} wczytań; prognozy zaczną od nowa.</numerusform>
            </translation>
        </message>
        <message>
            <source>What was written so far is kept. Ask again to start the engine anew.</source>
            <translation>To, co już napisano, zostaje. Zapytaj ponownie, aby uruchomić silnik od nowa.</translation>
        </message>
        <message>
            <source>What went over the network so far can't be looked up afterwards.</source>
            <translation>Potem nie da się już sprawdzić, co dotąd przeszło przez sieć.</translation>
        </message>
        <message>
            <source>What you download appears here, and what other programs keep on this disk. You can also drop GGUF files and folders here.</source>
            <translation>Tu pojawia się to, co pobierzesz, i to, co inne programy trzymają na tym dysku. Możesz tu też upuścić pliki GGUF i foldery.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Kiedy</translation>
        </message>
        <message>
            <source>When it is full</source>
            <translation>Gdy się zapełni</translation>
        </message>
        <message>
            <source>When nobody asked it for a while. It is loaded again when it is needed.</source>
            <translation>Gdy przez jakiś czas nikt go nie pytał. Wczyta się ponownie, gdy będzie potrzebny.</translation>
        </message>
        <message>
            <source>When on, Orangery connects to nothing but this machine. All that is here keeps working.</source>
            <translation>Gdy jest włączony, Orangery nie łączy się z niczym poza tym komputerem. Wszystko, co tu jest, działa dalej.</translation>
        </message>
        <message>
            <source>When on, Orangery opens no connection except to this machine.</source>
            <translation>Gdy włączone, Orangery łączy się tylko z tym komputerem.</translation>
        </message>
        <message>
            <source>When one computer is not enough: one model over the graphics cards of several. Start Ray on the first computer, join the others to it, then start vLLM on the first.</source>
            <translation>Gdy jeden komputer nie wystarcza: jeden model na kartach graficznych kilku. Uruchom Ray na pierwszym komputerze, dołącz do niego pozostałe, potem uruchom vLLM na pierwszym.</translation>
        </message>
        <message>
            <source>Where downloads go</source>
            <translation>Dokąd trafiają pobrania</translation>
        </message>
        <message>
            <source>Which answers to list</source>
            <translation>Które odpowiedzi pokazać</translation>
        </message>
        <message>
            <source>Which is best?</source>
            <translation>Która najlepsza?</translation>
        </message>
        <message>
            <source>While a run goes on, the computer does not go to sleep by itself.</source>
            <translation>W czasie przebiegu komputer sam nie zasypia.</translation>
        </message>
        <message>
            <source>While it was measured</source>
            <translation>W czasie pomiaru</translation>
        </message>
        <message>
            <source>Who are you?</source>
            <translation>Kim jesteś?</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Powód</translation>
        </message>
        <message>
            <source>Wins</source>
            <translation>Wygrane</translation>
        </message>
        <message>
            <source>With a context of {count} tokens.</source>
            <translation>Przy kontekście {count} tok.</translation>
        </message>
        <message>
            <source>With adapters</source>
            <translation>Z adapterami</translation>
        </message>
        <message>
            <source>With the adapter {name}, {model} computes values that are no numbers.</source>
            <translation>Z adapterem {name} {model} oblicza wartości, które nie są liczbami.</translation>
        </message>
        <message>
            <source>With these adapters {model} has weights that cannot be stored: {tensor}.</source>
            <translation>Z tymi adapterami {model} ma wagi, których nie da się zapisać: {tensor}.</translation>
        </message>
        <message>
            <source>With this message the chat has {tokens} tokens, but its context holds {n_ctx}.</source>
            <translation>Z tą wiadomością rozmowa ma {tokens} tok., a jej kontekst mieści {n_ctx}.</translation>
        </message>
        <message>
            <source>Without a token</source>
            <translation>Bez tokenu</translation>
        </message>
        <message>
            <source>Without a token, every program of this computer can use the models.</source>
            <translation>Bez tokenu z modeli może korzystać każdy program na tym komputerze.</translation>
        </message>
        <message>
            <source>Without https, anybody between here and {host} can read it, and the key.</source>
            <translation>Bez https każdy na drodze do {host} może odczytać treść i klucz.</translation>
        </message>
        <message>
            <source>Without https, others in your network can read what is said, and the key.</source>
            <translation>Bez https inni w twojej sieci mogą odczytać treść i klucz.</translation>
        </message>
        <message>
            <source>Word for word the same.</source>
            <translation>Słowo w słowo to samo.</translation>
        </message>
        <message>
            <source>Words with capitals inside that are not ASCII may become other tokens.</source>
            <translation>Słowa z wielkimi literami spoza ASCII w środku mogą zamienić się w inne tokeny.</translation>
        </message>
        <message>
            <source>Words, at least</source>
            <translation>Słów co najmniej</translation>
        </message>
        <message>
            <source>Words, at most</source>
            <translation>Słów najwyżej</translation>
        </message>
        <message>
            <source>Write 0 or a positive number.</source>
            <translation>Wpisz 0 lub liczbę dodatnią.</translation>
        </message>
        <message>
            <source>Write FILE or FILE=SCALE.</source>
            <translation>Napisz PLIK albo PLIK=SIŁA.</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Napisz wiadomość</translation>
        </message>
        <message>
            <source>Write a name first.</source>
            <translation>Najpierw wpisz nazwę.</translation>
        </message>
        <message>
            <source>Write a number.</source>
            <translation>Wpisz liczbę.</translation>
        </message>
        <message>
            <source>Write a prompt and choose at least one scale.</source>
            <translation>Napisz pytanie i wybierz co najmniej jedną siłę.</translation>
        </message>
        <message>
            <source>Write at least one answer that counts.</source>
            <translation>Wpisz co najmniej jedną zaliczaną odpowiedź.</translation>
        </message>
        <message>
            <source>Write at least one number.</source>
            <translation>Wpisz co najmniej jedną liczbę.</translation>
        </message>
        <message>
            <source>Write hf:owner/name or ollama:name:tag; orangery search finds them.</source>
            <translation>Napisz hf:właściciel/nazwa albo ollama:nazwa:tag; znajdzie je orangery search.</translation>
        </message>
        <message>
            <source>Write how many tokens to read or to write.</source>
            <translation>Podaj, ile tokenów czytać lub pisać.</translation>
        </message>
        <message>
            <source>Write it as 3B-9B, 3B- or --size=-9B.</source>
            <translation>Podaj go jako 3B-9B, 3B- lub --size=-9B.</translation>
        </message>
        <message>
            <source>Write it as hf:owner/name, hf:owner/name:Q4_K_M, hf:owner/name/file.gguf or ollama:name:tag.</source>
            <translation>Podaj go jako hf:owner/name, hf:owner/name:Q4_K_M, hf:owner/name/file.gguf lub ollama:name:tag.</translation>
        </message>
        <message>
            <source>Write it as https://host or http://host:port, without a path.</source>
            <translation>Zapisz go jako https://host albo http://host:port, bez ścieżki.</translation>
        </message>
        <message>
            <source>Write it as name, name:tag or user/name:tag.</source>
            <translation>Podaj ją jako name, name:tag lub user/name:tag.</translation>
        </message>
        <message>
            <source>Write it as name:tag or user/name:tag, such as llama3.2:3b.</source>
            <translation>Podaj ją jako name:tag lub user/name:tag, np. llama3.2:3b.</translation>
        </message>
        <message>
            <source>Write one of: {names}.</source>
            <translation>Podaj jedno z: {names}.</translation>
        </message>
        <message>
            <source>Write something to see its tokens</source>
            <translation>Napisz coś, aby zobaczyć tokeny</translation>
        </message>
        <message>
            <source>Write what is asked.</source>
            <translation>Wpisz pytanie.</translation>
        </message>
        <message>
            <source>Write what the judge looks at.</source>
            <translation>Wpisz, na co patrzy sędzia.</translation>
        </message>
        <message>
            <source>Write {count}</source>
            <translation>Pisanie {count}</translation>
        </message>
        <message>
            <source>Write, empty</source>
            <translation>Pisanie, pusty</translation>
        </message>
        <message>
            <source>Writes</source>
            <translation>Pisze</translation>
        </message>
        <message>
            <source>Writes ~{rate} tok/s</source>
            <translation>Pisze ~{rate} tok./s</translation>
        </message>
        <message>
            <source>Writes ~{rate} tok/s, reads a prompt at ~{prompt}</source>
            <translation>Pisze ~{rate} tok./s, czyta zapytanie ~{prompt}</translation>
        </message>
        <message>
            <source>Writing</source>
            <translation>Pisanie</translation>
        </message>
        <message>
            <source>Writing {count} tokens</source>
            <translation>Pisanie, {count} tok.</translation>
        </message>
        <message>
            <source>Writing {count} tokens at depth {depth}</source>
            <translation>Pisanie, {count} tok. po {depth}</translation>
        </message>
        <message>
            <source>Writing, tokens</source>
            <translation>Pisanie, tokeny</translation>
        </message>
        <message>
            <source>Written: {path}</source>
            <translation>Zapisano: {path}</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Źle</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Wczoraj</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Ty</translation>
        </message>
        <message>
            <source>You are offline. Adapters on Hugging Face are shown once you are not.</source>
            <translation>Jesteś offline. Adaptery z Hugging Face pojawią się, gdy wrócisz online.</translation>
        </message>
        <message>
            <source>You called it a tie.</source>
            <translation>Twój wybór: remis.</translation>
        </message>
        <message>
            <source>You can take it off the list and keep the file, or delete the file itself.</source>
            <translation>Możesz usunąć go z listy i zachować plik albo usunąć sam plik.</translation>
        </message>
        <message>
            <source>You chose {name}.</source>
            <translation>Twój wybór: {name}.</translation>
        </message>
        <message>
            <source>You found all of them bad.</source>
            <translation>Twój wybór: wszystkie złe.</translation>
        </message>
        <message>
            <source>You made it with Orangery; no garden has a copy of it.</source>
            <translation>Powstał w Orangery; żadne źródło nie ma jego kopii.</translation>
        </message>
        <message>
            <source>You may not write in the folder of {name}.</source>
            <translation>Nie wolno zapisywać w folderze z {name}.</translation>
        </message>
        <message>
            <source>You may vote before they finish.</source>
            <translation>Możesz głosować od razu.</translation>
        </message>
        <message>
            <source>You, {time}</source>
            <translation>Ty, {time}</translation>
        </message>
        <message>
            <source>Your account may not download {name} from {repo}.</source>
            <translation>Twoje konto nie może pobrać pliku {name} z {repo}.</translation>
        </message>
        <message>
            <source>Your chats</source>
            <translation>Twoje rozmowy</translation>
        </message>
        <message>
            <source>a check of the kind {kind} needs “{field}”</source>
            <translation>test rodzaju {kind} wymaga „{field}”</translation>
        </message>
        <message>
            <source>a folder of yours</source>
            <translation>twój folder</translation>
        </message>
        <message>
            <source>a folder of yours, and Jan uses it there</source>
            <translation>twój folder, a Jan używa go tam</translation>
        </message>
        <message>
            <source>a list</source>
            <translation>lista</translation>
        </message>
        <message>
            <source>a list of objects is expected</source>
            <translation>powinna tu być lista obiektów</translation>
        </message>
        <message>
            <source>a model that is gone</source>
            <translation>model, którego już nie ma</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>liczba</translation>
        </message>
        <message>
            <source>a number of its own</source>
            <translation>własny numer</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>obraz</translation>
        </message>
        <message>
            <source>a text</source>
            <translation>tekst</translation>
        </message>
        <message>
            <source>a tie</source>
            <translation>remis</translation>
        </message>
        <message>
            <source>a whole number</source>
            <translation>liczba całkowita</translation>
        </message>
        <message>
            <source>adapter</source>
            <translation>adapter</translation>
        </message>
        <message>
            <source>adapter {name} at {scale}</source>
            <translation>adapter {name}, siła {scale}</translation>
        </message>
        <message>
            <source>added token</source>
            <translation>token dodany</translation>
        </message>
        <message>
            <source>after vote</source>
            <translation>po głosie</translation>
        </message>
        <message>
            <source>after {time}</source>
            <translation>po {time}</translation>
        </message>
        <message>
            <source>all</source>
            <translation>wszystkie</translation>
        </message>
        <message>
            <source>all bad</source>
            <translation>wszystkie złe</translation>
        </message>
        <message>
            <source>all of it</source>
            <translation>cała</translation>
        </message>
        <message>
            <source>all that fit</source>
            <translation>wszystkie, które się mieszczą</translation>
        </message>
        <message>
            <source>already in the mixer</source>
            <translation>już w mikserze</translation>
        </message>
        <message>
            <source>an object</source>
            <translation>obiekt</translation>
        </message>
        <message>
            <source>an object in braces is expected</source>
            <translation>powinien tu być obiekt w nawiasach klamrowych</translation>
        </message>
        <message numerus="yes">
            <source>and {count} more</source>
            <translation>
                <numerusform>i jeszcze {count}</numerusform>
                <numerusform>i jeszcze {count}</numerusform>
                <numerusform>i jeszcze {count}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and {n} other uploads</source>
            <translation>
                <numerusform>i {n} inne wydanie</numerusform>
                <numerusform>i {n} inne wydania</numerusform>
                <numerusform>i {n} innych wydań</numerusform>
            </translation>
        </message>
        <message>
            <source>another program is downloading this file</source>
            <translation>inny program pobiera ten plik</translation>
        </message>
        <message>
            <source>another value</source>
            <translation>inna wartość</translation>
        </message>
        <message>
            <source>answering on another engine</source>
            <translation>odpowiedź na innym silniku</translation>
        </message>
        <message>
            <source>answering …</source>
            <translation>odpowiada …</translation>
        </message>
        <message>
            <source>answers another chat first …</source>
            <translation>odpowiada najpierw w innej rozmowie …</translation>
        </message>
        <message>
            <source>any</source>
            <translation>brak</translation>
        </message>
        <message>
            <source>arrived damaged, fetching it again</source>
            <translation>dotarł uszkodzony, ponowne pobieranie</translation>
        </message>
        <message>
            <source>as JSON</source>
            <translation>jako JSON</translation>
        </message>
        <message>
            <source>as JSON of a schema</source>
            <translation>jako JSON według schematu</translation>
        </message>
        <message>
            <source>at least one message</source>
            <translation>co najmniej jedna wiadomość</translation>
        </message>
        <message>
            <source>at least one turn</source>
            <translation>co najmniej jedna tura</translation>
        </message>
        <message numerus="yes">
            <source>at most {n} tokens</source>
            <translation>
                <numerusform>najwyżej {n} token</numerusform>
                <numerusform>najwyżej {n} tokeny</numerusform>
                <numerusform>najwyżej {n} tokenów</numerusform>
            </translation>
        </message>
        <message>
            <source>at most {tokens}</source>
            <translation>najwyżej {tokens}</translation>
        </message>
        <message>
            <source>at {depth}</source>
            <translation>po {depth}</translation>
        </message>
        <message>
            <source>bad</source>
            <translation>źle</translation>
        </message>
        <message>
            <source>base</source>
            <translation>baza</translation>
        </message>
        <message>
            <source>batch {count}</source>
            <translation>porcja {count}</translation>
        </message>
        <message numerus="yes">
            <source>batches of {n}</source>
            <translation>
                <numerusform>porcje po {n}</numerusform>
                <numerusform>porcje po {n}</numerusform>
                <numerusform>porcje po {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>battery</source>
            <translation>bateria</translation>
        </message>
        <message>
            <source>best {score}</source>
            <translation>najlepszy {score}</translation>
        </message>
        <message>
            <source>better</source>
            <translation>lepiej</translation>
        </message>
        <message>
            <source>between {low} and {high} with 95 % certainty</source>
            <translation>między {low} a {high} z pewnością 95 %</translation>
        </message>
        <message>
            <source>beyond what is free</source>
            <translation>ponad wolne</translation>
        </message>
        <message>
            <source>blocked</source>
            <translation>blokada</translation>
        </message>
        <message>
            <source>bundled</source>
            <translation>dołączony</translation>
        </message>
        <message>
            <source>bundled list</source>
            <translation>dołączona lista</translation>
        </message>
        <message>
            <source>by a grammar</source>
            <translation>według gramatyki</translation>
        </message>
        <message>
            <source>by {owner}</source>
            <translation>autor: {owner}</translation>
        </message>
        <message>
            <source>cache</source>
            <translation>pamięć KV</translation>
        </message>
        <message>
            <source>cache {kind}</source>
            <translation>pamięć KV {kind}</translation>
        </message>
        <message>
            <source>changed biases (bias) have no form in GGUF</source>
            <translation>zmienionych biasów (bias) nie da się zapisać w GGUF</translation>
        </message>
        <message>
            <source>changed weights at {type}</source>
            <translation>zmienione wagi w {type}</translation>
        </message>
        <message>
            <source>chat</source>
            <translation>rozmowa</translation>
        </message>
        <message>
            <source>checking the access token</source>
            <translation>sprawdzenie tokenu dostępu</translation>
        </message>
        <message>
            <source>checking …</source>
            <translation>sprawdzanie …</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>wybrane</translation>
        </message>
        <message>
            <source>clear loss</source>
            <translation>wyraźna strata</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>zamknięty</translation>
        </message>
        <message>
            <source>code</source>
            <translation>kod</translation>
        </message>
        <message>
            <source>comparing a chat template</source>
            <translation>porównanie szablonu rozmowy</translation>
        </message>
        <message>
            <source>complete</source>
            <translation>w całości</translation>
        </message>
        <message>
            <source>compute</source>
            <translation>obliczenia</translation>
        </message>
        <message>
            <source>connection lost</source>
            <translation>utracono połączenie</translation>
        </message>
        <message>
            <source>context</source>
            <translation>kontekst</translation>
        </message>
        <message numerus="yes">
            <source>context of {n} tokens</source>
            <translation>
                <numerusform>kontekst: {n} token</numerusform>
                <numerusform>kontekst: {n} tokeny</numerusform>
                <numerusform>kontekst: {n} tokenów</numerusform>
            </translation>
        </message>
        <message>
            <source>context {tokens}</source>
            <translation>kontekst: {tokens}</translation>
        </message>
        <message>
            <source>control token</source>
            <translation>token sterujący</translation>
        </message>
        <message>
            <source>convert first</source>
            <translation>do konwersji</translation>
        </message>
        <message>
            <source>could not be loaded</source>
            <translation>nie udało się wczytać</translation>
        </message>
        <message>
            <source>crashed</source>
            <translation>awaria</translation>
        </message>
        <message>
            <source>cut at the limit</source>
            <translation>ucięta na limicie</translation>
        </message>
        <message>
            <source>cut because its context was full</source>
            <translation>ucięta, bo kontekst się zapełnił</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>uszkodzony</translation>
        </message>
        <message>
            <source>damaged file</source>
            <translation>plik uszkodzony</translation>
        </message>
        <message>
            <source>dashed: nothing is both better and faster; area: memory</source>
            <translation>linia: nic nie jest zarazem lepsze i szybsze; pole: pamięć</translation>
        </message>
        <message>
            <source>decoder-only</source>
            <translation>sam dekoder</translation>
        </message>
        <message>
            <source>differs from base</source>
            <translation>różnica od bazy</translation>
        </message>
        <message>
            <source>differs from the base model</source>
            <translation>inny niż bazowy</translation>
        </message>
        <message>
            <source>does not fit</source>
            <translation>nie pasuje</translation>
        </message>
        <message>
            <source>done</source>
            <translation>gotowe</translation>
        </message>
        <message>
            <source>done about {time}</source>
            <translation>koniec ok. {time}</translation>
        </message>
        <message>
            <source>downloading</source>
            <translation>pobieranie</translation>
        </message>
        <message>
            <source>dry run differs</source>
            <translation>próba inna</translation>
        </message>
        <message>
            <source>embedding</source>
            <translation>embedding</translation>
        </message>
        <message>
            <source>embeddings at {type}</source>
            <translation>embeddingi w {type}</translation>
        </message>
        <message>
            <source>embeddings for search</source>
            <translation>embeddingi do wyszukiwania</translation>
        </message>
        <message>
            <source>embeddings for {found} tokens; the model has {expected}</source>
            <translation>embeddingi tokenów: {found}; model ma {expected}</translation>
        </message>
        <message>
            <source>embeddings, too</source>
            <translation>embeddingi też</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>pusty</translation>
        </message>
        <message>
            <source>encoder-decoder</source>
            <translation>enkoder i dekoder</translation>
        </message>
        <message>
            <source>encoder-only</source>
            <translation>sam enkoder</translation>
        </message>
        <message>
            <source>ended by system</source>
            <translation>zakończył system</translation>
        </message>
        <message>
            <source>error</source>
            <translation>błąd</translation>
        </message>
        <message>
            <source>extra tokens</source>
            <translation>dodatkowe tokeny</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>nie powiodło się</translation>
        </message>
        <message>
            <source>faster</source>
            <translation>szybciej</translation>
        </message>
        <message>
            <source>faster, tokens per second (log)</source>
            <translation>szybciej, tok./s (log)</translation>
        </message>
        <message>
            <source>few votes</source>
            <translation>mało głosów</translation>
        </message>
        <message>
            <source>fine</source>
            <translation>w porządku</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>zakończono</translation>
        </message>
        <message>
            <source>finished {when}</source>
            <translation>zakończono: {when}</translation>
        </message>
        <message>
            <source>first token {seconds} s</source>
            <translation>pierwszy token {seconds} s</translation>
        </message>
        <message>
            <source>fits</source>
            <translation>pasuje</translation>
        </message>
        <message>
            <source>flash attention</source>
            <translation>flash attention</translation>
        </message>
        <message>
            <source>folded</source>
            <translation>zwinięte</translation>
        </message>
        <message numerus="yes">
            <source>folder of {count} chats, {state}</source>
            <translation>
                <numerusform>folder, {count} rozmowa, {state}</numerusform>
                <numerusform>folder, {count} rozmowy, {state}</numerusform>
                <numerusform>folder, {count} rozmów, {state}</numerusform>
            </translation>
        </message>
        <message>
            <source>for this base model</source>
            <translation>dla tego modelu bazowego</translation>
        </message>
        <message>
            <source>for this session only: this system has no keyring that can be used</source>
            <translation>tylko na tę sesję: ten system nie ma pęku kluczy, którego można użyć</translation>
        </message>
        <message>
            <source>for {base}</source>
            <translation>dla {base}</translation>
        </message>
        <message>
            <source>free</source>
            <translation>wolne</translation>
        </message>
        <message>
            <source>free {size}</source>
            <translation>wolne {size}</translation>
        </message>
        <message>
            <source>frees {size}</source>
            <translation>zwolni {size}</translation>
        </message>
        <message>
            <source>from HF_TOKEN in the environment</source>
            <translation>ze zmiennej środowiskowej HF_TOKEN</translation>
        </message>
        <message>
            <source>from hf auth login</source>
            <translation>z hf auth login</translation>
        </message>
        <message>
            <source>from the AMD driver</source>
            <translation>ze sterownika AMD</translation>
        </message>
        <message>
            <source>from the NVIDIA driver</source>
            <translation>ze sterownika NVIDIA</translation>
        </message>
        <message>
            <source>from the bundled list</source>
            <translation>z dołączonej listy</translation>
        </message>
        <message>
            <source>from the engine</source>
            <translation>z silnika</translation>
        </message>
        <message>
            <source>from the limits of this container</source>
            <translation>z limitów tego kontenera</translation>
        </message>
        <message>
            <source>from the system</source>
            <translation>z systemu</translation>
        </message>
        <message>
            <source>from weights that were quantized already</source>
            <translation>z wag już po kwantyzacji</translation>
        </message>
        <message>
            <source>from {facts}</source>
            <translation>źródło: {facts}</translation>
        </message>
        <message>
            <source>from {old} to {new}</source>
            <translation>{old} → {new}</translation>
        </message>
        <message>
            <source>from {source}</source>
            <translation>źródło: {source}</translation>
        </message>
        <message>
            <source>gated</source>
            <translation>z ograniczonym dostępem</translation>
        </message>
        <message>
            <source>gated: its owner lets people in</source>
            <translation>ograniczony dostęp: wpuszcza właściciel</translation>
        </message>
        <message>
            <source>getting ready …</source>
            <translation>przygotowanie …</translation>
        </message>
        <message>
            <source>hard to notice</source>
            <translation>prawie bez strat</translation>
        </message>
        <message>
            <source>has no {part}</source>
            <translation>nie ma {part}</translation>
        </message>
        <message>
            <source>has to be converted first</source>
            <translation>najpierw trzeba go przekonwertować</translation>
        </message>
        <message>
            <source>heavy loss</source>
            <translation>duża strata</translation>
        </message>
        <message>
            <source>hung</source>
            <translation>zawieszenie</translation>
        </message>
        <message>
            <source>images</source>
            <translation>obrazy</translation>
        </message>
        <message>
            <source>importance matrix {name}</source>
            <translation>macierz ważności {name}</translation>
        </message>
        <message>
            <source>imported</source>
            <translation>zaimportowano</translation>
        </message>
        <message>
            <source>in library</source>
            <translation>w bibliotece</translation>
        </message>
        <message>
            <source>in main memory</source>
            <translation>w pamięci głównej</translation>
        </message>
        <message>
            <source>in the keyring of this system</source>
            <translation>w pęku kluczy tego systemu</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>w użyciu</translation>
        </message>
        <message>
            <source>in {gardens}</source>
            <translation>źródło: {gardens}</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>przerwano</translation>
        </message>
        <message>
            <source>it does not begin with “{text}”</source>
            <translation>nie zaczyna się od „{text}”</translation>
        </message>
        <message>
            <source>it does not end with “{text}”</source>
            <translation>nie kończy się na „{text}”</translation>
        </message>
        <message>
            <source>it does not match {pattern}</source>
            <translation>nie pasuje do {pattern}</translation>
        </message>
        <message>
            <source>it has capital letters</source>
            <translation>są wielkie litery</translation>
        </message>
        <message>
            <source>it has digits</source>
            <translation>są cyfry</translation>
        </message>
        <message>
            <source>it has letters beyond ASCII</source>
            <translation>są znaki spoza ASCII</translation>
        </message>
        <message>
            <source>it has no id</source>
            <translation>brak identyfikatora</translation>
        </message>
        <message>
            <source>it has no prompt</source>
            <translation>brak zapytania</translation>
        </message>
        <message>
            <source>it has small letters</source>
            <translation>są małe litery</translation>
        </message>
        <message>
            <source>it has {count} lines</source>
            <translation>wiersze: {count}</translation>
        </message>
        <message>
            <source>it has {count} sentences</source>
            <translation>zdania: {count}</translation>
        </message>
        <message>
            <source>it has {count} words</source>
            <translation>słowa: {count}</translation>
        </message>
        <message>
            <source>it is not JSON: {why}</source>
            <translation>to nie JSON: {why}</translation>
        </message>
        <message>
            <source>it is split into several files</source>
            <translation>jest podzielony na kilka plików</translation>
        </message>
        <message>
            <source>it is switched on by words in the text (aLoRA), which is not supported</source>
            <translation>włączają go słowa w tekście (aLoRA), a to nie jest obsługiwane</translation>
        </message>
        <message>
            <source>it matches {pattern}</source>
            <translation>pasuje do {pattern}</translation>
        </message>
        <message>
            <source>it may bring extra tokens</source>
            <translation>może wnosić dodatkowe tokeny</translation>
        </message>
        <message>
            <source>it should be exactly “{text}”</source>
            <translation>powinno być dokładnie „{text}”</translation>
        </message>
        <message>
            <source>it was trained on weights changed by {found} (init_lora_weights)</source>
            <translation>wytrenowano go na wagach zmienionych przez {found} (init_lora_weights)</translation>
        </message>
        <message>
            <source>its alignment (general.alignment) is not a sensible power of two</source>
            <translation>jego wyrównanie (general.alignment) nie jest sensowną potęgą dwójki</translation>
        </message>
        <message>
            <source>its first bytes</source>
            <translation>pierwsze bajty</translation>
        </message>
        <message>
            <source>its header</source>
            <translation>nagłówek</translation>
        </message>
        <message>
            <source>known once it is converted</source>
            <translation>znana po konwersji</translation>
        </message>
        <message numerus="yes">
            <source>larger than {n} bytes</source>
            <translation>
                <numerusform>większy niż {n} bajt</numerusform>
                <numerusform>większy niż {n} bajty</numerusform>
                <numerusform>większy niż {n} bajtów</numerusform>
            </translation>
        </message>
        <message>
            <source>layer {number}</source>
            <translation>warstwa {number}</translation>
        </message>
        <message>
            <source>less than a second</source>
            <translation>mniej niż sekunda</translation>
        </message>
        <message>
            <source>licence {licence}</source>
            <translation>licencja: {licence}</translation>
        </message>
        <message>
            <source>limited by you</source>
            <translation>limit ustawiony przez ciebie</translation>
        </message>
        <message numerus="yes">
            <source>line {n}</source>
            <translation>
                <numerusform>wiersz {n}</numerusform>
                <numerusform>wiersz {n}</numerusform>
                <numerusform>wiersz {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>llama.cpp</source>
            <translation>llama.cpp</translation>
        </message>
        <message>
            <source>llama.cpp's cache</source>
            <translation>pamięć podręczna llama.cpp</translation>
        </message>
        <message>
            <source>load {share} %</source>
            <translation>obciążenie {share} %</translation>
        </message>
        <message>
            <source>loaded, {size} in memory</source>
            <translation>wczytany, {size} w pamięci</translation>
        </message>
        <message>
            <source>loading, {share}</source>
            <translation>wczytywanie, {share}</translation>
        </message>
        <message>
            <source>local</source>
            <translation>lokalnie</translation>
        </message>
        <message numerus="yes">
            <source>longer than {n} characters</source>
            <translation>
                <numerusform>dłuższe niż {n} znak</numerusform>
                <numerusform>dłuższe niż {n} znaki</numerusform>
                <numerusform>dłuższe niż {n} znaków</numerusform>
            </translation>
        </message>
        <message>
            <source>look out</source>
            <translation>uwaga</translation>
        </message>
        <message>
            <source>looking at a connection</source>
            <translation>sprawdzanie połączenia</translation>
        </message>
        <message>
            <source>looking at a model</source>
            <translation>przeglądanie modelu</translation>
        </message>
        <message>
            <source>loopback</source>
            <translation>lokalnie</translation>
        </message>
        <message>
            <source>machine not known</source>
            <translation>nieznany komputer</translation>
        </message>
        <message>
            <source>made here</source>
            <translation>własny</translation>
        </message>
        <message>
            <source>made when the server starts</source>
            <translation>powstanie po uruchomieniu serwera</translation>
        </message>
        <message>
            <source>mains</source>
            <translation>sieć</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>pomiar</translation>
        </message>
        <message>
            <source>measured here</source>
            <translation>zmierzone tutaj</translation>
        </message>
        <message>
            <source>measuring</source>
            <translation>trwa pomiar</translation>
        </message>
        <message>
            <source>measuring …</source>
            <translation>pomiar …</translation>
        </message>
        <message>
            <source>memory not known</source>
            <translation>nieznana pamięć</translation>
        </message>
        <message>
            <source>memory of the GPU</source>
            <translation>pamięć GPU</translation>
        </message>
        <message>
            <source>mix</source>
            <translation>miks</translation>
        </message>
        <message numerus="yes">
            <source>more than {n} items</source>
            <translation>
                <numerusform>więcej niż {n} zapytanie</numerusform>
                <numerusform>więcej niż {n} zapytania</numerusform>
                <numerusform>więcej niż {n} zapytań</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>more than {n} rows</source>
            <translation>
                <numerusform>więcej niż {n} wiersz</numerusform>
                <numerusform>więcej niż {n} wiersze</numerusform>
                <numerusform>więcej niż {n} wierszy</numerusform>
            </translation>
        </message>
        <message>
            <source>muted</source>
            <translation>wyciszony</translation>
        </message>
        <message>
            <source>name hidden until you vote</source>
            <translation>nazwa po głosie</translation>
        </message>
        <message>
            <source>needed only to read images</source>
            <translation>potrzebny tylko do odczytu obrazów</translation>
        </message>
        <message>
            <source>needs matrix</source>
            <translation>wymaga macierzy</translation>
        </message>
        <message>
            <source>needs {size}, {rest} is missing</source>
            <translation>potrzebuje {size}, brakuje {rest}</translation>
        </message>
        <message>
            <source>needs {size}, {rest} stays free</source>
            <translation>potrzebuje {size}, {rest} zostaje wolne</translation>
        </message>
        <message>
            <source>needs ~{size}</source>
            <translation>potrzebuje ~{size}</translation>
        </message>
        <message>
            <source>nested too deeply</source>
            <translation>zbyt głęboko zagnieżdżone</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nigdy</translation>
        </message>
        <message>
            <source>newer weights</source>
            <translation>nowsze wagi</translation>
        </message>
        <message>
            <source>no GGUF files</source>
            <translation>brak plików GGUF</translation>
        </message>
        <message>
            <source>no GPU</source>
            <translation>bez GPU</translation>
        </message>
        <message>
            <source>no GPU that the engine can use</source>
            <translation>brak GPU, którego silnik może użyć</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>brak odp.</translation>
        </message>
        <message>
            <source>no clear difference</source>
            <translation>niepewna różnica</translation>
        </message>
        <message>
            <source>no data is coming</source>
            <translation>dane nie napływają</translation>
        </message>
        <message>
            <source>no flash attention</source>
            <translation>bez flash attention</translation>
        </message>
        <message>
            <source>no model</source>
            <translation>brak modelu</translation>
        </message>
        <message>
            <source>no, the answers are those of the model alone</source>
            <translation>nie, odpowiedzi są takie jak samego modelu</translation>
        </message>
        <message>
            <source>none</source>
            <translation>brak</translation>
        </message>
        <message>
            <source>none in this file</source>
            <translation>brak w tym pliku</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>jeszcze brak</translation>
        </message>
        <message>
            <source>not JSON ({why})</source>
            <translation>to nie JSON ({why})</translation>
        </message>
        <message numerus="yes">
            <source>not UTF-8 at byte {n}</source>
            <translation>
                <numerusform>to nie UTF-8, bajt {n}</numerusform>
                <numerusform>to nie UTF-8, bajt {n}</numerusform>
                <numerusform>to nie UTF-8, bajt {n}</numerusform>
            </translation>
        </message>
        <message>
            <source>not a number: {why}</source>
            <translation>to nie liczba: {why}</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>nie znaleziono</translation>
        </message>
        <message>
            <source>not gated</source>
            <translation>bez ograniczeń</translation>
        </message>
        <message>
            <source>not heard</source>
            <translation>pominięty</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>nie zainstalowano</translation>
        </message>
        <message>
            <source>not judged yet</source>
            <translation>jeszcze bez oceny</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>nieznane</translation>
        </message>
        <message>
            <source>not measured</source>
            <translation>bez pomiaru</translation>
        </message>
        <message>
            <source>not measured yet</source>
            <translation>jeszcze nie zmierzono</translation>
        </message>
        <message>
            <source>not measured; predictions are rough (measure with: orangery calibrate)</source>
            <translation>nie zmierzono; prognozy są zgrubne (pomiar: orangery calibrate)</translation>
        </message>
        <message>
            <source>not on this disk any more</source>
            <translation>nie ma go już na tym dysku</translation>
        </message>
        <message>
            <source>not possible</source>
            <translation>niemożliwe</translation>
        </message>
        <message>
            <source>not running at {address}</source>
            <translation>nie działa pod {address}</translation>
        </message>
        <message>
            <source>not supported</source>
            <translation>nieobsługiwany</translation>
        </message>
        <message>
            <source>not supported yet</source>
            <translation>jeszcze nieobsługiwany</translation>
        </message>
        <message>
            <source>not there</source>
            <translation>brak pliku</translation>
        </message>
        <message>
            <source>not ticked</source>
            <translation>niezaznaczony</translation>
        </message>
        <message>
            <source>not voted</source>
            <translation>bez głosu</translation>
        </message>
        <message>
            <source>now</source>
            <translation>teraz</translation>
        </message>
        <message>
            <source>of {name}</source>
            <translation>modelu {name}</translation>
        </message>
        <message>
            <source>of {total} tokens</source>
            <translation>z {total} tokenów</translation>
        </message>
        <message>
            <source>off</source>
            <translation>wył.</translation>
        </message>
        <message>
            <source>offline</source>
            <translation>offline</translation>
        </message>
        <message>
            <source>ok</source>
            <translation>ok</translation>
        </message>
        <message>
            <source>on</source>
            <translation>wł.</translation>
        </message>
        <message>
            <source>on battery</source>
            <translation>na baterii</translation>
        </message>
        <message>
            <source>on mains</source>
            <translation>zasilanie z sieci</translation>
        </message>
        <message>
            <source>on this disk</source>
            <translation>na tym dysku</translation>
        </message>
        <message>
            <source>on {device}</source>
            <translation>na {device}</translation>
        </message>
        <message>
            <source>on {quant} the effect can be weaker</source>
            <translation>na {quant} efekt może być słabszy</translation>
        </message>
        <message>
            <source>on {quant} the effect is as trained</source>
            <translation>na {quant} efekt jest taki jak w treningu</translation>
        </message>
        <message>
            <source>only gated</source>
            <translation>tylko ograniczony</translation>
        </message>
        <message>
            <source>open</source>
            <translation>otwarty</translation>
        </message>
        <message>
            <source>or drop a file here</source>
            <translation>lub upuść tu plik</translation>
        </message>
        <message>
            <source>orangery adapters ls lists the adapters on this disk.</source>
            <translation>orangery adapters ls wypisuje adaptery na tym dysku.</translation>
        </message>
        <message>
            <source>orangery adapters ls lists those on this disk.</source>
            <translation>orangery adapters ls wypisuje te, które są na tym dysku.</translation>
        </message>
        <message>
            <source>original</source>
            <translation>oryginał</translation>
        </message>
        <message>
            <source>other base</source>
            <translation>inna baza</translation>
        </message>
        <message>
            <source>other uses</source>
            <translation>inne zastosowania</translation>
        </message>
        <message>
            <source>others</source>
            <translation>inne</translation>
        </message>
        <message>
            <source>others {size}</source>
            <translation>inne {size}</translation>
        </message>
        <message>
            <source>out of memory</source>
            <translation>brak pamięci</translation>
        </message>
        <message>
            <source>output layer at {type}</source>
            <translation>warstwa wyjściowa w {type}</translation>
        </message>
        <message>
            <source>over 40B</source>
            <translation>ponad 40B</translation>
        </message>
        <message>
            <source>own system prompt</source>
            <translation>własna instrukcja systemowa</translation>
        </message>
        <message>
            <source>part of Orangery</source>
            <translation>część Orangery</translation>
        </message>
        <message>
            <source>part of text</source>
            <translation>część tekstu</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>wstrzymano</translation>
        </message>
        <message>
            <source>peft_type is {found}; {wanted} expected</source>
            <translation>peft_type to {found}; oczekiwano {wanted}</translation>
        </message>
        <message>
            <source>picture</source>
            <translation>obraz</translation>
        </message>
        <message>
            <source>predicted</source>
            <translation>prognoza</translation>
        </message>
        <message>
            <source>presence {value}</source>
            <translation>obecność {value}</translation>
        </message>
        <message>
            <source>pretended</source>
            <translation>symulacja</translation>
        </message>
        <message>
            <source>projector</source>
            <translation>projektor</translation>
        </message>
        <message>
            <source>rank {rank}</source>
            <translation>ranga {rank}</translation>
        </message>
        <message>
            <source>ranks {low} to {high}</source>
            <translation>rangi od {low} do {high}</translation>
        </message>
        <message>
            <source>rating, higher is better</source>
            <translation>ocena, wyżej znaczy lepiej</translation>
        </message>
        <message>
            <source>reached the token limit</source>
            <translation>osiągnięto limit tokenów</translation>
        </message>
        <message>
            <source>read only</source>
            <translation>tylko do odczytu</translation>
        </message>
        <message>
            <source>reading a model card</source>
            <translation>odczyt karty modelu</translation>
        </message>
        <message>
            <source>reading a prompt of {count} tokens</source>
            <translation>czytanie zapytania, {count} tok.</translation>
        </message>
        <message>
            <source>reading the file …</source>
            <translation>odczyt pliku …</translation>
        </message>
        <message>
            <source>reading what a file needs</source>
            <translation>odczyt wymagań pliku</translation>
        </message>
        <message>
            <source>reading …</source>
            <translation>czytanie …</translation>
        </message>
        <message>
            <source>reads images</source>
            <translation>odczytuje obrazy</translation>
        </message>
        <message>
            <source>reasoning</source>
            <translation>rozumowanie</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>odmowa</translation>
        </message>
        <message>
            <source>repeat {value}</source>
            <translation>powtarzanie {value}</translation>
        </message>
        <message>
            <source>reranking</source>
            <translation>reranking</translation>
        </message>
        <message>
            <source>rules do not fit into a table; choose JSON Lines</source>
            <translation>reguły nie mieszczą się w tabeli; wybierz JSON Lines</translation>
        </message>
        <message>
            <source>running</source>
            <translation>w toku</translation>
        </message>
        <message>
            <source>running on</source>
            <translation>na</translation>
        </message>
        <message>
            <source>same as {model}</source>
            <translation>to samo co {model}</translation>
        </message>
        <message>
            <source>sample</source>
            <translation>przykład</translation>
        </message>
        <message>
            <source>searching models</source>
            <translation>wyszukiwanie modeli</translation>
        </message>
        <message>
            <source>seed {number}</source>
            <translation>ziarno {number}</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>ziarno {seed}</translation>
        </message>
        <message>
            <source>seen just now</source>
            <translation>widziane przed chwilą</translation>
        </message>
        <message>
            <source>seen yesterday</source>
            <translation>widziane wczoraj</translation>
        </message>
        <message>
            <source>seen {age} ago</source>
            <translation>widziane {age} temu</translation>
        </message>
        <message>
            <source>shared with main memory</source>
            <translation>współdzielona z pamięcią główną</translation>
        </message>
        <message>
            <source>since Orangery was started</source>
            <translation>od uruchomienia Orangery</translation>
        </message>
        <message>
            <source>single byte</source>
            <translation>pojedynczy bajt</translation>
        </message>
        <message>
            <source>size in {unit}</source>
            <translation>rozmiar w {unit}</translation>
        </message>
        <message>
            <source>size per layer</source>
            <translation>rozmiar warstw</translation>
        </message>
        <message>
            <source>sizes {sizes}</source>
            <translation>rozmiary: {sizes}</translation>
        </message>
        <message>
            <source>slower</source>
            <translation>wolniej</translation>
        </message>
        <message>
            <source>small loss</source>
            <translation>mała strata</translation>
        </message>
        <message>
            <source>something is missing</source>
            <translation>czegoś brakuje</translation>
        </message>
        <message>
            <source>something less deep</source>
            <translation>coś płycej zagnieżdżonego</translation>
        </message>
        <message>
            <source>sorting search results</source>
            <translation>porządkowanie wyników wyszukiwania</translation>
        </message>
        <message>
            <source>sound</source>
            <translation>w porządku</translation>
        </message>
        <message>
            <source>speed</source>
            <translation>szybkość</translation>
        </message>
        <message>
            <source>stays as it is</source>
            <translation>bez zmian</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>zatrzymano</translation>
        </message>
        <message>
            <source>suite</source>
            <translation>zestaw zapytań</translation>
        </message>
        <message>
            <source>suite {name}</source>
            <translation>zestaw {name}</translation>
        </message>
        <message>
            <source>talking to Ollama</source>
            <translation>łączność z Ollamą</translation>
        </message>
        <message>
            <source>temperature {value}</source>
            <translation>temp. {value}</translation>
        </message>
        <message>
            <source>text completion</source>
            <translation>uzupełnianie tekstu</translation>
        </message>
        <message>
            <source>the Hugging Face cache, which other programs use too</source>
            <translation>pamięć podręczna Hugging Face, z której korzystają też inne programy</translation>
        </message>
        <message>
            <source>the adapter does not say what it was trained on</source>
            <translation>adapter nie podaje, na czym był trenowany</translation>
        </message>
        <message>
            <source>the beginning</source>
            <translation>początek</translation>
        </message>
        <message>
            <source>the column “{name}” is missing</source>
            <translation>brakuje kolumny „{name}”</translation>
        </message>
        <message>
            <source>the computer was asleep; connecting again</source>
            <translation>komputer był uśpiony; ponowne łączenie</translation>
        </message>
        <message>
            <source>the context is full</source>
            <translation>kontekst jest pełny</translation>
        </message>
        <message>
            <source>the data of “{name}” does not follow the tensor before it</source>
            <translation>dane tensora „{name}” nie następują po poprzednim tensorze</translation>
        </message>
        <message>
            <source>the engine, in a dry run</source>
            <translation>silnik, próba na sucho</translation>
        </message>
        <message>
            <source>the file has no adapter tensors</source>
            <translation>w pliku nie ma tensorów adaptera</translation>
        </message>
        <message>
            <source>the folder has no adapter tensors</source>
            <translation>w folderze nie ma tensorów adaptera</translation>
        </message>
        <message>
            <source>the formula</source>
            <translation>wzór</translation>
        </message>
        <message>
            <source>the header's length</source>
            <translation>długość nagłówka</translation>
        </message>
        <message>
            <source>the judge changed its mind with the order</source>
            <translation>sędzia zmienił zdanie po zmianie kolejności</translation>
        </message>
        <message>
            <source>the judge did not answer in the asked form</source>
            <translation>sędzia nie odpowiedział w żądanej postaci</translation>
        </message>
        <message>
            <source>the judge finds a criterion not fulfilled</source>
            <translation>zdaniem sędziego jedno z kryteriów nie jest spełnione</translation>
        </message>
        <message>
            <source>the last number is {found}, not {wanted}</source>
            <translation>ostatnia liczba to {found}, nie {wanted}</translation>
        </message>
        <message>
            <source>the latest 1,000</source>
            <translation>ostatnie 1000</translation>
        </message>
        <message>
            <source>the length of an entry of {key}</source>
            <translation>długość wpisu w {key}</translation>
        </message>
        <message>
            <source>the length of {field}</source>
            <translation>długość pola „{field}”</translation>
        </message>
        <message>
            <source>the link had expired</source>
            <translation>link wygasł</translation>
        </message>
        <message>
            <source>the metadata count</source>
            <translation>liczba wpisów metadanych</translation>
        </message>
        <message>
            <source>the metadata key “{key}” is there twice</source>
            <translation>klucz metadanych „{key}” występuje dwa razy</translation>
        </message>
        <message>
            <source>the model does not say its precision</source>
            <translation>model nie podaje swojej precyzji</translation>
        </message>
        <message>
            <source>the name of metadata entry {number}</source>
            <translation>nazwa wpisu metadanych {number}</translation>
        </message>
        <message>
            <source>the name of metadata entry {number} is not text</source>
            <translation>nazwa wpisu metadanych {number} nie jest tekstem</translation>
        </message>
        <message>
            <source>the name of tensor {number}</source>
            <translation>nazwa tensora {number}</translation>
        </message>
        <message>
            <source>the name of tensor {number} is not text</source>
            <translation>nazwa tensora {number} nie jest tekstem</translation>
        </message>
        <message>
            <source>the number of an earlier message</source>
            <translation>numer wcześniejszej wiadomości</translation>
        </message>
        <message>
            <source>the number of entries in {key}</source>
            <translation>liczba wpisów w {key}</translation>
        </message>
        <message>
            <source>the original</source>
            <translation>oryginał</translation>
        </message>
        <message>
            <source>the pattern cannot be used: {why}</source>
            <translation>nie można użyć wzorca: {why}</translation>
        </message>
        <message>
            <source>the physical cores</source>
            <translation>rdzenie fizyczne</translation>
        </message>
        <message numerus="yes">
            <source>the prompt is longer than {n} characters</source>
            <translation>
                <numerusform>zapytanie jest dłuższe niż {n} znak</numerusform>
                <numerusform>zapytanie jest dłuższe niż {n} znaki</numerusform>
                <numerusform>zapytanie jest dłuższe niż {n} znaków</numerusform>
            </translation>
        </message>
        <message>
            <source>the rows of “{name}” do not divide into blocks of {type}</source>
            <translation>wiersze tensora „{name}” nie dzielą się na bloki {type}</translation>
        </message>
        <message>
            <source>the rule {kind} needs “text”</source>
            <translation>reguła {kind} wymaga „text”</translation>
        </message>
        <message>
            <source>the same id twice</source>
            <translation>dwa razy ten sam identyfikator</translation>
        </message>
        <message>
            <source>the same weights lie in {stores}</source>
            <translation>te same wagi są w kilku magazynach: {stores}</translation>
        </message>
        <message>
            <source>the schema</source>
            <translation>schemat</translation>
        </message>
        <message>
            <source>the schema is not JSON: {why}</source>
            <translation>schemat to nie JSON: {why}</translation>
        </message>
        <message>
            <source>the schema must not refer to other files</source>
            <translation>schemat nie może odwoływać się do innych plików</translation>
        </message>
        <message>
            <source>the search</source>
            <translation>wyszukiwanie</translation>
        </message>
        <message>
            <source>the server asks to wait</source>
            <translation>serwer prosi, by poczekać</translation>
        </message>
        <message>
            <source>the server has trouble</source>
            <translation>serwer ma kłopoty</translation>
        </message>
        <message>
            <source>the shape of “{name}” is impossible</source>
            <translation>kształt tensora „{name}” jest niemożliwy</translation>
        </message>
        <message>
            <source>the speed test</source>
            <translation>pomiar szybkości</translation>
        </message>
        <message>
            <source>the tensor count</source>
            <translation>liczba tensorów</translation>
        </message>
        <message>
            <source>the tensor “{name}” is there twice</source>
            <translation>tensor „{name}” występuje dwa razy</translation>
        </message>
        <message>
            <source>the trial model</source>
            <translation>model próbny</translation>
        </message>
        <message>
            <source>the version</source>
            <translation>wersja</translation>
        </message>
        <message>
            <source>then: {adapters}</source>
            <translation>potem: {adapters}</translation>
        </message>
        <message>
            <source>there are no items in it</source>
            <translation>nie ma w nim zapytań</translation>
        </message>
        <message>
            <source>there are no rows in it</source>
            <translation>nie ma w nim wierszy</translation>
        </message>
        <message>
            <source>there is no number in it</source>
            <translation>nie ma w niej liczby</translation>
        </message>
        <message>
            <source>this check needs a judge</source>
            <translation>ten test wymaga sędziego</translation>
        </message>
        <message>
            <source>this is not a JSON schema: {why}</source>
            <translation>to nie jest schemat JSON: {why}</translation>
        </message>
        <message>
            <source>this model</source>
            <translation>ten model</translation>
        </message>
        <message>
            <source>ticked</source>
            <translation>zaznaczony</translation>
        </message>
        <message>
            <source>time not known yet</source>
            <translation>czas jeszcze nieznany</translation>
        </message>
        <message>
            <source>to be converted first</source>
            <translation>najpierw do konwersji</translation>
        </message>
        <message>
            <source>to token {count}: {adapters}</source>
            <translation>do tokenu {count}: {adapters}</translation>
        </message>
        <message>
            <source>tok/s</source>
            <translation>tok./s</translation>
        </message>
        <message>
            <source>tokens</source>
            <translation>tok.</translation>
        </message>
        <message>
            <source>took {size}</source>
            <translation>zajął {size}</translation>
        </message>
        <message>
            <source>tools</source>
            <translation>narzędzia</translation>
        </message>
        <message>
            <source>trained on {base}; this model is {model}</source>
            <translation>trenowany na {base}; ten model to {model}</translation>
        </message>
        <message>
            <source>unchanged, no extra tokens</source>
            <translation>bez zmian, bez dodatkowych tokenów</translation>
        </message>
        <message>
            <source>unfolded</source>
            <translation>rozwinięte</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>nieznane</translation>
        </message>
        <message>
            <source>unknown field “{field}”</source>
            <translation>nieznane pole „{field}”</translation>
        </message>
        <message>
            <source>unknown to the vocabulary</source>
            <translation>spoza słownika</translation>
        </message>
        <message>
            <source>unusable answer</source>
            <translation>nieprzydatna odpowiedź</translation>
        </message>
        <message>
            <source>unused token</source>
            <translation>token nieużywany</translation>
        </message>
        <message>
            <source>up to 2B</source>
            <translation>do 2B</translation>
        </message>
        <message>
            <source>up to {size}</source>
            <translation>do {size}</translation>
        </message>
        <message>
            <source>updated {age}</source>
            <translation>aktualizacja: {age}</translation>
        </message>
        <message>
            <source>vLLM on a Ray cluster</source>
            <translation>vLLM w klastrze Ray</translation>
        </message>
        <message>
            <source>verifying</source>
            <translation>sprawdzanie</translation>
        </message>
        <message>
            <source>version {number}</source>
            <translation>wersja {number}</translation>
        </message>
        <message>
            <source>version {version} at {address}</source>
            <translation>wersja {version} pod {address}</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>czeka</translation>
        </message>
        <message>
            <source>waiting until Orangery may go online</source>
            <translation>czeka na wyjście z trybu offline</translation>
        </message>
        <message>
            <source>waiting …</source>
            <translation>czeka …</translation>
        </message>
        <message>
            <source>warning</source>
            <translation>uwaga</translation>
        </message>
        <message>
            <source>weights</source>
            <translation>wagi</translation>
        </message>
        <message>
            <source>what was measured is kept</source>
            <translation>to, co zmierzono, zostaje</translation>
        </message>
        <message>
            <source>whole modules (modules_to_save: {names}) have no form in GGUF</source>
            <translation>całych modułów (modules_to_save: {names}) nie da się zapisać w GGUF</translation>
        </message>
        <message>
            <source>with</source>
            <translation>i</translation>
        </message>
        <message>
            <source>with a key</source>
            <translation>z kluczem</translation>
        </message>
        <message>
            <source>with a system prompt</source>
            <translation>z instrukcją systemową</translation>
        </message>
        <message>
            <source>with the same capitals</source>
            <translation>z tą samą wielkością liter</translation>
        </message>
        <message>
            <source>without a key</source>
            <translation>bez klucza</translation>
        </message>
        <message>
            <source>without a name</source>
            <translation>bez nazwy</translation>
        </message>
        <message>
            <source>worse</source>
            <translation>gorzej</translation>
        </message>
        <message>
            <source>writing {count} tokens</source>
            <translation>pisanie, {count} tok.</translation>
        </message>
        <message>
            <source>writing …</source>
            <translation>pisze …</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>tak</translation>
        </message>
        <message>
            <source>yes, mean KL {nats} against the model at {scale}</source>
            <translation>tak, średnia KL {nats} względem modelu przy sile {scale}</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>wczoraj</translation>
        </message>
        <message>
            <source>{added} chats of {name} were imported, {wrong} could not be read.</source>
            <translation>Z {name} zaimportowano rozmowy w liczbie {added}, nieczytelne: {wrong}.</translation>
        </message>
        <message>
            <source>{address}, not asked</source>
            <translation>{address}, nie pytano</translation>
        </message>
        <message>
            <source>{amount}, paused, keeps its place</source>
            <translation>{amount}, wstrzymane, bez utraty postępu</translation>
        </message>
        <message>
            <source>{architecture}, {count} parameters</source>
            <translation>{architecture}, parametry: {count}</translation>
        </message>
        <message>
            <source>{at} of {total}</source>
            <translation>{at} z {total}</translation>
        </message>
        <message>
            <source>{chats} chats and {messages} messages were read from it.</source>
            <translation>Odczytano z niej rozmów: {chats}, wiadomości: {messages}.</translation>
        </message>
        <message>
            <source>{choice}: same weights as {name} (SHA-256 agrees).</source>
            <translation>{choice}: te same wagi co {name} (zgodne SHA-256).</translation>
        </message>
        <message>
            <source>{choice}: {verdict}</source>
            <translation>{choice}: {verdict}</translation>
        </message>
        <message>
            <source>{connection} does not count tokens beforehand.</source>
            <translation>{connection} nie liczy tokenów z góry.</translation>
        </message>
        <message>
            <source>{connection} does not have {model}.</source>
            <translation>{connection} nie ma modelu {model}.</translation>
        </message>
        <message numerus="yes">
            <source>{count} answers</source>
            <translation>
                <numerusform>{count} odpowiedź</numerusform>
                <numerusform>{count} odpowiedzi</numerusform>
                <numerusform>{count} odpowiedzi</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} characters</source>
            <translation>
                <numerusform>{count} zn.</numerusform>
                <numerusform>{count} zn.</numerusform>
                <numerusform>{count} zn.</numerusform>
            </translation>
        </message>
        <message>
            <source>{count} context</source>
            <translation>kontekst: {count}</translation>
        </message>
        <message numerus="yes">
            <source>{count} cores</source>
            <translation>
                <numerusform>{count} rdzeń</numerusform>
                <numerusform>{count} rdzenie</numerusform>
                <numerusform>{count} rdzeni</numerusform>
            </translation>
        </message>
        <message>
            <source>{count} deep</source>
            <translation>po {count}</translation>
        </message>
        <message numerus="yes">
            <source>{count} downloads</source>
            <translation>
                <numerusform>{count} pobranie</numerusform>
                <numerusform>{count} pobrania</numerusform>
                <numerusform>{count} pobrań</numerusform>
            </translation>
        </message>
        <message>
            <source>{count} folders cannot be read, the first of them {path}.</source>
            <translation>Nieczytelne foldery: {count}, pierwszy z nich to {path}.</translation>
        </message>
        <message numerus="yes">
            <source>{count} in {n} types</source>
            <translation>
                <numerusform>{count} w {n} typie</numerusform>
                <numerusform>{count} w {n} typach</numerusform>
                <numerusform>{count} w {n} typach</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} layers on the GPU</source>
            <translation>
                <numerusform>{count} warstwa na GPU</numerusform>
                <numerusform>{count} warstwy na GPU</numerusform>
                <numerusform>{count} warstw na GPU</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} likes</source>
            <translation>
                <numerusform>{count} polubienie</numerusform>
                <numerusform>{count} polubienia</numerusform>
                <numerusform>{count} polubień</numerusform>
            </translation>
        </message>
        <message>
            <source>{count} links to other folders were not followed, the first of them {path}. Add those folders themselves.</source>
            <translation>Pominięte dowiązania do innych folderów: {count}, pierwsze z nich to {path}. Dodaj same te foldery.</translation>
        </message>
        <message>
            <source>{count} parameters</source>
            <translation>parametry: {count}</translation>
        </message>
        <message numerus="yes">
            <source>{count} places</source>
            <translation>
                <numerusform>{count} miejsce</numerusform>
                <numerusform>{count} miejsca</numerusform>
                <numerusform>{count} miejsc</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} points</source>
            <translation>
                <numerusform>{count} pkt</numerusform>
                <numerusform>{count} pkt</numerusform>
                <numerusform>{count} pkt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} prompts</source>
            <translation>
                <numerusform>{count} zapytanie</numerusform>
                <numerusform>{count} zapytania</numerusform>
                <numerusform>{count} zapytań</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} prompts need something</source>
            <translation>
                <numerusform>{count} zapytanie wymaga uzupełnienia</numerusform>
                <numerusform>{count} zapytania wymagają uzupełnienia</numerusform>
                <numerusform>{count} zapytań wymaga uzupełnienia</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} runs are selected. Two can be compared.</source>
            <translation>
                <numerusform>Zaznaczono {count} przebieg. Porównać można dwa.</numerusform>
                <numerusform>Zaznaczono {count} przebiegi. Porównać można dwa.</numerusform>
                <numerusform>Zaznaczono {count} przebiegów. Porównać można dwa.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} runs were deleted.</source>
            <translation>
                <numerusform>Usunięto {count} przebieg.</numerusform>
                <numerusform>Usunięto {count} przebiegi.</numerusform>
                <numerusform>Usunięto {count} przebiegów.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tensors</source>
            <translation>
                <numerusform>{count} tensor</numerusform>
                <numerusform>{count} tensory</numerusform>
                <numerusform>{count} tensorów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tests</source>
            <translation>
                <numerusform>{count} test</numerusform>
                <numerusform>{count} testy</numerusform>
                <numerusform>{count} testów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} thr.</source>
            <translation>
                <numerusform>{count} wąt.</numerusform>
                <numerusform>{count} wąt.</numerusform>
                <numerusform>{count} wąt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} threads</source>
            <translation>
                <numerusform>{count} wątek</numerusform>
                <numerusform>{count} wątki</numerusform>
                <numerusform>{count} wątków</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens</source>
            <translation>
                <numerusform>{count} token</numerusform>
                <numerusform>{count} tokeny</numerusform>
                <numerusform>{count} tokenów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens left after this message</source>
            <translation>
                <numerusform>{count} token zostanie po tej wiadomości</numerusform>
                <numerusform>{count} tokeny zostaną po tej wiadomości</numerusform>
                <numerusform>{count} tokenów zostanie po tej wiadomości</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens of context</source>
            <translation>
                <numerusform>kontekst: {count} token</numerusform>
                <numerusform>kontekst: {count} tokeny</numerusform>
                <numerusform>kontekst: {count} tokenów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens too many</source>
            <translation>
                <numerusform>{count} token za dużo</numerusform>
                <numerusform>{count} tokeny za dużo</numerusform>
                <numerusform>{count} tokenów za dużo</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens, {cache} cache, {n} at once</source>
            <translation>
                <numerusform>{count} tok., pamięć KV {cache}, naraz: {n}</numerusform>
                <numerusform>{count} tok., pamięć KV {cache}, naraz: {n}</numerusform>
                <numerusform>{count} tok., pamięć KV {cache}, naraz: {n}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes</source>
            <translation>
                <numerusform>{count} głos</numerusform>
                <numerusform>{count} głosy</numerusform>
                <numerusform>{count} głosów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes so far.</source>
            <translation>
                <numerusform>Dotąd {count} głos.</numerusform>
                <numerusform>Dotąd {count} głosy.</numerusform>
                <numerusform>Dotąd {count} głosów.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes were added.</source>
            <translation>
                <numerusform>Dodano {count} głos.</numerusform>
                <numerusform>Dodano {count} głosy.</numerusform>
                <numerusform>Dodano {count} głosów.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes: too few to say how sure the rating is</source>
            <translation>
                <numerusform>{count} głos: za mało, żeby określić pewność oceny</numerusform>
                <numerusform>{count} głosy: za mało, żeby określić pewność oceny</numerusform>
                <numerusform>{count} głosów: za mało, żeby określić pewność oceny</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count}, mean of {passes} passes</source>
            <translation>
                <numerusform>{count}, z {passes} powtórzenia</numerusform>
                <numerusform>{count}, średnia z {passes} powtórzeń</numerusform>
                <numerusform>{count}, średnia z {passes} powtórzeń</numerusform>
            </translation>
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation>{days} d {hours} h</translation>
        </message>
        <message>
            <source>{done} answers, {failed} failed</source>
            <translation>odpowiedzi: {done}, nieudane: {failed}</translation>
        </message>
        <message numerus="yes">
            <source>{done} of {count} answers</source>
            <translation>
                <numerusform>{done} z {count} odpowiedzi</numerusform>
                <numerusform>{done} z {count} odpowiedzi</numerusform>
                <numerusform>{done} z {count} odpowiedzi</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{done} of {count} tests</source>
            <translation>
                <numerusform>{done} z {count} testu</numerusform>
                <numerusform>{done} z {count} testów</numerusform>
                <numerusform>{done} z {count} testów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{done} of {count} tokens</source>
            <translation>
                <numerusform>{done} z {count} tokenu</numerusform>
                <numerusform>{done} z {count} tokenów</numerusform>
                <numerusform>{done} z {count} tokenów</numerusform>
            </translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done} z {total}</translation>
        </message>
        <message>
            <source>{done} of {total} answers</source>
            <translation>{done} z {total} odpowiedzi</translation>
        </message>
        <message>
            <source>{done} of {total} done</source>
            <translation>Gotowe: {done} z {total}</translation>
        </message>
        <message>
            <source>{done} of {total} finished</source>
            <translation>gotowe {done} z {total}</translation>
        </message>
        <message>
            <source>{done} of {total} have answered</source>
            <translation>Odpowiedziało: {done} z {total}</translation>
        </message>
        <message>
            <source>{file} cannot be read.</source>
            <translation>Nie można odczytać pliku {file}.</translation>
        </message>
        <message>
            <source>{file} cannot be read: {reason}.</source>
            <translation>Nie można odczytać pliku {file}: {reason}.</translation>
        </message>
        <message>
            <source>{file} could not be read to its end.</source>
            <translation>Nie udało się odczytać {file} do końca.</translation>
        </message>
        <message>
            <source>{file} does not belong to the other parts of this split model.</source>
            <translation>{file} nie pasuje do pozostałych części tego podzielonego modelu.</translation>
        </message>
        <message>
            <source>{file} is being made already.</source>
            <translation>Plik {file} już jest tworzony.</translation>
        </message>
        <message>
            <source>{file} is damaged: {field} is {amount}, and at most {limit} is possible.</source>
            <translation>{file} jest uszkodzony: {field} to {amount}, a możliwe jest najwyżej {limit}.</translation>
        </message>
        <message>
            <source>{file} is damaged: {problem}.</source>
            <translation>{file} jest uszkodzony: {problem}.</translation>
        </message>
        <message>
            <source>{file} is in GGUF version {version}; versions 2 and 3 can be read.</source>
            <translation>{file} ma wersję GGUF {version}; odczytać można wersje 2 i 3.</translation>
        </message>
        <message>
            <source>{file} is incomplete: it ends in the middle of {field}.</source>
            <translation>{file} jest niekompletny, urywa się w miejscu: {field}.</translation>
        </message>
        <message>
            <source>{file} is incomplete: the data of {tensor} lies past its end.</source>
            <translation>{file} jest niekompletny: dane tensora {tensor} leżą poza końcem pliku.</translation>
        </message>
        <message>
            <source>{file} is not a GGUF file.</source>
            <translation>{file} nie jest plikiem GGUF.</translation>
        </message>
        <message>
            <source>{file} is not a text in UTF-8.</source>
            <translation>{file} nie jest tekstem w UTF-8.</translation>
        </message>
        <message>
            <source>{file} is not an importance matrix that can be used.</source>
            <translation>{file} nie jest macierzą ważności, której można użyć.</translation>
        </message>
        <message>
            <source>{file} is one part of a split model, and the part {missing} is missing.</source>
            <translation>{file} to jedna z części podzielonego modelu, a brakuje części {missing}.</translation>
        </message>
        <message>
            <source>{file} of {model} is missing.</source>
            <translation>{model}: brakuje pliku {file}.</translation>
        </message>
        <message>
            <source>{file} of {model} leads outside of its folder, so it is not opened.</source>
            <translation>{model}: {file} prowadzi poza swój folder, więc nie jest otwierany.</translation>
        </message>
        <message>
            <source>{file} uses a quantization that this version does not know (type {number} in {tensor}).</source>
            <translation>{file} używa kwantyzacji, której ta wersja nie zna (typ {number} w {tensor}).</translation>
        </message>
        <message>
            <source>{file} was made for big-endian computers.</source>
            <translation>{file} przygotowano dla komputerów big-endian.</translation>
        </message>
        <message>
            <source>{file} was not written as it should have been.</source>
            <translation>Plik {file} nie zapisał się tak, jak powinien.</translation>
        </message>
        <message>
            <source>{folder} folder</source>
            <translation>folder {folder}</translation>
        </message>
        <message>
            <source>{folder} is not shown any more; its files stay</source>
            <translation>{folder} nie jest już pokazywany; pliki zostają</translation>
        </message>
        <message>
            <source>{folder} is part of the Library now</source>
            <translation>{folder} należy teraz do Biblioteki</translation>
        </message>
        <message>
            <source>{found} tokens; the model has {expected}</source>
            <translation>tokeny: {found}; model ma {expected}</translation>
        </message>
        <message>
            <source>{found}, but the model is {wanted}</source>
            <translation>{found}, a model to {wanted}</translation>
        </message>
        <message>
            <source>{free} of {total}</source>
            <translation>{free} z {total}</translation>
        </message>
        <message>
            <source>{garden} cannot be reached: {seen}</source>
            <translation>{garden} poza zasięgiem: {seen}</translation>
        </message>
        <message>
            <source>{garden} could not be read.</source>
            <translation>Nie udało się odczytać: {garden}.</translation>
        </message>
        <message>
            <source>{hardware}: models up to about {size} at Q4 run fully on the GPU</source>
            <translation>{hardware}: modele do ok. {size} w Q4 działają w całości na GPU</translation>
        </message>
        <message>
            <source>{hardware}: models up to about {size} at Q4 run in memory</source>
            <translation>{hardware}: modele do ok. {size} w Q4 działają w pamięci</translation>
        </message>
        <message>
            <source>{hardware}: only very small models run right now</source>
            <translation>{hardware}: teraz zadziałają tylko bardzo małe modele</translation>
        </message>
        <message>
            <source>{host} answers with a web page.</source>
            <translation>{host} odpowiada stroną WWW.</translation>
        </message>
        <message>
            <source>{host} cannot be reached.</source>
            <translation>Nie można połączyć się z {host}.</translation>
        </message>
        <message>
            <source>{host} could not answer.</source>
            <translation>{host} nie mógł odpowiedzieć.</translation>
        </message>
        <message>
            <source>{host} did not accept the key.</source>
            <translation>{host} nie przyjął klucza.</translation>
        </message>
        <message>
            <source>{host} did not accept the request.</source>
            <translation>{host} nie przyjął żądania.</translation>
        </message>
        <message>
            <source>{host} does not answer in time.</source>
            <translation>{host} nie odpowiada na czas.</translation>
        </message>
        <message>
            <source>{host} does not have what was asked for.</source>
            <translation>{host} nie ma tego, o co zapytano.</translation>
        </message>
        <message>
            <source>{host} has too many requests just now.</source>
            <translation>{host} ma teraz zbyt wiele żądań.</translation>
        </message>
        <message>
            <source>{host} has trouble and cannot send {name} now.</source>
            <translation>{host} ma kłopoty i nie może teraz wysłać pliku {name}.</translation>
        </message>
        <message>
            <source>{host} redirects in a circle.</source>
            <translation>{host} przekierowuje w kółko.</translation>
        </message>
        <message>
            <source>{host} refuses the links that the hub gives out for {name}.</source>
            <translation>{host} odrzuca linki, które hub wydaje do pliku {name}.</translation>
        </message>
        <message>
            <source>{host} sent Orangery to an address that is not safe to follow.</source>
            <translation>{host} odesłał Orangery pod adres, na który nie jest bezpiecznie przejść.</translation>
        </message>
        <message>
            <source>{host} sent an answer that cannot be read.</source>
            <translation>{host} wysłał odpowiedź, której nie można odczytać.</translation>
        </message>
        <message>
            <source>{host} sent far more data than the request calls for.</source>
            <translation>{host} wysłał znacznie więcej danych, niż wymaga żądanie.</translation>
        </message>
        <message>
            <source>{host} sent something else than the part of {name} that was asked for.</source>
            <translation>{host} wysłał coś innego niż żądana część pliku {name}.</translation>
        </message>
        <message>
            <source>{host} stopped sending {name}.</source>
            <translation>{host} przestał wysyłać plik {name}.</translation>
        </message>
        <message>
            <source>{host} wants a key.</source>
            <translation>{host} wymaga klucza.</translation>
        </message>
        <message>
            <source>{host} wants to be asked at another address.</source>
            <translation>{host} odsyła pod inny adres.</translation>
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} h</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message>
            <source>{key} has no form in GGUF</source>
            <translation>{key} nie da się zapisać w GGUF</translation>
        </message>
        <message>
            <source>{key} is no text</source>
            <translation>{key} nie jest tekstem</translation>
        </message>
        <message>
            <source>{key} is of type {found}; {wanted} expected</source>
            <translation>{key} jest typu {found}; oczekiwano {wanted}</translation>
        </message>
        <message>
            <source>{key} is {found}; {wanted} expected</source>
            <translation>{key} to {found}; oczekiwano {wanted}</translation>
        </message>
        <message>
            <source>{kind} cache</source>
            <translation>pamięć KV {kind}</translation>
        </message>
        <message>
            <source>{kind}, {source}</source>
            <translation>{kind}, {source}</translation>
        </message>
        <message>
            <source>{label} on the other machine</source>
            <translation>{label} na symulowanym komputerze</translation>
        </message>
        <message>
            <source>{label} on this machine</source>
            <translation>{label} na tym komputerze</translation>
        </message>
        <message>
            <source>{letter} is best</source>
            <translation>Odp. {letter}</translation>
        </message>
        <message>
            <source>{letter} was best</source>
            <translation>najlepsza {letter}</translation>
        </message>
        <message>
            <source>{licence} licence</source>
            <translation>licencja: {licence}</translation>
        </message>
        <message>
            <source>{low} to {high} tokens/s</source>
            <translation>{low} do {high} tok./s</translation>
        </message>
        <message>
            <source>{made}: {prompts} prompts to {columns} models, {done} of {total} answers, {failed} failed.</source>
            <translation>{made}: zapytania: {prompts}, modele: {columns}, odpowiedzi: {done} z {total}, nieudane: {failed}.</translation>
        </message>
        <message>
            <source>{meaning}; {count} parts</source>
            <translation>{meaning}; części: {count}</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{missing} of {count} parts are missing, the first of them {name}.</source>
            <translation>Brakuje części: {missing} z {count}, pierwsza z nich to {name}.</translation>
        </message>
        <message>
            <source>{models}</source>
            <translation>{models}</translation>
        </message>
        <message>
            <source>{model} ({size}) will move to {folder}. Now it lies in {whose}.</source>
            <translation>{model} ({size}) zostanie przeniesiony do {folder}. Teraz leży w: {whose}.</translation>
        </message>
        <message>
            <source>{model} can't be held to calls of these functions.</source>
            <translation>Nie można zmusić {model} do wywołań tych funkcji.</translation>
        </message>
        <message>
            <source>{model} can't go on in the form that this answer must have.</source>
            <translation>{model} nie potrafi kontynuować w postaci, jaką ma mieć ta odpowiedź.</translation>
        </message>
        <message>
            <source>{model} can't read images.</source>
            <translation>{model} nie odczytuje obrazów.</translation>
        </message>
        <message>
            <source>{model} cannot be compared with the original.</source>
            <translation>Nie można porównać {model} z oryginałem.</translation>
        </message>
        <message>
            <source>{model} cannot be converted for this model ({field}: {value}).</source>
            <translation>{model} nie da się przekonwertować dla tego modelu ({field}: {value}).</translation>
        </message>
        <message>
            <source>{model} cannot be read: {field}.</source>
            <translation>Nie można odczytać {model}: {field}.</translation>
        </message>
        <message>
            <source>{model} computes values that are no numbers.</source>
            <translation>{model} oblicza wartości, które nie są liczbami.</translation>
        </message>
        <message>
            <source>{model} could not be converted.</source>
            <translation>Nie udało się przekonwertować {model}.</translation>
        </message>
        <message>
            <source>{model} could not be loaded.</source>
            <translation>Nie udało się wczytać: {model}.</translation>
        </message>
        <message>
            <source>{model} could not be measured.</source>
            <translation>Nie udało się zmierzyć {model}.</translation>
        </message>
        <message>
            <source>{model} could not be quantized.</source>
            <translation>{model}: kwantyzacja się nie udała.</translation>
        </message>
        <message>
            <source>{model} does not fit in memory now.</source>
            <translation>{model} nie mieści się teraz w pamięci.</translation>
        </message>
        <message>
            <source>{model} does not work with this type of cache.</source>
            <translation>{model} nie działa z tym typem pamięci podręcznej.</translation>
        </message>
        <message>
            <source>{model} from here on</source>
            <translation>odtąd {model}</translation>
        </message>
        <message>
            <source>{model} has a setting that the engine does not compute: {field}.</source>
            <translation>{model} ma ustawienie, którego silnik nie oblicza: {field}.</translation>
        </message>
        <message>
            <source>{model} has a tensor that cannot be converted: {field}: {value}.</source>
            <translation>{model} ma tensor, którego nie da się przekonwertować: {field}: {value}.</translation>
        </message>
        <message>
            <source>{model} has its weights as pickle files, which could run code; they are not opened.</source>
            <translation>{model} ma wagi w plikach pickle, które mogłyby uruchomić kod; nie są otwierane.</translation>
        </message>
        <message>
            <source>{model} has no GGUF file.</source>
            <translation>{model} nie ma pliku GGUF.</translation>
        </message>
        <message>
            <source>{model} has no config.json, so it is no Hugging Face repository.</source>
            <translation>{model} nie ma config.json, więc nie jest repozytorium Hugging Face.</translation>
        </message>
        <message>
            <source>{model} has no safetensors files.</source>
            <translation>{model} nie ma plików safetensors.</translation>
        </message>
        <message>
            <source>{model} has no tokenizer.</source>
            <translation>{model} nie ma tokenizera.</translation>
        </message>
        <message>
            <source>{model} has no {file}, so it is no PEFT folder.</source>
            <translation>{model} nie ma {file}, więc nie jest folderem PEFT.</translation>
        </message>
        <message>
            <source>{model} has weights of a type that cannot be converted: {field}.</source>
            <translation>{model} ma wagi typu, którego nie da się przekonwertować: {field}.</translation>
        </message>
        <message>
            <source>{model} has weights that are no numbers, so it cannot be quantized.</source>
            <translation>{model} ma wagi, które nie są liczbami, więc kwantyzacja jest niemożliwa.</translation>
        </message>
        <message>
            <source>{model} has weights that cannot be stored in this type: {field}.</source>
            <translation>{model} ma wagi, których nie da się zapisać w tym typie: {field}.</translation>
        </message>
        <message>
            <source>{model} is already on this disk.</source>
            <translation>Model {model} już jest na tym dysku.</translation>
        </message>
        <message>
            <source>{model} is made for Apple's MLX and has no GGUF file.</source>
            <translation>{model} przygotowano dla MLX firmy Apple i nie ma pliku GGUF.</translation>
        </message>
        <message>
            <source>{model} is more than a plain LoRA, or damaged: {field} is {value}.</source>
            <translation>{model} to więcej niż zwykła LoRA albo jest uszkodzony: {field} to {value}.</translation>
        </message>
        <message>
            <source>{model} is not a folder that can be read.</source>
            <translation>{model} nie jest folderem, który można odczytać.</translation>
        </message>
        <message>
            <source>{model} is not a model for chatting.</source>
            <translation>{model} nie jest modelem do rozmów.</translation>
        </message>
        <message>
            <source>{model} is not loaded.</source>
            <translation>{model} nie jest wczytany.</translation>
        </message>
        <message>
            <source>{model} is not on this disk any more. Choose another model.</source>
            <translation>Modelu {model} nie ma już na tym dysku. Wybierz inny model.</translation>
        </message>
        <message>
            <source>{model} is not on this disk.</source>
            <translation>Modelu {model} nie ma na tym dysku.</translation>
        </message>
        <message>
            <source>{model} is of a kind that cannot be converted ({field}: {value}).</source>
            <translation>{model} jest rodzaju, którego nie da się przekonwertować ({field}: {value}).</translation>
        </message>
        <message>
            <source>{model} is quantized already; doing it again loses more than from the original.</source>
            <translation>{model} jest już po kwantyzacji; kolejna daje większą stratę niż kwantyzacja oryginału.</translation>
        </message>
        <message>
            <source>{model} is run by another program. Adapters work with models that Orangery runs itself.</source>
            <translation>{model} działa w innym programie. Adaptery działają z modelami, które Orangery uruchamia samo.</translation>
        </message>
        <message>
            <source>{model} lies in {whose}. Deleting it frees {size}.</source>
            <translation>{model}, miejsce: {whose}. Usunięcie zwolni {size}.</translation>
        </message>
        <message>
            <source>{model} makes no vectors of texts.</source>
            <translation>{model} nie tworzy wektorów tekstów.</translation>
        </message>
        <message>
            <source>{model} on {device}</source>
            <translation>{model} na {device}</translation>
        </message>
        <message>
            <source>{model} runs elsewhere and can only chat.</source>
            <translation>{model} działa gdzie indziej i może tylko rozmawiać.</translation>
        </message>
        <message>
            <source>{model} runs only on Ollama's own computers; there is nothing to download.</source>
            <translation>{model} działa tylko na komputerach Ollamy; nie ma czego pobierać.</translation>
        </message>
        <message>
            <source>{model} splits text in a way that the engine does not know: {field}.</source>
            <translation>{model} dzieli tekst w sposób nieznany silnikowi: {field}.</translation>
        </message>
        <message>
            <source>{model}, {time}</source>
            <translation>{model}, {time}</translation>
        </message>
        <message>
            <source>{months} mo</source>
            <translation>{months} mies.</translation>
        </message>
        <message>
            <source>{names} after {before}</source>
            <translation>{names} po {before}</translation>
        </message>
        <message>
            <source>{names} waits until {before} has answered</source>
            <translation>{names} czeka, aż odpowie {before}</translation>
        </message>
        <message>
            <source>{name} +{count}</source>
            <translation>{name} +{count}</translation>
        </message>
        <message>
            <source>{name} already lies in {folder}.</source>
            <translation>{name} już jest w {folder}.</translation>
        </message>
        <message>
            <source>{name} arrived damaged twice and was thrown away.</source>
            <translation>Plik {name} dwa razy dotarł uszkodzony i został odrzucony.</translation>
        </message>
        <message>
            <source>{name} belongs to another user of this computer.</source>
            <translation>{name} należy do innego użytkownika tego komputera.</translation>
        </message>
        <message>
            <source>{name} by {owner}</source>
            <translation>{name}, autor: {owner}</translation>
        </message>
        <message>
            <source>{name} can be neither deleted nor moved.</source>
            <translation>Nie można ani usunąć, ani przenieść {name}.</translation>
        </message>
        <message>
            <source>{name} can't be attached.</source>
            <translation>Nie można załączyć {name}.</translation>
        </message>
        <message>
            <source>{name} cannot be applied at {scale}.</source>
            <translation>Nie można zastosować {name} z siłą {scale}.</translation>
        </message>
        <message>
            <source>{name} cannot be copied to {folder}.</source>
            <translation>Nie można skopiować {name} do {folder}.</translation>
        </message>
        <message>
            <source>{name} cannot be deleted by itself.</source>
            <translation>{name} nie da się usunąć osobno.</translation>
        </message>
        <message>
            <source>{name} cannot be deleted.</source>
            <translation>Nie można usunąć pliku {name}.</translation>
        </message>
        <message>
            <source>{name} cannot be deleted: the Ollama server does not answer.</source>
            <translation>Nie można usunąć {name}: serwer Ollamy nie odpowiada.</translation>
        </message>
        <message>
            <source>{name} cannot be quantized.</source>
            <translation>Nie można kwantować {name}.</translation>
        </message>
        <message>
            <source>{name} cannot be read.</source>
            <translation>Nie można odczytać {name}.</translation>
        </message>
        <message>
            <source>{name} cannot be sent as an image.</source>
            <translation>{name} nie można wysłać jako obrazu.</translation>
        </message>
        <message>
            <source>{name} cannot be the name of an Ollama model.</source>
            <translation>{name} nie może być nazwą modelu Ollamy.</translation>
        </message>
        <message>
            <source>{name} cannot be written to {folder}.</source>
            <translation>Nie można zapisać pliku {name} w {folder}.</translation>
        </message>
        <message>
            <source>{name} cannot share its bytes.</source>
            <translation>Nie można połączyć {name} z drugą kopią.</translation>
        </message>
        <message>
            <source>{name} changed meanwhile.</source>
            <translation>{name}: plik w międzyczasie się zmienił.</translation>
        </message>
        <message>
            <source>{name} could not be imported.</source>
            <translation>Nie udało się zaimportować {name}.</translation>
        </message>
        <message>
            <source>{name} deleted, {size} freed</source>
            <translation>Usunięto {name}, zwolniono {size}</translation>
        </message>
        <message>
            <source>{name} does not fit this model: {reason}.</source>
            <translation>{name} nie pasuje do tego modelu: {reason}.</translation>
        </message>
        <message>
            <source>{name} does not fit {model}: {reason}.</source>
            <translation>{name} nie pasuje do {model}: {reason}.</translation>
        </message>
        <message>
            <source>{name} does not name a server: {text}</source>
            <translation>{name} nie wskazuje serwera: {text}</translation>
        </message>
        <message>
            <source>{name} does not say which model it was trained on.</source>
            <translation>{name} nie mówi, na którym modelu go wytrenowano.</translation>
        </message>
        <message>
            <source>{name} failed</source>
            <translation>{name}: nie powiodło się</translation>
        </message>
        <message>
            <source>{name} has its weights in {file}, which can carry code.</source>
            <translation>{name} ma wagi w {file}, a taki plik może zawierać kod.</translation>
        </message>
        <message>
            <source>{name} has no adapter that can be used here.</source>
            <translation>W {name} nie ma adaptera, którego można tu użyć.</translation>
        </message>
        <message>
            <source>{name} has no weights.</source>
            <translation>{name} nie ma wag.</translation>
        </message>
        <message>
            <source>{name} has no {file}.</source>
            <translation>W {name} brakuje {file}.</translation>
        </message>
        <message>
            <source>{name} has the same weights (SHA-256 agrees).</source>
            <translation>{name} ma te same wagi (zgodne SHA-256).</translation>
        </message>
        <message>
            <source>{name} has this address already.</source>
            <translation>{name} ma już ten adres.</translation>
        </message>
        <message>
            <source>{name} is a GGUF adapter already.</source>
            <translation>{name} jest już adapterem GGUF.</translation>
        </message>
        <message>
            <source>{name} is a GGUF file already.</source>
            <translation>{name} już jest plikiem GGUF.</translation>
        </message>
        <message>
            <source>{name} is a PEFT folder.</source>
            <translation>{name} to folder PEFT.</translation>
        </message>
        <message>
            <source>{name} is a link that leads out of the model folder.</source>
            <translation>{name} to dowiązanie, które prowadzi poza folder modelu.</translation>
        </message>
        <message>
            <source>{name} is ahead: its interval overlaps with no other.</source>
            <translation>{name} prowadzi: jego przedział nie pokrywa się z żadnym innym.</translation>
        </message>
        <message>
            <source>{name} is being converted. It appears in the list when it is done.</source>
            <translation>{name} jest konwertowany. Gotowy pojawi się na liście.</translation>
        </message>
        <message>
            <source>{name} is being downloaded right now.</source>
            <translation>Plik {name} jest właśnie pobierany.</translation>
        </message>
        <message>
            <source>{name} is being made. It appears in the library when it is done.</source>
            <translation>{name} jest tworzony. Gotowy pojawi się w bibliotece.</translation>
        </message>
        <message>
            <source>{name} is damaged, so it is not moved.</source>
            <translation>{name}: plik jest uszkodzony, więc nie jest przenoszony.</translation>
        </message>
        <message>
            <source>{name} is damaged.</source>
            <translation>{name}: plik jest uszkodzony.</translation>
        </message>
        <message>
            <source>{name} is damaged: its content is not what it was published with.</source>
            <translation>{name}: plik jest uszkodzony, jego zawartość różni się od opublikowanej.</translation>
        </message>
        <message>
            <source>{name} is gone.</source>
            <translation>Nie ma już {name}.</translation>
        </message>
        <message>
            <source>{name} is here twice, from {first} and from {second}. Sharing one copy frees {size}.</source>
            <translation>{name} jest tu dwa razy ({first} i {second}). Jedna wspólna kopia zwolni {size}.</translation>
        </message>
        <message>
            <source>{name} is here {count} times. Sharing one copy frees {size}.</source>
            <translation>{name} jest tu w kopiach: {count}. Jedna wspólna zwolni {size}.</translation>
        </message>
        <message>
            <source>{name} is in another version of the repository too.</source>
            <translation>{name} należy też do innej wersji repozytorium.</translation>
        </message>
        <message>
            <source>{name} is in the Library now</source>
            <translation>{name} jest już w Bibliotece</translation>
        </message>
        <message>
            <source>{name} is in the library already.</source>
            <translation>{name} już jest w bibliotece.</translation>
        </message>
        <message>
            <source>{name} is laid out in a way that the engine cannot write.</source>
            <translation>{name} ma układ, którego silnik nie umie zapisać.</translation>
        </message>
        <message>
            <source>{name} is left out</source>
            <translation>{name} pominięto</translation>
        </message>
        <message>
            <source>{name} is loaded right now.</source>
            <translation>{name} jest teraz wczytany.</translation>
        </message>
        <message>
            <source>{name} is moved</source>
            <translation>{name}: przeniesiono</translation>
        </message>
        <message>
            <source>{name} is neither a folder nor a repository of Hugging Face.</source>
            <translation>{name} nie jest ani folderem, ani repozytorium Hugging Face.</translation>
        </message>
        <message>
            <source>{name} is no adapter.</source>
            <translation>{name} nie jest adapterem.</translation>
        </message>
        <message>
            <source>{name} is no longer in {repo}.</source>
            <translation>Pliku {name} nie ma już w {repo}.</translation>
        </message>
        <message>
            <source>{name} is not a language model.</source>
            <translation>{name} nie jest modelem językowym.</translation>
        </message>
        <message>
            <source>{name} is not a model file that Orangery downloads.</source>
            <translation>{name} nie jest plikiem modelu, który Orangery pobiera.</translation>
        </message>
        <message>
            <source>{name} is not the name of an Ollama model.</source>
            <translation>{name} nie jest nazwą modelu Ollamy.</translation>
        </message>
        <message>
            <source>{name} is not whole, so it cannot be moved.</source>
            <translation>{name}: plik jest niekompletny, więc nie można go przenieść.</translation>
        </message>
        <message>
            <source>{name} is not whole.</source>
            <translation>{name}: plik jest niekompletny.</translation>
        </message>
        <message>
            <source>{name} is now as the faders stand.</source>
            <translation>{name} ma teraz obecne ustawienia suwaków.</translation>
        </message>
        <message>
            <source>{name} is ready, SHA-256 verified</source>
            <translation>{name}: gotowe, SHA-256 sprawdzone</translation>
        </message>
        <message>
            <source>{name} is running in Ollama right now.</source>
            <translation>{name} właśnie działa w Ollamie.</translation>
        </message>
        <message>
            <source>{name} is verified</source>
            <translation>{name}: sprawdzono</translation>
        </message>
        <message numerus="yes">
            <source>{name} leads so far, but some have fewer than {n} votes: too few to tell.</source>
            <translation>
                <numerusform>Na razie prowadzi {name}, ale niektóre mają mniej niż {n} głos: za mało, by rozstrzygnąć.</numerusform>
                <numerusform>Na razie prowadzi {name}, ale niektóre mają mniej niż {n} głosy: za mało, by rozstrzygnąć.</numerusform>
                <numerusform>Na razie prowadzi {name}, ale niektóre mają mniej niż {n} głosów: za mało, by rozstrzygnąć.</numerusform>
            </translation>
        </message>
        <message>
            <source>{name} leads, but its interval overlaps with that of {other}: more votes are needed to tell them apart.</source>
            <translation>Prowadzi {name}, ale jego przedział pokrywa się z przedziałem {other}: aby je rozróżnić, potrzeba więcej głosów.</translation>
        </message>
        <message numerus="yes">
            <source>{name} leads, but its interval overlaps with those of {n} others: more votes are needed to tell them apart.</source>
            <translation>
                <numerusform>Prowadzi {name}, ale jego przedział pokrywa się z przedziałem {n} innego modelu: aby je rozróżnić, potrzeba więcej głosów.</numerusform>
                <numerusform>Prowadzi {name}, ale jego przedział pokrywa się z przedziałami {n} innych modeli: aby je rozróżnić, potrzeba więcej głosów.</numerusform>
                <numerusform>Prowadzi {name}, ale jego przedział pokrywa się z przedziałami {n} innych modeli: aby je rozróżnić, potrzeba więcej głosów.</numerusform>
            </translation>
        </message>
        <message>
            <source>{name} lies behind a link that leads out of its store.</source>
            <translation>{name} leży za dowiązaniem, które prowadzi poza jego magazyn.</translation>
        </message>
        <message>
            <source>{name} means other weights now than those that were chosen.</source>
            <translation>{name} oznacza teraz inne wagi niż te, które wybrano.</translation>
        </message>
        <message>
            <source>{name} shares its bytes now</source>
            <translation>{name}: połączono kopie</translation>
        </message>
        <message>
            <source>{name} shares its bytes with another file, so they stay.</source>
            <translation>{name} ma wspólne dane z innym plikiem, więc one zostają.</translation>
        </message>
        <message>
            <source>{name} was cancelled</source>
            <translation>Anulowano: {name}</translation>
        </message>
        <message>
            <source>{name} was taken out of the mixer.</source>
            <translation>Usunięto {name} z miksera.</translation>
        </message>
        <message>
            <source>{name} was trained on {base}, which is none of your models.</source>
            <translation>{name} wytrenowano na {base}, którego nie ma wśród twoich modeli.</translation>
        </message>
        <message>
            <source>{name} {size} GB</source>
            <translation>{name} {size} GB</translation>
        </message>
        <message>
            <source>{name} …</source>
            <translation>{name} …</translation>
        </message>
        <message>
            <source>{name}, both</source>
            <translation>oba: {name}</translation>
        </message>
        <message>
            <source>{name}, changed</source>
            <translation>{name}, zmieniony</translation>
        </message>
        <message>
            <source>{name}, {facts}</source>
            <translation>{name}, {facts}</translation>
        </message>
        <message numerus="yes">
            <source>{name}, {n} layers, both</source>
            <translation>
                <numerusform>oba: {name}, {n} warstwa</numerusform>
                <numerusform>oba: {name}, {n} warstwy</numerusform>
                <numerusform>oba: {name}, {n} warstw</numerusform>
            </translation>
        </message>
        <message>
            <source>{name}: Orangery {ours}, others {others}, free {free}</source>
            <translation>{name}: Orangery {ours}, inne {others}, wolne {free}</translation>
        </message>
        <message>
            <source>{name}: done</source>
            <translation>{name}: gotowe</translation>
        </message>
        <message>
            <source>{name}: rating {rating}, {rate} tok/s, {memory}</source>
            <translation>{name}: ocena {rating}, {rate} tok./s, {memory}</translation>
        </message>
        <message>
            <source>{name}: size not known ({source})</source>
            <translation>{name}: rozmiar nieznany ({source})</translation>
        </message>
        <message>
            <source>{name}: the driver does not say how much memory there is</source>
            <translation>{name}: sterownik nie podaje, ile jest pamięci</translation>
        </message>
        <message>
            <source>{name}: the engine was built without support for it</source>
            <translation>{name}: silnik skompilowano bez jego obsługi</translation>
        </message>
        <message>
            <source>{name}: {free} free of {total}, Orangery {ours}, others {others} ({source})</source>
            <translation>{name}: wolne {free} z {total}, Orangery {ours}, inne {others} ({source})</translation>
        </message>
        <message>
            <source>{name}: {value}</source>
            <translation>{name}: {value}</translation>
        </message>
        <message>
            <source>{nature}; runs here</source>
            <translation>{nature}; działa tutaj</translation>
        </message>
        <message>
            <source>{note}, answering</source>
            <translation>{note}, odpowiada</translation>
        </message>
        <message>
            <source>{number} is not between {least} and {most}.</source>
            <translation>{number} nie leży między {least} a {most}.</translation>
        </message>
        <message numerus="yes">
            <source>{n} GPUs</source>
            <translation>
                <numerusform>{n} GPU</numerusform>
                <numerusform>{n} GPU</numerusform>
                <numerusform>{n} GPU</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} answers</source>
            <translation>
                <numerusform>{n} odpowiedź</numerusform>
                <numerusform>{n} odpowiedzi</numerusform>
                <numerusform>{n} odpowiedzi</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} chats deleted</source>
            <translation>
                <numerusform>Usunięto {n} rozmowę</numerusform>
                <numerusform>Usunięto {n} rozmowy</numerusform>
                <numerusform>Usunięto {n} rozmów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} connections</source>
            <translation>
                <numerusform>{n} połączenie</numerusform>
                <numerusform>{n} połączenia</numerusform>
                <numerusform>{n} połączeń</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} cores</source>
            <translation>
                <numerusform>{n} rdzeń</numerusform>
                <numerusform>{n} rdzenie</numerusform>
                <numerusform>{n} rdzeni</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} days</source>
            <translation>
                <numerusform>{n} dzień</numerusform>
                <numerusform>{n} dni</numerusform>
                <numerusform>{n} dni</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entries could not be read.</source>
            <translation>
                <numerusform>Nie udało się odczytać {n} wpisu.</numerusform>
                <numerusform>Nie udało się odczytać {n} wpisów.</numerusform>
                <numerusform>Nie udało się odczytać {n} wpisów.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} failed</source>
            <translation>
                <numerusform>{n} nieudana</numerusform>
                <numerusform>{n} nieudane</numerusform>
                <numerusform>{n} nieudanych</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} files</source>
            <translation>
                <numerusform>{n} plik</numerusform>
                <numerusform>{n} pliki</numerusform>
                <numerusform>{n} plików</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} files could not be read.</source>
            <translation>
                <numerusform>Nie udało się odczytać {n} pliku.</numerusform>
                <numerusform>Nie udało się odczytać {n} plików.</numerusform>
                <numerusform>Nie udało się odczytać {n} plików.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} files of each type, as the original has</source>
            <translation>
                <numerusform>{n} plik na typ, jak w oryginale</numerusform>
                <numerusform>{n} pliki na typ, jak w oryginale</numerusform>
                <numerusform>{n} plików na typ, jak w oryginale</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} layers of {least} to {most}</source>
            <translation>
                <numerusform>{n} warstwa, {least} do {most}</numerusform>
                <numerusform>{n} warstwy po {least} do {most}</numerusform>
                <numerusform>{n} warstw po {least} do {most}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} layers of {size}</source>
            <translation>
                <numerusform>{n} warstwa, {size}</numerusform>
                <numerusform>{n} warstwy po {size}</numerusform>
                <numerusform>{n} warstw po {size}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} layers on the GPU</source>
            <translation>
                <numerusform>{n} warstwa na GPU</numerusform>
                <numerusform>{n} warstwy na GPU</numerusform>
                <numerusform>{n} warstw na GPU</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} loaded</source>
            <translation>
                <numerusform>{n} wczytany</numerusform>
                <numerusform>{n} wczytane</numerusform>
                <numerusform>{n} wczytanych</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} loads, too small to tell how far off the memory is.</source>
            <translation>
                <numerusform>{n} wczytanie, zbyt małe, aby ocenić błąd pamięci.</numerusform>
                <numerusform>{n} wczytania, zbyt małe, aby ocenić błąd pamięci.</numerusform>
                <numerusform>{n} wczytań, zbyt małych, aby ocenić błąd pamięci.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} loads: memory off by {error} in the median, {worst} at worst, corrected by ×{factor}.</source>
            <translation>
                <numerusform>{n} wczytanie: mediana błędu pamięci {error}, najwyżej {worst}, korekta ×{factor}.</numerusform>
                <numerusform>{n} wczytania: mediana błędu pamięci {error}, najwyżej {worst}, korekta ×{factor}.</numerusform>
                <numerusform>{n} wczytań: mediana błędu pamięci {error}, najwyżej {worst}, korekta ×{factor}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} manifests of other models cannot be read, so their contents stay.</source>
            <translation>
                <numerusform>Nie można odczytać {n} manifestu innego modelu, więc jego zawartość zostaje.</numerusform>
                <numerusform>Nie można odczytać {n} manifestów innych modeli, więc ich zawartość zostaje.</numerusform>
                <numerusform>Nie można odczytać {n} manifestów innych modeli, więc ich zawartość zostaje.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} minutes</source>
            <translation>
                <numerusform>{n} min</numerusform>
                <numerusform>{n} min</numerusform>
                <numerusform>{n} min</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models</source>
            <translation>
                <numerusform>{n} model</numerusform>
                <numerusform>{n} modele</numerusform>
                <numerusform>{n} modeli</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models are already on this disk</source>
            <translation>
                <numerusform>{n} model już jest na tym dysku</numerusform>
                <numerusform>{n} modele już są na tym dysku</numerusform>
                <numerusform>{n} modeli już jest na tym dysku</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models are here more than once. Sharing frees {size}.</source>
            <translation>
                <numerusform>{n} model jest tu więcej niż raz. Połączenie kopii zwolni {size}.</numerusform>
                <numerusform>{n} modele są tu więcej niż raz. Połączenie kopii zwolni {size}.</numerusform>
                <numerusform>{n} modeli jest tu więcej niż raz. Połączenie kopii zwolni {size}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models are in the Library now</source>
            <translation>
                <numerusform>{n} model jest już w Bibliotece</numerusform>
                <numerusform>{n} modele są już w Bibliotece</numerusform>
                <numerusform>{n} modeli jest już w Bibliotece</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models deleted, {size} freed</source>
            <translation>
                <numerusform>Usunięto {n} model, zwolniono {size}</numerusform>
                <numerusform>Usunięto {n} modele, zwolniono {size}</numerusform>
                <numerusform>Usunięto {n} modeli, zwolniono {size}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models have newer weights</source>
            <translation>
                <numerusform>{n} model ma nowsze wagi</numerusform>
                <numerusform>{n} modele mają nowsze wagi</numerusform>
                <numerusform>{n} modeli ma nowsze wagi</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models look the same as another one. If they are, sharing frees up to {size}.</source>
            <translation>
                <numerusform>{n} model wygląda tak samo jak inny. Jeśli tak jest, połączenie zwolni do {size}.</numerusform>
                <numerusform>{n} modele wyglądają tak samo jak inne. Jeśli tak jest, połączenie zwolni do {size}.</numerusform>
                <numerusform>{n} modeli wygląda tak samo jak inne. Jeśli tak jest, połączenie zwolni do {size}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models moved</source>
            <translation>
                <numerusform>Przeniesiono {n} model</numerusform>
                <numerusform>Przeniesiono {n} modele</numerusform>
                <numerusform>Przeniesiono {n} modeli</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models selected</source>
            <translation>
                <numerusform>Zaznaczono {n} model</numerusform>
                <numerusform>Zaznaczono {n} modele</numerusform>
                <numerusform>Zaznaczono {n} modeli</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models share their bytes now</source>
            <translation>
                <numerusform>Połączono kopie {n} modelu</numerusform>
                <numerusform>Połączono kopie {n} modeli</numerusform>
                <numerusform>Połączono kopie {n} modeli</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models verified</source>
            <translation>
                <numerusform>Sprawdzono {n} model</numerusform>
                <numerusform>Sprawdzono {n} modele</numerusform>
                <numerusform>Sprawdzono {n} modeli</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models, more as you scroll</source>
            <translation>
                <numerusform>{n} model, więcej po przewinięciu</numerusform>
                <numerusform>{n} modele, więcej po przewinięciu</numerusform>
                <numerusform>{n} modeli, więcej po przewinięciu</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} more files could not be added</source>
            <translation>
                <numerusform>Nie udało się dodać jeszcze {n} pliku</numerusform>
                <numerusform>Nie udało się dodać jeszcze {n} plików</numerusform>
                <numerusform>Nie udało się dodać jeszcze {n} plików</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} need you</source>
            <translation>
                <numerusform>{n} pilne</numerusform>
                <numerusform>{n} pilne</numerusform>
                <numerusform>{n} pilnych</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of them cannot be read</source>
            <translation>
                <numerusform>{n} z nich nie da się odczytać</numerusform>
                <numerusform>{n} z nich nie da się odczytać</numerusform>
                <numerusform>{n} z nich nie da się odczytać</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of {all} layers run on the GPU, the others on the processor.</source>
            <translation>
                <numerusform>{n} z {all} warstw działa na GPU, pozostałe na procesorze.</numerusform>
                <numerusform>{n} z {all} warstw działają na GPU, pozostałe na procesorze.</numerusform>
                <numerusform>{n} z {all} warstw działa na GPU, pozostałe na procesorze.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of {all} match</source>
            <translation>
                <numerusform>pasuje {n} z {all}</numerusform>
                <numerusform>pasują {n} z {all}</numerusform>
                <numerusform>pasuje {n} z {all}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of {all} match, rank {rank}, alpha {alpha}</source>
            <translation>
                <numerusform>pasuje {n} z {all}, ranga {rank}, alfa {alpha}</numerusform>
                <numerusform>pasują {n} z {all}, ranga {rank}, alfa {alpha}</numerusform>
                <numerusform>pasuje {n} z {all}, ranga {rank}, alfa {alpha}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} prompts</source>
            <translation>
                <numerusform>{n} zapytanie</numerusform>
                <numerusform>{n} zapytania</numerusform>
                <numerusform>{n} zapytań</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} prompts for {columns} columns</source>
            <translation>
                <numerusform>{n} zapytanie, kolumny: {columns}</numerusform>
                <numerusform>{n} zapytania, kolumny: {columns}</numerusform>
                <numerusform>{n} zapytań, kolumny: {columns}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} requests</source>
            <translation>
                <numerusform>{n} żądanie</numerusform>
                <numerusform>{n} żądania</numerusform>
                <numerusform>{n} żądań</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} results</source>
            <translation>
                <numerusform>{n} wynik</numerusform>
                <numerusform>{n} wyniki</numerusform>
                <numerusform>{n} wyników</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} running</source>
            <translation>
                <numerusform>{n} w toku</numerusform>
                <numerusform>{n} w toku</numerusform>
                <numerusform>{n} w toku</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} seconds</source>
            <translation>
                <numerusform>{n} s</numerusform>
                <numerusform>{n} s</numerusform>
                <numerusform>{n} s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} stores</source>
            <translation>
                <numerusform>{n} magazyn</numerusform>
                <numerusform>{n} magazyny</numerusform>
                <numerusform>{n} magazynów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} threads</source>
            <translation>
                <numerusform>{n} wątek</numerusform>
                <numerusform>{n} wątki</numerusform>
                <numerusform>{n} wątków</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tokens</source>
            <translation>
                <numerusform>{n} token</numerusform>
                <numerusform>{n} tokeny</numerusform>
                <numerusform>{n} tokenów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tokens, {speed} tokens/s, first after {first} s, {seconds} s, {reason}</source>
            <translation>
                <numerusform>{n} token, {speed} tok./s, pierwszy po {first} s, {seconds} s, {reason}</numerusform>
                <numerusform>{n} tokeny, {speed} tok./s, pierwszy po {first} s, {seconds} s, {reason}</numerusform>
                <numerusform>{n} tokenów, {speed} tok./s, pierwszy po {first} s, {seconds} s, {reason}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tokens, {speed} tokens/s, the first after {seconds} s</source>
            <translation>
                <numerusform>{n} token, {speed} tok./s, pierwszy po {seconds} s</numerusform>
                <numerusform>{n} tokeny, {speed} tok./s, pierwszy po {seconds} s</numerusform>
                <numerusform>{n} tokenów, {speed} tok./s, pierwszy po {seconds} s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tries</source>
            <translation>
                <numerusform>{n} próba</numerusform>
                <numerusform>{n} próby</numerusform>
                <numerusform>{n} prób</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} types</source>
            <translation>
                <numerusform>{n} typ</numerusform>
                <numerusform>{n} typy</numerusform>
                <numerusform>{n} typów</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} waiting</source>
            <translation>
                <numerusform>{n} czeka</numerusform>
                <numerusform>{n} czekają</numerusform>
                <numerusform>{n} czeka</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} ways</source>
            <translation>
                <numerusform>{n} sposób</numerusform>
                <numerusform>{n} sposoby</numerusform>
                <numerusform>{n} sposobów</numerusform>
            </translation>
        </message>
        <message>
            <source>{one} and {other} are not equal.</source>
            <translation>{one} i {other} nie są identyczne.</translation>
        </message>
        <message>
            <source>{order}, because all together need {need} of {room}.</source>
            <translation>{order}, bo razem potrzebują {need}, a jest {room}.</translation>
        </message>
        <message>
            <source>{origin} is not the address of a web page's server.</source>
            <translation>{origin} nie jest adresem serwera strony internetowej.</translation>
        </message>
        <message>
            <source>{passed} of {total}, {low} to {high} %</source>
            <translation>{passed} z {total}, {low} do {high} %</translation>
        </message>
        <message>
            <source>{path}
Its garden has newer weights.</source>
            <translation>{path}
W źródle są nowsze wagi.</translation>
        </message>
        <message>
            <source>{path} cannot be opened as a folder.</source>
            <translation>Nie można otworzyć {path} jako folderu.</translation>
        </message>
        <message>
            <source>{path} cannot be read.</source>
            <translation>Nie można odczytać {path}.</translation>
        </message>
        <message>
            <source>{path} cannot be written.</source>
            <translation>Nie można zapisywać w {path}.</translation>
        </message>
        <message>
            <source>{path} could not be written.</source>
            <translation>Nie udało się zapisać {path}.</translation>
        </message>
        <message>
            <source>{path} could not be written: {why}.</source>
            <translation>Nie można zapisać {path}: {why}.</translation>
        </message>
        <message>
            <source>{path} holds no votes that Orangery can read.</source>
            <translation>W {path} nie ma głosów, które Orangery umie odczytać.</translation>
        </message>
        <message>
            <source>{path} is a folder, not a model file.</source>
            <translation>{path} to folder, a nie plik modelu.</translation>
        </message>
        <message>
            <source>{path} is a link to it, and will lead to nothing then.</source>
            <translation>{path} to dowiązanie do niego, które potem nie będzie prowadzić do niczego.</translation>
        </message>
        <message>
            <source>{path} is not a model file.</source>
            <translation>{path} nie jest plikiem modelu.</translation>
        </message>
        <message>
            <source>{path} is not in the library.</source>
            <translation>{path} nie jest w bibliotece.</translation>
        </message>
        <message>
            <source>{path} is too large for results of llama-bench.</source>
            <translation>{path} jest za duży jak na wyniki z llama-bench.</translation>
        </message>
        <message>
            <source>{path} is what the new file is made from.</source>
            <translation>Z {path} powstaje nowy plik.</translation>
        </message>
        <message>
            <source>{path} lies in a store with a layout of its own.</source>
            <translation>{path} leży w magazynie o własnym układzie.</translation>
        </message>
        <message>
            <source>{place} has an unknown type: {kind}.</source>
            <translation>{place}: nieznany typ {kind}.</translation>
        </message>
        <message>
            <source>{place} must be an object in curly brackets.</source>
            <translation>{place}: to musi być obiekt w nawiasach klamrowych.</translation>
        </message>
        <message>
            <source>{pool}: models may use at most</source>
            <translation>{pool}: modele mogą użyć najwyżej</translation>
        </message>
        <message>
            <source>{pool}: no limit</source>
            <translation>{pool}: bez limitu</translation>
        </message>
        <message>
            <source>{purposes}, {structure}</source>
            <translation>{purposes}, {structure}</translation>
        </message>
        <message>
            <source>{quant} edited</source>
            <translation>{quant} edytowana</translation>
        </message>
        <message>
            <source>{quant} · loaded, {size}</source>
            <translation>{quant} · wczytany, {size}</translation>
        </message>
        <message>
            <source>{quant}, as the model</source>
            <translation>{quant}, jak model</translation>
        </message>
        <message>
            <source>{ram}, no GPU found</source>
            <translation>{ram}, nie znaleziono GPU</translation>
        </message>
        <message>
            <source>{ram}, shared with {gpu}</source>
            <translation>{ram}, współdzielone z {gpu}</translation>
        </message>
        <message>
            <source>{ram}, {count} × {gpu}</source>
            <translation>{ram}, {count} × {gpu}</translation>
        </message>
        <message>
            <source>{ram}, {gpu}</source>
            <translation>{ram}, {gpu}</translation>
        </message>
        <message>
            <source>{rank}, alpha {alpha}</source>
            <translation>{rank}, alfa {alpha}</translation>
        </message>
        <message>
            <source>{rate} GB/s, measured</source>
            <translation>{rate} GB/s, pomiar</translation>
        </message>
        <message>
            <source>{rate} tok/s</source>
            <translation>{rate} tok./s</translation>
        </message>
        <message>
            <source>{rate} tok/s was predicted</source>
            <translation>prognoza: {rate} tok./s</translation>
        </message>
        <message>
            <source>{rate} tok/s, {rest}</source>
            <translation>{rate} tok./s, {rest}</translation>
        </message>
        <message>
            <source>{rate} was predicted</source>
            <translation>prognoza: {rate}</translation>
        </message>
        <message>
            <source>{rating}, {votes}, between {low} and {high}.</source>
            <translation>{rating}, {votes}, między {low} a {high}.</translation>
        </message>
        <message>
            <source>{rating}, {votes}: too few to be sure of it.</source>
            <translation>{rating}, {votes}: za mało, żeby mieć pewność.</translation>
        </message>
        <message>
            <source>{ready} of {all} done.</source>
            <translation>Gotowe {ready} z {all}.</translation>
        </message>
        <message>
            <source>{reason} · Offline was on</source>
            <translation>{reason} · tryb offline</translation>
        </message>
        <message numerus="yes">
            <source>{received} received, {sent} sent, {n} hosts</source>
            <translation>
                <numerusform>Odebrano {received}, wysłano {sent}, {n} host</numerusform>
                <numerusform>Odebrano {received}, wysłano {sent}, {n} hosty</numerusform>
                <numerusform>Odebrano {received}, wysłano {sent}, {n} hostów</numerusform>
            </translation>
        </message>
        <message>
            <source>{repo} does not have this file any more.</source>
            <translation>{repo} nie ma już tego pliku.</translation>
        </message>
        <message>
            <source>{repo} does not have this version any more.</source>
            <translation>{repo} nie ma już tej wersji.</translation>
        </message>
        <message>
            <source>{repo} does not offer {wanted}.</source>
            <translation>{repo} nie oferuje {wanted}.</translation>
        </message>
        <message>
            <source>{repo} gives no checksum for {name}, so it cannot be verified.</source>
            <translation>{repo} nie podaje sumy kontrolnej pliku {name}, więc nie można go sprawdzić.</translation>
        </message>
        <message>
            <source>{repo} has no GGUF file.</source>
            <translation>{repo} nie ma pliku GGUF.</translation>
        </message>
        <message>
            <source>{repo} has no projector for images.</source>
            <translation>{repo} nie ma projektora obrazów.</translation>
        </message>
        <message>
            <source>{repo} is gated: its owner asks you to accept terms first.</source>
            <translation>{repo} ma ograniczony dostęp: właściciel wymaga najpierw zaakceptowania warunków.</translation>
        </message>
        <message>
            <source>{repo} was taken down by Hugging Face.</source>
            <translation>Hugging Face usunął {repo}.</translation>
        </message>
        <message>
            <source>{request} from {client}</source>
            <translation>{request}, klient: {client}</translation>
        </message>
        <message>
            <source>{rule}: write the text.</source>
            <translation>{rule}: wpisz tekst.</translation>
        </message>
        <message>
            <source>{scale}, not heard</source>
            <translation>{scale}, pominięty</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{seconds} s, {memory} beside the weights</source>
            <translation>{seconds} s, {memory} poza wagami</translation>
        </message>
        <message>
            <source>{several} and {last}</source>
            <translation>{several} i {last}</translation>
        </message>
        <message>
            <source>{share} done</source>
            <translation>gotowe {share}</translation>
        </message>
        <message>
            <source>{share} faster.</source>
            <translation>O {share} szybciej.</translation>
        </message>
        <message>
            <source>{share} measured</source>
            <translation>Zmierzono {share}</translation>
        </message>
        <message>
            <source>{share} of the processor</source>
            <translation>{share} procesora</translation>
        </message>
        <message>
            <source>{share} of the text is the same.</source>
            <translation>{share} tekstu jest takie samo.</translation>
        </message>
        <message>
            <source>{share} slower.</source>
            <translation>O {share} wolniej.</translation>
        </message>
        <message>
            <source>{shown} of {all}</source>
            <translation>{shown} z {all}</translation>
        </message>
        <message>
            <source>{shown} of {total}</source>
            <translation>{shown} z {total}</translation>
        </message>
        <message>
            <source>{sign} has no name of a rule before it.</source>
            <translation>Przed {sign} brakuje nazwy reguły.</translation>
        </message>
        <message>
            <source>{size} GB</source>
            <translation>{size} GB</translation>
        </message>
        <message>
            <source>{size} GB RAM</source>
            <translation>{size} GB RAM</translation>
        </message>
        <message>
            <source>{size} MB</source>
            <translation>{size} MB</translation>
        </message>
        <message>
            <source>{size} RAM</source>
            <translation>{size} RAM</translation>
        </message>
        <message>
            <source>{size} can be freed</source>
            <translation>Można zwolnić {size}</translation>
        </message>
        <message>
            <source>{size} extra</source>
            <translation>dodatkowo {size}</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>wolne {size}</translation>
        </message>
        <message>
            <source>{size} free on the disk.</source>
            <translation>Wolne na dysku: {size}.</translation>
        </message>
        <message>
            <source>{size} have arrived and will be deleted. Pause keeps them.</source>
            <translation>Pobrano już {size} i zostanie to usunięte. Wstrzymanie zachowa pobraną część.</translation>
        </message>
        <message>
            <source>{size} in the Hugging Face cache, usable in place; nothing is copied.</source>
            <translation>{size} w pamięci podręcznej Hugging Face, do użycia na miejscu; nic nie jest kopiowane.</translation>
        </message>
        <message>
            <source>{size} more than is free now. It can still be loaded, but will be very slow.</source>
            <translation>O {size} więcej, niż jest teraz wolne. Model da się wczytać, ale będzie bardzo wolny.</translation>
        </message>
        <message>
            <source>{size} of memory, context of {count} tokens</source>
            <translation>{size} pamięci, kontekst {count} tok.</translation>
        </message>
        <message>
            <source>{size} to move, {free} are free there.</source>
            <translation>Do przeniesienia {size}, wolne jest tam {free}.</translation>
        </message>
        <message>
            <source>{size} to move.</source>
            <translation>Do przeniesienia {size}.</translation>
        </message>
        <message>
            <source>{size} to write, {free} are free.</source>
            <translation>Do zapisania {size}, wolne jest {free}.</translation>
        </message>
        <message>
            <source>{software} answers, {models}.</source>
            <translation>{software} odpowiada, {models}.</translation>
        </message>
        <message>
            <source>{some} of {all} layers on the GPU</source>
            <translation>warstwy na GPU: {some} z {all}</translation>
        </message>
        <message>
            <source>{spec} can mean several adapters.</source>
            <translation>{spec} może oznaczać kilka adapterów.</translation>
        </message>
        <message>
            <source>{spec} can mean several models.</source>
            <translation>{spec} może oznaczać kilka modeli.</translation>
        </message>
        <message>
            <source>{spec} does not name a model of Hugging Face or Ollama.</source>
            <translation>{spec} nie oznacza modelu z Hugging Face ani z Ollamy.</translation>
        </message>
        <message>
            <source>{spec} names no model that can be downloaded.</source>
            <translation>{spec} nie nazywa modelu, który można pobrać.</translation>
        </message>
        <message>
            <source>{speed} tokens/s</source>
            <translation>{speed} tok./s</translation>
        </message>
        <message>
            <source>{state}, {done} of {total}</source>
            <translation>{state}, {done} z {total}</translation>
        </message>
        <message>
            <source>{store} · {size} free</source>
            <translation>{store} · wolne {size}</translation>
        </message>
        <message>
            <source>{suffix} is no kind of file that results can be written as.</source>
            <translation>Wyników nie można zapisać w pliku {suffix}.</translation>
        </message>
        <message>
            <source>{suite} {count}</source>
            <translation>{suite} {count}</translation>
        </message>
        <message>
            <source>{tensor} has no shape</source>
            <translation>{tensor} nie ma kształtu</translation>
        </message>
        <message>
            <source>{tensor} has no {half}</source>
            <translation>{tensor} nie ma {half}</translation>
        </message>
        <message>
            <source>{tensor} has rank {rank}; 1 to {most} expected</source>
            <translation>{tensor} ma rangę {rank}; oczekiwano od 1 do {most}</translation>
        </message>
        <message>
            <source>{tensor} is no part of an adapter: lora_a or lora_b expected</source>
            <translation>{tensor} nie należy do adaptera: oczekiwano lora_a lub lora_b</translation>
        </message>
        <message>
            <source>{tensor} is no part of an adapter: {a} or {b} expected</source>
            <translation>{tensor} nie jest częścią adaptera: oczekiwano {a} lub {b}</translation>
        </message>
        <message>
            <source>{tensor} is not in the model</source>
            <translation>tensora {tensor} nie ma w modelu</translation>
        </message>
        <message>
            <source>{tensor} is the output of this model too, and cannot be changed</source>
            <translation>{tensor} jest też wyjściem tego modelu i nie można go zmienić</translation>
        </message>
        <message>
            <source>{tensor} is {found}; {expected} expected</source>
            <translation>{tensor} ma {found}; oczekiwano {expected}</translation>
        </message>
        <message>
            <source>{tensor} is {type}, which cannot be applied</source>
            <translation>{tensor} jest typu {type}, którego nie da się zastosować</translation>
        </message>
        <message>
            <source>{tensor} of the model is NVFP4, which takes no adapter</source>
            <translation>{tensor} modelu jest w NVFP4, a to nie przyjmuje adaptera</translation>
        </message>
        <message>
            <source>{tensor} of the model is no matrix: {shape}</source>
            <translation>{tensor} modelu nie jest macierzą: {shape}</translation>
        </message>
        <message>
            <source>{tensor} of {model} is scaled while it is used, so adapters cannot become a part of it.</source>
            <translation>{tensor} w {model} jest skalowany podczas użycia, więc adaptery nie mogą stać się jego częścią.</translation>
        </message>
        <message>
            <source>{tensor} of {model} is {type}, in which changed weights cannot be written.</source>
            <translation>{tensor} w {model} ma typ {type}, w którym nie da się zapisać zmienionych wag.</translation>
        </message>
        <message>
            <source>{tensor}: the ranks of A and B differ</source>
            <translation>{tensor}: rangi A i B są różne</translation>
        </message>
        <message numerus="yes">
            <source>{tests} at {count} depths</source>
            <translation>
                <numerusform>{tests} na {count} głębokości</numerusform>
                <numerusform>{tests} na {count} głębokościach</numerusform>
                <numerusform>{tests} na {count} głębokościach</numerusform>
            </translation>
        </message>
        <message>
            <source>{test} after {depth} tokens</source>
            <translation>{test} po {depth} tok.</translation>
        </message>
        <message>
            <source>{test} at {depth}</source>
            <translation>{test} po {depth}</translation>
        </message>
        <message>
            <source>{test}, {rate} ± {spread} tok/s</source>
            <translation>{test}, {rate} ± {spread} tok./s</translation>
        </message>
        <message>
            <source>{test}, ~{rate} tok/s, predicted</source>
            <translation>{test}, ~{rate} tok./s, prognoza</translation>
        </message>
        <message>
            <source>{text} Speed ×{factor}.</source>
            <translation>{text} Szybkość ×{factor}.</translation>
        </message>
        <message>
            <source>{text} is no range of sizes.</source>
            <translation>{text} nie jest zakresem rozmiarów.</translation>
        </message>
        <message>
            <source>{text} is no scale of an adapter.</source>
            <translation>{text} nie jest siłą adaptera.</translation>
        </message>
        <message>
            <source>{text} is not the address of a server.</source>
            <translation>{text} nie jest adresem serwera.</translation>
        </message>
        <message>
            <source>{text} names no adapter.</source>
            <translation>{text} nie nazywa żadnego adaptera.</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>zostało {time}</translation>
        </message>
        <message>
            <source>{title} (copy)</source>
            <translation>{title} (kopia)</translation>
        </message>
        <message>
            <source>{title} comes with Orangery and stays as it is.</source>
            <translation>{title} należy do Orangery i nie można go zmienić.</translation>
        </message>
        <message>
            <source>{tokens} so far</source>
            <translation>dotąd {tokens}</translation>
        </message>
        <message>
            <source>{tokens}, {rate}/s</source>
            <translation>{tokens}, {rate}/s</translation>
        </message>
        <message>
            <source>{total} in {time}, SHA-256 verified</source>
            <translation>{total} w {time}, SHA-256 sprawdzone</translation>
        </message>
        <message>
            <source>{total}, SHA-256 verified</source>
            <translation>{total}, SHA-256 sprawdzone</translation>
        </message>
        <message>
            <source>{total}, next</source>
            <translation>{total}, następne w kolejce</translation>
        </message>
        <message>
            <source>{total}, waits for its turn</source>
            <translation>{total}, czeka na swoją kolej</translation>
        </message>
        <message>
            <source>{type} cache</source>
            <translation>pamięć KV {type}</translation>
        </message>
        <message>
            <source>{type} for what changes</source>
            <translation>{type} dla tego, co się zmienia</translation>
        </message>
        <message>
            <source>{type} is quantized already. What is made from it loses twice, and the loss shown is measured against {type}, not against the full weights.</source>
            <translation>{type} jest już po kwantyzacji. To, co z niego powstanie, traci dwa razy, a pokazana strata jest mierzona względem {type}, nie pełnych wag.</translation>
        </message>
        <message>
            <source>{type} needs an importance matrix.</source>
            <translation>{type} wymaga macierzy ważności.</translation>
        </message>
        <message>
            <source>{type}, {count} characters</source>
            <translation>{type}, znaki: {count}</translation>
        </message>
        <message>
            <source>{type}: {bits} bits per weight</source>
            <translation>{type}: {bits} bitów na wagę</translation>
        </message>
        <message>
            <source>{used} of {total}</source>
            <translation>{used} z {total}</translation>
        </message>
        <message>
            <source>{used} of {total} tokens used</source>
            <translation>Użyto {used} z {total} tokenów</translation>
        </message>
        <message>
            <source>{value}, predicted</source>
            <translation>{value}, przewidywane</translation>
        </message>
        <message>
            <source>{verdict} up to {size}</source>
            <translation>{verdict}: do {size}</translation>
        </message>
        <message>
            <source>{weeks} wk</source>
            <translation>{weeks} tyg.</translation>
        </message>
        <message>
            <source>{what} Its models here are from the bundled list.</source>
            <translation>{what} Modele stamtąd pochodzą tu z dołączonej listy.</translation>
        </message>
        <message>
            <source>{what}, about {time}</source>
            <translation>{what}, ok. {time}</translation>
        </message>
        <message>
            <source>{what}, about {time} to measure</source>
            <translation>{what}, pomiar ok. {time}</translation>
        </message>
        <message>
            <source>{what}; trying again in {seconds} s</source>
            <translation>{what}; ponowna próba za {seconds} s</translation>
        </message>
        <message>
            <source>{where} is damaged: {detail}.</source>
            <translation>{where}: plik jest uszkodzony: {detail}.</translation>
        </message>
        <message>
            <source>{where}: lines added {added}, removed {removed}. Read what they tell the model.</source>
            <translation>{where}: wiersze dodane {added}, usunięte {removed}. Przeczytaj, co mówią modelowi.</translation>
        </message>
        <message>
            <source>{where}: {why}</source>
            <translation>{where}: {why}</translation>
        </message>
        <message>
            <source>{words}, {time}</source>
            <translation>{words}, {time}</translation>
        </message>
        <message>
            <source>{work}: working out how long it takes …</source>
            <translation>{work}: obliczanie czasu …</translation>
        </message>
        <message>
            <source>{years} yr</source>
            <translation>{years} l.</translation>
        </message>
        <message>
            <source>~ predicted before the load; the error is how far the measured value lies from it.</source>
            <translation>~ przewidziane przed wczytaniem; błąd mówi, jak daleko leży od tego pomiar.</translation>
        </message>
        <message>
            <source>~ predicted from the file's header</source>
            <translation>~ przewidziane z nagłówka pliku</translation>
        </message>
        <message>
            <source>~ tok/s</source>
            <translation>~ tok./s</translation>
        </message>
        <message>
            <source>~{need} of the {free} that are free</source>
            <translation>~{need} z wolnych {free}</translation>
        </message>
        <message>
            <source>~{rate} tok/s</source>
            <translation>~{rate} tok./s</translation>
        </message>
        <message>
            <source>~{time}</source>
            <translation>~{time}</translation>
        </message>
        <message>
            <source>~{time} left</source>
            <translation>zostało ~{time}</translation>
        </message>
        <message>
            <source>“check.accepted” is no list of texts</source>
            <translation>„check.accepted” nie jest listą tekstów</translation>
        </message>
        <message>
            <source>“check.rules” has a rule of an unknown kind</source>
            <translation>„check.rules” ma regułę nieznanego rodzaju</translation>
        </message>
        <message>
            <source>“check” must be one of {kinds}</source>
            <translation>„check” musi być jednym z: {kinds}</translation>
        </message>
        <message>
            <source>“check” needs a “kind”: one of {kinds}</source>
            <translation>„check” wymaga „kind”, jednego z: {kinds}</translation>
        </message>
        <message>
            <source>“enum” of {place} must be a list with something in it.</source>
            <translation>{place}: „enum” musi być niepustą listą.</translation>
        </message>
        <message>
            <source>“max_tokens” must lie between 1 and 100,000</source>
            <translation>„max_tokens” musi leżeć między 1 a 100 000</translation>
        </message>
        <message>
            <source>“name” may have small letters, digits, - and _ only</source>
            <translation>„name” może zawierać tylko małe litery, cyfry, - i _</translation>
        </message>
        <message>
            <source>“required” of {place} must be a list of names.</source>
            <translation>{place}: „required” musi być listą nazw.</translation>
        </message>
        <message>
            <source>“tolerance” is below zero</source>
            <translation>„tolerance” jest poniżej zera</translation>
        </message>
        <message>
            <source>“version” is no number from 1 on</source>
            <translation>„version” nie jest liczbą od 1 w górę</translation>
        </message>
        <message>
            <source>“{character}” has no meaning here.</source>
            <translation>„{character}” nic tu nie znaczy.</translation>
        </message>
        <message>
            <source>“{field}” has the wrong type</source>
            <translation>„{field}” ma niewłaściwy typ</translation>
        </message>
        <message>
            <source>“{field}” is missing or no number</source>
            <translation>brakuje „{field}” albo nie jest liczbą</translation>
        </message>
        <message>
            <source>“{field}” is missing or no text</source>
            <translation>brakuje „{field}” albo nie jest tekstem</translation>
        </message>
        <message>
            <source>“{key}” has the unknown value type {number}</source>
            <translation>„{key}” ma nieznany typ wartości {number}</translation>
        </message>
        <message>
            <source>“{key}” nests arrays in arrays</source>
            <translation>„{key}” zagnieżdża tablice w tablicach</translation>
        </message>
        <message>
            <source>“{key}” of {place} must be a list.</source>
            <translation>{place}: „{key}” musi być listą.</translation>
        </message>
        <message>
            <source>“{key}” of {place} must be an object.</source>
            <translation>{place}: „{key}” musi być obiektem.</translation>
        </message>
        <message numerus="yes">
            <source>“{name}” has {n} dimensions</source>
            <translation>
                <numerusform>„{name}” ma {n} wymiar</numerusform>
                <numerusform>„{name}” ma {n} wymiary</numerusform>
                <numerusform>„{name}” ma {n} wymiarów</numerusform>
            </translation>
        </message>
        <message>
            <source>“{name}” is now as the faders stand.</source>
            <translation>„{name}” ma teraz obecne ustawienia suwaków.</translation>
        </message>
        <message>
            <source>“{pattern}” is not a pattern: {reason}.</source>
            <translation>„{pattern}” nie jest wzorcem: {reason}.</translation>
        </message>
        <message>
            <source>“{piece}”, token {number}, {bytes} bytes, {kind}</source>
            <translation>„{piece}”, token {number}, bajty: {bytes}, {kind}</translation>
        </message>
        <message>
            <source>“{text}” is in it</source>
            <translation>jest w niej „{text}”</translation>
        </message>
        <message>
            <source>“{text}” is not in it</source>
            <translation>nie ma w niej „{text}”</translation>
        </message>
        <message>
            <source>“{text}” occurs {times} times</source>
            <translation>„{text}” występuje {times} ×</translation>
        </message>
        <message numerus="yes">
            <source>… and {count} more characters</source>
            <translation>
                <numerusform>… i jeszcze {count} znak</numerusform>
                <numerusform>… i jeszcze {count} znaki</numerusform>
                <numerusform>… i jeszcze {count} znaków</numerusform>
            </translation>
        </message>
    </context>
</TS>
