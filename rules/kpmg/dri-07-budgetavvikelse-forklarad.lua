local forklaring = { avvikelse_individ = true, avvikelse_struktur = true, ranteintakter = true,
                     avvikelse_administration = true, finansiella_intakter = true }

local function forklarad(lista, kalla, ar, p, ut)
  local sedda, delar, total, n = {}, {}, nil, 0
  for u in each(lista) do
    local begrepp, tal = u.begrepp, u.tal
    if begrepp == "budgetavvikelse" and not total then
      total = tal
    elseif tal and begrepp and forklaring[begrepp] and not u.ar and not sedda[begrepp] then
      sedda[begrepp], n = true, n + 1
      delar[n] = tal
    end
  end
  total = total or ar:precise("budgetavvikelse")
  if n < 2 or total:is_zero() then return n >= 2 end
  local del = sum(delar)
  local andel = del / total
  if andel < p.forklaring.fullstandig then
    ut[#ut + 1] = finding(kalla .. " förklarar {del:tkr} av budgetavvikelsen {total:tkr}, {andel:%}; {rest:tkr} är inte förklarat.",
      { del = del, total = total, andel = andel, rest = total - del },
      { at = total, level = andel < p.forklaring.minsta_andel and "recommendation" or "note" })
  end
  return true
end

return rule {
  id     = "DRI-07",
  title  = "Budgetavvikelsen är förklarad",
  ground = "LKBR 10 kap. 1 §, 11 kap. 9 §; RKR R14",
  level  = "recommendation",
  needs  = { "budgetavvikelse" },
  recommendation = "Förklara återstoden av avvikelsen mot budget, även intäkter som inte budgeterats.",
  check  = function(ar, p)
    local ut = {}
    local revision = ar.revision
    local egen = forklarad(ar.uppgifter, "Texten", ar, p, ut)
    local annan = forklarad(revision and revision.uppgifter, "Revisorernas rapport", ar, p, ut)
    if not egen and not annan then
      return not_applicable("avvikelsen är inte delad i belopp i texten")
    end
    return ut
  end,
}
