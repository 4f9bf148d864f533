-- What else than verksamhetens kostnader may lawfully be among the costs, or be taken from
-- them: each a list of amounts, of which one counts.
local function val(ar)
  local intakter, bidrag = ar.verksamhetens_intakter, ar.medlemsbidrag
  local note = ar.not_intakter
  return {
    { kr(0), ar.avskrivningar and -ar.avskrivningar },
    { kr(0), ar.finansiella_kostnader and -ar.finansiella_kostnader },
    { kr(0), intakter and bidrag and bidrag - intakter, note and note.eu_medel and -note.eu_medel },
  }
end

-- Do the costs with some of these come to what is printed?
local function forklarad(rakningens, tryckta, listor, i)
  if not listor[i] then return agrees(tryckta, rakningens) end
  for k = 1, 3 do
    local belopp = listor[i][k]
    if belopp and forklarad(rakningens + belopp, tryckta, listor, i + 1) then return true end
  end
end

local function prova_ar(ar, p, ut)
  local drift, rr = ar.driftredovisning.resultat.kostnad, ar.verksamhetens_kostnader
  if not drift or not rr or forklarad(-rr, drift, val(ar), 1) then return end
  local kostnader = -(rr + or_zero(ar.avskrivningar))
  local skillnad, netto = kostnader - drift, ar.finansnetto
  local kvittat = netto and agrees(skillnad, netto)
  local litet = skillnad:abs() <= p.vasentlighet.helhet * kostnader
  ut[#ut + 1] = finding("Driftredovisningens kostnader {ar} är {drift} men resultaträkningens är {rr}. "
    .. (kvittat and "Skillnaden {skillnad} är finansnettot, som alltså har kvittats mot kostnaderna."
      or "Skillnaden {skillnad} är inte förklarad av något belopp som är tryckt."),
    { ar = ar.rakenskapsar, drift = drift, rr = kostnader, skillnad = skillnad, netto = netto },
    { at = drift, level = (litet or not kvittat) and "note" or "deviation" })
end

return rule {
  id     = "DRI-02",
  title  = "Driftredovisningens kostnader är resultaträkningens",
  ground = "LKBR 4 kap. 4 § 6 och 10 kap. 1 §; RKR R14",
  level  = "deviation",
  needs  = { "driftredovisning.resultat.kostnad", "verksamhetens_kostnader" },
  recommendation = "Redovisa finansiella intäkter och kostnader brutto i driftredovisningen.",
  limits = "En driftredovisning får räkna kostnader på annat sätt än resultaträkningen, så en skillnad som inget tryckt belopp förklarar är en fråga.",
  check  = function(ar, p)
    local ut = {}
    prova_ar(ar, p, ut)
    if #ut == 0 then prova_ar(ar.foregaende, p, ut) end
    return ut
  end,
}
