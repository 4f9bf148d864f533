/* memory.c - every allocation fails in turn, in Lua's states, in the core and in the
 * bindings: once, and from the Nth on for good.  A host must get an error or the right
 * answer, never a crash; a sanitizer says what leaks.
 *   memory STRIDE [FILE]   1 tries every N; FILE: another script than the one below */
#include "lmedel.h"
#include "../failing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lua's contract: making smaller may not fail. */
static void *lua_alloc(void *ud, void *p, size_t osize, size_t nsize)
{
    (void)ud;
    if (nsize == 0) {
        free(p);
        return NULL;
    }
    if (p && nsize <= osize)
        return __real_realloc(p, nsize);
    return __wrap_realloc(p, nsize);
}

static const char *file;

static const char script[] =
    "package.path = 'tests/bindings/?.lua'\n"
    "local medel = require 'medel'\n"
    "local fixture = require 'fixture'\n"
    "local ar = fixture.report()\n"
    "local runner = medel.runner { parameters = fixture.parameters, time_ms = 1000000,\n"
    "  overrides = { ['tak.eget_kapital'] = 'rak' } }\n"
    "local function load(body) assert(runner:load('r.lua', fixture.rule(body))) end\n"
    "load [[return finding('{a} {b}', { a = ar.eget_kapital - "
    "p.tak.eget_kapital(ar.medlemsbidrag),\n"
    "  b = ar.insatser.stod.namn }, { at = 'insatser.stod', level = 'error' })]]\n"
    "load [[local t = {} for row in ar.driftredovisning:rows() do\n"
    "  t[#t + 1] = finding('{n}', { n = row.netto }, { at = row }) end return t]]\n"
    "load [[return not_applicable('nej')]]\n"
    "load [[error('fel')]]\n"
    "local bok = assert(medel.read_ledger('#FLAGGA 0\\n#RAR 0 20230101 20231231\\n#IB 0 "
    "1930 7\\n'\n"
    "  .. '#VER A 1 20230102 \"Hyra\"\\n{\\n#TRANS 6010 {1 \"2\"} 5\\n#TRANS 1930 {} "
    "-5\\n}\\n'))\n"
    "assert(runner:load('b.lua', fixture.rule([[local n, bok = 0, ar.huvudbok\n"
    "  for _, _, b in bok:rows { text = 'hyra' } do n = n + b end\n"
    "  for _, antal, _, _, saknas in bok:series() do n = n + antal + saknas end\n"
    "  return finding('{v} {s} {n}', { v = bok:voucher(1), s = bok:sum '6' - bok:ib "
    "'19', n = n },\n"
    "    { evidence = { bok:row(2), bok:sums('month')[1].sum } })]])))\n"
    "local out, labels = {}, ''\n"
    "for i, o in ipairs(runner:run(ar, { ledger = bok })) do\n"
    "  for _, e in ipairs(o.findings and o.findings[1].evidence or {}) do labels = "
    "labels .. e.label .. e.line end\n"
    "  out[i] = o.outcome .. (o.findings and o.findings[1].message or o.error or "
    "o.missing)\n"
    "end\n"
    "for _, k in ipairs(medel.checks(ar)) do out[#out + 1] = k.message end\n"
    "out[#out + 1] = medel.describe(ar) .. ar.eget_kapital:derivation().op .. "
    "#ar:facts()\n"
    "out[#out + 1] = labels\n"
    "return medel.json(out)\n";

/* light userdata: where the answer is copied to */
static int work(lua_State *L)
{
    char **answer = lua_touserdata(L, 1);
    luaL_openlibs(L);
    luaL_requiref(L, "medel", luaopen_medel, 0);
    if ((file ? luaL_loadfilex(L, file, "t")
              : luaL_loadbufferx(L, script, sizeof script - 1, "=script", "t"))
        != LUA_OK)
        return lua_error(L);
    lua_call(L, 0, 1);
    size_t len;
    const char *text = luaL_checklstring(L, -1, &len);
    *answer = __real_malloc(len + 1);
    memcpy(*answer, text, len + 1);
    return 0;
}

/* The answer, or NULL when there was no memory for it. */
static char *run(long budget)
{
    char *answer = NULL;
    left = budget;
    made = 0;
    lua_State *L = lua_newstate(lua_alloc, NULL);
    if (L) {
        lua_pushcfunction(L, work);
        lua_pushlightuserdata(L, &answer);
        if (lua_pcall(L, 1, 0, 0) != LUA_OK && budget < 0)
            fprintf(stderr, "memory: %s\n", lua_tostring(L, -1));
        lua_close(L);
    }
    left = -1;
    return answer;
}

int main(int argc, char **argv)
{
    long stride = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
    file = argc > 2 ? argv[2] : NULL;
    char *right = run(-1);
    const long all = made;
    int failed = right == NULL;
    for (int mode = 0; right && mode < 2; mode++) {
        once = mode == 1;
        for (long n = 1; n <= all; n += stride) {
            char *answer = run(n);
            /* One rule may say that there was no memory for it. */
            if (answer && strcmp(answer, right) != 0
                && !strstr(answer, "not enough memory")) {
                fprintf(stderr, "memory: another answer when allocation %ld fails\n", n);
                failed = 1;
            }
            free(answer);
        }
    }
    free(right);
    return failed;
}
