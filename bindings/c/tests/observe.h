/* What differential.c sees of an input: the digest, the random numbers, and every question that the library answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replycode.h"

/* The longest input: some lines of more than SMTP allows. */
#define LONGEST 2200
/* What no function may write to lies behind each buffer. */
#define GUARD 8

static unsigned long digest, block, wanted;
static int tracing;

static void see_bytes(const char *what, const char *start, size_t length)
{
    size_t i;

    if (tracing)
        printf("%s ", what);
    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)start[i];

        /* FNV-1a */
        digest = ((digest ^ byte) * 16777619UL) & 0xffffffffUL;
        if (tracing && byte >= 0x20 && byte <= 0x7e && byte != '\\')
            putchar(byte);
        else if (tracing)
            printf("\\x%02x", (unsigned)byte);
    }
    if (tracing)
        putchar('\n');
}

static void see(const char *what, unsigned long value)
{
    char bytes[sizeof(value)];
    size_t i, length = 0;

    /* As many bytes as it needs, so that CPUs agree. */
    do {
        bytes[length++] = (char)(unsigned char)(value & 0xff);
        value >>= 8;
    } while (value > 0);
    if (tracing) {
        for (value = 0, i = length; i > 0; i--)
            value = value << 8 | (unsigned char)bytes[i - 1];
        printf("%s %lu\n", what, value);
        tracing = 0;
        see_bytes(what, bytes, length);
        tracing = 1;
    } else {
        see_bytes(what, bytes, length);
    }
}

/* The rows. */
static void begin_block(void)
{
    digest = 2166136261UL;
    tracing = wanted == block;
}

static void end_block(void)
{
    if (wanted == 0)
        printf("%lu %08lx\n", block, digest);
    tracing = 0;
    block++;
}

static unsigned long seed = 1;

static unsigned random_below(unsigned limit)
{
    seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
    return (unsigned)((seed >> 8) % limit);
}

static const unsigned char all_rules[] = {0, RC_MODE_STRICT, RC_MODE_LENIENT, RC_MODE_LOG,
                                          RC_MODE_STRICT | RC_ANY_CODE_ENDS, RC_ANY_CODE_ENDS,
                                          RC_MODE_LOG | RC_ANY_CODE_ENDS};
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RULES COUNT(all_rules)

/* A place in the bytes of a reply. */
static void see_place(const char *what, const char *place, const char *base)
{
    if (place == NULL || base == NULL)
        see(what, place == NULL ? 999999UL : 999998UL);
    else
        see(what, (unsigned long)(place - base));
}

static void see_reply(const rc_reply *reply, const char *base)
{
    size_t i;

    see_place("bytes", reply->bytes, base);
    see("length", (unsigned long)reply->length);
    see("notes", reply->notes);
    see("line_count", reply->line_count);
    see("offset", reply->offset);
    see("code", reply->code);
    see("first_code", reply->first_code);
    see("klass", reply->enhanced.klass);
    see("reserved", reply->enhanced.reserved);
    see("subject", reply->enhanced.subject);
    see("detail", reply->enhanced.detail);
    see("protocol", reply->protocol);
    see("rules", reply->rules);
    see("malformed", reply->malformed);
    see("raw", reply->raw);
    see("truncated", reply->truncated);
    for (i = 0; i < sizeof(reply->reserved); i++)
        see("reserved", reply->reserved[i]);
}

/* A buffer, and whether what lies behind it is as it was. */
static void guard(char *buffer, size_t cap)
{
    memset(buffer, '#', cap + GUARD);
}

static void see_buffer(const char *what, const char *buffer, size_t length, size_t cap)
{
    size_t i;

    see_bytes(what, buffer, length < cap ? length : cap);
    for (i = 0; i < GUARD; i++) {
        if (buffer[cap + i] != '#') {
            printf("%s: written beyond the buffer\n", what);
            exit(1);
        }
    }
}

/* What is left of the output of a function that has said no. */
static const char untouched[] = "untouched";

static void see_found(const char *what, int found, const char *start, size_t length, const char *base)
{
    see(what, (unsigned long)found);
    if (found) {
        see_place("start", start, base);
        see_bytes("found", start, length);
    } else if (start != untouched || length != 77) {
        printf("%s: written without a result\n", what);
        exit(1);
    }
}

static void see_lines(const rc_reply *reply, const char *base)
{
    unsigned long n;
    int found;

    for (n = 0;; n++) {
        const char *start = untouched;
        size_t length = 77;

        found = rc_reply_line(reply, n, &start, &length);
        see_found("line", found, start, length, base);
        if (!found)
            break;
        /* Each call counts from the first line. */
        if (n == 40) {
            n += 100;
        } else if (n > 40) {
            break;
        }
    }
}

static void see_values(const rc_reply *reply, const char *base)
{
    char buffer[64 + GUARD];
    const char *start = untouched;
    size_t length = 77, cap = random_below(12);
    rc_address address;
    rc_file_time time;
    int found;

    memset(&address, 0x5a, sizeof(address));
    see("passive", (unsigned long)rc_passive_address(reply, &address));
    see_bytes("host", (const char *)address.host, 4);
    see("port", address.port);
    see("extended", rc_extended_passive_port(reply));
    guard(buffer, cap);
    found = rc_pathname(reply, buffer, cap, &length);
    see("pathname", (unsigned long)found);
    see("length", (unsigned long)length);
    see_buffer("path", buffer, found ? length : cap, cap);
    length = 77;
    found = rc_file_size(reply, &start, &length);
    see_found("size", found, start, length, base);
    memset(&time, 0x5a, sizeof(time));
    found = rc_modification_time(reply, &time);
    see("time", (unsigned long)found);
    if (found) {
        see_place("fraction", time.fraction, base);
        see("fraction_length", (unsigned long)time.fraction_length);
    }
    see("year", time.year);
    see("month", time.month);
    see("day", time.day);
    see("hour", time.hour);
    see("minute", time.minute);
    see("second", time.second);
    see("reserved", time.reserved);
    start = untouched;
    length = 77;
    found = rc_domain(reply, &start, &length);
    see_found("domain", found, start, length, base);
    start = untouched;
    length = 77;
    found = rc_forward_path(reply, &start, &length);
    see_found("forward", found, start, length, base);
}

static void see_text(const rc_reply *reply)
{
    static char buffer[2 * LONGEST + GUARD], wire[256 + GUARD];
    rc_enhanced enhanced = reply->enhanced;
    size_t whole, cap;

    whole = rc_reply_text_copy(reply, NULL, 0);
    see("text", (unsigned long)whole);
    cap = whole > 2 * LONGEST ? 2 * LONGEST : random_below(3) ? whole : random_below((unsigned)whole + 2);
    guard(buffer, cap);
    see("copied", (unsigned long)rc_reply_text_copy(reply, buffer, cap));
    see_buffer("text", buffer, whole, cap);
    if (random_below(4) == 0)
        enhanced.klass = (unsigned char)random_below(7);
    if (random_below(16) == 0)
        enhanced.detail = (unsigned short)(990 + random_below(20));
    whole = whole < cap ? whole : cap;
    cap = random_below(257);
    guard(wire, cap);
    whole = rc_format(reply->protocol, reply->code, random_below(8) ? &enhanced : NULL, buffer, whole, wire, cap);
    see("wire", (unsigned long)whole);
    see_buffer("wire", wire, whole, cap);
}

/* Everything that can be asked of a reply. */
static void ask(const rc_reply *reply, const char *base)
{
    unsigned n;

    see_reply(reply, base);
    if (reply->code == 0)
        return;
    see_lines(reply, base);
    see_values(reply, base);
    see_text(reply);
    for (n = 0; n < 10; n++)
        see("matches", (unsigned long)rc_reply_matches(reply, (unsigned short)n));
    see("matches", (unsigned long)rc_reply_matches(reply, reply->code));
    n = random_below(1000);
    see("matches", (unsigned long)rc_reply_matches(reply, (unsigned short)n));
}

/* The input in pieces: of size bytes, or of random sizes for 0; to stop at is the size of the first one. */
static void stream(unsigned char protocol, unsigned char rules, const char *input, size_t n, size_t first, size_t size,
                   size_t cap)
{
    static char text[LONGEST + GUARD];
    rc_parser parser;
    rc_reply reply;
    unsigned char state;
    size_t consumed = 0, piece = first, read;

    see("init", (unsigned long)rc_parser_init(&parser, protocol, rules));
    guard(text, cap);
    while (consumed < n) {
        piece = piece > n - consumed ? n - consumed : piece;
        while (piece > 0) {
            read = rc_parser_feed(&parser, input + consumed, piece, text, cap, &state);
            see("read", (unsigned long)read);
            see("state", state);
            consumed += read;
            piece -= read;
            if (state >= RC_STATE_COMPLETE || random_below(8) == 0) {
                see("reply", rc_parser_reply(&parser, text, cap, &reply));
                see_reply(&reply, text);
                see_buffer("text", text, reply.length, cap);
                if (state == RC_STATE_COMPLETE && random_below(8) == 0)
                    ask(&reply, text);
            } else if (random_below(200) == 0) {
                see("reset", (unsigned long)rc_parser_reset(&parser));
            }
        }
        piece = size > 0 ? size : 1 + random_below(20);
    }
    do {
        state = rc_parser_finish(&parser, text, cap);
        see("finish", state);
        see("reply", rc_parser_reply(&parser, text, cap, &reply));
        ask(&reply, text);
        see_buffer("text", text, reply.length, cap);
    } while (state != RC_STATE_IDLE);
}

/* The forms that read what is all there. */
static void whole(unsigned char protocol, unsigned char rules, const char *input, size_t n)
{
    rc_reply reply;
    size_t consumed = 77;

    memset(&reply, 0xff, sizeof(reply));
    see("parse", rc_parse(protocol, rules, input, n, &reply));
    ask(&reply, input);
    memset(&reply, 0xff, sizeof(reply));
    see("prefix", rc_parse_prefix(protocol, rules, input, n, &reply, &consumed));
    see("consumed", (unsigned long)consumed);
    ask(&reply, input);
}

static void everything(unsigned char protocol, unsigned char rules, const char *input, size_t n)
{
    size_t cut, cap = random_below(2) ? LONGEST : random_below((unsigned)n + 2);

    see_bytes("input", input, n);
    see("protocol", protocol);
    see("rules", rules);
    see("cap", (unsigned long)cap);
    whole(protocol, rules, input, n);
    stream(protocol, rules, input, n, n, n, cap);
    stream(protocol, rules, input, n, 1, 1, cap);
    stream(protocol, rules, input, n, 1 + random_below(20), 0, cap);
    if (n > 80)
        return;
    for (cut = 2; cut < n; cut++)
        stream(protocol, rules, input, n, cut, n, cap);
}

static void one_input(unsigned char protocol, unsigned char rules, const char *input, size_t n)
{
    see_bytes("input", input, n);
    see("protocol", protocol);
    see("rules", rules);
    whole(protocol, rules, input, n);
    stream(protocol, rules, input, n, n, n, LONGEST);
    stream(protocol, rules, input, n, 1, 1, LONGEST);
}
