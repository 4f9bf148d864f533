return rule {
  id     = "UPP-10",
  title  = "Extraordinära poster är specificerade i not",
  ground = "LKBR 9 kap. 12 §; RKR R11",
  level  = "deviation",
  needs  = { "extraordinara_poster" },
  recommendation = "Specificera de extraordinära posterna i en not.",
  check  = function(ar)
    local poster = ar.extraordinara_poster
    if poster:is_zero() then return end
    local not_ = ar.not_ovrig -- noter som inte är inskrivna än kan säga det
    if not_ and contains(not_.heading_, "extraordinär") then return end
    for t in each(ar:tables()) do
      if t.number_ then
        if contains(t.heading_, "extraordinär") then return end
        for rad in t:rows() do
          if contains(rad.label, "extraordinär") then return end
        end
      end
    end
    return finding("Extraordinära poster är {poster}, men ingen not säger vad de består av.",
      -- som text: fyndet är om det som saknas, inte om beloppet
      { poster = poster:text() }, { at = poster:fact() or ar.resultatrakning })
  end,
}
