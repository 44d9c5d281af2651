// What the daemon says from its tables, in German: `told` word for word, `sentences` and `forms` with what stands in between. What
// is missing here stays English. A test holds the whole tables of the daemon against `told`.

const told = {
  // What a sweep finds, and what to do.
  missing: "vermisst",
  "sought and found": "gesucht und gefunden",
  "wrong branch": "falsche Zweigstelle",
  "wrong location": "falscher Standort",
  "wrong shelf": "falsches Regal",
  misplaced: "verstellt",
  "on shelf but on loan": "im Regal, aber ausgeliehen",
  "in transit": "unterwegs",
  "on hold shelf list": "auf der Abholliste",
  withdrawn: "ausgesondert",
  "not ready for the shelf": "nicht fertig für das Regal",
  "disarmed on the shelf": "im Regal entsichert",
  "armed while on loan": "ausgeliehen, aber gesichert",
  "incomplete set": "unvollständig",
  "two tags for one item": "zwei Etiketten für ein Medium",
  "one tag, two items": "ein Etikett, zwei Medien",
  "unknown item": "unbekanntes Medium",
  "other library's item": "Medium einer anderen Bibliothek",
  "blank or unreadable tag": "leeres oder unlesbares Etikett",
  "unsortable call number": "Signatur nicht einzuordnen",
  damaged: "beschädigt",
  "not for loan": "nicht entleihbar",
  "temporary place": "vorübergehender Platz",
  "order uncertain": "Ordnung unsicher",
  "out of scope": "außerhalb des Bereichs",
  "not swept": "nicht abgefahren",
  "look around its place and on the trolleys, then set it missing in the library system":
    "an seinem Platz und auf den Wagen suchen, dann im Bibliothekssystem als vermisst melden",
  "take it to the desk and check it in, so that nobody goes on looking for it": "zur Theke bringen und zurückbuchen, damit niemand weitersucht",
  "take it out and send it home": "herausnehmen und heimschicken",
  "take it out and shelve it where it belongs": "herausnehmen und einstellen, wo es hingehört",
  "take it to its own shelf; the list of moves says where": "in sein Regal bringen; die Liste zum Umstellen sagt, wohin",
  "take it out and put it in its place; the list of moves says where": "herausnehmen und an seinen Platz stellen; die Liste zum Umstellen sagt, wohin",
  "look whether it stands right, when you pass by": "beim Vorbeigehen nachsehen, ob es richtig steht",
  "take it to the desk and check it in: somebody is still held responsible for it": "zur Theke bringen und zurückbuchen: noch haftet jemand dafür",
  "take it to the desk and check it in, so that the transit ends": "zur Theke bringen und zurückbuchen, damit der Transport endet",
  "take it to the hold shelf: somebody waits for it": "ins Abholregal bringen: jemand wartet darauf",
  "take it out of the shelf, or take the withdrawal back": "aus dem Regal nehmen oder die Aussonderung zurücknehmen",
  "take it to the desk: the library system does not say that it is ready": "zur Theke bringen: nach dem Bibliothekssystem ist es nicht fertig",
  "secure it on a pad: the gate would not ring for it": "auf einer Ablage sichern: das Gate schlüge nicht an",
  "check it in, or release it on a pad: the gate will ring for it": "zurückbuchen oder auf einer Ablage entsichern: das Gate schlägt an",
  "look for the parts that were not heard": "die Teile suchen, die nicht gehört wurden",
  "take the item out and remove the tag that is not needed": "herausnehmen und das überzählige Etikett entfernen",
  "read the tag on a pad and compare it with the barcode on the item": "das Etikett auf einer Ablage lesen und mit dem Barcode auf dem Medium vergleichen",
  "take it to the desk: it is not in the holdings, or they are out of date": "zur Theke bringen: es fehlt im Bestand, oder dieser ist veraltet",
  "send it back to its library": "an seine Bibliothek zurückschicken",
  "walk by again more slowly until it is read; where that does not help, give the item a new tag": "langsamer noch einmal vorbeigehen, bis es gelesen ist; hilft das nicht, ein neues Etikett anbringen",
  "correct the call number in the library system": "die Signatur im Bibliothekssystem berichtigen",
  "see whether it should stand here in this state": "prüfen, ob es in diesem Zustand hier stehen soll",
  "nothing, if it is a reference copy": "nichts, wenn es zum Präsenzbestand gehört",
  "see whether its stay is over": "prüfen, ob seine Zeit hier vorbei ist",
  "nothing, if the reader heard the neighbouring shelf": "nichts, wenn das Lesegerät das Nachbarregal hörte",
  "sweep this stretch again": "diesen Abschnitt noch einmal abfahren",

  // Why a gate rings, and what to do.
  "not on loan": "nicht ausgeliehen",
  "on loan, tag not cleared": "ausgeliehen, aber nicht entsichert",
  "returned, not yet secured": "zurückgegeben, noch nicht gesichert",
  "disarmed, not on loan": "entsichert, nicht ausgeliehen",
  "sought after": "gesucht",
  "other library": "andere Bibliothek",
  "temporary pass": "Ausgang auf Zeit",
  "set part": "Teil eines Satzes",
  "on loan": "ausgeliehen",
  "foreign tag": "fremdes Etikett",
  "parked item": "liegt am Gate",
  "staff device": "Gerät des Personals",
  "ask whether it was checked out, and check it out at the desk": "fragen, ob es verbucht wurde, und an der Theke verbuchen",
  "look it up: if the loan stands, release it on a pad and apologise": "nachsehen: gilt die Ausleihe, auf einer Ablage entsichern und um Entschuldigung bitten",
  "secure it on a pad before it goes back to the shelf": "auf einer Ablage sichern, bevor es ins Regal zurückkommt",
  "look for it on its shelf: if it is gone, it left without a loan": "im Regal nachsehen: fehlt es, ging es ohne Ausleihe hinaus",
  "nothing, if it was sold; release withdrawn items before the sale": "nichts, wenn es verkauft wurde; Ausgesondertes vor dem Verkauf entsichern",
  "take it to the desk and check it in: the library is looking for it": "zur Theke bringen und zurückbuchen: die Bibliothek sucht es",
  "nothing: it is not ours": "nichts: es gehört nicht uns",
  "nothing: it has leave until its pass ends": "nichts: es darf hinaus, bis seine Frist endet",
  "see whether the part belongs to the loan, and release it on a pad or take it back":
    "prüfen, ob der Teil zur Ausleihe gehört, und auf einer Ablage entsichern oder zurücknehmen",
  nothing: "nichts",
  "look its barcode up: the holdings may be out of date": "den Barcode nachschlagen: der Bestand kann veraltet sein",
  "nothing: it is not a library item": "nichts: es ist kein Bibliotheksgut",
  "take the item away from the gate: it lies where the message says": "das Medium vom Gate wegnehmen: es liegt, wo die Meldung sagt",
  learning: "das Gate lernt noch",
  flood: "zu viele Alarme auf einmal",
  muted: "stumm geschaltet",
  fire: "Brandmeldekontakt",
  "quiet hour": "Ruhezeit",
  out: "hinaus",
  in: "hinein",
  dead: "antwortet nicht",
  detuned: "verstimmt",
  sentinel: "Wächter-Etikett",
  counter: "Zähler",
  lines: "Sirene, Lampe, Kontakt",
  "watch the exit, and look at the gate's power and cable": "den Ausgang im Auge behalten, Strom und Kabel des Gates prüfen",
  "take metal and trolleys away from the gate, then run a walk test": "Metall und Wagen vom Gate wegnehmen, dann einen Testgang machen",
  "look whether the sentinel tag is in its place, then run a walk test; have the antenna tuned":
    "nachsehen, ob das Wächter-Etikett an seinem Platz ist, dann einen Testgang machen; die Antenne abstimmen lassen",
  "nothing now; compare the count at closing time": "jetzt nichts; bei Schließung die Zählung vergleichen",
  "look at the adapter or reader with siren, lamp or contact: what hangs on it does nothing until it is back":
    "den Adapter oder das Lesegerät mit Sirene, Lampe oder Kontakt ansehen: was daran hängt, wirkt nicht, bis es wieder da ist",
  "if nothing burns, look at the contact and its cable: until it closes nothing sounds":
    "wenn es nicht brennt, den Kontakt und sein Kabel ansehen: bis er sich schließt, tönt nichts",
  "no device of ours": "keines unserer Geräte",

  // What tags say and items are, and who asked for a change.
  armed: "gesichert",
  disarmed: "entsichert",
  "mixed parts": "Teile uneins",
  "other value": "anderer Wert",
  unreadable: "nicht lesbar",
  "in library": "in der Bibliothek",
  "in library by old holdings": "nach altem Bestand in der Bibliothek",
  "on loan by old holdings": "nach altem Bestand ausgeliehen",
  "in transit by old holdings": "nach altem Bestand unterwegs",
  "on hold shelf": "im Abholregal",
  "on hold shelf by old holdings": "nach altem Bestand im Abholregal",
  "other library's": "einer anderen Bibliothek",
  unknown: "unbekannt",
  available: "verfügbar",
  lost: "verloren",
  "claimed returned": "angeblich zurückgegeben",
  "in process": "in Bearbeitung",
  "check-out": "Ausleihe",
  "check-in": "Rückgabe",
  staff: "Personal",
  repair: "Berichtigung",

  // What to know before a library system is told.
  "koha's inventory tool clears the lost status of every item in the file, and checks in items on loan unless that is unticked":
    "Kohas Inventur löscht bei jedem Medium der Datei den Status „verloren“ und bucht Ausgeliehenes zurück, wenn das nicht abgewählt wird",
  "a check-in ends loans and transits, catches holds and may print slips, as at the desk":
    "eine Rückgabe beendet Ausleihen und Transporte, fängt Vormerkungen ab und druckt vielleicht Zettel, wie an der Theke",
  "a check-in ends loans and transits, catches holds and may print slips, as at the desk; an item whose place the service point does not serve is sent in transit":
    "eine Rückgabe beendet Ausleihen und Transporte, fängt Vormerkungen ab und druckt vielleicht Zettel, wie an der Theke; ein Medium, dessen Standort der Servicepunkt nicht bedient, geht auf den Transport",
};

// What is said in one place of the daemon only; a test looks whether it is still said.
const more = {
  // Why a tag is, or is not, a library's.
  "04, a known media type and a printable barcode": "04, eine bekannte Medienart und ein druckbarer Barcode",
  "0B at the start and F5 55 at byte 30 are missing": "0B am Anfang und F5 55 an Byte 30 fehlen",
  "0B at the start and F5 55 at byte 30, but no characters between": "0B am Anfang und F5 55 an Byte 30, aber keine Zeichen dazwischen",
  "0B at the start and F5 55 at byte 30; the checksum cannot be checked": "0B am Anfang und F5 55 an Byte 30; die Prüfsumme lässt sich nicht prüfen",
  "DSFID 46 announces a directory, which is not read here": "DSFID 46 kündigt ein Verzeichnis an, das hier nicht gelesen wird",
  "DSFID 86 means packed objects, which are not read": "DSFID 86 bedeutet gepackte Objekte, die nicht gelesen werden",
  "FR, version 1, and a printable barcode; layout known from one source": "FR, Version 1, und ein druckbarer Barcode; Aufteilung aus einer Quelle bekannt",
  "FR, version 1, but the barcode is not printable": "FR, Version 1, aber der Barcode ist nicht druckbar",
  "ISO numbering and an identifier in URN Code 40": "ISO-Zählung und eine Kennung in URN Code 40",
  "a value breaks the rules of its packing": "ein Wert verstößt gegen die Regeln seiner Packung",
  "all bytes are 00": "alle Bytes sind 00",
  "all bytes read are 00": "alle gelesenen Bytes sind 00",
  "an element ends behind the end of the memory": "ein Element endet hinter dem Ende des Speichers",
  "no 3M layout: 04, then 00 at byte 2": "keine Aufteilung von 3M: 04, dann 00 an Byte 2",
  "nothing was read": "nichts wurde gelesen",
  "the chain of elements is whole and its content parameter agrees": "die Kette der Elemente ist ganz, und ihre Inhaltsangabe stimmt",
  "the chain of elements is whole and the DSFID says so": "die Kette der Elemente ist ganz, und die DSFID sagt es auch",
  "the chain of elements is whole, nothing else confirms it": "die Kette der Elemente ist ganz, sonst bestätigt es nichts",
  "the checksum of the basic block is wrong": "die Prüfsumme des Grundblocks ist falsch",
  "the checksum of the basic block is right": "die Prüfsumme des Grundblocks ist richtig",
  "the checksum of the basic block is right when the bytes of each block are reversed":
    "die Prüfsumme des Grundblocks ist richtig, wenn man die Bytes jedes Blocks umdreht",
  "the content parameter agrees with the elements read so far": "die Inhaltsangabe stimmt mit den bisher gelesenen Elementen",
  "the fields look right, but the checksum of the basic block is wrong": "die Felder sehen richtig aus, aber die Prüfsumme des Grundblocks ist falsch",
  "the fields look right, the checksum cannot be checked on so few bytes": "die Felder sehen richtig aus, für die Prüfsumme sind es zu wenige Bytes",
  "the first 24 bytes are 55, as 3M delivers blank tags": "die ersten 24 Bytes sind 55, so liefert 3M leere Etiketten",
  "the first 24 bytes are 55, as 3M delivers blank tags, others follow": "die ersten 24 Bytes sind 55, so liefert 3M leere Etiketten, andere folgen",
  "the first element is no item identifier": "das erste Element ist keine Mediennummer",
  "the identifier is not packed in URN Code 40": "die Kennung ist nicht in URN Code 40 gepackt",
  "the identifier is numbered by GS1, not by ISO": "die Kennung zählt nach GS1, nicht nach ISO",
  "the item identifier is whole, the bytes read end inside an element": "die Mediennummer ist ganz, die gelesenen Bytes enden in einem Element",
  "the media type or the barcode is none of 3M's": "Medienart oder Barcode sind keine von 3M",
  "there are fewer bytes than a basic block has": "es sind weniger Bytes, als ein Grundblock hat",
  "there is data": "es sind Daten da",
  "there is no FR, version 1, at the start": "am Anfang steht kein FR, Version 1",
  "acquisition item": "Medium in Erwerbung",
  "item for circulation": "Medium zum Ausleihen",
  "item not for circulation": "Medium nicht zum Ausleihen",
  "local use": "eigener Gebrauch",
  "no information about usage on this tag": "keine Angabe auf diesem Etikett",
  "discarded item": "ausgesondertes Medium",
  "patron card": "Benutzerausweis",
  "library equipment": "Gerät der Bibliothek",
  "for future use": "für künftigen Gebrauch",

  // The check-up.
  ports: "Ports",
  "pages of workstations": "Seiten der Arbeitsplätze",
  "AFI pair": "AFI-Paar",
  "holdings and pulls": "Bestand und sein Abruf",
  clock: "Uhr",
  "disk and database": "Platte und Datenbank",
  "no library system is set up": "kein Bibliothekssystem eingerichtet",
  "library system": "Bibliothekssystem",
  gates: "Gates",
  "open changes and wrong bits": "offene Änderungen und falsche Etiketten",
  holdings: "Bestand",
  security: "Sicherung",
  store: "Datenbank",
  "the last pull of holdings failed": "der letzte Abruf des Bestands schlug fehl",
  "there are no holdings": "es gibt keinen Bestand",
  "nothing was imported yet": "noch nichts wurde eingelesen",
  "pressmark holdings import FILE --preview, or a [[pull]] in the configuration": "pressmark holdings import DATEI --preview, oder ein [[pull]] in der Konfiguration",
  "no import or pull has replaced them since": "seither hat nichts ihn ersetzt",
  "import a fresh export, or set up a [[pull]]: sweeps and gates judge by what they say":
    "frisch einlesen oder ein [[pull]] einrichten: Revisionen und Gates richten sich danach",
  "the AFI pair of the configuration is not the one on the tags": "das AFI-Paar der Konfiguration ist nicht das auf den Etiketten",
  "the database does not answer": "die Datenbank antwortet nicht",
  "the database is torn": "die Datenbank ist beschädigt",
  "the disk is full: nothing more can be written down": "die Platte ist voll: nichts mehr kann aufgeschrieben werden",
  "an import may not find room": "beim Einlesen könnte der Platz fehlen",
  "it was set back, or the machine has lost its time while it was off": "sie wurde zurückgestellt, oder der Rechner verlor die Zeit, als er aus war",
  "nobody keeps the clock": "niemand stellt die Uhr",
  "no time service is running, or it reaches no server": "kein Zeitdienst läuft, oder er erreicht keinen Server",
  "timedatectl set-ntp true; loans are told from holdings by when things happened":
    "timedatectl set-ntp true; die Uhrzeit entscheidet zwischen Ausleihe und Bestand",
  "a tag was pulled away or the power went": "ein Etikett wurde weggezogen, oder der Strom fiel aus",
  "lay the items on a pad: pressmark security divergence names them": "die Medien auf eine Ablage legen: pressmark security divergence nennt sie",
  "a loan or return did not reach them": "eine Ausleihe oder Rückgabe kam dort nicht an",
  "pressmark security repair, with the items on a pad": "pressmark security repair, mit den Medien auf einer Ablage",
  "the channel does not take them": "der Kanal nimmt sie nicht an",
  "it was started a moment ago": "es wurde eben erst gestartet",
  "ask again in a few seconds": "in einigen Sekunden noch einmal fragen",
  "look at its lamp; pressmark readers probe tries what it may be": "seine Lampe ansehen; pressmark readers probe probiert, was es sein könnte",
  "the reader refuses": "das Lesegerät lehnt ab",
  "switch it off and on": "aus- und wieder einschalten",
  "look at its cable and its power": "Kabel und Strom ansehen",
  "look at cable and power; it is tried again every few seconds": "Kabel und Strom ansehen; alle paar Sekunden wird es wieder versucht",
  "install the udev rules of the package and plug it in again": "die udev-Regeln des Pakets einspielen und neu einstecken",
  "it does not stand in the list of pages that may ask": "sie steht nicht in der Liste der Seiten, die fragen dürfen",
  "if it is your library system, add it to origins of this [[dialect]]": "wenn es Ihr Bibliothekssystem ist, bei origins dieses [[dialect]] eintragen",
  "set another address or port as listen of this [[proxy]]": "bei listen dieses [[proxy]] eine andere Adresse oder einen anderen Port eintragen",
  "it says so in its answer to a status question": "das sagt es selbst, nach seinem Zustand gefragt",
  "let its administrator change the rights of our SIP2 account": "seinen Verwalter bitten, die Rechte unseres SIP2-Kontos zu ändern",
  "the library system refuses our login": "das Bibliothekssystem lehnt unsere Anmeldung ab",
  "user, password or location are not what it knows": "Benutzer, Passwort oder Ort sind nicht die, die es kennt",
  "the library system does not answer": "das Bibliothekssystem antwortet nicht",
  "try host and port of its system from this machine": "Host und Port seines Systems von diesem Rechner aus versuchen",
  "try pressmark ils ping, then its host and port from this machine": "pressmark ils ping versuchen, dann Host und Port von diesem Rechner aus",
  "plug it in and see dmesg; name it by its path in /dev/serial/by-id, which stays":
    "einstecken und in dmesg nachsehen; mit dem Pfad in /dev/serial/by-id benennen, der bleibt",
  "its mode or the unit's DeviceAllow= does not let the service in": "seine Rechte oder DeviceAllow= des Dienstes lassen den Dienst nicht heran",
  "install the udev rules of the package, plug it in again, and see systemctl cat pressmarkd":
    "die udev-Regeln des Pakets einspielen, neu einstecken, und systemctl cat pressmarkd ansehen",
  "the reader has no power, its data lines are swapped, or baud and parity are not its own":
    "das Lesegerät hat keinen Strom, seine Datenleitungen sind vertauscht, oder Baud und Parität sind nicht seine",
  "the reader has no power or another address": "das Lesegerät hat keinen Strom oder eine andere Adresse",
  "set baud and parity of this [[reader]] as its maker says (FEIG: 38400, even), or let pressmark readers probe try":
    "Baud und Parität dieses [[reader]] nach dem Hersteller setzen (FEIG: 38400, even), oder pressmark readers probe versuchen lassen",
  "compare user, password-file and location of [ils] with its SIP2 account": "user, password-file und location von [ils] mit dem SIP2-Konto vergleichen",
  "read one armed and one released item with pressmark tag read, and set armed and released, or also-armed and also-released, in [security]":
    "ein gesichertes und ein entsichertes Medium mit pressmark tag read lesen und armed und released, oder also-armed und also-released, in [security] setzen",
  "put back the last backup: pressmark restore": "die letzte Sicherung zurückspielen: pressmark restore",
  "pressmark check, and the disk's own log: journalctl -k": "pressmark check, und das Protokoll der Platte: journalctl -k",
  "timedatectl set-ntp true, and see timedatectl timesync-status": "timedatectl set-ntp true, und timedatectl timesync-status ansehen",
  "look at address and secret of this [[notice]]; journalctl -u pressmarkd says why":
    "Adresse und Geheimnis dieser [[notice]] ansehen; journalctl -u pressmarkd sagt, warum",
};

// Why a finding is one, and what the check-up finds, in the daemon's words with gaps: {1} stands as it is, {=1} is said from `told`. The
// first that fits counts. The daemon reads this table too, and those around it, for what it prints and sends.
const sentences = {
  "not heard, but its neighbours on both sides were": "nicht gehört, aber seine Nachbarn auf beiden Seiten",
  "not heard, nor anything within {1} places on one side of it": "nicht gehört, und auf einer Seite nichts im Umkreis von {1} Plätzen",
  "not heard, but too few passes heard enough of its neighbourhood": "nicht gehört, aber zu wenige Durchgänge hörten genug von seiner Umgebung",
  "not heard on the one visit there: another one tells whether it is missing": "beim einzigen Durchgang dort nicht gehört: ein weiterer sagt, ob es vermisst ist",
  "not heard; sweep its shelf to know whether it is missing": "nicht gehört; sein Regal abfahren, um zu wissen, ob es vermisst ist",
  "not heard, and its place on the shelf is not known": "nicht gehört, und sein Platz im Regal ist nicht bekannt",
  "not heard, but a tag like its neighbours' stays silent in {1} of cases": "nicht gehört, aber ein Etikett wie die seiner Nachbarn schweigt in {1} der Fälle",
  "was read as items {1}": "wurde gelesen als {1}",
  "its tag names {1} as owner": "sein Etikett nennt {1} als Eigentümer",
  "its memory holds no item number, model {1}": "sein Speicher nennt kein Medium, Modell {1}",
  "heard, but its memory was never read": "gehört, aber sein Speicher wurde nie gelesen",
  "barcode {1} is not in the holdings": "Barcode {1} fehlt im Bestand",
  "call number {1} cannot be filed": "Signatur {1} lässt sich nicht einordnen",
  "it has no call number": "es hat keine Signatur",
  "the item was heard from tags {1} and {2}": "das Medium wurde von den Etiketten {1} und {2} gehört",
  "part {1} was heard from tags {2} and {3}": "Teil {1} wurde von den Etiketten {2} und {3} gehört",
  "belongs to branch {1}": "gehört in Zweigstelle {1}",
  "belongs to collection {1}": "gehört zur Sammlung {1}",
  "has no collection": "gehört zu keiner Sammlung",
  "belongs to {1}": "gehört nach {1}",
  "{1} is outside the stretch being swept": "{1} liegt außerhalb des Abschnitts",
  "is here for the time being, belongs to {1}": "ist vorübergehend hier, gehört nach {1}",
  "the holdings have it at {1} for the time being": "nach dem Bestand steht es vorübergehend in {1}",
  "status in the holdings: {1} (changed while sweeping)": "Status im Bestand: {=1} (während der Revision geändert)",
  "status in the holdings: {1} ({2})": "Status im Bestand: {=1} ({2})",
  "status in the holdings: {1}": "Status im Bestand: {=1}",
  "AFI {1}, status {2}": "AFI {1}, Status {=2}",
  "part {1} of {2} not heard": "Teil {1} von {2} nicht gehört",
  "stands near the end, some 1 place from where it belongs": "steht bei dem Ende, etwa 1 Platz von seinem Ort entfernt",
  "stands near the end, some {1} places from where it belongs": "steht bei dem Ende, etwa {1} Plätze von seinem Ort entfernt",
  "stands near {1}, some 1 place from where it belongs": "steht bei {1}, etwa 1 Platz von seinem Ort entfernt",
  "stands near {1}, some {2} places from where it belongs": "steht bei {1}, etwa {2} Plätze von seinem Ort entfernt",
  "it may stand 1 place from where it belongs, too near to be sure": "es steht vielleicht 1 Platz von seinem Ort entfernt, zu nah, um sicher zu sein",
  "it may stand {1} places from where it belongs, too near to be sure": "es steht vielleicht {1} Plätze von seinem Ort entfernt, zu nah, um sicher zu sein",
  "stands on {1}, belongs on {2}": "steht auf {1}, gehört auf {2}",
  "it was heard where a walk began or ended, or walks disagree about its place":
    "es wurde gehört, wo ein Durchgang begann oder endete, oder die Durchgänge sind uneins über seinen Platz",
  "it stands at the end of a shelf, and belongs to the shelf beside it": "es steht am Ende eines Regals und gehört ins Regal daneben",
  "not visited": "dort war niemand",
  "visited once: nothing can be said of what was not heard": "nur einmal abgefahren: über nicht Gehörtes lässt sich nichts sagen",
  "another walk would bring some {1} more": "ein weiterer Durchgang brächte etwa {1} mehr",
  everything: "alles",
  "a list of 1 item": "eine Liste mit 1 Medium",
  "a list of {1} items": "eine Liste mit {1} Medien",

  // The check-up.
  "{1} readers: device, permission, group, line": "{1} Lesegeräte: Gerät, Rechte, Gruppe, Leitung",
  "the holdings are {1} days old": "der Bestand ist {1} Tage alt",
  "{1} MiB are free in {2}": "{1} MiB sind frei in {2}",
  "the clock stands {1} s before what was written down last": "die Uhr steht {1} s vor dem, was zuletzt aufgeschrieben wurde",
  "the gate has trouble: {1}": "das Gate hat eine Störung: {=1}",
  "changes of security whose end is not known: {1}": "Änderungen der Sicherung, deren Ausgang nicht bekannt ist: {1}",
  "tags that say the wrong thing: {1}": "Etiketten, die das Falsche sagen: {1}",
  "notices that could not be delivered: {1}": "Meldungen, die nicht zugestellt wurden: {1}",
  "no device {1}": "kein Gerät {1}",
  "{1} may not be opened": "{1} darf nicht geöffnet werden",
  "it belongs to group {1}, and the service is not in it": "es gehört der Gruppe {1}, und der Dienst ist nicht darin",
  "another program has it open: {1}": "ein anderes Programm hält es offen: {1}",
  "nothing at {1}": "nichts an {1}",
  "{1} is taken": "{1} ist besetzt",
  "{1} answers nonsense": "{1} antwortet Unverständliches",
  "{1} says nothing": "{1} schweigt",
  "{1} is lost": "{1} ist fort",
  "still connecting to {1}": "{1} wird noch verbunden",
  "cannot listen on {1}": "an {1} kann nicht gelauscht werden",
  "the library system does not allow loans, returns": "das Bibliothekssystem erlaubt keine Ausleihen und Rückgaben",
  "the library system does not allow loans": "das Bibliothekssystem erlaubt keine Ausleihen",
  "the library system does not allow returns": "das Bibliothekssystem erlaubt keine Rückgaben",
  "{1} may not be used": "{1} darf nicht benutzt werden",
  "usermod -aG {1} pressmark, then systemctl restart pressmarkd": "usermod -aG {1} pressmark, danach systemctl restart pressmarkd",
  "see which with fuser -v {1} and end it; ModemManager is one to remove": "mit fuser -v {1} nachsehen, welches, und es beenden; ModemManager gehört entfernt",
  "{1} bytes came and no frame among them: parity or baud are not the reader's":
    "{1} Bytes kamen, und kein Rahmen war darunter: Parität oder Baud sind nicht die des Lesegeräts",
  "see who has it with ss -ltnp 'sport = :{1}'; end that program, or set another port":
    "mit ss -ltnp 'sport = :{1}' nachsehen, wer ihn hat; das Programm beenden oder einen anderen Port setzen",
  "a page of {1} was turned away from the pad": "eine Seite von {1} wurde von der Ablage abgewiesen",
  "pressmark holdings pull {1} tries it now and says more": "pressmark holdings pull {1} versucht es gleich und sagt mehr",
  "{1} of {2} of the library's tags say neither {3} nor {4}, most of them {5}": "{1} von {2} Etiketten der Bibliothek sagen weder {3} noch {4}, die meisten {5}",
  "free some space: du -xh {1} | sort -h | tail": "Platz schaffen: du -xh {1} | sort -h | tail",
};

const say = (words) => (Object.hasOwn(told, words) ? told[words] : words);
const age = (words) => words.replace(/ d$/, words === "1 d" ? " Tag" : " Tagen");
const plain = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const form = ([words, text]) => [
  new RegExp(`^${words.split(/\{\d\}/).map(plain).join("(.*?)")}$`),
  (...facts) => text.replace(/\{(=?)(\d)\}/g, (_, also, gap) => (also ? say(facts[gap - 1]) : facts[gap - 1])).trim(),
];

const forms = [
  // Before the sentences of a sweep, one of which begins alike and would take the whole for the name of a status.
  [/^(AFI [^:]+): ([^;]+); (.+)$/, (known, tags, item) => `${known.split(", ").map(fact).join(", ")}: ${states[tags] ?? tags}; ${states[item] ?? item}`],
  ...Object.entries(sentences).map(form),

  // Gates.
  [/^at antenna (\d+) of (.+)$/, (antenna, gate) => `an Antenne ${antenna} von ${gate}`],
  [/^between antennas (\d+) and (\d+) of (.+)$/, (one, other, gate) => `zwischen den Antennen ${one} und ${other} von ${gate}`],
  [/^near (.+)$/, (gate) => `nahe ${gate}`],
  [/^no answer for (.+)$/, (time) => `keine Antwort seit ${age(time)}`],
  [/^steady$/, () => "gleichbleibend"],
  [/^deaf$/, () => "taub"],
  [/^not tested often enough$/, () => "nicht oft genug geprüft"],
  [/^fading to (\d+) % of what it heard at first$/, (share) => `lässt nach, auf ${share} % des Anfangs`],
  [/^(\S+), (check-out|check-in|staff|repair)$/, (device, cause) => `${device}, ${say(cause)}`],
  [/^(\d+) % of the items came from (.+)$/, (share, device) => `${share} % der Medien kamen von ${device}`],
  [/^(\d+) % of (\w+)'s items came from (.+)$/, (share, day, device) => `${share} % der Medien vom ${days[day] ?? day} kamen von ${device}`],

  // What became of a change on a pad.
  [/^its pass ends in (.+)$/, (time) => `seine Frist endet in ${age(time)}`],
  [/^its memory was never read$/, () => "sein Speicher wurde nie gelesen"],
  [/^read, no item number that we understand$/, () => "gelesen, keine Mediennummer, die wir verstehen"],
  [/^named in the gate's settings$/, () => "in den Einstellungen des Gates genannt"],
  [/^every part said so already$/, () => "jeder Teil sagte das schon"],
  [/^(read back|all (\d+) parts read back) as (armed|disarmed|they were before)$/,
    (_, parts, state) => `${parts ? `alle ${parts} Teile zurückgelesen` : "zurückgelesen"}${state === "they were before" ? ", so wie vorher" : ` als ${say(state)}`}`],
  [/^item (.+) is not on the pad, found (\d+) other tags$/, (item, other) => `Medium ${item} liegt nicht auf der Ablage, dort sind ${other} andere Etiketten`],
  [/^part (.+) of (\d+) is missing$/, (parts, total) => `Teil ${parts} von ${total} fehlt`],
  [/^the item belongs to (.+)$/, (owner) => `das Medium gehört ${owner}`],
  [/^lay the item flat on the pad, away from metal$/, () => "legen Sie das Medium flach auf die Ablage, weg von Metall"],
  [/^lay all parts on the pad together(?: and ask again)?$/, () => "legen Sie alle Teile zusammen auf die Ablage"],
  [/^lay the item flat in the middle of the pad and ask again$/, () => "legen Sie das Medium flach in die Mitte der Ablage und versuchen Sie es noch einmal"],
  [/^lay the item on the pad again: what was begun is then finished and read back$/,
    () => "legen Sie das Medium noch einmal auf die Ablage: was begonnen wurde, wird dann beendet und zurückgelesen"],
  [/^tag (\S+) left or does not answer$/, (uid) => `Etikett ${uid} ist fort oder antwortet nicht`],

  // A reader that cannot be reached.
  [/^its cable is unplugged, its adapter has no driver, or it got another name(?:; there are (.+))?$/,
    (others) => `sein Kabel ist ab, sein Adapter hat keinen Treiber, oder es hat einen anderen Namen${others ? `; da sind ${others}` : ""}`],
  [/^(?:link: )?(\S+): not there$/, (device) => `${device} ist nicht da`],
  [/^(?:link: )?(\S+): in use by another program$/, (device) => `${device}: ein anderes Programm hat es offen`],
  [/^(?:link: )?link closed by the other end$/, () => "die Gegenseite hat die Verbindung beendet"],
  [/^(?:link: )?no answer in time$/, () => "es kam keine Antwort"],
  [/^plug the reader in and compare the path with: (.+)$/, (listing) => `das Lesegerät einstecken und den Pfad vergleichen mit: ${listing}`],
  [/^plug the reader in and compare it with: lsusb$/, () => "das Lesegerät einstecken und vergleichen mit: lsusb"],
  [/^nobody listens on port (\d+), check the reader's port setting$/, (port) => `an Port ${port} hört niemand, die Port-Einstellung des Lesegeräts prüfen`],
  [/^the network cannot reach it, check cable, address and route$/, () => "das Netz erreicht es nicht: Kabel, Adresse und Weg prüfen"],
  [/^look at the cable; the reader is taken back by itself when it returns$/,
    () => "das Kabel ansehen; das Lesegerät wird von selbst wieder genommen, wenn es zurückkehrt"],
  [/^is the reader switched on and is this the right port and parity$/, () => "ist das Lesegerät eingeschaltet, stimmen Anschluss und Parität"],
  [/^does the device exist; see `pressmark status` for where it is expected$/, () => "gibt es das Gerät; pressmark status sagt, wo es erwartet wird"],
  [/^another kind of device may be on this port; compare with the configured driver$/,
    () => "an diesem Anschluss ist vielleicht ein anderes Gerät; mit dem eingestellten Treiber vergleichen"],
  [/^look at cable and power; the station tries again by itself every few seconds$/,
    () => "Kabel und Strom ansehen; alle paar Sekunden wird es von selbst wieder versucht"],
  [/^reader (\S+): too many jobs are waiting$/, (reader) => `Lesegerät ${reader}: zu viele Aufträge warten`],
  [/^wait a moment and ask again$/, () => "einen Augenblick warten und noch einmal versuchen"],
  [/^leave the item lying still in the middle of the reader and ask again$/,
    () => "das Medium still in der Mitte des Lesegeräts liegen lassen und noch einmal versuchen"],

  // A reader that is tested.
  [/^reader is not online$/, () => "das Lesegerät ist nicht verbunden"],
  [/^heard in (\d+) of (\d+) looks, (\d+) ms each$/, (heard, looks, time) => `in ${heard} von ${looks} Abfragen gehört, je ${time} ms`],
  [/^found (\d+) tags, wanted one on the reader, (\d+) ms a look$/,
    (tags, time) => `${tags} Etiketten gehört, genau eines muss dort liegen; ${time} ms je Abfrage`],
  [/^wanted one tag$/, () => "dazu muss ein Etikett dort liegen"],
  [/^(.+, )?(\d+) bytes in blocks of (\d+) in (\d+) ms, (?:locks not told|(\d+) blocks locked), (.+)$/, (chip, bytes, block, time, locked, model) =>
      `${chip}${bytes} Bytes in Blöcken zu ${block} in ${time} ms, ${locked ? `gesperrte Blöcke: ${locked}` : "Sperren nicht gesagt"}, ${model}`],
  [/^the tag is not surely a library item$/, () => "das Etikett gehört nicht sicher zu einem Medium"],
  [/^not asked for$/, () => "nicht verlangt"],
  [/^AFI there and back, (\d+) ms each, read back$/, (time) => `AFI hin und zurück, je ${time} ms, zurückgelesen`],
  [/^tag (\S+): no answer, it left the field or is too weak(, nothing was written)?$/,
    (uid, unwritten) => `Etikett ${uid}: keine Antwort, es ist fort oder zu schwach${unwritten ? "; geschrieben wurde nichts" : ""}`],
  [/^whether an item is on loan is taken from the holdings$/, () => "ob ein Medium ausgeliehen ist, sagt der Bestand"],

  // What was entered and cannot be.
  [/^(\S+): found (.+), wanted a whole number from (-?\d+) to (\d+)$/,
    (key, found, least, most) => `${key}: ${found} geht nicht, es muss eine ganze Zahl von ${least} bis ${most} sein`],
  [/^nothing was changed; the remarks in pressmark\.toml say what each setting may be$/,
    () => "nichts wurde geändert; die Anmerkungen in pressmark.toml sagen, was jede Einstellung sein darf"],
  [/^export: found nothing that tells which system it comes from$/, () => "aus dem Export geht nicht hervor, aus welchem System er stammt"],
  [/^a table begins with a line of names, barcode among them; else name the system with --profile, and its columns with --map FILE$/,
    () => "eine Tabelle beginnt mit einer Zeile von Namen, barcode darunter; sonst das System nennen, hier unter „Stammt von“ oder mit --profile, und seine Spalten mit --map DATEI"],

  // A sweep that cannot begin.
  [/^scope: found no item that should stand there$/, () => "dort soll kein Medium stehen"],
  [/^names must be written as in the holdings: `(.+)` lists them$/, (command) => `Namen müssen wie im Bestand geschrieben sein: ${command}`],
  [/^range: found its end "(.+)" before its beginning "(.+)"$/,
    (end, beginning) => `das Ende „${end}“ steht im Regal vor dem Anfang „${beginning}“`],
  [/^give the two the other way round, or name the scheme by which they are filed$/,
    () => "die beiden vertauschen, oder die Aufstellung nennen, nach der sie geordnet sind"],

  // What a library system answered.
  [/^checked in$/, () => "zurückgebucht"],
  [/^checked in, the answer was lost$/, () => "zurückgebucht, die Antwort ging verloren"],
  [/^the library system did not take it$/, () => "das Bibliothekssystem nahm es nicht an"],
  [/^not taken yet$/, () => "noch nicht angenommen"],
];

const days = {
  Monday: "Montag", Tuesday: "Dienstag", Wednesday: "Mittwoch", Thursday: "Donnerstag", Friday: "Freitag", Saturday: "Samstag", Sunday: "Sonntag",
};

// The two halves of why a tag and an item do not fit.
const states = {
  armed: "gesichert",
  disarmed: "entsichert",
  "some parts armed and some disarmed": "manche Teile gesichert, manche entsichert",
  "marked with a value that is not this site's, which is left alone": "mit einem Wert, der nicht der des Hauses ist und so bleibt",
  "not read, so it counts as armed": "nicht gelesen, gilt also als gesichert",
  "not on loan": "nicht ausgeliehen",
  "not on loan when the holdings were taken, perhaps lent since": "nicht ausgeliehen, als der Bestand genommen wurde, vielleicht seither",
  "on loan": "ausgeliehen",
  "on loan when the holdings were taken, perhaps returned since": "ausgeliehen, als der Bestand genommen wurde, vielleicht seither zurück",
  "on its way between branches": "unterwegs zwischen Zweigstellen",
  "on its way between branches when the holdings were taken": "unterwegs zwischen Zweigstellen, als der Bestand genommen wurde",
  "waiting on the hold shelf": "wartet im Abholregal",
  "waiting on the hold shelf when the holdings were taken, perhaps lent since": "wartete im Abholregal, als der Bestand genommen wurde, vielleicht seither ausgeliehen",
  "withdrawn from the collection": "ausgesondert",
  "lost, missing or claimed returned": "verloren, vermisst oder angeblich zurückgegeben",
  "another library's": "einer anderen Bibliothek",
  "not in the holdings": "nicht im Bestand",
};

// One fact of an alarm's evidence.
function fact(words) {
  const found = /^(status|holdings|told by our own device|library system asked|returned|its pass ended|AFI not read|part) ?(.*)$/.exec(words);
  if (!found) return words;
  const rest = age(found[2].replace(/ (?:old|ago)$/, ""));
  switch (found[1]) {
    case "status": return `Status ${say(found[2])}`;
    case "holdings": return `Bestand ${rest} alt`.replace("Tagen alt", "Tage alt");
    case "told by our own device": return `von eigenem Gerät vor ${rest}`;
    case "library system asked": return `Bibliothekssystem gefragt vor ${rest}`;
    case "returned": return `zurückgegeben vor ${rest}`;
    case "its pass ended": return `seine Frist endete vor ${rest}`;
    case "part": return `Teil ${found[2].replace(" of ", " von ")}`;
    default: return "AFI nicht gelesen";
  }
}

const all = { ...told, ...more };

export { all as told, forms };
