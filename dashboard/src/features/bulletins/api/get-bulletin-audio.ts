import { queryOptions } from '@tanstack/react-query'
import { BulletinAudio } from '#protocol/http/bulletins.ts'
import { call } from '../../../lib/api.ts'
import { keys } from '../../../lib/query-keys.ts'

export interface SoundOf {
  readonly bulletinId: string
  readonly versionId: string
  readonly sha256: string
}

/**
 * The waveform and the spoken words of a version. They never change; null when it is being spoken anew meanwhile, which
 * the query of the version itself is about to show.
 */
export const bulletinAudioQuery = ({ bulletinId, versionId, sha256 }: SoundOf) =>
  queryOptions({
    queryKey: keys.bulletinAudio(versionId, sha256),
    queryFn: async ({ signal }) => {
      const path = `/api/bulletins/${bulletinId}/audio`
      const audio = await call(BulletinAudio, path, { query: { versionId }, signal })
      return audio.sha256 === sha256 ? audio : null
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
