/* ledger.c - what a ledger that has been read can be asked. */
#include "ledger.h"

#include <string.h>
#include <sys/mman.h>

/* ---- names ---- */

static uint32_t hash_name(const char *p, size_t len, uint32_t tag)
{
    uint64_t h = 1469598103934665603u ^ tag;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)p[i]) * 1099511628211u;
    return (uint32_t)(h ^ h >> 32);
}

static size_t name_slot(const sie_names *n, const char *raw, size_t len, uint32_t tag)
{
    size_t i = hash_name(raw, len, tag) & (n->slot_room - 1);
    for (;; i = (i + 1) & (n->slot_room - 1)) {
        if (!n->slots[i])
            return i;
        const struct sie_name *at = &n->names[n->slots[i] - 1];
        if (at->len == len && at->tag == tag && memcmp(at->raw, raw, len) == 0)
            return i;
    }
}

uint32_t medel_names_find(const sie_names *n, const char *raw, size_t len, uint32_t tag)
{
    if (!n->slot_room)
        return MEDEL_NO_INDEX;
    const uint32_t found = n->slots[name_slot(n, raw, len, tag)];
    return found ? found - 1 : MEDEL_NO_INDEX;
}

uint32_t medel_names_add(medel_arena *a, sie_names *n, const char *raw, size_t len,
                         uint32_t tag, bool *fresh)
{
    *fresh = false;
    if (2 * n->count >= n->slot_room) {
        const size_t room = n->slot_room ? 2 * n->slot_room : 64;
        uint32_t *slots = MEDEL_NEW(a, uint32_t, room);
        struct sie_name *names = MEDEL_NEW(a, struct sie_name, room / 2 + 1);
        if (n->count)
            memcpy(names, n->names, n->count * sizeof *names);
        n->names = names;
        n->slots = slots;
        n->slot_room = room;
        for (size_t i = 0; i < n->count; i++)
            slots[name_slot(n, names[i].raw, names[i].len, names[i].tag)] =
                (uint32_t)i + 1;
    }
    const size_t slot = name_slot(n, raw, len, tag);
    if (n->slots[slot])
        return n->slots[slot] - 1;
    *fresh = true;
    n->names[n->count] =
        (struct sie_name){ medel_arena_text(a, raw, len), (uint32_t)len, tag };
    n->slots[slot] = (uint32_t)++n->count;
    return (uint32_t)n->count - 1;
}

/* ---- lists ---- */

void medel_ledger_free(medel_ledger *l)
{
    if (!l)
        return;
    medel_arena a = l->arena;
#define RELEASE(column) medel_resize(&a, l->column, l->room.column * sizeof *l->column, 0)
    RELEASE(voucher_first);
    RELEASE(voucher_number);
    RELEASE(voucher_line);
    RELEASE(voucher_offset);
    RELEASE(voucher_day);
    RELEASE(voucher_regday);
    RELEASE(voucher_series);
    RELEASE(account);
    RELEASE(day);
    RELEASE(objects_of);
    RELEASE(offset);
    RELEASE(amount);
    RELEASE(row_line);
    RELEASE(list_first);
    RELEASE(list_items);
    RELEASE(totals);
    RELEASE(days);
    RELEASE(months);
#undef RELEASE
    union {
        const char *in;
        char *out;
    } text = { l->text };
    if (l->hold == SIE_MAPPED)
        munmap(text.out, l->len);
    else if (l->hold == SIE_OWNED)
        medel_resize(&a, text.out, l->len + 1, 0);
    medel_arena_free(&a);
}

const medel_ledger_head *medel_ledger_head_of(const medel_ledger *l)
{
    MEDEL_NEEDS_OR(NULL, l);
    return &l->head;
}

#define LIST(function, type, array)                                                      \
    size_t function(const medel_ledger *l, const type **first)                           \
    {                                                                                    \
        MEDEL_OUT(first);                                                                \
        MEDEL_NEEDS_OR(0, l, first);                                                     \
        *first = l->array.data;                                                          \
        return l->array.count;                                                           \
    }
LIST(medel_ledger_years, medel_ledger_year, years)
LIST(medel_ledger_labels, medel_ledger_label, labels)
LIST(medel_ledger_deviations, medel_ledger_deviation, deviations)
LIST(medel_ledger_accounts, medel_account, accounts)
LIST(medel_ledger_dimensions, medel_dimension_decl, dimensions)
LIST(medel_ledger_objects, medel_object, objects)
LIST(medel_ledger_series, medel_series, series)
LIST(medel_ledger_balances, medel_balance, balances)

const medel_ledger_year *medel_ledger_year_of(const medel_ledger *l, int number)
{
    MEDEL_NEEDS_OR(NULL, l);
    const medel_ledger_year *y = l->years.data;
    for (size_t i = 0; i < l->years.count; i++) {
        if (y[i].number == number)
            return &y[i];
    }
    return NULL;
}

uint32_t medel_ledger_months_of(const medel_ledger *l, uint32_t *first)
{
    const medel_ledger_year *y = medel_ledger_year_of(l, 0);
    if (!y || y->start == MEDEL_NO_DAY || y->end <= y->start)
        return 0;
    const uint32_t a = medel_month_of((uint16_t)(y->start - MEDEL_LEDGER_DAY_ZERO));
    const uint32_t b = medel_month_of((uint16_t)(y->end - MEDEL_LEDGER_DAY_ZERO));
    const uint32_t n = (b / 100 - a / 100) * 12 + b % 100 - a % 100 + 1;
    *first = a / 100 * 12 + a % 100 - 1;
    return n <= 24 ? n : 0;
}

MEDEL_GETTER(uint64_t, medel_ledger_errors, medel_ledger, errors, 0)
MEDEL_GETTER(uint64_t, medel_ledger_warnings, medel_ledger, warnings, 0)
MEDEL_GETTER(const uint16_t *, medel_ledger_accounts_sorted, medel_ledger, sorted, NULL)

uint32_t medel_ledger_account_find(const medel_ledger *l, const char *number)
{
    MEDEL_NEEDS_OR(MEDEL_NO_INDEX, l, number);
    size_t low = 0, high = l->sorted ? l->accounts.count : 0;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = strcmp(number, ACCOUNTS(l)[l->sorted[middle]].number);
        if (order == 0)
            return l->sorted[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return MEDEL_NO_INDEX;
}

uint32_t medel_ledger_object_find(const medel_ledger *l, const char *dimension,
                                  const char *number)
{
    MEDEL_NEEDS_OR(MEDEL_NO_INDEX, l, dimension, number);
    const medel_dimension_decl *d = l->dimensions.data;
    for (size_t i = 0; i < l->objects.count; i++) {
        const medel_object *o = &OBJECTS(l)[i];
        if (strcmp(o->number, number) == 0
            && strcmp(d[o->dimension].number, dimension) == 0)
            return (uint32_t)i;
    }
    return MEDEL_NO_INDEX;
}

MEDEL_GETTER(size_t, medel_ledger_object_lists, medel_ledger, nlists, 0)

size_t medel_ledger_object_list(const medel_ledger *l, uint32_t list,
                                const uint32_t **objects)
{
    MEDEL_OUT(objects);
    MEDEL_NEEDS_OR(0, l, objects);
    *objects = NULL;
    if (list >= l->nlists)
        return 0;
    *objects = l->list_items + l->list_first[list];
    return l->list_first[list + 1] - l->list_first[list];
}

void medel_ledger_total(const medel_ledger *l, uint32_t account, medel_account_total *out)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_VOID(l, out);
    *out =
        account < l->room.totals ? l->totals[account] : (medel_account_total){ 0, 0, 0 };
}

/* ---- vouchers and rows ---- */

const medel_ledger_columns *medel_ledger_columns_of(const medel_ledger *l)
{
    MEDEL_NEEDS_OR(NULL, l);
    return &l->columns;
}

/* The first row of the trail that belongs to this voucher or a later one. */
static size_t trail_from(const medel_ledger *l, uint32_t voucher)
{
    size_t low = 0, high = l->columns.ntrail;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (l->trail[middle].voucher < voucher)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool medel_ledger_voucher(const medel_ledger *l, uint32_t v, medel_voucher *out)
{
    const bool there = l && v < l->columns.nvouchers;
    if (!there)
        MEDEL_OUT(out);
    MEDEL_NEEDS_OR(false, there, out);
    const medel_ledger_columns *c = &l->columns;
    const uint32_t first = c->voucher_first[v], n = c->voucher_number[v];
    const size_t trail = trail_from(l, v), after = trail_from(l, v + 1);
    *out = (medel_voucher){
        .index = v,
        .series = c->voucher_series[v],
        .number = n == MEDEL_NO_INDEX ? -1 : (int64_t)n,
        .day = medel_ledger_day(c->voucher_day[v]),
        .regday = medel_ledger_day(c->voucher_regday[v]),
        .line = c->voucher_line[v],
        .first = first,
        .count = c->voucher_first[v + 1] - first,
        .trail = (uint32_t)(c->nrows + trail),
        .ntrail = (uint32_t)(after - trail),
    };
    for (uint32_t i = first; i < first + out->count; i++) {
        out->sum += c->amount[i];
        out->debit += c->amount[i] > 0 ? c->amount[i] : 0;
    }
    return true;
}

uint32_t medel_ledger_row_voucher(const medel_ledger *l, uint32_t row)
{
    MEDEL_NEEDS_OR(MEDEL_NO_INDEX, l);
    const medel_ledger_columns *c = &l->columns;
    if (row >= c->nrows)
        return row - c->nrows < c->ntrail ? l->trail[row - c->nrows].voucher
                                          : MEDEL_NO_INDEX;
    size_t low = 0, high = c->nvouchers; /* the last that begins at or before the row */
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (c->voucher_first[middle + 1] <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static uint32_t lines_between(const char *p, const char *end)
{
    uint32_t n = 0;
    for (; p < end; p++)
        n += *p == '\n' || (*p == '\r' && p[1] != '\n');
    return n;
}

static uint32_t row_line(const medel_ledger *l, uint32_t row, uint32_t voucher)
{
    const medel_ledger_columns *c = &l->columns;
    if (row >= c->nrows)
        return l->trail[row - c->nrows].line;
    if (l->row_line)
        return l->row_line[row];
    if (!c->voucher_line[voucher]) /* rows outside vouchers: from the start */
        return 1 + lines_between(l->text, l->text + l->offset[row]);
    return c->voucher_line[voucher]
           + lines_between(l->text + l->voucher_offset[voucher],
                           l->text + l->offset[row]);
}

bool medel_ledger_row_get(const medel_ledger *l, uint32_t row, medel_ledger_row *out)
{
    const bool there = l && row < l->columns.nrows + l->columns.ntrail;
    if (!there)
        MEDEL_OUT(out);
    MEDEL_NEEDS_OR(false, there, out);
    const medel_ledger_columns *c = &l->columns;
    const uint32_t v = medel_ledger_row_voucher(l, row);
    *out = (medel_ledger_row){
        .index = row,
        .kind = row < c->nrows ? MEDEL_ROW_TRANS : l->trail[row - c->nrows].kind,
        .account = c->account[row],
        .objects = c->objects[row],
        .voucher = v,
        .amount = c->amount[row],
        .day = medel_ledger_day(c->day[row]),
        .line = row_line(l, row, v),
    };
    return true;
}

/* ---- texts ---- */

/* The line that begins at p, as fields without the label. */
static bool split_at(const char *p, const char *limit, const char **end, sie_fields *f,
                     bool *voucher)
{
    const char *stop = p;
    while (stop < limit && *stop != '\n' && *stop != '\r')
        stop++;
    *end = stop;
    while (p < stop && (*p == ' ' || *p == '\t' || *p == '{' || *p == '}'))
        p++;
    if (p == stop || *p != '#')
        return false;
    const char *label = ++p;
    while (p < stop && *p != ' ' && *p != '\t' && *p != '{')
        p++;
    bool lower;
    *voucher = medel_sie_label(label, (size_t)(p - label), &lower) == SIE_VER;
    f->marks = 0;
    medel_sie_split(f, p, stop);
    return true;
}

static size_t empty(char *buf, size_t size)
{
    if (size)
        *buf = '\0';
    return 0;
}

static size_t field_of(const medel_ledger *l, const char *p, const char *limit,
                       medel_ledger_text what, bool voucher, char *buf, size_t size)
{
    sie_fields f;
    const char *end;
    bool is_voucher = false;
    const bool item = split_at(p, limit, &end, &f, &is_voucher);
    if (what == MEDEL_TEXT_SOURCE)
        return medel_sie_decode(&l->table, p, (size_t)(end - p), false, buf, size);
    if (!item || is_voucher != voucher)
        return empty(buf, size); /* rows outside vouchers have none */
    size_t at;
    if (voucher) {
        at = what == MEDEL_TEXT_NUMBER ? 1 : what == MEDEL_TEXT_TEXT ? 3 : 5;
        if (what == MEDEL_TEXT_QUANTITY)
            return empty(buf, size);
    } else {
        const size_t list = f.n > 1 && f.at[1].list;
        at = list + (what == MEDEL_TEXT_TEXT ? 3 : what == MEDEL_TEXT_QUANTITY ? 4 : 5);
        if (what == MEDEL_TEXT_NUMBER)
            return empty(buf, size);
    }
    if (at >= f.n || f.at[at].list)
        return empty(buf, size);
    return medel_sie_decode(&l->table, f.at[at].p, f.at[at].len, f.at[at].quoted, buf,
                            size);
}

size_t medel_ledger_voucher_text(const medel_ledger *l, uint32_t v,
                                 medel_ledger_text field, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, l, buf || !size);
    if (v >= l->columns.nvouchers)
        return empty(buf, size);
    return field_of(l, l->text + l->voucher_offset[v], l->text + l->len, field, true, buf,
                    size);
}

size_t medel_ledger_row_text(const medel_ledger *l, uint32_t row, medel_ledger_text field,
                             char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, l, buf || !size);
    if (row >= l->columns.nrows + l->columns.ntrail)
        return empty(buf, size);
    return field_of(l, l->text + l->offset[row], l->text + l->len, field, false, buf,
                    size);
}

size_t medel_ledger_event_text(const medel_ledger *l, const medel_ledger_event *e,
                               medel_ledger_text field, char *buf, size_t size)
{
    MEDEL_OUT_TEXT(buf, size);
    MEDEL_NEEDS_OR(0, l, e, buf || !size);
    const sie_open_line *line = e->inside;
    if (e->kind == MEDEL_EVENT_END || !line->start)
        return empty(buf, size);
    return field_of(l, line->start, line->end, field, e->kind == MEDEL_EVENT_VOUCHER, buf,
                    size);
}

uint32_t medel_ledger_voucher_find(const medel_ledger *l, const char *series,
                                   const char *number, uint32_t start)
{
    MEDEL_NEEDS_OR(MEDEL_NO_INDEX, l, series, number);
    char text[64];
    const medel_ledger_columns *c = &l->columns;
    const size_t len = strlen(number);
    uint32_t wanted = MEDEL_NO_INDEX;
    for (size_t i = 0; i < l->series.count && wanted == MEDEL_NO_INDEX; i++) {
        if (strcmp(SERIES(l)[i].name, series) == 0)
            wanted = (uint32_t)i;
    }
    uint64_t value = 0;
    bool plain = len > 0 && len <= 10;
    for (size_t i = 0; i < len && plain; i++) {
        plain = medel_digit(number[i]);
        value = value * 10 + (uint64_t)(number[i] - '0');
    }
    const uint32_t column =
        plain && value < MEDEL_NO_INDEX ? (uint32_t)value : MEDEL_NO_INDEX;
    for (size_t v = start; v < c->nvouchers && wanted != MEDEL_NO_INDEX; v++) {
        if (c->voucher_series[v] != wanted || c->voucher_number[v] != column)
            continue;
        const size_t n = medel_ledger_voucher_text(l, (uint32_t)v, MEDEL_TEXT_NUMBER,
                                                   text, sizeof text);
        if (n == len && (n >= sizeof text || memcmp(text, number, len) == 0))
            return (uint32_t)v;
    }
    return MEDEL_NO_INDEX;
}

const char *medel_severity_name(medel_severity s)
{
    static const char *const names[] = { "note", "warning", "error" };
    return (unsigned)s < 3 ? names[s] : "";
}
