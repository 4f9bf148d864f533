/* main_bundle.c - the bundle that this program was built with is a part of it: none can
   be put in its place. */
#include "main_bundle.h"

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".hidden medel_bundle_begin\n"
        ".hidden medel_bundle_end\n"
        ".global medel_bundle_begin\n"
        ".global medel_bundle_end\n"
        "medel_bundle_begin:\n"
        ".incbin \"" MEDEL_BUNDLE "\"\n"
        "medel_bundle_end:\n"
        ".previous\n");

extern const char lua_ident[];
extern const char medel_bundle_begin[], medel_bundle_end[];

lmedel_bundle lmedel_own_bundle(void)
{
    return (lmedel_bundle){ medel_bundle_begin,
                            (size_t)(medel_bundle_end - medel_bundle_begin), lua_ident };
}
