-- The words and digits of a text, whatever signs and spaces stand between them.
local function key(text)
  local list = {}
  for word in text:lower():gmatch "[^%s%p]+" do list[#list + 1] = word end
  return table.concat(list, " ")
end

return rule {
  id     = "TXT-06",
  title  = "Samma uppgift i ord har samma tal",
  ground = "LKBR 4 kap. 3 §",
  level  = "note",
  recommendation = "Stäm av uppgifterna mot varandra, eller säg vad som skiljer dem.",
  limits = "Två uppgifter med samma ord kan avse olika personer eller tillfällen.",
  check  = function(ar)
    local out, tried = {}, false
    local function list_of(list, vem)
      local seen = {}
      for u in each(list) do
        if u.tal then
          local id = key(u.text) .. "|" .. vem(u) .. "|" .. u.tal:unit() .. u.tal:fact().unit
          local annan = seen[id]
          seen[id] = annan or u
          tried = tried or annan
          if annan and not agrees(u.tal, annan.tal) then
            out[#out + 1] = finding("”{text}” är {tal} här men {annat} på ett annat ställe. Är det samma uppgift?",
              { text = u.text, tal = u.tal, annat = annan.tal }, { at = u.tal })
          end
        end
      end
    end
    -- what a concept is said to be is compared with the tables, and by year
    local function own(u) return (u.begrepp or "") .. (u.variant or "") .. (u.ar or "") end
    list_of(ar.uppgifter, own)
    for insats in each(ar.insatser) do
      list_of(insats.uppgifter, function() return "" end)
    end
    if not tried then return not_applicable("ingen uppgift står två gånger med samma ord") end
    return out
  end,
}
