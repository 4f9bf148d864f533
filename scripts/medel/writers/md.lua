-- md.lua: findings as Markdown.
local markup = require "medel.markup"
local words = require "medel.writers.words"

local md = {}
local m = markup.markdown

local function evidence(ar, f)
  if #(f.evidence or {}) == 0 then return "" end
  local rows = {}
  for i, fact in ipairs(f.evidence) do rows[i] = { words.name(fact), words.value(fact), words.where(ar, fact) } end
  local list = m.form("\n{}\n", markup.markdown_table({ "Uppgift", "Belopp", "Var" }, { "---", "---:", "---" }, rows))
  return f.left_out and m.join { list, m.form("\noch {} uppgifter till\n", tostring(f.left_out)) } or list
end

local function finding(ar, f)
  local out = { m.form("### {} {}\n\n{}\n", words.level[f.level], f.rule, f.message), evidence(ar, f) }
  if f.recommendation and f.level ~= "note" then
    out[#out + 1] = m.form("\nFörslag: {}\n", f.recommendation)
  end
  for _, p in ipairs(f.parameters or {}) do
    out[#out + 1] = m.form("\n{}: {}\n", p.title, p.source)
  end
  out[#out + 1] = m.form("\n{}:{}:{}\n\nKrav: {}. Grund: {}.\n", f.file, f.line, f.col, f.title, f.ground)
  return m.join(out)
end

function md.one(result)
  local out = {
    m.form("# {}\n\n{}, {}.\n", words.heading(result), words.size(result),
      words.count(result.rules, "regel", "regler")),
  }
  for _, f in ipairs(result.shown) do out[#out + 1] = m.form("\n{}", finding(result.ar, f)) end
  local broken = words.broken(result)
  if broken then out[#out + 1] = m.form("\nRegler som inte kunde köras: {}.\n", broken) end
  if #result.not_applicable > 0 then
    out[#out + 1] = m.own "\n## Inte prövade regler\n\n"
    for _, item in ipairs(result.not_applicable) do
      out[#out + 1] = m.form("- {}: {}\n", item.rule.id, item.missing)
    end
  end
  if #(result.conventions or {}) > 0 then
    out[#out + 1] = m.own "\n## Så räknar förbundet\n\n"
    for _, c in ipairs(result.conventions) do
      out[#out + 1] = m.form("- {}\n", require("medel.conventions").describe(c))
    end
  end
  out[#out + 1] = m.form("\n## Sammanfattning\n\n{}\n", table.concat(words.summary(result.findings), ", "))
  return m.page(m.join(out))
end

return md
