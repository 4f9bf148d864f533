/*
 * lmedel_bundle.h - what was made of the installation's own texts when the program was
 * built.  The text stays the truth: what is asked for is answered only where it was made
 * of the very same text, byte by byte, so that a changed or foreign file is read as text.
 */
#ifndef LMEDEL_BUNDLE_H
#define LMEDEL_BUNDLE_H

#include "lmedel.h"

#include <stdint.h>

/* In the file: this, then its entries in the order of their names, then what they are of.
   It is written and read by one build on one machine, so numbers are as the machine has
   them. */
#define LMEDEL_BUNDLE_MAGIC "medel bundle 1"
typedef struct lmedel_bundle_head {
    char magic[16];
    char lua[240]; /* the Lua that compiled it: another may have another bytecode */
    uint64_t n;
} lmedel_bundle_head;

/* A tree is known by this and the last part of its file's path; Lua by its chunk's name.
 */
#define LMEDEL_TREE "yaml:"

typedef struct lmedel_bundle_entry {
    uint64_t name, text, made; /* from the beginning; the name ends with a zero */
    uint64_t text_len, made_len;
} lmedel_bundle_entry;

struct lmedel_bundle {
    const char *bytes;
    size_t len;
    const char *lua; /* the Lua that runs, whatever headers were there: its lua_ident */
};

/* What was made of the text of that name, or NULL. */
const char *lmedel_bundled(const lmedel_bundle *b, const char *name, const char *text,
                           size_t text_len, size_t *len);
/* The same of a file of YAML, whose name ends with one that is known: a packed tree. */
const char *lmedel_bundled_tree(const lmedel_bundle *b, const char *name,
                                const char *text, size_t len);
/* luaL_loadbufferx of a text, or of what was compiled from it. */
int lmedel_load_text(lua_State *L, const lmedel_bundle *b, const char *text, size_t len,
                     const char *chunk);

#endif
