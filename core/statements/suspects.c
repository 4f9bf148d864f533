/* suspects.c - possible causes of a difference, and how well a row fits where it stands.
 */
#include "suspects.h"

#include <stdlib.h>
#include <string.h>

#define TEXT 512
#define TWICE_DAYS 14 /* a payment each month is another payment */
#define WORD 5        /* letters of a word that says something */

/* ---- one suspect ---- */

/* What the books would be without it. */
static size_t changes_of(const suspects *x, const medel_book_cause *c,
                         medel_book_change *out)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    size_t n = 0;
    switch (c->kind) {
    case MEDEL_BOOKED_OUTSIDE:
    case MEDEL_BOOKED_TWICE:
    case MEDEL_BOOKED_OTHER_YEAR:
    case MEDEL_BOOKED_VOUCHER:
        for (uint32_t i = k->voucher_first[c->voucher];
             i < k->voucher_first[c->voucher + 1] && n < SUSPECTS; i++)
            out[n++] = (medel_book_change){ k->account[i],
                                            medel_statements_object(x->s, k->objects[i]),
                                            -k->amount[i], false };
        break;
    case MEDEL_BOOKED_MOVED:
    case MEDEL_BOOKED_NO_ROW:
        out[n++] = (medel_book_change){ c->account, c->object, -c->amount, false };
        out[n++] = (medel_book_change){ c->to_account, c->to_object, c->amount, false };
        break;
    case MEDEL_BOOKED_OPENING:
        out[n++] = (medel_book_change){ c->account, MEDEL_NO_INDEX, -c->amount, true };
        break;
    case MEDEL_BOOKED_UNBALANCED:
    case MEDEL_BOOKED_ACCOUNT:
        out[n++] = (medel_book_change){ c->account, c->object, -c->amount, false };
        break;
    }
    return n;
}

bool medel_suspects_add(suspects *x, const medel_book_cause *cause)
{
    medel_book_change list[SUSPECTS + 2];
    medel_statements *delta;
    const size_t n = changes_of(x, cause, list);
    suspect *one = MEDEL_PUSH(x->arena, &x->list, suspect);
    *one = (suspect){ *cause, NULL, false };
    const medel_status st =
        medel_statements_changed(&delta, x->s, list, n, &x->arena->allocator, &x->err);
    if (st != MEDEL_OK) {
        x->status = st;
        x->list.count--;
        return false;
    }
    one->delta = delta;
    return true;
}

int64_t medel_suspect_effect(const suspect *one, const medel_comparison *of)
{
    const medel_statement_row *row =
        of->year == 0
            ? medel_statements_find(one->delta, of->table, of->id, of->column, 0)
            : NULL;
    return row ? row->amount : 0;
}

/* ---- texts ---- */

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z');
}

/* Lower case of ASCII and of Latin-1's letters, as the ledger's own search has it. */
static void fold(char *s)
{
    for (unsigned char *b = (unsigned char *)s; *b; b++) {
        if (*b >= 'A' && *b <= 'Z')
            *b = (unsigned char)(*b + 32);
        else if (*b == 0xC3 && b[1] >= 0x80 && b[1] <= 0x9E && b[1] != 0x97)
            b[1] = (unsigned char)(b[1] + 32);
    }
}

static void text_of(const suspects *x, uint32_t voucher, char buf[TEXT])
{
    medel_ledger_voucher_text(x->l, voucher, MEDEL_TEXT_TEXT, buf, TEXT);
    if (!*buf) {
        const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
        const uint32_t first = k->voucher_first[voucher];
        if (first < k->voucher_first[voucher + 1])
            medel_ledger_row_text(x->l, first, MEDEL_TEXT_TEXT, buf, TEXT);
    }
    fold(buf);
}

/* Of the letters alone: "faktura 20349" and "faktura 20447" are the same. */
static uint64_t stem(const char *text)
{
    uint64_t h = 1469598103934665603u;
    size_t n = 0;
    for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
        if (!is_letter(*s))
            continue;
        h = (h ^ *s) * 1099511628211u;
        n++;
    }
    return n < WORD ? 0 : h | 1;
}

static void read_texts(suspects *x)
{
    const size_t n = medel_ledger_columns_of(x->l)->nvouchers;
    char buf[TEXT];
    if (x->texts)
        return;
    x->texts = MEDEL_NEW(x->arena, uint64_t, n + 1);
    for (uint32_t v = 0; v < n; v++) {
        text_of(x, v, buf);
        x->texts[v] = stem(buf);
    }
}

/* How many words of the name stand in the text. */
static int shared_words(const char *text, const char *name)
{
    char word[TEXT];
    size_t n = 0;
    int shared = 0;
    char folded[TEXT];
    strncpy(folded, name, TEXT - 1);
    folded[TEXT - 1] = '\0';
    fold(folded);
    for (const char *s = folded;; s++) {
        if (is_letter((unsigned char)*s)) {
            word[n++] = *s;
            continue;
        }
        word[n] = '\0';
        shared += n >= WORD && strstr(text, word) != NULL;
        n = 0;
        if (!*s)
            return shared;
    }
}

int medel_suspects_habit(suspects *x, uint32_t row, uint32_t account, uint32_t object,
                         uint32_t *like)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    const medel_account *accounts;
    const medel_object *objects;
    const uint32_t voucher = medel_ledger_row_voucher(x->l, row);
    char text[TEXT];
    int score = 0;
    medel_ledger_accounts(x->l, &accounts);
    medel_ledger_objects(x->l, &objects);
    read_texts(x);
    *like = MEDEL_NO_INDEX;
    for (uint32_t v = 0; x->texts[voucher] && v < k->nvouchers && score < 30; v++) {
        if (v == voucher || x->texts[v] != x->texts[voucher])
            continue;
        for (uint32_t i = k->voucher_first[v]; i < k->voucher_first[v + 1]; i++) {
            if (k->account[i] != account
                || (object != MEDEL_NO_INDEX
                    && medel_statements_object(x->s, k->objects[i]) != object))
                continue;
            *like = v;
            score += 10;
            break;
        }
    }
    text_of(x, voucher, text);
    score += shared_words(text, accounts[account].name);
    if (object != MEDEL_NO_INDEX)
        score += 5 * shared_words(text, objects[object].name);
    return score;
}

/* ---- vouchers that the books point at ---- */

static medel_book_cause about_voucher(medel_book_cause_kind kind, uint32_t voucher)
{
    return (medel_book_cause){ .kind = kind,
                               .row = MEDEL_NO_INDEX,
                               .voucher = voucher,
                               .account = MEDEL_NO_INDEX,
                               .object = MEDEL_NO_INDEX,
                               .to_account = MEDEL_NO_INDEX,
                               .to_object = MEDEL_NO_INDEX,
                               .like = MEDEL_NO_INDEX };
}

static bool room(const suspects *x)
{
    return x->list.count < SUSPECTS && x->status == MEDEL_OK;
}

static void add_unbalanced(suspects *x, uint32_t v, int64_t sum)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    for (uint32_t i = k->voucher_first[v]; i < k->voucher_first[v + 1] && room(x); i++) {
        medel_book_cause c = about_voucher(MEDEL_BOOKED_UNBALANCED, v);
        c.row = i;
        c.account = k->account[i];
        c.object = medel_statements_object(x->s, k->objects[i]);
        c.amount = sum;
        medel_suspects_add(x, &c);
    }
}

/* Does the text have the number of the year, and not of the ledger's own? */
static bool names_another(const char *text, int year)
{
    char own[8], before[8], after[8];
    const int years[3] = { year, year - 1, year + 1 };
    char *const to[3] = { own, before, after };
    for (int i = 0; i < 3; i++) {
        for (int d = 3, n = years[i]; d >= 0; d--, n /= 10)
            to[i][d] = (char)('0' + n % 10);
        to[i][4] = '\0';
    }
    return !strstr(text, own) && (strstr(text, before) || strstr(text, after));
}

static bool costs(const medel_ledger *l, uint32_t v)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(l);
    const medel_account *a;
    medel_ledger_accounts(l, &a);
    for (uint32_t i = k->voucher_first[v]; i < k->voucher_first[v + 1]; i++) {
        if (a[k->account[i]].result)
            return true;
    }
    return false;
}

static int year_of(int32_t day)
{
    char text[11];
    medel_date_format(day, text);
    return (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10
           + (text[3] - '0');
}

static void find_single(suspects *x, const medel_ledger_year *y)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    char text[TEXT];
    for (uint32_t v = 0; v < k->nvouchers && room(x); v++) {
        const int32_t day = medel_ledger_day(k->voucher_day[v]);
        int64_t sum = 0;
        for (uint32_t i = k->voucher_first[v]; i < k->voucher_first[v + 1]; i++)
            sum += k->amount[i];
        if (sum)
            add_unbalanced(x, v, sum);
        if (!y || y->start == MEDEL_NO_DAY || y->end == MEDEL_NO_DAY
            || day == MEDEL_NO_DAY || k->voucher_first[v] == k->voucher_first[v + 1])
            continue;
        medel_book_cause c = about_voucher(MEDEL_BOOKED_OUTSIDE, v);
        if (day < y->start || day > y->end) {
            medel_suspects_add(x, &c);
            continue;
        }
        text_of(x, v, text);
        c.kind = MEDEL_BOOKED_OTHER_YEAR;
        if (names_another(text, year_of(y->end)) && costs(x->l, v))
            medel_suspects_add(x, &c);
    }
}

/* ---- vouchers that repeat one ---- */

typedef struct alike {
    uint64_t hash;
    uint32_t voucher;
} alike;

static int by_hash(const void *a, const void *b)
{
    const alike *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->voucher > y->voucher) - (x->voucher < y->voucher);
}

/* Of the whole text and every row. */
static uint64_t whole(const suspects *x, uint32_t v)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    char text[TEXT];
    uint64_t h = 1469598103934665603u;
    text_of(x, v, text);
    if (!*text)
        return 0;
    for (const char *s = text; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    for (uint32_t i = k->voucher_first[v]; i < k->voucher_first[v + 1]; i++) {
        h = (h ^ k->account[i]) * 1099511628211u;
        h = (h ^ (uint64_t)k->amount[i]) * 1099511628211u;
    }
    return h | 1;
}

static void find_twice(suspects *x)
{
    const medel_ledger_columns *k = medel_ledger_columns_of(x->l);
    alike *all = MEDEL_NEW(x->arena, alike, k->nvouchers + 1);
    size_t n = 0;
    for (uint32_t v = 0; v < k->nvouchers; v++) {
        if (k->voucher_first[v] < k->voucher_first[v + 1])
            all[n++] = (alike){ whole(x, v), v };
    }
    qsort(all, n, sizeof *all, by_hash);
    for (size_t i = 1; i < n && room(x); i++) {
        const uint32_t a = all[i - 1].voucher, b = all[i].voucher;
        const int32_t apart = (int32_t)k->voucher_day[b] - (int32_t)k->voucher_day[a];
        if (!all[i].hash || all[i].hash != all[i - 1].hash || abs(apart) > TWICE_DAYS)
            continue;
        medel_book_cause c = about_voucher(MEDEL_BOOKED_TWICE, apart < 0 ? a : b);
        c.like = apart < 0 ? b : a;
        medel_suspects_add(x, &c);
    }
}

/* ---- opening balances ---- */

static void find_openings(suspects *x)
{
    medel_balance_kind kind;
    int of;
    const medel_account *accounts;
    const size_t n = medel_ledger_accounts(x->l, &accounts);
    bool stated = false;
    int64_t ib, ub;
    if (!medel_ledger_opens(x->l, 0, &kind, &of) || kind != MEDEL_BALANCE_IB)
        return;
    for (uint32_t a = 0; a < n; a++)
        stated |= medel_ledger_stated(x->l, MEDEL_BALANCE_UB, -1, a, 0, &ub);
    for (uint32_t a = 0; stated && a < n && room(x); a++) {
        ib = ub = 0;
        medel_ledger_stated(x->l, MEDEL_BALANCE_IB, 0, a, 0, &ib);
        if (!accounts[a].result)
            medel_ledger_stated(x->l, MEDEL_BALANCE_UB, -1, a, 0, &ub);
        medel_book_cause c = about_voucher(MEDEL_BOOKED_OPENING, MEDEL_NO_INDEX);
        c.account = a;
        if (ib != ub && !__builtin_sub_overflow(ib, ub, &c.amount))
            medel_suspects_add(x, &c);
    }
}

void medel_suspects_find(suspects *x)
{
    find_single(x, medel_ledger_year_of(x->l, 0));
    find_twice(x);
    find_openings(x);
}
