import type { Side } from '../../../population/psi/index.ts'

/** The organisations of a measured join: who holds left and right, who asks, and who may audit. */
export type BenchParty = (typeof benchParties)[number]

/** All of them. */
export const benchParties = ['tax', 'housing', 'social', 'inspector'] as const

/** Which of them holds a side's register. */
export const holderOf: Readonly<Record<Side, 'tax' | 'housing'>> = { left: 'tax', right: 'housing' }
