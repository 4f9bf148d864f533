/*
 * embed.c - a host program: audits a report with the usual rules and one of its own,
 * which asks the host's ledger.
 *
 *   cc embed.c $(pkg-config --cflags --libs medel) -o embed && ./embed 2023.yaml
 */
#include <medel.h>

#include <stdio.h>
#include <string.h>

/* A rule of this program's; rules are Lua, in bounds of memory and time. */
static const char rule[] =
    "return rule {\n"
    "  id = 'LEDGER-01', title = 'Kassa och bank är huvudbokens', ground = 'LKBR 3 kap. "
    "1 §',\n"
    "  level = 'error', needs = { 'kassa_och_bank' },\n"
    "  check = function(ar)\n"
    "    local saldo, why = host.saldo('19', ar.rakenskapsar)\n"
    "    if not saldo then return not_applicable(why) end\n"
    "    local skillnad = (ar.kassa_och_bank - saldo):abs()\n"
    "    if skillnad < ar:given('ringa') then return end\n"
    "    return finding('Kassa och bank är {bank} men {saldo} i huvudboken; skillnaden "
    "är {s}.',\n"
    "      { bank = ar.kassa_och_bank, saldo = saldo, s = skillnad })\n"
    "  end }\n";

/* host.saldo(accounts, year): errors are values there, too. */
static medel_status saldo(void *ud, const medel_any *args, size_t n, medel_any *result,
                          medel_error *err)
{
    const int64_t *ledger = ud;
    if (n != 2 || args[0].kind != MEDEL_TEXT || args[1].kind != MEDEL_INTEGER
        || strcmp(args[0].text, "19") != 0 || args[1].integer != 2023) {
        snprintf(err->message, sizeof err->message, "huvudboken har inte kontot");
        return MEDEL_E_DOMAIN;
    }
    result->kind = MEDEL_QUANTITY;
    return medel_quantity_make(&result->quantity, *ledger, 100, MEDEL_UNIT_KR);
}

static int complain(const medel_runtime *rt, const char *what)
{
    char text[2000];
    const medel_diagnostics *d = medel_runtime_diagnostics(rt);
    fprintf(stderr, "%s failed\n", what);
    for (size_t i = 0; i < medel_diagnostics_count(d); i++) {
        medel_diagnostic_format(medel_diagnostics_get(d, i), text, sizeof text);
        fputs(text, stderr);
    }
    return 1;
}

static void show(const medel_finding *f)
{
    printf("%s %s %s:%u:%u %s\n  %s\n", medel_level_name(f->level), f->rule,
           f->place.file, f->place.line, f->place.col, f->place.document, f->message);
    const medel_evidence *e;
    for (size_t i = 0; (e = medel_finding_evidence(f, i)); i++) {
        if (e->value.has_ore)
            printf("    %s: %lld öre (%s)\n", e->name, (long long)e->value.ore,
                   e->place.document);
    }
}

static int audit(medel_runtime *rt, const medel_report *report)
{
    medel_findings *findings;
    const medel_finding *f;
    medel_audit_options o = { .size = sizeof o, .level = MEDEL_LEVEL_ERROR };
    if (medel_audit(rt, &findings, report, &o) != MEDEL_OK)
        return complain(rt, "the audit");
    for (size_t i = 0; (f = medel_findings_get(findings, MEDEL_FINDING, i)); i++)
        show(f);
    for (size_t i = 0; (f = medel_findings_get(findings, MEDEL_BROKEN, i)); i++)
        printf("%s cannot be tried: %s\n", f->rule, f->message);
    medel_findings_free(findings);
    return 0;
}

static int run(medel_runtime *rt, const char *path)
{
    int64_t ledger = 433941700; /* öre; a real host would ask its database */
    const medel_input own = { "ledger.lua", rule, sizeof rule - 1 },
                      file = { .name = path };
    const medel_given given[] = {
        { .name = "host.ringa",
          .label = "Uppenbart ringa",
          .year = 2023,
          .ore = 5000000 },
    };
    medel_report *report;
    if (medel_runtime_function(rt, "saldo", saldo, &ledger) != MEDEL_OK
        || medel_runtime_pack(rt, "kpmg") != MEDEL_OK
        || medel_runtime_pack_files(rt, "embed", &own, 1) != MEDEL_OK)
        return complain(rt, "preparing");
    if (medel_load_given(rt, &report, &file, given, 1) != MEDEL_OK)
        return complain(rt, "reading the report");
    const int failed = audit(rt, report);
    medel_report_free(report);
    return failed;
}

int main(int argc, char **argv)
{
    medel_runtime *rt;
    medel_runtime_options o = { .size = sizeof o, .memory = 32 << 20, .time_ms = 200 };
    if (argc != 2) {
        fputs("usage: embed REPORT\n", stderr);
        return 2;
    }
    if (medel_runtime_new(&rt, &o) != MEDEL_OK)
        return 2;
    const int failed = run(rt, argv[1]);
    medel_runtime_free(rt);
    return failed;
}
