/* allocations.c - malloc, calloc and realloc of a whole program, of which the Nth fails.
 * Preloaded, it stands before every library's; compiled with -DWRAPPED and linked with
 * --wrap=malloc,..., before those that are linked in, so that a sanitizer sees them.
 *   MEDEL_FAIL=N        the Nth allocation fails, once; N+ : and all after it
 *   MEDEL_ALLOCATIONS=F at the end F is written: allocations made, and blocks not freed
 *   MEDEL_TRIES=A,T,D   many allocations of one run are tried: at the Nth, which is asked
 *                       for on descriptor A, a copy of the process goes on in the folder
 *                       D, where the Nth fails; how it ended is told on descriptor T, and
 *                       the run goes on.  It starts no threads and no processes.
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
#include <sys/stat.h>
#include <sys/wait.h>
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

#ifdef WRAPPED
static void try_at(long n)
{
    (void)n;
}
#else
#include <dlfcn.h>
#include <pthread.h>

#define ENDLESS 120 /* seconds: no machine is so slow */

static const char *tries; /* the folder where copies go on; NULL: none are made */
static int asked, told;   /* descriptors: which is next, how a copy ended */
static long next_try;
static bool no_threads;

static void broken(const char *what)
{
    perror(what);
    _exit(98);
}

static void await_next(void)
{
    if (read(asked, &next_try, sizeof next_try) != sizeof next_try)
        broken("MEDEL_TRIES");
}

/* MEDEL_TRIES=ASKED,TOLD,FOLDER */
__attribute__((constructor)) static void begin_tries(void)
{
    char *at = getenv("MEDEL_TRIES");
    if (!at)
        return;
    asked = (int)strtol(at, &at, 10);
    told = (int)strtol(at + 1, &at, 10);
    await_next();
    tries = at + 1;
    no_threads = true;
    fcntl(asked, F_SETFD, FD_CLOEXEC);
    fcntl(told, F_SETFD, FD_CLOEXEC);
    unsetenv("MEDEL_TRIES"); /* what it starts is another program */
}

static bool copy_rest(int from, int to)
{
    char block[4096];
    ssize_t n;
    while ((n = read(from, block, sizeof block)) > 0) {
        if (write(to, block, (size_t)n) != n)
            return false;
    }
    return n == 0;
}

/* What is read or written from here on has a place in the file of its own, and what is
   written a file of its own. */
static void own_place(int fd)
{
    char link[64], path[4096];
    struct stat s;
    const int flags = fcntl(fd, F_GETFL), on_exec = fcntl(fd, F_GETFD);
    if (flags < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode))
        return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t len = readlink(link, path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    int to = open(link, O_RDONLY);
    if ((flags & O_ACCMODE) != O_RDONLY) {
        const int from = to;
        const char *name = strrchr(path, '/');
        to = open(name ? name + 1 : "", O_RDWR | O_CREAT | O_TRUNC, 0600);
        if (from < 0 || to < 0 || !copy_rest(from, to))
            broken(path);
        close(from);
    }
    if (to < 0 || lseek(to, lseek(fd, 0, SEEK_CUR), SEEK_SET) < 0 || dup2(to, fd) < 0
        || fcntl(fd, F_SETFD, on_exec) != 0)
        broken(path);
    close(to);
}

static void be_copy(long n, bool after)
{
    static atomic_long own;
    atomic_store(&own, n);
    calls = &own;
    self = getpid();
    fail_at = n;
    fail_after = after;
    if (chdir(tries) != 0)
        broken(tries);
    tries = NULL;
    close(asked);
    close(told);
    alarm(ENDLESS);
    for (int fd = 0; fd < 64; fd++)
        own_place(fd);
}

static void try_at(long n)
{
    if (!tries || n < next_try || getpid() != self)
        return;
    const int error = errno;
    for (int after = 0; after < 2; after++) {
        long ended[3] = { n, after, 0 };
        int status = 0;
        const pid_t pid = fork();
        if (pid == 0) {
            be_copy(n, after);
            return;
        }
        if (pid < 0 || waitpid(pid, &status, 0) != pid)
            broken("MEDEL_TRIES");
        ended[2] = status;
        if (write(told, ended, sizeof ended) != sizeof ended)
            broken("MEDEL_TRIES");
        await_next();
    }
    errno = error;
}

/* A copy has no other threads: where copies are made there are none, and nobody waits for
   them.  What a thread would do (stop what takes too long, share what is computed) is not
   needed here. */
int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attr,
                   void *(*f)(void *), void *restrict ud)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (no_threads)
        return *thread = pthread_self(), 0;
    *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    return real(thread, attr, f, ud);
}

int pthread_join(pthread_t thread, void **value)
{
    int (*real)(pthread_t, void **);
    if (no_threads)
        return 0;
    *(void **)&real = dlsym(RTLD_NEXT, "pthread_join");
    return real(thread, value);
}
#endif

static bool fails(void)
{
    const long n = atomic_fetch_add(calls, 1) + 1;
    try_at(n);
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
