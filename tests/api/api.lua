-- api.lua - what medel.h promises, read from its headers: every type is described, every
-- structure keeps its layout, every export is used by a test, and NULL anywhere is answered.
--   medel run --trust tests/api/api.lua null|layout FILE   write a C program
--   medel run --trust tests/api/api.lua check              types and coverage
local command, out = ...

local function whole(path)
  local file = io.open(path)
  local text = file and file:read "a"
  if file then file:close() end
  return text
end

local function read(path) return whole(path) or error("no " .. path) end

-- ---- the headers ----

local HEADERS = {}
for name in read("bindings/host/medel.h"):gmatch('#include "(medel_%w+%.h)"') do
  local before = #HEADERS
  for wing in ("\n" .. read "tests/arrows"):gmatch "\n([%w/]+):" do
    local text = whole(wing .. "/" .. name)
    if text then HEADERS[#HEADERS + 1] = (text:gsub("/%*.-%*/", " ")) end
  end
  if #HEADERS == before then error(name .. " is in no wing of tests/arrows", 0) end
end

local function split(arguments)
  local list, depth, from = {}, 0, 1
  for at, c in arguments:gmatch("()([(),])") do
    if c == "(" then depth = depth + 1 elseif c == ")" then depth = depth - 1
    elseif depth == 0 then
      list[#list + 1] = arguments:sub(from, at - 1)
      from = at + 1
    end
  end
  list[#list + 1] = arguments:sub(from)
  return list
end

-- { name =, gives =, { type =, name =, pointer = } ... } for each exported function
local function functions()
  local all = {}
  for _, text in ipairs(HEADERS) do
    for head, arguments in text:gmatch("MEDEL_API%s+([^;{}()]-)(%b())%s*;") do
      local f = {}
      f.gives, f.name = head:gsub("MEDEL_MUST_CHECK", ""):match("^%s*(.-)%s*(medel_[%w_]+)%s*$")
      for _, a in ipairs(split(arguments:sub(2, -2))) do
        local plain, array = a:gsub("%s+", " "):gsub("%b[]", "")
        local kind, name = plain:match("^ ?(.-) ?([%w_]+) ?$")
        if kind and name ~= "void" then
          f[#f + 1] = { type = kind, name = name,
            pointer = array > 0 or kind:find("*", 1, true) ~= nil or kind:find("_fn$") ~= nil }
        end
      end
      all[#all + 1] = f
    end
  end
  table.sort(all, function(a, b) return a.name < b.name end)
  return all
end

-- names of the structures whose members a host sees, in order
local function structures()
  local names = {}
  for _, text in ipairs(HEADERS) do
    for name in text:gmatch("struct (medel_[%w_]+) {") do names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

-- ---- a program that gives NULL for each pointer of each function ----

local optional = {}
local needed = {}
for line in read("tests/api/optional.txt"):gmatch("[^\n]+") do
  local f, name = line:match("^([%w_*]+) (%S+)")
  if f then optional[f .. " " .. name] = true end
  f, name = line:match("^! (%S+) (%S+)")
  if f then needed[f .. " " .. name] = true end
end

local function may_lack(f, a)
  if not a.pointer then return true end
  return (optional["* " .. a.name] or optional[f.name .. " " .. a.name]) and not needed[f.name .. " " .. a.name]
end

local GIVEN = {
  ["const char *"] = '"x"', ["const char *const *"] = "w.texts", ["void *"] = "NULL",
  ["const medel_fact *"] = "w.fact", ["const medel_concept *"] = "w.concept_ref",
  ["const medel_finding *"] = "medel_findings_get(w.findings, MEDEL_PASSED, 0)",
  ["const medel_yaml *"] = "medel_yaml_root(w.yaml_document)", ["medel_error *"] = "&error",
  ["medel_diagnostics *"] = "diagnostics", ["medel_write_fn"] = "take", ["medel_host_fn"] = "answer",
  ["medel_stratum *"] = "w.strata", ["medel_read_fn"] = "no_more",
}
local OBJECTS, VALUES = {}, {}
do
  local world = read("tests/api/world.h"):match("static struct {(.-)} w;")
  for kind, names in world:gmatch("(medel_[%w_]+) ([^;]+);") do
    for name in names:gmatch("[^,%s]+") do
      local bare = name:gsub("^%*", "")
      if "medel_" .. bare == kind then (name:find("*", 1, true) and OBJECTS or VALUES)[kind] = bare end
    end
  end
end

local OWN = { ["medel_path_word path"] = "w.texts", ["medel_text_free text"] = "malloc(2)", ["medel_file_write path"] = '"build/tests/api/written"' }

local function given(f, a)
  if OWN[f.name .. " " .. a.name] then return OWN[f.name .. " " .. a.name] end
  if GIVEN[a.type] then return GIVEN[a.type] end
  local of = a.type:match("^const (medel_[%w_]+) %*$") or a.type:match("^(medel_[%w_]+) %*$")
  if of and OBJECTS[of] then return "w." .. OBJECTS[of] end
  if of and VALUES[of] and a.type:find("^const") then return "&w." .. VALUES[of] end
  if a.pointer then return may_lack(f, a) and "NULL" or "(void *)room" end
  if a.name == "size" or a.name == "len" then return "1" end
  return "0"
end

-- What a call gives back by this argument; a pointer to something that it changes, to an array
-- whose length it returns, or to why it failed is none.
local IN_PLACE = { ["medel_quantity_printed q"] = true, ["medel_figure_next at"] = true, ["medel_ledger_strata strata"] = true,
  ["medel_ledger_query_next rows"] = true, ["medel_report_plans out"] = true, ["medel_statements_compare out"] = true,
  ["medel_mc_run years"] = true, ["medel_file_begin head"] = true, ["medel_text_capital text"] = true,
  ["medel_text_free text"] = true, ["medel_figure_parse why"] = true,
  ["medel_path_word path"] = true }
local function gives_back(f, a)
  local of = a.type:match("^(.-) ?%*+$")
  if not of or f.gives == "void" or IN_PLACE[f.name .. " " .. a.name] or a.name == "err" or a.name == "diags" or a.type == "void *" then return nil end
  if a.type:find("%*%*$") or a.type == "const medel_fact *const **" then return a.type:sub(1, -2) end
  return not of:find("^const") and not OBJECTS[of] and of or nil
end

-- Structures of options that say where memory comes from.
local ALLOCATES = {}
for _, text in ipairs(HEADERS) do
  for name, body in text:gmatch("struct (medel_%w+_options) (%b{})") do
    ALLOCATES[name] = body:find("const medel_allocator *allocator;", 1, true) ~= nil
  end
end
local function starved(a)
  if a.type == "const medel_allocator *" then return "&nothing_left" end
  local of = a.type:match("^const (medel_[%w_]+) %*$")
  return of and ALLOCATES[of] and "&options" or nil, of
end

-- A number that no list, enumeration or table reaches.
local function far(a)
  local index = { i = true, t = true, index = true, block = true, line = true, word = true }
  if a.pointer then return nil end
  if a.type == "size_t" then return index[a.name] and "1000000" or nil end
  if a.type:find("^medel_") then return "(" .. a.type .. ")1000" end
  return (a.type == "uint32_t" or a.type == "int" or a.type == "int32_t") and "1000000" or nil
end

local function call(f, without)
  local list = {}
  for i, a in ipairs(f) do
    list[i] = (without == "far" and far(a)) or (not without and (a.pointer and "NULL" or "0")) or (without == i and "NULL")
      or (gives_back(f, a) and ("(void *)outs[%d]"):format(i - 1)) or (without == "starved" and starved(a)) or given(f, a)
    if list[i] == "0" and a.type:find("^medel_") then list[i] = "(" .. a.type .. ")0" end
  end
  return f.name .. "(" .. table.concat(list, ", ") .. ")"
end

local NOTHING = { bool = "!r", size_t = "r == 0", uint64_t = "r == 0", int = "r == 0", unsigned = "r == 0",
  uint32_t = "r == MEDEL_NO_INDEX", int32_t = "r == MEDEL_NO_DAY", ["const char *"] = "(!r || !*r)" }

-- After a call that failed, what it gives back is NULL or zeros, and a text is "".
local function zeroed(f, i)
  if i == "full" and f.gives == "size_t" then return "" end -- an empty list is an answer
  local failed = f.gives == "medel_status" and "r != MEDEL_OK" or f.gives == "bool" and "!r" or f.gives == "size_t" and "r == 0"
    or f.gives:find("*", 1, true) and "!r"
  local all = {}
  for k, a in ipairs(f) do
    local of = failed and i and k ~= i and gives_back(f, a)
    if of then all[#all + 1] = ("nothing(outs[%d], sizeof(%s), %s)"):format(k - 1, of, of == "medel_quantity" or of == "medel_node") end
  end
  return #all > 0 and (" && (!(%s) || (%s))"):format(failed, table.concat(all, " && ")) or ""
end

-- What is expected of the call without argument i; nil: without any.
local function expected(f, i)
  if i == "far" or i == "full" or i == "starved" then
    local before, verdict = "", "true"
    for _, a in ipairs(f) do
      local how, of = starved(a)
      if i == "starved" and how == "&options" then
        before = ("%s options = %s; options.allocator = &nothing_left; "):format(of, VALUES[of] and "w." .. VALUES[of] or "{ 0 }")
      end
    end
    if i == "starved" and f.gives == "medel_status" then verdict = "r != MEDEL_OK" end
    return before .. (f.gives == "void" and call(f, i) .. "; return true;"
      or ("%s r = %s; (void)r; return %s%s;"):format(f.gives, call(f, i), verdict, zeroed(f, i)))
  end
  local refused = not i
  for k, a in ipairs(f) do
    if k == i and not may_lack(f, a) then refused = true end
  end
  if f.gives == "void" then return call(f, i) .. ";" end
  local verdict = "true"
  if refused and f.gives == "medel_status" then
    verdict = "r == MEDEL_E_MISUSE"
    for k, a in ipairs(f) do
      if i and k ~= i and a.name == "err" then verdict = verdict .. " && said(&error)" end
      if i and k ~= i and a.name == "rt" and f.name ~= "medel_runtime_new" then
        verdict = verdict .. " && told(medel_runtime_diagnostics(w.runtime))"
      end
      if i and k ~= i and a.name == "diags" then verdict = verdict .. " && told(diagnostics)" end
    end
  elseif refused and f.gives:find("*", 1, true) then
    verdict = NOTHING[f.gives] or "!r"
  elseif refused then
    verdict = NOTHING[f.gives] or "true"
  end
  if not i then -- all that may be NULL is NULL, too
    local free = true
    for _, a in ipairs(f) do
      free = free and may_lack(f, a)
    end
    if free then verdict = "true" end
  end
  return f.gives .. " r = " .. call(f, i) .. "; return " .. verdict .. zeroed(f, i) .. ";"
end

local PROGRAM = [[
/* null.c - written by tests/api/api.lua: every function of medel.h without each of the
 * pointers that it takes, without any, and with numbers that nothing reaches; each call in a
 * process of its own. */
#include "world.h"

#include <sys/wait.h>
#include <unistd.h>

static union { char bytes[65536]; int64_t align; } space;
#define room space.bytes
/* What a call gives back, by its argument; full of what is no answer. */
static _Alignas(int64_t) char outs[9][4096];
static medel_error error;
static medel_diagnostics *diagnostics;

static void *nothing_is_left(void *ud, void *p, size_t osize, size_t nsize)
{
    (void)ud;
    (void)osize;
    (void)nsize;
    free(p);
    return NULL;
}
static const medel_allocator nothing_left = { nothing_is_left, NULL };
/* Zeros, or first a quantity that is the number 0. */
static bool nothing(const char *out, size_t size, bool is_number)
{
    static const medel_quantity zero = { { 0, 1 }, { 0, 1 }, { 0, 1 }, { 0, 0 }, false };
    const size_t from = is_number ? sizeof zero : 0;
    for (size_t i = from; i < size; i++)
        if (out[i])
            return false;
    medel_quantity q = zero;
    if (is_number)
        memcpy(&q, out, sizeof q);
    return q.value.num == 0 && q.value.den == 1 && q.low.num == 0 && q.high.num == 0;
}
/* A call that was wrong says so, of itself. */
static bool said(const medel_error *e)
{
    return e->status == MEDEL_E_MISUSE && strncmp(e->message, "medel_", 6) == 0;
}
static bool told(const medel_diagnostics *d)
{
    const medel_diagnostic *item = medel_diagnostics_get(d, 0);
    return item && item->status == MEDEL_E_MISUSE && medel_diagnostics_count(d) == 1;
}

%s
static const struct {
    const char *name, *without;
    bool (*call)(void);
} calls[] = {
%s
};

/* 0: answered; 1: a wrong answer; 2: the process died. */
static int answered(size_t i)
{
    int status = 0;
    const pid_t child = fork();
    if (child == 0) {
        alarm(60);
        memset(room, 0, sizeof room);
        memset(outs, 0xA5, sizeof outs);
        diagnostics = medel_diagnostics_new(NULL);
        _exit(calls[i].call() ? 0 : 1);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        return 2;
    return WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? WEXITSTATUS(status) : 2;
}

int main(void)
{
    const size_t n = sizeof calls / sizeof *calls;
    size_t bad[3] = { 0, 0, 0 };
    make_world();
    for (size_t i = 0; i < n; i++) {
        const int how = answered(i);
        bad[how]++;
        if (how)
            printf("FAIL %%s without %%s: %%s\n", calls[i].name, calls[i].without,
                   how == 1 ? "not refused" : "the process died");
    }
    printf("NULL: %%zu calls of %d functions, %%zu not refused, %%zu died\n", n, bad[1],
           bad[2]);
    return bad[1] || bad[2];
}
]]

local function null_program()
  local bodies, rows, count = {}, {}, 0
  for _, f in ipairs(functions()) do
    local any = false
    local function add(i, name)
      local id = f.name .. "_" .. (i or "any")
      local body = expected(f, i)
      if f.gives == "void" and type(i) ~= "string" then body = body .. " return true;" end
      bodies[#bodies + 1] = ("static bool %s(void)\n{\n    %s\n}\n"):format("call_" .. id, body)
      rows[#rows + 1] = ('    { "%s", "%s", call_%s },'):format(f.name, name, id)
    end
    for i, a in ipairs(f) do
      if a.pointer then
        any = true
        add(i, a.name)
      end
    end
    local reaches = false
    for _, a in ipairs(f) do reaches = reaches or far(a) ~= nil end
    if reaches then add("far", "a limit") end
    local back, memory = false, false
    for _, a in ipairs(f) do
      back = back or gives_back(f, a) ~= nil
      memory = memory or starved(a) ~= nil
    end
    if back then add("full", "nothing") end
    if memory then add("starved", "memory") end
    if any then
      count = count + 1
      add(nil, "any")
    end
  end
  return PROGRAM:format(table.concat(bodies, "\n"), table.concat(rows, "\n"), count)
end

-- ---- a program that prints the size of each structure ----

local function layout_program()
  local list = { '#include "medel.h"\n#include <stdio.h>\nint main(void)\n{' }
  for _, name in ipairs(structures()) do
    list[#list + 1] = ('    printf("%%s %%zu\\n", "%s", sizeof(%s));'):format(name, name)
  end
  list[#list + 1] = "    return 0;\n}\n"
  return table.concat(list, "\n")
end

-- ---- what the documents and the tests say of them ----

local function check()
  local bad, tested, all = 0, 0, functions()
  local function fail(...)
    bad = bad + 1
    print("FAIL " .. string.format(...))
  end
  local section = read("docs/embedding.md"):match("\n## Types\n(.-)\n## ")
  local seen = {}
  for name in (section or ""):gmatch("`([%w_]+)`") do
    if seen["medel_" .. name] then fail("medel_%s stands twice in docs/embedding.md, under Types", name) end
    seen["medel_" .. name] = true
  end
  for _, name in ipairs(structures()) do
    if not seen[name] then fail("%s does not stand in docs/embedding.md, under Types", name) end
    seen[name] = nil
  end
  for name in pairs(seen) do fail("docs/embedding.md: %s is no structure of medel.h", name) end
  local excused = {}
  for line in read("tests/api/untested.txt"):gmatch("[^\n]+") do
    local name, why = line:match("^(medel_[%w_]+)%s+(%S.*)$")
    if name then excused[name] = why end
  end
  local pipe = assert(io.popen("cat tests/*.c tests/core/*.c tests/host/*.c tests/sie/*.c"))
  local text = pipe:read "a"
  pipe:close()
  for _, f in ipairs(all) do
    local used = text:find("%f[%w_]" .. f.name .. "%f[^%w_]")
    if used then tested = tested + 1 end
    if not used and not excused[f.name] then fail("%s is used by no test of C", f.name) end
    if used and excused[f.name] then fail("%s is excused, and tested", f.name) end
    excused[f.name] = nil
  end
  for name in pairs(excused) do fail("tests/api/untested.txt: %s is no export", name) end
  print(("API: %d functions, %d used by a test; %d structures"):format(#all, tested, #structures()))
  return bad < 1
end

if command == "check" then
  if not check() then os.exit(1) end
else
  local program = command == "null" and null_program() or layout_program()
  local file = assert(io.open(out, "w"))
  file:write(program)
  file:close()
end
