local function over_limit(ar, p)
  local ek, bidrag = ar.eget_kapital, ar.medlemsbidrag
  return ek and bidrag and ek > p.riktlinje.eget_kapital(bidrag)
end

local function compare(p, words, before, after, free)
  if not before or not after or before <= kr(0) then return end
  local cut = (before - after) / before
  local limit = p.bidrag.storsta_minskning
  if cut <= limit then return end
  return finding(words .. " minskar från {fore} till {efter}, med {minskning:%1~grans}. I Försäkringskassans fördelningsmodell minskar tilldelningen högst {grans} per år; gränsen gäller {skal}.",
    { fore = before, efter = after, minskning = cut, grans = limit:text(),
      skal = free and "inte när eget kapital överstiger riktlinjen, vilket det gjorde"
        or "om inte andra medlemmar sänker sina bidrag" }, { at = after })
end

return rule {
  id     = "BID-05",
  title  = "Bidragen minskar inte mer per år än fördelningsmodellen medger",
  ground = "Försäkringskassans fördelningsmodell 2015-01-22; FinsamL 5 §",
  level  = "note",
  check  = function(ar, p)
    local now, before, nasta = ar.bidrag_staten, ar.foregaende.bidrag_staten,
      ar.kommande.budget.medlemsbidrag
    if not (now and before) and not (nasta and ar.medlemsbidrag) then
      return not_applicable("bidragen är bara tryckta för ett år")
    end
    local out = {}
    out[1] = compare(p, "Statens bidrag", before, now, over_limit(ar.foregaende, p))
    out[#out + 1] = compare(p, "Medlemsbidragen " .. ar.rakenskapsar + 1, ar.medlemsbidrag, nasta,
      over_limit(ar, p))
    return out
  end,
}
