-- kontoplan.lua: which plan of accounts a ledger is read by.
local medel = require "medel"
local files = require "medel.files"

local kontoplan = {}

function kontoplan.load(taxonomy, path)
  local text = files.need(path)
  local head = medel.yaml(text, path)
  local below = type(head) == "table" and head.based_on
  local base
  if type(below) == "string" and below:find "^[%w_-]+$" then
    local at = medel.data .. "/rules/kontoplan/" .. below .. ".yaml"
    if files.read(at) then base = kontoplan.load(taxonomy, at) end
  end
  local plan, why = medel.read_kontoplan(taxonomy, text, require("medel.workspace").short(path), base)
  if not plan then error(why, 0) end
  return plan
end

-- The plan in rules/forbund whose förbund has this name.
local function of_forbund(name)
  if not name then return nil end
  for _, path in ipairs(files.list(medel.data .. "/rules/forbund", "kontoplan.yaml")) do
    local head = medel.yaml(files.need(path), path)
    if type(head) == "table" and head.forbund == name then return path end
  end
end

-- Without a plan of its own: BAS has suppliers on 244, Kommun-Bas on 25.
function kontoplan.usual(bok)
  local bas = (bok.kontoplan or ""):upper():find "BAS" ~= nil
  for konto in bok:accounts "244" do bas = bas or konto ~= nil end
  return bas and "bas" or "kommun-bas"
end

-- options: path (a file), forbund (a folder of rules/forbund), report (a report's file),
-- names (what the förbund may be called)
function kontoplan.choose(taxonomy, bok, options)
  options = options or {}
  local path = options.path
  if not path and options.forbund then
    path = medel.data .. "/rules/forbund/" .. options.forbund .. "/kontoplan.yaml"
    if not options.forbund:find "^[%w_-]+$" or not files.read(path) then
      error(("no kontoplan of a förbund '%s' (rules/forbund/NAME/kontoplan.yaml)"):format(medel.show(options.forbund)), 0)
    end
  end
  if not path and options.report then path = files.beside(options.report, "kontoplan.yaml") end
  for _, name in ipairs(options.names or {}) do path = path or of_forbund(name) end
  return kontoplan.load(taxonomy, path or of_forbund(bok.foretag) or medel.data .. "/rules/kontoplan/" .. kontoplan.usual(bok) .. ".yaml")
end

return kontoplan
