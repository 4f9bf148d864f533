/* fuzz_zip.c - one file out of a zip archive. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader("zip", data, size);
    return 0;
}
