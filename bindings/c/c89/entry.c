/* What an entry says. */

const char *rc_id(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_ids(block, place);
}

const char *rc_phrase(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_phrases(block, place);
}

const char *rc_aliases(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_alias_lists(block, place);
}

const char *rc_title(rc_entry entry, unsigned char lang)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_titles(block, place, lang);
}

const char *rc_meaning(rc_entry entry, unsigned char lang)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_meanings(block, place, lang);
}

const char *rc_action(rc_entry entry, unsigned char lang)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_actions(block, place, lang);
}

const char *rc_note(rc_entry entry, unsigned char lang)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_notes(block, place, lang);
}

unsigned short rc_source_rfc(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_rfc_of(block, place);
}

const char *rc_source_place(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_sources(block, place);
}

unsigned short rc_since(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_since_of(block, place);
}

unsigned char rc_kind(rc_entry entry)
{
    unsigned short place = 0;

    return (unsigned char)(rc_locate(entry, &place) == RC_BLOCK_NONE ? 0 : entry >> 12);
}

unsigned char rc_status(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return (unsigned char)(rc_state_of(block, place) >> 4);
}

unsigned char rc_verdict(rc_entry entry)
{
    unsigned short place = 0;
    unsigned char block = rc_locate(entry, &place);

    return rc_state_of(block, place) & 15;
}

#if !defined(RC_NO_COMMANDS) || !defined(RC_NO_ENHANCED)
/* Whether an entry is one of a code; which protocol's, and where in its block. */
static int rc_is_of_code(rc_entry entry, unsigned char *protocol, unsigned short *place)
{
    unsigned char block = rc_locate(entry, place);

    *protocol = block == RC_BLOCK_FTP ? RC_FTP : RC_SMTP;
    return block == RC_BLOCK_SMTP || block == RC_BLOCK_FTP;
}
#endif

rc_command rc_entry_command(rc_entry entry, unsigned short n)
{
#ifndef RC_NO_COMMANDS
    unsigned short place = 0, start, end;
    unsigned char protocol;

    if (rc_is_of_code(entry, &protocol, &place)) {
        start = RC_OF(protocol, rc_smtp_commands_at, rc_ftp_commands_at)[place];
        end = RC_OF(protocol, rc_smtp_commands_at, rc_ftp_commands_at)[place + 1];
        if (n < (unsigned short)(end - start))
            return rc_command_of(protocol, RC_OF(protocol, rc_smtp_entry_commands, rc_ftp_entry_commands)[start + n]);
    }
#endif
    (void)entry;
    (void)n;
    return 0;
}

int rc_entry_enhanced(rc_entry entry, unsigned short n, rc_enhanced *out)
{
#ifndef RC_NO_ENHANCED
    unsigned short place = 0, start, end;
    unsigned char protocol;

    if (out != NULL && rc_is_of_code(entry, &protocol, &place)) {
        start = RC_OF(protocol, rc_smtp_enhanced_at, rc_ftp_enhanced_at)[place];
        end = RC_OF(protocol, rc_smtp_enhanced_at, rc_ftp_enhanced_at)[place + 1];
        if (n < (unsigned short)(end - start)) {
            rc_unpack(RC_OF(protocol, rc_smtp_entry_enhanced, rc_ftp_entry_enhanced)[start + n], out);
            return 1;
        }
    }
#endif
    (void)entry;
    (void)n;
    (void)out;
    return 0;
}

unsigned short rc_entry_code(rc_entry entry, unsigned short n)
{
#ifndef RC_NO_ENHANCED
    unsigned short place = 0;

    if (rc_locate(entry, &place) == RC_BLOCK_ENHANCED && n < (unsigned short)(rc_codes_at[place + 1] - rc_codes_at[place]))
        return rc_entry_codes[rc_codes_at[place] + n];
#endif
    (void)entry;
    (void)n;
    return 0;
}

/* The small vocabularies. */

int rc_protocol(const char *id, size_t len)
{
    int number = rc_find_word(rc_protocol_ids, RC_COUNT_PROTOCOL, id, len);

    return number >= 0 && rc_knows((unsigned char)number) ? number : -1;
}

const char *rc_protocol_id(unsigned char protocol)
{
    return rc_knows(protocol) ? rc_nth(rc_protocol_ids, protocol) : rc_nothing;
}

/* The id with a number, where numbers begin at first. */
static const char *rc_word(const char *ids, unsigned char first, unsigned char count, unsigned char number)
{
    return number >= first && number - first < count ? rc_nth(ids, (unsigned)(number - first)) : rc_nothing;
}

#ifdef RC_NO_IDS
#define RC_WORD(ids, first, count, number) ((void)(count), (void)(number), rc_nothing)
#else
#define RC_WORD(ids, first, count, number) rc_word(ids, first, count, number)
#endif

const char *rc_severity_id(unsigned char severity)
{
    return RC_WORD(rc_severity_ids, 1, RC_COUNT_SEVERITY, severity);
}

const char *rc_category_id(unsigned char category)
{
    return RC_WORD(rc_category_ids, 0, RC_COUNT_CATEGORY, category);
}

const char *rc_verdict_id(unsigned char verdict)
{
    return RC_WORD(rc_verdict_ids, 1, RC_COUNT_VERDICT, verdict);
}

const char *rc_basis_id(unsigned char basis)
{
    return RC_WORD(rc_basis_ids, 1, RC_COUNT_BASIS, basis);
}

const char *rc_kind_id(unsigned char kind)
{
    return RC_WORD(rc_kind_ids, 1, RC_COUNT_KIND, kind);
}

const char *rc_status_id(unsigned char status)
{
    return RC_WORD(rc_status_ids, 1, RC_COUNT_STATUS, status);
}

const char *rc_expectation_id(unsigned char expectation)
{
    return RC_WORD(rc_expectation_ids, 1, RC_COUNT_EXPECTATION, expectation);
}

const char *rc_party_id(unsigned char party)
{
    return RC_WORD(rc_party_ids, 1, RC_COUNT_PARTY, party);
}

const char *rc_diagnosis_basis_id(unsigned char basis)
{
    return RC_WORD(rc_diagnosis_basis_ids, 1, RC_COUNT_DIAGNOSIS_BASIS, basis);
}

/* The languages. */

unsigned char rc_language_count(void)
{
    return RC_COUNT_LANGUAGES;
}

/* The place of the language with a number; the number of languages if there is none. */
static unsigned char rc_language_place(unsigned char lang)
{
    unsigned char place = 0;

    while (place < RC_COUNT_LANGUAGES && rc_languages[place] != lang)
        place++;
    return place;
}

const char *rc_language_id(unsigned char lang)
{
    return rc_word(rc_language_ids, 0, RC_COUNT_LANGUAGES, rc_language_place(lang));
}

const char *rc_language_name(unsigned char lang)
{
    unsigned char place = rc_language_place(lang);

    return place < RC_COUNT_LANGUAGES ? RC_TEXT(rc_language_names, place) : rc_nothing;
}

int rc_language(const char *id, size_t len)
{
    int place = rc_find_word(rc_language_ids, RC_COUNT_LANGUAGES, id, len);

    return place < 0 ? -1 : rc_languages[place];
}
