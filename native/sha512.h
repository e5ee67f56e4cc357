/* SHA-512 (FIPS 180-4) of one message, and the numbers of RFC 9380 that are made of it. */
#ifndef CLOISON_SHA512_H
#define CLOISON_SHA512_H

#include "curve.h"

void field_numbers(uint8_t *out, packed_messages messages, size_t count, domain_tag tag);

#endif
