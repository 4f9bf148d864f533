/* lmedel_file.c - files read and written whole, and lists of them. */
#define _DEFAULT_SOURCE /* d_type */
#include "lmedel.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_FILES 100000
#define MAX_NESTED 16 /* folders in folders */
#define MAX_FILE ((size_t)16 * 1024 * 1024)

/* A name with a zero byte in it would be another file's. */
static const char *check_path(lua_State *L, int arg)
{
    size_t len;
    const char *path = luaL_checklstring(L, arg, &len);
    luaL_argcheck(L, strlen(path) == len, arg, "a zero byte in the name of a file");
    return path;
}

typedef struct file_text {
    char *text;
    size_t len;
} file_text;

static int push_text(lua_State *L)
{
    const file_text *f = lua_touserdata(L, 1);
    lua_pushlstring(L, f->text, f->len);
    return 1;
}

/* The text is given back here: where memory is out no finalizer may be called. */
static int read_file(lua_State *L)
{
    const char *path = check_path(L, 1);
    file_text f = { 0 };
    medel_error err;
    const medel_allocator allocator = lmedel_allocator(L);
    const medel_status st =
        medel_file_read(&f.text, &f.len, path, MAX_FILE, &allocator, &err);
    if (st == MEDEL_E_NOMEM)
        return luaL_error(L, "not enough memory");
    if (st != MEDEL_OK) {
        lua_pushnil(L);
        lua_pushstring(L, err.message);
        return 2;
    }
    lua_pushcfunction(L, push_text);
    lua_pushlightuserdata(L, &f);
    const int pushed = lua_pcall(L, 1, 1, 0);
    medel_text_free(f.text, f.len, &allocator);
    return pushed == LUA_OK ? 1 : lua_error(L);
}

/* true, or nil and why not */
static int answer(lua_State *L, medel_status st, const medel_error *err)
{
    if (st == MEDEL_OK) {
        lua_pushboolean(L, true);
        return 1;
    }
    lua_pushnil(L);
    lua_pushstring(L, err->message);
    return 2;
}

static int write_file(lua_State *L)
{
    size_t len;
    medel_error err;
    const char *path = check_path(L, 1), *text = luaL_checklstring(L, 2, &len);
    return answer(L, medel_file_write(path, text, len, lua_toboolean(L, 3), &err), &err);
}

static int is_folder(lua_State *L)
{
    struct stat st;
    lua_pushboolean(L, stat(check_path(L, 1), &st) == 0 && S_ISDIR(st.st_mode));
    return 1;
}

/* A file that cannot be looked at may well be there. */
static int is_absent(lua_State *L)
{
    struct stat st;
    lua_pushboolean(L, lstat(check_path(L, 1), &st) != 0
                           && (errno == ENOENT || errno == ENOTDIR));
    return 1;
}

static int is_same_file(lua_State *L)
{
    struct stat a, b;
    lua_pushboolean(L, stat(check_path(L, 1), &a) == 0 && stat(check_path(L, 2), &b) == 0
                           && a.st_dev == b.st_dev && a.st_ino == b.st_ino);
    return 1;
}

static int stays(lua_State *L)
{
    lua_pushboolean(L, !medel_file_leaves(check_path(L, 1)));
    return 1;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); /* not strcoll: the same everywhere */
}

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

typedef struct folder {
    struct dirent **entries;
    int n;
} folder;

static int folder_gc(lua_State *L)
{
    folder *f = lua_touserdata(L, 1);
    for (int i = 0; i < f->n; i++)
        free(f->entries[i]);
    free(f->entries);
    memset(f, 0, sizeof *f);
    return 0;
}

static bool ends_with(const char *text, const char *suffix)
{
    const size_t len = strlen(text), end = strlen(suffix);
    return len > end && strcmp(text + len - end, suffix) == 0;
}

/* Some file systems do not say in the folder what an entry is. */
static int type_of(lua_State *L, const struct dirent *e, const char *file)
{
    struct stat st = { 0 };
    if (e->d_type != DT_UNKNOWN)
        return e->d_type;
    if (lstat(file, &st) != 0 && errno != ENOENT) /* else it has just gone */
        luaL_error(L, "cannot look at %s: %s", file, strerror(errno));
    return S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : DT_UNKNOWN;
}

/* Append the files below 'path' to the list at index 3, folders in name order.  What
   cannot be listed is an error: rules that are not read would find nothing. */
static void list_files(lua_State *L, const char *path, const char *suffix, int depth)
{
    if (depth > MAX_NESTED)
        luaL_error(L, "%s is more than %d folders deep", path, MAX_NESTED);
    luaL_checkstack(L, 8, "files");
    folder *f = lmedel_new_box(L, sizeof *f, "medel.folder", folder_gc);
    const int n = scandir(path, &f->entries, visible, by_name);
    if (n < 0)
        luaL_error(L, "cannot list the folder %s: %s", path, strerror(errno));
    f->n = n;
    for (int i = 0; i < f->n; i++) {
        lua_pushfstring(L, "%s/%s", path, f->entries[i]->d_name);
        const char *file = lua_tostring(L, -1);
        const int type = type_of(L, f->entries[i], file);
        if (type == DT_DIR) {
            list_files(L, file, suffix, depth + 1);
        } else if (type == DT_REG && ends_with(file, suffix)) {
            if (lua_rawlen(L, 3) >= MAX_FILES)
                luaL_error(L, "more than %d files below %s", MAX_FILES, path);
            lua_pushvalue(L, -1);
            lua_rawseti(L, 3, (lua_Integer)lua_rawlen(L, 3) + 1);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static int files(lua_State *L)
{
    const char *path = check_path(L, 1), *suffix = luaL_optstring(L, 2, "");
    lua_settop(L, 2);
    lua_newtable(L);
    list_files(L, path, suffix, 0);
    lua_settop(L, 3);
    return 1;
}

/* The id, the words and the use of what a file with this text is. */
static int file_kind(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const medel_file_kind *kind = medel_file_kind_of(text, len);
    lua_pushstring(L, kind ? kind->id : NULL);
    lua_pushstring(L, kind ? kind->what : NULL);
    lua_pushstring(L, kind ? kind->use : NULL);
    return 3;
}

const lmedel_function lmedel_file_functions[] = {
    { "file_kind", file_kind, "(text: string): string|nil, string|nil, string|nil",
      "What a file is by how it begins: `report`, `sie`, `pdf`, ...; in words; and what "
      "to do with it. nil where it does not say." },
    { "files", files, "(folder: string, suffix?: string): string[]",
      "The files below a folder whose names end so, in name order. Hidden files and "
      "links are left out. An error if a folder cannot be listed, is more than 16 deep "
      "or "
      "has more than 100 000 files." },
    { "stays", stays, "(path: string): boolean",
      "Does the file lie in the folder that its name says, and not elsewhere by a "
      "link?" },
    { "is_absent", is_absent, "(path: string): boolean",
      "Is there surely nothing of that name? False where that cannot be seen." },
    { "is_folder", is_folder, "(path: string): boolean", "Is it a folder?" },
    { "read_file", read_file, "(path: string): string|nil, string|nil",
      "The whole of a regular file, or nil and why not." },
    { "same_file", is_same_file, "(a: string, b: string): boolean",
      "Do both names lead to one file?" },
    { "write_file", write_file,
      "(path: string, text: string, replace?: boolean): true|nil, string|nil",
      "Write a file whole or not at all: nil and why not, and then what was there is "
      "there as "
      "it was. Unless `replace`, the file must be new." },
    { NULL, NULL, NULL, NULL }
};
