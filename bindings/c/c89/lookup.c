/* From a code to what the catalogue says of it: crates/replycode/src/{catalog,explain}.rs. */

/* The first block of each kind of entries; those of codes lie in several. */
static const unsigned char rc_blocks_of_kinds[16] = {
    RC_BLOCK_NONE, RC_BLOCK_BASE, RC_BLOCK_BASE, RC_BLOCK_BASE, RC_BLOCK_BASE, RC_BLOCK_BASE, RC_BLOCK_ENHANCED,
    RC_BLOCK_ENHANCED, RC_BLOCK_ENHANCED, RC_BLOCK_CAUSES, RC_BLOCK_BASE, RC_BLOCK_BASE, RC_BLOCK_NONE, RC_BLOCK_NONE,
    RC_BLOCK_NONE, RC_BLOCK_NONE
};

/* Where the rows of an entry are: the block and the place in it; RC_BLOCK_NONE for a number that is no entry, and for
 * an entry that was left out. */
static unsigned char rc_locate(rc_entry entry, unsigned short *place)
{
    unsigned short number = (unsigned short)(entry & 0xfff);
    unsigned short start = 0;
    unsigned char block = rc_blocks_of_kinds[entry >> 12];
    unsigned char last = block == RC_BLOCK_BASE ? RC_BLOCK_WORDS : block;

    for (; block <= last && block != RC_BLOCK_NONE; block++) {
        if (number < rc_ends[block]) {
            *place = (unsigned short)(number - start);
            return (RC_BLOCKS >> block) & 1 ? block : RC_BLOCK_NONE;
        }
        start = rc_ends[block];
    }
    return RC_BLOCK_NONE;
}

/* The entry with this kind and number; 0 if there is none. */
static rc_entry rc_entry_of(unsigned char kind, unsigned short number)
{
    rc_entry entry = (rc_entry)((unsigned)kind << 12 | (number & 0xfffU));
    unsigned short place;

    return number <= 0xfff && rc_locate(entry, &place) != RC_BLOCK_NONE ? entry : 0;
}

/* The n-th word of a list in which a NUL stands behind each. */
static const char *rc_nth(const char *words, unsigned n)
{
    for (; n > 0; n--) {
        while (*words != '\0')
            words++;
        words++;
    }
    return words;
}

/* The number of a word in such a list; -1 if it is not there. */
static int rc_find_word(const char *words, unsigned count, const char *text, size_t len)
{
    unsigned n;
    size_t i;

    if (text == NULL)
        return -1;
    for (n = 0; n < count; n++) {
        const char *word = rc_nth(words, n);

        for (i = 0; i < len && word[i] != '\0' && word[i] == text[i]; i++)
            continue;
        if (i == len && word[len] == '\0')
            return (int)n;
    }
    return -1;
}

/* The entries of a code, which lie one behind the other: senses first, then what was seen in the field. */
struct rc_run {
    /* The place of the first in the protocol's block. */
    unsigned short first;
    unsigned short count;
    unsigned short senses;
    unsigned char protocol;
};

/* The entries of a code; 0 if it is not listed. The protocol is known. */
static int rc_find_run(unsigned char protocol, unsigned short code, struct rc_run *run)
{
    unsigned short lowest = RC_OF(protocol, RC_LOWEST_SMTP, RC_LOWEST_FTP);
    unsigned short listing;

    code = (unsigned short)(code - lowest);
    if (code >= RC_OF(protocol, RC_RANGE_SMTP, RC_RANGE_FTP))
        return 0;
    listing = RC_OF(protocol, rc_smtp_index, rc_ftp_index)[code];
    if (listing == 0)
        return 0;
    listing--;
    run->first = RC_OF(protocol, rc_smtp_listings_at, rc_ftp_listings_at)[listing];
    run->count = (unsigned short)(RC_OF(protocol, rc_smtp_listings_at, rc_ftp_listings_at)[listing + 1] - run->first);
    run->senses = RC_OF(protocol, rc_smtp_senses, rc_ftp_senses)[listing];
    run->protocol = protocol;
    return 1;
}

/* The n-th entry of a run that has so many. */
static rc_entry rc_of_run(const struct rc_run *run, unsigned short n)
{
    unsigned char kind = n < run->senses ? RC_KIND_SENSE : RC_KIND_FIELD;
    unsigned short start = RC_OF(run->protocol, RC_START_SMTP, RC_START_FTP);

    return (rc_entry)((unsigned)kind << 12 | (unsigned)(start + run->first + n));
}

/* The listing of a code, as above, of a protocol that may be unknown. */
static int rc_run_of(unsigned char protocol, unsigned short code, struct rc_run *run)
{
    return rc_knows(protocol) && rc_find_run(protocol, code, run);
}

static unsigned char rc_severity_of(unsigned char protocol, unsigned short code)
{
    return RC_OF(protocol, rc_smtp_severities, rc_ftp_severities)[rc_first_digit(code)];
}

unsigned char rc_severity(unsigned char protocol, unsigned short code)
{
    return rc_knows(protocol) && rc_is_code(code) ? rc_severity_of(protocol, code) : RC_SEVERITY_UNASSIGNED;
}

unsigned char rc_category(unsigned char protocol, unsigned short code)
{
    if (!rc_knows(protocol) || !rc_is_code(code))
        return RC_CATEGORY_UNASSIGNED;
    return RC_OF(protocol, rc_smtp_categories, rc_ftp_categories)[rc_second_digit(code)];
}

/* The first digit that means this; if none does, one that means nothing. */
static unsigned char rc_digit_of(const unsigned char *meanings, unsigned char meaning, unsigned char none)
{
    unsigned char digit;

    for (digit = 0; digit < 10; digit++) {
        if (meanings[digit] == meaning)
            return digit;
    }
    return none;
}

rc_entry rc_severity_entry(unsigned char protocol, unsigned char severity)
{
    unsigned char digit;

    if (!rc_knows(protocol) || severity < 1 || severity > RC_COUNT_SEVERITY)
        return 0;
    digit = rc_digit_of(RC_OF(protocol, rc_smtp_severities, rc_ftp_severities), severity, 0);
    return rc_entry_of(RC_KIND_SEVERITY, RC_OF(protocol, rc_smtp_severity_entries, rc_ftp_severity_entries)[digit]);
}

rc_entry rc_category_entry(unsigned char protocol, unsigned char category)
{
    unsigned char digit;

    if (!rc_knows(protocol) || category >= RC_COUNT_CATEGORY)
        return 0;
    digit = rc_digit_of(RC_OF(protocol, rc_smtp_categories, rc_ftp_categories), category, 9);
    return rc_entry_of(RC_KIND_CATEGORY, RC_OF(protocol, rc_smtp_category_entries, rc_ftp_category_entries)[digit]);
}

int rc_should_retry(unsigned char verdict)
{
    return verdict == RC_VERDICT_RETRY_SOON || verdict == RC_VERDICT_RETRY_LATER;
}

rc_entry rc_lookup(unsigned char protocol, unsigned short code)
{
    return rc_code_entry(protocol, code, 0);
}

rc_entry rc_code_entry(unsigned char protocol, unsigned short code, unsigned short n)
{
    struct rc_run run;

    return rc_run_of(protocol, code, &run) && n < run.count ? rc_of_run(&run, n) : 0;
}

rc_entry rc_not_reply(unsigned short n, unsigned short *number)
{
    if (n >= RC_COUNT_NOT_REPLIES)
        return 0;
    if (number != NULL)
        *number = rc_not_replies[n];
    return rc_entry_of(RC_KIND_NOT_REPLY, rc_not_reply_entries[n]);
}

unsigned int rc_abi_version(void)
{
    return RC_ABI_VERSION;
}

const char *rc_catalog_version(void)
{
    return rc_version;
}

const char *rc_catalog_digest(void)
{
    return rc_digest;
}

int rc_matches(unsigned int abi_version, const char *digest)
{
    unsigned char i;

    if (abi_version != RC_ABI_VERSION || digest == NULL)
        return 0;
    for (i = 0; i < sizeof(rc_digest); i++) {
        if (digest[i] != rc_digest[i])
            return 0;
    }
    return 1;
}

/* What an enhanced status code says on each level; 0 where it is not registered. */
struct rc_levels {
    rc_entry klass;
    rc_entry subject;
    rc_entry detail;
};

static void rc_find_levels(const rc_enhanced *code, struct rc_levels *levels)
{
#ifndef RC_NO_ENHANCED
    unsigned short packed = (unsigned short)(code->subject << 10 | code->detail);
    unsigned char n;

    levels->klass = rc_entry_of(RC_KIND_ENHANCED_CLASS, rc_classes[code->klass == 2 ? 0 : code->klass == 4 ? 1 : 2]);
    levels->subject = 0;
    levels->detail = 0;
    if (code->subject >= RC_COUNT_SUBJECTS)
        return;
    levels->subject = rc_entry_of(RC_KIND_ENHANCED_SUBJECT, rc_subjects[code->subject]);
    for (n = 0; n < RC_COUNT_DETAILS; n++) {
        if (rc_details[n] == packed)
            levels->detail = rc_entry_of(RC_KIND_ENHANCED_DETAIL, rc_detail_entries[n]);
    }
#else
    (void)code;
    levels->klass = levels->subject = levels->detail = 0;
#endif
}

/* Whether the entry at a place belongs to a command. */
static int rc_has_command(unsigned char protocol, unsigned short place, rc_command command)
{
#ifndef RC_NO_COMMANDS
    unsigned short at = RC_OF(protocol, rc_smtp_commands_at, rc_ftp_commands_at)[place];
    unsigned short end = RC_OF(protocol, rc_smtp_commands_at, rc_ftp_commands_at)[place + 1];

    for (; at < end; at++) {
        if (command == rc_command_of(protocol, RC_OF(protocol, rc_smtp_entry_commands, rc_ftp_entry_commands)[at]))
            return 1;
    }
#endif
    (void)protocol;
    (void)place;
    (void)command;
    return 0;
}

/* Whether an enhanced status code, packed, belongs to the entry at a place. */
static int rc_has_enhanced(unsigned char protocol, unsigned short place, unsigned short packed)
{
#ifndef RC_NO_ENHANCED
    unsigned short at = RC_OF(protocol, rc_smtp_enhanced_at, rc_ftp_enhanced_at)[place];
    unsigned short end = RC_OF(protocol, rc_smtp_enhanced_at, rc_ftp_enhanced_at)[place + 1];

    for (; at < end; at++) {
        if (packed == RC_OF(protocol, rc_smtp_entry_enhanced, rc_ftp_entry_enhanced)[at])
            return 1;
    }
#endif
    (void)protocol;
    (void)place;
    (void)packed;
    return 0;
}

/* The entry that speaks for a code. The enhanced code is the server's own word on the cause, the command only ours on
 * the moment: 452 4.2.2 to RCPT is a full mailbox, though RCPT is where too many recipients are told as well. packed:
 * the enhanced code in 16 bits, 0 for none. */
static rc_entry rc_choose(const struct rc_run *run, rc_command command, unsigned short packed)
{
    unsigned short best = 0, n;
    unsigned char most = 0, rank;

    if (command != 0 || packed != 0) {
        for (n = 0; n < run->count; n++) {
            unsigned short place = (unsigned short)(run->first + n);
            int enhanced = rc_has_enhanced(run->protocol, place, packed);

            if (n >= run->senses)
                rank = enhanced ? 4 : 0;
            else
                rank = (unsigned char)((enhanced ? 2 : 0) + rc_has_command(run->protocol, place, command));
            if (rank > most) {
                most = rank;
                best = n;
            }
        }
    }
    return rc_of_run(run, best);
}

/* The entry of a number that is no reply code. */
static rc_entry rc_not_reply_of(unsigned short number)
{
    unsigned char n;

    for (n = 0; n < RC_COUNT_NOT_REPLIES; n++) {
        if (rc_not_replies[n] == number)
            return rc_entry_of(RC_KIND_NOT_REPLY, rc_not_reply_entries[n]);
    }
    return rc_entry_of(RC_KIND_NOT_REPLY, rc_not_reply_entries[0]);
}

/* Entry and basis. The protocol is known. */
static void rc_answer(rc_command command, const rc_enhanced *enhanced, rc_explanation *out)
{
    struct rc_levels levels = {0, 0, 0};
    struct rc_run run;
    unsigned short packed = 0;

    if (rc_is_enhanced(enhanced)) {
        rc_find_levels(enhanced, &levels);
        packed = rc_pack(enhanced);
    }
    out->enhanced = levels.detail != 0 ? levels.detail : levels.subject != 0 ? levels.subject : levels.klass;
    if (!rc_is_code(out->code)) {
        out->basis = RC_BASIS_NOT_REPLY;
        out->entry = rc_not_reply_of(out->code);
    } else if (rc_find_run(out->protocol, out->code, &run)) {
        out->listed = 1;
        out->entry = rc_choose(&run, command, packed);
        out->basis = rc_kind(out->entry) == RC_KIND_FIELD ? RC_BASIS_FIELD : RC_BASIS_SENSE;
    } else if (levels.detail != 0) {
        out->basis = RC_BASIS_ENHANCED_DETAIL;
        out->entry = levels.detail;
    } else if (levels.subject != 0) {
        out->basis = RC_BASIS_ENHANCED_SUBJECT;
        out->entry = levels.subject;
    } else {
        out->basis = RC_BASIS_SEVERITY;
        out->entry = rc_entry_of(
            RC_KIND_SEVERITY,
            RC_OF(out->protocol, rc_smtp_severity_entries, rc_ftp_severity_entries)[rc_first_digit(out->code)]);
    }
}

int rc_explain(unsigned char protocol, unsigned short code, rc_explanation *out)
{
    return rc_explain_in(protocol, code, 0, NULL, out);
}

int rc_explain_in(unsigned char protocol, unsigned short code, rc_command command, const rc_enhanced *enhanced,
                  rc_explanation *out)
{
    unsigned char i;

    if (out == NULL)
        return 0;
    out->code = code;
    out->entry = 0;
    out->enhanced = 0;
    out->protocol = protocol;
    out->severity = rc_severity(protocol, code);
    out->category = rc_category(protocol, code);
    out->verdict = 0;
    out->basis = 0;
    out->listed = 0;
    for (i = 0; i < sizeof(out->reserved); i++)
        out->reserved[i] = 0;
    if (rc_knows(protocol)) {
        rc_answer(command, enhanced, out);
        if (out->basis != RC_BASIS_ENHANCED_DETAIL)
            out->verdict = rc_verdict(out->entry);
    }
    if (out->verdict == 0)
        out->verdict = rc_verdicts_of_severity[out->severity];
    return rc_knows(protocol);
}

const char *rc_title_of(unsigned char protocol, unsigned short code, unsigned char lang)
{
    rc_entry entry = rc_lookup(protocol, code);
    rc_explanation answer;

    if (entry != 0)
        return rc_title(entry, lang);
    (void)rc_explain(protocol, code, &answer);
    return rc_title(answer.entry, lang);
}
