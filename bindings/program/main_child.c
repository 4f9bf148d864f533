/*
 * main_child.c - work in child processes: the backstop behind the limits of a state, and
 * all cores for many reports.
 *
 * A child takes items one after the other.  When one dies or is stuck in a rule, the
 * parent remembers the rule and has a new child do the same item without it; so what
 * comes out is the same for any number of children.  The program's own: it forks, which a
 * library must not, and before it has any thread.
 */
#define _GNU_SOURCE
#include "main_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_CHILDREN 64
#define MAX_ANSWER ((size_t)256 << 20)
#define MAX_KILLS 100 /* of children at one item */
#define LOOK_MS 50
#define NO_ITEM SIZE_MAX

/* Seen by parent and children. */
typedef struct board {
    _Atomic size_t next; /* item that nobody has taken */
    lmedel_journal journal[MAX_CHILDREN];
} board;

typedef struct child {
    pid_t pid; /* 0 if there is none */
    int fd;
    size_t retry; /* the item that the last one was killed at */
    bool stuck;   /* killed for its time */
    lmedel_bytes answer;
} child;

typedef struct crew {
    lua_State *L;
    board *board;
    child children[MAX_CHILDREN];
    size_t jobs, items, done;
    rlim_t memory, files; /* bytes */
} crew;

/* Stack of lmedel_apart. */
enum { OPTIONS = 1, WORK, DONE, ANSWERS, KILLED };

/* Call f with what lmedel_apart has on its stack, and a pointer. */
static int call_with(lua_State *L, lua_CFunction f, void *pointer)
{
    lua_settop(L, KILLED);
    lua_pushcfunction(L, f);
    for (int i = OPTIONS; i <= KILLED; i++)
        lua_pushvalue(L, i);
    lua_pushlightuserdata(L, pointer);
    return lua_pcall(L, KILLED + 1, 0, 0);
}

/* ---- in the child ---- */

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static rlim_t address_space(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f)
        return 0;
    if (fscanf(f, "%lu", &pages) != 1)
        pages = 0;
    fclose(f);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static void limit(unsigned what, rlim_t most)
{
    struct rlimit r;
    if (getrlimit(what, &r) != 0)
        return;
    if (r.rlim_max == RLIM_INFINITY || most < r.rlim_max)
        r.rlim_max = most;
    r.rlim_cur = r.rlim_max;
    setrlimit(what, &r);
}

#define CPU_SECONDS 3600
#define OPEN_FILES 128

/* It reads, computes and answers: it writes no file unless it was told to, starts no
   privileged program, and ends with its parent. */
static void confine(const crew *c)
{
    const rlim_t now = SANITIZED ? 0 : address_space();
    if (now)
        limit(RLIMIT_AS, now + c->memory);
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_FSIZE, c->files);
    limit(RLIMIT_NOFILE, OPEN_FILES);
    limit(RLIMIT_CORE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGXCPU, SIG_DFL);
}

static bool write_all(int fd, const void *data, size_t len)
{
    const char *p = data;
    while (len) {
        const ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

/* Call work(item) and leave what it answers as { value } or { error = text } on top. */
static void do_item(lua_State *L, size_t item)
{
    lua_rawgeti(L, KILLED, (lua_Integer)item + 1);
    lua_setfield(L, LUA_REGISTRYINDEX, LMEDEL_KILLED);
    lua_createtable(L, 1, 1);
    lua_pushvalue(L, WORK);
    lua_pushinteger(L, (lua_Integer)item + 1);
    if (lua_pcall(L, 1, 1, 0) == LUA_OK) {
        lua_rawseti(L, -2, 1);
    } else {
        luaL_tolstring(L, -1, NULL);
        lua_setfield(L, -3, "error");
        lua_pop(L, 1);
    }
}

typedef struct frame {
    size_t item, len;
} frame;

typedef struct duty {
    crew *crew;
    lmedel_journal *journal;
    int fd;
    size_t first; /* item, or NO_ITEM */
} duty;

/* Items until there are no more; raises when the memory is out. */
static int work_on(lua_State *L)
{
    duty *d = lua_touserdata(L, lua_gettop(L));
    lua_settop(L, KILLED);
    lua_pushlightuserdata(L, d->journal);
    lua_setfield(L, LUA_REGISTRYINDEX, LMEDEL_JOURNAL);
    for (size_t item = d->first;; item = NO_ITEM) {
        if (item == NO_ITEM)
            item = atomic_fetch_add(&d->crew->board->next, 1);
        if (item >= d->crew->items)
            return 0;
        lmedel_bytes b = { NULL, 0, 0 };
        atomic_store(&d->journal->item, item);
        do_item(L, item);
        if (!lmedel_pack(L, &b, 0))
            return luaL_error(L, "no answer");
        lua_pop(L, 1);
        const frame f = { item, b.len };
        if (!write_all(d->fd, &f, sizeof f) || !write_all(d->fd, b.data, b.len))
            return luaL_error(L, "no parent");
        free(b.data);
        atomic_store(&d->journal->item, NO_ITEM);
    }
}

static void be_child(crew *c, size_t self, int fd)
{
    duty d = { c, &c->board->journal[self], fd, c->children[self].retry };
    for (size_t i = 0; i < MAX_CHILDREN; i++) {
        if (c->children[i].pid)
            close(c->children[i].fd);
    }
    confine(c);
    _exit(call_with(c->L, work_on, &d) == LUA_OK ? 0 : 3);
}

/* ---- in the parent ---- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void start(crew *c, size_t i)
{
    child *k = &c->children[i];
    lmedel_journal *j = &c->board->journal[i];
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0)
        luaL_error(c->L, "cannot make a pipe: %s", strerror(errno));
    atomic_store(&j->until, 0);
    atomic_store(&j->item, k->retry);
    j->what[0] = '\0';
    k->stuck = false;
    k->answer.len = 0;
    fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        close(fds[0]);
        be_child(c, i, fds[1]);
    }
    close(fds[1]);
    if (pid < 0) {
        close(fds[0]);
        luaL_error(c->L, "cannot start a process: %s", strerror(errno));
    }
    k->pid = pid;
    k->fd = fds[0];
}

static int reap(child *k)
{
    int status = 0;
    while (waitpid(k->pid, &status, 0) < 0 && errno == EINTR)
        ;
    close(k->fd);
    k->pid = 0;
    return status;
}

static const char *signal_name(int sig)
{
    switch (sig) {
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGABRT: return "SIGABRT";
    case SIGILL: return "SIGILL";
    case SIGFPE: return "SIGFPE";
    case SIGKILL: return "SIGKILL";
    case SIGXCPU: return "SIGXCPU";
    case SIGTERM: return "SIGTERM";
    default: return "a signal";
    }
}

static void push_why(lua_State *L, const child *k, int status)
{
    if (k->stuck)
        lua_pushliteral(L, "stopped from outside: longer than its time limit");
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        lua_pushliteral(L, "stopped from outside: too much computing");
    else if (WIFSIGNALED(status))
        lua_pushfstring(L, "its process was ended by %s (%d)",
                        signal_name(WTERMSIG(status)), WTERMSIG(status));
    else
        lua_pushliteral(L, "its process could not answer");
}

/* Take a whole answer from the front of what a child has written, if there is one. */
static bool take_answer(crew *c, child *k)
{
    lua_State *L = c->L;
    frame f;
    if (k->answer.len < sizeof f)
        return false;
    memcpy(&f, k->answer.data, sizeof f);
    if (f.item >= c->items || f.len > MAX_ANSWER)
        luaL_error(L, "a child process answered nonsense");
    if (k->answer.len - sizeof f < f.len)
        return false;
    if (!lmedel_unpack(L, k->answer.data + sizeof f, f.len))
        luaL_error(L, "a child process answered nonsense");
    lua_rawseti(L, ANSWERS, (lua_Integer)f.item + 1);
    k->answer.len -= sizeof f + f.len;
    memmove(k->answer.data, k->answer.data + sizeof f + f.len, k->answer.len);
    k->retry = NO_ITEM;
    return true;
}

#define CHUNK ((size_t)65536)

/* False at the end of what it writes. */
static bool listen_to(crew *c, child *k)
{
    if (k->answer.room - k->answer.len < CHUNK) {
        const size_t room = k->answer.room * 2 + CHUNK;
        char *more = realloc(k->answer.data, room);
        if (!more)
            luaL_error(c->L, "not enough memory");
        k->answer.data = more;
        k->answer.room = room;
    }
    const ssize_t n = read(k->fd, k->answer.data + k->answer.len, CHUNK);
    if (n < 0)
        return errno == EINTR;
    k->answer.len += (size_t)n;
    while (take_answer(c, k))
        ;
    return n > 0;
}

/* Push the table of what children were killed by at an item, and count one more. */
static lua_Integer push_kills(lua_State *L, size_t item)
{
    if (lua_rawgeti(L, KILLED, (lua_Integer)item + 1) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawseti(L, KILLED, (lua_Integer)item + 1);
    }
    lua_getfield(L, -1, "kills");
    const lua_Integer kills = lua_tointeger(L, -1) + 1;
    lua_pop(L, 1);
    lmedel_set_integer(L, "kills", kills);
    return kills;
}

/* A child is gone.  The rule that it was in is remembered, and a new one goes on. */
static void replace(crew *c, size_t i)
{
    lua_State *L = c->L;
    child *k = &c->children[i];
    const lmedel_journal *j = &c->board->journal[i];
    const size_t item = atomic_load(&j->item);
    const bool in_rule = atomic_load(&j->until) != 0;
    char what[LMEDEL_WHAT];
    const int status = reap(k);
    if (item >= c->items) /* between two items, or done */
        return;
    memcpy(what, j->what, sizeof what);
    what[sizeof what - 1] = '\0';
    push_why(L, k, status);
    const int why = lua_gettop(L);
    k->retry = item;
    if (push_kills(L, item) <= MAX_KILLS && in_rule) {
        lua_pushvalue(L, why);
        lua_setfield(L, -2, what);
    } else { /* it was in no rule: the item has no answer */
        lua_createtable(L, 0, 1);
        lua_pushvalue(L, why);
        lua_setfield(L, -2, "error");
        lua_rawseti(L, ANSWERS, (lua_Integer)item + 1);
        k->retry = NO_ITEM;
    }
    lua_settop(L, KILLED);
    start(c, i);
}

static void kill_stuck(crew *c)
{
    const int64_t now = now_ms();
    for (size_t i = 0; i < c->jobs; i++) {
        child *k = &c->children[i];
        const int64_t until = atomic_load(&c->board->journal[i].until);
        if (k->pid && !k->stuck && until && now > until) {
            k->stuck = true;
            kill(k->pid, SIGKILL);
        }
    }
}

/* Give done(i, value, error) what is there, in the order of the items. */
static void hand_on(crew *c)
{
    lua_State *L = c->L;
    while (c->done < c->items
           && lua_rawgeti(L, ANSWERS, (lua_Integer)c->done + 1) == LUA_TTABLE) {
        const int answer = lua_gettop(L);
        c->done++;
        lua_pushnil(L);
        lua_rawseti(L, ANSWERS, (lua_Integer)c->done);
        lua_pushvalue(L, DONE);
        lua_pushinteger(L, (lua_Integer)c->done);
        lua_rawgeti(L, answer, 1);
        lua_getfield(L, answer, "error");
        lua_call(L, 3, 0);
        lua_settop(L, KILLED);
    }
    lua_settop(L, KILLED);
}

static void attend(crew *c)
{
    struct pollfd fds[MAX_CHILDREN];
    size_t who[MAX_CHILDREN], n = 0;
    for (size_t i = 0; i < c->jobs; i++) {
        if (!c->children[i].pid)
            continue;
        who[n] = i;
        fds[n++] = (struct pollfd){ c->children[i].fd, POLLIN, 0 };
    }
    if (n == 0) { /* one was killed as it took an item */
        c->children[0].retry = c->done;
        start(c, 0);
        return;
    }
    poll(fds, (nfds_t)n, LOOK_MS);
    for (size_t i = 0; i < n; i++) {
        if (fds[i].revents && !listen_to(c, &c->children[who[i]]))
            replace(c, who[i]);
    }
    kill_stuck(c);
}

static int with_children(lua_State *L)
{
    crew *c = lua_touserdata(L, lua_gettop(L));
    lua_settop(L, KILLED);
    for (size_t i = 0; i < c->jobs; i++)
        start(c, i);
    while (c->done < c->items) {
        attend(c);
        hand_on(c);
    }
    return 0;
}

static void dismiss(crew *c)
{
    for (size_t i = 0; i < c->jobs; i++) {
        if (c->children[i].pid) {
            if (c->done < c->items)
                kill(c->children[i].pid, SIGKILL);
            reap(&c->children[i]);
        }
        free(c->children[i].answer.data);
    }
    munmap(c->board, sizeof *c->board);
}

/* ---- from Lua ---- */

static lua_Integer option(lua_State *L, const char *key, lua_Integer usual)
{
    lua_getfield(L, OPTIONS, key);
    const lua_Integer n = luaL_optinteger(L, -1, usual);
    luaL_argcheck(L, n >= 0 && n <= 1000000000, OPTIONS, key);
    lua_pop(L, 1);
    return n;
}

static void without_children(crew *c)
{
    lua_State *L = c->L;
    for (size_t i = 0; i < c->items; i++) {
        do_item(L, i);
        lua_rawseti(L, ANSWERS, (lua_Integer)i + 1);
        hand_on(c);
    }
}

/* apart({ items, jobs, memory_mb, files_mb }, work, done): work(i) for every item in as
   many child processes as jobs says (0: in this one); done(i, value, error) here, in
   their order. */
int lmedel_apart(lua_State *L)
{
    crew c = { .L = L };
    luaL_checktype(L, OPTIONS, LUA_TTABLE);
    luaL_checktype(L, WORK, LUA_TFUNCTION);
    luaL_checktype(L, DONE, LUA_TFUNCTION);
    lua_settop(L, DONE);
    c.items = (size_t)option(L, "items", 1);
    const size_t jobs = (size_t)option(L, "jobs", 1);
    c.jobs = jobs < c.items ? jobs : c.items;
    c.jobs = c.jobs < MAX_CHILDREN ? c.jobs : MAX_CHILDREN;
    c.memory = (rlim_t)option(L, "memory_mb", 1024) << 20;
    c.files = (rlim_t)option(L, "files_mb", 0) << 20;
    lua_newtable(L); /* ANSWERS */
    lua_newtable(L); /* KILLED */
    if (c.jobs == 0) {
        without_children(&c);
        return 0;
    }
    c.board = mmap(NULL, sizeof *c.board, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (c.board == MAP_FAILED)
        return luaL_error(L, "not enough memory");
    for (size_t i = 0; i < MAX_CHILDREN; i++)
        c.children[i].retry = NO_ITEM;
    const int status = call_with(L, with_children, &c);
    dismiss(&c);
    return status == LUA_OK ? 0 : lua_error(L);
}
