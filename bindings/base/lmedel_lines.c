/* lmedel_lines.c - the words of a text in lines, and what a line must not end inside. */
#include "lmedel.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\n';
}

static size_t gap(const char *s, const char *end)
{
    size_t n = 0;
    while (s + n < end && is_gap(s[n]))
        n++;
    return n;
}

static bool starts(const char *s, const char *end, const char *with)
{
    const size_t n = strlen(with);
    return (size_t)(end - s) >= n && memcmp(s, with, n) == 0;
}

/* Does it stay with the number before it: three digits, a unit, a paragraph, a chapter?
 */
static bool belongs(const char *s, const char *end)
{
    if (end - s >= 3 && is_digit(s[0]) && is_digit(s[1]) && is_digit(s[2]))
        return s + 3 == end || !is_digit(s[3]);
    if (starts(s, end, "%") || starts(s, end, "§") || starts(s, end, "kap."))
        return true;
    s += starts(s, end, "t");
    return starts(s, end, "kr") && (s + 2 == end || !is_letter(s[2]));
}

/* "rad 12", "not 3", "sida 4": the length of the word that a number comes after, or 0. */
static size_t numbered(const char *s, const char *end)
{
    static const char *const words[] = { "rad ", "not ", "sida " };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (starts(s, end, words[i]) && s + n < end && is_digit(s[n]))
            return n - 1;
    }
    return 0;
}

/* The next gap that no line may end at, from 's' on, and where it ends; NULL if there is
   none.  Those after "rad", "not" and "sida" are among them where 'places' says so. */
static const char *next_joint(const char *text, const char *s, const char *end,
                              bool places, const char **after)
{
    for (; s < end; s++) {
        const bool begins = places && (s == text || !is_letter(s[-1]));
        const size_t word = begins ? numbered(s, end) : 0;
        const size_t n = is_digit(*s) ? gap(s + 1, end) : 0;
        if (word || (n && belongs(s + 1 + n, end))) {
            *after = word ? s + word + 1 : s + 1 + n;
            return word ? s + word : s + 1;
        }
    }
    return NULL;
}

/* unbroken(text, joint) */
static int unbroken(lua_State *L)
{
    size_t len, joint_len;
    const char *text = luaL_checklstring(L, 1, &len), *end = text + len, *s = text, *at;
    const char *joint = luaL_checklstring(L, 2, &joint_len), *after;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (; (at = next_joint(text, s, end, false, &after)) != NULL; s = after) {
        luaL_addlstring(&b, s, (size_t)(at - s));
        luaL_addlstring(&b, joint, joint_len);
    }
    luaL_addlstring(&b, s, (size_t)(end - s));
    luaL_pushresult(&b);
    return 1;
}

/* The words with one blank between them, and a NUL between those that stay together, in
   'out', which has room for the text.  Returns the length. */
static size_t put_words(char *out, const char *text, size_t len)
{
    const char *const end = text + len;
    const char *after = NULL, *joint = next_joint(text, text, end, true, &after);
    size_t n = 0;
    for (const char *s = text; s < end; s++) {
        if (s == joint) {
            out[n++] = '\0';
            s = after - 1;
            joint = next_joint(text, after, end, true, &after);
        } else if (!is_gap(*s)) {
            out[n++] = *s;
        } else if (n && out[n - 1] != ' ') {
            out[n++] = ' ';
        }
    }
    return n && out[n - 1] == ' ' ? n - 1 : n;
}

/* No character is wider than its bytes are many. */
static bool has_room(const char *line, size_t len, lua_Integer room)
{
    return (lua_Integer)len <= room || (lua_Integer)medel_text_width(line, len) <= room;
}

static void add_line(lua_State *L, int list, char *line, size_t len)
{
    for (char *p = line; len && (p = memchr(p, '\0', len - (size_t)(p - line))) != NULL;)
        *p = ' ';
    lua_pushlstring(L, line, len);
    lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
}

/* lines(text, width, taken) */
static int lines(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const lua_Integer width = luaL_checkinteger(L, 2);
    lua_Integer room = width - luaL_optinteger(L, 3, 0);
    lua_settop(L, 3);
    char *line = lua_newuserdatauv(L, len + 1, 0);
    const char *const end = line + put_words(line, text, len);
    lua_newtable(L);
    const int list = lua_gettop(L);
    size_t had = 0; /* of the line, up to the end of a word */
    for (const char *word = line; word < end; word++) {
        const char *next = memchr(word, ' ', (size_t)(end - word));
        next = next ? next : end;
        const size_t has = (size_t)(next - line);
        if (had && !has_room(line, has, room)) {
            add_line(L, list, line, had);
            line += had + 1;
            room = width;
        }
        had = (size_t)(next - line);
        word = next;
    }
    add_line(L, list, line, had);
    return 1;
}

static int width(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    lua_pushinteger(L, (lua_Integer)medel_text_width(text, len));
    return 1;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* widest(text) */
static int widest(lua_State *L)
{
    size_t len, most = 0, from = 0;
    const char *text = luaL_checklstring(L, 1, &len);
    for (size_t i = 0; i <= len; i++) {
        if (i < len && !is_blank(text[i]))
            continue;
        if (i - from > most) { /* no character is wider than its bytes are many */
            const size_t n = medel_text_width(text + from, i - from);
            most = n > most ? n : most;
        }
        from = i + 1;
    }
    lua_pushinteger(L, (lua_Integer)most);
    return 1;
}

const lmedel_function lmedel_line_functions[] = {
    { "lines", lines, "(text: string, width: integer, taken?: integer): string[]",
      "The words of a text in lines of at most so many characters, the first with so "
      "many less; amounts, numbers with their units and \"rad 12\" stay whole. A word "
      "that is "
      "wider has a line of its own." },
    { "unbroken", unbroken, "(text: string, joint: string): string",
      "The text with 'joint' for the blanks inside amounts (2 483 599 kr), and between a "
      "number and its unit, paragraph or chapter (24,6 %, 10 kap.)." },
    { "widest", widest, "(text: string): integer",
      "How many characters the longest word of a text has." },
    { "width", width, "(text: string): integer",
      "How many characters a text has; of one that is no UTF-8, how many bytes." },
    { NULL, NULL, NULL, NULL }
};
