/* fuzz_xlsx.c - the files of a workbook: a name in brackets and what the file holds, in
 * turn. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader("xlsx", data, size);
    return 0;
}
