local namnen = { deltagare = "antalet deltagare", nojdhet = "nöjdheten", stegforflyttning_andel = "andelen med stegförflyttning",
                kostnad_per_deltagare = "kostnaden per deltagare", utfall = "utfallet", forbrukning = "förbrukningen",
                avslutade = "antalet avslutade" }

-- Both as the same kind of thing: 81 of a goal and 81 participants.
local function samma_slag(a, b)
  if a:unit() == b:unit() then return a end
  if b:unit() == "count" and a:fact().unit == "" then return a * count(1) end
end

return rule {
  id     = "MAL-20",
  title  = "Målets utfall är det som redovisas på annat ställe",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "mal" },
  recommendation = "Hämta målets utfall ur samma mätning som det återger.",
  limits = "Prövar bara mål som säger vilken indikator eller vilken uppgift om en insats de återger.",
  check  = function(ar)
    local ut, provat = {}, false

    local function mot_indikatorer(utfall, post, vem)
      for nr in each(post.indikator) do
        for ind in each(ar.indikatorer) do
          local andel = ind.nr == nr and (not ind.ar or ind.ar == ar.rakenskapsar) and not ind.bilaga
            and (not post.respondent or post.respondent == ind.respondent) and ind.positivt
          if andel and utfall:fact().unit == "%" then
            provat = true
            if not agrees(utfall, andel) then
              ut[#ut + 1] = finding("Målets utfall{vem} är {utfall}, men indikator {nr}, {respondent}, är {andel}.",
                { vem = vem, utfall = utfall, nr = nr, respondent = ind.respondent or "alla svarande", andel = andel },
                { at = utfall })
            end
          end
        end
      end
    end

    for post in each(ar.mal) do
      if post.utfall then mot_indikatorer(post.utfall, post, "") end
      for del in each(post.delutfall) do mot_indikatorer(del.tal, del, " för " .. del.text) end
      local insats
      for i in each(ar.insatser) do insats = i.id == post.insats and i or insats end
      local tal = insats and post.matt and insats[post.matt]
      local utfall = tal and post.utfall and samma_slag(post.utfall, tal)
      if utfall then
        provat = true
        if not agrees(utfall, tal) then
          ut[#ut + 1] = finding("Målets utfall är {utfall}, men {vad} i {namn} är {tal}.",
            { utfall = post.utfall, vad = namnen[post.matt], namn = insats.namn, tal = tal }, { at = post.utfall })
        end
      end
    end
    if not provat then return not_applicable("inget mål säger vad utfallet återger") end
    return ut
  end,
}
