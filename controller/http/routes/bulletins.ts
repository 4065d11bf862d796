import { BulletinUses } from '#protocol/http/bulletin-uses.ts'
import * as schema from '#protocol/http/bulletins.ts'
import { pageOf } from '#protocol/http/common.ts'
import { LanguageCode } from '#protocol/http/uploads.ts'
import { BulletinId, BulletinVersionId } from '#protocol/ids.ts'
import { approveBulletin } from '../../bulletins/approve.ts'
import { createBulletin } from '../../bulletins/create.ts'
import { deleteBulletin } from '../../bulletins/delete.ts'
import { editBulletin } from '../../bulletins/edit.ts'
import { getBulletin, getBulletinProgress, listBulletins } from '../../bulletins/get.ts'
import { getBulletinAudio } from '../../bulletins/get-audio.ts'
import { getVersion } from '../../bulletins/get-version.ts'
import { recheckRecording } from '../../bulletins/recheck-recording.ts'
import { removeRecording } from '../../bulletins/remove-recording.ts'
import { retryProduction } from '../../bulletins/retry-production.ts'
import { returnBulletin } from '../../bulletins/return.ts'
import { submitBulletin } from '../../bulletins/submit.ts'
import { usesOfBulletin } from '../../bulletins/uses.ts'
import { withdrawBulletin } from '../../bulletins/withdraw.ts'
import type { Context } from '../../context.ts'
import { endpoint, idParam, jsonBody, optionalJson, router } from '../route.ts'

const params = idParam(BulletinId)
const answer = schema.Bulletin

const list = endpoint('get', '/', {
  summary: 'Bulletins, newest first',
  request: { query: schema.BulletinQuery },
  status: 200,
  answer: pageOf(schema.BulletinSummary),
})
const create = endpoint('post', '/', {
  summary: 'Create a bulletin; its production starts at once',
  request: jsonBody(schema.CreateBulletin),
  status: 201,
  answer,
})
const get = endpoint('get', '/{id}', { summary: 'One bulletin', request: { params }, status: 200, answer })
const audio = endpoint('get', '/{id}/audio', {
  summary: 'What a listener sees of its sound: the waveform, and which words sound when',
  request: { params, query: schema.AudioQuery },
  status: 200,
  answer: schema.BulletinAudio,
})
const progress = endpoint('get', '/{id}/progress', {
  summary: 'How far its sound and its recordings are; all else of it is `GET /{id}`',
  request: { params },
  status: 200,
  answer: schema.BulletinProgress,
})
const edit = endpoint('put', '/{id}', {
  summary: 'Write a new version',
  request: { params, ...jsonBody(schema.CreateBulletin) },
  status: 200,
  answer,
})
const submit = endpoint('post', '/{id}/submit', {
  summary: 'Ask for approval',
  request: { params },
  status: 200,
  answer,
})
const approve = endpoint('post', '/{id}/approve', {
  summary: 'Approve the version that was heard',
  request: { params, ...optionalJson(schema.ApproveBulletin) },
  status: 200,
  answer,
})
const sendBack = endpoint('post', '/{id}/return', {
  summary: 'Return to the writer with a reason',
  request: { params, ...jsonBody(schema.ReturnBulletin) },
  status: 200,
  answer,
})
const withdraw = endpoint('post', '/{id}/withdraw', {
  summary: 'Take the approved version off the air, with a reason',
  request: { params, ...jsonBody(schema.WithdrawBulletin) },
  status: 200,
  answer,
})
const remove = endpoint('post', '/{id}/delete', {
  summary: 'Delete a draft that was never approved',
  request: { params },
  status: 200,
  answer: params,
})
const uses = endpoint('get', '/{id}/uses', {
  summary: 'Where it airs',
  request: { params },
  status: 200,
  answer: BulletinUses,
})
const version = endpoint('get', '/{id}/versions/{versionId}', {
  summary: 'One version, whole',
  request: { params: params.extend({ versionId: BulletinVersionId }) },
  status: 200,
  answer: schema.BulletinVersion,
})
const produceAgain = endpoint('post', '/{id}/produce', {
  summary: 'Produce again after a failure, or before it is handed in',
  request: { params },
  status: 200,
  answer,
})

const unrecord = endpoint('post', '/{id}/recordings/{language}/remove', {
  summary: 'Take the recording in one language away from a draft, and what was to take its place',
  request: { params: params.extend({ language: LanguageCode }) },
  status: 200,
  answer,
})
const unreplace = endpoint('post', '/{id}/recordings/{language}/replacement/remove', {
  summary: 'Take away what was to take the place of the recording in one language',
  request: { params: params.extend({ language: LanguageCode }) },
  status: 200,
  answer,
})

const recheck = endpoint('post', '/{id}/recordings/{language}/check', {
  summary: 'Check a recording again that a fault of the server has kept from being checked',
  request: { params: params.extend({ language: LanguageCode }) },
  status: 200,
  answer,
})

export const bulletinRoutes = (ctx: Context) =>
  router()
    .openapi(list, async (c) =>
      c.json(await listBulletins(ctx, { actor: c.get('actor'), ...c.req.valid('query') }), 200),
    )
    .openapi(create, async (c) =>
      c.json(await createBulletin(ctx, { actor: c.get('actor'), content: c.req.valid('json') }), 201),
    )
    .openapi(get, async (c) => c.json(await getBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200))
    .openapi(audio, async (c) =>
      c.json(
        await getBulletinAudio(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('query') }),
        200,
      ),
    )
    .openapi(progress, async (c) =>
      c.json(await getBulletinProgress(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(edit, async (c) =>
      c.json(
        await editBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param'), content: c.req.valid('json') }),
        200,
      ),
    )
    .openapi(submit, async (c) =>
      c.json(await submitBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(approve, async (c) =>
      c.json(
        await approveBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(sendBack, async (c) =>
      c.json(
        await returnBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(withdraw, async (c) =>
      c.json(
        await withdrawBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(remove, async (c) =>
      c.json(await deleteBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(uses, async (c) =>
      c.json(await usesOfBulletin(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(version, async (c) =>
      c.json(await getVersion(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(produceAgain, async (c) =>
      c.json(await retryProduction(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
    .openapi(unrecord, async (c) =>
      c.json(await removeRecording(ctx, { actor: c.get('actor'), ...c.req.valid('param'), what: 'all' }), 200),
    )
    .openapi(unreplace, async (c) =>
      c.json(await removeRecording(ctx, { actor: c.get('actor'), ...c.req.valid('param'), what: 'replacement' }), 200),
    )
    .openapi(recheck, async (c) =>
      c.json(await recheckRecording(ctx, { actor: c.get('actor'), ...c.req.valid('param') }), 200),
    )
