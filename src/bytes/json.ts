/** A JSON value as it is parsed: what may be signed, hashed and sent. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object as it is parsed. */
export interface JsonObject {
  readonly [name: string]: Json
}

/** Whether a JSON value is an object, and no array. */
export function isJsonObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
