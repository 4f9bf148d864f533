-- Är kolumnen för föregående år rubricerad med årets slut?
local function arets_slut(tabell, ar)
  for _, kolumn in ipairs(tabell.printed_headers_ and tabell:columns() or {}) do
    local rubrik = (kolumn.header or ""):lower()
    if kolumn.year == ar and kolumn.variant == "utfall" then
      return rubrik:find("-12-31", 1, true) or contains(rubrik, "dec") or rubrik:find("1231", 1, true) or rubrik:find("31/12", 1, true)
    end
  end
end

return rule {
  id       = "DEL-04",
  title    = "Eget kapital vid periodens början är föregående årsslutets",
  ground   = "LKBR 4 kap. 4 § 7; RKR R17",
  level    = "error",
  document = "delarsrapport",
  needs    = { "balansrakning.eget_kapital", "balansrakning.arets_resultat", "foregaende.balansrakning.eget_kapital" },
  recommendation = "Stäm av ingående eget kapital mot föregående årsredovisning.",
  limits   = "Prövas när balansräkningens jämförelsekolumn är rubricerad med årets slut.",
  check  = function(ar)
    local br, fore = ar.balansrakning, ar.foregaende.balansrakning.eget_kapital
    if not arets_slut(br, ar.rakenskapsar - 1) then return not_applicable("balansräkningen jämför inte med föregående årsslut") end
    local ingaende = br.eget_kapital_ingaende or br.ovrigt_eget_kapital or br.eget_kapital - br.arets_resultat
    if agrees(ingaende, fore) then return end
    return finding("Eget kapital vid periodens början är {ingaende} men var {fore} vid föregående årsslut; skillnaden är {skillnad}.",
      { ingaende = ingaende, fore = fore, skillnad = (ingaende - fore):abs() }, { at = br.eget_kapital_ingaende or br.eget_kapital })
  end,
}
