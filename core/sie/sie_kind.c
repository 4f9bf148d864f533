/* sie_kind.c - what is no SIE file is refused by its name. */
#include "sie_reader.h"

#include <string.h>

void medel_sie_refuse_others(sie_reader *r, const char *p, size_t len)
{
    static const char expected[] = "a SIE file, whose first line is #FLAGGA";
    if (!len)
        medel_sie_fail(r, MEDEL_E_SYNTAX, "a SIE file", NULL, "the file is empty");
    const medel_file_kind *kind = medel_file_kind_of(p, len);
    if (!kind || strcmp(kind->id, "sie") == 0)
        return;
    r->line = 1;
    medel_sie_fail(r, MEDEL_E_SYNTAX, expected, kind->use, "this is %s", kind->what);
}
