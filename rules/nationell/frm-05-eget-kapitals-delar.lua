local delar = { "eget_kapital_ingaende", "arets_resultat", "eget_kapital" }
local namn = { eget_kapital_ingaende = "eget kapital vid årets början",
               arets_resultat = "årets resultat", eget_kapital = "eget kapital vid årets slut" }

return rule {
  id     = "FRM-05",
  title  = "Eget kapital är uppdelat på årets början, årets resultat och årets slut",
  ground = "LKBR 6 kap. 2–3 §§",
  level  = "deviation",
  from   = "2019-01-01",
  needs  = { "balansrakning" },
  recommendation = "Redovisa eget kapital vid årets början, årets resultat och eget kapital vid årets slut.",
  check  = function(ar)
    local br, saknas = ar.balansrakning, {}
    for _, id in ipairs(delar) do
      local varav = id == "arets_resultat" and br:row("varav_arets_resultat")
      if not br:row(id) and not varav then saknas[#saknas + 1] = namn[id] end
    end
    if #saknas < 1 then return end
    local ovrigt = br:row("ovrigt_eget_kapital")
    return finding("Balansräkningen delar inte upp eget kapital enligt lagens uppställningsform: {saknas} saknas{i_stallet}.",
      { saknas = listed(saknas),
        i_stallet = ovrigt and ", i stället finns " .. ovrigt.label or "" },
      { at = ovrigt or br:row("eget_kapital") or br })
  end,
}
