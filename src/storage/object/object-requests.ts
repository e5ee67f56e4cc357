import type { AwsV4Signer } from 'aws4fetch'
import { encodeHex } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { Clock, HttpClient, HttpRequest, HttpResponse, Timers } from '../../ports/index.ts'
import { ObjectStoreError } from './object-store-error.ts'

/** Where an object store is, and what may be done there. */
export interface ObjectStoreSettings {
  /** `https://s3.eu-central-1.example`, without the bucket. */
  readonly endpoint: string
  readonly bucket: string
  /** What all keys begin with, without a slash at either end; `''` for none. */
  readonly prefix: string
  readonly region: string
  readonly credentials: {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly sessionToken?: string | undefined
  }
}

/** What talking to an object store needs. */
export interface ObjectStoreDeps {
  readonly http: HttpClient
  readonly clock: Clock
  readonly timers: Timers
  /** Milliseconds for one try; 20 s unless given. */
  readonly timeoutMs?: number
}

/** One request to the bucket. */
export interface ObjectRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  /** `''` for the bucket itself. */
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** An answer, or that none came: then it is not known whether the request had its effect. */
export type ObjectReply =
  | { readonly state: 'answered'; readonly response: HttpResponse }
  | { readonly state: 'unknown'; readonly cause: unknown }

/** Signed requests to one bucket (AWS Signature Version 4, path style). */
export interface ObjectRequests {
  /** One try. 5xx and 429 are `unknown` as well: the store may have done its part. */
  send(request: ObjectRequest): Promise<ObjectReply>
  /** Waits before the try of this number, from 1 on: 100 ms, doubled each time, 5 s at most. */
  backOff(tries: number): Promise<void>
}

const defaultTimeoutMs = 20_000
const maxResponseBytes = 17_825_792

/** `20260701T120000Z`. */
function signingTime(nowMs: number, iso: (ms: number) => string): string {
  return iso(nowMs).replaceAll(/[:-]|\.\d{3}/g, '')
}

async function loadSigner(): Promise<typeof AwsV4Signer> {
  try {
    return (await import('aws4fetch')).AwsV4Signer
  } catch (cause) {
    throw new ObjectStoreError(
      'PACKAGE_MISSING',
      'An object store needs the packages "aws4fetch" and "@rgrove/parse-xml": npm install aws4fetch @rgrove/parse-xml',
      { cause },
    )
  }
}

function requestUrl(
  { endpoint, bucket }: ObjectStoreSettings,
  { key, query = {} }: ObjectRequest,
): string {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/${bucket}${key === '' ? '' : `/${key}`}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** A store that is overloaded or in trouble: the same request may succeed a moment later. */
function isPassing({ status }: HttpResponse): boolean {
  return status >= 500 || status === 429
}

/**
 * Requests to a bucket, each with the digest of its body under the signature.
 *
 * @throws {@link ObjectStoreError} `PACKAGE_MISSING`
 */
export async function objectRequests(
  settings: ObjectStoreSettings,
  { http, clock, timers, timeoutMs = defaultTimeoutMs }: ObjectStoreDeps,
): Promise<ObjectRequests> {
  const Signer = await loadSigner()
  const { region, credentials } = settings
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const cache = new Map<string, ArrayBuffer>()

  async function signed(request: ObjectRequest): Promise<HttpRequest> {
    const { method, headers = {}, body } = request
    const url = requestUrl(settings, request)
    const digest = encodeHex(sha256(body ?? new Uint8Array(0)))
    const signer = new Signer({
      method,
      url,
      headers: { ...headers, 'x-amz-content-sha256': digest },
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      service: 's3',
      region,
      cache,
      datetime: signingTime(clock.now(), isoTime),
    })
    const result = await signer.sign()
    return {
      method,
      url: result.url.href,
      headers: Object.fromEntries(result.headers),
      ...(body === undefined ? {} : { body }),
      timeoutMs,
      maxResponseBytes,
    }
  }

  return {
    async send(request) {
      const ready = await signed(request)
      try {
        const response = await http.send(ready)
        if (isPassing(response)) return { state: 'unknown', cause: response.status }
        return { state: 'answered', response }
      } catch (cause) {
        return { state: 'unknown', cause }
      }
    },
    backOff: (tries) => timers.sleep(Math.min(5_000, 100 * 2 ** (tries - 1))),
  }
}

// oxlint-disable-next-line no-restricted-globals -- formats a time that came in, and reads none
const isoTime = (ms: number): string => new Date(ms).toISOString()
