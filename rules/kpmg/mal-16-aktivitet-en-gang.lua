local smaord = { i = true, ["på"] = true, av = true, ["för"] = true, hos = true, och = true, med = true,
                vid = true, till = true, om = true }

-- The words of a name, in lower case, without those that bind them together.
local function nyckel(namn)
  local orden = {}
  for ord in namn:lower():gmatch "[^ ,]+" do
    if not smaord[ord] then orden[#orden + 1] = ord end
  end
  return table.concat(orden, " ")
end

return rule {
  id     = "MAL-16",
  title  = "Samma aktivitet redovisas en gång",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "note",
  needs  = { "insatser" },
  limits = "Två besök på samma ställe är två aktiviteter, om de skiljs åt med datum.",
  check  = function(ar)
    local sedda, ut = {}, {}
    for insats in each(ar.insatser) do
      local namn, antal = nyckel(insats.namn), insats.deltagare
      local annan = sedda[namn]
      if antal and annan and not agrees(antal, annan.antal) then
        ut[#ut + 1] = finding("”{namn}” redovisas två gånger, med {fore} och {antal} deltagare, utan att de skiljs åt.",
          { namn = insats.namn, fore = annan.antal, antal = antal }, { at = antal })
      elseif antal and namn ~= "" then
        sedda[namn] = { antal = antal }
      end
    end
    return ut
  end,
}
