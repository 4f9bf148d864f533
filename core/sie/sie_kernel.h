/*
 * sie_kernel.h - vouchers and rows as most programs write them, straight from bit masks
 * of where blanks, quotes and line ends stand.  Included once for each width of vectors,
 * with KERNEL (the function's name) and masks() defined; everything unusual goes to
 * medel_sie_line, so that all widths and the plain way give the same answers.
 */
#include "sie_reader.h"
#include "sie_fast.h"

#include <string.h>

/* A byte beyond the longest field that is read at once. */
#define SLACK 144

static inline uint64_t load8(const char *p)
{
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

/* The first n bytes of v, 1 <= n <= 8: a name of at most eight bytes as a number. */
static inline uint64_t head8(uint64_t v, unsigned n)
{
    return v & (UINT64_MAX >> (64 - 8 * n));
}

/* The first bit at or above i; 64 if there is none. */
static inline unsigned next_bit(uint64_t mask, unsigned i)
{
    const uint64_t rest = i < 64 ? mask >> i << i : 0;
    return rest ? (unsigned)__builtin_ctzll(rest) : 64;
}

/* n <= 8 digits; false if they are none. */
static inline bool digits8(uint64_t v, unsigned n, uint32_t *out)
{
    v = n ? v << (64 - 8 * n) : 0;
    const uint64_t zeros = n ? 0x3030303030303030u << (64 - 8 * n) : 0;
    v ^= zeros; /* digits are 0..9 now, and what is before them 0 */
    if (((v + 0x7676767676767676u) | v) & 0x8080808080808080u)
        return false;
    v = (v * 10 + (v >> 8)) & 0x00FF00FF00FF00FFu;
    v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFFu;
    *out = (uint32_t)(v * 10000 + (v >> 32));
    return true;
}

/* -?d+(.d{1,2})? of at most 9 whole kronor digits and what a cheque can hold. */
static inline bool quick_amount(const char *p, unsigned len, int64_t *ore)
{
    const unsigned negative = *p == '-';
    uint32_t high = 0, low = 0, cents = 0;
    p += negative;
    len -= negative;
    unsigned whole = len;
    if (len > 3 && p[len - 3] == '.') {
        const unsigned a = (unsigned)(p[len - 2] - '0'), b = (unsigned)(p[len - 1] - '0');
        if (a > 9 || b > 9)
            return false;
        cents = 10 * a + b;
        whole = len - 3;
    } else if (len > 2 && p[len - 2] == '.') {
        const unsigned a = (unsigned)(p[len - 1] - '0');
        if (a > 9)
            return false;
        cents = 10 * a;
        whole = len - 2;
    }
    if (whole - 1 > 14) /* none, or 16 and more */
        return false;
    const unsigned top = whole > 8 ? whole - 8 : 0;
    if ((top && !digits8(load8(p), top, &high))
        || !digits8(load8(p + top), whole - top, &low))
        return false;
    const int64_t v = ((int64_t)high * 100000000 + low) * 100 + cents;
    *ore = negative ? -v : v;
    return true;
}

static inline size_t slot(uint64_t key, unsigned bits)
{
    return (size_t)(key * 0x9E3779B97F4A7C15u >> (64 - bits));
}

/* 0: not eight digits of a day. */
static inline uint16_t quick_day(sie_fast *f, const char *p)
{
    const uint64_t v = load8(p);
    struct fast_day *d = &f->days[slot(v, FAST_DAYS)];
    if (d->text != v) {
        const uint16_t day = medel_sie_day(p, 8);
        if (!day)
            return 0;
        d->text = v;
        d->day = day;
    }
    return d->day;
}

/* An account that is declared, or -1. */
static inline int32_t quick_account(sie_reader *r, const char *p, unsigned len)
{
    const uint64_t v = head8(load8(p), len);
    struct fast_name *n = &r->fast->accounts[slot(v, FAST_ACCOUNTS)];
    if (n->text != v) {
        const uint32_t found = medel_names_find(&r->l->account_names, p, len, 0);
        if (found == MEDEL_NO_INDEX || !ACCOUNTS(r->l)[found].declared)
            return -1;
        n->text = v;
        n->number = found;
    }
    return (int32_t)n->number;
}

/* An object that is declared, or MEDEL_NO_INDEX. */
static inline uint32_t quick_object(sie_reader *r, const char *dim, unsigned ndim,
                                    const char *p, unsigned len)
{
    const uint64_t v = head8(load8(p), len), d = head8(load8(dim), ndim);
    struct fast_object *o = &r->fast->objects[slot(v ^ d << 21, FAST_OBJECTS)];
    if (o->text != v || o->dimension != (uint32_t)d) {
        const uint32_t of = medel_names_find(&r->l->dimension_names, dim, ndim, 0);
        const uint32_t found =
            of == MEDEL_NO_INDEX ? of : medel_names_find(&r->l->object_names, p, len, of);
        if (found == MEDEL_NO_INDEX || !OBJECTS(r->l)[found].declared)
            return MEDEL_NO_INDEX;
        o->text = v;
        o->dimension = (uint32_t)d;
        o->number = found;
    }
    return o->number;
}

/* Most lists have one object: a number for each object says which. */
static inline uint32_t quick_list(sie_reader *r, uint32_t first, uint32_t second)
{
    const uint32_t both[2] = { first, second };
    if (second != MEDEL_NO_INDEX || first >= FAST_SINGLES)
        return medel_sie_list_of(r, both, second == MEDEL_NO_INDEX ? 1 : 2);
    if (!r->fast->singles[first])
        r->fast->singles[first] = medel_sie_list_of(r, both, 1);
    return r->fast->singles[first];
}

/* dim "object" [dim "object"]} from i; the place after }, or 0. */
static inline unsigned quick_objects(sie_reader *r, const char *p, const sie_masks *m,
                                     unsigned i, uint32_t *list)
{
    uint32_t objects[2] = { 0, MEDEL_NO_INDEX };
    uint32_t dimension = 0;
    for (unsigned k = 0; k < 2; k++) {
        const unsigned blank = next_bit(m->blank, i);
        const unsigned close = next_bit(m->quote, blank + 2);
        if (close >= 63 || blank - i - 1 > 3 || p[blank + 1] != '"' || p[i] == '"'
            || close - blank - 3 > 7 || (m->blank >> blank & 2))
            return 0;
        const uint32_t d = (uint32_t)head8(load8(p + i), blank - i);
        objects[k] = quick_object(r, p + i, blank - i, p + blank + 2, close - blank - 2);
        if (objects[k] == MEDEL_NO_INDEX || (k && d == dimension))
            return 0;
        dimension = d;
        i = close + 1;
        if (p[i] == '}') {
            *list = quick_list(r, objects[0], objects[1]);
            return i + 1;
        }
        if (p[i] != ' ' || p[i + 1] == ' ')
            return 0;
        i++;
    }
    return 0;
}

/* [date] ["text"] [quantity] from 'at', a blank; 'quotes' are left in the line. */
static inline bool quick_rest(sie_reader *r, const char *p, size_t at, size_t end,
                              unsigned quotes)
{
    if (p[at + 1] == '"') { /* "" */
        if (at + 3 > end || p[at + 2] != '"' || quotes < 2)
            return false;
        quotes -= 2;
        at += 3;
    } else {
        if (at + 9 > end || !r->now_day || quick_day(r->fast, p + at + 1) != r->now_day)
            return false;
        at += 9;
    }
    if (at == end)
        return quotes == 0;
    if (quotes != 2 || end < at + 4 || p[at] != ' ' || p[at + 1] != '"')
        return false;
    size_t close = end - 1;
    if (p[close] != '"') { /* a quantity comes last */
        while (medel_digit(p[close]) || p[close] == '.' || p[close] == '-')
            close--;
        if (p[close] != ' ' || p[close - 1] != '"' || close - 1 == at + 1
            || !medel_sie_quantity(p + close + 1, end - close - 1))
            return false;
        medel_sie_deviate(r, DEV_row_quantity, "TRANS", 5, p + close + 1,
                          end - close - 1);
    }
    return true;
}

/* #TRANS account {objects} amount [date ["text" [quantity]]] */
static inline bool quick_row(sie_reader *r, const char *p, const sie_masks *m, size_t end,
                             unsigned quotes)
{
    const unsigned a = next_bit(m->blank, 7);
    if (a - 8 > 7 || p[a + 1] != '{')
        return false;
    const int32_t account = quick_account(r, p + 7, a - 7);
    uint32_t list = 0;
    unsigned i = a + 3;
    if (p[a + 2] != '}')
        i = quick_objects(r, p, m, a + 2, &list);
    if (account < 0 || !i || i >= 62 || p[i] != ' ')
        return false;
    quotes -= (unsigned)__builtin_popcountll(m->quote & ~(UINT64_MAX << i));
    const unsigned stop = next_bit(m->blank, i + 1);
    const size_t after = stop < end ? stop : end; /* of the amount */
    int64_t amount;
    if (after - i - 2 > 18 || !quick_amount(p + i + 1, (unsigned)(after - i - 1), &amount)
        || (after < end ? !quick_rest(r, p, after, end, quotes) : quotes != 0))
        return false;
    medel_sie_quick_row(r, (uint32_t)account, list, amount);
    return true;
}

/* #VER series number date "text" [regdate ["sign"]] */
static inline bool quick_voucher(sie_reader *r, const char *p, const sie_masks *m,
                                 size_t end, unsigned quotes)
{
    const unsigned a = next_bit(m->blank, 5), b = next_bit(m->blank, a + 1);
    uint32_t number;
    if (a - 6 > 7 || b - a - 2 > 7 || p[5] == '"' || p[5] == '{' || b + 11 > end
        || b >= 64 || !digits8(load8(p + a + 1), b - a - 1, &number) || p[b + 9] != ' '
        || p[b + 10] != '"')
        return false;
    const char *last = p + end - 1; /* of the line */
    uint16_t regday = 0;
    if (quotes == 4 && *last == '"') { /* a signature */
        for (last--; *last != '"'; last--)
            ;
        if (last[-1] != ' ' || last[-2] == '"')
            return false;
        last -= 2;
    } else if (quotes != 2) {
        return false;
    }
    if (*last != '"') {
        if (last - p < (ptrdiff_t)b + 20 || last[-9] != '"' || last[-8] != ' ')
            return false;
        regday = quick_day(r->fast, last - 7);
        if (!regday)
            return false;
        last -= 9;
    }
    const uint16_t day = quick_day(r->fast, p + b + 1);
    if (!day || last == p + b + 10)
        return false;
    const uint64_t name = head8(load8(p + 5), a - 5);
    if (r->fast->series_text != name) {
        r->fast->series = medel_sie_series(r, p + 5, a - 5);
        r->fast->series_text = name;
    }
    r->seen[SIE_VER]++;
    medel_sie_begin(r, r->fast->series, number, day, regday, (uint32_t)r->line);
    return true;
}

/* A line whose masks are known. */
static inline bool quick_line(sie_reader *r, const char *p, const sie_masks *m,
                              size_t end, unsigned quotes)
{
    const uint64_t v = load8(p);
    if (head8(v, 7) == r->fast->trans_label) {
        return r->braces && r->fast->rows_allowed && quick_row(r, p, m, end, quotes);
    }
    return head8(v, 5) == r->fast->ver_label && !r->open && r->fast->rows_allowed
           && quick_voucher(r, p, m, end, quotes);
}

/* Lines of one brace; how many bytes were taken. */
static inline unsigned quick_brace(sie_reader *r, const char *p)
{
    const unsigned end = p[1] == '\r' && p[2] == '\n' ? 2u : 1u;
    if (p[end] != '\n' || !r->open || (*p == '{') == r->braces || r->fast->careful)
        return 0;
    r->line++;
    r->l->head.crlf += end - 1;
    r->line_start = p;
    r->line_end = p + 1;
    if (*p == '{')
        r->braces = true;
    else
        medel_sie_end_voucher(r);
    return end + 1;
}

size_t KERNEL(sie_reader *r, const char *text, size_t len, size_t readable)
{
    const char *p = text, *const stop = text + len, *const limit = text + readable;
    while (p < stop && limit - p >= SLACK) {
        if (*p == '{' || *p == '}') {
            const unsigned used = quick_brace(r, p);
            p += used;
            if (used)
                continue;
        }
        sie_masks m, more;
        masks(p, &m);
        uint64_t unusual = m.unusual;
        size_t end = 0;
        unsigned quotes;
        if (m.lf) {
            end = (size_t)__builtin_ctzll(m.lf);
            const uint64_t before = (m.lf & -m.lf) - 1;
            quotes = (unsigned)__builtin_popcountll(m.quote & before);
            unusual &= before;
            if (m.high & before)
                medel_sie_high(r, p, m.high & before);
        } else {
            quotes = (unsigned)__builtin_popcountll(m.quote);
            if (m.high)
                medel_sie_high(r, p, m.high);
            for (end = 64;; end += 64) {
                if (limit - p - (ptrdiff_t)end < SLACK)
                    return medel_sie_slow_from(r, p, text, stop);
                masks(p + end, &more);
                const uint64_t before = more.lf ? (more.lf & -more.lf) - 1 : UINT64_MAX;
                quotes += (unsigned)__builtin_popcountll(more.quote & before);
                if (more.high & before)
                    medel_sie_high(r, p + end, more.high & before);
                uint64_t odd = more.unusual & before;
                if (odd && more.lf
                    && p[end + (size_t)__builtin_ctzll(more.lf) - 1] == '\r')
                    odd &= ~(more.lf >> 1);
                unusual |= odd;
                if (more.lf)
                    break;
            }
            end += (size_t)__builtin_ctzll(more.lf);
        }
        if (p + end >= stop)
            break;
        const char *next = p + end + 1;
        const bool cr = end && p[end - 1] == '\r';
        if (cr) {
            end--;
            if (end < 64)
                unusual &= ~((uint64_t)1 << end);
        }
        r->line_start = p;
        r->line_end = p + end;
        if (!unusual && !r->fast->careful) {
            r->line++;
            if (quick_line(r, p, &m, end, quotes)) {
                r->l->head.crlf += cr;
                p = next;
                continue;
            }
            r->line--;
        }
        medel_sie_slow_line(r, p, next - 1);
        p = next;
    }
    return medel_sie_slow_from(r, p, text, stop);
}
