/*
 * medel_sietext.h - the encodings and the days that bookkeeping programs write.
 */
#ifndef MEDEL_SIETEXT_H
#define MEDEL_SIETEXT_H

#include "medel_base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum medel_encoding {
    MEDEL_ENCODING_AUTO,  /* decided by the bytes, whatever #FORMAT says */
    MEDEL_ENCODING_ASCII, /* no byte above 127: any of those below */
    MEDEL_ENCODING_CP437,
    MEDEL_ENCODING_CP1252,
    MEDEL_ENCODING_LATIN1,
    MEDEL_ENCODING_MAC, /* Mac Roman */
    MEDEL_ENCODING_UTF8
} medel_encoding;
MEDEL_API const char *medel_encoding_name(medel_encoding e); /* "CP437", "UTF-8", ... */
/* By name, in any case, with or without "-", "_": cp437, pc8, ibm437, utf8, latin1,
   iso-8859-1, cp1252, windows-1252, mac, auto; false if unknown. */
MEDEL_API bool medel_encoding_parse(medel_encoding *out, const char *name);

#define MEDEL_LEDGER_DAY_ZERO                                                            \
    (-25568) /* what a day column's 0 would be; 1 is 1900-01-01 */

#ifdef __cplusplus
}
#endif
#endif
