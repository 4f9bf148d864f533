-- md.lua: findings as Markdown.
local words = require "medel.writers.words"

local md = {}

-- Text of a report must not become markup.
local function escape(text)
  return (text:gsub("[\\`*_{}%[%]()#+.!|<>&~-]", "\\%0"):gsub("[\n\r]+", " "))
end
md.escape = escape

local function evidence(ar, f)
  if #(f.evidence or {}) == 0 then return "" end
  local out = { "", "| Uppgift | Belopp | Var |", "|---|---:|---|" }
  for _, fact in ipairs(f.evidence) do
    out[#out + 1] = ("| %s | %s | %s |"):format(escape(words.name(fact)), escape(words.value(fact)),
      escape(words.where(ar, fact)))
  end
  return table.concat(out, "\n") .. "\n"
end

local function finding(ar, f)
  local out = {
    ("### %s %s\n\n%s\n"):format(words.level[f.level], f.rule, escape(f.message)),
    evidence(ar, f),
  }
  if f.recommendation and f.level ~= "note" then
    out[#out + 1] = ("\nFörslag: %s\n"):format(escape(f.recommendation))
  end
  for _, p in ipairs(f.parameters or {}) do
    out[#out + 1] = ("\n%s: %s\n"):format(escape(p.title), escape(p.source))
  end
  out[#out + 1] = ("\n%s:%d:%d\n\nKrav: %s\\. Grund: %s\\.\n"):format(escape(f.file), f.line, f.col,
    escape(f.title), escape(f.ground))
  return table.concat(out)
end

function md.one(result, options)
  local out = {
    options.first and "" or "\n",
    ("# %s\n\n%s, %s\\.\n"):format(escape(words.title(result.ar)),
      words.count(words.printed_figures(result.ar), "uppgift", "uppgifter"),
      words.count(result.rules, "regel", "regler")),
  }
  for _, f in ipairs(result.shown) do out[#out + 1] = "\n" .. finding(result.ar, f) end
  local broken = words.broken(result)
  if broken then out[#out + 1] = ("\nRegler som inte kunde köras: %s\\.\n"):format(escape(broken)) end
  if #result.not_applicable > 0 then
    out[#out + 1] = "\n## Inte prövade regler\n\n"
    for _, item in ipairs(result.not_applicable) do
      out[#out + 1] = ("- %s: %s\n"):format(item.rule.id, escape(item.missing))
    end
  end
  out[#out + 1] = ("\n## Sammanfattning\n\n%s\n"):format(table.concat(words.summary(result.findings), ", "))
  return table.concat(out)
end

return md
