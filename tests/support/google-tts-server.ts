import { createRequire } from 'node:module'
import * as grpc from '@grpc/grpc-js'
import { fromJSON } from '@grpc/proto-loader'
import { encodeWav } from '../../controller/audio/wav.ts'

const load = createRequire(import.meta.url)
const SAMPLE_RATE = 24_000

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly input: { readonly text?: string; readonly ssml?: string }
  readonly voice: { readonly name: string; readonly languageCode: string }
  readonly audioConfig: {
    readonly audioEncoding: string
    readonly sampleRateHertz: number
    readonly speakingRate: number
  }
}

/** What the server does with a request instead of speaking. */
export type Misbehaviour = { readonly status: number; readonly message?: string } | 'hang' | 'nonsense' | 'die'

export interface GoogleTtsServer extends AsyncDisposable {
  /** `localhost:port`. */
  readonly endpoint: string
  /** Requests for speech, in order of arrival; refused ones too. */
  readonly seen: readonly SeenRequest[]
  readonly cancelled: () => number
  readonly listings: () => number
  /** Does this for the next requests, one each; speaks again afterwards. */
  next(...misbehaviours: Misbehaviour[]): void
  /** Does this for every request, until told otherwise. */
  always(misbehaviour: Misbehaviour | null): void
  /** Does this where it says so. */
  on(decide: (text: string) => Misbehaviour | null): void
  voices: string[]
  [Symbol.asyncDispose](): Promise<void>
}

type Unary<Request, Answer> = (call: grpc.ServerUnaryCall<Request, Answer>, answer: grpc.sendUnaryData<Answer>) => void

/** Google's speech service in this process: its proto, its limits and its way of refusing, and a tone for a voice. */
export async function startGoogleTts(port = 0): Promise<GoogleTtsServer> {
  const definition = fromJSON(load('@google-cloud/text-to-speech/build/protos/protos.json'), {
    enums: String,
    defaults: false,
    oneofs: true,
  })
  const service = definition['google.cloud.texttospeech.v1.TextToSpeech'] as grpc.ServiceDefinition
  const seen: SeenRequest[] = []
  const queue: Misbehaviour[] = []
  let standing: Misbehaviour | null = null
  let decide: (text: string) => Misbehaviour | null = () => null
  let cancelled = 0
  let listings = 0
  let voices = ['vi-VN-Standard-A', 'vi-VN-Wavenet-B', 'vi-VN-Neural2-A', 'vi-VN-Neural2-D', 'vi-VN-Chirp3-HD-Kore']
  const server = new grpc.Server()

  const misbehave = (what: Misbehaviour, answer: grpc.sendUnaryData<object>): void => {
    if (what === 'hang') return
    if (what === 'nonsense') answer(null, { audioContent: Buffer.from('la la la') })
    else if (what === 'die') server.forceShutdown()
    else answer({ code: what.status, message: what.message ?? 'on purpose', name: 'Refused' })
  }

  const synthesizeSpeech: Unary<SeenRequest, object> = (call, answer) => {
    const { input, voice } = call.request
    seen.push(call.request)
    call.on('cancelled', () => {
      cancelled += 1
    })
    const text = input.text ?? input.ssml ?? ''
    const wrong = queue.shift() ?? standing ?? decide(text)
    if (wrong) return misbehave(wrong, answer)
    const refuse = (message: string): void => answer({ code: grpc.status.INVALID_ARGUMENT, message, name: 'Refused' })
    if (Buffer.byteLength(text) > 5_000) return refuse('Either `input.text` or `input.ssml` is longer than 5000 bytes.')
    if (!voices.includes(voice.name)) return refuse(`Voice '${voice.name}' does not exist. Is it misspelled?`)
    answer(null, { audioContent: toneOf(text) })
  }
  const listVoices: Unary<{ languageCode: string }, object> = (_call, answer) => {
    listings += 1
    if (standing) return misbehave(standing, answer)
    answer(null, {
      voices: voices.map((name) => ({
        name,
        languageCodes: ['vi-VN'],
        ssmlGender: 'FEMALE',
        naturalSampleRateHertz: SAMPLE_RATE,
      })),
    })
  }
  server.addService(service, { synthesizeSpeech, listVoices })
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    ),
  )
  return {
    endpoint: `127.0.0.1:${bound}`,
    seen,
    cancelled: () => cancelled,
    listings: () => listings,
    next: (...misbehaviours) => void queue.push(...misbehaviours),
    always: (misbehaviour) => {
      standing = misbehaviour
    },
    on: (decision) => {
      decide = decision
    },
    get voices() {
      return voices
    },
    set voices(names) {
      voices = names
    },
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  }
}

/** A way to such a server: a plain socket, and no search for credentials on this machine. */
export const plainChannel = () => ({
  sslCreds: grpc.credentials.createInsecure(),
  clientOptions: { universeDomain: 'googleapis.com' },
})

/** 20 ms of tone a character, with half a second of silence around. */
function toneOf(text: string): Buffer {
  const samples = new Int16Array(SAMPLE_RATE / 2 + Math.round(text.length * SAMPLE_RATE * 0.02))
  for (let i = SAMPLE_RATE / 4; i < samples.length - SAMPLE_RATE / 4; i++) {
    samples[i] = Math.round(9_000 * Math.sin((2 * Math.PI * 330 * i) / SAMPLE_RATE))
  }
  return encodeWav(samples, SAMPLE_RATE)
}
