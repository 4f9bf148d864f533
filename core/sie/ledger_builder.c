/* ledger_builder.c - a ledger from what another reader knows: it is written as SIE in
   UTF-8, which the SIE reader then reads, so that there is one way into a ledger. */
#include "medel_sie.h"
#include "sie_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct text {
    char *data;
    size_t len, room;
} text;

struct medel_ledger_builder {
    medel_arena arena; /* its allocator, the name and the builder itself */
    const char *name;
    text parts[4]; /* identification, chart, balances, vouchers */
    bool flagga, format, sietyp, open;
    uint32_t *voucher_lines, *row_lines;
    size_t nvouchers, voucher_room, nrows, row_room;
};

medel_status medel_ledger_builder_new(medel_ledger_builder **out, const char *name,
                                      const medel_allocator *allocator)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS(out, name);
    medel_ledger_builder *b = medel_object_new(sizeof *b, allocator);
    char *copy = b ? medel_arena_try(&b->arena, strlen(name) + 1) : NULL;
    if (!copy) {
        medel_ledger_builder_free(b);
        return MEDEL_E_NOMEM;
    }
    b->name = strcpy(copy, name);
    *out = b;
    return MEDEL_OK;
}

void medel_ledger_builder_free(medel_ledger_builder *b)
{
    if (!b)
        return;
    medel_arena a = b->arena;
    for (int i = 0; i < 4; i++)
        medel_resize(&a, b->parts[i].data, b->parts[i].room, 0);
    medel_resize(&a, b->voucher_lines, b->voucher_room * sizeof *b->voucher_lines, 0);
    medel_resize(&a, b->row_lines, b->row_room * sizeof *b->row_lines, 0);
    medel_arena_free(&a);
}

/* ---- text ---- */

static bool put(medel_ledger_builder *b, text *t, const char *s, size_t len)
{
    if (t->room - t->len < len) {
        const size_t room = 2 * t->room + len + 256;
        char *data = medel_resize(&b->arena, t->data, t->room, room);
        if (!data)
            return false;
        t->data = data;
        t->room = room;
    }
    memcpy(t->data + t->len, s, len);
    t->len += len;
    return true;
}

static bool put_text(medel_ledger_builder *b, text *t, const char *s)
{
    return put(b, t, s, strlen(s));
}

static bool utf8(const char *s)
{
    const size_t len = strlen(s);
    uint32_t code;
    for (size_t i = 0, n; i < len; i += n) {
        n = medel_utf8_length((const unsigned char *)s + i, len - i, &code);
        if (!n)
            return false;
    }
    return true;
}

/* A field in quotes, after a space. */
static bool put_field(medel_ledger_builder *b, text *t, const char *s)
{
    bool good = put(b, t, " \"", 2);
    for (; good && *s; s++) {
        const char c = (char)((unsigned char)*s < 32 || *s == 127 ? ' ' : *s);
        if (c == '"')
            good = put(b, t, "\\", 1);
        good = good && put(b, t, &c, 1);
        if (c == '\\' && !s[1])
            good = good && put(b, t, " ", 1); /* \" would not end the field */
    }
    return good && put(b, t, "\"", 1);
}

static bool put_amount(medel_ledger_builder *b, text *t, int64_t v)
{
    char s[32];
    const uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    const int n = snprintf(s, sizeof s, " %s%llu.%02u", v < 0 ? "-" : "",
                           (unsigned long long)(u / 100), (unsigned)(u % 100));
    return put(b, t, s, (size_t)n);
}

static bool put_day(medel_ledger_builder *b, text *t, int32_t day)
{
    char iso[11], s[10];
    if (day == MEDEL_NO_DAY)
        return put_text(b, t, " \"\"");
    medel_date_format(day, iso);
    snprintf(s, sizeof s, " %.4s%.2s%.2s", iso, iso + 5, iso + 8);
    return put_text(b, t, s);
}

static bool put_objects(medel_ledger_builder *b, text *t, const medel_object_name *o,
                        size_t n)
{
    bool good = put_text(b, t, " {");
    for (size_t i = 0; i < n && good; i++)
        good = put_field(b, t, o[i].dimension) && put_field(b, t, o[i].object);
    return good && put_text(b, t, "}");
}

/* ---- adding ---- */

/* Take back what was begun. */
static medel_status undo(text *t, size_t len, medel_error *err)
{
    t->len = len;
    return medel_fail(err, MEDEL_E_NOMEM, "out of memory");
}

static medel_status not_utf8(const char *s, medel_error *err)
{
    if (!s || utf8(s))
        return MEDEL_OK;
    return medel_fail(err, MEDEL_E_SCHEMA, "a text is not UTF-8");
}

static medel_status good_day(int32_t day, bool needed, medel_error *err)
{
    const int64_t column = (int64_t)day - MEDEL_LEDGER_DAY_ZERO;
    if (day == MEDEL_NO_DAY ? !needed : column >= 1 && column <= UINT16_MAX)
        return MEDEL_OK;
    return medel_fail(err, MEDEL_E_SCHEMA, "a date must be in 1900-01-01 .. 2079-06-05");
}

static medel_status known_label(const char *label, sie_label *out, medel_error *err)
{
    bool lower;
    *out = medel_sie_label(label, strlen(label), &lower);
    if (*out != SIE_UNKNOWN && !lower && *out != SIE_KSUMMA && *out != SIE_VER
        && *out != SIE_TRANS && *out != SIE_RTRANS && *out != SIE_BTRANS)
        return MEDEL_OK;
    return medel_fail(err, MEDEL_E_SCHEMA, "'%s' is no item that can be added", label);
}

medel_status medel_ledger_builder_item(medel_ledger_builder *b, const char *label,
                                       const char *const *fields, size_t n,
                                       medel_error *err)
{
    MEDEL_NEEDS_ERR(err, b, label, fields);
    sie_label which;
    medel_status st = known_label(label, &which, err);
    for (size_t i = 0; i < n && st == MEDEL_OK; i++)
        st = not_utf8(fields[i], err);
    if (st != MEDEL_OK)
        return st;
    const unsigned group = medel_sie_label_info(which)->group;
    text *t = &b->parts[group <= 2 ? 0 : group - 2];
    const size_t before = t->len;
    bool good = put_text(b, t, "#") && put_text(b, t, label);
    for (size_t i = 0; i < n && good; i++)
        good = put_field(b, t, fields[i] ? fields[i] : "");
    if (!good || !put_text(b, t, "\n"))
        return undo(t, before, err);
    b->flagga |= which == SIE_FLAGGA;
    b->format |= which == SIE_FORMAT;
    b->sietyp |= which == SIE_SIETYP;
    return MEDEL_OK;
}

medel_status medel_ledger_builder_account(medel_ledger_builder *b, const char *number,
                                          const char *name, char type, medel_error *err)
{
    MEDEL_NEEDS_ERR(err, b, number);
    const char letter[2] = { type, '\0' };
    const char *const konto[] = { number, name }, *const ktyp[] = { number, letter };
    const size_t before = b->parts[1].len;
    medel_status st = medel_ledger_builder_item(b, "KONTO", konto, 2, err);
    if (st == MEDEL_OK && type)
        st = medel_ledger_builder_item(b, "KTYP", ktyp, 2, err);
    if (st != MEDEL_OK)
        b->parts[1].len = before;
    return st;
}

medel_status medel_ledger_builder_dimension(medel_ledger_builder *b, const char *number,
                                            const char *name, const char *parent,
                                            medel_error *err)
{
    MEDEL_NEEDS_ERR(err, b, number);
    const char *const fields[] = { number, name, parent };
    return medel_ledger_builder_item(b, parent ? "UNDERDIM" : "DIM", fields,
                                     parent ? 3 : 2, err);
}

medel_status medel_ledger_builder_object(medel_ledger_builder *b, const char *dimension,
                                         const char *number, const char *name,
                                         medel_error *err)
{
    MEDEL_NEEDS_ERR(err, b, dimension, number);
    const char *const fields[] = { dimension, number, name };
    return medel_ledger_builder_item(b, "OBJEKT", fields, 3, err);
}

static medel_status good_objects(const medel_object_name *o, size_t n, medel_error *err)
{
    medel_status st = MEDEL_OK;
    for (size_t i = 0; i < n && st == MEDEL_OK; i++) {
        st = not_utf8(o[i].dimension, err);
        if (st == MEDEL_OK)
            st = not_utf8(o[i].object, err);
        if (st == MEDEL_OK && (!o[i].dimension || !o[i].object || !*o[i].dimension))
            st = medel_fail(err, MEDEL_E_SCHEMA, "an object has no dimension or number");
    }
    return st;
}

medel_status medel_ledger_builder_balance(medel_ledger_builder *b,
                                          const medel_new_balance *new, medel_error *err)
{
    MEDEL_NEEDS_ERR(err, b, new);
    static const char *const labels[] = { "#IB",  "#UB",     "#RES",    "#OIB",
                                          "#OUB", "#PSALDO", "#PBUDGET" };
    char s[32];
    text *t = &b->parts[2];
    const size_t before = t->len;
    const bool period =
        new->kind == MEDEL_BALANCE_PSALDO || new->kind == MEDEL_BALANCE_PBUDGET;
    medel_status st = good_objects(new->objects, new->nobjects, err);
    if (st == MEDEL_OK)
        st = not_utf8(new->account, err);
    if (st == MEDEL_OK)
        st = not_utf8(new->quantity, err);
    if (st != MEDEL_OK)
        return st;
    if ((unsigned)new->kind > MEDEL_BALANCE_PBUDGET || new->year > 0 || new->year < -99
        || !new->account || !*new->account
        || (new->nobjects &&new->kind <= MEDEL_BALANCE_RES))
        return medel_fail(err, MEDEL_E_SCHEMA, "no such balance");
    snprintf(s, sizeof s, " %d", new->year);
    bool good = put_text(b, t, labels[new->kind]) && put_text(b, t, s);
    if (period) {
        snprintf(s, sizeof s, " %lu", (unsigned long)new->month);
        good = good && put_text(b, t, s);
    }
    good = good && put_field(b, t, new->account);
    if (new->kind > MEDEL_BALANCE_RES)
        good = good && put_objects(b, t, new->objects, new->nobjects);
    good = good && put_amount(b, t, new->amount);
    if (new->quantity)
        good = good && put_field(b, t, new->quantity);
    return good && put_text(b, t, "\n") ? MEDEL_OK : undo(t, before, err);
}

/* Room for one more line number. */
static bool more_lines(medel_ledger_builder *b, uint32_t **lines, size_t n, size_t *room)
{
    if (n < *room)
        return true;
    const size_t to = 2 * *room + 64;
    void *p =
        medel_resize(&b->arena, *lines, *room * sizeof **lines, to * sizeof **lines);
    if (!p)
        return false;
    *lines = p;
    *room = to;
    return true;
}

medel_status medel_ledger_builder_voucher(medel_ledger_builder *b,
                                          const medel_new_voucher *v, medel_error *err)
{
    MEDEL_NEEDS_ERR(err, b, v);
    const char *const all[] = { v->series, v->number, v->text, v->sign };
    medel_status st = good_day(v->day, true, err);
    for (int i = 0; i < 4 && st == MEDEL_OK; i++)
        st = not_utf8(all[i], err);
    if (st == MEDEL_OK)
        st = good_day(v->regday, false, err);
    if (st != MEDEL_OK)
        return st;
    text *t = &b->parts[3];
    const size_t before = t->len;
    if (!more_lines(b, &b->voucher_lines, b->nvouchers, &b->voucher_room)
        || !put_text(b, t, b->open ? "}\n#VER" : "#VER")
        || !put_field(b, t, v->series ? v->series : "")
        || !put_field(b, t, v->number ? v->number : "") || !put_day(b, t, v->day)
        || !put_field(b, t, v->text ? v->text : "") || !put_day(b, t, v->regday)
        || (v->sign && !put_field(b, t, v->sign)) || !put_text(b, t, "\n{\n"))
        return undo(t, before, err);
    b->open = true;
    b->voucher_lines[b->nvouchers++] = v->line;
    return MEDEL_OK;
}

static medel_status good_row(const medel_ledger_builder *b, const medel_new_row *row,
                             medel_error *err)
{
    const char *const all[] = { row->account, row->text, row->quantity, row->sign };
    medel_status st = good_objects(row->objects, row->nobjects, err);
    for (int i = 0; i < 4 && st == MEDEL_OK; i++)
        st = not_utf8(all[i], err);
    if (st == MEDEL_OK)
        st = good_day(row->day, false, err);
    if (st != MEDEL_OK)
        return st;
    if (!b->open)
        return medel_fail(err, MEDEL_E_SCHEMA, "a row before any voucher");
    if (!row->account || !*row->account)
        return medel_fail(err, MEDEL_E_SCHEMA, "a row without account");
    if ((unsigned)row->kind > MEDEL_ROW_BTRANS)
        return medel_fail(err, MEDEL_E_SCHEMA, "no such kind of row");
    return MEDEL_OK;
}

medel_status medel_ledger_builder_row(medel_ledger_builder *b, const medel_new_row *row,
                                      medel_error *err)
{
    MEDEL_NEEDS_ERR(err, b, row);
    static const char *const labels[] = { "#TRANS", "#RTRANS", "#BTRANS" };
    const medel_status st = good_row(b, row, err);
    if (st != MEDEL_OK)
        return st;
    text *t = &b->parts[3];
    const size_t before = t->len;
    if (!more_lines(b, &b->row_lines, b->nrows, &b->row_room)
        || !put_text(b, t, labels[row->kind]) || !put_field(b, t, row->account)
        || !put_objects(b, t, row->objects, row->nobjects)
        || !put_amount(b, t, row->amount) || !put_day(b, t, row->day)
        || !put_field(b, t, row->text ? row->text : "")
        || !put_field(b, t, row->quantity ? row->quantity : "")
        || (row->sign && !put_field(b, t, row->sign)) || !put_text(b, t, "\n"))
        return undo(t, before, err);
    b->row_lines[b->nrows++] = row->line;
    return MEDEL_OK;
}

/* ---- the ledger ---- */

medel_status medel_ledger_builder_finish(medel_ledger **out, medel_ledger_builder *b,
                                         const medel_ledger_options *options,
                                         medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, b);
    medel_ledger_options o = { .allocator = &b->arena.allocator };
    text all = { NULL, 0, 0 };
    *out = NULL;
    if (options) {
        o.strict = options->strict;
        o.lanes = options->lanes;
        o.progress = options->progress;
        o.progress_ud = options->progress_ud;
        o.allocator = options->allocator ? options->allocator : o.allocator;
    }
    bool good = (b->flagga || put_text(b, &all, "#FLAGGA 0\n"))
                && (b->format || put_text(b, &all, "#FORMAT PC8\n"))
                && (b->sietyp || put_text(b, &all, "#SIETYP 4\n"));
    for (int i = 0; i < 4 && good; i++)
        good = !b->parts[i].len || put(b, &all, b->parts[i].data, b->parts[i].len);
    good = good && (!b->open || put_text(b, &all, "}\n"));
    const sie_built lines = { b->voucher_lines, b->row_lines, b->nvouchers, b->nrows };
    const medel_status st =
        good ? medel_sie_built(out, b->name, all.data, all.len, &lines, &o, diags)
             : MEDEL_E_NOMEM;
    medel_resize(&b->arena, all.data, all.room, 0);
    return st;
}
