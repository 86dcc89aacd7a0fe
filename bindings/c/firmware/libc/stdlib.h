/* As much of <stdlib.h> as the test programs use. */
#ifndef LIBC_STDLIB_H
#define LIBC_STDLIB_H

#include <stddef.h>

void exit(int status);
void *malloc(size_t size);
void *realloc(void *block, size_t size);
void free(void *block);
/* Decimal numbers only. */
unsigned long strtoul(const char *text, char **end, int base);

#endif
