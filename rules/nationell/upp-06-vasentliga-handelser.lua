-- FinsamL 13 §: the board's four years begin on 1 April of the year after a general election.
local function new_board(year) return (year - 2023) % 4 == 0 end

local ends = { "upphör", "avsluta", "ersätt" }

return rule {
  id     = "UPP-06",
  title  = "Händelser av väsentlig betydelse framgår av förvaltningsberättelsen",
  ground = "LKBR 11 kap. 3–4 §§",
  level  = "deviation",
  needs  = { "forvaltningsberattelse" },
  recommendation = "Lämna upplysning om händelsen och vad den betyder för förbundet.",
  limits = "Bara händelser som syns i uppgifterna prövas: ny styrelse, ändrade medlemsbidrag och insatser som upphör. Texterna prövas på enstaka ord.",
  check  = function(ar, p)
    local fb, out, tried = ar.forvaltningsberattelse, {}, false
    local texts = { fb.viktiga_forhallanden or "", fb.vasentliga_handelser or "", fb.forvantad_utveckling or "" }
    local function mentions(...)
      tried = true
      for _, text in ipairs(texts) do
        for _, word in ipairs { ... } do
          if contains(text, word) then return true end
        end
      end
    end
    if new_board(ar.rakenskapsar) and not mentions("styrelse") then
      out[1] = finding("En ny styrelse tillträdde den 1 april {ar}, men förvaltningsberättelsen nämner den inte.",
        { ar = ar.rakenskapsar }, { at = fb, level = "note" })
    end
    local nu, nasta = ar.medlemsbidrag, ar.kommande.budget.medlemsbidrag
    if nu and nasta and (nasta - nu):abs() > p.handelse.bidrag * nu
      and not mentions("medelstilldelning", "tilldelning", "medlemsbidrag") then
      out[#out + 1] = finding("Medlemsbidragen går från {nu} till {nasta} nästa år, {andel:+%}, men förvaltningsberättelsen nämner det inte bland händelser eller förväntad utveckling.",
        { nu = nu, nasta = nasta, andel = (nasta - nu) / nu }, { at = nasta })
    end
    for insats in each(ar.insatser) do
      if insats.upphor and not mentions(insats.namn, table.unpack(ends)) then
        out[#out + 1] = finding("Insatsen {namn} upphör {dag}, men förvaltningsberättelsen nämner det inte bland händelser eller förväntad utveckling.",
          { namn = insats.namn, dag = insats.upphor }, { at = insats })
      end
    end
    if not tried then return not_applicable("ingen sådan händelse syns i uppgifterna") end
    return out
  end,
}
