/* What a camera shows of its mail and FTP errors, and whether it tries again. */
#ifndef STATUS_PAGE_H
#define STATUS_PAGE_H

#include <stddef.h>

#include "replycode.h"

/* Of longer replies the beginning is kept: servers say what is wrong at once. */
#define STATUS_PAGE_TEXT 256

/* One connection. All of its memory is here; put it where the connection has its other state. */
struct status_page {
    rc_parser parser;
    unsigned char protocol;
    unsigned char lang;
    /* What the server is answering; 0: not known. */
    rc_command command;
    /* What to do now: one of RC_VERDICT_, 0 before the first reply. */
    unsigned char verdict;
    char text[STATUS_PAGE_TEXT];
    /* Where the page goes. */
    void (*print)(const char *text, size_t length);
};

/* Begins with a new connection. Returns 0 if header and library do not belong together, or for an unknown protocol. */
int status_page_begin(struct status_page *page, unsigned char protocol, unsigned char lang,
                      void (*print)(const char *text, size_t length));

/* Say which command was sent; replies to it are understood better. */
void status_page_sent(struct status_page *page, rc_command command);

/* Bytes as they come from the socket, in pieces of any size. Prints a block for each reply that tells of a fault. */
void status_page_received(struct status_page *page, const char *bytes, size_t length);

/* After how many seconds to try the same again; 0: not before somebody has changed something. */
unsigned long status_page_wait(const struct status_page *page);

#endif
