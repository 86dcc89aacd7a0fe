/* Prints every text of every entry as its bytes, with a NUL behind each: for what reads them in their encoding. */
#include <stdio.h>
#include <string.h>

#include "replycode.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void print(const char *text)
{
    fwrite(text, 1, strlen(text) + 1, stdout);
}

int main(void)
{
    static const char *(*const plain[])(rc_entry) = {rc_id, rc_phrase, rc_aliases, rc_source_place};
    static const char *(*const translated[])(rc_entry, unsigned char) = {rc_title, rc_meaning, rc_action, rc_note};
    unsigned long number;
    unsigned char lang;
    size_t i;

    for (lang = 0; lang < rc_language_count(); lang++)
        print(rc_language_name(lang));
    for (number = 0; number <= 65535UL; number++) {
        rc_entry entry = (rc_entry)number;

        if (rc_kind(entry) == 0)
            continue;
        for (i = 0; i < COUNT(plain); i++)
            print(plain[i](entry));
        for (i = 0; i < COUNT(translated); i++) {
            for (lang = 0; lang < rc_language_count(); lang++)
                print(translated[i](entry, lang));
        }
    }
    return 0;
}
