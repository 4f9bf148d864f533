/* lmedel_needs.c - what a rule needs of records: "insatser[budget, utfall]", an insats
 * that has both. */
#include "lmedel_runner.h"

#include <stdio.h>
#include <string.h>

#define MAX_FIELDS 8

/* The name that begins at *at, without spaces around it; *at is then after its comma. */
static size_t next_name(const char **at, const char **name)
{
    const char *s = *at + strspn(*at, " ");
    size_t n = strcspn(s, ",]");
    *name = s;
    *at = s + n + (s[n] == ',');
    while (n && s[n - 1] == ' ')
        n--;
    return n;
}

static const medel_field *field_named(const medel_field *of, const char *name, size_t len)
{
    for (size_t i = 0; i < of->nfields; i++) {
        if (strlen(of->fields[i].name) == len
            && memcmp(of->fields[i].name, name, len) == 0)
            return &of->fields[i];
    }
    return NULL;
}

/* The section of a need, and its fields; raises where a name is none. */
static const medel_field *read_need(lua_State *L, const lmedel_job *j, const char *need,
                                    const medel_field *fields[MAX_FIELDS], size_t *n)
{
    const char *open = strchr(need, '['), *at = open + 1, *name;
    const medel_field *of =
        field_named(medel_report_root(j->report)->spec, need, (size_t)(open - need));
    if (!of || (of->type != MEDEL_FIELD_RECORDS && of->type != MEDEL_FIELD_LIST)
        || need[strlen(need) - 1] != ']')
        luaL_error(L, "needs: '%s' names no section of records, as insatser[utfall]",
                   need);
    for (*n = 0; *at && *at != ']'; ++*n) {
        const size_t len = next_name(&at, &name);
        if (*n == MAX_FIELDS)
            luaL_error(L, "needs: '%s' names more than %d fields", need, MAX_FIELDS);
        fields[*n] = field_named(of, name, len);
        if (!fields[*n]) {
            lua_pushlstring(L, name, len);
            luaL_error(L, "needs: %s has no field '%s'", of->name, lua_tostring(L, -1));
        }
    }
    if (!*n)
        luaL_error(L, "needs: '%s' names no field", need);
    return of;
}

/* "Insatser: ingen har både Budget, Utfall och Deltagare" */
static void say(lmedel_job *j, const medel_field *of, const medel_field *const *fields,
                size_t n)
{
    size_t len =
        (size_t)snprintf(j->missing, sizeof j->missing, "%s: ingen har %s", of->label,
                         n == 2 ? "b\xC3\xA5"
                                  "de "
                                : "");
    for (size_t i = 0; i < n && len < sizeof j->missing; i++)
        len += (size_t)snprintf(j->missing + len, sizeof j->missing - len, "%s%s",
                                i == 0       ? ""
                                : i + 1 == n ? " och "
                                             : ", ",
                                fields[i]->label);
}

bool lmedel_need_record(lua_State *L, lmedel_job *j, int ar, const char *need)
{
    const medel_field *fields[MAX_FIELDS];
    size_t n;
    const int top = lua_gettop(L);
    const medel_field *of = read_need(L, j, need, fields, &n);
    if (medel_report_untyped(j->report, of->name)) {
        snprintf(j->missing, sizeof j->missing, "%s " MEDEL_UNTYPED " (%s)", of->label,
                 of->name);
        return false;
    }
    lua_getfield(L, ar, of->name);
    const lua_Integer records = lua_isnil(L, -1) ? 0 : luaL_len(L, -1);
    bool found = false;
    for (lua_Integer i = 1; i <= records && !found; i++) {
        found = true;
        lua_geti(L, top + 1, i);
        for (size_t k = 0; k < n && found; k++) {
            found = lua_getfield(L, top + 2, fields[k]->name) != LUA_TNIL;
            lua_pop(L, 1);
        }
        lua_settop(L, top + 1);
    }
    lua_settop(L, top);
    if (found)
        return true;
    if (!records)
        snprintf(j->missing, sizeof j->missing, "%s saknas", of->label);
    else
        say(j, of, fields, n);
    return false;
}
