/* <string.h>, and a heap in a fixed piece of memory. */
#include <stdlib.h>
#include <string.h>

void *memcpy(void *to, const void *from, size_t length)
{
    unsigned char *out = (unsigned char *)to;
    const unsigned char *in = (const unsigned char *)from;

    while (length-- > 0)
        *out++ = *in++;
    return to;
}

void *memmove(void *to, const void *from, size_t length)
{
    unsigned char *out = (unsigned char *)to;
    const unsigned char *in = (const unsigned char *)from;

    if (out <= in)
        return memcpy(to, from, length);
    while (length-- > 0)
        out[length] = in[length];
    return to;
}

void *memset(void *to, int byte, size_t length)
{
    unsigned char *out = (unsigned char *)to;

    while (length-- > 0)
        *out++ = (unsigned char)byte;
    return to;
}

int memcmp(const void *a, const void *b, size_t length)
{
    const unsigned char *left = (const unsigned char *)a, *right = (const unsigned char *)b;

    for (; length > 0; length--, left++, right++) {
        if (*left != *right)
            return *left < *right ? -1 : 1;
    }
    return 0;
}

void *memchr(const void *bytes, int byte, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes;

    for (; length > 0; length--, at++) {
        if (*at == (unsigned char)byte)
            return (void *)at;
    }
    return NULL;
}

size_t strlen(const char *text)
{
    const char *end = text;

    while (*end != '\0')
        end++;
    return (size_t)(end - text);
}

char *strchr(const char *text, int byte)
{
    for (; *text != (char)byte; text++) {
        if (*text == '\0')
            return NULL;
    }
    return (char *)text;
}

int strcmp(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t length)
{
    for (; length > 0; length--, a++, b++) {
        if (*a != *b || *a == '\0')
            return (unsigned char)*a - (unsigned char)*b;
    }
    return 0;
}

char *strtok(char *text, const char *separator)
{
    static char *rest;
    char *word, *end;

    word = text != NULL ? text : rest;
    while (word != NULL && *word == separator[0])
        word++;
    if (word == NULL || *word == '\0')
        return NULL;
    end = strchr(word, separator[0]);
    rest = end == NULL ? NULL : end + 1;
    if (end != NULL)
        *end = '\0';
    return word;
}

/* The heap has so many cells. */
#ifndef LIBC_HEAP
#define LIBC_HEAP 40960
#endif

/* A block is a cell and `cells` more behind it. */
union cell {
    struct {
        size_t cells;
        int used;
    } block;
    long aligned_for_a_long;
    void *aligned_for_a_pointer;
};

static union cell heap[LIBC_HEAP];

void *malloc(size_t size)
{
    size_t wanted = (size + sizeof(union cell) - 1) / sizeof(union cell);
    union cell *at = heap, *next;

    if (heap[0].block.cells == 0)
        heap[0].block.cells = LIBC_HEAP - 1;
    for (; at < heap + LIBC_HEAP; at += at->block.cells + 1) {
        if (at->block.used)
            continue;
        /* Free neighbours become one. */
        for (next = at + at->block.cells + 1; next < heap + LIBC_HEAP && !next->block.used;
             next = at + at->block.cells + 1)
            at->block.cells += next->block.cells + 1;
        if (at->block.cells < wanted)
            continue;
        if (at->block.cells > wanted) {
            next = at + wanted + 1;
            next->block.cells = at->block.cells - wanted - 1;
            next->block.used = 0;
            at->block.cells = wanted;
        }
        at->block.used = 1;
        return at + 1;
    }
    return NULL;
}

void free(void *block)
{
    if (block != NULL)
        ((union cell *)block)[-1].block.used = 0;
}

void *realloc(void *block, size_t size)
{
    void *larger = malloc(size);
    size_t before;

    if (block == NULL || larger == NULL)
        return larger;
    before = ((union cell *)block)[-1].block.cells * sizeof(union cell);
    memcpy(larger, block, before < size ? before : size);
    free(block);
    return larger;
}

unsigned long strtoul(const char *text, char **end, int base)
{
    unsigned long value = 0;

    for (; *text >= '0' && *text <= '9'; text++)
        value = value * (unsigned long)base + (unsigned long)(*text - '0');
    if (end != NULL)
        *end = (char *)text;
    return value;
}
