/* Enhanced status codes (RFC 3463), and the entries of what the parser finds. */

/* A number of up to three digits, without leading zeros, that ends at a full stop or at the end of the text. */
static int rc_part(const char *text, size_t len, size_t *at, unsigned short *value)
{
    size_t start = *at;

    *value = 0;
    while (*at < len && *at - start < 3 && rc_is_digit((unsigned char)text[*at])) {
        *value = (unsigned short)(*value * 10U + (unsigned)(text[*at] - '0'));
        ++*at;
    }
    return *at > start && (text[start] != '0' || *at - start == 1) && (*at == len || text[*at] == '.');
}

int rc_enhanced_parse(const char *text, size_t len, rc_enhanced *out)
{
    unsigned short parts[3];
    unsigned char n;
    size_t at = 0;
    rc_enhanced code;

    if (text == NULL || out == NULL)
        return 0;
    for (n = 0; n < 3; n++) {
        /* Between two parts stands a full stop. */
        if (n > 0 && at++ == len)
            return 0;
        if (!rc_part(text, len, &at, &parts[n]))
            return 0;
    }
    code.klass = (unsigned char)(parts[0] > 255 ? 0 : parts[0]);
    code.reserved = 0;
    code.subject = parts[1];
    code.detail = parts[2];
    if (at != len || !rc_is_enhanced(&code))
        return 0;
    *out = code;
    return 1;
}

rc_entry rc_enhanced_entry(const rc_enhanced *code, unsigned char level)
{
    struct rc_levels levels;

    if (!rc_is_enhanced(code))
        return 0;
    rc_find_levels(code, &levels);
    switch (level) {
    case 0:
        return levels.detail != 0 ? levels.detail : levels.subject != 0 ? levels.subject : levels.klass;
    case RC_KIND_ENHANCED_DETAIL:
        return levels.detail;
    case RC_KIND_ENHANCED_SUBJECT:
        return levels.subject;
    case RC_KIND_ENHANCED_CLASS:
        return levels.klass;
    default:
        return 0;
    }
}

rc_entry rc_enhanced_detail(unsigned short n, rc_enhanced *out)
{
#ifndef RC_NO_ENHANCED
    if (n < RC_COUNT_DETAILS) {
        if (out != NULL) {
            out->klass = 0;
            out->reserved = 0;
            out->subject = (unsigned short)(rc_details[n] >> 10);
            out->detail = rc_details[n] & 0x3ff;
        }
        return rc_entry_of(RC_KIND_ENHANCED_DETAIL, rc_detail_entries[n]);
    }
#endif
    (void)n;
    (void)out;
    return 0;
}

rc_entry rc_note_entry(unsigned char note)
{
#ifndef RC_NO_PARSER
    if (note < RC_COUNT_NOTE)
        return rc_entry_of(RC_KIND_NOTE, rc_note_entries[note]);
#endif
    (void)note;
    return 0;
}

rc_entry rc_malformed_entry(unsigned char reason)
{
#ifndef RC_NO_PARSER
    if (reason < RC_COUNT_MALFORMED)
        return rc_entry_of(RC_KIND_MALFORMED, rc_malformed_entries[reason]);
#endif
    (void)reason;
    return 0;
}
