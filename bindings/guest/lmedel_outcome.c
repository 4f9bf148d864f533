/* lmedel_outcome.c - what is shown of a check's findings, copied to the host's state. */
#include "lmedel_runner.h"

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

/* The figures and parameters that were chosen for it. */
static void copy_evidence(const lmedel_shown *s, lua_State *to, int owner)
{
    const void *const *entries = s->sources + s->nfacts, *const *used =
                                                             entries + s->nentries;
    lua_createtable(to, (int)(s->nfacts + s->nentries), 0);
    for (size_t i = 0; i < s->nfacts; i++) {
        lmedel_push_fact(to, s->sources[i], owner);
        lua_rawseti(to, -2, (lua_Integer)i + 1);
    }
    for (size_t i = 0; i < s->nentries; i++) {
        lmedel_state_of(to)->push_source(to, entries[i]);
        lua_rawseti(to, -2, (lua_Integer)(s->nfacts + i) + 1);
    }
    lua_setfield(to, -2, "evidence");
    if (s->left_out) {
        lua_pushinteger(to, (lua_Integer)s->left_out);
        lua_setfield(to, -2, "left_out");
    }
    lua_createtable(to, (int)s->nparameters, 0);
    for (size_t i = 0; i < s->nparameters; i++) {
        const medel_parameter_value *v = used[i];
        lua_createtable(to, 0, 4);
        lua_pushstring(to, medel_parameter_value_id(v));
        lua_setfield(to, -2, "id");
        lua_pushstring(to, medel_parameter_value_norm(v));
        lua_setfield(to, -2, "norm");
        lua_pushstring(to, medel_parameter_value_source(v));
        lua_setfield(to, -2, "source");
        lua_pushstring(to, medel_parameter_value_title(v));
        lua_setfield(to, -2, "title");
        lua_rawseti(to, -2, (lua_Integer)i + 1);
    }
    lua_setfield(to, -2, "parameters");
}

static void copy_place(const lmedel_shown *s, lua_State *to, const lmedel_job *j)
{
    const lmedel_place *p = &s->place;
    medel_fact stands = { .places = p->places, .nplaces = p->nplaces };
    char place[64] = "";
    medel_fact_place(j->report, &stands, place, sizeof place);
    lua_pushstring(to, place);
    lua_setfield(to, -2, "place");
    lua_pushstring(to, p->table);
    lua_setfield(to, -2, "table");
    lua_pushstring(to, s->file);
    lua_setfield(to, -2, "file");
    lua_pushinteger(to, p->line);
    lua_setfield(to, -2, "line");
    lua_pushinteger(to, p->col);
    lua_setfield(to, -2, "col");
}

/* What the finding comes from, as names that findings of other rules may have, too. */
static void copy_causes(lua_State *from, int finding, lua_State *to)
{
    lua_newtable(to);
    if (lua_getfield(from, finding, "causes") == LUA_TTABLE) {
        for (lua_Integer i = 1; i <= LMEDEL_MAX_CAUSES; i++) {
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

/* From what is shown of it, on top of 'from'. */
static void copy_finding(lua_State *from, lua_State *to, int owner, int norms,
                         const lmedel_job *j)
{
    const int top = lua_gettop(from);
    const lmedel_shown *s = lua_touserdata(from, top);
    lua_getiuservalue(from, top, 1);
    lua_createtable(to, 0, 12);
    lmedel_copy_text(from, top + 1, "message", to);
    lmedel_copy_text(from, top + 1, "level", to);
    lmedel_copy_text(from, top + 1, "recommendation", to);
    copy_values(from, top + 1, to, owner, norms);
    copy_evidence(s, to, owner);
    copy_place(s, to, j);
    copy_causes(from, top + 1, to);
    lua_settop(from, top);
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

void lmedel_copy_outcome(lua_State *from, lua_State *to, int owner, int norms,
                         const lmedel_job *j)
{
    const int at = lua_gettop(from);
    if (lua_getfield(from, at, "reason") == LUA_TSTRING) {
        lmedel_set_outcome(to, "not_applicable", "missing", lua_tostring(from, -1));
        lua_settop(from, at);
        return;
    }
    lua_settop(from, at);
    lua_Integer n = 0;
    lua_newtable(to);
    while (lua_rawgeti(from, at, n + 1) == LUA_TUSERDATA) {
        copy_finding(from, to, owner, norms, j);
        lua_rawseti(to, -2, ++n);
        lua_settop(from, at);
    }
    lua_settop(from, at);
    lua_setfield(to, -2, "findings");
    lmedel_copy_text(from, at, "refused", to);
    lmedel_set_outcome(to, n ? "finding" : "passed", NULL, NULL);
    lua_settop(from, at);
}
