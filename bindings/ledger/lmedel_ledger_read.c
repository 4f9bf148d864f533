/* lmedel_ledger_read.c - ledgers from files and texts: SIE, and what is read as if it
 * were. */
#include "lmedel_ledger.h"
#include "medel_csv.h"
#include "medel_sie.h"

#include <string.h>

/* ---- reading ---- */

typedef struct watcher {
    lua_State *L;
    int function;
    bool failed;
} watcher;

static bool tell(void *ud, uint64_t done, uint64_t total)
{
    watcher *w = ud;
    lua_pushvalue(w->L, w->function);
    lua_pushinteger(w->L, (lua_Integer)done);
    lua_pushinteger(w->L, (lua_Integer)total);
    if (lua_pcall(w->L, 2, 0, 0) != LUA_OK) {
        w->failed = true; /* the message stays on the stack */
        return false;
    }
    return true;
}

static void read_options(lua_State *L, int arg, medel_ledger_options *o, watcher *w)
{
    static const char *const known[] = { "encoding", "mapping", "progress", "strict",
                                         NULL };
    if (lua_isnoneornil(L, arg))
        return;
    luaL_checktype(L, arg, LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1)) {
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "?";
        int i = 0;
        while (known[i] && strcmp(known[i], key) != 0)
            i++;
        if (!known[i])
            luaL_error(L,
                       "unknown option '%s': encoding, mapping, progress and strict "
                       "are known",
                       key);
    }
    if (lua_getfield(L, arg, "encoding") != LUA_TNIL
        && !medel_encoding_parse(&o->encoding, luaL_checkstring(L, -1)))
        lua_pushfstring(L, "unknown encoding '%s': cp437, cp1252, latin1, mac or utf-8",
                        lua_tostring(L, -1)),
            lua_error(L); /* what the user typed: no place in a script is of use */
    lua_getfield(L, arg, "strict");
    o->strict = lua_toboolean(L, -1);
    if (lua_getfield(L, arg, "progress") == LUA_TFUNCTION) {
        w->L = L;
        w->function = lua_gettop(L);
        o->progress = tell;
        o->progress_ud = w;
    }
}

typedef struct whole_file {
    char *text;
    size_t len;
} whole_file;

/* After a failure: the error of the progress function, or nil and the diagnostics. */
static int failed(lua_State *L, const watcher *w, const medel_diagnostics *d)
{
    if (w->failed)
        return lua_error(L);
    return lmedel_push_failure(L, d);
}

static int text_gc(lua_State *L)
{
    whole_file *f = lua_touserdata(L, 1);
    medel_text_free(f->text, f->len, NULL);
    f->text = NULL;
    return 0;
}

LMEDEL_GC(mapping_gc, medel_csv_mapping, medel_csv_mapping_free)

#define MAX_IMPORT ((size_t)256 << 20)

/* The whole file in a box on the stack, or NULL and why. */
static const whole_file *push_file(lua_State *L, const char *path, size_t limit,
                                   medel_error *err)
{
    whole_file *f = lmedel_new_box(L, sizeof *f, "medel.whole_file", text_gc);
    return medel_file_read(&f->text, &f->len, path, limit, NULL, err) == MEDEL_OK ? f
                                                                                  : NULL;
}

/* Does the file begin as XML of SIE 5? */
static bool is_sie5(const char *path)
{
    char head[4096];
    return medel_sie5_probe(head, medel_file_begin(path, head, sizeof head));
}

/* A CSV file by its mapping, or (mapping NULL) a SIE 5 file: the ledger in *out.  Pushes
   nil and why when it cannot be read. */
static int import(lua_State *L, medel_ledger **out, const char *path, const char *mapping,
                  const medel_ledger_options *options, medel_diagnostics *d)
{
    medel_error err = { MEDEL_OK, "" };
    const whole_file *file = push_file(L, path, MAX_IMPORT, &err);
    const whole_file *map = file && mapping ? push_file(L, mapping, 1 << 20, &err) : NULL;
    if (!file || (mapping && !map)) {
        lua_pushnil(L);
        lua_pushstring(L, err.message);
        return 2;
    }
    const medel_input in = { path, file->text, file->len };
    if (!mapping)
        return medel_sie5_read(out, &in, options, d) == MEDEL_OK
                   ? 0
                   : lmedel_push_failure(L, d);
    medel_csv_mapping **m = lmedel_new_box(L, sizeof *m, "medel.csv_mapping", mapping_gc);
    const medel_input columns = { mapping, map->text, map->len };
    if (medel_csv_mapping_read(m, &columns, options->allocator, d) != MEDEL_OK
        || medel_csv_read(out, *m, &in, options, d) != MEDEL_OK)
        return lmedel_push_failure(L, d);
    return 0;
}

int lmedel_ledger_load(lua_State *L)
{
    const char *path = luaL_checkstring(L, 1);
    medel_ledger_options options = { 0 };
    watcher w = { 0 };
    lua_settop(L, 2);
    lmedel_ledger_box *b = lmedel_new_ledger(L);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    options.allocator = &allocator;
    read_options(L, 2, &options, &w);
    const char *mapping = NULL;
    if (lua_istable(L, 2) && lua_getfield(L, 2, "mapping") != LUA_TNIL)
        mapping = luaL_checkstring(L, -1);
    if (mapping || is_sie5(path)) {
        int failure = import(L, &b->ledger, path, mapping, &options, d);
        if (failure)
            return failure;
    } else if (medel_ledger_load(&b->ledger, path, &options, d) != MEDEL_OK)
        return failed(L, &w, d);
    lua_settop(L, 3);
    lmedel_remember_ledger(L);
    return 1;
}

int lmedel_ledger_read(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *name = luaL_optstring(L, 2, "=(text)");
    medel_ledger_options options = { 0 };
    watcher w = { 0 };
    lua_settop(L, 3);
    lmedel_ledger_box *b = lmedel_new_ledger(L);
    medel_diagnostics *d = lmedel_new_diagnostics(L);
    const medel_allocator allocator = lmedel_allocator(L);
    options.allocator = &allocator;
    read_options(L, 3, &options, &w);
    const char *mapping = NULL;
    size_t mapping_len = 0;
    if (lua_istable(L, 3) && lua_getfield(L, 3, "mapping") != LUA_TNIL)
        mapping = luaL_checklstring(L, -1, &mapping_len);
    const medel_input in = { name, text, len };
    medel_status st;
    if (mapping) {
        medel_csv_mapping **m =
            lmedel_new_box(L, sizeof *m, "medel.csv_mapping", mapping_gc);
        st = medel_csv_mapping_read(m, &(medel_input){ "mapping", mapping, mapping_len },
                                    options.allocator, d);
        if (st == MEDEL_OK)
            st = medel_csv_read(&b->ledger, *m, &in, &options, d);
    } else {
        st = medel_sie5_probe(text, len)
                 ? medel_sie5_read(&b->ledger, &in, &options, d)
                 : medel_ledger_read(&b->ledger, &in, &options, d);
    }
    if (st != MEDEL_OK)
        return failed(L, &w, d);
    lua_settop(L, 4);
    lmedel_remember_ledger(L);
    return 1;
}
