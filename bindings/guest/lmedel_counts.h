/* lmedel_counts.h - which functions give whole numbers, for the lint. */
#ifndef LMEDEL_COUNTS_H
#define LMEDEL_COUNTS_H

#include "lmedel.h"

/* Is the result 'index' (from 0) of what is so called surely a whole number?  As a
   method, of whatever class; of a walk ("for ... in x:rows()") the values that it gives.
 */
bool lmedel_gives_integer(const char *name, size_t len, bool method, bool walk,
                          size_t index);
/* Is the field so called a whole number, of whatever class? */
bool lmedel_is_integer_field(const char *name, size_t len);

#endif
