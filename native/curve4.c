#include "curve4.h"

#include "field4.h"

enum { A = 486662, A24 = 121666 };

/* What a ladder knows of its scalars: wiped before it returns. */
typedef struct {
  uint8_t scalar[4][32];
  field4 x2, z2, x3, z3;
  lanes swap;
} ladder;

static void wipe(void *secret, size_t length) {
  memset(secret, 0, length);
  __asm__ volatile("" : : "r"(secret) : "memory");
}

static lanes scalar_bits(const uint8_t scalar[4][32], int at) {
  uint64_t bit[4];
  for (int lane = 0; lane < 4; lane++) bit[lane] = (scalar[lane][at >> 3] >> (at & 7)) & 1;
  return _mm256_sub_epi64(_mm256_setzero_si256(), _mm256_loadu_si256((const lanes *)bit));
}

/* One step of RFC 7748, 5: a doubling and an addition whose difference is x1. */
static void ladder_step(ladder *s, const field4 *x1) {
  field4 a = field4_add(&s->x2, &s->z2), b = field4_subtract(&s->x2, &s->z2);
  field4 c = field4_add(&s->x3, &s->z3), d = field4_subtract(&s->x3, &s->z3);
  field4 da = field4_multiply(&d, &a), cb = field4_multiply(&c, &b);
  field4 aa = field4_square(&a), bb = field4_square(&b);
  field4 sum = field4_add(&da, &cb), difference = field4_subtract(&da, &cb);
  s->x3 = field4_square(&sum);
  field4 squared = field4_square(&difference);
  s->z3 = field4_multiply(&squared, x1);
  s->x2 = field4_multiply(&aa, &bb);
  field4 e = field4_subtract(&aa, &bb), scaled = field4_multiply_small(&e, A24);
  field4 f = field4_add(&bb, &scaled);
  s->z2 = field4_multiply(&e, &f);
}

void curve4_multiply(uint8_t out[4][32], const uint8_t scalar[4][32], const uint8_t point[4][32]) {
  ladder s;
  uint8_t cleared[4][32];
  memcpy(cleared, point, sizeof cleared);
  memcpy(s.scalar, scalar, sizeof s.scalar);
  for (int lane = 0; lane < 4; lane++) {
    cleared[lane][31] &= 127;
    s.scalar[lane][0] &= 248;
    s.scalar[lane][31] = (s.scalar[lane][31] & 127) | 64;
  }
  const field4 x1 = field4_load((const uint8_t(*)[32])cleared);
  s.x2 = field4_small(1);
  s.z2 = field4_small(0);
  s.x3 = x1;
  s.z3 = field4_small(1);
  s.swap = _mm256_setzero_si256();
  for (int at = 254; at >= 0; at--) {
    lanes bit = scalar_bits((const uint8_t(*)[32])s.scalar, at);
    s.swap = _mm256_xor_si256(s.swap, bit);
    field4_swap(&s.x2, &s.x3, s.swap);
    field4_swap(&s.z2, &s.z3, s.swap);
    s.swap = bit;
    ladder_step(&s, &x1);
  }
  /* The last bit of a clamped scalar is 0: nothing is left to be swapped. */
  field4 inverse = field4_invert(&s.z2), u = field4_multiply(&s.x2, &inverse);
  field4_store(out, &u);
  wipe(&s, sizeof s);
  wipe(&inverse, sizeof inverse);
}

/* All ones in each lane whose element is no square. */
static lanes is_no_square(const field4 *f) {
  uint8_t power[4][32];
  uint64_t mask[4];
  field4 euler = field4_euler(f);
  field4_store(power, &euler);
  /* Of 0, 1 and p - 1 only the last has a second byte that is not 0. */
  for (int lane = 0; lane < 4; lane++) mask[lane] = 0 - (uint64_t)(power[lane][1] & 1);
  return _mm256_loadu_si256((const lanes *)mask);
}

int curve4_off_curve(const uint8_t point[4][32]) {
  const field4 u = field4_load(point), a = field4_small(A), one = field4_small(1);
  field4 sum = field4_add(&u, &a), product = field4_multiply(&sum, &u);
  sum = field4_add(&product, &one);
  product = field4_multiply(&sum, &u);
  return _mm256_movemask_pd(_mm256_castsi256_pd(is_no_square(&product)));
}

/* (x : z) doubled, by RFC 7748's formulas for x alone. */
static void double_point(field4 *x, field4 *z) {
  field4 sum = field4_add(x, z), difference = field4_subtract(x, z);
  field4 aa = field4_square(&sum), bb = field4_square(&difference);
  field4 e = field4_subtract(&aa, &bb), scaled = field4_multiply_small(&e, A24);
  field4 f = field4_add(&bb, &scaled);
  *x = field4_multiply(&aa, &bb);
  *z = field4_multiply(&e, &f);
}

/*
 * With d = 1 + 2r^2, never 0, the candidates are -A/d and -A - (-A/d) = A(1 - d)/d. The first is on the curve when
 * -A (A^2 - A^2 d + d^2) / d^3 is a square, so when -A d (A^2 (1 - d) + d^2) is: no inversion before the last one.
 * 1 - d = -2r^2, and -1 is a square here.
 */
void curve4_map(uint8_t out[4][32], const uint8_t number[4][32]) {
  const field4 r = field4_load(number), one = field4_small(1), zero = field4_small(0);
  field4 rr = field4_square(&r), minus = field4_multiply_small(&rr, 2); /* d - 1 */
  field4 sum = field4_add(&minus, &one), d = field4_multiply_small(&sum, 1);
  field4 dd = field4_square(&d), first = field4_multiply_small(&minus, A);
  field4 t = field4_multiply_small(&first, A);
  t = field4_subtract(&dd, &t);
  t = field4_multiply(&t, &d);
  t = field4_multiply_small(&t, A);
  lanes second = is_no_square(&t);
  /* Both candidates times -1 over -d: A/(-d) and A(d - 1)/(-d). */
  const field4 a = field4_small(A);
  field4 x = field4_choose(&a, &first, second), z = field4_subtract(&zero, &d);
  z = field4_multiply_small(&z, 1);
  for (int times = 0; times < 3; times++) double_point(&x, &z);
  field4 inverse = field4_invert(&z), u = field4_multiply(&x, &inverse);
  field4_store(out, &u);
  wipe(&x, sizeof x);
  wipe(&z, sizeof z);
  wipe(&u, sizeof u);
}
