import type { ExchangeReader, PeerHead } from './exchange-store.ts'

/** What was seen last of a peer's logs, which come oldest first: of the newest that was seen at all. */
export async function newestPeerHead(
  reader: Pick<ExchangeReader, 'peerHead'>,
  origins: readonly string[],
): Promise<PeerHead | undefined> {
  for (const origin of origins.toReversed()) {
    const head = await reader.peerHead(origin)
    if (head !== undefined) return head
  }
  return undefined
}
