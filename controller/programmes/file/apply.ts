import { type CalendarException, MAX_EXCEPTIONS } from '#protocol/calendar.ts'
import type { Station } from '#protocol/http/areas.ts'
import type { CreateProgramme } from '#protocol/http/programmes.ts'
import type { ProgrammeId } from '#protocol/ids.ts'
import { civilTime } from '#protocol/rules/civil-time.ts'
import { type Actor, requirePermission } from '../../accounts/actor.ts'
import { requireCoverage } from '../../accounts/coverage.ts'
import * as stationStore from '../../areas/stations.store.ts'
import type { Context } from '../../context.ts'
import { conflict, DomainError } from '../../errors.ts'
import { messageOf } from '../../messages.ts'
import { createProgramme } from '../create.ts'
import { endProgramme } from '../end.ts'
import { newExceptionProblems } from '../exception-problems.ts'
import * as programmeStore from '../programmes.store.ts'
import { type Rest, requireSound } from '../require-sound.ts'
import { changeProgramme, type SeriesContent, withContent } from '../update.ts'
import { type Fault, findFaults, findStrayDays } from './check.ts'
import { decideSteps, type Step, type Wishes } from './decide-steps.ts'
import type { ParsedFile, WrittenProgramme } from './parse.ts'
import { FileError, type FileProblem } from './problem.ts'
import { restOf } from './rest-of.ts'

type Needs = Pick<Context, 'db' | 'bus' | 'clock' | 'newId' | 'config'>

/** What became, or would become, of one programme. */
export interface Applied {
  readonly action: Step['action']
  readonly key: string
  /** Null: it would have to be made first. */
  readonly id: ProgrammeId | null
  readonly fields?: readonly string[]
  /** What to look at, in sentences. */
  readonly warnings?: readonly string[]
}

/**
 * Makes a station's programmes what a file says, by the same verbs and checks as people at the screen. All is checked
 * before anything is changed. Throws FileError; tells each step as it is done, so that it is known how far it came.
 */
export async function applyFile(
  ctx: Needs,
  input: { actor: Actor; file: ParsedFile; wishes: Wishes; isRehearsal: boolean },
  tell: (applied: Applied) => void,
): Promise<void> {
  const { actor, file, wishes } = input
  requirePermission(actor, 'programmes.write')
  await requireCoverage(ctx.db, actor, [file.areaCode], 'areaCode')
  const station = await requireStation(ctx, file)
  const { steps, problems } = decideSteps(
    file.programmes,
    {
      active: await programmeStore.activeProgrammesOf(ctx.db, file.areaCode),
      endedAt: await programmeStore.endedKeysOf(ctx.db, file.areaCode),
    },
    wishes,
    (at) => civilTime(at, station.timeZone).date,
  )
  const altered = new Set(steps.flatMap((step) => ('written' in step ? [step.written] : [])))
  const faults = findFaults(file, ctx.clock.now()).filter(({ written, isCertain }) => isCertain && altered.has(written))
  problems.push(...faults.map(({ problem }) => problem))
  const rest = (step: Step) => restOf(steps, step, (other) => changed(other, other.stored))
  for (const step of steps) problems.push(...(await refusals(ctx, actor, station, step, rest(step))))
  if (problems.length > 0) throw new FileError(problems)
  const strays = findStrayDays(file, ctx.clock.now())
  for (const step of steps) {
    const applied = input.isRehearsal ? foretold(step) : await take(ctx, actor, step, rest(step))
    const warnings = strays.filter(({ written }) => 'written' in step && written === step.written).map(sentenceOf)
    tell(warnings.length > 0 ? { ...applied, warnings } : applied)
  }
}

const sentenceOf = ({ problem }: Fault): string => messageOf(problem.key, problem.values)

async function requireStation({ db }: Needs, file: ParsedFile): Promise<Station> {
  const station = await stationStore.findStation(db, file.areaCode)
  if (!station) throw new FileError([{ ...file.locate(['areaCode']), field: 'areaCode', key: 'programme.noStation' }])
  if (station.timeZone !== file.timeZone) {
    const values = { file: file.timeZone, station: station.timeZone }
    const key = 'file.otherTimeZone'
    throw new FileError([{ ...file.locate(['timeZone']), field: 'timeZone', key, values }])
  }
  return station
}

/** What the verb would refuse, at its place in the file. */
async function refusals(ctx: Needs, actor: Actor, station: Station, step: Step, rest: Rest): Promise<FileProblem[]> {
  if (step.action !== 'create' && step.action !== 'change') return []
  const { written } = step
  const programme = step.action === 'create' ? written.programme : changed(step, step.stored)
  if (programme.exceptions.length > MAX_EXCEPTIONS)
    return [{ ...written.locate('exceptions'), key: 'file.tooManyExceptions' }]
  if (step.action === 'change' && step.onlyTakesAway) return []
  try {
    await requireSound(ctx, { actor, programme, station, standing: standingBefore(step), rest })
    return []
  } catch (err) {
    if (!(err instanceof DomainError)) throw err
    return err.problems.map((problem) => ({ ...problem, ...written.locate(problem.field) }))
  }
}

const standingBefore = (step: Extract<Step, { action: 'create' | 'change' }>): readonly CalendarException[] =>
  step.action === 'create' ? [] : step.stored.exceptions

async function take(ctx: Needs, actor: Actor, step: Step, rest: Rest): Promise<Applied> {
  switch (step.action) {
    case 'create': {
      const { id } = await createProgramme(ctx, { actor, programme: step.written.programme, rest })
      return { ...foretold(step), id }
    }
    case 'change':
      await changeProgramme(ctx, { actor, id: step.stored.id }, (stored) => changed(step, stored), {
        onlyTakesAway: step.onlyTakesAway,
        problems: (programme, station) => newExceptionProblems(ctx, programme, standingBefore(step), station),
        rest,
      })
      return foretold(step)
    case 'end':
      await endProgramme(ctx, { actor, id: step.stored.id })
      return foretold(step)
    case 'keep':
    case 'leave':
      return foretold(step)
  }
}

const foretold = (step: Step): Applied => ({
  action: step.action,
  key: step.key,
  id: step.action === 'create' ? null : step.stored.id,
  ...(step.action === 'change' ? { fields: step.fields } : {}),
})

function changed(
  { written, exceptions, stored: before }: Extract<Step, { action: 'change' }>,
  stored: programmeStore.StoredProgramme,
): programmeStore.StoredProgramme {
  if (stored.revision !== before.revision) throw conflict('programme.changedMeanwhile')
  return { ...withContent(stored, seriesOf(written)), exceptions: [...exceptions] }
}

function seriesOf({ programme }: WrittenProgramme): SeriesContent {
  const { areaCode: _area, key: _key, exceptions: _days, ...series }: CreateProgramme = programme
  return series
}
