/* Everything that can be observed of the reply parser and of what is asked of replies, for enumerated and for mutated
 * inputs, as digests: linked with two builds of the library, the rows must be equal.
 *
 *   differential        a row for each block of inputs: its number and the digest of what was seen
 *   differential BLOCK  everything that was seen in that block, a row each */
#include "observe.h"

static size_t append(char *input, size_t n, const char *more, size_t length)
{
    length = length < LONGEST - n ? length : LONGEST - n;
    memcpy(input + n, more, length);
    return n + length;
}

static const char *const separators[] = {" ", "-", "\t", "\r\n", "\n", "\r", "\r\r\n", "", "x", "\377", "0", "--"};

/* What an SMTP text may begin with, enhanced codes of all kinds, and what may follow a line. */
static const char *const texts[] = {
    "", "ok", "2.0.0 ok", "5.7.606 banned", "#5.1.1 no", "3.1.1 on", "5.01.1 zero", "5.1.001", "5.6.7.8 blocked",
    "4.999.999 ", "4.9990.1 ", "6.1.1 ", "5.1", "5.1.", "5..1", "5.1.1\t", "5.1.1-", "5.1.1\r", "#", "##5.1.1 ",
    "2.0.0", "5.000.000 a", "\200\377", "\001\177"
};

/* All three digits and many that are none, with all that may follow. */
static void every_head(void)
{
    static const char *const ends[] = {"\r\n", "\n", "", "\r"};
    static const unsigned char modes[] = {RC_MODE_STRICT, RC_MODE_LENIENT, RC_MODE_LOG};
    char input[128];
    unsigned code, protocol;
    size_t separator, text, mode;

    for (code = 0; code < 1000; code++) {
        begin_block();
        for (separator = 0; separator < COUNT(separators); separator++) {
            for (text = 0; text < COUNT(texts); text++) {
                /* The texts differ for some codes only. */
                if (text > 3 && code % 50 != 0 && code % 111 != 0)
                    break;
                for (protocol = 0; protocol < 2; protocol++) {
                    for (mode = 0; mode < COUNT(modes); mode++) {
                        sprintf(input, "%03u%s%s%s", code, separators[separator], texts[text], ends[code & 3]);
                        one_input((unsigned char)protocol, modes[mode], input, strlen(input));
                    }
                }
            }
        }
        end_block();
    }
}

/* The first bytes of a line: three of any value. */
static void every_start(void)
{
    char input[] = "220 ok\r\n";
    unsigned at, byte;
    size_t rules;

    for (at = 0; at < 6; at++) {
        begin_block();
        for (byte = 0; byte < 256; byte++) {
            for (rules = 0; rules < RULES; rules++) {
                memcpy(input, "220 ok\r\n", 8);
                input[at] = (char)(unsigned char)byte;
                one_input(RC_SMTP, all_rules[rules], input, 8);
                one_input(RC_FTP, all_rules[rules], input, 8);
            }
        }
        end_block();
    }
}

/* How many bytes after a beginning are enumerated. */
#ifndef DEPTH
#define DEPTH 3
#endif

/* All that may follow some beginnings: a byte for each kind of bytes that the parser tells apart. */
static void every_short(void)
{
    static const char *const beginnings[] = {"", "2", "250", "250 5.1", "250-a\r\n", "250-2.0.0 a\r\n250", " 421-\n42"};
    static const char kinds[] = {'\r', '\n', ' ', '-', '\t', '0', '2', '4', '.', '#', 'x', '\001', '\377'};
    static const unsigned char modes[] = {RC_MODE_STRICT, RC_MODE_LENIENT, RC_MODE_LOG, RC_ANY_CODE_ENDS};
    char input[32];
    size_t beginning, start, depth, at, mode;
    size_t which[DEPTH];

    for (beginning = 0; beginning < COUNT(beginnings); beginning++) {
        start = append(input, 0, beginnings[beginning], strlen(beginnings[beginning]));
        for (depth = 1; depth <= DEPTH; depth++) {
            begin_block();
            memset(which, 0, sizeof(which));
            do {
                for (at = 0; at < depth; at++)
                    input[start + at] = kinds[which[at]];
                for (mode = 0; mode < COUNT(modes); mode++) {
                    one_input(RC_SMTP, modes[mode], input, start + depth);
                    one_input(RC_FTP, modes[mode], input, start + depth);
                }
                for (at = 0; at < depth && ++which[at] == sizeof(kinds); at++)
                    which[at] = 0;
            } while (at < depth);
            end_block();
        }
    }
}

/* Two lines: all pairs of codes, separators and texts out of some. */
static void every_pair(void)
{
    static const char *const codes[] = {"220", "250", "421", "550", "199", "334", "690", "22", "", " 220", "2200"};
    static const char *const ends[] = {"\r\n", "\n"};
    char input[128];
    size_t a, b, c, d, text, rules;

    for (a = 0; a < COUNT(codes); a++) {
        for (b = 0; b < COUNT(codes); b++) {
            begin_block();
            for (c = 0; c < 4; c++) {
                for (d = 0; d < 5; d++) {
                    for (text = 0; text < COUNT(texts); text++) {
                        size_t other = random_below((unsigned)COUNT(texts));

                        sprintf(input, "%s%s%s%s%s%s%s%s", codes[a], separators[c], texts[text], ends[text & 1],
                                codes[b], separators[d], texts[other], ends[0]);
                        rules = random_below(RULES);
                        one_input(RC_SMTP, all_rules[rules], input, strlen(input));
                        one_input(RC_FTP, all_rules[rules], input, strlen(input));
                    }
                }
            }
            end_block();
        }
    }
}

/* Replies as servers send them, to be mutated. */
static const char *const samples[] = {
    "220 mx.example.com ESMTP ready\r\n",
    "220-Welcome\r\n220-to the\r\n220 server\r\n",
    "250-mx.example.com\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n",
    "550 5.1.1 <bob@example.net>: Recipient address rejected\r\n",
    "550-5.7.26 Unauthenticated\r\n550-5.7.26 mail\r\n550 5.7.26 x - gsmtp\r\n",
    "452-4.2.2 over quota\n452 4.2.2 try later\n",
    "421 4.4.2 mx.example.com Error: timeout exceeded\r\n",
    "221 [192.0.2.1] closing\r\n",
    "220 m\303\274x.example.com\r\n",
    "220 \355\240\200.example.com\r\n",
    "334 VXNlcm5hbWU6\r\n",
    "551 User not local; please try <bob@example.net>\r\n",
    "251 a <b> will forward to <c\303\251@d> <e@f>\r\n",
    "551-try <\377@d>\r\n551 try <c@d>\r\n",
    "227 Entering Passive Mode (192,0,2,7,19,137).\r\n",
    "227 =10, 1,2, 3,4,255 at 21,1,2,3,4,5,6\r\n",
    "227-10,1,2,3,4,256\r\n 00010,1,2,3,4,2\r\n227 x\r\n",
    "229 Entering Extended Passive Mode (|||6446|)\r\n",
    "229 (a) (!!!65536!) (((((1((((( (|||00065535|)\r\n",
    "257 \"/say \"\"hi\"\"\" created\r\n",
    "257-\"open\r\n257 \"/home/x\"\"\" is\r\n",
    "213 68719476736\r\n",
    "213 19980615100045.014\r\n",
    "213 20240229235960\r\n",
    "211-Features:\r\n MDTM\r\n REST STREAM\r\n211 End\r\n",
    "230-421 not yet\r\n530 go away\r\n230 in\r\n",
    "220-Welcome\r\n421 Timeout\r\n",
    "  \r\n\t550 no such user\r\n",
    "550-line\r\n and more\r\n550 end\r\n",
    "535 \203G\203\211\201[\r\n",
    "631 AAAA\r\n",
    "250 bare\rcr\001\177\r\r\n",
    "220",
    "250\r\n",
    ""
};

static const char *const pieces[] = {
    "\r\n", "\n", "\r", "220 ", "220-", "550 5.1.1 ", "#", "5.7.1 ", ".", ",", "\"", "<a@b>", "(|||", "|)",
    "<", ">", "@", "[", "]", " ", "\t", "-", "0", "9", "\377", "\303\251", "\200", "\001"
};

static size_t insert(char *input, size_t n, size_t at, const char *more)
{
    size_t length = strlen(more);

    if (length > LONGEST - n)
        return n;
    memmove(input + at + length, input + at, n - at);
    memcpy(input + at, more, length);
    return n + length;
}

/* One change. */
static size_t mutate(char *input, size_t n)
{
    size_t at = random_below((unsigned)n + 1), length;
    const char *more;

    switch (random_below(8)) {
    case 0:
        if (at < n)
            input[at] = (char)(unsigned char)random_below(256);
        return n;
    case 1:
        if (at < n)
            input[at] = (char)('0' + (int)random_below(10));
        return n;
    case 2:
        return at;
    case 3:
        length = random_below(6);
        length = length < n - at ? length : n - at;
        memmove(input + at, input + at + length, n - at - length);
        return n - length;
    case 4:
        more = samples[random_below((unsigned)COUNT(samples))];
        return append(input, n, more, strlen(more));
    case 5:
        more = texts[random_below((unsigned)COUNT(texts))];
        return insert(input, n, n < 4 ? at : 4, more);
    default:
        return insert(input, n, at, pieces[random_below((unsigned)COUNT(pieces))]);
    }
}

static void mutations(void)
{
    static char input[LONGEST];
    unsigned row, round, changes;
    unsigned char rules;
    const char *sample;
    size_t n;

    for (row = 0; row < 400; row++) {
        begin_block();
        for (round = 0; round < 50; round++) {
            sample = samples[random_below((unsigned)COUNT(samples))];
            n = append(input, 0, sample, strlen(sample));
            for (changes = random_below(5); changes > 0; changes--)
                n = mutate(input, n);
            rules = all_rules[random_below((unsigned)RULES)];
            everything((unsigned char)random_below(2), rules, input, n);
        }
        end_block();
    }
}

/* Lines about as long as SMTP allows, and replies of many lines. */
static void long_inputs(void)
{
    static char input[LONGEST];
    unsigned length, protocol, lines;
    size_t n;

    begin_block();
    for (length = 500; length < 520; length++) {
        for (protocol = 0; protocol < 2; protocol++) {
            memset(input, 'x', length);
            memcpy(input, "220-", 4);
            n = append(input, length, length & 1 ? "\n220 5.1.1 b\r\n" : "\r\n220 b\r\n", length & 1 ? 13 : 9);
            one_input((unsigned char)protocol, RC_MODE_LENIENT, input, n);
            everything((unsigned char)protocol, RC_MODE_LOG, input, n);
        }
    }
    end_block();
    begin_block();
    for (lines = 1; lines < 300; lines += 23) {
        for (n = 0, length = 0; length < lines; length++)
            n = append(input, n, length % 3 ? "550-a\r\n" : "550-5.1.1 b\r\n", length % 3 ? 7 : 13);
        n = append(input, n, "550 c\r\n", 7);
        everything(RC_SMTP, RC_MODE_LENIENT, input, n);
        everything(RC_FTP, RC_MODE_STRICT, input, n);
    }
    end_block();
}

/* Structures that no function of the library has filled in. */
static void odd_replies(void)
{
    static const unsigned short codes[] = {213, 220, 221, 227, 229, 251, 257, 421, 551, 99, 1000, 0};
    static char input[LONGEST];
    rc_reply reply;
    const char *sample;
    unsigned row, round;
    size_t n;

    for (row = 0; row < 40; row++) {
        begin_block();
        for (round = 0; round < 500; round++) {
            sample = samples[random_below((unsigned)COUNT(samples))];
            n = append(input, 0, sample, strlen(sample));
            /* Often without the code, as in the buffer of a parser. */
            if (n > 4 && random_below(2))
                memmove(input, input + 4, n -= 4);
            n = mutate(input, n);
            reply.bytes = random_below(20) ? input : NULL;
            reply.length = n;
            reply.notes = (unsigned long)random_below(1000) << 12;
            reply.line_count = random_below(3);
            reply.offset = random_below(1000);
            reply.code = codes[random_below((unsigned)COUNT(codes))];
            reply.first_code = (unsigned short)random_below(1100);
            reply.enhanced.klass = (unsigned char)random_below(7);
            reply.enhanced.reserved = (unsigned char)random_below(256);
            reply.enhanced.subject = (unsigned short)random_below(1100);
            reply.enhanced.detail = (unsigned short)random_below(1100);
            reply.protocol = (unsigned char)random_below(random_below(50) ? 2 : 256);
            reply.rules = all_rules[random_below((unsigned)RULES)];
            if (random_below(50) == 0)
                reply.rules = (unsigned char)random_below(256);
            reply.malformed = (unsigned char)random_below(256);
            reply.raw = (unsigned char)random_below(3);
            reply.truncated = (unsigned char)random_below(3);
            memset(reply.reserved, (int)random_below(256), sizeof(reply.reserved));
            ask(&reply, reply.bytes);
        }
        end_block();
    }
}

/* What values are made of: each byte as a delimiter, in a name, after a digit; the bounds of UTF-8. */
static void every_value(void)
{
    static const unsigned char leads[] = {
        0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4,
        0xf5, 0xff
    };
    static const unsigned char seconds[] = {0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0};
    static const unsigned char others[] = {0x2e, 0x7f, 0x80, 0xbf, 0xc0};
    static const char *const numbers[] = {
        "0", "1", "00009", "255", "256", "6553", "6554", "9999", "65535", "65536", "65545", "655350", "70000"
    };
    char input[64];
    unsigned byte, length;
    size_t a, b, c, d;

    begin_block();
    for (byte = 0; byte < 256; byte++) {
        static const char *const forms[] = {
            "229 (***1***)", "229 (***1*)", "220 a*b.c*", "220 *a.*", "220 [*]", "220 *", "220 [a*",
            "227 1*,2,3,4,5,6*", "227 *1,2,3,4,5,6", "227 1,*2,3,4,5,6", "257 \"*\"", "257 *a\"", "213 1*",
            "213 20240229235960*1", "213 2024022923596*", "551 <*@>", "551 a*@<b>", "551 <@*", "551 *@>",
            "551 <<*@>"
        };

        for (a = 0; a < COUNT(forms); a++) {
            char *at;

            strcpy(input, forms[a]);
            for (at = input; *at != '\0'; at++) {
                if (*at == '*')
                    *at = (char)(unsigned char)byte;
            }
            one_input(RC_SMTP, 0, input, strlen(forms[a]));
            one_input(RC_FTP, 0, input, strlen(forms[a]));
        }
    }
    end_block();
    begin_block();
    for (a = 0; a < sizeof(leads); a++) {
        for (b = 0; b < sizeof(seconds); b++) {
            for (c = 0; c < sizeof(others); c++) {
                for (d = 0; d < sizeof(others); d++) {
                    for (length = 1; length <= 4; length++) {
                        memcpy(input, "551 <@", 6);
                        input[6] = (char)leads[a];
                        input[7] = (char)seconds[b];
                        input[8] = (char)others[c];
                        input[9] = (char)others[d];
                        memcpy(input + 6 + length, ">\r\n", 3);
                        one_input(RC_SMTP, 0, input, length + 9U);
                        memcpy(input, "220 a.", 6);
                        input[6 + length] = ' ';
                        one_input(RC_SMTP, 0, input, length + 9U);
                    }
                }
            }
        }
    }
    end_block();
    begin_block();
    for (a = 0; a < COUNT(numbers); a++) {
        for (b = 0; b < COUNT(numbers); b++) {
            sprintf(input, "227 1,%s,3,4,%s,6", numbers[a], numbers[b]);
            one_input(RC_FTP, 0, input, strlen(input));
        }
        sprintf(input, "229 (|||%s|)\r\n", numbers[a]);
        one_input(RC_FTP, 0, input, strlen(input));
        for (b = 0; b < 14; b++) {
            memcpy(input, "213 20240101010101", 18);
            input[4 + b] = numbers[a][0];
            input[5 + b] = numbers[a][strlen(numbers[a]) - 1];
            one_input(RC_FTP, 0, input, 18);
        }
    }
    end_block();
}

/* What is written for codes, enhanced codes and texts of all kinds. */
static void every_format(void)
{
    static const char *const written[] = {
        "", "a", " a", "a\n b\nc", " a\n b\n c", "a\r\nb\rc\n\rd", "a\r", "\r\n", "\n\n", "\r\r\n"
    };
    char wire[128 + GUARD];
    rc_enhanced enhanced;
    unsigned code, protocol;
    size_t text, cap, length;

    for (code = 90; code < 1010; code += 10) {
        begin_block();
        for (protocol = 0; protocol < 3; protocol++) {
            for (text = 0; text < COUNT(written); text++) {
                enhanced.klass = (unsigned char)(code >> 7);
                enhanced.reserved = 0;
                enhanced.subject = (unsigned short)(code + text);
                enhanced.detail = (unsigned short)random_below(1001);
                cap = random_below(129);
                guard(wire, cap);
                length = rc_format((unsigned char)protocol, (unsigned short)(code + text), text & 1 ? NULL : &enhanced,
                                   written[text], strlen(written[text]), wire, cap);
                see("wire", (unsigned long)length);
                see_buffer("wire", wire, length, cap);
            }
        }
        end_block();
    }
}

/* Unknown protocols and rules, and null pointers. */
static void arguments(void)
{
    static const char input[] = "220-a\r\n220 5.1.1 b\r\nx";
    char text[8 + GUARD];
    unsigned protocol, rules;
    rc_parser parser;
    rc_reply reply;
    size_t consumed;

    for (protocol = 0; protocol < 256; protocol += protocol < 4 ? 1 : 63) {
        begin_block();
        for (rules = 0; rules < 256; rules++) {
            memset(&parser, 0x5a, sizeof(parser));
            see("init", (unsigned long)rc_parser_init(&parser, (unsigned char)protocol, (unsigned char)rules));
            see("read", (unsigned long)rc_parser_feed(&parser, input, 20, NULL, 7, NULL));
            memset(&reply, 0xff, sizeof(reply));
            see("reply", rc_parser_reply(&parser, NULL, 7, &reply));
            see("none", reply.bytes == NULL);
            reply.bytes = NULL;
            ask(&reply, NULL);
            see("reply", rc_parser_reply(&parser, NULL, 7, NULL));
            see("finish", rc_parser_finish(&parser, NULL, 7));
            see("read", (unsigned long)rc_parser_feed(&parser, NULL, 7, NULL, 7, NULL));
            see("reset", (unsigned long)rc_parser_reset(&parser));
            memset(&reply, 0xff, sizeof(reply));
            see("parse", rc_parse((unsigned char)protocol, (unsigned char)rules, input, 20, &reply));
            ask(&reply, input);
            see("parse", rc_parse((unsigned char)protocol, (unsigned char)rules, input, 21, NULL));
            see("parse", rc_parse((unsigned char)protocol, (unsigned char)rules, NULL, 21, &reply));
            ask(&reply, input);
            consumed = 77;
            see("prefix", rc_parse_prefix((unsigned char)protocol, (unsigned char)rules, input, 21, &reply, &consumed));
            see("consumed", (unsigned long)consumed);
            ask(&reply, input);
            see("prefix", rc_parse_prefix((unsigned char)protocol, (unsigned char)rules, input, 21, NULL, NULL));
            see("prefix", rc_parse_prefix((unsigned char)protocol, (unsigned char)rules, NULL, 21, &reply, &consumed));
            see("consumed", (unsigned long)consumed);
            ask(&reply, input);
            guard(text, 8);
            see("wire", (unsigned long)rc_format((unsigned char)protocol, 250, &reply.enhanced, NULL, 7, text, 8));
            see_buffer("wire", text, 8, 8);
            see("wire", (unsigned long)rc_format((unsigned char)protocol, 250, NULL, input, 21, NULL, 8));
        }
        end_block();
    }
    begin_block();
    see("init", (unsigned long)rc_parser_init(NULL, RC_SMTP, 0));
    see("read", (unsigned long)rc_parser_feed(NULL, input, 20, text, 8, NULL));
    see("finish", rc_parser_finish(NULL, text, 8));
    see("reset", (unsigned long)rc_parser_reset(NULL));
    see("reply", rc_parser_reply(NULL, text, 8, NULL));
    see("reply", rc_parser_reply(NULL, text, 8, &reply));
    see_reply(&reply, text);
    see("line", (unsigned long)rc_reply_line(NULL, 0, NULL, NULL));
    see("text", (unsigned long)rc_reply_text_copy(NULL, text, 8));
    see("matches", (unsigned long)rc_reply_matches(NULL, 2));
    see("passive", (unsigned long)rc_passive_address(NULL, NULL));
    see("extended", rc_extended_passive_port(NULL));
    see("pathname", (unsigned long)rc_pathname(NULL, text, 8, NULL));
    see("size", (unsigned long)rc_file_size(NULL, NULL, NULL));
    see("time", (unsigned long)rc_modification_time(NULL, NULL));
    see("domain", (unsigned long)rc_domain(NULL, NULL, NULL));
    see("forward", (unsigned long)rc_forward_path(NULL, NULL, NULL));
    end_block();
}

int main(int count, char **names)
{
    if (count > 2) {
        fputs("usage: differential [BLOCK]\n", stderr);
        return 1;
    }
    wanted = count == 2 ? strtoul(names[1], NULL, 10) : 0;
    block = 1;
    every_head();
    every_start();
    every_short();
    every_pair();
    long_inputs();
    mutations();
    odd_replies();
    every_value();
    every_format();
    arguments();
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("differential");
        return 1;
    }
    return 0;
}
