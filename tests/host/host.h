/* host.h - what the tests of medel.h share; they know no other header of medel's. */
#ifndef HOST_H
#define HOST_H

#include "medel.h"
#include "test.h"

#define EXAMPLE "examples/sydnarke/2023.yaml"
#define SMALL "tests/bindings/report.yaml"

/* A rule file whose check is 'body'. */
#define RULE(id, body)                                                                   \
    "return rule { id = \"" id                                                           \
    "\", title = \"Prov\", ground = \"Lag\", level = \"deviation\",\n"                   \
    "  check = function(ar, p) " body " end }\n"

/* Of the tree, with more options unless NULL; rules are those of the data folder. */
medel_runtime *runtime_of(medel_runtime_options *more);
/* With one pack from memory, of these rules: NULL-terminated. */
medel_runtime *runtime_with(medel_runtime_options *more, const char *const *rules);
medel_report *load(medel_runtime *rt, const char *path);
medel_findings *audit(medel_runtime *rt, const medel_report *r);
/* The first of the rule with that outcome, or NULL. */
const medel_finding *outcome_of(const medel_findings *f, medel_outcome o, const char *id);
void assert_said(medel_runtime *rt, const char *part);

#endif
