-- files.lua: where texts come from: the disk, "-" for standard input, and what a host keeps in
-- memory.  Another provider (an archive, a page in a browser) is mounted below a prefix.
local medel = require "medel"

local files = {}

-- A provider: read(path) gives a text, or nil and why; list(folder, suffix) the paths below it in
-- order; is_folder(path) and is_absent(path) as medel has them for the disk.
local disk = { read = medel.read_file, list = medel.files, is_folder = medel.is_folder, is_absent = medel.is_absent }

local standard_input
local most = 256 << 20
local input = {
  read = function()
    standard_input = standard_input or io and io.stdin:read(most + 1)
    if not standard_input then return nil, "error: there is no standard input" end
    if #standard_input > most then return nil, ("error: standard input is longer than %d bytes"):format(most) end
    return standard_input
  end,
  list = function() return {} end,
  is_folder = function() return false end,
  is_absent = function() return false end,
}

local mounted = {} -- { { prefix, provider } }, the last first

function files.mount(prefix, provider)
  table.insert(mounted, 1, { prefix, provider })
end

-- Texts by their path, as a provider.
function files.memory(texts)
  local function below(folder)
    return function(path) return path:sub(1, #folder + 1) == folder .. "/" end
  end
  return {
    read = function(path)
      if texts[path] then return texts[path] end
      return nil, path .. ": there is no such file"
    end,
    list = function(folder, suffix)
      local list, inside = {}, below(folder)
      for path in pairs(texts) do
        if inside(path) and (not suffix or suffix == "" or path:sub(-#suffix) == suffix) then list[#list + 1] = path end
      end
      table.sort(list)
      return list
    end,
    is_folder = function(path)
      local inside = below(path)
      for file in pairs(texts) do if inside(file) then return true end end
      return false
    end,
    is_absent = function(path) return texts[path] == nil end,
  }
end

-- What this run has read from the disk: no output may take its place.
local seen = {}

function files.note(path) seen[path] = true end
function files.noted()
  local list = {}
  for path in pairs(seen) do list[#list + 1] = path end
  table.sort(list)
  return list
end

local function provider_of(path)
  if path == "-" then return input end
  for _, m in ipairs(mounted) do
    if path:sub(1, #m[1]) == m[1] then return m[2] end
  end
  return disk
end

function files.on_disk(path) return provider_of(path) == disk end
function files.read(path)
  local provider = provider_of(path)
  if provider == disk then files.note(path) end
  return provider.read(path)
end
function files.list(folder, suffix) return provider_of(folder).list(folder, suffix) end
function files.is_folder(path) return provider_of(path).is_folder(path) end
function files.is_absent(path) return provider_of(path).is_absent(path) end

-- The names of scripts/medel/FOLDER/NAME.lua: the usual ones first, in their order, then what is
-- there besides; 'but' are no such names.
function files.modules(folder, usual, but)
  local list, known = table.move(usual, 1, #usual, 1, {}), but or {}
  for _, name in ipairs(usual) do known[name] = true end
  folder = medel.data .. "/scripts/medel/" .. folder
  for _, path in ipairs(files.is_folder(folder) and files.list(folder, ".lua") or {}) do
    local name = path:match "([%w_-]+)%.lua$"
    if name and not known[name] then list[#list + 1] = name end
  end
  return list
end

-- Does a path lie below a folder, with no ".." after it and no link, of a file or a folder, that leads out?
function files.below(folder, path)
  if path:sub(1, #folder + 1) ~= folder .. "/" or (path .. "/"):find("/../", #folder + 1, true) then return false end
  local at = folder
  for name in path:sub(#folder + 2):gmatch "[^/]+" do
    at = at .. "/" .. name
    if not medel.stays(at) then return false end
  end
  return true
end

-- The file of that name beside a report, or nil where there surely is none; no link leads out of the folder.
function files.beside(report, name)
  local path = (report:match "^(.*/)[^/]*$" or "") .. name
  if files.is_absent(path) then return nil end
  if files.on_disk(path) and not medel.stays(path) then error(path .. ": a link that leads out of its folder", 0) end
  return path
end

-- The text of a file that must be there.
function files.need(path)
  local text, why = files.read(path)
  if not text then error(why, 0) end
  return text
end

-- What a YAML file that must be there holds, and where; `name` is what diagnostics call it.
function files.yaml(path, name)
  return require("medel.diagnostics").need(medel.yaml(files.need(path), name or path))
end

function files.folder(path)
  return path:match "^(.*)/[^/]*$" or "."
end

return files
