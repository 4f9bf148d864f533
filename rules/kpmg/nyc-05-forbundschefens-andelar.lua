-- "-Förbundschef 30%" gives 30 %; nil when the label has no share.
local function share_in(label)
  for _, said in ipairs(figures_in(label)) do
    if said.unit == "%" then return said.value end
  end
end

-- What the report says of how much of the förbundschef's time or cost is strukturövergripande.
local function statements(ar, row)
  local list = {}
  local own = share_in(row.label)
  if own then list[1] = { text = "Raden ”" .. row.label .. "”", andel = own, at = ar.finansierad_verksamhet.forbundschef_struktur } end
  local function of(post, andel)
    if andel and andel:unit() == "share" and andel:fact().unit == "%" and contains(post.text, "förbundschef")
      and contains(post.text, "struktur") then
      list[#list + 1] = { text = "Texten (" .. post.text .. ")", andel = andel, at = andel }
    end
  end
  for post in each(ar.personal) do of(post, post.andel) end
  for post in each(ar.uppgifter) do of(post, post.tal) end
  return list
end

return rule {
  id     = "NYC-05",
  title  = "Förbundschefens andelar är de som texten anger",
  ground = "LKBR 4 kap. 3 §",
  level  = "note",
  needs  = { "finansierad_verksamhet.forbundschef_struktur", "finansierad_verksamhet.forbundschef" },
  limits = "Raden för förbundschef under administration kan rymma mer än lönen, till exempel utbildning.",
  check  = function(ar)
    local t, out = ar.finansierad_verksamhet, {}
    local said = statements(ar, t:row("forbundschef_struktur"))
    if #said == 0 then return not_applicable("varken radens text eller någon annan anger en andel") end
    for _, s in ipairs(said) do
      local delar = {}
      for _, column in ipairs(t:columns()) do
        local rad = ar:year(column.year).finansierad_verksamhet
        local struktur, administration = rad.forbundschef_struktur, rad.forbundschef
        if struktur and administration and not struktur:is_zero() then
          local andel = struktur / (struktur + administration)
          if not agrees(s.andel, andel) then delar[#delar + 1] = andel:text("%1") .. " " .. column.year end
        end
      end
      if #delar > 0 then
        out[#out + 1] = finding("{vem} anger {angiven}, men av förbundschefens kostnad är den strukturövergripande delen {delar}.",
          { vem = s.text, angiven = s.andel:text(), delar = listed(delar) }, { at = s.at })
      end
    end
    return out
  end,
}
