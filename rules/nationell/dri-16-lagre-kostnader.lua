return rule {
  id     = "DRI-16",
  title  = "En avvikelse som sägs vara lägre kostnader är det",
  ground = "LKBR 4 kap. 3 §",
  level  = "deviation",
  needs  = { "uppgifter", "budgetavvikelse", "budget.verksamhetens_kostnader", "verksamhetens_kostnader" },
  recommendation = "Skilj avvikelsen i resultat från avvikelsen i kostnader, och nämn de intäkter som inte budgeterats.",
  check  = function(ar)
    local resultat = ar:precise("budgetavvikelse")
    local kostnader = ar.budget:precise("verksamhetens_kostnader"):abs() - ar.verksamhetens_kostnader:abs()
    local ut = {}
    for u in each(ar.uppgifter) do
      local om = not u.begrepp and contains(u.text, "kostnader") and contains(u.text, "mindre")
        and (contains(u.text, "förbrukat") or contains(u.text, "använt"))
      local tal = om and u.tal
      if tal and tal:unit() == "amount" and agrees(tal, resultat) and not agrees(tal, kostnader) then
        ut[#ut + 1] = finding("Texten säger att {tal} mindre än budgeterade kostnader har förbrukats. Det är resultatets avvikelse; kostnaderna är {kostnader} lägre än budgeterat och resten, {rest}, är intäkter.",
          { tal = tal, kostnader = kostnader, rest = tal - kostnader }, { at = tal })
      end
    end
    return ut
  end,
}
