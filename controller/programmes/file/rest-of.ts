import type { PlacedProgramme } from '../place-problems.ts'
import type { StoredProgramme } from '../programmes.store.ts'
import type { Step } from './decide-steps.ts'

/**
 * What a programme of a file has beside it once all of the file is applied: two that change places are in nobody's way, and
 * two of one file that collide are found before either is saved.
 */
export const restOf =
  (steps: readonly Step[], own: Step, changed: (step: Extract<Step, { action: 'change' }>) => StoredProgramme) =>
  (active: readonly StoredProgramme[]): PlacedProgramme[] => {
    const others = steps.filter((step) => step !== own)
    const fates = new Map(others.flatMap((step) => (step.action === 'create' ? [] : [[step.stored.id, step] as const])))
    const ownId = own.action === 'create' ? null : own.stored.id
    const standing = active.flatMap((programme): PlacedProgramme[] => {
      const step = fates.get(programme.id)
      if (programme.id === ownId || step?.action === 'end') return []
      return [step?.action === 'change' ? changed(step) : programme]
    })
    const coming = others.flatMap((step): PlacedProgramme[] => {
      const isThere = step.action !== 'create' || active.some(({ key }) => key === step.key)
      return isThere ? [] : [{ ...step.written.programme, id: `file ${step.key}` }]
    })
    return [...standing, ...coming]
  }
