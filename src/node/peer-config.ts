import * as z from 'zod'
import { idField, pathField, urlField } from './config-fields.ts'

/** A peer as the configuration describes it. Keys are public, base64 of 32 bytes. */
export interface PeerConfig {
  readonly id: string
  readonly url: string
  readonly gateway_key: string
  /** Verifier keys of its logs, oldest first: one for each log and key that still counts. */
  readonly log_vkeys: readonly string[]
  readonly dpo_key: string
  /** Of its inspector, where it has one who countersigns agreements of others. */
  readonly inspector_key?: string | undefined
  /** Pseudonyms of its officials that are enrolled here. */
  readonly officials: readonly string[]
  /** Names of witnesses it runs that are not named after the host of its log's origin. */
  readonly witnesses?: readonly string[] | undefined
  /** SHA-256 of the SubjectPublicKeyInfo of its certificates, base64; needed for an https address. */
  readonly tls_pins?: readonly string[] | undefined
}

/**
 * A peer whose directory record says where it is and which keys it has. `root_key` is what its first
 * record must be signed by, base64 of 32 bytes; later ones follow from what was accepted.
 */
export interface RecordPeerConfig {
  readonly id: string
  readonly root_key: string
  /** The record to begin with; newer ones come from the peer itself. */
  readonly record_file: string
  readonly officials: readonly string[]
  readonly witnesses?: readonly string[] | undefined
}

/** A peer in either form. */
export type AnyPeerConfig = PeerConfig | RecordPeerConfig

/** Whether a peer is described by its directory record. */
export function isRecordPeer(peer: AnyPeerConfig): peer is RecordPeerConfig {
  return 'record_file' in peer
}

const also = {
  officials: z.array(z.string()).default([]),
  witnesses: z.array(z.string()).optional(),
}

/** Accepts an {@link AnyPeerConfig}: one that names a record file lists no keys. */
export const peerConfigSchema: z.ZodType<AnyPeerConfig> = z.union([
  z.strictObject({ id: idField, root_key: z.string(), record_file: pathField, ...also }),
  z.strictObject({
    id: idField,
    url: urlField,
    gateway_key: z.string(),
    log_vkeys: z.array(z.string()).min(1),
    dpo_key: z.string(),
    inspector_key: z.string().optional(),
    tls_pins: z.array(z.string()).optional(),
    ...also,
  }),
])
