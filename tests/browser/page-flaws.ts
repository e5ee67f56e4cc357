import axe from 'axe-core'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules that a page is held to: WCAG 2.2 AA and the checker's own good practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function axeViolations(page: Page): Promise<string[]> {
  // A page that is seen at a second width has the checker already.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
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

/** Everything that is wrong with the page as it stands; empty when nothing is. */
export async function pageFlaws(page: Page, language: string): Promise<string[]> {
  const spoken = await page.locator('html').getAttribute('lang')
  const wrong = spoken === language ? [] : [`speaks ${spoken ?? 'nothing'}, not ${language}`]
  return [...wrong, ...(await sidewaysScroll(page)), ...(await axeViolations(page))]
}
