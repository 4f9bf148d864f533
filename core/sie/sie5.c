/* sie5.c - accounts, balances and vouchers of a SIE 5 file (XML), read by expat. */
#include "medel_priv.h"
#include "medel_sie.h"

#include <expat.h>
#include <string.h>

#define NAMESPACE "http://www.sie.se/sie5"
#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MAX_DEPTH 64
#define MAX_OBJECTS 32
#define MAX_YEARS 64
#define MAX_BYTES (UINT64_C(256) << 20)
#define CHUNK ((size_t)1 << 20)

typedef enum element {
    UNKNOWN, /* and all that is in it */
    SIE,
    FILE_INFO,
    SOFTWARE,
    CREATION,
    COMPANY,
    FISCAL_YEARS,
    FISCAL_YEAR,
    CURRENCY,
    ACCOUNTS,
    ACCOUNT,
    BALANCE,
    REFERENCE,
    DIMENSIONS,
    DIMENSION,
    OBJECT,
    JOURNAL,
    ENTRY,
    ENTRY_INFO,
    LEDGER_ENTRY,
    OVERSTRIKE,
    TOP
} element;

/* What may stand where.  Balances share one kind; their name says which. */
static const struct {
    const char *name;
    element is, in;
} grammar[] = {
    { "Sie", SIE, TOP },
    { "SieEntry", SIE, TOP },
    { "FileInfo", FILE_INFO, SIE },
    { "SoftwareProduct", SOFTWARE, FILE_INFO },
    { "FileCreation", CREATION, FILE_INFO },
    { "Company", COMPANY, FILE_INFO },
    { "FiscalYears", FISCAL_YEARS, FILE_INFO },
    { "FiscalYear", FISCAL_YEAR, FISCAL_YEARS },
    { "AccountingCurrency", CURRENCY, FILE_INFO },
    { "Accounts", ACCOUNTS, SIE },
    { "Account", ACCOUNT, ACCOUNTS },
    { "OpeningBalance", BALANCE, ACCOUNT },
    { "ClosingBalance", BALANCE, ACCOUNT },
    { "Budget", BALANCE, ACCOUNT },
    { "OpeningBalanceMultidim", BALANCE, ACCOUNT },
    { "ClosingBalanceMultidim", BALANCE, ACCOUNT },
    { "BudgetMultidim", BALANCE, ACCOUNT },
    { "ObjectReference", REFERENCE, BALANCE },
    { "Dimensions", DIMENSIONS, SIE },
    { "Dimension", DIMENSION, DIMENSIONS },
    { "Object", OBJECT, DIMENSION },
    { "Journal", JOURNAL, SIE },
    { "JournalEntry", ENTRY, JOURNAL },
    { "EntryInfo", ENTRY_INFO, ENTRY },
    { "LedgerEntry", LEDGER_ENTRY, ENTRY },
    { "ObjectReference", REFERENCE, LEDGER_ENTRY },
    { "Overstrike", OVERSTRIKE, LEDGER_ENTRY },
};

typedef struct fiscal_year {
    char start[7], end[7]; /* YYYYMM */
    bool primary;
    int number;
} fiscal_year;

typedef struct reader {
    XML_Parser parser;
    medel_ledger_builder *builder;
    medel_source src;
    medel_arena whole;   /* of the file: what journals and dimensions are called */
    medel_arena arena;   /* of the account or journal entry that is open */
    medel_status status; /* why reading was stopped */
    element stack[MAX_DEPTH];
    size_t depth, unknown; /* levels; levels inside something unknown */
    fiscal_year years[MAX_YEARS];
    size_t nyears;
    const char *account, *dimension, *journal;
    char account_type;
    medel_balance_kind kind; /* of the open balance */
    const char *month, *amount, *quantity;
    medel_object_name objects[MAX_OBJECTS];
    size_t nobjects;
    medel_new_voucher voucher;
    bool voucher_told;
    medel_new_row row;
} reader;

/* ---- errors ---- */

/* Since 2.9.0 expat counts in 64 bits whatever the machine. */
#if XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION < 9
#define XML_GetCurrentLineNumber64 XML_GetCurrentLineNumber
#define XML_GetCurrentColumnNumber64 XML_GetCurrentColumnNumber
#endif

static unsigned line_now(reader *rd)
{
    return (unsigned)XML_GetCurrentLineNumber64(rd->parser);
}

static unsigned column_now(reader *rd)
{
    return (unsigned)XML_GetCurrentColumnNumber64(rd->parser) + 1;
}

static void complain(reader *rd, const char *expected, const char *what, const char *text)
{
    char shown[120];
    medel_text_show(text, strlen(text), shown, sizeof shown);
    medel_trim_utf8(shown);
    medel_diag(&rd->src, MEDEL_E_SCHEMA, line_now(rd), column_now(rd), expected, NULL,
               what, shown);
}

static void stop(reader *rd, medel_status st)
{
    if (rd->status == MEDEL_OK)
        rd->status = st;
    XML_StopParser(rd->parser, XML_FALSE);
}

/* What the builder would not have: memory stops, anything else is an error of the file.
 */
static void tell(reader *rd, medel_status st, const medel_error *err)
{
    if (st == MEDEL_E_NOMEM)
        stop(rd, st);
    else if (st != MEDEL_OK)
        medel_diag(&rd->src, st, line_now(rd), column_now(rd), NULL, NULL, "%s",
                   err->message);
}

static const char *keep_in(reader *rd, medel_arena *arena, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    char *copy = text ? medel_arena_try(arena, len + 1) : NULL;
    if (text && !copy)
        stop(rd, MEDEL_E_NOMEM);
    if (copy)
        memcpy(copy, text, len + 1);
    return copy;
}

static const char *keep(reader *rd, const char *text)
{
    return keep_in(rd, &rd->arena, text);
}

static void forget(reader *rd)
{
    medel_arena_free(&rd->arena);
}

/* ---- attributes ---- */

static const char *attribute(const char **list, const char *name)
{
    for (; *list; list += 2) {
        if (strcmp(list[0], name) == 0)
            return list[1];
    }
    return NULL;
}

static const char *required(reader *rd, const char **list, const char *name)
{
    const char *text = attribute(list, name);
    if (!text)
        complain(rd, NULL, "the attribute '%s' is missing", name);
    return text;
}

/* xsd:decimal in öre; decimals after the second must be 0. */
static bool parse_amount(const char *text, int64_t *out)
{
    bool negative = *text == '-', digits = false;
    int64_t value = 0;
    int decimals = 0;
    text += *text == '-' || *text == '+';
    for (; medel_digit(*text); text++, digits = true) {
        if (__builtin_mul_overflow(value, (int64_t)10, &value)
            || __builtin_add_overflow(value, (int64_t)(*text - '0'), &value))
            return false;
    }
    bool point = *text == '.';
    text += point;
    for (int i = 0; i < 2; i++) {
        bool digit = point && medel_digit(*text);
        decimals = decimals * 10 + (digit ? *text - '0' : 0);
        digits = digits || digit;
        text += digit;
    }
    while (point && *text == '0')
        text++;
    if (*text != '\0' || !digits || __builtin_mul_overflow(value, (int64_t)100, &value)
        || __builtin_add_overflow(value, (int64_t)decimals, &value))
        return false;
    *out = negative ? -value : value;
    return true;
}

static bool read_amount(reader *rd, const char *text, int64_t *out)
{
    if (text && parse_amount(text, out))
        return true;
    if (text)
        complain(rd, "a decimal number of kronor, with at most two decimals: -1250.50",
                 "'%s' is no amount", text);
    return false;
}

/* xsd:date or dateTime: the day, whatever zone. */
static bool read_day(reader *rd, const char *text, int32_t *out)
{
    if (text && strlen(text) >= 10 && medel_date_parse(out, text, 10)
        && (text[10] == '\0' || strchr("TZ+-", text[10])))
        return true;
    *out = MEDEL_NO_DAY;
    if (text)
        complain(rd, "a day that exists: 2023-12-31", "'%s' is no date", text);
    return false;
}

/* xsd:gYearMonth as YYYYMM. */
static bool read_month(reader *rd, const char *text, char out[7])
{
    bool ok = text && strlen(text) >= 7 && text[0] != '0' && text[4] == '-';
    for (int i = 0; ok && i < 7; i++)
        ok = i == 4 || medel_digit(text[i]);
    ok = ok && (text[7] == '\0' || strchr("Z+-", text[7]));
    if (ok) {
        memcpy(out, text, 4);
        memcpy(out + 4, text + 5, 2);
        out[6] = '\0';
        ok = strcmp(out + 4, "01") >= 0 && strcmp(out + 4, "12") <= 0;
    }
    if (!ok && text)
        complain(rd, "a month: 2023-12", "'%s' is no month", text);
    return ok;
}

/* ---- head ---- */

static void item(reader *rd, const char *label, const char *a, const char *b,
                 const char *c)
{
    const char *fields[] = { a, b, c };
    medel_error err = { MEDEL_OK, "" };
    size_t n = c ? 3 : b ? 2 : 1;
    if (a)
        tell(rd, medel_ledger_builder_item(rd->builder, label, fields, n, &err), &err);
}

static void read_creation(reader *rd, const char **list)
{
    const char *time = attribute(list, "time");
    int32_t day;
    char text[9];
    if (!time || !read_day(rd, time, &day))
        return;
    memcpy(text, time, 4);
    memcpy(text + 4, time + 5, 2);
    memcpy(text + 6, time + 8, 2);
    text[8] = '\0';
    item(rd, "GEN", text, attribute(list, "by"), NULL);
}

static void read_year(reader *rd, const char **list)
{
    fiscal_year y = { .primary = false };
    const char *primary = attribute(list, "primary");
    if (!read_month(rd, required(rd, list, "start"), y.start)
        || !read_month(rd, required(rd, list, "end"), y.end))
        return;
    if (rd->nyears == MAX_YEARS || strcmp(y.start, y.end) > 0) {
        complain(rd, "at most 64 years, each with its end after its start",
                 "the year %s cannot be used", y.start);
        return;
    }
    y.primary = primary && (strcmp(primary, "true") == 0 || strcmp(primary, "1") == 0);
    size_t at = rd->nyears++;
    for (; at > 0 && strcmp(rd->years[at - 1].start, y.start) > 0; at--)
        rd->years[at] = rd->years[at - 1];
    rd->years[at] = y;
}

static int days_of(const char month[7])
{
    static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year = 0, m = (month[4] - '0') * 10 + month[5] - '0';
    for (int i = 0; i < 4; i++)
        year = year * 10 + month[i] - '0';
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[m - 1] + (m == 2 && leap);
}

/* #RAR of a year that is not after the primary one: SIE counts backwards only. */
static void tell_year(reader *rd, const fiscal_year *y)
{
    char number[4] = "0", start[9], end[9];
    int back = -y->number, last = days_of(y->end);
    if (back) {
        size_t n = 0;
        number[n++] = '-';
        if (back >= 10)
            number[n++] = (char)('0' + back / 10);
        number[n++] = (char)('0' + back % 10);
        number[n] = '\0';
    }
    memcpy(start, y->start, 6);
    memcpy(start + 6, "01", 3);
    memcpy(end, y->end, 6);
    end[6] = (char)('0' + last / 10);
    end[7] = (char)('0' + last % 10);
    end[8] = '\0';
    item(rd, "RAR", number, start, end);
}

/* The primary year is 0, else the last; the others are counted from it. */
static void number_years(reader *rd)
{
    size_t zero = rd->nyears ? rd->nyears - 1 : 0;
    for (size_t i = 0; i < rd->nyears; i++)
        zero = rd->years[i].primary ? i : zero;
    for (size_t k = rd->nyears; k-- > 0;) {
        rd->years[k].number = (int)k - (int)zero;
        if (rd->years[k].number <= 0)
            tell_year(rd, &rd->years[k]);
    }
}

/* ---- accounts, dimensions, balances ---- */

static void read_account(reader *rd, const char **list)
{
    static const struct {
        const char *name;
        char type;
    } types[] = { { "asset", 'T' }, { "liability", 'S' }, { "equity", 'S' },
                  { "cost", 'K' },  { "income", 'I' },    { "statistics", '\0' } };
    const char *type = attribute(list, "type");
    medel_error err = { MEDEL_OK, "" };
    size_t i = 0;
    rd->account = keep(rd, required(rd, list, "id"));
    rd->account_type = '\0';
    while (type && i < COUNT(types) && strcmp(types[i].name, type) != 0)
        i++;
    if (type && i == COUNT(types))
        complain(rd, "asset, liability, equity, cost, income or statistics",
                 "'%s' is no type of account", type);
    else if (type)
        rd->account_type = types[i].type;
    if (rd->account)
        tell(rd,
             medel_ledger_builder_account(rd->builder, rd->account,
                                          attribute(list, "name"), rd->account_type,
                                          &err),
             &err);
}

static void read_balance(reader *rd, const char *name, const char **list)
{
    bool multi = strstr(name, "Multidim") != NULL;
    bool result = rd->account_type == 'K' || rd->account_type == 'I';
    rd->nobjects = 0;
    rd->month = keep(rd, required(rd, list, "month"));
    rd->amount = keep(rd, required(rd, list, "amount"));
    rd->quantity = keep(rd, attribute(list, "quantity"));
    if (name[0] == 'O')
        rd->kind = multi ? MEDEL_BALANCE_OIB : MEDEL_BALANCE_IB;
    else if (name[0] == 'B')
        rd->kind = MEDEL_BALANCE_PBUDGET;
    else if (multi)
        rd->kind = MEDEL_BALANCE_OUB;
    else
        rd->kind = result ? MEDEL_BALANCE_RES : MEDEL_BALANCE_UB;
}

static const fiscal_year *year_of(reader *rd, const char month[7])
{
    for (size_t i = 0; i < rd->nyears; i++) {
        const fiscal_year *y = &rd->years[i];
        if (strcmp(y->start, month) <= 0 && strcmp(month, y->end) <= 0)
            return y;
    }
    return NULL;
}

static void end_balance(reader *rd)
{
    char month[7];
    int64_t amount;
    uint32_t number = 0;
    medel_error err = { MEDEL_OK, "" };
    if (!rd->account || !rd->month || !rd->amount || !read_month(rd, rd->month, month)
        || !read_amount(rd, rd->amount, &amount))
        return;
    const fiscal_year *y = year_of(rd, month);
    if (!y) {
        complain(rd, "a month of one of the FiscalYears",
                 "'%s' is in no year of the file", rd->month);
        return;
    }
    if (y->number > 0)
        return;
    for (int i = 0; rd->kind == MEDEL_BALANCE_PBUDGET && i < 6; i++)
        number = number * 10 + (uint32_t)(month[i] - '0');
    const medel_new_balance balance = { rd->kind,    y->number,    number, rd->account,
                                        rd->objects, rd->nobjects, amount, rd->quantity };
    tell(rd, medel_ledger_builder_balance(rd->builder, &balance, &err), &err);
}

static void read_reference(reader *rd, const char **list)
{
    const char *dimension = keep(rd, required(rd, list, "dimId"));
    const char *object = keep(rd, required(rd, list, "objectId"));
    if (!dimension || !object)
        return;
    if (rd->nobjects == MAX_OBJECTS)
        complain(rd, "at most 32 objects of a row", "object '%s' is one too many",
                 object);
    else
        rd->objects[rd->nobjects++] = (medel_object_name){ dimension, object };
}

static void read_dimension(reader *rd, const char **list)
{
    medel_error err = { MEDEL_OK, "" };
    rd->dimension = keep_in(rd, &rd->whole, required(rd, list, "id"));
    if (rd->dimension)
        tell(rd,
             medel_ledger_builder_dimension(rd->builder, rd->dimension,
                                            attribute(list, "name"), NULL, &err),
             &err);
}

static void read_object(reader *rd, const char **list)
{
    medel_error err = { MEDEL_OK, "" };
    const char *id = required(rd, list, "id");
    if (rd->dimension && id)
        tell(rd,
             medel_ledger_builder_object(rd->builder, rd->dimension, id,
                                         attribute(list, "name"), &err),
             &err);
}

/* ---- vouchers ---- */

static void read_entry(reader *rd, const char **list)
{
    rd->voucher = (medel_new_voucher){ .series = rd->journal ? rd->journal : "",
                                       .number = keep(rd, attribute(list, "id")),
                                       .text = keep(rd, attribute(list, "text")),
                                       .day = MEDEL_NO_DAY,
                                       .regday = MEDEL_NO_DAY,
                                       .line = line_now(rd) };
    rd->voucher_told = false;
    read_day(rd, required(rd, list, "journalDate"), &rd->voucher.day);
}

static void read_entry_info(reader *rd, const char **list)
{
    const char *date = attribute(list, "date");
    rd->voucher.sign = keep(rd, attribute(list, "by"));
    if (date)
        read_day(rd, date, &rd->voucher.regday);
}

/* The voucher, once what stands before its rows has been read. */
static void tell_voucher(reader *rd)
{
    medel_error err = { MEDEL_OK, "" };
    if (!rd->voucher_told && rd->status == MEDEL_OK && rd->voucher.day != MEDEL_NO_DAY)
        tell(rd, medel_ledger_builder_voucher(rd->builder, &rd->voucher, &err), &err);
    rd->voucher_told = true;
}

static void read_row(reader *rd, const char **list)
{
    const char *date = attribute(list, "ledgerDate");
    tell_voucher(rd);
    rd->nobjects = 0;
    rd->row = (medel_new_row){ .kind = MEDEL_ROW_TRANS,
                               .account = keep(rd, required(rd, list, "accountId")),
                               .day = MEDEL_NO_DAY,
                               .text = keep(rd, attribute(list, "text")),
                               .quantity = keep(rd, attribute(list, "quantity")),
                               .line = line_now(rd) };
    if (date)
        read_day(rd, date, &rd->row.day);
    if (!read_amount(rd, required(rd, list, "amount"), &rd->row.amount))
        rd->row.account = NULL;
}

static void end_row(reader *rd)
{
    medel_error err = { MEDEL_OK, "" };
    rd->row.objects = rd->objects;
    rd->row.nobjects = rd->nobjects;
    if (rd->row.account && rd->status == MEDEL_OK && rd->voucher.day != MEDEL_NO_DAY)
        tell(rd, medel_ledger_builder_row(rd->builder, &rd->row, &err), &err);
}

/* ---- elements ---- */

static element element_of(const char *name, element in, bool own)
{
    for (size_t i = 0; own && i < COUNT(grammar); i++) {
        if (grammar[i].in == in && strcmp(grammar[i].name, name) == 0)
            return grammar[i].is;
    }
    return UNKNOWN;
}

static void begin(reader *rd, element e, const char *name, const char **list)
{
    switch (e) {
    case SOFTWARE:
        item(rd, "PROGRAM", attribute(list, "name"), attribute(list, "version"), NULL);
        break;
    case CREATION: read_creation(rd, list); break;
    case COMPANY:
        item(rd, "ORGNR", attribute(list, "organizationId"), NULL, NULL);
        item(rd, "FNAMN", attribute(list, "name"), NULL, NULL);
        break;
    case FISCAL_YEAR: read_year(rd, list); break;
    case CURRENCY: item(rd, "VALUTA", attribute(list, "currency"), NULL, NULL); break;
    case ACCOUNT: read_account(rd, list); break;
    case BALANCE: read_balance(rd, name, list); break;
    case REFERENCE: read_reference(rd, list); break;
    case DIMENSION: read_dimension(rd, list); break;
    case OBJECT: read_object(rd, list); break;
    case JOURNAL: rd->journal = keep_in(rd, &rd->whole, attribute(list, "id")); break;
    case ENTRY: read_entry(rd, list); break;
    case ENTRY_INFO: read_entry_info(rd, list); break;
    case LEDGER_ENTRY: read_row(rd, list); break;
    case OVERSTRIKE:
        rd->row.kind = MEDEL_ROW_BTRANS;
        rd->row.sign = keep(rd, attribute(list, "by"));
        break;
    default: break;
    }
}

static void finish(reader *rd, element e)
{
    switch (e) {
    case FISCAL_YEARS: number_years(rd); break;
    case BALANCE: end_balance(rd); break;
    case ACCOUNT: forget(rd); break;
    case ENTRY:
        tell_voucher(rd);
        forget(rd);
        break;
    case LEDGER_ENTRY: end_row(rd); break;
    default: break;
    }
}

static void XMLCALL on_start(void *ud, const XML_Char *full, const XML_Char **list)
{
    reader *rd = ud;
    const char *bar = strrchr(full, '|'), *name = bar ? bar + 1 : full;
    bool own = bar && (size_t)(bar - full) == strlen(NAMESPACE)
               && strncmp(full, NAMESPACE, strlen(NAMESPACE)) == 0;
    if (rd->status != MEDEL_OK)
        return;
    if (rd->depth + rd->unknown >= MAX_DEPTH) {
        medel_diag(&rd->src, MEDEL_E_LIMIT, line_now(rd), column_now(rd), NULL, NULL,
                   "more than %d levels", MAX_DEPTH);
        stop(rd, MEDEL_E_LIMIT);
        return;
    }
    element e = UNKNOWN;
    if (!rd->unknown)
        e = element_of(name, rd->depth ? rd->stack[rd->depth - 1] : TOP, own);
    if (e != UNKNOWN) {
        rd->stack[rd->depth++] = e;
        begin(rd, e, name, (const char **)list);
    } else if (rd->depth == 0) {
        complain(rd, "Sie or SieEntry of " NAMESPACE, "the root is '%s'", name);
        stop(rd, MEDEL_E_SCHEMA);
    } else {
        rd->unknown++;
    }
}

static void XMLCALL on_end(void *ud, const XML_Char *full)
{
    reader *rd = ud;
    (void)full;
    if (rd->status != MEDEL_OK)
        return;
    if (rd->unknown)
        rd->unknown--;
    else if (rd->depth)
        finish(rd, rd->stack[--rd->depth]);
}

/* Nothing is declared in the file, so that nothing can be expanded or fetched. */
static void XMLCALL on_doctype(void *ud, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    reader *rd = ud;
    (void)system, (void)public, (void)internal;
    complain(rd, NULL, "a DOCTYPE (%s) is not accepted", name);
    stop(rd, MEDEL_E_SCHEMA);
}

/* ---- the file ---- */

static void parse(reader *rd, const char *text, size_t len)
{
    bool last = false;
    XML_SetUserData(rd->parser, rd);
    XML_SetElementHandler(rd->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(rd->parser, on_doctype);
    for (size_t at = 0; !last; at += CHUNK) {
        last = len - at <= CHUNK;
        int n = (int)(last ? len - at : CHUNK);
        if (XML_Parse(rd->parser, text + at, n, last) != XML_STATUS_OK)
            break;
        if (last)
            return;
    }
    enum XML_Error code = XML_GetErrorCode(rd->parser);
    if (rd->status != MEDEL_OK)
        return;
    if (code == XML_ERROR_NO_MEMORY)
        rd->status = MEDEL_E_NOMEM;
    else
        medel_diag(&rd->src, MEDEL_E_SYNTAX, line_now(rd), column_now(rd), NULL, NULL,
                   "not well-formed XML: %s", XML_ErrorString(code));
}

medel_status medel_sie5_read(medel_ledger **out, const medel_input *in,
                             const medel_ledger_options *options,
                             medel_diagnostics *diags)
{
    MEDEL_OUT(out);
    MEDEL_NEEDS_DIAGS(diags, out, in, in->name, in->text || !in->len);
    static const medel_ledger_options usual = { 0 };
    options = options ? options : &usual;
    reader rd = { .src = medel_source_of(in, diags) };
    if (in->len > (options->limit ? options->limit : MAX_BYTES)) {
        medel_diag(&rd.src, MEDEL_E_LIMIT, 0, 0, NULL, NULL, "the file is too large");
        return MEDEL_E_LIMIT;
    }
    medel_status st = medel_ledger_builder_new(&rd.builder, in->name, options->allocator);
    if (st != MEDEL_OK)
        return st;
    medel_arena_init(&rd.whole, options->allocator);
    medel_arena_init(&rd.arena, options->allocator);
    rd.parser = XML_ParserCreateNS(NULL, '|');
    if (rd.parser)
        parse(&rd, in->text, in->len);
    else
        rd.status = MEDEL_E_NOMEM;
    st = rd.status != MEDEL_OK ? rd.status : rd.src.errors ? rd.src.status : MEDEL_OK;
    if (st == MEDEL_OK)
        st = medel_ledger_builder_finish(out, rd.builder, options, diags);
    if (rd.parser)
        XML_ParserFree(rd.parser);
    medel_arena_free(&rd.arena);
    medel_arena_free(&rd.whole);
    medel_ledger_builder_free(rd.builder);
    return st;
}

bool medel_sie5_probe(const char *text, size_t len)
{
    MEDEL_NEEDS_OR(false, text);
    size_t at = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    size_t end = len < 4096 ? len : 4096;
    while (
        at < end
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n'))
        at++;
    if (at == end || text[at] != '<')
        return false;
    for (; at + 5 <= end; at++) {
        if ((text[at] == '<' || text[at] == ':') && memcmp(text + at + 1, "Sie", 3) == 0
            && text[at + 4] && strchr(" \t\r\n>E/", text[at + 4]))
            return true;
    }
    return false;
}
