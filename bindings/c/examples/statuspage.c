/* A camera's status page: explains its error log.
 *
 *     statuspage LOG LANGUAGE [LANGUAGE...]        LOG - is the standard input
 *
 * A line of the log is date, time, protocol, and the server's reply:
 *
 *     2026-11-02 08:15:03 smtp 550 5.7.1 Relaying denied
 *
 * For each line and language it prints what the reply means and what to do. Written as firmware would be: no heap,
 * fixed buffers, text as bytes with a length. crates/replycode/examples/explain_log.rs prints the same, to the byte.
 */
#include <stdio.h>
#include <string.h>

#include "replycode.h"

/* Longer lines are cut: a reply says what it says at its beginning. */
#define LINE_SIZE 1024
#define MOST_LANGUAGES 8

/* A part of a line. */
struct word {
    const char *text;
    size_t len;
};

/* The next word of a line, separated by blanks; moves *at behind it. Length 0 at the end of the line. */
static struct word next_word(const char **at, const char *end)
{
    struct word word;

    while (*at < end && **at == ' ')
        ++*at;
    word.text = *at;
    while (*at < end && **at != ' ')
        ++*at;
    word.len = (size_t)(*at - word.text);
    return word;
}

/* The code at the beginning of a word, "550" or "550-first line"; 0 if there is none. */
static unsigned short code_of(struct word word)
{
    unsigned short code = 0;
    size_t i;

    if (word.len < 3)
        return 0;
    for (i = 0; i < 3; i++) {
        if (word.text[i] < '0' || word.text[i] > '9')
            return 0;
        code = (unsigned short)(code * 10 + (word.text[i] - '0'));
    }
    return code < 100 ? 0 : code;
}

/* What the reply in a line means: 1, or 0 if the line has none. */
static int explain(const char *line, size_t len, rc_explanation *answer)
{
    const char *at = line, *end = line + len;
    struct word word;
    rc_enhanced enhanced;
    unsigned short code;
    int protocol, has_enhanced;

    next_word(&at, end); /* date */
    next_word(&at, end); /* time */
    word = next_word(&at, end);
    protocol = rc_protocol(word.text, word.len);
    if (protocol < 0)
        return 0;
    code = code_of(next_word(&at, end));
    if (code == 0)
        return 0;
    /* Only SMTP has enhanced status codes. */
    word = next_word(&at, end);
    has_enhanced = protocol == RC_SMTP && rc_enhanced_parse(word.text, word.len, &enhanced);
    return rc_explain_in((unsigned char)protocol, code, 0, has_enhanced ? &enhanced : NULL, answer);
}

static void print_block(const char *line, size_t len, unsigned char lang)
{
    rc_explanation answer;

    fwrite(line, 1, len, stdout);
    if (!explain(line, len, &answer)) {
        printf("\n  %s\n", lang == RC_LANG_JA
            ? "\343\201\223\343\201\256\350\241\214\343\201\253\345\277\234\347\255\224\343\202\263\343\203\274"
              "\343\203\211\343\201\257\343\201\202\343\202\212\343\201\276\343\201\233\343\202\223"
            : "no reply code in this line");
        return;
    }
    printf("\n  %u %s/%s %s\n", (unsigned)answer.code, rc_severity_id(answer.severity), rc_category_id(answer.category),
           rc_title(answer.entry, lang));
    printf("  %s\n", rc_meaning(answer.entry, lang));
    printf("  %s\n", rc_action(answer.entry, lang));
    printf("  retry: %s (%s)\n", rc_should_retry(answer.verdict) ? "yes" : "no", rc_verdict_id(answer.verdict));
}

/* Reads a line without its line feed: 1, or 0 at the end of the log. */
static int read_line(FILE *log, char *line, size_t *len)
{
    int byte;

    *len = 0;
    while ((byte = getc(log)) != EOF && byte != '\n') {
        if (*len < LINE_SIZE)
            line[(*len)++] = (char)byte;
    }
    return byte != EOF || *len > 0;
}

int main(int argc, char **argv)
{
    static char line[LINE_SIZE];
    unsigned char languages[MOST_LANGUAGES];
    size_t len;
    int count = argc - 2, i, failed;
    FILE *log;

    if (!RC_CHECK()) {
        fprintf(stderr, "%s: replycode.h and the library do not belong together\n", argv[0]);
        return 1;
    }
    if (count < 1 || count > MOST_LANGUAGES) {
        fprintf(stderr, "usage: %s LOG LANGUAGE [LANGUAGE...]\n", argc > 0 ? argv[0] : "statuspage");
        return 2;
    }
    for (i = 0; i < count; i++) {
        int lang = rc_language(argv[i + 2], strlen(argv[i + 2]));
        if (lang < 0) {
            fprintf(stderr, "the catalogue has no language `%s`\n", argv[i + 2]);
            return 2;
        }
        languages[i] = (unsigned char)lang;
    }
    log = strcmp(argv[1], "-") == 0 ? stdin : fopen(argv[1], "rb");
    if (log == NULL) {
        perror(argv[1]);
        return 2;
    }
    while (read_line(log, line, &len)) {
        for (i = 0; i < count && len > 0; i++)
            print_block(line, len, languages[i]);
    }
    failed = ferror(log) || fflush(stdout) != 0;
    if (log != stdin)
        fclose(log);
    if (failed) {
        fprintf(stderr, "%s: cannot read it, or cannot write the answer\n", argv[1]);
        return 1;
    }
    return 0;
}
