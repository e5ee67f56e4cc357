/* curve25519 in lanes: four with AVX2 (curve4.c), eight with AVX-512 IFMA (curve8.c). Points, scalars and numbers: 32 little-endian bytes. */
#ifndef CLOISON_CURVE_H
#define CLOISON_CURVE_H

#include <stddef.h>
#include <stdint.h>

/* What is packed, 32 bytes each; with `step` 0 one stands for all. */
typedef struct {
  const uint8_t *bytes;
  size_t step;
} packed_input;

/* Messages one after the other: where each ends. */
typedef struct {
  const uint8_t *bytes;
  const uint32_t *ends;
} packed_messages;

/* Of the tag of RFC 9380, 3.1: 1 to 255 bytes; of a message: at most 1024, twice what a token of a join has. */
typedef struct {
  const uint8_t *bytes;
  size_t length;
} domain_tag;
enum { LONGEST_MESSAGE = 1024, LONGEST_TAG = 255 };

typedef struct {
  /* X25519 (RFC 7748) of `count` scalars and points. */
  void (*multiply)(uint8_t *out, packed_input scalars, packed_input points, size_t count);
  /* The u of Elligator 2 (RFC 9380, 6.7.1) of each number, times the cofactor 8. */
  void (*map)(uint8_t *out, packed_input numbers, size_t count);
  /* The first point that is on the twist and not on the curve, u^3 + 486662 u^2 + u being no square; else `count`. */
  size_t (*first_off_curve)(packed_input points, size_t count);
  /* RFC 9380, 5.2 with expand_message_xmd over SHA-512: a number below 2^256 that is the message's field element. */
  void (*numbers)(uint8_t *out, packed_messages messages, size_t count, domain_tag tag);
} curve;

extern const curve curve4, curve8;

static inline void wipe(void *secret, size_t length) {
  __builtin_memset(secret, 0, length);
  __asm__ volatile("" : : "r"(secret) : "memory");
}

#endif
