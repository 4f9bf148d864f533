-- "-Förbundschef 30%" gives 30 %; nil when the label has no share.
local function share_in(label)
  local digits = ""
  for i = 1, #label do
    local c = label:sub(i, i)
    if c == "%" and digits ~= "" then return percent(digits) end
    if c >= "0" and c <= "9" then digits = digits .. c
    elseif c ~= " " then digits = "" end
  end
end

return rule {
  id     = "NYC-05",
  title  = "Förbundschefens andelar är de som tabellens text anger",
  ground = "LKBR 4 kap. 3 §",
  level  = "note",
  needs  = { "finansierad_verksamhet.forbundschef_struktur", "finansierad_verksamhet.forbundschef" },
  limits = "Raden för förbundschef under administration kan rymma mer än lönen, till exempel utbildning.",
  check  = function(ar)
    local t = ar.finansierad_verksamhet
    local angiven, delar = share_in(t:row("forbundschef_struktur").label), {}
    if not angiven then return not_applicable("radens text anger ingen andel") end
    for _, column in ipairs(t:columns()) do
      local rad = ar:year(column.year).finansierad_verksamhet
      local struktur, administration = rad.forbundschef_struktur, rad.forbundschef
      if struktur and administration and not struktur:is_zero() then
        local andel = struktur / (struktur + administration)
        -- the label prints whole percent, so half a percent either way is its precision
        if (andel - angiven):abs() > percent("0,5") then
          delar[#delar + 1] = andel:text("%1") .. " " .. column.year
        end
      end
    end
    if #delar == 0 then return end
    return finding("Raden ”{rad}” anger {angiven}, men av förbundschefens kostnad är den strukturövergripande delen {delar}.",
      { rad = t:row("forbundschef_struktur").label, angiven = angiven:text(),
        delar = table.concat(delar, ", ") }, { at = t.forbundschef_struktur })
  end,
}
