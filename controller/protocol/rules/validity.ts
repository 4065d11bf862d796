import { civilTime } from './civil-time.ts'

/** Whether what is true up to the local day `expiresOn`, that day included, may still air at an instant; null: for ever. */
export const mayAirAt = (expiresOn: string | null, at: number, timeZone: string): boolean =>
  expiresOn === null || civilTime(at, timeZone).date <= expiresOn
