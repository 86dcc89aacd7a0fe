/* As much of <stdio.h> as the test programs use. */
#ifndef LIBC_STDIO_H
#define LIBC_STDIO_H

#include <stddef.h>

#define EOF (-1)

typedef struct file FILE;

extern FILE *const libc_stdout;
extern FILE *const libc_stderr;
#define stdout libc_stdout
#define stderr libc_stderr

/* For reading only; one file at a time. */
FILE *fopen(const char *path, const char *mode);
int fclose(FILE *file);
int getc(FILE *file);
char *fgets(char *line, int size, FILE *file);
int fflush(FILE *file);
int ferror(FILE *file);
void perror(const char *what);

int putchar(int byte);
int puts(const char *text);
int fputs(const char *text, FILE *file);
size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file);

/* The conversions %c %s %d %u %x and %lu, with a width and zeros before numbers. */
int printf(const char *format, ...);
int fprintf(FILE *file, const char *format, ...);
int sprintf(char *out, const char *format, ...);

#endif
