-- "3524 Driftbidrag Laxå kommun −393 510 kr", the largest first.
local function accounts_of(d)
  local list = {}
  for i, del in ipairs(d.delar) do list[i] = del end
  table.sort(list, function(a, b)
    local x, y = math.abs(a.ore), math.abs(b.ore)
    if x ~= y then return x > y end
    return a.konto < b.konto
  end)
  local text = {}
  for i, del in ipairs(list) do
    if i > 6 then
      text[7] = "…"
      break
    end
    text[i] = del.konto .. (del.objekt and " objekt " .. del.objekt or "") .. " " .. ore(del.ore):text "kr"
  end
  return #text > 0 and " Konton: " .. table.concat(text, ", ") .. "." or " Huvudboken har inget där."
end

-- What the difference may come from, as a sentence, and the row of the ledger that it is.
local function cause_of(d, bok)
  local rad = d.rad and bok:row(d.rad)
  if d.orsak == "rad" then
    return " Lika mycket skiljer åt andra hållet på " .. d.annan.label .. (rad and ": {ver} kan ligga på fel rad." or "."), rad
  elseif d.orsak == "utan rad" then
    return d.objekt and " Objekt " .. d.objekt .. " hör inte till någon rad och har det beloppet."
      or " Konto " .. d.konto .. " hör inte till någon rad och har det beloppet.", bok:sum("=" .. d.konto)
  elseif d.orsak == "konto" then
    return " Konto " .. d.konto .. " är hela skillnaden.", bok:sum("=" .. d.konto)
  elseif d.orsak == "verifikation" then
    return " Beloppet finns i {ver}.", rad
  end
  return ""
end

return rule {
  id     = "AVS-07",
  title  = "Kassaflödesanalysen är huvudbokens",
  ground = "LKBR 8 kap. 1 §; RKR R13",
  level  = "error",
  needs  = { "huvudbok", "kontoplan" },
  recommendation = "Rätta räkningen, eller bokför det som fattas, så att de två stämmer.",
  limits = "Kontoplanen avgör vilka konton som är en rad; docs/kontoplan.md.",
  check  = function(ar, p, bok, avst)
    local found, compared = {}, 0
    for _, tabell in ipairs { "kassaflodesanalys" } do
      local list, n = avst:compare(ar, tabell)
      local leaves = {}
      compared = compared + n
      for _, d in ipairs(list) do
        if not d.summa then leaves[d.fakta.year .. (d.fakta.measure or "")] = true end
      end
      for _, d in ipairs(list) do
        if not d.summa or not leaves[d.fakta.year .. (d.fakta.measure or "")] then
          local why, entry = cause_of(d, bok)
          found[#found + 1] = finding("{rad} {ar} är tryckt som {tryckt}, men huvudboken ger {bok}; skillnaden är {skillnad:+kr}." .. accounts_of(d) .. why,
            { rad = d.fakta.label, ar = d.fakta.year, tryckt = d.fakta.printed or ore(0), bok = d.huvudbok, skillnad = d.skillnad, ver = d.rad and bok:row(d.rad).verifikation or "" },
            { at = d.fakta, evidence = { d.fakta, entry } })
        end
      end
    end
    if compared == 0 then return not_applicable("rapporten har ingen kassaflödesanalys, eller huvudboken inga ingående balanser") end
    return found
  end,
}
