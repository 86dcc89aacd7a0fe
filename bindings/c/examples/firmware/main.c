/* A camera's errors, as its servers sent them: what its status page shows in Japanese. */
#include <stdio.h>
#include <string.h>

#include "status_page.h"

struct dialogue {
    unsigned char protocol;
    rc_command command;
    const char *bytes;
};

static const struct dialogue dialogues[] = {
    {RC_SMTP, RC_COMMAND_SMTP_RCPT, "250 2.1.0 Sender ok\r\n"},
    {RC_SMTP, RC_COMMAND_SMTP_RCPT, "554 5.7.1 <alarm@example.com>: Relay access denied\r\n"},
    {RC_SMTP, RC_COMMAND_SMTP_AUTH,
     "535-5.7.8 Username and Password not accepted. For more information, go to\r\n"
     "535 5.7.8  https://support.google.com/mail/?p=BadCredentials\r\n"},
    {RC_SMTP, RC_COMMAND_SMTP_RCPT, "450 4.2.0 <noc@example.com>: Recipient address rejected: Greylisted\r\n"},
    {RC_SMTP, RC_COMMAND_SMTP_DATA, "552 5.2.2 The mailbox is full\n"},
    {RC_FTP, RC_COMMAND_FTP_PASS, "530 Login incorrect.\r\n"},
    {RC_FTP, RC_COMMAND_FTP_STOR, "425 Can't open data connection for transfer of \"/cam1.jpg\"\r\n"},
    {RC_FTP, RC_COMMAND_FTP_STOR, "452 No space left on device\r\n"},
    {RC_FTP, RC_COMMAND_FTP_STOR, "599 see the administrator\r\n"},
    {RC_FTP, 0, "HTTP/1.1 400 Bad Request\r\n"}
};

static void print(const char *text, size_t length)
{
    fwrite(text, 1, length, stdout);
}

int main(void)
{
    /* One connection at a time, so one page in memory. */
    static struct status_page page;
    size_t i;

    for (i = 0; i < sizeof(dialogues) / sizeof(dialogues[0]); i++) {
        const char *at = dialogues[i].bytes;
        size_t left = strlen(at);

        if (!status_page_begin(&page, dialogues[i].protocol, RC_LANG_JA, print)) {
            fputs("replycode.h and the library do not belong together\n", stderr);
            return 1;
        }
        status_page_sent(&page, dialogues[i].command);
        /* As a socket gives them: in pieces. */
        while (left > 0) {
            size_t piece = left < 16 ? left : 16;
            status_page_received(&page, at, piece);
            at += piece;
            left -= piece;
        }
    }
    return fflush(stdout) != 0;
}
