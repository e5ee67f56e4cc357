import type { JoinProof } from '../../population/index.ts'

/** A table that the signatures of its certificate, or the log of who asked, speak against. Nothing of it is shown. */
export class RefutedRelease extends Error {
  override readonly name = 'RefutedRelease'
  /** What is not borne out. */
  readonly codes: JoinProof['codes']

  constructor({ codes, signers }: JoinProof) {
    const invalid = signers.filter(({ state }) => state === 'invalid')
    const who = invalid.map(({ organisation, keyId }) => `${organisation} (${keyId})`).join(', ')
    const whose = who === '' ? '' : ` Not signed by ${who}.`
    super(`${codes.join(', ')}: the table is not to be relied on, and is not shown.${whose}`)
    this.codes = codes
  }
}
