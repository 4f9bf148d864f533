/* text.c - UTF-8 and dates, independent of the host's locale. */
#include "medel_priv.h"

#include <string.h>

bool medel_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool medel_digit(char c)
{
    return c >= '0' && c <= '9';
}

int medel_small_integer(const char *s, const char **rest)
{
    const char *start = *s == '-' || *s == '+' ? s + 1 : s;
    int n = 0;
    for (*rest = start; medel_digit(**rest) && n < 10000; ++*rest)
        n = n * 10 + (**rest - '0');
    if (*rest == start)
        *rest = s;
    return *s == '-' ? -n : n;
}

size_t medel_utf8_length(const unsigned char *s, size_t left, uint32_t *code)
{
    if (left == 0)
        return 0;
    if (s[0] < 0x80) {
        *code = s[0];
        return 1;
    }
    size_t n = s[0] >= 0xF0 && s[0] < 0xF5 ? 4 : s[0] >= 0xE0 ? 3 : s[0] >= 0xC2 ? 2 : 0;
    if (n == 0 || s[0] >= 0xF5 || left < n)
        return 0;
    uint32_t c = s[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (s[i] & 0x3Fu);
    }
    static const uint32_t smallest[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (c < smallest[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *code = c;
    return n;
}

size_t medel_path_word(const char **path, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, path, buf, size);
    const char *word = *path ? *path : "";
    const size_t len = strcspn(word, "."), kept = len < size ? len : 0;
    *path = word[len] ? word + len + 1 : NULL;
    memcpy(buf, word, kept);
    buf[kept] = '\0';
    return kept;
}

void medel_text_capital(char *s)
{
    MEDEL_NEEDS_VOID(s);
    unsigned char *u = (unsigned char *)s;
    if (*u >= 'a' && *u <= 'z')
        *u = (unsigned char)(*u - 'a' + 'A');
    else if (u[0] == 0xC3 && (u[1] == 0xA5 || u[1] == 0xA4 || u[1] == 0xB6))
        u[1] = (unsigned char)(u[1] - 0x20);
}

bool medel_invisible(uint32_t c)
{
    if ((c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c < 0x061C)) /* nearly all */
        return false;
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0x061C
           || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E)
           || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

void medel_trim_utf8(char *s)
{
    size_t len = strlen(s), at = len;
    uint32_t code;
    while (at && ((unsigned char)s[at - 1] & 0xC0) == 0x80)
        at--;
    if (at && !medel_utf8_length((unsigned char *)s + at - 1, len - at + 1, &code))
        s[at - 1] = '\0';
}

bool medel_text_plain(const char *text, size_t len)
{
    MEDEL_NEEDS_OR(false, text);
    const unsigned char *s = (const unsigned char *)text;
    uint32_t code = 0;
    for (size_t at = 0, n; at < len; at += n) {
        n = 1;
        if (s[at] >= 0x20 && s[at] < 0x7F)
            continue;
        n = medel_utf8_length(s + at, len - at, &code);
        if (!n || code == '\n' || code == '\t' || medel_invisible(code))
            return false;
    }
    return true;
}

size_t medel_text_width(const char *text, size_t len)
{
    MEDEL_NEEDS_OR(0, text);
    const unsigned char *s = (const unsigned char *)text;
    uint32_t code;
    size_t width = 0;
    for (size_t at = 0, n; at < len; at += n, width++) {
        n = s[at] < 0x80 ? 1 : medel_utf8_length(s + at, len - at, &code);
        if (!n)
            return len;
    }
    return width;
}

/* How much of the text's beginning is printable ASCII. */
static size_t ascii_run(const char *text, size_t len)
{
    size_t n = 0;
    while (n < len && text[n] >= 0x20 && text[n] < 0x7F)
        n++;
    return n;
}

size_t medel_text_show(const char *text, size_t len, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, text, buf || !size);
    static const char digits[] = "0123456789abcdef";
    size_t out = 0, end = 0;
    for (size_t at = 0, n; at < len; at += n) {
        uint32_t code = 0;
        n = ascii_run(text + at, len - at);
        if (n) {
            const size_t room = end == out && out < size ? size - 1 - out : 0;
            const size_t fits = n < room ? n : room;
            if (fits)
                memcpy(buf + out, text + at, fits);
            end += fits;
            out += n;
            continue;
        }
        n = medel_utf8_length((const unsigned char *)text + at, len - at, &code);
        const bool plain = n && medel_text_plain(text + at, n);
        n = n ? n : 1;
        const size_t width = plain ? n : 4 * n;
        if (end == out && out + width < size) { /* no half characters, no gaps */
            for (size_t i = 0; i < width; i++) {
                const unsigned char c = (unsigned char)text[at + (plain ? i : i / 4)];
                const char shown[4] = { '\\', 'x', digits[c >> 4], digits[c & 15] };
                buf[out + i] = plain ? (char)c : shown[i % 4];
            }
            end += width;
        }
        out += width;
    }
    if (size)
        buf[end] = '\0';
    return out;
}

/* ---- dates: proleptic Gregorian, no time zone, no libc ---- */

static bool leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static const int month_days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

bool medel_date_parse(int32_t *days, const char *text, size_t len)
{
    MEDEL_OUT(days);
    MEDEL_NEEDS_OR(false, days, text);
    if (len != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (size_t i = 0; i < 10; i++) {
        if (i != 4 && i != 7 && !medel_digit(text[i]))
            return false;
    }
    int y = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10
            + (text[3] - '0');
    int m = (text[5] - '0') * 10 + (text[6] - '0');
    int d = (text[8] - '0') * 10 + (text[9] - '0');
    if (y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1
        || d > month_days[m - 1] + (m == 2 && leap(y)))
        return false;
    int32_t n = d - 1;
    for (int i = 1970; i < y; i++)
        n += 365 + leap(i);
    for (int i = y; i < 1970; i++)
        n -= 365 + leap(i);
    for (int i = 1; i < m; i++)
        n += month_days[i - 1] + (i == 2 && leap(y));
    *days = n;
    return true;
}

void medel_date_format(int32_t days, char buf[11])
{
    MEDEL_NEEDS_VOID(buf);
    int y = 1970, m = 1;
    while (days < 0)
        days += 365 + leap(--y);
    while (days >= 365 + leap(y))
        days -= 365 + leap(y++);
    while (days >= month_days[m - 1] + (m == 2 && leap(y))) {
        days -= month_days[m - 1] + (m == 2 && leap(y));
        m++;
    }
    int d = days + 1;
    const int part[3] = { y, m, d };
    const size_t end[3] = { 4, 7, 10 };
    for (int i = 0; i < 3; i++) {
        int v = part[i];
        for (size_t p = end[i]; p > (i ? end[i] - 2 : 0); p--, v /= 10)
            buf[p - 1] = (char)('0' + v % 10);
    }
    buf[4] = buf[7] = '-';
    buf[10] = '\0';
}
