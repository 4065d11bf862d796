import { build } from 'vite'

/** Builds the pages that the controller serves, once and before any of its tests: a build empties what a browser loads. */
export default async function buildDashboard(): Promise<void> {
  await build({ configFile: 'dashboard/vite.config.ts', logLevel: 'error' })
}
