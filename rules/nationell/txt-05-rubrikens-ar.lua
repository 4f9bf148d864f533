-- The years 2000 to 2099 that a text names.
local function artal_i(text)
  local lista = {}
  for siffror in text:gmatch "%d+" do
    if siffror:match "^20%d%d$" then lista[#lista + 1] = tonumber(siffror) end
  end
  return lista
end

local kvarlevor = { "delårsbasis", "hittills i år", "hittills under året" }

return rule {
  id     = "TXT-05",
  title  = "Rubriker och bedömningar avser räkenskapsåret",
  ground = "LKBR 4 kap. 2–3 §§",
  level  = "deviation",
  recommendation = "Rätta det som står kvar från delårsrapporten eller förra året.",
  limits = "Bara rubriker med årtal och några vanliga ord från delårsrapporter känns igen.",
  check  = function(ar)
    local ar_nu, ut = ar.rakenskapsar, {}
    local function prova_rubrik(text, plats)
      local namnda, ratt = artal_i(text or ""), false
      for _, artal in ipairs(namnda) do ratt = ratt or artal == ar_nu or artal == ar_nu + 1 end
      if #namnda > 0 and not ratt then
        ut[#ut + 1] = finding("Rubriken ”{text}” nämner {ar} men årsredovisningen avser {nu}.",
          { text = text, ar = namnda[#namnda], nu = ar_nu }, { at = plats })
      end
    end
    local function prova_utsaga(text, plats)
      for _, ord in ipairs(kvarlevor) do
        if contains(text, ord) then
          ut[#ut + 1] = finding("”{text}” hör till en delårsrapport (”{ord}”), inte till en årsredovisning.",
            { text = text, ord = ord }, { at = plats })
        end
      end
    end
    for t in each(ar:tables()) do prova_rubrik(t.heading_, t) end
    local fb = ar.forvaltningsberattelse
    for i, text in ipairs(fb and fb.rubriker or {}) do prova_rubrik(text, "forvaltningsberattelse.rubriker." .. i) end
    for _, namn in ipairs(fb and { "samlad_bedomning", "viktiga_forhallanden", "vasentliga_handelser" } or {}) do
      prova_utsaga(fb[namn], "forvaltningsberattelse." .. namn)
    end
    for _, lista in ipairs { ar.mal or {}, ar.insatser or {} } do
      for post in each(lista) do prova_utsaga(post.maluppfyllelse, post) end
    end
    for mal in each(ar.mal) do prova_utsaga(mal.utfall_text, mal) end
    return ut
  end,
}
