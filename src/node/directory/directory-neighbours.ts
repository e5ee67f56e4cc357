import type { ConsentIssuer } from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'
import { parseVerifierKey } from '../../log/verify/index.ts'
import {
  type AcceptedRecord,
  currentKeys,
  type DirectoryJudgement,
  type DirectoryStanding,
} from '../../protocol/index.ts'
import type { NodeConfig } from '../config.ts'
import { isRecordPeer, type PeerConfig } from '../peer-config.ts'

/** What of a configuration names keys of organisations. */
export type Neighbours = Pick<NodeConfig, 'org' | 'peers'> & {
  readonly keys: Pick<NodeConfig['keys'], 'dpo_public'>
}

/** Public keys, base64, that other organisations have or had in any use: none of them may come again. */
export function othersKeys(
  organisation: string,
  histories: ReadonlyMap<string, readonly AcceptedRecord[]>,
  { org, keys, peers }: Neighbours,
): ReadonlySet<string> {
  const others = [...histories].filter(([id]) => id !== organisation)
  const recorded = others.flatMap(([, history]) =>
    history.flatMap(({ record }) => [
      record.rootKey,
      ...record.keys.map(({ publicKey }) => publicKey),
      ...record.revoked.map(({ publicKey }) => publicKey),
    ]),
  )
  const explicit = peers.flatMap((peer) =>
    isRecordPeer(peer) || peer.id === organisation ? [] : keysOfExplicit(peer),
  )
  const own = org.id === organisation ? [] : [keys.dpo_public]
  return new Set([...recorded, ...explicit, ...own])
}

function keysOfExplicit(peer: PeerConfig): readonly string[] {
  const { gateway_key, dpo_key, inspector_key, log_vkeys } = peer
  const logs = log_vkeys.map((text) => encodeBase64(parseVerifierKey(text).publicKey))
  return [gateway_key, dpo_key, ...(inspector_key === undefined ? [] : [inspector_key]), ...logs]
}

/**
 * Whether consents by this key of this issuer count now: nobody else has or had it in any use, so that no
 * consumer consents under another name; and where the issuer has a directory record, that lists it for
 * consents and it is in force.
 */
export function isConsentKey(
  { organisation, publicKey }: Pick<ConsentIssuer, 'organisation' | 'publicKey'>,
  known: {
    readonly histories: ReadonlyMap<string, readonly AcceptedRecord[]>
    readonly config: Neighbours
    readonly standing: DirectoryStanding | undefined
  },
): boolean {
  const { histories, config, standing } = known
  if (othersKeys(organisation, histories, config).has(publicKey)) return false
  if (standing === undefined) return true
  return currentKeys(standing, 'consent').some((key) => key.publicKey === publicKey)
}

/** Whose word counts when an organisation has lost its root: the standing records of all others. */
export function recoveryVerifiers(
  standings: readonly DirectoryStanding[],
): DirectoryJudgement['recovery'] {
  const standingOf = (organisation: string): DirectoryStanding | undefined =>
    standings.find(({ record }) => record.organisation === organisation)
  return {
    rootKeyOf: (organisation) => standingOf(organisation)?.record.rootKey,
    inspectorKeysOf: (organisation) => {
      const standing = standingOf(organisation)
      if (standing === undefined) return []
      return currentKeys(standing, 'inspector').map(({ publicKey }) => publicKey)
    },
  }
}
