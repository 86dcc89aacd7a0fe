/* What the reply parser makes of the corpus file, as docs/dump.md says: corpus PATH. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replycode.h"

/* How many bytes of a text are printed. */
#define SHOWN 512

struct bytes {
    char *start;
    size_t length;
    size_t room;
};

static void give_up(unsigned long line, const char *what)
{
    fprintf(stderr, "line %lu: %s\n", line, what);
    exit(1);
}

static void add(struct bytes *to, const char *from, size_t length)
{
    if (to->room - to->length < length) {
        to->room = 2 * (to->room + length);
        to->start = (char *)realloc(to->start, to->room);
        if (to->start == NULL)
            give_up(0, "no memory");
    }
    if (length > 0)
        memcpy(to->start + to->length, from, length);
    to->length += length;
}

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);

    return at == NULL ? -1 : (int)(at - digits);
}

/* Bytes as the corpus file writes them; 0 for a wrong escape. */
static int unescape(struct bytes *out, const char *text, const char *end)
{
    while (text < end) {
        char byte = *text++;

        if (byte == '\\') {
            if (text == end)
                return 0;
            byte = *text++;
            if (byte == 'x') {
                if (end - text < 2 || digit(text[0]) < 0 || digit(text[1]) < 0)
                    return 0;
                byte = (char)(unsigned char)(digit(text[0]) * 16 + digit(text[1]));
                text += 2;
            } else if (byte == 'r' || byte == 'n' || byte == 't') {
                byte = byte == 'r' ? '\r' : byte == 'n' ? '\n' : '\t';
            } else if (byte != '\\' && byte != '{' && byte != '}') {
                return 0;
            }
        } else if (byte == '{') {
            const char *star = (const char *)memchr(text, '*', (size_t)(end - text));
            const char *close = (const char *)memchr(text, '}', (size_t)(end - text));
            unsigned long times;

            if (star == NULL || close == NULL || close < star)
                return 0;
            for (times = strtoul(text, NULL, 10); times > 0; times--) {
                if (!unescape(out, star + 1, close))
                    return 0;
            }
            text = close + 1;
            continue;
        }
        add(out, &byte, 1);
    }
    return 1;
}

/* The end of a row. */
static void print_bytes(const char *start, size_t length)
{
    size_t i;

    for (i = 0; i < length && i < SHOWN; i++) {
        unsigned char byte = (unsigned char)start[i];
        if (byte >= 0x20 && byte <= 0x7e && byte != '\\')
            putchar(byte);
        else
            printf("\\x%02x", (unsigned)byte);
    }
    putchar('\n');
}

static void print_result(const rc_reply *reply)
{
    char text[SHOWN];
    size_t length;
    unsigned char note;
    int notes = 0;

    if (reply->malformed) {
        printf("malformed %s %lu\n", rc_id(rc_malformed_entry(reply->malformed)), reply->offset);
        return;
    }
    printf("reply %u %u ", (unsigned)reply->code, (unsigned)reply->first_code);
    if (reply->enhanced.klass != 0)
        printf("%u.%u.%u ", (unsigned)reply->enhanced.klass, (unsigned)reply->enhanced.subject,
               (unsigned)reply->enhanced.detail);
    else
        printf("- ");
    for (note = 0; note < 32; note++) {
        if (reply->notes & (1UL << note))
            printf("%s%s", notes++ ? "," : "", rc_id(rc_note_entry(note)));
    }
    printf("%s %lu ", notes ? "" : "-", reply->line_count);
    length = rc_reply_text_copy(reply, text, sizeof(text));
    print_bytes(text, length);
}

static void event(const char *form, size_t consumed, const char *when, rc_parser *parser, const char *text)
{
    rc_reply reply;
    unsigned char state = rc_parser_reply(parser, text, SHOWN, &reply);

    if (state == RC_STATE_COMPLETE || state == RC_STATE_MALFORMED) {
        printf("%s %lu %s ", form, (unsigned long)consumed, when);
        print_result(&reply);
    }
}

/* What a streaming parser tells of the input in pieces of a size. */
static void stream(const char *form, unsigned char protocol, unsigned char rules, const struct bytes *input,
                   size_t size)
{
    char text[SHOWN];
    rc_parser parser;
    unsigned char state;
    size_t piece, consumed = 0;

    if (!rc_parser_init(&parser, protocol, rules))
        give_up(0, "no parser");
    while (consumed < input->length) {
        for (piece = input->length - consumed < size ? input->length - consumed : size; piece > 0;) {
            size_t read = rc_parser_feed(&parser, input->start + consumed, piece, text, sizeof(text), &state);
            if (read == 0 || (read < piece && state != RC_STATE_COMPLETE && state != RC_STATE_MALFORMED))
                give_up(0, "no progress");
            consumed += read;
            piece -= read;
            event(form, consumed, "inside", &parser, text);
        }
    }
    state = rc_parser_finish(&parser, text, sizeof(text));
    if (state == RC_STATE_NEED_MORE || state == RC_STATE_NONE)
        give_up(0, "not finished");
    event(form, consumed, "end", &parser, text);
}

static void values(const rc_reply *reply)
{
    char path[SHOWN];
    const char *start;
    size_t length;
    rc_address address;
    rc_file_time time;

    if (rc_passive_address(reply, &address))
        printf("value passive %u.%u.%u.%u %u\n", (unsigned)address.host[0], (unsigned)address.host[1],
               (unsigned)address.host[2], (unsigned)address.host[3], (unsigned)address.port);
    if (rc_extended_passive_port(reply))
        printf("value port %u\n", (unsigned)rc_extended_passive_port(reply));
    if (rc_pathname(reply, path, sizeof(path), &length)) {
        printf("value pathname ");
        print_bytes(path, length);
    }
    if (rc_file_size(reply, &start, &length)) {
        printf("value size ");
        fwrite(start, 1, length, stdout);
        putchar('\n');
    }
    if (rc_modification_time(reply, &time)) {
        printf("value time %u %u %u %u %u %u ", (unsigned)time.year, (unsigned)time.month, (unsigned)time.day,
               (unsigned)time.hour, (unsigned)time.minute, (unsigned)time.second);
        if (time.fraction_length == 0)
            putchar('-');
        fwrite(time.fraction, 1, time.fraction_length, stdout);
        putchar('\n');
    }
    if (rc_domain(reply, &start, &length)) {
        printf("value domain ");
        print_bytes(start, length);
    }
    if (rc_forward_path(reply, &start, &length)) {
        printf("value path ");
        print_bytes(start, length);
    }
}

/* What the input is as one reply. */
static void whole(unsigned char protocol, unsigned char rules, const struct bytes *input)
{
    rc_reply reply;
    char wire[SHOWN], *text;
    size_t length;

    if (rc_parse(protocol, rules, input->start, input->length, &reply) == RC_STATE_NONE)
        give_up(0, "nothing parsed");
    printf("parse ");
    print_result(&reply);
    if (reply.malformed)
        return;
    values(&reply);
    length = rc_reply_text_copy(&reply, NULL, 0);
    text = (char *)malloc(length + 1);
    if (text == NULL)
        give_up(0, "no memory");
    rc_reply_text_copy(&reply, text, length);
    length = rc_format(protocol, reply.code, &reply.enhanced, text, length, wire, sizeof(wire));
    printf("wire %lu ", (unsigned long)length);
    print_bytes(wire, length);
    free(text);
}

static unsigned char rules_of(unsigned long line, const char *word)
{
    static const struct {
        const char *word;
        unsigned char rules;
    } all[] = {
        {"strict", RC_MODE_STRICT}, {"lenient", RC_MODE_LENIENT}, {"log", RC_MODE_LOG}, {"any-code", RC_ANY_CODE_ENDS}
    };
    size_t i;

    for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        if (strcmp(word, all[i].word) == 0)
            return all[i].rules;
    }
    give_up(line, "unknown rules");
    return 0;
}

/* name, protocol, rules, input and more, with tabs between them. */
static void a_case(unsigned long line, char *text)
{
    char *columns[4], *end = text, *word;
    struct bytes input = {NULL, 0, 0};
    int i, protocol;

    for (i = 0; i < 4; i++) {
        columns[i] = end;
        end = strchr(end, '\t');
        if (end == NULL)
            give_up(line, "expected columns separated by tabs");
        *end++ = '\0';
    }
    protocol = rc_protocol(columns[1], strlen(columns[1]));
    if (protocol < 0)
        give_up(line, "unknown protocol");
    if (!unescape(&input, columns[3], columns[3] + strlen(columns[3])))
        give_up(line, "the input has a wrong escape");
    for (word = strtok(columns[2], ","); word != NULL; word = strtok(NULL, ",")) {
        unsigned char rules = rules_of(line, word);

        printf("case %lu %s %s\n", line, columns[1], word);
        stream("whole", (unsigned char)protocol, rules, &input, input.length + 1);
        stream("bytes", (unsigned char)protocol, rules, &input, 1);
        whole((unsigned char)protocol, rules, &input);
    }
    free(input.start);
}

int main(int count, char **arguments)
{
    FILE *file;
    struct bytes line = {NULL, 0, 0};
    unsigned long number = 1;
    int c;
    char end = '\0';

    if (count != 2 || (file = fopen(arguments[1], "rb")) == NULL) {
        fputs("usage: corpus PATH\n", stderr);
        return 1;
    }
    while ((c = getc(file)) != EOF) {
        char byte = (char)c;
        if (byte != '\n') {
            add(&line, &byte, 1);
            continue;
        }
        add(&line, &end, 1);
        if (line.start[0] != '\0' && line.start[0] != '#')
            a_case(number, line.start);
        line.length = 0;
        number++;
    }
    free(line.start);
    if (ferror(file) || fclose(file) != 0 || fflush(stdout) != 0 || ferror(stdout)) {
        perror("corpus");
        return 1;
    }
    return 0;
}
