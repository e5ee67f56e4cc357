/* What JavaScript calls. No state, so that every worker thread may load it. Without AVX2 it exports nothing. */
#include <string.h>

#include "curve4.h"
#include "node-abi.h"

#define EXPORTED __attribute__((visibility("default")))

typedef struct {
  uint8_t *bytes;
  size_t count;
} packed;

static int read_packed(napi_env env, napi_value value, packed *read) {
  int type;
  size_t length;
  void *data;
  if (napi_get_typedarray_info(env, value, &type, &length, &data, NULL, NULL) != NAPI_OK) return 0;
  if (type != NAPI_UINT8_ARRAY || length % 32 != 0) return 0;
  read->bytes = data;
  read->count = length / 32;
  return 1;
}

static int read_arguments(napi_env env, napi_callback_info info, packed *read, size_t expected) {
  napi_value values[3];
  size_t count = 3;
  int is_read = napi_get_cb_info(env, info, &count, values, NULL, NULL) == NAPI_OK && count == expected;
  for (size_t i = 0; is_read && i < expected; i++) is_read = read_packed(env, values[i], &read[i]);
  if (!is_read) napi_throw_range_error(env, NULL, "points and scalars are packed in arrays of bytes, 32 each");
  return is_read;
}

/* Four of `from` beginning at `at`; past its end, its last again, which is also how one stands for all. */
static void gather(uint8_t four[4][32], const packed *from, size_t at) {
  for (size_t lane = 0; lane < 4; lane++) {
    size_t index = at + lane < from->count ? at + lane : from->count - 1;
    memcpy(four[lane], from->bytes + 32 * index, 32);
  }
}

static void scatter(packed *to, size_t at, uint8_t four[4][32]) {
  size_t count = to->count - at < 4 ? to->count - at : 4;
  memcpy(to->bytes + 32 * at, four, 32 * count);
}

static int fits(const packed *input, const packed *output) { return input->count == 1 || input->count == output->count; }

static void wipe(void *secret, size_t length) {
  memset(secret, 0, length);
  __asm__ volatile("" : : "r"(secret) : "memory");
}

/* multiply(outputs, scalars, points): as many as there are outputs, or one that stands for all. */
static napi_value multiply(napi_env env, napi_callback_info info) {
  packed given[3];
  uint8_t scalar[4][32], point[4][32], out[4][32];
  if (!read_arguments(env, info, given, 3)) return NULL;
  if (given[0].count > 0 && !(fits(&given[1], &given[0]) && fits(&given[2], &given[0]))) {
    napi_throw_range_error(env, NULL, "one scalar or one point, or as many as outputs");
    return NULL;
  }
  for (size_t at = 0; at < given[0].count; at += 4) {
    gather(scalar, &given[1], at);
    gather(point, &given[2], at);
    curve4_multiply(out, (const uint8_t(*)[32])scalar, (const uint8_t(*)[32])point);
    scatter(&given[0], at, out);
  }
  wipe(scalar, sizeof scalar);
  return NULL;
}

/* map(outputs, numbers) */
static napi_value map(napi_env env, napi_callback_info info) {
  packed given[2];
  uint8_t number[4][32], out[4][32];
  if (!read_arguments(env, info, given, 2)) return NULL;
  if (given[0].count != given[1].count) {
    napi_throw_range_error(env, NULL, "as many numbers as outputs");
    return NULL;
  }
  for (size_t at = 0; at < given[0].count; at += 4) {
    gather(number, &given[1], at);
    curve4_map(out, (const uint8_t(*)[32])number);
    scatter(&given[0], at, out);
  }
  wipe(number, sizeof number);
  wipe(out, sizeof out);
  return NULL;
}

/* firstOffCurve(points): an index, or -1. Which one is public. */
static napi_value first_off_curve(napi_env env, napi_callback_info info) {
  packed points;
  uint8_t four[4][32];
  napi_value result;
  int32_t first = -1;
  if (!read_arguments(env, info, &points, 1)) return NULL;
  for (size_t at = 0; at < points.count && first < 0; at += 4) {
    gather(four, &points, at);
    int off = curve4_off_curve((const uint8_t(*)[32])four);
    if (off != 0) first = (int32_t)at + __builtin_ctz((unsigned)off);
  }
  return napi_create_int32(env, first, &result) == NAPI_OK ? result : NULL;
}

static void add_function(napi_env env, napi_value exports, const char *name, napi_callback callback) {
  napi_value function;
  if (napi_create_function(env, name, NAPI_LENGTH_OF_STRING, callback, NULL, &function) == NAPI_OK)
    napi_set_named_property(env, exports, name, function);
}

EXPORTED int32_t node_api_module_get_api_version_v1(void) { return 8; }

EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  if (!__builtin_cpu_supports("avx2")) return exports;
  add_function(env, exports, "multiply", multiply);
  add_function(env, exports, "map", map);
  add_function(env, exports, "firstOffCurve", first_off_curve);
  return exports;
}
