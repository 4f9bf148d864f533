-- Figures of one sentence stand on the same line or page, or on the next lines.
local function together(ar, a, b)
  local x, y = a:fact().places, b:fact().places
  if #x == 0 or #y == 0 then return true end
  local dokument = ar.dokument
  return math.abs(x[1] - y[1]) <= (dokument and dokument.plats == "sida" and 0 or 2)
end

local function neighbour(ar, begrepp, u)
  for other in each(ar.uppgifter) do
    if other.begrepp == begrepp and other.variant == u.variant and other.ar == u.ar
      and other.tal and together(ar, other.tal, u.tal) then
      return other.tal
    end
  end
end

return rule {
  id     = "TXT-02",
  title  = "Ett resultat i text är intäkter minus kostnader i samma mening",
  ground = "LKBR 4 kap. 3 §",
  level  = "deviation",
  needs  = { "uppgifter" },
  recommendation = "Nämn finansnettot, eller ange det resultat som intäkter och kostnader ger.",
  check  = function(ar)
    local out, tried = {}, false
    for u in each(ar.uppgifter) do
      local resultat = u.begrepp == "arets_resultat" and u.tal
      local intakter = resultat and (neighbour(ar, "verksamhetens_intakter", u) or neighbour(ar, "medlemsbidrag", u))
      local kostnader = intakter and neighbour(ar, "verksamhetens_kostnader", u)
      if kostnader then
        tried = true
        local ska = intakter - kostnader:abs()
        local rest, netto = resultat - ska, ar.finansnetto
        if not agrees(resultat, ska) and not neighbour(ar, "finansnetto", u) then
          out[#out + 1] = finding("Texten säger att intäkter på {intakter} och kostnader på {kostnader} ger resultatet {resultat}; de ger {ska}. Skillnaden är {rest:+kr}"
            .. (netto and agrees(rest, netto) and ", finansnettot, som inte nämns." or "."),
            { intakter = intakter, kostnader = kostnader:abs(), resultat = resultat, ska = ska,
              rest = rest }, { at = resultat })
        end
      end
    end
    if not tried then return not_applicable("ingen mening har både intäkter, kostnader och resultat") end
    return out
  end,
}
