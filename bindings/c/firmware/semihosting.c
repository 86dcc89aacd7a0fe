/* The platform of a board under an emulator or a debugger: Arm semihosting. */
#include "platform.h"

#include <string.h>

#define SYS_OPEN 0x01
#define SYS_WRITE 0x05
#define SYS_READ 0x06
#define SYS_GET_CMDLINE 0x15
#define SYS_EXIT_EXTENDED 0x20
#define APPLICATION_EXIT 0x20026

#define OPEN_READ_BINARY 1
#define OPEN_WRITE 4

typedef unsigned long word;

/* One question to whoever watches the processor. */
static word ask(word operation, const void *block)
{
    register word r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = block;

#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
#else
    __asm__ volatile("svc 0x123456" : "+r"(r0) : "r"(r1) : "memory", "lr");
#endif
    return r0;
}

static int open_as(const char *path, word mode)
{
    word block[3];

    block[0] = (word)path;
    block[1] = mode;
    block[2] = (word)strlen(path);
    return (int)ask(SYS_OPEN, block);
}

int platform_open(const char *path)
{
    return open_as(path, OPEN_READ_BINARY);
}

/* How many of the bytes are left over. */
static size_t transfer(word operation, int handle, const char *bytes, size_t length)
{
    word block[3];

    block[0] = (word)handle;
    block[1] = (word)bytes;
    block[2] = (word)length;
    return (size_t)ask(operation, block);
}

size_t platform_read(int handle, char *bytes, size_t length)
{
    size_t left = transfer(SYS_READ, handle, bytes, length);

    return left > length ? 0 : length - left;
}

int platform_write(int handle, const char *bytes, size_t length)
{
    static int console = -1;
    size_t left;

    if (handle == PLATFORM_CONSOLE) {
        if (console < 0)
            console = open_as(":tt", OPEN_WRITE);
        handle = console;
    }
    for (; length > 0; length = left) {
        left = transfer(SYS_WRITE, handle, bytes, length);
        if (left >= length)
            return 0;
        bytes += length - left;
    }
    return 1;
}

void platform_exit(int status)
{
    word block[2];

    block[0] = APPLICATION_EXIT;
    block[1] = (word)status;
    ask(SYS_EXIT_EXTENDED, block);
    for (;;) {
    }
}

/* Start-up code comes here: the words of the command line are the arguments. */
void semihosting_main(void);
void semihosting_main(void)
{
    static char line[256];
    static char *arguments[8];
    word block[2];
    int count = 0;
    char *at = line;

    block[0] = (word)line;
    block[1] = sizeof(line);
    if (ask(SYS_GET_CMDLINE, block) != 0)
        line[0] = '\0';
    while (*at != '\0' && count < 7) {
        arguments[count++] = at;
        while (*at != '\0' && *at != ' ')
            at++;
        if (*at == ' ')
            *at++ = '\0';
    }
    platform_main(count, arguments);
}
