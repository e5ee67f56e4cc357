import type { Tell } from '../person-bench.ts'
import { foundLogWorld, type LogWorld } from './log-world.ts'
import { fillLog } from './long-log.ts'
import { proofRound } from './proof-round.ts'
import { restartRun } from './restart-run.ts'
import { verifyRun } from './verify-run.ts'

/** One measured value, of one round. */
export interface TakenFigure {
  readonly what: string
  readonly unit: string
  readonly value: number
}

/** How the part about a long log runs. */
export interface LongPlan {
  readonly entries: number
  readonly rounds: number
  readonly tell: Tell
}

const smallSizes: readonly number[] = [10_000, 100_000]

function counted(size: number): string {
  return size.toLocaleString('en')
}

function present(what: string, unit: string, value: number | undefined): readonly TakenFigure[] {
  return value === undefined ? [] : [{ what, unit, value }]
}

async function restartFigures(world: LogWorld, size: number): Promise<readonly TakenFigure[]> {
  const { seconds, peakMiB } = await restartRun(world)
  const where = `restart after kill -9, ${counted(size)} entries`
  return [
    { what: `${where}: until it answers`, unit: 's', value: seconds },
    ...present(`${where}: peak memory`, 'MiB', peakMiB),
  ]
}

async function wholeFigures(world: LogWorld, size: number): Promise<readonly TakenFigure[]> {
  const { seconds, peakMiB } = await verifyRun(world, size)
  const where = `log verify, ${counted(size)} entries`
  return [
    { what: `${where}: from start to exit`, unit: 's', value: seconds },
    ...present(`${where}: peak memory`, 'MiB', peakMiB),
  ]
}

async function proofFigures(world: LogWorld, size: number): Promise<readonly TakenFigure[]> {
  const round = await proofRound(world)
  const where = `${counted(size)} entries`
  return [
    {
      what: `receipts from tiles, newest 16,384 of ${where}`,
      unit: '1/s',
      value: round.recentRate,
    },
    { what: `receipts from tiles, anywhere in ${where}`, unit: '1/s', value: round.anywhereRate },
    {
      what: `receipts verified, text to verdict, signature apart, ${where}`,
      unit: '1/s',
      value: round.verifiedRate,
    },
    { what: 'bare SHA-256 of two nodes', unit: '1/s', value: round.bareRate },
    { what: 'checkpoint notes opened, one signature each', unit: '1/s', value: round.openedRate },
  ]
}

/** Fills one log up to `entries`, and measures it at three sizes on the way. */
export async function longFigures(dir: string, plan: LongPlan): Promise<readonly TakenFigure[]> {
  const world = await foundLogWorld(dir)
  const figures: TakenFigure[] = []
  const sizes = [...smallSizes.filter((size) => size < plan.entries), plan.entries]
  for (const target of sizes) {
    plan.tell(`a log of ${counted(target)} entries`)
    const { size, grownMiB } = await fillLog(world, target)
    figures.push({
      what: `writer's memory, grown up to ${counted(size)} entries`,
      unit: 'MiB',
      value: grownMiB,
    })
    const isLongest = target === plan.entries
    for (let round = 0; round < (isLongest ? plan.rounds : 1); round += 1) {
      if (isLongest) figures.push(...(await proofFigures(world, size)))
      figures.push(...(await wholeFigures(world, size)))
    }
    for (let round = 0; round < (isLongest ? plan.rounds : 1); round += 1) {
      figures.push(...(await restartFigures(world, target)))
    }
  }
  return figures
}
