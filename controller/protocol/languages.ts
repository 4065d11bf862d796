/** A language spoken in Vietnam: its BCP 47 code, what Vietnamese calls it, and what its speakers call it. */
export interface Language {
  readonly code: string
  readonly name: string
  readonly ownName: string
}

/** The language that bulletins are written in. */
export const VIETNAMESE = 'vi'

/** In the order of a picker: Vietnamese, then by their Vietnamese names. */
export const LANGUAGES = [
  { code: 'vi', name: 'Tiếng Việt', ownName: 'Tiếng Việt' },
  { code: 'bdq', name: 'Ba Na', ownName: 'Bahnar' },
  { code: 'bru', name: 'Bru – Vân Kiều', ownName: 'Bru' },
  { code: 'cjm', name: 'Chăm (Ninh Thuận, Bình Thuận)', ownName: 'Cam' },
  { code: 'cja', name: 'Chăm (An Giang, Tây Ninh)', ownName: 'Cam' },
  { code: 'cje', name: 'Chu Ru', ownName: 'Chru' },
  { code: 'ktv', name: 'Cơ Tu', ownName: 'Katu' },
  { code: 'ium', name: 'Dao', ownName: 'Iu Mienh' },
  { code: 'rad', name: 'Ê Đê', ownName: 'Êđê' },
  { code: 'jra', name: 'Gia Rai', ownName: 'Jrai' },
  { code: 'pcc', name: 'Giáy', ownName: 'Giáy' },
  { code: 'jeh', name: 'Giẻ Triêng', ownName: 'Jeh' },
  { code: 'hni', name: 'Hà Nhì', ownName: 'Hà Nhì' },
  { code: 'yue', name: 'Hoa (Quảng Đông)', ownName: '粵語' },
  { code: 'nan', name: 'Hoa (Triều Châu)', ownName: '潮州話' },
  { code: 'hre', name: 'Hrê', ownName: 'Hrê' },
  { code: 'kpm', name: 'K’Ho', ownName: 'Kơho' },
  { code: 'km', name: 'Khmer', ownName: 'ភាសាខ្មែរ' },
  { code: 'kjg', name: 'Khơ Mú', ownName: 'Kơmmú' },
  { code: 'cmo', name: 'M’Nông', ownName: 'Bunong' },
  { code: 'hmn', name: 'Mông', ownName: 'Hmoob' },
  { code: 'mtq', name: 'Mường', ownName: 'Mường' },
  { code: 'nut', name: 'Nùng', ownName: 'Nồng' },
  { code: 'rog', name: 'Ra Glai', ownName: 'Raglai' },
  { code: 'mlc', name: 'Sán Chay (Cao Lan)', ownName: 'Cao Lan' },
  { code: 'sti', name: 'X’Tiêng', ownName: 'Stiêng' },
  { code: 'tyz', name: 'Tày', ownName: 'Tày' },
  { code: 'blt', name: 'Thái (Thái Đen)', ownName: 'Tay Đăm' },
  { code: 'twh', name: 'Thái (Thái Trắng)', ownName: 'Tay Đón' },
  { code: 'sed', name: 'Xơ Đăng', ownName: 'Xơteng' },
] as const satisfies readonly Language[]

/** Sorts what has a language as the list has it: Vietnamese first. */
export const byLanguage = (a: { readonly language: string }, b: { readonly language: string }): number =>
  placeOf(a.language) - placeOf(b.language)

const placeOf = (code: string): number => LANGUAGES.findIndex((language) => language.code === code)

/** What Vietnamese calls a language; a code that is not in the list stands for itself. */
export const languageName = (code: string): string => LANGUAGES.find((language) => language.code === code)?.name ?? code
