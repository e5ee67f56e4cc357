import type { RecordKeys } from '../../log/index.ts'
import { hasExchanges, makeBundle, type PublishedHead } from '../../oversight/index.ts'
import type { ExchangeReader, PersonWriter } from '../../person/index.ts'
import type { Aead, Clock } from '../../ports/index.ts'
import type { BundleCode } from './bundle-problem.ts'

/** What handing out bundles of the own logs needs. */
export interface BundleDeskDeps {
  readonly organisation: string
  /** Origin of the present log. */
  readonly origin: string
  readonly reader: Pick<ExchangeReader, 'logOf' | 'erasureOf'>
  readonly writer: PersonWriter
  readonly publishedHead: PublishedHead
  readonly aead: Aead
  readonly recordKeys: RecordKeys
  readonly clock: Clock
  readonly mayWrite: () => boolean
}

/** Which bundle is wanted, and by whom. */
export interface BundleWish {
  /** `null`: the present log. */
  readonly log: string | null
  readonly first: number
  /** About exchanges with whom records are opened; `null`: all. */
  readonly with: readonly string[] | null
  /** Who gets it, as the entry names them. */
  readonly to: string
}

/** A bundle to be sent, or why there is none. */
export type BundleAnswer =
  | { readonly state: 'ready'; readonly pieces: AsyncIterable<Uint8Array> }
  | { readonly state: 'refused'; readonly code: BundleCode }

/** The kind of the entry that says that records were opened to somebody. */
export const exportedKind = 'reconciliation.exported'

/**
 * Makes bundles of the own logs, under the checkpoint that is published. One that opens a record is an entry
 * before its first byte leaves; one of governance alone opens nothing that is not public.
 */
export async function bundleFor(wish: BundleWish, deps: BundleDeskDeps): Promise<BundleAnswer> {
  const { reader, writer, organisation, publishedHead, aead, recordKeys, clock, mayWrite } = deps
  const origin = wish.log ?? deps.origin
  const published = await publishedHead(origin)
  if (published === undefined || !mayWrite()) return { state: 'refused', code: 'LOG_UNAVAILABLE' }
  const { first } = wish
  const { size, checkpoint } = published
  if (first > size) return { state: 'refused', code: 'BUNDLE_RANGE_REFUSED' }
  const log = reader.logOf(origin)
  const range = { first, with: wish.with }
  if (await hasExchanges({ log, size }, range))
    await writer.commit({
      type: 'governance',
      kind: exportedKind,
      name: wish.to,
      digest: null,
      body: { log: origin, first, last: size - 1, with: wish.with?.join(' ') ?? null },
      agreement: undefined,
    })
  const pieces = makeBundle(
    {
      organisation,
      log,
      checkpoint,
      size,
      aead,
      recordKeys,
      nowMs: clock.now(),
      erasureOf: (index) => reader.erasureOf({ origin, index }),
    },
    range,
  )
  return { state: 'ready', pieces }
}
