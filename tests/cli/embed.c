/* embed.c - a host program that knows nothing but medel.h: loads the taxonomy and the
 * reports it is given, runs the checks of the core, and says what it found. */
#include <medel.h>

#include <stdio.h>

static int complain(const medel_diagnostics *d)
{
    char line[2000];
    for (size_t i = 0; i < medel_diagnostics_count(d); i++) {
        medel_diagnostic_format(medel_diagnostics_get(d, i), line, sizeof line);
        fputs(line, stderr);
    }
    return 1;
}

static medel_taxonomy *load_taxonomy(const char *path, medel_diagnostics *d)
{
    char *text;
    size_t len;
    medel_error err;
    medel_taxonomy *t = NULL;
    if (medel_file_read(&text, &len, path, (size_t)1 << 22, NULL, NULL, &err)
        != MEDEL_OK) {
        fprintf(stderr, "%s\n", err.message);
        return NULL;
    }
    if (medel_taxonomy_read(&t, path, text, len, NULL, NULL, d) != MEDEL_OK)
        complain(d);
    medel_text_free(text, len, NULL, NULL);
    return t;
}

static int check(const medel_report *r)
{
    medel_checks *checks;
    const medel_check *list;
    size_t found = 0;
    if (medel_checks_new(&checks, r, NULL, NULL) != MEDEL_OK)
        return 1;
    size_t n = medel_checks_get(checks, &list);
    for (size_t i = 0; i < n; i++)
        found += list[i].outcome == MEDEL_FINDING;
    printf("%d: %s, %s\n", medel_report_year(r), n > 0 ? "checked" : "nothing to check",
           found > 0 ? "with findings" : "without findings");
    medel_checks_free(checks);
    return 0;
}

static int audit(const medel_taxonomy *t, const char *path, medel_diagnostics *d)
{
    medel_report *r;
    if (medel_report_load(&r, t, path, NULL, NULL, d) != MEDEL_OK)
        return complain(d);
    int failed = check(r);
    medel_report_free(r);
    return failed;
}

int main(int argc, char **argv)
{
    medel_diagnostics *d = medel_diagnostics_new(NULL, NULL);
    medel_taxonomy *t = argc > 1 ? load_taxonomy(argv[1], d) : NULL;
    int failed = t == NULL;
    for (int i = 2; t && i < argc; i++)
        failed |= audit(t, argv[i], d);
    medel_taxonomy_free(t);
    medel_diagnostics_free(d);
    return failed;
}
