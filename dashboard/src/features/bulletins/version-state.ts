import type { Bulletin, VersionSummary } from '#protocol/http/bulletins.ts'

/**
 * What has become of a version: the one on air; withdrawn; once on air and followed by another; the one in work; or
 * written and never let on air.
 */
export type VersionState = 'onAir' | 'withdrawn' | 'followed' | 'current' | 'unused'

export function stateOfVersion(
  version: Pick<VersionSummary, 'id' | 'decisions'>,
  bulletin: Pick<Bulletin, 'versionId' | 'approvedVersionId'>,
): VersionState {
  const was = (kind: 'approve' | 'withdraw'): boolean => version.decisions.some((decision) => decision.kind === kind)
  if (version.id === bulletin.approvedVersionId) return 'onAir'
  if (was('withdraw')) return 'withdrawn'
  if (was('approve')) return 'followed'
  return version.id === bulletin.versionId ? 'current' : 'unused'
}

/** The number of the version on air when a newer one is in work; null when what is shown is what airs. */
export const olderOnAir = (bulletin: Pick<Bulletin, 'versions' | 'versionId' | 'approvedVersionId'>): number | null =>
  bulletin.approvedVersionId === null || bulletin.approvedVersionId === bulletin.versionId
    ? null
    : numberOf(bulletin, bulletin.approvedVersionId)

export const numberOf = ({ versions }: Pick<Bulletin, 'versions'>, versionId: string): number =>
  versions.find(({ id }) => id === versionId)?.number ?? 1
