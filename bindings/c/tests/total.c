/* Every function with every number and with null pointers: no crash, no null text, 0 for what is unknown. */
#include <stdio.h>
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

/* No text of the catalogue is longer; a longer one has lost its NUL. */
#define LONGEST 8192

static int is_text(const char *text)
{
    return text != NULL && memchr(text, '\0', LONGEST) != NULL;
}

static int is_empty(const char *text)
{
    return text != NULL && text[0] == '\0';
}

static void every_entry(void)
{
    unsigned long number, known = 0;
    unsigned lang;
    unsigned short n;
    rc_enhanced code;

    for (number = 0; number <= 65535UL; number++) {
        rc_entry entry = (rc_entry)number;
        int exists = rc_kind(entry) != 0;

        known += (unsigned long)exists;
        CHECK(is_text(rc_id(entry)) && is_text(rc_phrase(entry)) && is_text(rc_aliases(entry)));
        CHECK(is_text(rc_source_place(entry)));
        CHECK(exists != is_empty(rc_id(entry)));
        CHECK(exists == (rc_status(entry) != 0));
        for (lang = 0; lang <= 255; lang++) {
            unsigned char which = (unsigned char)lang;
            CHECK(is_text(rc_title(entry, which)) && is_text(rc_meaning(entry, which)));
            CHECK(is_text(rc_action(entry, which)) && is_text(rc_note(entry, which)));
            CHECK((exists && which < rc_language_count()) != is_empty(rc_title(entry, which)));
        }
        for (n = 0; rc_entry_command(entry, n) != 0; n++)
            CHECK(!is_empty(rc_command_verb(rc_entry_command(entry, n))));
        CHECK(rc_entry_command(entry, 65535U) == 0);
        CHECK(rc_entry_enhanced(entry, 65535U, &code) == 0 && rc_entry_enhanced(entry, 0, NULL) == 0);
        CHECK(rc_entry_code(entry, 65535U) == 0);
        if (!exists) {
            CHECK(rc_source_rfc(entry) == 0 && rc_since(entry) == 0 && rc_verdict(entry) == 0);
            CHECK(rc_entry_command(entry, 0) == 0 && rc_entry_code(entry, 0) == 0);
            CHECK(rc_entry_enhanced(entry, 0, &code) == 0);
        }
    }
    CHECK(known > 300);
    CHECK(rc_kind(0) == 0);
}

static void every_code(void)
{
    unsigned protocol, lang;
    unsigned long number;
    rc_explanation answer;

    for (protocol = 0; protocol <= 255; protocol++) {
        unsigned char which = (unsigned char)protocol;
        int known = which == RC_SMTP || which == RC_FTP;

        for (number = 0; number <= 65535UL; number++) {
            unsigned short code = (unsigned short)number;

            memset(&answer, 0xff, sizeof(answer));
            CHECK(rc_explain(which, code, &answer) == known);
            CHECK(answer.code == code && answer.protocol == which && answer.enhanced == 0);
            CHECK(known == (answer.entry != 0) && known == (answer.basis != 0));
            CHECK(answer.severity == rc_severity(which, code) && answer.category == rc_category(which, code));
            CHECK(answer.listed == (rc_lookup(which, code) != 0));
            CHECK((answer.reserved[0] | answer.reserved[1] | answer.reserved[2] | answer.reserved[3]) == 0);
            CHECK(rc_code_entry(which, code, 0) == rc_lookup(which, code));
            CHECK(rc_code_entry(which, code, 65535U) == 0);
            for (lang = 0; lang <= rc_language_count(); lang++)
                CHECK(rc_title_of(which, code, (unsigned char)lang) == rc_title(answer.entry, (unsigned char)lang)
                      || (is_empty(rc_title_of(which, code, (unsigned char)lang)) && lang == rc_language_count())
                      || !known);
            if (!known) {
                CHECK(answer.severity == RC_SEVERITY_UNASSIGNED && answer.category == RC_CATEGORY_UNASSIGNED);
                CHECK(answer.verdict == RC_VERDICT_GIVE_UP && is_empty(rc_title_of(which, code, RC_LANG_EN)));
            }
        }
        CHECK(rc_explain(which, 550, NULL) == 0);
        for (lang = 0; lang <= 255; lang++) {
            unsigned char digit = (unsigned char)lang;
            CHECK((rc_severity_entry(which, digit) != 0) == (known && !is_empty(rc_severity_id(digit))));
            CHECK((rc_category_entry(which, digit) != 0) == (known && !is_empty(rc_category_id(digit))));
        }
        CHECK((rc_command_at(which, 0) != 0) == known && rc_command_at(which, 65535U) == 0);
        CHECK((rc_command_find(which, "quit", 4) != 0) == known);
    }
}

static void every_command(void)
{
    unsigned long number, known = 0;

    for (number = 0; number <= 65535UL; number++) {
        rc_command command = (rc_command)number;
        int exists = !is_empty(rc_command_verb(command));

        known += (unsigned long)exists;
        CHECK(exists == (rc_expected(command, 550) != 0));
        CHECK(!exists || rc_expected(command, 0) == RC_EXPECTATION_UNEXPECTED);
    }
    CHECK(known > 70);
    CHECK(is_empty(rc_command_verb(0)));
}

static void every_id(void)
{
    static const char *(*const ids[])(unsigned char) = {
        rc_protocol_id, rc_severity_id, rc_category_id, rc_verdict_id, rc_basis_id, rc_kind_id, rc_status_id,
        rc_expectation_id, rc_party_id, rc_diagnosis_basis_id, rc_language_id, rc_language_name
    };
    static const unsigned members[] = {2, 7, 8, 6, 6, 11, 5, 3, 6, 5, 2, 2};
    size_t i;
    unsigned number;

    for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        unsigned known = 0;
        for (number = 0; number <= 255; number++) {
            CHECK(is_text(ids[i]((unsigned char)number)));
            known += !is_empty(ids[i]((unsigned char)number));
        }
        CHECK(known == members[i]);
    }
    for (number = 0; number <= 255; number++)
        CHECK(rc_should_retry((unsigned char)number)
              == (number == RC_VERDICT_RETRY_SOON || number == RC_VERDICT_RETRY_LATER));
}

static void enhanced(void)
{
    static const char *const bad[] = {"", "5", "5.7", "5.7.", "5..8", "3.7.8", "5.07.8", "5.7.1000", "5.7.8 ", "5.7.8.1"};
    unsigned klass, subject;
    size_t i;
    rc_enhanced code;
    rc_explanation answer;

    for (klass = 0; klass <= 255; klass++) {
        for (subject = 0; subject <= 65535U && subject <= 1000; subject++) {
            int valid = (klass == 2 || klass == 4 || klass == 5) && subject <= 999;
            code.klass = (unsigned char)klass;
            code.reserved = 0xff;
            code.subject = (unsigned short)subject;
            code.detail = 1;
            CHECK((rc_enhanced_entry(&code, 0) != 0) == valid);
            CHECK((rc_enhanced_entry(&code, RC_KIND_ENHANCED_CLASS) != 0) == valid);
            CHECK(rc_enhanced_entry(&code, RC_KIND_SENSE) == 0 && rc_enhanced_entry(&code, 255) == 0);
            rc_explain_in(RC_SMTP, 550, 0, &code, &answer);
            CHECK(answer.enhanced == rc_enhanced_entry(&code, 0));
        }
    }
    memset(&code, 0x5a, sizeof(code));
    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(rc_enhanced_parse(bad[i], strlen(bad[i]), &code) == 0 && code.klass == 0x5a && code.detail == 0x5a5a);
    /* The length counts, not a NUL. */
    CHECK(rc_enhanced_parse("5.7.80", 5, &code) == 1 && code.detail == 8 && code.reserved == 0);
    CHECK(rc_enhanced_parse("5.7.8\0", 6, &code) == 0);
    CHECK(rc_enhanced_parse(NULL, 0, &code) == 0 && rc_enhanced_parse(NULL, 5, &code) == 0);
    CHECK(rc_enhanced_parse("5.7.8", 5, NULL) == 0);
    CHECK(rc_enhanced_entry(NULL, 0) == 0);
    CHECK(rc_enhanced_detail(0, NULL) != 0 && rc_enhanced_detail(65535U, &code) == 0);
}

static void texts_and_pointers(void)
{
    unsigned short number = 7;
    rc_explanation with, without;

    CHECK(rc_not_reply(0, &number) != 0 && number == 0 && rc_not_reply(0, NULL) != 0);
    number = 7;
    CHECK(rc_not_reply(65535U, &number) == 0 && number == 7);
    CHECK(rc_protocol(NULL, 4) == -1 && rc_protocol("smtp", 3) == -1 && rc_protocol("SMTP", 4) == -1);
    CHECK(rc_protocol("smtp", 4) == RC_SMTP && rc_protocol("ftps", 3) == RC_FTP && rc_protocol("", 0) == -1);
    CHECK(rc_language(NULL, 2) == -1 && rc_language("", 0) == -1 && rc_language("j", 1) == -1);
    CHECK(rc_language("jav", 2) == RC_LANG_JA);
    CHECK(rc_command_find(RC_SMTP, NULL, 4) == 0 && rc_command_find(RC_SMTP, "", 0) == 0);
    CHECK(rc_command_find(RC_SMTP, "rCpT to", 4) == RC_COMMAND_SMTP_RCPT);
    CHECK(rc_command_find(RC_SMTP, "\377\376", 2) == 0 && rc_command_find(RC_SMTP, "RCPT", 3) == 0);
    /* A command of the other protocol, or none at all, says nothing. */
    rc_explain(RC_SMTP, 220, &without);
    rc_explain_in(RC_SMTP, 220, RC_COMMAND_FTP_AUTH, NULL, &with);
    CHECK(memcmp(&with, &without, sizeof(with)) == 0);
    rc_explain_in(RC_SMTP, 220, 65535U, NULL, &with);
    CHECK(memcmp(&with, &without, sizeof(with)) == 0);
    rc_explain_in(RC_SMTP, 220, RC_COMMAND_SMTP_STARTTLS, NULL, &with);
    CHECK(with.entry != without.entry && rc_source_rfc(with.entry) == 3207);
    CHECK(rc_explain_in(RC_SMTP, 220, 0, NULL, NULL) == 0);
}

/* Bytes of replies and of none, of every length up to the size of the array. */
static size_t next_input(char *bytes, size_t size, unsigned long *seed)
{
    static const char alphabet[] = "0122455569 -\r\n\t.#,()<>@\"|a\0\377";
    size_t i, length;

    *seed = (*seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
    length = (size_t)(*seed >> 8) % (size + 1);
    for (i = 0; i < length; i++) {
        *seed = (*seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
        bytes[i] = alphabet[(*seed >> 16) % (sizeof(alphabet) - 1)];
    }
    if (length >= 4 && *seed & 0x4000)
        memcpy(bytes, *seed & 0x8000 ? "213 " : "227-", 4);
    return length;
}

/* Everything that can be asked of a reply. */
static void ask(const rc_reply *reply)
{
    char buffer[8];
    const char *start = NULL;
    size_t length = 0, whole;
    unsigned long n;
    rc_address address;
    rc_file_time time;
    rc_diagnosis diagnosis;

    whole = rc_reply_text_copy(reply, NULL, 0);
    CHECK(rc_reply_text_copy(reply, buffer, sizeof(buffer)) == whole);
    for (n = 0; n < 100 && rc_reply_line(reply, n, &start, &length); n++)
        CHECK(start != NULL && length <= whole);
    CHECK(rc_reply_line(reply, ~0UL, &start, &length) == 0);
    CHECK(rc_reply_line(reply, 0, NULL, NULL) == (n > 0));
    rc_passive_address(reply, &address);
    CHECK(rc_passive_address(reply, NULL) == rc_passive_address(reply, &address));
    rc_extended_passive_port(reply);
    CHECK(rc_pathname(reply, NULL, 0, NULL) == rc_pathname(reply, buffer, sizeof(buffer), &length));
    CHECK(rc_file_size(reply, NULL, NULL) == rc_file_size(reply, &start, &length));
    CHECK(rc_modification_time(reply, NULL) == rc_modification_time(reply, &time));
    CHECK(rc_domain(reply, NULL, NULL) == rc_domain(reply, &start, &length));
    CHECK(rc_forward_path(reply, NULL, NULL) == rc_forward_path(reply, &start, &length));
    CHECK(rc_reply_diagnose(reply, RC_COMMAND_SMTP_RCPT, &diagnosis) == rc_reply_matches(reply, reply->code));
    CHECK((diagnosis.cause != 0) == (diagnosis.basis != 0) && diagnosis.protocol == reply->protocol);
    CHECK(rc_reply_matches(reply, reply->code) == 0 || (reply->code >= 100 && reply->code <= 999));
    CHECK(rc_format(reply->protocol, reply->code, &reply->enhanced, reply->bytes, reply->length, NULL, 0)
          == rc_format(reply->protocol, reply->code, &reply->enhanced, reply->bytes, reply->length, buffer, 8));
}

/* Hostile bytes: the zero-copy form and the streaming form, in pieces, say the same. */
static void every_input(void)
{
    static const unsigned char modes[] = {0, RC_MODE_STRICT, RC_MODE_LENIENT, RC_MODE_LOG, RC_ANY_CODE_ENDS};
    char bytes[24], text[24];
    unsigned long seed = 1, round;
    size_t length, consumed, at, n;
    rc_reply reply, streamed;
    rc_parser parser;
    unsigned char state, now, protocol, rules;

    for (round = 0; round < 200000UL; round++) {
        length = next_input(bytes, sizeof(bytes), &seed);
        protocol = (unsigned char)(round & 1);
        rules = modes[(round >> 1) % sizeof(modes)];
        memset(&reply, 0xff, sizeof(reply));
        state = rc_parse_prefix(protocol, rules, bytes, length, &reply, &consumed);
        CHECK(state >= RC_STATE_NEED_MORE && state <= RC_STATE_MALFORMED && consumed <= length);
        CHECK((consumed > 0) == (state == RC_STATE_COMPLETE));
        CHECK((reply.code != 0) == (state == RC_STATE_COMPLETE));
        CHECK(rc_reply_matches(&reply, reply.code) == (state == RC_STATE_COMPLETE));
        CHECK((rc_malformed_entry(reply.malformed) != 0) == (state == RC_STATE_MALFORMED));
        ask(&reply);
        CHECK(rc_parser_init(&parser, protocol, rules) == 1);
        for (at = 0, now = RC_STATE_IDLE; at < length && now <= RC_STATE_NEED_MORE; at += n) {
            n = rc_parser_feed(&parser, bytes + at, length - at < 3 ? length - at : 3, text, sizeof(text), &now);
            CHECK(n > 0);
        }
        if (state != RC_STATE_NEED_MORE)
            CHECK(now == state);
        else
            CHECK(now == RC_STATE_NEED_MORE || now == RC_STATE_IDLE);
        CHECK(rc_parser_reply(&parser, text, sizeof(text), &streamed) == now);
        CHECK(streamed.code == reply.code && streamed.notes == reply.notes && streamed.offset == reply.offset);
        CHECK(streamed.line_count == reply.line_count && streamed.malformed == reply.malformed);
        CHECK(memcmp(&streamed.enhanced, &reply.enhanced, sizeof(reply.enhanced)) == 0);
        if (now == RC_STATE_COMPLETE)
            CHECK(at == consumed && rc_reply_text_copy(&streamed, NULL, 0) == rc_reply_text_copy(&reply, NULL, 0));
        now = rc_parser_finish(&parser, text, sizeof(text));
        CHECK(now == RC_STATE_IDLE || now == RC_STATE_COMPLETE || now == RC_STATE_MALFORMED);
        rc_parse(protocol, rules, bytes, length, &reply);
        ask(&reply);
    }
}

/* A structure that no function of the library has filled in. */
static void every_reply(void)
{
    char bytes[64];
    unsigned long round, seed = 1;
    rc_reply reply;

    for (round = 0; round < 65536UL; round++) {
        unsigned char *members = (unsigned char *)&reply;
        size_t i;
        for (i = 0; i < sizeof(reply); i++) {
            seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
            members[i] = (unsigned char)(seed >> 16);
        }
        /* The only promise. */
        reply.length = next_input(bytes, sizeof(bytes), &seed);
        reply.bytes = round % 7 == 0 ? NULL : bytes;
        reply.protocol &= 3;
        reply.rules &= 0x13;
        reply.code = (unsigned short)(round % 3 ? reply.code % 1100 : round % 2 ? 213 : 227);
        reply.first_code = (unsigned short)(reply.first_code % 1100);
        ask(&reply);
    }
}

static void parser_arguments(void)
{
    rc_parser parser;
    rc_reply reply;
    char text[4];
    unsigned char state = 77;
    unsigned number;

    /* Memory that nobody has initialised, however it looks. */
    for (number = 0; number <= 255; number++) {
        memset(&parser, (int)number, sizeof(parser));
        CHECK(rc_parser_feed(&parser, "220 x\r\n", 7, text, sizeof(text), &state) == 0 && state == RC_STATE_NONE);
        CHECK(rc_parser_finish(&parser, text, sizeof(text)) == RC_STATE_NONE && rc_parser_reset(&parser) == 0);
        CHECK(rc_parser_reply(&parser, text, sizeof(text), &reply) == RC_STATE_NONE && reply.code == 0);
    }
    for (number = 0; number <= 255; number++) {
        unsigned mode = number & ~(unsigned)RC_ANY_CODE_ENDS;
        CHECK(rc_parser_init(&parser, RC_FTP, (unsigned char)number) == (mode <= RC_MODE_LOG));
        CHECK(rc_parser_init(&parser, (unsigned char)number, 0) == (number == RC_SMTP || number == RC_FTP));
        CHECK((rc_parse(RC_FTP, (unsigned char)number, "220 x\n", 6, NULL) == RC_STATE_NONE) == (mode > RC_MODE_LOG));
        CHECK((rc_note_entry((unsigned char)number) != 0) == (number >= 1 && number <= RC_NOTE_ESC_VARIES));
        CHECK((rc_malformed_entry((unsigned char)number) != 0)
              == (number >= 1 && number <= RC_MALFORMED_TRAILING_DATA));
    }
    CHECK(sizeof(rc_parser) == 64);
    CHECK(rc_parser_init(NULL, RC_SMTP, 0) == 0 && rc_parser_init(&parser, RC_SMTP, 0) == 1);
    CHECK(rc_parser_feed(NULL, "220", 3, text, sizeof(text), &state) == 0 && state == RC_STATE_NONE);
    CHECK(rc_parser_feed(&parser, NULL, 3, text, sizeof(text), &state) == 0 && state == RC_STATE_IDLE);
    CHECK(rc_parser_feed(&parser, "220 abcdef\r\n250", 15, NULL, 9, NULL) == 12);
    CHECK(rc_parser_reply(&parser, NULL, 9, NULL) == RC_STATE_COMPLETE);
    CHECK(rc_parser_reply(&parser, NULL, 9, &reply) == RC_STATE_COMPLETE && reply.truncated && reply.length == 0);
    CHECK(rc_parser_finish(NULL, text, 4) == RC_STATE_NONE && rc_parser_reset(NULL) == 0);
    CHECK(rc_parser_reply(NULL, text, 4, &reply) == RC_STATE_NONE && reply.bytes == NULL);
    CHECK(rc_parse(RC_SMTP, 0, NULL, 5, &reply) == RC_STATE_MALFORMED && reply.malformed == RC_MALFORMED_EMPTY);
    CHECK(rc_parse_prefix(RC_SMTP, 0, "220 a\n", 6, NULL, NULL) == RC_STATE_COMPLETE);
    CHECK(rc_reply_line(NULL, 0, NULL, NULL) == 0 && rc_reply_text_copy(NULL, text, 4) == 0);
    CHECK(rc_reply_matches(NULL, 2) == 0 && rc_passive_address(NULL, NULL) == 0);
    CHECK(rc_extended_passive_port(NULL) == 0 && rc_pathname(NULL, text, 4, NULL) == 0);
    CHECK(rc_file_size(NULL, NULL, NULL) == 0 && rc_modification_time(NULL, NULL) == 0);
    CHECK(rc_domain(NULL, NULL, NULL) == 0 && rc_forward_path(NULL, NULL, NULL) == 0);
    CHECK(rc_format(RC_SMTP, 99, NULL, "x", 1, text, 4) == 0 && rc_format(9, 220, NULL, "x", 1, text, 4) == 0);
    CHECK(rc_format(RC_SMTP, 220, NULL, NULL, 5, NULL, 0) == 6);
}

/* What every diagnosis holds, whatever was asked. */
static void plausible(const rc_diagnosis *answer, unsigned char protocol, unsigned short code)
{
    size_t i, j;

    CHECK(answer->code == code && answer->protocol == protocol);
    CHECK(rc_kind(answer->cause) == RC_KIND_CAUSE && rc_cause_number(answer->cause) != 0);
    CHECK(rc_party(answer->cause) == answer->party && !is_empty(rc_party_id(answer->party)));
    CHECK(!is_empty(rc_verdict_id(answer->verdict)) && !is_empty(rc_diagnosis_basis_id(answer->basis)));
    CHECK((answer->rule != 0) == !is_empty(rc_rule_id(answer->rule)));
    CHECK(answer->rule == 0 || rc_rule_cause(answer->rule) == answer->cause);
    CHECK(answer->rule != 0 || answer->basis == RC_DIAGNOSIS_BASIS_SEVERITY);
    for (i = 0; i < 3; i++) {
        CHECK(answer->alternatives[i] == 0 || rc_kind(answer->alternatives[i]) == RC_KIND_CAUSE);
        CHECK(answer->alternatives[i] == 0 || answer->alternatives[i] != answer->cause);
        for (j = 0; j < i; j++)
            CHECK(answer->alternatives[i] == 0 || answer->alternatives[j] != answer->alternatives[i]);
        CHECK(i == 0 || answer->alternatives[i] == 0 || answer->alternatives[i - 1] != 0);
    }
    for (i = 0; i < sizeof(answer->reserved); i++)
        CHECK(answer->reserved[i] == 0);
}

static void every_diagnosis(void)
{
    /* Beginnings of phrases, so that the automaton goes far. */
    static const char *const words[] = {
        "", "Relay access denied", "mailbox ", "is over quota", "\r\n550-5.7.1 ", "no such ", "user", "too many ",
        "login ", "incorrect", "permission", " denied", "\\n", "\0", "\xe3\x83\x91\xe3\x82\xb9", "\x83p\x83X", "550 ", "."
    };
    char text[256];
    unsigned long number, round, seed = 1;
    unsigned protocol;
    size_t length, part;
    rc_diagnosis answer;
    rc_enhanced enhanced;

    for (protocol = 0; protocol <= 255; protocol++) {
        unsigned char which = (unsigned char)protocol;
        int known = which == RC_SMTP || which == RC_FTP;

        memset(&answer, 0xff, sizeof(answer));
        CHECK(rc_diagnose(which, 550, NULL, 9, 65535U, NULL, &answer) == known);
        CHECK(rc_diagnose(which, 550, NULL, 9, 0, NULL, NULL) == 0);
        if (known) {
            plausible(&answer, which, 550);
        } else {
            CHECK(answer.code == 550 && answer.protocol == which && answer.cause == 0 && answer.alternatives[0] == 0);
            CHECK(answer.rule == 0 && answer.party == 0 && answer.basis == 0 && answer.verdict == RC_VERDICT_GIVE_UP);
        }
    }
    for (number = 0; number <= 65535UL; number++) {
        for (protocol = RC_SMTP; protocol <= RC_FTP; protocol++) {
            unsigned char which = (unsigned char)protocol;
            unsigned char severity = rc_severity(which, (unsigned short)number);

            CHECK(rc_diagnose(which, (unsigned short)number, "", 0, 0, NULL, &answer) == 1);
            plausible(&answer, which, (unsigned short)number);
            if (severity <= RC_SEVERITY_INTERMEDIATE)
                CHECK(!rc_should_retry(answer.verdict) && answer.verdict != RC_VERDICT_FIX_FIRST);
        }
    }
    for (round = 0; round < 100000UL; round++) {
        for (length = 0; length < 200;) {
            const char *word;
            seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
            if ((seed >> 16) % 9 == 8)
                break;
            word = words[(seed >> 8) % (sizeof(words) / sizeof(words[0]))];
            part = strlen(word);
            memcpy(text + length, word, part);
            length += part;
            text[length++] = (char)(seed >> 20);
        }
        enhanced.klass = (unsigned char)(seed >> 4 & 7);
        enhanced.reserved = 0xff;
        enhanced.subject = (unsigned short)(seed >> 7 & 15);
        enhanced.detail = (unsigned short)(seed >> 11 & 31);
        rc_diagnose((unsigned char)(round & 1), (unsigned short)(400 + seed % 200), text, length,
                    (rc_command)(seed >> 3 & 0x3ff), &enhanced, &answer);
        plausible(&answer, (unsigned char)(round & 1), (unsigned short)(400 + seed % 200));
    }
}

static void causes_and_rules(void)
{
    unsigned long number, causes = 0, rules = 0;
    unsigned lang;
    unsigned short n;
    const char *step;
    size_t length, whole;
    rc_diagnosis answer;

    for (number = 0; number <= 65535UL; number++) {
        rc_entry entry = (rc_entry)number;
        int exists = rc_kind(entry) == RC_KIND_CAUSE;

        causes += (unsigned long)exists;
        CHECK(exists == (rc_cause_number(entry) != 0) && exists == (rc_party(entry) != 0));
        CHECK(!exists || (rc_cause(rc_cause_number(entry)) == entry && rc_verdict(entry) != 0));
        for (lang = 0; lang <= rc_language_count(); lang++) {
            whole = 0;
            for (n = 0; rc_step(entry, (unsigned char)lang, n, &step, &length); n++) {
                CHECK(length > 0 && memchr(step, '\n', length) == NULL && memchr(step, '\0', length) == NULL);
                CHECK(step == rc_action(entry, (unsigned char)lang) + whole);
                whole += length + 1;
            }
            CHECK((n == 0 && is_empty(rc_action(entry, (unsigned char)lang)))
                  || whole == strlen(rc_action(entry, (unsigned char)lang)) + 1);
            CHECK(rc_step(entry, (unsigned char)lang, 0, NULL, NULL) == (n > 0));
            CHECK(rc_step(entry, (unsigned char)lang, 65535U, &step, &length) == 0);
        }
        rules += !is_empty(rc_rule_id((unsigned short)number));
        CHECK(is_text(rc_rule_id((unsigned short)number)));
        CHECK((rc_rule_cause((unsigned short)number) != 0) == !is_empty(rc_rule_id((unsigned short)number)));
    }
    CHECK(causes > 40 && rules > 120 && is_empty(rc_rule_id(0)));
    for (n = 0; rc_cause_at(n) != 0; n++)
        CHECK(n == 0 || rc_cause_number(rc_cause_at(n)) > rc_cause_number(rc_cause_at((unsigned short)(n - 1))));
    CHECK(n == causes && rc_cause_at(65535U) == 0 && rc_cause(0) == 0 && rc_cause(255) == 0);
    CHECK(rc_reply_diagnose(NULL, 0, &answer) == 0 && answer.cause == 0 && answer.protocol == 255);
    CHECK(rc_reply_diagnose(NULL, 0, NULL) == 0);
}

static void version(void)
{
    char digest[] = RC_CATALOG_DIGEST;

    CHECK(RC_CHECK() == 1 && rc_abi_version() == RC_ABI_VERSION);
    CHECK(strcmp(rc_catalog_digest(), RC_CATALOG_DIGEST) == 0);
    CHECK(strcmp(rc_catalog_version(), RC_CATALOG_VERSION) == 0);
    CHECK(rc_matches(RC_ABI_VERSION + 1, RC_CATALOG_DIGEST) == 0);
    CHECK(rc_matches(RC_ABI_VERSION, RC_CATALOG_DIGEST "0") == 0);
    CHECK(rc_matches(RC_ABI_VERSION, "") == 0 && rc_matches(RC_ABI_VERSION, NULL) == 0);
    digest[63] = digest[63] == '0' ? '1' : '0';
    CHECK(rc_matches(RC_ABI_VERSION, digest) == 0);
    digest[63] = '\0';
    CHECK(rc_matches(RC_ABI_VERSION, digest) == 0);
}

int main(void)
{
    every_entry();
    every_code();
    every_command();
    every_id();
    enhanced();
    texts_and_pointers();
    every_input();
    every_reply();
    parser_arguments();
    every_diagnosis();
    causes_and_rules();
    version();
    printf("%lu failures\n", failures);
    return failures == 0 ? 0 : 1;
}
