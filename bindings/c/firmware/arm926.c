/* Start-up code of ARM926, loaded to where it runs. */
void semihosting_main(void);
void boot(void);

void boot(void)
{
    semihosting_main();
}

__asm__(
    ".section .text.start, \"ax\"\n"
    ".global start\n"
    ".arm\n"
    "start:\n"
    "    ldr sp, =stack_end\n"
    "    bl boot\n"
    "1:  b 1b\n"
    ".ltorg\n"
);
