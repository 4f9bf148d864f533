-- De största ökningarna och minskningarna över gränsen mellan två års rader.
local function ytterst(tabell, fg, grans)
  local upp, ner
  for rad in tabell:rows() do
    local nu, da = rad.belopp, fg:row(rad.id).belopp
    local bidrag = rad.under == "bidrag_kommuner" or rad.id:find "^bidrag_" -- parternas, som BID-01 och BID-03 prövar
    if nu and da and rad.id ~= "summa" and not bidrag and (nu - da):abs() > grans then
      local f = { rad = rad.label, nu = nu, da = da, ny = nu - da }
      if f.ny > kr(0) and (not upp or f.ny > upp.ny) then upp = f end
      if f.ny < kr(0) and (not ner or f.ny < ner.ny) then ner = f end
    end
  end
  return upp, ner
end

return rule {
  id     = "NOT-09",
  title  = "Stora omfördelningar inom en not är förklarade",
  ground = "LKBR 4 kap. 3 §, 4 § 2",
  level  = "recommendation",
  needs  = { "verksamhetens_kostnader" },
  recommendation = "Förklara i noten varför beloppen har flyttats mellan raderna, och räkna om föregående år om indelningen är ändrad.",
  limits = "Gränsen är väsentlighetstalet för helheten. Förklaringar i löpande text känns inte igen.",
  check  = function(ar, p)
    local fel, grans = {}, (ar.verksamhetens_kostnader * p.vasentlighet.helhet):abs()
    local fg = ar.foregaende:tables()
    for i, tabell in ipairs(ar:tables()) do
      local upp, ner
      if tabell.number_ then upp, ner = ytterst(tabell, fg[i], grans) end
      if upp and ner then
        fel[#fel + 1] = finding("I {tabell} har {ner} gått från {ner_da} till {ner_nu} och {upp} från {upp_da} till {upp_nu}. Båda förändringarna är större än väsentlighetstalet {grans:tkr} och bör förklaras.",
          { tabell = tabell.place_, ner = ner.rad, ner_da = ner.da, ner_nu = ner.nu,
            upp = upp.rad, upp_da = upp.da, upp_nu = upp.nu, grans = grans }, { at = upp.nu })
      end
    end
    return #fel > 0 and fel or nil
  end,
}
