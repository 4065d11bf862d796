/** A session's name within its station. */
export const sessionKey = (programmeId: string, originalDate: string): string => `${programmeId}@${originalDate}`

export const keyOf = ({
  programmeId,
  originalDate,
}: {
  readonly programmeId: string
  readonly originalDate: string
}): string => sessionKey(programmeId, originalDate)
