import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from '../../controller/config.ts'

const MOSQUITTO = {
  LOA_MQTT: 'mosquitto',
  LOA_MQTT_URL: 'mqtt://broker:1883',
  LOA_MQTT_ADMIN_USERNAME: 'admin',
  LOA_MQTT_ADMIN_PASSWORD: 'a password',
}

test('nothing need be set: a file database, an embedded broker, loopback only', () => {
  expect(parseConfig({})).toMatchObject({
    dataDir: 'data',
    database: { kind: 'sqlite', file: join('data', 'loa.db') },
    http: { host: '127.0.0.1', port: 8080, publicUrl: null },
    mqtt: { kind: 'embedded', host: '127.0.0.1', port: 1883, publicUrl: null },
    secrets: { master: null, signingKey: null },
    source: null,
  })
  expect(parseConfig({ LOA_HTTP_PORT: '', LOA_SOURCE_URL: '' })).toEqual(parseConfig({}))
})

test.each<[string, Record<string, string>]>([
  ['LOA_HTTP_PORT', { LOA_HTTP_PORT: '70000' }],
  ['LOA_HTTP_PORT', { LOA_HTTP_PORT: 'eighty' }],
  ['LOA_KEEP_UNUSED_AUDIO_DAYS', { LOA_KEEP_UNUSED_AUDIO_DAYS: '9' }],
  ['LOA_PUBLIC_URL', { LOA_PUBLIC_URL: 'loa.example.vn' }],
  ['LOA_PUBLIC_URL', { LOA_PUBLIC_URL: 'https://example.vn/loa' }],
  ['LOA_PUBLIC_URL', { LOA_PUBLIC_URL: 'ftp://example.vn' }],
  ['LOA_DATABASE_URL', { LOA_DATABASE_URL: 'mysql://x' }],
  ['LOA_SECRET', { LOA_SECRET: 'short' }],
  ['LOA_SPEECH_ENGINES', { LOA_SPEECH_ENGINES: 'espeak,shouting' }],
  ['LOA_SPEECH_ENGINES', { LOA_SPEECH_ENGINES: 'espeak,auto' }],
  ['LOA_GOOGLE_CREDENTIALS_FILE', { LOA_SPEECH_ENGINES: 'google,espeak' }],
  ['LOA_GOOGLE_VOICE', { LOA_GOOGLE_VOICE: 'en-US-Neural2-A' }],
  ['LOA_GOOGLE_SECOND_VOICE', { LOA_GOOGLE_SECOND_VOICE: 'Neural2-D' }],
  ['LOA_GOOGLE_ENDPOINT', { LOA_GOOGLE_ENDPOINT: 'https://texttospeech.googleapis.com/' }],
  ['LOA_GOOGLE_SPEAKING_RATE', { LOA_GOOGLE_SPEAKING_RATE: '3' }],
  ['LOA_SHERPA_VOICE_DIR', { LOA_SPEECH_ENGINES: 'sherpa,espeak' }],
  ['LOA_SHERPA_SPEAKER', { LOA_SHERPA_SPEAKER: '-1' }],
  ['LOA_SHERPA_SECOND_SPEAKER', { LOA_SHERPA_SECOND_SPEAKER: '-1' }],
  ['LOA_SHERPA_SPEED', { LOA_SHERPA_SPEED: '3' }],
  ['LOA_LEDGER_GRACE_SECONDS', { LOA_LEDGER_GRACE_SECONDS: '0' }],
  ['LOA_NIGHT', { LOA_NIGHT: '23:00' }],
  ['LOA_NIGHT', { LOA_NIGHT: '23:00-24:00' }],
  ['LOA_NIGHT', { LOA_NIGHT: '03:00-03:00' }],
  ['LOA_SOURCE_TOKEN', { LOA_SOURCE_URL: 'https://source.example.vn' }],
  ...(['LOA_MQTT_URL', 'LOA_MQTT_ADMIN_USERNAME', 'LOA_MQTT_ADMIN_PASSWORD'] as const).map(
    (name): [string, Record<string, string>] => [name, { ...MOSQUITTO, [name]: '' }],
  ),
  ['LOA_SECRET_FILE', { LOA_SECRET_FILE: '/nowhere/secret' }],
])('a wrong setting is named: %s', (name, env) => {
  expect(() => parseConfig(env)).toThrow(ConfigError)
  expect(() => parseConfig(env)).toThrow(new RegExp(`^${name}:`, 'm'))
})

test('every wrong setting is named at once', () => {
  expect(() => parseConfig({ LOA_HTTP_PORT: 'x', LOA_MQTT: 'y' })).toThrow(/LOA_HTTP_PORT:.*\n.*LOA_MQTT:/)
})

test('Mosquitto, PostgreSQL and a source are chosen by their settings', () => {
  const config = parseConfig({
    ...MOSQUITTO,
    LOA_DATABASE_URL: 'postgresql://db/loa',
    LOA_PUBLIC_URL: 'https://loa.example.vn/',
    LOA_SOURCE_URL: 'https://source.example.vn',
    LOA_SOURCE_TOKEN: 'a token',
  })
  expect(config).toMatchObject({
    mqtt: { kind: 'mosquitto', url: 'mqtt://broker:1883', publicUrl: 'mqtt://broker:1883' },
    database: { kind: 'postgres', url: 'postgresql://db/loa' },
    http: { publicUrl: 'https://loa.example.vn' },
    source: { name: 'Thông tin nguồn', url: 'https://source.example.vn', token: 'a token' },
  })
})

test('there is always a night: left empty it is the usual one', () => {
  expect(parseConfig({ LOA_NIGHT: '' }).night).toEqual({ from: '23:00', to: '04:00' })
  expect(parseConfig({ LOA_NIGHT: '21:30-05:00' }).night).toEqual({ from: '21:30', to: '05:00' })
})

test('a voice folder is taken for sherpa-onnx, with its speaker and speed', () => {
  const env = { LOA_SHERPA_VOICE_DIR: '/voices/vi', LOA_SHERPA_SPEAKER: '3', LOA_SHERPA_SPEED: '0.9' }
  const { speech } = parseConfig({ ...env, LOA_SPEECH_ENGINES: 'sherpa,espeak' })
  expect(speech.sherpa).toEqual({ voiceDir: '/voices/vi', speaker: 3, secondSpeaker: 3, speed: 0.9 })
  expect(parseConfig(env).speech.sherpa).toBeNull()
})

test('a secret may stand in a file, without its line end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-config-'))
  try {
    const file = join(folder, 'secret')
    await writeFile(file, `${'s'.repeat(40)}\n`)
    expect(parseConfig({ LOA_SECRET_FILE: file }).secrets.master).toBe('s'.repeat(40))
    await writeFile(file, 'short')
    expect(() => parseConfig({ LOA_SECRET_FILE: file })).toThrow(/^LOA_SECRET:/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
