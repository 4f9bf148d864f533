/* lmedel_zip.c - one file out of a zip archive, within bounds.  Of the archive's list of
   files (its central directory) everything is believed that keeps within the bytes. */
#include "lmedel_office.h"

#include <string.h>
#include <zlib.h>

#define MAX_ENTRIES 256
#define MAX_SIZE ((uint64_t)64 << 20)
#define MAX_RATIO 100
#define SMALL ((uint64_t)1 << 20) /* what may be packed as tightly as it likes */

enum { END = 22, END64 = 56, LOCATOR = 20, LISTED = 46, LOCAL = 30 };
enum { LOCKED = 1, STORED = 0, DEFLATED = 8 };

typedef struct bytes {
    const unsigned char *at;
    size_t len;
} bytes;

typedef struct entry {
    unsigned flags, method;
    uint32_t crc;
    uint64_t size, packed, offset;
} entry;

static uint64_t number(const unsigned char *s, size_t n)
{
    uint64_t v = 0;
    while (n--)
        v = v << 8 | s[n];
    return v;
}

/* 'n' bytes at 'offset' that begin with this mark, or NULL. */
static const unsigned char *part(bytes b, uint64_t offset, size_t n, const char *mark)
{
    if (offset > b.len || b.len - offset < n || memcmp(b.at + offset, mark, 4) != 0)
        return NULL;
    return b.at + offset;
}

/* Where the list of files begins, and how many they are. */
static bool find_list(bytes b, uint64_t *offset, uint64_t *entries)
{
    const size_t comment = 0xFFFF;
    const unsigned char *end = NULL;
    size_t at = b.len < END ? 0 : b.len - END;
    const size_t last = at > comment ? at - comment : 0;
    while (!(end = part(b, at, END, "PK\5\6")) && at > last)
        at--;
    if (!end)
        return false;
    *entries = number(end + 10, 2);
    *offset = number(end + 16, 4);
    if (*entries != 0xFFFF && *offset != 0xFFFFFFFF)
        return true;
    const unsigned char *locator =
        at < LOCATOR ? NULL : part(b, at - LOCATOR, LOCATOR, "PK\6\7");
    const unsigned char *end64 =
        locator ? part(b, number(locator + 8, 8), END64, "PK\6\6") : NULL;
    if (!end64)
        return locator == NULL; /* so many, and none of the larger format */
    *entries = number(end64 + 32, 8);
    *offset = number(end64 + 48, 8);
    return true;
}

/* What has no room in 32 bits stands in a field of its own: size, packed, offset. */
static void read_large(entry *e, const unsigned char *s, size_t len)
{
    uint64_t *const all[] = { &e->size, &e->packed, &e->offset };
    while (len >= 4) {
        const size_t id = number(s, 2), n = number(s + 2, 2);
        s += 4;
        len -= 4;
        if (n > len)
            return;
        size_t used = 0;
        for (size_t i = 0; id == 1 && i < 3; i++) {
            if (*all[i] == 0xFFFFFFFF && n - used >= 8) {
                *all[i] = number(s + used, 8);
                used += 8;
            }
        }
        s += n;
        len -= n;
    }
}

/* NULL, or why the file of that name is not to be had. */
static const char *find_entry(bytes b, const char *name, size_t name_len, entry *e)
{
    uint64_t offset, entries;
    if (!find_list(b, &offset, &entries))
        return "it is damaged: no zip archive can be read from it";
    if (entries > MAX_ENTRIES)
        return "it holds more than 256 files";
    bool found = false;
    for (uint64_t i = 0; i < entries && !found; i++) {
        const unsigned char *s = part(b, offset, LISTED, "PK\1\2");
        const size_t own = s ? number(s + 28, 2) : 0, more = s ? number(s + 30, 2) : 0;
        const size_t whole = s ? LISTED + own + more + number(s + 32, 2) : 0;
        if (!s || b.len - offset < whole)
            return "it is damaged: no zip archive can be read from it";
        found = own == name_len && memcmp(s + LISTED, name, own) == 0;
        *e = (entry){ .flags = (unsigned)number(s + 8, 2),
                      .method = (unsigned)number(s + 10, 2),
                      .crc = (uint32_t)number(s + 16, 4),
                      .packed = number(s + 20, 4),
                      .size = number(s + 24, 4),
                      .offset = number(s + 42, 4) };
        read_large(e, s + LISTED + own, more);
        offset += whole;
    }
    if (!found)
        return "absent";
    if (e->flags & LOCKED)
        return "it is locked with a password";
    if (e->size > MAX_SIZE || (e->size > SMALL && e->size / MAX_RATIO > e->packed))
        return "what it holds unpacks to more than a document does";
    if (e->method != STORED && e->method != DEFLATED)
        return "it is packed in a way that is not read";
    return NULL;
}

/* False where the packed bytes are not those of a text of 'size', which 'out' has room
   for and one more: longer than it says would be a lie. */
static bool inflated(char *out, size_t size, const unsigned char *packed, size_t len)
{
    z_stream z = { 0 };
    if (len > UINT32_MAX || inflateInit2(&z, -MAX_WBITS) != Z_OK)
        return false;
    z.next_in = (z_const Bytef *)packed;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)size + 1;
    const bool ends = inflate(&z, Z_FINISH) == Z_STREAM_END;
    inflateEnd(&z);
    return ends && z.avail_out == 1;
}

static bool unpack(char *out, bytes b, const entry *e)
{
    const unsigned char *s = part(b, e->offset, LOCAL, "PK\3\4");
    const size_t head = s ? LOCAL + number(s + 26, 2) + number(s + 28, 2) : 0;
    if (!s || b.len - e->offset < head || b.len - e->offset - head < e->packed)
        return false;
    const size_t size = (size_t)e->size, packed = (size_t)e->packed;
    if (e->method == DEFLATED && !inflated(out, size, s + head, packed))
        return false;
    if (e->method == STORED) {
        if (packed != size)
            return false;
        memcpy(out, s + head, size);
    }
    return crc32_z(0, (const Bytef *)out, size) == e->crc;
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
    bytes b;
    size_t name_len;
    b.at = (const unsigned char *)luaL_checklstring(L, 1, &b.len);
    const char *name = luaL_checklstring(L, 2, &name_len);
    entry e;
    const char *why = find_entry(b, name, name_len, &e);
    if (why)
        return refuse(L, why);
    luaL_Buffer text;
    char *out = luaL_buffinitsize(L, &text, (size_t)e.size + 1);
    if (!unpack(out, b, &e))
        return refuse(L, "it is damaged");
    luaL_pushresultsize(&text, (size_t)e.size);
    return 1;
}
