/* file.c - files that are opened for reading, read whole, and written whole or not at
 * all. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "medel_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- reading ---- */

/* As read(), for a signal that comes between. */
static ssize_t read_some(int fd, void *to, size_t room)
{
    ssize_t n;
    do
        n = read(fd, to, room);
    while (n < 0 && errno == EINTR);
    return n;
}

/* NULL, or why the file is not 'size' bytes long and all of them in buf. */
static const char *read_all(int fd, char *buf, size_t size)
{
    char extra;
    size_t got = 0;
    while (got < size) {
        ssize_t n = read_some(fd, buf + got, size - got);
        if (n < 0)
            return strerror(errno);
        if (n == 0)
            return "it changed while it was read";
        got += (size_t)n;
    }
    ssize_t n = read_some(fd, &extra, 1);
    return n < 0 ? strerror(errno) : n > 0 ? "it changed while it was read" : NULL;
}

int medel_open_regular(const char *path, uint64_t limit, struct stat *st,
                       medel_error *err)
{
    /* O_NONBLOCK: opening a FIFO must not wait; it is refused after fstat. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        medel_fail(err, MEDEL_E_IO, "cannot open %s: %s", path, strerror(errno));
        return -1;
    }
    if (fstat(fd, st) != 0)
        medel_fail(err, MEDEL_E_IO, "cannot read %s: %s", path, strerror(errno));
    else if (S_ISDIR(st->st_mode))
        medel_fail(err, MEDEL_E_IO, "%s is a folder, not a file", path);
    else if (!S_ISREG(st->st_mode))
        medel_fail(err, MEDEL_E_IO, "%s is not a regular file", path);
    else if (st->st_size < 0 || (uint64_t)st->st_size > limit)
        medel_fail(err, MEDEL_E_LIMIT, "%s is larger than %ju bytes", path,
                   (uintmax_t)limit);
    else
        return fd;
    close(fd);
    return -1;
}

static medel_status read_open_file(int fd, const struct stat *st, char **text,
                                   size_t *len, const char *path, medel_arena *a,
                                   medel_error *err)
{
    size_t size = (size_t)st->st_size;
    char *buf = medel_resize(a, NULL, 0, size + 1);
    if (!buf)
        return medel_fail(err, MEDEL_E_NOMEM, "out of memory reading %s", path);
    const char *why = read_all(fd, buf, size);
    if (why) {
        medel_resize(a, buf, size + 1, 0);
        return medel_fail(err, MEDEL_E_IO, "cannot read %s: %s", path, why);
    }
    buf[size] = '\0';
    *text = buf;
    *len = size;
    return MEDEL_OK;
}

medel_status medel_file_read(char **text, size_t *len, const char *path, size_t limit,
                             const medel_allocator *allocator, medel_error *err)
{
    MEDEL_OUT(text);
    MEDEL_OUT(len);
    MEDEL_NEEDS_ERR(err, text, len, path);
    medel_arena a;
    struct stat is;
    medel_error own = { MEDEL_OK, "" };
    medel_arena_init(&a, allocator);
    const int fd = medel_open_regular(path, limit, &is, err ? err : &own);
    if (fd < 0)
        return (err ? err : &own)->status;
    medel_status st = read_open_file(fd, &is, text, len, path, &a, err);
    close(fd);
    return st;
}

size_t medel_file_begin(const char *path, char *head, size_t room)
{
    MEDEL_NEEDS_OR(0, path, head);
    struct stat st;
    size_t got = 0;
    const int fd = medel_open_regular(path, UINT64_MAX, &st, NULL);
    for (ssize_t n = 1; fd >= 0 && n > 0 && got<room; got += n> 0 ? (size_t)n : 0)
        n = read_some(fd, head + got, room - got);
    if (fd >= 0)
        close(fd);
    return got;
}

bool medel_file_leaves(const char *path)
{
    MEDEL_NEEDS_OR(false, path);
    char real[PATH_MAX], folder[PATH_MAX], name[PATH_MAX];
    const char *slash = strrchr(path, '/');
    const size_t n = slash ? (size_t)(slash - path) : 0;
    if (n >= sizeof name)
        return true;
    memcpy(name, slash ? path : ".", slash ? n : 1);
    name[slash ? n : 1] = '\0';
    if (!realpath(path, real) || !realpath(*name ? name : "/", folder))
        return false; /* it cannot be read either */
    const size_t len = strcmp(folder, "/") == 0 ? 0 : strlen(folder);
    return strncmp(real, folder, len) != 0 || real[len] != '/';
}

void medel_text_free(char *text, size_t len, const medel_allocator *allocator)
{
    MEDEL_NEEDS_VOID(text);
    medel_arena a;
    medel_arena_init(&a, allocator);
    if (text)
        medel_resize(&a, text, len + 1, 0);
}

/* ---- writing ---- */

typedef struct draft {
    const char *path;
    char name[PATH_MAX]; /* of the file beside it, where the text is written first */
    int fd;
    medel_error *err;
} draft;

static medel_status cannot(const draft *d, const char *what)
{
    return medel_fail(d->err, MEDEL_E_IO, "cannot %s %s: %s", what, d->path,
                      strerror(errno));
}

/* Is the open draft still what its name leads to? */
static bool in_place(const draft *d)
{
    struct stat ours, there;
    return fstat(d->fd, &ours) == 0 && lstat(d->name, &there) == 0
           && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

/* A draft that nobody holds was left by a process that was killed: take it away.  False
   when another process is writing it, or it is no draft at all. */
static bool remove_stale(const draft *d)
{
    draft left = *d;
    struct stat st;
    left.fd = open(d->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (left.fd < 0)
        return errno == ENOENT;
    bool gone = fstat(left.fd, &st) == 0 && S_ISREG(st.st_mode)
                && flock(left.fd, LOCK_EX | LOCK_NB) == 0
                && (!in_place(&left) || unlink(left.name) == 0);
    close(left.fd);
    return gone;
}

/* Create the draft and hold it, so that no other process takes it for a stale one. */
static medel_status create(draft *d, mode_t mode)
{
    for (int turn = 0; turn < 8; turn++) {
        d->fd = open(d->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (d->fd < 0 && errno == EINTR)
            continue;
        if (d->fd < 0 && errno != EEXIST)
            return cannot(d, "write");
        if (d->fd < 0 && !remove_stale(d))
            break;
        if (d->fd >= 0 && flock(d->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
            close(d->fd); /* another process has just taken it for stale */
            continue;
        }
        if (d->fd >= 0 && in_place(d))
            return MEDEL_OK;
        if (d->fd >= 0)
            close(d->fd);
    }
    return medel_fail(d->err, MEDEL_E_IO, "cannot write %s: %s is in the way", d->path,
                      d->name);
}

static bool write_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, text, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n == 0 ? ENOSPC : errno;
            return false;
        }
        text += n;
        len -= (size_t)n;
    }
    return true;
}

/* To the disk, not only to the kernel.  What cannot be synchronised (some network file
   systems say EINVAL) is left to its owner. */
static bool synchronise(int fd)
{
    int st;
    do
        st = fsync(fd);
    while (st != 0 && errno == EINTR);
    return st == 0 || errno == EINVAL || errno == ENOTSUP;
}

/* The name of a new file is in its folder, which is written of its own. */
static bool synchronise_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash == path ? 1 : slash ? (size_t)(slash - path) : 1;
    memcpy(folder, slash ? path : ".", len);
    folder[len] = '\0';
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return errno == EACCES; /* a folder that can be written in but not listed */
    bool ok = synchronise(fd);
    return (close(fd) == 0 || errno == EINTR) && ok;
}

/* link() never replaces; where there are no hard links, the last look decides. */
static int rename_new(const char *from, const char *to)
{
    struct stat st;
    if (link(from, to) == 0)
        return unlink(from);
    if (errno == EPERM || errno == ENOTSUP || errno == ENOSYS) {
        errno = EEXIST;
        if (lstat(to, &st) != 0)
            return rename(from, to);
    }
    return -1;
}

/* Write, check and name the draft; a failure takes it away again. */
static medel_status finish(draft *d, const char *text, size_t len, bool replace)
{
    medel_status st = MEDEL_OK;
    if (!write_all(d->fd, text, len) || !synchronise(d->fd))
        st = cannot(d, "write");
    /* The lock goes with the descriptor, so a name is given before it is closed. */
    if (st == MEDEL_OK
        && (replace ? rename(d->name, d->path) : rename_new(d->name, d->path)) != 0)
        st = cannot(d, "write");
    if (st != MEDEL_OK)
        unlink(d->name);
    if (close(d->fd) != 0 && errno != EINTR && st == MEDEL_OK)
        st = cannot(d, "close");
    if (st == MEDEL_OK && !synchronise_folder(d->path))
        st = cannot(d, "synchronise the folder of");
    return st;
}

medel_status medel_file_write(const char *path, const char *text, size_t len,
                              bool replace, medel_error *err)
{
    MEDEL_NEEDS_ERR(err, path, text);
    draft d = { path, "", -1, err };
    struct stat there;
    mode_t mode = 0666;
    if (snprintf(d.name, sizeof d.name, "%s.ny", path) >= (int)sizeof d.name)
        return medel_fail(err, MEDEL_E_IO, "too long a name to write: %.60s...", path);
    /* A device or a pipe must not be replaced, nor what a link to one is. */
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
        return medel_fail(err, MEDEL_E_IO, "cannot write %s: it is %s", path,
                          S_ISDIR(there.st_mode) ? "a folder" : "not a regular file");
    if (lstat(path, &there) == 0) {
        if (!replace)
            return medel_fail(err, MEDEL_E_IO, "%s is already there; it is left as it is",
                              path);
        if (S_ISREG(there.st_mode))
            mode = there.st_mode & 0777; /* what was private stays so */
    }
    medel_status st = create(&d, mode);
    return st == MEDEL_OK ? finish(&d, text, len, replace) : st;
}
