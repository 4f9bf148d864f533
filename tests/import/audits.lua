-- audits.lua: what audit says of report files, in the rules that are about tables alone.
local medel = require "medel"

local audits = {}

-- Rules whose subject and evidence are figures of tables, their headers and their units.
local about_tables = { "SUM%-", "ART%-0", "NOT%-0[1-5]", "OVS%-", "NYC%-0[1-3]", "DRI%-0[134]", "DRI%-13", "FRM%-10", "FRM%-13",
                       "FRM%-16", "FRM%-17", "FRM%-18", "BAL%-01", "EKA%-01" }

function audits.of_tables(finding)
  if finding.message:find("löpande text", 1, true) then return false end
  for _, pattern in ipairs(about_tables) do if finding.rule:find("^" .. pattern) then return true end end
  return false
end

-- Findings by file, of as many files as a command takes.
function audits.findings(program, paths)
  local by = {}
  for first = 1, #paths, 8 do
    local names = {}
    for i = first, math.min(first + 7, #paths) do names[#names + 1] = "'" .. paths[i] .. "'" end
    local pipe = assert(io.popen(("'%s' audit -f json %s 2>/dev/null"):format(program, table.concat(names, " "))))
    local all = assert(medel.yaml(pipe:read "a"))
    pipe:close()
    for _, one in ipairs(all.reports) do by[one.file] = one.findings end
  end
  return by
end

-- Rules and how often each has something to say, one a line.
function audits.count(findings)
  local count, list = {}, {}
  for _, f in ipairs(findings) do
    if audits.of_tables(f) then count[f.rule] = (count[f.rule] or 0) + 1 end
  end
  for rule, n in pairs(count) do list[#list + 1] = rule .. " " .. n end
  table.sort(list)
  return table.concat(list, "\n"), #list
end

return audits
