/* main_bundle.h - what the program has compiled with it. */
#ifndef MAIN_BUNDLE_H
#define MAIN_BUNDLE_H

#include "lmedel_bundle.h"

lmedel_bundle lmedel_own_bundle(void);

#endif
