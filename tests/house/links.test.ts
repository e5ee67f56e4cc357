import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import test from 'node:test'

const root = resolve(import.meta.dirname, '../..')

/** The relative links of a page that lead to no file or folder of the project. */
function deadLinks(page: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link.replace(/#.*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
    .filter((link) => !existsSync(join(root, dirname(page), link)))
}

test('every link between pages leads to a file that is there', () => {
  const pages = globSync(['*.md', 'docs/**/*.md', 'spec/*.md', 'vectors/*.md'], { cwd: root })
  assert.ok(pages.length > 10)
  for (const page of pages) {
    assert.deepEqual(deadLinks(page, readFileSync(join(root, page), 'utf8')), [], page)
  }
})

test('a link to nothing is found', () => {
  const text =
    '[a](../README.md#start) [b](nowhere.md) ![c](x.svg) [d](https://a.example/x) [e](#f)'
  assert.deepEqual(deadLinks('docs/page.md', text), ['nowhere.md', 'x.svg'])
})
