#include "replycode.h"

/* What is left out. Each macro stands for itself; this one for all of them at once. */
#ifdef RC_CODES_ONLY
#define RC_NO_IDS
#define RC_NO_PHRASES
#define RC_NO_SOURCES
#define RC_NO_TITLES
#define RC_NO_MEANINGS
#define RC_NO_ACTIONS
#define RC_NO_NOTES
#define RC_NO_COMMANDS
#define RC_NO_ENHANCED
#define RC_NO_DIAGNOSIS
#define RC_NO_PARSER
#endif

#if defined(RC_NO_SMTP) && defined(RC_NO_FTP)
#error "RC_NO_SMTP and RC_NO_FTP leave no protocol: define one of them at most"
#endif

#define RC_UTF_8 1
#define RC_SHIFT_JIS 2
#define RC_EUC_JP 3

#ifndef RC_ENCODING
#define RC_ENCODING RC_UTF_8
#endif
#if RC_ENCODING != RC_UTF_8 && RC_ENCODING != RC_SHIFT_JIS && RC_ENCODING != RC_EUC_JP
#error "RC_ENCODING must be RC_UTF_8, RC_SHIFT_JIS or RC_EUC_JP"
#endif

/* Entries lie in blocks, which are there or left out as a whole. */
#define RC_BLOCK_BASE 0
#define RC_BLOCK_SMTP 1
#define RC_BLOCK_FTP 2
#define RC_BLOCK_WORDS 3
#define RC_BLOCK_ENHANCED 4
#define RC_BLOCK_CAUSES 5
#define RC_BLOCK_NONE 6

#ifdef RC_NO_SMTP
#define RC_WITH_SMTP 0U
#else
#define RC_WITH_SMTP 1U
#endif
#ifdef RC_NO_FTP
#define RC_WITH_FTP 0U
#else
#define RC_WITH_FTP 1U
#endif
#ifdef RC_NO_PARSER
#define RC_WITH_WORDS 0U
#else
#define RC_WITH_WORDS 1U
#endif
#ifdef RC_NO_ENHANCED
#define RC_WITH_ENHANCED 0U
#else
#define RC_WITH_ENHANCED 1U
#endif
#ifdef RC_NO_DIAGNOSIS
#define RC_WITH_CAUSES 0U
#else
#define RC_WITH_CAUSES 1U
#endif
/* Those that are there, a bit for each. */
#define RC_BLOCKS (1U | RC_WITH_SMTP << RC_BLOCK_SMTP | RC_WITH_FTP << RC_BLOCK_FTP | RC_WITH_WORDS << RC_BLOCK_WORDS \
    | RC_WITH_ENHANCED << RC_BLOCK_ENHANCED | RC_WITH_CAUSES << RC_BLOCK_CAUSES)

/* The table of a protocol; a protocol that was left out has none. */
#if defined(RC_NO_FTP)
#define RC_OF(protocol, smtp, ftp) ((void)(protocol), (smtp))
#elif defined(RC_NO_SMTP)
#define RC_OF(protocol, smtp, ftp) ((void)(protocol), (ftp))
#else
#define RC_OF(protocol, smtp, ftp) ((protocol) == RC_SMTP ? (smtp) : (ftp))
#endif

/* A text of a pool, which has its places beside it. */
#define RC_TEXT(pool, place) ((const char *)(pool) + pool##_at[place])

#ifndef RC_NO_DIAGNOSIS
/* A rule of the diagnosis. */
struct rc_rule {
    /* The place of the cause. */
    unsigned char cause;
    /* Bits: the RC_SCOPE_, and above them the verdict that the rule gives, if any. */
    unsigned char scope;
    /* Bits by number of the severity; bit 0: none is known. */
    unsigned char severities;
    /* How many conditions of each kind there are, from start on. */
    unsigned char codes;
    unsigned char enhanced;
    unsigned char commands;
    unsigned short start;
};
#endif

/* Stands for every text that does not exist: a text is never NULL. */
static const char rc_nothing[1] = {0};

/* Whether a protocol is known and not left out. */
static int rc_knows(unsigned char protocol)
{
#if defined(RC_NO_FTP)
    return protocol == RC_SMTP;
#elif defined(RC_NO_SMTP)
    return protocol == RC_FTP;
#else
    return protocol == RC_SMTP || protocol == RC_FTP;
#endif
}

static int rc_is_code(unsigned short number)
{
    return number >= 100 && number <= 999;
}

/* Subtractions, not divisions: small CPUs have no divider. */
static unsigned char rc_first_digit(unsigned short code)
{
    unsigned char digit = 0;

    while (code >= 100) {
        code = (unsigned short)(code - 100);
        digit++;
    }
    return digit;
}

static unsigned char rc_second_digit(unsigned short code)
{
    unsigned char digit = 0;

    while (code >= 100)
        code = (unsigned short)(code - 100);
    while (code >= 10) {
        code = (unsigned short)(code - 10);
        digit++;
    }
    return digit;
}

#ifndef RC_NO_DIAGNOSIS
static unsigned char rc_third_digit(unsigned short code)
{
    while (code >= 100)
        code = (unsigned short)(code - 100);
    while (code >= 10)
        code = (unsigned short)(code - 10);
    return (unsigned char)code;
}
#endif

static int rc_is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

#if !defined(RC_NO_COMMANDS) || !defined(RC_NO_DIAGNOSIS)
static unsigned char rc_lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}
#endif

/* RFC 3463 section 2. */
static int rc_is_enhanced(const rc_enhanced *code)
{
    return code != NULL && (code->klass == 2 || code->klass == 4 || code->klass == 5) && code->subject <= 999
        && code->detail <= 999;
}

/* An enhanced status code in 16 bits: two for the class, four for the subject, ten for the detail. 0 for one with a
 * subject that no table has. */
static unsigned short rc_pack(const rc_enhanced *code)
{
    unsigned klass = code->klass == 2 ? 1 : code->klass == 4 ? 2 : 3;

    return code->subject > 15 ? 0 : (unsigned short)(klass << 14 | (unsigned)code->subject << 10 | code->detail);
}

#ifndef RC_NO_ENHANCED
static void rc_unpack(unsigned short packed, rc_enhanced *out)
{
    unsigned char klass = (unsigned char)(packed >> 14);

    out->klass = klass == 1 ? 2 : klass == 2 ? 4 : 5;
    out->reserved = 0;
    out->subject = packed >> 10 & 15;
    out->detail = packed & 0x3ff;
}
#endif

#ifndef RC_NO_COMMANDS
static rc_command rc_command_of(unsigned char protocol, unsigned char number)
{
    return (rc_command)((protocol + 1U) << 8 | number);
}
#endif

#if !defined(RC_NO_PARSER) || !defined(RC_NO_DIAGNOSIS)
/* Whether bytes are UTF-8 (RFC 3629 section 4). */
static int rc_is_utf_8(const unsigned char *bytes, size_t n)
{
    size_t at = 0;
    unsigned char lead, least, most, more;

    while (at < n) {
        lead = bytes[at++];
        if (lead < 0x80)
            continue;
        if (lead < 0xC2 || lead > 0xF4)
            return 0;
        more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        /* Neither longer than need be, nor a surrogate, nor beyond U+10FFFF. */
        least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (; more > 0; more--, at++) {
            if (at == n || bytes[at] < least || bytes[at] > most)
                return 0;
            least = 0x80;
            most = 0xBF;
        }
    }
    return 1;
}
#endif
