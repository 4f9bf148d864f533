/*
 * medel.h - the whole public C API: what a host program includes.
 *
 * medel_core.h declares the accounting: amounts, taxonomy, reports, checks,
 * projections.  What is not declared in either is not API.
 */
#ifndef MEDEL_H
#define MEDEL_H

#include "medel_core.h"

#endif
