local forklaring = { avvikelse_individ = true, avvikelse_struktur = true, ranteintakter = true,
                     avvikelse_administration = true, finansiella_intakter = true }

local function explained(list, kalla, ar, p, out)
  local seen, delar, total, n = {}, {}, nil, 0
  for u in each(list) do
    local begrepp, tal = u.begrepp, u.tal
    if begrepp == "budgetavvikelse" and not total then
      total = tal
    elseif tal and begrepp and forklaring[begrepp] and not u.ar and not seen[begrepp] then
      seen[begrepp], n = true, n + 1
      delar[n] = tal
    end
  end
  total = total or ar:precise("budgetavvikelse")
  if n < 2 or total:is_zero() then return n >= 2 end
  local del = sum(delar)
  local andel = del / total
  if andel < p.forklaring.fullstandig then
    out[#out + 1] = finding(kalla .. " förklarar {del:tkr} av budgetavvikelsen {total:tkr}, {andel:%}; {rest:tkr} är inte förklarat.",
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
    local out = {}
    local revision = ar.revision
    local egen = explained(ar.uppgifter, "Texten", ar, p, out)
    local annan = explained(revision and revision.uppgifter, "Revisorernas rapport", ar, p, out)
    if not egen and not annan then
      return not_applicable("avvikelsen är inte delad i belopp i texten")
    end
    return out
  end,
}
