/* The text of a reply, line by line or joined. */

enum {
    /* Lines as they came, read again by the same rules. */
    RC_LINES_WIRE,
    /* Lines joined by LF. */
    RC_LINES_TEXT,
    /* After the last one. */
    RC_LINES_DONE
};

struct rc_lines {
    struct rc_framing framing;
    const unsigned char *rest;
    size_t left;
    unsigned char kind;
};

/* Bytes of the reply. */
struct rc_bytes {
    const unsigned char *start;
    size_t length;
};

/* 0 for a null pointer and for a structure that holds no reply. */
static int rc_lines_of(const rc_reply *reply, struct rc_lines *lines)
{
    if (reply == NULL || !rc_framing_init(&lines->framing, reply->protocol, reply->rules) || !rc_is_code(reply->code)
        || !rc_is_code(reply->first_code))
        return 0;
    lines->rest = (const unsigned char *)(reply->bytes == NULL ? rc_nothing : reply->bytes);
    lines->left = reply->bytes == NULL ? 0 : reply->length;
    lines->kind = reply->raw ? RC_LINES_WIRE : RC_LINES_TEXT;
    return 1;
}

static void rc_drop(struct rc_lines *lines, size_t n)
{
    lines->rest += n;
    lines->left -= n;
}

/* Without code, enhanced code and line end; 0 after the last line. */
static int rc_next_line(struct rc_lines *lines, struct rc_bytes *line)
{
    struct rc_line head;

    if (lines->kind == RC_LINES_WIRE) {
        rc_drop(lines, rc_blanks(&lines->framing, lines->rest, lines->left));
        /* What is not found is the rest of a line that the end of the stream has cut inside its code. */
        if (lines->left == 0
            || rc_read_line(&lines->framing, lines->rest, lines->left, RC_STREAM, &head) != RC_FOUND)
            lines->kind = RC_LINES_DONE;
        else
            rc_drop(lines, head.at);
    }
    if (lines->kind == RC_LINES_DONE)
        return 0;
    line->start = lines->rest;
    line->length = rc_find(lines->rest, lines->left, '\n');
    if (line->length < lines->left)
        rc_drop(lines, line->length + 1);
    else if (lines->kind == RC_LINES_TEXT)
        lines->kind = RC_LINES_DONE;
    else
        lines->left = 0;
    if (lines->kind == RC_LINES_WIRE && line->length > 0 && line->start[line->length - 1] == '\r')
        line->length--;
    return 1;
}

/* Gives bytes as pointer and length. */
static int rc_give_bytes(const struct rc_bytes *bytes, const char **start, size_t *length)
{
    if (start != NULL)
        *start = (const char *)bytes->start;
    if (length != NULL)
        *length = bytes->length;
    return 1;
}

int rc_reply_line(const rc_reply *reply, unsigned long n, const char **line, size_t *length)
{
    struct rc_lines lines;
    struct rc_bytes found;

    if (!rc_lines_of(reply, &lines))
        return 0;
    do {
        if (!rc_next_line(&lines, &found))
            return 0;
    } while (n-- > 0);
    return rc_give_bytes(&found, line, length);
}

size_t rc_reply_text_copy(const rc_reply *reply, char *buffer, size_t cap)
{
    static const unsigned char line_feed = '\n';
    struct rc_lines lines;
    struct rc_bytes line;
    size_t length = 0;
    int first = 1;

    if (!rc_lines_of(reply, &lines))
        return 0;
    if (buffer == NULL)
        cap = 0;
    for (; rc_next_line(&lines, &line); first = 0) {
        if (!first)
            rc_copy_what_fits((unsigned char *)buffer, cap, length++, &line_feed, 1);
        rc_copy_what_fits((unsigned char *)buffer, cap, length, line.start, line.length);
        length += line.length;
    }
    return length;
}

int rc_reply_matches(const rc_reply *reply, unsigned short digits)
{
    struct rc_lines lines;
    unsigned short first;

    if (!rc_lines_of(reply, &lines))
        return 0;
    first = rc_first_digit(reply->code);
    return digits == first || digits == first * 10 + rc_second_digit(reply->code) || digits == reply->code;
}
