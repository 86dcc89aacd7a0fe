/* Prints the canonical dump of docs/dump.md through the C interface. */
#include <stdio.h>

#include "replycode.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const unsigned char classes[] = {2, 4, 5};
/* Codes that the catalogue does not list, one a severity. */
static const unsigned short unlisted[] = {299, 399, 499, 599};

/* A word, `-` if there is none. */
static const char *word(const char *text)
{
    return text[0] != '\0' ? text : "-";
}

static void print_escaped(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\\')
            fputs("\\\\", stdout);
        else if (*text == '\n')
            fputs("\\n", stdout);
        else
            putchar(*text);
    }
    putchar('\n');
}

static void print_enhanced(const rc_enhanced *code)
{
    printf("%u.%u.%u", (unsigned)code->klass, (unsigned)code->subject, (unsigned)code->detail);
}

static rc_enhanced enhanced_of(unsigned klass, unsigned subject, unsigned detail)
{
    rc_enhanced code;

    code.klass = (unsigned char)klass;
    code.reserved = 0;
    code.subject = (unsigned short)subject;
    code.detail = (unsigned short)detail;
    return code;
}

static void languages(void)
{
    unsigned char lang;

    for (lang = 0; lang < rc_language_count(); lang++) {
        printf("language %u %s ", (unsigned)lang, rc_language_id(lang));
        print_escaped(rc_language_name(lang));
    }
}

static void vocabularies(void)
{
    static const struct {
        const char *name;
        const char *(*id)(unsigned char);
    } all[] = {
        {"protocol", rc_protocol_id}, {"severity", rc_severity_id}, {"category", rc_category_id},
        {"verdict", rc_verdict_id}, {"basis", rc_basis_id}, {"kind", rc_kind_id},
        {"status", rc_status_id}, {"expectation", rc_expectation_id},
        {"party", rc_party_id}, {"diagnosis_basis", rc_diagnosis_basis_id}
    };
    size_t i;
    unsigned number;

    for (i = 0; i < COUNT(all); i++) {
        for (number = 0; number <= 255; number++) {
            const char *id = all[i].id((unsigned char)number);
            if (id[0] != '\0')
                printf("vocabulary %s %u %s\n", all[i].name, number, id);
        }
    }
}

static void codes(unsigned char protocol)
{
    unsigned long number;
    rc_explanation answer;

    for (number = 0; number <= 65535UL; number++) {
        rc_explain(protocol, (unsigned short)number, &answer);
        printf("code %s %lu %s %s %s %s %s\n", rc_protocol_id(protocol), number, rc_severity_id(answer.severity),
               rc_category_id(answer.category), rc_basis_id(answer.basis), rc_id(answer.entry),
               rc_verdict_id(answer.verdict));
    }
}

static void text_row(const char *owner, const char *field, const char *lang, const char *text)
{
    if (text[0] == '\0')
        return;
    printf("text %s %s %s ", owner, field, lang);
    print_escaped(text);
}

static void texts(const char *owner, rc_entry entry)
{
    static const struct {
        const char *field;
        const char *(*text)(rc_entry);
    } plain[] = {{"phrase", rc_phrase}, {"aliases", rc_aliases}, {"place", rc_source_place}};
    static const struct {
        const char *field;
        const char *(*text)(rc_entry, unsigned char);
    } translated[] = {{"title", rc_title}, {"meaning", rc_meaning}, {"action", rc_action}, {"note", rc_note}};
    size_t i;
    unsigned char lang;

    for (i = 0; i < COUNT(plain); i++)
        text_row(owner, plain[i].field, "-", plain[i].text(entry));
    for (i = 0; i < COUNT(translated); i++) {
        for (lang = 0; lang < rc_language_count(); lang++)
            text_row(owner, translated[i].field, rc_language_id(lang), translated[i].text(entry, lang));
    }
}

static void entry_rows(const char *owner, rc_entry entry)
{
    unsigned short n;
    rc_enhanced code;

    if (entry == 0)
        return;
    printf("entry %s %s %s %s %s %u %u\n", owner, rc_kind_id(rc_kind(entry)), rc_id(entry),
           rc_status_id(rc_status(entry)), word(rc_verdict_id(rc_verdict(entry))), (unsigned)rc_source_rfc(entry),
           (unsigned)rc_since(entry));
    for (n = 0; rc_entry_command(entry, n) != 0; n++) {
        if (n == 0)
            printf("commands %s", owner);
        printf(" %s", rc_command_verb(rc_entry_command(entry, n)));
    }
    if (n > 0)
        putchar('\n');
    for (n = 0; rc_entry_enhanced(entry, n, &code); n++) {
        if (n == 0)
            printf("enhanced %s", owner);
        putchar(' ');
        print_enhanced(&code);
    }
    if (n > 0)
        putchar('\n');
    for (n = 0; rc_entry_code(entry, n) != 0; n++) {
        if (n == 0)
            printf("codes %s", owner);
        printf(" %u", (unsigned)rc_entry_code(entry, n));
    }
    if (n > 0)
        putchar('\n');
    texts(owner, entry);
}

static void entries(void)
{
    char owner[64];
    unsigned char protocol;
    unsigned code, number, subject;
    unsigned short n, which;
    size_t i;
    rc_entry entry;
    rc_enhanced enhanced;

    for (protocol = RC_SMTP; protocol <= RC_FTP; protocol++) {
        for (code = 100; code <= 999; code++) {
            for (n = 0; (entry = rc_code_entry(protocol, (unsigned short)code, n)) != 0; n++) {
                sprintf(owner, "%s/%u/%u", rc_protocol_id(protocol), code, (unsigned)n);
                entry_rows(owner, entry);
            }
        }
        for (number = 0; number <= 255; number++) {
            sprintf(owner, "%s/severity/%s", rc_protocol_id(protocol), rc_severity_id((unsigned char)number));
            entry_rows(owner, rc_severity_entry(protocol, (unsigned char)number));
        }
        for (number = 0; number <= 255; number++) {
            sprintf(owner, "%s/category/%s", rc_protocol_id(protocol), rc_category_id((unsigned char)number));
            entry_rows(owner, rc_category_entry(protocol, (unsigned char)number));
        }
    }
    for (n = 0; (entry = rc_not_reply(n, &which)) != 0; n++) {
        sprintf(owner, "number/%u", (unsigned)which);
        entry_rows(owner, entry);
    }
    for (i = 0; i < COUNT(classes); i++) {
        enhanced = enhanced_of(classes[i], 0, 0);
        sprintf(owner, "enhanced/class/%u", (unsigned)classes[i]);
        entry_rows(owner, rc_enhanced_entry(&enhanced, RC_KIND_ENHANCED_CLASS));
    }
    for (subject = 0; subject <= 999; subject++) {
        enhanced = enhanced_of(5, subject, 0);
        sprintf(owner, "enhanced/subject/%u", subject);
        entry_rows(owner, rc_enhanced_entry(&enhanced, RC_KIND_ENHANCED_SUBJECT));
    }
    for (n = 0; (entry = rc_enhanced_detail(n, &enhanced)) != 0; n++) {
        sprintf(owner, "enhanced/detail/%u.%u", (unsigned)enhanced.subject, (unsigned)enhanced.detail);
        entry_rows(owner, entry);
    }
    for (number = 0; number <= 255; number++) {
        sprintf(owner, "note/%u", number);
        entry_rows(owner, rc_note_entry((unsigned char)number));
    }
    for (number = 0; number <= 255; number++) {
        sprintf(owner, "malformed/%u", number);
        entry_rows(owner, rc_malformed_entry((unsigned char)number));
    }
    for (number = 1; number <= 255; number++) {
        sprintf(owner, "cause/%u", number);
        entry_rows(owner, rc_cause((unsigned char)number));
    }
}

static void statuses(void)
{
    size_t i;
    unsigned subject, detail;
    rc_enhanced code;
    rc_entry entry;

    for (i = 0; i < COUNT(classes); i++) {
        for (subject = 0; subject <= 8; subject++) {
            for (detail = 0; detail <= 999; detail++) {
                code = enhanced_of(classes[i], subject, detail);
                entry = rc_enhanced_entry(&code, 0);
                fputs("status ", stdout);
                print_enhanced(&code);
                printf(" %s %s\n", rc_kind_id(rc_kind(entry)), rc_id(entry));
            }
        }
    }
}

static void expectations(unsigned char protocol)
{
    unsigned short n, code;
    rc_command command;

    for (n = 0; (command = rc_command_at(protocol, n)) != 0; n++) {
        for (code = 100; code <= 699; code++)
            printf("expected %s %s %u %s\n", rc_protocol_id(protocol), rc_command_verb(command), (unsigned)code,
                   rc_expectation_id(rc_expected(command, code)));
    }
}

static void explanation(unsigned char protocol, unsigned short code, rc_command command, const rc_enhanced *enhanced)
{
    rc_explanation answer;

    rc_explain_in(protocol, code, command, enhanced, &answer);
    printf("explain %s %u %s ", rc_protocol_id(protocol), (unsigned)answer.code, word(rc_command_verb(command)));
    if (enhanced != NULL)
        print_enhanced(enhanced);
    else
        putchar('-');
    printf(" %s %s %s %s %s\n", rc_severity_id(answer.severity), rc_basis_id(answer.basis), rc_id(answer.entry),
           rc_verdict_id(answer.verdict), word(rc_id(answer.enhanced)));
}

/* Without and with each enhanced status code that belongs to an entry of the code. */
static void explanations_after(unsigned char protocol, unsigned short code, rc_command command)
{
    unsigned short n, m;
    rc_entry entry;
    rc_enhanced enhanced;

    explanation(protocol, code, command, NULL);
    for (n = 0; (entry = rc_code_entry(protocol, code, n)) != 0; n++) {
        for (m = 0; rc_entry_enhanced(entry, m, &enhanced); m++)
            explanation(protocol, code, command, &enhanced);
    }
}

static void explanations(unsigned char protocol)
{
    unsigned short code, n;
    size_t i, j;
    rc_command command;
    rc_enhanced enhanced;

    for (code = 100; code <= 999; code++) {
        if (rc_lookup(protocol, code) == 0)
            continue;
        explanations_after(protocol, code, 0);
        for (n = 0; (command = rc_command_at(protocol, n)) != 0; n++)
            explanations_after(protocol, code, command);
    }
    for (i = 0; i < COUNT(unlisted); i++) {
        for (j = 0; j < COUNT(classes); j++) {
            for (n = 0; rc_enhanced_detail(n, &enhanced) != 0; n++) {
                enhanced.klass = classes[j];
                explanation(protocol, unlisted[i], 0, &enhanced);
            }
        }
    }
}

static void causes(void)
{
    unsigned short n, m;
    unsigned char lang;
    const char *step;
    size_t length, i;
    rc_entry cause;

    for (n = 0; (cause = rc_cause_at(n)) != 0; n++) {
        printf("cause %u %s %s %s\n", (unsigned)rc_cause_number(cause), rc_id(cause), rc_verdict_id(rc_verdict(cause)),
               rc_party_id(rc_party(cause)));
        for (lang = 0; lang < rc_language_count(); lang++) {
            for (m = 0; rc_step(cause, lang, m, &step, &length); m++) {
                printf("step %u %s %u ", (unsigned)rc_cause_number(cause), rc_language_id(lang), (unsigned)m);
                for (i = 0; i < length; i++) {
                    if (step[i] == '\\')
                        putchar('\\');
                    putchar(step[i]);
                }
                putchar('\n');
            }
        }
    }
    for (n = 1; rc_rule_id(n)[0] != '\0'; n++)
        printf("rule %s %s\n", rc_rule_id(n), rc_id(rc_rule_cause(n)));
}

static void diagnosis(unsigned char protocol, unsigned short code, rc_command command, const rc_enhanced *enhanced)
{
    rc_diagnosis answer;
    size_t i;

    rc_diagnose(protocol, code, NULL, 0, command, enhanced, &answer);
    printf("diagnose %s %u %s ", rc_protocol_id(protocol), (unsigned)answer.code, word(rc_command_verb(command)));
    if (enhanced != NULL)
        print_enhanced(enhanced);
    else
        putchar('-');
    printf(" %s %s %s %s %s ", rc_id(answer.cause), rc_verdict_id(answer.verdict), rc_party_id(answer.party),
           rc_diagnosis_basis_id(answer.basis), word(rc_rule_id(answer.rule)));
    for (i = 0; i < COUNT(answer.alternatives) && answer.alternatives[i] != 0; i++)
        printf("%s%s", i == 0 ? "" : ",", rc_id(answer.alternatives[i]));
    puts(i == 0 ? "-" : "");
}

/* Without and with each enhanced status code that belongs to an entry of the code. */
static void diagnoses_after(unsigned char protocol, unsigned short code, rc_command command)
{
    unsigned short n, m;
    rc_entry entry;
    rc_enhanced enhanced;

    diagnosis(protocol, code, command, NULL);
    for (n = 0; (entry = rc_code_entry(protocol, code, n)) != 0; n++) {
        for (m = 0; rc_entry_enhanced(entry, m, &enhanced); m++)
            diagnosis(protocol, code, command, &enhanced);
    }
}

/* Without words: with each code that the catalogue lists and each that it does not, with none, after each command. */
static void diagnoses(unsigned char protocol)
{
    static const unsigned short codes[] = {299, 399, 499, 599, 0};
    unsigned short code, n;
    size_t i, j;
    rc_command command;
    rc_enhanced enhanced;

    for (code = 0; code <= 999; code++) {
        if (code != 0 && code != 100 && rc_lookup(protocol, code) == 0)
            continue;
        diagnoses_after(protocol, code, 0);
        for (n = 0; (command = rc_command_at(protocol, n)) != 0; n++)
            diagnoses_after(protocol, code, command);
    }
    for (i = 0; i < COUNT(codes); i++) {
        for (j = 0; j < COUNT(classes); j++) {
            for (n = 0; rc_enhanced_detail(n, &enhanced) != 0; n++) {
                enhanced.klass = classes[j];
                diagnosis(protocol, codes[i], 0, &enhanced);
            }
        }
    }
}

int main(void)
{
    unsigned char protocol;

    if (!RC_CHECK()) {
        fputs("replycode.h and the library do not belong together\n", stderr);
        return 1;
    }
    printf("catalog %s %s\n", rc_catalog_version(), rc_catalog_digest());
    languages();
    vocabularies();
    for (protocol = RC_SMTP; protocol <= RC_FTP; protocol++)
        codes(protocol);
    entries();
    statuses();
    for (protocol = RC_SMTP; protocol <= RC_FTP; protocol++)
        expectations(protocol);
    for (protocol = RC_SMTP; protocol <= RC_FTP; protocol++)
        explanations(protocol);
    causes();
    for (protocol = RC_SMTP; protocol <= RC_FTP; protocol++)
        diagnoses(protocol);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("dump");
        return 1;
    }
    return 0;
}
