import type { Sex } from './speech.ts'

/** How people are addressed; a family's eldest aunt and uncle (`bác`) and the young (`em`, `cháu`, `con`) may be either. */
const TITLES: Readonly<Record<Sex, RegExp>> = {
  female: /^(?:bà|chị|cô|dì|thím|mợ|mẹ|má|mế|vợ|nữ)(?!\p{L})/iu,
  male: /^(?:ông|anh|chú|cậu|dượng|bố|cha|chồng|thầy|nam)(?!\p{L})|^ba$/iu,
}

/** Says it of those who may be either, such as `Bác gái` or `Cán bộ nữ`. Not `nam`, which is a name too. */
const MARKS: Readonly<Record<Sex, RegExp>> = {
  female: /(?<!\p{L})(?:gái|nữ)(?!\p{L})/iu,
  male: /(?<!\p{L})trai(?!\p{L})/iu,
}

/** Whether the name of a skit's character tells a woman or a man: `Bà Tư`, `Anh Ba`; null when it does not. */
export const sexOfName = (name: string): Sex | null => firstOf(TITLES, name) ?? firstOf(MARKS, name)

function firstOf(signs: Readonly<Record<Sex, RegExp>>, name: string): Sex | null {
  if (signs.female.test(name)) return 'female'
  return signs.male.test(name) ? 'male' : null
}
