import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** The checker in its short form: every page gets it anew, and the long form takes longer to hand over. */
const checker = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules that a page is held to: WCAG 2.2 AA and the checker's own good practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function axeViolations(page: Page): Promise<string[]> {
  // A page that is seen at a second width has the checker already.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(checker)
  const results: AxeResults = await page.evaluate(
    (values) =>
      (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
        // What passed is not described element by element, which takes longer than the checking.
        resultTypes: ['violations'],
      }),
    rules,
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  )
}

async function sidewaysScroll(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth
      ? [`${scrollWidth - clientWidth} px wider than the window`]
      : []
  })
}

/** What is wrong at first sight: another language, or wider than the window. */
export async function plainFlaws(page: Page, language: string): Promise<string[]> {
  const spoken = await page.locator('html').getAttribute('lang')
  const wrong = spoken === language ? [] : [`speaks ${spoken ?? 'nothing'}, not ${language}`]
  return [...wrong, ...(await sidewaysScroll(page))]
}

/** Everything that is wrong with the page as it stands; empty when nothing is. */
export async function pageFlaws(page: Page, language: string): Promise<string[]> {
  return [...(await plainFlaws(page, language)), ...(await axeViolations(page))]
}
