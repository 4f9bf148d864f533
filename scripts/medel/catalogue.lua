-- catalogue.lua: every id a complete audit has, and what stands for it.
local medel = require "medel"
local files = require "medel.files"

local catalogue = {}

local function ids(doc)
  local groups, list = {}, {}
  for group in pairs(doc.groups) do groups[#groups + 1] = group end
  table.sort(groups)
  for _, group in ipairs(groups) do
    for i = 1, math.tointeger(tonumber(doc.groups[group])) do
      list[#list + 1] = ("%s-%02d"):format(group, i)
    end
  end
  return list
end

local function cases_beside(path)
  local test = path:gsub("%.lua$", ".test.yaml")
  local text = files.read(test)
  local doc = text and medel.yaml(text, test)
  return doc and #(doc.cases or {}) or 0
end

-- { { id, kind = rule|check|covered|outside|missing, what, cases } } for the catalogue's ids,
-- then the ids beyond it.
function catalogue.entries(w)
  local doc, out, listed = files.yaml(medel.data .. "/rules/katalog.yaml"), {}, {}
  local asked = require("medel.questions").outside()
  local function entry(id)
    local rule, covered, outside = w.by_id[id], doc.covered[id], asked[id]
    if rule and not rule.core and not rule.tie then
      return { id = id, kind = "rule", what = rule.file, cases = cases_beside(rule.path), title = rule.title }
    elseif rule then
      return { id = id, kind = "check", what = "taxonomy", title = rule.title }
    elseif covered then
      return { id = id, kind = "covered", what = table.concat(covered.by, ", "), title = covered.how }
    elseif outside then
      return { id = id, kind = "outside", what = "request list", title = outside }
    end
    return { id = id, kind = "missing", what = "", title = "" }
  end
  for _, id in ipairs(ids(doc)) do
    out[#out + 1] = entry(id)
    listed[id] = true
  end
  local beyond = {}
  for id in pairs(w.by_id) do if not listed[id] then beyond[#beyond + 1] = id end end
  table.sort(beyond)
  local size = #out
  for _, id in ipairs(beyond) do out[#out + 1] = entry(id) end
  return out, size
end

-- The dated values that a rule's source names: { { id, title, from, source } }.
function catalogue.parameters(w, rule)
  local text, names, out = rule.path and require("medel.files").read(rule.path) or "", {}, {}
  for name in text:gmatch "%f[%w_]p%.([%l_][%l%d_.]*)" do names[name:gsub("%.$", "")] = true end
  for _, p in ipairs(w.parameters:list()) do
    if names[p.id] or names[p.id .. ".confirmed_to"] then out[#out + 1] = p end
  end
  return out
end

return catalogue
