import type { JoinProof, PlanSigner, SignerState } from '../../../population/index.ts'

const stateWords: Readonly<Record<SignerState, string>> = {
  holds: 'signed',
  invalid: 'NOT SIGNED by this key',
  unknown: 'cannot be told: no such key is known of it at the time',
  revoked: 'signed by a key that was revoked: whoever had it may have signed',
}

function signerText({ organisation, keyId, state }: PlanSigner): string {
  return `  ${organisation}: ${keyId}, ${stateWords[state]}`
}

const tableWords: Readonly<Record<JoinProof['table']['state'], string>> = {
  sent: 'It is the one that both holders were sent, by the log of who asked.',
  changed: 'It is NOT the one that both holders were sent.',
  untold: 'No log was looked at for it: the entries "join.message M6" of both holders name it.',
}

/** Who has agreed to the plan of a table, and what that proves and what not. */
export function proofText({ signers, table }: JoinProof): string {
  return [
    'Agreed to, before there was a table:',
    ...signers.map((signer) => signerText(signer)),
    `Nobody signs numbers. As message M6 this table has the digest ${table.digest}. ${tableWords[table.state]}`,
  ].join('\n')
}

/** What a reader is told on the side: the codes of what is not borne out, in one line; `''` for nothing. */
export function proofWarning({ codes }: JoinProof): string {
  return codes.length === 0 ? '' : `The certificate is not borne out: ${codes.join(', ')}.\n`
}
