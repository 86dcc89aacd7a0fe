/* What a line means for its reply: the multi-line rules of SMTP and FTP. Line by line, without the bytes in between;
 * the parser and the lines of a parsed reply both go through here, so that they cannot disagree. */

/* How large an int is. GNU compilers say it themselves: one without a C library may lack the file. */
#ifdef __INT_MAX__
#define RC_INT_MAX __INT_MAX__
#else
#include <limits.h>
#define RC_INT_MAX INT_MAX
#endif

/* 32 bits: in them lengths and lines are counted on every CPU. */
#if RC_INT_MAX >= 0x7FFFFFFF
typedef unsigned rc_u32;
#else
typedef unsigned long rc_u32;
#endif
#define RC_U32_MAX ((rc_u32)0xFFFFFFFF)

/* What lies in the memory of an rc_parser is not what that memory was declared as. */
#ifdef __GNUC__
#define RC_MAY_ALIAS __attribute__((__may_alias__))
#else
#define RC_MAY_ALIAS
#endif

#define RC_NOTE_BIT(note) ((rc_u32)1 << (note))

static rc_u32 rc_saturating_add(rc_u32 count, size_t more)
{
    return more > RC_U32_MAX - count ? RC_U32_MAX : count + (rc_u32)more;
}

static rc_u32 rc_saturating_sub(rc_u32 count, unsigned less)
{
    return count < less ? 0 : count - less;
}

/* Copies as much as fits, to the place `at` of the buffer. */
static void rc_copy_what_fits(unsigned char *buffer, size_t cap, size_t at, const unsigned char *from, size_t n)
{
    for (; n > 0 && at < cap; n--)
        buffer[at++] = *from++;
}

/* Where a byte is, n if nowhere. */
static size_t rc_find(const unsigned char *bytes, size_t n, unsigned char byte)
{
    size_t at;

    for (at = 0; at < n && bytes[at] != byte; at++)
        continue;
    return at;
}

/* Whether more bytes may follow, or the stream has ended, which is the same as the end of a line. */
enum { RC_OPEN, RC_STREAM };

/* What was found at the start of a line or of a text. */
enum { RC_FOUND, RC_OTHER, RC_MORE };

/* RFC 5321 section 4.5.3.1.5, with the line end. */
#define RC_LONGEST_SMTP_LINE 512

/* `220-#5.999.999` CR: one byte more tells. */
#define RC_MOST_UNDECIDED 15

/* A byte of a line, -1 where more bytes are needed. */
static int rc_peek(const unsigned char *bytes, size_t n, size_t at, int end)
{
    if (at < n)
        return bytes[at];
    return end == RC_STREAM ? '\n' : -1;
}

/* What the first bytes of a line say. */
struct rc_line {
    /* Where the text begins, or the byte that shows why the line is malformed. */
    unsigned char at;
    /* If malformed: one of RC_MALFORMED_, and how many bytes of the line it takes to tell. */
    unsigned char reason;
    unsigned char need;
};

static int rc_fault(struct rc_line *line, unsigned char reason, unsigned char at, int need)
{
    line->reason = reason;
    line->at = at;
    line->need = (unsigned char)need;
    return RC_OTHER;
}

/* The code at the start of a line, and what separates it from the text: a space, a hyphen, a tab, or '\n' for the end
 * of the line, however it is written. */
struct rc_head {
    unsigned short code;
    unsigned char first;
    unsigned char separator;
    unsigned char length;
};

static int rc_read_head(const unsigned char *bytes, size_t n, int end, struct rc_head *head, struct rc_line *line)
{
    unsigned char at;
    int byte;

    head->code = 0;
    for (at = 0; at < 3; at++) {
        byte = rc_peek(bytes, n, at, end);
        if (byte < 0)
            return RC_MORE;
        if (byte == '\r' || byte == '\n')
            return rc_fault(line, RC_MALFORMED_TOO_SHORT, at, at + 1);
        if (!rc_is_digit((unsigned char)byte) || (at == 0 && byte == '0'))
            return rc_fault(line, RC_MALFORMED_BAD_CODE, at, at + 1);
        head->code = (unsigned short)(head->code * 10U + (unsigned)(byte - '0'));
    }
    head->first = (unsigned char)(bytes[0] - '0');
    head->length = 4;
    byte = rc_peek(bytes, n, 3, end);
    if (byte == '\r') {
        byte = rc_peek(bytes, n, 4, end);
        if (byte >= 0 && byte != '\n')
            return rc_fault(line, RC_MALFORMED_BAD_SEPARATOR, 3, 5);
    }
    if (byte < 0)
        return RC_MORE;
    if (byte == '\n')
        head->length = 3;
    else if (byte != ' ' && byte != '-' && byte != '\t')
        return rc_fault(line, RC_MALFORMED_BAD_SEPARATOR, 3, 4);
    head->separator = (unsigned char)byte;
    return RC_FOUND;
}

#ifndef RC_NO_SMTP

/* Something shaped like an enhanced code at the start of an SMTP text (RFC 2034 section 4, RFC 3463 section 2), ended
 * by a space or the end of the line. */
struct rc_match {
    /* How it deviates from RFC 3463. */
    rc_u32 notes;
    unsigned short subject;
    unsigned short detail;
    /* Class 3 does not exist, but is read, to be noted. */
    unsigned char klass;
    /* How many bytes it takes, with the space. */
    unsigned char length;
};

/* A full stop and one to three digits. */
static int rc_read_part(const unsigned char *bytes, size_t n, int end, struct rc_match *match, unsigned short *part)
{
    unsigned char digits;
    int byte = rc_peek(bytes, n, match->length, end);

    if (byte != '.')
        return byte < 0 ? RC_MORE : RC_OTHER;
    *part = 0;
    for (digits = 0;; digits++) {
        match->length++;
        byte = rc_peek(bytes, n, match->length, end);
        if (byte < 0)
            return RC_MORE;
        if (!rc_is_digit((unsigned char)byte))
            return digits == 0 ? RC_OTHER : RC_FOUND;
        if (digits == 3)
            return RC_OTHER;
        if (digits > 0 && *part == 0)
            match->notes |= RC_NOTE_BIT(RC_NOTE_ESC_LEADING_ZERO);
        *part = (unsigned short)(*part * 10U + (unsigned)(byte - '0'));
    }
}

static int rc_read_enhanced(const unsigned char *bytes, size_t n, int end, struct rc_match *match)
{
    int byte = rc_peek(bytes, n, 0, end), found;

    match->notes = 0;
    match->length = 0;
    if (byte == '#') {
        match->notes = RC_NOTE_BIT(RC_NOTE_ESC_PREFIX);
        match->length = 1;
        byte = rc_peek(bytes, n, 1, end);
    }
    if (byte < '2' || byte > '5')
        return byte < 0 ? RC_MORE : RC_OTHER;
    match->klass = (unsigned char)(byte - '0');
    match->length++;
    found = rc_read_part(bytes, n, end, match, &match->subject);
    if (found == RC_FOUND)
        found = rc_read_part(bytes, n, end, match, &match->detail);
    if (found != RC_FOUND)
        return found;
    byte = rc_peek(bytes, n, match->length, end);
    if (byte == ' ') {
        match->length++;
        return RC_FOUND;
    }
    if (byte == '\r')
        byte = rc_peek(bytes, n, match->length + (size_t)1, end);
    if (byte < 0)
        return RC_MORE;
    return byte == '\n' ? RC_FOUND : RC_OTHER;
}

#endif

/* What the lines read so far say. A code is 0 where there is none. */
struct RC_MAY_ALIAS rc_framing {
    rc_u32 notes;
    /* How many lines have begun. */
    rc_u32 lines;
    /* The code: that of the last line with a code (SMTP) or of the first line (FTP). */
    unsigned short code;
    /* The code of the first line. */
    unsigned short first;
    /* FTP: the line being read is a refusal with another code, which is text by the RFC. */
    unsigned short refusal;
    /* The enhanced code; the class is 0 if there is none. */
    unsigned short subject;
    unsigned short detail;
    unsigned char klass;
    unsigned char protocol;
    /* One of RC_MODE_, perhaps with RC_ANY_CODE_ENDS. */
    unsigned char rules;
    /* The line being read ends the reply. */
    unsigned char last;
    /* A line of the present code had no enhanced code. */
    unsigned char plain;
};

/* 0 for an unknown protocol or unknown rules. */
static int rc_framing_init(struct rc_framing *framing, unsigned char protocol, unsigned char rules)
{
    unsigned char mode = (unsigned char)(rules & ~(unsigned)RC_ANY_CODE_ENDS);

    if (!rc_knows(protocol) || mode > RC_MODE_LOG)
        return 0;
    framing->notes = 0;
    framing->lines = 0;
    framing->code = 0;
    framing->first = 0;
    framing->refusal = 0;
    framing->klass = 0;
    framing->protocol = protocol;
    framing->rules = (unsigned char)(mode == 0 ? rules | RC_MODE_LENIENT : rules);
    framing->last = 0;
    framing->plain = 0;
    return 1;
}

static int rc_has_mode(const struct rc_framing *framing, unsigned mode)
{
    return (framing->rules & ~(unsigned)RC_ANY_CODE_ENDS) == mode;
}

static void rc_insert(struct rc_framing *framing, unsigned note)
{
    framing->notes |= RC_NOTE_BIT(note);
}

/* Another code than before, or the first one. */
static void rc_set_code(struct rc_framing *framing, unsigned short code)
{
    framing->notes &= ~(RC_NOTE_BIT(RC_NOTE_SEVERITY_UNASSIGNED) | RC_NOTE_BIT(RC_NOTE_CATEGORY_UNASSIGNED));
    if (rc_severity(framing->protocol, code) == RC_SEVERITY_UNASSIGNED)
        rc_insert(framing, RC_NOTE_SEVERITY_UNASSIGNED);
    if (rc_category(framing->protocol, code) == RC_CATEGORY_UNASSIGNED)
        rc_insert(framing, RC_NOTE_CATEGORY_UNASSIGNED);
    framing->code = code;
    if (framing->first == 0)
        framing->first = code;
    /* An enhanced code belongs to the code it came with. */
    framing->klass = 0;
    framing->plain = 0;
}

static void rc_begin_line(struct rc_framing *framing)
{
    framing->refusal = 0;
    framing->lines = rc_saturating_add(framing->lines, 1);
}

/* A line that begins with its code. */
static void rc_coded_line(struct rc_framing *framing, unsigned char separator)
{
    if (separator == '\t')
        rc_insert(framing, RC_NOTE_TAB_SEPARATOR);
    if (separator == '\n')
        rc_insert(framing, RC_NOTE_NO_SPACE);
    framing->last = separator != '-';
    rc_begin_line(framing);
}

/* A line that is text from its first byte. */
static int rc_text_line(struct rc_framing *framing, struct rc_line *line)
{
    rc_begin_line(framing);
    line->at = 0;
    return RC_FOUND;
}

/* A fault of a line whose code has been read, told by the byte after the separator at the latest. */
static int rc_late_fault(struct rc_line *line, unsigned char reason, unsigned char at, const unsigned char *bytes,
                         size_t n)
{
    return rc_fault(line, reason, at, n > 3 && bytes[3] == '\r' ? 5 : 4);
}

#ifndef RC_NO_SMTP

/* Takes in what a line has for an enhanced code, NULL for none; returns how many bytes of its text that code is. */
static unsigned char rc_take_enhanced(struct rc_framing *framing, unsigned char first, const struct rc_match *found)
{
    if (found != NULL && first == 3) {
        rc_insert(framing, RC_NOTE_ESC_ON_3YZ);
        found = NULL;
    } else if (found != NULL && found->klass == 3) {
        found = NULL;
    } else if (found != NULL) {
        framing->notes |= found->notes;
        /* Strict: what RFC 3463 does not write is not a code. */
        if (rc_has_mode(framing, RC_MODE_STRICT) && found->notes != 0)
            found = NULL;
    }
    if (framing->klass == 0) {
        if (found == NULL) {
            framing->plain = 1;
            return 0;
        }
        if (found->klass != first)
            rc_insert(framing, RC_NOTE_ESC_CLASS_MISMATCH);
        if (framing->plain)
            rc_insert(framing, RC_NOTE_ESC_VARIES);
        framing->klass = found->klass;
        framing->subject = found->subject;
        framing->detail = found->detail;
        return found->length;
    }
    if (found != NULL && found->klass == framing->klass && found->subject == framing->subject
        && found->detail == framing->detail)
        return found->length;
    rc_insert(framing, RC_NOTE_ESC_VARIES);
    return 0;
}

/* RFC 5321 section 4.2.1: each line begins with the code, a hyphen on all but the last. */
static int rc_smtp_line(struct rc_framing *framing, const unsigned char *bytes, size_t n, int end,
                        struct rc_line *line)
{
    struct rc_head head;
    struct rc_match match;
    int open = framing->first != 0, same, enhanced = RC_OTHER;
    int found = rc_read_head(bytes, n, end, &head, line);

    if (found == RC_OTHER && open && rc_has_mode(framing, RC_MODE_LOG)) {
        rc_insert(framing, RC_NOTE_UNCODED_CONTINUATION);
        return rc_text_line(framing, line);
    }
    if (found != RC_FOUND)
        return found;
    same = framing->code == head.code;
    if (rc_has_mode(framing, RC_MODE_STRICT)) {
        if (head.separator == '\t')
            return rc_late_fault(line, RC_MALFORMED_BAD_SEPARATOR, 3, bytes, n);
        if (open && !same)
            return rc_late_fault(line, RC_MALFORMED_CODE_MISMATCH, 0, bytes, n);
    }
    /* RFC 2034 section 4: on 2yz, 4yz and 5yz. On 3yz it is looked for to be noted. */
    if (head.first >= 2 && head.first <= 5 && head.separator != '\n')
        enhanced = rc_read_enhanced(bytes + head.length, n - head.length, end, &match);
    if (enhanced == RC_MORE)
        return RC_MORE;
    if (!same) {
        if (open)
            rc_insert(framing, RC_NOTE_CODE_MISMATCH);
        rc_set_code(framing, head.code);
    }
    rc_coded_line(framing, head.separator);
    line->at = rc_take_enhanced(framing, head.first, enhanced == RC_FOUND ? &match : NULL);
    line->at = (unsigned char)(line->at + head.length);
    return RC_FOUND;
}

#endif
#ifndef RC_NO_FTP

/* RFC 959 section 4.2: the first line has the code and a hyphen, the last one the same code and a space; what comes
 * between is text. */
static int rc_ftp_line(struct rc_framing *framing, const unsigned char *bytes, size_t n, int end, struct rc_line *line)
{
    struct rc_head head;
    int open = framing->first != 0, strict = rc_has_mode(framing, RC_MODE_STRICT), improper;
    int found = rc_read_head(bytes, n, end, &head, line);

    if (found == RC_OTHER && open)
        return rc_text_line(framing, line);
    if (found != RC_FOUND)
        return found;
    improper = strict && head.separator != ' ' && head.separator != '-';
    if (!open) {
        if (improper)
            return rc_late_fault(line, RC_MALFORMED_BAD_SEPARATOR, 3, bytes, n);
        rc_set_code(framing, head.code);
    } else if (framing->code == head.code) {
        if (improper) {
            rc_insert(framing, RC_NOTE_UNPADDED_CODE);
            return rc_text_line(framing, line);
        }
    } else if ((framing->rules & RC_ANY_CODE_ENDS) && head.separator == ' ') {
        rc_insert(framing, RC_NOTE_CODE_MISMATCH);
        rc_set_code(framing, head.code);
    } else {
        rc_insert(framing, RC_NOTE_UNPADDED_CODE);
        found = rc_text_line(framing, line);
        if (head.separator == ' ' && (head.first == 4 || head.first == 5))
            framing->refusal = head.code;
        return found;
    }
    rc_coded_line(framing, head.separator);
    line->at = head.length;
    return RC_FOUND;
}

#endif

/* Takes in the start of a line. RC_MORE changes nothing: call again with more of the same line. At most
 * RC_MOST_UNDECIDED bytes do not suffice. RC_OTHER: the line is malformed. */
static int rc_read_line(struct rc_framing *framing, const unsigned char *bytes, size_t n, int end, struct rc_line *line)
{
#ifndef RC_NO_SMTP
    if (framing->protocol == RC_SMTP)
        return rc_smtp_line(framing, bytes, n, end, line);
#endif
#ifndef RC_NO_FTP
    if (framing->protocol == RC_FTP)
        return rc_ftp_line(framing, bytes, n, end, line);
#endif
    return RC_OTHER;
}

/* How many bytes to drop before the first line. */
static size_t rc_blanks(struct rc_framing *framing, const unsigned char *bytes, size_t n)
{
    size_t blanks = 0;

    if (framing->first != 0 || !rc_has_mode(framing, RC_MODE_LOG))
        return 0;
    while (blanks < n && (bytes[blanks] == ' ' || bytes[blanks] == '\t' || bytes[blanks] == '\r'
                          || bytes[blanks] == '\n'))
        blanks++;
    if (blanks > 0)
        rc_insert(framing, RC_NOTE_LEADING_BLANK);
    return blanks;
}

/* Takes in the length of a line, with its line end. */
static void rc_line_length(struct rc_framing *framing, rc_u32 length)
{
    if (length > RC_LONGEST_SMTP_LINE && framing->protocol == RC_SMTP)
        rc_insert(framing, RC_NOTE_LONG_LINE);
}

/* The stream has ended after the present line. */
static void rc_end_of_stream(struct rc_framing *framing)
{
    if (framing->last)
        return;
    rc_insert(framing, RC_NOTE_CUT_OFF);
    /* A server that breaks off says why in its last words: "220-Welcome", "421 Timeout", and no more. */
    if (framing->refusal != 0) {
        rc_insert(framing, RC_NOTE_CODE_MISMATCH);
        rc_set_code(framing, framing->refusal);
    }
}
