-- Rows with a cause of their own; subtotals and results follow from them.
local prove = {
  resultatrakning = { "verksamhetens_intakter", "verksamhetens_kostnader", "avskrivningar", "finansiella_intakter",
                      "finansiella_kostnader", "extraordinara_poster" },
  balansrakning = { "anlaggningstillgangar", "forrad", "fordringar", "kortfristiga_placeringar", "kassa_och_bank",
                    "avsattningar_pensioner", "andra_avsattningar", "langfristiga_skulder", "kortfristiga_skulder" },
}

-- A figure in the text of the same concept, or the row's name in what the text says, is a comment.
local function commented(ar, name, row)
  local fact = row:fact()
  for u in each(ar.uppgifter) do
    if u.begrepp and (fact and u.begrepp == fact.concept or u.begrepp == name .. "." .. row.id) and not u.variant then return true end
  end
  local fb = ar.forvaltningsberattelse
  for text in each(fb and { fb.viktiga_forhallanden or "", fb.vasentliga_handelser or "" } or {}) do
    if contains(text, row.label) then return true end
  end
end

-- The row as printed, or the taxonomy's where only its parts are printed.
local function row_of(t, id)
  for row in t:usual_rows() do
    if row.id == id then return t:row(id) or row end
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
    local gransbelopp, out, tried = (p.vasentlighet.helhet * ar.verksamhetens_kostnader):abs(), {}, false
    for _, name in ipairs { "resultatrakning", "balansrakning" } do
      for _, id in ipairs(ar[name] and prove[name] or {}) do
        local row, nu, da = row_of(ar[name], id), ar[name][id], ar.foregaende[name][id]
        if not da and ar.foregaende:state(name .. "." .. id) == "dash" then da = kr(0) end
        tried = tried or nu and da
        local skillnad = nu and da and (nu - da):abs()
        if skillnad and skillnad > gransbelopp and skillnad > p.jamforelse.storsta_andring * da:abs()
          and not commented(ar, name, row) then
          out[#out + 1] = finding("{rad} har gått från {da} till {nu}, "
            .. (da:is_zero() and "{skillnad:+kr}" or "{andel:+%}") .. ", utan att förvaltningsberättelsen kommenterar det. Ändringen är större än väsentlighetstalet {grans:tkr}.",
            { rad = row.label, da = da, nu = nu, skillnad = nu - da, grans = gransbelopp,
              andel = not da:is_zero() and (nu - da) / da or nil }, { at = nu })
        end
      end
    end
    if not tried then return not_applicable("föregående år är inte tryckt") end
    return out
  end,
}
