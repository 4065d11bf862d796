import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DataStore, ERRORS, Upload } from '@tus/server'
import { UploadId } from '#protocol/ids.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { isoOf } from '../iso.ts'
import { cancelUpload } from '../uploads/cancel.ts'
import { hasExpired } from '../uploads/expire.ts'
import { createUploadFile, receivedBytes, uploadFile } from '../uploads/folder.ts'
import * as uploadStore from '../uploads/uploads.store.ts'

/**
 * Where the library writes. What an upload is stands in our own rows rather than in files beside the bytes, so that
 * limits can count it; how much of it has come is the length of its file, so that no kill can make the two disagree.
 */
export class UploadFiles extends DataStore {
  // Not `expiration`: the library would go by a clock of its own.
  override readonly extensions = ['creation', 'creation-with-upload', 'termination']
  readonly #ctx: Pick<Context, 'db' | 'clock' | 'dataDir'>

  constructor(ctx: Pick<Context, 'db' | 'clock' | 'dataDir'>) {
    super()
    this.#ctx = ctx
  }

  override async create(upload: Upload): Promise<Upload> {
    await createUploadFile(this.#ctx.dataDir, UploadId.parse(upload.id))
    return upload
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(uploadFile(this.#ctx.dataDir, UploadId.parse(id)), { flags: 'r+', start: offset })
    try {
      await pipeline(stream, file)
    } catch (cause) {
      if (!isDiskFull(cause)) throw cause
      throw new DomainError('unavailable', { field: '', key: 'upload.noSpace' }, { cause })
    }
    return offset + file.bytesWritten
  }

  /** What has come whole stays known as such, though its file is gone: the last answer may have been lost. */
  override async getUpload(id: string): Promise<Upload> {
    const known = UploadId.safeParse(id)
    const row = known.success ? await uploadStore.findUpload(this.#ctx.db, known.data) : null
    if (!row) throw ERRORS.FILE_NOT_FOUND
    if (await hasExpired(this.#ctx, row)) throw ERRORS.FILE_NO_LONGER_EXISTS
    const offset = row.state === 'receiving' ? await receivedBytes(this.#ctx.dataDir, row.id) : row.announcedBytes
    if (offset === null) throw ERRORS.FILE_NO_LONGER_EXISTS
    return new Upload({ id, size: row.announcedBytes, offset, creation_date: isoOf(row.createdAt) })
  }

  override async remove(id: string): Promise<void> {
    await cancelUpload(this.#ctx, { id: UploadId.parse(id) })
  }
}

const isDiskFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOSPC'
