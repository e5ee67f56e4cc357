/* The part of Node-API version 8 that module.c calls: a stable C interface, declared here so that no header need be installed. */
#ifndef CLOISON_NODE_ABI_H
#define CLOISON_NODE_ABI_H

#include <stddef.h>
#include <stdint.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);
enum { NAPI_OK = 0, NAPI_UINT8_ARRAY = 1, NAPI_UINT32_ARRAY = 6 };
#define NAPI_LENGTH_OF_STRING ((size_t)-1)

int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int napi_get_typedarray_info(napi_env, napi_value, int *, size_t *, void **, napi_value *, size_t *);
int napi_throw_range_error(napi_env, const char *code, const char *message);
int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
int napi_set_named_property(napi_env, napi_value, const char *, napi_value);
int napi_create_object(napi_env, napi_value *);
int napi_create_int32(napi_env, int32_t, napi_value *);

#endif
