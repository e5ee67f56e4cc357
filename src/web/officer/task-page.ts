import { h } from 'preact'
import { TaskList } from '../components/lists/index.ts'
import type { TaskItem } from '../components/lists/index.ts'
import type { Words } from '../messages/words.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { asOfficer } from './as-officer.ts'
import type { AsOfficer } from './as-officer.ts'
import { officerTasks, requestTasks } from './officer-tasks.ts'
import type { OfficerTasks, RequestTasks } from './officer-tasks.ts'

/** How a number of things to do is told: a tag while there are any, else plain words. */
function standing(words: Words, count: number): Pick<TaskItem, 'status' | 'tone'> {
  return count === 0
    ? { status: words.t('tasks.nothing') }
    : { status: words.t('tasks.waiting', { count }), tone: 'waiting' }
}

function agreementTasks(words: Words, tasks: OfficerTasks): readonly TaskItem[] {
  const { toSign, offered, locked, suspended, firstLockEndMs } = tasks
  return [
    {
      id: 'sign',
      href: '/agreements',
      title: words.t('tasks.sign'),
      hint: words.t('tasks.signHint', { offered }),
      ...standing(words, toSign),
    },
    {
      id: 'locks',
      href: '/agreements',
      title: words.t('tasks.locks'),
      hint:
        firstLockEndMs === undefined
          ? words.t('tasks.locksHint')
          : words.t('tasks.lockEnds', { date: words.dateTime(firstLockEndMs) }),
      status:
        locked === 0 ? words.t('tasks.noLock') : words.t('tasks.locksRunning', { count: locked }),
    },
    {
      id: 'suspended',
      href: '/agreements',
      title: words.t('tasks.suspended'),
      hint: words.t('tasks.suspendedHint'),
      ...standing(words, suspended),
    },
  ]
}

function watchTasks(words: Words, tasks: OfficerTasks): readonly TaskItem[] {
  const { openSignals, emergencies, budgetsToOpen, openings, mostOpenings } = tasks
  return [
    {
      id: 'signals',
      href: '/signals',
      title: words.t('tasks.signals'),
      hint: words.t('tasks.signalsHint'),
      ...standing(words, openSignals),
    },
    {
      id: 'emergencies',
      href: '/emergencies',
      title: words.t('tasks.emergencies'),
      hint: words.t('tasks.emergenciesHint'),
      ...standing(words, emergencies),
    },
    {
      id: 'budgets',
      href: '/limits',
      title: words.t('tasks.budgets'),
      hint: words.t('tasks.budgetsHint'),
      ...standing(words, budgetsToOpen),
    },
    {
      id: 'openings',
      href: '/openings',
      title: words.t('tasks.openings'),
      hint: words.t('tasks.openingsHint'),
      status: words.t('tasks.opened', { opened: openings, most: mostOpenings }),
    },
  ]
}

const dayMs = 86_400_000

/** The clock of the request that is due first: days left, or days over. */
function clockHint(words: Words, { firstDueMs }: RequestTasks, nowMs: number): string {
  if (firstDueMs === undefined) return words.t('tasks.requestsHint')
  const date = words.date(firstDueMs)
  const days = Math.floor(Math.abs(firstDueMs - nowMs) / dayMs)
  return words.t(firstDueMs < nowMs ? 'tasks.requestLate' : 'tasks.requestDue', { date, days })
}

function requestTask(words: Words, tasks: RequestTasks, nowMs: number): TaskItem {
  const { open, late } = tasks
  const item = {
    id: 'requests',
    href: '/requests',
    title: words.t('tasks.requests'),
    hint: clockHint(words, tasks, nowMs),
  }
  return late === 0
    ? { ...item, ...standing(words, open) }
    : { ...item, status: words.t('tasks.overdue', { count: late }), tone: 'refused' }
}

/** What persons want, where this organisation takes requests. */
async function personTasks({ words, desks, nowMs }: PageContext): Promise<readonly TaskItem[]> {
  const lines = await desks.requests?.list()
  return lines === undefined ? [] : [requestTask(words, requestTasks(lines, nowMs), nowMs)]
}

async function show(context: PageContext, { desk, own, account }: AsOfficer): Promise<PageResult> {
  const { words, nowMs } = context
  const [tasks, persons] = await Promise.all([
    officerTasks(desk, { own, nowMs }),
    personTasks(context),
  ])
  const title = words.t('tasks.title')
  const content = [
    h('span', { class: 'govuk-caption-l' }, account.name),
    h('h1', { class: 'govuk-heading-l' }, title),
    ...(persons.length === 0
      ? []
      : [
          h('h2', { class: 'govuk-heading-m' }, words.t('section.officeRequests')),
          h(TaskList, { items: persons }),
        ]),
    h('h2', { class: 'govuk-heading-m' }, words.t('section.agreements')),
    h(TaskList, { items: agreementTasks(words, tasks) }),
    h('h2', { class: 'govuk-heading-m' }, words.t('tasks.watch')),
    h(TaskList, { items: watchTasks(words, tasks) }),
  ]
  return { kind: 'page', title, content }
}

/** What waits for the data protection officer. */
export const taskRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.tasks',
    role: 'dpo',
    method: 'GET',
    path: '/tasks',
    run: (context) => asOfficer(context, (as) => show(context, as)),
  },
]
