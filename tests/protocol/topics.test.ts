import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterTopics, MAX_MESSAGE_BYTES, type TopicName, topics } from '#protocol/topics.ts'

const names = Object.keys(topics) as TopicName[]
const segment = fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/)

/** All patterns have one parameter; `path` takes both names and picks its own. */
const path = (name: TopicName, value: string): string => {
  const params = { clusterId: value, areaCode: value }
  return topics[name].path(params)
}

describe.each(names)('topic %s', (name) => {
  test('reads back exactly the parameter it was built from, and no other topic takes it for its own', () => {
    fc.assert(
      fc.property(segment, (value) => {
        const raw = path(name, value)
        expect(Object.values(topics[name].match(raw) ?? {})).toEqual([value])
        expect(names.filter((other) => topics[other].match(raw))).toEqual([name])
      }),
    )
  })

  test('never builds a topic from a segment that means something to MQTT, is empty or too long', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom('', '+', '#', '/', 'a/b', '../plan', 'a+', '#a', 'a\u0000', ' ', 'Đ', 'x'.repeat(65)),
          fc.string().filter((s) => !/^[0-9A-Za-z_-]{1,64}$/.test(s)),
        ),
        (value) => {
          expect(() => path(name, value)).toThrow(RangeError)
        },
      ),
    )
  })

  test('matches nothing but its own shape, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.string()).map((parts) => parts.join('/')),
        ),
        (raw) => {
          const params = topics[name].match(raw)
          if (params) expect(path(name, Object.values(params)[0] ?? '')).toBe(raw)
        },
      ),
    )
  })

  test('has a filter with one wildcard, of one level', () => {
    expect(topics[name].filter.split('/').filter((s) => s === '+')).toHaveLength(1)
    expect(topics[name].filter).not.toContain('#')
    expect(topics[name].maxBytes).toBeLessThanOrEqual(MAX_MESSAGE_BYTES)
  })
})

test('a cluster writes only to its own topics and hears only its own, its areas and the alert for all', () => {
  fc.assert(
    fc.property(segment, fc.uniqueArray(fc.stringMatching(/^\d{5}$/), { maxLength: 3 }), (clusterId, areaCodes) => {
      const own = clusterTopics(clusterId, areaCodes)
      expect(own.publish.every((topic) => topic.split('/')[3] === clusterId)).toBe(true)
      expect(own.publish.some((topic) => topics.plan.match(topic) || topics.command.match(topic))).toBe(false)
      const heard = own.subscribe
        .map((topic) => topics.alert.match(topic)?.areaCode)
        .filter((code) => code !== undefined)
      expect(new Set(heard)).toEqual(new Set([...areaCodes, 'all']))
      expect([...own.publish, ...own.subscribe].join()).not.toMatch(/[+#$]/)
    }),
  )
})
