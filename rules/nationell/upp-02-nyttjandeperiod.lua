-- "skrivs av på fem år", "avskrivs under 5 år": a time is stated where it is said to be written off.
local function angivet(text)
  return (contains(text, "skrivs av") or contains(text, "avskriv"))
    and (contains(text, " år") or contains(text, "procent") or contains(text, "%"))
end

return rule {
  id     = "UPP-02",
  title  = "Nyttjandeperioden för materiella anläggningstillgångar är angiven",
  ground = "LKBR 9 kap. 9 §",
  level  = "deviation",
  from   = "2019-01-01",
  needs  = { "balansrakning" },
  recommendation = "Lämna upplysning i not om bedömd genomsnittlig nyttjandeperiod för varje post.",
  check  = function(ar)
    local br = ar.balansrakning
    local tillgangar = br.materiella_anlaggningstillgangar or br.anlaggningstillgangar
    if not tillgangar or tillgangar <= kr(0) then
      return not_applicable("Inga materiella anläggningstillgångar")
    end
    local texter = {}
    local principer = ar.redovisningsprinciper
    texter[1] = principer and principer.text
    texter[#texter + 1] = principer and principer.varderingsprinciper
    local not_ = ar.not_anlaggningstillgangar
    texter[#texter + 1] = not_ and not_.heading_
    for tabell in each(ar:tables()) do
      texter[#texter + 1] = tabell.heading_
      for rad in tabell:rows() do texter[#texter + 1] = rad.label end
    end
    for text in each(texter) do
      if contains(text, "nyttjandeperiod") or contains(text, "avskrivningstid") or angivet(text) then return end
    end
    return finding("Balansräkningen har materiella anläggningstillgångar på {tillgangar}, men nyttjandeperioden anges inte i någon not.",
      -- som text: fyndet är om det som saknas, inte om beloppet
      { tillgangar = tillgangar:text() }, { at = tillgangar:fact() or br })
  end,
}
