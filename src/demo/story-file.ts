import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DemoError } from './demo-error.ts'

/** An entry that the story speaks of: where it stands, and its bytes to compare. */
export interface StoryEntry {
  readonly organisation: string
  readonly kind: string
  readonly index: number
  /** Base64, 34 bytes; absent where the story saw the index alone. */
  readonly leaf?: string
}

/** One step of the story as it happened. */
export interface StoryStep {
  readonly title: string
  /** What was asked or tried, decided and checked, as the processes replied. */
  readonly facts: readonly string[]
  readonly entries: readonly StoryEntry[]
}

/** `story.json`: what happened, for a reader who only has the folder. */
export interface Story {
  readonly version: 1
  readonly startedAtMs: number
  readonly processes: readonly {
    readonly name: string
    readonly pid: number
    readonly port: number
  }[]
  readonly steps: readonly StoryStep[]
  readonly heads: readonly {
    readonly organisation: string
    readonly origin: string
    readonly size: number
    readonly root: string
  }[]
}

/** Writes `story.json` into the demo's folder. */
export async function writeStory(dir: string, story: Story): Promise<void> {
  await writeFile(join(dir, 'story.json'), `${JSON.stringify(story, null, 2)}\n`)
}

/** Collects the facts of one step; a check that fails ends the story. */
export class StepNotes {
  readonly facts: string[] = []
  readonly entries: StoryEntry[] = []
  readonly #say: (line: string) => void

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  /** A fact, told at once. */
  tell(fact: string): void {
    this.facts.push(fact)
    this.#say(`   ${fact}`)
  }

  /** @throws {@link DemoError} `CHECK_FAILED` unless `holds` */
  check(holds: boolean, what: string): void {
    if (!holds) throw new DemoError('CHECK_FAILED', `not so: ${what}`)
    this.facts.push(`checked: ${what}`)
    this.#say(`   ✓ ${what}`)
  }

  /** An entry that this step left. */
  entry(entry: StoryEntry): void {
    this.entries.push(entry)
    this.#say(`   entry ${entry.index} of ${entry.organisation}'s log: ${entry.kind}`)
  }
}
