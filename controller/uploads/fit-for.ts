import type { UploadPurpose } from '#protocol/http/uploads.ts'
import type { UploadRow } from './uploads.store.ts'

/** A station plays what it has brought itself, for that purpose, and what was found fit to air. */
export const isFitFor = (
  upload: UploadRow | null,
  areaCode: string,
  purpose: Exclude<UploadPurpose, 'recording'>,
): boolean => upload?.areaCode === areaCode && upload.purpose === purpose && upload.state === 'ready'
