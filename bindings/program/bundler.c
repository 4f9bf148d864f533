/*
 * bundler.c - a tool of the build: compiles the installation's own scripts and rules.
 *
 *     bundler OUT FILE... MODULE...
 *
 * A FILE is scripts/NAME.lua, rules/NAME.lua or NAME.yaml, a MODULE is where Lua finds
 * it.  A rule that would be refused is left out, and is refused when it is read.
 */
#include "lmedel_bundle.h"
#include "medel_packed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char lua_ident[];

typedef struct bytes {
    char *at;
    size_t len, room;
} bytes;

typedef struct item {
    char *name;
    bytes text, made;
} item;

static void add(bytes *b, const void *from, size_t n)
{
    if (b->len + n > b->room) {
        b->room = 2 * (b->len + n);
        b->at = realloc(b->at, b->room);
        if (!b->at) {
            fputs("bundler: not enough memory\n", stderr);
            exit(1);
        }
    }
    if (n)
        memcpy(b->at + b->len, from, n);
    b->len += n;
}

static bool read_all(bytes *text, const char *path)
{
    char part[4096];
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        add(text, part, n);
    const bool ok = !ferror(f);
    fclose(f);
    return ok;
}

static int write_part(lua_State *L, const void *p, size_t n, void *ud)
{
    (void)L;
    add(ud, p, n);
    return 0;
}

/* The name that its errors begin with is what a file is known by when it is loaded, too.
 */
static void push_name(lua_State *L, const char *file)
{
    const size_t len = strlen(file);
    if (strncmp(file, "scripts/", 8) == 0 && len > 12) {
        lua_pushlstring(L, file + 8, len - 12);
        lua_pushfstring(L, "=[%s]", luaL_gsub(L, lua_tostring(L, -1), "/", "."));
    } else {
        lua_pushfstring(L, "@%s", file);
    }
}

static bool ends_with(const char *text, const char *end)
{
    const size_t len = strlen(text), n = strlen(end);
    return len > n && strcmp(text + len - n, end) == 0;
}

static void set_name(item *it, const char *name)
{
    bytes kept = { 0 };
    add(&kept, name, strlen(name) + 1);
    it->name = kept.at;
}

static bool pack(lua_State *L, item *it, const char *file)
{
    medel_yaml_document *doc;
    size_t len;
    char *made;
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    const char *slash = strrchr(file, '/');
    bool ok = d
              && medel_yaml_read(&doc, &(medel_input){ file, it->text.at, it->text.len },
                                 NULL, d)
                     == MEDEL_OK;
    medel_diagnostics_free(d);
    if (!ok)
        return false;
    ok = medel_yaml_pack(&made, &len, medel_yaml_root(doc),
                         &(medel_allocator){ lmedel_c_alloc, NULL })
         == MEDEL_OK;
    medel_yaml_free(doc);
    if (!ok)
        return false;
    add(&it->made, made, len);
    lmedel_c_alloc(NULL, made, len, 0);
    lua_pushfstring(L, LMEDEL_TREE "%s", slash ? slash + 1 : file);
    set_name(it, lua_tostring(L, -1));
    return true;
}

/* rules/PACK/lib/NAME.lua is what a rule of the pack may require. */
static const char add_library[] =
    "local libraries, file, text = ...\n"
    "local pack, name = file:match '^(rules/.*)/lib/([^/]+)%.lua$'\n"
    "libraries[pack] = libraries[pack] or {}\n"
    "libraries[pack][name] = text\n";
static const char is_rule[] =
    "local libraries, file, text = ...\n"
    "local runner = require('medel').runner {}\n"
    "return (runner:load(file, text, libraries[file:match '^(.*)/'] or {}))\n";

/* Does the chunk say yes of the file?  The libraries are at stack index 1. */
static bool says(lua_State *L, const char *chunk, const char *file, const bytes *text)
{
    const int top = lua_gettop(L);
    bool yes = luaL_loadstring(L, chunk) == LUA_OK;
    lua_pushvalue(L, 1);
    lua_pushstring(L, file);
    lua_pushlstring(L, text->at, text->len);
    yes = yes && lua_pcall(L, 3, 1, 0) == LUA_OK && lua_toboolean(L, -1);
    lua_settop(L, top);
    return yes;
}

static void add_libraries(lua_State *L, char **files, int n)
{
    for (int i = 0; i < n; i++) {
        bytes text = { 0 };
        if (strncmp(files[i], "rules/", 6) == 0 && strstr(files[i], "/lib/")
            && read_all(&text, files[i]))
            says(L, add_library, files[i], &text);
        free(text.at);
    }
}

static bool compile(lua_State *L, item *it, const char *file)
{
    unsigned line;
    if (!read_all(&it->text, file)) {
        fprintf(stderr, "bundler: %s: %s\n", file, strerror(errno));
        return false;
    }
    if (ends_with(file, ".yaml"))
        return pack(L, it, file);
    if (strncmp(file, "rules/", 6) == 0
        && (lmedel_lint(it->text.at, it->text.len, false, &line)
            || !says(L, is_rule, file, &it->text)))
        return false;
    push_name(L, file);
    const char *name = lua_tostring(L, -1);
    if (luaL_loadbufferx(L, it->text.at, it->text.len, name, "t") != LUA_OK)
        return false;
    lua_dump(L, write_part, &it->made, 0); /* with all that errors are told by */
    set_name(it, name);
    return true;
}

/* Push the file of a module as the program would find it, or nothing. */
static const char *module_file(lua_State *L, const char *module)
{
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "searchpath");
    lua_pushstring(L, module);
    lua_getfield(L, -3, "path");
    lua_pushliteral(L, ";/usr/share/lua/5.4/?.lua");
    lua_concat(L, 2);
    lua_call(L, 2, 1);
    return lua_tostring(L, -1);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const item *)a)->name, ((const item *)b)->name);
}

static uint64_t put(bytes *out, size_t base, const void *from, size_t n)
{
    const uint64_t at = base + out->len;
    add(out, from, n);
    return at;
}

static bool write_bundle(const char *path, const item *items, size_t n)
{
    lmedel_bundle_head head = { .magic = LMEDEL_BUNDLE_MAGIC, .n = n };
    bytes entries = { 0 }, rest = { 0 };
    const size_t base = sizeof head + n * sizeof(lmedel_bundle_entry);
    if ((size_t)snprintf(head.lua, sizeof head.lua, "%s", lua_ident) >= sizeof head.lua)
        return false; /* it would be no one's */
    for (size_t i = 0; i < n; i++) {
        const item *it = &items[i];
        lmedel_bundle_entry e = { .text_len = it->text.len, .made_len = it->made.len };
        e.name = put(&rest, base, it->name, strlen(it->name) + 1);
        e.text = put(&rest, base, it->text.at, it->text.len);
        while ((base + rest.len) % 8)
            add(&rest, "", 1);
        e.made = put(&rest, base, it->made.at, it->made.len);
        add(&entries, &e, sizeof e);
    }
    FILE *f = fopen(path, "wb");
    if (!f)
        return false;
    fwrite(&head, sizeof head, 1, f);
    fwrite(entries.at, 1, entries.len, f);
    fwrite(rest.at, 1, rest.len, f);
    free(entries.at);
    free(rest.at);
    const bool ok = !ferror(f);
    return fclose(f) == 0 && ok;
}

int main(int argc, char **argv)
{
    lua_State *L = luaL_newstate();
    item *items = calloc((size_t)argc, sizeof *items);
    size_t n = 0;
    if (!L || !items || argc < 2)
        return 2;
    luaL_openlibs(L);
    luaL_requiref(L, "medel", luaopen_medel, 0);
    lua_settop(L, 0);
    lua_newtable(L); /* the packs' libraries */
    add_libraries(L, argv + 2, argc - 2);
    for (int i = 2; i < argc; i++) {
        const bool is_file = ends_with(argv[i], ".lua") || ends_with(argv[i], ".yaml");
        const char *file = is_file ? argv[i] : module_file(L, argv[i]);
        if (file && compile(L, &items[n], file)) {
            n++;
        } else {
            free(items[n].text.at);
            items[n] = (item){ 0 };
        }
        lua_settop(L, 1);
    }
    qsort(items, n, sizeof *items, by_name);
    const bool ok = write_bundle(argv[1], items, n);
    if (!ok)
        fprintf(stderr, "bundler: %s: %s\n", argv[1], strerror(errno));
    for (size_t i = 0; i < n; i++) {
        free(items[i].name);
        free(items[i].text.at);
        free(items[i].made.at);
    }
    free(items);
    lua_close(L);
    return ok ? 0 : 1;
}
