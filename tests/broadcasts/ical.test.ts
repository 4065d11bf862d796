import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { type CalendarEvent, writeCalendar } from '../../controller/broadcasts/ical.ts'

/** U+FFFD is what a broken character would be read as. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }).filter((said) => !said.includes('\ufffd')),
  fc
    .array(
      fc.constantFrom('Tuyên truyền Luật Đất đai', '🎵', '👩‍👩‍👧', ',', ';', '\\', '\n', ':', '"', 'ẩ', ' ', '\\n'),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
)
const instant = fc
  .integer({ min: Date.UTC(2000, 0, 1) / 1_000, max: Date.UTC(2100, 0, 1) / 1_000 })
  .map((s) => s * 1_000)
const event: fc.Arbitrary<CalendarEvent> = fc.record({
  uid: fc.stringMatching(/^prg_[a-z0-9]{1,20}-2026-11-\d\d@loa-xa$/),
  startAt: instant,
  endAt: instant,
  modifiedAt: instant,
  sequence: fc.nat(),
  status: fc.constantFrom('CONFIRMED', 'TENTATIVE', 'CANCELLED'),
  summary: text,
  description: text,
  location: text,
})

/** What a text is once the control characters are gone that no calendar may have. */
const readable = (said: string): string => said.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '')

test('whatever is written, another program reads the same, and no line is too long or broken within a character', () => {
  fc.assert(
    fc.property(text, fc.array(event, { maxLength: 4 }), (name, events) => {
      const written = writeCalendar(name, 'Asia/Ho_Chi_Minh', events)
      const lines = written.split('\r\n')
      expect(lines.pop()).toBe('')
      for (const line of lines) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
        expect(line).not.toMatch(/[\r\n\ufffd]|[\ud800-\udbff]$|^ ?[\udc00-\udfff]/)
      }
      const calendar = new ICAL.Component(ICAL.parse(written))
      const read = calendar.getAllSubcomponents('vevent').map((component) => {
        const { uid, summary, description, location, sequence, startDate, endDate } = new ICAL.Event(component)
        const modified = component.getFirstPropertyValue('last-modified') as InstanceType<typeof ICAL.Time>
        return {
          uid,
          startAt: startDate.toUnixTime() * 1_000,
          endAt: endDate.toUnixTime() * 1_000,
          modifiedAt: modified.toUnixTime() * 1_000,
          sequence,
          status: component.getFirstPropertyValue('status'),
          summary,
          description: description ?? '',
          location,
        }
      })
      expect(read).toEqual(
        events.map(({ summary, description, location, ...rest }) => ({
          ...rest,
          summary: readable(summary),
          description: readable(description),
          location: readable(location),
        })),
      )
    }),
    { numRuns: 300 },
  )
})
