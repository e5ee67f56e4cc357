import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { askedRows, makeRelease, releaseForm } from '../../population/index.ts'
import type { Release } from '../../population/index.ts'
import { arbitraryRelease, sampleReleaseParts } from '../../testing/index.ts'
import { axisOf, narrowLayout, shortText, spanOf, wideLayout } from './chart-frame.ts'
import { chartRows } from './chart-rows.ts'
import type { ChartTexts } from './chart-rows.ts'
import { DotChart } from './dot-chart.ts'
import { releaseSvg } from './table-svg.ts'

const texts: ChartTexts = {
  title: 'How many',
  description: 'A dot and a line',
  axis: 'people',
  everybody: 'everybody',
  open: 'open',
  number: String,
  keyOf: (_, key) => String(key),
  quantileOf: (ppm) => `${ppm}`,
  rowOf: (label, { value }) => `${label}: ${value ?? 'open'}`,
}

const count = (text: string, part: string): number => text.split(part).length - 1

function drawn(release: Release, layout = wideLayout): string {
  const rows = chartRows(releaseForm(release), texts)
  return renderToString(h(DotChart, { id: 'x', rows, span: spanOf(rows), layout, texts }))
}

test('a chart has one dot for each value and one line for each interval, inside its frame', () => {
  fc.assert(
    fc.property(arbitraryRelease, fc.boolean(), (release, isWide) => {
      const layout = isWide ? wideLayout : narrowLayout
      const svg = drawn(release, layout)
      const rows = askedRows(release)
      assert.equal(count(svg, 'app-chart__dot'), rows.filter(({ value }) => value !== null).length)
      assert.equal(
        count(svg, 'app-chart__interval'),
        rows.filter(({ lower }) => lower !== null).length,
      )
      assert.equal(count(svg, 'app-chart__row'), rows.length)
      for (const [, x] of svg.matchAll(/cx="([^"]+)"/g)) {
        assert.ok(Number(x) >= 0 && Number(x) <= layout.width, x)
      }
      assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
    }),
    { numRuns: 25 },
  )
})

test('what a key says is text, and never markup', () => {
  const svg = drawn(makeRelease(sampleReleaseParts({ by: ['place'] })))
  assert.doesNotMatch(svg, /<b>/)
  assert.match(svg, /&lt;b>&amp;/)
})

test('a chart is a picture with a name and a description, and needs no style of its own', () => {
  const svg = drawn(makeRelease(sampleReleaseParts()))
  assert.match(svg, /role="img" aria-labelledby="x-title x-desc"/)
  assert.match(svg, /<title id="x-title">How many<\/title><desc id="x-desc">A dot and a line/)
  // The pages' policy forbids both.
  assert.doesNotMatch(svg, /style=|<style/)
})

test('a file of a chart stands by itself', () => {
  const svg = releaseSvg(makeRelease(sampleReleaseParts({ by: [] })), texts)
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  assert.match(svg, /everybody/)
})

test('panels are headed by the first of several dimensions, once each', () => {
  const svg = drawn(makeRelease(sampleReleaseParts({ by: ['sex', 'band'] })))
  assert.equal(count(svg, 'app-chart__panel'), 2)
})

test('what the noise leaves open has words in place of a dot', () => {
  const parts = sampleReleaseParts({ measure: { kind: 'mean', element: 'age' } })
  const cells = parts.cells.map((cell) => ({ ...cell, numbers: [-5, 3] }))
  const svg = drawn(makeRelease({ ...parts, cells }))
  assert.equal(count(svg, 'app-chart__dot'), 0)
  assert.equal(count(svg, 'app-chart__open'), 2)
})

test('an axis spans all rows, with a width even where they are one number or none', () => {
  assert.deepEqual(spanOf([]), [0, 1])
  const row = {
    panel: undefined,
    label: '',
    value: 5,
    lower: undefined,
    upper: undefined,
    told: '',
  }
  assert.deepEqual(spanOf([row]), [4, 6])
  const [low = 0, high = 0] = axisOf([3, 97], wideLayout).domain()
  assert.ok(low <= 3 && high >= 97)
  assert.equal(shortText('abcdef', 4), 'abc…')
  assert.equal(shortText('abcd', 4), 'abcd')
})
