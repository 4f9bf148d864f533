/* lmedel_document.c - documents as words with places; plain text as one. */
#include "lmedel_import.h"

#define DOCUMENT "medel.document"

LMEDEL_GC(document_gc, medel_document, medel_document_free)

lmedel_document_box *lmedel_new_document(lua_State *L)
{
    lmedel_document_box *b = lmedel_new_box(L, sizeof *b, DOCUMENT, document_gc);
    const medel_allocator allocator = lmedel_allocator(L);
    if (medel_document_new(&b->document, &allocator) != MEDEL_OK)
        luaL_error(L, "not enough memory");
    return b;
}

lmedel_document_box *lmedel_check_document_box(lua_State *L, int arg)
{
    return luaL_checkudata(L, arg, DOCUMENT);
}

const medel_document *lmedel_check_document(lua_State *L, int arg)
{
    return lmedel_check_document_box(L, arg)->document;
}

int lmedel_document_pages(lua_State *L)
{
    int width, height;
    const medel_document *d = lmedel_check_document(L, 1);
    lua_newtable(L);
    for (size_t i = 0; medel_document_size(d, i, &width, &height); i++) {
        lua_createtable(L, 0, 2);
        lmedel_set_integer(L, "width", width);
        lmedel_set_integer(L, "height", height);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

int lmedel_document_numbers(lua_State *L)
{
    const medel_word *w;
    const size_t n = medel_document_words(lmedel_check_document(L, 1), &w);
    lua_Integer count = 0;
    lua_newtable(L);
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < w[i].len; at++) {
            const size_t from = at;
            while (at < w[i].len && w[i].text[at] >= '0' && w[i].text[at] <= '9')
                at++;
            if (at == from)
                continue;
            lua_createtable(L, 0, 2);
            lua_pushlstring(L, w[i].text + from, at - from);
            lua_setfield(L, -2, "text");
            lmedel_set_integer(L, "page", w[i].page);
            lua_rawseti(L, -2, ++count);
        }
    return 1;
}

int lmedel_document_failed(lua_State *L, medel_status st, const char *what)
{
    if (st == MEDEL_E_NOMEM)
        return luaL_error(L, "not enough memory");
    lua_pushnil(L);
    if (st == MEDEL_E_LIMIT)
        lua_pushfstring(L, "%s: more than %d pages, %d words, or %d words on a page",
                        what, MEDEL_DOCUMENT_PAGES, MEDEL_DOCUMENT_WORDS,
                        LMEDEL_PAGE_WORDS);
    else if (st == MEDEL_E_SYNTAX)
        lua_pushfstring(L, "%s: not UTF-8 text", what);
    else if (st == MEDEL_E_DOMAIN)
        lua_pushfstring(L, "%s: no year is printed in it", what);
    else
        lua_pushfstring(L, "%s: %s", what, medel_status_name(st));
    return 2;
}

int lmedel_xml_failed(lua_State *L, medel_status st, const char *what)
{
    if (st != MEDEL_E_SYNTAX)
        return lmedel_document_failed(L, st, what);
    lua_pushnil(L);
    lua_pushfstring(L, "%s is damaged: its XML ends too early, or has a document type",
                    what);
    return 2;
}
