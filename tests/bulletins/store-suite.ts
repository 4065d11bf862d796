import { beforeAll, describe, expect, test } from 'vitest'
import type { UploadId } from '#protocol/ids.ts'
import * as bulletinStore from '../../controller/bulletins/bulletins.store.ts'
import * as recordingStore from '../../controller/bulletins/recordings.store.ts'
import * as renditionStore from '../../controller/bulletins/renditions.store.ts'
import { readyBulletins } from '../../controller/programmes/session/ready-bulletins.store.ts'
import { audioOf, insertBulletin, insertUpload, insertVersion, newIds, PLACES } from '../db/rows.ts'
import type { Stores } from '../support/dialects.ts'

export const describeBulletinStores = (database: Stores) =>
  describe('bulletins and renditions', () => {
    const everything = { status: undefined, scope: null, before: null, limit: 100 }
    let target = ''
    beforeAll(() => {
      target = PLACES.sister
    })

    test('a transition happens only from the status and the version that the caller has seen', async () => {
      const { db } = database()
      const { id, versionId } = await insertBulletin(db)
      const submit = (seen: typeof versionId) =>
        bulletinStore.transitionBulletin(
          db,
          id,
          { status: ['draft', 'returned'], versionId: seen, approvedVersionId: null },
          { status: 'pending' },
        )
      expect(await submit(newIds.version())).toBe(false)
      expect(await submit(versionId)).toBe(true)
      expect(await submit(versionId)).toBe(false)
      expect((await bulletinStore.findBulletin(db, id))?.status).toBe('pending')
    })

    test('what moves on must also have the approved version that the caller has seen, and not be deleted', async () => {
      const { db } = database()
      const { id, versionId } = await insertBulletin(db)
      const move = (
        approvedVersionId: typeof versionId | null,
        set: Parameters<typeof bulletinStore.transitionBulletin>[3],
      ) => bulletinStore.transitionBulletin(db, id, { status: ['draft'], versionId, approvedVersionId }, set)
      expect(await move(versionId, { returnReason: 'x' })).toBe(false)
      expect(await move(null, { approvedVersionId: versionId })).toBe(true)
      expect(await move(null, { returnReason: 'x' })).toBe(false)
      expect(await move(versionId, { approvedVersionId: null })).toBe(true)
      const isListed = async () => (await bulletinStore.listBulletinIds(db, { ...everything, id })).length === 1
      expect(await isListed()).toBe(true)
      expect(await move(null, { deletedAt: 5 })).toBe(true)
      expect(await isListed()).toBe(false)
      expect(await move(null, { returnReason: 'x' })).toBe(false)
    })

    test('a new version keeps the old one, and is found where it is for itself, or the one on air', async () => {
      const { db } = database()
      const { id, versionId } = await insertBulletin(db, { targets: [PLACES.commune] })
      const second = newIds.version()
      await insertVersion(db, { id: second, bulletinId: id, number: 2, targets: [target, PLACES.elsewhere] })
      const draft = { status: ['draft' as const], approvedVersionId: null }
      await bulletinStore.transitionBulletin(db, id, { ...draft, versionId }, { currentVersionId: second })
      expect((await bulletinStore.listVersions(db, id)).map((version) => version.id)).toEqual([second, versionId])
      expect((await bulletinStore.findVersion(db, versionId))?.targetsJson).toBe(JSON.stringify([PLACES.commune]))
      const seenBy = async () => {
        const codes = [PLACES.commune, target, PLACES.elsewhere]
        return Promise.all(codes.map((code) => bulletinStore.isVisible(db, id, [code])))
      }
      expect(await seenBy()).toEqual([false, true, true])
      const onAir = (from: typeof versionId | null, to: typeof versionId | null) =>
        bulletinStore.transitionBulletin(
          db,
          id,
          { ...draft, versionId: second, approvedVersionId: from },
          { approvedVersionId: to },
        )
      await onAir(null, versionId)
      expect(await seenBy()).toEqual([true, true, true])
      await onAir(versionId, second)
      expect(await seenBy()).toEqual([false, true, true])
      await onAir(second, versionId)
      await onAir(versionId, null)
      expect(await seenBy()).toEqual([false, true, true])
    })

    test('a reader sees what targets their area, an area within it, or the province above; never the neighbour', async () => {
      const { db } = database()
      const { id: forCommune } = await insertBulletin(db, { targets: [PLACES.commune] })
      const { id: forProvince } = await insertBulletin(db, { targets: [PLACES.province] })
      const visible = async (scope: string[] | null) => {
        const rows = await bulletinStore.listBulletinIds(db, { ...everything, limit: 1_000, scope })
        return [forCommune, forProvince].map((id) => rows.some((row) => row.id === id))
      }
      expect(await visible([PLACES.commune])).toEqual([true, true])
      expect(await visible([PLACES.sister])).toEqual([false, true])
      expect(await visible([PLACES.province])).toEqual([true, true])
      expect(await visible([PLACES.elsewhere])).toEqual([false, false])
      expect(await visible([PLACES.elsewhere, PLACES.commune])).toEqual([true, true])
      expect(await visible([])).toEqual([false, false])
      expect(await visible(null)).toEqual([true, true])
    })

    test('pages follow each other without a gap or a repeat, bulletins of the same instant included', async () => {
      const { db } = database()
      const made = new Set<string>()
      for (const createdAt of [9_001, 9_002, 9_002, 9_002, 9_003]) {
        made.add((await insertBulletin(db, { targets: [target], createdAt })).id)
      }
      const seen: string[] = []
      let before: { createdAt: number; id: string } | null = null
      for (;;) {
        const page = await bulletinStore.listBulletinIds(db, { ...everything, before, limit: 2 })
        seen.push(...page.map((row) => row.id).filter((id) => made.has(id)))
        before = page.at(-1) ?? null
        if (page.length < 2 || (before?.createdAt ?? 0) < 9_000) break
      }
      expect(seen).toHaveLength(5)
      expect(new Set(seen)).toEqual(made)
    })

    test('a ready rendition shows its audio, and neither progress nor failure goes back over it', async () => {
      const { db } = database()
      const { versionId } = await insertBulletin(db)
      await renditionStore.setProgress(db, versionId, { step: 'speaking', progress: 0.125, at: 2 })
      expect(await renditionStore.findRendition(db, versionId)).toMatchObject({
        step: 'speaking',
        progress: 0.125,
        ms: null,
      })
      await renditionStore.setReady(db, versionId, audioOf('ready', 1_234), 3)
      await renditionStore.setProgress(db, versionId, { step: 'mixing', progress: 0.5, at: 4 })
      await renditionStore.setFailed(db, versionId, 'production.mixFailed', 5)
      expect(await renditionStore.findRendition(db, versionId)).toMatchObject({
        step: 'ready',
        progress: 1,
        sha256: audioOf('ready').sha256,
        ms: 1_234,
        loudnessLufs: -16.5,
        failureKey: null,
      })
    })

    test('two versions that sound the same share one audio file', async () => {
      const { db } = database()
      for (const _ of [1, 2]) {
        const { versionId } = await insertBulletin(db)
        await renditionStore.setReady(db, versionId, audioOf('shared'), 3)
      }
      const assets = await db
        .selectFrom('audioAsset')
        .select('sha256')
        .where('sha256', '=', audioOf('shared').sha256)
        .execute()
      expect(assets).toHaveLength(1)
    })

    test('sound from before peaks were measured gets them when it is produced again', async () => {
      const { db } = database()
      const [{ versionId }, { versionId: other }] = [await insertBulletin(db), await insertBulletin(db)]
      const audio = audioOf('unmeasured', 900)
      await renditionStore.setReady(db, versionId, audio, 3)
      await db.updateTable('audioAsset').set({ peaks: null }).where('sha256', '=', audio.sha256).execute()
      expect(await renditionStore.findAudio(db, versionId)).toEqual({
        sha256: audio.sha256,
        ms: 900,
        peaks: null,
        marksJson: null,
      })
      const marks = [{ start: 2, end: 14, startMs: 300, endMs: 800 }]
      await renditionStore.setReady(db, other, audio, 4)
      await renditionStore.setMarks(db, other, marks)
      expect(await renditionStore.findAudio(db, other)).toMatchObject({
        peaks: Buffer.of(0, 128, 255).toString('base64'),
        marksJson: JSON.stringify(marks),
      })
      expect(await renditionStore.findAudio(db, versionId)).toMatchObject({ peaks: 'AID/', marksJson: null })
    })

    test('a version that is produced anew forgets what was spoken, and in how many sentences', async () => {
      const { db } = database()
      const { versionId } = await insertBulletin(db)
      await renditionStore.setSentences(db, versionId, 12)
      await renditionStore.setReady(db, versionId, audioOf('again'), 3)
      await renditionStore.setMarks(db, versionId, [])
      expect(await renditionStore.findRendition(db, versionId)).toMatchObject({ sentences: 12 })
      expect(await renditionStore.startOver(db, versionId, 4, 'failed')).toBe(false)
      expect(await renditionStore.findRendition(db, versionId)).toMatchObject({ step: 'ready', sentences: 12 })
      expect(await renditionStore.startOver(db, versionId, 4, 'ready')).toBe(true)
      expect(await renditionStore.findRendition(db, versionId)).toMatchObject({ sentences: null, sha256: null })
      await renditionStore.setReady(db, versionId, audioOf('again'), 5)
      expect(await renditionStore.findAudio(db, versionId)).toMatchObject({ marksJson: null })
    })

    test('recordings are one for each language, are carried to the next version, and go with the last that names them', async () => {
      const { db } = database()
      const { id, versionId } = await insertBulletin(db)
      const [first, second, other] = [
        await insertUpload(db, id),
        await insertUpload(db, id),
        await insertUpload(db, id),
      ]
      const set = (uploadId: UploadId, language: string) =>
        recordingStore.setRecording(db, { versionId, language, uploadId, recordedFor: 1 })
      expect([await set(first, 'km'), await set(other, 'vi'), await set(second, 'km')]).toEqual([null, null, first])
      expect([await recordingStore.forgetUnlinked(db, first), await recordingStore.forgetUnlinked(db, second)]).toEqual(
        [true, false],
      )
      const next = newIds.version()
      await insertVersion(db, { id: next, bulletinId: id, number: 2 })
      await recordingStore.carryRecordings(db, { from: versionId, to: next })
      const listed = (await recordingStore.listRecordings(db, next)).map((row) => [
        row.language,
        row.id,
        row.recordedFor,
      ])
      expect(listed.sort()).toEqual([
        ['km', second, 1],
        ['vi', other, 1],
      ])
      expect(await recordingStore.unsetRecording(db, next, 'km')).toBe(second)
      expect(await recordingStore.unsetRecording(db, next, 'km')).toBeNull()
      expect(await recordingStore.forgetUnlinked(db, second)).toBe(false)
      expect(await recordingStore.unsetRecording(db, versionId, 'km')).toBe(second)
      expect(await recordingStore.forgetUnlinked(db, second)).toBe(true)
    })

    test('recordings change only while a bulletin has not been handed in', async () => {
      const { db } = database()
      const { id, versionId } = await insertBulletin(db)
      expect(await recordingStore.openVersion(db, id, 2)).toEqual({ id: versionId, number: 1 })
      const to = (status: 'draft' | 'pending' | 'returned', from: 'draft' | 'pending' | 'returned') =>
        bulletinStore.transitionBulletin(db, id, { status: [from], versionId, approvedVersionId: null }, { status })
      await to('pending', 'draft')
      expect(await recordingStore.openVersion(db, id, 3)).toBeNull()
      await to('returned', 'pending')
      expect(await recordingStore.openVersion(db, id, 4)).toEqual({ id: versionId, number: 1 })
      const seen = { status: ['returned' as const], versionId, approvedVersionId: null }
      await bulletinStore.transitionBulletin(db, id, seen, { deletedAt: 5 })
      expect(await recordingStore.openVersion(db, id, 6)).toBeNull()
    })

    test('what is ready to air is spoken by a person where one has, and then in the other languages', async () => {
      const { db } = database()
      const approved = async (spoken: boolean) => {
        const { id, versionId } = await insertBulletin(db)
        if (spoken) await renditionStore.setReady(db, versionId, audioOf(`synthetic ${id}`, 1_000), 2)
        await db.updateTable('bulletin').set({ approvedVersionId: versionId }).where('id', '=', id).execute()
        return { id, versionId }
      }
      const record = async ({ id, versionId }: Awaited<ReturnType<typeof approved>>, language: string) => {
        const uploadId = await insertUpload(db, id, audioOf(`${language} ${id}`, 2_000))
        await recordingStore.setRecording(db, { versionId, language, uploadId, recordedFor: 1 })
      }
      const [plain, several] = [await approved(true), await approved(true)]
      const [silent, voiced] = [await approved(false), await approved(false)]
      for (const language of ['km', 'vi', 'rad']) await record(several, language)
      await record(silent, 'km')
      await record(voiced, 'vi')
      const checking = await insertUpload(db, plain.id)
      await recordingStore.setRecording(db, {
        versionId: plain.versionId,
        language: 'km',
        uploadId: checking,
        recordedFor: 1,
      })
      const ids = [plain, several, silent, voiced].map((one) => one.id)
      const ready = await readyBulletins(db, ids)
      const heard = ids.map((one) => {
        const bulletin = ready.get(one)
        return bulletin && [bulletin, ...bulletin.others].map(({ language, ms }) => `${language} ${ms}`)
      })
      expect(heard).toEqual([['vi 1000'], ['vi 2000', 'rad 2000', 'km 2000'], undefined, ['vi 2000']])
    })

    test('a failed production starts over without its failure, and is not brought back by a late report', async () => {
      const { db } = database()
      const { versionId } = await insertBulletin(db)
      await renditionStore.setFailed(db, versionId, 'production.speakFailed', 2)
      await renditionStore.setProgress(db, versionId, { step: 'speaking', progress: 0.5, at: 3 })
      expect(await renditionStore.findRendition(db, versionId)).toMatchObject({
        step: 'failed',
        failureKey: 'production.speakFailed',
      })
      expect(await renditionStore.startOver(db, versionId, 4, 'failed')).toBe(true)
      expect(await renditionStore.findRendition(db, versionId)).toMatchObject({ step: 'queued', failureKey: null })
    })
  })
