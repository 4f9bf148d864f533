/* csv_ledger.c - vouchers from a CSV file, as its mapping says. */
#include "csv.h"
#include "csv_cells.h"
#include "ledger.h"
#include "medel_sie.h"

#include <stdio.h>
#include <string.h>

#define MAX_BYTES (UINT64_C(256) << 20)
#define NO_COLUMN SIZE_MAX

/* One row of the file; rows of a voucher need not stand together. */
typedef struct csv_row {
    const char *account, *account_name, *text;
    medel_object_name *objects;
    size_t nobjects;
    int64_t amount;
    unsigned line;
    struct csv_row *next;
} csv_row;

typedef struct csv_voucher {
    const char *series, *number, *text, *sign;
    int32_t day, regday;
    unsigned line;
    csv_row *first, *last;
} csv_voucher;

typedef struct reader {
    const medel_csv_mapping *m;
    medel_source src;
    medel_arena arena;
    medel_csv_text text;
    medel_array cells;
    size_t columns[CSV_COLUMNS]; /* index of the cell, or NO_COLUMN */
    size_t *dimensions, opening; /* opening: as columns */
    size_t width;
    medel_array openings; /* csv_opening */
    medel_array vouchers; /* csv_voucher * */
    medel_map by_name;    /* series and number -> csv_voucher */
} reader;

/* ---- the text ---- */

/* The file as UTF-8. */
static bool decode(reader *rd, const char *text, size_t len)
{
    medel_encoding e = rd->m->encoding;
    sie_table table;
    bool bom = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
    bool same = bom || e == MEDEL_ENCODING_UTF8 || e == MEDEL_ENCODING_ASCII;
    if (!medel_sie_table(&table, e)) {
        medel_diag(&rd->src, MEDEL_E_IO, 0, 0, NULL, NULL, "this system cannot read %s",
                   medel_encoding_name(e));
        return false;
    }
    char *out = medel_arena_get(&rd->arena, (same ? len : 3 * len) + 1);
    size_t n = 0;
    for (size_t i = bom ? 3 : 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (same || c < 0x80) {
            out[n++] = (char)c;
            continue;
        }
        memcpy(out + n, table.utf8[c - 0x80], 3);
        n += (size_t)table.utf8[c - 0x80][3];
    }
    rd->src.text = out;
    rd->src.len = n;
    return true;
}

/* UTF-8 without control characters but tab and line ends. */
static bool check_text(reader *rd)
{
    const unsigned char *s = (const unsigned char *)rd->src.text;
    unsigned line = 1, col = 1;
    for (size_t i = 0; i < rd->src.len; col++) {
        uint32_t code = 0;
        size_t n = medel_utf8_length(s + i, rd->src.len - i, &code);
        bool plain = code >= 32 || code == '\t' || code == '\r' || code == '\n';
        if (n == 0 || !plain) {
            medel_diag(&rd->src, MEDEL_E_SYNTAX, line, col,
                       "text in the encoding that the mapping names", NULL,
                       n ? "a control character" : "bytes that are not UTF-8");
            return false;
        }
        i += n;
        if (code == '\n') {
            line++;
            col = 0;
        }
    }
    return true;
}

/* ---- the columns ---- */

static size_t find_column(reader *rd, const csv_place *place)
{
    const medel_csv_cell *cells = rd->cells.data;
    size_t found = NO_COLUMN;
    if (!place->name)
        return NO_COLUMN;
    if (place->number)
        return place->number - 1;
    for (size_t i = 0; i < rd->cells.count; i++) {
        if (strcmp(cells[i].text, place->name) != 0)
            continue;
        if (found != NO_COLUMN)
            medel_diag(&rd->src, MEDEL_E_SCHEMA, cells[i].line, cells[i].col, NULL, NULL,
                       "two columns are named '%s'", medel_clip(&rd->arena, place->name));
        found = i;
    }
    if (found == NO_COLUMN)
        medel_diag(&rd->src, MEDEL_E_SCHEMA, cells[0].line, cells[0].col,
                   "the columns that the mapping names", NULL,
                   "no column is named '%s' (%s:%u)", medel_clip(&rd->arena, place->name),
                   rd->m->file, place->line);
    return found;
}

static void skip_lines(reader *rd)
{
    for (unsigned i = 0; i < rd->m->skip && rd->text.at < rd->src.len; rd->text.at++) {
        if (rd->src.text[rd->text.at] == '\n') {
            rd->text.line++;
            i++;
        }
    }
}

static bool read_header(reader *rd)
{
    const csv_dimension *dimensions = rd->m->dimensions.data;
    skip_lines(rd);
    rd->dimensions = MEDEL_NEW(&rd->arena, size_t, rd->m->dimensions.count + 1);
    if (rd->m->header && !medel_csv_next(&rd->text, &rd->arena, &rd->cells)) {
        if (!rd->src.errors)
            medel_diag(&rd->src, MEDEL_E_SYNTAX, 0, 0, "a line that names the columns",
                       NULL, "the file is empty");
        return false;
    }
    rd->width = rd->cells.count;
    for (size_t i = 0; i < CSV_COLUMNS; i++)
        rd->columns[i] = find_column(rd, &rd->m->columns[i]);
    for (size_t i = 0; i < rd->m->dimensions.count; i++)
        rd->dimensions[i] = find_column(rd, &dimensions[i].place);
    rd->opening = find_column(rd, &rd->m->opening);
    return rd->src.errors == 0;
}

/* ---- cells ---- */

static void complain(reader *rd, const medel_csv_cell *c, const char *expected,
                     const char *what)
{
    medel_diag(&rd->src, MEDEL_E_SCHEMA, c->line, c->col, expected, NULL, what,
               medel_clip(&rd->arena, c->text));
}

static const medel_csv_cell *cell(reader *rd, csv_column c)
{
    const medel_csv_cell *cells = rd->cells.data;
    return rd->columns[c] < rd->cells.count ? &cells[rd->columns[c]] : NULL;
}

/* Without the space around it; NULL if nothing is left. */
static const char *text_of(reader *rd, const medel_csv_cell *c)
{
    size_t from = 0, to = c ? c->len : 0;
    while (from < to && c->text[from] == ' ')
        from++;
    while (to > from && c->text[to - 1] == ' ')
        to--;
    return to > from ? medel_arena_text(&rd->arena, c->text + from, to - from) : NULL;
}

static bool read_amount(reader *rd, csv_column column, bool optional, int64_t *out)
{
    const medel_csv_cell *c = cell(rd, column);
    const char *text = text_of(rd, c);
    *out = 0;
    if ((!text && optional) || (text && medel_csv_amount(rd->m, text, out)))
        return true;
    complain(rd, c, "an amount as the mapping writes it, with at most two decimals",
             "'%s' is no amount");
    return false;
}

static bool read_sum(reader *rd, int64_t *out)
{
    int64_t debit, credit;
    const medel_csv_cell *c = cell(rd, CSV_DEBIT);
    if (rd->columns[CSV_AMOUNT] != NO_COLUMN)
        return read_amount(rd, CSV_AMOUNT, false, out);
    if (!read_amount(rd, CSV_DEBIT, true, &debit)
        || !read_amount(rd, CSV_CREDIT, true, &credit))
        return false;
    if (!text_of(rd, c) && !text_of(rd, cell(rd, CSV_CREDIT))) {
        complain(rd, c, "an amount in one of them", "neither debit nor credit%s");
        return false;
    }
    if (__builtin_sub_overflow(debit, credit, out)) {
        complain(rd, c, NULL, "'%s' is too large");
        return false;
    }
    return true;
}

static bool read_day(reader *rd, csv_column column, bool optional, int32_t *out)
{
    const medel_csv_cell *c = cell(rd, column);
    const char *text = text_of(rd, c);
    *out = MEDEL_NO_DAY;
    if ((!text && optional) || (text && medel_csv_day(rd->m, text, out)))
        return true;
    complain(rd, c, rd->m->date, "'%s' is no date");
    return false;
}

static const char *need(reader *rd, csv_column column, const char *what)
{
    const medel_csv_cell *c = cell(rd, column);
    const char *text = text_of(rd, c);
    if (!text)
        complain(rd, c, NULL, what);
    return text;
}

/* ---- rows and vouchers ---- */

static bool is_blank(reader *rd)
{
    const medel_csv_cell *cells = rd->cells.data;
    for (size_t i = 0; i < rd->cells.count; i++) {
        if (text_of(rd, &cells[i]))
            return false;
    }
    return true;
}

static bool right_width(reader *rd)
{
    const medel_csv_cell *cells = rd->cells.data;
    rd->width = rd->width ? rd->width : rd->cells.count;
    bool ok = rd->cells.count == rd->width;
    for (size_t i = 0; ok && i < CSV_COLUMNS; i++)
        ok = rd->columns[i] == NO_COLUMN || rd->columns[i] < rd->width;
    if (!ok)
        medel_diag(&rd->src, MEDEL_E_SCHEMA, cells[0].line, cells[0].col,
                   "as many cells as columns", NULL,
                   "%zu cells where there are %zu columns", rd->cells.count, rd->width);
    return ok;
}

static csv_voucher *voucher_of(reader *rd, const csv_voucher *v, const medel_csv_cell *at)
{
    const char *name = medel_arena_format(&rd->arena, "%s\n%s", v->series, v->number);
    csv_voucher *known = medel_map_get(&rd->by_name, name);
    if (known && known->day != v->day) {
        medel_diag(&rd->src, MEDEL_E_SCHEMA, at->line, at->col, "one date in a voucher",
                   NULL, "voucher %s %s has another date in line %u",
                   medel_clip(&rd->arena, known->series),
                   medel_clip(&rd->arena, known->number), known->line);
        return NULL;
    }
    if (known)
        return known;
    known = MEDEL_NEW(&rd->arena, csv_voucher, 1);
    *known = *v;
    medel_map_put(&rd->arena, &rd->by_name, name, known);
    *MEDEL_PUSH(&rd->arena, &rd->vouchers, csv_voucher *) = known;
    return known;
}

static void read_objects(reader *rd, csv_row *row)
{
    const csv_dimension *d = rd->m->dimensions.data;
    const medel_csv_cell *cells = rd->cells.data;
    row->objects = MEDEL_NEW(&rd->arena, medel_object_name, rd->m->dimensions.count + 1);
    for (size_t i = 0; i < rd->m->dimensions.count; i++) {
        const size_t at = rd->dimensions[i];
        const char *object = at < rd->cells.count ? text_of(rd, &cells[at]) : NULL;
        if (object)
            row->objects[row->nobjects++] = (medel_object_name){ d[i].number, object };
    }
}

/* A row that the mapping marks as an opening balance needs neither number nor date. */
static bool read_opening(reader *rd)
{
    const medel_csv_cell *cells = rd->cells.data;
    const char *mark =
        rd->opening < rd->cells.count ? text_of(rd, &cells[rd->opening]) : NULL;
    if (!mark || strcmp(mark, rd->m->opening_mark) != 0)
        return false;
    csv_opening o = { .account = need(rd, CSV_ACCOUNT, "a row without an account%s"),
                      .account_name = text_of(rd, cell(rd, CSV_ACCOUNT_NAME)),
                      .line = cells[0].line,
                      .col = cells[0].col };
    if (read_sum(rd, &o.amount) && o.account)
        *MEDEL_PUSH(&rd->arena, &rd->openings, csv_opening) = o;
    return true;
}

static void read_row(reader *rd)
{
    const medel_csv_cell *cells = rd->cells.data;
    csv_voucher v = { .line = cells[0].line };
    csv_row row = { .line = cells[0].line };
    const char *series = text_of(rd, cell(rd, CSV_SERIES));
    v.series = series ? series : rd->m->series ? rd->m->series : "";
    v.number = need(rd, CSV_NUMBER, "a row without a voucher number%s");
    v.text = text_of(rd, cell(rd, CSV_TEXT));
    v.sign = text_of(rd, cell(rd, CSV_SIGN));
    bool ok = read_day(rd, CSV_DATE, false, &v.day);
    ok = read_day(rd, CSV_REGISTERED, true, &v.regday) && ok;
    row.account = need(rd, CSV_ACCOUNT, "a row without an account%s");
    row.account_name = text_of(rd, cell(rd, CSV_ACCOUNT_NAME));
    row.text = text_of(rd, cell(rd, CSV_ROW_TEXT));
    ok = read_sum(rd, &row.amount) && ok;
    read_objects(rd, &row);
    csv_voucher *to = ok && v.number && row.account ? voucher_of(rd, &v, cells) : NULL;
    if (!to)
        return;
    csv_row *kept = MEDEL_NEW(&rd->arena, csv_row, 1);
    *kept = row;
    if (to->last)
        to->last->next = kept;
    else
        to->first = kept;
    to->last = kept;
}

static void read_all(reader *rd)
{
    if (!check_text(rd) || !read_header(rd))
        return;
    while (medel_csv_next(&rd->text, &rd->arena, &rd->cells)) {
        if (!is_blank(rd) && right_width(rd) && !read_opening(rd))
            read_row(rd);
    }
}

/* ---- building ---- */

static medel_status add_item(medel_ledger_builder *b, const char *label,
                             const char *field, medel_error *err)
{
    return field ? medel_ledger_builder_item(b, label, &field, 1, err) : MEDEL_OK;
}

static void compact_day(const char *day, char out[9])
{
    memcpy(out, day, 4);
    memcpy(out + 4, day + 5, 2);
    memcpy(out + 6, day + 8, 3);
}

static medel_status add_head(reader *rd, medel_ledger_builder *b, medel_error *err)
{
    const csv_dimension *d = rd->m->dimensions.data;
    medel_status st = add_item(b, "ORGNR", rd->m->orgnr, err);
    if (st == MEDEL_OK)
        st = add_item(b, "FNAMN", rd->m->company, err);
    if (st == MEDEL_OK && rd->m->start) {
        char start[9], end[9];
        compact_day(rd->m->start, start);
        compact_day(rd->m->end, end);
        const char *fields[] = { "0", start, end };
        st = medel_ledger_builder_item(b, "RAR", fields, 3, err);
    }
    for (size_t i = 0; st == MEDEL_OK && i < rd->m->dimensions.count; i++)
        st = medel_ledger_builder_dimension(b, d[i].number, d[i].name ? d[i].name : "",
                                            NULL, err);
    return st;
}

/* Each account once, with the first name that the file gives it. */
static medel_status add_account(reader *rd, medel_ledger_builder *b, medel_map *told,
                                const char *number, const char *name, medel_error *err)
{
    if (!name || medel_map_get(told, number))
        return MEDEL_OK;
    medel_map_put(&rd->arena, told, number, name);
    return medel_ledger_builder_account(b, number, name, '\0', err);
}

/* A column of objects has no names for them. */
static medel_status add_objects(reader *rd, medel_ledger_builder *b, medel_map *told,
                                const csv_row *r, medel_error *err)
{
    medel_status st = MEDEL_OK;
    for (size_t i = 0; st == MEDEL_OK && i < r->nobjects; i++) {
        const medel_object_name *o = &r->objects[i];
        const size_t room = strlen(o->dimension) + strlen(o->object) + 2;
        char *key = medel_arena_get(&rd->arena, room);
        snprintf(key, room, "%s:%s", o->dimension, o->object);
        if (medel_map_get(told, key))
            continue;
        medel_map_put(&rd->arena, told, key, key);
        st = medel_ledger_builder_object(b, o->dimension, o->object, "", err);
    }
    return st;
}

static medel_status add_declared(reader *rd, medel_ledger_builder *b, medel_error *err)
{
    csv_voucher **all = rd->vouchers.data;
    const csv_opening *openings = rd->openings.data;
    medel_map accounts = { 0 }, objects = { 0 };
    medel_status st = MEDEL_OK;
    for (size_t i = 0; st == MEDEL_OK && i < rd->openings.count; i++)
        st = add_account(rd, b, &accounts, openings[i].account, openings[i].account_name,
                         err);
    for (size_t i = 0; i < rd->vouchers.count; i++) {
        for (csv_row *r = all[i]->first; st == MEDEL_OK && r; r = r->next) {
            st = add_account(rd, b, &accounts, r->account, r->account_name, err);
            if (st == MEDEL_OK)
                st = add_objects(rd, b, &objects, r, err);
        }
    }
    return st;
}

static medel_status add_voucher(const csv_voucher *v, medel_ledger_builder *b,
                                unsigned *line, medel_error *err)
{
    medel_new_voucher to = { v->series, v->number, v->day, v->regday,
                             v->text,   v->sign,   v->line };
    *line = v->line;
    medel_status st = medel_ledger_builder_voucher(b, &to, err);
    for (const csv_row *r = v->first; st == MEDEL_OK && r; r = r->next) {
        medel_new_row row = { .kind = MEDEL_ROW_TRANS,
                              .account = r->account,
                              .objects = r->objects,
                              .nobjects = r->nobjects,
                              .amount = r->amount,
                              .day = MEDEL_NO_DAY,
                              .text = r->text,
                              .line = r->line };
        *line = r->line;
        st = medel_ledger_builder_row(b, &row, err);
    }
    return st;
}

/* Opening balances of the rows and of the mapping; an account may have several rows. */
static medel_status add_openings(const medel_array *list, medel_ledger_builder *b,
                                 unsigned *line, medel_error *err)
{
    const csv_opening *all = list->data;
    medel_status st = MEDEL_OK;
    for (size_t i = 0; st == MEDEL_OK && i < list->count; i++) {
        int64_t sum = 0;
        bool earlier = false;
        for (size_t k = 0; k < list->count; k++) {
            if (strcmp(all[k].account, all[i].account) != 0)
                continue;
            earlier |= k < i;
            if (__builtin_add_overflow(sum, all[k].amount, &sum))
                return medel_fail(err, MEDEL_E_OVERFLOW, "the balance is too large");
        }
        *line = all[i].line;
        if (!earlier)
            st = medel_ledger_builder_balance(
                b,
                &(medel_new_balance){
                    .kind = MEDEL_BALANCE_IB, .account = all[i].account, .amount = sum },
                err);
    }
    return st;
}

static medel_status build(reader *rd, medel_ledger_builder *b)
{
    csv_voucher **all = rd->vouchers.data;
    medel_error err = { MEDEL_OK, "" };
    unsigned line = 0;
    medel_status st = add_head(rd, b, &err);
    if (st == MEDEL_OK)
        st = add_declared(rd, b, &err);
    if (st == MEDEL_OK)
        st = add_openings(&rd->m->balances, b, &line, &err);
    if (st == MEDEL_OK)
        st = add_openings(&rd->openings, b, &line, &err);
    for (size_t i = 0; st == MEDEL_OK && i < rd->vouchers.count; i++)
        st = add_voucher(all[i], b, &line, &err);
    if (st != MEDEL_OK && st != MEDEL_E_NOMEM)
        medel_diag(&rd->src, st, line, line ? 1 : 0, NULL, NULL, "%s", err.message);
    return st;
}

static medel_status read_ledger(reader *rd, medel_ledger **out, const char *text,
                                size_t len, const medel_ledger_options *options,
                                medel_ledger_builder *b)
{
    jmp_buf oom;
    rd->arena.oom = &oom;
    if (setjmp(oom))
        return MEDEL_E_NOMEM;
    if (decode(rd, text, len))
        read_all(rd);
    if (rd->src.errors)
        return rd->src.status;
    medel_status st = build(rd, b);
    return st == MEDEL_OK ? medel_ledger_builder_finish(out, b, options, rd->src.diags)
                          : st;
}

medel_status medel_csv_read(medel_ledger **out, const medel_csv_mapping *mapping,
                            const medel_input *in, const medel_ledger_options *options,
                            medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, mapping, in, in->name, in->text || !in->len);
    static const medel_ledger_options usual = { 0 };
    options = options ? options : &usual;
    reader rd = { .m = mapping };
    rd.src = medel_source_of(in, diags);
    rd.text = (medel_csv_text){ &rd.src, 0, mapping->delimiter, 1, 1 };
    if (in->len > (options->limit ? options->limit : MAX_BYTES)) {
        medel_diag(&rd.src, MEDEL_E_LIMIT, 0, 0, NULL, NULL, "the file is too large");
        return MEDEL_E_LIMIT;
    }
    medel_source begins = rd.src;
    if (medel_kind_is_other(&begins, "csv"))
        return begins.status;
    medel_ledger_builder *b;
    medel_status st = medel_ledger_builder_new(&b, in->name, options->allocator);
    if (st != MEDEL_OK)
        return st;
    medel_arena_init(&rd.arena, options->allocator);
    st = read_ledger(&rd, out, in->text, in->len, options, b);
    medel_arena_free(&rd.arena);
    medel_ledger_builder_free(b);
    return st;
}
