/* What machines read in a reply's text (RFC 5321 section 4.2: 220, 221, 251, 421, 551; RFC 959, RFC 1123, RFC 2428 and
 * RFC 3659: 213, 227, 229, 257). */

static int rc_is_graphic(unsigned char byte)
{
    return byte > 0x20 && byte < 0x7F;
}

/* A letter or digit; bytes outside ASCII are letters (RFC 6531). */
static int rc_is_alphanumeric(unsigned char byte)
{
    return rc_is_digit(byte) || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte >= 0x80;
}

static int rc_all_digits(const unsigned char *bytes, size_t n)
{
    while (n > 0) {
        if (!rc_is_digit(bytes[--n]))
            return 0;
    }
    return 1;
}

/* The lines of a reply of a protocol; without the last where the buffer has cut it. */
static int rc_whole_lines(const rc_reply *reply, unsigned char protocol, struct rc_lines *lines)
{
    if (!rc_lines_of(reply, lines) || reply->protocol != protocol)
        return 0;
    if (lines->kind == RC_LINES_TEXT && reply->truncated) {
        while (lines->left > 0 && lines->rest[lines->left - 1] != '\n')
            lines->left--;
        if (lines->left == 0)
            return 0;
        lines->left--;
    }
    return 1;
}

/* The line of an FTP 213 reply that has one. */
static int rc_only_line(const rc_reply *reply, struct rc_bytes *line)
{
    struct rc_lines lines;

    return rc_whole_lines(reply, RC_FTP, &lines) && reply->code == 213 && reply->line_count == 1
        && rc_next_line(&lines, line);
}

/* A number of digits, at most 65535; returns how many digits, 0 if there is none or it is too large. */
static size_t rc_number(const unsigned char *bytes, size_t n, unsigned short *number)
{
    size_t at;
    unsigned short digit;

    *number = 0;
    for (at = 0; at < n && rc_is_digit(bytes[at]); at++) {
        digit = (unsigned short)(bytes[at] - '0');
        if (*number > 6553 || (*number == 6553 && digit > 5))
            return 0;
        *number = (unsigned short)(*number * 10U + digit);
    }
    return at;
}

/* `h1,h2,h3,h4,p1,p2`; a blank after a comma is let through. */
static int rc_six(const unsigned char *bytes, size_t n, unsigned char parts[6])
{
    size_t at = 0, digits;
    unsigned short number;
    unsigned char i;

    for (i = 0; i < 6; i++) {
        if (i > 0) {
            if (at == n || bytes[at] != ',')
                return 0;
            at++;
            if (at < n && bytes[at] == ' ')
                at++;
        }
        digits = rc_number(bytes + at, n - at, &number);
        if (digits == 0 || number > 255)
            return 0;
        at += digits;
        parts[i] = (unsigned char)number;
    }
    return 1;
}

int rc_passive_address(const rc_reply *reply, rc_address *out)
{
    struct rc_lines lines;
    struct rc_bytes line;
    unsigned char parts[6], i;
    size_t at;

    if (!rc_whole_lines(reply, RC_FTP, &lines) || reply->code != 227)
        return 0;
    while (rc_next_line(&lines, &line)) {
        for (at = 0; at < line.length; at++) {
            /* Not from inside a number. */
            if (at > 0 && rc_is_digit(line.start[at - 1]))
                continue;
            if (!rc_six(line.start + at, line.length - at, parts))
                continue;
            /* Member by member: for a structure at once, compilers may call memcpy, which firmware may lack. */
            for (i = 0; out != NULL && i < 4; i++)
                out->host[i] = parts[i];
            if (out != NULL)
                out->port = (unsigned short)((unsigned)parts[4] << 8 | parts[5]);
            return 1;
        }
    }
    return 0;
}

/* `|||6446|)`, with any delimiter that is printable and no digit, nor the parenthesis that these bytes follow. */
static unsigned short rc_port_between_delimiters(const unsigned char *bytes, size_t n)
{
    unsigned short port;
    size_t digits;

    if (n < 3 || bytes[0] != bytes[1] || bytes[1] != bytes[2] || !rc_is_graphic(bytes[0]) || rc_is_digit(bytes[0])
        || bytes[0] == '(')
        return 0;
    digits = rc_number(bytes + 3, n - 3, &port);
    if (digits == 0 || n - 3 - digits < 2 || bytes[3 + digits] != bytes[0] || bytes[4 + digits] != ')')
        return 0;
    return port;
}

unsigned short rc_extended_passive_port(const rc_reply *reply)
{
    struct rc_lines lines;
    struct rc_bytes line;
    size_t at;
    unsigned short port;

    if (!rc_whole_lines(reply, RC_FTP, &lines) || reply->code != 229)
        return 0;
    while (rc_next_line(&lines, &line)) {
        for (at = 0; at < line.length; at++) {
            if (line.start[at] != '(')
                continue;
            port = rc_port_between_delimiters(line.start + at + 1, line.length - at - 1);
            if (port != 0)
                return port;
        }
    }
    return 0;
}

/* The text between quotes, in which a quote is written twice: makes it what is inside. */
static int rc_quoted(struct rc_bytes *line)
{
    size_t open = rc_find(line->start, line->length, '"'), at;

    for (at = open + 1; at < line->length; at++) {
        if (line->start[at] != '"')
            continue;
        if (at + 1 == line->length || line->start[at + 1] != '"') {
            line->start += open + 1;
            line->length = at - open - 1;
            return 1;
        }
        at++;
    }
    return 0;
}

int rc_pathname(const rc_reply *reply, char *buffer, size_t cap, size_t *length)
{
    struct rc_lines lines;
    struct rc_bytes path;
    size_t at, whole = 0;

    if (!rc_whole_lines(reply, RC_FTP, &lines) || reply->code != 257)
        return 0;
    do {
        if (!rc_next_line(&lines, &path))
            return 0;
    } while (!rc_quoted(&path));
    for (at = 0; at < path.length; at++, whole++) {
        if (buffer != NULL && whole < cap)
            buffer[whole] = (char)path.start[at];
        if (path.start[at] == '"')
            at++;
    }
    if (length != NULL)
        *length = whole;
    return 1;
}

int rc_file_size(const rc_reply *reply, const char **digits, size_t *length)
{
    struct rc_bytes line;

    if (!rc_only_line(reply, &line) || line.length == 0 || !rc_all_digits(line.start, line.length))
        return 0;
    return rc_give_bytes(&line, digits, length);
}

static unsigned char rc_pair(const unsigned char *digits)
{
    return (unsigned char)((digits[0] - '0') * 10 + (digits[1] - '0'));
}

/* `YYYYMMDDhhmmss` and digits of a fraction of a second (RFC 3659 section 2.3). */
int rc_modification_time(const rc_reply *reply, rc_file_time *out)
{
    static const unsigned char least[] = {0, 0, 1, 1, 0, 0, 0}, most[] = {99, 99, 12, 31, 23, 59, 60};
    unsigned char values[7], i;
    struct rc_bytes line;

    if (!rc_only_line(reply, &line) || line.length < 14 || !rc_all_digits(line.start, 14))
        return 0;
    for (i = 0; i < 7; i++) {
        values[i] = rc_pair(line.start);
        if (values[i] < least[i] || values[i] > most[i])
            return 0;
        line.start += 2;
        line.length -= 2;
    }
    if (line.length > 0) {
        if (line.length == 1 || line.start[0] != '.' || !rc_all_digits(line.start + 1, line.length - 1))
            return 0;
        line.start++;
        line.length--;
    }
    if (out != NULL) {
        out->fraction = (const char *)line.start;
        out->fraction_length = line.length;
        out->year = (unsigned short)(values[0] * 100U + values[1]);
        out->month = values[2];
        out->day = values[3];
        out->hour = values[4];
        out->minute = values[5];
        out->second = values[6];
        out->reserved = 0;
    }
    return 1;
}

/* Labels with full stops between them, at least two. */
static int rc_is_domain(const unsigned char *word, size_t n)
{
    size_t at, start = 0;

    for (at = 0; at <= n; at++) {
        if (at < n && word[at] != '.') {
            if (!rc_is_alphanumeric(word[at]) && word[at] != '-')
                return 0;
        } else if (at == start || !rc_is_alphanumeric(word[start]) || !rc_is_alphanumeric(word[at - 1])) {
            return 0;
        } else if (at < n) {
            start = at + 1;
        }
    }
    return start > 0;
}

/* An address in brackets. */
static int rc_is_literal(const unsigned char *word, size_t n)
{
    size_t at;

    for (at = 1; at + 1 < n; at++) {
        if (!rc_is_graphic(word[at]))
            return 0;
    }
    return n > 2;
}

int rc_domain(const rc_reply *reply, const char **name, size_t *length)
{
    struct rc_lines lines;
    struct rc_bytes word;
    int is_name;

    if (!rc_whole_lines(reply, RC_SMTP, &lines) || (reply->code != 220 && reply->code != 221 && reply->code != 421)
        || !rc_next_line(&lines, &word))
        return 0;
    word.length = rc_find(word.start, word.length, ' ');
    if (word.length >= 2 && word.start[0] == '[' && word.start[word.length - 1] == ']')
        is_name = rc_is_literal(word.start, word.length);
    else
        is_name = rc_is_domain(word.start, word.length);
    if (!is_name || !rc_is_utf_8(word.start, word.length))
        return 0;
    return rc_give_bytes(&word, name, length);
}

/* The first address in angle brackets: makes it what is inside. */
static int rc_path(struct rc_bytes *line)
{
    size_t at, start = 0;
    int inside = 0, mailbox = 0;

    for (at = 0; at < line->length; at++) {
        switch (line->start[at]) {
        case '<':
            inside = 1;
            mailbox = 0;
            start = at + 1;
            break;
        case '@':
            mailbox = inside;
            break;
        case '>':
            if (mailbox) {
                line->start += start;
                line->length = at - start;
                return 1;
            }
            inside = 0;
            break;
        default:
            break;
        }
    }
    return 0;
}

int rc_forward_path(const rc_reply *reply, const char **path, size_t *length)
{
    struct rc_lines lines;
    struct rc_bytes line;

    if (!rc_whole_lines(reply, RC_SMTP, &lines) || (reply->code != 251 && reply->code != 551))
        return 0;
    while (rc_next_line(&lines, &line)) {
        if (rc_path(&line) && rc_is_utf_8(line.start, line.length))
            return rc_give_bytes(&line, path, length);
    }
    return 0;
}
