/* main_child.h - work done in child processes, and what they answer. */
#ifndef MAIN_CHILD_H
#define MAIN_CHILD_H

#include "lmedel_runner.h"

typedef struct lmedel_bytes {
    char *data; /* from realloc */
    size_t len, room;
} lmedel_bytes;

/* Add the value on top of the stack, which stays: nil, boolean, number, text, medel.null
   and tables of them.  False for anything else, and without memory. */
bool lmedel_pack(lua_State *L, lmedel_bytes *b, int depth);
bool lmedel_unpack(lua_State *L, const char *data, size_t len); /* push it */

int lmedel_apart(lua_State *L);
int lmedel_write_beneath(lua_State *L);
int lmedel_read_in_child(lua_State *L);
/* The known bugs of Lua, { { name, what, instead, outcome } }, and the release that the
   program was compiled with. */
int lmedel_probe(lua_State *L);

#endif
