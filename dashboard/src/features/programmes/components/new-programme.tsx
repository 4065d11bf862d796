import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Station } from '#protocol/http/areas.ts'
import type { Programme } from '#protocol/http/programmes.ts'
import { serverNow } from '../../../lib/clock.ts'
import { addDays, localDate } from '../../../lib/format/time.ts'
import { keys } from '../../../lib/query-keys.ts'
import { createProgramme } from '../api/create-programme.ts'
import { type EditorValues, newValues, programmeFrom } from '../editor-values.ts'
import { ProgrammeForm } from './programme-form.tsx'

interface NewProgrammeProps {
  readonly stations: readonly Station[]
  readonly station: Station
  readonly onDone: (programme: Programme) => void
}

/** The evening session that communes have; another time is two taps away. */
const USUAL_START = '17:00'

export function NewProgramme({ stations, station, onDone }: NewProgrammeProps) {
  const client = useQueryClient()
  const creating = useMutation({
    mutationFn: async (values: EditorValues) => {
      const input = programmeFrom(values)
      if (!input) throw new TypeError('the form has let something incomplete through')
      return createProgramme(input)
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.programmes })
      void client.invalidateQueries({ queryKey: keys.days })
    },
  })
  return (
    <ProgrammeForm
      initial={newValues(station.areaCode, addDays(localDate(serverNow()), 1), USUAL_START)}
      stations={stations}
      exceptions={[]}
      isNew
      readOnly={false}
      onSubmit={(values) => creating.mutateAsync(values)}
      onSaved={onDone}
      isSaving={creating.isPending}
      error={creating.error}
    />
  )
}
