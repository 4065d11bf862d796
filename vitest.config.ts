import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Suites start brokers, ffmpeg and browsers of their own; where nobody waits, one at a time disturbs no other's clock.
    maxWorkers: process.env.CI ? 1 : 2,
    reporters: ['default', ['json', { outputFile: 'test-results/results.json' }]],
  },
})
