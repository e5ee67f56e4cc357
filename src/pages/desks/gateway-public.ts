import * as z from 'zod'
import { decodeUtf8 } from '../../bytes/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { PublicDesk } from '../../web/index.ts'
import { PagesError } from '../pages-error.ts'
import {
  budgetsSchema,
  postalSchema,
  publicAgreementsSchema,
  publicCountsSchema,
} from './office-answers.ts'

const limits = { timeoutMs: 20_000, maxResponseBytes: 16_777_216 }
const jsonSchema = z.json()

type Get = (path: string) => Promise<unknown>

/** Answers `undefined` where the gateway has nothing at the path. */
function reading(base: string, http: HttpClient): Get {
  return async (path) => {
    const url = `${base}${path}`
    const { status, body } = await http.send({ method: 'GET', url, headers: {}, ...limits })
    if (status === 200) return jsonSchema.parse(JSON.parse(decodeUtf8(body)))
    if (status === 404) return undefined
    throw new PagesError('REQUEST_FAILED', `a gateway answered ${status} at ${path}`)
  }
}

/** Where a person writes to the organisation of a gateway, by its directory record; no line where it has published none. */
export async function postalAddress(base: string, http: HttpClient): Promise<readonly string[]> {
  const record = await reading(base, http)('/v1/directory')
  return record === undefined ? [] : postalSchema.parse(record).postalAddress
}

/** Reads what a gateway, whose public address is `base`, tells everybody. */
export function gatewayPublic(base: string, http: HttpClient): PublicDesk {
  const get = reading(base, http)
  return {
    async record() {
      const [agreements, budgets, counts] = await Promise.all([
        get('/v1/agreements'),
        get('/v1/budgets'),
        get('/v1/public-counts'),
      ])
      return {
        ...publicAgreementsSchema.parse(agreements),
        ...budgetsSchema.parse(budgets),
        counts: publicCountsSchema.parse(counts),
      }
    },
  }
}
