import * as z from 'zod'

import { nearestKey } from './nearest-key.ts'

/** An object schema without any other keys; an unknown key is an error that names the nearest known one. */
export function closedObject<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, known) : undefined,
  })
}

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  return keys
    .map(
      (key) =>
        `there is no ${JSON.stringify(key.slice(0, 40))} here; the nearest is ${nearestKey(key, known)}`,
    )
    .join('; ')
}
