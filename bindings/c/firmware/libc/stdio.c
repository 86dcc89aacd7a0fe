/* <stdio.h> over platform.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../platform.h"

struct file {
    int handle;
    int failed;
    size_t length;
    size_t at;
    char bytes[1024];
};

static struct file console = {PLATFORM_CONSOLE, 0, 0, 0, {0}};
static struct file opened;

/* What goes to the error output is part of what a failing program prints. */
FILE *const libc_stdout = &console;
FILE *const libc_stderr = &console;

int main(int count, char **arguments);

void platform_main(int count, char **arguments)
{
    exit(main(count, arguments));
}

void exit(int status)
{
    platform_exit(fflush(stdout) == 0 ? status : 1);
}

FILE *fopen(const char *path, const char *mode)
{
    memset(&opened, 0, sizeof(opened));
    opened.handle = mode[0] == 'r' ? platform_open(path) : -1;
    return opened.handle < 0 ? NULL : &opened;
}

int fclose(FILE *file)
{
    return ferror(file) ? EOF : 0;
}

int getc(FILE *file)
{
    if (file->at == file->length) {
        file->at = 0;
        file->length = platform_read(file->handle, file->bytes, sizeof(file->bytes));
        if (file->length == 0)
            return EOF;
    }
    return (unsigned char)file->bytes[file->at++];
}

char *fgets(char *line, int size, FILE *file)
{
    int length = 0, byte = '\0';

    while (length + 1 < size && byte != '\n' && (byte = getc(file)) != EOF)
        line[length++] = (char)byte;
    line[length] = '\0';
    return length > 0 ? line : NULL;
}

int fflush(FILE *file)
{
    if (file->length > 0 && !platform_write(file->handle, file->bytes, file->length))
        file->failed = 1;
    file->length = 0;
    return file->failed ? EOF : 0;
}

int ferror(FILE *file)
{
    return file->failed;
}

static int put(int byte, FILE *file)
{
    if (file->length == sizeof(file->bytes) && fflush(file) != 0)
        return EOF;
    file->bytes[file->length++] = (char)byte;
    return (unsigned char)byte;
}

int putchar(int byte)
{
    return put(byte, stdout);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *file)
{
    const char *at = (const char *)bytes;
    size_t left = size * count;

    for (; left > 0; left--)
        put(*at++, file);
    return ferror(file) ? 0 : count;
}

int fputs(const char *text, FILE *file)
{
    return fwrite(text, 1, strlen(text), file) > 0 || text[0] == '\0' ? 0 : EOF;
}

int puts(const char *text)
{
    return fputs(text, stdout) == EOF ? EOF : putchar('\n');
}

void perror(const char *what)
{
    fprintf(stderr, "%s: failed\n", what);
}

/* Where printed bytes go: to a file, or into memory. */
struct sink {
    FILE *file;
    char *out;
    int count;
};

static void give(struct sink *to, char byte)
{
    if (to->file != NULL)
        put(byte, to->file);
    else
        to->out[to->count] = byte;
    to->count++;
}

static void number(struct sink *to, unsigned long value, unsigned base, char fill, int width)
{
    char digits[12];
    int n = 0;

    do {
        unsigned digit = (unsigned)(value % base);
        digits[n++] = (char)(digit < 10 ? '0' + digit : 'a' + (digit - 10));
        value /= base;
    } while (value != 0);
    for (; width > n; width--)
        give(to, fill);
    while (n > 0)
        give(to, digits[--n]);
}

static void print(struct sink *to, const char *format, va_list list)
{
    for (; *format != '\0'; format++) {
        const char *text;
        char fill = ' ';
        int width = 0, is_long = 0, value;

        if (*format != '%') {
            give(to, *format);
            continue;
        }
        if (*++format == '0')
            fill = '0';
        for (; *format >= '0' && *format <= '9'; format++)
            width = width * 10 + (*format - '0');
        if (*format == 'l') {
            is_long = 1;
            format++;
        }
        switch (*format) {
        case 'c':
            give(to, (char)va_arg(list, int));
            break;
        case 's':
            for (text = va_arg(list, const char *); *text != '\0'; text++)
                give(to, *text);
            break;
        case 'd':
            value = va_arg(list, int);
            if (value < 0)
                give(to, '-');
            number(to, value < 0 ? 0UL - (unsigned long)value : (unsigned long)value, 10, fill, width);
            break;
        case 'u':
        case 'x':
            number(to, is_long ? va_arg(list, unsigned long) : va_arg(list, unsigned), *format == 'x' ? 16 : 10, fill,
                   width);
            break;
        case '%':
            give(to, '%');
            break;
        default:
            /* A conversion that this library lacks must not pass for output. */
            fputs("printf: unknown conversion\n", stderr);
            exit(3);
        }
    }
}

int fprintf(FILE *file, const char *format, ...)
{
    struct sink to = {NULL, NULL, 0};
    va_list list;

    to.file = file;
    va_start(list, format);
    print(&to, format, list);
    va_end(list);
    return ferror(file) ? -1 : to.count;
}

int printf(const char *format, ...)
{
    struct sink to = {NULL, NULL, 0};
    va_list list;

    to.file = stdout;
    va_start(list, format);
    print(&to, format, list);
    va_end(list);
    return ferror(stdout) ? -1 : to.count;
}

int sprintf(char *out, const char *format, ...)
{
    struct sink to = {NULL, NULL, 0};
    va_list list;

    to.out = out;
    va_start(list, format);
    print(&to, format, list);
    va_end(list);
    out[to.count] = '\0';
    return to.count;
}
