/* From a reply to what went wrong: crates/replycode/src/diagnose.rs and what lies below it. */

#ifndef RC_NO_DIAGNOSIS
/* Bits of a rule's scope: the protocols, and which conditions there are. */
#define RC_SCOPE_PHRASE 4
#define RC_SCOPE_ALSO 8
#define RC_SCOPE_WITHOUT 16
#define RC_SCOPE_VERDICT_SHIFT 5

/* Steps of the trie; greater bytes stand for themselves. */
#define RC_OP_FOUND 1
#define RC_OP_JUMP 2
#define RC_OP_BRANCH 3

/* The detail of a pattern that any detail fits. */
#define RC_ANY_DETAIL 0x3ffU

/* Bits for groups of phrases: those of the rules by number, then other conditions. */
#define RC_GROUP_BYTES 64

struct rc_groups {
    unsigned char bits[RC_GROUP_BYTES];
};

static void rc_insert_group(struct rc_groups *groups, unsigned short group)
{
    if (group >> 3 < RC_GROUP_BYTES)
        groups->bits[group >> 3] = (unsigned char)(groups->bits[group >> 3] | 1U << (group & 7));
}

static int rc_has_group(const struct rc_groups *groups, unsigned short group)
{
    return group >> 3 < RC_GROUP_BYTES && groups->bits[group >> 3] >> (group & 7) & 1;
}

/* A text as phrases are written: in small letters, with one blank for each run of white space. */
struct rc_folding {
    const unsigned char *text;
    size_t len;
    /* The code as it stands at the start of further lines, where it counts as white space; NULs for none. */
    unsigned char code[3];
};

static int rc_is_alpha(unsigned char byte)
{
    byte = rc_lower(byte);
    return byte >= 'a' && byte <= 'z';
}

static void rc_pass(struct rc_folding *folding, size_t count)
{
    folding->text += count;
    folding->len -= count;
}

/* Skips an enhanced status code that has a blank behind it. */
static void rc_skip_enhanced(struct rc_folding *folding)
{
    const unsigned char *text = folding->text;
    size_t end = 0;

    while (end < folding->len && (rc_is_digit(text[end]) || text[end] == '.'))
        end++;
    if (end >= 2 && end < folding->len && (text[0] == '2' || text[0] == '4' || text[0] == '5') && text[1] == '.'
        && (text[end] == ' ' || text[end] == '\t'))
        rc_pass(folding, end);
}

/* Skips white space, also as logs write it out, and the codes of further lines; whether there was any. */
static int rc_skip_blanks(struct rc_folding *folding)
{
    int any = 0;

    for (; folding->len > 0; any = 1) {
        const unsigned char *text = folding->text;

        if (text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r')) {
            rc_pass(folding, 1);
        } else if (folding->len > 1 && text[0] == '\\' && (text[1] == 'n' || text[1] == 'r' || text[1] == 't')) {
            rc_pass(folding, 2);
        } else if (any && folding->len > 3 && text[0] == folding->code[0] && text[1] == folding->code[1]
                   && text[2] == folding->code[2] && folding->code[0] != 0 && (text[3] == '-' || text[3] == ' ')) {
            rc_pass(folding, 4);
            rc_skip_enhanced(folding);
        } else {
            break;
        }
    }
    return any;
}

/* The next byte; -1 at the end. */
static int rc_next_folded(struct rc_folding *folding)
{
    unsigned char byte;

    if (folding->len == 0)
        return -1;
    byte = folding->text[0];
    if (byte > ' ' && byte != '\\') {
        rc_pass(folding, 1);
        return rc_lower(byte);
    }
    if (rc_skip_blanks(folding))
        /* White space at the end says nothing. */
        return folding->len == 0 ? -1 : ' ';
    rc_pass(folding, 1);
    return '\\';
}

/* What may not begin a phrase if it stands inside a word: letters and digits, and in UTF-8 the bytes that go on with a
 * character. */
static int rc_is_inside(unsigned char byte, int alphanumeric, int utf_8)
{
    if (rc_is_alpha(byte) || rc_is_digit(byte))
        return alphanumeric;
    return utf_8 && byte >= 0x80 && byte <= 0xbf;
}

static unsigned short rc_number_at(unsigned short at)
{
    if (at + 1U >= RC_PHRASES_SIZE)
        return 0;
    return (unsigned short)(rc_phrase_trie[at] | (unsigned)rc_phrase_trie[at + 1U] << 8);
}

/* Where a branch leads with a byte; 0 if nowhere. at: behind the step. */
static unsigned short rc_branch(unsigned short at, int byte)
{
    unsigned char ways = rc_phrase_trie[at], way;

    for (way = 0; way < ways; way++) {
        if (rc_phrase_trie[at + 1U + way] == byte)
            return rc_number_at((unsigned short)(at + 1U + ways + 2U * way));
    }
    return 0;
}

/* Follows all phrases at once for as long as one of them goes on like the text. */
static void rc_follow(unsigned short at, const struct rc_folding *from, struct rc_groups *found)
{
    struct rc_folding text;
    int byte;

    text = *from;
    while (at + 1U < RC_PHRASES_SIZE) {
        unsigned char step = rc_phrase_trie[at];

        if (step > RC_OP_BRANCH) {
            byte = rc_next_folded(&text);
            if (byte != step)
                return;
            at++;
        } else if (step == RC_OP_BRANCH) {
            byte = rc_next_folded(&text);
            if (byte < 0)
                return;
            at = rc_branch((unsigned short)(at + 1), byte);
        } else if (step == RC_OP_FOUND) {
            rc_insert_group(found, rc_number_at((unsigned short)(at + 1)));
            at = (unsigned short)(at + 3);
        } else if (step == RC_OP_JUMP) {
            at = rc_number_at((unsigned short)(at + 1));
        } else {
            return;
        }
    }
}

/* Which phrases a text holds: from the start of each word on. code: 0 for none. */
static void rc_find_phrases(const unsigned char *text, size_t len, unsigned short code, struct rc_groups *found)
{
    struct rc_folding folding;
    unsigned char i;
    int byte;
    /* In UTF-8 no character begins in the middle of another; in other encodings any byte may begin one. */
    int utf_8 = rc_is_utf_8(text, len);

    for (i = 0; i < RC_GROUP_BYTES; i++)
        found->bits[i] = 0;
    folding.text = text;
    folding.len = len;
    folding.code[0] = folding.code[1] = folding.code[2] = 0;
    if (code != 0) {
        folding.code[0] = (unsigned char)('0' + rc_first_digit(code));
        folding.code[1] = (unsigned char)('0' + rc_second_digit(code));
        folding.code[2] = (unsigned char)('0' + rc_third_digit(code));
    }
    (void)rc_skip_blanks(&folding);
    while ((byte = rc_next_folded(&folding)) >= 0) {
        int alphanumeric = rc_is_alpha((unsigned char)byte) || rc_is_digit((unsigned char)byte);

        if (rc_roots[byte] != 0)
            rc_follow(rc_roots[byte], &folding, found);
        while (folding.len > 0 && rc_is_inside(folding.text[0], alphanumeric, utf_8))
            rc_pass(&folding, 1);
        /* A digit may begin the code, which counts as white space after a blank. */
        if (folding.len > 1 && folding.text[0] == ' ' && rc_is_alpha(folding.text[1]))
            rc_pass(&folding, 1);
    }
}

/* What is known of a reply. */
struct rc_evidence {
    unsigned char protocol;
    /* A bit by number of the severity; bit 0: none is known. */
    unsigned char severity;
    /* 0 for none. */
    unsigned short code;
    /* NULL for none. */
    const rc_enhanced *enhanced;
    rc_command command;
    struct rc_groups found;
};

/* Whether an enhanced status code fits a pattern, in which class 0 and the greatest detail stand for any. */
static int rc_fits(unsigned short asked, const rc_enhanced *code)
{
    unsigned short packed;

    if (code->subject > 15)
        return 0;
    packed = rc_pack(code);
    if (asked >> 14 == 0)
        packed &= 0x3fff;
    if ((asked & RC_ANY_DETAIL) == RC_ANY_DETAIL)
        packed |= RC_ANY_DETAIL;
    return packed == asked;
}

static int rc_holds(const struct rc_rule *rule, const struct rc_evidence *evidence)
{
    unsigned short at = rule->start;
    unsigned char n;
    int fulfilled;

    if ((rule->scope >> evidence->protocol & 1) == 0 || (rule->severities & evidence->severity) == 0)
        return 0;
    fulfilled = rule->codes == 0;
    for (n = 0; n < rule->codes; n++, at++)
        fulfilled |= rc_conditions[at] == evidence->code;
    if (!fulfilled)
        return 0;
    fulfilled = rule->enhanced == 0;
    for (n = 0; n < rule->enhanced; n++, at++)
        fulfilled |= evidence->enhanced != NULL && rc_fits(rc_conditions[at], evidence->enhanced);
    if (!fulfilled)
        return 0;
    fulfilled = rule->commands == 0;
    for (n = 0; n < rule->commands; n++, at++)
        fulfilled |= rc_conditions[at] == evidence->command;
    if (!fulfilled)
        return 0;
    if (rule->scope & RC_SCOPE_ALSO && !rc_has_group(&evidence->found, rc_conditions[at++]))
        return 0;
    return !(rule->scope & RC_SCOPE_WITHOUT && rc_has_group(&evidence->found, rc_conditions[at]));
}

/* The next rule that holds, from a number on; RC_COUNT_RULES if there is none. */
static unsigned short rc_next_rule(const struct rc_evidence *evidence, unsigned short number)
{
    for (; number < RC_COUNT_RULES; number++) {
        unsigned short n = number >> 3;
        unsigned mask = (unsigned)RC_OF(evidence->protocol, rc_smtp_plain, rc_ftp_plain)[n] | evidence->found.bits[n];

        if (evidence->enhanced == NULL)
            mask &= ~(unsigned)rc_with_enhanced[n];
        if (evidence->command == 0)
            mask &= ~(unsigned)rc_with_command[n];
        if (mask >> (number & 7) == 0)
            number |= 7;
        else if (mask >> (number & 7) & 1 && rc_holds(&rc_rules[number], evidence))
            return number;
    }
    return RC_COUNT_RULES;
}

static unsigned char rc_basis_of(const struct rc_rule *rule)
{
    if (rule->scope & RC_SCOPE_PHRASE)
        return RC_DIAGNOSIS_BASIS_PHRASE;
    if (rule->enhanced > 0)
        return RC_DIAGNOSIS_BASIS_ENHANCED;
    if (rule->commands > 0)
        return RC_DIAGNOSIS_BASIS_COMMAND;
    return rule->codes > 0 ? RC_DIAGNOSIS_BASIS_CODE : RC_DIAGNOSIS_BASIS_SEVERITY;
}

/* The verdict of a cause on the side that the first digit allows: it has the last word on retrying. severity: 0 where
 * none is known. */
static unsigned char rc_within(unsigned char severity, unsigned char verdict)
{
    unsigned char own = rc_verdicts_of_severity[severity];

    if (severity == 0)
        return verdict;
    if (severity != RC_SEVERITY_TRANSIENT && severity != RC_SEVERITY_PERMANENT)
        return own;
    return rc_should_retry(own) == rc_should_retry(verdict) ? verdict : own;
}

/* The causes of further rules that hold. */
static void rc_find_alternatives(const struct rc_evidence *evidence, unsigned short number, rc_diagnosis *out)
{
    unsigned char given = 0, n;

    while (given < 3) {
        rc_entry cause;

        number = rc_next_rule(evidence, (unsigned short)(number + 1));
        if (number == RC_COUNT_RULES)
            return;
        cause = rc_entry_of(RC_KIND_CAUSE, rc_rules[number].cause);
        for (n = 0; n < given && out->alternatives[n] != cause; n++)
            continue;
        if (n == given && cause != out->cause)
            out->alternatives[given++] = cause;
    }
}
#endif

/* The severity: of the code, else of the enhanced status code; 0 if neither is known. */
static unsigned char rc_severity_known(unsigned char protocol, unsigned short code, const rc_enhanced *enhanced)
{
    if (rc_is_code(code))
        return rc_severity_of(protocol, code);
    if (enhanced == NULL)
        return 0;
    return enhanced->klass == 2 ? RC_SEVERITY_COMPLETION
        : enhanced->klass == 4 ? RC_SEVERITY_TRANSIENT : RC_SEVERITY_PERMANENT;
}

/* No answer. */
static void rc_undiagnosed(unsigned char protocol, unsigned short code, rc_diagnosis *out)
{
    unsigned char i;

    out->cause = 0;
    for (i = 0; i < 3; i++)
        out->alternatives[i] = 0;
    out->rule = 0;
    out->code = code;
    out->protocol = protocol;
    out->verdict = RC_VERDICT_GIVE_UP;
    out->party = 0;
    out->basis = 0;
    for (i = 0; i < sizeof(out->reserved); i++)
        out->reserved[i] = 0;
}

int rc_diagnose(unsigned char protocol, unsigned short code, const char *text, size_t len, rc_command command,
                const rc_enhanced *enhanced, rc_diagnosis *out)
{
    unsigned char severity;
#ifndef RC_NO_DIAGNOSIS
    struct rc_evidence evidence;
    unsigned short number;
#endif

    if (out == NULL)
        return 0;
    rc_undiagnosed(protocol, code, out);
    if (!rc_knows(protocol))
        return 0;
    if (!rc_is_enhanced(enhanced))
        enhanced = NULL;
    severity = rc_severity_known(protocol, code, enhanced);
    out->basis = RC_DIAGNOSIS_BASIS_SEVERITY;
    out->verdict = severity == 0 ? RC_VERDICT_FIX_FIRST : rc_verdicts_of_severity[severity];
#ifndef RC_NO_DIAGNOSIS
    evidence.protocol = protocol;
    evidence.severity = (unsigned char)(1U << severity);
    evidence.code = rc_is_code(code) ? code : 0;
    evidence.enhanced = enhanced;
    /* A command of another protocol says nothing here. */
    evidence.command = (rc_command)(command >> 8 == (unsigned short)(protocol + 1) ? command : 0);
    rc_find_phrases((const unsigned char *)text, text == NULL ? 0 : len, evidence.code, &evidence.found);
    number = rc_next_rule(&evidence, 0);
    if (number == RC_COUNT_RULES) {
        int positive = severity >= RC_SEVERITY_PRELIMINARY && severity <= RC_SEVERITY_INTERMEDIATE;

        out->cause = rc_entry_of(RC_KIND_CAUSE, positive ? RC_UNEXPLAINED_POSITIVE : RC_UNEXPLAINED_OTHER);
    } else {
        const struct rc_rule *rule = &rc_rules[number];

        out->cause = rc_entry_of(RC_KIND_CAUSE, rule->cause);
        out->rule = (unsigned short)(number + 1);
        out->basis = rc_basis_of(rule);
        out->verdict = (unsigned char)(rule->scope >> RC_SCOPE_VERDICT_SHIFT);
        if (out->verdict == 0)
            out->verdict = rc_within(severity, rc_verdict(out->cause));
        rc_find_alternatives(&evidence, number, out);
    }
    out->party = rc_party(out->cause);
#else
    (void)text;
    (void)len;
    (void)command;
#endif
    return 1;
}

#ifndef RC_NO_PARSER
/* Everything from the first line's text on, with the line ends and codes of further lines. */
static void rc_wire_text(struct rc_lines *lines, struct rc_bytes *text)
{
    struct rc_line head;

    if (lines->kind == RC_LINES_WIRE) {
        rc_drop(lines, rc_blanks(&lines->framing, lines->rest, lines->left));
        if (rc_read_line(&lines->framing, lines->rest, lines->left, RC_STREAM, &head) != RC_FOUND)
            lines->left = 0;
        else
            rc_drop(lines, head.at);
    }
    text->start = lines->rest;
    text->length = lines->left;
}

int rc_reply_diagnose(const rc_reply *reply, rc_command command, rc_diagnosis *out)
{
    struct rc_lines lines;
    struct rc_bytes text;

    if (out == NULL)
        return 0;
    if (!rc_lines_of(reply, &lines)) {
        rc_undiagnosed(reply == NULL ? 255 : reply->protocol, 0, out);
        return 0;
    }
    rc_wire_text(&lines, &text);
    return rc_diagnose(reply->protocol, reply->code, (const char *)text.start, text.length, command, &reply->enhanced,
                       out);
}
#endif

rc_entry rc_cause_at(unsigned short n)
{
#ifndef RC_NO_DIAGNOSIS
    return rc_entry_of(RC_KIND_CAUSE, n);
#else
    (void)n;
    return 0;
#endif
}

rc_entry rc_cause(unsigned char number)
{
#ifndef RC_NO_DIAGNOSIS
    unsigned char n;

    for (n = 0; n < RC_COUNT_CAUSES; n++) {
        if (rc_cause_numbers[n] == number)
            return rc_cause_at(n);
    }
#endif
    (void)number;
    return 0;
}

unsigned char rc_cause_number(rc_entry entry)
{
#ifndef RC_NO_DIAGNOSIS
    unsigned short place = 0;

    if (rc_locate(entry, &place) == RC_BLOCK_CAUSES)
        return rc_cause_numbers[place];
#endif
    (void)entry;
    return 0;
}

unsigned char rc_party(rc_entry entry)
{
#ifndef RC_NO_DIAGNOSIS
    unsigned short place = 0;

    if (rc_locate(entry, &place) == RC_BLOCK_CAUSES)
        return rc_cause_parties[place];
#endif
    (void)entry;
    return 0;
}

int rc_step(rc_entry entry, unsigned char lang, unsigned short n, const char **step, size_t *length)
{
    const char *text = rc_action(entry, lang);
    size_t len;

    for (;; n--) {
        while (*text == '\n')
            text++;
        if (*text == '\0')
            return 0;
        for (len = 0; text[len] != '\0' && text[len] != '\n'; len++)
            continue;
        if (n == 0)
            break;
        text += len;
    }
    if (step != NULL)
        *step = text;
    if (length != NULL)
        *length = len;
    return 1;
}

const char *rc_rule_id(unsigned short rule)
{
#if !defined(RC_NO_DIAGNOSIS) && !defined(RC_NO_IDS)
    if (rule >= 1 && rule <= RC_COUNT_RULES)
        return RC_TEXT(rc_rule_ids, rule - 1);
#endif
    (void)rule;
    return rc_nothing;
}

rc_entry rc_rule_cause(unsigned short rule)
{
#ifndef RC_NO_DIAGNOSIS
    if (rule >= 1 && rule <= RC_COUNT_RULES)
        return rc_entry_of(RC_KIND_CAUSE, rc_rules[rule - 1].cause);
#endif
    (void)rule;
    return 0;
}
