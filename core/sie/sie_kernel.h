/*
 * sie_kernel.h - vouchers and rows as most programs write them, straight from bit masks
 * of where blanks, quotes and line ends stand.  Included once for each width of vectors,
 * with KERNEL (the function's name), masks() and tabs_of() defined; everything unusual
 * goes to medel_sie_line, so that all widths and the plain way give the same answers.
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
static inline __attribute__((always_inline)) bool quick_amount(const char *p,
                                                               unsigned len, int64_t *ore)
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

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Said of a line only once it is sure that it is read here. */
static inline void quick_notes(sie_reader *r)
{
    if (r->fast->form)
        medel_sie_form(r);
}

#include "sie_usual.h"
#include "sie_loose.h"

/* A line whose masks are known, with so many quotes. */
static inline bool quick_line(sie_reader *r, const char *p, const sie_masks *m,
                              size_t end, unsigned quotes)
{
    const uint64_t v = load8(p);
    const bool usual = !(r->fast->form & FORM_TABS);
    if (head8(v, 6) == r->fast->trans_label)
        return (m->blank >> 6 & 1) && r->braces && r->fast->rows_allowed
               && ((usual && usual_row(r, p, m, end, quotes)) || loose_row(r, p, m, end));
    return head8(v, 4) == r->fast->ver_label && (m->blank >> 4 & 1) && !r->open
           && r->fast->rows_allowed
           && ((usual && usual_voucher(r, p, m, end, quotes))
               || loose_voucher(r, p, m, end));
}

/* Is nothing unusual in the line but tabs between fields?  They are blanks of m then. */
static __attribute__((noinline)) bool only_tabs(const char *p, size_t end, sie_masks *m)
{
    bool odd = false;
    for (size_t at = 0; at < end; at += 64) {
        sie_masks c;
        masks(p + at, &c);
        const uint64_t within = end - at < 64 ? ~(UINT64_MAX << (end - at)) : UINT64_MAX;
        const uint64_t tab = tabs_of(p + at) & within;
        uint64_t in = c.quote & within; /* becomes what stands inside quotes */
        for (unsigned by = 1; by < 64; by *= 2)
            in ^= in << by;
        in = odd ? ~in : in;
        if ((c.unusual & within & ~tab) || (tab & in))
            return false;
        odd = in >> 63;
        if (at == 0)
            m->blank |= tab;
    }
    return true;
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
        const char *const begins = p;
        if (*p != '#') {
            while (is_blank(*p) && limit - p > SLACK)
                p++;
            if (*p == '{' || *p == '}') {
                const unsigned used = quick_brace(r, p);
                p += used;
                if (used)
                    continue;
            }
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
                    return medel_sie_slow_from(r, begins, text, stop);
                masks(p + end, &more);
                const uint64_t before = more.lf ? (more.lf & -more.lf) - 1 : UINT64_MAX;
                if (more.high & before)
                    medel_sie_high(r, p + end, more.high & before);
                uint64_t strange = more.unusual & before;
                if (strange && more.lf
                    && p[end + (size_t)__builtin_ctzll(more.lf) - 1] == '\r')
                    strange &= ~(more.lf >> 1);
                unusual |= strange;
                quotes += (unsigned)__builtin_popcountll(more.quote & before);
                if (more.lf)
                    break;
            }
            end += (size_t)__builtin_ctzll(more.lf);
        }
        if (p + end >= stop) {
            p = begins;
            break;
        }
        const char *next = p + end + 1;
        const bool cr = end && p[end - 1] == '\r';
        if (cr) {
            end--;
            if (end < 64)
                unusual &= ~((uint64_t)1 << end);
        }
        r->line_start = begins;
        r->line_end = p + end;
        while (end && is_blank(p[end - 1]))
            end--;
        unsigned form = p > begins ? FORM_INDENTED : 0;
        if (unusual && !r->fast->careful && only_tabs(p, end, &m)) {
            form |= FORM_TABS;
            unusual = 0;
        }
        if (!unusual && !r->fast->careful) {
            r->line++;
            r->fast->form = form;
            if (quick_line(r, p, &m, end, quotes)) {
                r->l->head.crlf += cr;
                p = next;
                continue;
            }
            r->line--;
        }
        medel_sie_slow_line(r, begins, next - 1);
        p = next;
    }
    return medel_sie_slow_from(r, p, text, stop);
}
