import { z } from 'zod'

/**
 * Zod compiles its parsers with `new Function` where it may; the content security policy refuses that, aloud, at each
 * load. `vite.config.ts` puts this file into zod's own chunk, so that it runs before the first schema is made.
 */
z.config({ jitless: true })
