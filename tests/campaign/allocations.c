/* allocations.c - malloc, calloc and realloc of a whole program, of which the Nth fails.
 * Preloaded, it stands before every library's; compiled with -DWRAPPED and linked with
 * --wrap=malloc,..., before those that are linked in, so that a sanitizer sees them.
 *   MEDEL_FAIL=N        the Nth allocation fails, once; N+ : and all after it
 *   MEDEL_ALLOCATIONS=F at the end F is written: allocations made, and blocks not freed
 * Child processes count on where their parent is: what they allocate fails in its turn.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef WRAPPED
#define OURS(name) __wrap_##name
#define REAL(name) __real_##name
#else
#define OURS(name) name
#define REAL(name) __libc_##name
#endif

void *REAL(malloc)(size_t n);
void *REAL(calloc)(size_t n, size_t size);
void *REAL(realloc)(void *p, size_t n);
void REAL(free)(void *p);
void *OURS(malloc)(size_t n);
void *OURS(calloc)(size_t n, size_t size);
void *OURS(realloc)(void *p, size_t n);
void OURS(free)(void *p);

static atomic_long before_main, live;
static atomic_long *calls = &before_main; /* of all processes */
static long fail_at;                      /* 0: none fails */
static bool fail_after;
static pid_t self;

__attribute__((constructor)) static void begin(void)
{
    const char *told = getenv("MEDEL_FAIL");
    char *end = NULL;
    self = getpid();
    atomic_long *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared != MAP_FAILED) {
        atomic_store(shared, atomic_load(calls));
        calls = shared;
    }
    if (told) {
        fail_at = strtol(told, &end, 10);
        fail_after = *end == '+';
    }
}

__attribute__((destructor)) static void finish(void)
{
    const char *path = getenv("MEDEL_ALLOCATIONS");
    char line[64];
    if (!path || getpid() != self)
        return;
    fail_at = 0;
    int n =
        snprintf(line, sizeof line, "%ld %ld\n", atomic_load(calls), atomic_load(&live));
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, line, (size_t)n) != n || close(fd) != 0)
        _exit(99);
}

static bool fails(void)
{
    const long n = atomic_fetch_add(calls, 1) + 1;
    if (!fail_at || (n != fail_at && !(fail_after && n > fail_at)))
        return false;
    errno = ENOMEM;
    return true;
}

static void *counted(void *p)
{
    if (p)
        atomic_fetch_add(&live, 1);
    return p;
}

void *OURS(malloc)(size_t n)
{
    return fails() ? NULL : counted(REAL(malloc)(n));
}

void *OURS(calloc)(size_t n, size_t size)
{
    return fails() ? NULL : counted(REAL(calloc)(n, size));
}

/* Making smaller does not fail: Lua's manual lets it rely on that. */
void *OURS(realloc)(void *p, size_t n)
{
    if (p && n == 0) {
        OURS(free)(p);
        return NULL;
    }
    if (p && n <= malloc_usable_size(p))
        return REAL(realloc)(p, n);
    if (fails())
        return NULL;
    return p ? REAL(realloc)(p, n) : counted(REAL(realloc)(p, n));
}

void OURS(free)(void *p)
{
    if (p)
        atomic_fetch_sub(&live, 1);
    REAL(free)(p);
}
