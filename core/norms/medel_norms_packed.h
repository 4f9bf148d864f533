/* medel_norms_packed.h - the taxonomy and parameters of a program that was built with
 * them. */
#ifndef MEDEL_NORMS_PACKED_H
#define MEDEL_NORMS_PACKED_H

#include "medel_norms.h"

/* As medel_taxonomy_read and medel_parameters_read; 'packed' is what medel_yaml_pack made
   of this very text, or NULL. */
MEDEL_MUST_CHECK medel_status medel_taxonomy_read_packed(medel_taxonomy **out,
                                                         const medel_input *in,
                                                         const char *packed,
                                                         const medel_allocator *allocator,
                                                         medel_diagnostics *diags);
MEDEL_MUST_CHECK medel_status medel_parameters_read_packed(
    medel_parameters **out, const medel_input *in, const char *packed,
    const medel_allocator *allocator, medel_diagnostics *diags);

#endif
