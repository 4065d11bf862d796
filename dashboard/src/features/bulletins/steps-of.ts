import type { BulletinStatus } from '#protocol/http/bulletins.ts'

export const STEPS = ['draft', 'pending', 'approved', 'scheduled', 'played'] as const
export type StepName = (typeof STEPS)[number]
export interface Step {
  readonly name: StepName
  readonly state: 'done' | 'current' | 'returned' | 'withdrawn' | 'ahead'
}

/** What its sessions say about a bulletin. */
export type Airing = 'none' | 'scheduled' | 'aired'

/** The five steps of a bulletin; the first that is not done is the one to do now. */
export function stepsOf(status: BulletinStatus, airing: Airing): Step[] {
  const done = doneSteps(status, airing)
  return STEPS.map((name, index) => ({
    name,
    state: index < done ? 'done' : index > done ? 'ahead' : halted(status, airing),
  }))
}

function halted(status: BulletinStatus, airing: Airing): Step['state'] {
  if (status === 'withdrawn') return 'withdrawn'
  return status === 'returned' && airing === 'none' ? 'returned' : 'current'
}

function doneSteps(status: BulletinStatus, airing: Airing): number {
  switch (status) {
    case 'draft':
    case 'returned':
      return 0
    case 'pending':
    case 'withdrawn':
      return 2
    case 'approved':
      return airing === 'aired' ? 5 : airing === 'scheduled' ? 4 : 3
  }
}
