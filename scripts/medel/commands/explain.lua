-- explain.lua: where a figure comes from.
local medel = require "medel"
local shared = require "medel.options"

local spec = {
  name = "explain",
  in_child = true,
  summary = "Show a figure or expression: value, formula, every figure with its place.",
  description = "Evaluate an expression on a report. Names are concepts (eget_kapital), rows "
    .. "(balansrakning.fordringar), other years (foregaende.eget_kapital), budget.arets_resultat, "
    .. "and norms (riktlinje.eget_kapital); with --ledger, bok is the bookkeeping: bok:sum \"30..39\". "
    .. "Units are checked.",
  arguments = { { name = "FILE", doc = "A report, or a scenario." },
                { name = "EXPRESSION", doc = "What to explain." } },
  options = shared.with {
    { flags = "-y --year", target = "year", value = "YEAR",
      doc = "The projected year, when FILE is a scenario; usually the first." },
    { flags = "-f --format", target = "format", value = "FORMAT", choices = { "text", "json" },
      default = "text", doc = "How to print." },
    shared.printing[1], shared.printing[2],
  },
  exit = { { "0", "explained" }, { "2", "the file or the expression is wrong" } },
  examples = {
    { 'medel explain 2023.yaml "eget_kapital / medlemsbidrag"', "The share of eget kapital." },
    { 'medel explain 2023.yaml "eget_kapital - riktlinje.eget_kapital"', "Over the guideline." },
    { 'medel explain 2023.yaml "arets_resultat - budget.arets_resultat"', "Outcome against budget." },
    { 'medel explain 2023.yaml --ledger 2023.se "medlemsbidrag + bok:sum(\'35\')"', "The report against the books." },
    { 'medel explain -s "budget 2024" 2023.yaml eget_kapital', "What the printed budget leads to." },
  },
}

local signs = { ["+"] = "+", ["-"] = "−", ["*"] = "×", ["/"] = "/" }
local precedence = { ["+"] = 1, ["-"] = 1, ["*"] = 2, ["/"] = 2, neg = 3 }

local function bare(q)
  return (q:text():gsub(" kr$", ""))
end

-- The formula in figures, with brackets only where they change anything.
local formula
function formula(node, outer, right)
  if node.op == "round" then return formula(node.left, outer, right) end
  if node.op == "min" or node.op == "max" then
    return ("%s(%s; %s)"):format(node.op == "min" and "minst" or "störst", formula(node.left), formula(node.right))
  end
  local p = precedence[node.op]
  if not p then
    local text = bare(node.value)
    if node.op == "constant" and not node.name and node.value:unit() == "share" then -- 2 years, 3/12 of one
      local num, den = node.value:parts()
      if den == 1 then text = tostring(num) elseif 12 % den == 0 then text = ("%d/12"):format(num * 12 // den) end
    end
    return right and text:find "^−" and "(" .. text .. ")" or text
  end
  local text
  if node.op == "neg" then
    text = "−" .. formula(node.left, 3, true)
  else
    text = ("%s %s %s"):format(formula(node.left, p, false), signs[node.op],
      formula(node.right, p, true))
  end
  if outer and (p < outer or (p == outer and right)) then text = "(" .. text .. ")" end
  return text
end

local function leaves(node, list)
  list = list or {}
  if node.op == "fact" or node.op == "parameter" or node.op == "ledger" or node.name then
    list[#list + 1] = node
  else
    if node.left then leaves(node.left, list) end
    if node.right then leaves(node.right, list) end
  end
  return list
end

local function step_text(p, base)
  local parts, floor = {}, medel.kr(0)
  for _, step in ipairs(p.steps or {}) do
    local top = step.to and medel.smallest(base, step.to) or base
    if top > floor then
      parts[#parts + 1] = ("%s × %s"):format(step.rate:text(), bare(top - floor))
    end
    floor = step.to or floor
  end
  return table.concat(parts, " + ")
end

-- A value, what it is and where it stands: beside each other, or where there is no room below.
local function line(depth, value, name, place)
  local terminal = require "medel.terminal"
  local head = ("  "):rep(depth + 1) .. terminal.pad_left(value, 14) .. "  "
  local indent, widest = terminal.width(head), math.max(44 - 2 * depth, 10)
  if indent + math.max(terminal.width(name), widest) + 1 + terminal.width(place) <= terminal.columns() then
    return head .. terminal.pad(name, widest) .. " " .. terminal.paint("dim", place) .. "\n"
  end
  return terminal.fill(head, name, indent) .. "\n" .. terminal.paint("dim", terminal.fill((" "):rep(indent), place, indent)) .. "\n"
end

-- "= 1 000 + 2 000", broken over lines between its terms.
local function formula_line(depth, text)
  local indent = 2 * depth + 18
  for _, sign in ipairs { "+", "−", "×", "/" } do text = text:gsub(" " .. (sign == "+" and "%+" or sign) .. " ", " " .. sign .. "\0") end
  return require("medel.terminal").fill((" "):rep(indent), "= " .. text, indent + 2) .. "\n"
end

local print_node

-- A computed figure: how, and from what; each is explained where it first stands.
local function print_computed(ar, node, depth, out)
  local fact = node.fact
  local key = ("%s\0%s\0%s\0%d"):format(fact.table == "projektion" and "" or fact.table, fact.item or "", fact.row, fact.year)
  local again = out.explained[key]
  out.explained[key] = true
  out[#out + 1] = line(depth, bare(node.value), ("%s %d"):format(fact.label, fact.year), again and "se ovan" or "beräknat")
  if again then return end
  local text = formula(node.left)
  if node.left.op ~= "fact" and text ~= bare(node.value) then
    out[#out + 1] = formula_line(depth, text)
  end
  for _, leaf in ipairs(leaves(node.left)) do print_node(ar, leaf, math.min(depth + 1, 12), out) end
end

local function print_fact(ar, node, depth, out)
  local words = require "medel.writers.words"
  local fact = node.fact
  if node.left and (fact.state ~= "computed" or fact.table == "projektion") then
    return print_computed(ar, node, depth, out)
  end
  local place = fact.state == "computed" and "inte tryckt: summan av"
    or ("%s:%d:%d  %s"):format(medel.show(fact.file), fact.line, fact.col, words.where(ar, fact))
  out[#out + 1] = line(depth, bare(node.value), words.name(fact), place)
  if fact.state == "computed" and node.left then
    for _, leaf in ipairs(leaves(node.left)) do print_node(ar, leaf, depth + 1, out) end
  end
end

local shown_rows = 8

-- A figure of the ledger with its first rows.
local function print_entry(node, depth, out)
  local terminal = require "medel.terminal"
  local e = node.entry
  out[#out + 1] = line(depth, bare(node.value), terminal.safe(e.label), ("%s:%d"):format(medel.show(e.file), e.line))
  if e.measure ~= "summa" and e.measure ~= "saldo" then return end
  local n = 0
  for rad, _, belopp in e:rows() do
    n = n + 1
    if n <= shown_rows then
      local r = out.bok:row(rad)
      out[#out + 1] = line(depth + 1, bare(require("medel").ore(belopp)), terminal.safe(r.label), ("%s:%d"):format(medel.show(r.file), r.line))
    end
  end
  if n > shown_rows then
    out[#out + 1] = ("%soch %d rader till\n"):format((" "):rep(2 * depth + 20), n - shown_rows)
  end
end

function print_node(ar, node, depth, out)
  if node.name then -- a decision, or a function of the scenario
    out[#out + 1] = line(depth, bare(node.value), node.name, "beslut")
    if node.left and node.left.op ~= "constant" then
      for _, leaf in ipairs(leaves(node.left)) do print_node(ar, leaf, depth + 1, out) end
    end
  elseif node.op == "fact" then
    print_fact(ar, node, depth, out)
  elseif node.op == "ledger" then
    print_entry(node, depth, out)
  elseif node.op == "parameter" then
    local p = node.parameter
    local name = p.id .. (p.norm and (" (" .. p.norm .. ")") or "")
    out[#out + 1] = line(depth, bare(node.value), name, ("%s, från %s"):format(p.source, p.from))
    if node.left then
      out[#out + 1] = formula_line(depth, step_text(p, node.left.value))
      for _, leaf in ipairs(leaves(node.left)) do print_node(ar, leaf, depth + 1, out) end
    end
  end
end

-- What another of the competing norms would give.
local function other_norms(asked, expression, ar, used, value, out)
  local seen = {}
  for _, p in ipairs(asked:parameters(ar):list()) do
    if used[p.id] and p.norm and used[p.id] ~= p.norm and not seen[p.norm] then
      seen[p.norm] = true
      local other = asked:evaluate(expression, ar, { [p.id] = p.norm })
      if other and other ~= value then
        out[#out + 1] = "\n" .. require("medel.terminal").fill("  ", ("Enligt normen %s (%s): %s"):format(p.norm, p.norm_title, other:text()), 2) .. "\n"
      end
    end
  end
end

local function used_norms(node, used, seen)
  seen = seen or {}
  if seen[node] then return used end
  seen[node] = true
  if node.parameter and node.parameter.norm then used[node.parameter.id] = node.parameter.norm end
  if node.left then used_norms(node.left, used, seen) end
  if node.right then used_norms(node.right, used, seen) end
  return used
end

local function as_text(asked, expression, ar, q)
  local tree = q:derivation()
  local head = q:text()
  local text = formula(tree)
  if tree.op ~= "fact" and tree.op ~= "parameter" and tree.op ~= "ledger" and text ~= bare(q) then head = head .. " = " .. text end
  local out, shown = { require("medel.terminal").fill("", head, 2) .. "\n\n", explained = {}, bok = asked:ledger() }, {}
  for _, leaf in ipairs(leaves(tree)) do
    local before = #out
    print_node(ar, leaf, 0, out)
    local block = table.concat(out, "", before + 1)
    if shown[block] then -- the same figure twice in a formula is explained once
      for i = #out, before + 1, -1 do out[i] = nil end
    end
    shown[block] = true
  end
  local low, high = q:bounds()
  local printed = ar.scenario == nil or ar.variant ~= "utfall" -- a projected figure's half krona is the model's rounding
  if printed and low:text() ~= high:text() then
    out[#out + 1] = "\n" .. require("medel.terminal").fill("  ", ("Tryckt noggrannhet ger mellan %s och %s."):format(low:text(), high:text()), 2) .. "\n"
  end
  other_norms(asked, expression, ar, used_norms(tree, {}), q, out)
  return table.concat(out)
end

local function as_json(q)
  local medel = require "medel"
  local quantity = require("medel.writers.json").quantity
  local expanded = {} -- what several figures came from is written once
  local function tree(node)
    local out = { op = node.op, value = quantity(node.value), name = node.name }
    if node.fact then
      local f = node.fact
      out.fact = { label = f.label, text = f.text or medel.null, file = f.file, line = f.line,
                   column = f.col, place = f.place, table = f.table, row = f.row, year = f.year,
                   variant = f.variant }
    end
    if node.entry then
      local e = node.entry
      out.entry = { label = e.label, file = e.file, line = e.line, accounts = e.row, measure = e.measure, rows = e.antal, year = e.year }
    end
    if node.parameter then
      local p = node.parameter
      out.parameter = { id = p.id, norm = p.norm or medel.null, source = p.source, from = p.from }
    end
    local before = expanded[node]
    expanded[node] = true
    out.again = before and node.left and true or nil
    out.left = not before and node.left and tree(node.left) or nil
    out.right = not before and node.right and tree(node.right) or nil
    return out
  end
  return medel.json(tree(q:derivation())) .. "\n"
end

-- The report, or its first plan that was asked for; or of a scenario the projected year.
local function report_of(asked, args)
  local list = asked:stands_for(args.FILE)
  if not args.year then return list[1].open() end
  local last
  for _, one in ipairs(list) do
    if one.name ~= list[1].name then break end
    if tostring(one.year) == args.year then return one.open() end
    last = one.year
  end
  error(("--year is %d%s"):format(list[1].year, last > list[1].year and " to " .. last or ""), 0)
end

local function explain(args)
  local asked = shared.open(args):reads_all()
  local ar = report_of(asked, args)
  if asked.options.only or asked.options.except then asked:rule_set(ar) end -- what they name must be there
  local value, why = asked:evaluate(args.EXPRESSION, ar)
  if why then error(why, 0) end
  return { session = asked, ar = ar, value = value }
end

function spec.run(args)
  local medel = require "medel"
  local ok, found = pcall(explain, args)
  if not ok then
    require("medel.terminal").complain_of("explain", found)
    return 2
  end
  local value = found.value
  if value == nil then
    require("medel.terminal").complain(("medel explain: '%s' is not printed in %s\n"):format(args.EXPRESSION, args.FILE))
    return 2
  end
  if type(value) == "table" or type(value) == "function" then
    local names = type(value) == "table" and rawget(value, "begins")
    require("medel.terminal").complain(("medel explain: '%s' is no figure%s\n"):format(args.EXPRESSION,
      names and (": %s %s"):format(table.concat(names, ", "), #names == 1 and "is" or "are") or ""))
    return 2
  end
  if not medel.is_quantity(value) then
    require("medel.terminal").write(medel.describe(value) .. "\n")
    return 0
  end
  if args.format == "json" then
    io.stdout:write(as_json(value))
  else
    require("medel.terminal").write(as_text(found.session, args.EXPRESSION, found.ar, value))
  end
  return 0
end

return spec
