/* As much of <string.h> as the test programs use. */
#ifndef LIBC_STRING_H
#define LIBC_STRING_H

#include <stddef.h>

void *memcpy(void *to, const void *from, size_t length);
void *memmove(void *to, const void *from, size_t length);
void *memset(void *to, int byte, size_t length);
int memcmp(const void *a, const void *b, size_t length);
void *memchr(const void *bytes, int byte, size_t length);
size_t strlen(const char *text);
char *strchr(const char *text, int byte);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t length);
/* One separator only. */
char *strtok(char *text, const char *separator);

#endif
