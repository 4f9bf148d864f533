/* arena.c - memory that is freed in one walk, and the small containers in it. */
#include "medel_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The tests set it to 1: a block for each object, where ASan sees every overflow. */
#ifndef MEDEL_BLOCK_SIZE
#define MEDEL_BLOCK_SIZE ((size_t)32 * 1024)
#endif
#define ALIGNMENT ((size_t)16)
#define HEAD ((sizeof(medel_block) + ALIGNMENT - 1) & ~(ALIGNMENT - 1))

struct medel_block {
    medel_block *next;
    size_t size, used;
};

struct medel_map_slot {
    const char *key;
    const void *value;
    uint32_t hash;
};

static void *default_alloc(void *ud, void *ptr, size_t osize, size_t nsize)
{
    (void)ud;
    (void)osize;
    if (nsize == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, nsize);
}

void medel_arena_init(medel_arena *a, const medel_allocator *allocator)
{
    a->allocator = allocator && allocator->alloc
                       ? *allocator
                       : (medel_allocator){ default_alloc, NULL };
    a->blocks = NULL;
    a->oom = NULL;
}

void *medel_resize(const medel_arena *a, void *old, size_t from, size_t to)
{
    return a->allocator.alloc(a->allocator.ud, old, from, to);
}

void medel_arena_free(medel_arena *a)
{
    medel_block *b = a->blocks;
    while (b) {
        medel_block *next = b->next;
        medel_resize(a, b, b->size, 0);
        b = next;
    }
    a->blocks = NULL;
}

void medel_arena_clear(medel_arena *a)
{
    medel_block *kept = a->blocks;
    if (!kept || kept->size != HEAD + MEDEL_BLOCK_SIZE) {
        medel_arena_free(a);
        return;
    }
    a->blocks = kept->next;
    medel_arena_free(a);
    kept->next = NULL;
    kept->used = HEAD;
    a->blocks = kept;
}

void medel_arena_release(medel_arena *a)
{
    medel_arena own = *a;
    medel_arena_free(&own);
}

size_t medel_arena_size(const medel_arena *a)
{
    size_t size = 0;
    for (const medel_block *b = a->blocks; b; b = b->next)
        size += b->size;
    return size;
}

medel_arena_mark medel_arena_here(const medel_arena *a)
{
    return (medel_arena_mark){ a->blocks, a->blocks ? a->blocks->used : 0 };
}

void medel_arena_back(medel_arena *a, medel_arena_mark mark)
{
    while (a->blocks != mark.block) {
        medel_block *next = a->blocks->next;
        medel_resize(a, a->blocks, a->blocks->size, 0);
        a->blocks = next;
    }
    if (mark.block)
        mark.block->used = mark.used;
}

void medel_arena_join(medel_arena *a, medel_arena *from)
{
    medel_block **last = &a->blocks;
    while (*last)
        last = &(*last)->next;
    *last = from->blocks;
    from->blocks = NULL;
}

void *medel_arena_try(medel_arena *a, size_t size)
{
    const size_t head = HEAD;
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    medel_block *b = a->blocks;
    if (!b || b->size - b->used < size) {
        size_t room = head + (size > MEDEL_BLOCK_SIZE ? size : MEDEL_BLOCK_SIZE);
        b = medel_resize(a, NULL, 0, room);
        if (!b)
            return NULL;
        b->size = room;
        b->used = head;
        b->next = a->blocks;
        a->blocks = b;
    }
    void *p = (char *)b + b->used;
    b->used += size;
    memset(p, 0, size);
    return p;
}

void *medel_arena_get(medel_arena *a, size_t size)
{
    void *p = medel_arena_try(a, size);
    if (!p)
        longjmp(*a->oom, 1);
    return p;
}

char *medel_arena_text(medel_arena *a, const char *s, size_t len)
{
    char *p = medel_arena_get(a, len + 1);
    if (len)
        memcpy(p, s, len);
    return p;
}

char *medel_arena_vformat(medel_arena *a, const char *format, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    char none[1];
    int n = vsnprintf(none, 0, format, again);
    va_end(again);
    size_t len = n < 0 ? 0 : (size_t)n;
    char *p = medel_arena_get(a, len + 1);
    vsnprintf(p, len + 1, format, ap);
    return p;
}

char *medel_arena_format(medel_arena *a, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    char *p = medel_arena_vformat(a, format, ap);
    va_end(ap);
    return p;
}

void *medel_array_push(medel_arena *a, medel_array *v, size_t item)
{
    if (v->count == v->room) {
        size_t room = v->room ? v->room * 2 : 8;
        void *data = medel_arena_get(a, room * item);
        if (v->count)
            memcpy(data, v->data, v->count * item);
        v->data = data;
        v->room = room;
    }
    return (char *)v->data + item * v->count++;
}

static uint32_t hash_of(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h;
}

static struct medel_map_slot *slot_for(const medel_map *m, const char *key, uint32_t hash)
{
    size_t i = hash & (m->room - 1);
    while (m->slots[i].key
           && (m->slots[i].hash != hash || strcmp(m->slots[i].key, key) != 0))
        i = (i + 1) & (m->room - 1);
    return &m->slots[i];
}

void medel_map_put(medel_arena *a, medel_map *m, const char *key, const void *value)
{
    if (m->count * 2 >= m->room) {
        medel_map bigger = { NULL, m->count, m->room ? m->room * 2 : 32 };
        bigger.slots = MEDEL_NEW(a, struct medel_map_slot, bigger.room);
        for (size_t i = 0; i < m->room; i++) {
            if (m->slots[i].key)
                *slot_for(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
        }
        *m = bigger;
    }
    uint32_t hash = hash_of(key);
    struct medel_map_slot *s = slot_for(m, key, hash);
    if (!s->key)
        m->count++;
    s->key = key;
    s->hash = hash;
    s->value = value;
}

void *medel_map_get(const medel_map *m, const char *key)
{
    if (!m->room || !key)
        return NULL;
    /* Maps own no values; callers that may write know their own type. */
    union {
        const void *in;
        void *out;
    } value = { slot_for(m, key, hash_of(key))->value };
    return value.out;
}
