/** What browsers record, the first that this one can: Chromium and Firefox Opus, Safari AAC. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'] as const
const BITS_PER_SECOND = 64_000
/** What is recorded so far is handed over as often, so that a crash of the recorder loses no more. */
const PIECE_MS = 1_000

/** `insecure`: the page did not come by https. `denied`: the person or the device says no. `missing`: no microphone. */
export type MicrophoneProblem = 'insecure' | 'denied' | 'missing' | 'unsupported'

export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError'
  readonly problem: MicrophoneProblem

  constructor(problem: MicrophoneProblem, options?: { cause?: unknown }) {
    super(problem, options)
    this.problem = problem
  }
}

export interface Recorder {
  /** How loud it is now, 0 to 1 of what fits. */
  level(): number
  /** Ends it and gives what was recorded. */
  stop(): Promise<Blob>
  /** Ends it; nothing is kept. After a stop it does nothing. */
  discard(): void
}

/** Takes the microphone and records at once. */
export async function startRecorder(): Promise<Recorder> {
  if (!isSecureContext) throw new MicrophoneError('insecure')
  const type =
    typeof MediaRecorder === 'undefined' ? undefined : TYPES.find((each) => MediaRecorder.isTypeSupported(each))
  if (!type || !navigator.mediaDevices) throw new MicrophoneError('unsupported')
  const stream = await openMicrophone()
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND })
  const pieces: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data))
  recorder.start(PIECE_MS)
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop()
    void context.close()
  }
  return {
    level() {
      analyser.getFloatTimeDomainData(samples)
      return samples.reduce((highest, x) => Math.max(highest, Math.abs(x)), 0)
    },
    stop: () =>
      new Promise((resolve) => {
        recorder.addEventListener('stop', () => {
          release()
          resolve(new Blob(pieces, { type }))
        })
        recorder.stop()
      }),
    discard() {
      if (recorder.state === 'inactive') return
      recorder.stop()
      release()
    },
  }
}

async function openMicrophone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true },
    })
  } catch (cause) {
    const isMissing = cause instanceof DOMException && ['NotFoundError', 'OverconstrainedError'].includes(cause.name)
    throw new MicrophoneError(isMissing ? 'missing' : 'denied', { cause })
  }
}

/** The name under which a recording goes up, by what the browser made. */
export const extensionOf = (type: string): string =>
  type.startsWith('audio/mp4') ? 'm4a' : type.startsWith('audio/ogg') ? 'ogg' : 'webm'
