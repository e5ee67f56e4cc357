import * as z from 'zod'
import { canonicalBytes, decodeUtf8 } from '../../bytes/index.ts'
import { type CaseGrant, type CaseSource, PersonError } from '../../person/index.ts'
import type { HttpClient, HttpResponse } from '../../ports/index.ts'
import { caseRefusalCodes } from './sql-case-source.ts'

const granted = z.object({ token: z.string().min(1).max(4096) })
const refused = z.object({ code: z.string() })

const refusals: Readonly<Record<string, Extract<CaseGrant, { state: 'refused' }>['code']>> =
  caseRefusalCodes

function unavailable(cause?: unknown): PersonError {
  return new PersonError('CASE_SOURCE_UNAVAILABLE', 'The case system gave no usable reply.', {
    cause,
  })
}

function readGrant(response: HttpResponse): CaseGrant {
  let json: unknown
  try {
    json = JSON.parse(decodeUtf8(response.body))
  } catch (cause) {
    throw unavailable(cause)
  }
  const grant = granted.safeParse(json)
  if (response.status === 200 && grant.success) return { state: 'granted', token: grant.data.token }
  const refusal = refused.safeParse(json)
  const known = refusal.success && Object.hasOwn(refusals, refusal.data.code)
  const code = known ? refusals[refusal.data.code] : undefined
  if (code === undefined) throw unavailable()
  return { state: 'refused', code }
}

/** The consumer's case system over HTTP; it signs tokens with a key that no gateway holds. */
export function httpCaseSource(
  settings: { readonly url: string; readonly token: string },
  http: HttpClient,
): CaseSource {
  return {
    async grant({ reference, official, officialPseudonym, provider, subject }) {
      const body = canonicalBytes({
        reference,
        official,
        officialPseudonym,
        provider,
        subject: { ...subject },
      })
      const headers = {
        authorization: `Bearer ${settings.token}`,
        'content-type': 'application/json',
      }
      const url = `${settings.url}/case-tokens`
      const response = await http
        .send({ method: 'POST', url, headers, body, timeoutMs: 5_000, maxResponseBytes: 16_384 })
        .catch((cause: unknown) => {
          throw unavailable(cause)
        })
      return readGrant(response)
    },
  }
}

/** For an organisation without a case system: every question is refused. */
export const noCaseSource: CaseSource = {
  grant: () => Promise.resolve({ state: 'refused', code: 'CASE_REQUIRED' }),
}
