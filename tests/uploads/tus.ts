import type { Session } from '../support/session.ts'

/** What a file is for, as tus writes it: keys with values in base64. */
export const metadataOf = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

export interface TusAnswer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly body: any
}

/** The protocol word by word, as some other program might speak it. */
export function tusClient(url: string, by: Pick<Session, 'cookie'>) {
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: NonNullable<RequestInit['body']>,
  ): Promise<TusAnswer> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { cookie: by.cookie, origin: url, 'tus-resumable': '1.0.0', ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
  return {
    create: (bytes: number, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      send('POST', '/api/uploads', {
        'upload-length': String(bytes),
        'upload-metadata': metadataOf(fields),
        ...headers,
      }),
    head: (path: string) => send('HEAD', path, {}),
    patch: (path: string, offset: number, bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      send(
        'PATCH',
        path,
        { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...headers },
        bytes,
      ),
    remove: (path: string) => send('DELETE', path, {}),
    send,
  }
}
