import type { Ed25519 } from '../crypto/index.ts'
import { formatVerifierKey, type NoteSigner, SIGNATURE_TYPES } from '../log/index.ts'
import { parseVerifierKey, type VerifierKey } from '../log/verify/index.ts'
import type { NodeConfig } from './config.ts'
import { readKeyFile } from './key-file.ts'

/** The files of the keys that sign this organisation's log: one, or two while the key is changed. */
export function logKeyFiles({ keys }: NodeConfig): readonly string[] {
  return keys.log_next_file === undefined ? [keys.log_file] : [keys.log_file, keys.log_next_file]
}

/** Keys that sign in the name of `origin`, from their files. @throws {@link NodeError} `KEY_FILE_INVALID` */
export async function readLogSigners(
  files: readonly string[],
  origin: string,
): Promise<readonly NoteSigner[]> {
  const seeds = await Promise.all(files.map((file) => readKeyFile(file)))
  return seeds.map((seed) => ({ name: origin, type: SIGNATURE_TYPES.ed25519, seed }))
}

/** The public half of a log's key, as its readers know it: a C2SP verifier key. */
export function verifierKeyText({ name, type, seed }: NoteSigner, ed25519: Ed25519): string {
  return formatVerifierKey(name, type, ed25519.publicKey(seed))
}

/** The public half of a log's key. */
export function verifierKeyOf(signer: NoteSigner, ed25519: Ed25519): VerifierKey {
  return parseVerifierKey(verifierKeyText(signer, ed25519))
}
