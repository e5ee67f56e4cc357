#ifndef CLOISON_SHA256_H
#define CLOISON_SHA256_H

#include "curve.h"

typedef struct {
  const uint8_t *bytes;
  size_t length;
} packed_bytes;
enum { LONGEST_PREFIX = 64 };

/* SHA-256 of each message, with the same at most 64 bytes before it. Messages and prefix may be secret: no branch but by length. */
void sha256_each(uint8_t *out, packed_bytes prefix, packed_messages messages, size_t count);

#endif
