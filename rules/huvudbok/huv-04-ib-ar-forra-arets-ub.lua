local function namn_pa(bok, konto)
  local namn = bok:account_name(konto)
  return namn and " " .. namn or ""
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
    local antal, angivet, ut, flyttat, resultat = 0, false, {}, 0, 0
    local fore = {}
    for konto, _, _, ub, res in bok:balances(-1) do fore[konto], resultat = ub, resultat + (res or 0) end
    for konto, ib in bok:balances() do
      local ub = fore[konto]
      angivet = angivet or ub ~= nil
      if (ib or ub) and not bok:lacks(konto) then
        antal = antal + 1
        if (ib or 0) ~= (ub or 0) then
          ut[#ut + 1], flyttat = { konto, (ib or 0) - (ub or 0) }, flyttat + (ib or 0) - (ub or 0)
        end
      end
    end
    if not angivet then return not_applicable("filen har ingen utgående balans för föregående år") end
    -- Last year's result moved to eget kapital at the opening is as it should be, from 2099 or from the result accounts.
    local bara_eget_kapital = flyttat == 0 or flyttat == resultat
    for _, post in ipairs(ut) do bara_eget_kapital = bara_eget_kapital and post[1]:sub(1, 2) == "20" end
    if bara_eget_kapital then return end
    local function balanser(konto) return or_zero(bok:ib("=" .. konto)), or_zero(bok:ub("=" .. konto, -1)) end
    local function iakttagelse(post, tillagg, varden, underlag)
      local ib, ub = balanser(post[1])
      varden.konto, varden.namn, varden.ib, varden.ub, varden.skillnad = post[1], namn_pa(bok, post[1]), ib, ub, ib - ub
      varden.n, varden.antal = #ut, antal
      return finding("Konto {konto}{namn}: ingående balans är {ib} men föregående års utgående var {ub}; skillnaden är {skillnad}." .. tillagg
        .. " {n} av {antal} balanskonton avviker.", varden, { at = ib, evidence = underlag, causes = varden.konto2 and { "ib:" .. post[1], "ib:" .. varden.konto2 } or { "ib:" .. post[1] } })
    end
    -- Two accounts that moved as much each way were moved by one change.
    if #ut == 2 and flyttat == 0 then
      local forst, andra = ut[1], ut[2]
      if forst[1]:sub(1, 2) == "20" then forst, andra = andra, forst end
      local ib, ub = balanser(andra[1])
      return iakttagelse(forst, " Konto {konto2}{namn2} är ändrat lika mycket åt andra hållet: {ib2} mot {ub2}.",
        { konto2 = andra[1], namn2 = namn_pa(bok, andra[1]), ib2 = ib, ub2 = ub }, { or_zero(bok:ib("=" .. forst[1])), ib })
    end
    for i, post in ipairs(ut) do ut[i] = iakttagelse(post, "", {}) end
    return ut
  end,
}
