/*
 * medel_packed.h - a tree of YAML as bytes without addresses, to be read again without
 * its text being parsed: what a program keeps of files that it was built with.
 */
#ifndef MEDEL_PACKED_H
#define MEDEL_PACKED_H

#include "medel_base.h"

/* Bytes of 'allocator' (osize is *len when they are freed), for this build on this
 * machine.
 */
MEDEL_MUST_CHECK medel_status medel_yaml_pack(char **out, size_t *len,
                                              const medel_yaml *root,
                                              const medel_allocator *allocator);
/* The document borrows the bytes' texts; they are what medel_yaml_pack made, aligned to
   eight. */
MEDEL_MUST_CHECK medel_status medel_yaml_unpack(medel_yaml_document **out,
                                                const char *bytes,
                                                const medel_allocator *allocator);

#endif
