-- Each is a part of the one after it.
local kedja = { { "stegforflyttning", "de med stegförflyttning" }, { "stegforflyttning_av", "de som stegförflyttningen räknas på" },
                { "avslutade", "de avslutade" }, { "deltagare", "deltagarna" } }

return rule {
  id     = "MAL-23",
  title  = "En del är inte större än det hela",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  recommendation = "Rätta antalen, eller säg vad de räknas på.",
  check  = function(ar)
    local ut, provat = {}, false
    local function prova(namn, del, helhet, a, b)
      if not del or not helhet then return end
      provat = true
      if del <= helhet then return end
      ut[#ut + 1] = finding("{namn}: {vad} är {del}, fler än {allt}, {helhet}.",
        { namn = namn, vad = a, del = del, allt = b, helhet = helhet }, { at = del })
    end
    local function negativt(namn, antal, vad)
      if not antal or antal:unit() ~= "count" or antal >= count(0) then return end
      provat = true
      ut[#ut + 1] = finding("{namn}: {vad} är tryckta som {antal}, färre än inga.",
        { namn = namn, vad = vad, antal = antal }, { at = antal })
    end
    for insats in each(ar.insatser) do
      local senast, vad
      for _, steg in ipairs(kedja) do negativt(insats.namn, insats[steg[1]], steg[2]) end
      for _, steg in ipairs(kedja) do
        local antal = insats[steg[1]]
        if antal then
          prova(insats.namn, senast, antal, vad, steg[2])
          senast, vad = antal, steg[2]
        end
      end
      for _, kon in ipairs { { "kvinnor", "kvinnorna" }, { "man", "männen" } } do
        local antal = insats[kon[1]]
        negativt(insats.namn, antal, kon[2])
        prova(insats.namn, antal and antal:unit() == "count" and antal, insats.deltagare, kon[2], "deltagarna")
      end
    end
    for enkat in each(ar.enkater) do
      negativt(enkat.namn, enkat.svar, "svaren")
      prova(enkat.namn, enkat.svar, enkat.utskick, "svaren", "de tillfrågade")
    end
    if not provat then return not_applicable("ingen insats har både del och helhet") end
    return ut
  end,
}
