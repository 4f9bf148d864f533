local ord = { "fortlevnad", "fortsatt drift", "fortsätta sin verksamhet", "fortsatta verksamhet", "avveckl", "likvid", "upplös", "upphör", "utträd" }

local function namner(ar)
  local texter = { ar:get("redovisningsprinciper.text") or "" }
  for falt in each { "viktiga_forhallanden", "vasentliga_handelser", "forvantad_utveckling", "samlad_bedomning" } do
    texter[#texter + 1] = ar:get("forvaltningsberattelse." .. falt) or ""
  end
  for text in each(texter) do
    for o in each(ord) do
      if contains(text, o) then return true end
    end
  end
end

return rule {
  id     = "LIV-01",
  title  = "Det framgår hur förbundet ser på sin fortlevnad när det finns skäl att fråga",
  ground = "LKBR 4 kap. 4 § 1; FinsamL 22, 27 §§",
  level  = "note",
  why    = "Att bidragen upphör eller en medlem lämnar betyder inte att förbundet upphör; det är en fråga, inget fel.",
  asks_on = "finding",
  asks   = "Styrelsens bedömning av förbundets fortlevnad, och vad som gäller för åtaganden och personal om det ska avvecklas",
  recommendation = "Ange i redovisningsprinciperna eller i förväntad utveckling om årsredovisningen förutsätter att verksamheten fortsätter.",
  limits = "Texterna prövas på enstaka ord.",
  check  = function(ar, p)
    local nu, da, nasta = ar.medlemsbidrag, ar.foregaende.medlemsbidrag, ar.kommande.budget.medlemsbidrag
    local likvidation, slut = ar:get("forbund.likvidation"), ar.rakenskapsar .. "-12-31"
    local medlemmar = ar:get("forbund.medlemmar")
    if not nu and not likvidation and not medlemmar then return not_applicable("medlemsbidragen är inte tryckta") end
    if namner(ar) then return end
    if likvidation and likvidation <= slut then
      return finding("Förbundet är i likvidation sedan {dag}, men redovisningsprinciperna och förvaltningsberättelsen säger inget om vad det betyder för värderingen eller fortlevnaden.",
        { dag = likvidation }, { at = "forbund.likvidation" })
    end
    local noll = nu or (ar:state("not_intakter.medlemsbidrag") == "dash" and kr(0) or nil)
    if noll and noll <= kr(0) and da and da > kr(0) then
      return finding("Medlemsbidragen är {nu} {ar} mot {da} året före. Det framgår inte hur förbundets fortlevnad bedöms.",
        { nu = noll, ar = ar.rakenskapsar, da = da }, { at = nu or ar.not_intakter, silence = true })
    end
    if nu and nasta and nu > kr(0) and nasta <= nu - p.bidrag.fortlevnad * nu then
      return finding("Medlemsbidragen minskar från {nu} till {nasta} nästa år, {andel:+%}. Det framgår inte hur förbundets fortlevnad bedöms.",
        { nu = nu, nasta = nasta, andel = (nasta - nu) / nu }, { at = nasta, silence = true })
    end
    for medlem in each(medlemmar) do
      local till = medlem.till
      if till and till >= ar.rakenskapsar .. "-01-01" and till <= ar.rakenskapsar + 1 .. "-12-31" then
        return finding("{namn} lämnar förbundet {dag}. Det framgår inte vad utträdet betyder för förbundet.",
          { namn = medlem.namn, dag = till }, { at = medlem })
      end
    end
  end,
}
