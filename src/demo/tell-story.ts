import { join } from 'node:path'
import { encodeBase64 } from '../bytes/index.ts'
import { folderFiles, undiciHttpClient } from '../platform/index.ts'
import type { Clock } from '../ports/index.ts'
import { demoClient } from './demo-client.ts'
import { DemoError } from './demo-error.ts'
import { demoOrganisations } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import { publishedEntry } from '../pages/index.ts'
import type { RunningDemo } from './start-demo.ts'
import { StepNotes, type Story, type StoryEntry, type StoryStep, writeStory } from './story-file.ts'
import { storySteps, type StoryWorld } from './story-steps.ts'

async function runSteps(
  world: StoryWorld,
  say: (line: string) => void,
): Promise<readonly StoryStep[]> {
  const told: StoryStep[] = []
  for (const [number, { title, run }] of storySteps.entries()) {
    say(`${number + 1}. ${title}`)
    const notes = new StepNotes(say)
    await run(world, notes)
    told.push({ title, facts: notes.facts, entries: notes.entries })
  }
  return told
}

async function headsOf({ demo, client }: StoryWorld): Promise<Story['heads']> {
  const heads: Story['heads'][number][] = []
  for (const { id } of demoOrganisations) {
    const { opened } = await client.published(id)
    const { origin, size, root } = opened.checkpoint
    heads.push({
      organisation: demo.founded.get(id)?.id ?? id,
      origin,
      size,
      root: encodeBase64(root),
    })
  }
  return heads
}

/** The leaf of an entry as it stands in the published folder. */
async function publishedLeaf(dir: string, { organisation, index }: StoryEntry): Promise<string> {
  const leaf = await publishedEntry(folderFiles(join(dir, organisation, 'log')), index)
  if (leaf !== undefined) return encodeBase64(leaf)
  throw new DemoError('CHECK_FAILED', `entry ${index} of ${organisation} is not published`)
}

async function addLeaves(dir: string, steps: readonly StoryStep[]): Promise<readonly StoryStep[]> {
  return Promise.all(
    steps.map(async (step) => ({
      ...step,
      entries: await Promise.all(
        step.entries.map(async (entry) => ({ ...entry, leaf: await publishedLeaf(dir, entry) })),
      ),
    })),
  )
}

/**
 * Runs the story without a person, telling each step, and writes `story.json`. Rejects when a check
 * fails or a process of the demo ends before the story does.
 *
 * @throws {@link DemoError} `CHECK_FAILED`, `PROCESS_LOST`, `REQUEST_FAILED`
 */
export async function tellStory(
  demo: PreparedDemo,
  running: RunningDemo,
  { clock, say }: { readonly clock: Clock; readonly say: (line: string) => void },
): Promise<void> {
  await using http = undiciHttpClient()
  const world = { demo, http, client: demoClient(demo, http, () => clock.now()) }
  const startedAtMs = clock.now()
  const processes = [...running.processes.values()].map(({ name, pid, port }) => ({
    name,
    pid,
    port,
  }))
  for (const { name, pid, port } of processes)
    say(`process ${String(pid).padStart(7)}  port ${port}  ${name}`)
  const lost = running.lost.then((name) => {
    throw new DemoError('PROCESS_LOST', `the process of ${name} ended before the story did`)
  })
  const steps = await Promise.race([runSteps(world, say), lost])
  await writeStory(demo.dir, {
    version: 1,
    startedAtMs,
    processes,
    steps: await addLeaves(demo.dir, steps),
    heads: await headsOf(world),
  })
}
