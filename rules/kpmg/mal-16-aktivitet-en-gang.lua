local small = { i = true, ["på"] = true, av = true, ["för"] = true, hos = true, och = true, med = true,
                vid = true, till = true, om = true }

-- The words of a name, in lower case, without those that bind them together.
local function key(name)
  local words = {}
  for word in name:lower():gmatch "[^ ,]+" do
    if not small[word] then words[#words + 1] = word end
  end
  return table.concat(words, " ")
end

return rule {
  id     = "MAL-16",
  title  = "Samma aktivitet redovisas en gång",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "note",
  needs  = { "insatser" },
  limits = "Två besök på samma ställe är två aktiviteter, om de skiljs åt med datum.",
  check  = function(ar)
    local seen, out = {}, {}
    for insats in each(ar.insatser) do
      local namn, antal = key(insats.namn), insats.deltagare
      local annan = seen[namn]
      if antal and annan and not agrees(antal, annan.antal) then
        out[#out + 1] = finding("”{namn}” redovisas två gånger, med {fore} och {antal} deltagare, utan att de skiljs åt.",
          { namn = insats.namn, fore = annan.antal, antal = antal }, { at = antal })
      elseif antal and namn ~= "" then
        seen[namn] = { antal = antal }
      end
    end
    return out
  end,
}
