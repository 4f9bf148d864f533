-- The words and digits of a text, whatever signs and spaces stand between them.
local function nyckel(text)
  local lista = {}
  for ord in text:lower():gmatch "[^%s%p]+" do lista[#lista + 1] = ord end
  return table.concat(lista, " ")
end

return rule {
  id     = "TXT-06",
  title  = "Samma uppgift i ord har samma tal",
  ground = "LKBR 4 kap. 3 §",
  level  = "note",
  recommendation = "Stäm av uppgifterna mot varandra, eller säg vad som skiljer dem.",
  limits = "Två uppgifter med samma ord kan avse olika personer eller tillfällen.",
  check  = function(ar)
    local ut, provat = {}, false
    local function lista_over(lista, vem)
      local sedda = {}
      for u in each(lista) do
        if u.tal then
          local id = nyckel(u.text) .. "|" .. vem(u) .. "|" .. u.tal:unit() .. u.tal:fact().unit
          local annan = sedda[id]
          sedda[id] = annan or u
          provat = provat or annan
          if annan and not agrees(u.tal, annan.tal) then
            ut[#ut + 1] = finding("”{text}” är {tal} här men {annat} på ett annat ställe. Är det samma uppgift?",
              { text = u.text, tal = u.tal, annat = annan.tal }, { at = u.tal })
          end
        end
      end
    end
    -- what a concept is said to be is compared with the tables, and by year
    local function egen(u) return (u.begrepp or "") .. (u.variant or "") .. (u.ar or "") end
    lista_over(ar.uppgifter, egen)
    for insats in each(ar.insatser) do
      lista_over(insats.uppgifter, function() return "" end)
    end
    if not provat then return not_applicable("ingen uppgift står två gånger med samma ord") end
    return ut
  end,
}
