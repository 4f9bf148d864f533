/* reader.h - a reader of documents by its name in tests/fuzz/readers.lua: what it reads
 * of any bytes is refused with a word, or goes through the whole import. */
#ifndef FUZZ_READER_H
#define FUZZ_READER_H

#include "fuzz.h"
#include "lmedel.h"

static inline void fuzz_reader(const char *name, const uint8_t *data, size_t size)
{
    static lua_State *L;
    if (!L) {
        L = luaL_newstate();
        HOLDS(L != NULL);
        luaL_openlibs(L);
        luaL_requiref(L, "medel", luaopen_medel, 0);
        lua_settop(L, 0);
        if (luaL_dofile(L, "tests/fuzz/readers.lua") != LUA_OK) {
            fprintf(stderr, "%s\n", lua_tostring(L, -1));
            abort();
        }
    }
    lua_getfield(L, 1, name);
    lua_pushlstring(L, (const char *)data, size);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        abort();
    }
    lua_settop(L, 1);
}

#endif
