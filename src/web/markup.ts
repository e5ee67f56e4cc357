import type { JSX } from 'preact'

/** A piece of a page. Text inside it is escaped when it is written out. */
export type Markup = JSX.Element
