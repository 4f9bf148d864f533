-- En byrås promemoria: det som förbundet bör rätta före revisionen.
return report {
  title = "PM inför revisionen",
  write = function(doc, ar, p)
    doc:text "Följande har framkommit vid en första genomgång av årsredovisningen. Punkterna är inte slutliga."
    doc:heading "Att rätta"
    doc:findings "error"
    doc:findings "deviation"
    doc:heading "Att förklara"
    doc:findings "recommendation"
    local bidrag = ar.medlemsbidrag
    if bidrag then
      doc:heading "Riktlinjen för eget kapital"
      doc:say("Riktlinjen är {r:kr}; eget kapital är {e:kr}.", { r = p.riktlinje.eget_kapital(bidrag), e = ar.eget_kapital })
    end
  end,
}
