local andelar = { { "arbetsloshet", "arbetssokande", "arbetslösheten" },
                 { "langtidsarbetslosa_andel", "langtidsarbetslosa", "andelen utan arbete minst två år" } }

-- Långtidsarbetslösa räknas lika ofta i andel av de arbetssökande.
local function av_annat(kommun, andel, tryckt, antal)
  local sokande = kommun.arbetssokande
  if andel[1] ~= "langtidsarbetslosa_andel" or not sokande or sokande:is_zero() then return end
  local hur = agreement(tryckt, antal / sokande)
  return hur ~= "differ" and hur
end

return rule {
  id     = "ARB-01",
  title  = "Arbetsmarknadens andelar är rätt räknade",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "deviation",
  needs  = { "arbetsmarknad" },
  check  = function(ar)
    local ut, provat = {}, false
    for kommun in each(ar.arbetsmarknad) do
      for _, andel in ipairs(andelar) do
        local tryckt, antal, bas = kommun[andel[1]], kommun[andel[2]], kommun.bas
        if tryckt and antal and bas and not bas:is_zero() then
          provat = true
          local ska = antal / bas
          local hur = agreement(tryckt, ska)
          if hur == "differ" then hur = av_annat(kommun, andel, tryckt, antal) or hur end
          if hur ~= "agree" then
            ut[#ut + 1] = finding("{namn}: {vad} är tryckt som {tryckt}, men {antal} av {bas} är {ska:%2}.",
              { namn = kommun.kommun, vad = andel[3], tryckt = tryckt, antal = antal, bas = bas, ska = ska },
              { at = tryckt, level = hur == "rounded" and "note" or nil })
          end
        end
      end
    end
    if not provat then return not_applicable("ingen kommun har både andel och antal") end
    return ut
  end,
}
