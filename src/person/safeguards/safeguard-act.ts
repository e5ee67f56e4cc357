import type { SecrecyRow, EmergencyFinding } from './safeguard-store.ts'

/** The kinds of the entries that these acts become. */
export const safeguardKinds = {
  used: 'emergency.used',
  reviewed: 'emergency.reviewed',
  placed: 'restriction.placed',
  lifted: 'restriction.lifted',
  withheld: 'notice.withheld',
  extended: 'notice.extended',
  counted: 'notice.counted',
  opened: 'notice.opened',
} as const

/** An act of the data protection officer about one emergency, one person or one order. */
export type SafeguardAct =
  | {
      readonly act: 'review'
      readonly consumer: string
      readonly exchangeId: string
      readonly finding: EmergencyFinding
    }
  | { readonly act: 'restrict' | 'unrestrict'; readonly subjectHandle: string }
  | { readonly act: 'withhold'; readonly order: NewOrder }
  /** Writes `notice.opened` for every order that has ended. */
  | { readonly act: 'open' }

/** An order that was verified with the key of the authority that its agreement names. */
export type NewOrder = Pick<
  SecrecyRow,
  'agreement' | 'name' | 'law' | 'authority' | 'issuedAtMs' | 'untilMs' | 'digest'
>

/** An act to be committed. */
export type SafeguardIntent = { readonly type: 'safeguard' } & SafeguardAct

/** Why an act is refused. */
export type SafeguardRefusal =
  /** No emergency question of this consumer has this exchange id. */
  | 'EMERGENCY_UNKNOWN'
  /** The person's restriction is as the act would make it. */
  | 'RESTRICTION_UNCHANGED'
  /** This order, or one that ends as late, is in force already. */
  | 'ORDER_NOT_LATER'
  /** The order has ended, or is not issued yet. */
  | 'ORDER_NOT_IN_FORCE'

/** The act is durable, or nothing was written. */
export type SafeguardCommitted =
  | { readonly type: 'safeguard'; readonly state: 'done'; readonly indices: readonly number[] }
  | { readonly type: 'safeguard'; readonly state: 'refused'; readonly code: SafeguardRefusal }
