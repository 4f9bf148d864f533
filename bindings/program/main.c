/* main.c - the program: finds its data, opens Lua, hands the arguments to
   scripts/medel/cli.lua.  No logic of its own. */
/* madvise is Linux, and no standard has it. */
#define _DEFAULT_SOURCE
#include "main_bundle.h"
#include "main_child.h"

#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define EXIT_COULD_NOT_RUN 2
#define MAX_SCRIPT ((size_t)4 << 20)
/* Tests that count what is not freed set it. */
#ifndef FREES_STATE
#define FREES_STATE 0
#endif

typedef struct arguments {
    int argc;
    char **argv;
    char data[PATH_MAX];
    lmedel_bundle bundle;
    lua_State *L; /* to the end of the process */
} arguments;

static bool has_scripts(const char *folder)
{
    static const char name[] = "/scripts/medel/cli.lua";
    char path[2 * PATH_MAX];
    size_t len = strlen(folder);
    if (len + sizeof name > sizeof path)
        return false;
    memcpy(path, folder, len);
    memcpy(path + len, name, sizeof name);
    return access(path, R_OK) == 0;
}

/* MEDEL_DATA, the tree the program was built in, beside an installed bin/, or where
   it was configured to be installed. */
static void find_data(arguments *a)
{
    char self[PATH_MAX];
    const char *told = getenv("MEDEL_DATA");
    if (told) {
        snprintf(a->data, sizeof a->data, "%s", told);
        return;
    }
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n > 0) {
        static const char *const from_bin[] = { "/..", "/../share/medel", "/../.." };
        self[n] = '\0';
        char *slash = strrchr(self, '/');
        if (slash)
            *slash = '\0';
        for (size_t i = 0; i < sizeof from_bin / sizeof *from_bin; i++) {
            char guess[PATH_MAX + 32];
            snprintf(guess, sizeof guess, "%s%s", self, from_bin[i]);
            if (has_scripts(guess) && realpath(guess, a->data))
                return;
        }
    }
    snprintf(a->data, sizeof a->data, "%s", MEDEL_DATA);
}

/* A script of the program's own is called by its name: where it is installed is nobody's
   concern, and medel.terminal knows that name from those of users' files. */
static int load_script(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    if (strncmp(name, "medel.", 6) != 0)
        return 0;
    luaL_gsub(L, name, ".", "/");
    lua_pushfstring(L, "%s/scripts/%s.lua", lua_tostring(L, lua_upvalueindex(1)),
                    lua_tostring(L, -1));
    size_t len;
    char *text;
    medel_error err = { 0 };
    if (medel_file_read(&text, &len, lua_tostring(L, -1), MAX_SCRIPT, NULL, &err)
        != MEDEL_OK) {
        lua_pushfstring(L, "no script %s", name);
        return 1;
    }
    lua_pushfstring(L, "=[%s]", name);
    const int st =
        lmedel_load_text(L, lmedel_state_of(L)->bundle, text, len, lua_tostring(L, -1));
    medel_text_free(text, len, NULL);
    if (st != LUA_OK)
        return lua_error(L);
    lua_pushstring(L, name);
    return 2;
}

/* Somebody else's module, where the very text that Lua finds was there when the program
   was built; any other is left to Lua. */
static int load_bundled(lua_State *L)
{
    size_t len, code_len;
    char *text;
    luaL_checkstring(L, 1);
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "searchpath");
    lua_pushvalue(L, 1);
    lua_getfield(L, -3, "path");
    lua_call(L, 2, 1);
    const char *path = lua_tostring(L, -1);
    medel_error err = { 0 };
    if (!path || medel_file_read(&text, &len, path, MAX_SCRIPT, NULL, &err) != MEDEL_OK)
        return 0;
    lua_pushfstring(L, "@%s", path);
    const char *chunk = lua_tostring(L, -1);
    const char *code =
        lmedel_bundled(lmedel_state_of(L)->bundle, chunk, text, len, &code_len);
    medel_text_free(text, len, NULL);
    if (!code)
        return 0;
    if (luaL_loadbufferx(L, code, code_len, chunk, "b") != LUA_OK)
        return lua_error(L);
    lua_pushstring(L, path);
    return 2;
}

/* cli.lua is no module: it is given the arguments. */
static int load_program(lua_State *L)
{
    const char *data = luaL_checkstring(L, 1);
    lua_pushstring(L, data);
    lua_pushcclosure(L, load_script, 1);
    lua_pushliteral(L, "medel.cli");
    lua_call(L, 1, 2);
    if (!lua_isfunction(L, -2))
        return luaL_error(L, "its scripts are not in %s", data);
    lua_pop(L, 1);
    return 1;
}

static void add_searcher(lua_State *L, const char *data)
{
    lua_getfield(L, -1, "searchers");
    for (lua_Integer i = (lua_Integer)lua_rawlen(L, -1); i >= 2; i--) {
        lua_rawgeti(L, -1, i);
        lua_rawseti(L, -2, i + 2);
    }
    lua_pushstring(L, data);
    lua_pushcclosure(L, load_script, 1);
    lua_rawseti(L, -2, 2); /* after what is loaded already */
    lua_pushcfunction(L, load_bundled);
    lua_rawseti(L, -2, 3);
    lua_pop(L, 1);
}

/* The trace is for who mends the program, and is printed when it is asked for. */
static int with_traceback(lua_State *L)
{
    const char *message = lua_tostring(L, 1);
    if (!message)
        message = "an error that is no text";
    if (getenv("MEDEL_TRACE"))
        luaL_traceback(L, L, message, 1);
    else
        lua_pushstring(L, message);
    return 1;
}

static int isatty_of(lua_State *L)
{
    lua_pushboolean(L, isatty((int)luaL_checkinteger(L, 1)));
    return 1;
}

/* How wide the window is that a descriptor writes to; nil where there is none. */
static int columns_of(lua_State *L)
{
    struct winsize window;
    const int fd = (int)luaL_checkinteger(L, 1);
    if (ioctl(fd, TIOCGWINSZ, &window) == 0 && window.ws_col)
        lua_pushinteger(L, window.ws_col);
    else
        lua_pushnil(L);
    return 1;
}

/* The program's own, in the module's table; not for hosts. */
static const luaL_Reg own_functions[] = { { "apart", lmedel_apart },
                                          { "columns", columns_of },
                                          { "isatty", isatty_of },
                                          { "probe", lmedel_probe },
                                          { "read_in_child", lmedel_read_in_child },
                                          { "write_beneath", lmedel_write_beneath },
                                          { NULL, NULL } };

static int run(lua_State *L)
{
    arguments *a = lua_touserdata(L, 1);
    luaL_openlibs(L);
    luaL_requiref(L, "medel", luaopen_medel, 0);
    lmedel_state_of(L)->bundle = &a->bundle;
    lmedel_set_text(L, "data", a->data);
    luaL_setfuncs(L, own_functions, 0);
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "path");
    lua_pushfstring(L, "%s/scripts/?.lua;%s;/usr/share/lua/5.4/?.lua", a->data,
                    lua_tostring(L, -1)); /* argparse is there, whatever Lua this is */
    lua_setfield(L, -3, "path");
    lua_pop(L, 1);
    add_searcher(L, a->data);
    lua_settop(L, 1);
    lua_pushcfunction(L, load_program);
    lua_pushstring(L, a->data);
    lua_call(L, 1, 1);
    lua_createtable(L, a->argc, 0);
    for (int i = 1; i < a->argc; i++) {
        lua_pushstring(L, a->argv[i]);
        lua_rawseti(L, -2, i);
    }
    lua_call(L, 1, 1);
    return 1;
}

/* A closed stream would be the next file that is opened, and what is said would go there.
   Each is opened the wrong way round, so that using it fails. */
static bool hold_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0
            && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            return false;
    }
    return true;
}

/* Is nobody left to read what is printed (medel rules | head)? */
static bool reader_has_left(void)
{
    struct pollfd out = { STDOUT_FILENO, POLLOUT, 0 };
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

/* The program's heap grows in large steps, in large pages where the kernel has them, and
   is not given back piece by piece: on many machines the first touch of a page costs more
   than what is done with it.  A library leaves its host's malloc alone; this is the
   program. */
static void settle_heap(void)
{
    enum { PAGE = 2 << 20, ROOM = 16 << 20 };
    mallopt(M_TOP_PAD, ROOM);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    void *p = malloc(1);
    const uintptr_t from = ((uintptr_t)p + PAGE - 1) / PAGE * PAGE;
    if (p)
        madvise((void *)from, ROOM - PAGE, MADV_HUGEPAGE);
    free(p);
}

#define UNCOLLECTED_KB 4096

int main(int argc, char **argv)
{
    static arguments a;
    static lmedel_pool pool = { .alloc = lmedel_c_alloc };
    signal(SIGPIPE,
           SIG_IGN); /* writing fails instead, and what was begun is cleared away */
    signal(SIGXFSZ, SIG_IGN);
    if (!hold_streams())
        return EXIT_COULD_NOT_RUN;
    settle_heap();
    lua_State *L = a.L = lua_newstate(lmedel_pool_alloc, &pool);
    int code = EXIT_COULD_NOT_RUN;
    if (!L) {
        lmedel_pool_free(&pool);
        fputs("medel: not enough memory\n", stderr);
        return code;
    }
    a.argc = argc;
    a.argv = argv;
    a.bundle = lmedel_own_bundle();
    find_data(&a);
    /* A short run is over before it pays to collect: so much is made before the first
     * time. */
    lua_gc(L, LUA_GCINC, 400, 400, 0);
    lua_gc(L, LUA_GCSTEP, -UNCOLLECTED_KB);
    lua_pushcfunction(L, with_traceback);
    lua_pushcfunction(L, run);
    lua_pushlightuserdata(L, &a);
    if (lua_pcall(L, 1, 1, 1) == LUA_OK)
        code = (int)lua_tointeger(L, -1);
    else
        fprintf(stderr, "medel: %s\n", lua_tostring(L, -1));
    /* The state is left to the end of the process: to free its objects one by one costs
       as much as to load a report's half. */
    if (FREES_STATE) {
        lua_close(L);
        lmedel_pool_free(&pool);
    }
    if (fflush(stdout) != 0 || ferror(stdout) || fclose(stdout) != 0) {
        if (!reader_has_left())
            fputs("medel: cannot write the output\n", stderr);
        return EXIT_COULD_NOT_RUN;
    }
    return code;
}
