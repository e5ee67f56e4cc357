const renamed: readonly (readonly [member: RegExp, key: string])[] = [
  [/^notBeforeMs/, 'firstDay'],
  [/^notAfterMs/, 'lastDay'],
  [/^caseRule\.issuer/, 'caseSource'],
  [/^caseRule.*/, 'caseSource'],
  [/^retention\.days/, 'retention.period'],
  [/^contest.*/, 'contest'],
  [/^presence.*/, 'presence'],
  [/^notice\.untilMs/, 'notice.withheld.until'],
  [/^notice\.(?=law|authority)/, 'notice.withheld.'],
  [/^(dataElements\.\d+)\.(?:predicate|answerType)(?=$|\.)/, '$1.ask'],
  [/^privacyBudget\.(perQuestion|perYear)MicroEpsilon/, 'privacyBudget.$1Epsilon'],
]

/** Where in a draft a member of the agreement comes from; both as names joined by dots. */
export function draftPath(path: string): string {
  const [member, key] = renamed.find(([pattern]) => pattern.test(path)) ?? [/^/, '']
  return path.replace(member, key)
}
