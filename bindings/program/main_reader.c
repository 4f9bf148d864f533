/*
 * main_reader.c - the text of a PDF, from pdftotext (poppler-utils) as a bounded child.
 *
 * The file is the child's standard input, so that its name is no option; the environment
 * is empty; time, memory and output have limits that the kernel and the parent keep.
 */
#define _GNU_SOURCE
#include "main_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CPU_SECONDS 30
#define WALL_MS 60000
#define MEMORY ((rlim_t)512 << 20)
#define MAX_OUTPUT ((size_t)64 << 20)
#define NOT_THERE 127

typedef struct reading {
    pid_t pid;
    int fd;
    bool too_long, too_much;
} reading;

static void limit(unsigned what, rlim_t most)
{
    const struct rlimit r = { most, most };
    setrlimit(what, &r);
}

/* In the child: nothing but calls that are safe after a fork. */
static void become(char *const *argv, int in, int out)
{
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", locale[] = "LC_ALL=C.UTF-8";
    char *const env[] = { path, locale, NULL };
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_AS, MEMORY);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    const int none = open("/dev/null", O_RDWR);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || none < 0 || dup2(none, 2) < 0)
        _exit(126);
    close_range(3, ~0U, 0);
    execvpe(argv[0], argv, env);
    _exit(NOT_THERE);
}

static int reading_gc(lua_State *L)
{
    reading *r = lua_touserdata(L, 1);
    if (r->fd >= 0)
        close(r->fd);
    if (r->pid > 0) {
        kill(-r->pid, SIGKILL);
        waitpid(r->pid, NULL, 0);
    }
    r->fd = -1;
    r->pid = 0;
    return 0;
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)t.tv_sec * 1000 + (long)t.tv_nsec / 1000000;
}

/* All that the child writes, into the buffer. */
static void collect(reading *r, luaL_Buffer *b)
{
    const long until = now_ms() + WALL_MS;
    size_t total = 0;
    for (;;) {
        struct pollfd p = { r->fd, POLLIN, 0 };
        const long left = until - now_ms();
        if (left <= 0) {
            r->too_long = true;
            return;
        }
        if (poll(&p, 1, (int)left) < 0 && errno != EINTR)
            return;
        if (!p.revents)
            continue;
        char *at = luaL_prepbuffsize(b, 65536);
        const ssize_t n = read(r->fd, at, 65536);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        total += (size_t)n;
        if (total > MAX_OUTPUT) {
            r->too_much = true;
            return;
        }
        luaL_addsize(b, (size_t)n);
    }
}

typedef struct input {
    const char *path;
    const char *bytes; /* instead of a file; or NULL */
    size_t len;
} input;

static int open_regular(const char *path)
{
    struct stat st;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)))
        return fd;
    close(fd);
    errno = EINVAL;
    return -1;
}

/* The child's standard input; -1 and errno. */
static int open_input(const input *in)
{
    if (!in->bytes)
        return open_regular(in->path);
    const int fd = memfd_create("medel", MFD_CLOEXEC);
    for (size_t done = 0; fd >= 0 && done < in->len;) {
        const ssize_t n = write(fd, in->bytes + done, in->len - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        done += (size_t)n;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

static const char *start(reading *r, char *const *argv, const input *from)
{
    int fds[2];
    const int in = open_input(from);
    if (in < 0)
        return strerror(errno);
    if (pipe2(fds, O_CLOEXEC) != 0) {
        close(in);
        return strerror(errno);
    }
    r->pid = fork();
    if (r->pid == 0)
        become(argv, in, fds[1]);
    close(in);
    close(fds[1]);
    r->fd = fds[0];
    return r->pid < 0 ? strerror(errno) : NULL;
}

/* The child's status, or why it was ended. */
static const char *finish(reading *r, int *status)
{
    close(r->fd);
    r->fd = -1;
    if (r->too_long || r->too_much)
        kill(-r->pid, SIGKILL);
    while (waitpid(r->pid, status, 0) < 0 && errno == EINTR)
        continue;
    r->pid = 0;
    if (r->too_long)
        return "it takes longer than 60 seconds to read";
    if (r->too_much)
        return "it holds more than 64 MiB of text";
    if (WIFSIGNALED(*status))
        return WTERMSIG(*status) == SIGXCPU || WTERMSIG(*status) == SIGKILL
                   ? "it takes more than 30 seconds or 512 MiB to read"
                   : "the reader of PDF files broke down on it";
    return NULL;
}

static const char *reader_says(const char *program, int code)
{
    if (code != 0 && strcmp(program, "tesseract") == 0)
        return code == NOT_THERE
                   ? "tesseract is missing: apt install tesseract-ocr tesseract-ocr-swe"
                   : "tesseract cannot read it; has it Swedish (tesseract-ocr-swe)?";
    return code == 0           ? NULL
           : code == NOT_THERE ? "pdftotext is missing: apt install poppler-utils"
           : code == 1         ? "it cannot be opened: damaged, or locked with a password"
           : code == 3         ? "its owner does not allow its text to be read"
                               : "it cannot be read";
}

/* child(arguments, path, bytes?): what a program writes that reads the file, or the
   bytes; nil and why. */
int lmedel_read_in_child(lua_State *L)
{
    char *argv[16];
    int status = 0;
    luaL_checktype(L, 1, LUA_TTABLE);
    input in = { .path = luaL_checkstring(L, 2) };
    in.bytes = luaL_optlstring(L, 3, NULL, &in.len);
    const lua_Integer n = luaL_len(L, 1);
    luaL_argcheck(L, n > 0 && n < 16, 1, "a program and its arguments");
    lua_settop(L, 3);
    luaL_checkstack(L, 24, "arguments");
    for (lua_Integer i = 1; i <= n; i++) {
        lua_geti(L, 1, i);
        argv[i - 1] = (char *)(uintptr_t)luaL_checkstring(L, -1);
    }
    argv[n] = NULL;
    reading *r = lmedel_new_box(L, sizeof *r, "medel.reading", reading_gc);
    r->fd = -1;
    const char *why = start(r, argv, &in);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    if (!why) {
        collect(r, &b);
        why = finish(r, &status);
    }
    luaL_pushresult(&b);
    if (!why)
        why = reader_says(argv[0], WIFEXITED(status) ? WEXITSTATUS(status) : 2);
    if (!why)
        return 1;
    lua_pushnil(L);
    lua_pushstring(L, why);
    return 2;
}
