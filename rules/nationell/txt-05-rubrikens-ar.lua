-- The years 2000 to 2099 that a text names.
local function years(text)
  local list = {}
  for run in text:gmatch "%d+" do
    if run:match "^20%d%d$" then list[#list + 1] = tonumber(run) end
  end
  return list
end

local stale = { "delårsbasis", "hittills i år", "hittills under året" }

return rule {
  id     = "TXT-05",
  title  = "Rubriker och bedömningar avser räkenskapsåret",
  ground = "LKBR 4 kap. 2–3 §§",
  level  = "deviation",
  recommendation = "Rätta det som står kvar från delårsrapporten eller förra året.",
  limits = "Bara rubriker med årtal och några vanliga ord från delårsrapporter känns igen.",
  check  = function(ar)
    local ar_nu, out = ar.rakenskapsar, {}
    local function heading(text, at)
      local named, right = years(text or ""), false
      for _, year in ipairs(named) do right = right or year == ar_nu or year == ar_nu + 1 end
      if #named > 0 and not right then
        out[#out + 1] = finding("Rubriken ”{text}” nämner {ar} men årsredovisningen avser {nu}.",
          { text = text, ar = named[#named], nu = ar_nu }, { at = at })
      end
    end
    local function statement(text, at)
      for _, word in ipairs(stale) do
        if contains(text, word) then
          out[#out + 1] = finding("”{text}” hör till en delårsrapport (”{ord}”), inte till en årsredovisning.",
            { text = text, ord = word }, { at = at })
        end
      end
    end
    for t in each(ar:tables()) do heading(t.heading_, t) end
    local fb = ar.forvaltningsberattelse
    for i, text in ipairs(fb and fb.rubriker or {}) do heading(text, "forvaltningsberattelse.rubriker." .. i) end
    for _, name in ipairs(fb and { "samlad_bedomning", "viktiga_forhallanden", "vasentliga_handelser" } or {}) do
      statement(fb[name], "forvaltningsberattelse." .. name)
    end
    for _, list in ipairs { ar.mal or {}, ar.insatser or {} } do
      for post in each(list) do statement(post.maluppfyllelse, post) end
    end
    for mal in each(ar.mal) do statement(mal.utfall_text, mal) end
    return out
  end,
}
