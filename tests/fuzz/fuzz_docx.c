/* fuzz_docx.c - word/document.xml of a docx. */
#include "reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_reader("docx", data, size);
    return 0;
}
