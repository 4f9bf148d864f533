local function name_of(bok, konto)
  local name = bok:account_name(konto)
  return name and " " .. name or ""
end

return rule {
  id     = "HUV-04",
  title  = "Årets ingående balans är föregående års utgående",
  ground = "LKBR 4 kap. 4 § 7",
  level  = "error",
  needs  = { "huvudbok" },
  recommendation = "Utred varför den ingående balansen avviker och rätta den.",
  check  = function(ar, p)
    local bok = ar.huvudbok
    if bok.ingaende ~= "IB" then return not_applicable("filen har inga ingående balanser (#IB) att jämföra med") end
    local antal, given, out, moved, resultat = 0, false, {}, 0, 0
    local before = {}
    for konto, _, _, ub, res in bok:balances(-1) do before[konto], resultat = ub, resultat + (res or 0) end
    for konto, ib in bok:balances() do
      local ub = before[konto]
      given = given or ub ~= nil
      if (ib or ub) and not bok:lacks(konto) then
        antal = antal + 1
        if (ib or 0) ~= (ub or 0) then
          out[#out + 1], moved = { konto, (ib or 0) - (ub or 0) }, moved + (ib or 0) - (ub or 0)
        end
      end
    end
    if not given then return not_applicable("filen har ingen utgående balans för föregående år") end
    -- Last year's result moved to eget kapital at the opening is as it should be, from 2099 or from the result accounts.
    local only_equity = moved == 0 or moved == resultat
    for _, item in ipairs(out) do only_equity = only_equity and item[1]:sub(1, 2) == "20" end
    if only_equity then return end
    local function of(konto) return or_zero(bok:ib("=" .. konto)), or_zero(bok:ub("=" .. konto, -1)) end
    local function one(item, more, values, evidence)
      local ib, ub = of(item[1])
      values.konto, values.namn, values.ib, values.ub, values.skillnad = item[1], name_of(bok, item[1]), ib, ub, ib - ub
      values.n, values.antal = #out, antal
      return finding("Konto {konto}{namn}: ingående balans är {ib} men föregående års utgående var {ub}; skillnaden är {skillnad}." .. more
        .. " {n} av {antal} balanskonton avviker.", values, { at = ib, evidence = evidence, causes = values.konto2 and { "ib:" .. item[1], "ib:" .. values.konto2 } or { "ib:" .. item[1] } })
    end
    -- Two accounts that moved as much each way were moved by one change.
    if #out == 2 and moved == 0 then
      local first, second = out[1], out[2]
      if first[1]:sub(1, 2) == "20" then first, second = second, first end
      local ib, ub = of(second[1])
      return one(first, " Konto {konto2}{namn2} är ändrat lika mycket åt andra hållet: {ib2} mot {ub2}.",
        { konto2 = second[1], namn2 = name_of(bok, second[1]), ib2 = ib, ub2 = ub }, { or_zero(bok:ib("=" .. first[1])), ib })
    end
    for i, item in ipairs(out) do out[i] = one(item, "", {}) end
    return out
  end,
}
