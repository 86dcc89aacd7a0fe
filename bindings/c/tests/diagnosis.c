/* What went wrong, for each question of a file, as docs/dump.md says: diagnosis PATH. With NO_INCIDENT defined, for a
 * library without rc_explain_incident, questions about whole texts are passed over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replycode.h"

#define LONGEST 262144UL

static char line[LONGEST];

static void give_up(unsigned long number, const char *what)
{
    fprintf(stderr, "line %lu: %s\n", number, what);
    exit(1);
}

/* A word, `-` if there is none. */
static const char *word(const char *text)
{
    return text[0] != '\0' ? text : "-";
}

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c);

    return at == NULL ? -1 : (int)(at - digits);
}

/* Bytes as the file writes them, in a block of exactly their length, so that a read beyond is seen. */
static char *unescape(unsigned long number, const char *text, size_t *length)
{
    const char *from;
    char *bytes, *to;

    *length = 0;
    for (from = text; *from != '\0'; from += *from == '\\' ? 4 : 1) {
        if (*from == '\\' && (from[1] != 'x' || digit(from[2]) < 0 || digit(from[3]) < 0))
            give_up(number, "wrong escape");
        ++*length;
    }
    bytes = (char *)malloc(*length > 0 ? *length : 1);
    if (bytes == NULL)
        give_up(number, "no memory");
    for (from = text, to = bytes; *from != '\0'; from += *from == '\\' ? 4 : 1)
        *to++ = *from == '\\' ? (char)(unsigned char)(digit(from[2]) * 16 + digit(from[3])) : *from;
    return bytes;
}

/* Cuts the text at its next blank; the rest. */
static char *cut(unsigned long number, char *text)
{
    char *blank = strchr(text, ' ');

    if (blank == NULL)
        give_up(number, "expected more words");
    *blank = '\0';
    return blank + 1;
}

/* PROTOCOL CODE STATUS COMMAND BYTES */
static void reply(unsigned long number, char *protocol)
{
    char *code = cut(number, protocol), *status = cut(number, code), *verb = cut(number, status);
    char *text = cut(number, verb), *bytes;
    size_t length, i;
    int which = rc_protocol(protocol, strlen(protocol));
    rc_enhanced enhanced;
    rc_diagnosis answer;
    int has_status = rc_enhanced_parse(status, strlen(status), &enhanced);

    if (which < 0)
        give_up(number, "unknown protocol");
    bytes = unescape(number, text, &length);
    rc_diagnose((unsigned char)which, (unsigned short)strtoul(code, NULL, 10), bytes, length,
                rc_command_find((unsigned char)which, verb, strlen(verb)), has_status ? &enhanced : NULL, &answer);
    free(bytes);
    printf("reply %lu %s %s %s %s %s ", number, rc_id(answer.cause), rc_verdict_id(answer.verdict),
           rc_party_id(answer.party), rc_diagnosis_basis_id(answer.basis), word(rc_rule_id(answer.rule)));
    for (i = 0; i < 3 && answer.alternatives[i] != 0; i++)
        printf("%s%s", i == 0 ? "" : ",", rc_id(answer.alternatives[i]));
    puts(i == 0 ? "-" : "");
}

#ifndef NO_INCIDENT
/* PROTOCOL BYTES */
static void incident(unsigned long number, char *protocol)
{
    char *text = cut(number, protocol), *bytes;
    size_t length;
    int which = rc_protocol(protocol, strlen(protocol));
    rc_incident answer;

    bytes = unescape(number, text, &length);
    rc_explain_incident(bytes, length, which < 0 ? RC_PROTOCOL_UNKNOWN : (unsigned char)which, &answer);
    free(bytes);
    printf("incident %lu %lu ", number, answer.replies);
    if (answer.form != 0)
        printf("%lu %lu", (unsigned long)answer.offset, (unsigned long)answer.length);
    else
        fputs("- -", stdout);
    printf(" %s ", word(rc_protocol_id(answer.diagnosis.protocol)));
    if (answer.diagnosis.code != 0)
        printf("%u ", (unsigned)answer.diagnosis.code);
    else
        fputs("- ", stdout);
    if (answer.enhanced.klass != 0)
        printf("%u.%u.%u", (unsigned)answer.enhanced.klass, (unsigned)answer.enhanced.subject,
               (unsigned)answer.enhanced.detail);
    else
        putchar('-');
    printf(" %s %s %s %s %s %s %s %s\n", word(rc_command_verb(answer.command)), word(rc_speaker_id(answer.speaker)),
           word(rc_form_id(answer.form)), rc_id(answer.diagnosis.cause), rc_verdict_id(answer.diagnosis.verdict),
           rc_party_id(answer.diagnosis.party), word(rc_diagnosis_basis_id(answer.diagnosis.basis)),
           word(rc_rule_id(answer.diagnosis.rule)));
}
#endif

int main(int count, char **arguments)
{
    FILE *file;
    unsigned long number;
    size_t length;

    if (count != 2 || (file = fopen(arguments[1], "rb")) == NULL) {
        fputs("usage: diagnosis PATH\n", stderr);
        return 1;
    }
    for (number = 1; fgets(line, (int)sizeof(line), file) != NULL; number++) {
        length = strlen(line);
        if (length == 0 || line[length - 1] != '\n')
            give_up(number, "too long");
        line[length - 1] = '\0';
        if (strncmp(line, "reply ", 6) == 0)
            reply(number, line + 6);
        else if (strncmp(line, "incident ", 9) != 0)
            give_up(number, "expected reply or incident");
#ifndef NO_INCIDENT
        else
            incident(number, line + 9);
#endif
    }
    if (ferror(file) || fclose(file) != 0 || fflush(stdout) != 0 || ferror(stdout)) {
        perror("diagnosis");
        return 1;
    }
    return 0;
}
