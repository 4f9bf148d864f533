/*
 * run.c - every file in tests/errors/KIND is read as what KIND says, and the messages
 * are compared with NAME.expected.  --reset writes them anew: read the difference.
 * --sweep and --sweep-all read every prefix of some files and every change of one byte
 * of a small report, for what must not crash.
 */
#include "medel_montecarlo.h"
#include "medel_whatif.h"
#include "medel_statements.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOT "tests/errors/"
#define COUNT(a) (sizeof(a) / sizeof *(a))

static medel_taxonomy *finsam;
static unsigned failures, compared;
static bool reset;

typedef struct buffer {
    char *text;
    size_t len;
} buffer;

static buffer load(const char *path)
{
    buffer b;
    medel_error err = { MEDEL_OK, "" };
    if (medel_file_read(&b.text, &b.len, path, 8 << 20, NULL, &err) != MEDEL_OK) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    return b;
}

static void release(buffer *b)
{
    medel_text_free(b->text, b->len, NULL);
}

/* ---- reading by kind ---- */

static const char forbund_report[] =
    "medel: 1\nforbund: forbund.yaml\nrakenskapsar: 2023\n";

static medel_status read_beside(void *beside, const char *name, char **text, size_t *len)
{
    const buffer *b = beside;
    if (strcmp(name, "stor.yaml") == 0)
        return MEDEL_E_LIMIT;
    if (!b || strcmp(name, "forbund.yaml") != 0)
        return MEDEL_E_IO;
    *text = malloc(b->len + 1);
    if (!*text)
        return MEDEL_E_NOMEM;
    memcpy(*text, b->text, b->len);
    (*text)[b->len] = '\0';
    *len = b->len;
    return MEDEL_OK;
}

static medel_status read_report(const char *name, const char *text, size_t len,
                                buffer *forbund, medel_diagnostics *d)
{
    medel_report *r = NULL;
    medel_checks *checks = NULL;
    const medel_report_options options = { .read_beside = read_beside,
                                           .beside = forbund };
    medel_status st =
        medel_report_read(&r, finsam, &(medel_input){ name, text, len }, &options, d);
    if (st == MEDEL_OK)
        st = medel_checks_new(&checks, r, NULL);
    medel_checks_free(checks);
    medel_report_free(r);
    return st;
}

static medel_status as_report(const char *name, buffer *b, medel_diagnostics *d)
{
    return read_report(name, b->text, b->len, NULL, d);
}

static medel_status as_forbund(const char *name, buffer *b, medel_diagnostics *d)
{
    (void)name;
    return read_report("rapport.yaml", forbund_report, strlen(forbund_report), b, d);
}

static medel_status as_taxonomy(const char *name, buffer *b, medel_diagnostics *d)
{
    medel_taxonomy *t = NULL;
    medel_status st =
        medel_taxonomy_read(&t, &(medel_input){ name, b->text, b->len }, NULL, d);
    medel_taxonomy_free(t);
    return st;
}

static medel_status as_relations(const char *name, buffer *b, medel_diagnostics *d)
{
    medel_taxonomy *t = NULL;
    medel_status st = medel_taxonomy_extend(
        &t, finsam, &(medel_input){ name, b->text, b->len }, NULL, d);
    medel_taxonomy_free(t);
    return st;
}

static medel_status as_parameters(const char *name, buffer *b, medel_diagnostics *d)
{
    medel_parameters *p = NULL;
    medel_status st =
        medel_parameters_read(&p, &(medel_input){ name, b->text, b->len }, NULL, d);
    medel_parameters_free(p);
    return st;
}

static medel_status as_kontoplan(const char *name, buffer *b, medel_diagnostics *d)
{
    medel_kontoplan *p = NULL;
    medel_status st = medel_kontoplan_read(
        &p, finsam, &(medel_input){ name, b->text, b->len }, NULL, d);
    medel_kontoplan_free(p);
    return st;
}

typedef medel_status (*reader)(const char *name, buffer *b, medel_diagnostics *d);

static const struct {
    const char *name;
    reader read;
} kinds[] = {
    { "yaml", as_report },          { "report", as_report },
    { "forbund", as_forbund },      { "taxonomy", as_taxonomy },
    { "parameter", as_parameters }, { "kontoplan", as_kontoplan },
    { "relations", as_relations },
};

/* ---- messages ---- */

static char *messages(const medel_diagnostics *d, medel_status st)
{
    size_t room = 100, len = 0, n = medel_diagnostics_count(d);
    for (size_t i = 0; i < n; i++)
        room += medel_diagnostic_format(medel_diagnostics_get(d, i), NULL, 0);
    char *text = malloc(room);
    if (!text)
        exit(1);
    for (size_t i = 0; i < n; i++)
        len +=
            medel_diagnostic_format(medel_diagnostics_get(d, i), text + len, room - len);
    snprintf(text + len, room - len, "(%s)\n", medel_status_name(st));
    return text;
}

static void compare(const char *path, const char *text)
{
    compared++;
    FILE *f = fopen(path, reset ? "w" : "r");
    if (!f) {
        fprintf(stderr, "%s: %s; run with --reset and read it\n", path, strerror(errno));
        failures++;
        return;
    }
    if (reset) {
        fputs(text, f);
        fclose(f);
        return;
    }
    fclose(f);
    buffer expected = load(path);
    if (strcmp(expected.text, text) != 0) {
        failures++;
        fprintf(stderr, "%s says:\n%sbut now there is:\n%s\n", path, expected.text, text);
    }
    release(&expected);
}

/* Read a copy of its own size, so that reading past the end is seen. */
static void try_text(reader read, const char *name, const buffer *b, const char *expected)
{
    buffer copy = { malloc(b->len ? b->len : 1), b->len };
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    if (!copy.text || !d)
        exit(1);
    memcpy(copy.text, b->text, b->len);
    medel_status st = read(name, &copy, d);
    if ((st == MEDEL_OK) != (medel_diagnostics_count(d) == 0)) {
        fprintf(stderr, "%s: %s with %zu messages\n", name, medel_status_name(st),
                medel_diagnostics_count(d));
        failures++;
    }
    char *text = messages(d, st);
    compare(expected, text);
    free(text);
    medel_diagnostics_free(d);
    free(copy.text);
}

/* ---- the files ---- */

static int by_name(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static void run_kind(const char *kind, reader read)
{
    char path[512], *names[512], expected[600];
    size_t n = 0;
    snprintf(path, sizeof path, ROOT "%s", kind);
    DIR *dir = opendir(path);
    for (struct dirent *e; dir && (e = readdir(dir)) != NULL && n < COUNT(names);) {
        size_t len = strlen(e->d_name);
        if (len > 5 && strcmp(e->d_name + len - 5, ".yaml") == 0)
            names[n++] = strdup(e->d_name);
    }
    if (dir)
        closedir(dir);
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, ROOT "%s/%s", kind, names[i]);
        snprintf(expected, sizeof expected, "%.*s.expected", (int)strlen(path) - 5, path);
        buffer b = load(path);
        try_text(read, names[i], &b, expected);
        release(&b);
        free(names[i]);
    }
}

/* ---- files that are too large to keep ---- */

static const struct {
    const char *name, *head, *part;
    size_t times;
    const char *tail;
} made[] = {
    { "flow_bomb", "", "[", 100000, "" },
    { "flow_mapping_bomb", "", "{a: ", 20000, "" },
    { "block_bomb", "", "- ", 10000, "" },
    { "key_bomb", "", "? ", 10000, "" },
    { "deep_64", "", "[", 64, "" },
    { "long_value", "a: ", "x", 65537, "\n" },
    { "long_escaped_value", "a: \"", "\\x41", 65537, "\"\n" },
    { "long_key", "", "k", 129, ": 1\n" },
    { "very_long_key", "", "k", 2000, ": 1\n" },
    { "huge_file", "medel: 1 #", "x", 4 << 20, "\n" },
    { "many_values", "a: [", "1,", 100000, "]\n" },
    { "many_errors", "medel: 1\nrakenskapsar: 2023\nuppgifter:\n", "- { tal: x }\n", 300,
      "" },
    { "long_line", "medel: 1\nrakenskapsar: 2023\npersonal: [ ",
      "{ text: åäö, antal: 1 }, ", 50, "{ text: fel, antal: 1O } ]\n" },
};

static void run_made(void)
{
    for (size_t i = 0; i < COUNT(made); i++) {
        char expected[200];
        size_t part = strlen(made[i].part);
        buffer b = { malloc(strlen(made[i].head) + part * made[i].times
                            + strlen(made[i].tail) + 1),
                     0 };
        if (!b.text)
            exit(1);
        char *p = b.text + sprintf(b.text, "%s", made[i].head);
        for (size_t k = 0; k < made[i].times; k++, p += part)
            memcpy(p, made[i].part, part);
        strcpy(p, made[i].tail);
        b.len = strlen(b.text);
        snprintf(expected, sizeof expected, ROOT "made/%s.expected", made[i].name);
        try_text(as_report, "made.yaml", &b, expected);
        free(b.text);
    }
}

/* ---- every prefix, every byte ---- */

static unsigned long tried;

/* What holds for any text: places lie in it, messages are whole. */
static void try_any(reader read, const char *text, size_t len)
{
    buffer b = { malloc(len ? len : 1), len };
    medel_diagnostics *d = medel_diagnostics_new(NULL);
    char shown[4096];
    if (!b.text || !d)
        exit(1);
    memcpy(b.text, text, len);
    medel_status st = read("f.yaml", &b, d);
    size_t n = medel_diagnostics_count(d);
    bool ok = (st == MEDEL_OK) == (n == 0) && st != MEDEL_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        const medel_diagnostic *m = medel_diagnostics_get(d, i);
        size_t room = medel_diagnostic_format(m, shown, sizeof shown);
        ok &= room < sizeof shown && strlen(shown) == room;
        ok &= m->line <= len + 1 && m->col <= len + 1 && m->caret <= 200;
    }
    if (!ok) {
        failures++;
        fprintf(stderr, "%s with %zu messages for:\n%.*s\n", medel_status_name(st), n,
                (int)len, text);
    }
    medel_diagnostics_free(d);
    free(b.text);
    tried++;
}

static void prefixes(reader read, const char *path)
{
    buffer b = load(path);
    for (size_t len = 0; len <= b.len; len++)
        try_any(read, b.text, len);
    release(&b);
}

/* Without 'all', the bytes that mean something to YAML or to a figure. */
static void bytes(reader read, const char *path, bool all)
{
    static const char few[] = "\0\t\n\r -:,[]{}#'\"&*!|>%@?.0aO~\x7f\x80\xc3\xe2\xff";
    buffer b = load(path);
    for (size_t i = 0; i < b.len; i++) {
        char was = b.text[i];
        for (size_t k = 0; k < (all ? 256 : sizeof few - 1); k++) {
            b.text[i] = all ? (char)k : few[k];
            try_any(read, b.text, b.len);
        }
        b.text[i] = was;
    }
    release(&b);
}

static buffer small_forbund;

static medel_status as_small_report(const char *name, buffer *b, medel_diagnostics *d)
{
    return read_report(name, b->text, b->len, &small_forbund, d);
}

static void sweep(bool all)
{
    small_forbund = load("tests/data/forbund.yaml");
    prefixes(as_small_report, "tests/data/liten.yaml");
    prefixes(as_forbund, "tests/data/forbund.yaml");
    prefixes(as_parameters, "tests/data/parametrar.yaml");
    prefixes(as_taxonomy, "tests/data/liten-taxonomi.yaml");
    bytes(as_small_report, "tests/data/liten.yaml", all);
    if (all) {
        bytes(as_forbund, "tests/data/forbund.yaml", all);
        bytes(as_parameters, "tests/data/parametrar.yaml", all);
        bytes(as_taxonomy, "tests/data/liten-taxonomi.yaml", all);
    }
    release(&small_forbund);
    printf("errors: %lu prefixes and changed bytes tried\n", tried);
}

int main(int argc, char **argv)
{
    const char *option = argc > 1 ? argv[1] : "";
    reset = strcmp(option, "--reset") == 0;
    buffer b = load("rules/taxonomy/finsam.yaml");
    if (medel_taxonomy_read(&finsam, &(medel_input){ "finsam.yaml", b.text, b.len }, NULL,
                            NULL)
        != MEDEL_OK)
        return 1;
    release(&b);
    if (strncmp(option, "--sweep", 7) == 0) {
        sweep(strcmp(option, "--sweep-all") == 0);
    } else {
        for (size_t i = 0; i < COUNT(kinds); i++)
            run_kind(kinds[i].name, kinds[i].read);
        run_made();
        printf("errors: %u files, %u differ\n", compared, failures);
    }
    medel_taxonomy_free(finsam);
    return failures > 0;
}
