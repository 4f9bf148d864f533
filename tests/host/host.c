/* host.c - fixtures of the tests of medel.h. */
#include "host.h"

medel_runtime *runtime_of(medel_runtime_options *more)
{
    medel_runtime *rt = NULL;
    medel_runtime_options o = { .size = sizeof o };
    if (more)
        o = *more;
    o.size = sizeof o;
    o.data = ".";
    assert_int_equal(medel_runtime_new(&rt, &o), MEDEL_OK);
    return rt;
}

medel_runtime *runtime_with(medel_runtime_options *more, const char *const *rules)
{
    static const char *const names[] = { "a.lua", "b.lua", "c.lua", "d.lua", "e.lua" };
    medel_runtime *rt = runtime_of(more);
    medel_input files[COUNT(names)];
    size_t n = 0;
    for (; rules[n]; n++) {
        assert_true(n < COUNT(names));
        files[n] = (medel_input){ names[n], rules[n], strlen(rules[n]) };
    }
    assert_int_equal(medel_runtime_pack_files(rt, "prov", files, n), MEDEL_OK);
    return rt;
}

static void complain(medel_runtime *rt)
{
    char *text = diagnostics_text(medel_runtime_diagnostics(rt));
    fail_msg("%s", text);
}

medel_report *load(medel_runtime *rt, const char *path)
{
    medel_report *r = NULL;
    if (medel_load(rt, &r, &(medel_input){ .name = path }) != MEDEL_OK)
        complain(rt);
    return r;
}

medel_findings *audit(medel_runtime *rt, const medel_report *r)
{
    medel_findings *f = NULL;
    if (medel_audit(rt, &f, r, NULL) != MEDEL_OK)
        complain(rt);
    return f;
}

const medel_finding *outcome_of(const medel_findings *f, medel_outcome o, const char *id)
{
    for (size_t i = 0; i < medel_findings_count(f, o); i++) {
        const medel_finding *one = medel_findings_get(f, o, i);
        if (strcmp(one->rule, id) == 0)
            return one;
    }
    return NULL;
}

void assert_said(medel_runtime *rt, const char *part)
{
    char *text = diagnostics_text(medel_runtime_diagnostics(rt));
    if (!strstr(text, part))
        fail_msg("'%s' is not said: %s", part, text);
    free(text);
}
