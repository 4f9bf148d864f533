return rule {
  id     = "STY-06",
  title  = "Budgeten har föregåtts av samråd med medlemmarna",
  ground = "FinsamL 23 §",
  level  = "deviation",
  needs  = { "styrning" },
  recommendation = "Genomför samråd med medlemmarna innan budgeten fastställs, och dokumentera det.",
  limits = "Att samråd har skett prövas, inte om det gällde just budgeten.",
  check  = function(ar)
    if ar.styrning.samrad then return end
    return finding("Det framgår inte att samråd har skett med medlemmarna innan budgeten fastställdes.",
      {}, { at = ar.styrning })
  end,
}
