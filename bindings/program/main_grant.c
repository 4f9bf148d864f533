/*
 * main_grant.c - what a script that the user runs on purpose may do besides computing:
 * write files beneath one folder.
 */
#define _GNU_SOURCE
#include "main_child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- files beneath a folder ---- */

#define MAX_NAME 255

/* The next component of *path, in name; false at the end or where it is none that may be:
   not empty, hidden, "." or "..", and nothing that cannot be printed. */
static bool next_name(const char **path, char name[MAX_NAME + 1])
{
    const size_t n = strcspn(*path, "/");
    if (n == 0 || n > MAX_NAME || **path == '.' || !medel_text_plain(*path, n))
        return false;
    memcpy(name, *path, n);
    name[n] = '\0';
    *path += n;
    return true;
}

static bool write_all(int fd, const char *p, size_t len)
{
    while (len) {
        const ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return fsync(fd) == 0;
}

/* Beside the file and then in its place: a link is replaced, not followed. */
static bool write_in(int folder, const char *name, const char *text, size_t len)
{
    char temporary[32];
    snprintf(temporary, sizeof temporary, ".medel-%ld", (long)getpid());
    unlinkat(folder, temporary, 0);
    const int fd = openat(folder, temporary,
                          O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return false;
    bool ok = write_all(fd, text, len);
    int saved = errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        saved = errno;
    }
    if (ok && renameat(folder, temporary, folder, name) == 0)
        return true;
    errno = ok ? errno : saved;
    saved = errno;
    unlinkat(folder, temporary, 0);
    errno = saved;
    return false;
}

/* From the folder in fd, which it takes over, to that of a path like a/b/c.csv, whose
   last name is left in name.  Folders are made where they are missing; no link is
   followed. */
static int enter(int fd, const char *path, char name[MAX_NAME + 1])
{
    int why = EINVAL;
    while (fd >= 0 && next_name(&path, name)) {
        if (*path == '\0')
            return fd;
        path++;
        int inner = -1;
        if (mkdirat(fd, name, 0777) == 0 || errno == EEXIST)
            inner = openat(fd, name, O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        why = inner < 0 ? errno : EINVAL;
        close(fd);
        fd = inner;
    }
    if (fd >= 0)
        close(fd);
    errno = why;
    return -1;
}

/* write_beneath(folder, path, text): true, or nil and why not. */
int lmedel_write_beneath(lua_State *L)
{
    size_t len, plen;
    char name[MAX_NAME + 1];
    const char *folder = luaL_checkstring(L, 1), *path = luaL_checklstring(L, 2, &plen);
    const char *text = luaL_checklstring(L, 3, &len);
    luaL_argcheck(L, strlen(path) == plen, 2, "a path without zeros");
    const int root = open(folder, O_DIRECTORY | O_CLOEXEC);
    const int fd = root < 0 ? -1 : enter(root, path, name);
    const bool ok = fd >= 0 && write_in(fd, name, text, len);
    const int why = errno;
    if (fd >= 0)
        close(fd);
    if (ok) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushnil(L);
    lua_pushstring(L,
                   why == EINVAL ? "not a plain path beneath the folder" : strerror(why));
    return 2;
}
