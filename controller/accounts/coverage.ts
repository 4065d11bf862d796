import type { Area } from '#protocol/http/areas.ts'
import * as areaStore from '../areas/areas.store.ts'
import type { Db } from '../db/open.ts'
import { DomainError, forbidden } from '../errors.ts'
import { type Actor, scopeOf } from './actor.ts'

/** Throws unless every area exists and lies within what the account works for; a province covers its communes. */
export async function requireCoverage(
  db: Db,
  actor: Actor,
  codes: readonly string[],
  field = 'targets',
): Promise<void> {
  const known = new Map((await areaStore.findAreas(db, codes)).map((area) => [area.code, area]))
  const unknown = codes.flatMap((code, i) =>
    known.has(code)
      ? []
      : [{ field: codes.length > 1 ? `${field}.${i}` : field, key: 'area.unknown', values: { code } }],
  )
  if (unknown.length > 0) throw new DomainError('invalid', unknown)
  const scope = scopeOf(actor)
  if (!scope) return
  if (![...known.values()].every((area) => isWithin(area, scope))) throw forbidden('permission.area')
}

/** Whether every area lies within what the account works for. */
export async function covers(db: Db, actor: Actor, codes: readonly string[]): Promise<boolean> {
  const scope = scopeOf(actor)
  return scope === null || (await areaStore.findAreas(db, codes)).every((area) => isWithin(area, scope))
}

const isWithin = ({ code, parentCode }: Pick<Area, 'code' | 'parentCode'>, scope: readonly string[]): boolean =>
  scope.includes(code) || (parentCode !== null && scope.includes(parentCode))
