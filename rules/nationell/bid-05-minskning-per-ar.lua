local function over_grans(ar, p)
  local ek, bidrag = ar.eget_kapital, ar.medlemsbidrag
  return ek and bidrag and ek > p.riktlinje.eget_kapital(bidrag)
end

local function jamfor(p, orden, fore, efter, frikrets)
  if not fore or not efter or fore <= kr(0) then return end
  local minskning = (fore - efter) / fore
  local grans = p.bidrag.storsta_minskning
  if minskning <= grans then return end
  return finding(orden .. " minskar från {fore} till {efter}, med {minskning:%1~grans}. I Försäkringskassans fördelningsmodell minskar tilldelningen högst {grans} per år; gränsen gäller {skal}.",
    { fore = fore, efter = efter, minskning = minskning, grans = grans:text(),
      skal = frikrets and "inte när eget kapital överstiger riktlinjen, vilket det gjorde"
        or "om inte andra medlemmar sänker sina bidrag" }, { at = efter })
end

return rule {
  id     = "BID-05",
  title  = "Bidragen minskar inte mer per år än fördelningsmodellen medger",
  ground = "Försäkringskassans fördelningsmodell 2015-01-22; FinsamL 5 §",
  level  = "note",
  check  = function(ar, p)
    local nu, fore, nasta = ar.bidrag_staten, ar.foregaende.bidrag_staten,
      ar.kommande.budget.medlemsbidrag
    if not (nu and fore) and not (nasta and ar.medlemsbidrag) then
      return not_applicable("bidragen är bara tryckta för ett år")
    end
    local ut = {}
    ut[1] = jamfor(p, "Statens bidrag", fore, nu, over_grans(ar.foregaende, p))
    ut[#ut + 1] = jamfor(p, "Medlemsbidragen " .. ar.rakenskapsar + 1, ar.medlemsbidrag, nasta,
      over_grans(ar, p))
    return ut
  end,
}
