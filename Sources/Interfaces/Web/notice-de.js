// What notices say in German; the daemon reads this file itself, and told-de.js after it.

export const say = {
  failure: "Störung",
  warning: "Warnung",
  mailFailure: "STÖRUNG",
  whatToDo: "Was zu tun ist: {1}",
  signature: "pressmark in {1}",
};

const told = {
  "the day": "der Tag",
  "the week": "die Woche",
  alarm: "Alarm",
  "many items at once": "viele Medien auf einmal",
  "no holdings": "kein Bestand",
  item: "Medium",
  items: "Medien",
  done: "gelungen",
  unchanged: "unverändert",
  undone: "zurückgenommen",
  mixed: "Teile uneins",
  uncertain: "ungewiss",
  declined: "abgelehnt",
  kept: "so gelassen",
  unanswered: "ohne Antwort",
  superseded: "überholt",
  "lay it on a pad: pressmark security divergence names it": "auf eine Ablage legen: pressmark security divergence nennt es",
};

const sentences = {
  "sweep {1}": "Revision {1}",
  "finished: {1} of {2} heard, {3} missing": "beendet: {1} von {2} gehört, {3} vermisst",
  "an item is not {1} after {2}: {3}": "ein Medium ist nicht {=1}, Anlass {=2}: {=3}",
  "no answer for {1}": "keine Antwort seit {1}",
  "alarms: {1} ({2})": "Alarme: {1} ({=2})",
  "alarms: {1}": "Alarme: {1}",
  "alarms without noise: {1}": "Alarme ohne Ton: {1}",
  "visitors: {1}": "Besuche: {1}",
  "sweeps finished: {1}, items heard: {2}": "beendete Revisionen: {1}, gehörte Medien: {2}",
  "sweeps finished: {1}": "beendete Revisionen: {1}",
  "tags that say the wrong thing: {1}; changes without a known end: {2}": "Etiketten, die das Falsche sagen: {1}; Änderungen mit unbekanntem Ausgang: {2}",
  "readers away: none": "Lesegeräte fort: keine",
  "readers away: {1}": "Lesegeräte fort: {1}",
  "age of the holdings in days: {1}": "Alter des Bestands in Tagen: {1}",
  "over: {1}": "vorbei: {=1}",
};
