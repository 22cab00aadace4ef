<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl_PL" sourcelanguage="en_GB">
    <context>
        <name>Orangery</name>
        <message>
            <source>*This repository has no model card.*</source>
            <translation>*To repozytorium nie ma karty modelu.*</translation>
        </message>
        <message>
            <source>/bye or Ctrl+D ends, Ctrl+C stops an answer.</source>
            <translation>/bye lub Ctrl+D kończy, Ctrl+C zatrzymuje odpowiedź.</translation>
        </message>
        <message>
            <source>A download can be paused and goes on after a restart. Its SHA-256 is compared with the hub's before the file gets its final name.</source>
            <translation>Pobieranie można wstrzymać, a po ponownym uruchomieniu jest wznawiane. Zanim plik dostanie ostateczną nazwę, jego SHA-256 jest porównywane z podanym przez hub.</translation>
        </message>
        <message>
            <source>A mixture of experts: the knowledge of a large model at the speed of a small one.</source>
            <translation>Mieszanka ekspertów: wiedza dużego modelu z szybkością małego.</translation>
        </message>
        <message>
            <source>A newer version of Orangery may know it. Until then, choose another model.</source>
            <translation>Nowsza wersja Orangery może go znać. Do tego czasu wybierz inny model.</translation>
        </message>
        <message>
            <source>A private model needs an access token in HF_TOKEN.</source>
            <translation>Prywatny model wymaga tokenu dostępu w HF_TOKEN.</translation>
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
            <source>Above 0 makes words that have occurred less likely.</source>
            <translation>Powyżej 0 słowa, które już wystąpiły, są mniej prawdopodobne.</translation>
        </message>
        <message>
            <source>Above 1 makes repeating words less likely.</source>
            <translation>Powyżej 1 powtarzanie słów jest mniej prawdopodobne.</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Polecenie</translation>
        </message>
        <message>
            <source>Adapters can't be used with {model} yet.</source>
            <translation>{model} nie działa jeszcze z adapterami.</translation>
        </message>
        <message>
            <source>Another program may have it open, or the disk may be read-only.</source>
            <translation>Może być otwarty w innym programie albo dysk jest tylko do odczytu.</translation>
        </message>
        <message>
            <source>Answer again</source>
            <translation>Odpowiedz ponownie</translation>
        </message>
        <message>
            <source>Answer of {model}</source>
            <translation>Odpowiedź: {model}</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Wygląd</translation>
        </message>
        <message>
            <source>Architecture</source>
            <translation>Architektura</translation>
        </message>
        <message>
            <source>As good as the original, at about half its size</source>
            <translation>Dorównuje oryginałowi przy około połowie rozmiaru</translation>
        </message>
        <message>
            <source>As trained, up to 8,192</source>
            <translation>Jak w treningu, do 8192</translation>
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
            <source>Ask for access on its page. Then set HF_TOKEN to an access token of that account, or run hf auth login, and try again.</source>
            <translation>Poproś o dostęp na stronie modelu. Potem ustaw HF_TOKEN na token dostępu tego konta albo uruchom hf auth login i spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Ask {model} something</source>
            <translation>Zapytaj {model} o cokolwiek</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Asystent</translation>
        </message>
        <message>
            <source>Balanced</source>
            <translation>Zrównoważone</translation>
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
            <source>Blocked</source>
            <translation>Blokady</translation>
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
            <source>Cache</source>
            <translation>Pamięć podręczna</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Anuluj</translation>
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
            <source>Careful writing and following instructions, for larger computers.</source>
            <translation>Staranne pisanie i trzymanie się poleceń, dla większych komputerów.</translation>
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
            <source>Check online</source>
            <translation>Sprawdź online</translation>
        </message>
        <message>
            <source>Check that it may be written, or start with --home and another folder.</source>
            <translation>Sprawdź, czy można w nim zapisywać, albo uruchom z opcją --home i innym folderem.</translation>
        </message>
        <message>
            <source>Check that its disk is connected and the file is still there.</source>
            <translation>Sprawdź, czy jego dysk jest podłączony i czy plik nadal tam jest.</translation>
        </message>
        <message>
            <source>Check that its disk is connected, writable and has free space.</source>
            <translation>Sprawdź, czy jej dysk jest podłączony, czy można na nim zapisywać i czy jest na nim wolne miejsce.</translation>
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
            <source>Check that the disk is connected and that you may write there, then try again.</source>
            <translation>Sprawdź, czy dysk jest podłączony i czy można na nim zapisywać, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Check that the disk is writable and has free space.</source>
            <translation>Sprawdź, czy na dysku można zapisywać i czy jest na nim wolne miejsce.</translation>
        </message>
        <message>
            <source>Check that the file is still there and that you may read it.</source>
            <translation>Sprawdź, czy plik nadal tam jest i czy wolno go odczytać.</translation>
        </message>
        <message>
            <source>Check that your access token may read this repository.</source>
            <translation>Sprawdź, czy twój token dostępu może odczytać to repozytorium.</translation>
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
            <source>Check the path, or choose a model from the library.</source>
            <translation>Sprawdź ścieżkę albo wybierz model z biblioteki.</translation>
        </message>
        <message>
            <source>Check the rights of your token on the hub.</source>
            <translation>Sprawdź na hubie uprawnienia swojego tokenu.</translation>
        </message>
        <message>
            <source>Check the spelling of owner and name; upper and lower case count.</source>
            <translation>Sprawdź pisownię właściciela i nazwy; wielkość liter ma znaczenie.</translation>
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
            <source>Checking …</source>
            <translation>Sprawdzanie …</translation>
        </message>
        <message>
            <source>Choose a GGUF file: other formats can carry code.</source>
            <translation>Wybierz plik GGUF: inne formaty mogą zawierać kod.</translation>
        </message>
        <message>
            <source>Choose a file that ends in .gguf, or download it again.</source>
            <translation>Wybierz plik z końcówką .gguf albo pobierz go ponownie.</translation>
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
            <source>Choose a model for this chat first.</source>
            <translation>Najpierw wybierz model dla tej rozmowy.</translation>
        </message>
        <message>
            <source>Choose a row to see its facts.</source>
            <translation>Wybierz wiersz, aby zobaczyć szczegóły.</translation>
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
            <source>Choose another file or another publisher.</source>
            <translation>Wybierz inny plik lub innego wydawcę.</translation>
        </message>
        <message>
            <source>Choose another model.</source>
            <translation>Wybierz inny model.</translation>
        </message>
        <message>
            <source>Choose another quantization of this model, or look for an update of Orangery.</source>
            <translation>Wybierz inną kwantyzację tego modelu albo poszukaj aktualizacji Orangery.</translation>
        </message>
        <message>
            <source>Choose the cache type f16.</source>
            <translation>Wybierz typ pamięci podręcznej f16.</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Wyczyść</translation>
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
            <source>Code</source>
            <translation>Kod</translation>
        </message>
        <message>
            <source>Code, {language}</source>
            <translation>Kod, {language}</translation>
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
            <source>Context</source>
            <translation>Kontekst</translation>
        </message>
        <message>
            <source>Context cache</source>
            <translation>Pamięć podręczna kontekstu</translation>
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
            <source>Context, {count} tokens</source>
            <translation>Kontekst, {count} tok.</translation>
        </message>
        <message>
            <source>Conversation</source>
            <translation>Rozmowa</translation>
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
            <source>Copy answer</source>
            <translation>Kopiuj odpowiedź</translation>
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
            <source>Copy this code</source>
            <translation>Kopiuj ten kod</translation>
        </message>
        <message>
            <source>Creative</source>
            <translation>Kreatywne</translation>
        </message>
        <message>
            <source>Custom</source>
            <translation>Własne</translation>
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
            <translation>Domyślna</translation>
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
            <source>Delete this version</source>
            <translation>Usuń tę wersję</translation>
        </message>
        <message>
            <source>Delete this version of the answer?</source>
            <translation>Usunąć tę wersję odpowiedzi?</translation>
        </message>
        <message>
            <source>Delete {name} {quant}?</source>
            <translation>Usunąć {name} {quant}?</translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} chats?</source>
            <translation>
                <numerusform>Usunąć {n} rozmowę?</numerusform>
                <numerusform>Usunąć {n} rozmowy?</numerusform>
                <numerusform>Usunąć {n} rozmów?</numerusform>
            </translation>
        </message>
        <message>
            <source>Deleted “{title}”</source>
            <translation>Usunięto „{title}”</translation>
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
            <source>Discover</source>
            <translation>Odkrywaj</translation>
        </message>
        <message>
            <source>Discover searches Hugging Face. Models in the Hugging Face cache are listed in the Library.</source>
            <translation>Odkrywaj przeszukuje Hugging Face. Modele z pamięci podręcznej Hugging Face są w Bibliotece.</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>Dysk</translation>
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
            <source>Download the missing part into the same folder.</source>
            <translation>Pobierz brakującą część do tego samego folderu.</translation>
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
            <source>Downloaded models</source>
            <translation>Pobrane modele</translation>
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
            <source>Downloads</source>
            <translation>Pobrania</translation>
        </message>
        <message>
            <source>Downloads appear here. They can be paused, go on after a restart, and are verified.</source>
            <translation>Tu pojawiają się pobierania. Można je wstrzymać, są wznawiane po ponownym uruchomieniu i sprawdzane.</translation>
        </message>
        <message>
            <source>Downloads at once</source>
            <translation>Pobierane jednocześnie</translation>
        </message>
        <message>
            <source>Each can be deleted in the library, which says what is freed.</source>
            <translation>Każdy można usunąć w bibliotece, która podaje, ile miejsca się zwolni.</translation>
        </message>
        <message>
            <source>Edit and send again</source>
            <translation>Edytuj i wyślij ponownie</translation>
        </message>
        <message>
            <source>Edit message</source>
            <translation>Edytuj wiadomość</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Silnik</translation>
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
            <source>Everyday questions, writing and code; can think before it answers.</source>
            <translation>Codzienne pytania, pisanie i kod; umie pomyśleć, zanim odpowie.</translation>
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
            <source>F16 is exact. Q8_0 halves the context's memory, Q4_0 quarters it and may cost quality.</source>
            <translation>F16 jest dokładne. Q8_0 zmniejsza pamięć kontekstu do połowy, Q4_0 do jednej czwartej, co może obniżyć jakość.</translation>
        </message>
        <message>
            <source>Facts</source>
            <translation>Szczegóły</translation>
        </message>
        <message>
            <source>Faster settings were tried and did not work on this machine: {list}</source>
            <translation>Wypróbowano szybsze ustawienia, ale nie zadziałały na tym komputerze: {list}</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Plik</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Pliki</translation>
        </message>
        <message>
            <source>Files stay where they are</source>
            <translation>Pliki zostają na swoim miejscu</translation>
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
            <source>Find more models …</source>
            <translation>Znajdź więcej modeli …</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>Zakończone</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation>Dopasowanie</translation>
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
            <source>Folder</source>
            <translation>Folder</translation>
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
            <source>For models that were trained with three values per weight</source>
            <translation>Dla modeli trenowanych z trzema wartościami na wagę</translation>
        </message>
        <message>
            <source>Found, and sent to Hugging Face only. It comes from HF_TOKEN or from hf auth login.</source>
            <translation>Znaleziony i wysyłany tylko do Hugging Face. Pochodzi z HF_TOKEN lub z hf auth login.</translation>
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
            <source>Free the memory; the next message loads it again</source>
            <translation>Zwolnij pamięć; następna wiadomość wczyta go ponownie</translation>
        </message>
        <message>
            <source>Free: {pool}</source>
            <translation>Wolne: {pool}</translation>
        </message>
        <message>
            <source>Friendly everyday chat on a modest computer.</source>
            <translation>Przyjazne codzienne rozmowy na skromnym komputerze.</translation>
        </message>
        <message>
            <source>From the bundled list, not checked with the network.</source>
            <translation>Z dołączonej listy, niesprawdzone przez sieć.</translation>
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
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Gated: accept the terms on the model's page first, then set HF_TOKEN.</source>
            <translation>Ograniczony dostęp: najpierw zaakceptuj warunki na stronie modelu, potem ustaw HF_TOKEN.</translation>
        </message>
        <message>
            <source>Give a larger --ctx, or shorten the prompt.</source>
            <translation>Podaj większe --ctx albo skróć zapytanie.</translation>
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
            <source>Graphics card</source>
            <translation>Karta graficzna</translation>
        </message>
        <message>
            <source>Hard questions and code; thinks before it answers.</source>
            <translation>Trudne pytania i kod; myśli, zanim odpowie.</translation>
        </message>
        <message>
            <source>Hardly any quality loss, larger than most need</source>
            <translation>Prawie bez utraty jakości, plik większy, niż zwykle trzeba</translation>
        </message>
        <message>
            <source>Has GGUF</source>
            <translation>Ma GGUF</translation>
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
            <source>Host</source>
            <translation>Host</translation>
        </message>
        <message>
            <source>Hosts</source>
            <translation>Hosty</translation>
        </message>
        <message>
            <source>How the model should behave. Empty for its own way.</source>
            <translation>Jak model ma się zachowywać. Puste: po swojemu.</translation>
        </message>
        <message>
            <source>Hugging Face</source>
            <translation>Hugging Face</translation>
        </message>
        <message>
            <source>Hugging Face cache · {size} free</source>
            <translation>Pamięć podręczna Hugging Face · wolne {size}</translation>
        </message>
        <message>
            <source>Hugging Face cache: {folder}</source>
            <translation>Pamięć podręczna Hugging Face: {folder}</translation>
        </message>
        <message>
            <source>Hugging Face cannot be reached: {seen}</source>
            <translation>Brak połączenia z Hugging Face: {seen}</translation>
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
            <source>Hugging Face token</source>
            <translation>Token Hugging Face</translation>
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
            <source>Interrupted: the app or the model stopped before the answer was finished.</source>
            <translation>Przerwano: program lub model zatrzymał się przed końcem odpowiedzi.</translation>
        </message>
        <message>
            <source>It could reach outside the model folder, so nothing was downloaded.</source>
            <translation>Mogłaby sięgać poza folder modelu, więc nic nie pobrano.</translation>
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
            <source>It is in the older GGML format, which nothing reads any more. Look for a GGUF of this model.</source>
            <translation>To starszy format GGML, którego nic już nie odczytuje. Poszukaj tego modelu w formacie GGUF.</translation>
        </message>
        <message>
            <source>It is kept as {path}.</source>
            <translation>Zachowano go jako {path}.</translation>
        </message>
        <message>
            <source>It is part of Orangery, or was put there by another program.</source>
            <translation>To część Orangery albo plik umieszczony tam przez inny program.</translation>
        </message>
        <message>
            <source>It may be private or gone. If you may read it: set HF_TOKEN, or run hf auth login.</source>
            <translation>Może być prywatne albo już go nie ma. Jeśli masz dostęp: ustaw HF_TOKEN albo uruchom hf auth login.</translation>
        </message>
        <message>
            <source>It runs on this computer. Nothing you write leaves it.</source>
            <translation>Działa na tym komputerze. Nic, co napiszesz, go nie opuszcza.</translation>
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
            <source>Its files appear here, with what each of them needs on this machine.</source>
            <translation>Tu pojawiają się jego pliki i to, czego każdy z nich potrzebuje na tym komputerze.</translation>
        </message>
        <message>
            <source>Its owner removed or renamed it. Choose another file.</source>
            <translation>Właściciel usunął go lub zmienił mu nazwę. Wybierz inny plik.</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>Zadania</translation>
        </message>
        <message>
            <source>Jump to latest</source>
            <translation>Przejdź na koniec</translation>
        </message>
        <message>
            <source>KV cache type</source>
            <translation>Typ pamięci podręcznej KV</translation>
        </message>
        <message>
            <source>Kept free for the answer</source>
            <translation>Rezerwa na odpowiedź</translation>
        </message>
        <message>
            <source>Keyboard</source>
            <translation>Klawiatura</translation>
        </message>
        <message>
            <source>Know what you want? Search, owner/name or a link</source>
            <translation>Wiesz, czego chcesz? Szukaj, autor/nazwa lub link</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Język</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>Ostatnio</translation>
        </message>
        <message>
            <source>Last answer copied</source>
            <translation>Skopiowano ostatnią odpowiedź</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Długość</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Biblioteka</translation>
        </message>
        <message>
            <source>Licence text</source>
            <translation>Tekst licencji</translation>
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
            <source>Lists and chats</source>
            <translation>Listy i rozmowy</translation>
        </message>
        <message>
            <source>Little room is left for an answer.</source>
            <translation>Na odpowiedź zostało mało miejsca.</translation>
        </message>
        <message>
            <source>Load it and try again.</source>
            <translation>Wczytaj go i spróbuj ponownie.</translation>
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
            <source>Loaded, {size} in use</source>
            <translation>Wczytany, zajmuje {size}</translation>
        </message>
        <message>
            <source>Loading {model}: {percent} %</source>
            <translation>Wczytywanie: {model}, {percent} %</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Odśwież</translation>
        </message>
        <message>
            <source>Look for a file of this model without “be” in its name.</source>
            <translation>Poszukaj pliku tego modelu bez „be” w nazwie.</translation>
        </message>
        <message>
            <source>Look for another publisher of the same model.</source>
            <translation>Poszukaj innego wydawcy tego samego modelu.</translation>
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
            <source>Looking …</source>
            <translation>Szukanie …</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>Komputer</translation>
        </message>
        <message>
            <source>Made with</source>
            <translation>Użyte składniki</translation>
        </message>
        <message>
            <source>Make a new one at https://huggingface.co/settings/tokens and put it into HF_TOKEN, or remove HF_TOKEN.</source>
            <translation>Utwórz nowy na https://huggingface.co/settings/tokens i wpisz go do HF_TOKEN albo usuń HF_TOKEN.</translation>
        </message>
        <message>
            <source>Matches</source>
            <translation>Wyniki</translation>
        </message>
        <message>
            <source>Max tokens</source>
            <translation>Limit tok.</translation>
        </message>
        <message>
            <source>Measured speed</source>
            <translation>Zmierzona szybkość</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Pamięć</translation>
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
            <source>Min p</source>
            <translation>Min p</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>Brakuje</translation>
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
            <source>Model card</source>
            <translation>Karta modelu</translation>
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
            <source>Models found</source>
            <translation>Znalezione modele</translation>
        </message>
        <message>
            <source>Models from Ollama come in a later version. Most of them are on Hugging Face too, as GGUF files.</source>
            <translation>Modele z Ollamy pojawią się w późniejszej wersji. Większość z nich jest też w Hugging Face jako pliki GGUF.</translation>
        </message>
        <message>
            <source>Models on this disk</source>
            <translation>Modele na tym dysku</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Przejdź wyżej lub niżej</translation>
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
            <source>New chat</source>
            <translation>Nowa rozmowa</translation>
        </message>
        <message>
            <source>New chat (Ctrl+N)</source>
            <translation>Nowa rozmowa (Ctrl+N)</translation>
        </message>
        <message>
            <source>New line in a message</source>
            <translation>Nowy wiersz w wiadomości</translation>
        </message>
        <message>
            <source>Newest</source>
            <translation>Najnowsze</translation>
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
            <source>Next version</source>
            <translation>Następna wersja</translation>
        </message>
        <message>
            <source>No GGUF files here</source>
            <translation>Brak plików GGUF</translation>
        </message>
        <message>
            <source>No chat has these words.</source>
            <translation>W żadnej rozmowie nie ma tych słów.</translation>
        </message>
        <message>
            <source>No connection has been made since the start</source>
            <translation>Od uruchomienia nie było żadnego połączenia</translation>
        </message>
        <message>
            <source>No jobs</source>
            <translation>Brak zadań</translation>
        </message>
        <message>
            <source>No model selected</source>
            <translation>Nie wybrano modelu</translation>
        </message>
        <message>
            <source>No problems found.</source>
            <translation>Nie znaleziono problemów.</translation>
        </message>
        <message>
            <source>No token that is less likely than this share of the likeliest.</source>
            <translation>Bez tokenów mniej prawdopodobnych niż taka część najbardziej prawdopodobnego.</translation>
        </message>
        <message>
            <source>None of these fit here</source>
            <translation>Żaden z nich się tu nie mieści</translation>
        </message>
        <message>
            <source>None. A model is loaded when a chat needs it.</source>
            <translation>Brak. Model jest wczytywany, gdy potrzebuje go rozmowa.</translation>
        </message>
        <message>
            <source>None. Gated models need one: set HF_TOKEN, or run hf auth login.</source>
            <translation>Brak. Wymagają go modele z ograniczonym dostępem: ustaw HF_TOKEN lub uruchom hf auth login.</translation>
        </message>
        <message>
            <source>Not known yet</source>
            <translation>Jeszcze nieznane</translation>
        </message>
        <message>
            <source>Not quantized: as published, very large</source>
            <translation>Bez kwantyzacji: w postaci opublikowanej, bardzo duży plik</translation>
        </message>
        <message>
            <source>Not verified</source>
            <translation>Niesprawdzony</translation>
        </message>
        <message>
            <source>Nothing can be saved: the database {path} cannot be written.</source>
            <translation>Nie można niczego zapisać: baza danych {path} nie przyjmuje zapisu.</translation>
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
            <source>Nothing is wrong on your side. Try again in a few minutes.</source>
            <translation>Po twojej stronie wszystko w porządku. Spróbuj ponownie za kilka minut.</translation>
        </message>
        <message>
            <source>Nothing matches</source>
            <translation>Nic nie pasuje</translation>
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
            <source>Nothing you write leaves it. Choose a model from your library first.</source>
            <translation>Nic, co napiszesz, go nie opuszcza. Najpierw wybierz model z biblioteki.</translation>
        </message>
        <message>
            <source>Nothing you write leaves it. Choose one of your models, or begin with the small one.</source>
            <translation>Nic, co napiszesz, go nie opuszcza. Wybierz jeden ze swoich modeli albo zacznij od tego małego.</translation>
        </message>
        <message>
            <source>Noticeable quality loss, for models that would not fit otherwise</source>
            <translation>Zauważalna utrata jakości, gdy model inaczej się nie mieści</translation>
        </message>
        <message>
            <source>Numbers and dates follow the language or the system.</source>
            <translation>Liczby i daty zależą od języka lub systemu.</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>Offline</translation>
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
            <source>On this machine</source>
            <translation>Na tym komputerze</translation>
        </message>
        <message>
            <source>Only repositories with files that this engine runs</source>
            <translation>Tylko repozytoria z plikami, które ten silnik uruchamia</translation>
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
            <source>Open {page}, sign in and accept the terms; then set HF_TOKEN to an access token of that account and start Orangery again.</source>
            <translation>Otwórz {page}, zaloguj się i zaakceptuj warunki; potem ustaw HF_TOKEN na token dostępu tego konta i uruchom Orangery ponownie.</translation>
        </message>
        <message>
            <source>Open, or send the message</source>
            <translation>Otwórz lub wyślij wiadomość</translation>
        </message>
        <message>
            <source>Opening a model</source>
            <translation>Otwieranie modelu</translation>
        </message>
        <message>
            <source>Orangery cannot use its folder {path}.</source>
            <translation>Orangery nie może użyć swojego folderu {path}.</translation>
        </message>
        <message>
            <source>Orangery could not start.</source>
            <translation>Nie udało się uruchomić Orangery.</translation>
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
            <source>Orangery's own data.</source>
            <translation>Własne dane Orangery.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Inne</translation>
        </message>
        <message>
            <source>Over a hundred languages, good at writing and at describing things.</source>
            <translation>Ponad sto języków, dobry w pisaniu i opisywaniu.</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Strona</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parametry</translation>
        </message>
        <message>
            <source>Params</source>
            <translation>Parametry</translation>
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
            <source>Precise</source>
            <translation>Precyzyjne</translation>
        </message>
        <message>
            <source>Predicted for</source>
            <translation>Przewidywane dla</translation>
        </message>
        <message>
            <source>Predicted from the file's header; measured once it is loaded in a chat.</source>
            <translation>Przewidziane z nagłówka pliku; zmierzone po wczytaniu w rozmowie.</translation>
        </message>
        <message>
            <source>Predicted speed</source>
            <translation>Przewidywana szybkość</translation>
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
            <source>Prompt: {prompt} tokens, of which {cached} were kept from the last turn.</source>
            <translation>Zapytanie: {prompt} tok., w tym {cached} z poprzedniej tury.</translation>
        </message>
        <message>
            <source>Prompts, chats, file names and usage counts are never sent.</source>
            <translation>Zapytania, rozmowy, nazwy plików i liczniki użycia nigdy nie są wysyłane.</translation>
        </message>
        <message>
            <source>Quant</source>
            <translation>Kwant.</translation>
        </message>
        <message>
            <source>Quantization</source>
            <translation>Kwantyzacja</translation>
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
            <source>Read the model folders again</source>
            <translation>Odczytaj ponownie foldery modeli</translation>
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
        <message>
            <source>Remove</source>
            <translation>Usuń</translation>
        </message>
        <message>
            <source>Remove this download and choose the file again.</source>
            <translation>Usuń to pobieranie i wybierz plik jeszcze raz.</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Zmień nazwę</translation>
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
            <source>Requests</source>
            <translation>Żądania</translation>
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
            <source>Running</source>
            <translation>W toku</translation>
        </message>
        <message>
            <source>Sampling</source>
            <translation>Próbkowanie</translation>
        </message>
        <message>
            <source>Saves to the Hugging Face cache · {size} free</source>
            <translation>Do pamięci podręcznej Hugging Face · wolne {size}</translation>
        </message>
        <message>
            <source>Search Hugging Face</source>
            <translation>Szukaj w Hugging Face</translation>
        </message>
        <message>
            <source>Search all text</source>
            <translation>Szukaj w treści</translation>
        </message>
        <message>
            <source>Search for its name together with “GGUF”: somebody may have converted it.</source>
            <translation>Poszukaj tej nazwy razem z „GGUF”: ktoś mógł przekonwertować ten model.</translation>
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
            <source>Search, owner/name or a link</source>
            <translation>Szukaj, autor/nazwa lub link</translation>
        </message>
        <message>
            <source>Searching Ollama comes later.</source>
            <translation>Wyszukiwanie w Ollamie pojawi się później.</translation>
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
            <source>Seed</source>
            <translation>Ziarno</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Zaznacz wszystko</translation>
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
            <source>Sent</source>
            <translation>Wysłano</translation>
        </message>
        <message>
            <source>Set an http or https proxy in the network settings of the system, or none.</source>
            <translation>W ustawieniach sieci systemu ustaw proxy http lub https albo wyłącz proxy.</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Ustawienia</translation>
        </message>
        <message>
            <source>Severe quality loss, an experiment</source>
            <translation>Bardzo duża utrata jakości, eksperyment</translation>
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
            <source>Show in Library</source>
            <translation>Pokaż w Bibliotece</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Pokaż w folderze</translation>
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
            <source>Show the Library</source>
            <translation>Pokaż Bibliotekę</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Rozmiar</translation>
        </message>
        <message>
            <source>Small and quick: summaries and simple questions.</source>
            <translation>Mały i szybki: streszczenia i proste pytania.</translation>
        </message>
        <message>
            <source>Small quality loss, a little smaller than the usual choice</source>
            <translation>Mała utrata jakości, plik nieco mniejszy niż zwykle</translation>
        </message>
        <message>
            <source>Small quality loss, the usual choice</source>
            <translation>Mała utrata jakości, zwykły wybór</translation>
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
            <source>Something in Orangery went wrong</source>
            <translation>Coś w Orangery poszło nie tak</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Sortuj według</translation>
        </message>
        <message>
            <source>Start a new chat, or give this one a larger context.</source>
            <translation>Zacznij nową rozmowę albo daj tej większy kontekst.</translation>
        </message>
        <message>
            <source>Starter model</source>
            <translation>Model startowy</translation>
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
            <source>Store</source>
            <translation>Magazyn</translation>
        </message>
        <message>
            <source>Strong at sums, logic and instructions for its size.</source>
            <translation>Jak na swój rozmiar mocny w rachunkach, logice i poleceniach.</translation>
        </message>
        <message>
            <source>Strong quality loss, only for large models</source>
            <translation>Duża utrata jakości, tylko dla dużych modeli</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Systemowy</translation>
        </message>
        <message>
            <source>System follows the desktop, also while Orangery runs.</source>
            <translation>Systemowy dostosowuje się do pulpitu, także w czasie pracy Orangery.</translation>
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
            <source>Tell me a story about a fox named Ruby</source>
            <translation>Opowiedz bajkę o lisie imieniem Ruby</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatura</translation>
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
            <source>That is a file on this disk</source>
            <translation>To plik na tym dysku</translation>
        </message>
        <message>
            <source>The all-rounder</source>
            <translation>Wszechstronny</translation>
        </message>
        <message>
            <source>The answer failed.</source>
            <translation>Odpowiedź się nie udała.</translation>
        </message>
        <message>
            <source>The answer of Hugging Face for {repo} cannot be read.</source>
            <translation>Nie można odczytać odpowiedzi Hugging Face ({repo}).</translation>
        </message>
        <message>
            <source>The bundled starter model, a toy of a few MB, works with no network. Quick, not clever.</source>
            <translation>Dołączony model startowy, kilkumegabajtowa zabawka, działa bez sieci. Szybki, niezbyt mądry.</translation>
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
            <source>The content of {name} is gone.</source>
            <translation>Zawartość pliku {name} zniknęła.</translation>
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
            <source>The details say why. Start again, or with --home and another folder.</source>
            <translation>Szczegóły mówią dlaczego. Uruchom ponownie albo z --home i innym folderem.</translation>
        </message>
        <message>
            <source>The disk became full while downloading {name}.</source>
            <translation>Dysk zapełnił się podczas pobierania pliku {name}.</translation>
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
            <source>The engine process could not be started.</source>
            <translation>Nie udało się uruchomić procesu silnika.</translation>
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
            <source>The file may be damaged or of a kind this engine can't read. Check or download it again, or try another.</source>
            <translation>Plik może być uszkodzony lub takiego rodzaju, którego ten silnik nie odczyta. Sprawdź go lub pobierz ponownie albo wypróbuj inny.</translation>
        </message>
        <message>
            <source>The file may be damaged. Check or download it again, or try another.</source>
            <translation>Plik może być uszkodzony. Sprawdź go lub pobierz ponownie albo wypróbuj inny.</translation>
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
            <source>The hub limits how much this connection may ask for.</source>
            <translation>Hub ogranicza liczbę żądań z tego połączenia.</translation>
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
            <source>The jobs drawer appears at once instead of sliding.</source>
            <translation>Panel zadań pojawia się od razu, bez wysuwania.</translation>
        </message>
        <message>
            <source>The language changes when Orangery starts again.</source>
            <translation>Język zmieni się po ponownym uruchomieniu Orangery.</translation>
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
            <source>The longest answer, in tokens; 0 is until the context is full.</source>
            <translation>Najdłuższa odpowiedź w tokenach; 0 oznacza: do zapełnienia kontekstu.</translation>
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
            <source>The model</source>
            <translation>Model</translation>
        </message>
        <message>
            <source>The model does not fit on the GPU, so it runs on the processor, which is slower.</source>
            <translation>Model nie mieści się na GPU, więc działa na procesorze, a to wolniej.</translation>
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
            <source>The name {name} cannot be used on this computer.</source>
            <translation>Nazwy {name} nie można użyć na tym komputerze.</translation>
        </message>
        <message>
            <source>The network answered with a web page instead of {name}.</source>
            <translation>Zamiast pliku {name} sieć przysłała stronę WWW.</translation>
        </message>
        <message>
            <source>The old version stays as a branch.</source>
            <translation>Stara wersja zostaje jako gałąź.</translation>
        </message>
        <message>
            <source>The option --home needs a folder.</source>
            <translation>Opcja --home wymaga folderu.</translation>
        </message>
        <message>
            <source>The package {name} is not installed.</source>
            <translation>Pakiet {name} nie jest zainstalowany.</translation>
        </message>
        <message>
            <source>The pasted text has a line of {count} characters; a line can have {limit}.</source>
            <translation>Wklejony tekst ma wiersz o długości {count} znaków; wiersz może mieć najwyżej {limit}.</translation>
        </message>
        <message>
            <source>The pasted text has {count} characters; a message can have {limit}. Paste a part of it.</source>
            <translation>Wklejony tekst jest za długi (znaki: {count}); limit wiadomości to {limit}. Wklej jego część.</translation>
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
            <source>The proxy that this system sets cannot be used.</source>
            <translation>Nie można użyć proxy ustawionego w tym systemie.</translation>
        </message>
        <message>
            <source>The quickest</source>
            <translation>Najszybszy</translation>
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
            <source>The same seed and settings give the same answer; empty draws a new one.</source>
            <translation>To samo ziarno i ustawienia dają tę samą odpowiedź; puste losuje nowe.</translation>
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
            <source>The standard Hugging Face cache, shared with other programs. HF_HUB_CACHE moves it.</source>
            <translation>Standardowa pamięć podręczna Hugging Face, wspólna z innymi programami. Jej miejsce zmienia HF_HUB_CACHE.</translation>
        </message>
        <message>
            <source>The starter model is missing, so the engine can't be checked on this machine.</source>
            <translation>Brakuje modelu startowego, więc nie można sprawdzić silnika na tym komputerze.</translation>
        </message>
        <message>
            <source>The strongest that fits</source>
            <translation>Najmocniejszy, jaki się zmieści</translation>
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
            <source>The window needs {libraries}, which this system does not have.</source>
            <translation>Okno wymaga {libraries}, a w tym systemie tego brakuje.</translation>
        </message>
        <message>
            <source>The window needs {libraries}: install {debian} (Debian, Ubuntu) or {fedora} (Fedora).</source>
            <translation>Okno wymaga {libraries}: zainstaluj {debian} (Debian, Ubuntu) lub {fedora} (Fedora).</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Motyw</translation>
        </message>
        <message>
            <source>There is no display to open a window on: set DISPLAY or WAYLAND_DISPLAY, or use the command line (orangery --help).</source>
            <translation>Nie ma ekranu, na którym można otworzyć okno: ustaw DISPLAY lub WAYLAND_DISPLAY albo użyj wiersza poleceń (orangery --help).</translation>
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
            <source>There is no model {repo} on Hugging Face.</source>
            <translation>Na Hugging Face nie ma modelu {repo}.</translation>
        </message>
        <message>
            <source>There is no model {spec} in the library.</source>
            <translation>W bibliotece nie ma modelu {spec}.</translation>
        </message>
        <message>
            <source>There is no window without PySide6: install it with pip install PySide6-Essentials.</source>
            <translation>Bez PySide6 nie ma okna: zainstaluj je poleceniem pip install PySide6-Essentials.</translation>
        </message>
        <message>
            <source>There is not enough memory for {model} with a context of {limit} tokens.</source>
            <translation>Za mało pamięci na {model} z kontekstem {limit} tokenów.</translation>
        </message>
        <message>
            <source>There is not enough memory to load {model}.</source>
            <translation>Za mało pamięci, aby wczytać {model}.</translation>
        </message>
        <message>
            <source>There is not enough space for {name}: {needed} GB are needed, {free} GB are free.</source>
            <translation>Za mało miejsca na {name}: potrzeba {needed} GB, wolne jest {free} GB.</translation>
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
            <source>This chat is still answering.</source>
            <translation>W tej rozmowie wciąż powstaje odpowiedź.</translation>
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
            <source>This engine does not know the kind of model in {model}.</source>
            <translation>Ten silnik nie zna tego rodzaju modelu: {model}.</translation>
        </message>
        <message>
            <source>This engine runs GGUF files. Search for the model's name to find a repository that has them.</source>
            <translation>Ten silnik uruchamia pliki GGUF. Wyszukaj nazwę modelu, aby znaleźć repozytorium, które je ma.</translation>
        </message>
        <message>
            <source>This file</source>
            <translation>Ten plik</translation>
        </message>
        <message>
            <source>This frees up to {size} in the Hugging Face cache, which other programs share. No undo.</source>
            <translation>Zwolni to do {size} w pamięci podręcznej Hugging Face, wspólnej z innymi programami. Tego nie można cofnąć.</translation>
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
            <source>This model brings no chat template, so a common one (ChatML) is used. Answers may be odd.</source>
            <translation>Ten model nie ma szablonu rozmowy, więc użyto powszechnego (ChatML). Odpowiedzi mogą być dziwne.</translation>
        </message>
        <message>
            <source>Three that suit this machine</source>
            <translation>Trzy modele na ten komputer</translation>
        </message>
        <message>
            <source>Tight</source>
            <translation>Na styk</translation>
        </message>
        <message>
            <source>Tiny and very quick: short answers and first tries on any computer.</source>
            <translation>Malutki i bardzo szybki: krótkie odpowiedzi i pierwsze próby na każdym komputerze.</translation>
        </message>
        <message>
            <source>Title of the chat</source>
            <translation>Tytuł rozmowy</translation>
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
            <source>Tokens/s</source>
            <translation>Tok./s</translation>
        </message>
        <message>
            <source>Too big</source>
            <translation>Za duży</translation>
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
            <source>Trained context</source>
            <translation>Kontekst z treningu</translation>
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
            <source>Try again. If it happens again, please report it with the log file.</source>
            <translation>Spróbuj ponownie. Jeśli to się powtórzy, zgłoś to wraz z plikiem dziennika.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, the server or a proxy in between is at fault.</source>
            <translation>Spróbuj ponownie. Jeśli to nie minie, winny jest serwer lub pośredniczące proxy.</translation>
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
            <source>Try it this minute</source>
            <translation>Wypróbuj od razu</translation>
        </message>
        <message>
            <source>Turn the Offline switch off to use the network. What is on this disk works without it.</source>
            <translation>Wyłącz przełącznik Offline, aby używać sieci. To, co jest na tym dysku, działa bez niej.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Cofnij</translation>
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
            <source>Unload {name}</source>
            <translation>Zwolnij {name}</translation>
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
            <source>Use --source hf to search Hugging Face.</source>
            <translation>Użyj --source hf, aby przeszukać Hugging Face.</translation>
        </message>
        <message>
            <source>Use a graphics card</source>
            <translation>Użyj karty graficznej</translation>
        </message>
        <message>
            <source>Use a model of Hugging Face for now: hf:owner/name.</source>
            <translation>Na razie użyj modelu z Hugging Face: hf:owner/name.</translation>
        </message>
        <message>
            <source>Use its window, or start with --home and another folder.</source>
            <translation>Użyj jego okna albo uruchom z opcją --home i innym folderem.</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Użyto</translation>
        </message>
        <message>
            <source>Verified</source>
            <translation>Sprawdzony</translation>
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
            <source>Very small quality loss, a little larger than usual</source>
            <translation>Bardzo mała utrata jakości, plik nieco większy niż zwykle</translation>
        </message>
        <message>
            <source>Wait a few minutes, then try again.</source>
            <translation>Poczekaj kilka minut, potem spróbuj ponownie.</translation>
        </message>
        <message>
            <source>Wait a few minutes, then try again. An access token raises the limit.</source>
            <translation>Odczekaj kilka minut i spróbuj ponownie. Token dostępu podnosi limit.</translation>
        </message>
        <message>
            <source>Wait for the answer, or stop it first.</source>
            <translation>Poczekaj na odpowiedź albo najpierw ją zatrzymaj.</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>Czeka</translation>
        </message>
        <message>
            <source>Waiting for its turn, {total}</source>
            <translation>Czeka na swoją kolej, {total}</translation>
        </message>
        <message>
            <source>Waiting {share}</source>
            <translation>Czeka {share}</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>Wagi</translation>
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
            <source>What is LoRA?</source>
            <translation>Co to jest LoRA?</translation>
        </message>
        <message>
            <source>What is downloading, paused, finished, or needs you.</source>
            <translation>Co się pobiera, jest wstrzymane, zakończone lub wymaga uwagi.</translation>
        </message>
        <message>
            <source>What is the capital of Italy?</source>
            <translation>Jaka jest stolica Włoch?</translation>
        </message>
        <message>
            <source>What was said after it goes with it. Other versions stay.</source>
            <translation>Zniknie także to, co było po niej. Inne wersje zostają.</translation>
        </message>
        <message>
            <source>What was written so far is kept. Ask again to start the engine anew.</source>
            <translation>To, co już napisano, zostaje. Zapytaj ponownie, aby uruchomić silnik od nowa.</translation>
        </message>
        <message>
            <source>What you download appears here, and what other programs put into the cache.</source>
            <translation>Tu pojawia się to, co pobierzesz, i to, co inne programy zapisały w pamięci podręcznej.</translation>
        </message>
        <message>
            <source>When on, Orangery connects to nothing but this machine. Chat and Library keep working.</source>
            <translation>Gdy włączone, Orangery łączy się tylko z tym komputerem. Rozmowa i Biblioteka działają dalej.</translation>
        </message>
        <message>
            <source>When on, Orangery opens no connection except to this machine.</source>
            <translation>Gdy włączone, Orangery łączy się tylko z tym komputerem.</translation>
        </message>
        <message>
            <source>Where files lie</source>
            <translation>Położenie plików</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Powód</translation>
        </message>
        <message>
            <source>With this message the chat has {tokens} tokens, but its context holds {n_ctx}.</source>
            <translation>Z tą wiadomością rozmowa ma {tokens} tok., a jej kontekst mieści {n_ctx}.</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Napisz wiadomość</translation>
        </message>
        <message>
            <source>Write it as hf:owner/name, hf:owner/name:Q4_K_M or hf:owner/name/file.gguf.</source>
            <translation>Podaj go jako hf:owner/name, hf:owner/name:Q4_K_M lub hf:owner/name/file.gguf.</translation>
        </message>
        <message>
            <source>Write one of: {names}.</source>
            <translation>Podaj jedno z: {names}.</translation>
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
            <source>You, {time}</source>
            <translation>Ty, {time}</translation>
        </message>
        <message>
            <source>Your account may not download {name} from {repo}.</source>
            <translation>Twoje konto nie może pobrać pliku {name} z {repo}.</translation>
        </message>
        <message>
            <source>another program is downloading this file</source>
            <translation>inny program pobiera ten plik</translation>
        </message>
        <message>
            <source>answers another chat first …</source>
            <translation>odpowiada najpierw w innej rozmowie …</translation>
        </message>
        <message>
            <source>any</source>
            <translation>los.</translation>
        </message>
        <message>
            <source>arrived damaged, fetching it again</source>
            <translation>dotarł uszkodzony, ponowne pobieranie</translation>
        </message>
        <message>
            <source>cache</source>
            <translation>pamięć KV</translation>
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
        <message>
            <source>could not be loaded</source>
            <translation>nie udało się wczytać</translation>
        </message>
        <message>
            <source>downloading</source>
            <translation>pobieranie</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>nie powiodło się</translation>
        </message>
        <message>
            <source>finished</source>
            <translation>zakończono</translation>
        </message>
        <message>
            <source>first token {seconds} s</source>
            <translation>pierwszy token {seconds} s</translation>
        </message>
        <message>
            <source>free</source>
            <translation>wolne</translation>
        </message>
        <message>
            <source>gated</source>
            <translation>z ograniczonym dostępem</translation>
        </message>
        <message>
            <source>getting ready …</source>
            <translation>przygotowanie …</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>przerwano</translation>
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
            <source>loaded, {size} in memory</source>
            <translation>wczytany, {size} w pamięci</translation>
        </message>
        <message>
            <source>loading, {share}</source>
            <translation>wczytywanie, {share}</translation>
        </message>
        <message>
            <source>looking at a model</source>
            <translation>przeglądanie modelu</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nigdy</translation>
        </message>
        <message>
            <source>no GGUF files</source>
            <translation>brak plików GGUF</translation>
        </message>
        <message>
            <source>no data is coming</source>
            <translation>dane nie napływają</translation>
        </message>
        <message>
            <source>no model</source>
            <translation>brak modelu</translation>
        </message>
        <message>
            <source>none</source>
            <translation>brak</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>nie znaleziono</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>nie zainstalowano</translation>
        </message>
        <message>
            <source>not on this disk any more</source>
            <translation>nie ma go już na tym dysku</translation>
        </message>
        <message>
            <source>now</source>
            <translation>teraz</translation>
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
            <source>on</source>
            <translation>wł.</translation>
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
            <source>reached the token limit</source>
            <translation>osiągnięto limit tokenów</translation>
        </message>
        <message>
            <source>reading a model card</source>
            <translation>odczyt karty modelu</translation>
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
            <source>searching models</source>
            <translation>wyszukiwanie modeli</translation>
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
            <source>since Orangery was started</source>
            <translation>od uruchomienia Orangery</translation>
        </message>
        <message>
            <source>sound</source>
            <translation>w porządku</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>zatrzymano</translation>
        </message>
        <message>
            <source>talking to Ollama</source>
            <translation>łączność z Ollamą</translation>
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
            <source>the header's length</source>
            <translation>długość nagłówka</translation>
        </message>
        <message>
            <source>the hub asks to wait</source>
            <translation>hub prosi, by poczekać</translation>
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
            <source>the number of entries in {key}</source>
            <translation>liczba wpisów w {key}</translation>
        </message>
        <message>
            <source>the rows of “{name}” do not divide into blocks of {type}</source>
            <translation>wiersze tensora „{name}” nie dzielą się na bloki {type}</translation>
        </message>
        <message>
            <source>the search</source>
            <translation>wyszukiwanie</translation>
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
            <source>tok/s</source>
            <translation>tok./s</translation>
        </message>
        <message>
            <source>unusable answer</source>
            <translation>nieprzydatna odpowiedź</translation>
        </message>
        <message>
            <source>updated {age}</source>
            <translation>aktualizacja: {age}</translation>
        </message>
        <message>
            <source>verifying</source>
            <translation>sprawdzanie</translation>
        </message>
        <message>
            <source>waiting until Orangery may go online</source>
            <translation>czeka na wyjście z trybu offline</translation>
        </message>
        <message>
            <source>weights</source>
            <translation>wagi</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>wczoraj</translation>
        </message>
        <message>
            <source>{amount}, paused, keeps its place</source>
            <translation>{amount}, wstrzymane, bez utraty postępu</translation>
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
            <source>{count} context</source>
            <translation>kontekst: {count}</translation>
        </message>
        <message>
            <source>{count} parameters</source>
            <translation>parametry: {count}</translation>
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
            <source>{count} tokens too many</source>
            <translation>
                <numerusform>{count} token za dużo</numerusform>
                <numerusform>{count} tokeny za dużo</numerusform>
                <numerusform>{count} tokenów za dużo</numerusform>
            </translation>
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation>{days} d {hours} h</translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done} z {total}</translation>
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
            <source>{file} does not belong to the other parts of this split model.</source>
            <translation>{file} nie pasuje do pozostałych części tego podzielonego modelu.</translation>
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
            <source>{file} is one part of a split model, and the part {missing} is missing.</source>
            <translation>{file} to jedna z części podzielonego modelu, a brakuje części {missing}.</translation>
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
            <source>{free} of {total}</source>
            <translation>{free} z {total}</translation>
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
            <source>{host} cannot be reached.</source>
            <translation>Nie można połączyć się z {host}.</translation>
        </message>
        <message>
            <source>{host} does not answer in time.</source>
            <translation>{host} nie odpowiada na czas.</translation>
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
            <source>{hours} h</source>
            <translation>{hours} h</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message>
            <source>{label} on this machine</source>
            <translation>{label} na tym komputerze</translation>
        </message>
        <message>
            <source>{licence} licence</source>
            <translation>licencja: {licence}</translation>
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
            <source>{model} could not be loaded.</source>
            <translation>Nie udało się wczytać: {model}.</translation>
        </message>
        <message>
            <source>{model} does not work with this type of cache.</source>
            <translation>{model} nie działa z tym typem pamięci podręcznej.</translation>
        </message>
        <message>
            <source>{model} is already on this disk.</source>
            <translation>Model {model} już jest na tym dysku.</translation>
        </message>
        <message>
            <source>{model} is an Ollama model, and support for Ollama comes later.</source>
            <translation>{model} to model Ollamy, a obsługa Ollamy pojawi się później.</translation>
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
            <source>{model}, {time}</source>
            <translation>{model}, {time}</translation>
        </message>
        <message>
            <source>{months} mo</source>
            <translation>{months} mies.</translation>
        </message>
        <message>
            <source>{name} arrived damaged twice and was thrown away.</source>
            <translation>Plik {name} dwa razy dotarł uszkodzony i został odrzucony.</translation>
        </message>
        <message>
            <source>{name} by {owner}</source>
            <translation>{name}, autor: {owner}</translation>
        </message>
        <message>
            <source>{name} cannot be deleted here.</source>
            <translation>Tutaj nie można usunąć: {name}.</translation>
        </message>
        <message>
            <source>{name} cannot be deleted.</source>
            <translation>Nie można usunąć pliku {name}.</translation>
        </message>
        <message>
            <source>{name} cannot be written to {folder}.</source>
            <translation>Nie można zapisać pliku {name} w {folder}.</translation>
        </message>
        <message>
            <source>{name} deleted, {size} freed</source>
            <translation>Usunięto {name}, zwolniono {size}</translation>
        </message>
        <message>
            <source>{name} is a link that leads out of the model folder.</source>
            <translation>{name} to dowiązanie, które prowadzi poza folder modelu.</translation>
        </message>
        <message>
            <source>{name} is an Ollama model</source>
            <translation>{name} to model z Ollamy</translation>
        </message>
        <message>
            <source>{name} is being downloaded right now.</source>
            <translation>Plik {name} jest właśnie pobierany.</translation>
        </message>
        <message>
            <source>{name} is loaded right now.</source>
            <translation>{name} jest teraz wczytany.</translation>
        </message>
        <message>
            <source>{name} is no longer in {repo}.</source>
            <translation>Pliku {name} nie ma już w {repo}.</translation>
        </message>
        <message>
            <source>{name} is not a model file that Orangery downloads.</source>
            <translation>{name} nie jest plikiem modelu, który Orangery pobiera.</translation>
        </message>
        <message>
            <source>{name} {size} GB</source>
            <translation>{name} {size} GB</translation>
        </message>
        <message>
            <source>{name}: Orangery {ours}, others {others}, free {free}</source>
            <translation>{name}: Orangery {ours}, inne {others}, wolne {free}</translation>
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
            <source>{n} chats deleted</source>
            <translation>
                <numerusform>Usunięto {n} rozmowę</numerusform>
                <numerusform>Usunięto {n} rozmowy</numerusform>
                <numerusform>Usunięto {n} rozmów</numerusform>
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
            <source>{n} models, more as you scroll</source>
            <translation>
                <numerusform>{n} model, więcej po przewinięciu</numerusform>
                <numerusform>{n} modele, więcej po przewinięciu</numerusform>
                <numerusform>{n} modeli, więcej po przewinięciu</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} need you</source>
            <translation>
                <numerusform>{n} wymaga uwagi</numerusform>
                <numerusform>{n} wymagają uwagi</numerusform>
                <numerusform>{n} wymaga uwagi</numerusform>
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
        <message>
            <source>{path} cannot be written.</source>
            <translation>Nie można zapisywać w {path}.</translation>
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
            <source>{rate} tok/s</source>
            <translation>{rate} tok./s</translation>
        </message>
        <message>
            <source>{rate} tok/s, {rest}</source>
            <translation>{rate} tok./s, {rest}</translation>
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
            <source>{repo} is gated: its owner asks you to accept terms first.</source>
            <translation>{repo} ma ograniczony dostęp: właściciel wymaga najpierw zaakceptowania warunków.</translation>
        </message>
        <message>
            <source>{repo} is only for people whom its owner let in.</source>
            <translation>{repo} jest tylko dla osób, które dopuścił właściciel.</translation>
        </message>
        <message>
            <source>{repo} was taken down by Hugging Face.</source>
            <translation>Hugging Face usunął {repo}.</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{size} GB RAM</source>
            <translation>{size} GB RAM</translation>
        </message>
        <message>
            <source>{size} free</source>
            <translation>wolne {size}</translation>
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
            <source>{size} stays free</source>
            <translation>{size} zostaje wolne</translation>
        </message>
        <message>
            <source>{some} of {all} layers on the GPU</source>
            <translation>warstwy na GPU: {some} z {all}</translation>
        </message>
        <message>
            <source>{spec} can mean several models.</source>
            <translation>{spec} może oznaczać kilka modeli.</translation>
        </message>
        <message>
            <source>{spec} does not name a model on Hugging Face.</source>
            <translation>{spec} nie oznacza modelu na Hugging Face.</translation>
        </message>
        <message>
            <source>{speed} tokens/s</source>
            <translation>{speed} tok./s</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>zostało {time}</translation>
        </message>
        <message>
            <source>{tokens} so far</source>
            <translation>dotąd {tokens}</translation>
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
            <source>{what}; trying again in {seconds} s</source>
            <translation>{what}; ponowna próba za {seconds} s</translation>
        </message>
        <message>
            <source>{years} yr</source>
            <translation>{years} l.</translation>
        </message>
        <message>
            <source>~ predicted from the file's header</source>
            <translation>~ przewidziane z nagłówka pliku</translation>
        </message>
        <message>
            <source>“{key}” has the unknown value type {number}</source>
            <translation>„{key}” ma nieznany typ wartości {number}</translation>
        </message>
        <message>
            <source>“{key}” nests arrays in arrays</source>
            <translation>„{key}” zagnieżdża tablice w tablicach</translation>
        </message>
        <message numerus="yes">
            <source>“{name}” has {n} dimensions</source>
            <translation>
                <numerusform>„{name}” ma {n} wymiar</numerusform>
                <numerusform>„{name}” ma {n} wymiary</numerusform>
                <numerusform>„{name}” ma {n} wymiarów</numerusform>
            </translation>
        </message>
    </context>
</TS>
