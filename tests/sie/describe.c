/* describe.c - a ledger as JSON, so that it can be compared with other readers' answers.
   Arguments: "--stream", "--scalar", "--sse2", then files; "--write" writes them as SIE
   instead, "--lf", "--utf8", "--type T" in that way. */
#include "medel_sie.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text(const char *key, const char *s)
{
    printf("\"%s\":", key);
    if (!s) {
        printf("null,");
        return;
    }
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            putchar('\\');
        if ((unsigned char)*s < 32)
            printf("\\u%04x", (unsigned)*s);
        else
            putchar(*s);
    }
    printf("\",");
}

static const char *day_text(int32_t day, char buf[11])
{
    if (day == MEDEL_NO_DAY)
        return NULL;
    medel_date_format(day, buf);
    return buf;
}

static void head(const medel_ledger *l)
{
    const medel_ledger_head *h = medel_ledger_head_of(l);
    char day[11];
    text("encoding", medel_encoding_name(h->encoding));
    text("type", h->type);
    text("sietyp", h->sietyp);
    text("program", h->program);
    text("version", h->version);
    text("gen", day_text(h->gen, day));
    text("flagga", h->flagga);
    text("kptyp", h->kptyp);
    text("valuta", h->valuta);
    text("fnamn", h->fnamn);
    text("orgnr", h->orgnr);
    printf("\"bom\":%s,\"crlf\":%" PRIu64 ",\"cr\":%" PRIu64 ",\"lines\":%" PRIu64
           ",\"bytes\":%" PRIu64 ",",
           h->bom ? "true" : "false", h->crlf, h->cr, h->lines, h->bytes);
    printf("\"ksumma\":[%u,%" PRIu32 ",%" PRIu32 "],", h->ksumma_markers,
           h->ksumma_declared, h->ksumma_computed);
    const medel_ledger_year *years;
    const size_t n = medel_ledger_years(l, &years);
    printf("\"years\":[");
    for (size_t i = 0; i < n; i++) {
        printf("%s{\"number\":%d,", i ? "," : "", years[i].number);
        text("start", day_text(years[i].start, day));
        text("end", day_text(years[i].end, day));
        printf("\"line\":%" PRIu32 "}", years[i].line);
    }
    printf("],");
}

static void lists(const medel_ledger *l)
{
    const medel_ledger_label *labels;
    size_t n = medel_ledger_labels(l, &labels);
    printf("\"labels\":[");
    for (size_t i = 0; i < n; i++) {
        printf("%s{", i ? "," : "");
        text("name", labels[i].name);
        printf("\"count\":%" PRIu64 ",\"known\":%s}", labels[i].count,
               labels[i].known ? "true" : "false");
    }
    const medel_ledger_deviation *d;
    n = medel_ledger_deviations(l, &d);
    printf("],\"deviations\":[");
    for (size_t i = 0; i < n; i++) {
        printf("%s{", i ? "," : "");
        text("severity", medel_severity_name(d[i].severity));
        text("code", d[i].code);
        text("label", d[i].label);
        text("text", d[i].text);
        text("message", d[i].message);
        printf("\"line\":%" PRIu32 ",\"field\":%u,\"count\":%" PRIu64 "}", d[i].line,
               d[i].field, d[i].count);
    }
    const medel_account *a;
    n = medel_ledger_accounts(l, &a);
    printf("],\"accounts\":[");
    for (size_t i = 0; i < n; i++) {
        medel_account_total t;
        medel_ledger_total(l, (uint32_t)i, &t);
        printf("%s{", i ? "," : "");
        text("number", a[i].number);
        text("name", a[i].name);
        text("unit", a[i].unit);
        printf("\"type\":\"%c\",\"result\":%d,\"declared\":%d,\"net\":%" PRId64
               ",\"debit\":%" PRId64 ",\"rows\":%" PRIu64 "}",
               a[i].type ? a[i].type : '-', a[i].result, a[i].declared, t.net, t.debit,
               t.rows);
    }
    const medel_dimension_decl *dim;
    n = medel_ledger_dimensions(l, &dim);
    printf("],\"dimensions\":[");
    for (size_t i = 0; i < n; i++) {
        printf("%s{", i ? "," : "");
        text("number", dim[i].number);
        text("name", dim[i].name);
        text("parent", dim[i].parent);
        printf("\"declared\":%d}", dim[i].declared);
    }
    const medel_object *o;
    n = medel_ledger_objects(l, &o);
    printf("],\"objects\":[");
    for (size_t i = 0; i < n; i++) {
        printf("%s{", i ? "," : "");
        text("number", o[i].number);
        text("name", o[i].name);
        printf("\"dimension\":%" PRIu32 ",\"declared\":%d}", o[i].dimension,
               o[i].declared);
    }
    const medel_series *s;
    n = medel_ledger_series(l, &s);
    printf("],\"series\":[");
    for (size_t i = 0; i < n; i++) {
        printf("%s{", i ? "," : "");
        text("name", s[i].name);
        printf("\"vouchers\":%" PRIu32 ",\"low\":%" PRId64 ",\"high\":%" PRId64
               ",\"ascending\":%d}",
               s[i].vouchers, s[i].low, s[i].high, s[i].ascending);
    }
    const medel_balance *b;
    n = medel_ledger_balances(l, &b);
    printf("],\"balances\":[");
    for (size_t i = 0; i < n; i++)
        printf("%s[%d,%d,%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRId64 ",%" PRIu32 "]",
               i ? "," : "", b[i].kind, b[i].year, b[i].month, b[i].account, b[i].objects,
               b[i].amount, b[i].line);
    printf("],");
}

static void row(const medel_ledger *l, uint32_t i, bool comma)
{
    char buf[4096], day[11];
    medel_ledger_row r;
    if (!medel_ledger_row_get(l, i, &r))
        exit(1);
    printf("%s{\"kind\":%d,\"account\":%" PRIu32 ",\"amount\":%" PRId64
           ",\"line\":%" PRIu32 ",\"objects\":[",
           comma ? "," : "", r.kind, r.account, r.amount, r.line);
    const uint32_t *objects;
    const size_t n = medel_ledger_object_list(l, r.objects, &objects);
    for (size_t k = 0; k < n; k++)
        printf("%s%" PRIu32, k ? "," : "", objects[k]);
    printf("],");
    medel_ledger_row_text(l, i, MEDEL_TEXT_TEXT, buf, sizeof buf);
    text("text", buf);
    medel_ledger_row_text(l, i, MEDEL_TEXT_QUANTITY, buf, sizeof buf);
    text("quantity", buf);
    medel_ledger_row_text(l, i, MEDEL_TEXT_SIGN, buf, sizeof buf);
    text("sign", buf);
    text("day", day_text(r.day, day));
    printf("\"voucher\":%" PRIu32 "}", r.voucher);
}

static void vouchers(const medel_ledger *l)
{
    const size_t n = medel_ledger_columns_of(l)->nvouchers;
    char buf[4096], day[11];
    printf("\"vouchers\":[");
    for (uint32_t i = 0; i < n; i++) {
        medel_voucher v;
        if (!medel_ledger_voucher(l, i, &v))
            exit(1);
        printf("%s{\"series\":%" PRIu32 ",\"line\":%" PRIu32 ",\"sum\":%" PRId64 ",",
               i ? "," : "", v.series, v.line, v.sum);
        text("day", day_text(v.day, day));
        text("regday", day_text(v.regday, day));
        medel_ledger_voucher_text(l, i, MEDEL_TEXT_NUMBER, buf, sizeof buf);
        text("number", buf);
        medel_ledger_voucher_text(l, i, MEDEL_TEXT_TEXT, buf, sizeof buf);
        text("text", buf);
        medel_ledger_voucher_text(l, i, MEDEL_TEXT_SIGN, buf, sizeof buf);
        text("sign", buf);
        printf("\"rows\":[");
        for (uint32_t k = 0; k < v.count; k++)
            row(l, v.first + k, k > 0);
        printf("],\"trail\":[");
        for (uint32_t k = 0; k < v.ntrail; k++)
            row(l, v.trail + k, k > 0);
        printf("]}");
    }
    printf("],");
}

static void checks(const medel_ledger *l)
{
    medel_ledger_checks *c;
    const medel_ledger_check *k;
    if (medel_ledger_checks_new(&c, l, NULL) != MEDEL_OK)
        exit(1);
    const size_t n = medel_ledger_checks_get(c, &k);
    printf("\"checks\":[");
    for (size_t i = 0; i < n; i++)
        printf("%s[\"%s\",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRIu32 ",%" PRId64
               ",%" PRId64 "]",
               i ? "," : "", medel_ledger_check_name(k[i].kind),
               k[i].account == MEDEL_NO_INDEX ? -1 : (int64_t)k[i].account,
               k[i].voucher == MEDEL_NO_INDEX ? -1 : (int64_t)k[i].voucher,
               (int64_t)k[i].month, k[i].line, k[i].stated, k[i].found);
    printf("],\"tally\":{");
    for (int i = 0; i < MEDEL_LEDGER_CHECKS; i++) {
        const medel_ledger_tally t =
            medel_ledger_checks_tally(c, (medel_ledger_check_kind)i);
        printf("%s\"%s\":[%" PRIu64 ",%" PRIu64 "]", i ? "," : "",
               medel_ledger_check_name((medel_ledger_check_kind)i), t.tested, t.failed);
    }
    printf("},");
    medel_ledger_checks_free(c);
}

static bool to_stdout(void *ud, const char *bytes, size_t len)
{
    (void)ud;
    return fwrite(bytes, 1, len, stdout) == len;
}

static void rewrite(const medel_ledger *l, const medel_ledger_write_options *o)
{
    medel_error err = { MEDEL_OK, "" };
    medel_ledger_written w;
    if (medel_ledger_write(l, o, to_stdout, NULL, &w, &err) != MEDEL_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    fprintf(stderr,
            "%" PRIu64 " bytes, %" PRIu64 " items, %" PRIu64 " replaced, %" PRIu64
            " left out, missing %s\n",
            w.bytes, w.items, w.replaced, w.left_out, w.missing ? w.missing : "nothing");
}

int main(int argc, char **argv)
{
    medel_ledger_options options = { .lanes = 0 };
    medel_ledger_write_options as = { NULL, MEDEL_ENCODING_AUTO, false, false };
    bool write = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--stream") == 0)
            options.stream = true;
        else if (strcmp(argv[i], "--scalar") == 0)
            options.lanes = 8;
        else if (strcmp(argv[i], "--sse2") == 0)
            options.lanes = 16;
        else if (strcmp(argv[i], "--write") == 0)
            write = true;
        else if (strcmp(argv[i], "--lf") == 0)
            as.lf = true;
        else if (strcmp(argv[i], "--utf8") == 0)
            as.encoding = MEDEL_ENCODING_UTF8;
        else if (strcmp(argv[i], "--type") == 0 && i + 1 < argc)
            as.type = argv[++i];
        else {
            medel_ledger *l;
            medel_diagnostics *d = medel_diagnostics_new(NULL);
            if (!d || medel_ledger_load(&l, argv[i], &options, d) != MEDEL_OK) {
                char buf[2000];
                medel_diagnostic_format(medel_diagnostics_get(d, 0), buf, sizeof buf);
                fprintf(stderr, "%s", buf);
                medel_diagnostics_free(d);
                return 1;
            }
            if (write) {
                rewrite(l, &as);
            } else {
                printf("{");
                head(l);
                lists(l);
                vouchers(l);
                checks(l);
                printf("\"errors\":%" PRIu64 "}\n", medel_ledger_errors(l));
            }
            medel_ledger_free(l);
            medel_diagnostics_free(d);
        }
    }
    return 0;
}
