/* Four points of curve25519 at a time; see field4.h. Points, scalars and numbers are 32 little-endian bytes. */
#ifndef CLOISON_CURVE4_H
#define CLOISON_CURVE4_H

#include <stdint.h>

/* X25519 (RFC 7748): out[i] of scalar[i] and point[i]. */
void curve4_multiply(uint8_t out[4][32], const uint8_t scalar[4][32], const uint8_t point[4][32]);
/* Bit i is set when point[i] is on the twist and not on the curve: when u^3 + 486662 u^2 + u is no square. */
int curve4_off_curve(const uint8_t point[4][32]);
/* The u of Elligator 2 (RFC 9380, 6.7.1) of number[i], times the cofactor 8. */
void curve4_map(uint8_t out[4][32], const uint8_t number[4][32]);

#endif
