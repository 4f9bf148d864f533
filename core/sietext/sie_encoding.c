/* sie_encoding.c - which encoding the bytes of a SIE file are in, and its text as UTF-8.
 */
#include "sietext.h"

#include <iconv.h>
#include <string.h>

static const char *const names[] = { "auto",       "ASCII",     "CP437", "Windows-1252",
                                     "ISO-8859-1", "Mac Roman", "UTF-8" };

const char *medel_encoding_name(medel_encoding e)
{
    return (unsigned)e < sizeof names / sizeof *names ? names[e] : "";
}

bool medel_encoding_parse(medel_encoding *out, const char *name)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_OR(false, out, name);
    static const struct {
        const char *name;
        medel_encoding encoding;
    } known[] = {
        { "auto", MEDEL_ENCODING_AUTO },          { "ascii", MEDEL_ENCODING_ASCII },
        { "cp437", MEDEL_ENCODING_CP437 },        { "pc8", MEDEL_ENCODING_CP437 },
        { "ibm437", MEDEL_ENCODING_CP437 },       { "cp1252", MEDEL_ENCODING_CP1252 },
        { "windows1252", MEDEL_ENCODING_CP1252 }, { "latin1", MEDEL_ENCODING_LATIN1 },
        { "iso88591", MEDEL_ENCODING_LATIN1 },    { "mac", MEDEL_ENCODING_MAC },
        { "macroman", MEDEL_ENCODING_MAC },       { "macintosh", MEDEL_ENCODING_MAC },
        { "utf8", MEDEL_ENCODING_UTF8 },
    };
    char plain[16];
    size_t n = 0;
    for (; *name; name++) {
        if (*name == '-' || *name == '_' || *name == ' ')
            continue;
        if (n == sizeof plain - 1)
            return false;
        plain[n++] = (char)(*name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name);
    }
    plain[n] = '\0';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(plain, known[i].name) == 0) {
            *out = known[i].encoding;
            return true;
        }
    }
    return false;
}

#define REPLACEMENT "\xEF\xBF\xBD"

bool medel_sie_table(sie_table *t, medel_encoding e)
{
    static const char *const from[] = { NULL,     NULL,        "CP437", "CP1252",
                                        "LATIN1", "MACINTOSH", NULL };
    memset(t, 0, sizeof *t);
    t->encoding = e;
    if (!from[e])
        return true;
    iconv_t cd = iconv_open("UTF-8", from[e]);
    if (cd == (iconv_t)-1)
        return false;
    for (unsigned i = 0; i < 128; i++) {
        char byte = (char)(128 + i), *in = &byte, *out = t->utf8[i];
        size_t nin = 1, nout = 3;
        if (iconv(cd, &in, &nin, &out, &nout) == (size_t)-1) {
            memcpy(t->utf8[i], REPLACEMENT, 3);
            nout = 0;
            iconv(cd, NULL, NULL, NULL, NULL);
        }
        t->utf8[i][3] = (char)(3 - nout);
    }
    iconv_close(cd);
    return true;
}

int medel_sie_byte(const sie_table *t, const char *utf8, size_t len)
{
    if (len == 1)
        return (unsigned char)*utf8;
    for (int i = 0; i < 128; i++) {
        if ((size_t)t->utf8[i][3] == len && memcmp(t->utf8[i], utf8, len) == 0
            && memcmp(utf8, REPLACEMENT, len) != 0)
            return 128 + i;
    }
    return -1;
}

/* ---- deciding ---- */

static bool among(unsigned char c, const char *set)
{
    return strchr(set, (char)c) != NULL; /* the sets have no NUL, nor has c: c > 127 */
}

/* å ä ö Å Ä Ö é ü */
#define IN_CP437 "\x86\x84\x94\x8F\x8E\x99\x82\x81"
#define IN_LATIN "\xE5\xE4\xF6\xC5\xC4\xD6\xE9\xFC"
#define IN_MAC "\x8C\x8A\x9A\x81\x80\x85\x8E\x9F"

static bool letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What å ä ö in CP437 look like when they were taken for Windows-1252, between letters;
   UTF-8 that was taken for Latin-1; and the mark of a character that was lost. */
static bool misread(const unsigned char *s, size_t left, uint32_t code, bool after_letter)
{
    static const uint32_t wrong[] = { 0x2020, 0x201E, 0x201D, 0x17D, 0x2122, 0x8F };
    if ((code == 0xC3 && left >= 4 && s[2] == 0xC2) || code == 0xFFFD)
        return true;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t n = wrong[i] < 0x800 ? 2 : 3;
        if (code == wrong[i])
            return after_letter && left > n && letter(s[n]);
    }
    return false;
}

size_t medel_sie_count_one(sie_bytes *b, const unsigned char *s, size_t left,
                           bool after_letter, uint64_t offset)
{
    uint32_t code = 0;
    const size_t n = s[0] < 0xC2 ? 0 : medel_utf8_length(s, left, &code);
    if (!n) {
        b->first_invalid = b->invalid ? b->first_invalid : offset;
        b->invalid++;
        b->single[s[0] - 128]++;
        return 1;
    }
    if (code < 256 && among((unsigned char)code, IN_LATIN)) {
        b->first_valid = b->swedish8 ? b->first_valid : offset;
        b->swedish8++;
    }
    b->valid++;
    if (misread(s, left, code, after_letter)) {
        b->first_mojibake = b->mojibake ? b->first_mojibake : offset;
        b->mojibake++;
    }
    return n;
}

void medel_sie_count(sie_bytes *b, const unsigned char *s, size_t len, uint64_t offset)
{
    for (size_t i = 0; i < len;) {
        uint64_t eight = ~(uint64_t)0;
        if (len - i >= sizeof eight)
            memcpy(&eight, s + i, sizeof eight);
        if (!(eight & 0x8080808080808080u))
            i += sizeof eight;
        else if (s[i] < 128)
            i++;
        else
            i +=
                medel_sie_count_one(b, s + i, len - i, i && letter(s[i - 1]), offset + i);
    }
}

static uint64_t sum_of(const sie_bytes *b, const char *set)
{
    uint64_t n = 0;
    for (; *set; set++)
        n += b->single[(unsigned char)*set - 128];
    return n;
}

bool medel_sie_mixed(const sie_bytes *b)
{
    return b->swedish8 && b->invalid;
}

medel_encoding medel_sie_decide(const sie_bytes *b)
{
    const uint64_t cp437 = sum_of(b, IN_CP437), latin = sum_of(b, IN_LATIN);
    const uint64_t mac = sum_of(b, IN_MAC);
    uint64_t c1 = 0;
    for (int i = 0; i < 32; i++)
        c1 += b->single[i];
    if (!b->valid && !b->invalid)
        return MEDEL_ENCODING_ASCII;
    if (!b->invalid || (medel_sie_mixed(b) && b->swedish8 >= b->invalid))
        return MEDEL_ENCODING_UTF8;
    if (cp437 >= latin && cp437 >= mac)
        return MEDEL_ENCODING_CP437;
    if (latin >= mac)
        return c1 ? MEDEL_ENCODING_CP1252 : MEDEL_ENCODING_LATIN1;
    return MEDEL_ENCODING_MAC;
}

/* ---- text ---- */

size_t medel_sie_decode(const sie_table *t, const char *raw, size_t len, bool quoted,
                        char *buf, size_t size)
{
    size_t out = 0, end = 0;
    for (size_t i = 0, n; i < len; i += n) {
        const unsigned char c = (unsigned char)raw[i];
        const char *piece = raw + i;
        size_t width = 1;
        uint32_t code = 0;
        n = 1;
        if (quoted && c == '\\' && i + 1 < len && raw[i + 1] == '"')
            continue; /* the quote itself comes next */
        if (c < 32 || c == 127) {
            piece = " ";
        } else if (c >= 128 && t->encoding == MEDEL_ENCODING_UTF8) {
            n = width = medel_utf8_length((const unsigned char *)piece, len - i, &code);
            if (!n || (code < 0xA0)) {
                piece = REPLACEMENT;
                width = 3;
                n = n ? n : 1;
            }
        } else if (c >= 128) {
            width = (size_t)t->utf8[c - 128][3];
            piece = width ? t->utf8[c - 128] : REPLACEMENT;
            width = width ? width : 3;
        }
        if (end == out && out + width < size) {
            memcpy(buf + out, piece, width);
            end += width;
        }
        out += width;
    }
    if (size)
        buf[end] = '\0';
    return out;
}
