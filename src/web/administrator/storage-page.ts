import { h } from 'preact'
import { StackedTable } from '../components/lists/index.ts'
import { Tag } from '../components/tag.ts'
import { WarningText } from '../components/warning-text.ts'
import type { ComponentChildren } from 'preact'
import { saying } from '../messages/saying.ts'
import type { Words } from '../messages/words.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import type { ListedJob, ListedStorage } from './administrator-desk.ts'
import { asAdministrator } from './as-administrator.ts'
import type { AsAdministrator } from './as-administrator.ts'

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size in bytes, in the largest unit that leaves a whole part. */
function sizeText(words: Words, bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const value = bytes / 1_000 ** step
  return `${words.exact(value.toFixed(value < 10 && step > 0 ? 1 : 0))} ${units[step] ?? ''}`
}

function storage(
  words: Words,
  { stores, logs, freeBytes, shutBy }: ListedStorage,
): ComponentChildren {
  return [
    shutBy.length === 0
      ? h('p', { class: 'app-check app-check--holds' }, words.t('storage.open'))
      : [
          h(WarningText, { text: words.t('storage.shut'), label: words.t('act.warning') }),
          h(
            'ul',
            { class: 'govuk-list govuk-list--bullet' },
            shutBy.map((reason) => h('li', null, saying(words, reason))),
          ),
        ],
    h(StackedTable, {
      caption: words.t('storage.stores'),
      columns: [words.t('keys.setting'), words.t('storage.size')],
      rows: [
        ...stores.map(({ setting, bytes }) => ({
          head: h('code', { class: 'app-code app-anywhere' }, setting),
          cells: [sizeText(words, bytes)],
        })),
        { head: words.t('storage.free'), cells: [sizeText(words, freeBytes)] },
      ],
    }),
    h(StackedTable, {
      caption: words.t('storage.logs'),
      columns: [words.t('storage.log'), words.t('signals.entries'), words.t('storage.state')],
      rows: logs.map(({ origin, size, closed }) => ({
        head: h('code', { class: 'app-code app-anywhere' }, origin),
        cells: [
          words.exact(String(size)),
          h(Tag, {
            text: words.t(closed ? 'storage.closed' : 'storage.current'),
            tone: closed ? 'closed' : 'good',
          }),
        ],
      })),
    }),
  ]
}

async function showStorage(
  { words }: PageContext,
  { desk, name }: AsAdministrator,
): Promise<PageResult> {
  const found = await desk.storage()
  const title = words.t('section.storage')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    storage(words, found),
  ]
  return { kind: 'page', title, content }
}

function jobRow(
  { words, nowMs }: PageContext,
  job: ListedJob,
): {
  readonly head: string
  readonly cells: readonly string[]
} {
  const { name, pauseMs, rounds, failures, lastMs } = job
  return {
    head: words.named('job', name.replaceAll(' ', '-')),
    cells: [
      words.duration(pauseMs),
      words.exact(String(rounds)),
      words.exact(String(failures)),
      lastMs === null
        ? words.t('jobs.never')
        : words.t('jobs.ago', { time: words.duration(nowMs - lastMs) }),
    ],
  }
}

async function showJobs(
  context: PageContext,
  { desk, name }: AsAdministrator,
): Promise<PageResult> {
  const { words } = context
  const jobs = await desk.jobs()
  const title = words.t('section.jobs')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('jobs.lead')),
    h(StackedTable, {
      caption: words.t('jobs.caption'),
      columns: [
        words.t('jobs.job'),
        words.t('jobs.every'),
        words.t('jobs.rounds'),
        words.t('jobs.failures'),
        words.t('jobs.last'),
      ],
      rows: jobs.map((job) => jobRow(context, job)),
    }),
  ]
  return { kind: 'page', title, content }
}

/** What the gateway holds on its disk, and the jobs that run in it. */
export const storageRoutes: readonly PageRoute[] = [
  {
    id: 'admin.storage',
    role: 'admin',
    method: 'GET',
    path: '/storage',
    run: (context) => asAdministrator(context, (as) => showStorage(context, as)),
  },
  {
    id: 'admin.jobs',
    role: 'admin',
    method: 'GET',
    path: '/jobs',
    run: (context) => asAdministrator(context, (as) => showJobs(context, as)),
  },
]
