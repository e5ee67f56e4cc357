/** What fills a hole of a sentence. Never personal. */
export type SaidValue = string | number

/** The names of the holes of a sentence: `rows` of `it has {rows} rows`. */
export type HoleOf<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | HoleOf<Rest>
  : never

/** What fills the holes of a sentence: all of them. */
export type HolesOf<Text extends string> = Readonly<Record<HoleOf<Text>, SaidValue>>

/** Sentences by their ids, in English, with holes in braces. An id is the key of the same message in every other language. */
export type SentenceTable = Readonly<Record<string, string>>

/** Something that is said, in no language: which sentence, and what fills it. */
export interface Said<Id extends string = string> {
  readonly id: Id
  readonly values: Readonly<Record<string, SaidValue>>
}

/** What is said, in English: as the command line prints it, without a capital and a full stop where the table has none. */
export function englishOf<Table extends SentenceTable>(
  table: Table,
  { id, values }: Said<keyof Table & string>,
): string {
  return table[id]?.replaceAll(/\{(\w+)\}/g, (_, hole: string) => String(values[hole])) ?? id
}
