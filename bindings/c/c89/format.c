/* Writing a reply as the RFC wants it. */

struct rc_writer {
    unsigned char *out;
    size_t cap;
    /* The length of the whole; it stays at the largest. */
    size_t needed;
};

static void rc_write(struct rc_writer *writer, const unsigned char *bytes, size_t n)
{
    rc_copy_what_fits(writer->out, writer->cap, writer->needed, bytes, n);
    writer->needed = n > (size_t)-1 - writer->needed ? (size_t)-1 : writer->needed + n;
}

static void rc_write_byte(struct rc_writer *writer, unsigned char byte)
{
    rc_write(writer, &byte, 1);
}

/* A number below 1000. */
static void rc_write_number(struct rc_writer *writer, unsigned short number)
{
    static const unsigned char units[] = {100, 10, 1};
    unsigned char i, digit;
    int leading = 1;

    /* Subtractions, not a division: small CPUs have no divider. */
    for (i = 0; i < 3; i++) {
        for (digit = '0'; number >= units[i]; digit++)
            number = (unsigned short)(number - units[i]);
        leading = leading && digit == '0' && i < 2;
        if (!leading)
            rc_write_byte(writer, digit);
    }
}

/* What comes before the text of a line: the code, and in SMTP the enhanced code (RFC 2034 section 4). */
static void rc_write_head(struct rc_writer *writer, unsigned short code, unsigned char separator,
                          const rc_enhanced *enhanced, int has_text)
{
    rc_write_number(writer, code);
    rc_write_byte(writer, separator);
    if (enhanced == NULL)
        return;
    rc_write_number(writer, enhanced->klass);
    rc_write_byte(writer, '.');
    rc_write_number(writer, enhanced->subject);
    rc_write_byte(writer, '.');
    rc_write_number(writer, enhanced->detail);
    if (has_text)
        rc_write_byte(writer, ' ');
}

size_t rc_format(unsigned char protocol, unsigned short code, const rc_enhanced *enhanced, const char *text, size_t n,
                 char *out, size_t cap)
{
    const unsigned char *line = (const unsigned char *)text;
    struct rc_writer writer;
    size_t length;
    int first = 1, last;

    if (!rc_knows(protocol) || !rc_is_code(code))
        return 0;
    if (text == NULL)
        n = 0;
    if (protocol == RC_FTP || !rc_is_enhanced(enhanced))
        enhanced = NULL;
    writer.out = (unsigned char *)out;
    writer.cap = out == NULL ? 0 : cap;
    writer.needed = 0;
    do {
        for (length = 0; length < n && line[length] != '\r' && line[length] != '\n'; length++)
            continue;
        last = length == n;
        /* In FTP a line between the first and the last that begins with a blank is written without a code, as RFC 2389
         * section 3.2 and RFC 3659 section 7.2 want it; no client takes it for a code. */
        if (protocol != RC_FTP || first || last || length == 0 || line[0] != ' ')
            rc_write_head(&writer, code, last ? ' ' : '-', enhanced, length > 0);
        rc_write(&writer, line, length);
        rc_write_byte(&writer, '\r');
        rc_write_byte(&writer, '\n');
        if (!last) {
            /* A CR before the LF is part of the same line end; any other one is a line end of its own. */
            if (line[length] == '\r' && length + 1 < n && line[length + 1] == '\n')
                length++;
            line += length + 1;
            n -= length + 1;
        }
        first = 0;
    } while (!last);
    return writer.needed;
}
