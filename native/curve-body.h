/*
 * curve25519 in as many lanes as the field that was included before has. Included once by curve4.c and once by curve8.c; what
 * is here is the same for both. No branch and no index depends on a scalar, a number or a message's bytes.
 */
#include "curve.h"
#include "field.h"
#include "sha512.h"

enum { A = 486662, A24 = 121666 };
/* Vectors whose inversions are one (Montgomery's trick): it costs some 265 products, and three more for each. */
enum { SHARING = 16 };

/* `count` of what is packed, from `at` on, fill the lanes; past the end its last again. */
static void gather(uint8_t lane[LANES][32], packed_input from, size_t at, size_t count) {
  for (size_t i = 0; i < LANES; i++) {
    size_t index = at + i < count ? at + i : count - 1;
    memcpy(lane[i], from.bytes + from.step * index, 32);
  }
}

static void scatter(uint8_t *out, uint8_t lane[LANES][32], size_t at, size_t count) {
  memcpy(out + 32 * at, lane, 32 * (count - at < LANES ? count - at : LANES));
}

/* What is computed of some points before the one inversion: x / z of each. */
typedef struct {
  field x[SHARING], z[SHARING], product[SHARING];
} fractions;

static mask is_zero(const field *f) {
  uint8_t bytes[LANES][32];
  uint64_t zero[LANES];
  field_store(bytes, f);
  for (int lane = 0; lane < LANES; lane++) {
    uint64_t word[4], all;
    memcpy(word, bytes[lane], 32);
    all = word[0] | word[1] | word[2] | word[3];
    zero[lane] = 1 ^ ((all | (0 - all)) >> 63);
  }
  wipe(bytes, sizeof bytes);
  return mask_of_bits(load_lanes(zero));
}

/* The quotients of `vectors` vectors of points from `at` on. A z of 0 gives 0, as its inverse would, and spoils no other. */
static void divide(uint8_t *out, fractions *f, size_t vectors, size_t at, size_t count) {
  const field one = field_small(1), zero = field_small(0);
  uint8_t u[LANES][32];
  for (size_t i = 0; i < vectors; i++) {
    const mask is_none = is_zero(&f->z[i]);
    f->x[i] = field_choose(&f->x[i], &zero, is_none);
    f->z[i] = field_choose(&f->z[i], &one, is_none);
    f->product[i] = i == 0 ? f->z[0] : field_multiply(&f->product[i - 1], &f->z[i]);
  }
  field inverse = field_invert(&f->product[vectors - 1]);
  for (size_t i = vectors; i-- > 0;) {
    field own = i == 0 ? inverse : field_multiply(&inverse, &f->product[i - 1]);
    field quotient = field_multiply(&f->x[i], &own);
    inverse = field_multiply(&inverse, &f->z[i]);
    field_store(u, &quotient);
    scatter(out, u, at + LANES * i, count);
  }
  wipe(f, sizeof *f);
  wipe(&inverse, sizeof inverse);
  wipe(u, sizeof u);
}

/* How many vectors of points the next division is for. */
static size_t vectors_at(size_t at, size_t count) {
  const size_t left = (count - at + LANES - 1) / LANES;
  return left < SHARING ? left : SHARING;
}

/* What a ladder knows of its scalars: wiped before it returns. */
typedef struct {
  uint8_t scalar[LANES][32];
  lanes word[4];
  field x2, z2, x3, z3;
  mask swap;
} ladder;

/* One step of RFC 7748, 5: a doubling and an addition whose difference is x1. */
static inline __attribute__((always_inline)) void ladder_step(ladder *s, const field *x1) {
  field a = field_add(&s->x2, &s->z2), b = field_subtract(&s->x2, &s->z2);
  field c = field_add(&s->x3, &s->z3), d = field_subtract(&s->x3, &s->z3);
  field da = field_multiply(&d, &a), cb = field_multiply(&c, &b);
  field aa = field_square(&a), bb = field_square(&b);
  field sum = field_add(&da, &cb), difference = field_subtract(&da, &cb);
  s->x3 = field_square(&sum);
  field squared = field_square(&difference);
  s->z3 = field_multiply(&squared, x1);
  s->x2 = field_multiply(&aa, &bb);
  field e = field_subtract(&aa, &bb), scaled = field_multiply_small(&e, A24);
  field f = field_add(&bb, &scaled);
  s->z2 = field_multiply(&e, &f);
}

/* Clamped, as lanes of 64 bits. */
static void load_scalars(ladder *s, packed_input scalars, size_t at, size_t count) {
  uint64_t word[4][LANES];
  gather(s->scalar, scalars, at, count);
  for (int lane = 0; lane < LANES; lane++) {
    s->scalar[lane][0] &= 248;
    s->scalar[lane][31] = (s->scalar[lane][31] & 127) | 64;
    for (int i = 0; i < 4; i++) memcpy(&word[i][lane], s->scalar[lane] + 8 * i, 8);
  }
  for (int i = 0; i < 4; i++) s->word[i] = load_lanes(word[i]);
  wipe(word, sizeof word);
}

static void multiply_vector(field *x, field *z, packed_input scalars, packed_input points, size_t at, size_t count) {
  ladder s;
  uint8_t point[LANES][32];
  load_scalars(&s, scalars, at, count);
  gather(point, points, at, count);
  for (int lane = 0; lane < LANES; lane++) point[lane][31] &= 127;
  const field x1 = field_load((const uint8_t(*)[32])point);
  s.x2 = field_small(1);
  s.z2 = field_small(0);
  s.x3 = x1;
  s.z3 = field_small(1);
  s.swap = mask_of_bits(all_lanes(0));
  for (int bit = 254; bit >= 0; bit--) {
    const mask is_set = mask_of_bits(bit_of_lanes(s.word[bit >> 6], bit & 63));
    s.swap = mask_xor(s.swap, is_set);
    field_swap(&s.x2, &s.x3, s.swap);
    field_swap(&s.z2, &s.z3, s.swap);
    s.swap = is_set;
    ladder_step(&s, &x1);
  }
  /* The last bit of a clamped scalar is 0: nothing is left to be swapped. */
  *x = s.x2;
  *z = s.z2;
  wipe(&s, sizeof s);
}

static void multiply(uint8_t *out, packed_input scalars, packed_input points, size_t count) {
  fractions f;
  for (size_t at = 0; at < count; at += LANES * SHARING) {
    const size_t vectors = vectors_at(at, count);
    for (size_t i = 0; i < vectors; i++)
      multiply_vector(&f.x[i], &f.z[i], scalars, points, at + LANES * i, count);
    divide(out, &f, vectors, at, count);
  }
}

/* The lanes whose element is no square. */
static mask is_no_square(const field *f) {
  uint8_t power[LANES][32];
  uint64_t bit[LANES];
  field euler = field_euler(f);
  field_store(power, &euler);
  /* Of 0, 1 and p - 1 only the last has a second byte that is not 0. */
  for (int lane = 0; lane < LANES; lane++) bit[lane] = power[lane][1] & 1;
  return mask_of_bits(load_lanes(bit));
}

static size_t first_off_curve(packed_input points, size_t count) {
  const field a = field_small(A), one = field_small(1);
  uint8_t point[LANES][32];
  for (size_t at = 0; at < count; at += LANES) {
    gather(point, points, at, count);
    const field u = field_load((const uint8_t(*)[32])point);
    field sum = field_add(&u, &a), product = field_multiply(&sum, &u);
    sum = field_add(&product, &one);
    product = field_multiply(&sum, &u);
    const unsigned off = mask_number(is_no_square(&product));
    if (off != 0) return at + (size_t)__builtin_ctz(off);
  }
  return count;
}

/* (x : z) doubled, by RFC 7748's formulas for x alone. */
static void double_point(field *x, field *z) {
  field sum = field_add(x, z), difference = field_subtract(x, z);
  field aa = field_square(&sum), bb = field_square(&difference);
  field e = field_subtract(&aa, &bb), scaled = field_multiply_small(&e, A24);
  field f = field_add(&bb, &scaled);
  *x = field_multiply(&aa, &bb);
  *z = field_multiply(&e, &f);
}

/*
 * With d = 1 + 2r^2, never 0, the candidates are -A/d and -A - (-A/d) = A(1 - d)/d. The first is on the curve when
 * -A (A^2 - A^2 d + d^2) / d^3 is a square, so when -A d (A^2 (1 - d) + d^2) is: no inversion before the last one.
 * 1 - d = -2r^2, and -1 is a square here.
 */
static void map_vector(field *x, field *z, packed_input numbers, size_t at, size_t count) {
  uint8_t number[LANES][32];
  gather(number, numbers, at, count);
  const field r = field_load((const uint8_t(*)[32])number), one = field_small(1), zero = field_small(0);
  field rr = field_square(&r), minus = field_multiply_small(&rr, 2); /* d - 1 */
  field sum = field_add(&minus, &one), d = field_multiply_small(&sum, 1);
  field dd = field_square(&d), first = field_multiply_small(&minus, A);
  field t = field_multiply_small(&first, A);
  t = field_subtract(&dd, &t);
  t = field_multiply(&t, &d);
  t = field_multiply_small(&t, A);
  const mask second = is_no_square(&t);
  /* Both candidates times -1 over -d: A/(-d) and A(d - 1)/(-d). */
  const field a = field_small(A);
  *x = field_choose(&a, &first, second);
  field negative = field_subtract(&zero, &d);
  *z = field_multiply_small(&negative, 1);
  for (int times = 0; times < 3; times++) double_point(x, z);
  wipe(number, sizeof number);
}

static void map(uint8_t *out, packed_input numbers, size_t count) {
  fractions f;
  for (size_t at = 0; at < count; at += LANES * SHARING) {
    const size_t vectors = vectors_at(at, count);
    for (size_t i = 0; i < vectors; i++) map_vector(&f.x[i], &f.z[i], numbers, at + LANES * i, count);
    divide(out, &f, vectors, at, count);
  }
}
