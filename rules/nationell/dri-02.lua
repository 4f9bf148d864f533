local function check_year(ar, p, out)
  local drift, rr = ar.driftredovisning.resultat.kostnad, ar.verksamhetens_kostnader
  if not drift or not rr then return end
  local kostnader = -(rr + or_zero(ar.avskrivningar))
  local skillnad = kostnader - drift
  -- financial costs included gross are no set-off
  if agrees(kostnader, drift) or agrees(-skillnad, -or_zero(ar.finansiella_kostnader)) then return end
  local netto = ar.finansnetto
  local kvittat = netto and agrees(skillnad, netto)
  local litet = skillnad:abs() <= p.vasentlighet.helhet * kostnader
  out[#out + 1] = finding("Driftredovisningens kostnader {ar} är {drift} men resultaträkningens är {rr}. "
    .. (kvittat and "Skillnaden {skillnad} är finansnettot, som alltså har kvittats mot kostnaderna."
      or "Skillnaden {skillnad} är inte förklarad."),
    { ar = ar.rakenskapsar, drift = drift, rr = kostnader, skillnad = skillnad, netto = netto },
    { at = drift, level = kvittat and litet and "note" or "deviation" })
end

return rule {
  id     = "DRI-02",
  title  = "Driftredovisningens kostnader är resultaträkningens",
  ground = "LKBR 4 kap. 4 § 6 och 10 kap. 1 §; RKR R14",
  level  = "deviation",
  needs  = { "driftredovisning.resultat.kostnad", "verksamhetens_kostnader" },
  recommendation = "Redovisa finansiella intäkter och kostnader brutto i driftredovisningen.",
  check  = function(ar, p)
    local out = {}
    check_year(ar, p, out)
    if #out == 0 then check_year(ar.foregaende, p, out) end
    return out
  end,
}
