import type { BrowserContext } from 'playwright-core'
import type { Session } from './session.ts'

/** Lets the pages of a browser act for an account that is signed in already. */
export async function signInto(context: BrowserContext, url: string, { cookie }: Session): Promise<void> {
  const [name = '', ...value] = cookie.split('=')
  await context.addCookies([{ url, name, value: value.join('=') }])
}
