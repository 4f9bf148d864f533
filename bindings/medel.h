/*
 * medel.h - the whole public C API: what a host program includes.
 *
 * medel_core.h declares the accounting: amounts, taxonomy, reports, checks,
 * projections; medel_kontoplan.h says which accounts make which rows.  What is not
 * declared in them is not API.
 */
#ifndef MEDEL_H
#define MEDEL_H

#include "medel_core.h"
#include "medel_kontoplan.h"

#endif
