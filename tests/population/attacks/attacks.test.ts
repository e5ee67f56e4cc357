/*
 * Attacks on tables, each by the same code against the product and against a twin without the guard that stops it. A file for each
 * kind, in one process: what they load takes longer than some of them.
 */
import './answers-tell-nothing.ts'
import './counting.ts'
import './noise-timing.ts'
import './spending.ts'
