/* Finding a text by its code across the C interface, against the ways that others have.
 *
 *     cc -O2 -fPIC -Igenerated bench/lookup.c bench/peers.c libreplycode.a -o lookup
 *
 * Every case answers the same 4096 codes, in an order that a branch predictor cannot learn. The figure is the median of
 * 41 rounds, and the ratios come from one run. */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "peers.h"
#include "replycode.h"

#define CODES 4096
#define ROUNDS 41
#define REPEATS 8

static unsigned short listed[CODES], listed_ftp[CODES], mixed[CODES], small[CODES];

/* A linear congruential generator: the same codes in every run. */
static unsigned long next_random(void)
{
    static unsigned long state = 1;

    state = (state * 1664525UL + 1013904223UL) & 0xffffffffUL;
    return state >> 16;
}

static const char *load(unsigned short code)
{
    return peer_load(RC_SMTP, code, RC_LANG_EN);
}

static const char *title(unsigned short code)
{
    return rc_title_of(RC_SMTP, code, RC_LANG_EN);
}

static const char *title_japanese(unsigned short code)
{
    return rc_title_of(RC_FTP, code, RC_LANG_JA);
}

static const char *lookup_then_meaning(unsigned short code)
{
    return rc_meaning(rc_lookup(RC_SMTP, code), RC_LANG_EN);
}

static const char *explain_then_action(unsigned short code)
{
    rc_explanation answer;

    rc_explain(RC_SMTP, code, &answer);
    return rc_action(answer.entry, RC_LANG_EN);
}

static const char *error_text(unsigned short code)
{
    return strerror(code);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;

    return (difference > 0) - (difference < 0);
}

/* Nanoseconds a code: the median over the rounds. */
#define MEASURE(result, codes, call) \
    do { \
        double rounds[ROUNDS]; \
        int round, repeat, i; \
        for (round = 0; round < ROUNDS; round++) { \
            double start = now(); \
            for (repeat = 0; repeat < REPEATS; repeat++) { \
                for (i = 0; i < CODES; i++) { \
                    const char *volatile text = call((codes)[i]); \
                    (void)text; \
                } \
            } \
            rounds[round] = (now() - start) / ((double)CODES * REPEATS); \
        } \
        qsort(rounds, ROUNDS, sizeof(rounds[0]), by_value); \
        (result) = rounds[ROUNDS / 2]; \
    } while (0)

static void fill_listed(unsigned char protocol, unsigned short *codes)
{
    unsigned short known[1000], code;
    unsigned long count = 0;
    int i;

    for (code = 100; code <= 999; code++) {
        if (rc_lookup(protocol, code) != 0)
            known[count++] = code;
    }
    for (i = 0; i < CODES; i++)
        codes[i] = known[next_random() % count];
}

static void fill(void)
{
    int i;

    fill_listed(RC_SMTP, listed);
    fill_listed(RC_FTP, listed_ftp);
    for (i = 0; i < CODES; i++) {
        mixed[i] = next_random() % 8 == 0 ? (unsigned short)(200 + next_random() % 400) : listed[i];
        small[i] = (unsigned short)(next_random() % 100);
    }
}

static void print(const char *name, double nanoseconds, double base)
{
    printf("%-34s %8.2f %8.2f\n", name, nanoseconds, nanoseconds / base);
}

int main(void)
{
    double base, result;

    if (!RC_CHECK()) {
        fputs("replycode.h and the library do not belong together\n", stderr);
        return 1;
    }
    fill();
    printf("%-34s %8s %8s\n", "C, text by code", "ns", "ratio");
    MEASURE(base, listed, load);
    print("empty call and a load", base, base);
    MEASURE(result, listed, title);
    print("rc_title_of", result, base);
    MEASURE(result, listed_ftp, title_japanese);
    print("rc_title_of, FTP, Japanese", result, base);
    MEASURE(result, mixed, title);
    print("rc_title_of, some codes unlisted", result, base);
    MEASURE(result, listed, lookup_then_meaning);
    print("rc_lookup and rc_meaning", result, base);
    MEASURE(result, listed, explain_then_action);
    print("rc_explain and rc_action", result, base);
    MEASURE(result, mixed, peer_switch);
    print("switch over reply codes", result, base);
    MEASURE(result, small, peer_dense_switch);
    print("switch as in curl_easy_strerror", result, base);
    MEASURE(result, small, error_text);
    print("strerror", result, base);
    return 0;
}
