/* lmedel_zip.c - one file out of a zip archive, within bounds (libzip). */
#include "lmedel_office.h"

#include <zip.h>

#define MAX_ENTRIES 256
#define MAX_SIZE ((zip_uint64_t)64 << 20)
#define MAX_RATIO 100
#define SMALL ((zip_uint64_t)1 << 20) /* what may be packed as tightly as it likes */

typedef struct archive {
    zip_t *zip;
    zip_source_t *source;
    zip_file_t *file;
} archive;

static int archive_gc(lua_State *L)
{
    archive *a = lua_touserdata(L, 1);
    if (a->file)
        zip_fclose(a->file);
    if (a->zip)
        zip_discard(a->zip);
    else if (a->source)
        zip_source_free(a->source);
    *a = (archive){ NULL, NULL, NULL };
    return 0;
}

static int refuse(lua_State *L, const char *why)
{
    lua_pushnil(L);
    lua_pushstring(L, why);
    return 2;
}

/* zip_entry(bytes, name) */
int lmedel_zip_entry(lua_State *L)
{
    size_t len;
    const char *bytes = luaL_checklstring(L, 1, &len), *name = luaL_checkstring(L, 2);
    zip_stat_t st;
    archive *a = lmedel_new_box(L, sizeof *a, "medel.archive", archive_gc);
    a->source = zip_source_buffer_create(bytes, len, 0, NULL);
    a->zip = a->source ? zip_open_from_source(a->source, ZIP_RDONLY, NULL) : NULL;
    if (!a->zip)
        return refuse(L, "it is damaged: no zip archive can be read from it");
    if (zip_get_num_entries(a->zip, 0) > MAX_ENTRIES)
        return refuse(L, "it holds more than 256 files");
    if (zip_stat(a->zip, name, 0, &st) != 0 || !(st.valid & ZIP_STAT_SIZE))
        return refuse(L, "absent");
    if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
        return refuse(L, "it is locked with a password");
    if (st.size > MAX_SIZE
        || (st.size > SMALL && (st.valid & ZIP_STAT_COMP_SIZE)
            && st.size / MAX_RATIO > st.comp_size))
        return refuse(L, "what it holds unpacks to more than a document does");
    a->file = zip_fopen(a->zip, name, 0);
    if (!a->file)
        return refuse(L, "it is damaged");
    luaL_Buffer b;
    char *text = luaL_buffinitsize(L, &b, (size_t)st.size + 1);
    size_t done = 0;
    while (done <= st.size) { /* one more than it says would be a lie */
        const zip_int64_t n = zip_fread(a->file, text + done, st.size + 1 - done);
        if (n < 0)
            return refuse(L, "it is damaged");
        if (n == 0)
            break;
        done += (size_t)n;
    }
    if (done != st.size)
        return refuse(L, "it is damaged: a file in it has another size than it says");
    luaL_pushresultsize(&b, done);
    return 1;
}
