/* What a library of codes alone answers, as a digest for each 32 numbers: for CPUs of 8 bits, which have neither a C
 * library worth the name nor room for more. Built with RC_CODES_ONLY; on 8051 and Z80 for the simulators of uCsim, on
 * AVR for simavr, anywhere else for stdio. */
#include "replycode.h"

#if defined(__SDCC_mcs51)
static __xdata __at(0xfffe) volatile unsigned char simulator;
static void put(unsigned char byte)
{
    simulator = 'p';
    simulator = byte;
}
static void stop(void)
{
    simulator = 's';
    for (;;)
        continue;
}
#elif defined(__SDCC_z80)
static __sfr __at(0x10) simulator;
static void put(unsigned char byte)
{
    simulator = 'p';
    simulator = byte;
}
static void stop(void)
{
    simulator = 's';
    for (;;)
        continue;
}
#elif defined(__AVR__)
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
static void put(unsigned char byte)
{
    UCSR0B = 1 << TXEN0;
    while ((UCSR0A & (1 << UDRE0)) == 0)
        continue;
    UDR0 = byte;
}
static void stop(void)
{
    /* Without interrupts sleep has no end, which ends the simulation. */
    cli();
    sleep_enable();
    sleep_cpu();
}
#else
#include <stdio.h>
static void put(unsigned char byte)
{
    putchar(byte);
}
static void stop(void)
{
}
#endif

static unsigned short digest;

static void see(unsigned short value)
{
    /* Fletcher's checksum, in 8 bits each. */
    unsigned char low = (unsigned char)(digest + value + (value >> 8));

    digest = (unsigned short)(low | (unsigned)(unsigned char)((digest >> 8) + low) << 8);
}

static void put_hex(unsigned short value)
{
    unsigned char n;

    for (n = 0; n < 4; n++) {
        unsigned char digit = (unsigned char)(value >> 12);

        put((unsigned char)(digit < 10 ? '0' + digit : 'a' + digit - 10));
        value = (unsigned short)(value << 4);
    }
}

static void see_code(unsigned char protocol, unsigned short code)
{
    rc_explanation answer;
    unsigned short n;
    rc_entry entry;

    see((unsigned short)rc_explain(protocol, code, &answer));
    see(answer.code);
    see(answer.entry);
    see(answer.severity);
    see(answer.category);
    see(answer.verdict);
    see(answer.basis);
    see(answer.listed);
    for (n = 0; (entry = rc_code_entry(protocol, code, n)) != 0; n++) {
        see(entry);
        see(rc_kind(entry));
        see(rc_status(entry));
        see(rc_verdict(entry));
        see((unsigned char)rc_title(entry, RC_LANG_EN)[0]);
    }
    see(rc_severity_entry(protocol, (unsigned char)code));
    see(rc_category_entry(protocol, (unsigned char)code));
    see((unsigned short)rc_should_retry(answer.verdict));
}

static void put_digest(void)
{
    put_hex(digest);
    put('\n');
}

int main(void)
{
    /* Errors of sockets, which people take for replies. */
    static const unsigned short far_away[] = {10054, 10060, 10061, 65535U};
    unsigned char protocol, i;
    unsigned short code;

    for (protocol = 0; protocol < 3; protocol++) {
        for (code = 0; code < 1050; code++) {
            see_code(protocol, code);
            if ((code & 31) == 31)
                put_digest();
        }
        for (i = 0; i < 4; i++)
            see_code(protocol, far_away[i]);
        put_digest();
    }
    see((unsigned short)RC_CHECK());
    put_digest();
    put('e');
    put('n');
    put('d');
    put('\n');
    stop();
    return 0;
}
