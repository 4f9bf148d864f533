-- Printed alike, with so many digits that it is hardly chance.
local function samma(a, s)
  local lagst, hogst = a:bounds()
  return lagst and hogst and a:point() == s:point() and (hogst - lagst) * 1000 <= a
end

return rule {
  id     = "NOT-10",
  title  = "Samma belopp är inte både avsättning och kortfristig skuld",
  ground = "LKBR 6 kap. 2 och 8 §§; RKR R9, R10",
  level  = "deviation",
  needs  = { "not_avsattningar", "not_kortfristiga_skulder" },
  recommendation = "Utred om beloppet är bokfört två gånger.",
  limits = "Små belopp (lika_belopp.minst), och belopp i tkr med få siffror, kan vara lika av en slump och prövas inte.",
  check  = function(ar, p)
    local fel = {}
    for v in each { ar, ar.foregaende } do
      for avsatt in v.not_avsattningar:rows() do
        for skuld in v.not_kortfristiga_skulder:rows() do
          local a, s = avsatt.belopp, skuld.belopp
          if a and s and avsatt.id ~= "summa" and skuld.id ~= "summa" and a >= p.lika_belopp.minst and samma(a, s) then
            fel[#fel + 1] = finding("Beloppet {belopp} för {ar} står både som {avsatt} i {not_a} och som {skuld} i {not_s}; det kan vara bokfört två gånger.",
              { belopp = s, avsattning = a, ar = v.rakenskapsar, avsatt = avsatt.label,
                not_a = v.not_avsattningar.place_, skuld = skuld.label,
                not_s = v.not_kortfristiga_skulder.place_ }, { at = s })
          end
        end
      end
    end
    return #fel > 0 and fel or nil
  end,
}
