/*
 * sie_usual.h - vouchers and rows as most programs write them: one blank between fields,
 * nothing in quotes but texts and objects, no tab.  Part of sie_kernel.h.
 */
/* dim "object" [dim "object"]} from i; the place after }, or 0. */
static inline unsigned usual_objects(sie_reader *r, const char *p, const sie_masks *m,
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

/* [date] ["text"] from 'at', a blank; 'quotes' are left in the line. */
static inline bool usual_rest(sie_reader *r, const char *p, size_t at, size_t end,
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
    return p[end - 1] == '"'; /* else a quantity comes last */
}

/* #TRANS account {objects} amount [date ["text"]] */
static inline bool usual_row(sie_reader *r, const char *p, const sie_masks *m, size_t end,
                             unsigned quotes)
{
    const unsigned a = next_bit(m->blank, 7);
    if (a - 8 > 7 || p[a + 1] != '{')
        return false;
    const int32_t account = quick_account(r, p + 7, a - 7);
    uint32_t list = 0;
    unsigned i = a + 3;
    if (p[a + 2] != '}')
        i = usual_objects(r, p, m, a + 2, &list);
    if (account < 0 || !i || i >= 62 || p[i] != ' ')
        return false;
    quotes -= (unsigned)__builtin_popcountll(m->quote & ~(UINT64_MAX << i));
    const unsigned stop = next_bit(m->blank, i + 1);
    const size_t after = stop < end ? stop : end; /* of the amount */
    int64_t amount;
    if (after - i - 2 > 18 || !quick_amount(p + i + 1, (unsigned)(after - i - 1), &amount)
        || (after < end ? !usual_rest(r, p, after, end, quotes) : quotes != 0))
        return false;
    quick_notes(r);
    medel_sie_quick_row(r, (uint32_t)account, list, amount);
    return true;
}

/* #VER series number date "text" [regdate ["sign"]] */
static inline bool usual_voucher(sie_reader *r, const char *p, const sie_masks *m,
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
    quick_notes(r);
    const uint64_t name = head8(load8(p + 5), a - 5);
    if (r->fast->series_text != name) {
        r->fast->series = medel_sie_series(r, p + 5, a - 5);
        r->fast->series_text = name;
    }
    r->seen[SIE_VER]++;
    medel_sie_begin(r, r->fast->series, number, day, regday, (uint32_t)r->line);
    return true;
}
