/* failing.h - allocations that fail: of a program that is linked with --wrap. */
#include <stdbool.h>
#include <stdlib.h>

static long left = -1; /* allocations until one fails; -1: none does */
static long made;
static bool once;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

static bool fails(void)
{
    made++;
    if (left > 0)
        left--;
    const bool now = left == 0;
    if (now && once)
        left = -1;
    return now;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return fails() ? NULL : __real_realloc(p, size);
}
