/*
 * lmedel_limit.c - medel.limited(options, f, ...): a call in a state that exists, with
 * bounded memory and time; the one way into a script that is not the program's own.
 *
 * What runs here is what the user chose to run, not other people's rules: those have a
 * state of their own.  The guard of such a state stays with it until it is closed, since
 * what was made inside limits gives its memory back through it.
 */
#include "lmedel_guard.h"
#include "lmedel_library.h"
#include "lmedel_runner.h"

#include <string.h>

static const char guard_key = 0; /* in the registry: the box of the state's guard */

static int free_guard(lua_State *L)
{
    lmedel_guard **box = lua_touserdata(L, 1), *g = *box;
    *box = NULL;
    if (g) {
        lmedel_host_own(L, NULL);
        lua_setallocf(L, g->blocks, g->blocks_ud);
        lmedel_destroy_guard(g);
    }
    return 0;
}

/* The state's guard, which is made when it is first needed. */
static lmedel_guard *guard_for(lua_State *L)
{
    lmedel_guard *g = lmedel_guard_of(L);
    void *ud;
    if (g)
        return g;
    lmedel_guard **box = lmedel_new_box(L, sizeof *box, "medel.guard", free_guard);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &guard_key);
    const lua_Alloc alloc = lua_getallocf(L, &ud);
    *box = g = lmedel_new_guard(SIZE_MAX, alloc, ud);
    if (!g)
        luaL_error(L, "not enough memory");
    g->attached = true;
    g->text =
        SIZE_MAX - 4096; /* the state's owner may make a long text; a guest may not */
    g->blocks = alloc;
    g->blocks_ud = ud;
    g->used = (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
    lua_setallocf(L, lmedel_limited_alloc, g);
    lmedel_host_own(L, g);
    lua_pop(L, 1);
    return g;
}

/* What held before, while something runs inside it. */
typedef struct before {
    lua_State *L;
    size_t limit, text;
    struct timespec deadline;
    bool armed;
    locale_t host;
    const char *file;
    int line;
    bool lines;
} before;

static void note_line(lua_State *L, lua_Debug *ar)
{
    lmedel_guard *g = lmedel_guard_of(L);
    lua_getinfo(L, "S", ar);
    if (g && g->file && ar->source[0] == '@' && strcmp(ar->source + 1, g->file) == 0)
        g->line = ar->currentline;
}

static void set_hook(lmedel_guard *g)
{
    lua_sethook(g->L, g->lines ? note_line : NULL, g->lines ? LUA_MASKLINE : 0, 0);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

#define SHARE_OF_TEXT 64 /* of the memory may be one text */

static bool enter(lmedel_guard *g, lua_State *L, unsigned ms, size_t memory,
                  const char *file, bool lines, before *b)
{
    const struct timespec deadline = lmedel_deadline(ms, g);
    *b = (before){ g->L,    g->limit, g->text, g->deadline, g->armed,
                   g->host, g->file,  g->line, g->lines };
    g->host = uselocale(g->locale);
    pthread_mutex_lock(&g->mutex);
    g->L = L;
    g->limit =
        memory < SIZE_MAX - g->used ? smaller(g->limit, g->used + memory) : g->limit;
    const size_t share = memory / SHARE_OF_TEXT;
    const size_t text = share > LMEDEL_MAX_TEXT ? share : LMEDEL_MAX_TEXT;
    g->text = b->armed ? smaller(b->text, text) : text;
    g->deadline = deadline;
    g->full = 0;
    g->long_text = false;
    g->file = file;
    g->line = 0;
    g->lines = lines;
    if (!b->armed)
        atomic_store(&g->why, g->cancelled ? LMEDEL_CANCELLED : LMEDEL_NOT_STOPPED);
    g->armed = true;
    set_hook(g);
    if (g->cancelled)
        lmedel_arm_hook(g);
    const bool ok = lmedel_watch(g);
    pthread_mutex_unlock(&g->mutex);
    return ok;
}

/* What ended the call; where the time of what is around it is over, too, the hook stays.
 */
static lmedel_stop leave(lmedel_guard *g, const before *b)
{
    pthread_mutex_lock(&g->mutex);
    const lmedel_stop why = atomic_load(&g->why);
    const bool over = b->armed && (g->cancelled || lmedel_is_past(&b->deadline));
    uselocale(g->host);
    if (!over)
        lua_sethook(g->L, NULL, 0, 0);
    g->L = b->L;
    g->limit = b->limit;
    g->text = b->text;
    g->deadline = b->deadline;
    g->armed = b->armed;
    g->host = b->host;
    g->file = b->file;
    g->line = b->line;
    g->lines = b->lines;
    if (!over) {
        atomic_store(&g->why, LMEDEL_NOT_STOPPED);
        if (b->armed)
            set_hook(g);
    }
    pthread_mutex_unlock(&g->mutex);
    if (!b->armed) /* a process that forks has no thread */
        lmedel_end_watch(g);
    return why;
}

/* ---- the string library ---- */

/* Let ("x"):rep(...) find the bounded library; pushes what it found before. */
static void bound_strings(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    lmedel_push_library(L, "string");
    lua_setfield(L, -3, "__index");
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static void restore_strings(lua_State *L, int found)
{
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushvalue(L, found);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 2);
}

/* ---- from Lua ---- */

static lua_Integer option(lua_State *L, const char *key)
{
    lua_getfield(L, 1, key);
    const lua_Integer n = luaL_checkinteger(L, -1);
    luaL_argcheck(L, n >= 1 && n <= 1000000, 1, "limits are from 1 to 1 000 000");
    lua_pop(L, 1);
    return n;
}

/* longest: of a text, where a longer one was wanted; else 0 */
static void push_why(lua_State *L, lmedel_stop why, size_t longest, const char *file,
                     int line, lua_Integer ms, lua_Integer mb)
{
    if (line)
        lua_pushfstring(L, "%s:%d", file, line);
    else
        lua_pushstring(L, file);
    const char *place = lua_tostring(L, -1);
    if (why == LMEDEL_CANCELLED)
        lua_pushfstring(L, "%s: cancelled", place);
    else if (why == LMEDEL_TOO_LONG)
        lua_pushfstring(L, "%s: this takes more than %d ms: a loop without an end?",
                        place, (int)ms);
    else if (longest)
        lua_pushfstring(L, "%s: this makes a text longer than %d KiB", place,
                        (int)(longest >> 10));
    else
        lua_pushfstring(L, "%s: this takes more than %d MiB of memory", place, (int)mb);
    lua_remove(L, -2);
}

/* "FILE:LINE: ..." on its first line? */
static bool has_place(const char *message)
{
    const size_t line = strcspn(message, "\n");
    for (const char *p = message; (p = strchr(p, ':')) && p < message + line; p++) {
        const size_t digits = strspn(p + 1, "0123456789");
        if (digits > 0 && p[1 + digits] == ':')
            return true;
    }
    return false;
}

/* What the message says after the place in a script of the program's own. */
static const char *after_own_place(const char *message)
{
    const char *end = strncmp(message, "[medel.", 7) == 0 ? strstr(message, "]:") : NULL;
    const char *said = end ? strstr(end, ": ") : NULL;
    return said ? said + 2 : message;
}

/* Message handler: what Lua, or a script of the program's own, says of a guest's call is
   said where the guest calls it. */
static int blame_guest(lua_State *L)
{
    const char *message = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : NULL;
    const char *said = message ? after_own_place(message) : NULL;
    const lmedel_guard *g = lmedel_guard_of(L);
    lua_Debug ar;
    if (!g || !g->file || !message || (said == message && has_place(message)))
        return 1;
    for (int i = 1; lua_getstack(L, i, &ar); i++) {
        if (lua_getinfo(L, "Sl", &ar) && ar.source[0] == '@'
            && strcmp(ar.source + 1, g->file) == 0) {
            lua_pushfstring(L, "%s:%d: %s", g->file, ar.currentline, said);
            return 1;
        }
    }
    if (said != message)
        lua_pushfstring(L, "%s: %s", g->file, said);
    return 1;
}

/* limited({ time_ms, memory_mb, file, lines }, f, ...) */
int lmedel_limited(lua_State *L)
{
    before b;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    const lua_Integer ms = option(L, "time_ms"), mb = option(L, "memory_mb");
    lua_getfield(L, 1, "lines");
    const bool lines = lua_toboolean(L, -1);
    lua_getfield(L, 1, "file");
    const char *file = luaL_checkstring(L, -1);
    lua_replace(L, 1); /* anchored */
    lua_pop(L, 1);
    luaL_checkstack(L, 10, "limited");
    lmedel_guard *g = guard_for(L);
    lmedel_journal *j = g->armed ? NULL : lmedel_journal_of(L);
    const int top = lua_gettop(L);
    if (j && lmedel_push_killed(L, "run", file)) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_settop(L, top);
    bound_strings(L);
    lua_insert(L, 2);
    lua_pushcfunction(L, blame_guest);
    lua_insert(L, 3); /* file, strings, handler, f, ... */
    lmedel_journal_begin(j, "run", file, (unsigned)ms);
    const bool started = enter(g, L, (unsigned)ms, (size_t)mb << 20, file, lines, &b);
    const int code = started ? lua_pcall(L, lua_gettop(L) - 4, LUA_MULTRET, 3) : LUA_OK;
    const int line = g->line;
    const size_t longest = g->long_text ? g->text : 0;
    const lmedel_stop why = leave(g, &b);
    lmedel_journal_end(j);
    restore_strings(L, 2);
    if (!started) { /* the machine's fault: no line of the script is to blame */
        lua_pushliteral(L, "cannot start the watchdog");
        return lua_error(L);
    }
    if (why || code == LUA_ERRMEM) {
        lua_pushnil(L);
        push_why(L, why, longest, file, line, ms, mb);
        return 2;
    }
    if (code != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, true);
    lua_replace(L, 3);
    return lua_gettop(L) - 2;
}
