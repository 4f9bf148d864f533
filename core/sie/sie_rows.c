/* sie_rows.c - vouchers and their rows into columns. */
#define _DEFAULT_SOURCE /* madvise */
#include "sie_reader.h"
#include "sie_fast.h"

#include <string.h>
#include <sys/mman.h>

void *medel_sie_grow(sie_reader *r, void *old, size_t from, size_t to, size_t item)
{
    if (to > SIZE_MAX / 2 / item)
        longjmp(*r->a->oom, 1);
    void *p = medel_resize(r->a, old, from * item, to * item);
    if (!p)
        longjmp(*r->a->oom, 1);
    return p;
}

/* Ask for huge pages where it is worth it: a hint to the system, whoever allocated. */
static void huge_pages(void *p, size_t size)
{
    const uintptr_t page = 4096, start = ((uintptr_t)p + page - 1) / page * page;
    const uintptr_t end = ((uintptr_t)p + size) / page * page;
    if (end > start && end - start >= (uintptr_t)8 << 20)
        madvise((void *)start, end - start, MADV_HUGEPAGE);
}

/* Room that suffices if the rest of the file is like what has been read. */
static size_t guess(const sie_reader *r, size_t used)
{
    const uint64_t at = (uint64_t)(r->line_end - r->base) + 1;
    const double share = (double)r->l->len / (double)at;
    const size_t least = used + used / 8 + 64;
    const double all = (double)used * share * 1.02 + 64;
    return r->options.stream || all < (double)least ? least : (size_t)all;
}

void medel_sie_more_vouchers(sie_reader *r, size_t to)
{
    medel_ledger *l = r->l;
    if (to <= l->room.voucher_series)
        return;
    SIE_GROW(r, voucher_first, to);
    SIE_GROW(r, voucher_number, to);
    SIE_GROW(r, voucher_line, to);
    SIE_GROW(r, voucher_offset, to);
    SIE_GROW(r, voucher_day, to);
    SIE_GROW(r, voucher_regday, to);
    SIE_GROW(r, voucher_series, to);
}

void medel_sie_more_rows(sie_reader *r, size_t to)
{
    medel_ledger *l = r->l;
    if (to <= l->room.amount)
        return;
    SIE_GROW(r, account, to);
    SIE_GROW(r, day, to);
    SIE_GROW(r, objects_of, to);
    SIE_GROW(r, offset, to);
    SIE_GROW(r, amount, to);
    huge_pages(l->amount, to * sizeof *l->amount);
    huge_pages(l->objects_of, to * sizeof *l->objects_of);
    huge_pages(l->offset, to * sizeof *l->offset);
}

/* ---- object lists ---- */

static uint32_t hash_list(const uint32_t *objects, size_t n)
{
    uint64_t h = n;
    for (size_t i = 0; i < n; i++)
        h = (h ^ objects[i]) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(h >> 32);
}

static size_t list_slot(const sie_reader *r, const uint32_t *objects, size_t n)
{
    const medel_ledger *l = r->l;
    size_t i = hash_list(objects, n) & (r->list_slot_room - 1);
    for (;; i = (i + 1) & (r->list_slot_room - 1)) {
        const uint32_t list = r->list_slots[i];
        if (!list)
            return i;
        const uint32_t at = l->list_first[list];
        if (l->list_first[list + 1] - at == n
            && memcmp(l->list_items + at, objects, n * sizeof *objects) == 0)
            return i;
    }
}

static void more_list_slots(sie_reader *r)
{
    uint32_t *old = r->list_slots;
    const size_t from = r->list_slot_room, to = from ? 2 * from : 64;
    r->list_slots = NULL;
    r->list_slots = medel_sie_grow(r, NULL, 0, to, sizeof *old);
    r->list_slot_room = to;
    memset(r->list_slots, 0, to * sizeof *old);
    for (size_t i = 0; i < from; i++) {
        if (!old[i])
            continue;
        const uint32_t at = r->l->list_first[old[i]];
        r->list_slots[list_slot(r, r->l->list_items + at,
                                r->l->list_first[old[i] + 1] - at)] = old[i];
    }
    medel_resize(r->a, old, from * sizeof *old, 0);
}

static uint32_t new_list(sie_reader *r, const uint32_t *objects, size_t n)
{
    medel_ledger *l = r->l;
    const uint32_t at = l->list_first[l->nlists];
    if (l->nlists + 2 > l->room.list_first)
        SIE_GROW(r, list_first, 2 * l->room.list_first);
    if (at + n > l->room.list_items)
        SIE_GROW(r, list_items, l->room.list_items + l->room.list_items / 2 + n + 16);
    memcpy(l->list_items + at, objects, n * sizeof *objects);
    l->list_first[l->nlists + 1] = at + (uint32_t)n;
    return (uint32_t)l->nlists++;
}

/* Lists of two objects are found by both as one number: there are many of them, and what
   is compared then stands in the slot itself. */
static sie_pair *pair_slot(const sie_reader *r, uint32_t key)
{
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (r->pair_room - 1);
    while (r->pairs[i].list && r->pairs[i].key != key)
        i = (i + 1) & (r->pair_room - 1);
    return &r->pairs[i];
}

static void more_pairs(sie_reader *r)
{
    sie_pair *old = r->pairs;
    const size_t from = r->pair_room, to = from ? 2 * from : 1024;
    sie_pair *pairs = medel_sie_grow(r, NULL, 0, to, sizeof *pairs);
    memset(pairs, 0, to * sizeof *pairs);
    r->pairs = pairs;
    r->pair_room = to;
    for (size_t i = 0; i < from; i++) {
        if (old[i].list)
            *pair_slot(r, old[i].key) = old[i];
    }
    medel_resize(r->a, old, from * sizeof *old, 0);
}

static uint32_t pair_list(sie_reader *r, const uint32_t *objects)
{
    const uint32_t key = objects[0] << 16 | objects[1];
    if (r->npairs >= r->pair_room / 4 * 3)
        more_pairs(r);
    sie_pair *p = pair_slot(r, key);
    if (!p->list) {
        const uint32_t list = new_list(r, objects, 2);
        *p = (sie_pair){ key, list };
        r->npairs++;
    }
    return p->list;
}

uint32_t medel_sie_list_of(sie_reader *r, const uint32_t *objects, size_t n)
{
    if (!n)
        return 0;
    if (n == 2 && objects[0] <= UINT16_MAX && objects[1] <= UINT16_MAX)
        return pair_list(r, objects);
    if (2 * (r->nlong + 1) >= r->list_slot_room)
        more_list_slots(r);
    const size_t slot = list_slot(r, objects, n);
    if (!r->list_slots[slot]) {
        r->list_slots[slot] = new_list(r, objects, n);
        r->nlong++;
    }
    return r->list_slots[slot];
}

#define LIST_OBJECTS                                                                     \
    32 /* of one list; the specification has 19 dimensions and free ones */

uint32_t medel_sie_list(sie_reader *r, const char *label, unsigned field,
                        const sie_field *f)
{
    uint32_t objects[LIST_OBJECTS];
    size_t n = 0;
    const char *p = f->p, *end = f->p + f->len;
    sie_field dimension, object;
    while (medel_sie_word(&p, end, &dimension)) {
        if (!medel_sie_word(&p, end, &object) || !dimension.len || n == LIST_OBJECTS) {
            medel_sie_deviate(r, DEV_list_odd, label, field, f->p, f->len);
            break;
        }
        if (!object.len)
            continue; /* "1 \"\"": no object of the dimension */
        const uint32_t d = medel_sie_dimension(r, dimension.p, dimension.len);
        const uint32_t o = medel_sie_object(r, d, object.p, object.len);
        for (size_t i = 0; i < n; i++) {
            if (OBJECTS(r->l)[objects[i]].dimension == d)
                medel_sie_deviate(r, DEV_list_dimension_twice, label, field, f->p,
                                  f->len);
        }
        if (!OBJECTS(r->l)[o].declared)
            medel_sie_deviate(r, DEV_object_undeclared, label, field, f->p, f->len);
        objects[n++] = o;
    }
    return medel_sie_list_of(r, objects, n);
}

/* ---- vouchers ---- */

uint32_t medel_sie_series(sie_reader *r, const char *p, size_t len)
{
    bool fresh;
    const uint32_t n = medel_names_add(r->a, &r->l->series_names, p, len, 0, &fresh);
    if (fresh) {
        const sie_field f = { p, (uint32_t)len, true, false };
        medel_series *s = MEDEL_PUSH(r->a, &r->l->series, medel_series);
        s->name = medel_sie_text(r, &f);
        s->high = -1;
        s->ascending = true;
        if (n > UINT16_MAX)
            medel_sie_fail(r, MEDEL_E_LIMIT, "at most 65 536 series", NULL,
                           "too many series of vouchers");
    }
    return n;
}

/* What a series knows of its numbers. */
static void count_number(medel_series *s, uint32_t number)
{
    s->vouchers++;
    if (number == MEDEL_NO_INDEX)
        return;
    s->ascending = s->ascending && (int64_t)number > s->high;
    if (s->high < s->low || number < s->low)
        s->low = number;
    if ((int64_t)number > s->high)
        s->high = number;
}

static uint32_t voucher_number(const sie_field *f)
{
    uint64_t v = 0;
    if (!f->len || f->len > 10)
        return MEDEL_NO_INDEX;
    for (uint32_t i = 0; i < f->len; i++) {
        if (!medel_digit(f->p[i]))
            return MEDEL_NO_INDEX;
        v = v * 10 + (uint64_t)(f->p[i] - '0');
    }
    return v < MEDEL_NO_INDEX ? (uint32_t)v : MEDEL_NO_INDEX;
}

static bool tell(sie_reader *r, medel_ledger_event_kind kind, const medel_ledger_row *row)
{
    if (!r->options.event)
        return true;
    const sie_open_line line = { r->line_start, r->line_end };
    medel_ledger_event e = { .kind = kind, .voucher = r->now, .inside = &line };
    if (row)
        e.row = *row;
    return r->options.event(r->options.event_ud, r->l, &e);
}

static void tell_or_stop(sie_reader *r, medel_ledger_event_kind kind,
                         const medel_ledger_row *row)
{
    if (!tell(r, kind, row))
        medel_sie_fail(r, MEDEL_E_STOPPED, NULL, NULL, "reading was stopped");
}

void medel_sie_begin(sie_reader *r, uint32_t series, uint32_t number, uint16_t day,
                     uint16_t regday, uint32_t line)
{
    medel_ledger *l = r->l;
    count_number(&SERIES(l)[series], number);
    r->open = true;
    r->braces = false;
    r->now = (medel_voucher){ .index = (uint32_t)r->nvouchers,
                              .series = series,
                              .number = number == MEDEL_NO_INDEX ? -1 : (int64_t)number,
                              .day = medel_ledger_day(day),
                              .regday = medel_ledger_day(regday),
                              .line = line };
    r->now_day = day;
    if (r->nvouchers == UINT32_MAX - 1)
        medel_sie_fail(r, MEDEL_E_LIMIT, NULL, NULL, "too many vouchers");
    if (r->options.stream) {
        r->nvouchers++;
        tell_or_stop(r, MEDEL_EVENT_VOUCHER, NULL);
        return;
    }
    if (r->nvouchers == l->room.voucher_series)
        medel_sie_more_vouchers(r, guess(r, l->room.voucher_series));
    const size_t v = r->nvouchers++;
    l->voucher_first[v] = (uint32_t)r->nrows;
    l->voucher_number[v] = number;
    l->voucher_line[v] = line;
    l->voucher_offset[v] = (uint32_t)(r->line_start - r->base);
    l->voucher_day[v] = day;
    l->voucher_regday[v] = regday;
    l->voucher_series[v] = (uint16_t)series;
}

static uint16_t day_field(sie_reader *r, const char *label, const sie_fields *f, size_t i)
{
    if (i >= f->n || !f->at[i].len)
        return 0;
    const uint16_t day = f->at[i].list ? 0 : medel_sie_day(f->at[i].p, f->at[i].len);
    if (!day)
        medel_sie_deviate(r, DEV_date_form, label, (unsigned)i + 1, f->at[i].p,
                          f->at[i].len);
    return day;
}

void medel_sie_ver(sie_reader *r, const sie_fields *f)
{
    static const sie_field none = { "", 0, false, false };
    size_t n = f->n;
    if (n && f->at[n - 1].list) { /* { at the end of the line */
        medel_sie_deviate(r, DEV_brace_on_line, "VER", (unsigned)n, NULL, 0);
        n--;
    }
    const sie_field *series = n > 0 ? &f->at[0] : &none;
    const sie_field *number = n > 1 ? &f->at[1] : &none;
    if (!series->len)
        medel_sie_deviate(r, DEV_series_empty, "VER", 1, NULL, 0);
    if (!number->len)
        medel_sie_deviate(r, DEV_number_empty, "VER", 2, NULL, 0);
    const uint32_t v = voucher_number(number);
    if (number->len && v == MEDEL_NO_INDEX)
        medel_sie_deviate(r, DEV_number_form, "VER", 2, number->p, number->len);
    if (n < 3 || !f->at[2].len)
        medel_sie_deviate(r, DEV_date_missing, "VER", 3, NULL, 0);
    sie_fields only = *f;
    only.n = n;
    const uint16_t day = day_field(r, "VER", &only, 2);
    const uint16_t regday = day_field(r, "VER", &only, 4);
    medel_sie_begin(r, medel_sie_series(r, series->p, series->len), v, day, regday,
                    (uint32_t)r->line);
    r->braces = n < f->n;
}

void medel_sie_end_voucher(sie_reader *r)
{
    for (size_t i = 0; i < r->npending; i++)
        medel_sie_deviate_at(r, DEV_added_without_twin, "RTRANS", r->pending[i].line, 0,
                             NULL, 0);
    r->npending = 0;
    r->open = r->braces = false;
    if (!r->now.count)
        medel_sie_deviate_at(r, DEV_voucher_empty, "VER", r->now.line, 0, NULL, 0);
    medel_ledger *l = r->l;
    l->tested_vouchers += r->now.count > 0;
    l->nunbalanced += r->now.sum != 0;
    if (!r->options.stream)
        return;
    if (r->now.sum) {
        if (l->nunbalanced <= SIE_UNBALANCED)
            l->unbalanced[l->nunbalanced - 1] =
                (medel_ledger_check){ MEDEL_LEDGER_VOUCHER,
                                      MEDEL_NO_INDEX,
                                      0,
                                      r->now.index,
                                      0,
                                      r->now.line,
                                      0,
                                      r->now.sum };
    }
    tell_or_stop(r, MEDEL_EVENT_END, NULL);
}

/* ---- rows ---- */

void medel_sie_absolute(sie_reader *r, int64_t amount)
{
    r->absolute += amount < 0 ? -(uint64_t)amount : (uint64_t)amount;
    if (r->absolute > INT64_MAX)
        medel_sie_fail(r, MEDEL_E_OVERFLOW, NULL, NULL,
                       "the amounts of all rows together do not fit in 64 bits");
}

/* Room for the totals of an account; months are those of year 0, if it is known by now.
 */
static void room_for_totals(sie_reader *r, uint32_t account)
{
    medel_ledger *l = r->l;
    const size_t from = l->room.totals, to = account + account / 2 + 64;
    if (!from)
        l->nmonths = medel_ledger_months_of(l, &l->month_zero);
    SIE_GROW(r, totals, to);
    memset(l->totals + from, 0, (to - from) * sizeof *l->totals);
    if (l->nmonths) {
        SIE_GROW(r, months, to * l->nmonths);
        memset(l->months + from * l->nmonths, 0,
               (to - from) * l->nmonths * sizeof *l->months);
    }
}

/* Totals and events when rows are not kept. */
static void stream_row(sie_reader *r, const medel_ledger_row *row, uint16_t day)
{
    medel_ledger *l = r->l;
    if (row->kind == MEDEL_ROW_TRANS) {
        if (row->account >= l->room.totals)
            room_for_totals(r, row->account);
        medel_account_total *t = &l->totals[row->account];
        t->net += row->amount;
        t->debit += row->amount > 0 ? row->amount : 0;
        t->rows++;
        const uint32_t month = medel_month_of(day);
        const uint32_t i = month / 100 * 12 + month % 100 - 1 - l->month_zero;
        if (month && i < l->nmonths)
            l->months[(size_t)row->account * l->nmonths + i] += row->amount;
        else
            l->outside_months++;
    }
    tell_or_stop(r, MEDEL_EVENT_ROW, row);
}

static void twin(sie_reader *r, const medel_ledger_row *row)
{
    for (size_t i = 0; i < r->npending; i++) {
        const sie_pending *p = &r->pending[i];
        if (p->account == row->account && p->objects == row->objects
            && p->amount == row->amount) {
            r->pending[i] = r->pending[--r->npending];
            return;
        }
    }
}

static void keep_row(sie_reader *r, const medel_ledger_row *row, uint16_t day)
{
    medel_ledger *l = r->l;
    const uint32_t offset = (uint32_t)(r->line_start - r->base);
    if (row->kind != MEDEL_ROW_TRANS) {
        *MEDEL_PUSH(r->a, &r->trail, sie_trail) =
            (sie_trail){ row->voucher,           offset, row->objects, row->line,
                         (uint16_t)row->account, day,    row->amount,  row->kind };
        return;
    }
    if (r->nrows == l->room.amount)
        medel_sie_more_rows(r, guess(r, l->room.amount));
    const size_t i = r->nrows;
    if (l->row_line)
        l->row_line[i] = row->line;
    l->account[i] = (uint16_t)row->account;
    l->day[i] = day;
    l->objects_of[i] = row->objects;
    l->offset[i] = offset;
    l->amount[i] = row->amount;
}

void medel_sie_add_row(sie_reader *r, medel_ledger_row *row, uint16_t day)
{
    const bool counts = row->kind == MEDEL_ROW_TRANS;
    if (r->nrows + r->ntrail >= UINT32_MAX - 1)
        medel_sie_fail(r, MEDEL_E_LIMIT, NULL, NULL, "too many rows");
    row->voucher = r->now.index;
    row->day = medel_ledger_day(day);
    row->index = (uint32_t)(counts ? r->nrows : r->ntrail);
    row->line = (uint32_t)r->line;
    medel_sie_absolute(r, row->amount);
    if (counts) {
        r->now.sum += row->amount;
        r->now.debit += row->amount > 0 ? row->amount : 0;
        r->now.count++;
        if (r->npending)
            twin(r, row);
    } else {
        r->now.ntrail++;
        if (row->kind == MEDEL_ROW_RTRANS && r->npending < SIE_PENDING)
            r->pending[r->npending++] =
                (sie_pending){ row->account, row->objects, row->line, row->amount };
    }
    if (r->options.stream)
        stream_row(r, row, day);
    else
        keep_row(r, row, day);
    *(counts ? &r->nrows : &r->ntrail) += 1;
}

/* Date, text, quantity and sign; the row's day. */
static uint16_t rest_of_row(sie_reader *r, const char *label, const sie_fields *f,
                            size_t at)
{
    uint16_t day = day_field(r, label, f, at);
    if (day && day != r->now_day)
        medel_sie_deviate(r, DEV_row_date_differs, label, (unsigned)at + 1, f->at[at].p,
                          f->at[at].len);
    if (at + 2 < f->n && f->at[at + 2].len) {
        const sie_field *q = &f->at[at + 2];
        const bool good = medel_sie_quantity(q->p, q->len);
        medel_sie_deviate(r, good ? DEV_row_quantity : DEV_quantity_form, label,
                          (unsigned)at + 3, q->p, q->len);
    }
    if (at + 3 < f->n && f->at[at + 3].len)
        medel_sie_deviate(r, DEV_row_sign, label, (unsigned)at + 4, f->at[at + 3].p,
                          f->at[at + 3].len);
    return day ? day : r->now_day;
}

void medel_sie_row(sie_reader *r, sie_label label, const sie_fields *f)
{
    const char *name = medel_sie_label_info(label)->name;
    medel_ledger_row row = { .kind = label == SIE_TRANS    ? MEDEL_ROW_TRANS
                                     : label == SIE_RTRANS ? MEDEL_ROW_RTRANS
                                                           : MEDEL_ROW_BTRANS };
    size_t at = 1;
    bool fresh;
    if (!r->open) {
        medel_sie_deviate(r, DEV_row_outside, name, 0, NULL, 0);
        medel_sie_begin(r, medel_sie_series(r, "", 0), MEDEL_NO_INDEX, 0, 0, 0);
    } else if (!r->braces && r->now.line && !r->now.count && !r->now.ntrail) {
        medel_sie_deviate_at(r, DEV_voucher_unopened, "VER", r->now.line, 0, NULL, 0);
    }
    if (f->n < 2 || !f->at[0].len || f->at[0].list || (f->marks & SIE_OPEN_LIST)) {
        medel_sie_deviate(
            r, f->marks & SIE_OPEN_LIST ? DEV_list_unclosed : DEV_item_unreadable, name,
            0, r->line_start, (size_t)(r->line_end - r->line_start));
        return;
    }
    if (f->at[1].list)
        row.objects = medel_sie_list(r, name, 2, &f->at[at++]);
    else
        medel_sie_deviate(r, DEV_list_missing, name, 2, NULL, 0);
    const bool fine = medel_sie_amount_field(r, name, f, at, &row.amount);
    row.account = medel_sie_account(r, f->at[0].p, f->at[0].len, &fresh);
    medel_account *a = &ACCOUNTS(r->l)[row.account];
    a->lacks |= !fine;
    if (!fine)
        return;
    if (!a->declared)
        medel_sie_deviate(r,
                          r->seen[SIE_KONTO] ? DEV_account_undeclared : DEV_chart_absent,
                          name, 1, f->at[0].p, f->at[0].len);
    const uint16_t day = rest_of_row(r, name, f, at + 1);
    medel_sie_add_row(r, &row, day);
}

void medel_sie_quick_row(sie_reader *r, uint32_t account, uint32_t list, int64_t amount)
{
    medel_ledger *l = r->l;
    r->seen[SIE_TRANS]++;
    if (r->options.stream) {
        medel_ledger_row row = {
            .kind = MEDEL_ROW_TRANS, .account = account, .objects = list, .amount = amount
        };
        medel_sie_add_row(r, &row, r->now_day);
        return;
    }
    if (r->nrows == l->room.amount)
        medel_sie_more_rows(r, guess(r, l->room.amount));
    const size_t i = r->nrows++;
    medel_sie_absolute(r, amount);
    l->account[i] = (uint16_t)account;
    l->day[i] = r->now_day;
    l->objects_of[i] = list;
    l->offset[i] = (uint32_t)(r->line_start - r->base);
    l->amount[i] = amount;
    r->now.count++;
    r->now.sum += amount;
}
