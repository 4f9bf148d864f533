-- packs.lua: folders of rules with a pack.yaml, what they include, switch off and choose.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"

local packs = {}

local known = { medel_pack = true, id = true, title = true, includes = true, off = true,
                levels = true, norms = true, parameters = true, sections = true, template = true }

-- Where packs are looked for: in the folders given, in MEDEL_PATH, in the installation.
local function places(folders)
  local list = table.move(folders or {}, 1, #(folders or {}), 1, {})
  local named = os and os.getenv "MEDEL_PATH" or "" -- what is embedded has no environment
  for folder in named:gmatch "[^:]+" do list[#list + 1] = folder end
  list[#list + 1] = medel.data .. "/rules"
  list[#list + 1] = medel.data .. "/rules/forbund"
  return list
end

-- "a/../b" is "b": a folder has one name here.
local function normal(path)
  local parts = {}
  for part in path:gmatch "[^/]+" do
    if part == ".." and #parts > 0 and parts[#parts] ~= ".." then
      parts[#parts] = nil
    elseif part ~= "." then
      parts[#parts + 1] = part
    end
  end
  return (path:sub(1, 1) == "/" and "/" or "") .. table.concat(parts, "/")
end

local function find(id, folders)
  if id:find "/" or id == "." then
    if files.is_folder(id) then return id == "." and id or normal(id) end
    error("no such folder: " .. id, 0)
  end
  for _, place in ipairs(places(folders)) do
    local folder = place .. "/" .. id
    if not files.is_absent(folder .. "/pack.yaml") then return folder end
  end
  error(("no pack '%s' in %s"):format(id, table.concat(places(folders), ", ")), 0)
end

local function list_of(doc, pack, key)
  local list = pack[key] or {}
  if type(list) == "table" and (next(list) == nil or list[1] ~= nil) then return list end
  doc:wrong(pack, key, "'%s' must be a list", key)
  return {}
end

local function map_of(doc, pack, key)
  local map = pack[key] or {}
  if type(map) == "table" and map[1] == nil then return map end
  doc:wrong(pack, key, "'%s' must be a mapping", key)
  return {}
end

-- A folder without pack.yaml is a pack of loose rules.
local function read(folder)
  local path = folder .. "/pack.yaml"
  if files.is_absent(path) then
    return { id = folder, title = folder, folder = folder, includes = {}, off = {}, levels = {},
             norms = {}, parameters = {}, sections = {} }
  end
  local pack, places = diagnostics.need(medel.yaml(files.need(path), path))
  local doc = diagnostics.collector(path, places)
  if type(pack) ~= "table" or pack.medel_pack ~= "1" then
    doc:wrong(pack, "medel_pack", "medel_pack: 1 is expected")
    doc:done()
  end
  for key in pairs(pack) do
    if not known[key] then doc:wrong(pack, key, "unknown key '%s'", key) end
  end
  if pack.template ~= nil and type(pack.template) ~= "string" then doc:wrong(pack, "template", "template must be a text") end
  if not pack.id then doc:wrong(pack, "medel_pack", "'id' is missing") end
  local out = {
    id = pack.id, title = pack.title or pack.id, folder = folder,
    includes = list_of(doc, pack, "includes"), off = list_of(doc, pack, "off"),
    levels = map_of(doc, pack, "levels"), norms = map_of(doc, pack, "norms"),
    parameters = list_of(doc, pack, "parameters"), sections = map_of(doc, pack, "sections"),
    template = type(pack.template) == "string" and folder .. "/" .. pack.template or nil,
  }
  doc:done()
  return out
end

-- The packs named, each after those it includes, each once; 'folders' are looked in first.
function packs.resolve(ids, folders)
  local order, state = {}, {}
  local function visit(id, chain)
    local folder = find(id, folders)
    if state[folder] == "done" then return end
    if state[folder] == "open" then error("packs include each other: " .. chain .. " → " .. id, 0) end
    state[folder] = "open"
    local pack = read(folder)
    for _, included in ipairs(pack.includes) do
      visit(included:find "^%.%.?/" and folder .. "/" .. included or included, chain .. " → " .. id)
    end
    state[folder] = "done"
    order[#order + 1] = pack
  end
  for _, id in ipairs(ids) do visit(id, "") end
  return order
end

-- What the packs together say: later ones win.  files are those of their parameters.
function packs.merge(list)
  local merged = { off = {}, levels = {}, norms = {}, files = {}, sections = {} }
  for _, pack in ipairs(list) do
    for _, id in ipairs(pack.off) do merged.off[id:upper()] = pack.id end
    for id, level in pairs(pack.levels) do merged.levels[id:upper()] = level end
    for id, norm in pairs(pack.norms) do merged.norms[id] = norm end
    for number, heading in pairs(pack.sections) do merged.sections[number] = heading end
    merged.template = pack.template or merged.template
    for _, path in ipairs(pack.parameters) do
      merged.files[#merged.files + 1] = pack.folder .. "/" .. path
    end
  end
  return merged
end

-- The rule files of a pack: packs below its folder have their own.
function packs.files(pack)
  local list, below = {}, {}
  local all = files.list(pack.folder, "")
  for _, path in ipairs(all) do
    local folder = path:sub(-10) == "/pack.yaml" and path:sub(1, -11)
    if folder and folder ~= pack.folder then below[#below + 1] = folder .. "/" end
  end
  for _, path in ipairs(all) do
    local own = path:sub(-4) == ".lua"
    for _, folder in ipairs(below) do own = own and path:sub(1, #folder) ~= folder end
    if own then list[#list + 1] = path end
  end
  return list
end

return packs
