return rule {
  id     = "MAL-09",
  title  = "Målen som följs upp är räkenskapsårets",
  ground = "LKBR 11 kap. 8 §",
  level  = "deviation",
  needs  = { "mal[ar]" },
  recommendation = "Följ upp de mål som gällde under räkenskapsåret.",
  check  = function(ar)
    local ut = {}
    for mal in each(ar.mal) do
      if mal.ar and mal.ar ~= ar.rakenskapsar then
        ut[#ut + 1] = finding("Målet avser {mal} men följs upp för {ar}: ”{text}”.",
          { mal = mal.ar, ar = ar.rakenskapsar, text = mal.text }, { at = mal })
      end
    end
    return ut
  end,
}
