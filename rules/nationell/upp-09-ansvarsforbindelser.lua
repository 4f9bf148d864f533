return rule {
  id     = "UPP-09",
  title  = "Panter och ansvarsförbindelser är redovisade inom linjen",
  ground = "LKBR 6 kap. 1–2 §§",
  level  = "note",
  why    = "Poster utan belopp får utelämnas, så att raden inte finns är ingen avvikelse i sig.",
  needs  = { "balansrakning" },
  recommendation = "Ta upp panter och ansvarsförbindelser inom linjen, med streck eller ”inga” om de saknas.",
  check  = function(ar)
    local br = ar.balansrakning
    if br:row("panter") or br:row("ansvarsforbindelser") then return end
    return finding("Balansräkningen tar inte upp panter och ansvarsförbindelser inom linjen, inte heller att sådana saknas.",
      {}, { at = br:row("summa_eget_kapital_och_skulder") or br })
  end,
}
