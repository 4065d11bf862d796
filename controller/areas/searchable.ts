/** `Xã Cái Nhum` → `xa cai nhum`: people type names without diacritics on a phone. */
export const searchable = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()
