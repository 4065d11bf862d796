/** Without diacritics and case, so that `ap an hoa` finds `Ấp An Hòa`. */
export const plain = (text: string): string =>
  text.trim().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase()
