/* fuzz_writers.c - any text in every field that is written: each format's output must be
 * read again as what it is. */
#include "fuzz.h"
#include "lmedel.h"

#include <jansson.h>

static lua_State *state(void)
{
    static lua_State *L;
    if (L)
        return L;
    L = luaL_newstate();
    HOLDS(L != NULL);
    luaL_openlibs(L);
    luaL_requiref(L, "medel", luaopen_medel, 0);
    lua_settop(L, 0);
    if (luaL_dofile(L, "tests/fuzz/writers.lua") != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        abort();
    }
    return L;
}

typedef struct text {
    const char *at;
    size_t len;
} text;

static text field(lua_State *L, const char *name)
{
    text t = { NULL, 0 };
    lua_getfield(L, -1, name);
    t.at = lua_tolstring(L, -1, &t.len);
    lua_pop(L, 1); /* the table holds it */
    return t;
}

static void is_json(text t)
{
    json_t *all = json_loadb(t.at, t.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    HOLDS(all != NULL);
    json_decref(all);
}

/* RFC 4180: rows of as many cells as the first, ended by CRLF. */
static void is_csv(text t)
{
    size_t cells = 1, first = 0;
    bool quoted = false;
    for (size_t i = 0; i < t.len; i++) {
        if (t.at[i] == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        cells += t.at[i] == ',';
        HOLDS(t.at[i] != '\n' || (i > 0 && t.at[i - 1] == '\r'));
        if (t.at[i] != '\n')
            continue;
        HOLDS(!first || first == cells);
        first = cells;
        cells = 1;
    }
    HOLDS(!quoted && cells == 1);
}

/* Every < begins a tag of letters, a closing tag or the declaration; they nest. */
static void is_markup(text t, bool is_html)
{
    char open[64][16];
    size_t depth = 0;
    for (const char *p = t.at, *end = t.at + t.len; p < end; p++) {
        HOLDS((unsigned char)*p >= 0x20 || *p == '\n' || *p == '\t' || *p == '\r');
        if (*p != '<')
            continue;
        const bool closes = p[1] == '/';
        const char *name = p + 1 + closes;
        size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz-0123456789");
        const char *stop = memchr(p, '>', (size_t)(end - p));
        HOLDS(stop != NULL && (n > 0 || p[1] == '!' || p[1] == '?'));
        if (n == 0 || stop[-1] == '/'
            || (is_html && n == 4 && memcmp(name, "meta", 4) == 0))
            continue;
        HOLDS(n < sizeof open[0] && depth < 64);
        if (closes) {
            HOLDS(depth > 0 && strlen(open[depth - 1]) == n
                  && memcmp(open[depth - 1], name, n) == 0);
            depth--;
        } else {
            memcpy(open[depth], name, n);
            open[depth++][n] = '\0';
        }
        p = stop;
    }
    HOLDS(depth == 0);
}

static void has_no_controls(text t)
{
    for (size_t i = 0; i < t.len; i++)
        HOLDS(((unsigned char)t.at[i] >= 0x20 && t.at[i] != 0x7F) || t.at[i] == '\n'
              || t.at[i] == '\t');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lua_State *L = state();
    lua_pushvalue(L, 1);
    lua_pushlstring(L, (const char *)data, size);
    if (lua_pcall(L, 1, 1, 0) != LUA_OK) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        abort();
    }
    is_json(field(L, "json"));
    is_json(field(L, "sarif"));
    is_csv(field(L, "csv"));
    is_markup(field(L, "junit"), false);
    is_markup(field(L, "html"), true);
    has_no_controls(field(L, "markdown"));
    has_no_controls(field(L, "terminal"));
    const text cell = field(L, "cell");
    HOLDS(memchr(cell.at, '<', cell.len) == NULL
          && memchr(cell.at, '"', cell.len) == NULL);
    lua_settop(L, 1);
    return 0;
}
