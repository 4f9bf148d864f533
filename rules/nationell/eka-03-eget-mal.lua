-- A limit is an amount or a share of the medlemsbidrag.
local function belopp(ar, grans)
  if not grans then return end
  if grans:unit() == "share" then
    return ar.medlemsbidrag and grans * ar.medlemsbidrag, grans:text() .. " av medlemsbidragen, "
  end
  return grans, ""
end

return rule {
  id     = "EKA-03",
  title  = "Eget kapital ligger inom förbundets eget mål",
  ground = "LKBR 11 kap. 8 §; KL 11 kap. 6 §",
  level  = "recommendation",
  needs  = { "eget_kapital" },
  recommendation = "Ange hur eget kapital ska föras in i det intervall som styrelsen har beslutat.",
  check  = function(ar)
    local fb, ek = ar.forvaltningsberattelse, ar.eget_kapital
    local lagst, lagst_ord = belopp(ar, fb and fb.eget_kapital_lagst)
    local hogst, hogst_ord = belopp(ar, fb and fb.eget_kapital_hogst)
    if not lagst and not hogst then return not_applicable("förbundet anger inget eget mål för eget kapital") end
    if lagst and ek < lagst then
      return finding("Eget kapital är {ek} men ska enligt förbundets mål vara minst {ord}{lagst:kr}; det fattas {skillnad:kr}.",
        { ek = ek, ord = lagst_ord, lagst = lagst, skillnad = lagst - ek }, { at = ek })
    end
    if hogst and ek > hogst then
      return finding("Eget kapital är {ek} men ska enligt förbundets mål vara högst {ord}{hogst:kr}; det är {skillnad:kr} för mycket.",
        { ek = ek, ord = hogst_ord, hogst = hogst, skillnad = ek - hogst }, { at = ek })
    end
  end,
}
