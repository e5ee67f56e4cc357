/*
 * Four elements of the field of 2^255 - 19, one in each 64-bit lane of AVX2.
 *
 * An element is ten unsigned limbs of 26 and 25 bits in turn: sum of limb[i] * 2^ceil(25.5 i).
 * "Carried" means even limbs below 2^26 + 2^16 and odd limbs below 2^25 + 2^16: what load, multiply, square and
 * multiply_small give. Sums and differences of two carried elements stay below 1.5 * 2^27 (even) and 1.5 * 2^26 (odd)
 * and may be multiplied, but neither added nor subtracted again.
 *
 * No branch and no index depends on a value.
 */
#ifndef CLOISON_FIELD4_H
#define CLOISON_FIELD4_H

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 4 };
typedef __m256i lanes;
typedef struct {
  lanes limb[10];
} field;

static const int limb_offset[10] = {0, 26, 51, 77, 102, 128, 153, 179, 204, 230};

static inline lanes all_lanes(uint64_t value) { return _mm256_set1_epi64x((long long)value); }

static inline field field_small(uint32_t value) {
  field r;
  r.limb[0] = all_lanes(value);
  for (int i = 1; i < 10; i++) r.limb[i] = _mm256_setzero_si256();
  return r;
}

static inline field field_add(const field *f, const field *g) {
  field r;
  for (int i = 0; i < 10; i++) r.limb[i] = _mm256_add_epi64(f->limb[i], g->limb[i]);
  return r;
}

/* f + 2p - g: the limbs of 2p, 2^27 - 2 and 2^26 - 2 in turn, are above those of a carried g. */
static inline field field_subtract(const field *f, const field *g) {
  field r;
  for (int i = 0; i < 10; i++) {
    uint64_t twice_p = i == 0 ? 0x7ffffda : i % 2 == 0 ? 0x7fffffe : 0x3fffffe;
    r.limb[i] = _mm256_sub_epi64(_mm256_add_epi64(f->limb[i], all_lanes(twice_p)), g->limb[i]);
  }
  return r;
}

static inline void carry_limb(lanes *h, int i) {
  const int bits = i % 2 == 0 ? 26 : 25;
  lanes carry = _mm256_srli_epi64(h[i], bits);
  h[i] = _mm256_and_si256(h[i], all_lanes((1ull << bits) - 1));
  if (i == 9) /* 2^255 = 19, as 16 + 2 + 1: the carry may have more than the 32 bits that a product takes */
    carry = _mm256_add_epi64(_mm256_add_epi64(carry, _mm256_slli_epi64(carry, 1)), _mm256_slli_epi64(carry, 4));
  const int to = i == 9 ? 0 : i + 1;
  h[to] = _mm256_add_epi64(h[to], carry);
}

/* Limbs below 2^63 become carried ones: two chains side by side, each one limb longer than half the circle. */
static inline void field_carry(lanes *h) {
  for (int i = 0; i < 5; i++) {
    carry_limb(h, i);
    carry_limb(h, i + 5);
  }
  carry_limb(h, 5);
  carry_limb(h, 0);
}

/*
 * Limbs of g below 1.5 * 2^27, times 19, fit in 32 bits. A limb of the product is at most four terms of
 * 19 * (1.5 * 2^27)^2, five of 2 * 19 * (1.5 * 2^26)^2 and one without the 19: below 2^62.2.
 */
static __attribute__((noinline)) field field_multiply(const field *f, const field *g) {
  field r;
  lanes folded[10];
  const lanes nineteen = all_lanes(19);
#pragma GCC unroll 10
  for (int i = 0; i < 10; i++) {
    folded[i] = _mm256_mul_epu32(g->limb[i], nineteen);
    r.limb[i] = _mm256_setzero_si256();
  }
  /* Limb by limb of f, so that the ten sums stay in registers. */
#pragma GCC unroll 10
  for (int i = 0; i < 10; i++) {
    const lanes once = f->limb[i], twice = _mm256_add_epi64(once, once);
#pragma GCC unroll 10
    for (int j = 0; j < 10; j++) {
      const lanes left = i % 2 == 1 && j % 2 == 1 ? twice : once;
      const lanes right = i + j >= 10 ? folded[j] : g->limb[j];
      lanes *sum = &r.limb[(i + j) % 10];
      *sum = _mm256_add_epi64(*sum, _mm256_mul_epu32(left, right));
    }
  }
  field_carry(r.limb);
  return r;
}

/* The same sums with each pair of equal terms taken once; a doubled limb stays below 1.5 * 2^28. */
static __attribute__((noinline)) field field_square(const field *f) {
  field r;
  lanes folded[10];
  const lanes nineteen = all_lanes(19);
#pragma GCC unroll 10
  for (int i = 0; i < 10; i++) {
    folded[i] = _mm256_mul_epu32(f->limb[i], nineteen);
    r.limb[i] = _mm256_setzero_si256();
  }
#pragma GCC unroll 10
  for (int i = 0; i < 10; i++) {
    const lanes once = f->limb[i], twice = _mm256_add_epi64(once, once);
    const lanes fourfold = _mm256_add_epi64(twice, twice);
#pragma GCC unroll 10
    for (int j = i; j < 10; j++) {
      const int is_odd = i % 2 == 1 && j % 2 == 1;
      const lanes pair = is_odd ? fourfold : twice, own = is_odd ? twice : once;
      const lanes right = i + j >= 10 ? folded[j] : f->limb[j];
      lanes *sum = &r.limb[(i + j) % 10];
      *sum = _mm256_add_epi64(*sum, _mm256_mul_epu32(i == j ? own : pair, right));
    }
  }
  field_carry(r.limb);
  return r;
}

/* `factor` below 2^20. */
static inline field field_multiply_small(const field *f, uint32_t factor) {
  field r;
  for (int i = 0; i < 10; i++) r.limb[i] = _mm256_mul_epu32(f->limb[i], all_lanes(factor));
  field_carry(r.limb);
  return r;
}

/* Where a lane of `mask` is all ones, g; where it is 0, f. */
static inline field field_choose(const field *f, const field *g, lanes mask) {
  field r;
  for (int i = 0; i < 10; i++) r.limb[i] = _mm256_blendv_epi8(f->limb[i], g->limb[i], mask);
  return r;
}

static inline void field_swap(field *f, field *g, lanes mask) {
  for (int i = 0; i < 10; i++) {
    lanes both = _mm256_and_si256(mask, _mm256_xor_si256(f->limb[i], g->limb[i]));
    f->limb[i] = _mm256_xor_si256(f->limb[i], both);
    g->limb[i] = _mm256_xor_si256(g->limb[i], both);
  }
}

/* All 256 bits of each input count: a 32-byte number below 2^256, reduced or not. */
static inline field field_load(const uint8_t bytes[4][32]) {
  uint64_t limbs[10][4];
  for (int lane = 0; lane < 4; lane++) {
    uint64_t word[5] = {0};
    memcpy(word, bytes[lane], 32);
    for (int i = 0; i < 10; i++) {
      const int at = limb_offset[i] / 64, shift = limb_offset[i] % 64;
      uint64_t part = word[at] >> shift;
      if (shift > 38) part |= word[at + 1] << (64 - shift);
      limbs[i][lane] = part & (i == 9 || i % 2 == 0 ? 0x3ffffff : 0x1ffffff);
    }
  }
  field r;
  for (int i = 0; i < 10; i++) r.limb[i] = _mm256_loadu_si256((const lanes *)limbs[i]);
  carry_limb(r.limb, 9);
  return r;
}

/* The one reduced number of each lane of a carried element. */
static inline void field_store(uint8_t bytes[4][32], const field *f) {
  uint64_t limbs[10][4];
  for (int i = 0; i < 10; i++) _mm256_storeu_si256((lanes *)limbs[i], f->limb[i]);
  for (int lane = 0; lane < 4; lane++) {
    uint64_t h[10];
    for (int i = 0; i < 10; i++) h[i] = limbs[i][lane];
    uint64_t quotient = 19; /* first round: any limb that is too large; then whether h >= p, out of h + 19 */
    for (int round = 0; round < 3; round++) {
      uint64_t carry = round == 2 ? quotient : 0;
      for (int i = 0; i < 10; i++) {
        const int bits = i % 2 == 0 ? 26 : 25;
        h[i] += carry;
        carry = h[i] >> bits;
        h[i] &= (1ull << bits) - 1;
      }
      if (round < 2) h[0] += 19 * carry;
      if (round == 1) {
        quotient = 19;
        for (int i = 0; i < 10; i++) quotient = (h[i] + quotient) >> (i % 2 == 0 ? 26 : 25);
        quotient *= 19;
      }
    }
    uint64_t word[5] = {0};
    for (int i = 0; i < 10; i++) {
      const int at = limb_offset[i] / 64, shift = limb_offset[i] % 64;
      word[at] |= h[i] << shift;
      if (shift > 38) word[at + 1] |= h[i] >> (64 - shift);
    }
    memcpy(bytes[lane], word, 32);
  }
}

/* Lane masks: all ones or 0 in each lane. */
typedef lanes mask;

static inline mask mask_of_bits(lanes bits) { return _mm256_sub_epi64(_mm256_setzero_si256(), bits); }
static inline mask mask_xor(mask f, mask g) { return _mm256_xor_si256(f, g); }
static inline unsigned mask_number(mask f) { return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(f)); }

static inline lanes load_lanes(const uint64_t words[4]) { return _mm256_loadu_si256((const lanes *)words); }
/* Bit `at` of each lane, as 0 or 1. */
static inline lanes bit_of_lanes(lanes words, int at) {
  return _mm256_and_si256(_mm256_srl_epi64(words, _mm_cvtsi32_si128(at)), all_lanes(1));
}

#endif
