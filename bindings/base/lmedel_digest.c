/* lmedel_digest.c - SHA-256, for fingerprints of findings and manifests of inputs. */
#include "lmedel.h"

#include <sha256.h>

static int sha256(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    char hex[SHA256_DIGEST_STRING_LENGTH];
    SHA256Data((const uint8_t *)text, len, hex);
    lua_pushstring(L, hex);
    return 1;
}

const lmedel_function lmedel_digest_functions[] = {
    { "sha256", sha256, "(text: string): string", "The SHA-256 of a text, in hex." },
    { NULL, NULL, NULL, NULL }
};
