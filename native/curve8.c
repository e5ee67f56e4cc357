/* Eight points at a time, with AVX-512 and its products of 52 bits. */
#include "field8.h"

#include "curve-body.h"

const curve curve8 = {multiply, map, first_off_curve, field_numbers};
