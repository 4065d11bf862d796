import { useQuery } from '@tanstack/react-query'
import type { Rendition } from '#protocol/http/bulletins.ts'
import { bulletinAudioQuery } from '../api/get-bulletin-audio.ts'
import type { Player } from '../player.ts'
import { AudioPlayer } from './audio-player.tsx'

interface VersionPlayerProps {
  readonly bulletinId: string
  readonly versionId: string
  readonly audio: NonNullable<Rendition['audio']>
  readonly player: Player
}

/** Plays what was produced of a version. Without its picture it plays all the same. */
export function VersionPlayer({ bulletinId, versionId, audio, player }: VersionPlayerProps) {
  const { sha256, url, ms } = audio
  const { data } = useQuery(bulletinAudioQuery({ bulletinId, versionId, sha256 }))
  return <AudioPlayer key={sha256} player={player} url={url} ms={ms} peaks={data?.peaks ?? null} />
}
