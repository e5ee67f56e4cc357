/*
 * Eight elements of the field of 2^255 - 19, one in each 64-bit lane of AVX-512, by its products of 52 bits (IFMA).
 *
 * An element is five unsigned limbs of 51 bits: sum of limb[i] * 2^(51 i). "Carried" means limbs below 2^51 + 2^16: what
 * every function here gives and takes, so sums may be added and multiplied without end. A product takes the lowest 52 bits of
 * a limb, which is all of a carried one.
 *
 * No branch and no index depends on a value.
 */
#ifndef CLOISON_FIELD8_H
#define CLOISON_FIELD8_H

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

enum { LANES = 8 };
typedef __m512i lanes;
typedef struct {
  lanes limb[5];
} field;

#define LIMB_MASK ((1ull << 51) - 1)

static inline lanes all_lanes(uint64_t value) { return _mm512_set1_epi64((long long)value); }

static inline field field_small(uint32_t value) {
  field r;
  r.limb[0] = all_lanes(value);
  for (int i = 1; i < 5; i++) r.limb[i] = _mm512_setzero_si512();
  return r;
}

/* Limbs below 2^62 become carried ones, all at once: a carry has 11 bits at most, and 19 of them 2^15.3. */
static inline field field_carried(const lanes h[5]) {
  const lanes mask = all_lanes(LIMB_MASK);
  lanes carry[5];
  field r;
  for (int i = 0; i < 5; i++) {
    carry[i] = _mm512_srli_epi64(h[i], 51);
    r.limb[i] = _mm512_and_si512(h[i], mask);
  }
  for (int i = 1; i < 5; i++) r.limb[i] = _mm512_add_epi64(r.limb[i], carry[i - 1]);
  r.limb[0] = _mm512_madd52lo_epu64(r.limb[0], carry[4], all_lanes(19));
  return r;
}

static inline field field_add(const field *f, const field *g) {
  lanes h[5];
  for (int i = 0; i < 5; i++) h[i] = _mm512_add_epi64(f->limb[i], g->limb[i]);
  return field_carried(h);
}

/* f + 2p - g: the limbs of 2p, 2^52 - 2 but for the first, are above those of a carried g. */
static inline field field_subtract(const field *f, const field *g) {
  lanes h[5];
  for (int i = 0; i < 5; i++) {
    const uint64_t twice_p = i == 0 ? (1ull << 52) - 38 : (1ull << 52) - 2;
    h[i] = _mm512_sub_epi64(_mm512_add_epi64(f->limb[i], all_lanes(twice_p)), g->limb[i]);
  }
  return field_carried(h);
}

/*
 * sum of low[k] * 2^(51 k) + high[k] * 2^(51 k + 52), for k = 0 ... 8, folded by 2^255 = 19. Each of low and high is at most
 * five numbers below 2^52, so what belongs to one place is below 15 * 2^52, and 20 times that below 2^61.
 */
static inline field field_folded(const lanes low[9], const lanes high[9]) {
  lanes place[10], h[5];
  place[0] = low[0];
  for (int k = 1; k < 9; k++)
    place[k] = _mm512_add_epi64(low[k], _mm512_add_epi64(high[k - 1], high[k - 1]));
  place[9] = _mm512_add_epi64(high[8], high[8]);
  for (int k = 0; k < 5; k++) {
    const lanes above = place[k + 5];
    const lanes thrice = _mm512_add_epi64(above, _mm512_slli_epi64(above, 1));
    h[k] = _mm512_add_epi64(_mm512_add_epi64(place[k], _mm512_slli_epi64(above, 4)), thrice);
  }
  return field_carried(h);
}

static inline __attribute__((always_inline)) field field_multiply(const field *f, const field *g) {
  lanes low[9], high[9];
#pragma GCC unroll 9
  for (int k = 0; k < 9; k++) low[k] = high[k] = _mm512_setzero_si512();
#pragma GCC unroll 5
  for (int i = 0; i < 5; i++) {
#pragma GCC unroll 5
    for (int j = 0; j < 5; j++) {
      low[i + j] = _mm512_madd52lo_epu64(low[i + j], f->limb[i], g->limb[j]);
      high[i + j] = _mm512_madd52hi_epu64(high[i + j], f->limb[i], g->limb[j]);
    }
  }
  return field_folded(low, high);
}

/* The same sums with each pair of equal terms taken once and doubled. */
static inline __attribute__((always_inline)) field field_square(const field *f) {
  lanes low[9], high[9];
#pragma GCC unroll 9
  for (int k = 0; k < 9; k++) low[k] = high[k] = _mm512_setzero_si512();
#pragma GCC unroll 5
  for (int i = 0; i < 5; i++) {
#pragma GCC unroll 5
    for (int j = i + 1; j < 5; j++) {
      low[i + j] = _mm512_madd52lo_epu64(low[i + j], f->limb[i], f->limb[j]);
      high[i + j] = _mm512_madd52hi_epu64(high[i + j], f->limb[i], f->limb[j]);
    }
  }
#pragma GCC unroll 9
  for (int k = 1; k < 8; k++) {
    low[k] = _mm512_add_epi64(low[k], low[k]);
    high[k] = _mm512_add_epi64(high[k], high[k]);
  }
#pragma GCC unroll 5
  for (int i = 0; i < 5; i++) {
    low[2 * i] = _mm512_madd52lo_epu64(low[2 * i], f->limb[i], f->limb[i]);
    high[2 * i] = _mm512_madd52hi_epu64(high[2 * i], f->limb[i], f->limb[i]);
  }
  return field_folded(low, high);
}

/* `factor` below 2^20: the high half of a product is below 2^20, and 38 times that below 2^26. */
static inline field field_multiply_small(const field *f, uint32_t factor) {
  const lanes by = all_lanes(factor), zero = _mm512_setzero_si512();
  lanes h[5];
  for (int i = 0; i < 5; i++) h[i] = _mm512_madd52lo_epu64(zero, f->limb[i], by);
  for (int i = 0; i < 5; i++) {
    lanes high = _mm512_madd52hi_epu64(zero, f->limb[i], by);
    if (i == 4) h[0] = _mm512_madd52lo_epu64(h[0], high, all_lanes(38));
    else h[i + 1] = _mm512_add_epi64(h[i + 1], _mm512_add_epi64(high, high));
  }
  return field_carried(h);
}

/* Lane masks: a bit for each lane. */
typedef __mmask8 mask;

static inline mask mask_of_bits(lanes bits) { return _mm512_test_epi64_mask(bits, bits); }
static inline mask mask_xor(mask f, mask g) { return (mask)(f ^ g); }
static inline unsigned mask_number(mask f) { return f; }

static inline lanes load_lanes(const uint64_t words[8]) { return _mm512_loadu_si512(words); }
/* Bit `at` of each lane, as 0 or 1. */
static inline lanes bit_of_lanes(lanes words, int at) {
  return _mm512_and_si512(_mm512_srl_epi64(words, _mm_cvtsi32_si128(at)), all_lanes(1));
}

/* Where `chosen` has a lane, g; elsewhere f. */
static inline field field_choose(const field *f, const field *g, mask chosen) {
  field r;
  for (int i = 0; i < 5; i++) r.limb[i] = _mm512_mask_blend_epi64(chosen, f->limb[i], g->limb[i]);
  return r;
}

static inline void field_swap(field *f, field *g, mask chosen) {
  for (int i = 0; i < 5; i++) {
    lanes one = f->limb[i], other = g->limb[i];
    f->limb[i] = _mm512_mask_blend_epi64(chosen, one, other);
    g->limb[i] = _mm512_mask_blend_epi64(chosen, other, one);
  }
}

/* All 256 bits of each input count: a 32-byte number below 2^256, reduced or not. */
static inline field field_load(const uint8_t bytes[8][32]) {
  uint64_t limbs[5][8];
  lanes h[5];
  for (int lane = 0; lane < 8; lane++) {
    uint64_t word[4];
    memcpy(word, bytes[lane], 32);
    limbs[0][lane] = word[0] & LIMB_MASK;
    limbs[1][lane] = (word[0] >> 51 | word[1] << 13) & LIMB_MASK;
    limbs[2][lane] = (word[1] >> 38 | word[2] << 26) & LIMB_MASK;
    limbs[3][lane] = (word[2] >> 25 | word[3] << 39) & LIMB_MASK;
    limbs[4][lane] = word[3] >> 12;
  }
  for (int i = 0; i < 5; i++) h[i] = load_lanes(limbs[i]);
  return field_carried(h);
}

/* The one reduced number of each lane of a carried element. */
static inline void field_store(uint8_t bytes[8][32], const field *f) {
  uint64_t limbs[5][8];
  for (int i = 0; i < 5; i++) _mm512_storeu_si512(limbs[i], f->limb[i]);
  for (int lane = 0; lane < 8; lane++) {
    uint64_t h[5], quotient = 0;
    for (int i = 0; i < 5; i++) h[i] = limbs[i][lane];
    /* Two rounds for limbs that are too large; then whether h >= p, out of h + 19. */
    for (int round = 0; round < 3; round++) {
      uint64_t carry = round == 2 ? 19 * quotient : 0;
      for (int i = 0; i < 5; i++) {
        h[i] += carry;
        carry = h[i] >> 51;
        h[i] &= LIMB_MASK;
      }
      if (round < 2) h[0] += 19 * carry;
      if (round == 1) {
        quotient = 19;
        for (int i = 0; i < 5; i++) quotient = (h[i] + quotient) >> 51;
      }
    }
    const uint64_t word[4] = {h[0] | h[1] << 51, h[1] >> 13 | h[2] << 38, h[2] >> 26 | h[3] << 25, h[3] >> 39 | h[4] << 12};
    memcpy(bytes[lane], word, 32);
  }
}

#undef LIMB_MASK

#endif
