import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite dev` finds the controller. */
const controller = process.env.LOA_URL ?? 'http://localhost:8080'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  server: { proxy: { '/api': controller, '/media': controller } },
  build: {
    outDir: fileURLToPath(new URL('../dist/dashboard', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows no `data:` URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'zod', test: /node_modules\/zod\/|zod-without-eval/, priority: 2 },
            {
              // One file instead of forty: a commune's 4G pays per round trip.
              name: 'ui',
              test: /src\/(components\/ui|lib)\/|@mantine\/(core\/esm\/core|hooks|store)\/|@tabler/,
              minShareCount: 3,
              priority: 1,
            },
            {
              name: 'framework',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next)\//,
              priority: 1,
            },
          ],
        },
      },
    },
  },
})
