/* Four points at a time, with AVX2. */
#include "field4.h"

#include "curve-body.h"

const curve curve4 = {multiply, map, first_off_curve, field_numbers};
