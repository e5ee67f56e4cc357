import assert from 'node:assert/strict'
import { test } from 'node:test'

import { encodeBase64 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'
import { sampleBeginMs, samplePersonAgreement, sampleSeeds } from '../../testing/index.ts'
import { agreementDigest } from '../agreement-signature.ts'
import type { AgreementFact } from '../agreement-standing.ts'
import { dayMs } from '../calendar.ts'
import {
  actBytes,
  actDigest,
  ActError,
  type AgreementAct,
  type AgreementActName,
  isActSigned,
  parseAct,
  signAct,
} from './agreement-act.ts'
import { type ActGround, actKinds, judgeAct } from './judge-act.ts'
import { liftsOf } from './lifts.ts'

const agreement = samplePersonAgreement()
const digest = encodeBase64(agreementDigest(agreement))
const nowMs = sampleBeginMs + 30 * dayMs

type Signer = 'tax' | 'housing' | 'inspector' | 'clinic'

function act(
  name: AgreementActName,
  by: Signer,
  changes: Partial<AgreementAct> = {},
): AgreementAct {
  const { id, version } = agreement
  return signAct(
    {
      v: 1,
      act: name,
      agreement: { id, version, digest },
      reason: 'Audit 12 asks for it.',
      lifts: [],
      atMs: nowMs,
      ...changes,
    },
    {
      organisation: parseOrganisationId(by),
      role: changes.role ?? (by === 'inspector' ? 'inspector' : 'dpo'),
      seed: sampleSeeds[by],
    },
    nobleEd25519,
  )
}

function factOf(one: AgreementAct): AgreementFact {
  return { kind: actKinds[one.act], atMs: one.atMs, by: one.organisation }
}

const published: AgreementFact = { kind: 'agreement.published', atMs: sampleBeginMs, by: 'tax' }

function ground(accepted: readonly AgreementAct[] = [], isPublished = true): ActGround {
  return {
    agreement,
    digest,
    accepted,
    history: [...(isPublished ? [published] : []), ...accepted.map(factOf)],
    keysOf: ({ organisation, role }) => {
      const id = organisation.valueOf()
      const isInspector = id === 'inspector'
      if (isInspector !== (role === 'inspector')) return []
      return ['tax', 'housing', 'inspector'].includes(id)
        ? [nobleEd25519.publicKey(sampleSeeds[id as Signer])]
        : []
    },
    nowMs,
    ed25519: nobleEd25519,
  }
}

function codeOf(one: AgreementAct, on: ActGround): string {
  const verdict = judgeAct(one, on)
  return verdict.state === 'refused' ? verdict.code : verdict.state
}

test('an act comes back from its bytes, and no changed byte is taken for it', () => {
  const signed = act('suspend', 'tax')
  const bytes = actBytes(signed)
  assert.deepEqual(parseAct(bytes), signed)
  const key = [nobleEd25519.publicKey(sampleSeeds.tax)]
  assert.ok(isActSigned(signed, key, nobleEd25519))
  let read = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Uint8Array.from(bytes, (byte, place) => (place === at ? byte ^ 1 : byte))
    try {
      const other = parseAct(changed)
      read += 1
      assert.ok(!isActSigned(other, key, nobleEd25519), `byte ${at}`)
    } catch (cause) {
      assert.ok(cause instanceof ActError, `byte ${at}`)
    }
  }
  assert.ok(read > 50, 'most changes parse, and the signature finds them')
})

test('only the officers of the two parties act; an inspector suspends, and resumes what an inspector stopped', () => {
  assert.equal(codeOf(act('suspend', 'tax'), ground()), 'acceptable')
  assert.equal(codeOf(act('suspend', 'housing'), ground()), 'acceptable')
  assert.equal(codeOf(act('suspend', 'inspector'), ground()), 'acceptable')
  for (const name of ['terminate', 'reject', 'review'] as const)
    assert.equal(codeOf(act(name, 'inspector'), ground()), 'ACT_NOT_ALLOWED')
  assert.equal(codeOf(act('suspend', 'clinic'), ground()), 'ACT_NOT_ALLOWED')
  const own = act('suspend', 'inspector')
  const lifts = [actDigest(own)]
  assert.equal(codeOf(act('resume', 'inspector', { lifts }), ground([own])), 'acceptable')
  const parties = act('suspend', 'tax')
  const foreign = { lifts: [actDigest(parties)] }
  assert.equal(codeOf(act('resume', 'inspector', foreign), ground([parties])), 'ACT_NOT_ALLOWED')
})

test('a signature by another key, a role not held or a day ahead is refused', () => {
  const forged = { ...act('terminate', 'housing'), organisation: parseOrganisationId('tax') }
  assert.equal(codeOf(forged, ground()), 'ACT_SIGNATURE_INVALID')
  assert.equal(codeOf(act('suspend', 'tax', { atMs: nowMs + dayMs }), ground()), 'ACT_AHEAD')
  const other = { id: agreement.id, version: 2, digest }
  assert.equal(codeOf(act('suspend', 'tax', { agreement: other }), ground()), 'ACT_OF_ANOTHER')
})

test('a resumption names exactly the suspensions that stand, so that an old one lifts no new one', () => {
  const one = act('suspend', 'housing')
  const resumeOf = (by: Signer, suspensions: readonly AgreementAct[]): AgreementAct =>
    act('resume', by, { lifts: suspensions.map(actDigest).toSorted() })
  const byTax = resumeOf('tax', [one])
  const byHousing = resumeOf('housing', [one])
  assert.equal(codeOf(byTax, ground([one])), 'acceptable')
  const again = act('suspend', 'housing', { atMs: nowMs + 1 })
  const history = [one, byTax, byHousing, again]
  assert.equal(codeOf(byTax, ground(history)), 'known', 'played again, it changes nothing')
  const late = resumeOf('tax', [one])
  const resigned = { ...late, atMs: nowMs + 2 }
  assert.notEqual(codeOf(resigned, ground(history)), 'acceptable')
  const stale = act('resume', 'tax', { lifts: [actDigest(one)], atMs: nowMs + 2 })
  assert.equal(codeOf(stale, ground(history)), 'ACT_OUTDATED')
  assert.equal(codeOf(resumeOf('tax', [again]), ground(history)), 'acceptable')
  const both = [one, act('suspend', 'tax', { atMs: nowMs + 3 })]
  assert.equal(codeOf(resumeOf('tax', [one]), ground(both)), 'ACT_OUTDATED')
  assert.equal(codeOf(resumeOf('tax', both), ground(both)), 'acceptable')
})

test('each act has its place in the life of an agreement', () => {
  assert.equal(codeOf(act('reject', 'tax'), ground([], false)), 'acceptable')
  assert.equal(codeOf(act('reject', 'tax'), ground()), 'ACT_OUT_OF_PLACE')
  assert.equal(codeOf(act('suspend', 'tax'), ground([], false)), 'ACT_OUT_OF_PLACE')
  const ended = act('terminate', 'housing')
  assert.equal(codeOf(act('suspend', 'tax'), ground([ended])), 'ACT_OUT_OF_PLACE')
  assert.equal(codeOf(ended, ground([ended])), 'known')
  assert.equal(codeOf(act('review', 'tax'), ground()), 'ACT_OUT_OF_PLACE', 'nothing is due')
})

/** As the product judges, and as if each suspension had to be listed. */
function resumesAfter(count: number, namesOf: typeof liftsOf): string {
  const suspensions = Array.from({ length: count }, (_, number) =>
    act('suspend', 'tax', { reason: `Audit ${number}` }),
  )
  const lifts = namesOf(suspensions)
  let resumption: AgreementAct
  try {
    resumption = parseAct(actBytes(act('resume', 'tax', { lifts })))
  } catch (cause) {
    assert.ok(cause instanceof ActError)
    return cause.code
  }
  return codeOf(resumption, ground(suspensions))
}

test('however often an agreement is suspended, it can be resumed; listing alone would make it impossible', () => {
  const listed = (standing: readonly AgreementAct[]): readonly string[] =>
    standing.map(actDigest).toSorted()
  for (const count of [1, 16, 17, 200]) assert.equal(resumesAfter(count, liftsOf), 'acceptable')
  assert.equal(resumesAfter(16, listed), 'acceptable')
  assert.equal(resumesAfter(17, listed), 'ACT_MALFORMED')
  const one = (standing: readonly AgreementAct[]): readonly string[] => liftsOf(standing.slice(1))
  assert.equal(resumesAfter(18, one), 'ACT_OUTDATED', 'the digest is of exactly those that stand')
})
