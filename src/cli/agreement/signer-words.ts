import type { Agreement } from '../../agreement/index.ts'
import { type CheckedSigner, checkSigners, loadConfig } from '../../node/index.ts'
import { UsageError } from '../read-subject.ts'

const words: Readonly<Record<CheckedSigner['signature'], string>> = {
  good: 'verified',
  wrong: 'WRONG: the document was changed, or the key is revoked',
  unknown: 'not verified: no peer here',
}

/** What is known of the signatures under a document, for whoever reads it; nothing without a configuration. */
export async function signatureWords(
  agreement: Agreement,
  config: string | undefined,
): Promise<string> {
  if (agreement.signatures.length === 0) return 'none yet'
  if (config === undefined) return 'not verified; name the own gateway with -c, and they are'
  const signers = await checkSigners(await loadConfig(config), agreement)
  return signers
    .map(({ organisation, signature }) => `${organisation}: ${words[signature]}`)
    .join('; ')
}

/**
 * Refuses a document with a signature of somebody known that is not theirs.
 *
 * @throws {@link UsageError}
 */
export async function requireSigners(
  file: string,
  agreement: Agreement,
  config: string | undefined,
): Promise<void> {
  if (config === undefined) return
  const signers = await checkSigners(await loadConfig(config), agreement)
  const wrong = signers.find(({ signature }) => signature === 'wrong')
  if (wrong === undefined) return
  throw new UsageError(
    `the signature of ${wrong.organisation} under ${file} is not good: the document was changed after it, or the key is revoked. Get the document from ${wrong.organisation} again; "cloison agreement show ID --output FILE" writes what your gateway was handed.`,
  )
}
