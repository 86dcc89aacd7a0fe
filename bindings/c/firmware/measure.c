/* How many instructions and how much stack the library takes on Cortex-M3, under an emulator that counts: one
 * instruction is a nanosecond, and the system timer runs at 25 MHz (qemu-system-arm -M mps2-an385 -icount shift=0). */
#include <stdio.h>
#include <string.h>

#include "replycode.h"

#define SYST_CSR (*(volatile unsigned long *)0xe000e010UL)
#define SYST_RVR (*(volatile unsigned long *)0xe000e014UL)
#define SYST_CVR (*(volatile unsigned long *)0xe000e018UL)
#define TIMER_ON 5UL
#define TIMER_END 0xffffffUL
#define INSTRUCTIONS_PER_TICK 40UL

/* How often a question is asked while the timer runs: often enough for one instruction to show, not too often for the
 * timer. */
#define TIMES 1000UL

#define SMALLEST_STACK 4096

static const char single[] = "550 5.1.1 <alarm@example.com>: Recipient address rejected: User unknown\r\n";
static const char lines[] =
    "535-5.7.8 Username and Password not accepted. For more information, go to\r\n"
    "535 5.7.8  https://support.google.com/mail/?p=BadCredentials 4fb4d7f45d1cf-62ff - gsmtp\r\n";

static volatile const void *result;
static rc_reply reply;
static rc_parser parser;
static char text[256];

static void nothing(void)
{
    result = NULL;
}

static void severity(void)
{
    result = rc_severity(RC_SMTP, 550) == RC_SEVERITY_PERMANENT ? single : NULL;
}

static void title(void)
{
    result = rc_title_of(RC_FTP, 425, RC_LANG_JA);
}

static void explain(void)
{
    static rc_explanation answer;

    rc_explain(RC_SMTP, 550, &answer);
    result = rc_title(answer.entry, RC_LANG_JA);
}

static void parse_single(void)
{
    rc_parse(RC_SMTP, 0, single, sizeof(single) - 1, &reply);
    result = reply.bytes;
}

static void parse_lines(void)
{
    rc_parse(RC_SMTP, 0, lines, sizeof(lines) - 1, &reply);
    result = reply.bytes;
}

static void stream(void)
{
    unsigned char state;

    rc_parser_feed(&parser, single, sizeof(single) - 1, text, sizeof(text), &state);
    rc_parser_reply(&parser, text, sizeof(text), &reply);
    result = reply.bytes;
}

static void diagnose(void)
{
    static rc_diagnosis answer;

    rc_reply_diagnose(&reply, RC_COMMAND_SMTP_RCPT, &answer);
    result = rc_title(answer.cause, RC_LANG_JA);
}

/* Instructions for all calls together. */
static unsigned long instructions(void (*question)(void))
{
    unsigned long n;

    SYST_RVR = TIMER_END;
    SYST_CVR = 0;
    SYST_CSR = TIMER_ON;
    for (n = 0; n < TIMES; n++)
        question();
    return (TIMER_END - SYST_CVR) * INSTRUCTIONS_PER_TICK;
}

/* Bytes of stack below the caller's frame, by painting it. */
static unsigned long stack(void (*question)(void))
{
    volatile unsigned char *here, *at;

    __asm__ volatile("mov %0, sp" : "=r"(here));
    for (at = here - SMALLEST_STACK; at < here; at++)
        *at = 0xa5;
    question();
    for (at = here - SMALLEST_STACK; at < here && *at == 0xa5;)
        at++;
    return (unsigned long)(here - at);
}

int main(void)
{
    static const struct {
        const char *name;
        void (*question)(void);
    } questions[] = {
        {"severity of a code", severity},
        {"Japanese title of a code", title},
        {"explanation and Japanese title of a code", explain},
        {"a reply of one line, 73 bytes, parsed as a whole", parse_single},
        {"a reply of two lines, 164 bytes, parsed as a whole", parse_lines},
        {"the reply of one line, parsed as a stream", stream},
        {"diagnosis of the reply of one line", diagnose}
    };
    unsigned long overhead, own = stack(nothing);
    size_t i;

    /* Twice: the timer first has to start. */
    instructions(nothing);
    overhead = instructions(nothing);
    rc_parser_init(&parser, RC_SMTP, 0);
    for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
        unsigned long count = instructions(questions[i].question) - overhead;
        unsigned long bytes = stack(questions[i].question);

        if (result == NULL)
            return 1;
        printf("%lu\t%lu\t%s\n", (count + TIMES / 2) / TIMES, bytes - own, questions[i].name);
    }
    return 0;
}
