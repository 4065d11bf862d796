import { SpeechError } from '../speech.ts'

/**
 * Tries again after a crash, once: engines die of memory and of bad luck, but a text that kills twice will kill again.
 * Between the two, `cleanUp` clears away what is left.
 */
export async function twice<T>(attempt: () => Promise<T>, cleanUp: () => Promise<void> = async () => {}): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof SpeechError && error.code === 'crashed')) throw error
    await cleanUp()
    return await attempt()
  }
}
