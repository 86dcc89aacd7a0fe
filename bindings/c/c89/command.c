/* The commands that replies answer. */

#ifndef RC_NO_COMMANDS
/* Whether a text is these bytes, in any case. */
static int rc_is_word(const char *word, const char *text, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        if (word[i] == '\0' || rc_lower((unsigned char)word[i]) != rc_lower((unsigned char)text[i]))
            return 0;
    }
    return word[len] == '\0';
}

/* The place of a command in its protocol's list; -1 for a number that is no command. */
static int rc_command_place(rc_command command)
{
    unsigned char protocol = (unsigned char)((command >> 8) - 1);
    unsigned char n;

    if (command >> 8 == 0 || !rc_knows(protocol))
        return -1;
    for (n = 0; n < RC_OF(protocol, RC_COUNT_SMTP_COMMANDS, RC_COUNT_FTP_COMMANDS); n++) {
        if (RC_OF(protocol, rc_smtp_commands, rc_ftp_commands)[n] == (command & 255))
            return n;
    }
    return -1;
}
#endif

rc_command rc_command_at(unsigned char protocol, unsigned short n)
{
#ifndef RC_NO_COMMANDS
    if (rc_knows(protocol) && n < RC_OF(protocol, RC_COUNT_SMTP_COMMANDS, RC_COUNT_FTP_COMMANDS))
        return rc_command_of(protocol, RC_OF(protocol, rc_smtp_commands, rc_ftp_commands)[n]);
#endif
    (void)protocol;
    (void)n;
    return 0;
}

rc_command rc_command_find(unsigned char protocol, const char *verb, size_t len)
{
#ifndef RC_NO_COMMANDS
    unsigned char n;
    const char *verbs;

    if (verb != NULL && rc_knows(protocol)) {
        verbs = RC_OF(protocol, rc_smtp_verbs, rc_ftp_verbs);
        for (n = 0; n < RC_OF(protocol, RC_COUNT_SMTP_COMMANDS, RC_COUNT_FTP_COMMANDS); n++) {
            if (rc_is_word(verbs, verb, len))
                return rc_command_at(protocol, n);
            verbs = rc_nth(verbs, 1);
        }
    }
#endif
    (void)protocol;
    (void)verb;
    (void)len;
    return 0;
}

const char *rc_command_verb(rc_command command)
{
#ifndef RC_NO_COMMANDS
    int place = rc_command_place(command);

    if (place >= 0)
        return rc_nth(RC_OF((command >> 8) - 1, rc_smtp_verbs, rc_ftp_verbs), (unsigned)place);
#endif
    (void)command;
    return rc_nothing;
}

unsigned char rc_expected(rc_command command, unsigned short code)
{
#ifndef RC_NO_COMMANDS
    unsigned char protocol = (unsigned char)((command >> 8) - 1);
    unsigned char severity, answer = RC_EXPECTATION_UNEXPECTED;
    unsigned short n;
    int mine = 0;

    if (rc_command_place(command) < 0)
        return 0;
    if (!rc_is_code(code))
        return RC_EXPECTATION_UNEXPECTED;
    severity = rc_severity_of(protocol, code);
    for (n = 0; n < RC_OF(protocol, RC_COUNT_SMTP_FLOWS, RC_COUNT_FTP_FLOWS); n++) {
        unsigned short flow = RC_OF(protocol, rc_smtp_flows, rc_ftp_flows)[n];

        /* Below 100, the command that the codes behind it answer; 0 stands for any. */
        if (flow < 100)
            mine = flow == 0 || flow == (command & 255);
        else if (mine && flow == code)
            return RC_EXPECTATION_EXPECTED;
        else if (mine && rc_severity_of(protocol, flow) == severity)
            answer = RC_EXPECTATION_UNUSUAL;
    }
    /* Any command may fail either way (RFC 5321 section 4.2.1, RFC 959 section 4.2). */
    if (severity == RC_SEVERITY_TRANSIENT || severity == RC_SEVERITY_PERMANENT)
        return RC_EXPECTATION_UNUSUAL;
    return answer;
#else
    (void)command;
    (void)code;
    return 0;
#endif
}
