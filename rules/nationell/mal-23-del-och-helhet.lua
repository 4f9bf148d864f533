-- Each is a part of the one after it.
local chain = { { "stegforflyttning", "de med stegförflyttning" }, { "stegforflyttning_av", "de som stegförflyttningen räknas på" },
                { "avslutade", "de avslutade" }, { "deltagare", "deltagarna" } }

return rule {
  id     = "MAL-23",
  title  = "En del är inte större än det hela",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  recommendation = "Rätta antalen, eller säg vad de räknas på.",
  check  = function(ar)
    local out, tried = {}, false
    local function test(namn, del, helhet, a, b)
      if not del or not helhet then return end
      tried = true
      if del <= helhet then return end
      out[#out + 1] = finding("{namn}: {vad} är {del}, fler än {allt}, {helhet}.",
        { namn = namn, vad = a, del = del, allt = b, helhet = helhet }, { at = del })
    end
    for insats in each(ar.insatser) do
      local last, what
      for _, part in ipairs(chain) do
        local antal = insats[part[1]]
        if antal then
          test(insats.namn, last, antal, what, part[2])
          last, what = antal, part[2]
        end
      end
      for _, kon in ipairs { { "kvinnor", "kvinnorna" }, { "man", "männen" } } do
        local antal = insats[kon[1]]
        test(insats.namn, antal and antal:unit() == "count" and antal, insats.deltagare, kon[2], "deltagarna")
      end
    end
    for enkat in each(ar.enkater) do test(enkat.namn, enkat.svar, enkat.utskick, "svaren", "de tillfrågade") end
    if not tried then return not_applicable("ingen insats har både del och helhet") end
    return out
  end,
}
