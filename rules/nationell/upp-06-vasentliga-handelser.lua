-- FinsamL 13 §: the board's four years begin on 1 April of the year after a general election.
local function ny_styrelse(artal) return (artal - 2023) % 4 == 0 end

local slut = { "upphör", "avsluta", "ersätt" }

return rule {
  id     = "UPP-06",
  title  = "Händelser av väsentlig betydelse framgår av förvaltningsberättelsen",
  ground = "LKBR 11 kap. 3–4 §§",
  level  = "deviation",
  needs  = { "forvaltningsberattelse" },
  recommendation = "Lämna upplysning om händelsen och vad den betyder för förbundet.",
  limits = "Bara händelser som syns i uppgifterna prövas: ny styrelse, ändrade medlemsbidrag och insatser som upphör. Texterna prövas på enstaka ord.",
  check  = function(ar, p)
    local fb, ut, provat = ar.forvaltningsberattelse, {}, false
    local texter = { fb.viktiga_forhallanden or "", fb.vasentliga_handelser or "", fb.forvantad_utveckling or "" }
    local function namner(...)
      provat = true
      for _, text in ipairs(texter) do
        for _, ord in ipairs { ... } do
          if contains(text, ord) then return true end
        end
      end
    end
    if ny_styrelse(ar.rakenskapsar) and not namner("styrelse") then
      ut[1] = finding("En ny styrelse tillträdde den 1 april {ar}, men förvaltningsberättelsen nämner den inte.",
        { ar = ar.rakenskapsar }, { at = fb, level = "note" })
    end
    local nu, nasta = ar.medlemsbidrag, ar.kommande.budget.medlemsbidrag
    if nu and nasta and (nasta - nu):abs() > p.handelse.bidrag * nu
      and not namner("medelstilldelning", "tilldelning", "medlemsbidrag") then
      ut[#ut + 1] = finding("Medlemsbidragen går från {nu} till {nasta} nästa år, {andel:+%}, men förvaltningsberättelsen nämner det inte bland händelser eller förväntad utveckling.",
        { nu = nu, nasta = nasta, andel = (nasta - nu) / nu }, { at = nasta })
    end
    for insats in each(ar.insatser) do
      if insats.upphor and not namner(insats.namn, table.unpack(slut)) then
        ut[#ut + 1] = finding("Insatsen {namn} upphör {dag}, men förvaltningsberättelsen nämner det inte bland händelser eller förväntad utveckling.",
          { namn = insats.namn, dag = insats.upphor }, { at = insats })
      end
    end
    if not provat then return not_applicable("ingen sådan händelse syns i uppgifterna") end
    return ut
  end,
}
