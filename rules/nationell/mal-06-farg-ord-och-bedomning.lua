local betydelse = { gron = "uppnatt", gul = "delvis", rod = "ej" }
local namnen = { gron = "grön", gul = "gul", rod = "röd", uppnatt = "uppnått", delvis = "delvis uppnått",
                ej = "ej uppnått", okand = "kan inte bedömas" }
local ord_om_mal = require "ord_om_mal"

-- The statuses that what is said of a goal allows.
local tillatna = { natt = { uppnatt = true }, delvis = { delvis = true, ej = true }, ej = { ej = true, delvis = true } }

return rule {
  id     = "MAL-06",
  title  = "Ett måls färg, ord och bedömning är desamma",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  recommendation = "Stäm av färger, ord och bedömningar mot varandra.",
  limits = "Av orden prövas bara uppfyllt, uppnått och nått, med ej, inte, delvis eller nästan. God och hög säger inte om målet är nått.",
  check  = function(ar)
    local ut, provat = {}, false
    local function prova(post, text)
      local farg, status = post.farg, post.status
      local kan = tillatna[ord_om_mal(text)]
      if farg and status then
        provat = true
        if betydelse[farg] ~= status then
          ut[#ut + 1] = finding("Måluppfyllelsen är {farg} men bedöms i ord som {status}.",
            { farg = namnen[farg], status = namnen[status] }, { at = post })
        end
      end
      local vad = status and status ~= "okand" and status or not status and farg and betydelse[farg]
      if kan and vad then
        provat = true
        if not kan[vad] then
          ut[#ut + 1] = finding("Måluppfyllelsen är " .. (status and "bedömd som {vad}" or "{vad}") .. ", men orden är ”{text}”.",
            { vad = status and namnen[status] or namnen[farg], text = text }, { at = post })
        end
      end
    end
    for post in each(ar.mal) do prova(post, post.maluppfyllelse) end
    for insats in each(ar.insatser) do
      -- what is said of an insats may be of one of its goals
      prova(insats, nil)
      for post in each(insats.resultatmal) do prova(post, post.maluppfyllelse) end
    end
    if not provat then return not_applicable("inget mål är bedömt på två sätt") end
    return ut
  end,
}
