-- help.lua: what commands say of themselves, as --help, man page, completion.
local help = {}

local function wrap(text, indent, width)
  local lines, line = {}, ""
  for word in text:gmatch "%S+" do
    if #line + #word + 1 > width and line ~= "" then
      lines[#lines + 1] = line
      line = word
    else
      line = line == "" and word or (line .. " " .. word)
    end
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n" .. (" "):rep(indent))
end

local function usage(spec)
  local parts = { "medel " .. spec.name }
  if spec.options and #spec.options > 0 then parts[#parts + 1] = "[options]" end
  for _, a in ipairs(spec.arguments or {}) do
    local name = a.args == "+" and a.name .. "..." or a.args and "[" .. a.name .. "...]" or a.name
    if a.args == "?" then name = "[" .. a.name .. "]" end
    parts[#parts + 1] = name
  end
  return table.concat(parts, " ")
end

local function option_head(o)
  return o.flags:gsub(" ", ", ") .. (o.value and " " .. o.value or "")
end

local function option_doc(o)
  local doc = o.doc
  if o.choices then doc = doc .. " One of " .. table.concat(o.choices, ", ") .. "." end
  if o.default then doc = doc .. " Usual: " .. o.default .. "." end
  return doc
end

function help.of(spec)
  local out = { "Usage: " .. usage(spec), "", wrap(spec.description or spec.summary, 0, 78) }
  local function section(title, rows)
    if #rows == 0 then return end
    out[#out + 1] = ""
    out[#out + 1] = title
    for _, row in ipairs(rows) do
      local head = #row[1] > 22 and row[1] .. "\n" .. (" "):rep(24) or ("%-22s"):format(row[1])
      out[#out + 1] = ("  %s %s"):format(head, wrap(row[2], 25, 54))
    end
  end
  local arguments, options = {}, {}
  for _, a in ipairs(spec.arguments or {}) do arguments[#arguments + 1] = { a.name, a.doc } end
  for _, o in ipairs(spec.options or {}) do
    options[#options + 1] = { option_head(o), option_doc(o) }
  end
  options[#options + 1] = { "-h, --help", "Show this and end." }
  section("Arguments:", arguments)
  section("Options:", options)
  if spec.exit then section("Exit status:", spec.exit) end
  if spec.examples then
    out[#out + 1] = ""
    out[#out + 1] = "Examples:"
    for _, e in ipairs(spec.examples) do
      out[#out + 1] = "  " .. e[1]
      out[#out + 1] = "      " .. wrap(e[2], 6, 72)
    end
  end
  return table.concat(out, "\n") .. "\n"
end

function help.overview(names)
  local out = {
    "medel: the accounts of a samordningsförbund, audited.",
    "",
    "Usage: medel COMMAND [options] ...",
    "",
    "Commands:",
  }
  for _, name in ipairs(names) do
    local spec = require("medel.commands." .. name)
    out[#out + 1] = ("  %-12s %s"):format(name, spec.summary)
  end
  out[#out + 1] = ""
  out[#out + 1] = "Examples:"
  out[#out + 1] = "  medel audit examples/              what does not hold in these reports"
  out[#out + 1] = "  medel explain 2023.yaml soliditet  where a figure comes from"
  out[#out + 1] = "  medel help audit                   about one command"
  return table.concat(out, "\n") .. "\n"
end

-- ---- man page ----

local function roff(text)
  return (text:gsub("\\", "\\e"):gsub("%-", "\\-"):gsub("^%.", "\\&."):gsub("\n%.", "\n\\&."))
end

function help.man(names)
  local out = {
    '.TH MEDEL 1 "" "medel ' .. require("medel").version .. '" "User commands"',
    ".SH NAME", "medel \\- the accounts of a samordningsf\\[:o]rbund, audited",
    ".SH SYNOPSIS", ".B medel", "COMMAND [options] ...",
    ".SH DESCRIPTION",
    "Reads a\\[u030A]rsredovisningar typed as YAML, tests what must hold in them, and says",
    "what does not, with the figures, their places and the computation.",
  }
  out[#out - 1] = "Reads annual reports typed as YAML, tests what must hold in them, and says"
  for _, name in ipairs(names) do
    local spec = require("medel.commands." .. name)
    out[#out + 1] = ".SH " .. ("medel " .. name):upper()
    out[#out + 1] = ".B " .. roff(usage(spec))
    out[#out + 1] = ".PP"
    out[#out + 1] = roff(spec.description or spec.summary)
    for _, o in ipairs(spec.options or {}) do
      out[#out + 1] = ".TP"
      out[#out + 1] = ".B " .. roff(option_head(o))
      out[#out + 1] = roff(option_doc(o))
    end
    for _, e in ipairs(spec.examples or {}) do
      out[#out + 1] = ".PP"
      out[#out + 1] = ".nf"
      out[#out + 1] = roff(e[1])
      out[#out + 1] = ".fi"
      out[#out + 1] = roff(e[2])
    end
  end
  out[#out + 1] = ".SH EXIT STATUS"
  out[#out + 1] = "0: nothing found; 1: findings, or failed tests; 2: could not run."
  out[#out + 1] = ".SH ENVIRONMENT"
  out[#out + 1] = "MEDEL_DATA: where rules/ and scripts/ are; NO_COLOR: no colour."
  return table.concat(out, "\n") .. "\n"
end

-- ---- completion ----

local function flags_of(spec)
  local words = { "--help" }
  for _, o in ipairs(spec.options or {}) do
    for flag in o.flags:gmatch "%S+" do
      if flag:sub(1, 2) == "--" then words[#words + 1] = flag end
    end
  end
  return table.concat(words, " ")
end

local function choice_cases(spec)
  local out = {}
  for _, o in ipairs(spec.options or {}) do
    if o.choices then
      out[#out + 1] = ('        %s) COMPREPLY=($(compgen -W "%s" -- "$cur")); return ;;'):format(
        o.flags:gsub(" ", "|"), table.concat(o.choices, " "))
    end
  end
  return table.concat(out, "\n")
end

function help.bash(names)
  local cases = {}
  for _, name in ipairs(names) do
    local spec = require("medel.commands." .. name)
    cases[#cases + 1] = ([[
    %s)
        case "$prev" in
%s
        *) ;;
        esac
        words="%s%s" ;;]]):format(name, choice_cases(spec), flags_of(spec),
      name == "help" and " " .. table.concat(names, " ") or "")
  end
  return ([[
# bash completion for medel
_medel() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=""
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "%s --help --version" -- "$cur"))
        return
    fi
    case "${COMP_WORDS[1]}" in
%s
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur") $(compgen -f -- "$cur"))
}
complete -o filenames -F _medel medel
]]):format(table.concat(names, " "), table.concat(cases, "\n"))
end

function help.fish(names)
  local out = { "# fish completion for medel" }
  for _, name in ipairs(names) do
    local spec = require("medel.commands." .. name)
    out[#out + 1] = ("complete -c medel -n __fish_use_subcommand -a %s -d '%s'"):format(name,
      spec.summary:gsub("'", "\\'"))
    for _, o in ipairs(spec.options or {}) do
      for flag in o.flags:gmatch "%-%-(%S+)" do
        out[#out + 1] = ("complete -c medel -n '__fish_seen_subcommand_from %s' -l %s%s -d '%s'")
          :format(name, flag, o.choices and (" -xa '" .. table.concat(o.choices, " ") .. "'") or "",
            o.doc:gsub("'", "\\'"))
      end
    end
  end
  return table.concat(out, "\n") .. "\n"
end

return help
