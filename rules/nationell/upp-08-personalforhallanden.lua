return rule {
  id     = "UPP-08",
  title  = "Väsentliga personalförhållanden framgår",
  ground = "LKBR 11 kap. 5–6 §§",
  level  = "deviation",
  needs  = { "forvaltningsberattelse" },
  recommendation = "Lämna upplysning om väsentliga personalförhållanden, eller att förbundet inte har någon anställd.",
  limits = "Sjukfrånvaro behöver inte anges när de anställda i medeltal under två år är högst tio.",
  check  = function(ar, p)
    local fb, ut = ar.forvaltningsberattelse, {}
    local berattat, sjukfranvaro = fb.personalforhallanden, contains(fb.personalforhallanden, "sjukfrånvaro")
    for post in each(ar.personal) do
      berattat = berattat or post
      sjukfranvaro = sjukfranvaro or contains(post.text, "sjukfrånvaro")
    end
    if not berattat then
      ut[1] = finding("Förvaltningsberättelsen säger inget om personalförhållanden.", {}, { at = fb })
    end
    local nu, da = ar.antal_anstallda, ar.foregaende.antal_anstallda
    local medel = nu and da and (nu + da) / 2
    if medel and medel > p.sjukfranvaro.antal_anstallda * count(1) and not sjukfranvaro then
      ut[#ut + 1] = finding("Förbundet har haft {medel} anställda i medeltal under två år, men sjukfrånvaron är inte angiven.",
        { medel = medel }, { at = nu })
    end
    return ut
  end,
}
