/* threads.c - several runtimes in several threads: each loads the examples, audits them
 * with every rule and writes JSON; all must say the same as one alone. */
#include "lmedel.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 4
#define TURNS 3

static const char script[] =
    "local data = ...\n"
    "package.path = data .. '/scripts/?.lua'\n"
    "local medel = require 'medel'\n"
    "medel.data, medel.isatty = data, function() return false end\n"
    "medel.columns = function() return nil end\n"
    "local workspace = require 'medel.workspace'\n"
    "local asked = require('medel.session').new()\n"
    "local results = {}\n"
    "for _, file in ipairs(workspace.reports { data .. '/examples' }) do\n"
    "  local result = asked:audit(asked:load(file))\n"
    "  assert(#result.broken == 0)\n"
    "  result.shown = result.findings\n"
    "  results[#results + 1] = result\n"
    "end\n"
    "assert(#results > 0)\n"
    "return require('medel.writers.json').all(results)\n";

typedef struct task {
    const char *data;
    char *text; /* what the audit said; the caller's */
    char why[300];
} task;

static int audit(lua_State *L)
{
    task *t = lua_touserdata(L, 1);
    luaL_openlibs(L);
    luaL_requiref(L, "medel", luaopen_medel, 0);
    lua_settop(L, 1);
    if (luaL_loadbufferx(L, script, sizeof script - 1, "=script", "t") != LUA_OK)
        return lua_error(L);
    lua_pushstring(L, t->data);
    lua_call(L, 1, 1);
    t->text = strdup(luaL_checkstring(L, -1));
    return 0;
}

static void *one_runtime(void *ud)
{
    task *t = ud;
    lua_State *L = luaL_newstate();
    if (!L)
        return NULL;
    lua_pushcfunction(L, audit);
    lua_pushlightuserdata(L, t);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
        snprintf(t->why, sizeof t->why, "%s", lua_tostring(L, -1));
    lua_close(L);
    return NULL;
}

static bool together(const char *data, const char *alone)
{
    pthread_t threads[THREADS];
    task tasks[THREADS] = { 0 };
    bool same = true;
    for (int i = 0; i < THREADS; i++) {
        tasks[i].data = data;
        if (pthread_create(&threads[i], NULL, one_runtime, &tasks[i]) != 0)
            return false;
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        same = same && tasks[i].text && strcmp(tasks[i].text, alone) == 0;
        if (*tasks[i].why)
            fprintf(stderr, "thread %d: %s\n", i, tasks[i].why);
        free(tasks[i].text);
    }
    return same;
}

int main(int argc, char **argv)
{
    task first = { .data = argc > 1 ? argv[1] : "." };
    one_runtime(&first);
    if (!first.text) {
        fprintf(stderr, "threads: %s\n", first.why);
        return 1;
    }
    for (int turn = 0; turn < TURNS; turn++) {
        if (!together(first.data, first.text)) {
            fputs("threads: a runtime among others says something else\n", stderr);
            return 1;
        }
    }
    free(first.text);
    return 0;
}
