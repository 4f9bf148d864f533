/* doc_numbers.c - the grammar of printed figures, and every legal reading of a line. */
#include "import.h"

#include <string.h>

/* ---- tokens ---- */

/* Length of a minus, a dash used as one or a plus at s; *negative says which. */
static unsigned sign_at(const char *s, unsigned len, bool *negative)
{
    static const char *const minus[] = { "-",      "\u2212", "\u2013", "\u2012",
                                         "\u2011", "\u2010", "\u2014" };
    *negative = false;
    if (len && *s == '+')
        return 1;
    for (size_t i = 0; i < MEDEL_COUNT(minus); i++) {
        const unsigned n = (unsigned)strlen(minus[i]);
        if (len >= n && memcmp(s, minus[i], n) == 0) {
            *negative = true;
            return n;
        }
    }
    return 0;
}

static unsigned digits_at(const char *s, unsigned len)
{
    unsigned n = 0;
    while (n < len && medel_digit(s[n]))
        n++;
    return n;
}

/* "1.234.567": how much of s it is. */
static unsigned pointed_at(const char *s, unsigned len)
{
    unsigned n = digits_at(s, len);
    if (n == 0 || n > 3)
        return 0;
    bool any = false;
    while (n + 4 <= len && s[n] == '.' && digits_at(s + n + 1, len - n - 1) == 3) {
        n += 4;
        any = true;
    }
    return any ? n : 0;
}

unsigned medel_doc_mark(const char *s, size_t len)
{
    const unsigned char *c = (const unsigned char *)s;
    if (len && *s == '*')
        return 1;
    if (len >= 2 && c[0] == 0xC2 && (c[1] == 0xB9 || c[1] == 0xB2 || c[1] == 0xB3))
        return 2;
    return len >= 3 && c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xB0 && c[2] <= 0xB9 ? 3
                                                                                    : 0;
}

unsigned medel_doc_mark_ends(const char *s, size_t n)
{
    for (unsigned k = 1; k <= 3 && k <= n; k++)
        if (medel_doc_mark(s + n - k, k) == k)
            return k;
    return 0;
}

static bool word_is(const char *s, unsigned len, const char *word)
{
    return strlen(word) == len && memcmp(s, word, len) == 0;
}

static bool unit_word(const char *s, unsigned len)
{
    medel_unit unit;
    const size_t n = medel_money_word(s, len, &unit);
    return word_is(s, len, ":-") || (n && n == len)
           || (n && n + 1 == len && (s[n] == '.' || s[n] == ')'));
}

typedef struct token_parts {
    medel_atom_kind kind;
    bool negative, after, plus, unit; /* after: the minus stands after the digits */
    const char *digits;
    unsigned len, fraction; /* characters of the whole part; decimals after it */
} token_parts;

/* Kind by what follows the digits. */
static medel_atom_kind after_digits(token_parts *p, const char *s, unsigned len,
                                    bool open, unsigned whole, bool pointed)
{
    if (len && *s == ',') {
        const unsigned n = digits_at(s + 1, len - 1);
        if (n == 0 || n > 2)
            return MEDEL_ATOM_NONE;
        p->fraction = n;
        s += n + 1;
        len -= n + 1;
    }
    if (len && *s == '%') {
        s++;
        len--;
        if (len && (*s == ')' || *s == '*'))
            len--;
        return len == 0 && whole <= 4 ? MEDEL_ATOM_SHARE : MEDEL_ATOM_NONE;
    }
    if (unit_word(s, len)) {
        p->unit = true;
        len = 0;
    }
    for (unsigned n = medel_doc_mark(s, len); n; n = medel_doc_mark(s, len)) {
        s += n;
        len -= n;
    }
    bool minus;
    if (len && !open && !p->negative && !p->plus && sign_at(s, len, &minus) == len
        && minus) {
        p->after = true;
        len = 0;
    }
    if (len == 1 && *s == ')' && !p->negative && !p->plus)
        return open         ? MEDEL_ATOM_BRACKET
               : whole == 3 ? MEDEL_ATOM_CLOSE
                            : MEDEL_ATOM_NONE;
    if (len)
        return MEDEL_ATOM_NONE;
    if (open)
        return whole <= 3 ? MEDEL_ATOM_OPEN : MEDEL_ATOM_NONE;
    if (p->fraction)
        return MEDEL_ATOM_DECIMAL;
    return pointed || whole > 3 ? MEDEL_ATOM_WHOLE : MEDEL_ATOM_GROUP;
}

static token_parts parts_of(const medel_token *t)
{
    token_parts p = { 0 };
    const char *s = t->text;
    unsigned len = t->len;
    if (unit_word(s, len)) {
        p.kind = MEDEL_ATOM_UNIT;
        return p;
    }
    if (word_is(s, len, "%") || word_is(s, len, "%)")) {
        p.kind = MEDEL_ATOM_PERCENT;
        return p;
    }
    const bool open = len && *s == '(';
    s += open;
    len -= open;
    const unsigned sign = sign_at(s, len, &p.negative);
    p.plus = sign && !p.negative;
    s += sign;
    len -= sign;
    if (sign && len == 0 && !open && p.negative) {
        p.kind = MEDEL_ATOM_DASH;
        return p;
    }
    const unsigned pointed = pointed_at(s, len);
    const unsigned whole = pointed ? pointed : digits_at(s, len);
    if (whole == 0 || whole > 15)
        return p;
    p.digits = s;
    p.len = whole;
    p.kind = after_digits(&p, s + whole, len - whole, open, whole, pointed > 0);
    return p;
}

medel_atom_kind medel_token_kind(const medel_token *t)
{
    return parts_of(t).kind;
}

bool medel_token_goes_on(const medel_token *t)
{
    const token_parts p = parts_of(t);
    return p.len == 3 && !p.negative && !p.plus
           && (p.kind == MEDEL_ATOM_GROUP || p.kind == MEDEL_ATOM_CLOSE
               || p.kind == MEDEL_ATOM_DECIMAL);
}

/* ---- atoms ---- */

static int64_t number_of(const token_parts *p)
{
    int64_t v = 0;
    for (unsigned i = 0; i < p->len; i++)
        if (medel_digit(p->digits[i]))
            v = v * 10 + (p->digits[i] - '0');
    for (unsigned i = 0; i < p->fraction; i++)
        v = v * 10 + (p->digits[p->len + 1 + i] - '0');
    return v;
}

/* "(1 234 567)", from its last atom: the accountant's minus. */
static bool close_bracket(medel_atom *first, medel_atom *last)
{
    medel_atom *a = last;
    while (a > first && (a - 1)->kind == MEDEL_ATOM_GROUP && a->gap <= 1
           && (a - 1)->ndigits == 3 && !(a - 1)->negative)
        a--;
    if (a == first || (a - 1)->kind != MEDEL_ATOM_OPEN || a->gap > 1)
        return false;
    (a - 1)->kind = last->kind = MEDEL_ATOM_GROUP;
    (a - 1)->negative = last->ends = true;
    return true;
}

static medel_atom atom_of(const token_parts *p, const medel_token *t, size_t line,
                          size_t i)
{
    medel_atom n = { .kind = p->kind,
                     .decimals = p->fraction,
                     .ndigits = p->len,
                     .negative = p->negative || p->kind == MEDEL_ATOM_BRACKET,
                     .after = p->after,
                     .plus = p->plus,
                     .ends = p->unit || p->after || p->kind == MEDEL_ATOM_SHARE
                             || p->kind == MEDEL_ATOM_BRACKET,
                     .gap = t->gap,
                     .line = line,
                     .first = i,
                     .last = i };
    if (p->digits) {
        n.digits = number_of(p);
        n.zero = p->len > 1 && p->digits[0] == '0';
    }
    if (p->kind == MEDEL_ATOM_BRACKET)
        n.kind = p->fraction  ? MEDEL_ATOM_DECIMAL
                 : p->len > 3 ? MEDEL_ATOM_WHOLE
                              : MEDEL_ATOM_GROUP;
    return n;
}

void medel_doc_atoms(const medel_doc_line *lines, size_t line, medel_arena *a,
                     medel_array *out)
{
    const medel_doc_line *l = &lines[line];
    const size_t start = out->count;
    for (size_t i = l->nlabel; i < l->ntokens; i++) {
        const token_parts p = parts_of(&l->tokens[i]);
        medel_atom *list = out->data;
        medel_atom *last = out->count > start ? &list[out->count - 1] : NULL;
        if (p.kind == MEDEL_ATOM_NONE && !l->cells)
            continue;
        if (p.kind == MEDEL_ATOM_UNIT || p.kind == MEDEL_ATOM_PERCENT) {
            if (!last)
                continue;
            last->ends = true;
            last->last = i;
            if (p.kind == MEDEL_ATOM_PERCENT && last->kind != MEDEL_ATOM_DASH)
                last->kind = MEDEL_ATOM_SHARE;
            continue;
        }
        *MEDEL_PUSH(a, out, medel_atom) = atom_of(&p, &l->tokens[i], line, i);
        list = out->data;
        if (p.kind == MEDEL_ATOM_CLOSE
            && !close_bracket(list + start, &list[out->count - 1]))
            list[out->count - 1].kind = MEDEL_ATOM_NONE;
    }
    /* a bracket whose end never came is no figure */
    size_t kept = start;
    medel_atom *list = out->data;
    for (size_t i = start; i < out->count; i++)
        if (list[i].kind != MEDEL_ATOM_OPEN && (l->cells || list[i].kind))
            list[kept++] = list[i];
    out->count = kept;
}

int64_t medel_doc_value(const medel_doc_cell *c)
{
    if (c->kind != MEDEL_CELL_AMOUNT && c->kind != MEDEL_CELL_SHARE)
        return 0;
    return c->decimals == 0   ? c->digits * 100
           : c->decimals == 1 ? c->digits * 10
                              : c->digits;
}

/* ---- readings ---- */

typedef struct search {
    const medel_doc_line *lines;
    const medel_atom *atoms;
    size_t n, k;
    int note;
    unsigned empties; /* that this reading has */
    bool boxes;
    int trail;
    medel_arena *arena;
    medel_array *out;
    medel_doc_cell cells[MEDEL_DOC_COLUMNS];
    bool full;
} search;

static medel_doc_cell cell_of(const search *s, size_t first, size_t last, int64_t digits,
                              unsigned decimals, bool negative)
{
    const medel_atom *a = &s->atoms[first], *z = &s->atoms[last];
    medel_doc_cell c = { .kind = MEDEL_CELL_AMOUNT,
                         .digits = negative ? -digits : digits,
                         .decimals = decimals,
                         .line = a->line,
                         .first = a->first,
                         .last = z->last };
    /* the edge is the digits': a unit after them stands outside the column */
    const medel_doc_line *l = &s->lines[z->line];
    c.left = l->tokens[a->first].x0;
    c.edge = l->tokens[z->first].x1;
    return c;
}

static void keep_reading(search *s, unsigned strain)
{
    bool any = false;
    for (size_t i = 0; i < s->k; i++)
        any = any || s->cells[i].kind != MEDEL_CELL_EMPTY;
    if (!any)
        return;
    if (s->out->count >= MEDEL_DOC_READINGS) {
        s->full = true;
        return;
    }
    medel_row_reading *r = MEDEL_PUSH(s->arena, s->out, medel_row_reading);
    r->cells = MEDEL_NEW(s->arena, medel_doc_cell, s->k);
    memcpy(r->cells, s->cells, s->k * sizeof *r->cells);
    r->note = s->note;
    r->empties = s->empties;
    r->strain = strain;
}

static unsigned apart(int a, int b)
{
    return (unsigned)(a > b ? a - b : b - a);
}

static void go_on(search *s, size_t i, size_t cell, unsigned left, unsigned strain);

/* The numbers that begin at atom i: a group, then groups of exactly three digits after
   single blanks in the same line. */
static void numbers_at(search *s, size_t i, size_t cell, unsigned left, unsigned strain,
                       bool negative)
{
    const medel_atom *a = &s->atoms[i];
    negative = negative || a->negative;
    const size_t first = i - (negative && !a->negative ? 1 : 0);
    if (a->kind == MEDEL_ATOM_SHARE) {
        s->cells[cell] = cell_of(s, first, i, a->digits, a->decimals, negative);
        s->cells[cell].kind = MEDEL_CELL_SHARE;
        go_on(s, i + 1, cell + 1, left, strain);
        return;
    }
    if (a->zero && a->kind != MEDEL_ATOM_DECIMAL)
        return;
    int64_t v = a->digits;
    size_t j = i + 1;
    unsigned decimals = a->decimals, groups = 1;
    for (;;) {
        /* a no-break blank joins: the number does not end before it */
        const bool more = j < s->n && a->kind == MEDEL_ATOM_GROUP && a->digits > 0
                          && !s->atoms[j - 1].ends && decimals == 0 && groups < 4
                          && s->atoms[j].line == a->line && s->atoms[j].gap <= 1
                          && !s->atoms[j].negative && !s->atoms[j].plus
                          && s->atoms[j].ndigits == 3
                          && (s->atoms[j].kind == MEDEL_ATOM_GROUP
                              || s->atoms[j].kind == MEDEL_ATOM_DECIMAL);
        if (!more || s->atoms[j].gap == 1) {
            s->cells[cell] =
                cell_of(s, first, j - 1, v, decimals, negative || s->atoms[j - 1].after);
            go_on(s, j, cell + 1, left, strain);
        }
        if (!more)
            return;
        const unsigned d = s->atoms[j].decimals;
        v = v * (d == 2 ? 100000 : d == 1 ? 10000 : 1000) + s->atoms[j].digits;
        decimals = d;
        j++;
        groups++;
    }
}

static void go_on(search *s, size_t i, size_t cell, unsigned left, unsigned strain)
{
    if (s->full || cell + left > s->k)
        return;
    if (i == s->n) {
        const unsigned last = left;
        if (cell + left != s->k || (left && s->trail < 2)
            || (!s->boxes && left && (int)left > s->trail - 1))
            return;
        for (; left; left--)
            s->cells[cell++] = (medel_doc_cell){ .kind = MEDEL_CELL_EMPTY };
        if (!s->boxes && s->trail >= 2)
            strain += apart(s->trail - 1, (int)last);
        keep_reading(s, strain);
        return;
    }
    if (cell >= s->k)
        return;
    const medel_atom *a = &s->atoms[i];
    if (a->kind == MEDEL_ATOM_NONE)
        return;
    const unsigned room = a->gap >= 2 ? (s->boxes ? left : (unsigned)a->gap - 1) : 0;
    for (unsigned e = 0; e <= left && e <= room; e++) {
        if (e)
            s->cells[cell + e - 1] = (medel_doc_cell){ .kind = MEDEL_CELL_EMPTY };
        const size_t at = cell + e;
        const unsigned strained =
            strain + (s->boxes || a->gap < 2 ? 0 : apart(a->gap - 1, (int)e));
        if (at >= s->k)
            break;
        if (a->kind != MEDEL_ATOM_DASH) {
            numbers_at(s, i, at, left - e, strained, false);
            continue;
        }
        s->cells[at] = (medel_doc_cell){ .kind = MEDEL_CELL_DASH,
                                         .line = a->line,
                                         .first = a->first,
                                         .last = a->last,
                                         .left = s->lines[a->line].tokens[a->first].x0,
                                         .edge = s->lines[a->line].tokens[a->first].x1 };
        go_on(s, i + 1, at + 1, left - e, strained);
        /* "- 835" is one number, too */
        const medel_atom *b = a + 1;
        if (i + 1 < s->n && b->kind != MEDEL_ATOM_DASH && b->gap == 1
            && b->line == a->line && !b->negative && !b->plus)
            numbers_at(s, i + 1, at, left - e, strained, true);
    }
}

static void search_rows(search *s, const medel_row_shape *shape)
{
    const bool empties = shape->empties;
    const unsigned most = empties ? (unsigned)s->k - 1 : 0;
    for (unsigned e = 0; e <= most && !s->full; e++) {
        const size_t before = s->out->count;
        s->empties = e;
        go_on(s, 0, 0, e, 0);
        /* few columns are either full or not; many may hide an empty one */
        if (s->out->count > before && s->k <= 3 && !shape->parts)
            break;
    }
}

/* The atoms of one cell as one number: a group and groups of exactly three digits, or
   one atom; a dash before it is its minus. */
static bool one_number(const medel_atom *a, size_t n, medel_doc_cell *c)
{
    const bool minus = n > 1 && a->kind == MEDEL_ATOM_DASH;
    const medel_atom *first = a + minus;
    if (n - minus > 5 || first->kind == MEDEL_ATOM_NONE
        || (minus && first->kind == MEDEL_ATOM_DASH))
        return false;
    c->digits = first->digits;
    c->decimals = first->decimals;
    for (size_t i = 1 + (size_t)minus; i < n; i++) {
        if (first->kind != MEDEL_ATOM_GROUP || a[i].ndigits != 3 || a[i].negative
            || a[i - 1].ends || c->decimals
            || (a[i].kind != MEDEL_ATOM_GROUP && a[i].kind != MEDEL_ATOM_DECIMAL))
            return false;
        c->decimals = a[i].decimals;
        c->digits = c->digits
                        * (c->decimals == 2 ? 100000
                           : c->decimals    ? 10000
                                            : 1000)
                    + a[i].digits;
    }
    if (minus || first->negative || a[n - 1].after)
        c->digits = -c->digits;
    return true;
}

/* A row of cells: each figure stands in its column.  A cell that holds anything but one
   number leaves the row without a reading. */
static void read_cells(search *s, const unsigned *cell)
{
    for (size_t c = 0; c < s->k; c++)
        s->cells[c] = (medel_doc_cell){ .kind = MEDEL_CELL_EMPTY };
    s->empties = (unsigned)s->k;
    for (size_t i = 0; i < s->n;) {
        const unsigned at = s->lines[s->atoms[i].line].tokens[s->atoms[i].first].cell;
        size_t stop = i + 1, c = 0;
        while (stop < s->n
               && s->lines[s->atoms[stop].line].tokens[s->atoms[stop].first].cell == at)
            stop++;
        while (c < s->k && cell[c] != at)
            c++;
        const medel_atom *a = &s->atoms[i];
        if (c < s->k) {
            s->cells[c] = cell_of(s, i, stop - 1, 0, 0, false);
            if (!one_number(a, stop - i, &s->cells[c]))
                return;
            if (a->kind == MEDEL_ATOM_DASH && stop == i + 1)
                s->cells[c].kind = MEDEL_CELL_DASH;
            else if (s->atoms[stop - 1].kind == MEDEL_ATOM_SHARE)
                s->cells[c].kind = MEDEL_CELL_SHARE;
            s->empties--;
        } else if (i == 0 && stop == 1 && a->kind == MEDEL_ATOM_GROUP && a->digits < 40) {
            s->note = (int)a->digits;
        }
        i = stop;
    }
    keep_reading(s, 0);
}

/* With a note column, two blanks before the first figure say that it is empty there; one
   says that the first figure is the note's number. */
static void without_note(medel_array *out, bool with)
{
    medel_row_reading *r = out->data;
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < out->count; i++)
        n += (r[i].note != 0) == with;
    if (n == 0)
        return;
    for (size_t i = 0; i < out->count; i++)
        if ((r[i].note != 0) == with)
            r[kept++] = r[i];
    out->count = kept;
}

bool medel_doc_readings(const medel_doc_line *lines, const medel_atom *atoms, size_t n,
                        const medel_row_shape *shape, medel_arena *a, medel_array *out)
{
    if (n == 0 || n > 80 || shape->k == 0)
        return n <= 80;
    const medel_doc_line *last = &lines[atoms[n - 1].line];
    search s = { .lines = lines,
                 .atoms = atoms,
                 .n = n,
                 .k = shape->k,
                 .arena = a,
                 .out = out,
                 .boxes = last->no && last->blank_width != 100,
                 .trail = last->trail };
    if (shape->cell && last->cells) {
        read_cells(&s, shape->cell);
        return true;
    }
    if (s.boxes || shape->parts)
        s.trail = MEDEL_DOC_CELL_GAP;
    search_rows(&s, shape);
    /* on a page, what stands a blank before a figure is its first group, and no note */
    if (s.boxes && out->count && n > 1 && atoms[1].gap < 2)
        return !s.full;
    if (!shape->note || atoms[0].kind != MEDEL_ATOM_GROUP || atoms[0].digits < 1
        || atoms[0].digits > 39 || atoms[0].ndigits > 2 || n < 2)
        return !s.full;
    s.atoms++;
    s.n--;
    s.note = (int)atoms[0].digits;
    search_rows(&s, shape);
    if (!s.boxes)
        without_note(out, atoms[0].gap < 2);
    return !s.full;
}
