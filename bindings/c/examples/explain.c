/* Explains one reply code: explain smtp 550 [ja]
 *
 *     cc -std=c89 -I../generated explain.c libreplycode.a -o explain
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replycode.h"

int main(int argc, char **argv)
{
    int protocol, lang = RC_LANG_EN;
    unsigned long code;
    char *end;
    rc_explanation answer;

    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: %s smtp|ftp CODE [LANGUAGE]\n", argv[0]);
        return 2;
    }
    protocol = rc_protocol(argv[1], strlen(argv[1]));
    if (protocol < 0) {
        fprintf(stderr, "%s: no such protocol; smtp and ftp are known\n", argv[1]);
        return 2;
    }
    code = strtoul(argv[2], &end, 10);
    if (argv[2][0] < '0' || argv[2][0] > '9' || *end != '\0' || code > 65535) {
        fprintf(stderr, "%s: not a number between 0 and 65535\n", argv[2]);
        return 2;
    }
    if (argc == 4 && (lang = rc_language(argv[3], strlen(argv[3]))) < 0) {
        fprintf(stderr, "%s: no such language\n", argv[3]);
        return 2;
    }

    rc_explain((unsigned char)protocol, (unsigned short)code, &answer);
    printf("%lu %s\n", code, rc_title(answer.entry, (unsigned char)lang));
    printf("%s\n", rc_meaning(answer.entry, (unsigned char)lang));
    printf("%s\n", rc_action(answer.entry, (unsigned char)lang));
    printf("%s, %s, %s\n", rc_severity_id(answer.severity), rc_category_id(answer.category),
           rc_verdict_id(answer.verdict));
    return 0;
}
