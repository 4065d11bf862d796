import { useQueryClient } from '@tanstack/react-query'
import type { Bulletin } from '#protocol/http/bulletins.ts'
import { languageName } from '#protocol/languages.ts'
import { keys } from '../../../lib/query-keys.ts'
import { recheckRecording } from '../api/recheck-recording.ts'
import { RecheckButton } from './recheck-button.tsx'

/** For a recording, or the one that is to take its place. */
export function RecheckRecording({ bulletin: { id }, language }: { bulletin: Bulletin; language: string }) {
  const client = useQueryClient()
  return (
    <RecheckButton
      name={languageName(language)}
      run={async () => client.setQueryData(keys.bulletin(id), await recheckRecording(id, language))}
    />
  )
}
