/* book.c - random books that articulate, printed as a report with all its tables. */
#include "book.h"

#define THOUSAND 1000

/* ---- the books ---- */

static int64_t amount(random_state *r, int64_t most, int64_t step)
{
    static const int64_t sizes[] = { 1, 10, 100, 1000 };
    return random_between(r, 0, most / sizes[random_next(r) % 4] / step) * step;
}

static int64_t sum(const int64_t *list, size_t n)
{
    int64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += list[i];
    return total;
}

static void make_year(book_year *y, const book_year *before, random_state *r,
                      int64_t step)
{
    y->state = amount(r, 4000000, step);
    y->region = amount(r, 2000000, step);
    for (size_t i = 0; i < BOOK_TOWNS; i++)
        y->town[i] = amount(r, 1000000, step);
    y->other_income = amount(r, 100000, step);
    y->income = y->state + y->region + sum(y->town, BOOK_TOWNS) + y->other_income;
    for (size_t i = 0; i < BOOK_TEAMS; i++) {
        y->team[i] = amount(r, 2000000, step);
        y->team_budget[i] = amount(r, 2000000, step);
    }
    y->structure[0] = amount(r, 300000, step);
    y->structure[1] = amount(r, 300000, step);
    y->fees = amount(r, 200000, step);
    y->chief = amount(r, 900000, step);
    y->office = amount(r, 300000, step);
    y->audit = amount(r, 90000, step);
    y->rooms = amount(r, 90000, step);
    y->individual = sum(y->team, BOOK_TEAMS);
    y->structural = sum(y->structure, 2);
    y->administration = y->fees + y->chief + y->office + y->audit + y->rooms;
    y->cost = y->individual + y->structural + y->administration;
    y->depreciation = amount(r, 50000, step);
    y->interest = amount(r, 150000, step);
    y->interest_cost = amount(r, 5000, step);
    y->result = y->income - y->cost - y->depreciation + y->interest - y->interest_cost;
    y->investment = amount(r, 80000, step);
    y->fixed = before->fixed + y->investment - y->depreciation;
    y->customers = amount(r, 900000, step);
    y->tax = amount(r, 50000, step);
    y->accrued = amount(r, 900000, step);
    y->receivables = y->customers + y->tax + y->accrued;
    y->equity = before->equity + y->result;
    y->pensions = amount(r, 200000, step);
    y->suppliers = amount(r, 2000000, step);
    y->holiday = amount(r, 100000, step);
    y->debts = y->suppliers + y->holiday;
    y->total = y->equity + y->pensions + y->debts;
    y->cash = y->total - y->fixed - y->receivables;
}

void book_make(book *b, random_state *r, int64_t step)
{
    book_year first = { .fixed = 200000, .equity = 50000000 };
    make_year(&b->year[0], &first, r, step);
    make_year(&b->year[1], &b->year[0], r, step);
    make_year(&b->year[2], &b->year[1], r, step);
}

/* ---- figures as text ---- */

typedef struct printer {
    char *text;
    size_t len, room;
    book_style style;
    medel_unit unit;         /* of the table */
    const char *gap, *minus; /* how it groups digits and writes a minus */
    unsigned decimals;
} printer;

__attribute__((format(printf, 2, 3))) static void out(printer *p, const char *format, ...)
{
    va_list ap;
    if (p->room - p->len < 2000) {
        p->room = p->room * 2 + 4000;
        p->text = realloc(p->text, p->room);
        assert_non_null(p->text);
    }
    va_start(ap, format);
    p->len += (size_t)vsnprintf(p->text + p->len, p->room - p->len, format, ap);
    va_end(ap);
}

/* n/d, half away from zero. */
static int64_t rounded(int64_t n, int64_t d)
{
    int64_t half = n < 0 ? -d / 2 : d / 2;
    return (n + half) / d;
}

static void number(printer *p, int64_t n, unsigned decimals)
{
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%0*lld", (int)decimals + 1,
                       (long long)(n < 0 ? -n : n));
    int whole = len - (int)decimals;
    out(p, "%s%s", decimals ? "\"" : "", n < 0 ? p->minus : "");
    for (int i = 0; i < whole; i++)
        out(p, "%s%c", i && (whole - i) % 3 == 0 ? p->gap : "", digits[i]);
    if (decimals)
        out(p, ",%s\"", digits + whole);
}

static void kr(printer *p, int64_t v)
{
    if (random_chance(&p->style.slips, p->style.slip_percent))
        v += random_between(&p->style.slips, -5000, 5000) * THOUSAND;
    if (v == 0 && random_chance(&p->style.print, 30))
        out(p, "–");
    else if (p->unit == MEDEL_UNIT_KR)
        number(p, v, 0);
    else if (p->unit == MEDEL_UNIT_TKR)
        number(p, rounded(v, THOUSAND), 0);
    else
        number(p, rounded(v, p->decimals == 1 ? 100000 : 10000), p->decimals);
}

static void share(printer *p, int64_t over, int64_t under)
{
    if (under <= 0) {
        out(p, "–");
        return;
    }
    number(p, rounded(over * 1000, under), 1);
}

/* ---- tables ---- */

static void choose_unit(printer *p)
{
    static const char *const gaps[] = { " ", "\xC2\xA0", "\xE2\x80\x89", ".", "" };
    static const char *const signs[] = { "-", "\xE2\x88\x92", "\xE2\x88\x92 ", "–" };
    random_state *r = &p->style.print;
    uint64_t choice = random_next(r) % 4;
    p->gap = gaps[random_next(r) % COUNT(gaps)];
    p->minus = signs[random_next(r) % COUNT(signs)];
    p->decimals = (unsigned)random_between(r, 1, 2);
    if (p->style.one_unit)
        p->unit = p->style.kr_as_tkr ? MEDEL_UNIT_KR : MEDEL_UNIT_TKR;
    else
        p->unit = choice < 2    ? MEDEL_UNIT_KR
                  : choice == 2 ? MEDEL_UNIT_TKR
                                : MEDEL_UNIT_MNKR;
}

static void begin(printer *p, const char *name, const char *kind, const char *columns)
{
    choose_unit(p);
    const char *unit = medel_unit_name(p->unit);
    out(p, "%s:\n  enhet: %s\n  tryckt_enhet: Belopp i %s\n  kolumner: [%s]\n", name,
        unit, unit, columns);
    if (kind)
        out(p, "  slag: %s\n", kind);
    out(p, "  rader:\n");
}

static void begin_row(printer *p, const char *name, const char *under)
{
    bool coarse = p->style.one_unit && p->style.kr_as_tkr;
    out(p, "    %s: { ", name);
    if (under)
        out(p, "under: %s, ", under);
    if (coarse)
        out(p, "noggrannhet: tkr, ");
    out(p, "tal: [");
}

static void end_row(printer *p)
{
    out(p, "] }\n");
}

/* A row of [2023, 2022]. */
static void two(printer *p, const char *name, const char *under, int64_t now,
                int64_t then)
{
    begin_row(p, name, under);
    kr(p, now);
    out(p, ", ");
    kr(p, then);
    end_row(p);
}

/* The expression is of 'y' and of 'before', the year before it. */
#define TWO(p, name, expression)                                                         \
    do {                                                                                 \
        int64_t both[2];                                                                 \
        for (int k = 0; k < 2; k++) {                                                    \
            const book_year *y = &b->year[2 - k], *before = y - 1;                       \
            (void)before;                                                                \
            both[k] = (expression);                                                      \
        }                                                                                \
        two((p), name, NULL, both[0], both[1]);                                          \
    } while (0)

static void print_income(printer *p, const book *b)
{
    begin(p, "resultatrakning", NULL, "2023, 2022");
    TWO(p, "verksamhetens_intakter", y->income);
    TWO(p, "verksamhetens_kostnader", -y->cost);
    TWO(p, "avskrivningar", -y->depreciation);
    TWO(p, "verksamhetens_resultat", y->income - y->cost - y->depreciation);
    TWO(p, "finansiella_intakter", y->interest);
    TWO(p, "finansiella_kostnader", -y->interest_cost);
    TWO(p, "finansnetto", y->interest - y->interest_cost);
    TWO(p, "resultat_efter_finansiella_poster", y->result);
    TWO(p, "arets_resultat", y->result);
}

static void print_balance(printer *p, const book *b)
{
    begin(p, "balansrakning", NULL, "2023, 2022");
    TWO(p, "anlaggningstillgangar", y->fixed);
    TWO(p, "fordringar", y->receivables);
    TWO(p, "kassa_och_bank", y->cash);
    TWO(p, "omsattningstillgangar", y->receivables + y->cash);
    TWO(p, "summa_tillgangar", y->total);
    TWO(p, "arets_resultat", y->result);
    TWO(p, "ovrigt_eget_kapital", before->equity);
    TWO(p, "eget_kapital", y->equity);
    TWO(p, "avsattningar_pensioner", y->pensions);
    TWO(p, "avsattningar", y->pensions);
    TWO(p, "kortfristiga_skulder", y->debts);
    TWO(p, "skulder", y->debts);
    TWO(p, "summa_eget_kapital_och_skulder", y->total);
}

static void print_cash_flow(printer *p, const book *b)
{
    begin(p, "kassaflodesanalys", NULL, "2023, 2022");
    TWO(p, "arets_resultat", y->result);
    TWO(p, "ej_likviditetspaverkande", y->depreciation + y->pensions - before->pensions);
    TWO(p, "forandring_fordringar", before->receivables - y->receivables);
    TWO(p, "forandring_kortfristiga_skulder", y->debts - before->debts);
    TWO(p, "lopande_verksamheten", y->cash - before->cash + y->investment);
    TWO(p, "investering_materiella", -y->investment);
    TWO(p, "investeringsverksamheten", -y->investment);
    TWO(p, "arets_kassaflode", y->cash - before->cash);
    TWO(p, "likvida_medel_borjan", before->cash);
    TWO(p, "likvida_medel_slut", y->cash);
}

static void print_notes(printer *p, const book *b)
{
    out(p, "noter:\n");
    begin(p, " 2", "intakter", "2023, 2022");
    TWO(p, "bidrag_staten", y->state);
    TWO(p, "bidrag_region", y->region);
    two(p, "stad_0", "bidrag_kommuner", b->year[2].town[0], b->year[1].town[0]);
    two(p, "stad_1", "bidrag_kommuner", b->year[2].town[1], b->year[1].town[1]);
    two(p, "stad_2", "bidrag_kommuner", b->year[2].town[2], b->year[1].town[2]);
    TWO(p, "ovriga_intakter", y->other_income);
    TWO(p, "summa", y->income);
    begin(p, " 3", "kostnader", "2023, 2022");
    TWO(p, "verksamhetskostnader", y->individual + y->structural);
    TWO(p, "direkta_kostnader", y->individual + y->structural);
    TWO(p, "personalkostnader", y->fees + y->chief);
    TWO(p, "ovriga_administrativa_kostnader", y->office + y->audit + y->rooms);
    TWO(p, "administrativa_kostnader", y->administration);
    TWO(p, "summa", y->cost);
    begin(p, " 4", "fordringar", "2023, 2022");
    TWO(p, "kundfordringar", y->customers);
    TWO(p, "momsfordran", y->tax);
    TWO(p, "upplupna_intakter", y->accrued);
    TWO(p, "summa", y->receivables);
    begin(p, " 5", "kortfristiga_skulder", "2023, 2022");
    TWO(p, "leverantorsskulder", y->suppliers);
    TWO(p, "semesterloneskuld", y->holiday);
    TWO(p, "summa", y->debts);
}

static void print_financed(printer *p, const book *b)
{
    begin(p, "finansierad_verksamhet", NULL, "2023, 2022");
    TWO(p, "individ", y->individual);
    TWO(p, "kartlaggning", y->team[0]);
    TWO(p, "forberedande", y->team[1]);
    TWO(p, "rehabilitering_mot_arbete", y->team[2]);
    TWO(p, "struktur", y->structural);
    TWO(p, "behovskartlaggning", y->structure[0]);
    TWO(p, "verksamhetsutvecklare", y->structure[1]);
    TWO(p, "administration", y->administration);
    TWO(p, "arvode_styrelse", y->fees);
    TWO(p, "forbundschef", y->chief);
    TWO(p, "administrativt_stod", y->office);
    TWO(p, "lokalkostnader", y->rooms);
    TWO(p, "revision", y->audit);
    TWO(p, "totala_kostnader", y->cost);
    out(p, "    individ_andel: [");
    share(p, b->year[2].individual, b->year[2].cost);
    out(p, ", ");
    share(p, b->year[1].individual, b->year[1].cost);
    out(p, "]\n");
}

static void print_overview(printer *p, const book *b)
{
    begin(p, "oversikt", NULL, "2023, 2022");
    TWO(p, "verksamhetens_intakter", y->income);
    TWO(p, "verksamhetens_kostnader", -y->cost);
    TWO(p, "arets_resultat", y->result);
    TWO(p, "eget_kapital", y->equity);
    TWO(p, "medlemsbidrag", y->income - y->other_income);
    TWO(p, "balansomslutning", y->total);
    TWO(p, "likvida_medel", y->cash);
    out(p, "    soliditet: [");
    share(p, b->year[2].equity, b->year[2].total);
    out(p, ", ");
    share(p, b->year[1].equity, b->year[1].total);
    out(p, "]\n");
    begin(p, "balanskravsutredning", NULL, "2023, 2022");
    TWO(p, "arets_resultat", y->result);
    two(p, "realisationsvinster", NULL, 0, 0);
    TWO(p, "balanskravsresultat", y->result);
}

/* [intakt, kostnad, netto, budget, avvikelse]; costs with or without minus. */
static void drift_row(printer *p, const char *name, const char *under, int64_t income,
                      int64_t cost, int64_t budget, int cost_sign)
{
    begin_row(p, name, under);
    kr(p, income);
    out(p, ", ");
    kr(p, cost * cost_sign);
    out(p, ", ");
    kr(p, income - cost);
    out(p, ", ");
    kr(p, budget);
    out(p, ", ");
    kr(p, income - cost - budget);
    end_row(p);
}

static void print_drift(printer *p, const book *b)
{
    const book_year *y = &b->year[2];
    int sign = random_chance(&p->style.print, 50) ? 1 : -1;
    int64_t teams = sum(y->team_budget, BOOK_TEAMS), income = y->income + y->interest;
    begin(p, "driftredovisning", NULL, "intakt, kostnad, netto, budget, avvikelse");
    drift_row(p, "bidrag", "intakter", y->income, 0, y->income, sign);
    drift_row(p, "ranta", "intakter", y->interest, 0, 0, sign);
    drift_row(p, "intakter", NULL, income, 0, y->income, sign);
    drift_row(p, "team_0", "individ", 0, y->team[0], -y->team_budget[0], sign);
    drift_row(p, "team_1", "individ", 0, y->team[1], -y->team_budget[1], sign);
    drift_row(p, "team_2", "individ", 0, y->team[2], -y->team_budget[2], sign);
    drift_row(p, "individ", NULL, 0, y->individual, -teams, sign);
    drift_row(p, "struktur", NULL, 0, y->structural, -y->structural, sign);
    drift_row(p, "administration", NULL, 0, y->administration, -y->administration, sign);
    drift_row(p, "ovrigt", NULL, 0, y->depreciation + y->interest_cost, 0, sign);
    drift_row(p, "resultat", NULL, income, income - y->result,
              y->income - teams - y->structural - y->administration, sign);
}

static void text_figure(printer *p, const char *head, int64_t v, const char *tail)
{
    choose_unit(p);
    bool coarse = p->style.one_unit && p->style.kr_as_tkr;
    out(p, "%s{ %stal: \"", head, coarse ? "noggrannhet: tkr, " : "");
    p->unit = p->unit == MEDEL_UNIT_MNKR ? MEDEL_UNIT_TKR : p->unit;
    number(p, p->unit == MEDEL_UNIT_TKR ? rounded(v, THOUSAND) : v, 0);
    out(p, " %s\" }%s", medel_unit_name(p->unit), tail);
}

static void print_words(printer *p, const book *b)
{
    const book_year *y = &b->year[2];
    out(p, "insatser:\n");
    for (int i = 0; i < BOOK_TEAMS; i++) {
        out(p, "  team_%d: { namn: Team %d, typ: individ, driftrad: team_%d, ", i, i, i);
        text_figure(p, "utfall: ", y->team[i], ", ");
        text_figure(p, "budget: ", y->team_budget[i], ", ");
        text_figure(p, "avvikelse: ", y->team_budget[i] - y->team[i], " }\n");
    }
    out(p, "uppgifter:\n");
    text_figure(p, "  - { text: resultatet, begrepp: arets_resultat, tal: ", y->result,
                " }\n");
    text_figure(p,
                "  - { text: budget, begrepp: driftredovisning.individ.avvikelse, tal: ",
                sum(y->team_budget, BOOK_TEAMS) - y->individual, " }\n");
    text_figure(p,
                "  - { text: kostnader, begrepp: verksamhetens_kostnader, tal: ", y->cost,
                " }\n");
}

char *book_print(const book *b, book_style style)
{
    static void (*const parts[])(printer *, const book *) = {
        print_overview,  print_financed, print_income, print_balance,
        print_cash_flow, print_drift,    print_notes,  print_words,
    };
    printer p = { .style = style };
    out(&p, "medel: 1\nrakenskapsar: 2023\n");
    for (size_t i = 0; i < COUNT(parts); i++)
        parts[i](&p, b);
    return p.text;
}
