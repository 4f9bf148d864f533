-- csv.lua: every figure of every scenario and year, in kronor, one on a line.
local parts = require "medel.projections.parts"
local cell = require("medel.writers.csv").text

-- A decimal number with a point: kronor, or a share.
local function plain(q)
  local num, den = q:parts()
  local scale = q:unit() == "share" and 1000000 or 1
  local base = q:unit() == "share" and 1000000 or 100
  local n = num * scale // den
  return ("%s%d.%0" .. (#tostring(base) - 1) .. "d"):format(n < 0 and "-" or "", math.abs(n) // base, math.abs(n) % base)
end

return function(results)
  local head = {}
  for i, name in ipairs { "scenario", "ar", "slag", "uppgift", "benamning", "varde" } do head[i] = cell(name) end
  local out = { table.concat(head, ",") }
  local function add(run, year, kind, id, label, q)
    if q then out[#out + 1] = table.concat({ cell(run.scenario.name), year, cell(kind), cell(id), cell(label), plain(q) }, ",") end
  end
  for _, run in ipairs(results) do
    for _, year in ipairs(parts.years(run)) do
      for _, f in ipairs(parts.figures) do add(run, year, "uppgift", f[1], f[2], run.projection:figure(f[1], year)) end
      for _, b in ipairs(run.projection:blocks()) do
        add(run, year, b.income and "intakt" or "kostnad", b.id, b.label, run.projection:block(b.id, year))
      end
    end
  end
  for _, printed in ipairs(results.printed) do
    for _, p in ipairs(printed.list) do
      for _, f in ipairs(p.figures) do
        if f[3] then out[#out + 1] = table.concat({ cell(p.name), p.year, p.variant, f[1], cell(f[2]), plain(f[3]) }, ",") end
      end
    end
  end
  return table.concat(out, "\r\n") .. "\r\n"
end
