/* The ways that others find a text by a code; in a file of their own, so that each is a call as the library's is. */
#ifndef PEERS_H
#define PEERS_H

/* The least that a function with these arguments can do: one load. */
const char *peer_load(unsigned char protocol, unsigned short code, unsigned char lang);
/* A sparse switch over reply codes, as mail clients have it. */
const char *peer_switch(unsigned short code);
/* A dense switch over 0 to 99, as curl_easy_strerror has it. */
const char *peer_dense_switch(unsigned short code);

#endif
