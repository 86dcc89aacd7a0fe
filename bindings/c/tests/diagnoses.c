/* What rc_diagnose() makes of the words of servers, whole and mutated, as digests: linked with two builds of the library,
 * the rows must be equal. Files hold a text a line.
 *
 *   diagnoses FILE...           a row for each line: file, line, digest of what was seen
 *   diagnoses -LINE FILE...     everything that was seen of that line in each file, a row each */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replycode.h"

#define LONGEST 16384
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static unsigned long digest, seed;
static int tracing;

static unsigned random_below(unsigned limit)
{
    seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
    return (unsigned)((seed >> 8) % limit);
}

static void see(unsigned value)
{
    /* FNV-1a */
    digest = ((digest ^ (value & 255)) * 16777619UL) & 0xffffffffUL;
    digest = ((digest ^ (value >> 8 & 255)) * 16777619UL) & 0xffffffffUL;
}

static void see_text(const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++)
        see((unsigned char)text[i]);
    for (i = 0; tracing && i < length; i++) {
        if (text[i] >= 0x20 && text[i] <= 0x7e)
            putchar(text[i]);
        else
            printf("\\x%02x", (unsigned)(unsigned char)text[i]);
    }
}

static void see_diagnosis(const rc_diagnosis *answer)
{
    size_t i;

    see(answer->cause);
    for (i = 0; i < COUNT(answer->alternatives); i++)
        see(answer->alternatives[i]);
    see(answer->rule);
    see(answer->code);
    see(answer->protocol);
    see(answer->verdict);
    see(answer->party);
    see(answer->basis);
    for (i = 0; i < sizeof(answer->reserved); i++)
        see(answer->reserved[i]);
    if (tracing)
        printf(": %s %s %s %u, %s %s %s\n", rc_id(answer->cause), rc_verdict_id(answer->verdict),
               rc_diagnosis_basis_id(answer->basis), (unsigned)answer->rule, rc_id(answer->alternatives[0]),
               rc_id(answer->alternatives[1]), rc_id(answer->alternatives[2]));
}

static void diagnose(const char *text, size_t length, unsigned char protocol, unsigned short code, rc_command command,
                     const rc_enhanced *enhanced)
{
    rc_diagnosis answer;

    memset(&answer, 0xff, sizeof(answer));
    if (tracing)
        printf("%s %u %s ", rc_protocol_id(protocol), (unsigned)code, rc_command_verb(command));
    if (tracing && enhanced != NULL)
        printf("%u.%u.%u ", (unsigned)enhanced->klass, (unsigned)enhanced->subject, (unsigned)enhanced->detail);
    see_text(text, length);
    rc_diagnose(protocol, code, text, length, command, enhanced, &answer);
    see_diagnosis(&answer);
}

/* A text in contexts of all kinds. */
static void in_contexts(const char *text, size_t length)
{
    static const unsigned short codes[] = {0, 220, 354, 421, 425, 450, 452, 500, 530, 535, 550, 552, 553, 554, 999, 1000};
    unsigned char protocol;
    size_t i;
    rc_enhanced enhanced;

    for (protocol = RC_SMTP; protocol <= RC_FTP; protocol++) {
        for (i = 0; i < COUNT(codes); i++) {
            rc_command command = rc_command_at(random_below(8) ? protocol : RC_FTP, (unsigned short)random_below(60));

            enhanced.klass = (unsigned char)(2 + random_below(4));
            enhanced.reserved = 0;
            enhanced.subject = (unsigned short)random_below(random_below(8) ? 8 : 20);
            enhanced.detail = (unsigned short)random_below(random_below(8) ? 31 : 1001);
            diagnose(text, length, protocol, codes[i], command, random_below(2) ? &enhanced : NULL);
        }
        diagnose(text, length, protocol, (unsigned short)(100 + random_below(900)), 0, NULL);
    }
}

/* Changes a text in one way; returns its length. */
static size_t mutate(char *text, size_t length)
{
    static const char *const insertions[] = {
        " ", "\r\n", "\\r\\n", "\t ", "\r\n550-", "\r\n550 5.7.1 ", "\n530 ", "550-5.7.26\t", "-", ".", "\\", "\001", "\xff",
        "\x83\x41", "\xe3\x83\x91", "\xe3\x83", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf0\x9f\x93\xa7", "<a@example.net>"
    };
    size_t at = length == 0 ? 0 : random_below((unsigned)length), count, i;
    const char *insertion;

    switch (random_below(6)) {
    case 0:
        if (at < length)
            text[at] = (char)(unsigned char)random_below(256);
        return length;
    case 1:
        return at;
    case 2:
        for (i = at; i < length; i++) {
            if (text[i] >= 'a' && text[i] <= 'z')
                text[i] = (char)(text[i] - 'a' + 'A');
        }
        return length;
    case 3:
        count = 1 + random_below(4);
        if (at + count > length)
            return length;
        memmove(text + at, text + at + count, length - at - count);
        return length - count;
    default:
        insertion = insertions[random_below(COUNT(insertions))];
        count = strlen(insertion);
        if (length + count > LONGEST)
            return length;
        memmove(text + at + count, text + at, length - at);
        memcpy(text + at, insertion, count);
        return length + count;
    }
}

static void one_line(const char *line, size_t length)
{
    static char text[LONGEST];
    size_t round, changes, n;

    in_contexts(line, length);
    for (round = 0; round < 12; round++) {
        memcpy(text, line, length);
        n = length;
        for (changes = 1 + random_below(3); changes > 0; changes--)
            n = mutate(text, n);
        in_contexts(text, n);
    }
}

static int one_file(const char *path, unsigned long wanted)
{
    static char line[LONGEST];
    FILE *file = fopen(path, "rb");
    unsigned long number;
    size_t length;

    if (file == NULL) {
        perror(path);
        return 0;
    }
    for (number = 1; fgets(line, sizeof(line), file) != NULL; number++) {
        length = strlen(line);
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            length--;
        digest = 2166136261UL;
        seed = number;
        tracing = wanted == number;
        one_line(line, length);
        if (wanted == 0)
            printf("%s %lu %08lx\n", path, number, digest);
    }
    fclose(file);
    return 1;
}

int main(int argc, char **argv)
{
    unsigned long wanted = 0;
    int i, right = argc > 1;

    for (i = 1; i < argc; i++) {
        if (argv[i][0] == '-')
            wanted = strtoul(argv[i] + 1, NULL, 10);
        else
            right = one_file(argv[i], wanted) && right;
    }
    return right ? 0 : 1;
}
