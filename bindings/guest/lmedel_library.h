/* lmedel_library.h - the parts of Lua's library that rules have, within bounds. */
#ifndef LMEDEL_LIBRARY_H
#define LMEDEL_LIBRARY_H

#include "lmedel.h"

/* A function of Lua's that may be called as it is (own is NULL), or our own of the same
   name, which may end by calling Lua's: that is its upvalue then. */
typedef struct lmedel_bounded {
    const char *name;
    lua_CFunction own;
    bool wraps;
} lmedel_bounded;

extern const lmedel_bounded lmedel_string_library[], lmedel_table_library[];
/* Push a new table of the library's functions; nil unless it is one that rules have. */
void lmedel_push_library(lua_State *L, const char *name);
void lmedel_set_base(lua_State *L);     /* assert, error ... into the table on top */
int lmedel_safe_tostring(lua_State *L); /* never an address */

#endif
