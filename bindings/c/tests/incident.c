/* Incidents from C: hostile texts and null pointers; each answer is plausible. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replycode.h"

static unsigned long failures;

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            failures++; \
            printf("line %d: %s\n", __LINE__, #condition); \
        } \
    } while (0)

static void ask(const char *text, size_t length, unsigned char protocol)
{
    size_t i;
    rc_incident answer;

    memset(&answer, 0xff, sizeof(answer));
    CHECK(rc_explain_incident(text, length, protocol, &answer) == 1);
    CHECK(answer.offset <= length && answer.length <= length - answer.offset);
    CHECK(answer.words_offset <= length && answer.words_length <= length - answer.words_offset);
    CHECK((answer.length != 0) == (answer.form != 0));
    CHECK((answer.form != 0) == (rc_form_id(answer.form)[0] != '\0'));
    CHECK((answer.speaker != 0) == (rc_speaker_id(answer.speaker)[0] != '\0'));
    CHECK(answer.length == 0 || (answer.replies > 0 && answer.speaker != 0));
    CHECK(answer.length != 0 || (answer.diagnosis.code == 0 && answer.enhanced.klass == 0 && answer.command == 0));
    CHECK(rc_kind(answer.diagnosis.cause) == RC_KIND_CAUSE);
    CHECK(rc_party(answer.diagnosis.cause) == answer.diagnosis.party);
    CHECK(rc_verdict_id(answer.diagnosis.verdict)[0] != '\0');
    CHECK((answer.diagnosis.rule != 0) == (rc_rule_id(answer.diagnosis.rule)[0] != '\0'));
    CHECK(answer.command == 0 || rc_command_verb(answer.command)[0] != '\0');
    CHECK(answer.diagnosis.protocol <= RC_FTP || answer.diagnosis.protocol == RC_PROTOCOL_UNKNOWN);
    for (i = 0; i < sizeof(answer.reserved); i++)
        CHECK(answer.reserved[i] == 0);
}

int main(void)
{
    static const char *const words[] = {
        "550 ", "5.7.1 ", "550-", "\n", "\r\n", "> STOR a\n", "< ", "said: ", "(in reply to RCPT TO)", "535, b'",
        "421 Service", "error_perm: ", "dsn=5.1.1, stat=", "WSAGetLastError: 10060", "{ class: 5, subject: 1, detail: 1 }",
        "PASV\n227 (1,2,3,4,5,6)\n", "[53, 51, 48, 32, 78]", "\xe3\x80\x8c", "&quot;", "<br>", "554", " ", "\"", "\\r\\n"
    };
    unsigned long round, seed = 1;
    unsigned number, known = 0;
    size_t length, part, i;
    /* Exactly as long as the text, so that a read beyond it is seen. */
    char *text;
    char buffer[600];
    rc_incident answer;

    for (round = 0; round < 20000UL; round++) {
        length = 0;
        for (;;) {
            seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
            if ((seed >> 16) % 17 == 16 || length > 500)
                break;
            part = (seed >> 8) % (sizeof(words) / sizeof(words[0]) + 1);
            if (part == sizeof(words) / sizeof(words[0])) {
                buffer[length++] = (char)(seed >> 20);
                continue;
            }
            i = strlen(words[part]);
            memcpy(buffer + length, words[part], i);
            length += i;
        }
        text = malloc(length + 1);
        if (text == NULL)
            return 2;
        memcpy(text + 1, buffer, length);
        ask(text + 1, length, (unsigned char)(round % 3 == 2 ? RC_PROTOCOL_UNKNOWN : round % 3));
        free(text);
    }
    for (number = 0; number <= 255; number++) {
        CHECK(rc_speaker_id((unsigned char)number) != NULL && rc_form_id((unsigned char)number) != NULL);
        known += rc_speaker_id((unsigned char)number)[0] != '\0';
        known += rc_form_id((unsigned char)number)[0] != '\0';
        ask("550 5.1.1 no such user", 22, (unsigned char)number);
    }
    CHECK(known == RC_SPEAKER_TLS + RC_FORM_STATUS);
    ask(NULL, 9, RC_SMTP);
    ask("", 0, RC_FTP);
    CHECK(rc_explain_incident("550 no", 6, RC_SMTP, NULL) == 0);
    CHECK(rc_explain_incident(NULL, 6, RC_SMTP, &answer) == 1 && answer.replies == 0 && answer.speaker == 0);
    CHECK(rc_cause_number(answer.diagnosis.cause) == RC_CAUSE_NOT_A_REPLY && answer.diagnosis.basis == 0);
    printf("%lu failures\n", failures);
    return failures == 0 ? 0 : 1;
}
