import { useQuery } from '@tanstack/react-query'
import type { Rendition, SpokenMark } from '#protocol/http/bulletins.ts'
import { bulletinAudioQuery, type SoundOf } from '../api/get-bulletin-audio.ts'
import type { Player } from '../player.ts'
import { ScriptText } from './bulletin-script.tsx'
import { FollowedScript } from './followed-script.tsx'

interface VersionScriptProps {
  readonly bulletinId: string
  readonly versionId: string
  readonly script: string
  readonly audio: Rendition['audio']
  readonly player: Player
}

/** What was written; once there is sound, it follows that. */
export function VersionScript({ bulletinId, versionId, script, audio, player }: VersionScriptProps) {
  if (!audio) return <ScriptText script={script} />
  return <Followed of={{ bulletinId, versionId, sha256: audio.sha256 }} script={script} player={player} />
}

function Followed({ of, script, player }: { of: SoundOf; script: string; player: Player }) {
  const { data } = useQuery(bulletinAudioQuery(of))
  return <FollowedScript player={player} script={script} marks={data?.marks ?? NO_MARKS} />
}

const NO_MARKS: readonly SpokenMark[] = []
