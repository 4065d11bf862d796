import { z } from '@hono/zod-openapi'
import * as schema from '#protocol/http/speech.ts'
import { AreaCode } from '#protocol/ids.ts'
import type { Context } from '../../context.ts'
import { estimateSpeech } from '../../speech/estimate.ts'
import { listEngines } from '../../speech/list-engines.ts'
import { listPronunciations } from '../../speech/list-pronunciations.ts'
import { previewSpeech } from '../../speech/preview.ts'
import { removePronunciation } from '../../speech/remove-pronunciation.ts'
import { setPronunciation } from '../../speech/set-pronunciation.ts'
import { endpoint, jsonBody, router } from '../route.ts'

const params = z.object({ areaCode: AreaCode })
const Entries = z.object({ items: z.array(schema.Pronunciation) })

const preview = endpoint('post', '/preview', {
  summary: 'What would be said of a script',
  request: jsonBody(schema.PreviewSpeech),
  status: 200,
  answer: schema.SpeechPreview,
})
const estimate = endpoint('post', '/estimate', {
  summary: 'What speaking a script would cost',
  request: jsonBody(schema.EstimateSpeech),
  status: 200,
  answer: schema.SpeechEstimate,
})
const engines = endpoint('get', '/engines', {
  summary: 'Speech engines of this installation, in its order',
  request: {},
  status: 200,
  answer: z.object({ items: z.array(schema.SpeechEngine) }),
})
const list = endpoint('get', '/dictionaries/{areaCode}', {
  summary: 'The pronunciation dictionary of an area',
  request: { params },
  status: 200,
  answer: Entries,
})
const set = endpoint('put', '/dictionaries/{areaCode}', {
  summary: 'Add or change a word of the dictionary',
  request: { params, ...jsonBody(schema.PutPronunciation) },
  status: 200,
  answer: schema.Pronunciation,
})
const remove = endpoint('post', '/dictionaries/{areaCode}/remove', {
  summary: 'Take a word out of the dictionary; answers what is left',
  request: { params, ...jsonBody(schema.PutPronunciation.pick({ written: true })) },
  status: 200,
  answer: Entries,
})

export const speechRoutes = (ctx: Context) =>
  router()
    .openapi(preview, async (c) =>
      c.json(await previewSpeech(ctx, { actor: c.get('actor'), request: c.req.valid('json') }), 200),
    )
    .openapi(estimate, async (c) =>
      c.json(await estimateSpeech(ctx, { actor: c.get('actor'), request: c.req.valid('json') }), 200),
    )
    .openapi(engines, (c) => c.json({ items: listEngines(ctx, { actor: c.get('actor') }) }, 200))
    .openapi(list, async (c) =>
      c.json({ items: await listPronunciations(ctx, { actor: c.get('actor'), ...c.req.valid('param') }) }, 200),
    )
    .openapi(set, async (c) =>
      c.json(
        await setPronunciation(ctx, { actor: c.get('actor'), ...c.req.valid('param'), entry: c.req.valid('json') }),
        200,
      ),
    )
    .openapi(remove, async (c) => {
      const which = { actor: c.get('actor'), ...c.req.valid('param') }
      await removePronunciation(ctx, { ...which, ...c.req.valid('json') })
      return c.json({ items: await listPronunciations(ctx, which) }, 200)
    })
