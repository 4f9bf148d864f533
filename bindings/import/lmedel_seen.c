/* lmedel_seen.c - a page's words beside its picture: text that is there and is not seen.
 */
#include "lmedel_import.h"

#include <string.h>

#define SHADES 24     /* that a printed word's box has at least, of 255 */
#define SHADES_THIN 6 /* where its strokes are thinner than a pixel */

typedef struct picture {
    const unsigned char *grey;
    int width, height;
} picture;

/* A number of the header, after blanks and comments. */
static int header_number(const char **p, const char *end)
{
    int v = 0;
    for (;;) {
        while (*p < end && (**p == ' ' || **p == '\n' || **p == '\t' || **p == '\r'))
            ++*p;
        if (*p < end && **p == '#')
            while (*p < end && **p != '\n')
                ++*p;
        else
            break;
    }
    for (; *p < end && **p >= '0' && **p <= '9' && v < 100000; ++*p)
        v = v * 10 + (**p - '0');
    return v;
}

static bool read_picture(picture *out, const char *text, size_t len)
{
    const char *p = text + 2, *end = text + len;
    if (len < 12 || memcmp(text, "P5", 2) != 0)
        return false;
    out->width = header_number(&p, end);
    out->height = header_number(&p, end);
    const int most = header_number(&p, end);
    if (p >= end || most != 255 || out->width < 1 || out->height < 1
        || (size_t)(end - p - 1) < (size_t)out->width * (size_t)out->height)
        return false;
    out->grey = (const unsigned char *)p + 1;
    return true;
}

static int scaled(int v, int whole, int size)
{
    const int64_t n = whole > 0 ? (int64_t)v * size / whole : 0;
    return n < 0 ? 0 : n >= size ? size - 1 : (int)n;
}

/* Has the word's box more than one shade? */
static bool seen(const picture *g, const medel_word *w, int width, int height)
{
    unsigned char low = 255, high = 0;
    if (w->x1 <= 0 || w->y1 <= 0 || w->x0 >= width || w->y0 >= height)
        return false;
    int x0 = scaled(w->x0, width, g->width), x1 = scaled(w->x1, width, g->width);
    int y0 = scaled(w->y0, height, g->height), y1 = scaled(w->y1, height, g->height);
    /* the ink of a letter that is a pixel or two may lie in the next one */
    const int thin = x1 - x0 < 3 || y1 - y0 < 3;
    x0 -= thin && x0 > 0;
    y0 -= thin && y0 > 0;
    x1 += thin && x1 + 1 < g->width;
    y1 += thin && y1 + 1 < g->height;
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++) {
            const unsigned char v = g->grey[(size_t)y * (size_t)g->width + (size_t)x];
            low = v < low ? v : low;
            high = v > high ? v : high;
        }
    return high - low >= (thin ? SHADES_THIN : SHADES);
}

/* Does half of the smaller of two boxes lie in the other? */
static bool covers(const medel_word *a, const medel_word *b)
{
    const int x0 = a->x0 > b->x0 ? a->x0 : b->x0, x1 = a->x1 < b->x1 ? a->x1 : b->x1;
    const int y0 = a->y0 > b->y0 ? a->y0 : b->y0, y1 = a->y1 < b->y1 ? a->y1 : b->y1;
    if (x1 <= x0 || y1 <= y0)
        return false;
    const int64_t both = (int64_t)(x1 - x0) * (y1 - y0);
    const int64_t m = (int64_t)(a->x1 - a->x0) * (a->y1 - a->y0);
    const int64_t n = (int64_t)(b->x1 - b->x0) * (b->y1 - b->y0);
    return both * 2 > (m < n ? m : n);
}

static bool covered(const medel_word *words, size_t n, size_t i)
{
    for (size_t j = 0; j < n; j++)
        if (j != i && words[j].len && covers(&words[i], &words[j]))
            return true;
    return false;
}

static void tell(lua_State *L, const medel_word *w, bool unseen)
{
    lua_createtable(L, 0, 3);
    lua_pushlstring(L, w->text, w->len);
    lua_setfield(L, -2, "text");
    lmedel_set_integer(L, "page", w->page);
    lmedel_set_flag(L, "unseen", unseen);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

int lmedel_document_compare(lua_State *L)
{
    size_t len;
    int width, height;
    picture g;
    const medel_word *words;
    lmedel_document_box *box = lmedel_check_document_box(L, 1);
    const lua_Integer page = luaL_checkinteger(L, 2);
    const char *text = luaL_checklstring(L, 3, &len);
    if (page < 1 || !medel_document_size(box->document, (size_t)page - 1, &width, &height)
        || !read_picture(&g, text, len)) {
        lua_pushnil(L);
        lua_pushliteral(L, "no such page, or no picture of it");
        return 2;
    }
    /* pdftotext gives the size of a page before it is turned, and its words after */
    if ((width > height) != (g.width > g.height) && width != height
        && g.width != g.height) {
        medel_document_turn(box->document, (size_t)page - 1);
        medel_document_size(box->document, (size_t)page - 1, &width, &height);
    }
    const size_t all = medel_document_words(box->document, &words);
    size_t from = 0, n = 0; /* the page's words follow each other */
    while (from < all && (lua_Integer)words[from].page < page)
        from++;
    while (from + n < all && (lua_Integer)words[from + n].page == page)
        n++;
    words += from;
    lua_newtable(L);
    for (size_t i = 0; i < n; i++) {
        if (words[i].len == 0 || words[i].line)
            continue;
        const bool unseen = !seen(&g, &words[i], width, height);
        if (unseen || covered(words, n, i))
            tell(L, &words[i], unseen);
        if (unseen)
            medel_document_hide(box->document, from + i);
    }
    return 1;
}
