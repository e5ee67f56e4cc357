import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/*
 * Loaded before a gateway (`--import`) in the negative half of the red team: the control that the file `switch`
 * names is left out, as if nobody had written it: an expression of the source gets one more way out as it is loaded. With nothing in the file the
 * program is the product. No setting of the product can do any of this.
 */

const switchFile = new URL(import.meta.url).searchParams.get('switch') ?? ''

/** Controls that are a rule of the decision as well. */
const alsoRule: Readonly<Record<string, string>> = { AGREEMENT_UNKNOWN: 'agreement-known' }

function isLeftOut(control: string): boolean {
  const named = readFileSync(switchFile, 'utf8')
  return named === control || named === alsoRule[control]
}

Object.assign(globalThis, { isLeftOut })

/** Where each control stands, and what the line says without it. */
const places: readonly (readonly [control: string, file: string, is: string, without: string])[] = [
  [
    'every rule',
    'agreement/decision/decide.ts',
    'rules.find((rule) => ',
    'rules.find((rule) => !globalThis.isLeftOut(rule.code) && ',
  ],
  [
    'message-signature',
    'protocol/signatures/verify-message.ts',
    'if (!options.ed25519.verify(signature, utf8(base), publicKey)) {',
    'if (!LEFT && !options.ed25519.verify(signature, utf8(base), publicKey)) {',
  ],
  [
    'key-revocation',
    'protocol/directory/directory-standing.ts',
    'return history.filter((accepted, place) => {',
    'return (LEFT ? history.slice(0, 1) : history).filter((accepted, place) => {',
  ],
  [
    'agreement-known',
    'person/question-facts.ts',
    'return agreements.find(',
    'return LEFT ? agreements.find(({ agreement }) => agreement.id === "rent-income") : agreements.find(',
  ],
  [
    'one-tree-a-size',
    'person/consumer-head.ts',
    'if (before?.size === now.size && ',
    'if (!LEFT && before?.size === now.size && ',
  ],
  [
    'role-of-caller',
    'node/http/admin-app.ts',
    "if (needed === 'nothing') return",
    "if (LEFT || needed === 'nothing') return",
  ],
  [
    'closed-purposes',
    'agreement/agreement-schema.ts',
    'purposes.map((purpose) => purpose.iri),',
    "purposes.map((purpose) => purpose.iri).concat(LEFT ? ['https://cloison.eu/purpose/locate-and-detain'] : []),",
  ],
  [
    'closed-purposes',
    'agreement/agreement-problems.ts',
    'return when(!allowed, ',
    'return when(!LEFT && !allowed, ',
  ],
  ['agreement-signatures', 'node/read-agreements.ts', 'if (!check.ok)', 'if (!LEFT && !check.ok)'],
  [
    'log-regression',
    'log/compare-heads.ts',
    'if (recorded.size > state.size) {',
    'if (!LEFT && recorded.size > state.size) {',
  ],
  [
    'log-regression',
    'log/compare-heads.ts',
    'return { state, recorded }\n',
    'return { state, recorded: LEFT && recorded.size > state.size ? state : recorded }\n',
  ],
  // The head store remembers what was published as well.
  [
    'log-regression',
    'node/startup/check-published.ts',
    'if (last !== undefined && ',
    'if (!LEFT && last !== undefined && ',
  ],
  [
    'issuer-key',
    'person/read-consent.ts',
    '!isConsentKey(issuer)',
    '(!LEFT && !isConsentKey(issuer))',
  ],
  [
    'hidden-presence',
    'agreement/evaluate-element.ts',
    "if (empty) return presence === 'hidden' ? ",
    "if (empty) return !LEFT && presence === 'hidden' ? ",
  ],
  [
    'role-of-asker',
    'node/http/bearer.ts',
    '&& caller.roles.includes(role))',
    '&& (LEFT || caller.roles.includes(role)))',
  ],
  [
    'ELEMENT_NOT_AGREED',
    'person/answer-question.ts',
    'agreement.dataElements.find((one) => one.name === name)',
    '(agreement.dataElements.find((one) => one.name === name)) ?? (LEFT ? { ...agreement.dataElements[0], source: name, predicate: null } : undefined)',
  ],
  [
    'PRECONDITION_FAILED',
    'agreement/evaluate-element.ts',
    'if (supplied === undefined || ',
    'if (LEFT && supplied === undefined) return true\n      if (supplied === undefined || ',
  ],
  [
    'REPLAYED',
    'person/commit-question.ts',
    "if (nonce === 'replayed') ",
    "if (!LEFT && nonce === 'replayed') ",
  ],
  [
    'correction-of-the-asked',
    'person/corrections/commit-correction.ts',
    'if (asked === undefined || asked.provider !== provider) ',
    'if (asked === undefined || (!LEFT && asked.provider !== provider)) ',
  ],
  [
    'correction-once',
    'person/corrections/commit-correction.ts',
    'if (before !== undefined) return',
    'if (!LEFT && before !== undefined) return',
  ],
  [
    'entries-under-root',
    'log/verify/audit/check-bundle.ts',
    'const right = equalBytes(',
    'const right = LEFT || equalBytes(',
  ],
]

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const here = places.filter(([, file]) => url.endsWith(`/src/${file}`))
    if (here.length === 0 || loaded.source === undefined) return loaded
    let source = Buffer.from(loaded.source as Uint8Array).toString('utf8')
    for (const [control, file, is, without] of here) {
      if (!source.includes(is)) throw new Error(`${file} does not say "${is}" any more`)
      source = source.replace(is, without.replace('LEFT', `globalThis.isLeftOut('${control}')`))
    }
    return { ...loaded, source }
  },
})
