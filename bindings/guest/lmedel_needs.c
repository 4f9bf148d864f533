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

/* The section of a need, and its fields; raises where a name is none. */
static const medel_field *read_need(lua_State *L, const lmedel_job *j, const char *need,
                                    const medel_field *fields[MAX_FIELDS], size_t *n)
{
    const char *open = strchr(need, '['), *at = open + 1, *name;
    lua_pushlstring(L, need, (size_t)(open - need));
    const medel_field *of = medel_field_find(
        medel_record_spec(medel_report_root(j->report)), lua_tostring(L, -1));
    lua_pop(L, 1);
    if (!of
        || (medel_field_type_of(of) != MEDEL_FIELD_RECORDS
            && medel_field_type_of(of) != MEDEL_FIELD_LIST)
        || need[strlen(need) - 1] != ']')
        luaL_error(L, "needs: '%s' names no section of records, as insatser[utfall]",
                   need);
    for (*n = 0; *at && *at != ']'; ++*n) {
        const size_t len = next_name(&at, &name);
        if (*n == MAX_FIELDS)
            luaL_error(L, "needs: '%s' names more than %d fields", need, MAX_FIELDS);
        lua_pushlstring(L, name, len);
        fields[*n] = medel_field_find(of, lua_tostring(L, -1));
        if (!fields[*n])
            luaL_error(L, "needs: %s has no field '%s'", medel_field_name(of),
                       lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    if (!*n)
        luaL_error(L, "needs: '%s' names no field", need);
    return of;
}

/* "Insatser: ingen har både Budget, Utfall och Deltagare" */
static void say(lmedel_job *j, const medel_field *of, const medel_field *const *fields,
                size_t n)
{
    size_t len = (size_t)snprintf(j->missing, sizeof j->missing, "%s: ingen har %s",
                                  medel_field_label(of),
                                  n == 2 ? "b\xC3\xA5"
                                           "de "
                                         : "");
    for (size_t i = 0; i < n && len < sizeof j->missing; i++)
        len += (size_t)snprintf(j->missing + len, sizeof j->missing - len, "%s%s",
                                i == 0       ? ""
                                : i + 1 == n ? " och "
                                             : ", ",
                                medel_field_label(fields[i]));
}

bool lmedel_need_record(lua_State *L, lmedel_job *j, int ar, const char *need)
{
    const medel_field *fields[MAX_FIELDS];
    size_t n;
    const int top = lua_gettop(L);
    const medel_field *of = read_need(L, j, need, fields, &n);
    if (medel_report_untyped(j->report, medel_field_name(of))) {
        snprintf(j->missing, sizeof j->missing, "%s " MEDEL_UNTYPED " (%s)",
                 medel_field_label(of), medel_field_name(of));
        return false;
    }
    lua_getfield(L, ar, medel_field_name(of));
    const lua_Integer records = lua_isnil(L, -1) ? 0 : luaL_len(L, -1);
    bool found = false;
    for (lua_Integer i = 1; i <= records && !found; i++) {
        found = true;
        lua_geti(L, top + 1, i);
        for (size_t k = 0; k < n && found; k++) {
            found = lua_getfield(L, top + 2, medel_field_name(fields[k])) != LUA_TNIL;
            lua_pop(L, 1);
        }
        lua_settop(L, top + 1);
    }
    lua_settop(L, top);
    if (found)
        return true;
    if (!records)
        snprintf(j->missing, sizeof j->missing, "%s saknas", medel_field_label(of));
    else
        say(j, of, fields, n);
    return false;
}
