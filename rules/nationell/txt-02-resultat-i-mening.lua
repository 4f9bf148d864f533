-- Figures of one sentence stand on the same line or page, or on the next lines.
local function ihop(ar, a, b)
  local x, y = a:fact().places, b:fact().places
  if #x == 0 or #y == 0 then return true end
  local dokument = ar.dokument
  return math.abs(x[1] - y[1]) <= (dokument and dokument.plats == "sida" and 0 or 2)
end

local function granne(ar, begrepp, u)
  for andra in each(ar.uppgifter) do
    if andra.begrepp == begrepp and andra.variant == u.variant and andra.ar == u.ar
      and andra.tal and ihop(ar, andra.tal, u.tal) then
      return andra.tal, andra.text
    end
  end
end

-- The incomes that a sentence names; medlemsbidragen are not all of them where there are others.
local function intakter_i(ar, u)
  local intakter, bidrag, alla = granne(ar, "verksamhetens_intakter", u), granne(ar, "medlemsbidrag", u), ar.verksamhetens_intakter
  return intakter or bidrag, not intakter and bidrag and alla and not agrees(bidrag, alla)
end

-- A cost that is said to be net, or without something, is not what the income is to be less.
local function bart(text)
  for _, ord in ipairs { "netto", "exkl", "utan ", "före ", "efter " } do
    if contains(text, ord) then return false end
  end
  return true
end

-- Does the text itself say that the one leads to the other?
local function pastaenden(text)
  for _, ord in ipairs { "ger ", "gav ", "vilket", "därmed", "således", "alltså" } do
    if contains(text, ord) then return true end
  end
end

-- Is the rest one of the amounts, or some of them together?
local function som_summa(rest, belopp, fran)
  for i = fran or 1, #belopp do
    local kvar = rest - belopp[i]
    if agrees(rest, belopp[i]) or som_summa(kvar, belopp, i + 1) then return true end
  end
  return false
end

return rule {
  id     = "TXT-02",
  title  = "Ett resultat i text är intäkter minus kostnader i samma mening",
  ground = "LKBR 4 kap. 3 §",
  level  = "deviation",
  needs  = { "uppgifter" },
  recommendation = "Nämn finansnettot, eller ange det resultat som intäkter och kostnader ger.",
  limits = "Att talen står intill varandra säger inte att det ena ger det andra; utan ett sådant ord, och när finansnettot, avskrivningarna eller extraordinära poster förklarar skillnaden, är det en notering.",
  check  = function(ar)
    local ut, provat = {}, false
    for u in each(ar.uppgifter) do
      local resultat = u.begrepp == "arets_resultat" and u.tal
      local intakter, delvis
      if resultat then intakter, delvis = intakter_i(ar, u) end
      local kostnader, vilka
      if intakter then kostnader, vilka = granne(ar, "verksamhetens_kostnader", u) end
      if kostnader and bart(vilka) then
        provat = provat or not delvis
        local ska, onamnda, netto = intakter - kostnader:abs(), {}, nil
        for _, begrepp in ipairs { "avskrivningar", "finansnetto", "extraordinara_poster" } do
          local i_text = granne(ar, begrepp, u)
          if begrepp == "finansnetto" then netto = i_text end
          if not i_text then
            onamnda[#onamnda + 1] = ar[begrepp]
          elseif not agrees(resultat, ska) then
            ska = ska + (begrepp == "avskrivningar" and -i_text:abs() or i_text)
          end
        end
        if agrees(resultat, ska) then
          provat = true
        elseif not delvis then
          local rest = resultat - ska
          local av_netto = not netto and ar.finansnetto and agrees(rest, ar.finansnetto)
          local forklarat = av_netto or som_summa(rest, onamnda)
          ut[#ut + 1] = finding("Texten har intäkter på {intakter}, kostnader på {kostnader}"
            .. (netto and ", finansnetto på {netto}" or "") .. " och resultatet {resultat}; de ger {ska}. Skillnaden är {rest:+kr}"
            .. (av_netto and ", finansnettot, som inte nämns." or "."),
            { intakter = intakter, kostnader = kostnader:abs(), resultat = resultat, ska = ska, rest = rest, netto = netto },
            { at = resultat, level = not (pastaenden(u.text) and not forklarat) and "note" or nil })
        end
      end
    end
    if not provat then return not_applicable("ingen mening har både intäkter, kostnader och resultat") end
    return ut
  end,
}
