-- form.lua: what granskning.yaml may hold (docs/granskning.md, docs/granskning.schema.json).

local shape = require "medel.shape"
local text, needed, date, choice, list, map = shape.text, shape.needed, shape.date, shape.choice, shape.list, shape.map

local support = list("What it rests on: ids of rules, of underlag, of own iakttagelser.")
local id = { pattern = "^%u[%w-]*$", like = "B1" }

local form = {}

form.granskning = map({
  shape.version "medel_granskning",
  { "arsredovisning", text "The report that is audited, a file in this folder." },
  { "mall", text "A template of the document, a file in this folder; else the pack's, else the installation's." },
  { "uppdrag", map({
    { "revisor", text "Who audits, as the first page says it: a firm or a function." },
    { "uppdragsgivare", text "For whom." },
    { "roll", choice("Which of the two traditions of revision.", { "auktoriserad", "förtroendevald", "sakkunnigt biträde" }) },
    { "sakerhet", choice("The assurance that the conclusion gives.", { "begränsad", "rimlig" }) },
    { "datum", date "The day of the document." },
    { "svar_senast", text "Until when the förbund answers the request list." },
    { "status", choice("`klar`: the document is no draft any longer.", { "utkast", "klar" }) },
    { "syfte", text "Instead of the usual sentence on the purpose." },
    { "metod", text "Own text on the method, before the tool's." },
    { "avgransning", text "What is not covered." },
  }, "The engagement.") },
  { "mottagare", list("To whom the document is addressed.") },
  { "underskrifter", list("Who signs.", map {
    { "roll", needed "Auktoriserad revisor, förtroendevald revisor …" },
    { "namn", text "Left open unless given." },
    { "ort", text "Place." },
    { "datum", date "Day of the signature." },
  }) },
  { "revisionsfragor", list("The questions that the audit answers (KL 12 kap. 1 §, and own ones).", map {
    { "fraga", needed "The question." },
    { "grund", text "Law or decision behind it." },
    { "bedomning", choice("The revisor's answer.", { "ja", "delvis", "nej", "inte bedömd" }, true) },
    { "motivering", text "Why." },
    { "stod", support },
  }) },
  { "risker", list("Risk and materiality for each item.", map {
    { "post", needed "The item: Intäkter, Kassa och bank …" },
    { "risk", choice("The assessed risk.", { "låg", "medel", "hög" }, true) },
    { "vasentlighet", shape.amount_of "What is material for this item, if it is another amount than for the whole." },
    { "beskrivning", text "What may be wrong." },
    { "atgard", text "What was done about it." },
    { "stod", support },
  }) },
  { "metod", list("What was done.", map {
    { "slag", choice("Kind of procedure.", { "dokumentstudie", "avstämning", "stickprov", "intervju", "analytisk granskning",
      "observation", "annat" }, true) },
    { "vad", needed "What was read or tested." },
    { "med", text "With whom one spoke, by role." },
    { "av", text "By whom it was done." },
    { "datum", date "When." },
    { "resultat", text "With what result." },
    { "stod", support },
  }) },
  { "underlag", list("Evidence from outside the årsredovisning.", map {
    { "id", needed("How other entries name it.", id) },
    { "vad", needed "What it is." },
    { "sett", date("When it was seen.", true) },
    { "av", needed "By whom." },
    { "resultat", text "What it showed." },
    { "uppgift", text "The figure of the report that it confirms: a concept such as kassa_och_bank." },
    { "belopp", shape.amount_of "What the evidence says that the figure is." },
    { "svarar_pa", list("Questions of the request list that it answers.") },
    { "fil", text "A file in this folder." },
    { "sha256", text("The file's SHA-256, in hex: the file must still be the one that was seen.", { pattern = "^" .. ("%x"):rep(64) .. "$", like = "64 hexadecimal digits" }) },
  }) },
  { "iakttagelser", list("The revisor's own observations.", map {
    { "id", needed("How other entries name it.", id) },
    { "avsnitt", needed "The section of the document that it stands in." },
    { "niva", choice("How it weighs; iakttagelse unless given.", { "fel", "avvikelse", "iakttagelse", "notering" }) },
    { "text", needed "The observation." },
    { "rekommendation", text "What is recommended." },
    { "regel", text "The rule that it belongs to, if any." },
    { "belopp", shape.amount_of "The misstatement, if it is one: counted in the appendix." },
    { "stod", support },
  }) },
  { "avsnitt", { kind = "named", doc = "Own text for a section of the document.", of = map {
    { "text", needed "Paragraphs, an empty line between them." },
    { "placering", choice("Before the tool's own text, after it, or instead of it; `fore` unless given.", { "fore", "efter", "i stallet" }) },
  } } },
  { "vasentlighet", map({
    { "helhet", shape.amount_of "For the report as a whole." },
    { "arbete", shape.amount_of "Performance materiality." },
    { "ringa", shape.amount_of "Below it an error is clearly trivial." },
    { "skal", text "The base and the reason." },
  }, "Materiality; computed by the norms unless given.") },
  { "urval", map({
    { "rader", needed("About how many.", { pattern = "^[1-9]%d?%d?%d?$", like = "25" }) },
    { "fro", needed("The seed: the same one draws the same rows again, as `medel ledger --sample` does.",
      { pattern = "^%d%d?%d?%d?%d?%d?%d?%d?%d?$", like = "2024" }) },
    { "konton", text "Of which accounts; 4..7 unless given." },
  }, "The rows of the books that are examined: rules have them as `ar.urval`.") },
  { "rekommendationer", { kind = "named", doc = "Decisions, by rule, or by rule and fingerprint (DRI-04/1f2e3d4c).",
    name_pattern = "^%u[%w-]*/?%x*$", name_like = "DRI-04", of = map {
    { "status", choice("The decision.", { "godkänd", "avvisad", "omformulerad", "iakttagelse", "förslag" }, true) },
    { "skal", text "Why; needed for avvisad." },
    { "text", text "The revisor's own words; needed for omformulerad." },
  } } },
  { "ovriga", choice("What becomes of recommendations without a decision.", { "iakttagelse", "förslag" }) },
  { "svar", shape.named "Answers to the request list, by rule or question." },
  { "rubriker", shape.named "Own headings, by section." },
  { "slutsats", map({
    { "form", choice("The form of the conclusion.", { "utan modifiering", "med reservation", "avvikande mening", "avstår" }, true) },
    { "text", text "Own words instead of the form's." },
    { "skal", text "The basis: needed unless the form is utan modifiering, and where the tool has found what speaks against it." },
  }, "The conclusion.") },
  { "arbete", list("Who did what and when.", map {
    { "vad", needed "The step." },
    { "utfort_av", needed "Prepared by." },
    { "datum", date("When.", true) },
    { "granskat_av", text "Reviewed by." },
    { "granskat", date "When it was reviewed." },
  }) },
  { "uppfoljning", list("Earlier recommendations.", map {
    { "rekommendation", needed "As it was given." },
    { "lamnad", { kind = "year", doc = "The year that it was given for." } },
    { "lage", choice("What became of it.", { "följd", "delvis följd", "inte följd", "inte längre aktuell" }, true) },
    { "skal", text "How that is known." },
  }) },
  { "foregaende", text "Last year's granskning.yaml: its recommendations are followed up here." },
}, "An audit file: the revisor's own work beside what the rules find.")

form.avsteg = map({
  shape.version "medel_avsteg",
  { "avsteg", list("Departures that the förbund has decided.", map {
    { "regel", needed "The rule." },
    { "beslutat_av", needed "Who decided." },
    { "datum", date("When.", true) },
    { "skal", needed "Why (LKBR 4 kap. 3 §)." },
    { "till_och_med", date "Until when it holds; for ever unless given." },
    { "fingeravtryck", needed "The finding's fingerprint, as `medel audit -f json` prints it." },
    { "text", text "A note." },
  }) },
}, "Decided departures from rules.")

return form
