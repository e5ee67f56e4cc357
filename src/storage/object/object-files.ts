import { decodeUtf8, equalBytes } from '../../bytes/index.ts'
import type { Files, HttpResponse } from '../../ports/index.ts'
import { readListPage } from './list-answer.ts'
import {
  type ObjectRequest,
  type ObjectRequests,
  objectRequests,
  type ObjectStoreDeps,
  type ObjectStoreSettings,
} from './object-requests.ts'
import { ObjectStoreError } from './object-store-error.ts'

const mostTries = 6

/** An object as it was read. */
interface Found {
  readonly bytes: Uint8Array
  readonly etag: string
}

function headersFor(path: string): Readonly<Record<string, string>> {
  if (path === 'checkpoint') {
    return { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=1' }
  }
  const json = path.startsWith('governance/')
  return {
    'content-type': json ? 'application/json' : 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
  }
}

function refused({ status }: HttpResponse): ObjectStoreError {
  const what = status === 403 || status === 401 ? 'STORE_REFUSED' : 'STORE_ANSWER'
  return new ObjectStoreError(what, `The object store answered with status ${status}.`)
}

function differs(): ObjectStoreError {
  return new ObjectStoreError(
    'FILE_DIFFERS',
    'A published object stands there with other bytes: somebody else writes to this place, or it was changed.',
  )
}

class ObjectFiles implements Files {
  readonly #requests: ObjectRequests
  readonly #prefix: string
  /** What each object that may be replaced was when this writer saw it last; `undefined` for none. */
  readonly #seen = new Map<string, string | undefined>()

  constructor(requests: ObjectRequests, prefix: string) {
    this.#requests = requests
    this.#prefix = prefix === '' ? '' : `${prefix}/`
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const found = await this.#find(path)
    this.#seen.set(path, found?.etag)
    if (found !== undefined && path !== 'checkpoint') this.#seen.delete(path)
    return found?.bytes
  }

  async create(path: string, bytes: Uint8Array): Promise<void> {
    const put = { method: 'PUT', key: this.#key(path), body: bytes } as const
    const headers = { ...headersFor(path), 'if-none-match': '*' }
    await this.#retry(async () => {
      const reply = await this.#requests.send({ ...put, headers })
      if (reply.state === 'answered' && reply.response.status === 200) return true
      if (reply.state === 'answered' && ![409, 412].includes(reply.response.status)) {
        throw refused(reply.response)
      }
      // It stands there already, or nobody knows: what stands there decides.
      const found = await this.#find(path)
      if (found !== undefined && !equalBytes(found.bytes, bytes)) throw differs()
      return found !== undefined
    })
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    if (!this.#seen.has(path)) await this.read(path)
    const before = this.#seen.get(path)
    const condition = before === undefined ? { 'if-none-match': '*' } : { 'if-match': before }
    const put = { method: 'PUT', key: this.#key(path), body: bytes } as const
    await this.#retry(async () => {
      const reply = await this.#requests.send({
        ...put,
        headers: { ...headersFor(path), ...condition },
      })
      if (reply.state === 'answered' && reply.response.status === 200) {
        this.#saw(path, reply.response.headers['etag'])
        return true
      }
      if (reply.state === 'answered' && ![404, 409, 412].includes(reply.response.status)) {
        throw refused(reply.response)
      }
      const found = await this.#find(path)
      if (found !== undefined && equalBytes(found.bytes, bytes)) {
        this.#saw(path, found.etag)
        return true
      }
      // Still the one that was to be replaced: the write had no effect, and may be tried again.
      if (found?.etag === before) return false
      this.#seen.delete(path)
      throw differs()
    })
  }

  async remove(path: string): Promise<void> {
    const request = { method: 'DELETE', key: this.#key(path) } as const
    await this.#answer(request, [200, 204, 404])
    this.#seen.delete(path)
  }

  async list(folder: string): Promise<readonly string[]> {
    const prefix = folder === '' ? this.#prefix : `${this.#key(folder)}/`
    const paths: string[] = []
    let next: string | undefined
    do {
      const query = {
        'list-type': '2',
        prefix,
        ...(next === undefined ? {} : { 'continuation-token': next }),
      }
      const { body } = await this.#answer({ method: 'GET', key: '', query }, [200])
      const page = await readListPage(decodeUtf8(body))
      paths.push(...page.keys.map((key) => key.slice(this.#prefix.length)))
      next = page.next
    } while (next !== undefined)
    return paths.sort()
  }

  #saw(path: string, etag: string | undefined): void {
    if (etag === undefined) this.#seen.delete(path)
    else this.#seen.set(path, etag)
  }

  #key(path: string): string {
    if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/.test(path)) {
      throw new ObjectStoreError(
        'FILE_PATH_REFUSED',
        'A published path must be relative and plain.',
      )
    }
    return `${this.#prefix}${path}`
  }

  async #find(path: string): Promise<Found | undefined> {
    const { status, body, headers } = await this.#answer(
      { method: 'GET', key: this.#key(path) },
      [200, 404],
    )
    if (status === 404) return undefined
    const { etag } = headers
    if (etag === undefined) {
      throw new ObjectStoreError('STORE_ANSWER', 'The object store gives no entity tags.')
    }
    return { bytes: body, etag }
  }

  /** Sends until an answer comes that says something. */
  async #answer(request: ObjectRequest, good: readonly number[]): Promise<HttpResponse> {
    let response: HttpResponse | undefined
    await this.#retry(async () => {
      const reply = await this.#requests.send(request)
      if (reply.state === 'unknown') return false
      response = reply.response
      return true
    })
    if (response === undefined || !good.includes(response.status)) {
      throw response === undefined ? unreachable() : refused(response)
    }
    return response
  }

  async #retry(tryOnce: () => Promise<boolean>): Promise<void> {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      if (await tryOnce()) return
      if (tries < mostTries) await this.#requests.backOff(tries)
    }
    throw unreachable()
  }
}

function unreachable(): ObjectStoreError {
  return new ObjectStoreError(
    'STORE_UNREACHABLE',
    `The object store did not answer in ${mostTries} tries; what came of the last write is not known.`,
  )
}

/**
 * Published files in an S3-compatible object store that honours `If-None-Match` and `If-Match` on
 * writes. A file that never changes is created, not replaced; the checkpoint replaces exactly the one
 * that this writer read last. When no answer to a write comes, what stands there is read, and nothing
 * assumed. For one writer and its place; readers take one of their own.
 *
 * @throws {@link ObjectStoreError} `PACKAGE_MISSING`; its operations reject with the other codes
 */
export async function objectFiles(
  settings: ObjectStoreSettings,
  deps: ObjectStoreDeps,
): Promise<Files> {
  return new ObjectFiles(await objectRequests(settings, deps), settings.prefix)
}
