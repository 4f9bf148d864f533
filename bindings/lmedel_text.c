/* lmedel_text.c - text that may come from anywhere, for output that must be whole. */
#include "lmedel.h"

static int show(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    luaL_Buffer b;
    const size_t want = medel_text_show(text, len, NULL, 0);
    char *out = luaL_buffinitsize(L, &b, want + 1);
    medel_text_show(text, len, out, want + 1);
    luaL_pushresultsize(&b, want);
    return 1;
}

static int is_line(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    lua_pushboolean(L, medel_text_plain(text, len));
    return 1;
}

const lmedel_function lmedel_text_functions[] = {
    { "is_line", is_line, "(text: string): boolean",
      "Is it one line of UTF-8, without control characters and what cannot be seen?" },
    { "show", show, "(text: string): string",
      "The text as such a line: what it may not have becomes `\\xNN`. For names of "
      "files, "
      "which may be any bytes." },
    { NULL, NULL, NULL, NULL }
};
