import { queryOptions } from '@tanstack/react-query'
import { BulletinAudio } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

/**
 * The waveform and the spoken words of a version. They never change; null when the bulletin has moved on to another
 * meanwhile, which its own query is about to show.
 */
export const bulletinAudioQuery = (of: { id: string; versionId: string; sha256: string }) =>
  queryOptions({
    queryKey: keys.bulletinAudio(of.versionId, of.sha256),
    queryFn: async ({ signal }) => {
      const audio = await call(BulletinAudio, `/api/bulletins/${of.id}/audio`, { signal })
      return audio.versionId === of.versionId && audio.sha256 === of.sha256 ? audio : null
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
