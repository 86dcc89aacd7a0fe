/* What the small C library needs from the place where a program runs: semihosting.c, linux.c. */
#ifndef PLATFORM_H
#define PLATFORM_H

#include <stddef.h>

/* The console. */
#define PLATFORM_CONSOLE 1

/* A file for reading: a handle, or -1. */
int platform_open(const char *path);

/* Reads at most so many bytes: how many; 0 at the end and after a fault. */
size_t platform_read(int handle, char *bytes, size_t length);

/* Writes all of the bytes: 1, or 0 after a fault. */
int platform_write(int handle, const char *bytes, size_t length);

/* Ends the program. */
void platform_exit(int status);

/* What start-up code calls when memory is as C wants it. */
void platform_main(int count, char **arguments);

#endif
