/* The state machine of the parser: which byte belongs to which part of which line. */

enum {
    /* At the start of a reply. */
    RC_PHASE_IDLE,
    /* In the code of a line. */
    RC_PHASE_HEAD,
    /* In the text of a line. */
    RC_PHASE_TEXT,
    /* After a CR in the text of a line. */
    RC_PHASE_TEXT_CR,
    /* In the rest of a malformed line. */
    RC_PHASE_SKIP,
    RC_PHASE_COMPLETE,
    RC_PHASE_MALFORMED,
    /* Malformed, and the line has ended. */
    RC_PHASE_MALFORMED_LINE
};

/* In the first word of a parser that rc_parser_init() has been called for: as much of it as a word has. */
#define RC_INITIALISED ((unsigned)0x72637031UL)

/* What an rc_parser holds. */
struct RC_MAY_ALIAS rc_streaming {
    unsigned initialised;
    /* Bytes of the reply before the present feed; while the phase is malformed, where. */
    rc_u32 offset;
    /* Bytes of the line before the present feed. */
    rc_u32 line_length;
    /* Bytes of text, kept or not. */
    rc_u32 text_length;
    struct rc_framing framing;
    unsigned char phase;
    /* Why, while the phase is malformed. */
    unsigned char reason;
    unsigned char held_length;
    /* The first bytes of a line that a feed has cut before it could be told what they are. */
    unsigned char held[RC_MOST_UNDECIDED + 1];
};

/* Does not compile if types and padding are such that an rc_parser has no room for it. */
typedef char rc_parser_has_room[sizeof(struct rc_streaming) <= sizeof(rc_parser) ? 1 : -1];

/* What a part of the input has led to. */
enum {
    /* Go on. */
    RC_STEP_GO,
    RC_STEP_LINE_END,
    /* A malformed line has been skipped. */
    RC_STEP_SKIPPED,
    RC_STEP_MALFORMED
};

struct rc_step {
    rc_u32 offset;
    unsigned char kind;
    unsigned char reason;
};

/* Where the text of a reply goes: as much of it as fits. */
struct rc_keep {
    unsigned char *text;
    size_t cap;
};

/* 0, with nothing written, for an unknown protocol or unknown rules. */
static int rc_raw_init(struct rc_streaming *parser, unsigned char protocol, unsigned char rules)
{
    if (!rc_framing_init(&parser->framing, protocol, rules))
        return 0;
    parser->initialised = RC_INITIALISED;
    parser->offset = 0;
    parser->line_length = 0;
    parser->text_length = 0;
    parser->phase = RC_PHASE_IDLE;
    parser->reason = 0;
    parser->held_length = 0;
    return 1;
}

/* Forgets what was read. */
static void rc_raw_reset(struct rc_streaming *parser)
{
    rc_raw_init(parser, parser->framing.protocol, parser->framing.rules);
}

static unsigned char rc_raw_state(const struct rc_streaming *parser)
{
    switch (parser->phase) {
    case RC_PHASE_IDLE:
    case RC_PHASE_SKIP:
        return RC_STATE_IDLE;
    case RC_PHASE_COMPLETE:
        return RC_STATE_COMPLETE;
    case RC_PHASE_MALFORMED:
    case RC_PHASE_MALFORMED_LINE:
        return RC_STATE_MALFORMED;
    default:
        return RC_STATE_NEED_MORE;
    }
}

static void rc_keep_bytes(struct rc_streaming *parser, const struct rc_keep *keep, const unsigned char *bytes, size_t n)
{
    if (parser->text_length < keep->cap)
        rc_copy_what_fits(keep->text, keep->cap, (size_t)parser->text_length, bytes, n);
    parser->text_length = rc_saturating_add(parser->text_length, n);
}

static void rc_keep_byte(struct rc_streaming *parser, const struct rc_keep *keep, unsigned char byte)
{
    rc_keep_bytes(parser, keep, &byte, 1);
}

static void rc_begin_text(struct rc_streaming *parser, const struct rc_keep *keep)
{
    if (parser->framing.lines > 1)
        rc_keep_byte(parser, keep, '\n');
    parser->held_length = 0;
    parser->phase = RC_PHASE_TEXT;
}

static void rc_malformed(struct rc_streaming *parser, unsigned char reason, rc_u32 offset, int at_line_end)
{
    parser->reason = reason;
    parser->offset = offset;
    parser->phase = at_line_end ? RC_PHASE_MALFORMED_LINE : RC_PHASE_MALFORMED;
}

static void rc_stop(struct rc_step *step, unsigned char reason, rc_u32 offset)
{
    step->kind = RC_STEP_MALFORMED;
    step->reason = reason;
    step->offset = offset;
}

/* The text of a line, from bytes at an offset of the reply. Returns how many bytes have been read. */
static size_t rc_read_text(struct rc_streaming *parser, const struct rc_keep *keep, const unsigned char *bytes,
                           size_t n, rc_u32 offset, struct rc_step *step)
{
    int strict = rc_has_mode(&parser->framing, RC_MODE_STRICT);
    size_t at = 0, start;
    unsigned char byte;

    while (at < n) {
        if (parser->phase == RC_PHASE_TEXT_CR) {
            parser->phase = RC_PHASE_TEXT;
            if (bytes[at] == '\n') {
                step->kind = RC_STEP_LINE_END;
                return at + 1;
            }
            if (strict) {
                rc_stop(step, RC_MALFORMED_BARE_CR, rc_saturating_add(offset, at) - 1);
                return at + 1;
            }
            rc_insert(&parser->framing, RC_NOTE_BARE_CR);
            rc_keep_byte(parser, keep, '\r');
        }
        for (start = at; at < n && bytes[at] != '\r' && bytes[at] != '\n'; at++) {
            byte = bytes[at];
            if (byte >= 0x80)
                rc_insert(&parser->framing, RC_NOTE_EIGHT_BIT);
            else if (byte == 0x7F || (byte < 0x20 && byte != '\t'))
                rc_insert(&parser->framing, RC_NOTE_CONTROL_CHAR);
        }
        rc_keep_bytes(parser, keep, bytes + start, at - start);
        if (at == n)
            break;
        if (bytes[at] == '\r') {
            parser->phase = RC_PHASE_TEXT_CR;
            at++;
            continue;
        }
        if (strict) {
            rc_stop(step, RC_MALFORMED_BARE_LF, rc_saturating_add(offset, at));
        } else {
            rc_insert(&parser->framing, RC_NOTE_BARE_LF);
            step->kind = RC_STEP_LINE_END;
        }
        return at + 1;
    }
    return at;
}

/* A fault at the start of a line; the offset of the line is that of the present input less what is held. While bytes
 * are held, the last of them is not counted in the offset yet. */
static void rc_line_fault(const struct rc_streaming *parser, const struct rc_line *line, struct rc_step *step)
{
    unsigned held = parser->held_length > 0 ? parser->held_length - 1U : 0;

    rc_stop(step, line->reason, rc_saturating_add(rc_saturating_sub(parser->offset, held), line->at));
}

/* A line from its first byte. */
static size_t rc_whole_head(struct rc_streaming *parser, const struct rc_keep *keep, const unsigned char *rest,
                            size_t n, struct rc_step *step)
{
    struct rc_line line;
    size_t blanks = rc_blanks(&parser->framing, rest, n);

    if (blanks > 0)
        return blanks;
    switch (rc_read_line(&parser->framing, rest, n, RC_OPEN, &line)) {
    case RC_FOUND:
        rc_begin_text(parser, keep);
        return line.at;
    case RC_MORE:
        rc_copy_what_fits(parser->held, sizeof(parser->held), 0, rest, n);
        parser->held_length = (unsigned char)n;
        parser->phase = RC_PHASE_HEAD;
        return n;
    default:
        rc_line_fault(parser, &line, step);
        return line.need;
    }
}

/* A line whose first bytes were held back: byte by byte, until they can be told. */
static size_t rc_held_head(struct rc_streaming *parser, const struct rc_keep *keep, const unsigned char *rest,
                           struct rc_step *step)
{
    struct rc_line line;
    size_t n;

    if (parser->held_length < sizeof(parser->held))
        parser->held[parser->held_length++] = rest[0];
    n = parser->held_length;
    switch (rc_read_line(&parser->framing, parser->held, n, RC_OPEN, &line)) {
    case RC_FOUND:
        rc_begin_text(parser, keep);
        n -= line.at;
        rc_read_text(parser, keep, parser->held + line.at, n,
                     rc_saturating_sub(rc_saturating_add(parser->offset, 1), (unsigned)n), step);
        break;
    case RC_MORE:
        break;
    default:
        rc_line_fault(parser, &line, step);
        break;
    }
    return 1;
}

/* The rest of a malformed line. */
static size_t rc_skip_line(const unsigned char *rest, size_t n, struct rc_step *step)
{
    size_t dropped = rc_find(rest, n, '\n');

    if (dropped == n)
        return n;
    step->kind = RC_STEP_SKIPPED;
    return dropped + 1;
}

static void rc_end_line(struct rc_streaming *parser)
{
    rc_line_length(&parser->framing, parser->line_length);
    parser->line_length = 0;
    parser->phase = parser->framing.last ? RC_PHASE_COMPLETE : RC_PHASE_HEAD;
}

/* Reads input up to the end of a reply; returns how many bytes. */
static size_t rc_run(struct rc_streaming *parser, const struct rc_keep *keep, const unsigned char *input, size_t n)
{
    size_t consumed = 0, read;
    const unsigned char *rest;
    struct rc_step step;

    if (parser->phase >= RC_PHASE_COMPLETE) {
        unsigned char next = parser->phase == RC_PHASE_MALFORMED ? RC_PHASE_SKIP : RC_PHASE_IDLE;

        rc_raw_reset(parser);
        parser->phase = next;
    }
    while (consumed < n && parser->phase < RC_PHASE_COMPLETE) {
        rest = input + consumed;
        step.kind = RC_STEP_GO;
        if (parser->phase == RC_PHASE_SKIP)
            read = rc_skip_line(rest, n - consumed, &step);
        else if (parser->phase >= RC_PHASE_TEXT)
            read = rc_read_text(parser, keep, rest, n - consumed, parser->offset, &step);
        else if (parser->held_length > 0)
            read = rc_held_head(parser, keep, rest, &step);
        else
            read = rc_whole_head(parser, keep, rest, n - consumed, &step);
        parser->offset = rc_saturating_add(parser->offset, read);
        parser->line_length = rc_saturating_add(parser->line_length, read);
        if (step.kind == RC_STEP_LINE_END)
            rc_end_line(parser);
        else if (step.kind == RC_STEP_SKIPPED)
            rc_raw_reset(parser);
        else if (step.kind == RC_STEP_MALFORMED)
            rc_malformed(parser, step.reason, step.offset, rest[read - 1] == '\n');
        consumed += read;
    }
    return consumed;
}

/* The stream has ended inside the code of a line: 1, or 0 if that makes the reply malformed. */
static int rc_end_held(struct rc_streaming *parser, const struct rc_keep *keep)
{
    struct rc_line line;
    struct rc_step ignored;
    size_t n = parser->held_length;

    if (rc_read_line(&parser->framing, parser->held, n, RC_STREAM, &line) == RC_FOUND) {
        rc_begin_text(parser, keep);
        rc_read_text(parser, keep, parser->held + line.at, n - line.at, parser->offset, &ignored);
    } else if (line.reason != RC_MALFORMED_TOO_SHORT || parser->framing.first == 0) {
        rc_malformed(parser, line.reason,
                     rc_saturating_add(rc_saturating_sub(parser->offset, (unsigned)n), line.at), 1);
        return 0;
    }
    /* Else too short to be a line of the reply that has begun: not one of its lines. */
    return 1;
}

/* The stream has ended. */
static void rc_end(struct rc_streaming *parser, const struct rc_keep *keep)
{
    /* A CR at the very end is half a line end. */
    int cut = parser->phase == RC_PHASE_TEXT || parser->phase == RC_PHASE_TEXT_CR;

    if (parser->phase == RC_PHASE_HEAD && parser->held_length > 0) {
        if (!rc_end_held(parser, keep))
            return;
        cut = 1;
    } else if (!cut && parser->phase != RC_PHASE_HEAD) {
        rc_raw_reset(parser);
        return;
    }
    if (rc_has_mode(&parser->framing, RC_MODE_STRICT)) {
        rc_malformed(parser, RC_MALFORMED_CUT_OFF, parser->offset, 1);
        return;
    }
    if (cut)
        rc_insert(&parser->framing, RC_NOTE_NO_EOL);
    rc_end_of_stream(&parser->framing);
    rc_end_line(parser);
    parser->phase = RC_PHASE_COMPLETE;
}

/* No reply. */
static void rc_refuse(rc_reply *out, unsigned char protocol, unsigned char rules)
{
    unsigned char i;

    out->bytes = NULL;
    out->length = 0;
    out->notes = 0;
    out->line_count = 0;
    out->offset = 0;
    out->code = 0;
    out->first_code = 0;
    out->enhanced.klass = 0;
    out->enhanced.reserved = 0;
    out->enhanced.subject = 0;
    out->enhanced.detail = 0;
    out->protocol = protocol;
    out->rules = rules;
    out->malformed = 0;
    out->raw = 0;
    out->truncated = 0;
    for (i = 0; i < sizeof(out->reserved); i++)
        out->reserved[i] = 0;
}

/* The reply, with its bytes, or why there is none; returns the state of the parser. */
static unsigned char rc_give_reply(const struct rc_streaming *parser, const char *bytes, size_t length, rc_reply *out)
{
    const struct rc_framing *framing = &parser->framing;
    unsigned char state = rc_raw_state(parser);

    if (out == NULL)
        return state;
    rc_refuse(out, framing->protocol, framing->rules);
    if (state == RC_STATE_COMPLETE) {
        out->bytes = bytes == NULL ? rc_nothing : bytes;
        out->length = length;
        out->notes = framing->notes;
        out->line_count = framing->lines;
        out->code = framing->code;
        out->first_code = framing->first;
        if (framing->klass != 0) {
            out->enhanced.klass = framing->klass;
            out->enhanced.subject = framing->subject;
            out->enhanced.detail = framing->detail;
        }
    } else if (state == RC_STATE_MALFORMED) {
        out->malformed = parser->reason;
        out->offset = parser->offset;
    }
    return state;
}

/* The parser in the caller's memory; NULL for a null pointer and for memory that has not been initialised. */
static struct rc_streaming *rc_streaming_of(rc_parser *memory)
{
    struct rc_streaming *parser = (struct rc_streaming *)memory;

    return parser == NULL || parser->initialised != RC_INITIALISED ? NULL : parser;
}

static void rc_keep_in(struct rc_keep *keep, char *text, size_t cap)
{
    keep->text = (unsigned char *)text;
    keep->cap = text == NULL ? 0 : cap;
}

int rc_parser_init(rc_parser *parser, unsigned char protocol, unsigned char rules)
{
    return parser != NULL && rc_raw_init((struct rc_streaming *)parser, protocol, rules);
}

size_t rc_parser_feed(rc_parser *parser, const char *input, size_t n, char *text, size_t cap, unsigned char *state)
{
    struct rc_streaming *raw = rc_streaming_of(parser);
    struct rc_keep keep;
    size_t consumed = 0;

    rc_keep_in(&keep, text, cap);
    if (raw != NULL)
        consumed = rc_run(raw, &keep, (const unsigned char *)input, input == NULL ? 0 : n);
    if (state != NULL)
        *state = raw == NULL ? RC_STATE_NONE : rc_raw_state(raw);
    return consumed;
}

unsigned char rc_parser_finish(rc_parser *parser, char *text, size_t cap)
{
    struct rc_streaming *raw = rc_streaming_of(parser);
    struct rc_keep keep;

    if (raw == NULL)
        return RC_STATE_NONE;
    rc_keep_in(&keep, text, cap);
    rc_end(raw, &keep);
    return rc_raw_state(raw);
}

int rc_parser_reset(rc_parser *parser)
{
    struct rc_streaming *raw = rc_streaming_of(parser);

    if (raw == NULL)
        return 0;
    rc_raw_reset(raw);
    return 1;
}

unsigned char rc_parser_reply(rc_parser *parser, const char *text, size_t cap, rc_reply *out)
{
    const struct rc_streaming *raw = rc_streaming_of(parser);
    unsigned char state;

    if (raw == NULL) {
        if (out != NULL)
            rc_refuse(out, 0, 0);
        return RC_STATE_NONE;
    }
    if (text == NULL)
        cap = 0;
    state = rc_give_reply(raw, text, raw->text_length < cap ? (size_t)raw->text_length : cap, out);
    if (out != NULL && state == RC_STATE_COMPLETE)
        out->truncated = raw->text_length > cap;
    return state;
}

/* Whether nothing but blanks and empty lines follows. */
static int rc_all_blank(const unsigned char *bytes, size_t n)
{
    size_t at;

    for (at = 0; at < n; at++) {
        if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\n' && bytes[at] != '\f' && bytes[at] != '\r')
            return 0;
    }
    return 1;
}

unsigned char rc_parse(unsigned char protocol, unsigned char rules, const char *input, size_t n, rc_reply *out)
{
    const unsigned char *bytes = (const unsigned char *)input;
    struct rc_streaming parser;
    struct rc_keep nowhere;
    size_t consumed;
    unsigned char state;

    if (!rc_raw_init(&parser, protocol, rules)) {
        if (out != NULL)
            rc_refuse(out, protocol, rules);
        return RC_STATE_NONE;
    }
    rc_keep_in(&nowhere, NULL, 0);
    if (input == NULL)
        n = 0;
    consumed = rc_run(&parser, &nowhere, bytes, n);
    state = rc_raw_state(&parser);
    if (state == RC_STATE_IDLE || state == RC_STATE_NEED_MORE)
        rc_end(&parser, &nowhere);
    else if (state == RC_STATE_COMPLETE && consumed < n
             && !(rc_has_mode(&parser.framing, RC_MODE_LOG) && rc_all_blank(bytes + consumed, n - consumed)))
        rc_malformed(&parser, RC_MALFORMED_TRAILING_DATA, rc_saturating_add(0, consumed), 0);
    if (parser.phase == RC_PHASE_IDLE)
        rc_malformed(&parser, RC_MALFORMED_EMPTY, 0, 0);
    state = rc_give_reply(&parser, input, consumed, out);
    if (out != NULL && state == RC_STATE_COMPLETE)
        out->raw = 1;
    return state;
}

unsigned char rc_parse_prefix(unsigned char protocol, unsigned char rules, const char *input, size_t n, rc_reply *out,
                              size_t *consumed)
{
    struct rc_streaming parser;
    struct rc_keep nowhere;
    size_t length;
    unsigned char state;

    if (consumed != NULL)
        *consumed = 0;
    if (!rc_raw_init(&parser, protocol, rules)) {
        if (out != NULL)
            rc_refuse(out, protocol, rules);
        return RC_STATE_NONE;
    }
    rc_keep_in(&nowhere, NULL, 0);
    length = rc_run(&parser, &nowhere, (const unsigned char *)input, input == NULL ? 0 : n);
    state = rc_give_reply(&parser, input, length, out);
    if (state == RC_STATE_IDLE)
        state = RC_STATE_NEED_MORE;
    if (state == RC_STATE_COMPLETE) {
        if (out != NULL)
            out->raw = 1;
        if (consumed != NULL)
            *consumed = length;
    }
    return state;
}
