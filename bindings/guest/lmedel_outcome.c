/* lmedel_outcome.c - what a check returned, tested and copied to the host's state. */
#include "lmedel_runner.h"

#include <string.h>

void lmedel_copy_text(lua_State *from, int at, const char *key, lua_State *to)
{
    if (lua_getfield(from, at, key) == LUA_TSTRING) {
        size_t len;
        const char *s = lua_tolstring(from, -1, &len);
        lua_pushlstring(to, s, len);
        lua_setfield(to, -2, key);
    }
    lua_pop(from, 1);
}

static void copy_values(lua_State *from, int finding, lua_State *to, int owner, int norms)
{
    lua_newtable(to);
    if (lua_getfield(from, finding, "values") == LUA_TTABLE) {
        int values = lua_gettop(from);
        for (lua_pushnil(from); lua_next(from, values); lua_pop(from, 1)) {
            medel_node *n = lmedel_test_quantity(from, -1);
            if (!n || lua_type(from, -2) != LUA_TSTRING)
                continue;
            lmedel_copy_quantity(to, n, owner, norms);
            lua_setfield(to, -2, lua_tostring(from, -2));
        }
    }
    lua_pop(from, 1);
    lua_setfield(to, -2, "values");
}

/* Does the quantity come, however far back, from the figure or the parameter? */
static bool comes_from(const medel_node *n, const void *source)
{
    return n
           && (n->fact == source || n->parameter == source || comes_from(n->left, source)
               || comes_from(n->right, source));
}

/* Is the source behind `at` or one of the values of the finding? */
static bool uses(lua_State *L, int finding, const void *source)
{
    bool used = false;
    lua_getfield(L, finding, "at");
    const medel_fact *f = lmedel_test_fact(L, -1);
    used = (f && f == source) || comes_from(lmedel_test_quantity(L, -1), source);
    if (!used && lua_getfield(L, finding, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
            used = used || comes_from(lmedel_test_quantity(L, -1), source);
    }
    if (!used && lua_getfield(L, finding, "evidence") == LUA_TTABLE) {
        for (lua_Integer i = 1; !used && lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
            f = lmedel_test_fact(L, -1);
            used = (f && f == source) || comes_from(lmedel_test_quantity(L, -1), source);
            lua_pop(L, 1);
        }
    }
    lua_settop(L, finding);
    return used;
}

/* All that the check read; in a list of findings, what each of them is about. */
static void copy_reads(lua_State *from, int finding, lua_State *to, int owner,
                       bool several)
{
    lmedel_state *s = lmedel_state_of(from);
    lua_Integer n = 0;
    lua_newtable(to);
    for (size_t i = 0; i < s->nreads; i++) {
        if (several && !uses(from, finding, s->reads[i]))
            continue;
        lmedel_push_fact(to, s->reads[i], owner);
        lua_rawseti(to, -2, ++n);
    }
    lmedel_copy_entries(from, finding, to, n);
    lua_setfield(to, -2, "evidence");
    lua_newtable(to);
    n = 0;
    for (size_t i = 0; i < s->nused; i++) {
        if (several && !uses(from, finding, s->used[i]))
            continue;
        lua_createtable(to, 0, 4);
        lua_pushstring(to, s->used[i]->id);
        lua_setfield(to, -2, "id");
        lua_pushstring(to, s->used[i]->norm);
        lua_setfield(to, -2, "norm");
        lua_pushstring(to, s->used[i]->source);
        lua_setfield(to, -2, "source");
        lua_pushstring(to, s->used[i]->title);
        lua_setfield(to, -2, "title");
        lua_rawseti(to, -2, ++n);
    }
    lua_setfield(to, -2, "parameters");
}

static const medel_fact *first_figure(lua_State *L, int finding, bool several)
{
    lmedel_state *s = lmedel_state_of(L);
    for (size_t i = 0; i < s->nreads; i++) {
        if (!several || uses(L, finding, s->reads[i]))
            return s->reads[i];
    }
    return NULL;
}

/* A column of statement:columns(): only the ends of its places are shown. */
static bool column_place(lua_State *L, int at, int ends[2], lmedel_place *out)
{
    if (!lua_istable(L, at) || lua_getfield(L, at, "line") != LUA_TNUMBER)
        return false;
    *out = (lmedel_place){ NULL, (unsigned)lua_tointeger(L, -1), 1, ends, 0 };
    if (lua_getfield(L, at, "col") == LUA_TNUMBER)
        out->col = (unsigned)lua_tointeger(L, -1);
    lua_getfield(L, at, "table");
    out->table = lua_tostring(L, -1); /* anchored by the column */
    if (lua_getfield(L, at, "places") == LUA_TTABLE && lua_rawlen(L, -1) > 0) {
        lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, n);
        ends[0] = (int)lua_tointeger(L, -2);
        ends[1] = (int)lua_tointeger(L, -1);
        out->nplaces = 2;
    }
    return true;
}

static bool place_of(lua_State *L, int at, const lmedel_job *j, int ends[2],
                     lmedel_place *out)
{
    const medel_record *record = lmedel_test_record(L, at);
    if (record) {
        lmedel_record_place(record, out);
        return true;
    }
    if (lua_type(L, at) == LUA_TSTRING)
        return lmedel_field_place(j->report, lua_tostring(L, at), out);
    return lmedel_part_place(L, at, out) || column_place(L, at, ends, out);
}

/* Where the finding is: `at`, else the first figure read, else the file. */
const char *lmedel_find_place(lua_State *L, int finding, const lmedel_job *j,
                              bool several, int ends[2], lmedel_place *out)
{
    int top = lua_gettop(L);
    const char *file;
    *out = (lmedel_place){ NULL, 1, 1, NULL, 0 };
    if ((file = lmedel_entry_place(L, finding, true, &out->line))) {
        out->table = "huvudbok";
        return file;
    }
    lua_getfield(L, finding, "at");
    medel_node *n = lmedel_test_quantity(L, -1);
    const medel_fact *f = n ? n->fact : lmedel_test_fact(L, -1);
    const bool placed = f || place_of(L, lua_gettop(L), j, ends, out);
    if (!placed)
        f = first_figure(L, finding, several);
    if (!placed && !f && (file = lmedel_entry_place(L, finding, false, &out->line))) {
        out->table = "huvudbok";
        lua_settop(L, top);
        return file;
    }
    if (f)
        *out = (lmedel_place){ f->table, f->line, f->col, f->places, f->nplaces };
    lua_settop(L, top);
    return f ? f->file : medel_report_file(j->report);
}

static void copy_place(lua_State *from, int finding, lua_State *to, const lmedel_job *j,
                       bool several)
{
    int ends[2] = { 0, 0 };
    lmedel_place p;
    const char *file = lmedel_find_place(from, finding, j, several, ends, &p);
    medel_fact stands = { .places = p.places, .nplaces = p.nplaces };
    char place[64] = "";
    medel_fact_place(j->report, &stands, place, sizeof place);
    lua_pushstring(to, place);
    lua_setfield(to, -2, "place");
    lua_pushstring(to, p.table);
    lua_setfield(to, -2, "table");
    lua_pushstring(to, file);
    lua_setfield(to, -2, "file");
    lua_pushinteger(to, p.line);
    lua_setfield(to, -2, "line");
    lua_pushinteger(to, p.col);
    lua_setfield(to, -2, "col");
}

#define MAX_CAUSES 100

/* What the finding comes from, as names that findings of other rules may have, too. */
static void copy_causes(lua_State *from, int finding, lua_State *to)
{
    lua_newtable(to);
    if (lua_getfield(from, finding, "causes") == LUA_TTABLE) {
        for (lua_Integer i = 1; i <= MAX_CAUSES; i++) {
            size_t len;
            if (lua_rawgeti(from, -1, i) != LUA_TSTRING) {
                lua_pop(from, 1);
                break;
            }
            const char *name = lua_tolstring(from, -1, &len);
            lua_pushlstring(to, name, len);
            lua_rawseti(to, -2, i);
            lua_pop(from, 1);
        }
    }
    lua_pop(from, 1);
    lua_setfield(to, -2, "causes");
}

static void copy_finding(lua_State *from, int finding, lua_State *to, int owner,
                         int norms, const lmedel_job *j, bool several)
{
    lua_createtable(to, 0, 10);
    lmedel_copy_text(from, finding, "message", to);
    lmedel_copy_text(from, finding, "level", to);
    lmedel_copy_text(from, finding, "recommendation", to);
    copy_values(from, finding, to, owner, norms);
    copy_reads(from, finding, to, owner, several);
    copy_place(from, finding, to, j, several);
    copy_causes(from, finding, to);
}

bool lmedel_is_finding(lua_State *L, int at)
{
    if (!lua_istable(L, at) || !lua_getmetatable(L, at))
        return false;
    luaL_getmetatable(L, LMEDEL_FINDING);
    bool same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same;
}

void lmedel_set_outcome(lua_State *to, const char *outcome, const char *key,
                        const char *text)
{
    lua_pushstring(to, outcome);
    lua_setfield(to, -2, "outcome");
    if (key) {
        lua_pushstring(to, text);
        lua_setfield(to, -2, key);
    }
}

#define MAX_FINDINGS 1000
#define MAX_NODES 100000u

/* What the findings of a rule take to show. */
typedef struct extent {
    unsigned nodes; /* of derivations */
    size_t bytes;
} extent;

static void add_texts(lua_State *L, int at, extent *size)
{
    static const char *const texts[] = { "message", "recommendation", "reason" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (lua_getfield(L, at, texts[i]) == LUA_TSTRING)
            size->bytes += lua_rawlen(L, -1);
        lua_pop(L, 1);
    }
}

static void add_nodes(medel_node *n, extent *size)
{
    if (n && size->nodes < MAX_NODES)
        size->nodes += lmedel_derivation_size(n);
}

static void add_finding(lua_State *L, int at, extent *size)
{
    size->nodes++;
    add_texts(L, at, size);
    if (lua_getfield(L, at, "values") == LUA_TTABLE) {
        for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
            if (lua_type(L, -2) == LUA_TSTRING)
                size->bytes += lua_rawlen(L, -2);
            add_nodes(lmedel_test_quantity(L, -1), size);
        }
    }
    if (lua_getfield(L, at, "at") == LUA_TUSERDATA)
        add_nodes(lmedel_test_quantity(L, -1), size);
    lua_settop(L, at);
}

/* What is wrong with the finding on top of the stack, which may have been changed since
   it was made; NULL if nothing. */
static const char *finding_fault(lua_State *L, bool listed, size_t output, extent *size)
{
    int at = lua_gettop(L);
    const bool none =
        lmedel_is_finding(L, at) && listed && lua_getfield(L, at, "reason") != LUA_TNIL;
    lua_settop(L, at);
    if (none || !lmedel_is_finding(L, at))
        return "check must return nothing, a finding, a list of findings or "
               "not_applicable()";
    const char *bad = lmedel_bad_finding(L, at);
    if (bad)
        return bad;
    add_finding(L, at, size);
    if (size->bytes > output)
        return "the findings are longer than the output limit";
    return size->nodes >= MAX_NODES ? "the findings and their values are too many to show"
                                    : NULL;
}

/* The same for what a check returned: a finding or a list. */
static const char *result_fault(lua_State *L, size_t output)
{
    extent size = { 0, 0 };
    int at = lua_gettop(L);
    if (lmedel_is_finding(L, at) || !lua_istable(L, at))
        return finding_fault(L, false, output, &size);
    for (lua_Integer i = 1; lua_rawgeti(L, at, i) != LUA_TNIL; i++) {
        const char *bad = i > MAX_FINDINGS ? "more than 1000 findings"
                                           : finding_fault(L, true, output, &size);
        lua_settop(L, at);
        if (bad)
            return bad;
    }
    lua_settop(L, at);
    return NULL;
}

static void copy_findings(lua_State *from, lua_State *to, int owner, int norms,
                          const lmedel_job *j)
{
    int at = lua_gettop(from);
    lua_newtable(to);
    lua_Integer n = 0;
    if (lmedel_is_finding(from, at)) {
        copy_finding(from, at, to, owner, norms, j, false);
        lua_rawseti(to, -2, ++n);
    } else {
        while (lua_rawgeti(from, at, n + 1) != LUA_TNIL) {
            copy_finding(from, at + 1, to, owner, norms, j, true);
            lua_rawseti(to, -2, ++n);
            lua_settop(from, at);
        }
    }
    lua_settop(from, at);
    lua_setfield(to, -2, "findings");
    lmedel_set_outcome(to, n ? "finding" : "passed", NULL, NULL);
}

/* The result of lmedel_run_rule is on top of 'from'; the outcome's table on top of 'to'.
 */
void lmedel_copy_outcome(lua_State *from, lua_State *to, int owner, int norms,
                         const lmedel_job *j)
{
    int at = lua_gettop(from);
    const char *bad = result_fault(from, j->output);
    if (bad)
        lmedel_set_outcome(to, "broken", "error", bad);
    else if (lmedel_is_finding(from, at)
             && lua_getfield(from, at, "reason") == LUA_TSTRING)
        lmedel_set_outcome(to, "not_applicable", "missing", lua_tostring(from, -1));
    else {
        lua_settop(from, at);
        copy_findings(from, to, owner, norms, j);
    }
    lua_settop(from, at);
}
