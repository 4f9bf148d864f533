-- packs.lua: folders of rules with a pack.yaml, what they include, switch off and choose.
local medel = require "medel"
local files = require "medel.files"
local diagnostics = require "medel.diagnostics"

local packs = {}

local known = { medel_pack = true, id = true, title = true, includes = true, off = true,
                levels = true, norms = true, parameters = true, relations = true, sections = true, template = true }

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
  local joined = table.concat(parts, "/")
  return path:sub(1, 1) == "/" and "/" .. joined or joined ~= "" and joined or "."
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

local function sorted(map)
  local keys = {}
  for key in pairs(map) do keys[#keys + 1] = tostring(key) end
  table.sort(keys)
  return keys
end

-- ": did you mean 'off'?" or nothing
local function hint(name, names)
  local near = require("medel.help").nearest(name, sorted(names))
  return near and (": did you mean '%s'?"):format(near) or ""
end

local levels = { error = true, deviation = true, recommendation = true, note = true }

local function list_of(doc, pack, key)
  local list = pack[key] or {}
  if type(list) ~= "table" or (next(list) ~= nil and list[1] == nil) then
    doc:wrong(pack, key, "'%s' must be a list", key)
    return {}
  end
  for i, item in ipairs(list) do
    if type(item) ~= "string" then doc:wrong(list, i, "item %d of '%s' must be a text", i, key) end
  end
  return list
end

local function map_of(doc, pack, key)
  local map = pack[key] or {}
  if type(map) ~= "table" or map[1] ~= nil then
    doc:wrong(pack, key, "'%s' must be a mapping", key)
    return {}
  end
  for name, value in pairs(map) do
    if type(value) ~= "string" then doc:wrong(map, name, "'%s' of '%s' must be a text", name, key) end
  end
  return map
end

-- A folder without pack.yaml is a pack of loose rules.
local function read(folder)
  local path = folder .. "/pack.yaml"
  if files.is_absent(path) then
    return { id = folder, title = folder, folder = folder, includes = {}, off = {}, levels = {},
             norms = {}, parameters = {}, relations = {}, sections = {} }
  end
  local pack, places = diagnostics.need(medel.yaml(files.need(path), path))
  local doc = diagnostics.collector(path, places)
  if type(pack) ~= "table" or pack.medel_pack ~= "1" then
    doc:wrong(pack, "medel_pack", "medel_pack: 1 is expected")
    doc:done()
  end
  for key in pairs(pack) do
    if not known[key] then doc:wrong(pack, key, "unknown key '%s'%s", key, hint(key, known)) end
  end
  for _, key in ipairs { "id", "title", "template" } do
    if pack[key] ~= nil and type(pack[key]) ~= "string" then doc:wrong(pack, key, "'%s' must be a text", key) end
  end
  if not pack.id then doc:wrong(pack, "medel_pack", "'id' is missing") end
  local out = {
    id = pack.id, title = pack.title or pack.id, folder = folder,
    includes = list_of(doc, pack, "includes"), off = list_of(doc, pack, "off"),
    levels = map_of(doc, pack, "levels"), norms = map_of(doc, pack, "norms"),
    parameters = list_of(doc, pack, "parameters"), relations = list_of(doc, pack, "relations"), sections = map_of(doc, pack, "sections"),
    template = type(pack.template) == "string" and folder .. "/" .. pack.template or nil,
    root = pack, doc = doc,
  }
  for _, id in ipairs(sorted(out.levels)) do
    if not levels[out.levels[id]] then
      doc:wrong(out.levels, id, "level '%s' is unknown: error, deviation, recommendation or note%s", tostring(out.levels[id]),
        hint(tostring(out.levels[id]), levels))
    end
  end
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
    for i, included in ipairs(pack.includes) do
      local name = included:find "^%.%.?/" and folder .. "/" .. included or included
      local ok, why = pcall(find, name, folders)
      if not ok then
        pack.doc:wrong(pack.root.includes, i, "%s", why)
        pack.doc:done()
      end
      visit(name, chain .. " → " .. id)
    end
    state[folder] = "done"
    order[#order + 1] = pack
  end
  for _, id in ipairs(ids) do visit(id, "") end
  return order
end

-- Each rule or group that a pack switches off or weighs must be one; known(id) says so, and names
-- are all there are.
function packs.check_ids(list, known, names)
  for _, pack in ipairs(list) do
    local doc = pack.doc
    if doc then
      for i, id in ipairs(pack.off) do
        if not known(id:upper()) then doc:wrong(pack.root.off, i, "no rule or group '%s'%s", id, hint(id:upper(), names)) end
      end
      for _, id in ipairs(sorted(pack.levels)) do
        if not known(id:upper()) then doc:wrong(pack.levels, id, "no rule '%s'%s", id, hint(id:upper(), names)) end
      end
      doc:done()
    end
  end
end

-- What the packs together say: later ones win.  files are those of their parameters, relations
-- those of what they add to the taxonomy.
function packs.merge(list)
  local merged = { off = {}, levels = {}, norms = {}, files = {}, relations = {}, sections = {} }
  for _, pack in ipairs(list) do
    for _, id in ipairs(pack.off) do merged.off[id:upper()] = pack.id end
    for id, level in pairs(pack.levels) do merged.levels[id:upper()] = level end
    for id, norm in pairs(pack.norms) do merged.norms[id] = norm end
    for number, heading in pairs(pack.sections) do merged.sections[number] = heading end
    merged.template = pack.template or merged.template
    for _, path in ipairs(pack.parameters) do
      merged.files[#merged.files + 1] = pack.folder .. "/" .. path
    end
    for _, path in ipairs(pack.relations) do
      merged.relations[#merged.relations + 1] = { pack = pack.id, path = pack.folder .. "/" .. path }
    end
  end
  return merged
end

local function folder_of(path)
  return path:match "^(.*)/[^/]*$" or "."
end

local function library_of(folder)
  local at = folder
  while at and files.is_absent(at .. "/pack.yaml") do at = at:match "^(.+)/[^/]*$" end
  local lib, out = (at or folder) .. "/lib", {}
  for _, file in ipairs(files.is_folder(lib) and files.list(lib, ".lua") or {}) do
    local name = file:sub(#lib + 2, -5)
    if name:find "^[%l_][%l%d_]*$" then out[name] = files.need(file) end
  end
  return next(out) and out or nil
end

-- Whose library a rule has: of the pack that its file is in, { name = text }, or nil.  'known' keeps
-- what is found by folder, for as long as no file is asked for anew.
function packs.libraries(path, known)
  local folder = folder_of(path)
  if not known then return library_of(folder) end
  if known[folder] == nil then known[folder] = library_of(folder) or false end
  return known[folder] or nil
end

-- The rule files of a pack: packs below its folder have their own, and lib/ holds none.
function packs.files(pack)
  local list, below = {}, {}
  local all = files.list(pack.folder, "")
  for _, path in ipairs(all) do
    local folder = path:sub(-10) == "/pack.yaml" and path:sub(1, -11)
    if folder and folder ~= pack.folder then below[#below + 1] = folder .. "/" end
  end
  below[#below + 1] = pack.folder .. "/lib/"
  for _, path in ipairs(all) do
    local own = path:sub(-4) == ".lua"
    if own then
      for _, folder in ipairs(below) do own = own and path:sub(1, #folder) ~= folder end
    end
    if own then list[#list + 1] = path end
  end
  return list
end

return packs
