import { readFile } from 'node:fs/promises'
import type { TextToSpeechClient } from '@google-cloud/text-to-speech'
import { z } from 'zod'
import { SpeechError } from '../../speech.ts'
import { LANGUAGE } from './families.ts'
import type { SynthesisRequest } from './request.ts'

type ClientOptions = NonNullable<ConstructorParameters<typeof TextToSpeechClient>[0]>

export interface GoogleConnection {
  /** A service account's key. */
  readonly credentialsFile: string
  /** `host` or `host:port` in place of Google's own. */
  readonly endpoint: string | null
}

/** What of the library's options may be replaced. */
export type Channel = Pick<ClientOptions, 'keyFilename' | 'sslCreds' | 'clientOptions'>

interface Limits {
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** The two calls that we make. They reject with the library's own errors (`failureOf`), or with the signal's reason. */
export interface GoogleClient extends AsyncDisposable {
  synthesise(request: SynthesisRequest, limits: Limits): Promise<Buffer>
  listVoices(limits: Limits): Promise<readonly ListedVoice[]>
}

const ListedVoice = z.object({ name: z.string(), ssmlGender: z.union([z.string(), z.number()]).nullish() })
export type ListedVoice = z.infer<typeof ListedVoice>

/** A service account's, or one of the other kinds that the library knows. */
const Key = z.object({ type: z.string() })
const Voices = z.object({ voices: z.array(ListedVoice) })
const Synthesis = z.object({ audioContent: z.instanceof(Uint8Array) })

/**
 * Google's own client library, loaded at the first call: it costs half a second and 30 MB. `channel` replaces the way
 * to the service, such as TLS to Google with a key by a plain socket to a server in a test.
 */
export function createGoogleClient(
  connection: GoogleConnection,
  channel: Channel = { keyFilename: connection.credentialsFile },
): GoogleClient {
  let opened: Promise<TextToSpeechClient> | null = null

  const client = async (): Promise<TextToSpeechClient> => {
    opened ??= openClient({ ...endpointOf(connection.endpoint), ...channel })
    try {
      return await opened
    } catch (cause) {
      opened = null
      const message = `Google's credentials cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`
      throw new SpeechError('credentials', message, { cause })
    }
  }

  /** The library's methods hide the handle by which a call is cancelled; what they are made of returns it. */
  const call = async (name: string, request: object, { timeoutMs, signal }: Limits): Promise<unknown> => {
    signal.throwIfAborted()
    const method: unknown = (await client()).innerApiCalls[name]
    if (typeof method !== 'function') throw new Error(`the client has no ${name}`)
    // Its own retries follow the wall clock and know of no budget: ours take their place.
    const answer: Promise<unknown> & { cancel?: () => void } = method(request, { timeout: timeoutMs, retry: null })
    const cancel = (): void => answer.cancel?.()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      if (signal.aborted) cancel()
      const [response] = z.array(z.unknown()).parse(await answer)
      return response
    } catch (error) {
      signal.throwIfAborted()
      throw error
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  return {
    synthesise: async (request, limits) => {
      const { audioContent } = Synthesis.parse(await call('synthesizeSpeech', request, limits))
      return Buffer.from(audioContent.buffer, audioContent.byteOffset, audioContent.byteLength)
    },
    listVoices: async (limits) => Voices.parse(await call('listVoices', { languageCode: LANGUAGE }, limits)).voices,
    [Symbol.asyncDispose]: async () => {
      const open = opened
      opened = null
      await (await open?.catch(() => null))?.close()
    },
  }
}

async function openClient(options: ClientOptions): Promise<TextToSpeechClient> {
  // The library looks into it at the first call only, where it is one more way of not reaching the service.
  if (options.keyFilename) Key.parse(JSON.parse(await readFile(options.keyFilename, 'utf8')))
  const library = await import('@google-cloud/text-to-speech')
  const client = new library.TextToSpeechClient({ ...options, fallback: false })
  // Left to the first call, a key file that cannot be read would be an unhandled rejection.
  await client.initialize()
  return client
}

function endpointOf(endpoint: string | null): ClientOptions {
  if (endpoint === null) return {}
  const { hostname, port } = new URL(`https://${endpoint}`)
  return { apiEndpoint: hostname, ...(port ? { port: Number(port) } : {}) }
}
