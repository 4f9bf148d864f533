/*
 * runtime.c - medel.h's runtime: a Lua state of the host's, in which the scripts of the
 * data folder do the work.  Every way into Lua is a protected call; the C locale holds
 * while one lasts.
 */
#include "runtime.h"

#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1 << 20)
#define MAX_SCRIPT (4 * MIB)

/* ---- in the runtime's Lua state ---- */

/* The scripts are the data folder's own, and nothing else is ever looked for. */
static int require(lua_State *L)
{
    size_t len;
    const char *name = luaL_checklstring(L, 1, &len);
    lua_settop(L, 1);
    if (lua_getfield(L, lua_upvalueindex(1), name) != LUA_TNIL)
        return 1;
    lua_getfield(L, lua_upvalueindex(1), "medel");
    lua_getfield(L, -1, "data");
    luaL_gsub(L, name, ".", "/");
    lua_pushfstring(L, "%s/scripts/%s.lua", lua_tostring(L, -2), lua_tostring(L, -1));
    lua_getfield(L, 3, "read_file");
    lua_pushvalue(L, -2);
    lua_call(L, 1, 2);
    const char *source = lua_tolstring(L, -2, &len);
    if (!source)
        return luaL_error(L, "%s", lua_tostring(L, -1));
    lua_pushfstring(L, "=[%s]", name); /* where it is installed is nobody's concern */
    if (luaL_loadbufferx(L, source, len, lua_tostring(L, -1), "t") != LUA_OK)
        return lua_error(L);
    lua_call(L, 0, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, lua_upvalueindex(1), name);
    return 1;
}

static int write_log(lua_State *L)
{
    static const char *const names[] = { "error", "warning", "info", NULL };
    const medel_log_level level = (medel_log_level)luaL_checkoption(L, 1, NULL, names);
    lmedel_host_log(lmedel_state_of(L)->host, level, luaL_checkstring(L, 2));
    return 0;
}

static const char *const unwanted[] = { "print", "dofile", "loadfile", "warn", NULL };

static int open_state(lua_State *L)
{
    static const luaL_Reg libraries[] = {
        { LUA_GNAME, luaopen_base },        { LUA_TABLIBNAME, luaopen_table },
        { LUA_STRLIBNAME, luaopen_string }, { LUA_MATHLIBNAME, luaopen_math },
        { LUA_UTF8LIBNAME, luaopen_utf8 },  { NULL, NULL }
    };
    medel_runtime *rt = lua_touserdata(L, 1);
    lmedel_state_of(L)->host = &rt->host;
    lmedel_state_of(L)->diags = rt->host.diags;
    for (const luaL_Reg *l = libraries; l->name; l++) {
        luaL_requiref(L, l->name, l->func, 1);
        lua_pop(L, 1);
    }
    for (int i = 0; unwanted[i]; i++) {
        lua_pushnil(L);
        lua_setglobal(L, unwanted[i]);
    }
    lua_newtable(L); /* what is loaded */
    lua_pushcfunction(L, luaopen_medel);
    lua_call(L, 0, 1);
    lmedel_set_text(L, "data", rt->data);
    lua_pushcfunction(L, write_log);
    lua_setfield(L, -2, "log");
    lua_setfield(L, -2, "medel");
    lua_pushcclosure(L, require, 1);
    lua_setglobal(L, "require");
    return 0;
}

void lmedel_runtime_push(lua_State *L, const char *name)
{
    lua_getglobal(L, "require");
    lua_pushliteral(L, "medel.host");
    lua_call(L, 1, 1);
    lua_getfield(L, -1, name);
    lua_replace(L, -2);
}

/* ---- a call ---- */

medel_status lmedel_runtime_fail(medel_runtime *rt, medel_status st, const char *message)
{
    const medel_diagnostic d = { .status = st, .message = message };
    medel_diagnostics_add(rt->host.diags, &d);
    return st;
}

/* A message without the place in the scripts of the data folder: "[medel.x]:12: ". */
static const char *without_place(const char *message)
{
    const char *end = strncmp(message, "[medel.", 7) == 0 ? strstr(message, "]:") : NULL;
    const size_t digits = end ? strspn(end + 2, "0123456789") : 0;
    return digits && strncmp(end + 2 + digits, ": ", 2) == 0 ? end + digits + 4 : message;
}

/* What the host gave from memory is called as the host calls it: host.lua's path_of. */
static const char *hosts_name(const char *file)
{
    const char *rest =
        file && strncmp(file, "memory:/", 8) == 0 ? strchr(file + 8, '/') : NULL;
    return rest ? rest + 1 : file;
}

/* The errors of a file that was read in Lua are values (diagnostics.lua): each of them.
 */
static int tell_items(lua_State *L)
{
    medel_runtime *rt = lua_touserdata(L, 1);
    for (lua_Integer i = 1; lua_geti(L, 2, i) == LUA_TTABLE; i++) {
        medel_diagnostic d = { .status = MEDEL_E_SCHEMA };
        static const char *const names[] = { "file", "message", "expected",
                                             "hint", "line",    "col" };
        for (int k = 0; k < 6; k++)
            lua_getfield(L, 3, names[k]);
        d.file = hosts_name(lua_tostring(L, 4));
        d.message = lua_tostring(L, 5);
        d.expected = lua_tostring(L, 6);
        d.hint = lua_tostring(L, 7);
        d.line = (unsigned)lua_tointeger(L, 8);
        d.col = (unsigned)lua_tointeger(L, 9);
        if (d.message)
            medel_diagnostics_add(rt->host.diags, &d);
        lua_settop(L, 2);
    }
    return 0;
}

/* The message of the error on top of the stack, which no conversion may allocate for. */
static medel_status failed(medel_runtime *rt, int st)
{
    if (lua_type(rt->L, -1) == LUA_TTABLE && medel_diagnostics_count(rt->host.diags) == 0
        && lua_checkstack(rt->L, 12)) {
        lua_pushcfunction(rt->L, tell_items);
        lua_pushlightuserdata(rt->L, rt);
        lua_pushvalue(rt->L, -3);
        if (lua_pcall(rt->L, 2, 0, 0) != LUA_OK)
            st = LUA_ERRMEM;
    }
    const size_t n = medel_diagnostics_count(rt->host.diags);
    const char *message = lua_type(rt->L, -1) == LUA_TSTRING ? lua_tostring(rt->L, -1)
                                                             : "an error without a text";
    if (lmedel_host_cancelled(&rt->host))
        return lmedel_runtime_fail(rt, MEDEL_E_STOPPED, "stopped by the host");
    if (st == LUA_ERRMEM || strstr(message, "not enough memory"))
        return lmedel_runtime_fail(rt, MEDEL_E_NOMEM, "not enough memory");
    if (n > 0) /* the file's own errors, which the message repeats */
        return medel_diagnostics_get(rt->host.diags, 0)->status;
    lmedel_host_log(&rt->host, MEDEL_LOG_ERROR, message);
    return lmedel_runtime_fail(rt, MEDEL_E_SCRIPT, without_place(message));
}

medel_status lmedel_runtime_call(medel_runtime *rt, lua_CFunction f, void *args)
{
    lua_State *L = rt->L;
    lua_settop(L, 0);
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, args);
    const int st = lua_pcall(L, 1, 0, 0);
    const medel_status result = st == LUA_OK ? MEDEL_OK : failed(rt, st);
    lua_settop(L, 0);
    return result;
}

static int forget_all(lua_State *L)
{
    medel_findings *f = lua_touserdata(L, 1);
    while (f) {
        medel_findings *next = f->next;
        lmedel_runtime_forget(L, f);
        f = next;
    }
    return 0;
}

/* What was freed since the last call goes now. */
static void reap(medel_runtime *rt)
{
    pthread_mutex_lock(&rt->host.mutex);
    medel_findings *f = rt->dead;
    rt->dead = NULL;
    pthread_mutex_unlock(&rt->host.mutex);
    if (!f)
        return;
    lua_pushcfunction(rt->L, forget_all);
    lua_pushlightuserdata(rt->L, f);
    lua_pcall(rt->L, 1, 0, 0); /* forgetting allocates nothing */
    lua_settop(rt->L, 0);
}

medel_status lmedel_runtime_begin(medel_runtime *rt)
{
    if (!rt || atomic_exchange(&rt->busy, true))
        return MEDEL_E_MISUSE;
    rt->host.theirs = uselocale(rt->host.plain);
    lmedel_host_renew(&rt->host);
    medel_diagnostics_clear(rt->host.diags);
    reap(rt);
    return MEDEL_OK;
}

medel_status lmedel_runtime_end(medel_runtime *rt, medel_status st)
{
    uselocale(rt->host.theirs);
    atomic_store(&rt->busy, false);
    return st;
}

medel_status lmedel_runtime_misused(medel_runtime *rt, const char *why)
{
    const medel_status st = lmedel_runtime_begin(rt);
    return st == MEDEL_OK
               ? lmedel_runtime_end(rt, lmedel_runtime_fail(rt, MEDEL_E_MISUSE, why))
               : st;
}

void medel_findings_free(medel_findings *f)
{
    if (!f)
        return;
    medel_runtime *rt = f->rt;
    pthread_mutex_lock(&rt->host.mutex);
    f->next = rt->dead;
    rt->dead = f;
    pthread_mutex_unlock(&rt->host.mutex);
    if (atomic_exchange(&rt->busy, true))
        return; /* the call in progress is not disturbed; the next one lets it go */
    reap(rt);
    atomic_store(&rt->busy, false);
}

/* ---- making and freeing ---- */

static medel_status make(medel_runtime *rt, const medel_runtime_options *o)
{
    lmedel_host *h = &rt->host;
    const char *data = o->data ? o->data : MEDEL_DATA;
    h->log = o->log;
    h->progress = o->progress;
    h->callback_ud = o->callback_ud;
    rt->memory = o->memory ? o->memory : 64 * MIB;
    rt->output = o->output ? o->output : 256 * MIB;
    rt->time_ms = o->time_ms ? o->time_ms : 2000;
    rt->size_of_data = strlen(data) + 1;
    rt->data = h->alloc(h->alloc_ud, NULL, 0, rt->size_of_data);
    h->diags = medel_diagnostics_new(&(medel_allocator){ h->alloc, h->alloc_ud });
    h->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    rt->room = h->alloc(h->alloc_ud, NULL, 0, LMEDEL_ROOM_FOR_ENDS);
    rt->L = rt->room ? lua_newstate(h->alloc, h->alloc_ud) : NULL;
    if (!rt->data || !h->diags || !h->plain || !rt->L)
        return MEDEL_E_NOMEM;
    memcpy(rt->data, data, rt->size_of_data);
    medel_status st = lmedel_runtime_begin(rt);
    return st == MEDEL_OK
               ? lmedel_runtime_end(rt, lmedel_runtime_call(rt, open_state, rt))
               : st;
}

medel_status medel_runtime_new(medel_runtime **out, const medel_runtime_options *options)
{
    medel_runtime_options o = { 0 };
    if (out)
        *out = NULL;
    if (!out || (options && options->size == 0))
        return MEDEL_E_MISUSE;
    if (options)
        memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    const medel_alloc_fn alloc = o.alloc ? o.alloc : lmedel_c_alloc;
    medel_runtime *rt = alloc(o.alloc_ud, NULL, 0, sizeof *rt);
    if (!rt)
        return MEDEL_E_NOMEM;
    memset(rt, 0, sizeof *rt);
    rt->host.alloc = alloc;
    rt->host.alloc_ud = o.alloc_ud;
    atomic_init(&rt->busy, false);
    if (pthread_mutex_init(&rt->host.mutex, NULL) != 0) {
        alloc(o.alloc_ud, rt, sizeof *rt, 0);
        return MEDEL_E_NOMEM;
    }
    const medel_status st = make(rt, &o);
    if (st != MEDEL_OK)
        medel_runtime_free(rt);
    else
        *out = rt;
    return st;
}

void medel_runtime_free(medel_runtime *rt)
{
    if (!rt)
        return;
    const lmedel_host h = rt->host;
    const locale_t theirs = h.plain ? uselocale(h.plain) : (locale_t)0;
    if (rt->L)
        lmedel_close(rt->L, rt->room);
    if (rt->room)
        h.alloc(h.alloc_ud, rt->room, LMEDEL_ROOM_FOR_ENDS, 0);
    lmedel_host_remove_all(&rt->host);
    medel_diagnostics_free(h.diags);
    if (rt->data)
        h.alloc(h.alloc_ud, rt->data, rt->size_of_data, 0);
    if (h.plain) {
        uselocale(theirs);
        freelocale(h.plain);
    }
    pthread_mutex_destroy(&rt->host.mutex);
    h.alloc(h.alloc_ud, rt, sizeof *rt, 0);
}

const medel_diagnostics *medel_runtime_diagnostics(const medel_runtime *rt)
{
    return rt ? rt->host.diags : NULL;
}

void medel_cancel(medel_runtime *rt)
{
    if (rt)
        lmedel_host_cancel(&rt->host);
}
