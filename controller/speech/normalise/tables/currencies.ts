/** A currency: how its amount is read and, where prices have cents, its hundredth. Signs and codes: ISO 4217. */
export interface Currency {
  spoken: string
  hundredth?: string
  /** Read after a space too; single letters are read only when they touch the number. */
  loose: boolean
}

const DONG: Currency = { spoken: 'đồng', loose: true }
const DOLLAR: Currency = { spoken: 'đô la', hundredth: 'xu', loose: true }
const EURO: Currency = { spoken: 'ơ rô', hundredth: 'xu', loose: true }

export const CURRENCIES: Readonly<Record<string, Currency>> = {
  đ: DONG,
  Đ: { spoken: 'đồng', loose: false },
  đồng: DONG,
  '₫': DONG,
  VND: DONG,
  VNĐ: DONG,
  vnd: DONG,
  vnđ: DONG,
  Vnd: DONG,
  Vnđ: DONG,
  tr: { spoken: 'triệu', loose: true },
  trđ: { spoken: 'triệu đồng', loose: true },
  'tr.đ': { spoken: 'triệu đồng', loose: true },
  'tr.đồng': { spoken: 'triệu đồng', loose: true },
  ngđ: { spoken: 'nghìn đồng', loose: true },
  'nghìn.đ': { spoken: 'nghìn đồng', loose: true },
  tỷđ: { spoken: 'tỷ đồng', loose: true },
  $: DOLLAR,
  US$: { ...DOLLAR, spoken: 'đô la Mỹ' },
  USD: DOLLAR,
  usd: DOLLAR,
  '€': EURO,
  EUR: EURO,
  eur: EURO,
  '£': { spoken: 'bảng Anh', hundredth: 'xu', loose: true },
  GBP: { spoken: 'bảng Anh', loose: true },
  gbp: { spoken: 'bảng Anh', loose: true },
  '¥': { spoken: 'yên Nhật', loose: true },
  JPY: { spoken: 'yên Nhật', loose: true },
  jpy: { spoken: 'yên Nhật', loose: true },
  CNY: { spoken: 'nhân dân tệ', loose: true },
  cny: { spoken: 'nhân dân tệ', loose: true },
  RMB: { spoken: 'nhân dân tệ', loose: true },
  NDT: { spoken: 'nhân dân tệ', loose: true },
  '₩': { spoken: 'won', loose: true },
  KRW: { spoken: 'won Hàn Quốc', loose: true },
  THB: { spoken: 'bạt Thái', loose: true },
  SGD: { spoken: 'đô la Xinh ga po', loose: true },
  AUD: { spoken: 'đô la Úc', loose: true },
  CAD: { spoken: 'đô la Ca na đa', loose: true },
  HKD: { spoken: 'đô la Hồng Kông', loose: true },
  LAK: { spoken: 'kíp Lào', loose: true },
  KHR: { spoken: 'riên', loose: true },
  CHF: { spoken: 'phrăng Thụy Sĩ', loose: true },
  RUB: { spoken: 'rúp', loose: true },
}
