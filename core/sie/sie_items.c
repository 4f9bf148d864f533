/* sie_items.c - the items of a SIE file but for vouchers and their rows. */
#include "sie_reader.h"

#include <string.h>

static const char *name_of(sie_label label)
{
    return medel_sie_label_info(label)->name;
}

const char *medel_sie_text(sie_reader *r, const sie_field *f)
{
    char *text = medel_arena_get(r->a, 3 * (size_t)f->len + 1);
    medel_sie_decode(&r->l->table, f->p, f->len, f->quoted, text, 3 * (size_t)f->len + 1);
    return text;
}

static bool is(const sie_field *f, const char *text)
{
    return f->len == strlen(text) && memcmp(f->p, text, f->len) == 0;
}

static bool digits(const char *p, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (!medel_digit(p[i]))
            return false;
    }
    return len > 0;
}

static void unreadable(sie_reader *r, sie_label label)
{
    medel_sie_deviate(r, DEV_item_unreadable, name_of(label), 0, r->line_start,
                      (size_t)(r->line_end - r->line_start));
}

/* ---- single values ---- */

static int32_t date_of(sie_reader *r, sie_label label, const sie_fields *f, size_t i)
{
    if (i >= f->n || !f->at[i].len)
        return MEDEL_NO_DAY;
    const uint16_t day = f->at[i].list ? 0 : medel_sie_day(f->at[i].p, f->at[i].len);
    if (!day)
        medel_sie_deviate(r, DEV_date_form, name_of(label), (unsigned)i + 1, f->at[i].p,
                          f->at[i].len);
    return medel_ledger_day(day);
}

/* The check digit of NNNNNNNNNN. */
static bool luhn(const char d[10])
{
    int sum = 0;
    for (int i = 0; i < 10; i++) {
        const int v = (d[i] - '0') * (i % 2 ? 1 : 2);
        sum += v > 9 ? v - 9 : v;
    }
    return sum % 10 == 0;
}

static void orgnr(sie_reader *r, const sie_field *f)
{
    char plain[10];
    const bool form =
        f->len == 11 && f->p[6] == '-' && digits(f->p, 6) && digits(f->p + 7, 4);
    if (!form) {
        medel_sie_deviate(r, DEV_orgnr_form, "ORGNR", 1, f->p, f->len);
        return;
    }
    memcpy(plain, f->p, 6);
    memcpy(plain + 6, f->p + 7, 4);
    if (!luhn(plain))
        medel_sie_deviate(r, DEV_orgnr_check, "ORGNR", 1, f->p, f->len);
}

static bool known_ftyp(const sie_field *f)
{
    static const char *const types[] = { "AB",  "E",   "HB",  "KB",  "EK",  "KHF",
                                         "BRF", "BF",  "SF",  "I",   "S",   "FL",
                                         "BAB", "MB",  "SB",  "BFL", "FAB", "OFB",
                                         "SE",  "SCE", "TSF", "X" };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (is(f, types[i]))
            return true;
    }
    return false;
}

static bool known_kptyp(const sie_field *f)
{
    return is(f, "BAS95") || is(f, "BAS96") || is(f, "EUBAS97") || is(f, "NE2007")
           || (f->len >= 4 && memcmp(f->p, "BAS2", 4) == 0);
}

static bool currency(const sie_field *f)
{
    for (size_t i = 0; i < f->len; i++) {
        if (f->p[i] < 'A' || f->p[i] > 'Z')
            return false;
    }
    return f->len == 3;
}

/* A head item whose single field must be something. */
static void expect(sie_reader *r, bool holds, sie_deviation_code code, sie_label label,
                   const sie_field *f)
{
    if (!holds && f->len)
        medel_sie_deviate(r, code, name_of(label), 1, f->p, f->len);
}

static void prosa(sie_reader *r, const char *text)
{
    medel_ledger_head *h = &r->l->head;
    h->prosa = h->prosa ? medel_arena_format(r->a, "%s\n%s", h->prosa, text) : text;
}

static void head_item(sie_reader *r, sie_label label, const sie_fields *f)
{
    static const sie_field none = { "", 0, false, false };
    medel_ledger_head *h = &r->l->head;
    const sie_field *first = f->n ? &f->at[0] : &none;
    const char *text = medel_sie_text(r, first);
    switch (label) {
    case SIE_FLAGGA:
        h->flagga = text;
        if (!is(first, "0"))
            medel_sie_deviate(r, DEV_flagga_read, "FLAGGA", 1, first->p, first->len);
        break;
    case SIE_PROGRAM:
        h->program = text;
        h->version = f->n > 1 ? medel_sie_text(r, &f->at[1]) : NULL;
        break;
    case SIE_FORMAT:
        h->format = text;
        expect(r, is(first, "PC8"), DEV_format_unknown, label, first);
        break;
    case SIE_GEN:
        h->gen = date_of(r, label, f, 0);
        h->gen_sign = f->n > 1 ? medel_sie_text(r, &f->at[1]) : NULL;
        break;
    case SIE_SIETYP:
        h->sietyp = text;
        expect(r, first->len == 1 && *first->p >= '1' && *first->p <= '4',
               DEV_sietyp_unknown, label, first);
        break;
    case SIE_PROSA: prosa(r, text); break;
    case SIE_FTYP:
        h->ftyp = text;
        expect(r, known_ftyp(first), DEV_ftyp_unknown, label, first);
        break;
    case SIE_FNR: h->fnr = text; break;
    case SIE_ORGNR:
        h->orgnr = text;
        if (first->len)
            orgnr(r, first);
        break;
    case SIE_BKOD: h->bkod = text; break;
    case SIE_ADRESS:
        for (size_t i = 0; i < 4; i++)
            h->adress[i] = i < f->n ? medel_sie_text(r, &f->at[i]) : NULL;
        break;
    case SIE_FNAMN: h->fnamn = text; break;
    case SIE_TAXAR:
        h->taxar = text;
        expect(r, first->len == 4 && digits(first->p, 4), DEV_taxar_form, label, first);
        break;
    case SIE_OMFATTN: h->omfattn = date_of(r, label, f, 0); break;
    case SIE_KPTYP:
        h->kptyp = text;
        expect(r, known_kptyp(first), DEV_kptyp_unknown, label, first);
        break;
    case SIE_VALUTA:
        h->valuta = text;
        expect(r, currency(first), DEV_valuta_form, label, first);
        break;
    default: break;
    }
}

/* ---- years ---- */

/* 0, -1, -2 ... -99 */
static bool year_number(sie_reader *r, sie_label label, const sie_field *f, int *out)
{
    const size_t sign = f->len && *f->p == '-';
    const size_t n = f->len - sign;
    if (n >= 1 && n <= 2 && digits(f->p + sign, n)) {
        const int v =
            n == 1 ? f->p[sign] - '0' : (f->p[sign] - '0') * 10 + f->p[sign + 1] - '0';
        if (sign || !v) {
            *out = -v;
            return true;
        }
    }
    medel_sie_deviate(r, DEV_year_form, name_of(label), 1, f->p, f->len);
    return false;
}

static void rar(sie_reader *r, const sie_fields *f)
{
    int number;
    if (f->n < 3) {
        unreadable(r, SIE_RAR);
        return;
    }
    if (!year_number(r, SIE_RAR, &f->at[0], &number))
        return;
    medel_ledger_year y = { number, date_of(r, SIE_RAR, f, 1), date_of(r, SIE_RAR, f, 2),
                            (uint32_t)r->line };
    if (y.start != MEDEL_NO_DAY && y.end != MEDEL_NO_DAY) {
        if (y.end < y.start)
            medel_sie_deviate(r, DEV_year_reversed, "RAR", 0, NULL, 0);
        else if (y.end - y.start > 549) /* 18 months are at most 549 days + the first */
            medel_sie_deviate(r, DEV_year_long, "RAR", 0, NULL, 0);
    }
    medel_ledger_year *all = r->l->years.data;
    for (size_t i = 0; i < r->l->years.count; i++) {
        if (all[i].number == number) {
            medel_sie_deviate(r, DEV_year_repeated, "RAR", 1, NULL, 0);
            all[i] = y;
            return;
        }
    }
    *MEDEL_PUSH(r->a, &r->l->years, medel_ledger_year) = y;
}

/* ---- chart ---- */

uint32_t medel_sie_account(sie_reader *r, const char *p, size_t len, bool *fresh)
{
    const uint32_t n = medel_names_add(r->a, &r->l->account_names, p, len, 0, fresh);
    if (!*fresh)
        return n;
    const sie_field f = { p, (uint32_t)len, true, false };
    medel_account *a = MEDEL_PUSH(r->a, &r->l->accounts, medel_account);
    a->number = medel_sie_text(r, &f);
    a->name = "";
    a->line = (uint32_t)r->line;
    a->value = -1;
    if (digits(p, len) && len <= 18) {
        a->value = 0;
        for (size_t i = 0; i < len; i++)
            a->value = a->value * 10 + (p[i] - '0');
    }
    return n;
}

static medel_account *account_of(sie_reader *r, sie_label label, const sie_fields *f)
{
    bool fresh;
    if (f->n < 2 || !f->at[0].len) {
        unreadable(r, label);
        return NULL;
    }
    const sie_field *it = &f->at[0];
    const uint32_t n = medel_sie_account(r, it->p, it->len, &fresh);
    return &ACCOUNTS(r->l)[n];
}

static void konto(sie_reader *r, const sie_fields *f)
{
    medel_account *a = account_of(r, SIE_KONTO, f);
    if (!a)
        return;
    const char *name = medel_sie_text(r, &f->at[1]);
    if (a->declared)
        medel_sie_deviate(r, DEV_account_repeated, "KONTO", 1, f->at[0].p, f->at[0].len);
    else if (!digits(f->at[0].p, f->at[0].len))
        medel_sie_deviate(r, DEV_account_not_numeric, "KONTO", 1, f->at[0].p,
                          f->at[0].len);
    a->name = name;
    a->declared = true;
    a->line = (uint32_t)r->line;
}

static void ktyp(sie_reader *r, const sie_fields *f)
{
    medel_account *a = account_of(r, SIE_KTYP, f);
    if (!a)
        return;
    const sie_field *it = &f->at[1];
    if (it->len == 1 && strchr("TSKI", *it->p))
        a->type = *it->p;
    else
        medel_sie_deviate(r, DEV_account_type, "KTYP", 2, it->p, it->len);
}

static void sru(sie_reader *r, const sie_fields *f)
{
    medel_account *a = account_of(r, SIE_SRU, f);
    if (!a)
        return;
    const char **codes = MEDEL_NEW(r->a, const char *, a->nsru + 1);
    if (a->nsru)
        memcpy(codes, a->sru, a->nsru * sizeof *codes);
    codes[a->nsru++] = medel_sie_text(r, &f->at[1]);
    a->sru = codes;
}

/* Names of the dimensions that the specification reserves. */
static const char *reserved_name(const char *number)
{
    static const char *const names[] = {
        "",        "Kostnadsställe", "Kostnadsbärare", "",           "",       "",
        "Projekt", "Anställd",       "Kund",           "Leverantör", "Faktura"
    };
    const int v = medel_digit(number[0]) && !number[1] ? number[0] - '0'
                  : strcmp(number, "10") == 0          ? 10
                                                       : 0;
    return names[v];
}

uint32_t medel_sie_dimension(sie_reader *r, const char *p, size_t len)
{
    bool fresh;
    const uint32_t n = medel_names_add(r->a, &r->l->dimension_names, p, len, 0, &fresh);
    if (!fresh)
        return n;
    const sie_field f = { p, (uint32_t)len, true, false };
    medel_dimension_decl *d = MEDEL_PUSH(r->a, &r->l->dimensions, medel_dimension_decl);
    d->number = medel_sie_text(r, &f);
    d->name = reserved_name(d->number);
    d->reserved = digits(p, len) && (len == 1 ? *p > '0' : len == 2 && *p == '1');
    d->parent = strcmp(d->number, "2") == 0 ? "1" : NULL;
    d->line = (uint32_t)r->line;
    return n;
}

uint32_t medel_sie_object(sie_reader *r, uint32_t dimension, const char *p, size_t len)
{
    bool fresh;
    const uint32_t n =
        medel_names_add(r->a, &r->l->object_names, p, len, dimension, &fresh);
    if (!fresh)
        return n;
    const sie_field f = { p, (uint32_t)len, true, false };
    medel_object *o = MEDEL_PUSH(r->a, &r->l->objects, medel_object);
    o->dimension = dimension;
    o->number = medel_sie_text(r, &f);
    o->name = "";
    o->line = (uint32_t)r->line;
    return n;
}

static void dim(sie_reader *r, sie_label label, const sie_fields *f)
{
    if (f->n < medel_sie_label_info(label)->min || !f->at[0].len) {
        unreadable(r, label);
        return;
    }
    const uint32_t n = medel_sie_dimension(r, f->at[0].p, f->at[0].len);
    medel_dimension_decl *d = (medel_dimension_decl *)r->l->dimensions.data + n;
    if (d->declared)
        medel_sie_deviate(r, DEV_dimension_repeated, name_of(label), 1, f->at[0].p,
                          f->at[0].len);
    else if (d->reserved && !*d->name)
        medel_sie_deviate(r, DEV_dimension_reserved, name_of(label), 1, f->at[0].p,
                          f->at[0].len);
    d->name = medel_sie_text(r, &f->at[1]);
    d->declared = true;
    d->line = (uint32_t)r->line;
    if (label == SIE_UNDERDIM)
        d->parent = medel_sie_text(r, &f->at[2]);
}

static void objekt(sie_reader *r, const sie_fields *f)
{
    if (f->n < 3 || !f->at[0].len || !f->at[1].len) {
        unreadable(r, SIE_OBJEKT);
        return;
    }
    const uint32_t dimension = medel_sie_dimension(r, f->at[0].p, f->at[0].len);
    const medel_dimension_decl *d =
        (medel_dimension_decl *)r->l->dimensions.data + dimension;
    if (!d->declared && !d->reserved)
        medel_sie_deviate(r, DEV_dimension_undeclared, "OBJEKT", 1, f->at[0].p,
                          f->at[0].len);
    const uint32_t n = medel_sie_object(r, dimension, f->at[1].p, f->at[1].len);
    medel_object *o = &OBJECTS(r->l)[n];
    if (o->declared)
        medel_sie_deviate(r, DEV_object_repeated, "OBJEKT", 2, f->at[1].p, f->at[1].len);
    o->name = medel_sie_text(r, &f->at[2]);
    o->declared = true;
    o->line = (uint32_t)r->line;
}

/* ---- balances ---- */

static const medel_balance_kind kinds[SIE_LABELS] = {
    [SIE_IB] = MEDEL_BALANCE_IB,           [SIE_UB] = MEDEL_BALANCE_UB,
    [SIE_RES] = MEDEL_BALANCE_RES,         [SIE_OIB] = MEDEL_BALANCE_OIB,
    [SIE_OUB] = MEDEL_BALANCE_OUB,         [SIE_PSALDO] = MEDEL_BALANCE_PSALDO,
    [SIE_PBUDGET] = MEDEL_BALANCE_PBUDGET,
};

static sie_deviation_code amount_deviation(sie_amount why)
{
    static const sie_deviation_code codes[] = {
        [SIE_AMOUNT_EMPTY] = DEV_amount_missing,
        [SIE_AMOUNT_COMMA] = DEV_amount_comma,
        [SIE_AMOUNT_PLUS] = DEV_amount_plus,
        [SIE_AMOUNT_SPACE] = DEV_amount_space,
        [SIE_AMOUNT_DECIMALS] = DEV_amount_decimals,
        [SIE_AMOUNT_OVERFLOW] = DEV_amount_overflow,
        [SIE_AMOUNT_FORM] = DEV_amount_form,
    };
    return codes[why];
}

/* "1 234,50" without quotes is two fields, of which the first would do as an amount.  In
   a row a date comes next; in a balance a quantity may, which does not begin with 0. */
static bool split_amount(const sie_field *amount, const sie_field *next, bool dated)
{
    const size_t sign = amount->len && *amount->p == '-';
    return !amount->quoted && amount->len - sign <= 3
           && !memchr(amount->p, '.', amount->len) && !next->quoted && !next->list
           && next->len >= 3 && digits(next->p, 3) && (dated || *next->p == '0')
           && (next->len == 3 || next->p[3] == ',' || next->p[3] == '.');
}

bool medel_sie_amount_field(sie_reader *r, const char *label, const sie_fields *f,
                            size_t i, int64_t *ore)
{
    static const sie_field none = { "", 0, false, false };
    const sie_field *it = i < f->n ? &f->at[i] : &none;
    sie_amount why = medel_sie_amount(ore, it->p, it->len);
    if (why == SIE_AMOUNT_OK && i + 1 < f->n
        && split_amount(it, &f->at[i + 1], strstr(label, "TRANS") != NULL))
        why = SIE_AMOUNT_SPACE;
    if (it->list)
        why = SIE_AMOUNT_FORM;
    if (why == SIE_AMOUNT_OK)
        return true;
    medel_sie_deviate(r, amount_deviation(why), label, (unsigned)i + 1, it->p, it->len);
    return false;
}

static void balance(sie_reader *r, sie_label label, const sie_fields *f)
{
    const bool period = label == SIE_PSALDO || label == SIE_PBUDGET;
    const bool objects = period || label == SIE_OIB || label == SIE_OUB;
    const char *name = name_of(label);
    medel_balance b = { .kind = kinds[label], .line = (uint32_t)r->line };
    size_t at = 0;
    bool fresh;
    if (f->n < 3u + period || !f->at[1u + period].len) {
        unreadable(r, label);
        return;
    }
    if (!year_number(r, label, &f->at[at++], &b.year))
        return;
    if (period) {
        b.month = medel_sie_month(f->at[at].p, f->at[at].len);
        if (!b.month) {
            medel_sie_deviate(r, DEV_period_form, name, 2, f->at[at].p, f->at[at].len);
            return;
        }
        at++;
    }
    const sie_field *account = &f->at[at++];
    if (objects) {
        const bool list = at < f->n && f->at[at].list;
        if (list)
            b.objects = medel_sie_list(r, name, (unsigned)at + 1, &f->at[at]);
        else
            medel_sie_deviate(r, DEV_list_missing, name, (unsigned)at + 1, NULL, 0);
        at += list;
    }
    const bool fine = medel_sie_amount_field(r, name, f, at, &b.amount);
    b.account = medel_sie_account(r, account->p, account->len, &fresh);
    ACCOUNTS(r->l)[b.account].lacks |= !fine;
    if (!fine)
        return;
    if (++at < f->n && f->at[at].len) {
        b.quantity = medel_sie_text(r, &f->at[at]);
        if (!medel_sie_quantity(f->at[at].p, f->at[at].len))
            medel_sie_deviate(r, DEV_quantity_form, name, (unsigned)at + 1, f->at[at].p,
                              f->at[at].len);
    }
    if (!ACCOUNTS(r->l)[b.account].declared)
        medel_sie_deviate(r,
                          r->seen[SIE_KONTO] ? DEV_account_undeclared : DEV_chart_absent,
                          name, 2u + period, account->p, account->len);
    *MEDEL_PUSH(r->a, &r->l->balances, medel_balance) = b;
}

/* ---- #KSUMMA ---- */

static void ksumma(sie_reader *r, const sie_fields *f)
{
    medel_ledger_head *h = &r->l->head;
    if (!f->n) { /* the first */
        h->ksumma_markers |= 1;
        r->ksumma_on = true;
        r->crc = 0;
        return;
    }
    h->ksumma_markers |= 2;
    uint64_t stated = 0;
    bool plain = f->at[0].len <= 10 && digits(f->at[0].p, f->at[0].len);
    for (size_t i = 0; plain && i < f->at[0].len; i++)
        stated = stated * 10 + (uint64_t)(f->at[0].p[i] - '0');
    if (!r->ksumma_on)
        medel_sie_deviate(r, DEV_ksumma_first_missing, "KSUMMA", 0, NULL, 0);
    h->ksumma_declared = plain ? (uint32_t)stated : 0;
    h->ksumma_computed = r->crc;
    if (r->ksumma_on && (!plain || stated != r->crc)) {
        const char *both = medel_arena_format(r->a, "%.*s, %lu", (int)f->at[0].len,
                                              f->at[0].p, (unsigned long)r->crc);
        medel_sie_deviate(r, DEV_ksumma_wrong, "KSUMMA", 1, both, strlen(both));
    }
    r->ksumma_on = false;
}

void medel_sie_item(sie_reader *r, sie_label label, const sie_fields *f)
{
    switch (label) {
    case SIE_RAR: rar(r, f); break;
    case SIE_KONTO: konto(r, f); break;
    case SIE_KTYP: ktyp(r, f); break;
    case SIE_ENHET: {
        medel_account *a = account_of(r, label, f);
        if (a)
            a->unit = medel_sie_text(r, &f->at[1]);
        break;
    }
    case SIE_SRU: sru(r, f); break;
    case SIE_DIM:
    case SIE_UNDERDIM: dim(r, label, f); break;
    case SIE_OBJEKT: objekt(r, f); break;
    case SIE_IB:
    case SIE_UB:
    case SIE_RES:
    case SIE_OIB:
    case SIE_OUB:
    case SIE_PSALDO:
    case SIE_PBUDGET: balance(r, label, f); break;
    case SIE_KSUMMA: ksumma(r, f); break;
    default: head_item(r, label, f); break;
    }
}
