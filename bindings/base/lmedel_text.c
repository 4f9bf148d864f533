/* lmedel_text.c - text that may come from anywhere, for output that must be whole. */
#include "lmedel.h"

/* ---- words ---- */

/* Letters: ASCII, and everything beyond it except the dashes and quotes of U+2000. */
static size_t letter_at(const unsigned char *s, size_t left)
{
    if ((s[0] | 0x20) >= 'a' && (s[0] | 0x20) <= 'z')
        return 1;
    if (s[0] < 0xC3 || s[0] == 0xE2)
        return 0;
    size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    return n <= left ? n : 0;
}

bool lmedel_push_word(lua_State *L, const char *text, size_t len, size_t *at)
{
    const unsigned char *s = (const unsigned char *)text;
    luaL_Buffer b;
    size_t i = *at, n;
    while (i < len && !letter_at(s + i, len - i))
        i++;
    *at = i;
    if (i == len)
        return false;
    luaL_buffinit(L, &b);
    for (; i < len && (n = letter_at(s + i, len - i)) > 0; i += n) {
        for (size_t k = 0; k < n; k++)
            luaL_addchar(&b, (char)lmedel_folded(s, i + k));
    }
    luaL_pushresult(&b);
    *at = i;
    return true;
}

/* ---- for output ---- */

/* Nearly all may stand as it is: that much room is asked for first. */
static void add_shown(luaL_Buffer *b, const char *text, size_t len)
{
    const size_t want =
        medel_text_show(text, len, luaL_prepbuffsize(b, len + 1), len + 1);
    if (want > len)
        medel_text_show(text, len, luaL_prepbuffsize(b, want + 1), want + 1);
    luaL_addsize(b, want);
}

static int show(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    add_shown(&b, text, len);
    luaL_pushresult(&b);
    return 1;
}

static bool ends_part(char c)
{
    return c == '\n' || c == '\t';
}

static int printable(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (size_t at = 0, n; at < len; at += n) {
        n = 0;
        while (at + n < len && !ends_part(text[at + n]))
            n++;
        add_shown(&b, text + at, n);
        for (; at + n < len && ends_part(text[at + n]); n++)
            luaL_addchar(&b, text[at + n]);
    }
    luaL_pushresult(&b);
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
    { "printable", printable, "(text: string): string",
      "The text as such lines, with line ends and tabs left as they are: what may go to "
      "a "
      "terminal." },
    { "show", show, "(text: string): string",
      "The text as such a line: what it may not have becomes `\\xNN`. For names of "
      "files, "
      "which may be any bytes." },
    { NULL, NULL, NULL, NULL }
};
