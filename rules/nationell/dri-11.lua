return rule {
  id     = "DRI-11",
  title  = "Insatsens förbrukning i procent är utfall genom budget",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "insatser" },
  check  = function(ar)
    local out, tried = {}, false
    for insats in each(ar.insatser) do
      local tryckt, utfall, budget = insats.forbrukning, insats.utfall, insats.budget
      if tryckt and utfall and budget and not budget:is_zero() then
        tried = true
        local ska = utfall / budget
        local hur = agreement(tryckt, ska)
        if hur ~= "agree" then
          out[#out + 1] = finding("{namn}: {tryckt} av budgeten uppges förbrukad, men {utfall} av {budget} är {ska:%1}.",
            { namn = insats.namn, tryckt = tryckt, utfall = utfall, budget = budget, ska = ska },
            { at = tryckt, level = hur == "rounded" and "note" or nil })
        end
      end
    end
    if not tried then return not_applicable("ingen insats har både förbrukning, utfall och budget") end
    return out
  end,
}
