/* SHA-256 (FIPS 180-4) of many short messages, by the processor's own instructions (SHA-NI). */
#include "sha256.h"

#include <immintrin.h>
#include <string.h>

static const uint32_t initial[8] __attribute__((aligned(16))) = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const uint32_t round_constant[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* The state as the instructions take it: words a b e f, and c d g h, the first the highest. */
typedef struct {
  __m128i abef, cdgh;
} sha256_state;

static sha256_state begin(void) {
  const uint32_t *h = initial;
  sha256_state s;
  s.abef = _mm_set_epi32((int)h[0], (int)h[1], (int)h[4], (int)h[5]);
  s.cdgh = _mm_set_epi32((int)h[2], (int)h[3], (int)h[6], (int)h[7]);
  return s;
}

static inline void compress(sha256_state *s, const uint8_t block[64]) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bll, 0x0405060700010203ll);
  const sha256_state before = *s;
  __m128i w[4];
  for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16 * i)), swap);
#pragma GCC unroll 16
  for (int four = 0; four < 16; four++) {
    __m128i added = _mm_add_epi32(w[four % 4], _mm_load_si128((const __m128i *)(round_constant + 4 * four)));
    s->cdgh = _mm_sha256rnds2_epu32(s->cdgh, s->abef, added);
    s->abef = _mm_sha256rnds2_epu32(s->abef, s->cdgh, _mm_shuffle_epi32(added, 0x0e));
    if (four < 12) {
      __m128i next = _mm_sha256msg1_epu32(w[four % 4], w[(four + 1) % 4]);
      next = _mm_add_epi32(next, _mm_alignr_epi8(w[(four + 3) % 4], w[(four + 2) % 4], 4));
      w[four % 4] = _mm_sha256msg2_epu32(next, w[(four + 3) % 4]);
    }
  }
  s->abef = _mm_add_epi32(s->abef, before.abef);
  s->cdgh = _mm_add_epi32(s->cdgh, before.cdgh);
}

static void store(uint8_t out[32], const sha256_state *s) {
  uint32_t abef[4], cdgh[4];
  _mm_storeu_si128((__m128i *)abef, s->abef);
  _mm_storeu_si128((__m128i *)cdgh, s->cdgh);
  const uint32_t word[8] = {abef[3], abef[2], cdgh[3], cdgh[2], abef[1], abef[0], cdgh[1], cdgh[0]};
  for (int i = 0; i < 8; i++) {
    const uint32_t big = __builtin_bswap32(word[i]);
    memcpy(out + 4 * i, &big, 4);
  }
}

/* Whole blocks out of a message and what is before it, and the padding. */
static void digest(uint8_t out[32], const uint8_t *prefix, size_t prefix_length, const uint8_t *message, size_t length) {
  uint8_t block[128];
  const size_t total = prefix_length + length;
  const uint64_t bits = __builtin_bswap64(8 * (uint64_t)total);
  sha256_state s = begin();
  size_t filled = prefix_length, at = 0;
  memcpy(block, prefix, prefix_length);
  while (filled + (length - at) >= 64) {
    memcpy(block + filled, message + at, 64 - filled);
    at += 64 - filled;
    filled = 0;
    compress(&s, block);
  }
  memcpy(block + filled, message + at, length - at);
  filled += length - at;
  const size_t whole = filled < 56 ? 64 : 128;
  memset(block + filled, 0, whole - filled);
  block[filled] = 0x80;
  memcpy(block + whole - 8, &bits, 8);
  for (size_t from = 0; from < whole; from += 64) compress(&s, block + from);
  store(out, &s);
  wipe(block, sizeof block);
}

void sha256_each(uint8_t *out, packed_bytes prefix, packed_messages messages, size_t count) {
  size_t from = 0;
  for (size_t i = 0; i < count; i++) {
    digest(out + 32 * i, prefix.bytes, prefix.length, messages.bytes + from, messages.ends[i] - from);
    from = messages.ends[i];
  }
}
