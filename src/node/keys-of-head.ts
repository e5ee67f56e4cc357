import { encodeHex } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { type NoteSigner, noteKeyId, signerOf, type StoredHead } from '../log/index.ts'
import { verifierKeyText } from './log-keys.ts'

/** How the keys of the configuration stand to those that have signed the newest head. */
export interface KeysOfHead {
  /** Configured, and have signed the head: they go on signing. */
  readonly active: readonly NoteSigner[]
  /** Configured, and new: they sign from the entry about them on. C2SP verifier keys. */
  readonly added: readonly string[]
  /** Have signed the head and are configured no more: `<name>+<key id, hex>`. */
  readonly dropped: readonly string[]
}

function nameOf({ name, type, seed }: NoteSigner, ed25519: Ed25519): string {
  return `${name}+${encodeHex(noteKeyId(name, type, ed25519.publicKey(seed)))}`
}

/**
 * Compares the configured keys with the signature lines of the head, which this log has signed and the
 * start has verified. Law: the active ones and the added ones are the configured ones.
 */
export function keysOfHead(
  { checkpoint }: Pick<StoredHead, 'checkpoint'>,
  signers: readonly NoteSigner[],
  ed25519: Ed25519,
): KeysOfHead {
  const lines = checkpoint.slice(checkpoint.lastIndexOf('\n\n') + 2).match(/.+\n/g) ?? []
  const signed = lines.map((line) => signerOf(line))
  const isActive = (signer: NoteSigner): boolean => signed.includes(nameOf(signer, ed25519))
  const configured = signers.map((signer) => nameOf(signer, ed25519))
  return {
    active: signers.filter(isActive),
    added: signers
      .filter((signer) => !isActive(signer))
      .map((signer) => verifierKeyText(signer, ed25519)),
    dropped: signed.filter((name) => !configured.includes(name)),
  }
}
