import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import type { Recording } from '#protocol/http/uploads.ts'
import { bulletinQuery } from '../../components/bulletin-query.ts'
import { bulletinProgressQuery } from './api/get-bulletin-progress.ts'

/**
 * A bulletin that follows how far its sounds are. While they are being made, only that is asked for again and again: the
 * script of an hour would come along twice a second otherwise, over a line that may be a telephone's.
 */
export function useBulletin(id: string): UseQueryResult<Bulletin> {
  const bulletin = useQuery(bulletinQuery(id))
  const isWorking = bulletin.data !== undefined && isInWork(bulletin.data)
  const progress = useQuery({ ...bulletinProgressQuery(id), enabled: isWorking })
  const isNews = isWorking && progress.dataUpdatedAt > bulletin.dataUpdatedAt
  if (!isNews || progress.data?.versionId !== bulletin.data.versionId) return bulletin
  const { rendition, recordings } = progress.data
  return { ...bulletin, data: { ...bulletin.data, rendition, recordings } }
}

const isInWork = ({ rendition, recordings }: Bulletin): boolean =>
  (rendition.step !== 'ready' && rendition.step !== 'failed') || recordings.some(isChecked)

const isChecked = ({ state, replacement }: Recording): boolean =>
  state === 'checking' || replacement?.state === 'checking'
