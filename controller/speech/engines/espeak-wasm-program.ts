/**
 * A program of its own, started by `espeak-wasm.ts`: speaks each line of JSON on standard input and answers with frames
 * on standard output (see `wav-frames.ts`). The engine is GPL-3 and may crash, so it never shares a process with us.
 */
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { encodeFrame, type FrameHeader } from './wav-frames.ts'

const Arguments = z.object({ module: z.string() })
/** What to say, and the command line that says how. */
const Request = z.object({ text: z.string(), args: z.array(z.string()) })

/** The parts of the Emscripten module that are used; it is a command line program with a file system in memory. */
interface EspeakModule {
  readonly FS: {
    writeFile(path: string, text: string): void
    readFile(path: string): Uint8Array
    unlink(path: string): void
    analyzePath(path: string): { exists: boolean }
  }
}

interface WasmInstance {
  readonly exports: unknown
}

/** The part of the WebAssembly global that is used; the types of Node 20 leave it out. */
interface WasmApi {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(module: object, imports: object): Promise<WasmInstance>
}

const wasmApi = (): WasmApi => Reflect.get(globalThis, 'WebAssembly') as WasmApi

type EspeakFactory = (options: {
  noInitialRun: boolean
  print: (line: string) => void
  printErr: (line: string) => void
  instantiateWasm: (imports: object, done: (instance: WasmInstance) => void) => object
}) => Promise<EspeakModule>

interface EspeakExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  stackSave(): number
  stackRestore(pointer: number): void
  stackAlloc(bytes: number): number
  __main_argc_argv(count: number, pointer: number): number
}

/** What version 1.0.2 of the package exports; a different one fails at its first call, and the parent reports it. */
const asExports = (instance: WasmInstance): EspeakExports => instance.exports as EspeakExports

const INPUT = '/text'
const OUTPUT = '/wav'

async function loadEngine(
  module: string,
): Promise<{ run(args: readonly string[]): number; files: EspeakModule['FS'] }> {
  const url = import.meta.resolve(module)
  const wasm = await wasmApi().compile(await readFile(new URL('./espeak-ng.wasm', url)))
  const { default: factory } = (await import(url)) as { default: EspeakFactory }
  let exports: EspeakExports | null = null
  const print = (line: string): void => void process.stderr.write(`${line}\n`)
  const { FS } = await factory({
    noInitialRun: true,
    print,
    printErr: print,
    instantiateWasm: (imports, done) => {
      void wasmApi()
        .instantiate(wasm, imports)
        .then((instance) => {
          exports = asExports(instance)
          done(instance)
        })
      return {}
    },
  })
  if (!exports) throw new Error('the engine was not instantiated')
  return { run: rerunnable(exports), files: FS }
}

/**
 * Its `main` is meant to run once. Putting the memory back to how it was before makes it run again from the same state:
 * 1 ms, where a new instance takes 100.
 */
function rerunnable(engine: EspeakExports): (args: readonly string[]) => number {
  const fresh = new Uint8Array(engine.memory.buffer).slice()
  const stack = engine.stackSave()
  return (args) => {
    const memory = new Uint8Array(engine.memory.buffer)
    memory.set(fresh)
    memory.fill(0, fresh.length)
    engine.stackRestore(stack)
    const pointers = ['espeak-ng', ...args].map((argument) => {
      const bytes = Buffer.from(`${argument}\0`, 'utf8')
      const pointer = engine.stackAlloc(bytes.length)
      memory.set(bytes, pointer)
      return pointer
    })
    const table = engine.stackAlloc((pointers.length + 1) * 4)
    memory.set(new Uint8Array(Uint32Array.of(...pointers, 0).buffer), table)
    return engine.__main_argc_argv(pointers.length, table)
  }
}

const answer = (header: FrameHeader, body?: Uint8Array): void => {
  process.stdout.write(encodeFrame(header))
  if (body) process.stdout.write(body)
}

const { module } = Arguments.parse(JSON.parse(process.argv[2] ?? '{}'))
const engine = await loadEngine(module).catch((error: unknown) => {
  answer({ kind: 'missing', message: String(error).slice(0, 500) })
  return null
})
if (engine) {
  answer({ kind: 'ready' })
  for await (const line of createInterface({ input: process.stdin })) {
    const { text, args } = Request.parse(JSON.parse(line))
    engine.files.writeFile(INPUT, text)
    const status = engine.run([...args, '-f', INPUT, '-w', OUTPUT])
    if (status !== 0 || !engine.files.analyzePath(OUTPUT).exists) {
      answer({ kind: 'refused', message: `status ${status}` })
      continue
    }
    const wav = engine.files.readFile(OUTPUT)
    engine.files.unlink(OUTPUT)
    answer({ kind: 'wav', bytes: wav.length }, wav)
  }
}
