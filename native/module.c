/* What JavaScript calls. No state, so that every worker thread may load it. Exports what this processor can run, and no more. */
#include <string.h>

#include "curve.h"
#include "node-abi.h"
#include "sha256.h"

#define EXPORTED __attribute__((visibility("default")))

typedef struct {
  uint8_t *bytes;
  size_t length;
} given_bytes;

typedef struct {
  uint32_t *numbers;
  size_t length;
} given_ends;

static napi_value refuse(napi_env env, const char *why) {
  napi_throw_range_error(env, NULL, why);
  return NULL;
}

static int read_bytes(napi_env env, napi_value value, given_bytes *read) {
  int type;
  void *bytes;
  if (napi_get_typedarray_info(env, value, &type, &read->length, &bytes, NULL, NULL) != NAPI_OK) return 0;
  read->bytes = bytes;
  return type == NAPI_UINT8_ARRAY;
}

/* Ends of messages that lie in `bytes`, one after the other, each of at most `longest`. */
static int read_ends(napi_env env, napi_value value, given_ends *read, const given_bytes *bytes, size_t longest) {
  int type;
  void *numbers;
  if (napi_get_typedarray_info(env, value, &type, &read->length, &numbers, NULL, NULL) != NAPI_OK) return 0;
  if (type != NAPI_UINT32_ARRAY) return 0;
  read->numbers = numbers;
  uint32_t before = 0;
  for (size_t i = 0; i < read->length; i++) {
    const uint32_t end = read->numbers[i];
    if (end < before || end - before > longest || end > bytes->length) return 0;
    before = end;
  }
  return 1;
}

/* Exactly `expected` arguments; `data` is what the function was made with. */
static int read_values(napi_env env, napi_callback_info info, napi_value values[4], size_t expected, void *data) {
  size_t count = 4;
  return napi_get_cb_info(env, info, &count, values, NULL, data) == NAPI_OK && count == expected;
}

static int read_packed(napi_env env, napi_callback_info info, given_bytes *read, size_t expected, void *data) {
  napi_value values[4];
  int is_read = read_values(env, info, values, expected, data);
  for (size_t i = 0; is_read && i < expected; i++)
    is_read = read_bytes(env, values[i], &read[i]) && read[i].length % 32 == 0;
  if (!is_read) refuse(env, "points and scalars are packed in arrays of bytes, 32 each");
  return is_read;
}

static int fits(const given_bytes *input, const given_bytes *output) {
  return input->length == 32 || input->length == output->length;
}

static packed_input input_of(const given_bytes *input, const given_bytes *output) {
  return (packed_input){input->bytes, input->length == output->length ? 32 : 0};
}

/* multiply(outputs, scalars, points): as many as there are outputs, or one that stands for all. */
static napi_value multiply(napi_env env, napi_callback_info info) {
  given_bytes given[3];
  const curve *with;
  if (!read_packed(env, info, given, 3, &with)) return NULL;
  if (given[0].length == 0) return NULL;
  if (!fits(&given[1], &given[0]) || !fits(&given[2], &given[0]))
    return refuse(env, "one scalar or one point, or as many as outputs");
  with->multiply(given[0].bytes, input_of(&given[1], &given[0]), input_of(&given[2], &given[0]), given[0].length / 32);
  return NULL;
}

/* map(outputs, numbers) */
static napi_value map(napi_env env, napi_callback_info info) {
  given_bytes given[2];
  const curve *with;
  if (!read_packed(env, info, given, 2, &with)) return NULL;
  if (given[0].length != given[1].length) return refuse(env, "as many numbers as outputs");
  with->map(given[0].bytes, input_of(&given[1], &given[0]), given[0].length / 32);
  return NULL;
}

/* firstOffCurve(points): an index, or -1. Which one is public. */
static napi_value first_off_curve(napi_env env, napi_callback_info info) {
  given_bytes points;
  const curve *with;
  napi_value result;
  if (!read_packed(env, info, &points, 1, &with)) return NULL;
  const size_t count = points.length / 32;
  const size_t first = with->first_off_curve((packed_input){points.bytes, 32}, count);
  return napi_create_int32(env, first == count ? -1 : (int32_t)first, &result) == NAPI_OK ? result : NULL;
}

/* hash(outputs, messages, ends, tag): the field's number of each message stands in `outputs` before its point does. */
static napi_value hash(napi_env env, napi_callback_info info) {
  napi_value values[4];
  given_bytes outputs, messages, tag;
  given_ends ends;
  const curve *with;
  const int is_read = read_values(env, info, values, 4, &with) && read_bytes(env, values[0], &outputs) &&
                      read_bytes(env, values[1], &messages) && read_ends(env, values[2], &ends, &messages, LONGEST_MESSAGE) &&
                      read_bytes(env, values[3], &tag);
  if (!is_read || outputs.length != 32 * ends.length)
    return refuse(env, "messages of at most 1024 bytes end in ascending order, and each has an output");
  if (tag.length == 0 || tag.length > LONGEST_TAG) return refuse(env, "a tag has 1 to 255 bytes");
  if (ends.length == 0) return NULL;
  with->numbers(outputs.bytes, (packed_messages){messages.bytes, ends.numbers}, ends.length,
                (domain_tag){tag.bytes, tag.length});
  with->map(outputs.bytes, (packed_input){outputs.bytes, 32}, ends.length);
  return NULL;
}

/* sha256Each(outputs, prefix, messages, ends) */
static napi_value sha256_of_each(napi_env env, napi_callback_info info) {
  napi_value values[4];
  given_bytes outputs, prefix, messages;
  given_ends ends;
  const int is_read = read_values(env, info, values, 4, NULL) && read_bytes(env, values[0], &outputs) &&
                      read_bytes(env, values[1], &prefix) && read_bytes(env, values[2], &messages) &&
                      read_ends(env, values[3], &ends, &messages, messages.length);
  if (!is_read || outputs.length != 32 * ends.length || prefix.length > LONGEST_PREFIX)
    return refuse(env, "messages end in ascending order, each has an output, and at most 64 bytes are before it");
  sha256_each(outputs.bytes, (packed_bytes){prefix.bytes, prefix.length}, (packed_messages){messages.bytes, ends.numbers},
              ends.length);
  return NULL;
}

static void add_function(napi_env env, napi_value to, const char *name, napi_callback callback, const void *data) {
  napi_value function;
  if (napi_create_function(env, name, NAPI_LENGTH_OF_STRING, callback, (void *)data, &function) == NAPI_OK)
    napi_set_named_property(env, to, name, function);
}

static void add_curve(napi_env env, napi_value exports, const char *name, const curve *with) {
  napi_value object;
  if (napi_create_object(env, &object) != NAPI_OK) return;
  add_function(env, object, "multiply", multiply, with);
  add_function(env, object, "map", map, with);
  add_function(env, object, "hash", hash, with);
  add_function(env, object, "firstOffCurve", first_off_curve, with);
  napi_set_named_property(env, exports, name, object);
}

/* Whether the processor has SHA-NI: leaf 7 of CPUID, which the compiler's own test does not know by this name. */
static int has_sha(void) {
  unsigned a = 7, b, c = 0, d;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  return (b >> 29) & 1;
}

EXPORTED int32_t node_api_module_get_api_version_v1(void) { return 8; }

EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma")) add_curve(env, exports, "avx512", &curve8);
  if (__builtin_cpu_supports("avx2")) add_curve(env, exports, "avx2", &curve4);
  if (__builtin_cpu_supports("ssse3") && has_sha()) add_function(env, exports, "sha256Each", sha256_of_each, NULL);
  return exports;
}
