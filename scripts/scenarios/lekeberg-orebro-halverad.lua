-- FINSAM Lekeberg och Örebro: medlemsbidraget halveras från 2024.
local budget = scenario "Halverad medelstilldelning, antagen budget" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  years = { 2024, 2028 },
  decision { "Budget 2024 med halverat medlemsbidrag", by = "styrelsen", from = "2024-01",
             antagen_budget = true, reason = "medlemmarna halverar tilldelningen",
             document = "Verksamhetsplan och budget 2024" },
}

local besluten = scenario "Halverad medelstilldelning, insatserna" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  years = { 2024, 2028 },
  ranta = percent(0),
  decision { "Medlemsbidraget halveras", by = "medlemmarna", from = "2024-01", medlemsbidrag = percent(-50) },
  decision { "Samverkansteamet upphör", by = "styrelsen", from = "2024-01", stop = "samverkansteam" },
  decision { "Mottagningsteamet upphör", by = "styrelsen", from = "2024-01", stop = "mottagningsteam" },
  decision { "Förbundschefens tjänst minskas till 45 %", by = "styrelsen", from = "2024-03",
             scale = { personal = percent(45), fc_struktur = percent(45) } },
}

-- Vad 2023 kostade av det som var budgeterat: 8 036 515 av 8 817 710.
local realiserad = kr(8036515) / kr(8817710)

local function senare(s, months, name)
  local late = s:without(1):named(name)
  for i = 2, #s.decisions do late = late + s.decisions[i]:later(months) end
  return late
end

local staten = scenario "Staten minskar med 10 % om året" {
  base = report "examples/lekeberg-orebro/2023.yaml",
  years = { 2024, 2030 },
  ranta = percent(0),
  decision { "Staten minskar med 10 % om året", by = "Försäkringskassan", from = "2024-01",
             staten = percent(-10), each_year = true },
}

-- Vad förbundet kunde få enligt statens fördelningsmodell (400 000 kr och en del av 339 mnkr efter
-- försörjningsmått, 75 procent, och invånare 16-64 år, 25 procent). Modellens egna tal för
-- förbundet är inte tryckta; 11 mnkr mot 4 mnkr är vad ett grannförbund har uppgett, och är inte
-- bekräftat. Riktlinjen för eget kapital stiger med tilldelningen.
local modellen = decision { "Tilldelning enligt fördelningsmodellen", by = "medlemmarna", from = "2026-01",
  medlemsbidrag = kr(11000000), reason = "vad modellen skulle medge", document = "uppgift från ett grannförbund, säkerhet låg" }

return {
  budget,
  budget:with { realisering = realiserad }:named "Antagen budget, realisering 91 %",
  besluten,
  senare(besluten, 3, "Avvecklingen tre månader sen"),
  senare(besluten, 6, "Avvecklingen sex månader sen"),
  staten,
  (besluten + decision { "Tilldelningen återställs", by = "medlemmarna", from = "2026-01", medlemsbidrag = kr(8000000) })
    :named "Tillbaka till 8 mnkr från 2026",
  (besluten + modellen):named "Tillbaka till vad modellen medger, 11 mnkr från 2026",
}
