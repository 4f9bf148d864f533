/*
 * lmedel_pool.c - an allocator for Lua states: small blocks come from lists by their
 * size, which is several times faster than malloc and free; larger ones from the
 * allocator below.  A pool serves one thread.
 */
#include "lmedel.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define STEP ((size_t)16)
#define CHUNK ((size_t)32 * 1024)
/* ASan sees what a pool would hide. */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define LARGEST_SMALL ((size_t)0)
#else
#define LARGEST_SMALL (STEP * LMEDEL_POOL_LISTS)
#endif

typedef struct lmedel_chunk {
    struct lmedel_chunk *next;
    size_t size;
} lmedel_chunk; /* not larger than STEP */

void *lmedel_c_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    (void)ud;
    (void)osize;
    if (nsize)
        return realloc(ptr, nsize);
    free(ptr);
    return NULL;
}

static bool is_small(size_t size)
{
    return size > 0 && size <= LARGEST_SMALL;
}

bool lmedel_pool_keeps(size_t size)
{
    return is_small(size);
}

static void add_chunk(lmedel_pool *p, lmedel_chunk *c, size_t size)
{
    c->next = p->chunks;
    c->size = size;
    p->chunks = c;
}

static void *get_small(lmedel_pool *p, size_t size)
{
    const size_t list = (size - 1) / STEP;
    void *block = p->free[list];
    if (block) {
        memcpy(&p->free[list], block, sizeof(void *));
        return block;
    }
    size = (list + 1) * STEP;
    if (p->left < size) {
        lmedel_chunk *c = p->alloc(p->ud, NULL, 0, CHUNK);
        if (!c)
            return NULL;
        add_chunk(p, c, CHUNK);
        p->next = (char *)c + STEP;
        p->left = CHUNK - STEP;
    }
    block = p->next;
    p->next += size;
    p->left -= size;
    return block;
}

static void free_small(lmedel_pool *p, void *block, size_t size)
{
    void **list = &p->free[(size - 1) / STEP];
    memcpy(block, list, sizeof(void *));
    *list = block;
}

/* What is not small has room for a small block and a chunk's head. */
static size_t large(size_t size)
{
    const size_t least = LARGEST_SMALL ? LARGEST_SMALL + STEP : 0;
    return size < least && size ? least : size;
}

/* Lua relies on it that a block can always be made smaller: without memory for that a
   large one becomes a chunk with a small one in it. */
static void *make_do(lmedel_pool *p, void *ptr, size_t osize, size_t nsize)
{
    if (is_small(osize))
        return ptr;
    memmove((char *)ptr + STEP, ptr, nsize);
    add_chunk(p, ptr, large(osize));
    return (char *)ptr + STEP;
}

void *lmedel_pool_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    lmedel_pool *p = ud;
    if (!ptr && is_small(nsize))
        return get_small(p, nsize);
    if (!ptr)
        osize = 0; /* then it is what kind of object it is for */
    if (!nsize && is_small(osize)) {
        free_small(p, ptr, osize);
        return NULL;
    }
    if (!is_small(osize) && !is_small(nsize))
        return p->alloc(p->ud, ptr, large(osize), large(nsize));
    if (is_small(osize) && is_small(nsize) && (osize - 1) / STEP == (nsize - 1) / STEP)
        return ptr;
    void *block = NULL;
    if (nsize) {
        block = is_small(nsize) ? get_small(p, nsize)
                                : p->alloc(p->ud, NULL, 0, large(nsize));
        if (!block)
            return nsize < osize ? make_do(p, ptr, osize, nsize) : NULL;
        if (osize)
            memcpy(block, ptr, osize < nsize ? osize : nsize);
    }
    if (is_small(osize))
        free_small(p, ptr, osize);
    else if (ptr)
        p->alloc(p->ud, ptr, large(osize), 0);
    return block;
}

/* ---- closing without memory ---- */

typedef struct closing {
    lua_Alloc alloc;
    void *ud;
    char *room;
    size_t used;
} closing;

static bool is_of_room(const closing *c, const void *ptr)
{
    const uintptr_t at = (uintptr_t)ptr, room = (uintptr_t)c->room;
    return at >= room && at < room + LMEDEL_ROOM_FOR_ENDS;
}

static void *closing_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    closing *c = ud;
    const bool ours = ptr && is_of_room(c, ptr);
    if (!ours) {
        void *p = c->alloc(c->ud, ptr, osize, nsize);
        if (p || nsize == 0)
            return p;
    } else if (nsize <= osize) {
        return nsize ? ptr : NULL;
    }
    if (nsize > LMEDEL_ROOM_FOR_ENDS - c->used)
        return NULL;
    char *p = c->room + c->used;
    c->used += (nsize + STEP - 1) / STEP * STEP;
    if (ptr)
        memcpy(p, ptr, osize < nsize ? osize : nsize);
    if (ptr && !ours)
        c->alloc(c->ud, ptr, osize, 0);
    return p;
}

void lmedel_close(lua_State *L, void *room)
{
    closing c = { .room = room };
    c.alloc = lua_getallocf(L, &c.ud);
    if (room)
        lua_setallocf(L, closing_alloc, &c);
    lua_close(L);
}

void lmedel_pool_free(lmedel_pool *p)
{
    for (lmedel_chunk *c = p->chunks; c;) {
        lmedel_chunk *next = c->next;
        p->alloc(p->ud, c, c->size, 0);
        c = next;
    }
    p->chunks = NULL;
}
