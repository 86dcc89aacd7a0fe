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
        rc_expectation_id, rc_language_id, rc_language_name
    };
    static const unsigned members[] = {2, 7, 8, 6, 6, 8, 5, 3, 2, 2};
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
    version();
    printf("%lu failures\n", failures);
    return failures == 0 ? 0 : 1;
}
