import { normalise } from './normalise.ts'

/** A bit of every class, so that the expressions of every rule are met. */
const SAMPLE =
  'Căn cứ Nghị định số 168/2024/NĐ-CP ngày 26/12/2024 của Chính phủ, điểm đ khoản 2, 3 Điều 5 Chương IV; UBND xã họp ' +
  'lúc 7h30 thứ 2 (từ 05/3 đến 10/3), mức phạt 400.000 - 600.000 đồng, tăng 5-10%, 0,25 mg/lít, 1,5 ha, 20 km/h. ' +
  'Gọi 1900 6192, e-mail a@b.vn, https://b.vn; bằng A1, B2. a) Khóa XV; TP. HCM, P. 5, Q. 1 và VP./. '

/** Long enough for the engine to compile what it met. */
const TIMES = 40

/** Reads a sample, so that the first paragraph that somebody waits for is read as fast as all others. */
export function warmUp(): void {
  for (let time = 0; time < TIMES; time++) normalise(SAMPLE)
}
