import {
  type AcceptedRecord,
  currentKeys,
  type DirectoryJudgement,
  type DirectoryStanding,
} from '../../protocol/index.ts'
import type { NodeConfig } from '../config.ts'
import { isRecordPeer } from '../peer-config.ts'

/** Public keys, base64, that other organisations have or had in any use: none of them may come again. */
export function othersKeys(
  organisation: string,
  histories: ReadonlyMap<string, readonly AcceptedRecord[]>,
  { org, keys, peers }: NodeConfig,
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
    isRecordPeer(peer) || peer.id === organisation ? [] : [peer.gateway_key, peer.dpo_key],
  )
  const own = org.id === organisation ? [] : [keys.dpo_public]
  return new Set([...recorded, ...explicit, ...own])
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
