/* The platform of a Linux program without a C library: the system calls of RISC-V and SH-4. */
#include "platform.h"

#if defined(__riscv)
#define SYS_OPENAT 56
#define SYS_READ 63
#define SYS_WRITE 64
#define SYS_EXIT 93
#elif defined(__sh__)
#define SYS_EXIT 1
#define SYS_READ 3
#define SYS_WRITE 4
#define SYS_OPENAT 295
#else
#error "which processor is this?"
#endif

#define AT_FDCWD (-100L)

static long call(long number, long a, long b, long c)
{
#if defined(__riscv)
    register long which __asm__("a7") = number;
    register long first __asm__("a0") = a;
    register long second __asm__("a1") = b;
    register long third __asm__("a2") = c;

    __asm__ volatile("ecall" : "+r"(first) : "r"(which), "r"(second), "r"(third) : "memory");
    return first;
#else
    register long which __asm__("r3") = number;
    register long first __asm__("r4") = a;
    register long second __asm__("r5") = b;
    register long third __asm__("r6") = c;
    register long fourth __asm__("r7") = 0;
    register long result __asm__("r0");

    __asm__ volatile("trapa #0x14"
                     : "=r"(result)
                     : "r"(which), "r"(first), "r"(second), "r"(third), "r"(fourth)
                     : "memory");
    return result;
#endif
}

int platform_open(const char *path)
{
    return (int)call(SYS_OPENAT, AT_FDCWD, (long)path, 0);
}

size_t platform_read(int handle, char *bytes, size_t length)
{
    long read = call(SYS_READ, handle, (long)bytes, (long)length);

    return read < 0 ? 0 : (size_t)read;
}

int platform_write(int handle, const char *bytes, size_t length)
{
    while (length > 0) {
        long written = call(SYS_WRITE, handle, (long)bytes, (long)length);

        if (written <= 0)
            return 0;
        bytes += written;
        length -= (size_t)written;
    }
    return 1;
}

void platform_exit(int status)
{
    for (;;)
        call(SYS_EXIT, status, 0, 0);
}

/* The kernel leaves the number of arguments and the arguments on the stack. */
void linux_main(long *stack);
void linux_main(long *stack)
{
    platform_main((int)stack[0], (char **)(stack + 1));
}

#if defined(__riscv)
__asm__(
    ".section .text.start, \"ax\"\n"
    ".global _start\n"
    "_start:\n"
    "    mv a0, sp\n"
    "    andi sp, sp, -16\n"
    "    call linux_main\n"
);
#else
__asm__(
    ".section .text.start, \"ax\"\n"
    ".global _start\n"
    ".align 2\n"
    "_start:\n"
    "    mov r15, r4\n"
    "    mov.l 1f, r0\n"
    "    jmp @r0\n"
    "    nop\n"
    ".align 2\n"
    "1:  .long linux_main\n"
);
#endif
