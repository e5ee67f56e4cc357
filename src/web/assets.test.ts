import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { decodeUtf8, utf8 } from '../bytes/index.ts'
import { pageAssets } from './assets.ts'

const url = import.meta.resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css')
const theirs = readFileSync(fileURLToPath(url), 'utf8')
const assets = pageAssets({
  designSystemStyle: theirs,
  pageScript: utf8('export {}'),
  verifyScript: utf8('export {}'),
})
const style = decodeUtf8(assets.get('/assets/page.css')?.body ?? new Uint8Array())

const forbidden = /@font-face|GDS Transport|Calvert|govuk-crest|woff|#1d70b8|url\(/g

test('no font, no crest, no brand of the design system’s owner is served', () => {
  assert.ok((theirs.match(forbidden) ?? []).length > 5)
  assert.deepEqual(style.match(forbidden) ?? [], [])
})

test('the style sheet fetches nothing from anywhere', () => {
  assert.deepEqual(style.match(/@import|url\(|image-set\(/g) ?? [], [])
})

test('every class that the pages use of ours has a style', () => {
  assert.match(style, /\.app-card\b/)
  assert.match(style, /\.govuk-button\b/)
  assert.match(style, /system-ui/)
})

test('assets are what the documents refer to', () => {
  assert.deepEqual(
    [...assets.keys()],
    ['/assets/page.css', '/assets/icon.svg', '/assets/page.js', '/assets/verify.js'],
  )
})
