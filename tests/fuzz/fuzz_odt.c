/* fuzz_odt.c - content.xml of an odt. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader("odt", data, size);
    return 0;
}
