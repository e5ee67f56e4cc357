import * as z from 'zod'
import { decodeUtf8 } from '../../bytes/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import type { PublicDesk } from '../../web/index.ts'
import { DemoError } from '../demo-error.ts'
import { budgetsSchema, publicAgreementsSchema, publicCountsSchema } from './office-answers.ts'

const limits = { timeoutMs: 20_000, maxResponseBytes: 16_777_216 }
const jsonSchema = z.json()

/** Reads what a gateway, whose public address is `base`, tells everybody. */
export function demoPublic(base: string, http: HttpClient): PublicDesk {
  async function get(path: string): Promise<unknown> {
    const url = `${base}${path}`
    const { status, body } = await http.send({ method: 'GET', url, headers: {}, ...limits })
    if (status === 200) return jsonSchema.parse(JSON.parse(decodeUtf8(body)))
    throw new DemoError('REQUEST_FAILED', `a gateway answered ${status} at ${path}`)
  }
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
