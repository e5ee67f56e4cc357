/**
 * What `cloison doctor` finds and what is to be done, in English, as the command line prints it. The pages have
 * the same messages in every language, by the same keys. In `said` stands what a program, a database or a
 * failure said itself; `command` is to be typed.
 */
export const doctorSentences = {
  'doctorSays.said': '{said}',
  'doctorSays.coded': '{code}: {said}',
  'doctorSays.warns': 'warns: {said}',
  'doctorSays.folder': 'the folder can be written',
  'doctorSays.no-folder': 'the folder {path} is not there or cannot be written',
  'doctorSays.unreadable': '{path} cannot be read',
  'doctorSays.no-file': '{path} is not there',
  'doctorSays.bytes': '{bytes} bytes',
  'doctorSays.own-file': 'only its owner can read it',
  'doctorSays.open-file': 'others have rights on {path} ({mode})',
  'doctorSays.sealed': 'officials are sealed for the officer of "{dpo}" and "{inspector}" together',
  'doctorSays.unsealed':
    'warns: who asks is not sealed for anybody, so no inspector can find out who an official was: set keys.sealing (docs/how-to/open-an-identity.md)',
  'doctorSays.policy': 'is a policy',
  'doctorSays.no-log': 'there is no log in the store',
  'doctorSays.no-head':
    'the head store knows no entries, the state store {state}: an older state was put back',
  'doctorSays.older-state':
    'the head store knows {head} entries, the state store {state}: an older state was put back',
  'doctorSays.two-heads': 'the two stores have different heads of the same size',
  'doctorSays.head': 'the head of {head} entries; the state store has {state}',
  'doctorSays.unpublished': 'nothing is published yet: the gateway does it when it runs',
  'doctorSays.published': '{origin} is published to entry {size} of {all}',
  'doctorSays.strange-head': 'the published checkpoint is not one that this log has signed',
  'doctorSays.unreached': '{url} cannot be reached',
  'doctorSays.not-cosigned': 'it has cosigned nothing of this log yet',
  'doctorSays.cosigned': 'it has cosigned {size} entries',
  'doctorSays.alone': 'none with an address: nobody vouches for this log',
  'doctorSays.right': '{code}: its role {said}',
  'doctorSays.two-functions': 'its role calls two functions and nothing else',
  'doctorSays.join-function': 'its role reads rows for joins by one function and nothing else',
  'doctorSays.case-function': 'its role calls one function, nothing else',
  'doctorSays.many-rows': 'it has {rows} rows, and its description declares a population of {size}',
  'doctorSays.rows': '{rows} rows, one a person',
  'doctorSays.gaps': '{rows} rows, one a person; without a declared key: {gaps}',
  'doctorSays.fits': 'fits the registers',
  'doctorSays.read': 'is read',
  'doctorSays.silent': 'nothing answers at {url}',
  'doctorSays.answers': '{url} answers',
  'doctorSays.clock': 'the clock and the case system’s differ by {seconds} s',
  'doctorSays.other-source':
    '{file} names the case source {source} with another key or name than this one’s',
  'doctorSays.signs': '{source} signs with {key}: agreements must name this key',
  'doctorSays.no-cases': 'none: this organisation answers, and every own question is refused',
  'doctorSays.stopped': 'does not run now',
  'doctorSays.ready': 'runs and is ready',
  'doctorSays.other-program': 'something else than this gateway answers at {address}',
  'doctorDo.command': '{command}',
  'doctorDo.see': 'see {page}',
  'doctorDo.init': 'begin with "cloison init", or correct the setting',
  'doctorDo.begin': 'begin with "cloison init"',
  'doctorDo.secret': 'make the file, or change the setting',
  'doctorDo.evidence':
    'start nothing and keep every file: docs/reference/error-codes.md says what this is evidence of',
  'doctorDo.stores': 'correct the settings of store, keys and witness',
  'doctorDo.witness': 'ask whoever runs it, or add another',
  'doctorDo.script': 'run the script of "{command}" as the database’s administrator',
  'doctorDo.joins-script':
    'run the script of "{command}", give its role a password, and name the file with its connection string',
  'doctorDo.population': 'correct population.size: ceilings on subjects are counted from it',
  'doctorDo.records': 'correct the records or the description',
  'doctorDo.agreement': 'correct the agreement or the description',
  'doctorDo.file': 'correct or remove the file',
  'doctorDo.case-system': 'start the case system, or correct "cases.url"',
  'doctorDo.clock': 'set both by NTP',
  'doctorDo.next-version': 'name this case source in the next version of the agreement',
  'doctorDo.cases': 'correct the settings of "cases" or its description',
  'doctorDo.admin-address': 'correct "listen.admin", or stop the other program',
  'doctorDo.again': 'then try again: {command}',
} as const

/** Key of a sentence of the doctor. */
export type DoctorSentence = keyof typeof doctorSentences
