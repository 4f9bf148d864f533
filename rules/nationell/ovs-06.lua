local function shows(view, name)
  local t = view[name]
  return t and (t.eget_kapital or t.eget_kapital_andel)
end

return rule {
  id     = "OVS-06",
  title  = "Översikten visar fem år, med eget kapital för varje år",
  ground = "LKBR 11 kap. 1 §; RKR R15",
  level  = "deviation",
  needs  = { "oversikt" },
  recommendation = "Visa fem år i översikten, med eget kapital och dess andel av medlemsbidragen för varje år.",
  limits = "Ett förbund som är yngre än fem år har färre.",
  check  = function(ar, p)
    local oversikt, out, utan = ar.oversikt, {}, {}
    local years = oversikt:columns()
    if number(#years) < p.oversikt.antal_ar then
      out[1] = finding("Översikten visar {visar} år. Enligt rekommendationen ska den visa {ska}.",
        { visar = #years, ska = p.oversikt.antal_ar:parts() }, { at = oversikt })
    end
    for _, column in ipairs(years) do
      local view = ar:year(column.year)
      if not shows(view, "oversikt") and not shows(view, "oversikt_medlemsbidrag") then
        utan[#utan + 1] = tostring(column.year)
      end
    end
    if #utan > 0 then
      out[#out + 1] = finding("Översikten visar inte eget kapital för {ar}, så att utvecklingen mot riktlinjen inte går att följa.",
        { ar = table.concat(utan, ", ") }, { at = oversikt, level = "recommendation" })
    end
    return out
  end,
}
