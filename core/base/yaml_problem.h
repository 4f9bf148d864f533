/* yaml_problem.h - why a text is not YAML. */
#ifndef MEDEL_YAML_PROBLEM_H
#define MEDEL_YAML_PROBLEM_H

#include "medel_priv.h"

#include <yaml.h>

#define MEDEL_BOM "\xEF\xBB\xBF" /* a byte order mark is no part of the text */

/* The diagnostic for where and why the parser stopped. */
void medel_yaml_problem(medel_source *src, const yaml_parser_t *p);
/* The length of a space that YAML does not take for one: no-break, thin, figure. */
size_t medel_wide_space(const char *p, size_t left);

#endif
