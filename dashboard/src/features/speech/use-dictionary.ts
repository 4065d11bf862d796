import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PutPronunciation } from '#protocol/http/speech.ts'
import { notifyUndoable } from '../../components/ui/notify-undoable.tsx'
import { useTranslation } from '../../lib/i18n/index.ts'
import { keys } from '../../lib/query-keys.ts'
import { pronunciationsQuery } from './api/list-pronunciations.ts'
import { putPronunciation } from './api/put-pronunciation.ts'
import { removePronunciation } from './api/remove-pronunciation.ts'

/** Changes an area's dictionary. Each change can be undone for a while: what was there before comes back. */
export function useDictionary(areaCode: string, onChanged?: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()

  const changed = (): void => {
    void client.invalidateQueries({ queryKey: keys.pronunciations(areaCode) })
    onChanged?.()
  }
  const entryOf = async (written: string): Promise<PutPronunciation | null> => {
    const { items } = await client.fetchQuery({ ...pronunciationsQuery(areaCode), staleTime: 0 })
    return items.find((each) => each.written === written.trim().normalize('NFC')) ?? null
  }
  const restore = (written: string, before: PutPronunciation | null) => async (): Promise<void> => {
    await (before
      ? putPronunciation(areaCode, { written: before.written, spoken: before.spoken })
      : removePronunciation(areaCode, written))
    changed()
  }

  const put = useMutation({
    mutationFn: async (entry: PutPronunciation) => {
      const before = await entryOf(entry.written)
      return { before, after: await putPronunciation(areaCode, entry) }
    },
    onSuccess: ({ before, after }) => {
      changed()
      notifyUndoable(t('speech.saved', after), restore(after.written, before))
    },
  })
  const remove = useMutation({
    mutationFn: (entry: PutPronunciation) => removePronunciation(areaCode, entry.written),
    onSuccess: (_, entry) => {
      changed()
      notifyUndoable(t('speech.removed', entry), restore(entry.written, entry))
    },
  })
  return { put, remove }
}
