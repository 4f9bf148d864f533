-- "-Förbundschef 30%" gives 30 %; nil when the label has no share.
local function andel_i(beteckning)
  for _, sagt in ipairs(figures_in(beteckning)) do
    if sagt.unit == "%" then return sagt.value end
  end
end

-- What the report says of how much of the förbundschef's time or cost is strukturövergripande.
local function utsagor(ar, raden)
  local lista = {}
  local egen = andel_i(raden.label)
  if egen then lista[1] = { text = "Raden ”" .. raden.label .. "”", andel = egen, at = ar.finansierad_verksamhet.forbundschef_struktur } end
  local function av(post, andel)
    if andel and andel:unit() == "share" and andel:fact().unit == "%" and contains(post.text, "förbundschef")
      and contains(post.text, "struktur") then
      lista[#lista + 1] = { text = "Texten (" .. post.text .. ")", andel = andel, at = andel }
    end
  end
  for post in each(ar.personal) do av(post, post.andel) end
  for post in each(ar.uppgifter) do av(post, post.tal) end
  return lista
end

return rule {
  id     = "NYC-05",
  title  = "Förbundschefens andelar är de som texten anger",
  ground = "LKBR 4 kap. 3 §",
  level  = "note",
  needs  = { "finansierad_verksamhet.forbundschef_struktur", "finansierad_verksamhet.forbundschef" },
  limits = "Raden för förbundschef under administration kan rymma mer än lönen, till exempel utbildning.",
  check  = function(ar)
    local t, ut = ar.finansierad_verksamhet, {}
    local sagt = utsagor(ar, t:row("forbundschef_struktur"))
    if #sagt == 0 then return not_applicable("varken radens text eller någon annan anger en andel") end
    for _, s in ipairs(sagt) do
      local delar = {}
      for _, kolumn in ipairs(t:columns()) do
        local rad = ar:year(kolumn.year).finansierad_verksamhet
        local struktur, administration = rad.forbundschef_struktur, rad.forbundschef
        if struktur and administration and not struktur:is_zero() then
          local andel = struktur / (struktur + administration)
          if not agrees(s.andel, andel) then delar[#delar + 1] = andel:text("%1") .. " " .. kolumn.year end
        end
      end
      if #delar > 0 then
        ut[#ut + 1] = finding("{vem} anger {angiven}, men av förbundschefens kostnad är den strukturövergripande delen {delar}.",
          { vem = s.text, angiven = s.andel:text(), delar = listed(delar) }, { at = s.at })
      end
    end
    return ut
  end,
}
