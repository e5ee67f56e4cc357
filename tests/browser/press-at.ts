import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Presses Tab until the focus is on what `selector` names, and says where it went if it never is. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab')
    const focus = page.locator(':focus')
    if ((await focus.count()) === 0) continue
    if (await focus.evaluate((element, wanted) => element.matches(wanted), selector)) return
    passed.push(await focus.evaluate((element) => element.outerHTML.slice(0, 60)))
  }
  assert.fail(`the keyboard never reached ${selector}, but ${passed.join(' | ')}`)
}

/** Whether the element in focus looks otherwise than without. */
function showsFocus(page: Page): Promise<boolean> {
  return page.locator(':focus').evaluate((element) => {
    const own = getComputedStyle(element)
    const label = element.nextElementSibling
    const beside = label === null ? undefined : getComputedStyle(label, '::before')
    const visible = (style: CSSStyleDeclaration): boolean =>
      style.outlineStyle !== 'none' || style.boxShadow !== 'none'
    return visible(own) || (beside !== undefined && visible(beside))
  })
}

/** Goes to what `selector` names with the keyboard, sees that the focus is seen, and presses `key` there. */
export async function pressAt(page: Page, selector: string, key: string): Promise<void> {
  await tabTo(page, selector)
  assert.ok(await showsFocus(page), `the focus on ${selector} is seen`)
  await page.keyboard.press(key)
}
