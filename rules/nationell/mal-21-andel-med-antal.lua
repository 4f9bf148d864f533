return rule {
  id     = "MAL-21",
  title  = "En andel som anges med antal är rätt räknad",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  recommendation = "Rätta andelen eller antalet.",
  check  = function(ar)
    local ut, provat = {}, false

    local function prova_andel(tryckt, post, vad)
      local antal, av = post.antal, post.av
      if not tryckt or not antal or not av or av:is_zero() or tryckt:unit() ~= "share" then return end
      provat = true
      local ska = antal / av
      local hur = agreement(tryckt, ska)
      if hur == "agree" then return end
      local andel = tryckt:fact().unit == "%"
      ut[#ut + 1] = finding("{vad} är tryckt som {tryckt}, men {antal} " .. (andel and "av {av} är {ska:%1}." or "på {av} är {ska:tal1}."),
        { vad = vad, tryckt = tryckt, antal = antal, av = av, ska = ska },
        { at = tryckt, level = hur == "rounded" and "note" or "deviation" })
    end

    local function uppat(q)
      local taljare, namnare = q:parts()
      return count(-((-taljare) // namnare))
    end

    -- Those that did reach it: as printed, or the one whole number that the share can be of them.
    local function natt(post)
      if post.antal or not post.utfall or post.utfall:fact().unit ~= "%" then return post.antal end
      local lagst, hogst = post.utfall:bounds()
      if not lagst or not hogst then return nil end
      local forst = uppat(lagst * post.av)
      return forst + count(1) > hogst * post.av and forst <= hogst * post.av and forst or nil
    end

    -- The smallest number of persons that reaches the goal, less those that did.
    local function saknat(post)
      local av, mal, saknas = post.av, post.mal, post.saknas
      if not (av and mal and saknas) or mal:fact().unit ~= "%" then return end
      local antal = natt(post)
      if not antal then return end
      provat = true
      local niva = uppat(mal:point() * av)
      local ska = niva - antal
      if agrees(saknas, ska) then return end
      ut[#ut + 1] = finding("Texten säger att {saknas} saknas till målet, men {mal} av {av} är {niva} och {antal} har nått dit, så att {ska} saknas.",
        { saknas = saknas, mal = mal, av = av, niva = niva, antal = antal, ska = ska },
        { at = saknas })
    end

    for post in each(ar.mal) do
      prova_andel(post.utfall, post, "Målets utfall")
      saknat(post)
    end
    for insats in each(ar.insatser) do
      for post in each(insats.resultatmal) do prova_andel(post.utfall, post, insats.namn .. ": utfallet") end
      for post in each(insats.uppgifter) do prova_andel(post.tal, post, insats.namn .. ": " .. post.text) end
      for post in each(insats.avslutsorsaker) do
        local antal, av = post.antal, insats.avslutade or insats.stegforflyttning_av
        if antal and av then prova_andel(post.andel, { antal = antal, av = av }, insats.namn .. ": " .. post.text) end
      end
    end
    for post in each(ar.uppgifter) do prova_andel(post.tal, post, "Andelen (" .. post.text .. ")") end
    if not provat then return not_applicable("ingen andel anges tillsammans med antal") end
    return ut
  end,
}
