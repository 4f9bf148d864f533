local meaning = { gron = "uppnatt", gul = "delvis", rod = "ej" }
local words = { gron = "grön", gul = "gul", rod = "röd", uppnatt = "uppnått", delvis = "delvis uppnått",
                ej = "ej uppnått", okand = "kan inte bedömas" }

return rule {
  id     = "MAL-06",
  title  = "Ett måls färg och bedömning i ord är desamma",
  ground = "LKBR 4 kap. 3 § och 11 kap. 8 §",
  level  = "deviation",
  recommendation = "Stäm av färger och bedömningar mot varandra.",
  check  = function(ar)
    local out, tried = {}, false
    for _, lista in ipairs { ar.mal or {}, ar.insatser or {} } do
      for post in each(lista) do
        local farg, status = post.farg, post.status
        tried = tried or (farg and status)
        if farg and status and meaning[farg] ~= status then
          out[#out + 1] = finding("Måluppfyllelsen är {farg} men bedöms i ord som {status}.",
            { farg = words[farg], status = words[status] }, { at = post })
        end
      end
    end
    if not tried then return not_applicable("inget mål har både färg och bedömning i ord") end
    return out
  end,
}
