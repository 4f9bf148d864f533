return rule {
  id     = "PRO-03",
  title  = "Delårsrapport är upprättad när förbundsordningen kräver det",
  ground = "Förbundsordningen; LKBR 13 kap.; RKR R17",
  level  = "deviation",
  needs  = { "styrning.delarsrapport_kravs" },
  recommendation = "Upprätta delårsrapport för minst hälften och högst två tredjedelar av året, med helårsprognos och jämförelse med budget.",
  limits = "Lagen kräver ingen delårsrapport av ett samordningsförbund, så en frivillig prövas inte här. Delårsrapporten själv ingår inte i årsredovisningen; det som inte är uppgivet om den prövas inte.",
  check  = function(ar)
    local s, ut = ar.styrning, {}
    local slut = s.delarsrapport_slut
    if not s.delarsrapport_kravs then return not_applicable("förbundsordningen kräver ingen delårsrapport") end
    if not s.delarsrapport and not slut then
      return finding("Förbundsordningen kräver delårsrapport, men årsredovisningen nämner ingen.", {}, { at = s })
    end
    -- Half of a calendar year is the end of June, two thirds the end of August.
    if slut and (slut < ar.rakenskapsar .. "-06-30" or slut > ar.rakenskapsar .. "-08-31") then
      ut[1] = finding("Delårsrapporten avser tiden till och med {slut}. Den ska omfatta minst hälften och högst två tredjedelar av räkenskapsåret.",
        { slut = slut }, { at = "styrning.delarsrapport_slut" })
    end
    if s.delarsrapport_prognos == false and not ar.prognos.arets_resultat then
      ut[#ut + 1] = finding("Delårsrapporten saknar prognos för helåret.", {}, { at = s })
    end
    if s.delarsrapport_budget == false then
      ut[#ut + 1] = finding("Delårsrapporten jämför inte med budget.", {}, { at = s })
    end
    return ut
  end,
}
