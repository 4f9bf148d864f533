return rule {
  id     = "ARB-02",
  title  = "Två kommuner har inte samma utgångsvärde",
  ground = "LKBR 11 kap. 8 §; FinsamL 7 § 5; KL 12 kap. 1 §",
  level  = "note",
  needs  = { "arbetsmarknad" },
  limits = "Två kommuner kan ha lika många; jämför med källan.",
  check  = function(ar)
    local sedda, ut = {}, {}
    for kommun in each(ar.arbetsmarknad) do
      local antal = kommun.langtidsarbetslosa_fg
      local nyckel = antal and antal:text()
      if nyckel and sedda[nyckel] then
        ut[#ut + 1] = finding("{kommun} och {annan} hade båda {antal} utan arbete i minst två år föregående år. Talet kan vara överfört från den ena till den andra.",
          { kommun = kommun.kommun, annan = sedda[nyckel], antal = antal }, { at = antal })
      elseif nyckel then
        sedda[nyckel] = kommun.kommun
      end
    end
    return ut
  end,
}
