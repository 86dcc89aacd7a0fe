/* Start-up code of Cortex-M: cortex_m.ld puts the vectors at address 0. */
void semihosting_main(void);
void reset(void);
void fault(void);
void platform_exit(int status);

extern unsigned long data_in_flash, data_start, data_end, bss_start, bss_end, stack_end;

void reset(void)
{
    const unsigned long *from = &data_in_flash;
    unsigned long *to;

    for (to = &data_start; to < &data_end;)
        *to++ = *from++;
    for (to = &bss_start; to < &bss_end;)
        *to++ = 0;
    semihosting_main();
}

/* A program that faults must not pass for one that hangs. */
void fault(void)
{
    platform_exit(4);
}

/* As far as faults: no interrupt is switched on. */
__attribute__((section(".vectors"), used)) static const unsigned long vectors[16] = {
    (unsigned long)&stack_end, (unsigned long)reset, (unsigned long)fault, (unsigned long)fault,
    (unsigned long)fault, (unsigned long)fault, (unsigned long)fault
};
