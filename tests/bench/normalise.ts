import { normalise } from '../../controller/speech/normalise/normalise.ts'

const SAMPLE = [
  'Căn cứ Nghị định số 12/2021/NĐ-CP ngày 24/02/2021 của Chính phủ, UBND xã thông báo lịch tiếp công dân từ 7h30 đến 11h00.',
  'Người nào vi phạm thì bị phạt tiền từ 2.000.000 đồng đến 3.000.000 đồng, theo điểm b khoản 3 Điều 7.',
  'Bà con chú ý giữ gìn vệ sinh chung, phân loại rác tại nhà và để rác đúng nơi quy định của khu dân cư.',
  'Phấn đấu đến năm 2030 có 85% hộ dùng nước sạch, diện tích rừng trồng mới 12,5 ha, tăng 5-7% so với giai đoạn 2021-2025.',
  'Mọi thông tin xin liên hệ ông chủ tịch hội nông dân, hoặc gọi số 1022 trong giờ hành chính, từ thứ 2 đến thứ 6.',
].join('\n')

export interface NormaliseFigures {
  bytes: number
  ms: number
  megabytesPerSecond: number
}

/** How many megabytes of UTF-8 text one core normalises in a second, paragraph by paragraph. */
export async function normaliseBench(): Promise<NormaliseFigures> {
  const paragraphs = SAMPLE.split('\n')
  const bytesOnce = new TextEncoder().encode(SAMPLE).byteLength
  const rounds = Math.ceil(4_000_000 / bytesOnce)
  for (let round = 0; round < rounds / 8; round++) for (const text of paragraphs) normalise(text)
  const startedAt = performance.now()
  for (let round = 0; round < rounds; round++) for (const text of paragraphs) normalise(text)
  const ms = performance.now() - startedAt
  const bytes = bytesOnce * rounds
  return { bytes, ms, megabytesPerSecond: bytes / 1e6 / (ms / 1000) }
}
