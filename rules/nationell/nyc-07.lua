return rule {
  id     = "NYC-07",
  title  = "Kostnad per deltagare är utfallet delat med antalet deltagare",
  ground = "LKBR 4 kap. 3 §",
  level  = "error",
  needs  = { "insatser" },
  check  = function(ar)
    local out, tried = {}, false
    for insats in each(ar.insatser) do
      local tryckt, utfall, antal = insats.kostnad_per_deltagare, insats.utfall, insats.deltagare
      if tryckt and utfall and antal and not antal:is_zero() then
        tried = true
        local ska = utfall / antal
        local hur = agreement(tryckt, ska)
        if hur ~= "agree" then
          out[#out + 1] = finding("{namn}: kostnaden per deltagare är tryckt som {tryckt} men {utfall} delat med {antal} deltagare är {ska}.",
            { namn = insats.namn, tryckt = tryckt, utfall = utfall, antal = antal, ska = ska },
            { at = tryckt, level = hur == "rounded" and "note" or "error" })
        end
      end
    end
    if not tried then return not_applicable("ingen insats har tryckt kostnad per deltagare") end
    return out
  end,
}
