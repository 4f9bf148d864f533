/* doc_labels.c - which row of the taxonomy, or of the förbund's own, a printed label is.
 */
#include "import.h"

#include <string.h>

/* ---- plain text of a label ---- */

/* The small letter; what only decorates becomes a blank, what is invisible nothing (0).
 */
static uint32_t plain_code(uint32_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
        return c + 32;
    if (c == 0xAD || c == 0x200B || c == 0xFEFF)
        return 0;
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&' || c == '+'
                   ? c
                   : ' ';
    if (c == 0xA0 || c == 0xA7 || (c >= 0x2000 && c <= 0x206F) || c == 0x2212
        || c == 0xB7)
        return ' ';
    return c;
}

/* å, ä and ö written as a letter and a mark become one character. */
static uint32_t composed(uint32_t letter, uint32_t mark)
{
    if (mark == 0x30A && letter == 'a')
        return 0xE5;
    if (mark == 0x308)
        return letter == 'a' ? 0xE4 : letter == 'o' ? 0xF6 : 0;
    return mark == 0x301 && letter == 'e' ? 0xE9 : 0;
}

static size_t put_code(char *s, uint32_t c)
{
    if (c < 0x80) {
        s[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        s[0] = (char)(0xC0 | c >> 6);
        s[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    s[0] = (char)(0xE0 | (c >> 12 & 0xF));
    s[1] = (char)(0x80 | (c >> 6 & 0x3F));
    s[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

char *medel_label_plain(medel_arena *a, const char *text)
{
    const size_t len = strlen(text);
    char *out = medel_arena_get(a, len * 3 + 4);
    size_t n = 0, last = 0; /* last: where the last character begins */
    uint32_t before = ' ';
    for (size_t i = 0; i < len;) {
        uint32_t code;
        const size_t w =
            medel_utf8_length((const unsigned char *)text + i, len - i, &code);
        if (w == 0)
            break;
        i += w;
        const uint32_t whole = composed(before, code);
        if (whole) {
            n = last + put_code(out + last, whole);
            before = whole;
            continue;
        }
        if (code == 0xFB01 || code == 0xFB02) { /* ligatures */
            out[n++] = 'f';
            last = n;
            code = code == 0xFB01 ? 'i' : 'l';
        }
        const uint32_t c = plain_code(code);
        if (c == 0 || (c == ' ' && before == ' '))
            continue;
        if (c == '&' && before == ' ') { /* "Kassa & bank" */
            memcpy(out + n, "och", 3);
            n += 3;
            before = 'h';
            continue;
        }
        last = n;
        n += put_code(out + n, c);
        before = c;
    }
    while (n && out[n - 1] == ' ')
        n--;
    out[n] = 0;
    if (strncmp(out, "s a ", 4) == 0) { /* "S:a tillgångar" */
        memmove(out + 6, out + 4, n - 3);
        memcpy(out, "summa ", 6);
    }
    return out;
}

bool medel_label_begins(const char *plain, const char *words)
{
    const size_t n = strlen(words);
    return n && strncmp(plain, words, n) == 0 && (plain[n] == 0 || plain[n] == ' ');
}

bool medel_label_has(const char *plain, const char *word)
{
    const size_t n = strlen(word);
    for (const char *p = plain; n && (p = strstr(p, word)) != NULL; p++)
        if ((p == plain || p[-1] == ' ') && (p[n] == 0 || p[n] == ' '))
            return true;
    return false;
}

static bool small_first(const char *s)
{
    uint32_t code = 0;
    if (!medel_utf8_length((const unsigned char *)s, strlen(s), &code))
        return false;
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFE);
}

char *medel_label_join(medel_arena *a, const char *first, const char *second)
{
    const size_t n = strlen(first);
    if (n == 0 || !*second)
        return medel_arena_format(a, "%s%s", first, second);
    if (first[n - 1] == '-' && small_first(second) && !medel_label_begins(second, "och"))
        return medel_arena_format(a, "%.*s%s", (int)(n - 1), first, second);
    return medel_arena_format(
        a, first[n - 1] == '-' && n > 1 && first[n - 2] != ' ' ? "%s%s" : "%s %s", first,
        second);
}

/* ---- words ---- */

#define MAX_WORDS 24

typedef struct words {
    const char *at[MAX_WORDS];
    size_t len[MAX_WORDS];
    size_t n;
} words;

static bool small_word(const char *s, size_t n)
{
    static const char *const list[] = { "över",   "och",  "av",   "från", "för", "i",
                                        "den",    "till", "vid",  "med",  "om",  "det",
                                        "enligt", "samt", "inkl", "de" };
    for (size_t i = 0; i < MEDEL_COUNT(list); i++)
        if (strlen(list[i]) == n && memcmp(list[i], s, n) == 0)
            return true;
    return false;
}

static bool is_number(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!medel_digit(s[i]))
            return false;
    return n > 0;
}

static words words_of(const char *plain)
{
    words w = { .n = 0 };
    for (const char *p = plain; *p && w.n < MAX_WORDS;) {
        const size_t n = strcspn(p, " ");
        /* "Förbundschef 30 %", "Andra projektmedel 2023": the number is not the name */
        if (!small_word(p, n) && !is_number(p, n)) {
            w.at[w.n] = p;
            w.len[w.n++] = n;
        }
        p += n;
        p += *p == ' ';
    }
    return w;
}

static bool same_word(const words *a, size_t i, const words *b, size_t j)
{
    return a->len[i] == b->len[j] && memcmp(a->at[i], b->at[j], a->len[i]) == 0;
}

static size_t same_beginning(const words *a, const words *b)
{
    size_t n = 0;
    while (n < a->n && n < b->n && same_word(a, n, b, n))
        n++;
    return n;
}

static bool same_set(const words *a, const words *b)
{
    bool used[MAX_WORDS] = { false };
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        size_t j = 0;
        while (j < b->n && (used[j] || !same_word(a, i, b, j)))
            j++;
        if (j == b->n)
            return false;
        used[j] = true;
    }
    return true;
}

/* medel_edit_distance is for short texts; longer ones are compared in their parts. */
static bool nearly(const char *a, const char *b)
{
    const size_t n = strlen(a), m = strlen(b);
    const unsigned limit = (unsigned)(1 + n / 12);
    if (n < 8 || m < 8 || (n > m ? n - m : m - n) > limit || n > 63 || m > 63)
        return false;
    return medel_edit_distance(a, b, limit) <= limit;
}

static medel_label_quality quality_of(const char *plain, const words *w,
                                      const char *other, bool prefix)
{
    if (strcmp(plain, other) == 0)
        return MEDEL_LABEL_EXACT;
    const words o = words_of(other);
    const size_t same = same_beginning(w, &o);
    if (w->n && same == w->n && same == o.n)
        return MEDEL_LABEL_SAME;
    if (w->n > 1 && same_set(w, &o))
        return MEDEL_LABEL_WORDS;
    if (nearly(plain, other))
        return MEDEL_LABEL_NEAR;
    const size_t least = prefix ? 1 : 2;
    /* "Styrelse" is no "Styrelse och kansli" */
    const size_t n = strlen(plain);
    if (strncmp(plain, other, n) == 0 && strncmp(other + n, " och ", 5) == 0)
        return MEDEL_LABEL_NONE;
    if (same >= least && (same == w->n || same == o.n))
        return MEDEL_LABEL_PREFIX;
    return MEDEL_LABEL_NONE;
}

/* ---- labels of a table ---- */

typedef struct known_label {
    const medel_table_spec *table;
    const medel_row *row;
    const medel_import_own_row *own;
    const char *plain;
} known_label;

struct medel_labels {
    medel_arena *arena, *scratch;
    medel_array list; /* known_label */
};

static void know(medel_labels *l, const medel_table_spec *t, const medel_row *row,
                 const medel_import_own_row *own, const char *label)
{
    const known_label k = { t, row, own, medel_label_plain(l->arena, label) };
    *MEDEL_PUSH(l->arena, &l->list, known_label) = k;
}

medel_labels *medel_labels_new(const medel_taxonomy *t, const medel_import_options *o,
                               medel_arena *a, medel_arena *scratch)
{
    medel_labels *l = MEDEL_NEW(a, medel_labels, 1);
    const medel_table_spec *tables;
    const size_t n = medel_taxonomy_tables(t, &tables);
    l->arena = a;
    l->scratch = scratch;
    for (size_t i = 0; i < n; i++) {
        const medel_table_spec *spec = medel_taxonomy_table(t, tables[i].id);
        for (size_t r = 0; r < spec->nrows; r++) {
            const medel_row *row = spec->rows[r];
            know(l, spec, row, NULL, row->label);
            for (size_t s = 0; row->synonyms && row->synonyms[s]; s++)
                know(l, spec, row, NULL, row->synonyms[s]);
            const char *const *printed = row->printed_as;
            for (size_t s = 0; printed && printed[s]; s++)
                know(l, spec, row, NULL, printed[s]);
        }
        for (size_t r = 0; o && r < o->nown; r++) {
            const medel_import_own_row *own = &o->own[r];
            const medel_row *row = medel_table_spec_find(spec, own->id);
            if (strcmp(own->table, spec->id) == 0)
                know(l, spec, row, row ? NULL : own, own->label);
        }
    }
    return l;
}

/* The label without what stands in brackets. */
static const char *without_brackets(medel_arena *a, const char *label)
{
    char *out = medel_arena_get(a, strlen(label) + 1);
    size_t n = 0;
    int depth = 0;
    for (const char *p = label; *p; p++) {
        depth += *p == '(';
        if (depth == 0)
            out[n++] = *p;
        depth -= *p == ')' && depth > 0;
    }
    return out;
}

/* "Ingående balans 2023-01-01" without its day. */
static const char *without_day(medel_arena *a, const char *label)
{
    const size_t n = strlen(label);
    const char *day = n > 11 ? label + n - 11 : "";
    if (strncmp(day, " 20", 3) != 0 || day[5] != '-' || day[8] != '-')
        return label;
    return medel_arena_text(a, label, n - 11);
}

bool medel_row_adds_to(const medel_table_spec *t, const medel_row *row, const char *id)
{
    for (; row && row->under; row = medel_table_spec_find(t, row->under))
        if (strcmp(row->under, id) == 0)
            return true;
    return false;
}

static medel_label_match best_match(medel_labels *l, const medel_table_spec *t,
                                    const char *label, const char *under)
{
    medel_label_match best = { .quality = MEDEL_LABEL_NONE };
    const medel_arena_mark here = medel_arena_here(l->scratch);
    const char *plain = medel_label_plain(l->scratch, label);
    const words w = words_of(plain);
    const known_label *k = l->list.data;
    for (size_t i = 0; *plain && i < l->list.count; i++) {
        if (k[i].table != t)
            continue;
        const char *parent = k[i].own ? k[i].own->under : k[i].row->under;
        if (under
            && !(k[i].row && k[i].row->rule ? medel_row_adds_to(t, k[i].row, under)
                                            : parent && strcmp(parent, under) == 0))
            continue;
        const medel_label_quality q = quality_of(plain, &w, k[i].plain, under != NULL);
        if (q > best.quality)
            best = (medel_label_match){ k[i].own ? NULL : k[i].row, k[i].own, q };
    }
    medel_arena_back(l->scratch, here);
    return best;
}

medel_label_match medel_labels_match(medel_labels *l, const medel_table_spec *t,
                                     const char *label)
{
    const medel_label_match whole = best_match(l, t, label, NULL);
    const char *less = without_day(l->arena, label);
    /* "Kostnad verksamhet (individinriktad ...)" is that row; its share is another */
    if (less == label && strchr(label, '(') && *label != '(')
        less = without_brackets(l->arena, label);
    if (whole.quality >= MEDEL_LABEL_SAME || less == label)
        return whole;
    medel_label_match part = best_match(l, t, less, NULL);
    if (part.quality > MEDEL_LABEL_SAME)
        part.quality = MEDEL_LABEL_SAME;
    return part.quality > whole.quality ? part : whole;
}

medel_label_match medel_labels_under(medel_labels *l, const medel_table_spec *t,
                                     const char *label, const char *under)
{
    return best_match(l, t, label, under);
}

const medel_row *medel_labels_named(medel_labels *l, const medel_table_spec *t,
                                    const char *label, bool *member)
{
    const char *plain = medel_label_plain(l->arena, label);
    for (size_t r = 0; r < t->nrows; r++) {
        const medel_row *row = t->rows[r];
        for (size_t i = 0; row->names && row->names[i]; i++) {
            if (medel_label_has(plain, row->names[i])) {
                *member = false;
                return row;
            }
        }
    }
    for (size_t r = 0; r < t->nrows; r++) {
        const medel_row *row = t->rows[r];
        for (size_t i = 0; row->members && row->members[i]; i++) {
            if (medel_label_has(plain, row->members[i])) {
                *member = true;
                return row;
            }
        }
    }
    return NULL;
}
