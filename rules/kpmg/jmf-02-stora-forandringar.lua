-- Rows with a cause of their own; subtotals and results follow from them.
local prova = {
  resultatrakning = { "verksamhetens_intakter", "verksamhetens_kostnader", "avskrivningar", "finansiella_intakter",
                      "finansiella_kostnader", "extraordinara_poster" },
  balansrakning = { "anlaggningstillgangar", "forrad", "fordringar", "kortfristiga_placeringar", "kassa_och_bank",
                    "avsattningar_pensioner", "andra_avsattningar", "langfristiga_skulder", "kortfristiga_skulder" },
}

-- A figure in the text of the same concept, or the row's name in what the text says, is a comment.
local function kommenterad(ar, namn, rad)
  local uppgift = rad:fact()
  for u in each(ar.uppgifter) do
    if u.begrepp and (uppgift and u.begrepp == uppgift.concept or u.begrepp == namn .. "." .. rad.id) and not u.variant then return true end
  end
  local fb = ar.forvaltningsberattelse
  for text in each(fb and { fb.viktiga_forhallanden or "", fb.vasentliga_handelser or "" } or {}) do
    if contains(text, rad.label) then return true end
  end
end

-- The row as printed, or the taxonomy's where only its parts are printed.
local function rad_i(t, id)
  for rad in t:usual_rows() do
    if rad.id == id then return t:row(id) or rad end
  end
end

return rule {
  id     = "JMF-02",
  title  = "Stora förändringar från föregående år är kommenterade",
  ground = "LKBR 11 kap. 9 §; god revisionssed",
  level  = "recommendation",
  needs  = { "verksamhetens_kostnader" },
  recommendation = "Kommentera i förvaltningsberättelsen vad förändringen beror på.",
  limits = "Som kommentar räknas att texten nämner beloppet eller raden; om den förklarar något får läsaren bedöma. Ändringar mellan rader i en not prövas av NOT-09.",
  check  = function(ar, p)
    local gransbelopp, ut, provat = (p.vasentlighet.helhet * ar.verksamhetens_kostnader):abs(), {}, false
    for _, namn in ipairs { "resultatrakning", "balansrakning" } do
      for _, id in ipairs(ar[namn] and prova[namn] or {}) do
        local rad, nu, da = rad_i(ar[namn], id), ar[namn][id], ar.foregaende[namn][id]
        if not da and ar.foregaende:state(namn .. "." .. id) == "dash" then da = kr(0) end
        provat = provat or nu and da
        local skillnad = nu and da and (nu - da):abs()
        if skillnad and skillnad > gransbelopp and skillnad > p.jamforelse.storsta_andring * da:abs()
          and not kommenterad(ar, namn, rad) then
          ut[#ut + 1] = finding("{rad} har gått från {da} till {nu}, "
            .. (da:is_zero() and "{skillnad:+kr}" or "{andel:+%}") .. ", utan att förvaltningsberättelsen kommenterar det. Ändringen är större än väsentlighetstalet {grans:tkr}.",
            { rad = rad.label, da = da, nu = nu, skillnad = nu - da, grans = gransbelopp,
              andel = not da:is_zero() and (nu - da) / da or nil }, { at = nu, silence = true })
        end
      end
    end
    if not provat then return not_applicable("föregående år är inte tryckt") end
    return ut
  end,
}
