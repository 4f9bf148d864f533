/* fuzz_boxes.c - what pdftotext -bbox writes. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader("boxes", data, size);
    return 0;
}
