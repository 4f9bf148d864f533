/* lmedel_rules.c - in the guarded state: loads rule files and runs their checks. */
#include "lmedel_bundle.h"
#include "lmedel_runner.h"

#include <stdio.h>
#include <string.h>

static const char rules_key = 0, files_key = 0;

void lmedel_push_rules(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &rules_key);
}

/* By the number of the rule: the function that its file is, or false. */
static void push_files(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &files_key);
}

void lmedel_open_rules(lua_State *L)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &rules_key);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &files_key);
}

/* Push the value of a rule file: its table, checked, unless that is known to be sound. */
static void call_file(lua_State *L, int chunk, const char *name, bool known)
{
    lmedel_state *s = lmedel_state_of(L);
    lua_pushvalue(L, chunk);
    s->known = known;
    s->rule_made = known;
    lua_call(L, 0, 1);
    s->known = false;
    if (known && !lmedel_has_required(L)) /* else a library may have made its texts */
        return;
    if (!lua_istable(L, -1) || !s->rule_made)
        luaL_error(L, "%s: the file must end with: return rule { ... }", name);
    lua_pushcfunction(L, lmedel_rule); /* the file may have changed it since */
    lua_pushvalue(L, -2);
    lua_call(L, 1, 0);
}

/* Can the function on top of the stack remember anything from one call to the next?  Not
   without upvalues, but for the environment at 'env', which cannot be changed. */
static bool remembers(lua_State *L, int env)
{
    for (int i = 1; lua_getupvalue(L, -1, i); i++) {
        const bool other = !lua_rawequal(L, -1, env);
        lua_pop(L, 1);
        if (other)
            return true;
    }
    return false;
}

/* A check that can remember is made anew from its file for every call: a rule is a
   function of the report alone, and must not hold on to one that the host has freed. */
static void push_check(lua_State *L, const lmedel_job *j, int rule)
{
    push_files(L);
    if (lua_rawgeti(L, -1, j->rule) == LUA_TFUNCTION) {
        lmedel_state_of(L)->known = true;
        lua_call(L, 0, 1);
    } else {
        lua_pushvalue(L, rule);
    }
    luaL_checktype(L, -1, LUA_TTABLE);
    lua_getfield(L, -1, "check");
}

#define MAX_ERROR 4096

/* The error as one line that a report can print. */
int lmedel_traceback(lua_State *L)
{
    char shown[MAX_ERROR + 1];
    size_t len;
    if (lua_type(L, 1) != LUA_TSTRING) {
        lua_pushliteral(L, "(the error is not a text)");
        return 1;
    }
    const char *message = lua_tolstring(L, 1, &len);
    medel_text_show(message, len < MAX_ERROR ? len : MAX_ERROR, shown, sizeof shown);
    lua_pushstring(L, shown);
    return 1;
}

/* Push the function that the file is.  What is in the bundle was tested as it was made,
   and loaded as a rule: then true. */
static bool compile(lua_State *L, const lmedel_job *j)
{
    size_t len;
    unsigned line;
    lua_pushfstring(L, "@%s", j->name);
    const char *chunk = lua_tostring(L, -1);
    const char *code = lmedel_bundled(j->bundle, chunk, j->source, j->len, &len);
    const char *bad = code ? NULL : lmedel_lint(j->source, j->len, false, &line);
    if (bad)
        luaL_error(L, "%s:%d: %s", j->name, (int)line, bad);
    if ((code ? luaL_loadbufferx(L, code, len, chunk, "b")
              : luaL_loadbufferx(L, j->source, j->len, chunk, "t"))
        != LUA_OK)
        lua_error(L);
    return code != NULL;
}

int lmedel_load_rule(lua_State *L)
{
    lmedel_job *j = lua_touserdata(L, 1);
    const bool known = compile(L, j);
    const int chunk = lua_gettop(L);
    lmedel_forget_libraries(L);
    if (j->host) {
        lmedel_push_libraries(L, j->host);
        lmedel_push_pack_environment(L, lua_gettop(L));
    } else {
        lmedel_push_environment(L);
    }
    const int env = lua_gettop(L);
    lua_pushvalue(L, env);
    if (!lua_setupvalue(L, chunk, 1))
        lua_pop(L, 1);
    call_file(L, chunk, j->name, known);
    const int rule = lua_gettop(L);
    lua_pushstring(L, j->name);
    lua_setfield(L, rule, "file");
    lmedel_push_rules(L);
    const lua_Integer n = (lua_Integer)lua_rawlen(L, -1) + 1;
    push_files(L);
    lua_getfield(L, rule, "check");
    if (remembers(L, env)) { /* what it remembers is not kept: it may be much */
        lua_pushnil(L);
        lua_setfield(L, rule, "check");
        lua_pushvalue(L, chunk);
    } else {
        lua_pushboolean(L, 0);
    }
    lua_rawseti(L, -3, n);
    lua_pop(L, 2);
    lua_pushvalue(L, rule); /* last: what is in the list is loaded */
    lua_rawseti(L, -2, n);
    lua_pushinteger(L, n);
    return 1;
}

/* The label of a field by its path: "revision.revisorer". */
static const char *field_label(const medel_report *r, const char *path)
{
    const medel_field *f = medel_record_spec(medel_report_root(r));
    char word[MEDEL_WORD];
    while (f && medel_path_word(&path, word, sizeof word))
        f = medel_field_find(f, word);
    return medel_field_label(f);
}

/* Is what is missing only not typed yet?  What another year lacks is not asked. */
static bool is_untyped(const lmedel_job *j, const char *path,
                       const medel_concept *concept, const char *const *when)
{
    if (concept)
        return !*when[0]
               && medel_report_untyped_fact(j->report, concept,
                                            medel_report_year(j->report));
    char section[MEDEL_WORD], row[MEDEL_WORD];
    medel_path_word(&path, section, sizeof section);
    medel_path_word(&path, row, sizeof row);
    const medel_table_spec *spec =
        medel_taxonomy_table(medel_report_taxonomy(j->report), section);
    if (medel_report_untyped(j->report, medel_table_spec_note(spec) ? "noter" : section))
        return true;
    const medel_table *table = medel_report_table(j->report, section);
    const medel_fact *f =
        table && *row && !path
            ? medel_report_cell(j->report, table, row, NULL, medel_report_year(j->report),
                                MEDEL_VARIANT_UTFALL)
            : NULL;
    return f && f->state == MEDEL_FIGURE_UNTYPED;
}

/* "Fordringar föregående år är inte tryckt" for a path in needs. */
static void say_missing(lmedel_job *j, const char *path)
{
    static const struct {
        const char *prefix, *words;
    } views[] = { { "foregaende.", " föregående år" },
                  { "kommande.", " nästa år" },
                  { "budget.", " i budget" },
                  { "prognos.", " i prognos" },
                  { "forra.", " i förra årets rapport" } };
    const medel_taxonomy *t = medel_report_taxonomy(j->report);
    const char *when[4] = { "", "", "", "" }, *rest = path, *label = NULL;
    size_t n = 0;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        size_t len = strlen(views[i].prefix);
        if (n < 4 && strncmp(rest, views[i].prefix, len) == 0) {
            when[n++] = views[i].words;
            rest += len;
            i = (size_t)-1;
        }
    }
    char table[MEDEL_WORD], row[MEDEL_WORD];
    const char *at = rest;
    medel_path_word(&at, table, sizeof table);
    const bool dotted = at != NULL;
    medel_path_word(&at, row, sizeof row);
    const medel_concept *concept = dotted ? NULL : medel_taxonomy_concept(t, rest);
    const medel_table_spec *spec = medel_taxonomy_table(t, table);
    if (concept)
        label = medel_concept_label(concept);
    else if (dotted)
        label = medel_row_label(medel_table_spec_find(spec, row));
    else
        label = medel_table_spec_label(spec);
    /* What a field is about may be said by a clause: "Förbundsordningen kräver ...". */
    const bool quoted = !label && dotted;
    if (!label)
        label = field_label(j->report, rest);
    if (!label)
        label = rest;
    if (is_untyped(j, rest, concept, when)) /* who types it asks under which key */
        snprintf(j->missing, sizeof j->missing, "%s%s%s " MEDEL_UNTYPED " (%s)", label,
                 when[0], when[1], path);
    else
        snprintf(j->missing, sizeof j->missing,
                 quoted ? "uppgiften \xE2\x80\x9D%s\xE2\x80\x9D%s%s saknas"
                        : "%s%s%s saknas",
                 label, when[0], when[1]);
}

/* Addresses: the view for light runs and the one for recorded ones, and the norms. */
static const char seen_key[2] = { 0 }, norms_key = 0;

static void push_view_of(lua_State *L, const lmedel_job *j)
{
    lmedel_push_borrowed_report(L, j->report);
    lmedel_push_view(L, -1, medel_report_year(j->report), MEDEL_VARIANT_UTFALL);
    lua_remove(L, -2);
}

static void push_norms_of(lua_State *L, const lmedel_job *j)
{
    char date[16];
    int32_t days = 0;
    snprintf(date, sizeof date, "%d-12-31", medel_report_year(j->report));
    if (!j->parameters || !medel_date_parse(&days, date, 10)) {
        lua_pushnil(L);
        return;
    }
    lua_getfield(L, LUA_REGISTRYINDEX, "medel.overrides");
    lmedel_push_norms(L, j->parameters, 0, -1, days);
    lua_remove(L, -2);
}

void lmedel_forget_view(lua_State *L)
{
    static const void *const keys[] = { &seen_key[0], &seen_key[1], &norms_key };
    lmedel_forget_again(L);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        lua_pushnil(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, keys[i]);
    }
}

/* While a runner goes through its rules they share the norms and one view, and what it
   remembers; where reads are noted they share another.  Each view is made by the first
   rule that needs it. */
int lmedel_share_view(lua_State *L)
{
    lmedel_job *j = lua_touserdata(L, 1);
    lmedel_forget_view(L);
    push_norms_of(L, j);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &norms_key);
    return 0;
}

bool lmedel_renew_view(lua_State *L, lmedel_job *j)
{
    lmedel_forget_view(L);
    lua_gc(L, LUA_GCCOLLECT, 0);
    lua_gc(L, LUA_GCCOLLECT, 0); /* what the first one finalised */
    const bool ok = lmedel_protected(L, lmedel_share_view, j) == LUA_OK;
    lua_settop(L, 0);
    return ok;
}

static void push_seen(lua_State *L, const lmedel_job *j)
{
    const int top = lua_gettop(L);
    const void *key = &seen_key[j->record];
    if (j->shared && lua_rawgetp(L, LUA_REGISTRYINDEX, key) != LUA_TNIL)
        return;
    lua_settop(L, top);
    push_view_of(L, j);
    if (j->shared) {
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    }
}

static void push_norms(lua_State *L, const lmedel_job *j)
{
    if (j->shared)
        lua_rawgetp(L, LUA_REGISTRYINDEX, &norms_key);
    else
        push_norms_of(L, j);
}

/* Is every need of the rule at 'rule' met?  If not, j->missing says which is not. */
static bool has_needs(lua_State *L, lmedel_job *j, int rule, int ar)
{
    if (lua_getfield(L, rule, "needs") == LUA_TTABLE) {
        const int needs = lua_gettop(L);
        for (lua_Integer i = 1; lua_rawgeti(L, needs, i) == LUA_TSTRING; i++) {
            const char *path = lua_tostring(L, -1);
            bool lacks;
            if (lmedel_lacks_beside(j, path, &lacks)) {
                if (lacks)
                    return false;
            } else if (strchr(path, '[')) {
                if (!lmedel_need_record(L, j, ar, path))
                    return false;
            } else {
                lmedel_push_path(L, ar, path);
                if (lua_isnil(L, -1)) {
                    say_missing(j, path);
                    return false;
                }
            }
            lua_settop(L, needs);
        }
    }
    lua_settop(L, ar);
    return true;
}

/* Is the ground of the rule in force at the end of the report's year?  If not,
   j->missing says from or until when. */
static bool in_force(lua_State *L, lmedel_job *j, int rule)
{
    char day[16];
    snprintf(day, sizeof day, "%04d-12-31", medel_report_year(j->report));
    const bool from = lua_getfield(L, rule, "from") == LUA_TSTRING
                      && strcmp(day, lua_tostring(L, -1)) < 0;
    if (from)
        snprintf(j->missing, sizeof j->missing, "kravet gäller från räkenskapsåret %.4s",
                 lua_tostring(L, -1));
    const bool to = lua_getfield(L, rule, "to") == LUA_TSTRING
                    && strcmp(day, lua_tostring(L, -1)) > 0;
    if (to && !from)
        snprintf(j->missing, sizeof j->missing, "kravet gällde till och med %.10s",
                 lua_tostring(L, -1));
    lua_settop(L, rule);
    return !from && !to;
}

/* Does the finding on top of the stack speak of a printed figure, and not of the silence
   about it? */
static bool of_figure(lua_State *L)
{
    const int at = lua_gettop(L);
    bool found = false;
    lua_getfield(L, at, "silence");
    if (lua_toboolean(L, -1)) {
        lua_settop(L, at);
        return false;
    }
    lua_getfield(L, at, "at");
    found = lmedel_test_quantity(L, -1) != NULL;
    if (!found && lua_getfield(L, at, "values") == LUA_TTABLE) {
        const int values = lua_gettop(L);
        for (lua_pushnil(L); !found && lua_next(L, values); lua_pop(L, 1))
            found = lmedel_test_quantity(L, -1) != NULL;
    }
    lua_settop(L, at);
    return found;
}

/* The rule looked for a section that is not typed yet: what it says of absence is nothing
   to go by.  Leaves what speaks of printed figures; false if nothing is left. */
static bool keep_printed(lua_State *L)
{
    const int at = lua_gettop(L);
    if (lmedel_is_finding(L, at)) {
        const bool reason = lua_getfield(L, at, "reason") == LUA_TSTRING;
        lua_settop(L, at);
        return reason || of_figure(L);
    }
    lua_newtable(L);
    lua_Integer kept = 0;
    for (lua_Integer i = 1; lua_rawgeti(L, at, i) != LUA_TNIL; i++) {
        if (!lmedel_is_finding(L, at + 2) || of_figure(L))
            lua_rawseti(L, at + 1, ++kept);
        lua_settop(L, at + 1);
    }
    lua_settop(L, at + 1);
    lua_replace(L, at);
    return kept > 0;
}

/* A finding that was made and is not in what the check returned, on top of the stack,
   would be lost without a word. */
static void all_returned(lua_State *L, size_t made)
{
    const int at = lua_gettop(L);
    size_t returned = 0;
    if (lua_istable(L, at) && lmedel_is_finding(L, at)) {
        lua_pushliteral(L, "reason");
        returned = lua_rawget(L, at) == LUA_TNIL;
    } else if (lua_istable(L, at)) {
        returned = lua_rawlen(L, at);
    }
    lua_settop(L, at);
    if (made > returned)
        luaL_error(
            L,
            "%d of the findings that were made %s not returned: return finding(...), "
            "or a list of them",
            (int)(made - returned), made - returned == 1 ? "is" : "are");
}

/* Is there a finding in the table on top of the stack, whose evidence is asked for? */
static bool has_finding(lua_State *L)
{
    const int at = lua_gettop(L);
    bool found;
    if (lmedel_is_finding(L, at))
        found = lua_getfield(L, at, "reason") != LUA_TSTRING;
    else
        found = lua_rawgeti(L, at, 1) != LUA_TNIL;
    lua_settop(L, at);
    return found;
}

/* Of what is not typed yet the rule's silence says nothing, nor what it says of absence:
   then j->missing says what it is.  Where the rule went through all tables it is asked
   whether it read anything at all. */
static bool says_untyped(lua_State *L, lmedel_job *j)
{
    const lmedel_state *s = lmedel_state_of(L);
    const char *what = s->untyped;
    if (lua_isnil(L, -1)) {
        if (!*s->untyped_table || !j->record || s->nreads)
            return false;
    } else {
        const bool asked = j->record && (j->unfinished || has_finding(L));
        if (*s->untyped_table)
            what = s->untyped_table;
        else if (!*what || !asked)
            return false;
        if (keep_printed(L))
            return false;
    }
    snprintf(j->missing, sizeof j->missing, "%s " MEDEL_UNTYPED, what);
    return true;
}

/* Leaves nil, or what the check returned: settled, but for findings without reads; says
   in j->again that they are to be noted, and in j->missing which need is not met. */
int lmedel_run_rule(lua_State *L)
{
    lmedel_job *j = lua_touserdata(L, 1);
    lmedel_state *s = lmedel_state_of(L);
    s->record = j->record;
    j->again = false;
    s->not_in_force[0] = '\0';
    s->untyped[0] = s->untyped_table[0] = '\0';
    s->push_beside = lmedel_push_beside;
    s->job = j;
    lua_settop(L, 0);
    lmedel_push_rules(L);
    lua_rawgeti(L, 1, j->rule);
    if (!in_force(L, j, 2))
        return 0;
    push_seen(L, j);
    lmedel_forget_again(L);
    lmedel_forget_reads(s);
    if (!has_needs(L, j, 2, 3))
        return 0;
    lmedel_forget_again(L); /* a need is no evidence */
    lmedel_forget_reads(s);
    lmedel_forget_libraries(L);
    push_check(L, j, 2);
    lua_pushvalue(L, 3);
    push_norms(L, j);
    s->made = 0;
    lua_call(L, 2, 1);
    if (!lua_isnil(L, -1) && !lua_istable(L, -1))
        return luaL_error(L, LMEDEL_RETURNS);
    all_returned(L, s->made);
    if (says_untyped(L, j))
        return 0;
    j->again = !j->record
               && (lua_istable(L, -1) ? j->unfinished || has_finding(L)
                                      : *s->untyped_table != '\0');
    if (lua_istable(L, -1) && !j->again)
        lmedel_settle(L, j);
    return 1;
}

int lmedel_protected(lua_State *L, lua_CFunction f, lmedel_job *j)
{
    lua_settop(L, 0);
    lua_pushcfunction(L, lmedel_traceback);
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, j);
    const int st = lua_pcall(L, 1, 1, 1);
    lmedel_state *s = lmedel_state_made(L); /* not made here: nothing catches an error */
    if (s)
        s->job = NULL;
    return st;
}
