/* lmedel_bundle.c - compiled texts, found by name and compared with the text at hand. */
#include "lmedel_bundle.h"

#include <stdio.h>
#include <string.h>

static const lmedel_bundle_head *head_of(const lmedel_bundle *b)
{
    const lmedel_bundle_head *h = b ? (const void *)b->bytes : NULL;
    if (!h || b->len < sizeof *h || strcmp(h->magic, LMEDEL_BUNDLE_MAGIC) != 0)
        return NULL;
    return strcmp(h->lua, b->lua) == 0 ? h : NULL;
}

const char *lmedel_bundled(const lmedel_bundle *b, const char *name, const char *text,
                           size_t text_len, size_t *len)
{
    const lmedel_bundle_head *h = head_of(b);
    const lmedel_bundle_entry *entries = h ? (const void *)(h + 1) : NULL;
    size_t from = 0, to = h ? (size_t)h->n : 0;
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        const lmedel_bundle_entry *e = &entries[middle];
        const int order = strcmp(name, b->bytes + e->name);
        if (order == 0) {
            *len = (size_t)e->made_len;
            return e->text_len == text_len
                           && memcmp(b->bytes + e->text, text, text_len) == 0
                       ? b->bytes + e->made
                       : NULL;
        }
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

const char *lmedel_bundled_tree(const lmedel_bundle *b, const char *name,
                                const char *text, size_t len)
{
    char key[64];
    size_t made;
    const char *slash = strrchr(name, '/');
    const int n = snprintf(key, sizeof key, LMEDEL_TREE "%s", slash ? slash + 1 : name);
    return n > 0 && (size_t)n < sizeof key ? lmedel_bundled(b, key, text, len, &made)
                                           : NULL;
}

int lmedel_load_text(lua_State *L, const lmedel_bundle *b, const char *text, size_t len,
                     const char *chunk)
{
    size_t code_len;
    const char *code = lmedel_bundled(b, chunk, text, len, &code_len);
    return code ? luaL_loadbufferx(L, code, code_len, chunk, "b")
                : luaL_loadbufferx(L, text, len, chunk, "t");
}
