/* Powers in the field of 2^255 - 19, by the multiplication of field4.h or field8.h, whichever was included before. */
#ifndef CLOISON_FIELD_H
#define CLOISON_FIELD_H

static inline field field_square_times(field f, int times) {
  for (int i = 0; i < times; i++) f = field_square(&f);
  return f;
}

/* f^(2^250 - 1), and f^11 on the side: what the powers below share. */
static inline field field_power_250(const field *f, field *f11) {
  field f2 = field_square(f), t = field_square_times(f2, 2);
  field f9 = field_multiply(&t, f);
  *f11 = field_multiply(&f9, &f2);
  t = field_square(f11);
  field p5 = field_multiply(&t, &f9);
  t = field_square_times(p5, 5);
  field p10 = field_multiply(&t, &p5);
  t = field_square_times(p10, 10);
  field p20 = field_multiply(&t, &p10);
  t = field_square_times(p20, 20);
  t = field_multiply(&t, &p20);
  t = field_square_times(t, 10);
  field p50 = field_multiply(&t, &p10);
  t = field_square_times(p50, 50);
  field p100 = field_multiply(&t, &p50);
  t = field_square_times(p100, 100);
  t = field_multiply(&t, &p100);
  t = field_square_times(t, 50);
  return field_multiply(&t, &p50);
}

/* f^(p - 2) = f^(2^255 - 21): the inverse, and 0 for 0. */
static inline field field_invert(const field *f) {
  field f11, t = field_power_250(f, &f11);
  t = field_square_times(t, 5);
  return field_multiply(&t, &f11);
}

/* f^((p - 1) / 2) = f^(2^254 - 10): 1 for squares, 0 for 0, and p - 1 for all others. */
static inline field field_euler(const field *f) {
  field f11, t = field_power_250(f, &f11);
  t = field_square_times(t, 4);
  field f2 = field_square(f), f4 = field_square(&f2), f6 = field_multiply(&f4, &f2);
  return field_multiply(&t, &f6);
}

#endif
