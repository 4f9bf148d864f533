local tabeller = { "oversikt", "oversikt_medlemsbidrag" }
-- Rader som ofta är lika stora två år i rad.
local lika_ofta = { medlemsbidrag = true, verksamhetens_intakter = true }

-- Lika tryckta belopp med minst fyra siffror är knappast en slump.
local function lika(a, b)
  a, b = a and a:fact(), b and b:fact()
  if not a or not b or not a.text or not b.text or a.unit ~= b.unit then return false end
  local x, y = a.text:gsub("%D", ""), b.text:gsub("%D", "")
  return x == y and #x:gsub("0+$", "") >= 4
end

-- Beloppen i två rader eller två kolumner sida vid sida: bara ett par av dem är lika.
local function ett_par(a, b)
  local par, prov = nil, 0
  for i = 1, math.max(#a, #b) do
    if a[i] and b[i] then
      prov = prov + 1
      if lika(a[i], b[i]) then
        if par then return nil, prov end
        par = i
      end
    end
  end
  return par, prov
end

-- Radens belopp efter kolumn; false där inget är tryckt.
local function rad_over(ar, tabell, kolumner, id)
  local out = {}
  for i, kolumn in ipairs(kolumner) do
    local t = kolumn.variant == "utfall" and ar:year(kolumn.year)[tabell]
    local rad = t and t:row(id)
    out[i] = rad and rad.belopp or false
  end
  return out
end

return rule {
  id     = "OVS-10",
  title  = "Översiktens belopp står på rätt rad och år",
  ground = "LKBR 11 kap. 1 §; RKR R15",
  level  = "note",
  recommendation = "Kontrollera beloppet mot den årsredovisning det är hämtat ur.",
  limits = "En fråga: två belopp kan vara lika. Medlemsbidrag och intäkter, som ofta är lika två år i rad, prövas inte mot kolumnen bredvid.",
  check  = function(ar)
    local fel, prov = {}, false
    for _, namn in ipairs(tabeller) do
      local forra, forra_rad
      local kolumner = ar[namn] and ar[namn]:columns() or {}
      for rad in (ar[namn] and ar[namn]:rows() or each {}) do
        local nu = rad_over(ar, namn, kolumner, rad.id)
        local i, antal = ett_par(forra or {}, nu)
        prov = prov or antal > 1
        -- Förbundets första resultat är hela dess egna kapital.
        local forsta = i and forra_rad.id == "arets_resultat" and rad.id == "eget_kapital"
        if i and antal > 1 and not forsta then
          fel[#fel + 1] = finding("{forra} och {rad} är båda {belopp} {ar} i {tabell}. Är ett av beloppen avläst på fel rad?",
            { forra = forra_rad.label, rad = rad.label, belopp = nu[i]:abs(), ar = kolumner[i].year,
              tabell = ar[namn].place_ }, { at = nu[i] })
        end
        local bredvid = { table.unpack(nu, 2) }
        local k, par = ett_par(nu, bredvid)
        prov = prov or par > 1
        if k and par > 1 and not lika_ofta[rad.id] then
          fel[#fel + 1] = finding("{rad} är {belopp} både {ar} och {andra} i {tabell}. Är ett av åren avläst i fel kolumn?",
            { rad = rad.label, belopp = nu[k], ar = kolumner[k].year, andra = kolumner[k + 1].year,
              tabell = ar[namn].place_ }, { at = nu[k], evidence = { nu[k], nu[k + 1] } })
        end
        forra, forra_rad = nu, rad
      end
    end
    if not prov then return not_applicable("ingen översikt visar minst två år") end
    return fel
  end,
}
