return rule {
  id     = "FRM-16",
  title  = "Årsredovisningen anger förbundets namn och organisationsnummer",
  ground = "God redovisningssed",
  level  = "note",
  document = "alla",
  check  = function(ar)
    local saknas = {}
    if not ar:get("forbund.namn") then saknas[1] = "namn" end
    if not ar:get("forbund.org_nr") then saknas[#saknas + 1] = "organisationsnummer" end
    if #saknas < 1 then return end
    return finding("Årsredovisningen för {ar} anger inte förbundets {saknas}.",
      { ar = ar.rakenskapsar, saknas = listed(saknas) })
  end,
}
