-- Tryckt men tom varje år; en delsumma kan vara uträknad ur de andra raderna.
local function utan_belopp(rad, fg_rad)
  for tal in each { rad:fact() or false, fg_rad:fact() or false } do
    if tal and (tal.state == "value" or tal.state == "dash") then return false end
  end
  return true
end

return rule {
  id     = "FRM-18",
  title  = "Kassaflödesanalysens rader har belopp och dess delsumma är tryckt",
  ground = "LKBR 8 kap. 1 §; RKR R13",
  level  = "deviation",
  needs  = { "kassaflodesanalys", "kassaflodesanalys.arets_resultat" },
  recommendation = "Ange belopp, noll eller streck på varje rad och komplettera med delsumman.",
  check  = function(ar)
    local kfa, fg, fel = ar.kassaflodesanalys, ar.foregaende.kassaflodesanalys, {}
    for rad in kfa:rows() do
      if utan_belopp(rad, fg:row(rad.id)) then
        fel[#fel + 1] = finding("{rad} är tryckt utan belopp i kassaflödesanalysen.",
          { rad = rad.label }, { at = rad })
      end
    end
    local efter = kfa:row("forandring_fordringar") or kfa:row("forandring_kortfristiga_skulder")
    -- av årets resultat ensamt är delsumman bara samma belopp en gång till
    local delar = 0
    for rad in kfa:rows() do
      if rad.under == "medel_fore_forandring_av_rorelsekapital" or rad.under == "ej_likviditetspaverkande" then delar = delar + 1 end
    end
    if efter and delar > 1 and not kfa:row("medel_fore_forandring_av_rorelsekapital") then
      fel[#fel + 1] = finding("Delsumman Medel från verksamheten före förändring av rörelsekapital saknas i kassaflödesanalysen; den skulle vara {summa}.",
        { summa = kfa.arets_resultat + or_zero(kfa.ej_likviditetspaverkande) }, { at = efter })
    end
    return #fel > 0 and fel or nil
  end,
}
