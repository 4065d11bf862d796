import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Suites start brokers, ffmpeg and browsers: more at once than there are cores only makes each slower.
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'test-results/results.json' }]],
  },
})
