import type { Json } from '../../bytes/index.ts'
import type { AgreementKind } from '../purpose.ts'
import {
  list,
  readBudget,
  readCaseSource,
  readElement,
  readJoin,
  readNotice,
  readRetention,
} from './structure-words.ts'
import {
  readDays,
  readFirstDay,
  readLastDay,
  readPrecondition,
  readPresence,
  readPurpose,
} from './value-words.ts'
import { WordError } from './word-error.ts'

/** One key of a draft: the agreement's member that it becomes, and what it says where it is missing. */
export interface DraftKey {
  readonly key: string
  readonly member: string
  readonly kinds: 'all' | readonly AgreementKind[]
  /** What an author is to write; `null` where the key may be left out. */
  readonly needs: string | null
  /** What a key that is left out means. */
  readonly absent?: Json
  /** Turns the value in the draft's words into the agreement's; throws {@link WordError}. */
  readonly read: (value: Json) => Json
}

const same = (value: Json): Json => value

const aboutPersons: readonly AgreementKind[] = ['person', 'emergency']
const tables: readonly AgreementKind[] = ['population', 'join']

/** The kinds of agreement: what a draft says for them. */
export const kindWords: readonly AgreementKind[] = ['person', 'emergency', 'population', 'join']

function readKind(value: Json): Json {
  if (kindWords.some((word) => word === value)) return value
  throw new WordError(`is no kind of agreement: ${kindWords.join(', ')}`)
}

/** Every key of a draft, in the order in which it is written. */
export const draftKeys: readonly DraftKey[] = [
  {
    key: 'id',
    member: 'id',
    kinds: 'all',
    needs: 'a short name such as housing-tax-rent',
    read: same,
  },
  {
    key: 'version',
    member: 'version',
    kinds: 'all',
    needs: 'a number, 1 for the first',
    read: same,
  },
  { key: 'supersedes', member: 'supersedes', kinds: 'all', needs: null, absent: null, read: same },
  {
    key: 'kind',
    member: 'kind',
    kinds: 'all',
    needs: 'person, emergency, population or join',
    read: readKind,
  },
  {
    key: 'provider',
    member: 'provider',
    kinds: 'all',
    needs: 'the organisation that answers',
    read: same,
  },
  {
    key: 'consumer',
    member: 'consumer',
    kinds: 'all',
    needs: 'the organisation that asks',
    read: same,
  },
  {
    key: 'purpose',
    member: 'purpose',
    kinds: 'all',
    needs: 'a purpose of the vocabulary',
    read: readPurpose,
  },
  {
    key: 'legalBasis',
    member: 'legalBasis',
    kinds: 'all',
    needs: 'a list such as [eu-gdpr:A6-1-e]',
    read: same,
  },
  {
    key: 'legalReference',
    member: 'legalReference',
    kinds: 'all',
    needs: 'the laws that allow it, as ELI, CELEX or USC references',
    read: same,
  },
  {
    key: 'justification',
    member: 'justification',
    kinds: 'all',
    needs: 'a sentence that says why the question must be asked',
    read: same,
  },
  {
    key: 'expectedResults',
    member: 'expectedResults',
    kinds: 'all',
    needs: 'a sentence that says what will be better, with a figure',
    read: same,
  },
  {
    key: 'dataElements',
    member: 'dataElements',
    kinds: 'all',
    needs: 'a list of what may be asked',
    read: (value) => list(value, readElement),
  },
  {
    key: 'approximateNumber',
    member: 'approximateNumber',
    kinds: 'all',
    needs: 'about how many people it concerns',
    read: same,
  },
  {
    key: 'caps',
    member: 'caps',
    kinds: aboutPersons,
    needs: 'how much may be asked at most',
    read: same,
  },
  {
    key: 'preconditions',
    member: 'preconditions',
    kinds: aboutPersons,
    needs: null,
    absent: [],
    read: (value) => list(value, readPrecondition),
  },
  {
    key: 'presence',
    member: 'presence',
    kinds: aboutPersons,
    needs: 'hidden or revealed',
    read: readPresence,
  },
  {
    key: 'caseSource',
    member: 'caseRule',
    kinds: ['person'],
    needs: 'name and public key of the case system that signs cases',
    read: readCaseSource,
  },
  {
    key: 'consentIssuers',
    member: 'consentIssuers',
    kinds: aboutPersons,
    needs: null,
    absent: [],
    read: same,
  },
  {
    key: 'notice',
    member: 'notice',
    kinds: aboutPersons,
    needs: 'immediate, or withheld with an order',
    read: readNotice,
  },
  {
    key: 'contest',
    member: 'contest',
    kinds: aboutPersons,
    needs: 'how long a person may contest, such as "30 days"',
    read: (value) => ({ days: readDays(value) }),
  },
  {
    key: 'privacyBudget',
    member: 'privacyBudget',
    kinds: tables,
    needs: 'epsilon for one question and for a year',
    read: readBudget,
  },
  {
    key: 'join',
    member: 'join',
    kinds: ['join'],
    needs: 'with, keyspace and inspector of the join',
    read: readJoin,
  },
  {
    key: 'retention',
    member: 'retention',
    kinds: 'all',
    needs: 'how long answers are kept, and what happens then',
    read: readRetention,
  },
  {
    key: 'verificationProcedure',
    member: 'verificationProcedure',
    kinds: 'all',
    needs: 'a sentence that says how an answer is verified before it counts against a person',
    read: same,
  },
  {
    key: 'dpiaReference',
    member: 'dpiaReference',
    kinds: 'all',
    needs: 'where the impact assessment is',
    read: same,
  },
  {
    key: 'firstDay',
    member: 'notBeforeMs',
    kinds: 'all',
    needs: 'the first day, such as 2027-01-31',
    read: readFirstDay,
  },
  {
    key: 'lastDay',
    member: 'notAfterMs',
    kinds: 'all',
    needs: 'the last day, at most 18 months later',
    read: readLastDay,
  },
]
