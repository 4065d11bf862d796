import { defineConfig } from 'vitest/config'

const WHOLE = 'tests/e2e/**/*.test.ts'
const SIGN_IN = ['tests/accounts/**/*.test.ts', 'tests/http/**/*.test.ts']

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Suites start brokers, ffmpeg and browsers of their own; more of them at a time disturb each other's clocks.
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'test-results/results.json' }]],
    projects: [
      {
        extends: true,
        // Our modules keep no state, so the files of a worker share them instead of loading everything anew.
        test: { name: 'parts', include: ['tests/**/*.test.ts'], exclude: [WHOLE, ...SIGN_IN], isolate: false },
      },
      // The sign-in library counts attempts for the whole process.
      { extends: true, test: { name: 'sign-in', include: SIGN_IN } },
      {
        extends: true,
        test: { name: 'whole', include: [WHOLE], globalSetup: ['tests/support/build-dashboard.ts'] },
      },
    ],
  },
})
