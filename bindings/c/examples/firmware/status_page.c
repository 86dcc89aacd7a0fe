#include "status_page.h"

#include "words.h"

static void print(const struct status_page *page, const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    page->print(text, length);
}

static void print_number(const struct status_page *page, unsigned long number)
{
    static const unsigned long powers[] = {10000, 1000, 100, 10, 1};
    char digits[5];
    size_t i, length = 0;

    /* No division: small processors have none. */
    for (i = 0; i < sizeof(powers) / sizeof(powers[0]); i++) {
        char digit = '0';
        for (; number >= powers[i]; number -= powers[i])
            digit++;
        if (length > 0 || digit != '0' || powers[i] == 1)
            digits[length++] = digit;
    }
    page->print(digits, length);
}

/* One block: what the server said, why, what to do, and whether the camera tries again. */
static void show(const struct status_page *page, const rc_reply *reply, const rc_diagnosis *diagnosis)
{
    rc_explanation answer;
    const char *step;
    size_t length;
    unsigned short n;
    unsigned long wait = status_page_wait(page);

    rc_explain_in(page->protocol, reply->code, page->command,
                  reply->enhanced.klass != 0 ? &reply->enhanced : NULL, &answer);
    print_number(page, reply->code);
    print(page, " ");
    print(page, rc_title(answer.entry, page->lang));
    print(page, "\n  " WORD_CAUSE ": ");
    print(page, rc_title(diagnosis->cause, page->lang));
    print(page, "\n");
    for (n = 0; rc_step(diagnosis->cause, page->lang, n, &step, &length); n++) {
        print(page, n == 0 ? "  " WORD_ADVICE ": " : "        ");
        print_number(page, n + 1UL);
        print(page, ". ");
        page->print(step, length);
        print(page, "\n");
    }
    print(page, "  " WORD_RETRY ": ");
    if (wait > 0) {
        print_number(page, wait);
        print(page, WORD_SECONDS "\n");
    } else {
        print(page, WORD_NO_RETRY "\n");
    }
}

/* A reply, or what cannot be read as one, has come to its end. */
static void take(struct status_page *page)
{
    rc_reply reply;
    rc_diagnosis diagnosis;

    if (rc_parser_reply(&page->parser, page->text, sizeof(page->text), &reply) != RC_STATE_COMPLETE) {
        print(page, WORD_UNREADABLE "\n");
        page->verdict = RC_VERDICT_RETRY_SOON;
        return;
    }
    rc_reply_diagnose(&reply, page->command, &diagnosis);
    page->verdict = diagnosis.verdict;
    if (page->verdict != RC_VERDICT_DONE && page->verdict != RC_VERDICT_CONTINUE)
        show(page, &reply, &diagnosis);
}

int status_page_begin(struct status_page *page, unsigned char protocol, unsigned char lang,
                      void (*print_to)(const char *text, size_t length))
{
    page->protocol = protocol;
    page->lang = lang;
    page->command = 0;
    page->verdict = 0;
    page->print = print_to;
    return RC_CHECK() && rc_parser_init(&page->parser, protocol, RC_MODE_LENIENT);
}

void status_page_sent(struct status_page *page, rc_command command)
{
    page->command = command;
}

void status_page_received(struct status_page *page, const char *bytes, size_t length)
{
    while (length > 0) {
        unsigned char state;
        size_t read = rc_parser_feed(&page->parser, bytes, length, page->text, sizeof(page->text), &state);

        if (state == RC_STATE_NONE)
            return;
        bytes += read;
        length -= read;
        if (state == RC_STATE_COMPLETE || state == RC_STATE_MALFORMED)
            take(page);
    }
}

unsigned long status_page_wait(const struct status_page *page)
{
    switch (page->verdict) {
    case RC_VERDICT_RETRY_SOON:
        return 60;
    case RC_VERDICT_RETRY_LATER:
        return 1800;
    default:
        return 0;
    }
}
