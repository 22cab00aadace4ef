<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl_PL" sourcelanguage="en_GB">
    <context>
        <name>Orangery</name>
        <message>
            <source>*This repository has no model card.*</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>/bye or Ctrl+D ends, Ctrl+C stops an answer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A download can be paused and goes on after a restart. Its SHA-256 is compared with the hub's before the file gets its final name.</source>
            <translation>Pobieranie można wstrzymać, a po ponownym uruchomieniu trwa dalej. Zanim plik dostanie ostateczną nazwę, jego SHA-256 jest porównywane z podanym przez serwis.</translation>
        </message>
        <message>
            <source>A mixture of experts: the knowledge of a large model at the speed of a small one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A newer version of Orangery may know it. Until then, choose another model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A private model needs an access token in HF_TOKEN.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A toy of a few megabytes that knows a few things, to try the app with. It runs on this computer, and nothing you write leaves it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A web page came in place of {host}'s answer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>About</source>
            <translation>O programie</translation>
        </message>
        <message>
            <source>Above 0 makes words that have occurred less likely.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Above 1 makes repeating words less likely.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Action</source>
            <translation>Polecenie</translation>
        </message>
        <message>
            <source>Adapters can't be used with {model} yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another program may have it open, or the disk may be read-only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Answer again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Answer of {model}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Appearance</source>
            <translation>Wygląd</translation>
        </message>
        <message>
            <source>Architecture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As good as the original, at about half its size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As trained, up to 8,192</source>
            <translation>Jak w treningu, do 8192</translation>
        </message>
        <message>
            <source>Ask again to start it anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask again to start it anew. If this happens often, try a smaller model or context.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask for access on its page, put your token into Settings, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask {model} something</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Assistant</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Balanced</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Binding</source>
            <translation>Powiązanie</translation>
        </message>
        <message>
            <source>Bits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Blocked</source>
            <translation>Zablokowano</translation>
        </message>
        <message>
            <source>Build</source>
            <translation>Kompilacja</translation>
        </message>
        <message>
            <source>Built for</source>
            <translation>Zbudowany dla</translation>
        </message>
        <message>
            <source>Bundled</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cannot be loaded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Careful writing and following instructions, for larger computers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Chat</source>
            <translation>Czat</translation>
        </message>
        <message>
            <source>Chat now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Chat with a model on this computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Chat with the starter model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Chats</source>
            <translation>Czaty</translation>
        </message>
        <message>
            <source>Chats and logs</source>
            <translation>Czaty i dzienniki</translation>
        </message>
        <message>
            <source>Chats never leave this machine. Orangery has no account and sends no usage data.</source>
            <translation>Czaty nigdy nie opuszczają tego komputera. Orangery nie ma konta i nie wysyła danych o użyciu.</translation>
        </message>
        <message>
            <source>Check online</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that it may be written, or start with --home and another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that its disk is connected and the file is still there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that its disk is connected, writable and has free space.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that its disk is writable and has free space, then start Orangery again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that its disk is writable and has free space, then start Orangery again. ({error})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that the disk is connected and that you may write there, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that the disk is writable and has free space.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that the file is still there and that you may read it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check that your access token may read this repository.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the clock of this computer, and whether a proxy or security program reads along.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the clock of this computer, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the network and the address, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the network and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the network connection. What is on this disk works without it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the network, then try again; what has arrived is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the path, or choose a model from the library.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the rights of your token on the hub.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the spelling of owner and name; upper and lower case count.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checked with Hugging Face just now. Speeds are predicted until you run them here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checking SHA-256 of {total}</source>
            <translation>Sprawdzanie SHA-256, {total}</translation>
        </message>
        <message>
            <source>Choose a GGUF file: other formats can carry code.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a file that ends in .gguf, or download it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a model first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a model for this chat first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a row to see its facts.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a smaller context or a quantized cache, or close other programs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a smaller file of the model such as Q4_K_M, put fewer layers on the GPU, or close programs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another file or another publisher.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another quantization of this model, or look for an update of Orangery.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose the cache type f16.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Clear</source>
            <translation>Wyczyść</translation>
        </message>
        <message>
            <source>Clear the filter to see all models.</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close all windows and commands of Orangery, then start it again to repair the database.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close find</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close other programs, choose a smaller file of the model such as Q4_K_M, or a context of 4096.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Code</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Code, {language}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Compute</source>
            <translation>Obliczenia</translation>
        </message>
        <message>
            <source>Compute and other</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Context</source>
            <translation>Kontekst</translation>
        </message>
        <message>
            <source>Context cache</source>
            <translation>Pamięć kontekstu</translation>
        </message>
        <message>
            <source>Context length</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Context of {n} tokens</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Context, {count} tokens</source>
            <translation>Kontekst, tokeny: {count}</translation>
        </message>
        <message>
            <source>Conversation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copied</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopiuj</translation>
        </message>
        <message>
            <source>Copy answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy details</source>
            <translation>Kopiuj szczegóły</translation>
        </message>
        <message>
            <source>Copy link address</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy message</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Creative</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Custom</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete</source>
            <translation>Usuń</translation>
        </message>
        <message>
            <source>Delete all chats</source>
            <translation>Usuń wszystkie czaty</translation>
        </message>
        <message>
            <source>Delete this version</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete this version of the answer?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete {name} {quant}?</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Delete {n} chats?</source>
            <translation>
                <numerusform>Usunąć {n} czat?</numerusform>
                <numerusform>Usunąć {n} czaty?</numerusform>
                <numerusform>Usunąć {n} czatów?</numerusform>
            </translation>
        </message>
        <message>
            <source>Deleted “{title}”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details</source>
            <translation>Szczegóły</translation>
        </message>
        <message>
            <source>Device</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Devices</source>
            <translation>Urządzenia</translation>
        </message>
        <message>
            <source>Did you mean {names}?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Discover</source>
            <translation>Odkrywaj</translation>
        </message>
        <message>
            <source>Disk</source>
            <translation>Dysk</translation>
        </message>
        <message>
            <source>Download</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download all parts of the model again, into the same folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download it again, or choose another file of this model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download it first: orangery pull {model}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download the missing part into the same folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download {label}  {size}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Downloaded models</source>
            <translation>Pobrane modele</translation>
        </message>
        <message>
            <source>Downloading {name} failed in a way that should not happen.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Downloading {share}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Downloads</source>
            <translation>Pobieranie</translation>
        </message>
        <message>
            <source>Downloads appear here. They can be paused, go on after a restart, and are verified.</source>
            <translation>Tu pojawia się pobieranie. Można je wstrzymać, trwa dalej po ponownym uruchomieniu i jest sprawdzane.</translation>
        </message>
        <message>
            <source>Downloads at once</source>
            <translation>Pobierane jednocześnie</translation>
        </message>
        <message>
            <source>Each can be deleted in the library, which says what is freed.</source>
            <translation>Każdy można usunąć w bibliotece, która mówi, ile miejsca zwolni.</translation>
        </message>
        <message>
            <source>Edit and send again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Edit message</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Engine</source>
            <translation>Silnik</translation>
        </message>
        <message>
            <source>Estimated from the file size; opening the model's page makes it exact.</source>
            <translation>Oszacowane z rozmiaru pliku; otwarcie strony modelu poda dokładną wartość.</translation>
        </message>
        <message>
            <source>Estimated from the length; counted once the model is loaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Estimated from the size and the first 64 kB of the file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everyday questions, writing and code; can think before it answers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everywhere</source>
            <translation>Wszędzie</translation>
        </message>
        <message>
            <source>F16 is exact. Q8_0 halves the context's memory, Q4_0 quarters it and may cost quality.</source>
            <translation>F16 jest dokładne. Q8_0 zmniejsza pamięć kontekstu o połowę, Q4_0 do jednej czwartej, czasem kosztem jakości.</translation>
        </message>
        <message>
            <source>Facts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Faster settings were tried and did not work on this machine: {list}</source>
            <translation>Szybsze ustawienia wypróbowano, ale nie działają na tym komputerze: {list}</translation>
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Files stay where they are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Filter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find a model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find in the page</source>
            <translation>Szukaj na stronie</translation>
        </message>
        <message>
            <source>Find in this chat</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find in this chat (Ctrl+F)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find more models …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finished</source>
            <translation>Zakończone</translation>
        </message>
        <message>
            <source>Fit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fits here</source>
            <translation type="unfinished" />
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
            <source>Fits, with little room left for other programs: {size}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Flags</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>For chats that do not set their own. A longer context needs more memory.</source>
            <translation>Dla czatów bez własnego ustawienia. Dłuższy kontekst wymaga więcej pamięci.</translation>
        </message>
        <message>
            <source>For example</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>For models that were trained with three values per weight</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Found, and sent to Hugging Face only. It comes from HF_TOKEN or from hf auth login.</source>
            <translation>Znaleziony i wysyłany tylko do Hugging Face. Pochodzi z HF_TOKEN lub z hf auth login.</translation>
        </message>
        <message>
            <source>Four bits in the form that the model was trained for</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free now</source>
            <translation>Wolne teraz</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free some space on its disk, then start Orangery again. Nothing was changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free some space on the disk with {folder}, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free some space on the disk with {folder}, then try again; what has arrived is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free: {pool}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Friendly everyday chat on a modest computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From the bundled list, not checked with the network. Speeds are predicted until you run one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fully open model with long context, which can think before it answers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Further ones wait for their turn.</source>
            <translation>Następne czekają na swoją kolej.</translation>
        </message>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Gated: accept the terms on the model's page first, then set HF_TOKEN.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Give a larger --ctx, or shorten the prompt.</source>
            <translation type="unfinished" />
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
            <translation>Przejdź do strony, modelu lub czatu</translation>
        </message>
        <message>
            <source>Graphics card</source>
            <translation>Karta graficzna</translation>
        </message>
        <message>
            <source>Hard questions and code; thinks before it answers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hardly any quality loss, larger than most need</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Has GGUF</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hide what is known to be too big for this machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Higher is more varied; 0 always takes the likeliest token.</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face cache: {folder}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face does not accept the access token.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face does not let you read {repo}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face has had too many requests from this connection.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face has trouble of its own right now (error {status}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face refused the request for {repo} (error {status}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hugging Face token</source>
            <translation>Token Hugging Face</translation>
        </message>
        <message>
            <source>If this network asks you to sign in, open a browser and do that first, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Image: {alt}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Install Orangery again with its requirements.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Install Orangery again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Install another build of the engine for this processor, or update the graphics driver.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Interrupted: the app or the model stopped before the answer was finished.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It could reach outside the model folder, so nothing was downloaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It has {labels}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It has: {names}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is a Git LFS pointer, not the model itself. Download the file that it points to.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is a PyTorch file, which can run programs when opened. Look for a GGUF of this model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is a safetensors file. Look for a GGUF of this model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is a web page, which the server or the network sent in place of the file. Download it again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is in the older GGML format, which nothing reads any more. Look for a GGUF of this model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is kept as {path}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is part of Orangery, or was put there by another program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It may be private or gone. Put your token into Settings, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It runs on this computer. Nothing you write leaves it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It was made by a newer program. Look for an update of Orangery.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It was made by a very old program. Look for a newer file of this model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Its files appear here, with what each of them needs on this machine.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Its owner removed or renamed it. Choose another file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Jobs</source>
            <translation>Zadania</translation>
        </message>
        <message>
            <source>Jump to latest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>KV cache type</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Kept free for the answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keyboard</source>
            <translation>Klawiatura</translation>
        </message>
        <message>
            <source>Know what you want? Search, owner/name or a link</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Length</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Lists and chats</source>
            <translation>Listy i czaty</translation>
        </message>
        <message>
            <source>Little room is left for an answer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Load it and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loaded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loaded models</source>
            <translation>Wczytane modele</translation>
        </message>
        <message>
            <source>Loading {model}: {percent} %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look for a file of this model without “be” in its name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look for another publisher of the same model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Looking at the engine …</source>
            <translation>Sprawdzanie silnika …</translation>
        </message>
        <message>
            <source>Looking …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Made with</source>
            <translation>Zbudowane z</translation>
        </message>
        <message>
            <source>Make a new one at https://huggingface.co/settings/tokens and put it into HF_TOKEN, or remove HF_TOKEN.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Matches</source>
            <translation>Wyniki</translation>
        </message>
        <message>
            <source>Max tokens</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Measured speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory</source>
            <translation>Pamięć</translation>
        </message>
        <message>
            <source>Memory it needs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory mapping</source>
            <translation>Mapowanie pamięci</translation>
        </message>
        <message>
            <source>Message</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Messages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Messages and system prompts. Models stay where they are.</source>
            <translation>Wiadomości i instrukcje systemowe. Modele zostają na miejscu.</translation>
        </message>
        <message>
            <source>Min p</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Model card</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Model: {name}</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Models on this disk</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move</source>
            <translation>Przejdź dalej</translation>
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>New chat</source>
            <translation>Nowy czat</translation>
        </message>
        <message>
            <source>New chat (Ctrl+N)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New line in a message</source>
            <translation>Nowy wiersz w wiadomości</translation>
        </message>
        <message>
            <source>Newest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next pane</source>
            <translation>Następny panel</translation>
        </message>
        <message>
            <source>Next place</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next version</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No GGUF files here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No chat has these words.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No connection has been made</source>
            <translation>Nie było żadnego połączenia</translation>
        </message>
        <message>
            <source>No jobs</source>
            <translation>Brak zadań</translation>
        </message>
        <message>
            <source>No model selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No problems found.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No token that is less likely than this share of the likeliest.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None. A model is loaded when a chat needs it.</source>
            <translation>Brak. Model jest wczytywany, gdy czat go potrzebuje.</translation>
        </message>
        <message>
            <source>None. Gated models need one: set HF_TOKEN, or run hf auth login.</source>
            <translation>Brak. Modele z bramką go wymagają: ustaw HF_TOKEN lub uruchom hf auth login.</translation>
        </message>
        <message>
            <source>Not known yet</source>
            <translation>Jeszcze nieznane</translation>
        </message>
        <message>
            <source>Not quantized: as published, very large</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not verified</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing can be saved: the database {path} cannot be written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing in it could be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is wrong on your side. Try again in a few minutes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing matches</source>
            <translation>Nic nie pasuje</translation>
        </message>
        <message>
            <source>Nothing was fetched from there. A network that wants you to sign in may cause this: open any web page in a browser first, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was found.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing you write leaves it. Choose a model from your library first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing you write leaves it. Choose a model from your library, or begin with the small one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Noticeable quality loss, for models that would not fit otherwise</source>
            <translation type="unfinished" />
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
            <source>Offline: only what was seen before</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Offline: {host} was not contacted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ollama</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On this machine</source>
            <translation>Na tym komputerze</translation>
        </message>
        <message>
            <source>Only repositories with files that this engine runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only the likeliest tokens that together have this probability.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only this many of the likeliest tokens; 0 is all.</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the page in the browser</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open {folder}</source>
            <translation>Otwórz: {folder}</translation>
        </message>
        <message>
            <source>Open {host} in the browser?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open {host}?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open {page} with the account of your access token and accept the terms there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open {page}, sign in and accept the terms; then set HF_TOKEN to an access token of that account and start Orangery again.</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Orangery is already running with the profile in {path}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Orangery is closing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Orangery is closing; nothing more can be saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Orangery stopped unexpectedly the last time. Your chats are safe.</source>
            <translation>Ostatnim razem Orangery zakończyło się nieoczekiwanie. Czaty są bezpieczne.</translation>
        </message>
        <message>
            <source>Orangery was closed before this answer was complete.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Orangery was ended before this answer was complete.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Orangery's own data.</source>
            <translation>Własne dane Orangery.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Over a hundred languages, good at writing and at describing things.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Page</source>
            <translation>Strona</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Params</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Precise</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Predicted for</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Predicted from the file's header; measured once it is loaded in a chat.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Predicted speed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Presence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preset</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous 7 days</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous place</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous version</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Processor</source>
            <translation>Procesor</translation>
        </message>
        <message>
            <source>Prompt: {prompt} tokens, of which {cached} were kept from the last turn.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Prompts, chats, file names and usage counts are never sent.</source>
            <translation>Pytania, czaty, nazwy plików i liczniki użycia nigdy nie są wysyłane.</translation>
        </message>
        <message>
            <source>Quant</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Quantization</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the header of {name} …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the header …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the list of files …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the model card …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reasoned</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reasoned for {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reasoning …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Received</source>
            <translation>Odebrano</translation>
        </message>
        <message>
            <source>Recommended</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Recovered chat</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reduce motion</source>
            <translation>Ogranicz ruch</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Usuń</translation>
        </message>
        <message>
            <source>Remove this download and choose the file again.</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saves to the Hugging Face cache · {size} free</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search all text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search for a GGUF version of this model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search for its name together with “GGUF”: somebody may have converted it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search results and file headers; may be deleted at any time.</source>
            <translation>Wyniki wyszukiwania i nagłówki plików; można usunąć w każdej chwili.</translation>
        </message>
        <message>
            <source>Search, owner/name or a link</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Searching Ollama comes later.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Searching and downloading contact Hugging Face, and every host is listed here.</source>
            <translation>Wyszukiwanie i pobieranie łączą się z Hugging Face, a każdy host jest tu wymieniony.</translation>
        </message>
        <message>
            <source>Searching …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send (Enter)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Send again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sent</source>
            <translation>Wysłano</translation>
        </message>
        <message>
            <source>Set an http or https proxy in the network settings of the system, or none.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings</source>
            <translation>Ustawienia</translation>
        </message>
        <message>
            <source>Severe quality loss, an experiment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shorten it, choose a longer context in the panel, or start a new chat.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shorten the message or start a new chat.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shorten the message, start a new chat, or choose a larger context.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show</source>
            <translation>Pokaż</translation>
        </message>
        <message numerus="yes">
            <source>Show all {n} lines</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Show in Library</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show in folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show log</source>
            <translation>Pokaż dziennik</translation>
        </message>
        <message>
            <source>Show only {store}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small and quick: summaries and simple questions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small quality loss, a little smaller than the usual choice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small quality loss, the usual choice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small, and can think before it answers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small, with many languages: short texts and simple questions.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something in Orangery went wrong</source>
            <translation>Coś w Orangery poszło źle</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start a new chat, or give this one a larger context.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Starter model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>State</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stays free</source>
            <translation>Pozostaje wolne</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop or close</source>
            <translation>Zatrzymaj lub zamknij</translation>
        </message>
        <message>
            <source>Stop that download first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop the answer (Esc)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Store</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Strong at sums, logic and instructions for its size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Strong quality loss, only for large models</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>System</source>
            <translation>Systemowy</translation>
        </message>
        <message>
            <source>System follows the desktop, also while Orangery runs.</source>
            <translation>Systemowy podąża za pulpitem, także w czasie pracy Orangery.</translation>
        </message>
        <message>
            <source>System prompt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tell me a story about a fox named Ruby</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Temperature</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Text and controls follow the desktop's display scale, up to 200 %, and its high contrast.</source>
            <translation>Tekst i kontrolki podążają za skalą ekranu, do 200 %, i za wysokim kontrastem pulpitu.</translation>
        </message>
        <message>
            <source>The all-rounder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The answer failed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The answer of Hugging Face for {repo} cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The bundled starter model, a toy of a few MB, works with no network. Quick, not clever.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The connection is very slow or the server is busy. Try again in a moment.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The connection to {host} broke off.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The connection to {host} is not secure: its certificate was refused.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The connection to {host} was lost while downloading {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The content of {name} is gone.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>The context of {n} tokens is full.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>The conversation is far too long for any model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The conversation needs about {number} tokens, but the context of {model} has {limit}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The damaged file is kept as {path} ({damage}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database was damaged and has been repaired.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} could not be brought to the form of this version.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} could not be read or written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} is damaged and could not be repaired.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} is damaged, and another Orangery has it open.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} is damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} is in use by another program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The database {path} was written by a newer version of Orangery.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The disk became full while downloading {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The display {display} cannot be opened: set DISPLAY to the one of your desktop session, or use the command line (orangery --help).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine ({package}) is not installed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine could not compute with {model}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine crashed while it was loading {model}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine crashed while it was using {model}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine does not work on this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine failed several times in a row with {model}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine process could not be started.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine sent something unreadable while using {model} and was ended.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine stopped answering with {model} and was ended.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The engine was stopped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file may be damaged or of a kind this engine can't read. Check or download it again, or try another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file may be damaged. Check or download it again, or try another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file of {model} can't be opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file of {model} is incomplete or damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file of {model} is not a GGUF model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The hub limits how much this connection may ask for.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The hub no longer offers the {name} that was chosen from {repo}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The hub wants to know who you are before it gives out {repo}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The jobs drawer appears at once instead of sliding.</source>
            <translation>Szuflada zadań pojawia się od razu, bez wysuwania.</translation>
        </message>
        <message>
            <source>The language changes when Orangery starts again.</source>
            <translation>Język zmieni się po ponownym uruchomieniu Orangery.</translation>
        </message>
        <message>
            <source>The library has: {names}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The library is empty. Download a model first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The longest answer, in tokens; 0 is until the context is full.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The message can't be turned into tokens of {model}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The message is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model's chat template failed, so a common one (ChatML) is used. Answers may be odd.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The model's chat template took too long, so a common one (ChatML) is used. Answers may be odd.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The name {name} cannot be used on this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network answered with a web page instead of {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The old version stays as a branch.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The option --home needs a folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The package {name} is not installed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The pasted text has {count} characters; a message can have {limit}. Paste a part of it.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>The prompt does not fit into {n} tokens of context.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>The proxy that this system sets cannot be used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The quickest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The request to {host} failed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The rest comes from the backup of {when}; what was newer may be missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The rest was not read. Try again later, or check the address of the mirror if you use one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The same seed and settings give the same answer; empty draws a new one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The server sent something other than the asked part of {file}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings could not be saved in {path}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings file was damaged; the defaults are used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings in {path} could not be read; the defaults are used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The standard Hugging Face cache, shared with other programs. HF_HUB_CACHE moves it.</source>
            <translation>Standardowa pamięć podręczna Hugging Face, wspólna z innymi programami. Przenosi ją HF_HUB_CACHE.</translation>
        </message>
        <message>
            <source>The starter model is missing, so the engine can't be checked on this machine.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The strongest that fits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The system ended the engine while it was loading {model}, most likely for lack of memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The system ended the engine while it was using {model}, most likely for lack of memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The window needs {libraries}, which this system does not have.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The window needs {libraries}: install {debian} (Debian, Ubuntu) or {fedora} (Fedora).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Theme</source>
            <translation>Motyw</translation>
        </message>
        <message>
            <source>There is no display to open a window on: set DISPLAY or WAYLAND_DISPLAY, or use the command line (orangery --help).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no file {path}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no model {repo} on Hugging Face.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no model {spec} in the library.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no window without PySide6: install it with pip install PySide6-Essentials.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is not enough memory for {model} with a context of {limit} tokens.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is not enough memory to load {model}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is not enough space for {name}: {needed} GB are needed, {free} GB are free.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There was no backup, so what could not be read is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There was no backup: chats, the download list and measured speeds start empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This answer failed because of a fault in Orangery.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This answer has no question to answer again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This architecture is new to Orangery, so the numbers are a guess.</source>
            <translation>Orangery nie zna tej architektury, więc liczby są przybliżone.</translation>
        </message>
        <message>
            <source>This architecture is not known here, so the sum is a guess.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This build of the engine runs on the processor only. With a graphics card, build it once with the command for the card; it needs a C++ compiler and the maker's toolkit, and takes minutes.</source>
            <translation>Ta wersja silnika działa tylko na procesorze. Z kartą graficzną zbuduj ją raz poleceniem dla tej karty; potrzebny jest kompilator C++ i narzędzia producenta, trwa to kilka minut.</translation>
        </message>
        <message>
            <source>This chat is still answering.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This could not be saved: the database {path} cannot be written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This could not be saved: the disk of {path} is full.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This download is no longer in the list.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This engine does not know the kind of model in {model}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This engine runs GGUF files. Search for the model's name to find a repository that has them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This frees up to {size} in the Hugging Face cache, which other programs share. No undo.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is a bug in the program. Your chats and files are safe, and you can go on working. If it happens again, copy the details and report them.</source>
            <translation>To błąd w programie. Czaty i pliki są bezpieczne i można pracować dalej. Jeśli się powtórzy, skopiuj szczegóły i zgłoś je.</translation>
        </message>
        <message>
            <source>This is more than the context holds. Shorten it, or choose a longer context.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This model brings no chat template, so a common one (ChatML) is used. Answers may be odd.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Three that suit this machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tight</source>
            <translation>Ciasno</translation>
        </message>
        <message>
            <source>Tiny and very quick: short answers and first tries on any computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Title of the chat</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Today</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Together</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tok/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tokens/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Too big</source>
            <translation>Za duży</translation>
        </message>
        <message>
            <source>Top k</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Top p</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trained context</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trending</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again</source>
            <translation>Spróbuj ponownie</translation>
        </message>
        <message>
            <source>Try again in a moment. If it stays so, the service may have changed; look for a newer Orangery.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again in a moment; close other commands of Orangery if this stays.</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>Try again in {n} seconds.</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>Try again later or over another network. Nothing damaged was kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again later, or check the address of the mirror if you use one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again later, or look for a newer Orangery: the service may have changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again later. If it keeps happening, something between you and the hub changes the data.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again later; what has arrived is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again. If it happens again, please report it with the log file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again. If it stays so, the server or a proxy in between is at fault.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try again; if it happens again, choose a smaller context or another file of the model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try fewer words, or paste owner/name or a link from the site.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try it this minute</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Turn the Offline switch off to use the network. What is on this disk works without it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo</source>
            <translation>Cofnij</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unload</source>
            <translation>Zwolnij</translation>
        </message>
        <message>
            <source>Unload it first, then delete it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Unload {name}</source>
            <translation>Zwolnij {name}</translation>
        </message>
        <message>
            <source>Update Orangery. The file was left as it is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Updated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use --source hf to search Hugging Face.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use a graphics card</source>
            <translation>Użyj karty graficznej</translation>
        </message>
        <message>
            <source>Use a model of Hugging Face for now: hf:owner/name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use its window, or start with --home and another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Used</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Verified</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Version {number} of {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Version {version}</source>
            <translation>Wersja {version}</translation>
        </message>
        <message>
            <source>Very small quality loss, a little larger than usual</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wait a few minutes, then try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wait a few minutes, then try again. A token in Settings raises the limit.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Wait for the answer, or stop it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Waiting for its turn, {total}</source>
            <translation>Czeka na swoją kolej, {total}</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>Wagi</translation>
        </message>
        <message>
            <source>Welcome to Orangery</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What a fit is made of</source>
            <translation>Z czego wynika ocena</translation>
        </message>
        <message>
            <source>What is LoRA?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is downloading, paused, finished, or needs you.</source>
            <translation>Co się pobiera, jest wstrzymane, gotowe lub wymaga uwagi.</translation>
        </message>
        <message>
            <source>What is the capital of Italy?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What was said after it goes with it. Other versions stay.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What was written so far is kept. Ask again to start the engine anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>When on, Orangery connects to nothing but this machine. Chat and Library keep working.</source>
            <translation>Gdy włączony, Orangery łączy się tylko z tym komputerem. Czat i Biblioteka działają dalej.</translation>
        </message>
        <message>
            <source>When on, Orangery opens no connection except to this machine.</source>
            <translation>Gdy włączony, Orangery łączy się tylko z tym komputerem.</translation>
        </message>
        <message>
            <source>Where files lie</source>
            <translation>Gdzie leżą pliki</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Powód</translation>
        </message>
        <message>
            <source>With this message the chat has {tokens} tokens, but its context holds {n_ctx}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write a message</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write it as hf:owner/name, hf:owner/name:Q4_K_M or hf:owner/name/file.gguf.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write one of: {names}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Yesterday</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>You</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>You, {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Your account may not download {name} from {repo}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another program is downloading this file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>any</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>arrived damaged, fetching it again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>cache</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>connection lost</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>could not be loaded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>downloading</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>finished</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>first token {seconds} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>free</source>
            <translation>wolne</translation>
        </message>
        <message>
            <source>gated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>getting ready …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>interrupted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its alignment (general.alignment) is not a sensible power of two</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its first bytes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>its header</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>loaded, {size} in memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>loading, {share}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>looking at a model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>never</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no GGUF files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no data is coming</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none</source>
            <translation>brak</translation>
        </message>
        <message>
            <source>not found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not installed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not on this disk any more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>now</source>
            <translation>teraz</translation>
        </message>
        <message>
            <source>of {total} tokens</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>off</source>
            <translation>wył.</translation>
        </message>
        <message>
            <source>offline</source>
            <translation type="unfinished" />
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
            <source>reached the token limit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>reading a model card</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>reading what a file needs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>reading …</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>searching models</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>since Orangery was started</source>
            <translation>od uruchomienia Orangery</translation>
        </message>
        <message>
            <source>sound</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>stopped</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>talking to Ollama</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the context is full</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the data of “{name}” does not follow the tensor before it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the header's length</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the hub asks to wait</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the length of an entry of {key}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the length of {field}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the link had expired</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the metadata count</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the metadata key “{key}” is there twice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the name of metadata entry {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the name of metadata entry {number} is not text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the name of tensor {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the name of tensor {number} is not text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the number of entries in {key}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the rows of “{name}” do not divide into blocks of {type}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the search</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the server has trouble</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the shape of “{name}” is impossible</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the tensor count</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the tensor “{name}” is there twice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the trial model</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the version</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>tok/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unusable answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>updated {age}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>verifying</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>waiting until Orangery may go online</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>yesterday</source>
            <translation>wczoraj</translation>
        </message>
        <message>
            <source>{amount}, paused, keeps its place</source>
            <translation>{amount}, wstrzymane, zachowuje miejsce</translation>
        </message>
        <message>
            <source>{at} of {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{chats} chats and {messages} messages were read from it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} context</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} parameters</source>
            <translation type="unfinished" />
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
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens too many</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message>
            <source>{days} d {hours} h</source>
            <translation>{days} d {hours} godz.</translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done} z {total}</translation>
        </message>
        <message>
            <source>{file} cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} cannot be read: {reason}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} does not belong to the other parts of this split model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} is damaged: {field} is {amount}, and at most {limit} is possible.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} is damaged: {problem}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} is in GGUF version {version}; versions 2 and 3 can be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} is incomplete: it ends in the middle of {field}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} is incomplete: the data of {tensor} lies past its end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} is not a GGUF file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} is one part of a split model, and the part {missing} is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} uses a quantization that this version does not know (type {number} in {tensor}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{file} was made for big-endian computers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{free} of {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{hardware}: models up to about {size} at Q4 run fully on the GPU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{hardware}: models up to about {size} at Q4 run in memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{hardware}: only very small models run right now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} cannot be reached.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} does not answer in time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} has trouble and cannot send {name} now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} redirects in a circle.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} refuses the links that the hub gives out for {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} sent Orangery to an address that is not safe to follow.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} sent an answer that cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} sent far more data than the request calls for.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} sent something else than the part of {name} that was asked for.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{host} stopped sending {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{hours} h</source>
            <translation>{hours} godz.</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} godz. {minutes} min</translation>
        </message>
        <message>
            <source>{label} on this machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{licence} licence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{meaning}; {count} parts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{missing} of {count} parts are missing, the first of them {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} could not be loaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} does not work with this type of cache.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} has no GGUF file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} has no file {file}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} is already on this disk.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} is an Ollama model, and support for Ollama comes later.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} is not a model for chatting.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} is not loaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} is not on this disk any more. Choose another model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model} is not on this disk.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{model}, {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{months} mo</source>
            <translation>{months} mies.</translation>
        </message>
        <message>
            <source>{name} arrived damaged twice and was thrown away.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} by {owner}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} cannot be deleted here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} cannot be deleted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} cannot be written to {folder}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} deleted, {size} freed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is a link that leads out of the model folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is being downloaded right now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is loaded right now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is no longer in {repo}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is not a model file that Orangery downloads.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} {size} GB</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}: Orangery {ours}, others {others}, free {free}</source>
            <translation>{name}: Orangery {ours}, inne {others}, wolne {free}</translation>
        </message>
        <message numerus="yes">
            <source>{n} chats deleted</source>
            <translation>
                <numerusform>Usunięto {n} czat</numerusform>
                <numerusform>Usunięto {n} czaty</numerusform>
                <numerusform>Usunięto {n} czatów</numerusform>
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
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models are already on this disk</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models, more as you scroll</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
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
            <source>{n} tokens</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tokens, {speed} tokens/s, the first after {seconds} s</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>{ram}, no GPU found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{ram}, shared with {gpu}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{ram}, {count} × {gpu}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{ram}, {gpu}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{rate} tok/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{rate} tok/s, {rest}</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>{repo} does not have this version any more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{repo} does not offer {wanted}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{repo} gives no checksum for {name}, so it cannot be verified.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{repo} has no GGUF file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{repo} is gated: its owner asks you to accept terms first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{repo} is only for people whom its owner let in.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{repo} was taken down by Hugging Face.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{size} GB RAM</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} free</source>
            <translation>{size} wolne</translation>
        </message>
        <message>
            <source>{size} in the Hugging Face cache, usable in place; nothing is copied.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} more than is free now. It can still be loaded, but will be very slow.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} of memory, context of {count} tokens</source>
            <translation>{size} pamięci, kontekst (tokeny): {count}</translation>
        </message>
        <message>
            <source>{size} stays free.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{spec} can mean several models.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{spec} does not name a model on Hugging Face.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{speed} tokens/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{time} left</source>
            <translation>zostało {time}</translation>
        </message>
        <message>
            <source>{tokens} so far</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>{value}, predicted</source>
            <translation>{value}, przewidywane</translation>
        </message>
        <message>
            <source>{verdict} up to {size}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{weeks} wk</source>
            <translation>{weeks} tyg.</translation>
        </message>
        <message>
            <source>{what}; trying again in {seconds} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{years} yr</source>
            <translation>{years} l.</translation>
        </message>
        <message>
            <source>~ predicted from the file's header</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“{key}” has the unknown value type {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>“{key}” nests arrays in arrays</source>
            <translation type="unfinished" />
        </message>
        <message numerus="yes">
            <source>“{name}” has {n} dimensions</source>
            <translation type="unfinished">
                <numerusform />
                <numerusform />
                <numerusform />
            </translation>
        </message>
    </context>
</TS>
