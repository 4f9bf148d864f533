return rule {
  id     = "MAL-21",
  title  = "En andel som anges med antal är rätt räknad",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  recommendation = "Rätta andelen eller antalet.",
  check  = function(ar)
    local out, tried = {}, false

    local function share(tryckt, post, vad)
      local antal, av = post.antal, post.av
      if not tryckt or not antal or not av or av:is_zero() or tryckt:unit() ~= "share" then return end
      tried = true
      local ska = antal / av
      local hur = agreement(tryckt, ska)
      if hur == "agree" then return end
      local andel = tryckt:fact().unit == "%"
      out[#out + 1] = finding("{vad} är tryckt som {tryckt}, men {antal} " .. (andel and "av {av} är {ska:%1}." or "på {av} är {ska:tal1}."),
        { vad = vad, tryckt = tryckt, antal = antal, av = av, ska = ska },
        { at = tryckt, level = hur == "rounded" and "note" or "deviation" })
    end

    local function up(q)
      local num, den = q:parts()
      return count(-((-num) // den))
    end

    -- Those that did reach it: as printed, or the one whole number that the share can be of them.
    local function reached(post)
      if post.antal or not post.utfall or post.utfall:fact().unit ~= "%" then return post.antal end
      local low, high = post.utfall:bounds()
      if not low or not high then return nil end
      local first = up(low * post.av)
      return first + count(1) > high * post.av and first <= high * post.av and first or nil
    end

    -- The smallest number of persons that reaches the goal, less those that did.
    local function missing(post)
      local av, mal, saknas = post.av, post.mal, post.saknas
      if not (av and mal and saknas) or mal:fact().unit ~= "%" then return end
      local antal = reached(post)
      if not antal then return end
      tried = true
      local niva = up(mal:point() * av)
      local ska = niva - antal
      if agrees(saknas, ska) then return end
      out[#out + 1] = finding("Texten säger att {saknas} saknas till målet, men {mal} av {av} är {niva} och {antal} har nått dit, så att {ska} saknas.",
        { saknas = saknas, mal = mal, av = av, niva = niva, antal = antal, ska = ska },
        { at = saknas })
    end

    for post in each(ar.mal) do
      share(post.utfall, post, "Målets utfall")
      missing(post)
    end
    for insats in each(ar.insatser) do
      for post in each(insats.resultatmal) do share(post.utfall, post, insats.namn .. ": utfallet") end
      for post in each(insats.uppgifter) do share(post.tal, post, insats.namn .. ": " .. post.text) end
      for post in each(insats.avslutsorsaker) do
        local antal, av = post.antal, insats.avslutade or insats.stegforflyttning_av
        if antal and av then share(post.andel, { antal = antal, av = av }, insats.namn .. ": " .. post.text) end
      end
    end
    for post in each(ar.uppgifter) do share(post.tal, post, "Andelen (" .. post.text .. ")") end
    if not tried then return not_applicable("ingen andel anges tillsammans med antal") end
    return out
  end,
}
