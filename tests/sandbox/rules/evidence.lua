-- evidence.lua: rules that make work of what is done with their findings: evidence, values, places,
-- needs and messages; and long calls of functions that compare.
local broken, finding, passed = "broken", "finding", "passed"
local doubled = "local x = kr(1) for i = 1, 12 do x = x + x end "
local zeros = "local s = ('\\0'):rep(1 << 20) "

return {
  -- evidence
  { "EV computing", "local a, x, ev = ar.arets_resultat, kr(1), {} for i = 1, 12 do x = x + x end for i = 1, 100000 do ev[i] = x end "
    .. "local t = {} for i = 1, 400 do t[i] = finding('m', {}, { evidence = ev }) end return t", broken, "time" },
  { "EV flood", "local ev, t = {}, {} for i, f in ipairs(ar:facts()) do ev[i] = f.value end for i = 1, 1000 do t[i] = finding('m' .. i, {}, { evidence = ev }) end return t", finding, "m1" },
  { "EV listed without end", "local ev = {} for i = 1, 100000 do ev[i] = kr(1) end return finding('m', nil, { evidence = ev })", finding, "m" },
  { "EV added later", "local f = finding('m') f.evidence = {} for i = 1, 300000 do f.evidence[i] = ar.eget_kapital end return f", finding, "m" },
  { "EV no list", "local f = finding('m') f.evidence = 'x' return f", finding, "m" },
  { "EV of itself", "local f = finding('m') f.evidence = { f, f.evidence, f } return { f, f }", finding, "m" },
  { "EV wide", doubled .. "local ev = {} for i = 1, 1000 do ev[i] = x end local t = {} for i = 1, 1000 do t[i] = finding('m', nil, { evidence = ev, at = x }) end return t", broken, "" },
  { "EV every figure", "for _, f in ipairs(ar:facts()) do local v = f.value end return finding('m')", finding, "m" },
  -- values
  { "EV values added later", "local f = finding('m') f.values = {} for i = 1, 50000 do f.values['k' .. i] = kr(1) end return f", broken, "100 values" },
  { "EV a value's name", "local f = finding('m', { q = kr(1) }) f.values['\\27[31m\\n\\r\\xff<script>'] = kr(1) return f", broken, "names of its values" },
  { "EV a long name of a value", "local f = finding('m', { q = kr(1) }) f.values[('x'):rep(257)] = kr(1) return f", broken, "names of its values" },
  { "EV one bad of three", "local f, g = finding('god'), finding('m', { q = kr(1) }) g.values['\\n'] = kr(1) return { f, g, f }", finding, "god" },
  { "EV values that double", doubled .. "local v, t = {}, {} for i = 1, 100 do v['k' .. i] = x end for i = 1, 1000 do t[i] = finding('m', v) end return t", broken, "too many to show" },
  -- places
  { "EV a place with a line end", "return finding('m', nil, { at = { line = 7, table = '\\27[31mROD\\27[0m\\n\\rFEL   FAKE-01 x \\xff' } })", broken, "its `at`" },
  { "EV a place set later", "local f = finding('m') f.at = { line = 7, table = 'a\\nb' } return f", broken, "its `at`" },
  { "EV a long place", "return finding('m', nil, { at = { line = 7, table = ('x'):rep(300) } })", broken, "its `at`" },
  { "EV a line below", "return finding('m', nil, { at = { line = -7, table = 'x' } })", broken, "its `at`" },
  { "EV a line beyond", "return finding('m', nil, { at = { line = math.maxinteger, table = 'x' } })", broken, "its `at`" },
  { "EV a column beyond", "return finding('m', nil, { at = { line = 7, col = 1 << 40, table = 'x' } })", broken, "its `at`" },
  { "EV a field that is no line", "return finding('m', nil, { at = 'a\\nb' })", broken, "its `at`" },
  { "EV places without end", "local p = {} for i = 1, 200000 do p[i] = i end return finding('m', nil, { at = { line = 7, places = p } })", finding, "m" },
  { "EV causes with a line end", "return finding('m', nil, { causes = { 'a', '\\n' } })", broken, "its causes" },
  { "EV causes without end", "local c = {} for i = 1, 100000 do c[i] = 'ver:' .. i end return finding('m', nil, { causes = c })", finding, "m" },
  -- messages
  { "EV placeholders", "return finding(('{a}'):rep(300000), { a = 1 })", broken, "a message longer than 16384 bytes" },
  { "EV placeholders that grow", "return finding(('{a}'):rep(5000), { a = ('x'):rep(900) })", broken, "a message longer than 16384 bytes" },
  { "EV open brackets", "return finding(('{'):rep(1000000))", broken, "a message longer" },
  { "EV messages for ever", "local m = ('{a}'):rep(1000) while true do pcall(finding, m, { a = 1 }) end", broken, "time" },
  { "EV a reason with a line end", "local f = not_applicable('x') f.reason = 'a\\nb' return f", broken, "its reason" },
  { "EV a recommendation", "local f = finding('x') f.recommendation = ('x'):rep(5000) return f", broken, "its recommendation" },
  -- functions that compare and join
  { "EV sort of equal texts", zeros .. "local t = {} for i = 1, 100000 do t[i] = s end while true do table.sort(t) end", broken, "time" },
  { "EV sort of long texts", zeros .. "local t = {} for i = 1, 40 do t[i] = s:sub(1, -i) end while true do table.sort(t) end", broken, "" },
  { "EV sort of figures", "local t = {} for i = 1, 20000 do t[i] = kr(i * 7919 % 10007) end while true do table.sort(t) end", broken, "time" },
  { "EV sort of short texts", "local t = {} for i = 1, 100000 do t[i] = 'a' .. i * 7919 % 10007 end while true do table.sort(t) end", broken, "" },
  { "EV pairs of long names", zeros .. "local t = {} for i = 1, 40 do t[s:sub(1, -i)] = i end while true do for k in pairs(t) do end end", broken, "" },
  { "EV comparing long texts", zeros .. "local u = s:sub(1, -2) while true do local x = s < u, s <= u, s > u end", broken, "time" },
  { "EV a text too long", zeros .. "return finding('' .. #(s .. s))", broken, "a text longer than 1 MiB" },
  { "EV a text too long, caught", zeros .. "pcall(function() return s .. s end) return finding('m')", broken, "a text longer than 1 MiB" },
  { "EV joined too long", "local s, t = ('x'):rep(1 << 19), {} for i = 1, 1000000 do t[i] = s end table.concat(t)", broken, "" },
  { "EV joined, again and again", "local t = {} for i = 1, 100000 do t[i] = 'xxxxxxxxxx' end while true do table.concat(t) end", broken, "time" },
  { "EV formats of long texts", "local s = ('x'):rep(1 << 19) string.format(('%s'):rep(2000), table.unpack((function() local t = {} for i = 1, 2000 do t[i] = s end return t end)()))", broken, "format: the result is longer" },
  { "EV quoted, again and again", zeros .. "while true do pcall(string.format, '%q', s) end", broken, "" },
  { "EV utf8.char of many", "local t = {} for i = 1, 100000 do t[i] = 0x10FFFF end while true do utf8.char(table.unpack(t)) end", broken, "" },
  { "EV words of much", "while true do words(('a '):rep(1 << 19)) end", broken, "" },
  { "EV moved, again and again", "local t = {} for i = 1, 300000 do t[i] = i end while true do table.move(t, 1, 300000, 2) end", broken, "" },
  { "EV zeros quoted", zeros .. "while true do pcall(string.format, '%q', s) end", broken, "time" },
  { "EV zeros quoted once", zeros .. "return finding(string.format('%q', s))", broken, "more than 64 KiB for %q" },
  { "EV sort of numbers", "local t = {} for i = 1, 100000 do t[i] = i * 7919 % 100003 end while true do table.sort(t) table.sort(t, function(a, b) return a > b end) end", broken, "time" },
  { "EV sort of nothings", "local t = {} for i = 1, 100000 do t[i] = '' end while true do table.sort(t) end", broken, "time" },
}
