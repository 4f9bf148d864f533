/*
 * sie_loose.h - vouchers and rows with blanks and tabs where they may be, any field in
 * quotes, empty ones.  Part of sie_kernel.h.
 */
/* The first place at or after i that is no blank; 64 if there is none. */
static inline unsigned past_blanks(const sie_masks *m, unsigned i)
{
    return next_bit(~m->blank, i);
}

/* Is one of eight bytes a brace? */
static inline bool has_brace(uint64_t v)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t x = (v | ones * 6) ^ ones * 0x7F; /* 0 for { and }, and a few others */
    return ((x - ones) & ~x & ones << 7) != 0;
}

/* A field of at most eight bytes that begins at *i, perhaps in quotes, and ends before a
   blank or '}'; *i is then after it.  Its length, or 0. */
static inline __attribute__((always_inline)) unsigned
short_field(const char *p, const sie_masks *m, unsigned *i, const char **from)
{
    unsigned at = *i, end;
    if (p[at] == '"') {
        end = next_bit(m->quote, ++at);
        *i = end + 1;
    } else {
        end = next_bit(m->blank, at);
        if (end > at + 8 || has_brace(head8(load8(p + at), end - at))) {
            for (end = at;
                 end < at + 9 && !is_blank(p[end]) && p[end] != '}' && p[end] != '{';
                 end++)
                ;
        }
        if (next_bit(m->quote, at) < end)
            return 0;
        *i = end;
    }
    *from = p + at;
    return *i < 62 && end - at <= 8 && (p[*i] == '}' || (m->blank >> *i & 1)) ? end - at
                                                                              : 0;
}

/* dimension object [dimension object] } from i; the place after }, or 0. */
static inline unsigned loose_objects(sie_reader *r, const char *p, const sie_masks *m,
                                     unsigned i, uint32_t *list)
{
    uint32_t objects[2] = { 0, MEDEL_NO_INDEX };
    uint64_t dimension = 0;
    for (unsigned k = 0; k < 2; k++) {
        const char *dim = p, *object = p;
        const unsigned ndim = short_field(p, m, &i, &dim);
        i = past_blanks(m, i);
        if (!ndim || ndim > 4 || i >= 62)
            return 0;
        const unsigned n = short_field(p, m, &i, &object);
        const uint64_t d = head8(load8(dim), ndim);
        if (!n || (k && d == dimension))
            return 0;
        objects[k] = quick_object(r, dim, ndim, object, n);
        if (objects[k] == MEDEL_NO_INDEX)
            return 0;
        dimension = d;
        i = past_blanks(m, i);
        if (i < 63 && p[i] == '}') {
            *list = quick_list(r, objects[0], objects[1]);
            return i + 1;
        }
        if (i >= 62)
            return 0;
    }
    return 0;
}

/* The first of 'mask' at or after i, else of the bytes c and d beyond it, else the end.
 */
static inline size_t find(const char *p, uint64_t mask, size_t i, size_t end, char c,
                          char d)
{
    if (i < 64) {
        i = next_bit(mask, (unsigned)i);
        if (i < 64)
            return i < end ? i : end;
    }
    while (i < end && p[i] != c && p[i] != d)
        i++;
    return i;
}

/* A field of the line that begins at *i, perhaps in quotes, with a blank or the end after
   it; false if it is not so.  *i is then at the field after it. */
static inline bool any_field(const char *p, const sie_masks *m, size_t *i, size_t end,
                             const char **from, size_t *len)
{
    size_t at = *i, stop;
    if (p[at] == '"') {
        stop = find(p, m->quote, ++at, end, '"', '"');
        *i = stop + 1;
        if (stop == end || (*i < end && !is_blank(p[*i])))
            return false;
    } else {
        stop = find(p, m->blank, at, end, ' ', '\t');
        *i = stop;
        if (find(p, m->quote, at, stop, '"', '"') < stop
            || memchr(p + at, '{', stop - at))
            return false;
    }
    *from = p + at;
    *len = stop - at;
    while (*i < end && is_blank(p[*i]))
        ++*i;
    return true;
}

/* The same of a day, or of "" (0). */
static inline bool day_field(sie_reader *r, const char *p, const sie_masks *m, size_t *i,
                             size_t end, uint16_t *day)
{
    const size_t at = *i;
    const char *from = p + at;
    size_t len = 8;
    if (medel_digit(p[at]) && (at + 8 == end || (at + 8 < end && p[at + 8] == ' ')))
        *i += 8;
    else if (!any_field(p, m, i, end, &from, &len) || (len && len != 8))
        return false;
    while (*i < end && is_blank(p[*i]))
        ++*i;
    *day = len ? quick_day(r->fast, from) : 0;
    return !len || *day;
}

/* [date ["text" [quantity [""]]]] from i; the quantity, if there is one, is at *q. */
static inline bool loose_rest(sie_reader *r, const char *p, const sie_masks *m, size_t i,
                              size_t end, const char **q, size_t *nq)
{
    const char *from;
    uint16_t day;
    size_t len;
    *nq = 0;
    if (i == end)
        return true;
    if (!day_field(r, p, m, &i, end, &day) || (day && day != r->now_day))
        return false;
    if (i == end)
        return true;
    if (!any_field(p, m, &i, end, &from, &len)) /* the text stays where it is */
        return false;
    if (i < end
        && (!any_field(p, m, &i, end, q, nq) || (*nq && !medel_sie_quantity(*q, *nq))))
        return false;
    return i == end || (any_field(p, m, &i, end, &from, &len) && !len && i == end);
}

/* #TRANS account {objects} amount [date ["text" [quantity]]] */
static __attribute__((noinline)) bool loose_row(sie_reader *r, const char *p,
                                                const sie_masks *m, size_t end)
{
    const char *name, *quantity;
    unsigned i = past_blanks(m, 7);
    size_t nquantity;
    uint32_t list = 0;
    int64_t amount;
    const unsigned n = i < 62 ? short_field(p, m, &i, &name) : 0;
    const int32_t account = n ? quick_account(r, name, n) : -1;
    i = past_blanks(m, i);
    if (account < 0 || i >= 61 || p[i] != '{')
        return false;
    i = past_blanks(m, i + 1);
    if (i >= 62)
        return false;
    i = p[i] == '}' ? i + 1 : loose_objects(r, p, m, i, &list);
    if (!i || !(m->blank >> i & 1))
        return false;
    i = past_blanks(m, i);
    if (i >= 63)
        return false;
    const bool quotes = p[i] == '"';
    const unsigned stop = next_bit(quotes ? m->quote : m->blank, i + 1);
    const size_t from = i + quotes, to = stop < end ? stop : end; /* of the amount */
    size_t after = to + quotes;
    if (from >= to || to - from > 18 || after > end
        || (after < end && !is_blank(p[after]))
        || !quick_amount(p + from, (unsigned)(to - from), &amount))
        return false;
    while (after < end && is_blank(p[after]))
        after++;
    if (!loose_rest(r, p, m, after, end, &quantity, &nquantity))
        return false;
    quick_notes(r);
    if (nquantity)
        medel_sie_deviate(r, DEV_row_quantity, "TRANS", 5, quantity, nquantity);
    medel_sie_quick_row(r, (uint32_t)account, list, amount);
    return true;
}

/* #VER series number date ["text" [regdate ["sign"]]] */
static __attribute__((noinline)) bool loose_voucher(sie_reader *r, const char *p,
                                                    const sie_masks *m, size_t end)
{
    const char *series = p, *digits = p, *from = p;
    unsigned i = past_blanks(m, 5);
    uint32_t number;
    size_t len;
    const unsigned n = i < 62 ? short_field(p, m, &i, &series) : 0;
    i = past_blanks(m, i);
    const unsigned nd = n && i < 62 ? short_field(p, m, &i, &digits) : 0;
    i = past_blanks(m, i);
    if (!nd || *series == '{' || !digits8(load8(digits), nd, &number) || i >= end)
        return false;
    uint16_t day, regday = 0;
    size_t at = i;
    if (!day_field(r, p, m, &at, end, &day) || !day)
        return false;
    if (at < end && !any_field(p, m, &at, end, &from, &len)) /* the text */
        return false;
    if (at < end && !day_field(r, p, m, &at, end, &regday))
        return false;
    if (at < end && (!any_field(p, m, &at, end, &from, &len) || at < end)) /* who */
        return false;
    quick_notes(r);
    const uint64_t name = head8(load8(series), n);
    if (r->fast->series_text != name) {
        r->fast->series = medel_sie_series(r, series, n);
        r->fast->series_text = name;
    }
    r->seen[SIE_VER]++;
    medel_sie_begin(r, r->fast->series, number, day, regday, (uint32_t)r->line);
    return true;
}
